//! Text as YAML scalars that are read as the same text: plain where nothing can be misread, in
//! double quotes, folded, or in a literal block.

use crate::text::Printable;
use std::fmt::Write;

/// Columns of indentation that a literal block states where its text starts with white space.
const STEP: usize = 2;
/// Characters of words that may stand without quotes.
const LONGEST: usize = 80;

/// Names and words, without quotes if they cannot be taken for anything else. `flow` says that they
/// stand between brackets or braces.
pub fn word(text: &str, flow: bool) -> String {
    if is_plain(text, flow) { text.to_owned() } else { quoted(text) }
}

/// Whether a text may stand without quotes.
fn is_plain(text: &str, flow: bool) -> bool {
    const RESERVED: &[&str] =
        &["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let allowed = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '_' | '.' | '/' | '#' | '’' | '–' | '(' | ')' | '+' | '@')
            || (!flow && matches!(c, ':' | '?' | '=' | '&' | '%' | '~' | '\'' | ';' | ','))
    };
    text.starts_with(char::is_alphabetic)
        && !text.ends_with([' ', ':'])
        && text.chars().all(allowed)
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().count() <= if text.contains(' ') { LONGEST } else { LONGEST * 4 }
        && !RESERVED.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes. What would be hidden in it is written by number, so that a file can be
/// looked at without harm.
pub fn quoted(text: &str) -> String {
    let hides = hides(text);
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) && (!hides || is_seen(c)) => out.push(c),
            c => escape(&mut out, u32::from(c)),
        }
    }
    out.push('"');
    out
}

/// Adds a character by its number, in the shortest form that YAML has.
fn escape(out: &mut String, code: u32) {
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02X}"),
        0x100..=0xffff => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    };
}

/// Whether a text holds characters that a reader would not see.
fn hides(text: &str) -> bool {
    !text.is_ascii() && !Printable::inspect(text).is_none()
}

/// Characters that are seen whatever stands beside them.
fn is_seen(c: char) -> bool {
    c.is_ascii()
        || c.is_alphanumeric()
        || matches!(c, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{bf}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
}

/// Characters that may stand in a YAML file as they are, and stay what they are.
fn is_printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
        || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The header of the literal block in which a text of several lines may stand.
pub fn literal(text: &str) -> Option<String> {
    let lines = text.trim_end_matches('\n');
    let ends = text.len() - lines.len();
    let is_block = lines.contains('\n') || ends == 1;
    let blank = |line: &str| !line.is_empty() && line.trim_matches([' ', '\t']).is_empty();
    let keeps = text.chars().all(|c| c == '\n' || c == '\t' || is_printable(c))
        && !hides(text)
        && ends <= 1
        && !lines.is_empty()
        && !lines.split('\n').any(blank);
    let indent =
        if lines.starts_with([' ', '\t', '\n']) { STEP.to_string() } else { String::new() };
    let chomp = if ends == 0 { "-" } else { "" };
    (is_block && keeps).then(|| format!("|{indent}{chomp}"))
}

/// Whether a text of one line may be folded into several.
pub fn can_fold(text: &str) -> bool {
    text.chars().all(is_printable)
        && !hides(text)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
}

/// The lines of a folded text, each of at most `width` columns if its words allow it. A line ends
/// where one space stands alone.
pub fn folded(text: &str, width: usize) -> Vec<&str> {
    let bytes = text.as_bytes();
    let single = |at: &usize| {
        bytes.get(at + 1).is_some_and(|b| *b != b' ')
            && at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|b| *b != b' ')
    };
    let mut out = Vec::new();
    let (mut start, mut last, mut columns, mut counted) = (0, None, 0, 0);
    let spaces = memchr::memchr_iter(b' ', bytes).filter(single);
    for at in spaces.chain(std::iter::once(text.len())) {
        columns += text.get(counted..at).map_or(0, |words| words.chars().count());
        counted = at;
        if columns > width
            && let Some(end) = last
        {
            out.push(text.get(start..end).unwrap_or_default());
            start = end + 1;
            columns = text.get(start..at).map_or(0, |words| words.chars().count());
        }
        last = Some(at).filter(|at| *at > start);
    }
    out.push(text.get(start..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_written_by_number() {
        assert_eq!(quoted("a\u{202e}b é"), "\"a\\u202Eb é\"");
        assert_eq!(literal("a\u{200b}\nb\n"), None);
        assert_eq!(literal("می\u{200c}خواهم\nb\n").as_deref(), Some("|"), "honest joiners stay");
    }

    #[test]
    fn quotes_what_could_be_misread() {
        for text in ["narcoterrorism", "seed#p3", "CNN (via CBS Chicago)", "Título—", "https-x"]
        {
            let plain = word(text, true) == text;
            assert_eq!(plain, !text.contains('—'), "{text}");
        }
        assert_eq!(word("https://a.b/c?d=e&f", false), "https://a.b/c?d=e&f");
        for text in [
            "",
            "no",
            "Null",
            "~",
            "2026",
            "2026-01-03",
            "1.10",
            ".inf",
            "- x",
            "a: b",
            "a #b",
            "a:",
            "#a",
            "&a",
            "*a",
            "!a",
            "[a",
            "{a",
            "'a",
            "\"a",
            "%a",
            "@a",
            "`a",
            "? a",
            " a",
            "a ",
            "|",
        ] {
            assert!(word(text, false).starts_with('"'), "{text}");
        }
        for text in ["a,b", "a]b", "a}b", "a: b", "https://a.b"] {
            assert!(word(text, true).starts_with('"'), "{text}");
        }
        assert_eq!(quoted("a\u{1b}\u{85}\u{feff}\"\\\t"), "\"a\\x1B\\x85\\uFEFF\\\"\\\\\\t\"");
    }

    #[test]
    fn blocks_say_how_they_start_and_end() {
        assert_eq!(literal("a\nb\n").as_deref(), Some("|"));
        assert_eq!(literal("a\nb").as_deref(), Some("|-"));
        assert_eq!(literal("a\n").as_deref(), Some("|"));
        assert_eq!(literal("  a\nb\n").as_deref(), Some("|2"));
        assert_eq!(literal("\na").as_deref(), Some("|2-"));
        for text in ["a", "a\n\n", "a\rb\n", "a\u{1b}\nb", "\n", "a\n \nb"] {
            assert_eq!(literal(text), None, "{text:?}");
        }
    }

    #[test]
    fn folds_at_single_spaces() {
        assert_eq!(folded("aa bb  cc dd", 5), ["aa", "bb  cc", "dd"]);
        assert_eq!(folded("aa bb cc dd", 5), ["aa bb", "cc dd"]);
        assert_eq!(folded("aaaaaaaa b", 5), ["aaaaaaaa", "b"]);
    }
}
