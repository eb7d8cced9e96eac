//! What rules look at: a document, its file as it is written, and what was found.

use super::Disk;
use super::explain::Rule;
use crate::diagnostic::{Diagnostic, Edit};
use crate::format::{self, Node};
use crate::library::{Document, Library, Named, Page, SourceCopy, Where, below};
use crate::model::{Briefing, BriefingId, Card, Prose, Source, SourceId};
use crate::text::{LineIndex, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A briefing file as it is written.
pub struct Written<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: LineIndex<'a>,
    /// Its values.
    pub root: Option<Node<'a>>,
}

impl<'a> Written<'a> {
    /// The text of a briefing file.
    pub fn new(text: &'a str) -> Self {
        let lines = LineIndex::new(text);
        let root = format::tree(text, &lines);
        Self { text, lines, root }
    }

    /// The text of a place; empty if the file has changed since.
    pub fn at(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The entry of a list of the root that starts where `span` does.
    pub fn entry(&self, list: &str, span: Span) -> Option<&Node<'a>> {
        let items = self.root.as_ref()?.get(list)?.items();
        let at = items.partition_point(|item| item.bytes.start < span.start as usize);
        items.get(at).filter(|item| item.bytes.start == span.start as usize)
    }

    /// All keys with their values, wherever they stand.
    pub fn pairs(&self) -> Vec<(&Node<'a>, &Node<'a>)> {
        let mut pairs = Vec::new();
        let mut nodes: Vec<&Node> = self.root.iter().collect();
        while let Some(node) = nodes.pop() {
            nodes.extend(node.items());
            for (key, value) in node.entries() {
                pairs.push((key, value));
                nodes.push(value);
            }
        }
        pairs
    }

    /// The place of a node.
    pub fn span(&self, node: &Node) -> Span {
        self.lines.span(node.bytes.clone())
    }
}

/// The file whose text the rules look at: that of a document that is a briefing file.
pub fn written(library: &Library, document: usize) -> Option<Arc<Path>> {
    let document = library.documents().get(document)?;
    if is_briefing_file(document) { document.file.clone() } else { None }
}

fn is_briefing_file(document: &Document) -> bool {
    document.briefing.parts.is_empty() && document.folder.is_none()
}

/// What rules look at.
pub struct Subject<'a> {
    /// The library.
    pub library: &'a Library,
    /// The index of the document.
    pub index: usize,
    /// What it says.
    pub briefing: &'a Briefing,
    /// Its file, if it is a briefing file that can be read.
    pub written: Option<Written<'a>>,
    document: &'a Document,
    disk: Disk<'a>,
}

impl<'a> Subject<'a> {
    /// A document of a library, with the text of its file.
    pub fn new(
        library: &'a Library,
        index: usize,
        text: Option<&'a str>,
        disk: Disk<'a>,
    ) -> Option<Self> {
        let document = library.documents().get(index)?;
        let written = text.map(Written::new);
        let briefing = &document.briefing;
        Some(Self { library, index, briefing, written, document, disk })
    }

    /// Whether it was written to be read as cards.
    pub fn is_briefing_file(&self) -> bool {
        is_briefing_file(self.document)
    }

    /// The file, if the document is one.
    pub fn file(&self) -> Option<&Arc<Path>> {
        self.document.file.as_ref()
    }

    /// The cards with their pages.
    pub fn cards(&self) -> impl Iterator<Item = (Page, &'a Card)> {
        let first = self.library.cards_of(self.index).start;
        let cards = self.briefing.cards.iter().enumerate();
        cards.map(move |(at, card)| (Page::Card(first + at), card))
    }

