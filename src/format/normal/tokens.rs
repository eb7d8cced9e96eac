//! A briefing file as tokens: the texts that the parser found, and the signs, comments and line breaks
//! between them. Knows nothing of the normal form.

use crate::format::yaml::{Node, Value};
use crate::text::width;
use serde_yaml::granit_parser::ScalarStyle;

/// What becomes of the end of a text block, and how deep it says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chomp {
    /// Whether blank lines at its end belong to it.
    pub keeps: bool,
    /// Columns by which it is indented, if that is said.
    pub indent: Option<usize>,
}

/// A sort of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text, in quotes or without.
    Text,
    /// What starts a text block: `|`, `>-`.
    Header,
    /// The lines of a text block.
    Block(Chomp),
    /// `-` before an item.
    Dash,
    /// `:` behind a key.
    Colon,
    /// `,` in brackets.
    Comma,
    /// `[` or `{`.
    Open,
    /// `]` or `}`.
    Close,
    /// A tag or an anchor.
    Property,
    /// From `#` to the end of the line.
    Comment,
    /// `---`, `...` or a directive: a line of its own.
    Mark,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Token<'s> {
    /// What it is.
    pub kind: Kind,
    /// As it is written.
    pub text: &'s str,
    /// Its first byte.
    pub start: usize,
    /// Line breaks before it.
    pub breaks: usize,
    /// The line it starts in, from 0.
    pub line: usize,
    /// Columns before it in its line.
    pub column: usize,
}

impl Token<'_> {
    /// The column behind its last line.
    pub fn end(&self) -> usize {
        match self.text.rsplit_once(['\n', '\r']) {
            Some((_, last)) => width(last),
            None => self.column + width(self.text),
        }
    }
}

/// The tokens of a file with the values `root`; or the byte at which something stands that is not
/// understood.
pub fn tokens<'s>(source: &'s str, root: Option<&Node>) -> Result<Vec<Token<'s>>, usize> {
    let mut scan = Scan { source, at: 0, breaks: 0, line: 0, column: 0, depth: 0, all: Vec::new() };
    for (text, style) in texts(root) {
        scan.gap(text.start)?;
        scan.text(text.end, style);
    }
    scan.gap(source.len())?;
    Ok(scan.all)
}

/// All texts that take room in the file, in their order.
fn texts(root: Option<&Node>) -> Vec<(std::ops::Range<usize>, ScalarStyle)> {
    let (mut all, mut nodes) = (Vec::new(), Vec::from_iter(root));
    while let Some(node) = nodes.pop() {
        if let Value::Scalar(scalar) = &node.value {
            // The place of a text block does not say whether there is anything in it.
            let is_empty =
                if is_block(scalar.style) { scalar.text.is_empty() } else { node.bytes.is_empty() };
            if !is_empty {
                all.push((node.bytes.clone(), scalar.style));
            }
        }
        nodes.extend(node.items());
        nodes.extend(node.entries().iter().flat_map(|(key, value)| [key, value]));
    }
    all.sort_unstable_by_key(|(bytes, _)| (bytes.start, bytes.end));
    all
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

struct Scan<'s> {
    source: &'s str,
    at: usize,
    breaks: usize,
    line: usize,
    column: usize,
    depth: usize,
    all: Vec<Token<'s>>,
}

impl Scan<'_> {
    /// Goes on to a byte, through what is no text.
    fn gap(&mut self, to: usize) -> Result<(), usize> {
        while self.at < to {
            let rest = self.source.get(self.at..to).ok_or(self.at)?;
            let until = |stop: fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
            let is_break = |c| matches!(c, '\n' | '\r');
            let mark = ["---", "..."].iter().any(|mark| {
                rest.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c| !is_space(c)))
            });
            let (kind, length) = match rest.chars().next() {
                Some(' ' | '\t') => {
                    self.pass(1);
                    continue;
                }
                Some('\r') if rest.starts_with("\r\n") => {
                    self.pass(1);
                    continue;
                }
                Some('\n' | '\r') => {
                    self.pass(1);
                    (self.breaks, self.line, self.column) = (self.breaks + 1, self.line + 1, 0);
                    continue;
                }
                Some('#') => {
                    (Kind::Comment, rest.get(..until(is_break)).unwrap_or(rest).trim_end().len())
                }
                _ if mark && self.column == 0 => (Kind::Mark, 3),
                Some('%') if self.column == 0 => (Kind::Mark, until(is_break)),
                Some('-') => (Kind::Dash, 1),
                Some(':') if self.depth > 0 || self.follows_key() => (Kind::Colon, 1),
                Some(',') => (Kind::Comma, 1),
                Some('{' | '[') => (Kind::Open, 1),
                Some('}' | ']') => (Kind::Close, 1),
                Some('|' | '>') => (Kind::Header, until(is_space)),
                Some('&' | '!') => (Kind::Property, until(is_space)),
                _ => return Err(self.at),
            };
            match kind {
                Kind::Open => self.depth += 1,
                Kind::Close => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.put(kind, length);
        }
        Ok(())
    }

    /// Whether the last token can be the key that a `:` stands behind.
    fn follows_key(&self) -> bool {
        self.breaks == 0 && self.all.last().is_some_and(|last| last.kind == Kind::Text)
    }

    /// Adds the text that ends at a byte.
    fn text(&mut self, end: usize, style: ScalarStyle) {
        if !is_block(style) {
            self.put(Kind::Text, end.saturating_sub(self.at));
            return;
        }
        let mut headers = self.all.iter().rev().filter(|token| token.kind == Kind::Header);
        let header = headers.next().map_or("", |token| token.text);
        let digit = header.chars().find_map(|c| c.to_digit(10));
        let chomp = Chomp {
            keeps: header.contains('+'),
            indent: digit.and_then(|digit| usize::try_from(digit).ok()),
        };
        let indent = self.column;
        let whole = self.source.get(self.at..end).unwrap_or_default();
        // The indentation of what follows is no part of it.
        let whole = match whole.trim_end_matches(' ') {
            ended if end < self.source.len() && without_break(ended).is_some() => ended,
            _ => whole,
        };
        if whole.is_empty() {
            self.put(Kind::Block(chomp), 0);
            self.breaks = 1;
            return;
        }
        // What follows starts in a new line; blank lines before it are its own, or those of the text.
        let mut text = without_break(whole).unwrap_or(whole);
        let mut breaks = 1;
        while !chomp.keeps
            && let Some(shorter) = without_break(text.trim_end_matches(' '))
            && text.len() - text.trim_end_matches(' ').len() <= indent
        {
            text = shorter;
            breaks += 1;
        }
        let length = text.len();
        self.put(Kind::Block(chomp), length);
        self.pass(whole.len() - length);
        (self.breaks, self.line, self.column) = (breaks, self.line + breaks, 0);
    }

    fn put(&mut self, kind: Kind, length: usize) {
        let text = self.source.get(self.at..self.at + length).unwrap_or_default();
        let (start, breaks, line, column) = (self.at, self.breaks, self.line, self.column);
        let token = Token { kind, text, start, breaks, line, column };
        self.pass(length);
        self.line += text.matches('\n').count().max(text.matches('\r').count());
        self.column = token.end();
        self.breaks = 0;
        self.all.push(token);
    }

    fn pass(&mut self, length: usize) {
        self.at += length;
        self.column += length;
    }
}

/// A text without the line break at its end, if it has one.
fn without_break(text: &str) -> Option<&str> {
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r']))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
