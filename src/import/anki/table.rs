//! Lines of cells: a cell may stand in quotes, and then hold separators, quotes that are doubled and
//! ends of lines. Linear whatever stands in it; knows nothing of what cells mean.

use std::borrow::Cow;
use std::ops::Range;

/// A line of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'s> {
    /// Its cells.
    pub cells: Vec<Cow<'s, str>>,
    /// Where it stands, without the end of its line.
    pub bytes: Range<usize>,
}

/// The lines of a table that starts at a byte of a file. Lines that begin with `#` are comments.
pub struct Rows<'s> {
    source: &'s str,
    at: usize,
    separator: char,
    /// The first quote that nothing closes; it is read as a sign like others.
    pub unclosed: Option<usize>,
}

impl<'s> Rows<'s> {
    /// The lines from `at` on.
    pub fn new(source: &'s str, at: usize, separator: char) -> Self {
        Self { source, at, separator, unclosed: None }
    }

    fn rest(&self, at: usize) -> &'s str {
        self.source.get(at..).unwrap_or_default()
    }

    /// A cell in quotes that starts at `at`: what it holds, and the byte behind it. What stands behind
    /// the last quote belongs to it.
    fn quoted(&self, at: usize) -> Option<(Cow<'s, str>, usize)> {
        let start = at + 1;
        let bytes = self.source.as_bytes();
        let mut end = start;
        let mut doubled = false;
        loop {
            end += memchr::memchr(b'"', bytes.get(end..)?)?;
            if bytes.get(end + 1) != Some(&b'"') {
                break;
            }
            doubled = true;
            end += 2;
        }
        let inside = self.source.get(start..end)?;
        let mut text = Cow::Borrowed(inside);
        if doubled {
            text = Cow::Owned(inside.replace("\"\"", "\""));
        }
        let (more, next) = self.plain(end + 1);
        if !more.is_empty() {
            text.to_mut().push_str(more);
        }
        Some((text, next))
    }

    /// A cell up to a separator or the end of the line; the byte behind it.
    fn plain(&self, at: usize) -> (&'s str, usize) {
        let rest = self.rest(at);
        let length = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        (rest.get(..length).unwrap_or_default(), at + length)
    }

    fn row(&mut self) -> Row<'s> {
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let is_quoted = self.rest(self.at).starts_with('"');
            let quoted = if is_quoted { self.quoted(self.at) } else { None };
            if is_quoted && quoted.is_none() {
                self.unclosed.get_or_insert(self.at);
            }
            let (cell, next) = quoted.unwrap_or_else(|| {
                let (cell, next) = self.plain(self.at);
                (Cow::Borrowed(cell), next)
            });
            cells.push(cell);
            self.at = next;
            match self.rest(next).strip_prefix(self.separator) {
                Some(_) => self.at += self.separator.len_utf8(),
                None => break,
            }
        }
        let bytes = start..self.at;
        self.at += end_of_line(self.rest(self.at));
        Row { cells, bytes }
    }
}

/// Bytes of the end of a line at the start of a text.
fn end_of_line(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

impl<'s> Iterator for Rows<'s> {
    type Item = Row<'s>;

    fn next(&mut self) -> Option<Row<'s>> {
        loop {
            let rest = self.rest(self.at);
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with(['\n', '\r']) {
                self.at += end_of_line(rest);
            } else if rest.starts_with('#') {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else {
                return Some(self.row());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(source: &str) -> Vec<Vec<String>> {
        let rows = Rows::new(source, 0, ',');
        rows.map(|row| row.cells.into_iter().map(Cow::into_owned).collect()).collect()
    }

    #[test]
    fn cells_in_quotes_hold_what_parts_cells() {
        assert_eq!(
            rows("a,\"b,\"\"c\"\"\nd\",e\r\n\r\nf"),
            [vec!["a", "b,\"c\"\nd", "e"], vec!["f"]]
        );
        assert_eq!(rows("\"\",b \"c\",\n"), [["", "b \"c\"", ""]]);
        assert_eq!(rows("# no\na"), [["a"]]);
        assert_eq!(rows("\"a\" b,c"), [["a b", "c"]]);
    }

    #[test]
    fn a_quote_without_an_end_is_a_sign_and_swallows_nothing() {
        let mut all = Rows::new("a,\"b,c\nd,\"\"\"\ne", 0, ',');
        let cells: Vec<_> = all.by_ref().flat_map(|row| row.cells).collect();
        assert_eq!(cells, ["a", "b,c\nd,\"", "e"]);
        let mut all = Rows::new("a,\"b\nc", 0, ',');
        assert_eq!(all.by_ref().map(|row| row.cells.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(all.unclosed, Some(2));
    }

    proptest! {
        #[test]
        fn rows_follow_one_another_and_end(source in "[a,\"#\n\ré]{0,40}") {
            let mut end = 0;
            for row in Rows::new(&source, 0, ',') {
                prop_assert!(row.bytes.start >= end && row.bytes.end > row.bytes.start || !row.cells.is_empty());
                prop_assert!(source.get(row.bytes.clone()).is_some());
                end = row.bytes.end;
            }
        }
    }
}
