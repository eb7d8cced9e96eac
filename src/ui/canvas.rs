//! The only place where text meets the cells of the screen. It accepts nothing but text that was
//! made printable, and never draws outside the part it was given.

use crate::app::Rect;
use crate::text::{PrintableStr, clusters, width};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Style};

/// The cells of the screen.
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
}

impl<'b> Canvas<'b> {
    /// The whole screen.
    pub fn new(buffer: &'b mut Buffer) -> Self {
        Self { buffer }
    }

    /// Draws a text in one row, as far as it fits into `columns`; gives the columns it took.
    pub fn text<'t>(
        &mut self,
        (x, y): (usize, usize),
        columns: usize,
        text: impl Into<PrintableStr<'t>>,
        style: Style,
    ) -> usize {
        let blank = blank(style);
        let mut used = 0;
        for (cluster, w) in measured(&text.into()) {
            if used + w > columns {
                break;
            }
            self.cluster((x + used, y), cluster, w, &blank);
            used += w;
        }
        used
    }

    /// Draws a text in one row, each of its clusters in a style of its own: `style` is given the
    /// byte at which the cluster starts. Leaves out the first `skip` columns. Gives the columns of the
    /// text, unless not all of it has room.
    pub fn styled<'t>(
        &mut self,
        (x, y): (usize, usize),
        (skip, columns): (usize, usize),
        text: impl Into<PrintableStr<'t>>,
        style: impl Fn(usize) -> Style,
    ) -> Option<usize> {
        let mut last = Style::new();
        let mut empty = blank(last);
        let (mut at, mut column) = (0, 0);
        for (cluster, w) in measured(&text.into()) {
            if column + w > skip + columns {
                return None;
            }
            if column >= skip {
                let style = style(at);
                if style != last {
                    (last, empty) = (style, blank(style));
                }
                self.cluster((x + column - skip, y), cluster, w, &empty);
            }
            at += cluster.len();
            column += w;
        }
        Some(column)
    }

    fn cluster(&mut self, (x, y): (usize, usize), cluster: &str, width: usize, blank: &Cell) {
        if width == 0 {
            return;
        }
        for column in 1..width {
            let Some(cell) = self.cell(x + column, y) else { return };
            cell.clone_from(blank);
        }
        if let Some(cell) = self.cell(x, y) {
            cell.clone_from(blank);
            cell.set_symbol(cluster);
        }
    }

    /// Fills a row with a sign of one column.
    pub fn line(
        &mut self,
        (x, y): (usize, usize),
        columns: usize,
        sign: &'static str,
        style: Style,
    ) {
        self.fill(Rect { x, y, width: columns, height: 1 }, sign, style);
    }

    /// Fills a column with a sign of one column.
    pub fn column(
        &mut self,
        (x, y): (usize, usize),
        rows: usize,
        sign: &'static str,
        style: Style,
    ) {
        self.fill(Rect { x, y, width: 1, height: rows }, sign, style);
    }

    fn fill(&mut self, rect: Rect, sign: &'static str, style: Style) {
        let mut filled = blank(style);
        filled.set_symbol(&PrintableStr::literal(sign));
        for y in rect.y..rect.y + rect.height {
            for x in rect.x..rect.x + rect.width {
                if let Some(cell) = self.cell(x, y) {
                    cell.clone_from(&filled);
                }
            }
        }
    }

    /// Empties a part of the screen.
    pub fn clear(&mut self, rect: Rect, style: Style) {
        self.fill(rect, " ", style);
    }

    /// Gives a row that is drawn one style; only what is bold or underlined stays so.
    pub fn restyle(&mut self, (x, y): (usize, usize), columns: usize, style: Style) {
        for column in 0..columns {
            if let Some(cell) = self.cell(x + column, y) {
                cell.set_style(style.fg(style.fg.unwrap_or(Color::Reset)));
                cell.set_bg(style.bg.unwrap_or(Color::Reset));
            }
        }
    }

    /// Whether nothing is drawn in some cells of a row.
    pub fn is_empty(&self, (x, y): (usize, usize), columns: usize) -> bool {
        let is_blank = |x: usize| {
            let (x, y) = (u16::try_from(x).ok()?, u16::try_from(y).ok()?);
            Some(self.buffer.cell((x, y))?.symbol() == " ")
        };
        (x..x + columns).all(|x| is_blank(x).unwrap_or(false))
    }

    fn cell(&mut self, x: usize, y: usize) -> Option<&mut Cell> {
        let (x, y) = (u16::try_from(x).ok()?, u16::try_from(y).ok()?);
        self.buffer.cell_mut((x, y))
    }
}

/// A cell with a style and nothing in it.
fn blank(style: Style) -> Cell {
    let mut cell = Cell::EMPTY;
    cell.set_style(style);
    cell
}

/// The clusters of a text with their widths. All that is on the screen goes through here for each
/// frame, and most of it is ASCII, where each byte is a cluster: only what stands between two
/// neighbours of ASCII is looked at closely.
fn measured(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let (mut rest, mut mixed) = (text, clusters(""));
    std::iter::from_fn(move || {
        if let Some(cluster) = mixed.next() {
            return Some((cluster, width(cluster)));
        }
        let bytes = rest.as_bytes();
        if bytes.first()?.is_ascii() && bytes.get(1).is_none_or(u8::is_ascii) {
            let (cluster, others) = rest.split_at(1);
            rest = others;
            return Some((cluster, 1));
        }
        let end = bytes.windows(2).take_while(|pair| !pair.is_ascii()).count() + 1;
        let (close, others) = rest.split_at(end);
        (mixed, rest) = (clusters(close), others);
        mixed.next().map(|cluster| (cluster, width(cluster)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Printable;
    use proptest::prelude::*;
    use ratatui::layout;

    proptest! {
        #[test]
        fn nothing_is_drawn_outside_of_the_columns_it_was_given(
            text in "[a-z 漢é\u{301}\u{1f469}\u{1f1ea}]{0,20}",
            at in 0..6usize,
            columns in 0..9usize,
            skip in 0..4usize,
        ) {
            let text = Printable::line(&text);
            let style = Style::new();
            let mut empty = Buffer::empty(layout::Rect::new(0, 0, 16, 3));
            for cell in &mut empty.content {
                cell.set_symbol("·");
            }
            let (mut whole, mut part) = (empty.clone(), empty.clone());
            let used = Canvas::new(&mut whole).text((at, 1), columns, &text, style);
            prop_assert!(used <= columns);
            Canvas::new(&mut part).styled((at, 1), (skip, columns), &text, |_| style);
            for (x, y, _) in empty.diff(&whole).into_iter().chain(empty.diff(&part)) {
                let inside = (at..at + columns).contains(&usize::from(x));
                prop_assert!(y == 1 && inside, "{text:?} at {x}, {y}");
            }
        }

        #[test]
        fn what_is_measured_quickly_is_what_is_measured_closely(
            text in "([a-z ]{0,3}[\\PC\u{301}\u{600}\u{200d}\u{1f469}\u{1f1ea}\u{fe0f}]{0,2}){0,9}"
        ) {
            let text = Printable::line(&text);
            let closely = clusters(&text).map(|cluster| (cluster, width(cluster)));
            prop_assert_eq!(measured(&text).collect::<Vec<_>>(), closely.collect::<Vec<_>>());
        }
    }
}
