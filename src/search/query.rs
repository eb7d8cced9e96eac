//! The query language: what a reader typed into terms and filters. A pure function of the text;
//! knows no library. The language is told in [`LANGUAGE`], for help texts.

mod field;
mod parse;

pub use field::{Has, Is, Test};

use super::known::{Deed, Known};
use crate::text::Printable;
use std::ops::Range;

/// The language in examples, with what they find.
pub const LANGUAGE: &[(&str, &str)] = &[
    ("some words", "all of them, in any order; whole words come first"),
    ("\"some words\"", "exactly these words, one after the other"),
    ("word*", "words that start so"),
    ("~word", "words that differ in a letter or two"),
    ("-word", "not this word; - also turns round what follows below"),
    ("title:word", "in a title or another name of a card"),
    ("kind:person", "person, place, event, term, organisation, document, topic"),
    ("tag: source:", "cards with this keyword; cards that cite this source"),
    ("voice:x verb:denies", "a claim of this voice, with this verb"),
    ("check:disputed", "a claim that was checked with this result"),
    ("basis:document", "a part that rests on document, background, editor"),
    ("has:gap", "gap, question, claim, date, source, tag, alias, link, backlink"),
    ("has:note", "note, highlight, mark: what you put on a card"),
    ("is:unread is:orphan", "or reading, read, understood, revisit, changed"),
    ("linked:CARD", "cards that link to this card, or that it links to"),
    ("before:2026 after:2025-11", "cards with a date before, after that time"),
];

/// What a reader looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words to be found, or not to be found, in the text.
    pub terms: Vec<Term>,
    /// What else must hold.
    pub filters: Vec<Filter>,
    /// The whole, as it was typed: it may be a title.
    pub written: String,
    /// What is known of the reader, for filters that ask for it.
    pub known: Known,
}

/// Words of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words, folded.
    pub words: String,
    /// How they are looked for.
    pub how: How,
    /// Whether only titles and other names count.
    pub in_title: bool,
    /// Whether they must not occur.
    pub negated: bool,
    /// Where they stand in the query.
    pub at: Range<usize>,
}

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Anywhere, whole words first.
    Anywhere,
    /// At the start of a word.
    Start,
    /// As whole words.
    Whole,
    /// As words that are spelt nearly so.
    Near,
}

/// A condition on cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What is asked.
    pub test: Test,
    /// Whether it must not hold.
    pub negated: bool,
    /// Where it stands in the query.
    pub at: Range<usize>,
}

/// Why a query cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The bytes of the query that are wrong.
    pub at: Range<usize>,
    /// Lower case, no full stop, names in backticks.
    pub message: Printable,
    /// What would be right.
    pub help: Printable,
}

impl QueryError {
    /// An error at a place of the query.
    pub fn new(at: Range<usize>, message: &str, help: &str) -> Self {
        Self { at, message: Printable::line(message), help: Printable::line(help) }
    }
}

impl Query {
    /// Reads a query. Time is linear in its length.
    pub fn parse(input: &str) -> Result<Self, QueryError> {
        parse::query(input)
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// What has to be known of the reader to answer it.
    pub fn deeds(&self) -> Vec<Deed> {
        self.filters.iter().flat_map(|filter| filter.test.deeds()).collect()
    }

    /// The words that must be found, as one text, if they are written as they stand there: what a
    /// title is compared with.
    pub(super) fn as_title(&self) -> Option<String> {
        let words: Vec<&str> =
            self.terms.iter().filter(|term| !term.negated).map(|term| &*term.words).collect();
        let near = self.terms.iter().any(|term| term.how == How::Near);
        (!near && !words.is_empty()).then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests;
