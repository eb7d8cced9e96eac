//! Markdown that an importer made or cut out, as prose whose links know where they stand.

use crate::format;
use crate::model::{Links, Prose, Target};
use crate::text::LineIndex;
use std::ops::Range;

/// Markdown, and where its pieces stand in the file it came from.
#[derive(Debug, Default)]
pub struct Written {
    /// The Markdown.
    pub text: String,
    /// Pairs of a byte of `text` and the byte of the file it was made of, ascending in the first.
    /// Between two pairs both go on byte by byte.
    pub origin: Vec<(usize, usize)>,
}

impl Written {
    /// A piece of the file as it stands.
    pub fn slice(source: &str, bytes: Range<usize>) -> Self {
        let start = bytes.start;
        let text = source.get(bytes).unwrap_or_default().to_owned();
        Self { text, origin: vec![(0, start)] }
    }

    /// Appends a piece of the file as it stands.
    pub fn append_slice(&mut self, source: &str, bytes: Range<usize>) {
        let Some(text) = source.get(bytes.clone()) else { return };
        self.origin.push((self.text.len(), bytes.start));
        self.text.push_str(text);
    }

    /// A part of it.
    pub fn part(&self, bytes: Range<usize>) -> Self {
        let mut part = Self::default();
        part.append(self, bytes);
        part
    }

    /// Appends a part of another text of the same file.
    pub fn append(&mut self, other: &Self, bytes: Range<usize>) {
        let Some(text) = other.text.get(bytes.clone()) else { return };
        let here = self.text.len();
        self.origin.push((here, other.source(bytes.start)));
        let first = other.origin.partition_point(|(at, _)| *at <= bytes.start);
        let inside = other.origin.get(first..).unwrap_or_default().iter();
        let inside = inside.take_while(|(at, _)| *at < bytes.end);
        self.origin.extend(inside.map(|(at, source)| (at - bytes.start + here, *source)));
        self.text.push_str(text);
    }

    /// The byte of the file that a byte of the text was made of.
    pub fn source(&self, at: usize) -> usize {
        let after = self.origin.partition_point(|(text, _)| *text <= at);
        let pair = after.checked_sub(1).and_then(|before| self.origin.get(before));
        pair.map_or(0, |(text, source)| source + (at - text))
    }
}

/// Prose of Markdown that was made of `bytes` of a file; `None` if it says nothing.
pub fn prose(written: Written, bytes: Range<usize>, lines: &LineIndex) -> Option<Prose> {
    let links = format::links(&written.text);
    linked(written, links.iter().map(|(target, at)| (target, at.clone())), bytes, lines)
}

/// The same, with the links of the text, which are known already.
pub fn linked<'t>(
    written: Written,
    links: impl Iterator<Item = (&'t Target, Range<usize>)>,
    bytes: Range<usize>,
    lines: &LineIndex,
) -> Option<Prose> {
    if written.text.trim().is_empty() {
        return None;
    }
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let links = links.map(|(target, at)| {
        let start = written.source(at.start);
        let end = written.source(at.end.saturating_sub(1)).max(start) + 1;
        (target, lines.span(start..end), small(at.start)..small(at.end))
    });
    let links = Links::new(&written.text, links);
    Some(Prose { source: written.text.into(), span: lines.span(bytes), links })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stand_where_they_were_made() {
        let source = "skipped\nsee [a](b)";
        let lines = LineIndex::new(source);
        let cut = prose(Written::slice(source, 8..18), 8..18, &lines).unwrap();
        let at = cut.links().next().unwrap().span;
        assert_eq!((at.start, at.end, at.position.line, at.position.column), (12, 18, 2, 5));
        let made = Written { text: "x [a](b)".into(), origin: vec![(0, 0), (2, 12)] };
        let at = prose(made, 0..18, &lines).unwrap().links().next().unwrap().span;
        assert_eq!((at.start, at.end), (12, 18));
    }
}
