//! Running text of a plain text as Markdown that is drawn as it was written: signs that Markdown
//! would act on are escaped. What writers of plain text mean stays: addresses become links,
//! `_emphasis_` stays emphasis, and a section that is named leads to its card.

use super::line::is_ideograph;
use crate::import::Written;
use std::collections::HashSet;

/// Starts of addresses that become links.
const SCHEMES: &[&str] = &["https://", "http://", "ftp://", "mailto:"];
/// Bytes that one emphasis may span.
const EMPHASIS: usize = 400;

/// Places of the document that a text may name, such as `section-3.2`.
pub type Anchors = HashSet<String>;

/// Running text before it is escaped; a line feed is a break that has to stay.
#[derive(Debug, Default)]
pub struct Running(Written);

impl Running {
    /// Adds words that stand at `at` of the file.
    pub fn push(&mut self, words: &str, at: usize) {
        self.0.origin.push((self.0.text.len(), at));
        self.0.text.push_str(words);
    }

    /// Adds a line of the same paragraph.
    pub fn join(&mut self, words: &str, at: usize) {
        let mut ends = self.0.text.chars().rev();
        let (last, before) = (ends.next(), ends.next());
        let next = words.chars().next();
        let hyphen = last == Some('-')
            && before.is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_lowercase);
        let ideographs = last.is_some_and(is_ideograph) && next.is_some_and(is_ideograph);
        if !(self.0.text.is_empty() || hyphen || ideographs) {
            self.0.text.push(' ');
        }
        self.push(words, at);
    }

    /// Adds a line that starts anew, `indent` columns in.
    pub fn break_line(&mut self, indent: usize, words: &str, at: usize) {
        if !self.0.text.is_empty() {
            self.0.text.push('\n');
        }
        self.0.text.extend(std::iter::repeat_n('\u{a0}', indent));
        self.push(words, at);
    }

    /// Appends the text as Markdown. `before` stands at the start of each further line.
    pub fn write(&self, out: &mut Written, before: &str, anchors: &Anchors) {
        let text = self.0.text.as_str();
        let stressed = emphasis(text);
        let mut origin = self.0.origin.iter().peekable();
        let (mut at, mut line_start) = (0, true);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let mut passed = false;
            while origin.next_if(|(text_at, _)| *text_at <= at).is_some() {
                passed = true;
            }
            if passed {
                out.origin.push((out.text.len(), self.0.source(at)));
            }
            let here = self.0.source(at);
            let alone = !text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric));
            if let Some((link, length)) = link(rest, alone, anchors, text.get(..at)) {
                // The link stands where its words stand, whatever signs are put around them.
                let (link, end) = link.split_at(link.len() - 1);
                out.origin.push((out.text.len(), here));
                out.text.push_str(link);
                out.origin.push((out.text.len(), self.0.source(at + length - 1)));
                out.text.push_str(end);
                at += length;
                out.origin.push((out.text.len(), self.0.source(at)));
                line_start = false;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            if c == '\n' {
                out.text.push_str("\\\n");
                out.text.push_str(before);
            } else {
                if line_start && let Some(digits) = number(rest) {
                    out.text.push_str(rest.get(..digits).unwrap_or_default());
                    out.text.push('\\');
                    at += digits;
                    out.origin.push((out.text.len(), here + digits));
                    line_start = false;
                    continue;
                }
                let acts = match c {
                    '\\' | '*' | '`' | '[' | ']' | '~' | '|' | '<' => true,
                    '_' => !(stressed.contains(&at) || (!alone && starts_word(after))),
                    '&' => after.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
                    '#' | '>' | '+' | '-' | '=' => line_start,
                    _ => false,
                };
                if acts {
                    out.text.push('\\');
                    out.origin.push((out.text.len(), here));
                }
                out.text.push(c);
            }
            line_start = c == '\n' || (line_start && c == '\u{a0}');
            at += c.len_utf8();
            if c == '\n' {
                out.origin.push((out.text.len(), here + 1));
            }
        }
    }
}

fn starts_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

/// The digits at the start of `1.` or `1)`, which would start a list.
fn number(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let rest = text.get(digits..)?;
    ((1..=9).contains(&digits) && rest.starts_with(['.', ')'])).then_some(digits)
}

/// Where the two underscores of each `_emphasis_` stand.
fn emphasis(text: &str) -> HashSet<usize> {
    let mut marks = HashSet::new();
    let mut open: Option<usize> = None;
    for at in memchr::memchr_iter(b'_', text.as_bytes()) {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + 1..).and_then(|t| t.chars().next());
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        if let Some(start) = open
            && at > start + 1
            && at - start <= EMPHASIS
            && !space(before)
            && !word(after)
        {
            marks.extend([start, at]);
            open = None;
        } else {
            open = (!word(before) && !space(after) && after != Some('_')).then_some(at);
        }
    }
    marks
}

