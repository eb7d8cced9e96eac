//! Grapheme clusters and their display width.

use super::printable::{Printable, PrintableBuf, PrintableStr};
use unicode_segmentation::{Graphemes, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// Scalars in one cluster; a longer cluster is cut, since no terminal draws it as one anyway.
const MAX_SCALARS: usize = 10;

/// The user-perceived characters of a text, each at most ten scalars long.
pub struct Clusters<'a> {
    graphemes: Graphemes<'a>,
    rest: &'a str,
}

/// Splits `text` into clusters.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { graphemes: text.graphemes(true), rest: "" }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            self.rest = self.graphemes.next()?;
        }
        // Ten scalars are at least ten bytes.
        let end = if self.rest.len() <= MAX_SCALARS {
            self.rest.len()
        } else {
            self.rest.char_indices().nth(MAX_SCALARS).map_or(self.rest.len(), |(at, _)| at)
        };
        let (cluster, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(cluster)
    }
}

/// Columns that `text` takes on a terminal: the sum over its clusters.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { clusters(text).map(UnicodeWidthStr::width).sum() }
}

/// The longest start of `text` that fits into `columns`, and how many columns it takes.
pub fn take_width(text: &str, columns: usize) -> (&str, usize) {
    let (mut end, mut used) = (0, 0);
    for cluster in clusters(text) {
        let w = UnicodeWidthStr::width(cluster);
        if used + w > columns {
            break;
        }
        end += cluster.len();
        used += w;
    }
    (text.get(..end).unwrap_or_default(), used)
}

/// `text` cut to `columns`, with `mark` (such as `…`) at the end where something was cut off.
pub fn shorten<'a>(
    text: impl Into<PrintableStr<'a>>,
    columns: usize,
    mark: &'static str,
) -> Printable {
    let text = text.into();
    if width(&text) <= columns {
        return text.into();
    }
    let room = columns.saturating_sub(width(mark));
    let (start, _) = take_width(&text, room);
    let mut out = PrintableBuf::default();
    out.push(text.slice(0..start.trim_end().len()));
    if columns >= width(mark) {
        out.push_literal(mark);
    }
    out.slice(0..out.len()).into()
}

/// Whether a joiner makes one cluster of what stands before it and what follows. If it does not, a
/// line could end with it.
pub fn joins(before: &str, next: char) -> bool {
    // A picture, its colour of skin, its form.
    const LONGEST: usize = 3;
    let mut text: Vec<char> = before.chars().rev().take(LONGEST).collect();
    text.reverse();
    let mut text = String::from_iter(text);
    text.push('\u{200d}');
    let joint = text.len();
    text.push(next);
    UnicodeSegmentation::grapheme_indices(text.as_str(), true).all(|(start, _)| start != joint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_by_cluster() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("漢字"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("👨\u{200d}👩\u{200d}👧"), 2);
        assert_eq!(width("¹²³"), 3);
    }

    #[test]
    fn shortens_with_a_mark() {
        let text = Printable::line("Operation Southern Spear");
        assert_eq!(shorten(&text, 12, "…").as_str(), "Operation S…");
        assert_eq!(shorten(&text, 11, "…").as_str(), "Operation…", "no space before the mark");
        assert_eq!(shorten(&text, 40, "…").as_str(), "Operation Southern Spear");
        assert_eq!(shorten(&Printable::line("漢字漢字"), 4, "…").as_str(), "漢…");
        assert_eq!(shorten(&text, 0, "…").as_str(), "");
    }

    proptest! {
        #[test]
        fn clusters_join_to_the_text(text in ".*") {
            prop_assert_eq!(clusters(&text).collect::<String>(), text);
        }

        #[test]
        fn nothing_is_shortened_beyond_its_room(text in "\\PC{0,30}", columns in 0usize..20) {
            let text = Printable::line(&text);
            prop_assert!(width(&shorten(&text, columns, "…")) <= columns);
        }
    }
}
