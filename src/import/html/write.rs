//! A page as Markdown: walks the tree once, in order, without recursion. What each element means is
//! in `write/element.rs`; this file gathers text and ends blocks.

mod element;
mod math;
mod media;
mod table;

use super::blocks::{Blocks, Container, List};
use super::inline::{Inline, Kind, Piece, Place, Rendered, plain};
use super::label::is_label;
use super::notes::{Note, Notes};
use super::page::{Page, names};
use super::tag::Tag;
use crate::import::Written;
use std::collections::HashSet;
use std::fmt::Write;

/// A heading that was written.
#[derive(Debug)]
pub struct Heading {
    pub level: u8,
    /// Where it starts and ends in the Markdown.
    pub bytes: std::ops::Range<usize>,
    /// Its words.
    pub title: String,
    /// The name by which links in the Markdown reach it.
    pub anchor: Option<Box<str>>,
    /// Whether it stands in a quote, a list or a note, where it starts no card.
    pub nested: bool,
}

/// A term of a glossary, or the end of one.
#[derive(Debug)]
pub struct Term {
    /// Where its text starts in the Markdown.
    pub at: usize,
    /// The term; none where the glossary ends.
    pub title: Option<String>,
}

/// A page as Markdown, with what cards are made of.
#[derive(Debug, Default)]
pub struct Text {
    pub written: Written,
    pub headings: Vec<Heading>,
    pub terms: Vec<Term>,
    /// Names that links may use, and the byte they lead to.
    pub anchors: Vec<(Box<str>, usize)>,
    /// References to notes: where, and which.
    pub notes: Vec<(usize, usize)>,
}

/// What is to be done when an element ends.
#[derive(Debug)]
enum After {
    Nothing,
    Block,
    Heading(u8),
    List,
    Item,
    Quote,
    Definitions,
    Term,
    Definition,
    Row,
    Cell,
    Table,
    Caption,
    Text(String),
}

/// An element that is open.
#[derive(Debug)]
struct Frame {
    end: usize,
    after: After,
    marks: u8,
    link: Option<usize>,
    code: bool,
}

/// What the terms of a list of definitions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terms {
    /// Items with what is said of them.
    Explained,
    /// Cards.
    Cards,
    /// Items alone, as in a table of contents.
    Bare,
}

/// A list of definitions that is open.
#[derive(Debug)]
struct Definitions {
    list: List,
    /// Whether an item is open.
    item: bool,
    /// Whether the last element was a definition.
    defined: bool,
    sort: Terms,
}

/// A label such as `Section 1.` that belongs to the heading that follows.
#[derive(Debug)]
struct Held {
    pieces: Vec<Piece>,
    level: Option<u8>,
}

/// Writes pages.
pub struct Writer<'p> {
    page: &'p Page,
    index: usize,
    notes: &'p Notes,
    /// Whether a list of definitions of terms makes cards.
    glossaries: bool,
    blocks: Blocks,
    inline: Inline,
    frames: Vec<Frame>,
    lists: Vec<List>,
    definitions: Vec<Definitions>,
    table: Option<table::Table>,
    /// Elements around that allow no blocks: headings, cells.
    flat: usize,
    in_heading: bool,
    held: Option<Held>,
    /// Names that lead to what is written next.
    ids: Vec<Box<str>>,
    /// Notes that are referred to in what is written next.
    referred: Vec<usize>,
    /// Whether what is written will stand on another page, so that relative links must say more.
    away: bool,
    /// Abbreviations that were explained.
    explained: HashSet<String>,
    text: Text,
}

impl<'p> Writer<'p> {
    pub fn new(
        pages: &'p [Page],
        index: usize,
        notes: &'p Notes,
        glossaries: bool,
    ) -> Option<Self> {
        let page = pages.get(index)?;
        Some(Self {
            page,
            index,
            notes,
            glossaries,
            blocks: Blocks::default(),
            inline: Inline::default(),
            frames: Vec::new(),
            lists: Vec::new(),
            definitions: Vec::new(),
            table: None,
            flat: 0,
            in_heading: false,
            held: None,
            ids: Vec::new(),
            referred: Vec::new(),
            away: false,
            explained: HashSet::new(),
            text: Text::default(),
        })
    }

    /// Writes the content of the page. Names outside of it lead to its start or its end.
    pub fn page(mut self) -> Text {
        let tree = &self.page.tree;
        let root = self.page.content.root;
        let end = tree.inside(root).end;
        for node in 0..root {
            self.ids.extend(names(tree, node).map(Into::into));
        }
        self.walk(root, end);
        for node in end..tree.nodes.len() {
            self.ids.extend(names(tree, node).map(Into::into));
        }
        self.finish()
    }

    /// Writes a note under its label, for the page at `home`.
    pub fn note(mut self, note: &Note, home: usize) -> Text {
        self.away = home != self.index;
        let marker = format!("[^{}]: ", note.label);
        self.blocks.open(Container::Item { marker, indent: 4, tight: true });
        for node in &note.nodes {
            let end = self.page.tree.inside(*node).end;
            // The element itself may be an item of a list; in the note it is no item.
            self.ids.extend(names(&self.page.tree, *node).map(Into::into));
            self.walk(*node + 1, end);
            self.flush();
        }
        self.finish()
    }

