//! From rows and columns of a layout to bytes of its text, and back.

use crate::layout::{Layout, Row, Source};
use crate::text::{clusters, width};
use std::ops::Range;

/// The pieces of a row that show text: the column at which each begins, and its bytes.
fn pieces<'l>(
    layout: &'l Layout,
    row: &'l Row,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'l {
    let mut column = 0;
    row.runs.iter().filter_map(move |run| {
        let start = column;
        column += width(&layout.words(run));
        match &run.source {
            Source::Text(bytes) => Some((start, bytes.clone())),
            Source::Ornament(_) => None,
        }
    })
}

/// The letter that stands at a column of a row, or is nearest to it; none if the row shows no text.
pub fn letter_at(layout: &Layout, row: usize, column: usize) -> Option<Range<usize>> {
    let row = layout.rows().get(row)?;
    let mut nearest = None;
    for (start, bytes) in pieces(layout, row) {
        if start > column && nearest.is_some() {
            break;
        }
        let (mut at, mut from) = (start, bytes.start);
        for letter in clusters(layout.text().get(bytes).unwrap_or_default()) {
            let here = from..from + letter.len();
            (at, from) = (at + width(letter), here.end);
            nearest = Some(here);
            if at > column {
                return nearest;
            }
        }
    }
    nearest
}

/// The column at which a byte is shown in a row.
pub fn column_of(layout: &Layout, row: usize, byte: usize) -> Option<usize> {
    let row = layout.rows().get(row)?;
    let mut last = None;
    for (start, bytes) in pieces(layout, row) {
        let before = layout.text().get(bytes.start..byte.clamp(bytes.start, bytes.end));
        if byte >= bytes.start {
            last = Some(start + width(before.unwrap_or_default()));
        }
        if byte < bytes.end {
            return last.or(Some(start));
        }
    }
    last
}

/// The nearest row below another one, or above it, that shows text.
pub fn row_with_text(layout: &Layout, from: usize, down: bool) -> Option<usize> {
    let shows = |row: &usize| layout.rows().get(*row).is_some_and(|row| !row.text.is_empty());
    if down { (from + 1..layout.rows().len()).find(shows) } else { (0..from).rev().find(shows) }
}
