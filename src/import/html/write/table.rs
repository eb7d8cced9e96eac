//! Tables: rows and columns of running text, with cells that span several spread out. Tables that
//! only lay out a page are written as what is in them.

use super::{After, Writer};
use crate::import::html::inline::STRONG;
use crate::import::html::inline::{Piece, Place, Rendered};
use crate::import::html::tag::{Attr, Tag};

/// Columns of a table; cells beyond are joined to the last.
const MAX_COLUMNS: usize = 64;

/// A table that is being gathered.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    caption: Vec<Piece>,
    /// Text that stands in the table but in no cell; browsers draw it above.
    stray: Vec<Piece>,
    at: usize,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    head: bool,
}

#[derive(Debug)]
struct Cell {
    pieces: Vec<Piece>,
    columns: usize,
    rows: usize,
    head: bool,
    align: Option<&'static str>,
}

impl Table {
    /// Takes the cells out that stand at the top, each over all columns: what they say is about the
    /// table, and would make its first column as wide as itself.
    fn above(&mut self) -> Vec<Cell> {
        let width = |row: &Row| row.cells.iter().map(|cell| cell.columns).sum::<usize>();
        let columns = self.rows.iter().map(width).max().unwrap_or(0);
        let over = |row: &Row| match row.cells.as_slice() {
            [cell] => columns > 1 && cell.columns >= columns && cell.rows == 1,
            _ => false,
        };
        let count = self.rows.iter().take_while(|row| over(row)).count();
        if count == self.rows.len() {
            return Vec::new();
        }
        self.rows.drain(..count).flat_map(|row| row.cells).collect()
    }
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, node: usize) -> After {
        if self.flat > 0 || self.page.layout.contains(&node) {
            return After::Block;
        }
        self.release();
        self.flat += 1;
        self.table = Some(Table { at: self.at(node), ..Table::default() });
        After::Table
    }

    pub(super) fn start_row(&mut self, node: usize) -> After {
        let tree = &self.page.tree;
        let parent = tree.nodes.get(node).and_then(|n| tree.tag(n.parent));
        let Some(table) = &mut self.table else { return After::Block };
        table.stray.append(&mut self.inline.take());
        table.rows.push(Row { cells: Vec::new(), head: parent == Some(Tag::Thead) });
        After::Row
    }

    pub(super) fn start_cell(&mut self, node: usize) -> After {
        let tree = &self.page.tree;
        let tag = tree.tag(node);
        let Some(table) = &mut self.table else { return After::Block };
        table.stray.append(&mut self.inline.take());
        if table.rows.is_empty() {
            table.rows.push(Row::default());
        }
        let number = |attr| {
            tree.attribute(node, attr).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1)
        };
        let rows = match number(Attr::Rowspan) {
            0 => usize::MAX,
            rows => rows,
        };
        let style = tree.attribute(node, Attr::Style).unwrap_or_default();
        let align = tree.attribute(node, Attr::Align).unwrap_or_default();
        let says = |word: &str| {
            let styled = style.split(';').filter_map(|rule| rule.split_once(':'));
            align.eq_ignore_ascii_case(word)
                || styled
                    .into_iter()
                    .any(|(name, value)| name.trim() == "text-align" && value.trim() == word)
        };
        let align = if says("right") {
            Some("-:")
        } else if says("center") {
            Some(":-:")
        } else {
            None
        };
        let columns = number(Attr::Colspan).clamp(1, MAX_COLUMNS);
        let cell = Cell { pieces: Vec::new(), columns, rows, head: tag == Some(Tag::Th), align };
        if let Some(row) = table.rows.last_mut() {
            row.cells.push(cell);
        }
        After::Cell
    }

    pub(super) fn end_cell(&mut self) {
        let pieces = self.inline.take();
        let row = self.table.as_mut().and_then(|table| table.rows.last_mut());
        if let Some(cell) = row.and_then(|row| row.cells.last_mut()) {
            cell.pieces = pieces;
        }
    }

    pub(super) fn end_caption(&mut self) {
        let pieces = self.inline.take();
        if let Some(table) = &mut self.table {
            table.caption.extend(pieces);
        }
    }

    pub(super) fn end_table(&mut self) {
        let stray = self.inline.take();
        self.flat -= 1;
        let Some(mut table) = self.table.take() else { return };
        table.stray.extend(stray);
        self.paragraphs(std::mem::take(&mut table.stray));
        self.paragraphs(std::mem::take(&mut table.caption));
        for cell in table.above() {
            let marks = if cell.head { STRONG } else { 0 };
            let pieces = cell.pieces.into_iter();
            let pieces = pieces.map(|piece| Piece { marks: piece.marks | marks, ..piece });
            self.paragraphs(pieces.collect());
        }
        let block = self.lay_out(table);
        if !block.text.is_empty() {
            self.put(block);
        }
    }

    /// Rows of Markdown. The first row is the head if its cells are; else the head is empty.
    fn lay_out(&mut self, mut table: Table) -> Rendered {
        table.rows.retain(|row| row.cells.iter().any(|cell| !cell.pieces.is_empty()));
        let mut out = Rendered::default();
        let at = table.at;
        let head =
            table.rows.first().is_some_and(|row| row.head || row.cells.iter().all(|c| c.head));
        let mut aligns: Vec<Option<&'static str>> = Vec::new();
        for row in table.rows.iter().skip(usize::from(head)).chain(&table.rows) {
            let spread =
                row.cells.iter().flat_map(|cell| std::iter::repeat_n(cell.align, cell.columns));
            for (column, align) in spread.take(MAX_COLUMNS).enumerate() {
                match aligns.get_mut(column) {
                    Some(known) => *known = known.or(align),
                    None => aligns.push(align),
                }
            }
        }
        // For each column, in how many more rows a cell from above stands.
        let mut taken: Vec<usize> = Vec::new();
        let mut rows: Vec<Vec<Vec<Piece>>> = Vec::new();
        for (number, row) in table.rows.into_iter().enumerate() {
            let mut line: Vec<Vec<Piece>> = Vec::new();
            for cell in row.cells {
                while taken.get(line.len()).is_some_and(|rows| *rows > 0)
                    && line.len() < MAX_COLUMNS
                {
                    line.push(Vec::new());
                }
                let bold = cell.head && (number > 0 || !head);
                let pieces = cell.pieces.into_iter().map(|piece| Piece {
                    marks: if bold { piece.marks | STRONG } else { piece.marks },
                    ..piece
                });
                if line.len() >= MAX_COLUMNS {
                    if let Some(last) = line.last_mut() {
                        last.extend(pieces);
                    }
                    continue;
                }
                let start = line.len();
                line.push(pieces.collect());
                line.resize((start + cell.columns).min(MAX_COLUMNS), Vec::new());
                if taken.len() < line.len() {
                    taken.resize(line.len(), 0);
                }
                for rows in taken.get_mut(start..line.len()).unwrap_or_default() {
                    *rows = cell.rows;
                }
            }
            for rows in &mut taken {
                *rows = rows.saturating_sub(1);
            }
            rows.push(line);
        }
        // Columns that hold nothing are the spread of a cell that spans more than there is.
        let last = |row: &Vec<Vec<Piece>>| {
            row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1)
        };
        let columns = rows.iter().map(last).max().unwrap_or(0);
        if columns == 0 {
            return out;
        }
        out.origin.push((0, at));
        if !head {
            self.row(&mut out, Vec::new(), columns);
        }
        let mut rows = rows.into_iter();
        if head {
            self.row(&mut out, rows.next().unwrap_or_default(), columns);
        }
        for column in 0..columns {
            out.text.push('|');
            out.text.push_str(aligns.get(column).copied().flatten().unwrap_or("-"));
        }
        out.text.push_str("|\n");
        for row in rows {
            self.row(&mut out, row, columns);
        }
        out
    }

    fn row(&mut self, out: &mut Rendered, cells: Vec<Vec<Piece>>, columns: usize) {
        let mut cells = cells.into_iter();
        out.text.push('|');
        for _ in 0..columns {
            let cell = self.inline.render(cells.next().unwrap_or_default(), Place::Cell);
            out.text.push(' ');
            let start = out.text.len();
            out.origin.extend(cell.origin.into_iter().map(|(text, source)| (start + text, source)));
            out.text.push_str(cell.text.trim());
            out.text.push_str(" |");
        }
        out.text.push('\n');
    }
}
