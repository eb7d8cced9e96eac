//! Characters of a document that a reader would not see: counted once for each file, with the place
//! of the first. What counts as hidden is for [`Printable::inspect`] to say.

use crate::diagnostic::Diagnostic;
use crate::text::{Hidden, LineIndex, Printable};
use std::ops::Range;

/// A warning if a plain text holds hidden characters.
pub fn inspect(source: &str, lines: &LineIndex) -> Option<Diagnostic> {
    Found::of(source).diagnostic(lines)
}

/// A warning if a text in a markup language holds hidden characters, or numeric character
/// references such as `&#27;` that make some.
pub fn inspect_markup(source: &str, lines: &LineIndex) -> Option<Diagnostic> {
    let mut found = Found::of(source);
    for (at, c) in references(source) {
        let mut buffer = [0; 4];
        found.add(c.encode_utf8(&mut buffer), at);
    }
    found.diagnostic(lines)
}

/// What was found so far.
#[derive(Default)]
struct Found {
    hidden: Hidden,
    first: Option<Range<usize>>,
}

impl Found {
    fn of(source: &str) -> Self {
        let mut found = Self::default();
        if Printable::is_plain(source) {
            return found;
        }
        // Files with no other line ends than CR were written on an old machine, not to overprint.
        let only_cr = !source.as_bytes().contains(&b'\n');
        let end = if only_cr { b'\r' } else { b'\n' };
        let mut at = 0;
        for line in source.split(char::from(end)) {
            let start = at;
            at += line.len() + 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            // A form feed beside the end of a line parts pages.
            let text = line.trim_start_matches('\u{c}');
            found.add(text.trim_end_matches('\u{c}'), start + line.len() - text.len());
        }
        found
    }

    /// Counts what is hidden in `text`, which stands at byte `at` of the file.
    fn add(&mut self, text: &str, at: usize) {
        let hidden = Printable::inspect(text);
        if hidden.is_none() {
            return;
        }
        self.hidden += hidden;
        if self.first.as_ref().is_none_or(|first| at < first.start) {
            let inside = first_hidden(text);
            self.first = Some(at + inside.start..at + inside.end);
        }
    }

    fn diagnostic(self, lines: &LineIndex) -> Option<Diagnostic> {
        let first = lines.span(self.first?);
        Some(Diagnostic::hidden(self.hidden).at(first))
    }
}

/// The first hidden character of a text that has one; the start of its word if the character is
/// hidden only because of those around it.
fn first_hidden(text: &str) -> Range<usize> {
    let mut at = 0;
    for word in text.split_inclusive([' ', '\t']) {
        if !Printable::inspect(word).is_none() {
            let alone = |c: &char| !Printable::inspect(c.encode_utf8(&mut [0; 4])).is_none();
            let found = word.char_indices().find(|(_, c)| alone(c));
            return found.map_or(at..at, |(inside, c)| at + inside..at + inside + c.len_utf8());
        }
        at += word.len();
    }
    0..0
}

/// The numeric character references of a text, with the characters they make.
fn references(source: &str) -> impl Iterator<Item = (usize, char)> {
    memchr::memmem::find_iter(source.as_bytes(), "&#").filter_map(|at| {
        let digits = source.get(at + 2..)?;
        let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (digits, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(digits.get(..end)?, radix).ok()?;
        char::from_u32(code).filter(|c| !matches!(c, '\r' | '\0')).map(|c| (at, c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Option<(String, u32, u32)> {
        let lines = LineIndex::new(source);
        let diagnostic = inspect(source, &lines)?;
        let at = diagnostic.span.unwrap().position;
        Some((diagnostic.message.to_string(), at.line, at.column))
    }

    #[test]
    fn hidden_characters_are_counted_and_the_first_is_shown() {
        let source = "clean\nå \u{1b}[31m and\u{202e}\nx\u{200b}";
        let message = "hidden characters: 1 control, 1 text-reordering, 1 invisible".to_owned();
        assert_eq!(found(source), Some((message, 2, 3)));
    }

    #[test]
    fn honest_text_is_left_alone() {
        for source in [
            "plain\r\nlines\twith tabs\r\n",
            "old\rlines\rof CR",
            "a page\n\u{c}\nthe next\n\u{c}RFC 1\n",
            "عربي و English می\u{200c}خواهم שלום\u{200f}!",
            "क्\u{200d}ष 👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} soft\u{ad}hyphen",
        ] {
            assert_eq!(found(source), None, "{source}");
        }
    }

    #[test]
    fn a_carriage_return_that_ends_no_line_is_hidden() {
        let (message, line, column) = found("pay 10\rpay 99\nx\n").unwrap();
        assert_eq!(message, "hidden characters: 1 control");
        // For the index of lines it ends one.
        assert_eq!((line, column), (1, 7));
    }

    #[test]
    fn references_of_markup_count_too() {
        let source = "A &#27;[2J\n&#x202E; &#65; &amp; &#99999999;";
        let lines = LineIndex::new(source);
        let diagnostic = inspect_markup(source, &lines).unwrap();
        assert_eq!(diagnostic.message.as_str(), "hidden characters: 1 control, 1 text-reordering");
        assert_eq!(diagnostic.span.unwrap().position.column, 3);
        assert!(inspect(source, &lines).is_none());
    }
}
