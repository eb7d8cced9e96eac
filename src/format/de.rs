//! A serde deserializer over the tree that reports what it cannot use and goes on. Types say what
//! they want; nothing that is wrong in one field costs another.

mod values;

pub use values::{Entries, Lenient, List, Spanned, Text, Written};

use super::yaml::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, Span, nearest};
use serde::de::{
    self, Deserialize, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_yaml::granit_parser::ScalarStyle;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

/// Names by which the types of `values` ask for more than serde's own model can give.
const SPANNED: &str = "$spanned";
const TEXT: &str = "$text";
const LENIENT: &str = "$lenient";
const WRITTEN: &str = "$written";
/// A struct named `short:field` may be written as the value of that field alone.
const SHORT: &str = "short:";

/// What a deserializer shares: where lines start, and what was found.
pub struct Context<'a> {
    /// The lines of the source.
    lines: &'a LineIndex<'a>,
    /// What was found so far.
    found: RefCell<Vec<Diagnostic>>,
}

impl<'a> Context<'a> {
    /// A context to which nothing was reported yet.
    pub fn new(lines: &'a LineIndex<'a>) -> Self {
        Self { lines, found: RefCell::new(Vec::new()) }
    }

    /// Adds a finding.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Whether nothing was found so far.
    pub fn is_content(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// What was found.
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// The place of a byte range.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.lines.span(bytes)
    }
}

/// Reads a value out of a node. `None` if nothing of it could be used.
pub fn read<'a, T: Deserialize<'a>>(node: &'a Node<'a>, context: &'a Context<'a>) -> Option<T> {
    T::deserialize(De { node, context }).ok()
}

/// An error that was reported already, or else its message.
#[derive(Debug)]
struct Failed(Option<String>);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("reported already"))
    }
}

impl std::error::Error for Failed {}

impl de::Error for Failed {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Some(message.to_string()))
    }
}

#[derive(Clone, Copy)]
struct De<'a> {
    node: &'a Node<'a>,
    context: &'a Context<'a>,
}

impl<'a> De<'a> {
    fn wrong(&self, expected: &str) -> Failed {
        let got = match &self.node.value {
            Value::Scalar(_) if self.node.is_null() => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        };
        let message = format!("expected {expected}, found {got}");
        let bytes = self.node.bytes.clone();
        let mut diagnostic = Diagnostic::error("wrong-type", message).at(self.context.span(bytes));
        if got == "a mapping" || got == "a list" {
            diagnostic =
                diagnostic.help("text that starts with `{` or `[` or holds `: ` needs quotes");
        }
        self.context.report(diagnostic);
        Failed(None)
    }

    fn scalar(&self, expected: &str) -> Result<&'a str, Failed> {
        self.node.text().ok_or_else(|| self.wrong(expected))
    }

    /// Reports an error that serde made, here.
    fn settle<T>(&self, result: Result<T, Failed>) -> Result<T, Failed> {
        result.map_err(|error| {
            if let Failed(Some(message)) = error {
                let bytes = self.node.bytes.clone();
                self.context
                    .report(Diagnostic::error("wrong-type", message).at(self.context.span(bytes)));
            }
            Failed(None)
        })
    }

    fn entries(
        &self,
        expected: impl FnOnce() -> String,
    ) -> Result<&'a [(Node<'a>, Node<'a>)], Failed> {
        match &self.node.value {
            Value::Map(entries) => Ok(entries),
            _ => Err(self.wrong(&expected())),
        }
    }
}

