//! Lines and columns of a byte offset.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A place in a file, as editors count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Line and column of the first byte.
    pub position: Position,
}

/// Bytes after which the characters before are counted once for all, so that a place on a long line
/// is found as fast as any other.
const BLOCK: usize = 4_096;
/// Bytes of a usual line.
const USUAL: usize = 32;

/// Where the lines of a text start. Ends of lines are LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    source: &'a str,
    starts: Vec<usize>,
    /// The characters that start before each block; counted only if there is a long line.
    blocks: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Indexes `source`.
    pub fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(1 + bytes.len() / USUAL);
        starts.push(0);
        let (mut before, mut longest) = (0, 0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            longest = longest.max(at + 1 - before);
            before = at + 1;
            starts.push(before);
        }
        let is_long = longest.max(bytes.len() - before) > BLOCK;
        let mut before = 0;
        let blocks = bytes.chunks(BLOCK).map(|block| {
            let count = before;
            before += characters(block);
            count
        });
        let blocks = if is_long { blocks.collect() } else { Vec::new() };
        Self { source, starts, blocks }
    }

    /// The place of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = 1 + match self.source.as_bytes().get(start..offset) {
            Some(before) if before.len() <= BLOCK => characters(before),
            _ => self.before(offset) - self.before(start),
        };
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The characters that start before a byte.
    fn before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let known = self.blocks.get(block).copied();
        let rest = self.source.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        known.map_or_else(
            || characters(self.source.as_bytes().get(..at).unwrap_or_default()),
            |known| known + characters(rest),
        )
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

/// The characters that start in a piece of text: bytes that continue one do not count.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
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
    fn columns_of_long_lines_are_right() {
        let source = format!("x\n{}", "aé€".repeat(5_000));
        let lines = LineIndex::new(&source);
        for (characters, (offset, _)) in source.char_indices().enumerate().skip(2) {
            assert_eq!(lines.position(offset).column as usize, characters - 1);
        }
        let end = LineIndex::new("é".repeat(4_096).as_str()).position(8_192).column;
        assert_eq!(end, 4_097);
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
