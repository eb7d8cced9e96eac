//! Tokens of HTML into a flat tree: elements that were left open are closed as browsers close them,
//! as far as a reader of text can tell. Takes linear time, whatever the nesting.

use super::tag::{Attr, Tag};
use html5gum::{DefaultEmitter, State, Token, Tokenizer};
use std::ops::Range;

/// Elements inside elements; what lies deeper is put at this depth, as browsers do.
const MAX_DEPTH: usize = 256;

/// Text, or an element. Nodes stand in the order of the document, so that what is inside a node
/// follows it, up to its `end`.
#[derive(Debug)]
pub struct Node {
    /// The element; none for text and for elements that mean nothing to a reader.
    pub tag: Option<Tag>,
    /// The node it is inside of; its own index for the first.
    pub parent: usize,
    /// The node behind the last that is inside it.
    pub end: usize,
    /// Bytes of [`Tree::text`]; empty for an element.
    pub text: Range<usize>,
    /// Bytes of the file.
    pub source: Range<usize>,
    attributes: Range<usize>,
}

/// A document.
#[derive(Debug, Default)]
pub struct Tree {
    /// The nodes; the first holds all others.
    pub nodes: Vec<Node>,
    /// All text of the document, without markup.
    pub text: String,
    attributes: Vec<(Attr, Box<str>)>,
}

impl Tree {
    /// The text of a node that is text.
    pub fn text_at(&self, node: usize) -> Option<&str> {
        let text = self.nodes.get(node).map(|n| n.text.clone()).filter(|text| !text.is_empty())?;
        self.text.get(text)
    }

    /// The value of an attribute of a node.
    pub fn attribute(&self, node: usize, name: Attr) -> Option<&str> {
        let range = self.nodes.get(node)?.attributes.clone();
        let found = self.attributes.get(range)?.iter().find(|(attribute, _)| *attribute == name);
        found.map(|(_, value)| &**value)
    }

    /// Whether an attribute that is a list of words has one of which this is true.
    pub fn has_word(&self, node: usize, name: Attr, is: impl Fn(&str) -> bool) -> bool {
        self.attribute(node, name).is_some_and(|words| words.split_ascii_whitespace().any(is))
    }

    /// The element of a node.
    pub fn tag(&self, node: usize) -> Option<Tag> {
        self.nodes.get(node)?.tag
    }

    /// The nodes inside a node.
    pub fn inside(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes.get(node).map_or(node + 1, |n| n.end)
    }

    /// The text inside a node, as it stands.
    pub fn text_of(&self, node: usize) -> &str {
        let pieces = self.inside(node);
        let start = self.nodes.get(pieces.start).map_or(self.text.len(), |n| n.text.start);
        let end = self.nodes.get(pieces.end).map_or(self.text.len(), |n| n.text.start);
        self.text.get(start..end.max(start)).unwrap_or_default()
    }

    /// The node and all nodes it is inside of, from the inside out.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let parent = |n: &usize| self.nodes.get(*n).map(|node| node.parent).filter(|p| p != n);
        std::iter::successors(Some(node), parent)
    }
}

/// Reads HTML; of `xml` self-closing tags close themselves.
pub fn read(source: &str, xml: bool) -> Tree {
    let mut builder = Builder { tree: Tree::default(), open: Vec::new(), beyond: 0 };
    builder.push(None, 0..0, None);
    let body = source.get(prolog(source)..).unwrap_or_default();
    let base = source.len() - body.len();
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tokens = Tokenizer::new_with_emitter(body, emitter);
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(start) => {
                let tag = Tag::read(&start.name);
                let attributes = start.attributes.iter().filter_map(|(name, value)| {
                    Some((Attr::read(name)?, String::from_utf8_lossy(value).into()))
                });
                builder.tree.attributes.extend(attributes);
                let closed = tag.is_some_and(Tag::is_void) || (xml && start.self_closing);
                let span = base + start.span.start..base + start.span.end;
                builder.start(tag, span, closed || (tag.is_none() && start.self_closing));
                if let Some(state) = tag.filter(|_| !closed).and_then(raw) {
                    tokens.set_state(state);
                }
            }
            Token::EndTag(end) => {
                let tag = Tag::read(&end.name);
                builder.end(tag, base + end.span.end);
            }
            Token::String(text) => {
                let span = base + text.span.start..base + text.span.end;
                builder.text(&String::from_utf8_lossy(&text), span);
            }
            Token::Comment(comment) if xml => {
                let comment = String::from_utf8_lossy(&comment);
                if let Some(text) = comment.strip_prefix("[CDATA[") {
                    let text = text.strip_suffix("]]").unwrap_or(text);
                    builder.text(text, base..base);
                }
            }
            _ => {}
        }
    }
    builder.finish(source.len())
}

