//! Comments in a briefing file that allow findings: `# briefing: allow CODE -- reason`. Such a comment
//! is about the entry that follows it: a card, a key, an item of a list; above the first key about
//! the whole file; behind a value about its line.

use super::subject::Written;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::Node;
use crate::text::Span;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What a comment starts with, behind its `#`.
const MARK: &str = "briefing: allow";

/// A code that a comment allows.
struct Allowed<'a> {
    code: &'a str,
    /// Where the code stands.
    at: Range<usize>,
    /// The bytes whose findings are allowed; none for the whole file.
    bytes: Option<Range<usize>>,
    used: bool,
}

/// Leaves out what is allowed, and says which comments allow nothing.
pub fn apply(all: Vec<Diagnostic>, written: &Written, file: Option<&Arc<Path>>) -> Vec<Diagnostic> {
    if !written.text.contains(MARK) {
        return all;
    }
    let mut allowed = comments(written);
    let mut kept: Vec<Diagnostic> =
        all.into_iter().filter(|found| !is_allowed(found, &mut allowed)).collect();
    // Allowing these two is not asked for: they are about the comments.
    for unused in allowed.iter().filter(|allowed| !allowed.used) {
        let found = about(unused).at(written.lines.span(unused.at.clone()));
        kept.push(match file {
            Some(file) => found.in_file(file),
            None => found,
        });
    }
    kept
}

/// What is to be said about a comment that allows nothing.
fn about(unused: &Allowed) -> Diagnostic {
    let code = unused.code;
    match super::explain(code) {
        Ok(_) => {
            Diagnostic::new(Severity::Info, "needless-allow", format!("there is no `{code}` here"))
                .help("remove the comment, or put it above the entry that it is about")
        }
        Err(near) => {
            let help = near.map_or_else(
                || "`briefing check --explain` lists the codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Diagnostic::warning("unknown-allow", format!("there is no code `{code}`")).help(help)
        }
    }
}

fn is_allowed(found: &Diagnostic, allowed: &mut [Allowed]) -> bool {
    let covers = |allowed: &Allowed| match (&allowed.bytes, found.span) {
        (None, _) => true,
        (Some(bytes), Some(Span { start, .. })) => bytes.contains(&(start as usize)),
        (Some(_), None) => false,
    };
    let mut is_allowed = false;
    for allowed in allowed.iter_mut().filter(|a| a.code == found.code && covers(a)) {
        allowed.used = true;
        is_allowed = true;
    }
    is_allowed
}

/// The codes that comments allow.
fn comments<'a>(written: &Written<'a>) -> Vec<Allowed<'a>> {
    let text = written.text;
    let scalars = scalars(written.root.as_ref());
    let is_text = |at: usize| {
        let before = scalars.partition_point(|bytes| bytes.start <= at);
        before.checked_sub(1).and_then(|i| scalars.get(i)).is_some_and(|bytes| bytes.contains(&at))
    };
    let mut all = Vec::new();
    for (at, _) in text.match_indices(MARK) {
        let line = written.lines.position(at).line;
        let start = written.lines.offset(line);
        let before = text.get(start..at).unwrap_or_default();
        let Some(bare) = before.trim_end().strip_suffix('#') else { continue };
        let is_comment = bare.is_empty() || bare.ends_with([' ', '\t']);
        if !is_comment || is_text(at) {
            continue;
        }
        let end = written.lines.line(line).map_or(text.len(), |line| start + line.len());
        let bytes =
            if bare.trim().is_empty() { following(written, line) } else { Some(start..end) };
        let words = at + MARK.len();
        for code in codes(text.get(words..end).unwrap_or_default()) {
            let at = words + code.start..words + code.end;
            let code = text.get(at.clone()).unwrap_or_default();
            all.push(Allowed { code, at, bytes: bytes.clone(), used: false });
        }
    }
    all
}

/// The codes in what stands behind the mark, up to the reason.
fn codes(text: &str) -> Vec<Range<usize>> {
    let listed = text.split("--").next().unwrap_or_default();
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut codes = Vec::new();
    let mut at = 0;
    for word in listed.split(|c: char| !is_code(c)) {
        if !word.is_empty() {
            codes.push(at..at + word.len());
        }
        at += word.len();
        at += listed.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    codes
}

/// The bytes of the entry that starts on the next line that is no comment; none if it is the first
/// of the file.
fn following(written: &Written, line: u32) -> Option<Range<usize>> {
    let is_blank = |text: &str| text.trim().is_empty() || text.trim_start().starts_with('#');
    let mut next = line + 1;
    while written.lines.line(next).is_some_and(is_blank) {
        next += 1;
    }
    let start = written.lines.offset(next);
    let line_end = start + written.lines.line(next).map_or(0, str::len);
    let root = written.root.as_ref()?;
    if (start..=line_end).contains(&root.bytes.start) {
        return None;
    }
    let end = outermost(root, start..line_end).map_or(line_end, |end| end.max(line_end));
    Some(start..end)
}

/// Where the outermost entry ends that starts within `line`.
fn outermost(root: &Node, line: Range<usize>) -> Option<usize> {
    let mut node = root;
    loop {
        let entries = node.entries().iter().map(|(key, value)| (key.bytes.start, value));
        let items = node.items().iter().map(|item| (item.bytes.start, item));
        let mut inside = None;
        for (start, value) in entries.chain(items) {
            if line.contains(&start) {
                return Some(value.bytes.end);
            }
            if start < line.start {
                inside = Some(value);
            }
        }
        node = inside?;
    }
}

/// The bytes of all texts, in their order.
fn scalars(root: Option<&Node>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut nodes: Vec<&Node> = root.into_iter().collect();
    while let Some(node) = nodes.pop() {
        if node.text().is_some() {
            all.push(node.bytes.clone());
        }
        nodes.extend(node.items());
        nodes.extend(node.entries().iter().map(|(_, value)| value));
    }
    all.sort_unstable_by_key(|bytes| bytes.start);
    all
}
