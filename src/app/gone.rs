//! What was taken away: notes, highlights, marks. One key brings it back, as long as the list is open
//! that it was taken from, and as the next key after that.

use super::action::Action;
use super::contents::{Choice, Entry, Item};
use super::key::Key;
use super::keymap::Meaning;
use super::list::{self, List, ListKind};
use super::{Context, Notice, Screen, State, marks, notes};
use crate::store::{Change, Subject};

/// By what something was kept, and what keeps it again.
type Thing = (Subject, Change);

/// What was taken away since the start, the last one last; what went at once stands together.
#[derive(Debug, Default)]
pub struct Gone {
    taken: Vec<Vec<Thing>>,
    /// Whether the key that brings it back is meant so.
    offered: bool,
}

impl State {
    /// Whether something was taken away right before, and can be brought back by one key.
    pub fn offers_back(&self) -> bool {
        self.gone.offered && !self.gone.taken.is_empty()
    }

    /// Whether there is anything to bring back.
    pub fn can_bring_back(&self) -> bool {
        !self.gone.taken.is_empty()
    }
}

/// Takes things away: says so when that is kept, and how they come back.
pub fn take(state: &mut State, things: Vec<Thing>, what: &str) {
    for (on, change) in &things {
        let away = match change {
            Change::Note { title, anchor, .. } => {
                Change::Note { text: "".into(), title: title.clone(), anchor: anchor.clone() }
            }
            Change::Highlight { title, .. } => {
                Change::Highlight { title: title.clone(), anchor: None }
            }
            Change::Mark { name, .. } => Change::Unmark { name: *name },
            _ => continue,
        };
        state.keep.put(on.clone(), away);
    }
    state.gone.taken.push(things);
    state.gone.offered = true;
    let back = key(state).map_or(String::new(), |key| format!("; {key} brings it back"));
    state.keep.say_when_kept(format!("{what} is gone{back}"));
}

/// The key that brings back what was taken away right before.
fn key(state: &State) -> Option<String> {
    let keys = state.keymap.keys(Context::Gone, Action::BringBack);
    keys.first().map(ToString::to_string)
}

/// Whether a key brings back what was taken away right before, also where letters choose.
pub fn brings_back(state: &State, key: Key) -> bool {
    let meaning = state.keymap.meaning(state.context(), &[key]);
    state.offers_back() && meaning == Meaning::Action(Action::BringBack)
}

/// How many times something was taken away, and whether a list with what is kept is open: what
/// [`follow`] has to know of the time before an action.
pub fn before(state: &State) -> (usize, bool) {
    (state.gone.taken.len(), is_listed(state))
}

fn is_listed(state: &State) -> bool {
    state.screens.iter().any(|s| matches!(s, Screen::List(list) if list.holds_kept()))
}

/// After an action: whether the key still brings back what is gone. Who has closed the list is told.
pub fn follow(state: &mut State, action: Action, (count, listed): (usize, bool)) {
    if !state.offers_back() || is_listed(state) || state.gone.taken.len() > count {
        return;
    }
    let closed = listed && matches!(action, Action::Close | Action::Quit);
    match key(state).filter(|_| closed && state.context() == Context::Gone) {
        Some(key) => {
            state.say(Notice::info(format!("{key} brings back what was taken away")));
        }
        None => state.gone.offered = false,
    }
}

/// Brings back what was taken away last. What stands in its place by now stays.
pub fn bring_back(state: &mut State) {
    let Some(things) = state.gone.taken.pop() else {
        state.say(Notice::info("nothing was taken away"));
        return;
    };
    let mut said = "there is another one in its place by now".to_owned();
    let mut back = None;
    for (on, change) in things {
        let Some(kept) = state.keep.kept() else { return };
        let item = on.item.as_deref();
        let whole = on.whole();
        let (what, taken, choice) = match &change {
            Change::Note { .. } => {
                let taken = kept.notes(&whole).any(|(name, _)| Some(name) == item);
                ("the note".to_owned(), taken, Choice::Note(on.clone()))
            }
            Change::Highlight { .. } => {
                let taken = kept.highlights(&whole).any(|(name, _)| Some(name) == item);
                ("the highlight".to_owned(), taken, Choice::Highlight(on.clone()))
            }
            Change::Mark { name, .. } => {
                let taken = kept.mark(*name).is_some();
                (format!("mark `{name}`"), taken, Choice::Jump(*name))
            }
            _ => continue,
        };
        if taken {
            continue;
        }
        said = format!("{what} is back");
        back = Some(choice);
        state.keep.put(on, change);
    }
    match &back {
        Some(_) => state.keep.say_when_kept(said),
        None => state.say(Notice::info(said)),
    }
    renew(state, back.as_ref());
}

/// Makes the open list anew; what came back is chosen in it.
fn renew(state: &mut State, back: Option<&Choice>) {
    let Some(Screen::List(list)) = state.screens.last() else { return };
    let screen = match list.kind {
        ListKind::Notes => notes::open(state),
        ListKind::Marks | ListKind::SetMark => {
            let set = list.kind == ListKind::SetMark;
            marks::open(state, set)
        }
        _ => return,
    };
    let Some(Screen::List(mut list)) = screen else { return };
    let is_it = |item: &Item| match (item, back) {
        (Item::Kept(Entry { choice: Choice::Mark(name), .. }), Some(Choice::Jump(back))) => {
            name == back
        }
        (Item::Kept(entry), Some(back)) => entry.choice == *back,
        _ => false,
    };
    list.selected = list.items.iter().position(is_it).unwrap_or(0);
    list.reveal(list::rows(state, &list));
    state.screens.pop();
    state.screens.push(Screen::List(list));
}

/// Takes the chosen entry of a list away; whether there was one to take.
pub fn of_list(state: &mut State, list: &List) -> bool {
    let Some(Item::Kept(entry)) = list.items.get(list.selected) else { return false };
    match entry.choice.clone() {
        Choice::Jump(name) | Choice::Mark(name) => marks::unset(state, name),
        Choice::Note(note) => notes::remove(state, note),
        Choice::Highlight(on) => super::highlights::remove(state, on),
        Choice::Progress(..) => false,
    }
}
