//! What each element means: what happens where it starts and where it ends.

use super::{After, Definitions, Frame, Term, Terms, Writer, is_cell};
use crate::import::html::blocks::Container;
use crate::import::html::content::Left;
use crate::import::html::inline::{EMPHASIS, Kind, STRIKE, STRONG, plain};
use crate::import::html::page::names;
use crate::import::html::tag::{Attr, Tag};
use crate::import::html::tree::Tree;

/// Classes of headings that name no section: they say who wrote the page, or more of its title.
const ABOUT: &[&str] = &["author", "corpauthor", "editor", "translator", "subtitle", "date"];

/// Whether an element has one of some classes.
fn tree_has(tree: &Tree, node: usize, classes: &[&str]) -> bool {
    tree.has_word(node, Attr::Class, |word| {
        classes.iter().any(|class| word.eq_ignore_ascii_case(class))
    })
}

impl Writer<'_> {
    /// Starts a node; the node to go on with.
    pub(super) fn enter(&mut self, node: usize) -> usize {
        let tree = &self.page.tree;
        let end = tree.inside(node).end;
        if let Some(text) = tree.text_at(node) {
            let at = self.at(node);
            if self.is_between_cells(node) && text.trim().is_empty() {
                return end;
            }
            self.inline.text(text, at);
            return end;
        }
        let key = (self.index, node);
        let left = self.page.content.left.get(node).copied().flatten();
        if self.notes.back.contains(&key) || self.notes.claimed.contains(&key) {
            if tree.tag(node).and_then(Tag::heading).is_some() {
                self.ids.extend(names(tree, node).map(Into::into));
            }
            return end;
        }
        if let Some(why) = left {
            if why != Left::Silent {
                let inside = std::iter::once(node).chain(tree.inside(node));
                self.ids.extend(inside.flat_map(|n| names(tree, n)).map(Into::into));
            }
            return end;
        }
        self.ids.extend(names(tree, node).map(Into::into));
        let frame = Frame {
            end,
            after: After::Nothing,
            marks: self.inline.marks,
            link: self.inline.link,
            code: self.inline.code,
        };
        let Some(tag) = tree.tag(node) else {
            self.style(node);
            self.frames.push(frame);
            return node + 1;
        };
        match self.start(tag, node) {
            Some(after) => {
                self.frames.push(Frame { after, ..frame });
                node + 1
            }
            None => end,
        }
    }

    /// Starts an element; none if it is done with all that is inside it.
    fn start(&mut self, tag: Tag, node: usize) -> Option<After> {
        if tag.is_block() {
            // Marks around blocks are marks of what is inside; links as well.
            self.flush();
        }
        let marks = match tag {
            Tag::Em | Tag::Dfn | Tag::Figcaption => EMPHASIS,
            Tag::Strong => STRONG,
            Tag::Summary if !self.holds_heading(node) => STRONG,
            Tag::Del => STRIKE,
            _ => 0,
        };
        self.inline.marks |= marks;
        self.style(node);
        if let Some(level) = tag.heading() {
            if self.flat == 0 && tree_has(&self.page.tree, node, ABOUT) {
                self.inline.marks |= STRONG;
                return Some(After::Block);
            }
            return Some(self.start_heading(level));
        }
        let at = self.at(node);
        Some(match tag {
            Tag::Br => {
                self.inline.push(Kind::Break, "", at);
                return None;
            }
            Tag::Wbr | Tag::Rp | Tag::Col | Tag::Colgroup | Tag::Base => return None,
            Tag::Hr => {
                if self.flat == 0 {
                    self.release();
                    self.begin_lines("***", at);
                }
                return None;
            }
            Tag::Pre | Tag::Xmp | Tag::Plaintext => {
                self.code_block(node);
                return None;
            }
            Tag::Img | Tag::Image => {
                self.image(node);
                return None;
            }
            Tag::Svg | Tag::Math => {
                self.drawing(node, tag);
                return None;
            }
            Tag::Input => {
                self.control(node);
                return None;
            }
            Tag::Sub | Tag::Sup => return self.script(node, tag == Tag::Sup),
            Tag::Code => {
                self.inline.code = true;
                After::Nothing
            }
            Tag::A => {
                if self.reference(node) {
                    return None;
                }
                self.link(node);
                After::Nothing
            }
            Tag::Q => {
                self.inline.text("\u{201c}", at);
                After::Text("\u{201d}".into())
            }
            Tag::Rt => {
                self.inline.text("(", at);
                After::Text(")".into())
            }
            Tag::Abbr => self.abbreviation(node),
            Tag::Blockquote if self.flat == 0 => {
                self.release();
                self.blocks.open(Container::Quote);
                After::Quote
            }
            Tag::Ul | Tag::Ol if self.flat == 0 => {
                self.release();
                self.start_list(tag, node);
                After::List
            }
            Tag::Li => self.start_item(node),
            Tag::Dl if self.flat == 0 => {
                self.release();
                self.start_definitions(node);
                After::Definitions
            }
            Tag::Dt => self.start_term(node),
            Tag::Dd => self.start_definition(),
            Tag::Table => self.start_table(node),
            Tag::Tr => self.start_row(node),
            Tag::Td | Tag::Th => self.start_cell(node),
            Tag::Caption if self.table.is_some() => After::Caption,
            _ if tag.is_block() => After::Block,
            _ => After::Nothing,
        })
    }

    /// Ends the innermost element that is open.
    pub(super) fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.after {
            After::Nothing | After::Row => {}
            After::Text(text) => {
                let at = frame.end.checked_sub(1).map_or(0, |node| self.at(node));
                self.inline.text(&text, at);
            }
            After::Block => self.flush(),
            After::Heading(level) => {
                self.flat -= 1;
                if self.flat == 0 {
                    self.in_heading = false;
                    self.end_heading(level);
                } else {
                    self.inline.end_line(0);
                }
            }
            After::List => {
                self.flush();
                if let Some(list) = self.lists.pop() {
                    self.blocks.end_list(list);
                }
            }
            After::Item | After::Quote => {
                self.flush();
                self.blocks.close();
            }
            After::Definitions => {
                self.flush();
                if let Some(definitions) = self.definitions.pop() {
                    if definitions.item {
                        self.blocks.close();
                    }
                    if definitions.sort == Terms::Cards {
                        self.release();
                        let at = self.blocks.out.text.len();
                        self.text.terms.push(Term { at, title: None });
                    } else {
                        self.blocks.end_list(definitions.list);
                    }
                }
            }
            After::Term | After::Definition => {
                self.end_term(matches!(frame.after, After::Term));
            }
            After::Cell => self.end_cell(),
            After::Table => self.end_table(),
            After::Caption => self.end_caption(),
        }
        self.inline.marks = frame.marks;
        self.inline.link = frame.link;
        self.inline.code = frame.code;
    }

    fn holds_heading(&self, node: usize) -> bool {
        let tree = &self.page.tree;
        tree.inside(node).any(|n| tree.tag(n).and_then(Tag::heading).is_some())
    }

    fn begin_lines(&mut self, lines: &str, at: usize) {
        let text = lines.to_owned();
        self.put(crate::import::html::inline::Rendered { text, origin: vec![(0, at)] });
    }

    fn start_heading(&mut self, level: u8) -> After {
        self.flat += 1;
        if self.flat == 1 {
            self.in_heading = true;
        } else {
            self.inline.marks |= STRONG;
        }
        After::Heading(level)
    }

    fn start_list(&mut self, tag: Tag, node: usize) {
        let number =
            |attr| self.page.tree.attribute(node, attr).and_then(|n| n.trim().parse().ok());
        let first = number(Attr::Start).map_or(1, |n: u64| n.min(999_999_999));
        let list = self.blocks.list((tag == Tag::Ol).then_some(first));
        self.lists.push(list);
    }

    fn start_item(&mut self, node: usize) -> After {
        let at = self.at(node);
        if self.flat > 0 {
            if !self.in_heading {
                self.inline.text("\u{2022} ", at);
            }
            return After::Block;
        }
        self.release();
        let value =
            self.page.tree.attribute(node, Attr::Value).and_then(|n| n.trim().parse::<u64>().ok());
        let Some(mut list) = self.lists.pop() else {
            // An item without a list stands in one of its own.
            let mut list = self.blocks.list(None);
            self.blocks.item(&mut list);
            return After::Item;
        };
        if let (Some(value), Some(next)) = (value, list.number)
            && value != next
        {
            // Markdown counts on by itself: another number starts another list.
            self.blocks.end_list(list);
            list = self.blocks.list(Some(value.min(999_999_999)));
        }
        self.blocks.item(&mut list);
        self.lists.push(list);
        After::Item
    }

    fn start_definitions(&mut self, node: usize) {
        let tree = &self.page.tree;
        let term = |n: usize| {
            tree.tag(n) == Some(Tag::Dfn)
                && tree.ancestors(n).take(4).any(|n| tree.tag(n) == Some(Tag::Dt))
        };
        let glossary = self.glossaries && !self.blocks.is_inside() && tree.inside(node).any(term);
        let list = self.blocks.list(None);
        let says = |n: usize| {
            tree.tag(n) == Some(Tag::Dd) && tree.ancestors(n).skip(1).take(2).any(|n| n == node)
        };
        let sort = match tree.inside(node).any(says) {
            _ if glossary => Terms::Cards,
            true => Terms::Explained,
            false => Terms::Bare,
        };
        self.definitions.push(Definitions { list, item: false, defined: false, sort });
    }

    fn start_term(&mut self, node: usize) -> After {
        if self.flat > 0 {
            self.inline.marks |= STRONG;
            return After::Block;
        }
        self.release();
        let Some(mut open) = self.definitions.pop() else { return After::Block };
        if open.sort == Terms::Cards {
            let tree = &self.page.tree;
            let dfn = tree.inside(node).find(|n| tree.tag(*n) == Some(Tag::Dfn)).unwrap_or(node);
            let title = tree.text_of(dfn).split_whitespace().collect::<Vec<_>>().join(" ");
            // A blank line parts the term from what precedes it, so that its text starts anew.
            let at = self.blocks.out.text.len();
            self.text.anchors.extend(self.ids.drain(..).map(|name| (name, at)));
            self.text.terms.push(Term { at, title: Some(title) });
        } else {
            let ends = std::mem::take(&mut open.defined) || open.sort == Terms::Bare;
            if ends && std::mem::take(&mut open.item) {
                self.blocks.close();
            }
            if !std::mem::replace(&mut open.item, true) {
                self.blocks.item(&mut open.list);
            }
            self.inline.marks |= if open.sort == Terms::Bare { 0 } else { STRONG };
        }
        self.definitions.push(open);
        After::Term
    }

    fn start_definition(&mut self) -> After {
        if self.flat > 0 {
            return After::Block;
        }
        self.release();
        if let Some(mut open) = self.definitions.pop() {
            open.defined = true;
            if open.sort != Terms::Cards && !std::mem::replace(&mut open.item, true) {
                self.blocks.item(&mut open.list);
            }
            self.definitions.push(open);
        }
        After::Definition
    }

    fn end_term(&mut self, is_term: bool) {
        let glossary = self.definitions.last().is_some_and(|d| d.sort == Terms::Cards);
        if glossary && is_term && self.flat == 0 {
            // The term is the title of its card; only what says more is kept.
            let words = plain(&self.inline.pieces);
            let title = self.text.terms.last().and_then(|term| term.title.as_deref());
            if title == Some(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str()) {
                self.inline.take();
            }
        }
        self.flush();
    }

    /// Whether a node stands in a table but in no cell of it.
    fn is_between_cells(&self, node: usize) -> bool {
        let parent = self.page.tree.nodes.get(node).and_then(|n| self.page.tree.tag(n.parent));
        matches!(parent, Some(Tag::Table | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr))
            && !is_cell(parent)
    }

    /// Marks that a style attribute asks for.
    fn style(&mut self, node: usize) {
        let Some(style) = self.page.tree.attribute(node, Attr::Style) else { return };
        for (name, value) in style.split(';').filter_map(|rule| rule.split_once(':')) {
            let value = value.trim();
            match name.trim() {
                "font-weight" => match value {
                    "bold" | "bolder" | "600" | "700" | "800" | "900" => {
                        self.inline.marks |= STRONG;
                    }
                    "normal" | "400" => self.inline.marks &= !STRONG,
                    _ => {}
                },
                "font-style" if matches!(value, "italic" | "oblique") => {
                    self.inline.marks |= EMPHASIS;
                }
                "text-decoration" | "text-decoration-line" if value.starts_with("line-through") => {
                    self.inline.marks |= STRIKE;
                }
                _ => {}
            }
        }
    }
}
