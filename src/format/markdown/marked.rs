//! Words marked as with a text marker: `==words==`. Where in a line of text the marks stand.

use memchr::memmem;

/// The sign at both ends.
pub const MARK: &str = "==";

/// Which marks count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Only those that do not stand inside a word: `a==b` is no mark.
    Text,
    /// All of them.
    Words,
}

/// The offsets of the signs that open and close marked words; each pair after the one before.
/// `is_free` says whether a sign at an offset may count.
pub fn pairs(text: &str, within: Within, is_free: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Option<usize> = None;
    let mut after = 0;
    for at in memmem::find_iter(text.as_bytes(), MARK) {
        let (before, rest) = (text.get(..at).unwrap_or(""), text.get(at + MARK.len()..));
        let (last, next) = (before.chars().next_back(), rest.unwrap_or("").chars().next());
        // Of a longer row nothing counts.
        let is_row = at < after || last == Some('=') || next == Some('=');
        after = at + MARK.len();
        if is_row {
            after += usize::from(next == Some('='));
            continue;
        }
        if !is_free(at) {
            continue;
        }
        let holds = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let is_edge = |c: Option<char>| {
            within == Within::Words || !c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if let Some(start) = open.filter(|start| start + MARK.len() < at)
            && holds(last)
            && is_edge(next)
        {
            pairs.push((start, at));
            open = None;
        } else if holds(next) && is_edge(last) {
            open = Some(at);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str) -> Vec<&str> {
        let pairs = pairs(text, Within::Text, |_| true);
        pairs.into_iter().map(|(start, end)| &text[start + 2..end]).collect()
    }

    #[test]
    fn words_between_two_signs_are_marked() {
        assert_eq!(marked("a ==b c== d, ==e==."), ["b c", "e"]);
        assert_eq!(marked("(==b==) ==重点=="), ["b", "重点"]);
    }

    #[test]
    fn comparisons_rows_and_single_signs_are_left() {
        for text in ["a == b == c", "a==b==c", "== a ==", "====", "=== a ===", "==a", "x ==a =="] {
            assert!(marked(text).is_empty(), "{text}");
        }
        assert_eq!(marked("==a ==b=="), ["b"]);
    }

    #[test]
    fn inside_a_word_they_count_where_that_is_asked_for() {
        assert_eq!(pairs("photo==syn==thesis", Within::Words, |_| true), [(5, 10)]);
    }

    proptest! {
        #[test]
        fn pairs_are_in_order_and_hold_something(text in "[a =é]{0,30}") {
            let mut end = 0;
            for (open, close) in pairs(&text, Within::Text, |_| true) {
                prop_assert!(open >= end && close > open + 2);
                prop_assert!(text[open..].starts_with(MARK) && text[close..].starts_with(MARK));
                end = close + 2;
            }
        }
    }
}
