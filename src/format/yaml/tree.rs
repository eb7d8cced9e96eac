//! Events of the YAML parser into a tree, up to the first error.

use super::{Node, Scalar, Value};
use crate::diagnostic::Diagnostic;
use crate::text::LineIndex;
use serde_yaml::granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, Tag,
};
use std::collections::HashSet;
use std::ops::Range;

/// Collections inside collections; a briefing needs eight.
const MAX_DEPTH: usize = 32;

/// Reads one stretch of the source, and says where it broke off.
pub fn part<'s>(
    text: &'s str,
    base: usize,
    lines: &LineIndex,
    found: &mut Vec<Diagnostic>,
) -> (Option<Node<'s>>, Option<usize>) {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { text, base, lines, found, stack: Vec::new(), root: None };
    let mut documents = 0;
    // A value takes four bytes at least in a real file; this bounds the memory of a hostile one.
    let mut budget = 1000 + text.len() / 3;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(ok) => ok,
            Err(error) => {
                let at = builder.syntax_error(&error);
                builder.unwind();
                let deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
                return (builder.root, (!deep).then_some(at));
            }
        };
        if let Event::DocumentStart(..) = event {
            documents += 1;
        }
        let bytes = span.byte_range().unwrap_or(0..0);
        let bytes = base + bytes.start..base + bytes.end;
        if documents > 1 {
            let help = "put the second document into a file of its own";
            builder.error(
                "second-document",
                bytes,
                "a briefing file holds one YAML document",
                help,
            );
            break;
        }
        budget = budget.saturating_sub(1);
        if budget == 0 {
            let help = "is this a briefing? a file of this length does not hold that many values";
            builder.error("too-many-values", bytes, "too many YAML values", help);
            builder.unwind();
            return (builder.root, None);
        }
        builder.event(event, bytes);
    }
    builder.unwind();
    (builder.root, None)
}

/// A collection that is still open.
struct Frame<'s> {
    start: usize,
    kind: Open<'s>,
}

