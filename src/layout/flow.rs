//! Filling rows: pieces of text are wrapped, indented and numbered, and the text is kept for search.

use super::piece::{Piece, Words, pieces_width, spaces};
use super::{Layout, LinkSpot, Links, Numbers, Options, Part, Role, Row, Run, Source, Status};
use crate::model::{Marks, Target};
use crate::text::{Printable, PrintableStr, width, wrap};
use std::ops::Range;

/// Text is not made narrower than this by indentation.
const NARROWEST: usize = 16;

/// Stands where a row must not end; it takes no columns.
const WORD_JOINER: char = '\u{2060}';

/// What stands left of the rows of a block.
#[derive(Debug, Clone)]
struct Indent {
    /// On the first row; taken when it was drawn.
    first: Option<Printable>,
    rest: Printable,
    role: Role,
    first_role: Role,
}

/// Rows under construction.
pub struct Flow<'a> {
    pub layout: Layout,
    pub options: Options,
    pub links: &'a dyn Links,
    /// The part that new rows belong to.
    pub part: Part,
    indents: Vec<Indent>,
    /// Whether the last row is blank.
    after_blank: bool,
}

impl<'a> Flow<'a> {
    /// Nothing yet.
    pub fn new(options: Options, links: &'a dyn Links) -> Self {
        Self {
            layout: Layout::default(),
            options,
            links,
            part: Part::Head,
            indents: Vec::new(),
            after_blank: false,
        }
    }

    /// Columns left for text.
    pub fn room(&self) -> usize {
        let taken: usize = self.indents.iter().map(|i| width(&i.rest)).sum();
        self.options.width.saturating_sub(taken).max(1)
    }

    /// Puts `first`, then `rest` before the rows made by `fill`; both have the same width. Where
    /// the text would become too narrow they are left out.
    pub fn indented(
        &mut self,
        first: (Printable, Role),
        rest: (Printable, Role),
        fill: impl FnOnce(&mut Self),
    ) {
        let fits = self.room() >= NARROWEST + width(&rest.0);
        if fits {
            self.indents.push(Indent {
                first: Some(first.0),
                rest: rest.0,
                role: rest.1,
                first_role: first.1,
            });
        }
        fill(self);
        if fits {
            self.indents.pop();
        }
    }

    /// Indents the rows made by `fill` by spaces.
    pub fn inset(&mut self, columns: usize, fill: impl FnOnce(&mut Self)) {
        let space = spaces(columns);
        self.indented((space.clone(), Role::Text), (space, Role::Text), fill);
    }

    /// A row without text.
    pub fn blank(&mut self) {
        let row = self.start_row();
        self.end_row(row);
        self.after_blank = true;
    }

    /// A blank row, unless the last row is one or there is none.
    pub fn gap(&mut self) {
        if !self.layout.rows.is_empty() && !self.after_blank {
            self.blank();
        }
    }

    /// Wraps pieces into rows; rows after the first are indented by `hang` more.
    pub fn paragraph(&mut self, pieces: &[Piece], hang: usize) {
        let (line, spans) = self.store(pieces);
        let mut start = 0;
        for segment in line.split('\n') {
            let room = self.room();
            let hang = if room >= NARROWEST + hang { hang } else { 0 };
            for (at, range) in wrap(segment, room, room - hang).into_iter().enumerate() {
                let mut row = self.start_row();
                if at > 0 {
                    self.space(&mut row, hang);
                }
                self.fill_row(&mut row, start + range.start..start + range.end, &spans);
                self.end_row(row);
            }
            start += segment.len() + 1;
        }
        self.layout.text.push_newline();
    }

    /// One row of pieces that is not wrapped.
    pub fn unwrapped(&mut self, pieces: &[Piece]) {
        self.ornaments(pieces);
        self.layout.text.push_newline();
    }

    /// Makes the rows from `start` move sideways together, if any of them does.
    pub fn together(&mut self, start: usize) {
        let rows = self.layout.rows.get_mut(start..).unwrap_or_default();
        let any = rows.iter().any(|row| row.wide);
        for row in rows {
            row.wide = any;
        }
    }

    /// One row of signs alone, which are no text.
    pub fn ornaments(&mut self, signs: &[Piece]) {
        let (line, spans) = self.store(signs);
        let mut row = self.start_row();
        self.fill_row(&mut row, 0..line.len(), &spans);
        self.end_row(row);
    }

