//! Tables: columns share the width; what cannot fit is scrolled sideways.

use super::Role;
use super::blocks::{Scope, pieces};
use super::flow::Flow;
use super::piece::{Piece, pieces_width};
use crate::model::{Align, Marks, Phrase};
use crate::text::{Printable, widest_word, wrap};
use std::ops::Range;

/// Columns between two columns of a table.
const GUTTER: usize = 2;
/// A column is not made narrower than this, unless its text is.
const NARROWEST: usize = 8;
/// A word longer than this, such as an address, may be cut.
const LONGEST_WORD: usize = 32;

/// Lays out a table.
pub fn table(flow: &mut Flow, aligns: &[Align], rows: &[Vec<Vec<Phrase>>], scope: &mut Scope) {
    let cells: Vec<Vec<Vec<Piece>>> =
        rows.iter().map(|row| row.iter().map(|cell| pieces(flow, cell, scope)).collect()).collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    if count == 0 {
        return;
    }
    let mut natural = vec![1; count];
    for row in &cells {
        for (width, cell) in natural.iter_mut().zip(row) {
            *width = pieces_width(cell).max(*width);
        }
    }
    let mut words = vec![1; count];
    for row in &cells {
        for (width, cell) in words.iter_mut().zip(row) {
            *width = widest(cell).max(*width);
        }
    }
    let room = flow.room() + flow.options.spare;
    let widths = share(&natural, &words, room.saturating_sub(GUTTER * (count - 1)));
    let start = flow.layout.rows.len();
    // A table without a head starts with its first row.
    let headless = rows.first().is_some_and(|row| row.iter().all(Vec::is_empty)) && rows.len() > 1;
    for (at, row) in cells.iter().enumerate().skip(usize::from(headless)) {
        table_row(flow, row, &widths, aligns, at == 0);
        if at == 0 {
            let line: Vec<_> = widths.iter().map(|w| flow.options.glyphs.rule.repeat(*w)).collect();
            let line = Printable::inline(&line.join(&" ".repeat(GUTTER)));
            flow.unwrapped(&[Piece::sign(line, Role::Rule)]);
        }
    }
    flow.together(start);
}

/// Columns of the widest word of a cell, the number of a link with it.
fn widest(cell: &[Piece]) -> usize {
    let line: String = cell.iter().map(|piece| piece.words.get().to_string()).collect();
    let marks = cell
        .iter()
        .filter(|piece| piece.role == Role::LinkMark)
        .map(|p| pieces_width(std::slice::from_ref(p)));
    (widest_word(&line) + marks.max().unwrap_or(0)).min(LONGEST_WORD)
}

/// Widths for columns of these natural widths so that they fit into `room`, as far as the widest words
/// allow: wide columns give, narrow ones keep what they need.
fn share(natural: &[usize], words: &[usize], room: usize) -> Vec<usize> {
    let total: usize = natural.iter().sum();
    if total <= room {
        return natural.to_vec();
    }
    let least = |natural: usize, word: usize| natural.min(word.max(NARROWEST));
    let least: Vec<usize> = natural.iter().zip(words).map(|(n, w)| least(*n, *w)).collect();
    // The cap that wide columns are cut to: raised while the columns fit under it.
    let capped = |cap: usize| natural.iter().zip(&least).map(move |(n, l)| (*n).min(cap).max(*l));
    let under = |cap: usize| capped(cap).sum::<usize>();
    let (mut low, mut high) = (NARROWEST, natural.iter().copied().max().unwrap_or(NARROWEST));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if under(middle) <= room {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let mut widths: Vec<_> = capped(low).collect();
    // What is left over goes to the columns that were cut, one by one.
    let mut free = room.saturating_sub(widths.iter().sum());
    for (width, natural) in widths.iter_mut().zip(natural) {
        if free > 0 && *width < *natural {
            *width += 1;
            free -= 1;
        }
    }
    widths
}

/// One row of cells; cells are wrapped side by side.
fn table_row(
    flow: &mut Flow,
    cells: &[Vec<Piece>],
    widths: &[usize],
    aligns: &[Align],
    head: bool,
) {
    let cells: Vec<Vec<Piece>> = cells
        .iter()
        .map(|cell| {
            let strong = |piece: &Piece| piece.marks.strong || (head && !piece.ornament);
            cell.iter()
                .map(|p| Piece { marks: Marks { strong: strong(p), ..p.marks }, ..p.clone() })
                .collect()
        })
        .collect();
    let cells: Vec<_> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            let stored = flow.store(cell);
            flow.end_line();
            let lines = lines(&stored.0, *width);
            (stored, lines)
        })
        .collect();
    let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
    for line in 0..height {
        let mut row = flow.start_row();
        for (column, width) in widths.iter().enumerate() {
            if column > 0 {
                flow.space(&mut row, GUTTER);
            }
            let Some(((text, spans), lines)) = cells.get(column) else { continue };
            let range = lines.get(line).cloned().unwrap_or(0..0);
            let used = text.get(range.clone()).map_or(0, crate::text::width);
            let free = width.saturating_sub(used);
            let before = match aligns.get(column) {
                Some(Align::Right) => free,
                Some(Align::Centre) => free / 2,
                _ => 0,
            };
            flow.space(&mut row, before);
            flow.fill_row(&mut row, range, spans);
            flow.space(&mut row, free - before);
        }
        flow.end_row(row);
    }
}

/// The lines of a cell, as byte ranges.
fn lines(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for segment in text.split('\n') {
        let ranges = wrap(segment, columns, columns).into_iter();
        out.extend(ranges.map(|range| start + range.start..start + range.end));
        start += segment.len() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::share;

    /// Widths where no word is wider than the narrowest column.
    fn of_short_words(natural: &[usize], room: usize) -> Vec<usize> {
        share(natural, &vec![1; natural.len()], room)
    }

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        assert_eq!(of_short_words(&[5, 10], 40), [5, 10]);
        assert_eq!(of_short_words(&[5, 60, 60], 45), [5, 20, 20]);
        assert_eq!(of_short_words(&[5, 60, 60], 46), [5, 21, 20]);
        assert_eq!(of_short_words(&[12, 12, 100], 60), [12, 12, 36]);
    }

    #[test]
    fn many_columns_stay_readable_and_overflow() {
        let widths = of_short_words(&[30; 20], 60);
        assert!(widths.iter().all(|w| *w == 8));
    }

    #[test]
    fn a_column_is_never_narrower_than_its_widest_word() {
        assert_eq!(share(&[40, 40], &[15, 6], 30), [15, 15]);
        assert_eq!(share(&[40, 40], &[20, 6], 30), [20, 10]);
        assert_eq!(share(&[40, 40], &[20, 25], 30), [20, 25], "rows overflow instead");
    }
}
