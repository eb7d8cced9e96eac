//! Folding for comparison: case, accents, typographic hyphens, quotes and spaces. What a reader
//! types on a plain keyboard finds what a typesetter wrote.

use memchr::memmem;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A text folded for comparison, with the way back to the original.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// For each byte of `text` the offset of its character in the original; one more at the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`. Texts over 4 GiB are cut.
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            origin: Vec::with_capacity(text.len() + 1),
        };
        for (at, c) in text.char_indices() {
            let Ok(at) = u32::try_from(at) else { break };
            fold_char(c, &mut folded.text);
            folded.origin.resize(folded.text.len(), at);
        }
        folded.origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        folded
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Byte ranges of the original in which `needle`, folded likewise, occurs; left to right,
    /// without overlap. An empty needle occurs nowhere.
    pub fn find(&self, needle: &str) -> Vec<Range<usize>> {
        let needle = Self::new(needle).text;
        if needle.is_empty() {
            return Vec::new();
        }
        memmem::find_iter(self.text.as_bytes(), needle.as_bytes())
            .filter_map(|at| self.original(at..at + needle.len()))
            .collect()
    }

    /// The bytes of the original from which a range of the folded text was made.
    pub fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = *self.origin.get(range.start)? as usize;
        // The range ends where the next original character starts.
        let last = *self.origin.get(range.end.checked_sub(1)?)?;
        let end = *self.origin.get(range.end..)?.iter().find(|at| **at > last)? as usize;
        Some(start..end)
    }
}

/// Appends `text`, folded, to `out`: the same as [`Folded`] without the way back.
pub fn fold(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        // Plain text in one go; characters that need a look one by one.
        let plain = |b: u8| b.is_ascii() && !matches!(b, b'\t'..=b'\r');
        let end = rest.bytes().position(|b| !plain(b)).unwrap_or(rest.len());
        let (start, other) = rest.split_at(end);
        let at = out.len();
        out.push_str(start);
        out.get_mut(at..).into_iter().for_each(str::make_ascii_lowercase);
        let end = other.bytes().position(plain).unwrap_or(other.len());
        let (other, next) = other.split_at(end);
        other.chars().for_each(|c| fold_char(c, out));
        rest = next;
    }
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() });
        return;
    }
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            out.push('-');
        }
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' => out.push('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => out.push('"'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' => {}
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'ı' => out.push('i'),
        _ if c.is_whitespace() => out.push(' '),
        _ => {
            for part in std::iter::once(c).nfkd().filter(|part| !is_accent(*part)) {
                out.extend(part.to_lowercase().filter(|lower| !is_accent(*lower)));
            }
        }
    }
}

/// Marks that writers leave out: accents, Hebrew points, Arabic vowel signs. The vowel signs of
/// Indic scripts and the voicing of kana stay, because words differ by them.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{64b}'..='\u{652}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        Folded::new(text).find(needle).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn ascii_finds_typographic_text() {
        assert_eq!(
            found("the “counter‑narco‑terrorism” plan", "counter-narco-terrorism"),
            ["counter‑narco‑terrorism"]
        );
        assert_eq!(found("it’s", "it's"), ["it’s"]);
        assert_eq!(found("5\u{a0}km", "5 km"), ["5\u{a0}km"]);
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(found("Nicolás Maduro", "nicolas"), ["Nicolás"]);
        assert_eq!(found("STRASSE Straße", "straße"), ["STRASSE", "Straße"]);
        assert_eq!(found("e\u{301}te\u{301}", "ete"), ["e\u{301}te\u{301}"]);
        assert_eq!(found("İstanbul", "istanbul"), ["İstanbul"]);
    }

    #[test]
    fn zero_width_characters_do_not_hide_a_word() {
        assert_eq!(found("pass\u{200b}word", "password"), ["pass\u{200b}word"]);
    }

    #[test]
    fn indic_vowels_matter() {
        assert_eq!(found("कि", "की"), Vec::<&str>::new());
    }

    #[test]
    fn an_empty_needle_is_nowhere() {
        assert!(found("abc", "").is_empty());
        assert!(found("abc", "\u{301}").is_empty());
    }

    proptest! {
        #[test]
        fn folding_is_the_same_with_and_without_the_way_back(text in "(\\PC|\\t|\\n|\u{b}){0,40}") {
            let mut folded = String::new();
            fold(&text, &mut folded);
            prop_assert_eq!(folded, Folded::new(&text).text);
        }

        #[test]
        fn every_part_of_a_text_is_found_in_it(text in "\\PC{1,40}", from in 0usize..40, len in 1usize..10) {
            let part: String = text.chars().skip(from).take(len).collect();
            prop_assume!(!Folded::new(&part).as_str().is_empty());
            prop_assert!(!Folded::new(&text).find(&part).is_empty());
        }
    }
}
