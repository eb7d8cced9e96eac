//! A text with gaps: `Ecuador borders ==Colombia==`. Gaps of one group are asked together
//! (`==1;;Colombia==`), and a gap may have a hint (`==Colombia;;a country==`), as in Obsidian.

use super::markdown::{MARK, Within, pairs};
use std::ops::Range;

/// What parts a group, the words and a hint.
const PART: &str = ";;";

/// A piece of a text with gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'s> {
    /// Text that is always shown.
    Text(&'s str),
    /// A gap.
    Gap(Gap<'s>),
}

/// What is to be remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap<'s> {
    /// The group, from 1 to 99; a gap without one is asked for itself.
    pub group: Option<u8>,
    /// The words.
    pub text: &'s str,
    /// What helps.
    pub hint: Option<&'s str>,
}

/// The pieces of a text, in their order.
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let closed = closed(source);
    let is_free = |at: usize| {
        let next = closed.partition_point(|range| range.end <= at);
        closed.get(next).is_none_or(|range| range.start > at)
    };
    let mut found = Vec::new();
    let mut end = 0;
    let text = |range: Range<usize>| source.get(range).filter(|text| !text.is_empty());
    for (open, close) in pairs(source, Within::Words, is_free) {
        found.extend(text(end..open).map(Piece::Text));
        found.extend(text(open + MARK.len()..close).map(|words| Piece::Gap(gap(words))));
        end = close + MARK.len();
    }
    found.extend(text(end..source.len()).map(Piece::Text));
    found
}

/// The gaps of a text.
pub fn gaps(source: &str) -> impl Iterator<Item = Gap<'_>> {
    pieces(source).into_iter().filter_map(|piece| match piece {
        Piece::Gap(gap) => Some(gap),
        Piece::Text(_) => None,
    })
}

/// The text as Markdown; `fill` says what stands in a gap.
pub fn fill<'s>(source: &'s str, mut fill: impl FnMut(&Gap<'s>) -> String) -> String {
    let mut out = String::with_capacity(source.len());
    for piece in pieces(source) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Gap(gap) => out.push_str(&fill(&gap)),
        }
    }
    out
}

/// A text in which no gap begins or ends: each sign of one stands behind a backslash.
pub fn without_gaps(source: &str) -> String {
    let closed = closed(source);
    let mut closed = closed.iter().peekable();
    let mut out = String::with_capacity(source.len());
    let (mut written, mut after) = (0, 0);
    for at in memchr::memmem::find_iter(source.as_bytes(), MARK) {
        while closed.next_if(|range| range.end <= at).is_some() {}
        // Of a row of signs the first backslash is enough.
        let is_row = at == after && at > 0;
        after = at + MARK.len();
        if is_row || closed.peek().is_some_and(|range| range.start <= at) {
            continue;
        }
        out.push_str(source.get(written..at).unwrap_or_default());
        out.push('\\');
        written = at;
    }
    out.push_str(source.get(written..).unwrap_or_default());
    out
}

impl Gap<'_> {
    /// The words, marked.
    pub fn marked(&self) -> String {
        format!("{MARK}{}{MARK}", self.text)
    }

    /// What stands there while the words are hidden.
    pub fn blank(&self) -> String {
        format!("\\[{}\\]", self.hint.unwrap_or("..."))
    }
}

fn gap(words: &str) -> Gap<'_> {
    let (group, rest) = match words.split_once(PART) {
        Some((number, rest)) if (1..=2).contains(&number.len()) => match number.parse() {
            Ok(0) | Err(_) => (None, words),
            Ok(group) => (Some(group), rest),
        },
        _ => (None, words),
    };
    let (text, hint) = match rest.split_once(PART) {
        Some((text, hint)) => (text, Some(hint.trim()).filter(|hint| !hint.is_empty())),
        None => (rest, None),
    };
    Gap { group, text: text.trim(), hint }
}

/// Where no gap begins or ends: in code, and behind a backslash.
fn closed(source: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let mut closed = Vec::new();
    let mut at = 0;
    // Lengths of rows of backticks that were looked for and are not there any more.
    let mut missing = [false; 8];
    while let Some(offset) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'`', b'\\', rest)) {
        let start = at + offset;
        if bytes.get(start) == Some(&b'\\') {
            at = start + 2;
            closed.push(start..at);
            continue;
        }
        let row = |at: usize| bytes.iter().skip(at).take_while(|byte| **byte == b'`').count();
        let length = row(start);
        at = start + length;
        let known = missing.get_mut(length);
        if known.as_ref().is_some_and(|missing| **missing) {
            continue;
        }
        let mut end = at;
        let found = loop {
            let Some(next) = bytes.get(end..).and_then(|rest| memchr::memchr(b'`', rest)) else {
                break None;
            };
            let other = row(end + next);
            end += next + other;
            if other == length {
                break Some(end);
            }
        };
        match (found, known) {
            (Some(end), _) => {
                closed.push(start..end);
                at = end;
            }
            (None, Some(missing)) => *missing = true,
            // Rows that long are not looked for twice.
            (None, None) => break,
        }
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(source: &str) -> Vec<(Option<u8>, &str, Option<&str>)> {
        gaps(source).map(|gap| (gap.group, gap.text, gap.hint)).collect()
    }

    #[test]
    fn gaps_have_groups_and_hints() {
        assert_eq!(shape("Ecuador borders ==Colombia==."), [(None, "Colombia", None)]);
        assert_eq!(
            shape("==1;;Maduro== and ==1;;his wife;;who?== in ==2;;Caracas=="),
            [
                (Some(1), "Maduro", None),
                (Some(1), "his wife", Some("who?")),
                (Some(2), "Caracas", None)
            ]
        );
        assert_eq!(shape("==Caracas;;a city=="), [(None, "Caracas", Some("a city"))]);
        assert_eq!(shape("==1917;;a year=="), [(None, "1917", Some("a year"))]);
        assert_eq!(shape("photo==syn==thesis"), [(None, "syn", None)]);
    }

    #[test]
    fn code_and_escapes_hold_no_gaps() {
        assert!(shape("`a ==b== c` and \\==d==").is_empty());
        assert_eq!(shape("`==a== ==b=="), [(None, "a", None), (None, "b", None)]);
    }

    #[test]
    fn signs_that_are_no_gaps_are_escaped() {
        assert_eq!(without_gaps("a ==b== `==c==` \\== ====="), "a \\==b\\== `==c==` \\== \\=====");
        assert_eq!(without_gaps("a = b"), "a = b");
    }

    #[test]
    fn gaps_are_filled() {
        let source = "a ==1;;b;;c== ==d==";
        assert_eq!(fill(source, Gap::marked), "a ==b== ==d==");
        assert_eq!(fill(source, Gap::blank), "a \\[c\\] \\[...\\]");
    }

    proptest! {
        #[test]
        fn pieces_never_panic_and_lose_no_text(source in "[a=;1`\\\\ é]{0,40}") {
            prop_assert_eq!(gaps(&without_gaps(&source)).count(), 0);
            let text: usize = pieces(&source).iter().map(|piece| match piece {
                Piece::Text(text) => text.len(),
                Piece::Gap(_) => 0,
            }).sum();
            prop_assert!(text <= source.len());
            if gaps(&source).next().is_none() {
                prop_assert_eq!(text, source.len());
            }
        }
    }
}