    /// The value of a key of a card as it is written.
    pub fn key(&self, card: &Card, key: &str) -> Option<&Node<'a>> {
        self.written.as_ref()?.entry("cards", card.span)?.get(key)
    }

    /// The place of a value of a card; its first place if it is not known.
    pub fn place(&self, card: &Card, key: &str) -> Span {
        let written = self.written.as_ref().zip(self.key(card, key));
        written.map_or(card.span, |(written, node)| written.span(node))
    }

    /// The place of an entry of a list of a card.
    pub fn place_of(&self, card: &Card, list: &str, at: usize) -> Span {
        let node = self.key(card, list).and_then(|list| list.items().get(at));
        self.written.as_ref().zip(node).map_or(card.span, |(written, node)| written.span(node))
    }

    /// A file beside the briefing, by its name; none if the name leads out of the folder.
    pub fn beside(&self, name: &str) -> Option<PathBuf> {
        Some(self.document.file.as_ref()?.parent()?.join(below(name)?))
    }

    /// The file of a source, if it is at hand.
    pub fn source(&self, source: &Source) -> Option<SourceCopy> {
        let is_it = |(briefing, id): &(BriefingId, SourceId)| {
            *briefing == self.briefing.id && *id == source.id
        };
        let given = self.disk.given.iter().find(|(of, _)| is_it(of));
        let at = Where {
            given: given.map(|(_, path)| path.as_path()),
            beside: self.document.file.as_ref().and_then(|file| file.parent()),
            folder: self.disk.folder,
        };
        (self.disk.source)(&Named::of(source)?, at)
    }

    /// Whether there is such a file.
    pub fn is_file(&self, path: &Path) -> bool {
        (self.disk.is_file)(path)
    }

    /// All texts of the document, each with the page it stands on and whether the library follows
    /// the links in it.
    pub fn proses(&self) -> Vec<(Page, &'a Prose, bool)> {
        let overview = Page::Overview(self.index);
        let b = self.briefing;
        let mut all = Vec::new();
        let mut add = |page, prose: Option<&'a Prose>, followed| {
            all.extend(prose.map(|prose| (page, prose, followed)));
        };
        add(overview, b.summary.as_ref(), true);
        add(overview, b.as_of_note.as_ref(), true);
        b.key_points.iter().for_each(|point| add(overview, Some(&point.text), true));
        b.voices.iter().for_each(|voice| add(overview, voice.note.as_ref(), false));
        b.sources.iter().for_each(|source| add(overview, source.note.as_ref(), false));
        for gap in &b.gaps {
            add(overview, Some(&gap.text), false);
            add(overview, gap.recovered.as_ref(), false);
        }
        for (page, card) in self.cards() {
            add(page, card.bottom_line.as_ref(), true);
            card.sections.iter().for_each(|section| add(page, Some(&section.text), true));
            for claim in &card.claims {
                add(page, Some(&claim.text), true);
                add(page, claim.note.as_ref(), false);
            }
            card.see_also.iter().for_each(|r| add(page, r.why.as_deref(), false));
            for question in &card.questions {
                add(page, Some(&question.question), false);
                add(page, question.answer.as_ref(), false);
            }
            card.dates.iter().for_each(|dated| add(page, Some(&dated.text), false));
        }
        all
    }
}

/// What a rule has found.
pub struct Found<'a> {
    subject: &'a Subject<'a>,
    rule: &'a Rule,
    /// The findings.
    pub all: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    /// Nothing was found yet.
    pub fn new(subject: &'a Subject<'a>, rule: &'a Rule) -> Self {
        Self { subject, rule, all: Vec::new() }
    }

    /// Adds a finding, with what would mend it; it can be worked on further.
    pub fn add(&mut self, page: Page, at: Span, message: &str, help: &str) -> &mut Diagnostic {
        let explanation = &self.rule.explanation;
        let found = Diagnostic::new(explanation.severity, explanation.code, message).at(at);
        let found = found.help(help);
        self.all.push(match self.subject.library.file_of(page) {
            Some(file) => found.in_file(&file),
            None => found,
        });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Adds a finding about the briefing as a whole.
    pub fn overall(&mut self, at: Span, message: &str, help: &str) -> &mut Diagnostic {
        self.add(Page::Overview(self.subject.index), at, message, help)
    }

    /// Adds a finding that putting a value in quotes mends.
    pub fn unquoted(&mut self, node: &Node, message: &str, help: &str) {
        let Some((written, text)) = self.subject.written.as_ref().zip(node.text()) else { return };
        let fix = Edit { bytes: node.bytes.clone(), text: format!("\"{text}\"") };
        self.overall(written.span(node), message, help).fix = Some(Box::new(fix));
    }
}