/// How the tokenizer is to read what follows the start of an element.
fn raw(tag: Tag) -> Option<State> {
    Some(match tag {
        Tag::Title | Tag::Textarea => State::RcData,
        Tag::Script => State::ScriptData,
        Tag::Style | Tag::Iframe | Tag::Xmp | Tag::Noembed => State::RawText,
        Tag::Plaintext => State::PlainText,
        _ => return None,
    })
}

/// The bytes of a document type with declarations of its own, which no tokenizer of HTML knows.
fn prolog(source: &str) -> usize {
    let Some(at) = source.find("<!DOCTYPE") else { return 0 };
    let rest = source.get(at..).unwrap_or_default();
    let opens =
        rest.find(['[', '>']).filter(|open| rest.get(*open..).is_some_and(|r| r.starts_with('[')));
    let closes = opens.and_then(|_| rest.find("]>"));
    let before = source.get(..at).unwrap_or_default();
    match closes {
        Some(close) if !before.contains("<html") => at + close + 2,
        _ => 0,
    }
}

struct Builder {
    tree: Tree,
    /// The nodes that are open, outermost first.
    open: Vec<usize>,
    /// Elements beyond the greatest depth that are open.
    beyond: usize,
}

impl Builder {
    fn push(&mut self, tag: Option<Tag>, source: Range<usize>, text: Option<&str>) {
        let index = self.tree.nodes.len();
        let start = self.tree.text.len();
        self.tree.text.push_str(text.unwrap_or_default());
        let attributes = self.tree.nodes.last().map_or(0, |before| before.attributes.end);
        self.tree.nodes.push(Node {
            tag,
            parent: self.open.last().copied().unwrap_or(0),
            end: index + 1,
            text: start..self.tree.text.len(),
            source,
            attributes: attributes..self.tree.attributes.len(),
        });
        if text.is_none() {
            self.open.push(index);
        }
    }

    fn tag(&self, position: usize) -> Option<Tag> {
        self.open.get(position).and_then(|node| self.tree.tag(*node))
    }

    /// The innermost open element that is one of these, not looking beyond a wall.
    fn find(&self, is: impl Fn(Tag) -> bool, wall: impl Fn(Tag) -> bool) -> Option<usize> {
        for position in (1..self.open.len()).rev() {
            match self.tag(position) {
                Some(tag) if is(tag) => return Some(position),
                Some(tag) if wall(tag) => return None,
                _ => {}
            }
        }
        None
    }

    /// Closes the open elements from a position on.
    fn close(&mut self, position: usize, at: usize) {
        let end = self.tree.nodes.len();
        for node in self.open.drain(position..) {
            if let Some(node) = self.tree.nodes.get_mut(node) {
                node.end = end;
                node.source.end = node.source.end.max(at);
            }
        }
    }

    /// Ends an element of running text. Blocks that are open inside it go on, so that what they say
    /// stays together; they end behind it.
    fn end_mark(&mut self, position: usize, at: usize) {
        let blocks =
            (position + 1..self.open.len()).any(|inner| self.tag(inner).is_some_and(Tag::is_block));
        if !blocks {
            self.close(position, at);
            return;
        }
        let end = self.tree.nodes.len();
        let node = self.open.remove(position);
        if let Some(node) = self.tree.nodes.get_mut(node) {
            node.end = end;
            node.source.end = node.source.end.max(at);
        }
    }

