//! A place in a text by its words: a quote with what stands before and after it. The place is found
//! again when the text around it has changed.

use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Bytes of context on each side, at most.
const CONTEXT: usize = 48;
/// Bytes of a quote that are kept, at most.
const QUOTE: usize = 4096;
/// Bytes of a part of the quote by which it is looked for when the whole is gone.
const PART: usize = 24;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The words.
    pub quote: Box<str>,
    /// What stands before them.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub before: Box<str>,
    /// What stands after them.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub after: Box<str>,
    /// The byte at which they began.
    #[serde(default)]
    pub byte: u64,
}

impl Anchor {
    /// The place of some bytes of a text; none if they are no words.
    pub fn new(text: &str, bytes: Range<usize>) -> Option<Self> {
        let end = floor(text, bytes.end.min(bytes.start.saturating_add(QUOTE)));
        let quote = text.get(bytes.start..end)?;
        if quote.trim().is_empty() {
            return None;
        }
        let from = floor(text, bytes.start.saturating_sub(CONTEXT));
        let to = floor(text, end.saturating_add(CONTEXT));
        Some(Self {
            quote: quote.into(),
            before: text.get(from..bytes.start)?.into(),
            after: text.get(end..to)?.into(),
            byte: bytes.start as u64,
        })
    }

    /// The bytes of a text where the words stand: those with the most of the same context, then the
    /// nearest. If the words were changed, what stands between the context, or where a part of them
    /// is left.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.whole(text).or_else(|| self.between(text)).or_else(|| self.part(text))
    }

    fn whole(&self, text: &str) -> Option<Range<usize>> {
        let length = self.quote.len();
        if length == 0 {
            return None;
        }
        let all = memmem::find_iter(text.as_bytes(), self.quote.as_bytes());
        // A word that stands everywhere is not compared for ever.
        let best = all.take(10_000).max_by_key(|at| {
            let before = text.get(..*at).unwrap_or_default();
            let after = text.get(at + length..).unwrap_or_default();
            let same = common(before.bytes().rev(), self.before.bytes().rev())
                + common(after.bytes(), self.after.bytes());
            (same, std::cmp::Reverse(self.distance(*at)))
        })?;
        Some(best..best + length)
    }

    /// The text between what stood before and what stood after.
    fn between(&self, text: &str) -> Option<Range<usize>> {
        if self.before.trim().is_empty() || self.after.trim().is_empty() {
            return None;
        }
        let start = memmem::find(text.as_bytes(), self.before.as_bytes())? + self.before.len();
        let length = memmem::find(text.as_bytes().get(start..)?, self.after.as_bytes())?;
        let plausible = length > 0 && length <= 2 * self.quote.len() + CONTEXT;
        plausible.then(|| start..start + length)
    }

    /// The place of the longest part of the words at their beginning or end that is left.
    fn part(&self, text: &str) -> Option<Range<usize>> {
        let quote = &*self.quote;
        let first = quote.get(..floor(quote, PART)).filter(|part| part.len() >= PART / 2);
        let last = quote.get(floor(quote, quote.len().saturating_sub(PART))..);
        let last = last.filter(|part| part.len() >= PART / 2);
        let nearest = |part: &str| {
            let all = memmem::find_iter(text.as_bytes(), part.as_bytes()).take(10_000);
            let at = all.min_by_key(|at| self.distance(*at))?;
            Some(at..at + part.len())
        };
        first.and_then(nearest).or_else(|| last.and_then(nearest))
    }

    fn distance(&self, at: usize) -> u64 {
        self.byte.abs_diff(at as u64)
    }
}

/// The bytes that two texts have in common from their start.
fn common(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// The last boundary of a character at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str =
        "The council met. It was late. The council voted. It was late. Then it left.";

    fn found<'t>(of: &str, at: usize, text: &'t str) -> Option<&'t str> {
        Anchor::new(TEXT, at..at + of.len())?.find(text).map(|range| &text[range])
    }

    #[test]
    fn equal_words_are_told_apart_by_what_stands_around_them() {
        let second = TEXT.rfind("It was late").unwrap();
        let anchor = Anchor::new(TEXT, second..second + 11).unwrap();
        let text = TEXT.replace("The council met. ", "");
        assert_eq!(
            anchor.find(&text),
            Some(text.rfind("It was late").map(|at| at..at + 11).unwrap())
        );
        assert_eq!(anchor.find(TEXT), Some(second..second + 11));
    }

    #[test]
    fn changed_words_are_found_by_what_is_left() {
        let at = TEXT.find("The council voted").unwrap();
        let text = TEXT.replace("voted", "has not voted");
        assert_eq!(found("The council voted", at, &text), Some("The council has not voted"));
        let text = format!("New. {} And more of it.", "The council voted. It was l");
        assert_eq!(
            found("The council voted. It was late", at, &text),
            Some("The council voted. It wa")
        );
        assert_eq!(found("The council voted", at, "Something else."), None);
    }

    proptest! {
        #[test]
        fn a_place_of_a_text_is_found_in_it(text in "\\PC{0,60}", from in 0usize..80, to in 0usize..80) {
            if let Some(anchor) = Anchor::new(&text, from..to) {
                let range = anchor.find(&text).unwrap();
                prop_assert_eq!(&text[range], &*anchor.quote);
            }
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,60}", quote in "\\PC{0,30}", before in "\\PC{0,9}", after in "\\PC{0,9}", byte: u64) {
            let anchor = Anchor { quote: quote.into(), before: before.into(), after: after.into(), byte };
            if let Some(range) = anchor.find(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