enum Open<'s> {
    List(Vec<Node<'s>>),
    Map { entries: Vec<(Node<'s>, Node<'s>)>, key: Option<Node<'s>> },
}

struct Builder<'s, 'a> {
    text: &'s str,
    base: usize,
    lines: &'a LineIndex<'a>,
    found: &'a mut Vec<Diagnostic>,
    stack: Vec<Frame<'s>>,
    root: Option<Node<'s>>,
}

impl<'s> Builder<'s, '_> {
    fn event(&mut self, event: Event<'s>, bytes: Range<usize>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.properties(anchor, tag.as_deref(), &bytes, true);
                let scalar = Scalar { text, style };
                self.put(Node { bytes, value: Value::Scalar(scalar), torn: false });
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.properties(anchor, tag.as_deref(), &bytes, style == StructureStyle::Block);
                self.stack.push(Frame { start: bytes.start, kind: Open::List(Vec::new()) });
            }
            Event::MappingStart(style, anchor, tag) => {
                self.properties(anchor, tag.as_deref(), &bytes, style == StructureStyle::Block);
                let kind = Open::Map { entries: Vec::new(), key: None };
                self.stack.push(Frame { start: bytes.start, kind });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end, false),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let help = "write the text out; or quote it, if it is meant to start with `*`";
                self.error("alias", bytes.clone(), "YAML aliases are not read", help);
                let text = self.text.get(bytes.start - self.base..bytes.end - self.base);
                let scalar =
                    Scalar { text: text.unwrap_or_default().into(), style: ScalarStyle::Plain };
                self.put(Node { bytes, value: Value::Scalar(scalar), torn: true });
            }
            _ => {}
        }
    }

    /// Anchors and tags are not part of the format; where they stand, text was likely meant.
    fn properties(&mut self, anchor: usize, tag: Option<&Tag>, bytes: &Range<usize>, warn: bool) {
        if anchor != 0 && warn {
            let message = "YAML read the word after `&` as an anchor, not as text";
            let at = self.property('&', bytes);
            self.found.push(
                Diagnostic::warning("anchor", message)
                    .at(self.lines.span(at))
                    .help("put the text in quotes"),
            );
        }
        let Some(tag) = tag.filter(|t| !t.is_yaml_core_schema()) else {
            return;
        };
        let message = format!("YAML read `{}` as a tag, not as text", tag.original());
        let at = self.property('!', bytes);
        let diagnostic = if warn {
            Diagnostic::warning("tag", message)
        } else {
            Diagnostic::error("tag", message)
        };
        self.found.push(diagnostic.at(self.lines.span(at)).help("put the text in quotes"));
    }

    /// The bytes of an anchor or tag that stands before `bytes`.
    fn property(&self, sign: char, bytes: &Range<usize>) -> Range<usize> {
        let before = self.text.get(..bytes.start.saturating_sub(self.base)).unwrap_or_default();
        match before.rfind(sign) {
            Some(at) => {
                let word = before.get(at..).unwrap_or_default();
                let end = word.find(char::is_whitespace).unwrap_or(word.len());
                self.base + at..self.base + at + end
            }
            None => bytes.clone(),
        }
    }

    fn put(&mut self, node: Node<'s>) {
        match self.stack.last_mut().map(|frame| &mut frame.kind) {
            None => self.root = Some(node),
            Some(Open::List(items)) => items.push(node),
            Some(Open::Map { key: key @ None, .. }) => *key = Some(node),
            Some(Open::Map { entries, key }) => {
                if let Some(key) = key.take() {
                    entries.push((key, node));
                }
            }
        }
    }

    fn close(&mut self, end: usize, torn: bool) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        // A block collection ends with its last part, not where the next one starts.
        let (value, last) = match frame.kind {
            Open::List(items) => {
                let last = items.last().map(|n| n.bytes.end);
                (Value::List(items), last)
            }
            Open::Map { entries, .. } => {
                let last = entries.last().map(|(_, v)| v.bytes.end);
                (Value::Map(self.check_keys(entries)), last)
            }
        };
        let end = last.unwrap_or(end).max(frame.start);
        self.put(Node { bytes: frame.start..end, value, torn });
    }

    /// Closes what an error left open.
    fn unwind(&mut self) {
        while let Some(frame) = self.stack.last() {
            let end = frame.start;
            self.close(end, true);
        }
    }

    /// Drops keys that are no text and keys that occur twice.
    fn check_keys(&mut self, entries: Vec<(Node<'s>, Node<'s>)>) -> Vec<(Node<'s>, Node<'s>)> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut kept: Vec<(Node, Node)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Some(text) = key.text() else {
                let help = "start the value with a quote if it is meant to be text";
                self.error("key-not-text", key.bytes.clone(), "a key must be a word", help);
                continue;
            };
            // Few keys are compared one by one: most mappings are small.
            let repeated = if kept.len() < 16 {
                kept.iter().any(|(k, _)| k.text() == Some(text))
            } else {
                if seen.is_empty() {
                    seen.extend(kept.iter().filter_map(|(k, _)| k.text().map(str::to_owned)));
                }
                !seen.insert(text.to_owned())
            };
            if repeated {
                let first = kept.iter().find(|(k, _)| k.text() == Some(text));
                let mut diagnostic =
                    Diagnostic::error("repeated-key", format!("`{text}` is given twice"))
                        .at(self.lines.span(key.bytes.clone()))
                        .help("the first one counts; join the two or remove one");
                if let Some((first, _)) = first {
                    diagnostic =
                        diagnostic.label(self.lines.span(first.bytes.clone()), "first here");
                }
                self.found.push(diagnostic);
            } else {
                kept.push((key, value));
            }
        }
        kept
    }

    fn error(&mut self, code: &'static str, bytes: Range<usize>, message: &str, help: &str) {
        let diagnostic = Diagnostic::error(code, message).at(self.lines.span(bytes)).help(help);
        self.found.push(diagnostic);
    }

    /// Reports what the parser could not read, and says where.
    fn syntax_error(&mut self, error: &ScanError) -> usize {
        use ErrorKind as E;
        let mut at = error.marker().byte_offset().unwrap_or(0);
        let rest = self.text.get(at..).unwrap_or_default();
        let (message, help) = match error.kind() {
            E::TabInPlainScalar
            | E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabAtBlockScalarStart => {
                at += rest.find('\t').unwrap_or(0);
                ("YAML does not allow a tab here".into(), "indent with spaces")
            }
            E::MappingValueNotAllowed | E::InvalidColonPlacement => (
                "a `:` stands where YAML does not expect one".into(),
                "put text that holds `: ` in quotes; if it is a key, check its indentation",
            ),
            E::UnclosedQuotedScalar => {
                ("this quote is not closed".into(), "close it on the same line")
            }
            E::UnclosedFlowCollection { open } => {
                (format!("this `{open}` is not closed"), "close it, or put the text in quotes")
            }
            E::UnexpectedCharacter { character } => (
                format!("text cannot start with or hold `{character}` here"),
                "put the text in quotes",
            ),
            E::InvalidTrailingSingleQuotedScalar => (
                "text after the closing quote".into(),
                "write a single quote inside single quotes twice: `'it''s'`",
            ),
            E::InvalidTrailingDoubleQuotedScalar => (
                "text after the closing quote".into(),
                "write a double quote inside double quotes as `\\\"`",
            ),
            E::RecursionLimitExceeded => {
                (format!("nested to a depth of more than {MAX_DEPTH}"), "is this a briefing?")
            }
            E::ExpectedBlockMappingKey | E::InvalidIndentation => (
                "this line is indented unlike the lines before it".into(),
                "line up the keys of a card; indent the lines of a text block equally",
            ),
            _ => (error.info().clone(), "see the line and the one before it"),
        };
        let start = self.base + at;
        let first = self.text.get(at..).and_then(|t| t.chars().next());
        let end = start + first.map_or(0, char::len_utf8);
        self.error("yaml", start..end, &message, help);
        // Reading goes on after the line that the parser was at.
        self.base + error.marker().byte_offset().unwrap_or(0).max(at)
    }
}
