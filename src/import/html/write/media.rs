//! Links, images, code, and the small elements that are written in a way of their own.

use super::{After, Writer, math};
use crate::import::html::content::Left;
use crate::import::html::inline::{Kind, Link, Rendered, is_space, longest_run, plain};
use crate::import::html::page::names;
use crate::import::html::tag::{Attr, Tag};
use std::fmt::Write;

/// Schemes of addresses that lead nowhere in a text.
const DEAD: &[&str] = &["javascript:", "data:", "vbscript:", "blob:", "about:"];

impl Writer<'_> {
    /// Starts a link.
    pub(super) fn link(&mut self, node: usize) {
        let Some(href) = self.page.tree.attribute(node, Attr::Href).and_then(address) else {
            return;
        };
        if href == "#" {
            return;
        }
        let source = self.page.tree.nodes.get(node).map_or(0..0, |n| n.source.clone());
        self.inline.link = Some(self.inline.links.len());
        self.inline.links.push(Link { href: self.rebased(href), source });
    }

    /// An address as the page where it will stand has to write it.
    fn rebased(&self, href: &str) -> Box<str> {
        if href.starts_with("//") {
            return format!("https:{href}").into();
        }
        let relative =
            !href.starts_with('/') && !href.split('/').next().unwrap_or_default().contains(':');
        let (path, fragment) = href.find('#').map_or((href, ""), |at| href.split_at(at));
        let resolved =
            if path.is_empty() { Some(self.page.path.clone()) } else { self.page.resolve(path) };
        match resolved.filter(|_| self.away && relative) {
            Some(path) => format!("/{path}{fragment}").into(),
            None => href.into(),
        }
    }

    /// Writes a link as a reference to a note, if it is one.
    pub(super) fn reference(&mut self, node: usize) -> bool {
        let Some(note) = self.notes.refs.get(&(self.index, node)).copied() else { return false };
        let Some(label) = self.notes.notes.get(note).map(|note| note.label.clone()) else {
            return false;
        };
        let at = self.at(node);
        let link = self.inline.link.take();
        self.inline.push(Kind::Note, &label, at);
        self.inline.link = link;
        self.referred.push(note);
        true
    }

    /// Writes an image; one without words and meant so is left out.
    pub(super) fn image(&mut self, node: usize) {
        let tree = &self.page.tree;
        let alt = tree.attribute(node, Attr::Alt).map(str::trim);
        let figure =
            tree.ancestors(node).take(4).any(|n| matches!(tree.tag(n), Some(Tag::Figure | Tag::A)));
        if alt == Some("") && !figure {
            return;
        }
        let formula = alt.and_then(|alt| alt.strip_prefix("{\\displaystyle ")?.strip_suffix('}'));
        if let Some(formula) = formula {
            self.inline.text(formula.trim(), self.at(node));
            return;
        }
        let src = [Attr::Src, Attr::Href, Attr::DataSrc]
            .into_iter()
            .find_map(|attr| tree.attribute(node, attr).and_then(address))
            .unwrap_or_default();
        let title = || tree.attribute(node, Attr::Title).map(str::trim);
        let words = alt.filter(|alt| !alt.is_empty()).or_else(title).unwrap_or_default();
        self.picture(words, src, self.at(node));
    }

    fn picture(&mut self, words: &str, address: &str, at: usize) {
        if words.is_empty() && address.is_empty() {
            return;
        }
        let words: Vec<_> = words.split(is_space).filter(|word| !word.is_empty()).collect();
        self.inline.push(Kind::Image(address.into()), &words.join(" "), at);
    }

    /// Writes a drawing or a formula by its words.
    pub(super) fn drawing(&mut self, node: usize, tag: Tag) {
        let tree = &self.page.tree;
        let at = self.at(node);
        let visible = || {
            let mut words = String::new();
            let mut n = node + 1;
            while n < tree.inside(node).end {
                if tree.tag(n).is_some_and(|t| t.is_silent() && t != Tag::Title) {
                    n = tree.inside(n).end;
                    continue;
                }
                words.push_str(tree.text_at(n).unwrap_or_default());
                words.push_str(if tree.text_at(n).is_some() { " " } else { "" });
                n += 1;
            }
            words
        };
        if tag == Tag::Svg {
            let image = tree.inside(node).find(|n| tree.tag(*n) == Some(Tag::Image));
            let address = image.and_then(|n| tree.attribute(n, Attr::Href)).and_then(address);
            let label = tree.attribute(node, Attr::AriaLabel).map(str::to_owned);
            let words = label.unwrap_or_else(visible);
            self.picture(words.trim(), address.unwrap_or_default(), at);
        } else {
            let tex = tree.inside(node).find(|n| {
                tree.tag(*n) == Some(Tag::Annotation)
                    && tree.has_word(*n, Attr::Encoding, |t| {
                        t.eq_ignore_ascii_case("application/x-tex")
                    })
            });
            let words = tree.attribute(node, Attr::AltText).map(str::to_owned);
            let words = words.or_else(|| tex.map(|n| tree.text_of(n).to_owned()));
            let words = words.filter(|words| !words.trim().is_empty());
            self.inline.text(&words.unwrap_or_else(|| math::line(tree, node)), at);
        }
    }

    /// Writes the box of a task; other controls are no text.
    pub(super) fn control(&mut self, node: usize) {
        let tree = &self.page.tree;
        let is_box = tree.has_word(node, Attr::Type, |t| t.eq_ignore_ascii_case("checkbox"));
        let in_item = tree.ancestors(node).take(4).any(|n| tree.tag(n) == Some(Tag::Li));
        if is_box && in_item && self.flat == 0 && self.inline.is_empty() {
            let done = tree.attribute(node, Attr::Checked).is_some();
            self.inline.take();
            self.inline.push(Kind::Task(done), "", self.at(node));
        }
    }

    /// Writes an abbreviation; the first of its kind with what it stands for.
    pub(super) fn abbreviation(&mut self, node: usize) -> After {
        let tree = &self.page.tree;
        let title = tree.attribute(node, Attr::Title).map(str::trim).unwrap_or_default();
        let short = tree.text_of(node).trim();
        let known =
            title.is_empty() || title == short || plain(&self.inline.pieces).contains(title);
        if known || !self.explained.insert(format!("{short}\n{title}")) {
            return After::Nothing;
        }
        After::Text(format!(" ({title})"))
    }

    /// Writes raised or lowered text; none if it is done.
    pub(super) fn script(&mut self, node: usize, raised: bool) -> Option<After> {
        let tree = &self.page.tree;
        let inside = |tag| tree.inside(node).any(|n| tree.tag(n) == Some(tag));
        if inside(Tag::A) || inside(Tag::Img) || inside(Tag::Sup) || inside(Tag::Sub) {
            return Some(After::Nothing);
        }
        let text: Vec<_> = tree.text_of(node).split_whitespace().collect();
        let text = text.join(" ");
        let at = self.at(node);
        let small = math::small(&text, raised);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let written = match small {
            _ if text.is_empty() => String::new(),
            // `1st`, `Mlle`: words, not exponents.
            _ if raised && letters > 1 && letters == text.chars().count() => text,
            Some(small) => small,
            None if !text.chars().any(char::is_alphanumeric) => text,
            None => {
                let sign = if raised { '^' } else { '_' };
                if text.chars().count() == 1 || text.chars().all(char::is_alphanumeric) {
                    format!("{sign}{text}")
                } else {
                    format!("{sign}({text})")
                }
            }
        };
        self.inline.text(&written, at);
        None
    }

    /// Writes text that keeps its lines.
    pub(super) fn code_block(&mut self, node: usize) {
        let tree = &self.page.tree;
        let end = tree.inside(node).end;
        let mut text = String::new();
        let mut inside = node + 1;
        while inside < end {
            let left = self.page.content.left.get(inside).copied().flatten();
            if left.is_some_and(|why| why != Left::Silent || tree.tag(inside).is_some()) {
                inside = tree.inside(inside).end;
                continue;
            }
            self.ids.extend(names(tree, inside).map(Into::into));
            match tree.tag(inside) {
                Some(Tag::Br) => text.push('\n'),
                Some(Tag::Div | Tag::P) if !text.is_empty() && !text.ends_with('\n') => {
                    text.push('\n');
                }
                _ => text.push_str(tree.text_at(inside).unwrap_or_default()),
            }
            inside += 1;
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
        let at = self.at(node);
        if text.trim().is_empty() {
            return;
        }
        if self.flat > 0 {
            let outer = std::mem::replace(&mut self.inline.code, true);
            for line in text.lines() {
                self.inline.text(line, at);
                if !self.in_heading {
                    self.inline.end_line(at);
                }
            }
            self.inline.code = outer;
            return;
        }
        self.release();
        let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
        let mut block = format!("{fence}{}\n", self.language(node).unwrap_or_default());
        let _ = write!(block, "{text}\n{fence}");
        self.put(Rendered { text: block, origin: vec![(0, at)] });
    }

    /// The language of a code block, from its class or that of what is just around or inside it.
    fn language(&self, node: usize) -> Option<String> {
        let tree = &self.page.tree;
        let inner = tree.inside(node).take(3).filter(|n| tree.tag(*n) == Some(Tag::Code));
        let around = tree
            .ancestors(node)
            .skip(1)
            .take(2)
            .filter(|n| tree.inside(*n).len() < tree.inside(node).len() + 12);
        let near: Vec<_> = inner.chain([node]).chain(around).collect();
        let named = near.iter().find_map(|n| tree.attribute(*n, Attr::DataLang));
        let classed = || {
            near.iter().filter_map(|n| tree.attribute(*n, Attr::Class)).find_map(|class| {
                let brush = class.split_once("brush:").map(|(_, rest)| rest.trim_start());
                let mut words = class.split_ascii_whitespace();
                let marked = words.clone().find_map(|word| {
                    ["language-", "lang-", "highlight-source-", "highlight-", "src-"]
                        .iter()
                        .find_map(|prefix| word.strip_prefix(prefix))
                });
                let listed = words
                    .clone()
                    .any(|word| matches!(word, "sourceCode" | "rust-example-rendered" | "src"));
                let other = words
                    .find(|word| !matches!(*word, "sourceCode" | "rust-example-rendered" | "src"));
                brush.or(marked).or(other.filter(|_| listed))
            })
        };
        let name = named.or_else(classed)?;
        let good = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
        let name: String = name.chars().take_while(good).take(20).collect();
        let none = ["default", "none", "text", "plaintext", "notranslate"].contains(&name.as_str());
        (!name.is_empty() && !none).then_some(name)
    }
}

/// The address of a link or an image as written; none if it leads nowhere.
fn address(href: &str) -> Option<&str> {
    let href = href.trim_matches(|c: char| c.is_ascii_whitespace() || c.is_ascii_control());
    let lower: String = href.chars().filter(|c| !c.is_ascii_whitespace()).take(12).collect();
    let lower = lower.to_ascii_lowercase();
    (!href.is_empty() && !DEAD.iter().any(|scheme| lower.starts_with(scheme))).then_some(href)
}