    /// Pieces to the left and to the right of one row, or below each other if they do not fit.
    pub fn sides(&mut self, left: &[Piece], right: &[Piece]) {
        if right.is_empty() {
            self.paragraph(left, 0);
            return;
        }
        let free = self.room().checked_sub(pieces_width(left) + pieces_width(right));
        let Some(free) = free.filter(|free| *free >= 2) else {
            self.paragraph(left, 0);
            self.paragraph(right, 0);
            return;
        };
        // They are two lines of text in either case.
        let (left, left_spans) = self.store(left);
        self.end_line();
        let (right, right_spans) = self.store(right);
        self.end_line();
        let mut row = self.start_row();
        self.fill_row(&mut row, 0..left.len(), &left_spans);
        self.space(&mut row, free);
        self.fill_row(&mut row, 0..right.len(), &right_spans);
        self.end_row(row);
    }

    /// The name of a part, with a line to the end of the row.
    pub fn label(&mut self, name: impl Into<Words<'static>>, note: Option<Printable>) {
        self.gap();
        let words = name.into();
        self.anchor("", words.get().into(), 1);
        let mut pieces = vec![Piece::new(words, Role::Label)];
        if let Some(note) = note {
            pieces.push(Piece::sign(" ", Role::Meta));
            pieces.push(Piece::new(note, Role::Meta));
        }
        let free = self.room().saturating_sub(pieces_width(&pieces) + 1);
        pieces.push(Piece::sign(" ", Role::Rule));
        pieces.push(Piece::sign(
            Printable::inline(&self.options.glyphs.rule.repeat(free)),
            Role::Rule,
        ));
        self.unwrapped(&pieces);
    }

    /// A line across.
    pub fn rule(&mut self) {
        let line = self.options.glyphs.rule.repeat(self.room());
        self.unwrapped(&[Piece::sign(Printable::inline(&line), Role::Rule)]);
    }

    /// Names the next row.
    pub fn anchor(&mut self, name: &str, title: Printable, level: u8) {
        let row = self.layout.rows.len();
        self.layout.anchors.push(super::Anchor { name: name.into(), title, level, row });
    }

    /// Adds a link and gives its index.
    pub fn link(&mut self, target: &Target) -> usize {
        let status = self.links.status(target);
        // Not drawn yet: nothing is before its start.
        let nowhere = Range { start: usize::MAX, end: 0 };
        let (rows, text) = (nowhere.clone(), nowhere);
        let (target, is_quiet) = (target.clone(), false);
        self.layout.links.push(LinkSpot { target, status, is_quiet, rows, text });
        self.layout.links.len() - 1
    }

    /// Adds a link that nobody wrote and gives its index.
    pub fn quiet_link(&mut self, target: &Target) -> usize {
        let link = self.link(target);
        if let Some(spot) = self.layout.links.get_mut(link) {
            spot.is_quiet = true;
        }
        link
    }

    /// The role of the words of a link.
    pub fn link_role(&self, link: usize) -> Role {
        Role::Link(self.layout.links.get(link).map_or(Status::Missing, |l| l.status))
    }

