//! What was found, as rows: the name of a briefing above its pages, a title, the words around what
//! matches.

use crate::app::Rect;
use crate::library::{Library, Page};
use crate::search::Hit;
use crate::text::{Printable, wrap};
use std::collections::HashMap;
use std::ops::Range;

/// Rows of a snippet at most.
const MOST_ROWS: usize = 2;
/// Columns by which a snippet stands further in, and those free at its end for a sign that it goes on.
const INDENT: usize = 2;
/// A box of that many rows has room for blank ones.
const TALL: usize = 30;

/// A row of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// The name of the briefing that the next pages belong to.
    Briefing(Printable),
    /// The title of a page.
    Title(usize),
    /// A part of the snippet of a page, and whether it goes on.
    Snippet(usize, Range<usize>, bool),
    /// Nothing.
    Blank,
}

impl Row {
    /// The page it belongs to.
    pub fn hit(&self) -> Option<usize> {
        match self {
            Self::Title(hit) | Self::Snippet(hit, ..) => Some(*hit),
            Self::Briefing(_) | Self::Blank => None,
        }
    }
}

/// The pages of a briefing together, the briefing with the best page first.
pub fn grouped(library: &Library, mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut groups: HashMap<usize, usize> = HashMap::new();
    for hit in &hits {
        let next = groups.len();
        groups.entry(library.briefing_of(hit.page)).or_insert(next);
    }
    hits.sort_by_key(|hit| groups.get(&library.briefing_of(hit.page)).copied());
    hits
}

/// The rows of pages that stand together by briefing.
pub fn rows(library: &Library, hits: &[Hit], room: Rect) -> Vec<Row> {
    let many = library.documents().len() > 1;
    let width = room.width.saturating_sub(2 * INDENT).max(1);
    let mut rows = Vec::new();
    let mut last = None;
    for (at, hit) in hits.iter().enumerate() {
        let briefing = library.briefing_of(hit.page);
        let name = library.title(Page::Overview(briefing));
        // A note that is a briefing of its own needs no heading.
        let headed = many && last != Some(briefing) && name != hit.title;
        if at > 0 && (headed || room.height >= TALL) {
            rows.push(Row::Blank);
        }
        if headed {
            rows.push(Row::Briefing(name));
        }
        last = Some(briefing);
        rows.push(Row::Title(at));
        if hit.snippet.is_empty() {
            continue;
        }
        let lines = wrap(&hit.snippet, width, width);
        let count = lines.len().min(MOST_ROWS);
        let goes_on = lines.len() > MOST_ROWS;
        for (number, line) in lines.into_iter().take(MOST_ROWS).enumerate() {
            rows.push(Row::Snippet(at, line, goes_on && number + 1 == count));
        }
    }
    rows
}