impl<'de> de::Deserializer<'de> for De<'de> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        match &self.node.value {
            Value::Scalar(scalar) => self.settle(visitor.visit_str(&scalar.text)),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        match self.scalar("`true` or `false`")? {
            "true" | "True" | "TRUE" => self.settle(visitor.visit_bool(true)),
            "false" | "False" | "FALSE" => self.settle(visitor.visit_bool(false)),
            _ => Err(self.wrong("`true` or `false`")),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        let text = self.scalar("a whole number")?;
        match text.parse() {
            Ok(number) => self.settle(visitor.visit_u64(number)),
            Err(_) => Err(self.wrong("a whole number")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        let text = self.scalar("text")?;
        self.settle(visitor.visit_str(text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if name == LENIENT && self.node.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        match name {
            SPANNED => visitor.visit_seq(Parts { de: self, at: 0 }),
            TEXT => {
                self.scalar("text")?;
                visitor.visit_seq(Parts { de: self, at: 0 })
            }
            _ => self.deserialize_tuple(len, visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        let nodes = match &self.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(self.node),
        };
        self.settle(visitor.visit_seq(Items { nodes: nodes.iter(), context: self.context }))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        let entries = self.entries(|| "a mapping of names".to_owned())?;
        self.settle(visitor.visit_map(Fields::new(entries, None, self.context)))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if let Some(short) = name.strip_prefix(SHORT)
            && !matches!(self.node.value, Value::Map(_))
        {
            let only = Only { field: Some(short), de: self };
            return self.settle(visitor.visit_map(only));
        }
        let entries = self.entries(|| format!("a mapping with {}", some_of(fields)))?;
        self.settle(visitor.visit_map(Fields::new(entries, Some(fields), self.context)))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf option unit unit_struct
        tuple enum identifier ignored_any
    }
}

/// The first few of a list of keys.
fn some_of(fields: &[&str]) -> String {
    let quoted: Vec<_> = fields.iter().take(4).map(|f| format!("`{f}`")).collect();
    quoted.join(", ")
}

/// Place, state and value of a node, one after the other.
struct Parts<'a> {
    de: De<'a>,
    at: u8,
}

impl<'a> SeqAccess<'a> for Parts<'a> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failed> {
        self.at += 1;
        let node = self.de.node;
        let style = match &node.value {
            Value::Scalar(scalar) => scalar.style,
            _ => ScalarStyle::Plain,
        };
        match self.at {
            1 => seed.deserialize((node.bytes.start as u64).into_deserializer()),
            2 => seed.deserialize((node.bytes.end as u64).into_deserializer()),
            3 => seed.deserialize(node.torn.into_deserializer()),
            4 => seed.deserialize(node.is_null().into_deserializer()),
            5 => seed.deserialize((style as u8).into_deserializer()),
            6 => seed.deserialize(self.de),
            _ => return Ok(None),
        }
        .map(Some)
    }
}

struct Items<'a> {
    nodes: std::slice::Iter<'a, Node<'a>>,
    context: &'a Context<'a>,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failed> {
        let context = self.context;
        self.nodes.next().map(|node| seed.deserialize(De { node, context })).transpose()
    }
}

struct Fields<'a> {
    entries: std::slice::Iter<'a, (Node<'a>, Node<'a>)>,
    /// The keys that are known; any, if none are given.
    known: Option<&'static [&'static str]>,
    value: Option<&'a Node<'a>>,
    context: &'a Context<'a>,
}

impl<'a> Fields<'a> {
    fn new(
        entries: &'a [(Node<'a>, Node<'a>)],
        known: Option<&'static [&'static str]>,
        context: &'a Context<'a>,
    ) -> Self {
        Self { entries: entries.iter(), known, value: None, context }
    }

    fn unknown(&self, key: &Node, known: &'static [&'static str]) {
        let written = key.text().unwrap_or_default();
        let diagnostic = Diagnostic::error("unknown-key", format!("unknown key `{written}`"));
        let help = match nearest(written, known.iter().copied()) {
            _ if written == "<<" => "YAML merge keys are not read; write the keys out".to_owned(),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                let all: Vec<_> = known.iter().map(|k| format!("`{k}`")).collect();
                format!("the keys here are {}", all.join(", "))
            }
        };
        self.context.report(diagnostic.at(self.context.span(key.bytes.clone())).help(help));
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Failed;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failed> {
        while let Some((key, value)) = self.entries.next() {
            if let Some(known) = self.known
                && !key.text().is_some_and(|text| known.contains(&text))
            {
                self.unknown(key, known);
                continue;
            }
            self.value = Some(value);
            return seed.deserialize(De { node: key, context: self.context }).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        let node = self.value.take().ok_or(Failed(None))?;
        seed.deserialize(De { node, context: self.context })
    }
}

