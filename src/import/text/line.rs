//! A plain text as lines that know where they stand.

use std::ops::Range;

/// Columns between tab stops of a plain text.
const TAB: usize = 8;

/// A line without its end and without white space before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line without white space at its end.
    pub text: &'a str,
    /// The byte of the file at which it starts.
    pub at: usize,
    /// Whether a form feed stands before it.
    pub page: bool,
}

impl<'a> Line<'a> {
    /// Whether nothing stands on it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// What stands on it, without the white space in front.
    pub fn words(&self) -> &'a str {
        self.text.trim_start()
    }

    /// The byte of the file at which its words start.
    pub fn start(&self) -> usize {
        self.at + self.text.len() - self.words().len()
    }

    /// The byte of the file after its last word.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Columns before its words.
    pub fn indent(&self) -> usize {
        let blank = self.text.get(..self.text.len() - self.words().len()).unwrap_or_default();
        blank
            .chars()
            .fold(0, |column, c| if c == '\t' { column + TAB - column % TAB } else { column + 1 })
    }

    /// Columns that it takes, roughly.
    pub fn width(&self) -> usize {
        self.indent() + columns(self.words())
    }
}

/// Columns that some words take, roughly.
pub fn columns(words: &str) -> usize {
    if words.is_ascii() {
        return words.len();
    }
    words.chars().map(|c| if is_ideograph(c) { 2 } else { 1 }).sum()
}

/// Scripts that are written without spaces between words.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The lines of a text. Ends of lines are LF, CRLF, CR and a form feed.
pub fn split(source: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut page) = (0, false);
    let bytes = source.as_bytes();
    let mut push = |from: usize, to: usize, page: bool| {
        let text = source.get(from..to).unwrap_or_default().trim_end();
        lines.push(Line { text, at: from, page });
    };
    for end in memchr::memchr3_iter(b'\n', b'\r', 0xc, bytes) {
        let byte = bytes.get(end).copied().unwrap_or_default();
        if end < start || (byte == b'\r' && bytes.get(end + 1) == Some(&b'\n')) {
            continue;
        }
        // A form feed at the start of a line makes no line of its own.
        if byte != 0xc || end > start {
            push(start, end, page);
            page = false;
        }
        page |= byte == 0xc;
        start = end + 1;
    }
    if start < source.len() {
        push(start, source.len(), page);
    }
    lines
}

/// The blocks of some lines: what blank lines part.
pub fn blocks(lines: &[Line], within: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for number in within {
        if lines.get(number).is_none_or(Line::is_blank) {
            continue;
        }
        match out.last_mut() {
            Some(block) if block.end == number => block.end += 1,
            _ => out.push(number..number + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_all_ends_and_where_lines_start() {
        let lines = split("a\r\n  b \rc\n\n\u{c}d\u{c}\ne");
        let shown: Vec<_> = lines.iter().map(|l| (l.text, l.at, l.page)).collect();
        assert_eq!(
            shown,
            [
                ("a", 0, false),
                ("  b", 3, false),
                ("c", 8, false),
                ("", 10, false),
                ("d", 12, true),
                ("", 14, true),
                ("e", 15, false),
            ]
        );
        assert_eq!((lines[1].start(), lines[1].indent(), lines[1].words()), (5, 2, "b"));
        assert_eq!(blocks(&lines, 0..lines.len()), [0..3, 4..5, 6..7]);
    }

    #[test]
    fn tabs_reach_to_stops() {
        assert_eq!(split("  \tx")[0].indent(), 8);
    }
}
