//! Events as they are drawn: a formula that is a paragraph becomes a block, and tags that mean something for the words between them are carried out.
//! Raised and lowered text becomes characters of that shape, keys are set as code, and a picture
//! that is a link is its words.

use super::html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;

/// The events of a text as they are drawn.
pub struct Drawn<'s, I> {
    events: I,
    /// What is handed out before the next event.
    ready: VecDeque<Event<'s>>,
    tag: Option<Between>,
    /// Whether a link is open that is written as a tag.
    linked: bool,
    /// Links that are open, and images in them.
    links: usize,
    images: usize,
    /// Whether a page is embedded that is shown as a link.
    embed: bool,
    /// The address of an image in a link that has no words so far.
    unnamed: Option<CowStr<'s>>,
}

/// A tag that was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Raised,
    Lowered,
    Keys,
}

impl<'s, I: Iterator<Item = Event<'s>>> Drawn<'s, I> {
    /// Takes the events of a text.
    pub fn new(events: I) -> Self {
        Self {
            events,
            ready: VecDeque::new(),
            tag: None,
            linked: false,
            links: 0,
            images: 0,
            embed: false,
            unnamed: None,
        }
    }

    fn pull(&mut self) -> Option<Event<'s>> {
        self.ready.pop_front().or_else(|| self.events.next())
    }

    fn inline_html(&mut self, tag: &str) -> Option<Event<'s>> {
        self.tag = html::tags(tag).find_map(|(name, _)| match name.as_str() {
            "sup" => Some(Between::Raised),
            "sub" => Some(Between::Lowered),
            "kbd" => Some(Between::Keys),
            _ => None,
        });
        if tag.starts_with("</a") {
            self.linked = false;
        }
        let (name, rest) = html::tags(tag).next()?;
        self.linked |= name == "a";
        let words = html::attribute(rest, "alt").filter(|_| name == "img" && self.linked)?;
        Some(Event::Text(words.to_owned().into()))
    }

    /// A text without the name of its block, `^name`, if it is the last of the block; it stands there
    /// for links alone.
    fn unless_last(&mut self, event: Event<'s>, at: usize) -> Event<'s> {
        let Event::Text(text) = event else { return event };
        let next = self.pull();
        let is_last = next.as_ref().is_none_or(|next| {
            let end =
                matches!(next, Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)));
            end || matches!(next, Event::Start(Tag::List(_)))
        });
        if let Some(next) = next {
            self.ready.push_front(next);
        }
        match text.get(..at).filter(|_| is_last) {
            Some(words) => Event::Text(words.trim_end().to_owned().into()),
            None => Event::Text(text),
        }
    }

    /// What `![[target]]` shows: of a page a link, of a picture its words. Obsidian writes the width of a
    /// picture in their place.
    fn embedded(
        &mut self,
        link_type: LinkType,
        dest_url: &CowStr<'s>,
        title: &CowStr<'s>,
        id: &CowStr<'s>,
    ) -> Option<Event<'s>> {
        let (dest_url, title, id) = (dest_url.clone(), title.clone(), id.clone());
        let name = dest_url.split('#').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_page = ending.len() > 4
            || ending.is_empty()
            || ending.contains(' ')
            || ending.eq_ignore_ascii_case("md");
        if is_page {
            self.embed = true;
            self.links += 1;
            return Some(Event::Start(Tag::Link { link_type, dest_url, title, id }));
        }
        let first = self.pull()?;
        let is_size =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let first = match first {
            Event::Text(text) if is_size(&text) => Event::Text(name.to_owned().into()),
            first => first,
        };
        self.ready.push_front(first);
        None
    }

    /// A paragraph that is one formula is a block of code.
    fn paragraph(&mut self) -> Event<'s> {
        (self.tag, self.linked) = (None, false);
        let start = Event::Start(Tag::Paragraph);
        let Some(first) = self.pull() else { return start };
        let Event::DisplayMath(formula) = first else {
            self.ready.push_front(first);
            return start;
        };
        let end = self.pull();
        if !matches!(end, Some(Event::End(TagEnd::Paragraph))) {
            self.ready.extend([Event::DisplayMath(formula)].into_iter().chain(end));
            return start;
        }
        let text = formula.trim_matches(['\n', '\r']).to_owned();
        self.ready.extend([Event::Text(text.into()), Event::End(TagEnd::CodeBlock)]);
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("math".into())))
    }
}

