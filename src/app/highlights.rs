//! Highlights, and where they and the words of notes stand on the page: found once, and again when
//! something was put on the page or its text has changed.

use super::contents::{Choice, Entry};
use super::edition::Edition;
use super::notes::{one_line, write_on};
use super::select::Selection;
use super::{Notice, Screen, Side, State, gone, keep, travel};
use crate::library::Page;
use crate::store::{Anchor, Change, Highlight, Subject};
use crate::text::Printable;
use std::ops::Range;
use std::sync::Arc;

/// Something that the reader put on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// By what it is kept.
    pub on: Subject,
    /// The bytes of the text it is about; none if they are gone, or it is about the whole card.
    pub words: Option<Range<usize>>,
    /// The note; none for a highlight.
    pub note: Option<Printable>,
    /// The words it was put on.
    pub quote: Printable,
}

/// All that the reader put on a page, in the order of its text.
#[derive(Debug, Clone, Default)]
pub struct Spots {
    /// Each by itself.
    pub all: Vec<Spot>,
    /// The bytes that are highlighted, from left to right.
    pub highlighted: Vec<Range<usize>>,
    /// The bytes that notes are about, from left to right.
    pub noted: Vec<Range<usize>>,
    made_for: Option<Key>,
}

/// What spots were found for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    edition: Edition,
    page: Page,
    text: usize,
    revision: u64,
}

/// Finds them on the pages that are shown, if they may have changed.
pub fn refresh(state: &mut State) {
    for side in [Side::Main, Side::Beside] {
        let reading = match (side, &state.beside) {
            (Side::Main, _) => &state.main,
            (Side::Beside, Some(reading)) => reading,
            (Side::Beside, None) => continue,
        };
        let key = Key {
            edition: Edition::of(&state.library),
            page: reading.page,
            text: reading.sheet.layout.text().len(),
            revision: state.keep.revision(),
        };
        if reading.sheet.spots.made_for.as_ref() == Some(&key) {
            continue;
        }
        let spots = find(state, reading.page, reading.sheet.layout.text(), key);
        let reading = match (side, &mut state.beside) {
            (Side::Beside, Some(reading)) => reading,
            _ => &mut state.main,
        };
        reading.sheet.spots = spots;
    }
}

fn find(state: &State, page: Page, text: &str, key: Key) -> Spots {
    let made_for = Some(key);
    let on = state.keep.subject(&state.library, page);
    let Some((on, kept)) = on.zip(state.keep.kept()) else {
        return Spots { made_for, ..Spots::default() };
    };
    let quote = |anchor: Option<&Anchor>| anchor.map(one_line).unwrap_or_default();
    let mut all: Vec<Spot> = Vec::new();
    all.extend(kept.highlights(&on).map(|(item, highlight)| Spot {
        on: on.item(item),
        words: highlight.anchor.find(text),
        note: None,
        quote: quote(Some(&highlight.anchor)),
    }));
    all.extend(kept.notes(&on).map(|(item, note)| Spot {
        on: on.item(item),
        words: note.anchor.as_ref().and_then(|anchor| anchor.find(text)),
        note: Some(Printable::line(note.text.lines().next().unwrap_or_default())),
        quote: quote(note.anchor.as_ref()),
    }));
    // What is about the whole card comes first.
    all.sort_by_key(|spot| spot.words.as_ref().map(|words| (words.start, words.end)));
    let of = |noted: bool| {
        let those = all.iter().filter(|spot| spot.note.is_some() == noted);
        joined(those.filter_map(|spot| spot.words.clone()))
    };
    Spots { highlighted: of(false), noted: of(true), all, made_for }
}

/// Ranges in the order of their starts without overlaps.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// Whether a byte lies in one of several ranges that stand in order.
pub fn holds(ranges: &[Range<usize>], byte: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= byte);
    after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|range| range.contains(&byte))
}

