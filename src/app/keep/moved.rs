//! Cards that have another id than before: what was kept of them follows, and is said to; the reader
//! can take that back.

use super::super::{Notice, State};
use super::content::content;
use super::names::Names;
use crate::library::{Library, Page};
use crate::store::{Change, Kept, Progress, Sketch, Subject, exact};
use std::sync::Arc;

/// In briefings with more cards nothing is looked for: it would keep the reader waiting.
const MOST: usize = 2_000;
/// Texts of fewer words say too little for their sketch to count.
const WORDS: usize = 25;

/// A card by its old and its new name.
type Moved = (Subject, Subject);

/// Lets what was kept of cards that are gone follow to cards that say nearly the same.
pub fn follow(state: &mut State) {
    let library = Arc::clone(&state.library);
    let Some(kept) = state.keep.kept() else { return };
    let moved = moved(&library, &state.keep.names, kept);
    let Some((_, first)) = moved.first() else { return };
    let page = state.keep.page(&library, first);
    let title = page.map(|page| library.title(page)).unwrap_or_default();
    let others = match moved.len() {
        1 => String::new(),
        all => format!(" and {} others", all - 1),
    };
    let text =
        format!("`{title}`{others} had another id: what you kept follows; g u takes it back");
    state.say(Notice::info(text));
    state.keep.moved = moved.iter().map(|(old, _)| old.clone()).collect();
    for (old, new) in moved {
        state.keep.put(old, Change::Follow { to: Some(new) });
    }
}

/// Takes back what followed.
pub fn take_back(state: &mut State) {
    let moved = std::mem::take(&mut state.keep.moved);
    if moved.is_empty() {
        state.say(Notice::info("nothing that you kept has followed a card"));
        return;
    }
    for old in moved {
        state.keep.put(old, Change::Follow { to: None });
    }
    state.say(Notice::info("what you kept belongs to the cards of before again"));
}

/// The cards that are gone, and what each has become.
fn moved(library: &Library, names: &Names, kept: &Kept) -> Vec<Moved> {
    let mut gone: Vec<&Subject> = kept.subjects().filter(|on| on.card.is_some()).collect();
    gone.retain(|on| {
        let briefing = names.page(library, &Subject::briefing(&on.briefing));
        let open = briefing.is_some() && names.page(library, on).is_none();
        open && !kept.was_taken_back(on)
    });
    gone.sort();
    let mut out: Vec<Moved> = Vec::new();
    for old in gone {
        // What it said when something was put on it last, and when it was read.
        let known = [kept.text(old), kept.seen(old)];
        let known: Vec<&str> =
            known.into_iter().flatten().filter_map(|s| s.text.as_deref()).collect();
        if known.is_empty() {
            continue;
        }
        let Some(page) = names.page(library, &Subject::briefing(&old.briefing)) else { continue };
        let cards = library.cards_of(library.briefing_of(page));
        if cards.len() > MOST {
            continue;
        }
        let free = cards.filter_map(|card| {
            let on = names.subject(library, Page::Card(card))?;
            let used = kept.state(&on).progress != Progress::Unread
                || kept.notes(&on).next().is_some()
                || kept.highlights(&on).next().is_some();
            (!used && !out.iter().any(|(_, new)| *new == on))
                .then(|| Some((on, library.card(card)?)))?
        });
        let mut alike: Vec<(u32, Subject)> =
            free.filter_map(|(on, card)| Some((nearest(&known, &content(card))?, on))).collect();
        alike.sort();
        // Of two that are equally like it neither is meant.
        match alike.as_slice() {
            [(_, new)] => out.push((old.clone(), new.clone())),
            [(first, new), (second, _), ..] if first < second => {
                out.push((old.clone(), new.clone()));
            }
            _ => {}
        }
    }
    out
}

/// How near the nearest of some texts is to what a card says now.
fn nearest(known: &[&str], now: &str) -> Option<u32> {
    known.iter().filter_map(|before| likeness(before, now)).min()
}

/// In how many bits the sketches of two texts differ, if they say nearly the same.
fn likeness(before: &str, now: &str) -> Option<u32> {
    if exact(before) == exact(now) {
        return Some(0);
    }
    let long = |text: &str| text.split_whitespace().nth(WORDS).is_some();
    if long(before) && long(now) { Sketch::new(before).near(Sketch::new(now)) } else { None }
}
