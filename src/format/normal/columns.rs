//! What stands in one column over several lines, and stays so: values behind their keys, and comments
//! at the ends of lines.

use super::tokens::{Kind, Token};
use crate::text::width;

/// A value that stands in the line of its key.
struct Entry {
    /// The token of the value.
    value: usize,
    line: usize,
    key: usize,
    column: usize,
    /// Columns of the key with its `:`.
    width: usize,
}

impl Entry {
    fn gap(&self) -> usize {
        self.column.saturating_sub(self.key + self.width)
    }
}

/// The spaces before each value, for those that are not one: where the values of keys in lines that
/// follow each other stand in one column, they keep to one.
pub fn gaps(tokens: &[Token]) -> Vec<(usize, usize)> {
    let entries = entries(tokens);
    let in_one_column =
        |a: &Entry, b: &Entry| a.line + 1 == b.line && a.key == b.key && a.column == b.column;
    let mut gaps = Vec::new();
    for group in entries.chunk_by(in_one_column) {
        let least = group.iter().map(Entry::gap).min().unwrap_or(1);
        let widest = group.iter().map(|entry| entry.width).max().unwrap_or(0);
        let is_meant = group.iter().any(|entry| entry.gap() != least);
        if is_meant {
            gaps.extend(group.iter().map(|e| (e.value, widest + least.max(1) - e.width)));
        }
    }
    gaps
}

fn entries(tokens: &[Token]) -> Vec<Entry> {
    let (mut entries, mut depth) = (Vec::new(), 0_usize);
    for (at, three) in tokens.windows(3).enumerate() {
        let [key, colon, value] = three else { continue };
        match key.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Text
                if depth == 0
                    && colon.kind == Kind::Colon
                    && value.breaks == 0
                    && value.kind != Kind::Comment =>
            {
                let (line, column, value) = (value.line, value.column, at + 2);
                let width = width(key.text) + 1;
                entries.push(Entry { value, line, key: key.column, column, width });
            }
            _ => {}
        }
    }
    entries
}

/// A line that is laid out.
#[derive(Debug, Default)]
pub struct Line {
    /// The line without a comment behind it.
    pub text: String,
    /// A comment behind it.
    pub comment: Option<Behind>,
}

/// A comment behind something.
#[derive(Debug)]
pub struct Behind {
    /// The comment.
    pub text: String,
    /// Columns between it and what it stood behind.
    pub gap: usize,
    /// The column it stood in.
    pub column: usize,
}

impl Line {
    fn column(&self) -> Option<usize> {
        self.comment.as_ref().map(|comment| comment.column)
    }
}

/// The lines with their comments, each with `end` behind it. Comments in lines that follow each other
/// keep to one column if they stood in one.
pub fn join(lines: &[Line], end: &str) -> String {
    let mut out = String::new();
    let in_one_column = |a: &Line, b: &Line| a.comment.is_some() && a.column() == b.column();
    for group in lines.chunk_by(in_one_column) {
        let widest = group.iter().map(|line| width(&line.text)).max().unwrap_or(0);
        let gaps = group.iter().filter_map(|line| Some(line.comment.as_ref()?.gap));
        let column = widest + gaps.min().unwrap_or(1).max(1);
        for line in group {
            out.push_str(&line.text);
            if let Some(comment) = &line.comment {
                let spaces = column.saturating_sub(width(&line.text));
                out.extend(std::iter::repeat_n(' ', spaces));
                out.push_str(&comment.text);
            }
            out.push_str(end);
        }
    }
    out
}
