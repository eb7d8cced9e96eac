//! The fields of the query language: their names, their values, and what they ask of a card.

use super::QueryError;
use crate::model::{Basis, Kind, PartialDate, Standing};
use crate::search::known::Deed;
use crate::search::words::clean;
use crate::text::nearest;
use std::ops::Range;

/// The names of all fields.
pub const NAMES: &[&str] = &[
    "title", "kind", "tag", "voice", "verb", "source", "basis", "check", "has", "is", "linked",
    "before", "after",
];

/// What a filter asks. Words are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The card is of one of these sorts.
    Kind(Vec<Kind>),
    /// A part of it rests on one of these.
    Basis(Vec<Basis>),
    /// A keyword has a word that starts so.
    Tag(String),
    /// Somebody with such a name asserts something in it.
    Voice(String),
    /// Something is asserted with such a word.
    Verb(String),
    /// Something asserted was checked with one of these results.
    Check(Vec<Standing>),
    /// It cites such a source.
    Source(String),
    /// It has one of these parts.
    Has(Vec<Has>),
    /// It is one of these.
    Is(Vec<Is>),
    /// It links to the card of this name, or is linked from it.
    Linked(String),
    /// It has a date before this one.
    Before(PartialDate),
    /// It has a date after this one.
    After(PartialDate),
}

/// Declares an enum of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$note])* $variant,)* }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant,)*];

            const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// Parts that a card may have.
    Has {
        /// Something is missing in the document.
        Gap = "gap",
        /// A question.
        Question = "question",
        /// Something asserted.
        Claim = "claim",
        /// A date.
        Date = "date",
        /// A source.
        Source = "source",
        /// A keyword.
        Tag = "tag",
        /// Another name.
        Alias = "alias",
        /// A link to another card.
        Link = "link",
        /// A link from another card.
        Backlink = "backlink",
        /// A note of the reader.
        Note = "note",
        /// Words that the reader has highlighted.
        Highlight = "highlight",
        /// A mark that the reader has set.
        Mark = "mark",
    }
}

words! {
    /// What a card may be.
    Is {
        /// No card links to it.
        Orphan = "orphan",
        /// The reader has not opened it.
        Unread = "unread",
        /// The reader has begun it.
        Reading = "reading",
        /// The reader has read it, or more.
        Read = "read",
        /// The reader has understood it.
        Understood = "understood",
        /// The reader wants to read it again.
        Revisit = "revisit",
        /// It says something else than when the reader read it.
        Changed = "changed",
    }
}

impl Test {
    /// What has to be known of the reader to tell whether it holds.
    pub fn deeds(&self) -> Vec<Deed> {
        let of_part = |part: &Has| match part {
            Has::Note => Some(Deed::Noted),
            Has::Highlight => Some(Deed::Highlighted),
            Has::Mark => Some(Deed::Marked),
            _ => None,
        };
        match self {
            Self::Has(parts) => parts.iter().filter_map(of_part).collect(),
            Self::Is(all) => all.iter().flat_map(|is| is.deeds()).copied().collect(),
            _ => Vec::new(),
        }
    }
}

impl Is {
    /// What has to be known of the reader to tell whether a card is so.
    pub fn deeds(self) -> &'static [Deed] {
        match self {
            Self::Orphan => &[],
            Self::Unread => &[Deed::Begun, Deed::Read],
            Self::Reading => &[Deed::Begun],
            Self::Read => &[Deed::Read],
            Self::Understood => &[Deed::Understood],
            Self::Revisit => &[Deed::Revisit],
            Self::Changed => &[Deed::ReadBefore],
        }
    }
}

/// An example of a field.
pub fn example(name: &str) -> &'static str {
    match name {
        "title" => "`title:word`",
        "kind" => "`kind:person`",
        "tag" => "`tag:word`",
        "voice" => "`voice:name`",
        "verb" => "`verb:denies`",
        "source" => "`source:name`",
        "basis" => "`basis:document`",
        "check" => "`check:disputed`",
        "has" => "`has:gap`",
        "is" => "`is:orphan`",
        "linked" => "`linked:CARD`",
        "before" => "`before:2026-01-31`",
        _ => "`after:2026-01-31`",
    }
}

/// The test that a field with a value means.
pub fn test(
    name: &str,
    name_at: Range<usize>,
    value: &str,
    at: Range<usize>,
) -> Result<Test, QueryError> {
    let words = || {
        let words = clean(value);
        let message = format!("there is nothing to look for in `{value}`");
        let help = format!("write {}", example(name));
        let empty = QueryError::new(at.clone(), &message, &help);
        if words.is_empty() { Err(empty) } else { Ok(words) }
    };
    let date = || {
        value.parse::<PartialDate>().map_err(|error| {
            let help = "write a date as 2026, 2026-01 or 2026-01-31";
            QueryError::new(at.clone(), &format!("`{value}` {error}"), help)
        })
    };
    Ok(match name {
        "kind" => Test::Kind(starting(Kind::ALL, Kind::word, name, value, &at)?),
        "basis" => Test::Basis(starting(Basis::ALL, Basis::word, name, value, &at)?),
        "check" => Test::Check(starting(Standing::ALL, Standing::word, name, value, &at)?),
        "has" => Test::Has(starting(Has::ALL, Has::word, name, value, &at)?),
        "is" => Test::Is(starting(Is::ALL, Is::word, name, value, &at)?),
        "tag" => Test::Tag(words()?),
        "voice" => Test::Voice(words()?),
        "verb" => Test::Verb(words()?),
        "source" => Test::Source(words()?),
        "linked" => Test::Linked(value.trim().to_owned()),
        "before" => Test::Before(date()?),
        "after" => Test::After(date()?),
        _ => {
            let help = match nearest(name, NAMES.iter().copied()) {
                Some(near) => format!("did you mean `{near}:`?"),
                None => format!("one of {}; a colon of the text needs quotes", NAMES.join(", ")),
            };
            let message = format!("there is no field `{name}:`");
            return Err(QueryError::new(name_at, &message, &help));
        }
    })
}

/// The words of a closed list that start with `value`: it may still be being typed.
fn starting<T: Copy>(
    all: &[T],
    word: impl Fn(T) -> &'static str,
    name: &str,
    value: &str,
    at: &Range<usize>,
) -> Result<Vec<T>, QueryError> {
    let written = clean(value);
    let exact: Vec<T> = all.iter().copied().filter(|item| word(*item) == written).collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let found: Vec<T> =
        all.iter().copied().filter(|item| word(*item).starts_with(&*written)).collect();
    if !found.is_empty() && !written.is_empty() {
        return Ok(found);
    }
    let words: Vec<&str> = all.iter().copied().map(word).collect();
    let help = match nearest(value, words.iter().copied()) {
        Some(near) => format!("did you mean `{name}:{near}`?"),
        None => format!("one of {}", words.join(", ")),
    };
    let message = format!("`{value}` is no value for `{name}:`");
    Err(QueryError::new(at.clone(), &message, &help))
}
