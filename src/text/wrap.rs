//! Where a line of text breaks: textwrap's words and algorithms over byte ranges, with widths
//! measured by cluster.

use super::cluster::{clusters, width};
use std::ops::Range;
use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_width::UnicodeWidthStr;

/// Longer paragraphs are filled line by line: looking ahead would cost more than it shows.
const OPTIMAL_UP_TO: usize = 20_000;

/// A word and where it lies in the text. Widths are columns.
#[derive(Debug)]
struct Word {
    start: usize,
    end: usize,
    width: usize,
    space: usize,
}

#[expect(clippy::cast_precision_loss, reason = "widths of words are far below 2^52")]
impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }
    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Breaks one paragraph into lines of at most `first` columns, then `rest` columns.
///
/// Each line is a byte range of `text`, without the white space at its end. A paragraph has at
/// least one line. A cluster wider than the line stands alone on one.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let (first, rest) = (first.max(1), rest.max(1));
    if text.len() <= first && text.is_ascii() {
        let end = text.trim_end().len();
        return std::iter::once(0..end).collect();
    }
    let words = words(text, first.min(rest));
    #[expect(clippy::cast_precision_loss, reason = "a screen has less than 2^52 columns")]
    let widths = [first as f64, rest as f64];
    let lines = if text.len() <= OPTIMAL_UP_TO {
        wrap_optimal_fit(&words, &widths, &Penalties::new())
            .unwrap_or_else(|_| wrap_first_fit(&words, &widths))
    } else {
        wrap_first_fit(&words, &widths)
    };
    let mut ranges: Vec<_> =
        lines.into_iter().filter_map(|line| Some(line.first()?.start..line.last()?.end)).collect();
    if ranges.is_empty() {
        ranges.push(0..0);
    }
    ranges
}

/// Columns of the widest word: at this width none has to be cut.
pub fn widest_word(text: &str) -> usize {
    let widest = |line| words(line, usize::MAX).iter().map(|word| word.width).max();
    text.split('\n').filter_map(widest).max().unwrap_or(0)
}

/// The words of `text`; one that is wider than `columns` is cut between clusters.
fn words(text: &str, columns: usize) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let (mut start, mut end) = (0, 0);
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        end += word.word.len();
        if word.whitespace.is_empty() && is_within_cluster(text, end) {
            continue;
        }
        let space = width(word.whitespace);
        let word_text = text.get(start..end).unwrap_or_default();
        let whole = width(word_text);
        if whole <= columns {
            out.push(Word { start, end, width: whole, space });
        } else {
            cut(word_text, start, columns, space, &mut out);
        }
        end += word.whitespace.len();
        start = end;
    }
    out
}

/// Whether a place between two words parts a cluster: a mark of Thai, say, is taken for a letter where lines
/// are broken, also behind a character that it stands upon. Halves of flags are parted by pairs already.
fn is_within_cluster(text: &str, at: usize) -> bool {
    const HALVES: std::ops::RangeInclusive<char> = '\u{1f1e6}'..='\u{1f1ff}';
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if next.is_ascii() || HALVES.contains(&next) {
        return false;
    }
    let pair = text.get(at - last.len_utf8()..at + next.len_utf8()).unwrap_or_default();
    clusters(pair).nth(1).is_none()
}

fn cut(word: &str, start: usize, columns: usize, space: usize, out: &mut Vec<Word>) {
    let mut piece = Word { start, end: start, width: 0, space: 0 };
    for cluster in clusters(word) {
        let w = UnicodeWidthStr::width(cluster);
        if piece.width + w > columns && piece.end > piece.start {
            let next = Word { start: piece.end, end: piece.end, width: 0, space: 0 };
            out.push(std::mem::replace(&mut piece, next));
        }
        piece.end += cluster.len();
        piece.width += w;
    }
    piece.space = space;
    out.push(piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Printable;
    use proptest::prelude::*;

    fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
        wrap(text, first, rest).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn breaks_between_words() {
        assert_eq!(lines("the quick brown fox", 9, 9), ["the quick", "brown fox"]);
    }

    #[test]
    fn the_first_line_may_be_shorter() {
        assert_eq!(lines("aa bb cc dd", 2, 5), ["aa", "bb cc", "dd"]);
    }

    #[test]
    fn breaks_chinese_between_characters() {
        assert_eq!(lines("漢字漢字", 4, 4), ["漢字", "漢字"]);
    }

    #[test]
    fn cuts_a_long_word_between_clusters() {
        assert_eq!(lines("abcdefgh", 3, 3), ["abc", "def", "gh"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2, 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn does_not_part_a_mark_from_what_it_stands_upon() {
        let text = "/////\u{e35}\u{e30}/////";
        assert_eq!(lines(text, 5, 5), ["/////\u{e35}", "\u{e30}////", "/"]);
        assert_eq!(lines("🇪🇨🇺🇸🇪🇨", 4, 4), ["🇪🇨🇺🇸", "🇪🇨"]);
    }

    #[test]
    fn keeps_lines_balanced() {
        // Filling line by line would leave `cc` alone.
        assert_eq!(lines("aaa bb cc ddddd", 6, 6), ["aaa", "bb cc", "ddddd"]);
    }

    #[test]
    fn an_empty_paragraph_has_one_empty_line() {
        assert_eq!(lines("", 10, 10), [""]);
        assert_eq!(lines("   ", 10, 10), [""]);
    }

    #[test]
    fn survives_what_panics_elsewhere() {
        for text in ["a漢a", "\u{25cc}\u{301} 漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢"]
        {
            for columns in 0..120 {
                let _ = wrap(text, columns, columns);
            }
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_text_is_lost(text in "(\\PC| |漢|e\u{301}|/|\u{e35}|\u{94d}|👨\u{200d}👩|-){0,60}", columns in prop::sample::select(vec![1usize, 2, 3, 10, 80])) {
            let text = Printable::inline(&text);
            let lines = wrap(&text, columns, columns);
            for line in &lines {
                let line = &text[line.clone()];
                let seen = clusters(line).filter(|c| width(c) > 0).count();
                prop_assert!(width(line) <= columns || seen == 1, "{line:?}");
            }
            let ends: Vec<usize> = clusters(&text).scan(0, |end, c| { *end += c.len(); Some(*end) }).collect();
            for row in &lines {
                // Where a mark stands upon a space, Unicode has the line broken between the two.
                let after_space = text[..row.start].ends_with(char::is_whitespace);
                prop_assert!(row.start == 0 || after_space || ends.contains(&row.start), "{text:?} is parted at {row:?}");
            }
            let kept: String = lines.iter().map(|r| &text[r.clone()]).flat_map(|l| l.chars()).filter(|c| !c.is_whitespace()).collect();
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, all);
        }
    }
}
