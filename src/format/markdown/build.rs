//! Events of the Markdown parser into blocks, without recursion and to a limited depth.

mod kinds;
mod link;

use super::html;
use super::inline::Inline;
use super::see_also::SeeAlso;
use crate::model::{Align, Block, Body, Callout, Heading, Item, Link, Marks, Phrase, Target};
use crate::text::{Printable, slug};
use kinds::{align, callout_word};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::HashMap;

/// Blocks inside blocks; what lies deeper is shown at this depth.
const MAX_DEPTH: usize = 64;

/// Builds the blocks of a text.
pub fn body<'s>(events: impl Iterator<Item = Event<'s>>) -> Body {
    let mut builder = Builder::default();
    for event in events {
        builder.event(event);
    }
    builder.finish()
}

/// A block that is still open.
enum Open {
    Quote { callout: Option<Callout>, blocks: Vec<Block> },
    List { first: Option<u64>, items: Vec<Item> },
    Item { task: Option<bool>, blocks: Vec<Block> },
    Footnote { label: Printable, blocks: Vec<Block> },
    Table { columns: Vec<Align>, rows: Vec<Vec<Vec<Phrase>>> },
}

#[derive(Default)]
struct Builder {
    /// Finished blocks of the text itself.
    blocks: Vec<Block>,
    footnotes: Vec<Block>,
    links: Vec<Link>,
    /// How often each anchor was given.
    anchors: HashMap<String, usize>,
    stack: Vec<Open>,
    /// Containers beyond the limit that are open.
    beyond: usize,
    inline: Inline,
    /// Level and explicit anchor of the heading that is open.
    heading: Option<(u8, Option<String>)>,
    /// Language and text of the code block that is open.
    code: Option<(Option<Printable>, String)>,
    /// Text of the HTML block that is open.
    html: Option<String>,
    /// Whether the link that is open was written as a tag.
    tagged: bool,
    see_also: SeeAlso,
}

