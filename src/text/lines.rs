//! Lines and columns of a byte offset.

use std::ops::Range;

/// A place in a file, as editors count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Line and column of the first byte.
    pub position: Position,
}

/// Where the lines of a text start. Ends of lines are LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Indexes `source`.
    pub fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        Self { source, starts }
    }

    /// The place of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.source.as_bytes().get(start..offset).unwrap_or_default();
        // Bytes that continue a character do not count.
        let column = before.iter().filter(|b| **b & 0xc0 != 0x80).count() + 1;
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// A byte range with its place. Texts over 4 GiB are not supported; offsets stop there.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            start: offset(bytes.start),
            end: offset(bytes.end.max(bytes.start)),
            position: self.position(bytes.start),
        }
    }

    /// The bytes of a line (from 1) without its end, if there is such a line.
    pub fn line(&self, number: u32) -> Option<&'a str> {
        let index = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.source.len());
        Some(self.source.get(start..end)?.trim_end_matches(['\n', '\r']))
    }

    /// The byte offset at which a line (from 1) starts; the end of the text if there is none.
    pub fn offset(&self, number: u32) -> usize {
        let index = (number as usize).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.source.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, offset: usize) -> (u32, u32) {
        let p = LineIndex::new(source).position(offset);
        (p.line, p.column)
    }

    #[test]
    fn counts_lines_and_characters_from_one() {
        assert_eq!(at("ab\ncd", 0), (1, 1));
        assert_eq!(at("ab\ncd", 4), (2, 2));
        assert_eq!(at("é€\nx", 5), (1, 3));
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("a", 99), (1, 2));
    }

    #[test]
    fn knows_all_line_ends() {
        assert_eq!(at("a\r\nb\rc\nd", 3), (2, 1));
        assert_eq!(at("a\r\nb\rc\nd", 5), (3, 1));
        assert_eq!(at("a\r\nb\rc\nd", 7), (4, 1));
        assert_eq!(LineIndex::new("a\r\nb\rc").line(1), Some("a"));
        assert_eq!(LineIndex::new("a\r\nb\rc").line(3), Some("c"));
        assert_eq!(LineIndex::new("a\r\nb\rc").line(4), None);
    }
}