    /// The number behind the words of a link.
    pub fn link_mark(&self, link: usize) -> Piece<'static> {
        let words = match self.options.numbers {
            Numbers::Visible => Words::Of(PrintableStr::literal(self.options.glyphs.numbers[0])),
            Numbers::Running => Words::Own(Printable::inline(&format!("[{}]", link + 1))),
        };
        Piece { link: Some(link), ..Piece::sign(words, Role::LinkMark) }
    }

    /// Ends the rows from `start` with the right side of a box.
    pub fn close_box(&mut self, start: usize, side: &'static str, role: Role) {
        let columns = self.options.width - 1;
        let end = self.ornament(PrintableStr::literal(side));
        for at in start..self.layout.rows.len() {
            let Some(mut row) = self.layout.rows.get_mut(at).map(std::mem::take) else { continue };
            let used = self.layout.width(&row);
            self.space(&mut row, columns.saturating_sub(used));
            row.runs.push(sign(end.clone(), role));
            if let Some(place) = self.layout.rows.get_mut(at) {
                *place = row;
            }
        }
    }

    /// The finished layout.
    pub fn finish(mut self) -> Layout {
        if self.layout.links.iter().any(|link| link.is_quiet) {
            super::mentions::quiet_links_last(&mut self.layout);
        }
        for link in &mut self.layout.links {
            if link.rows.start > link.rows.end {
                link.rows = 0..0;
            }
            if link.text.start > link.text.end {
                link.text = 0..0;
            }
        }
        // A row without text stands for the text that follows.
        let mut next = self.layout.text.len();
        for row in self.layout.rows.iter_mut().rev() {
            if row.text.is_empty() {
                row.text = next..next;
            } else {
                next = row.text.start;
            }
        }
        self.layout
    }

    /// Keeps the words of pieces; gives the line they form and where each part of it is kept.
    pub fn store<'p>(&mut self, pieces: &'p [Piece<'p>]) -> (String, Vec<Stored<'p>>) {
        let mut line = String::new();
        let mut spans = Vec::with_capacity(pieces.len());
        let mut parted = false;
        for piece in pieces {
            let words = piece.words.get();
            let kept = if piece.ornament {
                parted |= piece.role != Role::LinkMark;
                self.ornament(words)
            } else {
                // What a sign parts on the screen is parted in the text.
                if std::mem::take(&mut parted) && !self.layout.text.as_str().ends_with(['\n', ' '])
                {
                    self.layout.text.push_literal(" ");
                }
                let start = self.layout.text.len();
                self.layout.text.push(words);
                Source::Text(start..start + words.len())
            };
            // The number of a link does not leave its words at the end of a row.
            if piece.role == Role::LinkMark && !line.is_empty() {
                line.push(WORD_JOINER);
            }
            let start = line.len();
            line.push_str(&words);
            spans.push(Stored { line: start..line.len(), kept, piece });
        }
        (line, spans)
    }

    fn ornament(&mut self, words: PrintableStr) -> Source {
        let start = self.layout.ornaments.len();
        self.layout.ornaments.push(words);
        Source::Ornament(start..start + words.len())
    }

    /// Ends a stored line.
    pub fn end_line(&mut self) {
        self.layout.text.push_newline();
    }

    /// A row with what stands left of it.
    pub fn start_row(&mut self) -> Row {
        let mut row = Row { part: self.part, ..Row::default() };
        let mut indents = std::mem::take(&mut self.indents);
        for indent in &mut indents {
            let (words, role) = match indent.first.take() {
                Some(first) => (first, indent.first_role),
                None => (indent.rest.clone(), indent.role),
            };
            let source = self.ornament(words.as_printable());
            row.runs.push(sign(source, role));
        }
        self.indents = indents;
        row
    }

    /// Adds spaces to a row.
    pub fn space(&mut self, row: &mut Row, columns: usize) {
        if columns > 0 {
            let space = self.ornament(spaces(columns).as_printable());
            row.runs.push(sign(space, Role::Text));
        }
    }

    /// Puts a part of a stored line into a row.
    pub fn fill_row(&mut self, row: &mut Row, range: Range<usize>, spans: &[Stored]) {
        let first = spans.partition_point(|s| s.line.end <= range.start);
        for span in spans.iter().skip(first).take_while(|s| s.line.start < range.end) {
            let from = range.start.max(span.line.start) - span.line.start;
            let to = range.end.min(span.line.end) - span.line.start;
            if from >= to {
                continue;
            }
            let source = match &span.kept {
                Source::Text(kept) => Source::Text(kept.start + from..kept.start + to),
                Source::Ornament(kept) => Source::Ornament(kept.start + from..kept.start + to),
            };
            if let Source::Text(text) = &source {
                row.text =
                    if row.text.is_empty() { text.clone() } else { row.text.start..text.end };
            }
            let Piece { role, marks, link, .. } = *span.piece;
            if let Some(spot) = link.and_then(|link| self.layout.links.get_mut(link)) {
                let here = self.layout.rows.len();
                spot.rows = spot.rows.start.min(here)..spot.rows.end.max(here);
                if let Source::Text(text) = &source {
                    spot.text = spot.text.start.min(text.start)..spot.text.end.max(text.end);
                }
            }
            row.runs.push(Run { source, role, marks, link });
        }
    }

    /// Finishes a row.
    pub fn end_row(&mut self, mut row: Row) {
        self.after_blank = false;
        // Spaces at the end of a row are not drawn.
        while row.runs.last().is_some_and(|run| {
            matches!(run.source, Source::Ornament(_))
                && run.link.is_none()
                && self.layout.words(run).trim().is_empty()
        }) {
            row.runs.pop();
        }
        let columns = self.layout.width(&row);
        self.layout.widest = self.layout.widest.max(columns);
        row.wide = columns > self.options.width + self.options.spare;
        // Rows are found by where their text starts: cells that go on must not lead back.
        if let Some(last) = self.layout.rows.last().filter(|_| !row.text.is_empty()) {
            row.text.start = row.text.start.max(last.text.start);
            row.text.end = row.text.end.max(row.text.start);
        }
        self.layout.rows.push(row);
    }
}

/// A piece, the part of a line it makes, and where its words are kept.
pub struct Stored<'p> {
    line: Range<usize>,
    kept: Source,
    piece: &'p Piece<'p>,
}

fn sign(source: Source, role: Role) -> Run {
    Run { source, role, marks: Marks::default(), link: None }
}