    /// Closes what cannot be around an element that starts.
    fn make_room(&mut self, tag: Tag, at: usize) {
        use Tag::{
            A, Button, Caption, Colgroup, Dd, Dl, Dt, Li, Ol, Optgroup, Option, P, Rp, Rt, Ruby,
            Select, Table, Tbody, Td, Tfoot, Th, Thead, Tr, Ul,
        };
        let found = match tag {
            Li => self.find(|t| t == Li, |t| t.is_wall() || matches!(t, Ul | Ol)),
            Dt | Dd => self.find(|t| matches!(t, Dt | Dd), |t| t.is_wall() || t == Dl),
            Tr => self.find(|t| matches!(t, Tr | Caption | Colgroup), |t| t == Table),
            Td | Th => self.find(|t| matches!(t, Td | Th), |t| matches!(t, Table | Tr)),
            Tbody | Thead | Tfoot => self
                .find(|t| matches!(t, Tbody | Thead | Tfoot | Caption | Colgroup), |t| t == Table)
                .or_else(|| self.find(|t| t == Tr, |t| t == Table)),
            Option | Optgroup => self.find(|t| t == Option, |t| t == Select),
            A => self.find(|t| t == A, Tag::is_wall),
            Button => self.find(|t| t == Button, Tag::is_wall),
            Rt | Rp => self.find(|t| matches!(t, Rt | Rp), |t| t == Ruby),
            _ if tag.heading().is_some() => {
                let top = self.open.len() - 1;
                self.tag(top).and_then(Tag::heading).map(|_| top)
            }
            _ => None,
        };
        if let Some(position) = found {
            if tag == A {
                self.end_mark(position, at);
            } else {
                self.close(position, at);
            }
        }
        // An open paragraph ends where a block starts, unless it is around something else.
        if tag.is_block()
            && let Some(position) = self.find(|t| t == P, |t| t.is_wall() || t.is_block())
        {
            self.close(position, at);
        }
    }

    fn start(&mut self, tag: Option<Tag>, source: Range<usize>, closed: bool) {
        if let Some(tag) = tag {
            self.make_room(tag, source.start);
        }
        if self.open.len() >= MAX_DEPTH {
            self.beyond += usize::from(!closed);
        }
        self.push(tag, source, None);
        if closed || self.open.len() > MAX_DEPTH {
            self.open.pop();
        }
    }

    fn end(&mut self, tag: Option<Tag>, at: usize) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let found = match tag {
            Some(Tag::Br) => {
                self.start(tag, at..at, true);
                None
            }
            None => (1..self.open.len()).next_back().filter(|top| self.tag(*top).is_none()),
            Some(tag) if tag.heading().is_some() => {
                self.find(|t| t.heading().is_some(), Tag::is_wall)
            }
            Some(
                tag @ (Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Template | Tag::Svg),
            ) => self.find(|t| t == tag, |t| t == Tag::Table),
            Some(tag @ (Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot)) => {
                self.find(|t| t == tag, |t| t == Tag::Table)
            }
            Some(Tag::Body | Tag::Html) => None,
            Some(Tag::Li) => {
                self.find(|t| t == Tag::Li, |t| t.is_wall() || matches!(t, Tag::Ul | Tag::Ol))
            }
            Some(tag) => self.find(|t| t == tag, Tag::is_wall),
        };
        match (found, tag) {
            (Some(position), Some(tag)) if !tag.is_block() && !tag.is_wall() => {
                self.end_mark(position, at);
            }
            (Some(position), _) => self.close(position, at),
            (None, _) => {}
        }
    }

    fn text(&mut self, text: &str, source: Range<usize>) {
        if !text.is_empty() {
            self.push(None, source, Some(text));
        }
    }

    fn finish(mut self, at: usize) -> Tree {
        self.close(0, at);
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_too_deep_is_put_at_the_deepest_place() {
        for tag in ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<x-y>"] {
            let tree = read(&format!("{}deep", tag.repeat(2_000)), false);
            let deepest = (0..tree.nodes.len()).map(|node| tree.ancestors(node).count()).max();
            assert!(deepest.unwrap() <= MAX_DEPTH + 2, "{tag}: {deepest:?}");
            assert_eq!(tree.text, "deep");
        }
    }
}
