//! Bars made of signs: one for each day, with numbers where there is room.

use super::{last, sign};
use crate::layout::{Flow, Piece, Role};
use crate::study::{Date, Day};
use crate::text::{Printable, width};

/// Rows of the bars.
const ROWS: usize = 5;
/// Columns of a day at most.
const WIDEST: usize = 4;

/// A bar for each day from today on, as many as there is room for.
pub fn bars(flow: &mut Flow, counts: &[usize], today: Day) {
    let high = counts.iter().copied().max().unwrap_or(0).max(1);
    let axis = width(&high.to_string()) + 1;
    let room = flow.room().saturating_sub(axis);
    let cell = (room / counts.len().max(1)).clamp(1, WIDEST);
    let counts = counts.get(..counts.len().min(room / cell)).unwrap_or_default();
    let glyphs = flow.options.glyphs;
    for row in (0..ROWS).rev() {
        let mark = match row {
            0 => "0".to_owned(),
            row if row == ROWS - 1 => high.to_string(),
            _ => String::new(),
        };
        let mut line = String::new();
        for count in counts {
            let columns = if cell > 1 { cell - 1 } else { 1 };
            let level = level(*count, high, ROWS * last(glyphs));
            let here = level.saturating_sub(row * last(glyphs)).min(last(glyphs));
            line += &sign(glyphs.levels, here).repeat(columns);
            line += &" ".repeat(cell - columns);
        }
        put(flow, &format!("{mark:>0$} ", axis - 1), &line, Role::Chart);
    }
    // Numbers stand below the bars if all of them fit.
    if width(&high.to_string()) < cell {
        let columns = cell - 1;
        let number = |count: &usize| match count {
            0 => " ".repeat(cell),
            count => format!("{count:^columns$} "),
        };
        let line: String = counts.iter().map(number).collect();
        put(flow, &" ".repeat(axis), &line, Role::Text);
    }
    put(flow, &" ".repeat(axis), &days(counts.len(), cell, today), Role::Meta);
}

/// The names of days below their bars: today, and Mondays.
fn days(count: usize, cell: usize, today: Day) -> String {
    let mut line = String::from("today");
    for ahead in 1..count {
        let date = Date::of(today.saturating_add_unsigned(ahead as u64));
        let start = ahead * cell;
        let name = format!("{} {}", date.day(), date.month());
        let fits = start + name.len() <= count * cell && start >= line.len() + 2;
        if date.weekday() == 0 && fits {
            line += &" ".repeat(start - line.len());
            line += &name;
        }
    }
    line
}

/// Counts as a row of low bars, with a name before it.
pub fn line(flow: &mut Flow, name: &str, counts: &[usize]) {
    let high = counts.iter().copied().max().unwrap_or(0).max(1);
    let glyphs = flow.options.glyphs;
    let room = flow.room().saturating_sub(width(name) + 2);
    let skip = counts.len().saturating_sub(room);
    let cell = (room / counts.len().max(1)).clamp(1, WIDEST);
    let one = |count: &usize| {
        let columns = if cell > 1 { cell - 1 } else { 1 };
        let level = level(*count, high, last(glyphs));
        // Where nothing was done stands a dot, so that days can be counted.
        let mark = if level == 0 { glyphs.shades[0] } else { sign(glyphs.levels, level) };
        mark.repeat(columns) + &" ".repeat(cell - columns)
    };
    let line: String = counts.iter().skip(skip).map(one).collect();
    put(flow, &format!("{name}  "), &line, Role::Chart);
}

/// How high a count stands on a scale; what is something stands above nothing.
fn level(count: usize, high: usize, levels: usize) -> usize {
    if count == 0 { 0 } else { (count.saturating_mul(levels) / high.max(1)).clamp(1, levels) }
}

/// A row of signs behind a mark.
fn put(flow: &mut Flow, mark: &str, line: &str, role: Role) {
    flow.ornaments(&[
        Piece::sign(Printable::inline(mark), Role::Meta),
        Piece::sign(Printable::inline(line.trim_end()), role),
    ]);
}
