//! YAML text into a tree of nodes with their places. The only file that knows the YAML parser.
//!
//! Reading never fails: what is broken becomes a diagnostic, and reading goes on at the next item
//! or key, so that an error costs neither what stands before it nor what comes after.

mod tree;

use crate::diagnostic::Diagnostic;
use crate::text::LineIndex;
use serde_yaml::granit_parser::ScalarStyle;
use std::borrow::Cow;
use std::ops::Range;
use tree::part;

/// Errors after which reading does not start again.
const MAX_RESTARTS: usize = 100;

/// A piece of YAML and the bytes it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// What it is.
    pub value: Value<'s>,
    /// Whether an error cut it off, so that what is missing in it is no news.
    pub torn: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'s> {
    /// Text; what it means is for the reader of the node to say.
    Scalar(Scalar<'s>),
    /// A sequence.
    List(Vec<Node<'s>>),
    /// A mapping, in the order of the file; keys are scalars and occur once.
    Map(Vec<(Node<'s>, Node<'s>)>),
}

/// Text and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar<'s> {
    /// The text after YAML's own escapes.
    pub text: Cow<'s, str>,
    /// How it is written.
    pub style: ScalarStyle,
}

impl Node<'_> {
    /// The text, if the node is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Whether it is text without quotes, which other programs may read as a number or a date.
    pub fn is_plain(&self) -> bool {
        matches!(&self.value, Value::Scalar(s) if s.style == ScalarStyle::Plain)
    }

    /// Whether nothing is written there, or one of YAML's words for nothing.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(s) if s.style == ScalarStyle::Plain
            && (self.bytes.is_empty() || matches!(&*s.text, "" | "~" | "null" | "Null" | "NULL")))
    }
}

impl Node<'_> {
    /// The value of a key, if the node is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(k, _)| k.text() == Some(key)).map(|(_, value)| value)
    }

    /// The entries, if the node is a list.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The keys and values, if the node is a mapping.
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

/// Reads the first document of `source`.
pub fn read<'s>(
    source: &'s str,
    lines: &LineIndex,
    found: &mut Vec<Diagnostic>,
) -> Option<Node<'s>> {
    let (mut root, mut error) = part(source, 0, lines, found);
    let mut restarts = 0;
    while let Some(at) = error {
        restarts += 1;
        if restarts > MAX_RESTARTS {
            break;
        }
        let Some(start) = next_start(source, at, root.as_ref()) else {
            break;
        };
        let text = source.get(start.bytes.clone()).unwrap_or_default();
        let (more, failed) = part(text, start.bytes.start, lines, found);
        merge(&mut root, more, start.item);
        // A list that was read to its end is followed by a key.
        error = failed.or(start.item.then_some(start.bytes.end.saturating_sub(1)));
    }
    root
}

/// Where reading can go on after an error.
struct Start {
    bytes: Range<usize>,
    /// Whether an item of the torn list starts here, or else a key of the root.
    item: bool,
}

/// The next line after `at` that starts an item of the torn list or a key of the root.
fn next_start(source: &str, at: usize, root: Option<&Node>) -> Option<Start> {
    let dash = root.and_then(torn_list).and_then(|list| dash_column(source, list));
    let mut lines = line_starts(source, at).map(|start| (start, source.get(start..).unwrap_or("")));
    let is_key = |line: &str| {
        line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_'))
    };
    let is_item = |line: &str| {
        dash.is_some_and(|column| {
            line.get(..column).is_some_and(|indent| indent.bytes().all(|b| b == b' '))
                && line.get(column..).is_some_and(|rest| rest.starts_with("- "))
        })
    };
    let (start, line) = lines.find(|(_, line)| is_key(line) || is_item(line))?;
    let item = is_item(line);
    let end = if item { lines.find(|(_, line)| is_key(line)).map(|(end, _)| end) } else { None };
    Some(Start { bytes: start..end.unwrap_or(source.len()), item })
}

/// Offsets of the lines that start after `at`.
fn line_starts(source: &str, at: usize) -> impl Iterator<Item = usize> {
    let bytes = source.as_bytes();
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr2_iter(b'\n', b'\r', rest).map(move |offset| at + offset + 1)
}

/// The list that an error cut off, if it was a list of the root.
fn torn_list<'a, 's>(root: &'a Node<'s>) -> Option<&'a [Node<'s>]> {
    match &root.value {
        Value::List(items) => Some(items),
        Value::Map(entries) => match &entries.last()?.1.value {
            Value::List(items) => Some(items),
            _ => None,
        },
        Value::Scalar(_) => None,
    }
}

