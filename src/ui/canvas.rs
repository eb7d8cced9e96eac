//! The only place where text meets the cells of the screen. It accepts nothing but text that was
//! made printable, and never draws outside the part it was given.

use crate::app::Rect;
use crate::text::{PrintableStr, clusters, width};
use ratatui::buffer::Buffer;
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
        let mut used = 0;
        for cluster in clusters(&text.into()) {
            let w = width(cluster);
            if used + w > columns {
                break;
            }
            self.cluster((x + used, y), cluster, w, style);
            used += w;
        }
        used
    }

    /// Draws a text in one row, each of its clusters in a style of its own: `style` is given the
    /// byte at which the cluster starts. Leaves out the first `skip` columns.
    pub fn styled<'t>(
        &mut self,
        (x, y): (usize, usize),
        (skip, columns): (usize, usize),
        text: impl Into<PrintableStr<'t>>,
        style: impl Fn(usize) -> Style,
    ) {
        let (mut at, mut column) = (0, 0);
        for cluster in clusters(&text.into()) {
            let w = width(cluster);
            if column + w > skip + columns {
                break;
            }
            if column >= skip {
                self.cluster((x + column - skip, y), cluster, w, style(at));
            }
            at += cluster.len();
            column += w;
        }
    }

    fn cluster(&mut self, (x, y): (usize, usize), cluster: &str, width: usize, style: Style) {
        if width == 0 {
            return;
        }
        for column in 0..width {
            let Some(cell) = self.cell(x + column, y) else { return };
            cell.reset();
            cell.set_style(style);
        }
        if let Some(cell) = self.cell(x, y) {
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
        for column in 0..columns {
            self.text((x + column, y), 1, PrintableStr::literal(sign), style);
        }
    }

    /// Fills a column with a sign of one column.
    pub fn column(
        &mut self,
        (x, y): (usize, usize),
        rows: usize,
        sign: &'static str,
        style: Style,
    ) {
        for row in 0..rows {
            self.text((x, y + row), 1, PrintableStr::literal(sign), style);
        }
    }

    /// Empties a part of the screen.
    pub fn clear(&mut self, rect: Rect, style: Style) {
        for y in rect.y..rect.y + rect.height {
            for x in rect.x..rect.x + rect.width {
                if let Some(cell) = self.cell(x, y) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
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

    fn cell(&mut self, x: usize, y: usize) -> Option<&mut ratatui::buffer::Cell> {
        let (x, y) = (u16::try_from(x).ok()?, u16::try_from(y).ok()?);
        self.buffer.cell_mut((x, y))
    }
}
