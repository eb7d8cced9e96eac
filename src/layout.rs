//! A card and a width into rows of styled runs. Runs carry roles, not colours, and links carry
//! their targets; the same rows serve the screen and plain output. Knows no library: what a link
//! leads to is asked of [`Links`].

mod blocks;
mod card;
mod flow;
mod glyphs;
mod mentions;
mod overview;
mod parts;
mod piece;
mod role;
mod table;

pub use blocks::body;
pub use card::{basis_words, card, sentence};
pub use flow::Flow;
pub use glyphs::Glyphs;
pub use overview::overview;
pub use parts::{citations, claim_of, one_citation};
pub use piece::Piece;
pub use role::{Part, Role, Status};

use crate::format::Line;
use crate::model::{Marks, Target};
use crate::text::{Printable, PrintableBuf, PrintableStr, clusters, width};
use std::ops::Range;

/// What a layout asks about the targets of links.
pub trait Links {
    /// The title of what a target leads to, if it leads anywhere.
    fn title(&self, target: &Target) -> Option<Printable>;
    /// Whether it leads anywhere.
    fn status(&self, target: &Target) -> Status;
    /// The bytes of a line of running text that mention something without a link, in order, and what
    /// leads there.
    fn mentions(&self, _line: &Line) -> Vec<(Range<usize>, Target)> {
        Vec::new()
    }
}

/// How rows are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Columns of a row, the gutter included.
    pub width: usize,
    /// Free columns right of it, which tables and code may take.
    pub spare: usize,
    /// The signs to draw with.
    pub glyphs: &'static Glyphs,
    /// How links are numbered.
    pub numbers: Numbers,
    /// Whether the answers of questions are shown.
    pub answers: bool,
}

/// How links are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// One column is kept free; the screen numbers the links that are visible.
    Visible,
    /// `[1]`, `[2]` through the whole text, for output that stays.
    Running,
}

/// A card as rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// What the card says, a line for each paragraph. It does not depend on the width.
    text: PrintableBuf,
    /// Signs around the text: bars, bullets, numbers of links.
    ornaments: PrintableBuf,
    rows: Vec<Row>,
    /// Those that the author wrote, then quiet ones.
    links: Vec<LinkSpot>,
    anchors: Vec<Anchor>,
    /// Columns of the widest row.
    widest: usize,
}

/// One line on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands in it, left to right.
    pub runs: Vec<Run>,
    /// The part of [`Layout::text`] it shows; empty for a row of signs alone.
    pub text: Range<usize>,
    /// The part of the card it belongs to.
    pub part: Part,
    /// Whether it may be wider than the layout and is to be scrolled sideways, or belongs to rows that
    /// are.
    pub wide: bool,
}

/// A piece of a row in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its words.
    pub source: Source,
    /// What it is.
    pub role: Role,
    /// How the author set it.
    pub marks: Marks,
    /// The link it belongs to, an index into [`Layout::links`].
    pub link: Option<usize>,
}

/// Where the words of a run stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the text of the card.
    Text(Range<usize>),
    /// Among the signs around it.
    Ornament(Range<usize>),
}

/// A link and where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSpot {
    /// What it points at.
    pub target: Target,
    /// Whether it leads anywhere.
    pub status: Status,
    /// Whether nobody wrote it: it stands where something is mentioned.
    pub is_quiet: bool,
    /// Its first and last row.
    pub rows: Range<usize>,
    /// Its words in [`Layout::text`].
    pub text: Range<usize>,
}

/// A place that has a name: a heading, or a part of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// By which links reach it; empty for a part of the card.
    pub name: Box<str>,
    /// What readers see.
    pub title: Printable,
    /// 1 for parts, 2 and more for headings in the text.
    pub level: u8,
    /// Its row.
    pub row: usize,
}

impl Layout {
    /// The rows, top to bottom.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The links: those that the author wrote in reading order, then quiet ones in reading order.
    pub fn links(&self) -> &[LinkSpot] {
        &self.links
    }

    /// The links that the author wrote, in reading order.
    pub fn written_links(&self) -> &[LinkSpot] {
        let count = self.links.partition_point(|link| !link.is_quiet);
        self.links.get(..count).unwrap_or_default()
    }

    /// The named places, top to bottom.
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// What the card says; this is what is searched.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The words of a run.
    pub fn words(&self, run: &Run) -> PrintableStr<'_> {
        match &run.source {
            Source::Text(range) => self.text.slice(range.clone()),
            Source::Ornament(range) => self.ornaments.slice(range.clone()),
        }
    }

    /// The columns of the widest row.
    pub fn widest(&self) -> usize {
        self.widest
    }

    /// The columns a row takes.
    pub fn width(&self, row: &Row) -> usize {
        row.runs.iter().map(|run| width(&self.words(run))).sum()
    }

    /// The row that shows a byte of the text.
    pub fn row_of(&self, offset: usize) -> usize {
        let after = self.rows.partition_point(|row| row.text.start <= offset);
        let last = after.saturating_sub(1);
        // Rows without text carry the offset of the next text; the first of several is not meant.
        (0..=last)
            .rev()
            .find(|at| self.rows.get(*at).is_some_and(|row| !row.text.is_empty()))
            .unwrap_or(last)
    }

    /// The byte of the text at which a row, or the next one with text, starts.
    pub fn offset_of(&self, row: usize) -> usize {
        self.rows.get(row).map_or(self.text.len(), |row| row.text.start)
    }

    /// The first row of an anchor: by name as written, then without case.
    pub fn anchor(&self, name: &str) -> Option<usize> {
        let same = |anchor: &&Anchor| !anchor.name.is_empty() && *anchor.name == *name;
        let like = |anchor: &&Anchor| {
            !anchor.name.is_empty()
                && (anchor.name.eq_ignore_ascii_case(name)
                    || crate::text::slug(name) == *anchor.name)
        };
        let anchors = || self.anchors.iter();
        anchors().find(same).or_else(|| anchors().find(like)).map(|anchor| anchor.row)
    }

    /// The words at a byte of the text, by which the place is found again in another layout.
    pub fn quote(&self, offset: usize) -> &str {
        const LENGTH: usize = 80;
        let rest = self.text().get(offset..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let end: usize = clusters(line).take(LENGTH).map(str::len).sum();
        line.get(..end).unwrap_or_default()
    }

    /// The byte at which `quote` stands, the nearest to `near` if it stands there several times.
    pub fn find_quote(&self, quote: &str, near: usize) -> Option<usize> {
        if quote.trim().is_empty() {
            return None;
        }
        memchr::memmem::find_iter(self.text().as_bytes(), quote.as_bytes())
            .min_by_key(|at| at.abs_diff(near))
    }
}

#[cfg(test)]
mod tests;