/// The link that `text` starts with, as Markdown, and the bytes of `text` it takes the place of.
fn link(
    text: &str,
    alone: bool,
    anchors: &Anchors,
    before: Option<&str>,
) -> Option<(String, usize)> {
    if !alone {
        return None;
    }
    match text.as_bytes().first()? {
        b'<' => {
            let inside = text.get(1..)?;
            let length = address(inside)?;
            let closed = inside.get(length..).is_some_and(|rest| rest.starts_with('>'));
            closed.then(|| (format!("<{}>", inside.get(..length).unwrap_or_default()), length + 2))
        }
        b'h' | b'f' | b'm' => {
            let length = address(text)?;
            let end =
                text.get(..length)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"']);
            // A bracket that the address does not open closes something else.
            let end = match end.strip_suffix(')') {
                Some(shorter) if !shorter.contains('(') => {
                    shorter.trim_end_matches(['.', ',', ';', ':', '!', '?'])
                }
                _ => end,
            };
            let says =
                SCHEMES.iter().any(|scheme| end.len() > scheme.len() && end.starts_with(scheme));
            says.then(|| (format!("<{end}>"), end.len()))
        }
        b'S' | b's' | b'A' | b'a' if !anchors.is_empty() => {
            let (words, anchor) = named_section(text, before.unwrap_or_default())?;
            anchors.contains(&anchor).then(|| (format!("[{words}](#{anchor})"), words.len()))
        }
        _ => None,
    }
}

/// Bytes of the address that `text` starts with.
fn address(text: &str) -> Option<usize> {
    SCHEMES.iter().find(|scheme| text.starts_with(**scheme))?;
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '\\')
    };
    Some(text.find(ends).unwrap_or(text.len()))
}

/// `Section 3.2` or `Appendix A.1` at the start of `text`, with the anchor it means in this
/// document; nothing if it is a section of another one.
fn named_section<'t>(text: &'t str, before: &str) -> Option<(&'t str, String)> {
    let (word, kind) = [("ection ", "section"), ("ppendix ", "appendix")]
        .into_iter()
        .find(|(word, _)| text.get(1..).is_some_and(|rest| rest.starts_with(word)))?;
    let start = 1 + word.len();
    let name = text.get(start..)?;
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(name.len());
    let name = name.get(..end)?.trim_end_matches('.');
    let first = name.split('.').next()?;
    let fits = match kind {
        "section" => first.bytes().all(|b| b.is_ascii_digit()),
        _ => first.len() == 1 && first.bytes().all(|b| b.is_ascii_uppercase()),
    };
    let rest = text.get(start + name.len()..)?.trim_start();
    let of_other =
        rest.starts_with("of [") || rest.starts_with("of RFC") || rest.starts_with("in [");
    let before = before.trim_end().trim_end_matches(',');
    let tail = before.rsplit(' ').next().unwrap_or_default();
    let after_other = before.ends_with(']') || tail.starts_with("RFC");
    let after_rfc = before.rsplit(' ').nth(1) == Some("RFC");
    if name.is_empty() || !fits || of_other || after_other || after_rfc {
        return None;
    }
    Some((text.get(..start + name.len())?, format!("{kind}-{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    fn written(text: &str) -> String {
        let anchors = Anchors::from(["section-3.2".to_owned(), "appendix-A".to_owned()]);
        let mut running = Running::default();
        running.push(text, 0);
        let mut out = Written::default();
        running.write(&mut out, "", &anchors);
        out.text
    }

    /// What a reader sees of a text of one paragraph.
    fn drawn(text: &str) -> String {
        let body = format::body(&written(text));
        match body.blocks.as_slice() {
            [crate::model::Block::Paragraph(phrases)] => {
                assert!(
                    phrases.iter().all(|p| p.marks == crate::model::Marks::default()),
                    "{text}"
                );
                phrases.iter().map(|p| p.text.as_str()).collect()
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn signs_are_drawn_as_written() {
        for text in [
            "a * b ** c*d*e",
            "# x",
            "1. a",
            "12) b",
            "- a",
            "+ a",
            "> a",
            "=== a",
            "--- a",
            "a_b_c __init__ x_ _y",
            "[a](b) [[c]] ![d](e)",
            "<b>x</b> <!-- y -->",
            "&amp; &#27 & x",
            "`code` ``` ~~~ ~~x~~",
            "|a|b|",
            "\\* \\ x\\",
            "a#b c-d",
            "[x]: y",
            "[^1]: z",
        ] {
            assert_eq!(drawn(text), text);
        }
        assert_eq!(drawn("a\n# b\n1. c\n=\n- d"), "a\n# b\n1. c\n=\n- d");
    }

    #[test]
    fn emphasis_of_plain_text_stays() {
        assert_eq!(written("the _Cynic's This_, _That_ x_y_z"), "the _Cynic's This_, _That_ x_y_z");
        assert_eq!(written("_open"), "\\_open");
        assert_eq!(written("def _private(self): __x__"), "def \\_private(self): \\_\\_x\\_\\_");
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(
            written("see http://a.b/c_d*e. (https://x.y) <http://z> xhttp://q http://"),
            "see <http://a.b/c_d*e>. (<https://x.y>) <http://z> xhttp://q http://"
        );
    }

    #[test]
    fn named_sections_become_links_if_they_exist() {
        assert_eq!(
            written(
                "Section 3.2. and section 9, Appendix A; Section 3.2 of [RFC1]; [RFC2], Section 3.2"
            ),
            "[Section 3.2](#section-3.2). and section 9, [Appendix A](#appendix-A); Section 3.2 of \\[RFC1\\]; \\[RFC2\\], Section 3.2"
        );
    }

    #[test]
    fn lines_join_as_their_script_does() {
        let mut running = Running::default();
        for (words, at) in [("counter-", 0), ("narco", 9), ("漢字", 15), ("漢字", 22)] {
            running.join(words, at);
        }
        assert_eq!(running.0.text, "counter-narco 漢字漢字");
    }
}
