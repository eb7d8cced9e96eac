//! Grapheme clusters and their display width.

use super::printable::{Printable, PrintableBuf, PrintableStr};
use std::ops::Range;
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

/// Shortens a message to `columns` so that its end stays: within the longest part in backticks, or
/// within a path, if leaving out some of that is enough; else at its end.
pub fn shorten_inside<'a>(
    text: impl Into<PrintableStr<'a>>,
    columns: usize,
    mark: &'static str,
) -> Printable {
    let text = text.into();
    let over = (width(&text) + width(mark)).saturating_sub(columns);
    if width(&text) <= columns || columns < 4 * LEAST {
        return shorten(text, columns, mark);
    }
    let quoted = longest(&text, '`', |number, _| number % 2 == 1);
    let path = longest(&text, ' ', |_, word| word.contains('/'));
    let enough = |part: &Range<usize>| width(&text.slice(part.clone())) >= over + 2 * LEAST;
    let Some(part) = [quoted, path].into_iter().find(enough) else {
        return shorten(text, columns, mark);
    };
    let within = text.slice(part.clone());
    let keep = width(&within).saturating_sub(over);
    let (start, used) = take_width(&within, keep.div_ceil(2));
    let (mut end, mut left) = (part.end, keep.saturating_sub(used));
    let all: Vec<&str> = clusters(&within).collect();
    for cluster in all.iter().rev() {
        match left.checked_sub(width(cluster)) {
            Some(rest) => left = rest,
            None => break,
        }
        end -= cluster.len();
    }
    let mut out = PrintableBuf::default();
    // Spaces beside the mark say nothing.
    let before = text.slice(0..part.start + start.len());
    out.push(before.slice(0..before.trim_end().len()));
    out.push_literal(mark);
    let after = text.slice(end..text.len());
    out.push(after.slice(after.len() - after.trim_start().len()..after.len()));
    out.slice(0..out.len()).into()
}

/// The longest of the parts between some signs that are wanted, which are told their number.
fn longest(text: &str, between: char, wanted: impl Fn(usize, &str) -> bool) -> Range<usize> {
    let (mut longest, mut at) = (0..0, 0);
    for (number, part) in text.split(between).enumerate() {
        if part.len() > longest.len() && wanted(number, part) {
            longest = at..at + part.len();
        }
        at += part.len() + between.len_utf8();
    }
    longest
}

/// Columns that stay at least on both sides of what is left out inside a text.
const LEAST: usize = 5;

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
    fn a_long_message_keeps_its_end() {
        let inside = |text: &str, columns| {
            let short = shorten_inside(&Printable::line(text), columns, "…");
            assert!(width(&short) <= columns, "{short}");
            short.to_string()
        };
        let text = "`A title of so many words that it is long` is the last card";
        assert_eq!(inside(text, 80), text);
        assert_eq!(inside(text, 40), "`A title of…it is long` is the last card");
        // Where nothing can be spared the end is.
        assert_eq!(inside("it is wrong at some place in it", 25), "it is wrong at some plac…");
        assert_eq!(inside("`漢字漢字漢字漢字漢字漢字` is gone", 26), "`漢字漢字…字漢字` is gone");
        assert_eq!(inside("abcdefghijklmnop", 5), "abcd…");
        let path = "/home/reader/.config/briefing/config.yaml:1:1: `mesure` is not a setting";
        assert_eq!(inside(path, 54), "/home/reader/.…fig.yaml:1:1: `mesure` is not a setting");
    }

    proptest! {
        #[test]
        fn what_is_shortened_inside_fits(text in "[a-z` 漢\\u{301}\\u{1f469}]{0,60}", columns in 0usize..40) {
            let text = Printable::line(&text);
            let short = shorten_inside(&text, columns, "…");
            prop_assert!(width(&short) <= columns);
            prop_assert!(width(&text) > columns || short == text);
        }
    }

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
