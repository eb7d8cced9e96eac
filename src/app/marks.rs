//! Marks with a letter, how far a card was read, and what to read next: lists in which a letter
//! chooses at once.

use super::act::Outcome;
use super::contents::{Choice, Entry, Item};
use super::key::Key;
use super::list::{self, List, ListKind};
use super::{Notice, Screen, State, contents, gone, keep, notes};
use crate::library::Page;
use crate::store::{Change, Mark, Progress};
use crate::text::Printable;
use std::sync::Arc;

/// The key that goes to where the reader was last time.
const LAST_TIME: char = '\'';
/// What is said while it is not known what was kept.
const NOT_YET: &str = "what was kept is still being read";
/// Cards in the queue, at most.
const MOST: usize = 200;

/// The marks: to set one, or to go to one.
pub fn open(state: &mut State, set: bool) -> Option<Screen> {
    let Some(kept) = state.keep.kept() else {
        state.say(Notice::info(NOT_YET));
        return None;
    };
    let choice = |name| if set { Choice::Mark(name) } else { Choice::Jump(name) };
    let entry = |(name, mark): (char, &Mark)| {
        let quote = mark.anchor.as_ref().map(|anchor| Printable::line(&anchor.quote));
        let words = match quote {
            Some(quote) => Printable::line(&format!("{} › {quote}", mark.title)),
            None => Printable::line(&mark.title),
        };
        let here = state.keep.page(&state.library, &mark.on).is_some();
        let note = Printable::line(if here { "" } else { "not open" });
        Item::Kept(Entry { letter: Some(name), words, note, choice: choice(name) })
    };
    let mut items: Vec<Item> = kept.marks().map(entry).collect();
    if !set && let Some(place) = state.keep.last_time() {
        let page = state.library.page(&place.page);
        let words = page.map(|page| state.library.title(page)).unwrap_or_default();
        let (letter, choice) = (Some(LAST_TIME), Choice::Jump(LAST_TIME));
        items.push(Item::Kept(Entry { letter, words, note: Printable::line("last time"), choice }));
    }
    if set {
        let free = ('a'..='z').find(|name| kept.mark(*name).is_none());
        let entry = free.map(|name| Entry {
            letter: Some(name),
            words: Printable::line("free"),
            note: Printable::default(),
            choice: Choice::Mark(name),
        });
        items.extend(entry.map(Item::Kept));
    } else if items.is_empty() {
        state.say(Notice::info("no mark is set: m and a letter sets one"));
        return None;
    }
    let kind = if set { ListKind::SetMark } else { ListKind::Marks };
    Some(Screen::List(List { kind, items, selected: 0, top: 0 }))
}

/// What can be said of how far a card was read.
pub fn progress(state: &mut State) -> Option<Screen> {
    let (library, page) = (Arc::clone(&state.library), state.reading().page);
    let Some(kept) = state.keep.kept() else {
        state.say(Notice::info(NOT_YET));
        return None;
    };
    let on = state.keep.subject(&library, page).filter(|on| on.card.is_some());
    let Some(on) = on else {
        state.say(Notice::info("this is no card"));
        return None;
    };
    let now = kept.state(&on).progress;
    let entry = |letter, words, progress, days: Option<i64>| {
        Item::Kept(Entry {
            letter: Some(letter),
            words: Printable::line(words),
            note: Printable::line(if progress == now && days.is_none() { "now" } else { "" }),
            choice: Choice::Progress(progress, days),
        })
    };
    let items = vec![
        entry('r', "read", Progress::Read, None),
        entry('u', "understood", Progress::Understood, None),
        entry('n', "unread", Progress::Unread, None),
        entry('t', "to be read again tomorrow", Progress::Revisit, Some(1)),
        entry('w', "to be read again in a week", Progress::Revisit, Some(7)),
        entry('m', "to be read again in a month", Progress::Revisit, Some(30)),
    ];
    Some(Screen::List(List { kind: ListKind::Progress, items, selected: 0, top: 0 }))
}

