//! The text of a query, word by word.

use super::{Filter, How, Query, QueryError, Term, field};
use crate::search::words::clean;
use std::ops::Range;

/// Words and filters of a query at most.
const MOST: usize = 32;
/// Quotation marks; each may open and close.
const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// A word of the query, or words between quotation marks.
struct Value<'q> {
    text: &'q str,
    at: Range<usize>,
    quoted: bool,
    /// Whether the last word may go on.
    open: bool,
}

pub fn query(input: &str) -> Result<Query, QueryError> {
    let mut query = Query { written: input.trim().to_owned(), ..Query::default() };
    let mut at = 0;
    loop {
        let rest = input.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(query);
        }
        let start = at;
        at = one(input, start, &mut query)?;
        if query.terms.len() + query.filters.len() > MOST {
            let message = format!("more than {MOST} words");
            let help = "put words that stand together in quotes";
            return Err(QueryError::new(start..input.len(), &message, help));
        }
    }
}

/// Reads one word, with its sign and field, at `start`; the byte after it.
fn one(input: &str, start: usize, query: &mut Query) -> Result<usize, QueryError> {
    let rest = input.get(start..).unwrap_or_default();
    // `--long` is an option that is looked for, a single hyphen a sign of punctuation.
    let signed = rest.strip_prefix('-').filter(|rest| {
        rest.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '-' | '>' | '='))
    });
    let negated = signed.is_some();
    let body = start + usize::from(negated);
    let rest = signed.unwrap_or(rest);
    let Some((name, length)) = field_name(rest) else {
        let value = value(input, body);
        let end = value.at.end;
        query.terms.extend(term(&value, start, negated, false));
        return Ok(end);
    };
    let name_at = body..body + length;
    let value = value(input, name_at.end);
    let end = value.at.end;
    let known = field::NAMES.contains(&name);
    if value.text.trim().is_empty() && !known {
        // `Error:` is a word of a text.
        let colon = Value { text: rest.get(..length).unwrap_or_default(), at: name_at, ..value };
        query.terms.extend(term(&colon, start, negated, false));
        return Ok(colon.at.end.max(end));
    }
    if value.text.trim().is_empty() {
        let message = format!("`{name}:` needs a value");
        let help = format!("write it without a space, such as {}", field::example(name));
        return Err(QueryError::new(start..end, &message, &help));
    }
    if name == "title" {
        query.terms.extend(term(&value, start, negated, true));
    } else {
        let test = field::test(name, name_at, value.text, value.at)?;
        query.filters.push(Filter { test, negated, at: start..end });
    }
    Ok(end)
}

/// The name of the field at the start of a word, and its length with the colon.
fn field_name(word: &str) -> Option<(&str, usize)> {
    let (name, rest) = word.split_once(':')?;
    let is_name = name.len() > 1 && name.bytes().all(|b| b.is_ascii_lowercase());
    // `std::fs` and `https://` are words.
    (is_name && !rest.starts_with([':', '/'])).then_some((name, name.len() + 1))
}

/// The word at `start`, or what stands between quotation marks. A quotation that is not closed runs
/// to the end, and its last word may go on: it is still being typed.
fn value(input: &str, start: usize) -> Value<'_> {
    let rest = input.get(start..).unwrap_or_default();
    let near = usize::from(rest.starts_with('~'));
    let after = rest.get(near..).unwrap_or_default();
    if let Some(inside) = after.strip_prefix(QUOTES) {
        let from = start + rest.len() - inside.len();
        let close = inside.find(QUOTES);
        let text = inside.get(..close.unwrap_or(inside.len())).unwrap_or_default();
        let mark = close.and_then(|at| inside.get(at..)?.chars().next()).map_or(0, char::len_utf8);
        let mut end = from + text.len() + mark;
        let star = close.is_some() && input.get(end..).is_some_and(|rest| rest.starts_with('*'));
        end += usize::from(star);
        return Value { text, at: start..end, quoted: true, open: star || close.is_none() };
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let text = rest.get(..end).unwrap_or_default();
    Value { text, at: start..start + end, quoted: false, open: false }
}

/// A value as words to be found; `None` if there is nothing in it that could be.
fn term(value: &Value, start: usize, negated: bool, in_title: bool) -> Option<Term> {
    let letters = |text: &str| text.contains(char::is_alphanumeric);
    let (text, how) = if value.quoted {
        (value.text, if value.open { How::Start } else { How::Whole })
    } else if let Some(word) = value.text.strip_prefix('~').filter(|word| letters(word)) {
        (word, How::Near)
    } else if let Some(word) = value.text.strip_suffix('*').filter(|word| letters(word)) {
        (word, How::Start)
    } else {
        // Who excludes `art` does not mean `party`.
        (value.text, if negated { How::Whole } else { How::Anywhere })
    };
    let words = clean(text);
    (!words.is_empty()).then_some(Term { words, how, in_title, negated, at: start..value.at.end })
}
