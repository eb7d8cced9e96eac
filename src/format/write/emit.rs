//! Values as YAML: what stands on one line, what in a block, how far in. Knows no model.

use super::scalar;
use crate::model::{PartialDate, Prose};

/// Columns of a line that people still like to read.
const WIDTH: usize = 100;
/// Columns of a mapping on one line.
const LINE: usize = 200;
/// Columns by which what belongs to something stands further in.
const STEP: usize = 2;

/// Something to be written.
#[derive(Debug)]
pub enum Value {
    /// A name or a few words: without quotes if they cannot be misread.
    Word(String),
    /// What must be in quotes.
    Quoted(String),
    /// Text for readers: in quotes, folded or in a block.
    Prose(String),
    /// A number.
    Number(u64),
    /// `true`.
    True,
    /// A list, an item to a line.
    List(Vec<Value>),
    /// A short list, on one line if it fits.
    Row(Vec<Value>),
    /// A mapping, a key to a line.
    Map(Map),
    /// A short mapping, on one line if it fits.
    Line(Map),
}

/// Keys and their values, in order. What says nothing is not added.
#[derive(Debug, Default)]
pub struct Map(pub Vec<(String, Value)>);

impl Map {
    /// With a key.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.0.push((key.to_owned(), value));
        self
    }

    /// With a name or a few words.
    pub fn word(self, key: &str, word: &str) -> Self {
        self.with(key, Value::Word(word.to_owned()))
    }

    /// With a name or a few words, if there are any.
    pub fn maybe(self, key: &str, word: Option<impl AsRef<str>>) -> Self {
        match word {
            Some(word) => self.word(key, word.as_ref()),
            None => self,
        }
    }

    /// With a number, if there is one.
    pub fn number(self, key: &str, number: Option<u64>) -> Self {
        match number {
            Some(number) => self.with(key, Value::Number(number)),
            None => self,
        }
    }

    /// With a date, if there is one.
    pub fn date(self, key: &str, date: Option<PartialDate>) -> Self {
        match date {
            Some(date) => self.with(key, Value::Quoted(date.to_string())),
            None => self,
        }
    }

    /// With a text, if there is one.
    pub fn prose(self, key: &str, prose: Option<&Prose>) -> Self {
        match prose {
            Some(prose) => self.with(key, Value::Prose(prose.source.to_string())),
            None => self,
        }
    }

    /// With `true`, if it is.
    pub fn truth(self, key: &str, is: bool) -> Self {
        if is { self.with(key, Value::True) } else { self }
    }

    /// With a list of names, if there are any.
    pub fn row(self, key: &str, names: impl Iterator<Item = String>) -> Self {
        let names: Vec<_> = names.map(Value::Word).collect();
        if names.is_empty() { self } else { self.with(key, Value::Row(names)) }
    }

    /// With a list, if there is anything in it.
    pub fn list(self, key: &str, items: Vec<Value>) -> Self {
        if items.is_empty() { self } else { self.with(key, Value::List(items)) }
    }

    /// With a mapping, if there is anything in it.
    pub fn map(self, key: &str, map: Map) -> Self {
        if map.0.is_empty() { self } else { self.with(key, Value::Map(map)) }
    }
}

/// Writes a mapping, `indent` columns in.
pub fn map(out: &mut String, map: &Map, indent: usize) {
    for (number, entry) in map.0.iter().enumerate() {
        // The first key of an item stands behind its dash.
        if number > 0 || out.is_empty() || out.ends_with('\n') {
            space(out, indent);
        }
        pair(out, entry, indent);
    }
}

/// Writes an item of a list whose dash stands `indent` columns in.
pub fn item(out: &mut String, value: &Value, indent: usize) {
    space(out, indent);
    out.push_str("- ");
    match value {
        Value::Map(entries) => map(out, entries, indent + STEP),
        Value::Line(entries) => match on_line(value, indent + STEP, LINE) {
            Some(line) => push_line(out, &line),
            None => map(out, entries, indent + STEP),
        },
        Value::Prose(text) => push_block(out, text, indent, indent + STEP),
        value => push_line(out, &on_line(value, 0, usize::MAX).unwrap_or_default()),
    }
}

/// Writes a key and its value.
fn pair(out: &mut String, (key, value): &(String, Value), indent: usize) {
    let key = scalar::word(key, false);
    out.push_str(&key);
    out.push(':');
    let column = indent + key.chars().count() + 2;
    match value {
        Value::Map(entries) => {
            out.push('\n');
            map(out, entries, indent + STEP);
        }
        Value::Line(entries) => match on_line(value, column, LINE) {
            Some(line) => push_value(out, &line),
            None => {
                out.push('\n');
                map(out, entries, indent + STEP);
            }
        },
        Value::Row(items) if !items.is_empty() => match on_line(value, column, WIDTH) {
            Some(line) => push_value(out, &line),
            None => list(out, items, indent),
        },
        Value::List(items) => list(out, items, indent),
        Value::Prose(text) => {
            out.push(' ');
            push_block(out, text, column, indent + STEP);
        }
        Value::Word(text) => push_value(out, &scalar::word(text, false)),
        value => push_value(out, &on_line(value, 0, usize::MAX).unwrap_or_default()),
    }
}

fn list(out: &mut String, items: &[Value], indent: usize) {
    out.push('\n');
    for value in items {
        item(out, value, indent + STEP);
    }
}

/// A text behind its key: in quotes if it is short, else in a block that stands `indent` columns in.
fn push_block(out: &mut String, text: &str, column: usize, indent: usize) {
    if let Some(header) = scalar::literal(text) {
        out.push_str(&header);
        for line in text.trim_end_matches('\n').split('\n') {
            out.push('\n');
            if !line.is_empty() {
                space(out, indent);
            }
            out.push_str(line);
        }
        out.push('\n');
        return;
    }
    let quoted = scalar::quoted(text);
    if column + quoted.chars().count() > WIDTH && scalar::can_fold(text) {
        out.push_str(">-");
        for line in scalar::folded(text, WIDTH.saturating_sub(indent)) {
            out.push('\n');
            space(out, indent);
            out.push_str(line);
        }
        out.push('\n');
        return;
    }
    push_line(out, &quoted);
}

/// A value on one line, if it fits.
fn on_line(value: &Value, column: usize, width: usize) -> Option<String> {
    let line = match value {
        Value::Word(text) => scalar::word(text, true),
        Value::Prose(text) if text.contains('\n') && width < usize::MAX => return None,
        Value::Quoted(text) | Value::Prose(text) => scalar::quoted(text),
        Value::Number(number) => number.to_string(),
        Value::True => "true".to_owned(),
        Value::List(items) | Value::Row(items) => {
            let items: Option<Vec<_>> = items.iter().map(|v| on_line(v, column, width)).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Map(map) | Value::Line(map) => {
            let pairs = map.0.iter().map(|(key, value)| {
                Some(format!("{}: {}", scalar::word(key, true), on_line(value, column, width)?))
            });
            format!("{{{}}}", pairs.collect::<Option<Vec<_>>>()?.join(", "))
        }
    };
    (column.saturating_add(line.chars().count()) <= width).then_some(line)
}

fn push_value(out: &mut String, value: &str) {
    out.push(' ');
    push_line(out, value);
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn space(out: &mut String, columns: usize) {
    out.extend(std::iter::repeat_n(' ', columns));
}