/// The cards to read next: those that are to be read again, then unread ones that cards that were
/// read refer to, the most often referred to first, then the others that were begun.
pub fn queue(state: &mut State) -> Option<Screen> {
    let library = Arc::clone(&state.library);
    let Some(kept) = state.keep.kept() else {
        state.say(Notice::info(NOT_YET));
        return None;
    };
    let now = state.keep.now();
    let of = |card: usize| {
        let on = state.keep.subject(&library, Page::Card(card))?;
        Some(kept.state(&on))
    };
    let mut ranked: Vec<(u8, usize, usize)> = Vec::new();
    let here = state.reading().page;
    for card in (0..library.card_count()).filter(|card| Page::Card(*card) != here) {
        let Some(how) = of(card) else { continue };
        let due = how.due.is_some_and(|due| due <= now);
        let rank = match how.progress {
            Progress::Revisit if due => 0,
            Progress::Unread | Progress::Reading => {
                let from = library.backlinks(card).into_iter().filter(|page| match page {
                    Page::Card(from) => of(*from).is_some_and(|s| s.progress >= Progress::Read),
                    Page::Overview(_) => false,
                });
                let count = from.count();
                match (count, how.progress) {
                    (0, Progress::Unread) => continue,
                    (0, _) => 2,
                    (count, _) => {
                        ranked.push((1, usize::MAX - count, card));
                        continue;
                    }
                }
            }
            _ => continue,
        };
        ranked.push((rank, 0, card));
    }
    ranked.sort_unstable();
    let items: Vec<Item> =
        ranked.into_iter().take(MOST).map(|(.., card)| Item::Card(card)).collect();
    if items.is_empty() {
        state.say(Notice::info("no card that you have read refers to an unread one"));
        return None;
    }
    Some(Screen::List(List { kind: ListKind::Queue, items, selected: 0, top: 0 }))
}

/// Gives a letter to a list in which letters choose; whether it was one.
pub fn letter(state: &mut State, key: Key) -> bool {
    let Some(letter) = key.typed() else { return false };
    let Some(Screen::List(list)) = state.screens.last() else { return false };
    let is_mark = letter.is_ascii_lowercase();
    let item = match list.kind {
        ListKind::SetMark if is_mark => None,
        ListKind::Marks if is_mark || letter == LAST_TIME => None,
        ListKind::Progress => {
            let is_it = |item: &&Item| matches!(item, Item::Kept(e) if e.letter == Some(letter));
            match list.items.iter().find(is_it) {
                Some(item) => Some(item.clone()),
                None => return false,
            }
        }
        _ => return false,
    };
    let set = list.kind == ListKind::SetMark;
    state.screens.pop();
    match item {
        Some(item) => contents::take(state, &item),
        None if set => self::set(state, letter),
        None => jump(state, letter),
    }
    true
}

/// Sets a mark at the top of the screen.
pub fn set(state: &mut State, name: char) {
    let (library, page) = (Arc::clone(&state.library), state.reading().page);
    let Some(on) = state.keep.subject(&library, page) else { return };
    let anchor = state.reading().sentence();
    let title = library.title(page).as_str().into();
    keep::remember(state, page);
    state.keep.put(on, Change::Mark { name, title, anchor });
    state.keep.say_when_kept(format!("mark `{name}` is set here"));
}

/// Goes to a mark.
pub fn jump(state: &mut State, name: char) {
    let library = Arc::clone(&state.library);
    if name == LAST_TIME {
        let place = state.keep.last_time().cloned();
        let page = place.as_ref().and_then(|place| library.page(&place.page));
        match (page, place) {
            (Some(page), Some(place)) => keep::go_to(state, page, place.anchor.as_ref()),
            _ => state.say(Notice::info("this was not read before")),
        }
        return;
    }
    let Some(mark) = state.keep.kept().and_then(|kept| kept.mark(name)).cloned() else {
        state.say(Notice::info(format!("there is no mark `{name}`")));
        return;
    };
    match state.keep.page(&library, &mark.on) {
        Some(page) => keep::go_to(state, page, mark.anchor.as_ref()),
        None => {
            let briefing = notes::briefing_words(&mark.on);
            let text =
                format!("mark `{name}` is at `{}` in `{briefing}`, which is not open", mark.title);
            state.say(Notice::info(text));
        }
    }
}

/// Takes a mark away; whether it was set.
pub fn unset(state: &mut State, name: char) -> bool {
    let Some(Mark { on, title, anchor }) =
        state.keep.kept().and_then(|kept| kept.mark(name)).cloned()
    else {
        return false;
    };
    gone::take(state, vec![(on, Change::Mark { name, title, anchor })], &format!("mark `{name}`"));
    true
}

/// Takes the chosen mark or note away.
pub fn remove(state: &mut State, mut list: List) -> Outcome {
    if !matches!(list.items.get(list.selected), Some(Item::Kept(_))) {
        return Outcome::Passed(Screen::List(list));
    }
    if !gone::of_list(state, &list) {
        return Outcome::Stays(Screen::List(list));
    }
    list.items.remove(list.selected);
    list.step(0);
    if list.items.is_empty() {
        return Outcome::Closed;
    }
    list.selected = list.selected.min(list.items.len() - 1);
    list.reveal(list::rows(state, &list));
    Outcome::Stays(Screen::List(list))
}
