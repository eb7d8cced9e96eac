//! Where sentences begin and end in a line of text.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a line, one after the other, each with the white space behind it. An abbreviation
/// by single capitals, as in `the U.S. Navy`, ends none.
pub fn sentences(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    line.split_sentence_bound_indices().filter_map(move |(at, piece)| {
        let end = at + piece.len();
        let words = line.get(from..end).unwrap_or_default().trim_end();
        let goes_on = is_abbreviation(words) && end < line.len();
        (!goes_on).then(|| std::mem::replace(&mut from, end)..end)
    })
}

/// The words of a line, without what stands between them.
pub fn words(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    line.unicode_word_indices().map(|(at, word)| at..at + word.len())
}

/// The sentence of the line around a byte of a text.
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let before = text.get(..offset).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let found = sentences(line).find(|sentence| start + sentence.end > offset);
    let sentence = found.unwrap_or(line.len()..line.len());
    let words = line.get(sentence.clone()).unwrap_or_default().trim_end();
    start + sentence.start..start + sentence.start + words.len()
}

/// Whether a text ends with a single capital and a full stop.
fn is_abbreviation(words: &str) -> bool {
    let mut chars = words.chars().rev();
    chars.next() == Some('.')
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_its_line_or_its_full_stop() {
        let text = "One thing. Two things!\nThe U.S. Navy came. It left\n";
        let at = |offset| &text[sentence_at(text, offset)];
        assert_eq!(at(0), "One thing.");
        assert_eq!(at(9), "One thing.");
        assert_eq!(at(11), "Two things!");
        assert_eq!(at(23), "The U.S. Navy came.");
        assert_eq!(at(34), "The U.S. Navy came.");
        assert_eq!(at(43), "It left");
        assert_eq!(sentence_at("", 0), 0..0);
        let line = "The U.S. Navy came.  It left";
        let all: Vec<&str> = sentences(line).map(|sentence| &line[sentence]).collect();
        assert_eq!(all, ["The U.S. Navy came.  ", "It left"]);
    }

    proptest::proptest! {
        #[test]
        fn it_holds_the_byte_and_stays_in_the_text(text in "[A-Za-z. !\n“”é]{0,40}", at in 0_usize..50) {
            let range = sentence_at(&text, at);
            proptest::prop_assert!(text.get(range.clone()).is_some());
            proptest::prop_assert!(!text[range].contains('\n'));
        }
    }
}