impl<'s, I: Iterator<Item = Event<'s>>> Iterator for Drawn<'s, I> {
    type Item = Event<'s>;

    fn next(&mut self) -> Option<Event<'s>> {
        loop {
            let event = self.pull()?;
            match &event {
                Event::InlineHtml(tag) => return Some(self.inline_html(tag).unwrap_or(event)),
                Event::Text(text) => {
                    self.unnamed = None;
                    if let Some(at) = block_name(text) {
                        let event = self.unless_last(event, at);
                        return Some(event);
                    }
                    return Some(match self.tag {
                        Some(Between::Keys) => Event::Code(text.clone()),
                        Some(Between::Raised) => Event::Text(raised(text).into()),
                        Some(Between::Lowered) => Event::Text(lowered(text).into()),
                        None => event,
                    });
                }
                Event::Start(Tag::Paragraph) => return Some(self.paragraph()),
                Event::Start(Tag::Link { .. }) => self.links += 1,
                Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
                Event::Start(Tag::Image { link_type, dest_url, title, id })
                    if matches!(link_type, LinkType::WikiLink { .. })
                        && self.links == 0
                        && self.images == 0 =>
                {
                    let tag = self.embedded(*link_type, dest_url, title, id);
                    return Some(tag.unwrap_or(event));
                }
                Event::End(TagEnd::Image) if self.embed => {
                    self.embed = false;
                    self.links = self.links.saturating_sub(1);
                    return Some(Event::End(TagEnd::Link));
                }
                Event::Start(Tag::Image { dest_url, .. }) if self.links > 0 || self.images > 0 => {
                    self.images += 1;
                    self.unnamed = Some(dest_url.clone());
                    continue;
                }
                Event::End(TagEnd::Image) if self.images > 0 => {
                    self.images -= 1;
                    match self.unnamed.take() {
                        Some(address) => {
                            let name = html::picture(&address).to_owned();
                            return Some(Event::Text(name.into()));
                        }
                        None => continue,
                    }
                }
                _ => {}
            }
            return Some(event);
        }
    }
}

/// Where in a text ` ^name` starts, with which Obsidian names a block, if it ends with that.
fn block_name(text: &str) -> Option<usize> {
    let (before, name) = text.rsplit_once('^')?;
    let is_name = name.len() > 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_name && (before.is_empty() || before.ends_with(' '))).then_some(before.len())
}

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻=⁼(⁽)⁾nⁿiⁱ";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋=₌(₍)₎";

/// Text as it stands above the line: `²`, and `^th` where there are no such characters.
fn raised(text: &str) -> String {
    shaped(text, RAISED).unwrap_or_else(|| format!("^{text}"))
}

/// Text as it stands below the line: `₂`, and `_i` where there are no such characters.
fn lowered(text: &str) -> String {
    shaped(text, LOWERED).unwrap_or_else(|| format!("_{text}"))
}

fn shaped(text: &str, pairs: &str) -> Option<String> {
    let shape = |c: char| {
        let mut pairs = pairs.chars();
        pairs.find(|known| *known == c).and_then(|_| pairs.next())
    };
    text.chars().map(shape).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{body, words};
    use crate::model::Block;

    fn lines(source: &str) -> Vec<String> {
        let mut out = Vec::new();
        words(source, &|_| None, &mut |line, _| out.push(line.to_string()));
        out
    }

    #[test]
    fn raised_and_lowered_text_has_its_shape() {
        assert_eq!(lines("x<sup>2</sup> H<sub>2</sub>O 4<sup>th</sup> y"), ["x² H₂O 4^th y"]);
        assert_eq!(lines("a <sup>1\n\nb"), ["a ¹", "b"]);
    }

    #[test]
    fn keys_are_code() {
        let body = body("Press <kbd>Ctrl</kbd>.");
        let Some(Block::Paragraph(phrases)) = body.blocks.first() else { panic!("a paragraph") };
        let keys: Vec<_> =
            phrases.iter().filter(|p| p.marks.code).map(|p| p.text.as_str()).collect();
        assert_eq!(keys, ["Ctrl"]);
    }

    #[test]
    fn a_picture_that_is_a_link_is_its_words() {
        assert_eq!(
            lines(
                "[![Build](b.svg)](x) [![](b.svg)](y) ![Map](m.png) <a href='z'><img alt=\"Docs\"></a>"
            ),
            ["Build b.svg [image: Map] Docs"]
        );
    }

    #[test]
    fn pictures_of_the_web_without_words_are_called_by_their_files() {
        assert_eq!(
            lines(
                "![](https://x.org/a/b.svg?c=d) [![](https://x.org/e.png)](y) <img src='https://x.org/f.png'>"
            ),
            ["[image: b.svg] e.png [image: f.png]"]
        );
    }

    #[test]
    fn names_of_blocks_are_not_drawn() {
        assert_eq!(
            lines("A line. ^a1b2\n\n- item ^key\n- b\n\n^tab-1\n\n## H ^h12"),
            ["A line.", "item", "b", "H"]
        );
        assert_eq!(
            lines("x ^2 and ^abc *y*\n\na^abc\n\n2 ^2"),
            ["x ^2 and ^abc y", "a^abc", "2 ^2"]
        );
        assert_eq!(body("^a1b2\n").blocks.len(), 0);
    }

    #[test]
    fn a_page_is_embedded_as_a_link_and_a_picture_has_no_width() {
        let embedded = body("![[Some page#Part]] and ![[a.png|300]] ![[b.png|Map]] ![[c.png]]");
        assert_eq!(embedded.links.len(), 1);
        assert_eq!(
            lines("![[Page v1.2 notes]] ![[a.png|300]] ![[b.png|Map]] ![[d/c.png]]"),
            ["Page v1.2 notes [image: a.png] [image: Map] [image: d/c.png]"]
        );
    }

    #[test]
    fn a_formula_alone_is_a_block() {
        let math = |source: &str| match body(source).blocks.as_slice() {
            [Block::Code { language, text }] => {
                format!("{}: {text}", language.as_ref().map_or("", |l| l.as_str()))
            }
            other => format!("{other:?}"),
        };
        assert_eq!(math("$$\nx = *y* + _z_\n$$"), "math: x = *y* + _z_");
        assert_eq!(lines("So $$x=1$$ it is"), ["So x=1 it is"]);
    }
}
