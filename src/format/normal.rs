//! The normal form of a briefing file: the same words, laid out alike. Comments, quotes, the order of
//! keys and the lines of text blocks stay what they are; indentation, spaces, blank lines and the
//! breaks within short brackets are made regular. Who asks gets a text that says the same, or a
//! diagnostic.

mod columns;
mod tokens;
mod writer;

#[cfg(test)]
mod tests;

use super::yaml::{self, Node, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::LineIndex;
use tokens::{Kind, Token, tokens};

/// A briefing file in normal form. What cannot be read as YAML, or would not say the same
/// afterwards, is refused. Lines end as the first one does.
pub fn normal(source: &str) -> Result<String, Diagnostic> {
    let lines = LineIndex::new(source);
    let root = tree(source, &lines)?;
    if root.as_ref().is_some_and(|root| root.text().is_some()) {
        let help = "a briefing file has keys, such as `title:` and `cards:`";
        return Err(Diagnostic::error("no-cards", "a text and no briefing file").help(help));
    }
    let written = tokens(source, root.as_ref()).map_err(|at| {
        let help = "write it as `key: value`, with a word for the key";
        let span = lines.span(at..at);
        Diagnostic::error("yaml", "this way of writing has no normal form").at(span).help(help)
    })?;
    let laid_out = writer::write(&written, &apart(root.as_ref(), &written));
    let out = laid_out.join(end_of_lines(source));
    if says_the_same(&out, root.as_ref(), &written) {
        return Ok(out);
    }
    let help = "tell the authors of this program; the file can stay as it is";
    Err(Diagnostic::error("yaml", "it would not say the same in normal form").help(help))
}

fn tree<'s>(source: &'s str, lines: &LineIndex) -> Result<Option<Node<'s>>, Diagnostic> {
    let mut found = Vec::new();
    let root = yaml::read(source, lines, &mut found);
    match found.into_iter().find(|found| found.severity == Severity::Error) {
        Some(error) => Err(error),
        None => Ok(root),
    }
}

/// How the first line of a text ends.
fn end_of_lines(source: &str) -> &'static str {
    let first = memchr::memchr(b'\n', source.as_bytes()).and_then(|at| at.checked_sub(1));
    if first.is_some_and(|at| source.as_bytes().get(at) == Some(&b'\r')) { "\r\n" } else { "\n" }
}

/// The tokens that a blank line is put before: cards stand apart, unless both take one line.
fn apart(root: Option<&Node>, tokens: &[Token]) -> Vec<usize> {
    let Some(root) = root else { return Vec::new() };
    let cards = root.get("cards").map_or_else(|| root.items(), Node::items);
    let mut apart = Vec::new();
    for (before, card) in cards.iter().zip(cards.iter().skip(1)) {
        let Ok(first) = tokens.binary_search_by_key(&card.bytes.start, |token| token.start) else {
            continue;
        };
        let line = |node: &Node| {
            let inside = tokens.partition_point(|token| token.start < node.bytes.end);
            tokens.get(inside.saturating_sub(1)).map_or(0, |token| token.line)
        };
        let starts = |node: &Node| {
            let at = tokens.partition_point(|token| token.start < node.bytes.start);
            tokens.get(at).map_or(0, |token| token.line)
        };
        let is_long = |node: &Node| starts(node) < line(node);
        if is_long(before) || is_long(card) {
            apart.extend(place_of_gap(tokens, first));
        }
    }
    apart
}

/// The token before which a card begins: its dash, or the comments above it. None if a blank line
/// is there already, or would become part of a text.
fn place_of_gap(tokens: &[Token], first: usize) -> Option<usize> {
    let mut at =
        (0..first).rev().find(|at| tokens.get(*at).is_some_and(|t| t.kind == Kind::Dash))?;
    let dash = tokens.get(at)?;
    loop {
        if tokens.get(at)?.breaks != 1 {
            return None;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before))?;
        let is_above =
            before.kind == Kind::Comment && before.breaks > 0 && before.column == dash.column;
        match before.kind {
            Kind::Block(chomp) if chomp.keeps => return None,
            _ if is_above => at -= 1,
            _ => return Some(at),
        }
    }
}

/// Whether a text has the same values and comments, written in the same style.
fn says_the_same(out: &str, root: Option<&Node>, written: &[Token]) -> bool {
    let lines = LineIndex::new(out);
    let Ok(again) = tree(out, &lines) else { return false };
    let Ok(rewritten) = tokens(out, again.as_ref()) else { return false };
    let comments = |tokens: &[Token]| -> Vec<String> {
        let comments = tokens.iter().filter(|token| token.kind == Kind::Comment);
        comments.map(|token| token.text.to_owned()).collect()
    };
    let same = match (root, again.as_ref()) {
        (None, None) => true,
        (Some(a), Some(b)) => equal(a, b),
        _ => false,
    };
    same && comments(written) == comments(&rewritten)
}

/// Whether two trees hold the same.
fn equal(a: &Node, b: &Node) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        let same = match (&a.value, &b.value) {
            (Value::Scalar(a), Value::Scalar(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                pairs.extend(a.iter().zip(b));
                a.len() == b.len()
            }
            (Value::Map(a), Value::Map(b)) => {
                for ((key, value), (other_key, other)) in a.iter().zip(b) {
                    pairs.extend([(key, other_key), (value, other)]);
                }
                a.len() == b.len()
            }
            _ => false,
        };
        if !same || a.is_null() != b.is_null() {
            return false;
        }
    }
    true
}