/// Column of the dashes of a block list.
fn dash_column(source: &str, list: &[Node]) -> Option<usize> {
    let before = source.get(..list.first()?.bytes.start)?;
    let line = before.rsplit(['\n', '\r']).next()?;
    let column = line.bytes().take_while(|b| *b == b' ').count();
    line.get(column..)?.starts_with('-').then_some(column)
}

/// Adds what was read after an error to what was read before.
fn merge<'s>(root: &mut Option<Node<'s>>, more: Option<Node<'s>>, item: bool) {
    let Some(more) = more else { return };
    let Some(root) = root else {
        *root = Some(more);
        return;
    };
    root.bytes.end = more.bytes.end.max(root.bytes.end);
    let list = match &mut root.value {
        Value::List(items) => Some(items),
        Value::Map(entries) if item => match entries.last_mut().map(|(_, v)| &mut v.value) {
            Some(Value::List(items)) => Some(items),
            _ => None,
        },
        Value::Map(entries) => {
            if let Value::Map(new) = more.value {
                for (key, value) in new {
                    if !entries.iter().any(|(k, _)| k.text() == key.text()) {
                        entries.push((key, value));
                    }
                }
            }
            return;
        }
        Value::Scalar(_) => None,
    };
    if let (Some(list), Value::List(new)) = (list, more.value) {
        list.extend(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(source: &str) -> (String, Vec<String>) {
        let lines = LineIndex::new(source);
        let mut found = Vec::new();
        let node = read(source, &lines, &mut found);
        let shown = node.map_or("-".into(), |n| show(&n));
        (shown, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
    }

    fn show(node: &Node) -> String {
        match &node.value {
            Value::Scalar(s) => s.text.to_string(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
            }
            Value::Map(entries) => {
                let entries: Vec<_> =
                    entries.iter().map(|(k, v)| format!("{}: {}", show(k), show(v))).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    #[test]
    fn keeps_the_spelling_of_values() {
        let (tree, found) = tree("a: 1.10\nb: No\nc: 0755\nd: 2026-01-03\ne: ''\n");
        assert_eq!(tree, "{a: 1.10, b: No, c: 0755, d: 2026-01-03, e: }");
        assert!(found.is_empty());
    }

    #[test]
    fn an_error_costs_neither_what_is_before_nor_what_is_after() {
        let (tree, found) = tree(
            "title: T\ncards:\n  - id: a\n    title: A: the first\n  - id: b\n    title: B\n  - id: c\n    title: \"C\n  - id: d\nlast: x\n",
        );
        assert_eq!(
            tree,
            "{title: T, cards: [{id: a, title: A}, {id: b, title: B}, {id: c}, {id: d}], last: x}"
        );
        assert_eq!(
            found,
            [":4:13 a `:` stands where YAML does not expect one", ":8:12 this quote is not closed",]
        );
    }

    #[test]
    fn items_without_indentation_are_found_again() {
        let (tree, found) = tree("cards:\n- id: a\n   title: x\n- id: b\ngaps: []\n");
        assert_eq!(tree, "{cards: [{id: a title}, {id: b}], gaps: []}");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn names_the_tab_where_it_is() {
        let (_, found) = tree("title: t\ncards:\n- id: a\n\ttitle: x\n");
        assert_eq!(found, [":4:1 YAML does not allow a tab here"]);
    }

    #[test]
    fn reports_repeated_keys_and_keeps_the_first() {
        let (tree, found) = tree("title: a\ntitle: b\n");
        assert_eq!(tree, "{title: a}");
        assert_eq!(found, [":2:1 `title` is given twice"]);
    }

    #[test]
    fn reads_no_aliases_anchors_tags_or_second_documents() {
        let (_, found) = tree("a: *x\nb: &co\nc: !important\n---\nd: 1\n");
        assert_eq!(
            found,
            [
                ":1:4 YAML aliases are not read",
                ":2:4 YAML read the word after `&` as an anchor, not as text",
                ":3:4 YAML read `!important` as a tag, not as text",
                ":4:1 a briefing file holds one YAML document",
            ]
        );
    }

    #[test]
    fn deep_nesting_is_an_error_and_quick() {
        for source in
            ["[".repeat(50_000), "{a: ".repeat(20_000), "- ".repeat(50_000), "? ".repeat(20_000)]
        {
            let (_, found) = tree(&source);
            assert!(found.iter().any(|f| f.contains("nested to a depth")), "{found:?}");
        }
    }

    #[test]
    fn many_values_in_a_short_text_are_refused() {
        let (_, found) = tree(&format!("a: [{}]", "a,".repeat(100_000)));
        let [found] = &found[..] else { panic!("{found:?}") };
        assert!(found.ends_with("too many YAML values"), "{found}");
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        let (tree, _) = tree("a: 1\rb: [\r");
        assert_eq!(tree, "{a: 1, b: []}");
    }
}
