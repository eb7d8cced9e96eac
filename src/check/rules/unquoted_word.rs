//! Words that other programs do not read as text.

use crate::check::subject::{Found, Subject, Written};
use crate::format::Node;
use crate::model::PartialDate;

/// Keys whose values, or whose lists of values, are text.
const KEYS: [&str; 38] = [
    "a",
    "aliases",
    "at",
    "author",
    "basis",
    "body",
    "bottom_line",
    "by",
    "cards",
    "check",
    "file",
    "from",
    "gaps",
    "handling",
    "id",
    "kind",
    "language",
    "link",
    "name",
    "note",
    "passages",
    "publisher",
    "q",
    "quote",
    "recovered",
    "rel",
    "see_also",
    "sha256",
    "start",
    "subtitle",
    "summary",
    "tags",
    "text",
    "title",
    "to",
    "url",
    "verb",
    "why",
];
/// Keys whose entries are named by the author.
const NAMED: [&str; 3] = ["voices", "sources", "passages"];

rule! {
    /// A text stands without quotes that YAML reads as a number, a truth value or a date.
    ///
    /// This reader keeps every value as written. Other programs make `false` of `no` (the country
    /// code of Norway), `1.1` of `1.10`, `493` of `0755` and `750` of `12:30`, and write that back.
    /// `--fix` adds the quotes.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// language: no
    /// cards:
    ///   - {id: a, title: 1.10, body: A version.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// language: "no"
    /// cards:
    ///   - {id: a, title: "1.10", body: A version.}
    /// ```
    "unquoted-word", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for (key, value) in on.written.iter().flat_map(Written::pairs) {
        let name = key.text().unwrap_or_default();
        if KEYS.contains(&name) {
            report(found, value);
            value.items().iter().for_each(|item| report(found, item));
        }
        if NAMED.contains(&name) {
            value.entries().iter().for_each(|(key, _)| report(found, key));
        }
    }
}

fn report(found: &mut Found, node: &Node) {
    let text = node.text().unwrap_or_default();
    if let Some(what) = other_meaning(text).filter(|_| node.is_plain()) {
        let message = format!("YAML reads `{text}` as {what}");
        found.unquoted(node, &message, "put it in quotes");
    }
}

/// What YAML takes a plain word for, if not for text.
fn other_meaning(text: &str) -> Option<&'static str> {
    const TRUTH: [&str; 8] = ["y", "yes", "n", "no", "true", "false", "on", "off"];
    let lower = text.to_ascii_lowercase();
    // `yEs` is text; `yes`, `Yes` and `YES` are not.
    let is_written_so = text == lower
        || text == text.to_ascii_uppercase()
        || text.get(1..).zip(lower.get(1..)).is_some_and(|(rest, lower)| rest == lower);
    if TRUTH.contains(&&*lower) && is_written_so {
        return Some("a truth value");
    }
    if text.len() == 10 && text.parse::<PartialDate>().is_ok() {
        return Some("a date");
    }
    is_number(&lower).then_some("a number")
}

fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(bare, ".inf" | ".nan") {
        return true;
    }
    let digits =
        |text: &str, base| !text.is_empty() && text.chars().all(|c| c == '_' || c.is_digit(base));
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(rest) = bare.strip_prefix(prefix) {
            return digits(rest, base);
        }
    }
    if bare.contains(':') {
        let mut parts = bare.split(':');
        let first = parts.next().is_some_and(|part| digits(part, 10));
        return first && parts.all(|part| matches!(part.len(), 1 | 2) && digits(part, 10));
    }
    let starts = bare.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    starts && bare.replace('_', "").parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::other_meaning;

    #[test]
    fn knows_what_yaml_takes_words_for() {
        for text in ["no", "Yes", "OFF", "y"] {
            assert_eq!(other_meaning(text), Some("a truth value"), "{text}");
        }
        for text in ["1.10", "0755", "2026", "12:30", "0x1f", "1e3", "-1", "1_000", ".5", ".inf"] {
            assert_eq!(other_meaning(text), Some("a number"), "{text}");
        }
        assert_eq!(other_meaning("2026-01-06"), Some("a date"));
        for text in ["yEs", "nope", "2026-01", "1.2.3", "v1", "inf", "nan", "", "a:b", ".", "é"] {
            assert_eq!(other_meaning(text), None, "{text}");
        }
    }
}
