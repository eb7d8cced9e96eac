//! What is found in the card: words of its own, or those of a search, whose results follow each
//! other.

use super::{Notice, Sheet, State, travel};
use crate::library::{Library, Page};
use crate::search::{Hit, Marker};
use std::sync::Arc;

/// What is found in a card.
#[derive(Debug, Clone)]
pub struct Sought {
    /// What was typed.
    pub words: String,
    /// The search that led to the card.
    pub results: Option<Results>,
}

/// The pages that a search has found.
#[derive(Debug, Clone)]
pub struct Results {
    /// What was typed.
    pub query: Arc<str>,
    /// The pages, in the order in which they are shown.
    pub hits: Arc<[Hit]>,
    /// Marks the words in a page.
    pub marker: Arc<Marker>,
    /// The page that is read.
    pub present: usize,
}

/// Where a page that was found is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// At the match that was shown.
    Match,
    /// At the first match.
    First,
    /// At the last match.
    Last,
}

impl Sought {
    /// Words of the reader's own.
    pub fn words(words: String) -> Self {
        Self { words, results: None }
    }

    /// Finds it in a sheet. The present place becomes the first at or below the text at `from`.
    pub fn find(&self, sheet: &mut Sheet, from: usize) -> usize {
        match &self.results {
            None => sheet.find(&self.words, from),
            Some(results) => {
                let marks = results.marker.marks(sheet.layout.text());
                sheet.take_found(marks, from)
            }
        }
    }
}

impl Results {
    /// The same pages in a library that was read again; `None` if the present one is gone.
    pub fn moved(&self, old: &Library, new: &Library) -> Option<Self> {
        let page = |page: Page| new.page(&old.key(page)?);
        let present = self.hits.get(self.present).and_then(|hit| page(hit.page))?;
        let hits =
            self.hits.iter().filter_map(|hit| Some(Hit { page: page(hit.page)?, ..hit.clone() }));
        let hits: Arc<[Hit]> = hits.collect();
        let present = hits.iter().position(|hit| hit.page == present)?;
        Some(Self { hits, present, ..self.clone() })
    }
}

/// Opens the present page of the results.
pub fn open(state: &mut State, results: Results, entrance: Entrance) {
    let Some(hit) = results.hits.get(results.present).cloned() else { return };
    if hit.page == state.reading().page {
        let top = state.reading().sheet.top;
        travel::within(state, top);
    } else {
        travel::visit(state, hit.page);
    }
    let sought = Sought { words: results.query.to_string(), results: Some(results) };
    let reading = state.reading_mut();
    let sheet = &mut reading.sheet;
    let count = sought.find(sheet, 0);
    reading.query = Some(sought);
    let sheet = &mut reading.sheet;
    sheet.present = match entrance {
        Entrance::First => 0,
        Entrance::Last => count.saturating_sub(1),
        Entrance::Match => hit.nearest(sheet.layout.text(), &sheet.found),
    };
    match sheet.found.get(sheet.present) {
        Some(place) => {
            let row = sheet.layout.row_of(place.start);
            if !sheet.visible().contains(&row) {
                // With some rows before it, so that it is seen what it is about.
                sheet.go_to(row.saturating_sub(sheet.height / 3));
            }
            sheet.reveal_found();
        }
        None => sheet.go_to(0),
    }
    say_where(state, false);
}

/// Goes to the next or previous place; from the last one of a card on to the next result.
pub fn step(state: &mut State, forward: bool) {
    let reading = state.reading_mut();
    let (present, count) = (reading.sheet.present, reading.sheet.found.len());
    let at_end = if forward { present + 1 >= count } else { present == 0 };
    let results = reading.query.as_ref().and_then(|sought| sought.results.as_ref());
    match results.filter(|results| at_end && results.hits.len() > 1).cloned() {
        Some(mut results) => {
            let (present, all) = (results.present, results.hits.len());
            results.present = if forward { (present + 1) % all } else { (present + all - 1) % all };
            let around = (results.present > present) != forward;
            open(state, results, if forward { Entrance::First } else { Entrance::Last });
            say_where(state, around);
        }
        None => {
            let around = reading.sheet.step_found(forward);
            say_where(state, around);
        }
    }
}

/// Says which of the places found is the present one.
pub fn say_where(state: &mut State, around: bool) {
    let reading = state.reading();
    let Some(sought) = &reading.query else { return };
    let words = &sought.words;
    let (present, count) = (reading.sheet.present + 1, reading.sheet.found.len());
    let mut text = match count {
        0 => format!("`{words}`"),
        count => format!("`{words}`: {present} of {count}"),
    };
    if let Some(results) = &sought.results {
        let before = if count == 0 { ": " } else { " here, " };
        let result = format!("result {} of {}", results.present + 1, results.hits.len());
        text = text + before + &result;
    }
    text += if around { ", around the end" } else { "" };
    state.say(Notice::info(text));
}
