//! One document as cards, with who speaks in it, what it rests on and what it lacks.

use super::card::{Card, Citation, Claim, Dated, Prose};
use super::date::PartialDate;
use super::id::{BriefingId, CardId, Cited, GapId, PassageId, SourceId, VoiceId};
use super::rare::Rare;
use super::vocabulary::{Basis, GapKind, Kind};
use crate::text::{Printable, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One document as cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefing {
    /// Unique in a library.
    pub id: BriefingId,
    /// What it is called.
    pub title: Printable,
    /// A second line to the title.
    pub subtitle: Option<Printable>,
    /// Language of the text, as a BCP 47 tag.
    pub language: Option<Printable>,
    /// The day the document speaks of as its present.
    pub as_of: Option<PartialDate>,
    /// What is to be said about that day.
    pub as_of_note: Option<Prose>,
    /// Date of the newest other source used.
    pub background_until: Option<PartialDate>,
    /// Who may be shown it, such as a TLP label.
    pub handling: Option<Printable>,
    /// The card to begin with; else the overview, else the first.
    pub start: Option<Cited<CardId>>,
    /// What it is about.
    pub summary: Option<Prose>,
    /// The points a reader must take along.
    pub key_points: Vec<KeyPoint>,
    /// Who asserts something in it.
    pub voices: Vec<Voice>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// What the document itself is missing.
    pub gaps: Vec<Gap>,
    /// Its topics, in the order of reading.
    pub cards: Vec<Card>,
    /// The files it was made of, if it was imported; in the order of their cards.
    pub parts: Vec<Part>,
    /// Other files beside them, by path, ascending: pictures, listings.
    pub assets: Vec<Box<str>>,
    /// Paths by which files were known, ascending, and by which they are known now, perhaps with a
    /// place behind `#`.
    pub redirects: Vec<(Box<str>, Box<str>)>,
    /// Whether it is one file out of a folder, so that what stands beside it was not looked at.
    pub is_excerpt: bool,
}

/// A file, or an entry of an archive, of which cards were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its path below what was opened, its steps parted by `/`.
    pub path: Box<str>,
    /// Its title, if none of its cards has it.
    pub title: Option<Printable>,
    /// Its cards, as indices into [`Briefing::cards`]; spans of these cards are places in this file.
    pub cards: Range<u32>,
    /// The places in it that links may name.
    pub anchors: Rare<PartAnchor>,
}

/// A place in a file that a link may name: `file.md#name`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartAnchor {
    /// What stands behind `#`.
    pub name: Box<str>,
    /// The card that has it, counted from the first card of the file.
    pub card: u32,
    /// The anchor in the text of that card; none for its top.
    pub heading: Option<Box<str>>,
}

impl Briefing {
    /// A briefing without cards.
    pub fn empty(id: BriefingId, title: Printable) -> Self {
        Self {
            id,
            title,
            subtitle: None,
            language: None,
            as_of: None,
            as_of_note: None,
            background_until: None,
            handling: None,
            start: None,
            summary: None,
            key_points: Vec::new(),
            voices: Vec::new(),
            sources: Vec::new(),
            gaps: Vec::new(),
            cards: Vec::new(),
            parts: Vec::new(),
            assets: Vec::new(),
            redirects: Vec::new(),
            is_excerpt: false,
        }
    }

    /// Where links to a path that is no longer a page lead.
    pub fn redirect(&self, path: &str) -> Option<&str> {
        let found = self.redirects.binary_search_by(|(from, _)| (**from).cmp(path)).ok()?;
        self.redirects.get(found).map(|(_, to)| &**to)
    }

    /// The voice of that name.
    pub fn voice(&self, id: &VoiceId) -> Option<&Voice> {
        self.voices.iter().find(|v| v.id == *id)
    }

    /// The file that a card was made of, as an index into `parts`, if the briefing was imported.
    pub fn part_of(&self, card: usize) -> Option<usize> {
        let card = u32::try_from(card).ok()?;
        let after = self.parts.partition_point(|part| part.cards.start <= card);
        let at = after.checked_sub(1)?;
        self.parts.get(at).filter(|part| part.cards.contains(&card)).map(|_| at)
    }

    /// The word for what sort of thing a card is about; empty where nobody said it: what was
    /// imported does not say it of its topics.
    pub fn kind_word(&self, card: &Card) -> &'static str {
        if card.kind == Kind::Topic && !self.parts.is_empty() { "" } else { card.kind.word() }
    }

    /// The name of whoever makes a claim.
    pub fn voice_name(&self, claim: &Claim) -> Printable {
        let Some(by) = &claim.by else { return Printable::line("nobody named") };
        self.voice(&by.id).map_or_else(|| by.id.as_printable().clone(), |v| v.name.clone())
    }

    /// Whether an event came after the document: its writer says so, or the dates do.
    pub fn is_later(&self, dated: &Dated) -> bool {
        dated.later || self.as_of.is_some_and(|as_of| dated.date.is_after(as_of))
    }

    /// The source of that name.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == *id)
    }
}

/// A sentence to take along, and the cards behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPoint {
    /// The sentence.
    pub text: Prose,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// The cards that say more.
    pub cards: Vec<Cited<CardId>>,
}

/// Whoever asserts: a person, an office, a document's own narration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Unique in the briefing.
    pub id: VoiceId,
    /// What readers see.
    pub name: Printable,
    /// What is to be said about it.
    pub note: Option<Prose>,
    /// Where it is declared.
    pub span: Span,
}

/// Where something comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Unique in the briefing.
    pub id: SourceId,
    /// Its title.
    pub title: Printable,
    /// What sort of source, in the author's word.
    pub kind: Option<Printable>,
    /// Who wrote it.
    pub author: Option<Printable>,
    /// Who published it.
    pub publisher: Option<Printable>,
    /// When.
    pub date: Option<PartialDate>,
    /// Where it can be found; shown, never fetched.
    pub url: Option<Printable>,
    /// Name of a file that holds it.
    pub file: Option<Printable>,
    /// SHA-256 of that file, 64 hexadecimal digits.
    pub sha256: Option<Printable>,
    /// Length of that file in bytes.
    pub bytes: Option<u64>,
    /// Number of its paragraphs.
    pub paragraphs: Option<u64>,
    /// What is to be said about it.
    pub note: Option<Prose>,
    /// Its parts that cards cite.
    pub passages: Vec<Passage>,
    /// Where it is declared.
    pub span: Span,
}

/// An exact place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Unique in the source; `p3` reads as paragraph 3.
    pub id: PassageId,
    /// Bytes of the source's file.
    pub bytes: Option<Range<u64>>,
    /// The words that stand there.
    pub quote: Option<Printable>,
    /// Where it is declared.
    pub span: Span,
}

/// Something that the document itself is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Unique in the briefing.
    pub id: GapId,
    /// Where in the source.
    pub at: Option<Citation>,
    /// What is missing.
    pub kind: GapKind,
    /// The same in a sentence.
    pub text: Prose,
    /// What other copies show in its place.
    pub recovered: Option<Prose>,
    /// Where that was seen.
    pub from: Rare<Citation>,
    /// The cards it concerns.
    pub cards: Vec<Cited<CardId>>,
    /// Where it is declared.
    pub span: Span,
}
