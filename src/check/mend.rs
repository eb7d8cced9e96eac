//! Changes that mend findings. They change what is written and nothing of what it says; what comes
//! out is read again and compared before anybody may write it.

use super::subject::Written;
use crate::diagnostic::{Diagnostic, Edit};
use crate::format;
use crate::text::slug;

/// Gives findings that were made while reading what mends them.
pub fn attach(all: &mut [Diagnostic], written: &Written) {
    for found in all.iter_mut().filter(|found| found.code == "missing-id") {
        found.fix = id(found, written).map(Box::new);
    }
}

/// The id that a card has by its title, written out.
fn id(found: &Diagnostic, written: &Written) -> Option<Edit> {
    let span = found.span?;
    let start = span.start as usize;
    let cards = written.root.as_ref()?.get("cards")?.items();
    let card = cards.iter().find(|card| card.bytes.start == start)?;
    let id = slug(card.get("title")?.text()?);
    let is_plain = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    // Another card may be called so; a short word may mean something else to YAML.
    if !is_plain || id.len() < 4 || id == "null" || id == "true" || id == "false" {
        return None;
    }
    if cards.iter().any(|other| other.get("id").and_then(|id| id.text()) == Some(&id)) {
        return None;
    }
    let text = written.text;
    if text.get(start..)?.starts_with('{') {
        return Some(Edit { bytes: start + 1..start + 1, text: format!("id: {id}, ") });
    }
    let line = written.lines.offset(span.position.line);
    let before = text.get(line..start)?;
    // The keys of a card stand below each other, whatever stands before the first.
    if !before.chars().all(|c| c == ' ' || c == '-') {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = " ".repeat(before.len());
    Some(Edit { bytes: start..start, text: format!("id: {id}{end}{indent}") })
}

/// A text with edits made, and how many were made: of edits that overlap the first. None if there
/// is nothing to do, or if the result would not say the same.
pub fn mended<'e>(
    text: &str,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> Option<(String, usize)> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    edits.dedup();
    let (mut out, mut at, mut count) = (String::with_capacity(text.len()), 0, 0);
    for edit in edits {
        if edit.bytes.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.bytes.start)?);
        out.push_str(&edit.text);
        at = edit.bytes.end;
        count += 1;
    }
    out.push_str(text.get(at..)?);
    (count > 0 && says(&out) == says(text)).then_some((out, count))
}

/// What a briefing file says, whatever it is written like.
fn says(text: &str) -> String {
    let (briefing, _) = format::briefing(text, "");
    format::write(&briefing)
}
