//! Addresses that stand bare in the text, `https://…` and `www.…`, as links: the events of the
//! parser, with a link put around each. Code and links keep their text. Only what is drawn knows
//! them: the author wrote no link, so they do not count among the links of a document.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, TextMergeStream};
use std::collections::VecDeque;
use std::ops::Range;

/// Whether a text may hold a bare address.
pub fn may_stand_in(source: &str) -> bool {
    source.contains("://") || source.contains("www.")
}

/// The events of a text, with links around its bare addresses.
pub struct Linked<'s, I: Iterator<Item = Event<'s>>> {
    events: TextMergeStream<'s, I>,
    /// Links, images, code and HTML that are open: addresses in them are left alone.
    open: usize,
    /// What is handed out before the next event.
    ready: VecDeque<Event<'s>>,
    finder: LinkFinder,
}

impl<'s, I: Iterator<Item = Event<'s>>> Linked<'s, I> {
    /// Puts links into the events of a text.
    pub fn new(events: I) -> Self {
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
        let events = TextMergeStream::new(events);
        Self { events, open: 0, ready: VecDeque::new(), finder }
    }

    /// Cuts a text into what is a link and what is not.
    fn cut(&mut self, text: &str) {
        let piece = |at: Range<usize>| {
            Event::Text(CowStr::from(text.get(at).unwrap_or_default().to_owned()))
        };
        let mut done = 0;
        for (at, address) in addresses(&self.finder, text) {
            if at.start > done {
                self.ready.push_back(piece(done..at.start));
            }
            self.ready.push_back(Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: address.into(),
                title: "".into(),
                id: "".into(),
            }));
            self.ready.push_back(piece(at.clone()));
            self.ready.push_back(Event::End(TagEnd::Link));
            done = at.end;
        }
        if done > 0 && done < text.len() {
            self.ready.push_back(piece(done..text.len()));
        }
    }
}

impl<'s, I: Iterator<Item = Event<'s>>> Iterator for Linked<'s, I> {
    type Item = Event<'s>;

    fn next(&mut self) -> Option<Event<'s>> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let event = self.events.next()?;
        match &event {
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock,
            ) => self.open += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.open = self.open.saturating_sub(1);
            }
            Event::Text(text) if self.open == 0 && may_stand_in(text) => {
                self.cut(text);
                if let Some(first) = self.ready.pop_front() {
                    return Some(first);
                }
            }
            _ => {}
        }
        Some(event)
    }
}

/// The bare addresses in a text, each with where it leads.
fn addresses(finder: &LinkFinder, text: &str) -> Vec<(Range<usize>, String)> {
    let found = finder.links(text).filter_map(|link| {
        // Sentences in Chinese and Japanese go on without a space.
        let words = link.as_str();
        let words = words.split(is_wide_mark).next().unwrap_or(words);
        let at = link.start()..link.start() + words.len();
        let is_named = |host: &str| host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
        let has_scheme = |scheme: &str| words.strip_prefix(scheme).is_some_and(is_named);
        if has_scheme("https://") || has_scheme("http://") {
            return Some((at, words.to_owned()));
        }
        let host = words.strip_prefix("www.").filter(|host| host.contains('.'));
        host.is_some_and(is_named).then(|| (at, format!("http://{words}")))
    });
    found.collect()
}

/// Punctuation of Chinese and Japanese, none of which is part of an address.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff1f}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use crate::format::markdown::{body, links};
    use crate::model::{Block, Target};

    fn addresses(source: &str) -> Vec<String> {
        let web = |target| match target {
            Target::Web(address) => Some(address.to_string()),
            _ => None,
        };
        body(source).links.into_iter().filter_map(|link| web(link.target)).collect()
    }

    #[test]
    fn bare_addresses_are_links() {
        assert_eq!(
            addresses("See https://a.org/c_d_e?f=1&g=2, and (http://h.org/(j))."),
            ["https://a.org/c_d_e?f=1&g=2", "http://h.org/(j)"]
        );
        assert_eq!(addresses("# On https://a.org\n\n- www.c.org\n").len(), 2);
        assert_eq!(
            addresses("**https://a.org** *www.c.org*"),
            ["https://a.org", "http://www.c.org"]
        );
        assert_eq!(addresses("http://localhost:80/x http://127.0.0.1:7878").len(), 2);
    }

    #[test]
    fn they_do_not_count_as_links_of_the_author() {
        assert_eq!(links("https://a.org <https://b.org>").len(), 1);
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        let none = ["ftp://a.org", "www.", "www.a", "https://", "a://b.org", "x.com"];
        for source in none.into_iter().chain(["javascript://a.org"]) {
            assert_eq!(addresses(source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn code_and_links_keep_their_text() {
        assert_eq!(addresses("`https://a.org`"), Vec::<String>::new());
        assert_eq!(addresses("```\nhttps://a.org\n```"), Vec::<String>::new());
        let source = "[https://a.org](https://c.org) <https://e.org>";
        assert_eq!(addresses(source), ["https://c.org", "https://e.org"]);
    }

    #[test]
    fn sentences_without_spaces_end_an_address() {
        assert_eq!(addresses("見https://a.org/c。次"), ["https://a.org/c"]);
        assert_eq!(addresses("https://de.org/Übung und"), ["https://de.org/Übung"]);
    }

    #[test]
    fn the_words_stay_the_same() {
        let source = "a https://a.org/c_d b &amp; www.e.org.";
        let body = body(source);
        let Some(Block::Paragraph(phrases)) = body.blocks.first() else { panic!("a paragraph") };
        let words: String = phrases.iter().map(|phrase| phrase.text.as_str()).collect();
        assert_eq!(words, "a https://a.org/c_d b & www.e.org.");
        assert_eq!(body.links.len(), 2);
    }
}
