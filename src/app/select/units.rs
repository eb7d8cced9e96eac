//! Where letters, words, sentences and paragraphs of a text begin and end: what a selection grows by.

use crate::text::{clusters, sentences, words};
use std::ops::Range;

/// What a selection grows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// What readers take for one character.
    Letter,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A line of the text, which is a paragraph.
    Paragraph,
}

/// The first unit that ends after a byte.
pub fn ending_after(text: &str, byte: usize, unit: Unit) -> Option<Range<usize>> {
    below(text, byte).find_map(|line| all(text, line, unit).into_iter().find(|u| u.end > byte))
}

/// The first unit that starts after a byte.
pub fn starting_after(text: &str, byte: usize, unit: Unit) -> Option<Range<usize>> {
    below(text, byte).find_map(|line| all(text, line, unit).into_iter().find(|u| u.start > byte))
}

/// The last unit that starts before a byte.
pub fn starting_before(text: &str, byte: usize, unit: Unit) -> Option<Range<usize>> {
    let before = |line| all(text, line, unit).into_iter().rev().find(|u| u.start < byte);
    above(text, byte).find_map(before)
}

/// The last unit that ends before a byte.
pub fn ending_before(text: &str, byte: usize, unit: Unit) -> Option<Range<usize>> {
    let before = |line| all(text, line, unit).into_iter().rev().find(|u| u.end < byte);
    above(text, byte).find_map(before)
}

/// The line around a byte and those below it.
fn below(text: &str, byte: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(line_around(text, byte));
    std::iter::from_fn(move || {
        let line = next.take()?;
        next = (line.end < text.len()).then(|| line_around(text, line.end + 1));
        Some(line)
    })
}

/// The line around a byte and those above it.
fn above(text: &str, byte: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(line_around(text, byte));
    std::iter::from_fn(move || {
        let line = next.take()?;
        next = line.start.checked_sub(1).map(|end| line_around(text, end));
        Some(line)
    })
}

fn line_around(text: &str, byte: usize) -> Range<usize> {
    let (text, byte) = (text.as_bytes(), byte.min(text.len()));
    let (before, after) = text.split_at(byte);
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    start..memchr::memchr(b'\n', after).map_or(text.len(), |at| byte + at)
}

/// The units of a line that are not empty, without the white space around them.
fn all(text: &str, line: Range<usize>, unit: Unit) -> Vec<Range<usize>> {
    let words_of = text.get(line.clone()).unwrap_or_default();
    let found: Vec<Range<usize>> = match unit {
        Unit::Letter => {
            let mut at = 0;
            let letter = |letter: &str| {
                at += letter.len();
                at - letter.len()..at
            };
            clusters(words_of).map(letter).collect()
        }
        Unit::Word => words(words_of).collect(),
        Unit::Sentence => sentences(words_of).collect(),
        Unit::Paragraph => std::iter::once(0..words_of.len()).collect(),
    };
    let trimmed = found.into_iter().filter_map(|range| {
        let part = words_of.get(range.clone())?;
        let bare = part.trim();
        // A space is a letter too.
        if unit == Unit::Letter {
            return Some(line.start + range.start..line.start + range.end);
        }
        let start = line.start + range.start + (part.len() - part.trim_start().len());
        (!bare.is_empty()).then(|| start..start + bare.len())
    });
    trimmed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "One two. Three four!\n\nFive — six";

    fn at(found: Option<Range<usize>>) -> Option<&'static str> {
        found.map(|range| &TEXT[range])
    }

    #[test]
    fn units_end_and_start_on_both_sides_of_a_byte() {
        assert_eq!(at(ending_after(TEXT, 0, Unit::Sentence)), Some("One two."));
        assert_eq!(at(ending_after(TEXT, 8, Unit::Sentence)), Some("Three four!"));
        assert_eq!(at(ending_after(TEXT, 20, Unit::Sentence)), Some("Five — six"));
        assert_eq!(at(ending_after(TEXT, TEXT.len(), Unit::Sentence)), None);
        assert_eq!(at(starting_after(TEXT, 0, Unit::Word)), Some("two"));
        assert_eq!(at(starting_after(TEXT, 15, Unit::Word)), Some("Five"));
        assert_eq!(at(starting_before(TEXT, 9, Unit::Sentence)), Some("One two."));
        assert_eq!(at(starting_before(TEXT, 0, Unit::Letter)), None);
        assert_eq!(at(ending_before(TEXT, 20, Unit::Word)), Some("four"));
        assert_eq!(at(ending_before(TEXT, 22, Unit::Paragraph)), Some("One two. Three four!"));
        assert_eq!(at(ending_after(TEXT, 26, Unit::Letter)), Some(" "));
        assert_eq!(at(ending_after(TEXT, 27, Unit::Letter)), Some("—"));
    }
}
