//! How the writer of a plain text sets it: how wide its lines are, how far in they start, and
//! whether blank lines part its paragraphs.

use super::line::{Line, blocks, columns, is_ideograph};
use std::collections::HashMap;
use std::ops::Range;

/// Lines longer than this are paragraphs that nobody wrapped.
pub const LONG: usize = 120;

/// The habits of a writer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Habit {
    /// Columns at which most lines were wrapped.
    pub width: usize,
    /// Columns before most lines.
    pub indent: usize,
    /// Whether blank lines part the paragraphs.
    pub spaced: bool,
}

impl Habit {
    /// The habits seen in a text.
    pub fn of(lines: &[Line]) -> Self {
        let parts = blocks(lines, 0..lines.len());
        let mut indents: HashMap<usize, usize> = HashMap::new();
        let mut widths = Vec::new();
        for part in &parts {
            let block = lines.get(part.clone()).unwrap_or_default();
            for line in block {
                *indents.entry(line.indent()).or_default() += line.words().len();
            }
            let inner = block.get(..block.len().saturating_sub(1)).unwrap_or_default();
            widths.extend(inner.iter().map(Line::width).filter(|width| *width <= LONG));
        }
        widths.sort_unstable();
        let most = indents.into_iter().max_by_key(|(indent, bytes)| (*bytes, usize::MAX - indent));
        Self {
            width: widths.get(widths.len() * 9 / 10).copied().unwrap_or(0),
            indent: most.map_or(0, |(indent, _)| indent),
            spaced: parts.len() > 1,
        }
    }

    /// Whether the lines are one paragraph that was wrapped: each is as full as it can be.
    pub fn is_wrapped(&self, block: &[Line]) -> bool {
        let widest = block.iter().map(Line::width).max().unwrap_or(0);
        let width = widest.max(self.width.min(LONG));
        let breaks = block.len().saturating_sub(1);
        if breaks == 0 {
            return true;
        }
        if widest > LONG || width < 40 {
            return false;
        }
        let full = block.windows(2).filter(|pair| {
            let [line, next] = pair else { return false };
            line.width() + 1 + first_word(next.words()) + width / 6 > width
        });
        let full = full.count();
        let capital = |line: &&Line| {
            line.words()
                .trim_start_matches(|c: char| !c.is_alphabetic())
                .starts_with(char::is_uppercase)
        };
        let capitals = block.iter().filter(capital).count();
        let mut letters = block.iter().flat_map(|line| line.words().chars());
        // Each line of verse has a capital, but not only capitals.
        let verse =
            block.len() > 2 && capitals * 10 >= block.len() * 9 && letters.any(char::is_lowercase);
        let closed = block.iter().take(breaks).filter(|line| ends_sentence(line.text)).count();
        let sentences = !self.spaced && closed * 2 > breaks;
        full * 4 >= breaks * 3 && !verse && !sentences
    }

    /// The paragraphs of a text: blocks, and in a text without blank lines its lines, unless they
    /// are one wrapped paragraph.
    pub fn paragraphs(&self, lines: &[Line], within: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for block in blocks(lines, within) {
            let long = |line: &Line| line.width() > LONG;
            let text = lines.get(block.clone()).unwrap_or_default();
            if text.iter().any(long) || !(self.spaced || self.is_wrapped(text)) {
                out.extend(block.map(|line| line..line + 1));
            } else {
                out.push(block);
            }
        }
        out
    }
}

/// Columns of the first word; each sign of Chinese is one.
fn first_word(words: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || is_ideograph(c);
    columns(words.split(ends).next().unwrap_or_default())
}

/// Whether a line ends as a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', '»', '」'])
        .ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', '।'])
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn wrapped(source: &str) -> bool {
        let lines = split(source);
        Habit::of(&lines).is_wrapped(&lines)
    }

    #[test]
    fn tells_wrapped_prose_from_lines_that_are_meant() {
        assert!(wrapped(
            "The natural equipment to accomplish some small part of\nthe meaner ambitions distinguishing able men from dead\nones."
        ));
        assert!(!wrapped(
            "Poor Isabella's Dead, whose abdication\nSet all tongues wagging in the\nSpanish nation."
        ));
        assert!(!wrapped("milk\nbread\nbutter"));
        assert!(!wrapped(
            "It refers to a thing that happened in this place here.\nThe name of that thing is not known to anybody now.\nThese are two."
        ));
    }

    #[test]
    fn sees_how_far_in_the_text_stands() {
        let lines = split("1. Head\n\n   Text of the section\n   goes on.\n");
        assert_eq!(Habit::of(&lines).indent, 3);
    }
}
