//! The `SUMMARY.md` of an mdBook: which pages it has, in which order, how deep.

use super::OPTIONS;
use crate::text::Printable;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// An entry of a summary.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the summary calls it.
    pub title: Printable,
    /// The path of its page as written; none for a draft.
    pub path: Option<String>,
    /// How many lists it stands in, less one.
    pub depth: u8,
}

/// The entries of a summary, top to bottom.
pub fn summary(source: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut lists = 0_u8;
    let mut open: Option<(String, String)> = None;
    for event in Parser::new_ext(source, OPTIONS) {
        match event {
            Event::Start(Tag::List(_)) => lists = lists.saturating_add(1),
            Event::End(TagEnd::List(_)) => lists = lists.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some((dest_url.to_string(), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some((path, title)) = open.take() {
                    let path = (!path.is_empty()).then_some(path);
                    let depth = lists.saturating_sub(1);
                    entries.push(Entry { title: Printable::line(&title), path, depth });
                }
            }
            _ => {}
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_their_order_and_depth() {
        let source = "# Summary\n\n[Preface](a.md)\n\n# Part\n\n- [One `x`](b.md)\n  - [Two](c/d.md)\n\
                      - [Draft]()\n\n[End](e.md)\n";
        let found: Vec<_> = summary(source)
            .into_iter()
            .map(|e| (e.title.to_string(), e.path.unwrap_or_default(), e.depth))
            .collect();
        let entry = |t: &str, p: &str, d| (t.to_owned(), p.to_owned(), d);
        assert_eq!(
            found,
            [
                entry("Preface", "a.md", 0),
                entry("One x", "b.md", 0),
                entry("Two", "c/d.md", 1),
                entry("Draft", "", 0),
                entry("End", "e.md", 0),
            ]
        );
    }
}
