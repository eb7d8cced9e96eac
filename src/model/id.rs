//! Names by which parts of a briefing refer to each other.

use crate::text::{Printable, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Printable);

        #[allow(dead_code, reason = "not every id is used in every way")]
        impl $name {
            /// Reads an id as written: white space at the ends goes, spellings that look the same
            /// become the same (NFC).
            pub fn new(written: &str) -> Self {
                if written.is_ascii() {
                    return Self(Printable::line(written));
                }
                Self(Printable::line(&written.nfc().collect::<String>()))
            }

            /// The id for drawing.
            pub fn as_printable(&self) -> &Printable {
                &self.0
            }

            /// The id for comparing.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

ids! {
    /// Name of a briefing, unique in a library.
    BriefingId;
    /// Name of a card, unique in its briefing.
    CardId;
    /// Name of a voice.
    VoiceId;
    /// Name of a source.
    SourceId;
    /// Name of a passage, unique in its source.
    PassageId;
    /// Name of a gap.
    GapId;
    /// Name of a question, unique on its card.
    QuestionId;
}

/// An id where it is used, with the place of the use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited<I> {
    /// What is named.
    pub id: I,
    /// Where it is named.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_look_the_same_are_the_same() {
        assert_eq!(CardId::new("cafe\u{301}"), CardId::new("café"));
        assert_eq!(CardId::new(" a "), CardId::new("a"));
    }
}
