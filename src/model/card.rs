//! One topic.

use super::body::Target;
use super::date::PartialDate;
use super::id::{CardId, Cited, GapId, PassageId, QuestionId, SourceId, VoiceId};
use super::links::Links;
use super::rare::Rare;
use super::vocabulary::{Basis, Evidence, Form, Kind, Relation, Standing};
use crate::text::{Printable, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Markdown as the author wrote it. It is parsed, and made printable, when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// The Markdown source.
    pub source: Box<str>,
    /// Where it stands in the file.
    pub span: Span,
    /// The links in it, with their bytes in `source`.
    pub links: Links,
}

/// A link to a card or to the world, as it stands in prose or in a list of references.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What it points at.
    pub target: Target,
    /// Where it stands in the file.
    pub span: Span,
    /// Its bytes in the prose; empty for an entry of `see_also`.
    pub bytes: Range<u32>,
    /// How this card relates to the other, if the author says it.
    pub relation: Option<Relation>,
    /// What makes the link.
    pub evidence: Option<Evidence>,
    /// Why a reader would follow it.
    pub why: Option<Box<Prose>>,
}

/// A source, or an exact place in it: `seed#p3`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// The place in it.
    pub passage: Option<PassageId>,
    /// Where it is cited.
    pub span: Span,
}

/// One topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Unique in the briefing.
    pub id: CardId,
    /// What it is about.
    pub title: Printable,
    /// How deep it stands in the order of the document: 0 at the top.
    pub depth: u8,
    /// What sort of thing that is.
    pub kind: Kind,
    /// Other names for it.
    pub aliases: Rare<Printable>,
    /// Keywords.
    pub tags: Rare<Printable>,
    /// What the card rests on as a whole.
    pub basis: Option<Basis>,
    /// The day up to which it is true, if it differs from the briefing's.
    pub as_of: Option<PartialDate>,
    /// The places of the document it is about.
    pub passages: Rare<Citation>,
    /// What the document is missing on this topic.
    pub gaps: Rare<Cited<GapId>>,
    /// What a reader must know who reads nothing else.
    pub bottom_line: Option<Prose>,
    /// The text, in parts of one basis each.
    pub sections: Vec<Section>,
    /// Who asserts what.
    pub claims: Rare<Claim>,
    /// Where to read on.
    pub see_also: Rare<Reference>,
    /// What a reader can be asked.
    pub questions: Rare<Question>,
    /// What happened when.
    pub dates: Rare<Dated>,
    /// Where the card stands in the file.
    pub span: Span,
}

impl Card {
    /// A card that says nothing yet.
    pub fn new(id: CardId, title: Printable, span: Span) -> Self {
        Self {
            id,
            title,
            depth: 0,
            kind: Kind::Topic,
            aliases: Rare::default(),
            tags: Rare::default(),
            basis: None,
            as_of: None,
            passages: Rare::default(),
            gaps: Rare::default(),
            bottom_line: None,
            sections: Vec::new(),
            claims: Rare::default(),
            see_also: Rare::default(),
            questions: Rare::default(),
            dates: Rare::default(),
            span,
        }
    }
}

/// A part of a card's text with one basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it rests on.
    pub basis: Option<Basis>,
    /// The sources.
    pub from: Rare<Citation>,
    /// A heading of its own.
    pub title: Option<Printable>,
    /// The text.
    pub text: Prose,
}

/// A statement, and who makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who.
    pub by: Option<Cited<VoiceId>>,
    /// How: states, frames, alleges, denies.
    pub verb: Option<Printable>,
    /// What.
    pub text: Prose,
    /// Where.
    pub from: Rare<Citation>,
    /// What checking it showed.
    pub standing: Standing,
    /// What is to be said about it.
    pub note: Option<Prose>,
    /// Whether it was made after the document.
    pub later: bool,
}

/// A question about a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// By what it is known, if the author named it.
    pub id: Option<Cited<QuestionId>>,
    /// How it is asked.
    pub form: Form,
    /// The question; the text with its gaps if it is a cloze.
    pub question: Prose,
    /// The answer; nothing for a cloze, which holds its answers.
    pub answer: Option<Prose>,
    /// Other answers that count, if it is typed.
    pub accept: Vec<Printable>,
    /// Whether the question is asked for the answer too.
    pub both: bool,
    /// What helps who does not know.
    pub hint: Option<Prose>,
    /// What the answer rests on.
    pub basis: Option<Basis>,
    /// Its sources.
    pub from: Rare<Citation>,
    /// Where it stands in the file.
    pub span: Span,
}

/// An event with its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// When.
    pub date: PartialDate,
    /// What.
    pub text: Prose,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// Its sources.
    pub from: Rare<Citation>,
    /// Whether it happened after the document.
    pub later: bool,
}