impl Builder {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let named = self.see_also.named(&text).filter(|_| self.inline.link.is_none());
                let is_named = named.is_some();
                if let Some(name) = named {
                    self.inline.flush();
                    self.inline.link = Some(self.links.len());
                    self.links.push(Link { target: Target::Named(name), labelled: true });
                }
                let marks = Marks { code: true, ..self.inline.marks() };
                self.inline.push(Printable::inline(&text), marks);
                if is_named {
                    self.inline.link = None;
                }
            }
            Event::InlineHtml(text) => {
                self.html_link(&text);
                let words = html::text(&text);
                if words == "\n" {
                    self.hard_break();
                } else {
                    self.inline.pending.push_str(&words);
                }
            }
            Event::Html(text) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&text);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                let marks = Marks { code: true, ..self.inline.marks() };
                self.inline.push(Printable::inline(&text), marks);
            }
            Event::FootnoteReference(label) => {
                self.inline.flush();
                let label = Printable::line(&label);
                let outer = self.inline.link;
                self.inline.link = Some(self.links.len());
                self.links.push(Link { target: Target::Footnote(label.clone()), labelled: true });
                let marks = Marks { note: true, ..self.inline.marks() };
                self.inline.push(label, marks);
                self.inline.link = outer;
            }
            Event::SoftBreak => {
                if !self.callout_line() {
                    self.inline.pending.push(' ');
                }
            }
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.put(Block::Rule),
            Event::TaskListMarker(done) => {
                if let Some(Open::Item { task, .. }) = self.stack.last_mut() {
                    *task = Some(done);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if !self.inline.unnamed {
            self.see_also.text(text);
            self.inline.pending.push_str(text);
        }
    }

    fn hard_break(&mut self) {
        let marks = self.inline.marks();
        self.inline.push(Printable::lines("\n"), marks);
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                self.see_also.paragraph();
                self.end_paragraph();
            }
            Tag::Heading { level, id, .. } => {
                self.end_paragraph();
                self.heading = Some((level as u8, id.map(|id| id.to_string())));
            }
            Tag::BlockQuote(kind) => {
                let callout = kind.map(|kind| Callout { kind: callout_word(kind), title: None });
                self.open(Open::Quote { callout, blocks: Vec::new() });
            }
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).find(|w| !w.is_empty()).map(Printable::line)
                    }
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.end_paragraph();
                self.html = Some(String::new());
            }
            Tag::List(first) => self.open(Open::List { first, items: Vec::new() }),
            Tag::Item => self.open(Open::Item { task: None, blocks: Vec::new() }),
            Tag::DefinitionListTitle => {
                self.end_paragraph();
                self.inline.strong += 1;
            }
            Tag::DefinitionListDefinition => {
                self.open(Open::List { first: None, items: Vec::new() });
                self.open(Open::Item { task: None, blocks: Vec::new() });
            }
            Tag::FootnoteDefinition(label) => {
                let label = Printable::line(&label);
                self.open(Open::Footnote { label, blocks: Vec::new() });
            }
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                self.open(Open::Table { columns, rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Open::Table { rows, .. }) = self.stack.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::Emphasis => {
                self.inline.flush();
                self.inline.emphasis += 1;
            }
            Tag::Strong => {
                self.inline.flush();
                self.inline.strong += 1;
            }
            Tag::Strikethrough => {
                self.inline.flush();
                self.inline.strike += 1;
            }
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => {
                self.inline.pending.push_str("[image: ");
                let length = self.inline.length();
                self.inline.images.push((length, dest_url.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.callout_line();
                self.end_paragraph();
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    let text = Printable::lines(text.strip_suffix('\n').unwrap_or(&text));
                    self.put(Block::Code { language, text });
                }
            }
            TagEnd::HtmlBlock => {
                let words = html::text(&self.html.take().unwrap_or_default());
                self.inline.pending.push_str(words.trim());
                self.end_paragraph();
            }
            TagEnd::DefinitionListTitle => {
                self.end_paragraph();
                self.inline.strong = self.inline.strong.saturating_sub(1);
            }
            TagEnd::DefinitionListDefinition => {
                self.close();
                self.close();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table => self.close(),
            TagEnd::TableCell => {
                self.end_tagged_link();
                let cell = self.running_text();
                if let Some(Open::Table { rows, .. }) = self.stack.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(cell);
                }
            }
            TagEnd::Emphasis => {
                self.inline.flush();
                self.inline.emphasis = self.inline.emphasis.saturating_sub(1);
            }
            TagEnd::Strong => {
                self.inline.flush();
                self.inline.strong = self.inline.strong.saturating_sub(1);
            }
            TagEnd::Strikethrough => {
                self.inline.flush();
                self.inline.strike = self.inline.strike.saturating_sub(1);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => {
                if let Some((length, address)) = self.inline.images.pop() {
                    if self.inline.length() == length {
                        self.inline.pending.push_str(html::picture(&address));
                    }
                    self.inline.pending.push(']');
                }
            }
            _ => {}
        }
    }

    /// Ends the running text.
    fn running_text(&mut self) -> Vec<Phrase> {
        let links = &self.links;
        self.inline.take(|link| links.get(link).is_some_and(|link| !link.labelled))
    }

    fn end_heading(&mut self) {
        self.end_tagged_link();
        let text = self.running_text();
        let Some((level, id)) = self.heading.take() else {
            return;
        };
        let words: String = text.iter().map(|p| p.text.as_str()).collect();
        let anchor = id.unwrap_or_else(|| {
            let base = slug(&words);
            let count = self.anchors.entry(base.clone()).or_default();
            *count += 1;
            if *count == 1 { base } else { format!("{base}-{}", *count - 1) }
        });
        self.put(Block::Heading(Heading { level, text, anchor: anchor.into() }));
    }

    /// Ends the running text, if there is any, as a paragraph.
    fn end_paragraph(&mut self) {
        self.end_tagged_link();
        let phrases = self.running_text();
        if phrases.iter().any(|p| !p.text.trim().is_empty()) {
            self.put_block(Block::Paragraph(phrases));
        }
    }

    fn put(&mut self, block: Block) {
        self.end_paragraph();
        self.put_block(block);
    }

    fn put_block(&mut self, block: Block) {
        let blocks = match self.stack.last_mut() {
            None => &mut self.blocks,
            Some(
                Open::Quote { blocks, .. }
                | Open::Item { blocks, .. }
                | Open::Footnote { blocks, .. },
            ) => blocks,
            // A list holds items only; a table cells only.
            Some(Open::List { items, .. }) => {
                items.push(Item { task: None, blocks: vec![block] });
                return;
            }
            Some(Open::Table { .. }) => return,
        };
        blocks.push(block);
    }

    fn open(&mut self, open: Open) {
        self.end_paragraph();
        if self.stack.len() < MAX_DEPTH && self.beyond == 0 {
            self.stack.push(open);
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self) {
        self.end_paragraph();
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match self.stack.pop() {
            Some(Open::Quote { callout, blocks }) => {
                self.put_block(Block::Quote { callout, blocks });
            }
            Some(Open::List { first, items }) => self.put_block(Block::List { first, items }),
            Some(Open::Table { columns, rows }) => self.put_block(Block::Table { columns, rows }),
            Some(Open::Footnote { label, blocks }) => {
                self.footnotes.push(Block::Footnote { label, blocks });
            }
            Some(Open::Item { task, blocks }) => {
                let item = Item { task, blocks };
                match self.stack.last_mut() {
                    Some(Open::List { items, .. }) => items.push(item),
                    _ => self.put_block(Block::List { first: None, items: vec![item] }),
                }
            }
            None => {}
        }
    }

    /// Takes `[!kind] title` at the start of a quotation out of its text. Whether it did.
    fn callout_line(&mut self) -> bool {
        let Some(Open::Quote { callout: callout @ None, blocks }) = self.stack.last_mut() else {
            return false;
        };
        if !blocks.is_empty() || !self.inline.phrases.is_empty() || self.heading.is_some() {
            return false;
        }
        let Some((kind, title)) =
            self.inline.pending.strip_prefix("[!").and_then(|rest| rest.split_once(']'))
        else {
            return false;
        };
        if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return false;
        }
        let title = title.trim_start_matches(['+', '-']).trim();
        *callout = Some(Callout {
            kind: Printable::line(&kind.to_lowercase()),
            title: (!title.is_empty()).then(|| Printable::line(title)),
        });
        self.inline.pending.clear();
        true
    }

    fn finish(mut self) -> Body {
        self.end_paragraph();
        while !self.stack.is_empty() {
            self.beyond = 0;
            self.close();
        }
        self.blocks.append(&mut self.footnotes);
        Body { blocks: self.blocks, links: self.links }
    }
}