    fn walk(&mut self, start: usize, end: usize) {
        let mut node = start;
        while node < end {
            while self.frames.last().is_some_and(|frame| frame.end <= node) {
                self.leave();
            }
            node = self.enter(node);
        }
        while !self.frames.is_empty() {
            self.leave();
        }
    }

    fn finish(mut self) -> Text {
        self.flush();
        self.release();
        let end = self.blocks.out.text.len();
        self.text.anchors.extend(self.ids.drain(..).map(|name| (name, end)));
        self.text.written = self.blocks.out;
        self.text
    }

    /// The place in the file of a node.
    fn at(&self, node: usize) -> usize {
        self.page.tree.nodes.get(node).map_or(0, |n| n.source.start)
    }

    /// Ends the running text as a paragraph; where no blocks are allowed, as a line.
    fn flush(&mut self) {
        if self.in_heading {
            self.inline.text(" ", 0);
        } else if self.flat > 0 {
            self.inline.end_line(0);
        } else if self.inline.is_empty() {
            self.inline.take();
        } else {
            let pieces = self.inline.take();
            if !self.blocks.is_inside() && is_label(&plain(&pieces)) {
                self.release();
                self.held = Some(Held { pieces, level: None });
            } else {
                self.release();
                self.paragraphs(pieces);
            }
        }
    }

    /// Writes a label that was held back for a heading.
    fn release(&mut self) {
        match self.held.take() {
            Some(Held { pieces, level: None }) => self.paragraphs(pieces),
            Some(Held { pieces, level: Some(level) }) => self.heading(pieces, level),
            None => {}
        }
    }

    /// Writes running text; an empty line in it parts paragraphs.
    fn paragraphs(&mut self, pieces: Vec<Piece>) {
        let mut paragraph: Vec<Piece> = Vec::new();
        let mut rest = pieces.into_iter().peekable();
        while let Some(piece) = rest.next() {
            let breaks = |piece: &Piece| {
                piece.kind == Kind::Break || (piece.kind == Kind::Text && piece.text == " ")
            };
            if piece.kind == Kind::Break && rest.peek().is_some_and(breaks) {
                let mut lines = 1;
                while let Some(next) = rest.next_if(breaks) {
                    lines += usize::from(next.kind == Kind::Break);
                }
                if lines > 1 {
                    self.paragraph(std::mem::take(&mut paragraph));
                    continue;
                }
            }
            paragraph.push(piece);
        }
        self.paragraph(paragraph);
    }

    fn paragraph(&mut self, pieces: Vec<Piece>) {
        let rendered = self.inline.render(pieces, Place::Paragraph);
        if !rendered.text.trim().is_empty() {
            self.put(rendered);
        }
    }

    /// Writes a block; where it starts.
    fn put(&mut self, block: Rendered) -> usize {
        let block = trimmed(block);
        let start = self.begin();
        self.blocks.put(&block);
        start
    }

    /// Starts a block: names that were waiting lead to it.
    fn begin(&mut self) -> usize {
        let start = self.blocks.begin();
        self.text.anchors.extend(self.ids.drain(..).map(|name| (name, start)));
        self.text.notes.extend(self.referred.drain(..).map(|note| (start, note)));
        start
    }

    /// Ends a heading.
    fn end_heading(&mut self, level: u8) {
        let pieces = self.inline.take();
        let words = plain(&pieces);
        if words.is_empty() {
            self.release();
            return;
        }
        let label = !self.blocks.is_inside() && is_label(&words);
        if label {
            self.release();
            self.held = Some(Held { pieces, level: Some(level) });
            return;
        }
        match self.held.take() {
            Some(mut held) => {
                let end = plain(&held.pieces).ends_with(['.', ':', '\u{2014}', '\u{2013}']);
                let at = pieces.first().map_or(0, |piece| piece.at);
                let text = if end { " " } else { ": " }.to_owned();
                held.pieces.push(Piece { kind: Kind::Text, text, marks: 0, link: None, at });
                held.pieces.extend(pieces);
                let level = held.level.map_or(level, |before| before.min(level));
                self.heading(held.pieces, level);
            }
            None => self.heading(pieces, level),
        }
    }

    fn heading(&mut self, pieces: Vec<Piece>, level: u8) {
        let title = plain(&pieces);
        let anchor: Option<Box<str>> = self.ids.last().map(|id| {
            let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
            id.chars().map(|c| if safe(c) { c } else { '-' }).collect::<String>().into()
        });
        let mut rendered = self.inline.render(pieces, Place::Heading);
        let sign = format!("{} ", "#".repeat(usize::from(level)));
        for (at, _) in &mut rendered.origin {
            *at += sign.len();
        }
        rendered.text.insert_str(0, &sign);
        let length = rendered.text.trim_end().len();
        rendered.text.truncate(length);
        if let Some(anchor) = &anchor {
            let _ = write!(rendered.text, " {{#{anchor}}}");
        }
        let nested = self.blocks.is_inside();
        let start = self.put(rendered);
        let bytes = start..self.blocks.out.text.len();
        self.text.headings.push(Heading { level, bytes, title, anchor, nested });
    }
}

/// Markdown without the white space at the ends of its lines.
fn trimmed(mut block: Rendered) -> Rendered {
    let length = block.text.trim_end_matches([' ', '\n']).len();
    block.text.truncate(length);
    block
}

/// Whether an element is a cell of a table.
fn is_cell(tag: Option<Tag>) -> bool {
    matches!(tag, Some(Tag::Td | Tag::Th))
}