/// Keeps what is selected as a highlight, instead of those within it; takes it away if it is one.
pub fn toggle(state: &mut State, selection: &Selection) {
    let (library, page) = (Arc::clone(&state.library), state.reading().page);
    let Some(on) = keep::card(state) else { return };
    let Some(anchor) = selection.anchor(state.reading()) else { return };
    let (start, end) = (selection.words.start, selection.words.end);
    let whole = anchor.quote.len() >= end - start;
    let highlights = state.reading().sheet.spots.all.iter().filter(|spot| spot.note.is_none());
    let within: Vec<(Subject, bool)> = highlights
        .filter_map(|spot| {
            let words = spot.words.clone()?;
            let inside = start <= words.start && words.end <= end;
            inside.then(|| (spot.on.clone(), words == (start..end)))
        })
        .collect();
    let is_there = within.iter().any(|(_, same)| *same);
    if is_there {
        let there = within.into_iter().filter_map(|(on, _)| self::whole(state, on)).collect();
        gone::take(state, there, "the highlight");
        return;
    }
    let title: Box<str> = library.title(page).as_str().into();
    for (on, _) in within {
        state.keep.put(on, Change::Highlight { title: title.clone(), anchor: None });
    }
    keep::remember(state, page);
    state.keep.put(on, Change::Highlight { title, anchor: Some(anchor) });
    state.keep.say_when_kept(if whole {
        "the words are highlighted"
    } else {
        "the words are highlighted, but not to their end: there are too many"
    });
}

/// Takes the highlights away that have some of these words.
pub fn remove_within(state: &mut State, words: &Range<usize>) {
    let touched = |spot: &&Spot| {
        let here = spot.words.as_ref();
        spot.note.is_none() && here.is_some_and(|w| w.start < words.end && words.start < w.end)
    };
    let gone: Vec<Subject> =
        state.reading().sheet.spots.all.iter().filter(touched).map(|s| s.on.clone()).collect();
    let there: Vec<_> = gone.into_iter().filter_map(|on| whole(state, on)).collect();
    if there.is_empty() {
        state.say(Notice::info("nothing is highlighted there"));
    } else {
        gone::take(state, there, "the highlight");
    }
}

/// The highlight of a name.
fn highlight_of<'k>(state: &'k State, on: &Subject) -> Option<&'k Highlight> {
    let mut all = state.keep.kept()?.highlights(&on.whole());
    all.find(|(name, _)| Some(*name) == on.item.as_deref()).map(|(_, highlight)| highlight)
}

/// Goes to a highlight.
pub fn go(state: &mut State, on: &Subject) {
    let Some(Highlight { title, anchor, .. }) = highlight_of(state, on).cloned() else { return };
    match state.keep.page(&state.library, &on.whole()) {
        Some(page) => keep::go_to(state, page, Some(&anchor)),
        None => {
            let of = super::briefing_words(on);
            let text = format!("this was highlighted on `{title}` in `{of}`, which is not open");
            state.say(Notice::info(text));
        }
    }
}

/// Goes to one of the things that the reader put on the page.
pub fn go_to(state: &mut State, at: usize) {
    // What stands beside the card is that of the first one.
    state.side = Side::Main;
    let spots = &state.main.sheet.spots.all;
    let words = spots.get(at).and_then(|spot| spot.words.clone());
    let row = words.map_or(0, |words| state.main.sheet.layout.row_of(words.start));
    travel::within(state, row);
}

/// Takes a highlight away; whether it was there.
pub fn remove(state: &mut State, on: Subject) -> bool {
    let there = whole(state, on);
    let was_there = there.is_some();
    if let Some(there) = there {
        gone::take(state, vec![there], "the highlight");
    }
    was_there
}

/// What keeps a highlight again after it was taken away.
fn whole(state: &State, on: Subject) -> Option<(Subject, Change)> {
    let Highlight { title, anchor, .. } = highlight_of(state, &on)?.clone();
    Some((on, Change::Highlight { title, anchor: Some(anchor) }))
}

/// Goes to a highlight and begins a note on its words.
pub fn note(state: &mut State, on: &Subject) -> Option<Screen> {
    let anchor = highlight_of(state, on)?.anchor.clone();
    go(state, on);
    let page = state.keep.page(&state.library, &on.whole());
    (page == Some(state.reading().page)).then(|| write_on(state, Some(anchor)))?
}

/// The entry of a highlight in a list: its words, and where they stand.
pub fn entry(on: Subject, highlight: &Highlight, away: bool) -> Entry {
    let words = Printable::line(&format!("“{}”", one_line(&highlight.anchor)));
    let title = &highlight.title;
    let note = if away { format!("{title} (not open)") } else { title.to_string() };
    Entry { letter: None, words, note: Printable::line(&note), choice: Choice::Highlight(on) }
}
