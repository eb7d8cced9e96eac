//! Keywords in running text: `#word`, as Obsidian reads them. A keyword is made of letters, digits, `_`,
//! `-` and `/`, and is no number.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Finds keywords, event by event.
pub struct Tags<'s> {
    source: &'s str,
    /// Running text that goes on: its bytes.
    text: Range<usize>,
    /// Headings, links and blocks of code that are open: nothing in them is a keyword.
    closed: usize,
    found: Vec<Range<usize>>,
}

impl<'s> Tags<'s> {
    /// Nothing yet of a text.
    pub fn new(source: &'s str) -> Self {
        Self { source, text: 0..0, closed: 0, found: Vec::new() }
    }

    /// Takes the next event. The parser parts words at signs that could mean something.
    pub fn event(&mut self, event: &Event, bytes: &Range<usize>) {
        if let Event::Text(_) = event {
            if self.closed > 0 {
                return;
            }
            if self.text.end != bytes.start {
                self.look();
                self.text.start = bytes.start;
            }
            self.text.end = bytes.end;
            return;
        }
        match event {
            Event::Start(
                Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. },
            ) => self.closed += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => {
                self.closed = self.closed.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// The bytes of all keywords without their signs, in their order.
    pub fn finish(mut self) -> Vec<Range<usize>> {
        self.look();
        self.found
    }

    /// Looks through the text that has come to its end.
    fn look(&mut self) {
        let start = self.text.start;
        let text = self.source.get(self.text.clone()).unwrap_or_default();
        let mut end = 0;
        for at in memchr::memchr_iter(b'#', text.as_bytes()) {
            let before =
                self.source.get(..start + at).and_then(|before| before.chars().next_back());
            let begins = before.is_none_or(|c| c.is_whitespace() || c == '(');
            let rest = text.get(at + 1..).unwrap_or_default();
            if !begins || at < end {
                continue;
            }
            let length = rest.find(|c: char| !is_in_tag(c)).unwrap_or(rest.len());
            let name = rest.get(..length).unwrap_or_default().trim_end_matches('/');
            // A second sign makes something else of it, such as the name of a channel.
            let ends = !rest.get(length..).unwrap_or_default().starts_with('#');
            let is_word = name.chars().any(char::is_alphanumeric);
            if ends && is_word && name.chars().any(|c| !c.is_numeric()) {
                self.found.push(start + at + 1..start + at + 1 + name.len());
            }
            end = at + 1 + length;
        }
        self.text = 0..0;
    }
}

fn is_in_tag(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/')
}

#[cfg(test)]
mod tests {
    use super::super::scan;

    fn tags(source: &str) -> Vec<&str> {
        scan(source).tags.into_iter().map(|bytes| &source[bytes]).collect()
    }

    #[test]
    fn keywords_are_words_behind_a_sign() {
        assert_eq!(
            tags("#todo a #In_Progress, (#a-b/c) #y1984.\n#größe"),
            ["todo", "In_Progress", "a-b/c", "y1984", "größe"]
        );
        assert_eq!(
            tags("- #listed\n\n> #quoted *and #stressed*\n\n| a |\n|-|\n| #cell |"),
            ["listed", "quoted", "stressed", "cell"]
        );
        assert_eq!(tags("#a/b/ and #x_y_ #20-b"), ["a/b", "x_y_", "20-b"]);
    }

    #[test]
    fn not_everything_behind_the_sign_is_a_keyword() {
        for none in [
            "issue #1 and #20 costs",
            "a#b C# x",
            "\\#escaped",
            "## heading #in it",
            "`#code`",
            "```\n#include\n```",
            "    #indented",
            "[#link](x.md) [[page#heading]] [[#here]] <https://x.org/#top>",
            "https://x.org/#top",
            "# ",
            "##double",
            "#-- #/",
            "#",
        ] {
            assert_eq!(tags(none), [""; 0], "{none}");
        }
    }
}
