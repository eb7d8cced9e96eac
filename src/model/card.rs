//! One topic.

use super::body::Target;
use super::date::PartialDate;
use super::id::{CardId, Cited, GapId, PassageId, QuestionId, SourceId, VoiceId};
use super::links::Links;
use super::rare::Rare;
use super::tags::Tags;
use super::vocabulary::{Basis, Evidence, Form, Kind, Relation, Standing};
use crate::text::{Printable, Span};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Deref, DerefMut, Range};

/// Markdown as the author wrote it. It is parsed, and made printable, when it is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// The Markdown source.
    pub source: Box<str>,
    /// Where it stands in the file.
    pub span: Span,
    /// The links in it, with their bytes in `source`, packed.
    pub links: Links,
}

impl Prose {
    /// The links in it, in their order.
    pub fn links(&self) -> impl Iterator<Item = Reference> + '_ {
        self.links.iter(&self.source)
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let links: Vec<_> = self.links().collect();
        let mut prose = f.debug_struct("Prose");
        prose.field("source", &self.source).field("span", &self.span).field("links", &links);
        prose.finish()
    }
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

/// One topic. What few cards have is in its [`Details`], whose fields are read and written as its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Card {
    /// Unique in the briefing.
    pub id: CardId,
    /// What it is about.
    pub title: Printable,
    /// How deep it stands in the order of the document: 0 at the top.
    pub depth: u8,
    /// What sort of thing that is.
    pub kind: Kind,
    /// Keywords.
    pub tags: Tags,
    /// The text, in parts of one basis each.
    pub sections: Vec<Section>,
    /// Where the card stands in the file.
    pub span: Span,
    /// None if all of it is empty.
    details: Option<Box<Details>>,
}

/// What a card of a folder of notes mostly lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Other names for it.
    pub aliases: Rare<Printable>,
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
    /// Who asserts what.
    pub claims: Rare<Claim>,
    /// Where to read on.
    pub see_also: Rare<Reference>,
    /// What a reader can be asked.
    pub questions: Rare<Question>,
    /// What happened when.
    pub dates: Rare<Dated>,
}

impl Details {
    const NONE: Self = Self {
        aliases: Rare::NONE,
        basis: None,
        as_of: None,
        passages: Rare::NONE,
        gaps: Rare::NONE,
        bottom_line: None,
        claims: Rare::NONE,
        see_also: Rare::NONE,
        questions: Rare::NONE,
        dates: Rare::NONE,
    };
}

impl Card {
    /// A card that says nothing yet.
    pub fn new(id: CardId, title: Printable, span: Span) -> Self {
        Self {
            id,
            title,
            depth: 0,
            kind: Kind::Topic,
            tags: Tags::default(),
            sections: Vec::new(),
            span,
            details: None,
        }
    }

    /// Lets go of room that is not needed.
    pub fn shrink(&mut self) {
        self.sections.shrink_to_fit();
        self.details.take_if(|details| **details == Details::NONE);
    }

    /// The same card with all its details.
    #[must_use]
    pub fn with(self, details: Details) -> Self {
        let details = (details != Details::NONE).then(|| Box::new(details));
        Self { details, ..self }
    }
}

impl Deref for Card {
    type Target = Details;
    fn deref(&self) -> &Details {
        static NONE: Details = Details::NONE;
        self.details.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Card {
    fn deref_mut(&mut self) -> &mut Details {
        self.details.get_or_insert_default()
    }
}

impl PartialEq for Card {
    fn eq(&self, other: &Self) -> bool {
        let own = |card: &Self| (card.depth, card.kind, card.span);
        self.id == other.id
            && self.title == other.title
            && own(self) == own(other)
            && self.tags == other.tags
            && self.sections == other.sections
            && **self == **other
    }
}

impl Eq for Card {}

/// A part of a card's text with one basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it rests on.
    pub basis: Option<Basis>,
    /// The sources.
    pub from: Rare<Citation>,
    /// A heading of its own.
    pub title: Option<Box<Printable>>,
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

#[cfg(test)]
mod tests {
    use super::{Card, Details, Section};
    use crate::model::{CardId, Kind};
    use crate::text::{LineIndex, Printable};

    #[test]
    fn no_details_and_empty_details_are_the_same() {
        let span = LineIndex::new("").span(0..0);
        let card = || Card::new(CardId::new("a"), Printable::line("A"), span);
        let mut touched = card();
        touched.aliases = Vec::new().into();
        assert_eq!(touched, card());
        assert_eq!(card().with(Details::default()), card());
        touched.aliases.push(Printable::line("b"));
        assert_ne!(touched, card());
        touched.shrink();
        assert_eq!(touched.aliases.len(), 1);
        assert_ne!(Card { kind: Kind::Person, ..card() }, card());
    }

    #[test]
    fn a_card_without_details_is_small() {
        assert!(size_of::<Card>() <= 104, "{}", size_of::<Card>());
        assert!(size_of::<Section>() <= 72, "{}", size_of::<Section>());
    }
}
