//! Words as they are compared: folded, parted by single spaces, with the places where they start
//! and end.

use crate::text::{Printable, fold};
use std::borrow::Cow;

/// `text` as it is compared.
pub fn clean(text: &str) -> String {
    let mut out = String::new();
    fold(&tidy(&Printable::line(text)), &mut out);
    out.trim().to_owned()
}

/// `text` with single spaces between its words and none around them.
pub fn tidy(text: &str) -> Cow<'_, str> {
    let mut last = ' ';
    let mut tidy = true;
    for c in text.chars() {
        tidy &= !(c.is_whitespace() && (last == ' ' || c != ' '));
        last = if c.is_whitespace() { ' ' } else { c };
    }
    if tidy && (last != ' ' || text.is_empty()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Whether a word starts or ends at a byte of `text`. In scripts without spaces it may anywhere.
pub fn is_edge(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|b| bytes.get(b)), bytes.get(at))
    else {
        return true;
    };
    if before.is_ascii() && after.is_ascii() {
        return !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric());
    }
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at..).and_then(|text| text.chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    !(is_inside(before) && is_inside(after)) || is_unspaced(before) || is_unspaced(after)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a character belongs to a script that puts no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9ff}'
        | '\u{aa60}'..='\u{aa7f}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The words of a folded text: letters and digits that stand together.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_inside)?;
        let word = rest.get(start..)?;
        let end = word.find(|c| !is_inside(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        rest = after;
        Some(word)
    })
}

/// Whether a character belongs to a word.
fn is_inside(c: char) -> bool {
    // Vowels are signs in some scripts.
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_start_and_end_where_letters_do() {
        let edges = |text: &str| -> Vec<usize> {
            text.char_indices().map(|(at, _)| at).filter(|at| is_edge(text, *at)).collect()
        };
        assert_eq!(edges("ab c-d"), [0, 2, 3, 4, 5]);
        assert_eq!(edges("é’a"), [0, 2, 5]);
        assert_eq!(edges("漢字a"), [0, 3, 6]);
        assert_eq!(edges("कि"), [0]);
        assert!(is_edge("ab", 2));
    }

    #[test]
    fn words_are_compared_without_what_sets_them() {
        assert_eq!(clean("  Counter\u{2011}Narco  \u{a0} “X”\n"), "counter-narco \"x\"");
        assert_eq!(clean("\u{301}"), "◌");
        assert_eq!(words("ab, c-é…\n1").collect::<Vec<_>>(), ["ab", "c", "é", "1"]);
    }

    proptest! {
        #[test]
        fn tidy_text_stays_as_it_is(text in "(\\PC| |\u{a0}|\n){0,20}") {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(&once, &text.split_whitespace().collect::<Vec<_>>().join(" "));
            prop_assert!(matches!(tidy(&once), Cow::Borrowed(_)));
        }
    }
}