/// A struct of which one field is given.
struct Only<'a> {
    field: Option<&'static str>,
    de: De<'a>,
}

impl<'a> MapAccess<'a> for Only<'a> {
    type Error = Failed;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failed> {
        self.field.take().map(|field| seed.deserialize(field.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        seed.deserialize(self.de)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::yaml;

    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Sample {
        title: Written<Spanned<Text>>,
        note: Lenient<Spanned<Text>>,
        count: Lenient<u64>,
        list: List<Spanned<Text>>,
        map: Entries<Text>,
        inner: List<Spanned<Sample>>,
        short: List<Short>,
    }

    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default, rename = "short:name")]
    struct Short {
        name: Lenient<Text>,
        note: Lenient<Text>,
    }

    fn sample(source: &str) -> (Sample, Vec<String>) {
        let lines = LineIndex::new(source);
        let node = yaml::read(source, &lines, &mut Vec::new()).unwrap();
        let context = Context::new(&lines);
        let sample = read(&node, &context).unwrap_or_default();
        let found = context.found.borrow();
        (sample, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
    }

    #[test]
    fn reads_values_with_their_places() {
        let (sample, found) = sample("title: T\ncount: 3\nlist: [a, b]\nmap: {x: 1, y: 2}\n");
        assert!(found.is_empty(), "{found:?}");
        let title = sample.title.0.unwrap();
        assert_eq!((title.value.text.as_str(), title.bytes), ("T", 7..8));
        assert_eq!(sample.count.0, Some(3));
        assert_eq!(sample.list.0[1].value.text, "b");
        assert_eq!(sample.map.0[1].0.value.text, "y");
    }

    #[test]
    fn one_wrong_field_costs_no_other() {
        let (sample, found) = sample(
            "title: [x]\ncount: many\nlist: [a, {b: c}, d]\nmap: no\ninner:\n- {titel: x, note: n}\n- 3\n",
        );
        assert_eq!(sample.list.0.len(), 2);
        assert_eq!(sample.inner.0.len(), 1);
        assert_eq!(sample.inner.0[0].value.note.0.as_ref().unwrap().value.text, "n");
        assert_eq!(
            found,
            [
                ":1:8 expected text, found a list",
                ":2:8 expected a whole number, found text",
                ":3:11 expected text, found a mapping",
                ":4:6 expected a mapping of names, found text",
                ":6:4 unknown key `titel`",
                ":7:3 expected a mapping with `title`, `note`, `count`, `list`, found text",
            ]
        );
    }

    #[test]
    fn one_value_is_a_list_of_one() {
        let (sample, found) = sample("list: a\n");
        assert_eq!((sample.list.0.len(), found.len()), (1, 0));
    }

    #[test]
    fn one_field_may_stand_for_the_whole() {
        let (sample, found) = sample("short: [a, {name: b, note: c}]\n");
        assert!(found.is_empty(), "{found:?}");
        let names: Vec<_> =
            sample.short.0.iter().map(|s| &s.name.0.as_ref().unwrap().text).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(sample.short.0[1].note.0.as_ref().unwrap().text, "c");
    }

    #[test]
    fn null_is_nothing_except_where_words_are_wanted() {
        let (a, found) = sample("title: null\nnote: null\ncount: ~\nlist:\nmap: null\n");
        assert!(found.is_empty(), "{found:?}");
        assert!(a.title.0.as_ref().unwrap().value.null);
        assert_eq!(a.title.0.unwrap().value.text, "null");
        assert!(a.note.0.is_none() && a.count.0.is_none() && a.list.0.is_empty());
        let (b, _) = sample("title:\n");
        assert!(b.title.0.unwrap().bytes.is_empty());
    }
}
