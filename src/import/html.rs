//! HTML as cards: the content of a page without what serves to get around the site, its headings as
//! cards. What the author hides is left out, and named in a finding with its words.

mod blocks;
mod cards;
mod charset;
mod content;
mod inline;
mod label;
mod layout;
mod neighbours;
mod notes;
mod page;
mod tag;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use cards::{Cards, Plan};
pub use charset::text as decode;
pub use neighbours::{Neighbours, links, neighbours};
pub use notes::Notes;
pub use page::{Page, join, percent_decode};

use super::{Ids, Naming, Split, Written};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Briefing, BriefingId, Part};
use crate::text::{Hidden, LineIndex, Printable, slug};
use content::Left;
use std::path::Path;
use std::sync::Arc;
use tag::{Attr, Tag};

/// Characters of hidden text that a finding shows.
const SHOWN: usize = 80;

/// Reads a page. It never fails: what was left out or is odd is a finding.
pub fn html(bytes: &[u8], path: &str, naming: Naming, how: Split) -> (Briefing, Vec<Diagnostic>) {
    let (source, odd) = decode(bytes);
    let mut found: Vec<_> = odd.into_iter().collect();
    let mut ids = Ids::new(path, naming);
    let stem = ids.stem().to_owned();
    let id = slug(&stem);
    let id = BriefingId::new(if id.is_empty() { "page" } else { &id });
    let mut briefing = Briefing::empty(id, Printable::line(&stem));
    let xml =
        source.trim_start().starts_with("<?xml") || ending(path).eq_ignore_ascii_case("xhtml");
    let page = Page::read(&source, path, xml);
    let lines = LineIndex::new(&source);
    if is_markup(&page, &source) {
        let pages = std::slice::from_ref(&page);
        let notes = Notes::find(pages);
        let title = page.title().unwrap_or(stem);
        let alone = naming == Naming::Alone;
        let mut plan =
            Plan { ids: &mut ids, split: how, alone, title: &title, chapter: false, depth: 0 };
        let made = read(pages, 0, &notes, &lines, false, &mut plan);
        found.extend(findings(&page, &lines));
        let on = page.leads_on().filter(|_| !alone);
        briefing.redirects.extend(on.map(|to| (path.into(), to)));
        briefing.title = Printable::line(&made.title);
        briefing.language = page.language().map(Printable::line);
        let cards = 0..u32::try_from(made.cards.len()).unwrap_or(u32::MAX);
        briefing.parts.push(Part {
            path: path.into(),
            title: None,
            cards,
            anchors: made.anchors.into(),
        });
        briefing.cards = made.cards;
    } else {
        let help = "is it another kind of file, named wrongly?";
        found.push(Diagnostic::warning("not-html", "the file is no HTML").help(help));
    }
    let file = Arc::from(Path::new(path));
    (briefing, found.into_iter().map(|d| d.in_file(&file)).collect())
}

/// A piece of HTML as Markdown.
pub fn fragment(source: &str) -> Written {
    let pages = [Page::read(source, "", false)];
    let notes = Notes::find(&pages);
    let writer = write::Writer::new(&pages, 0, &notes, false);
    let written = writer.map(write::Writer::page).unwrap_or_default().written;
    let start = written.text.len() - written.text.trim_start_matches('\n').len();
    let end = written.text.trim_end_matches('\n').len();
    written.part(start.min(end)..end)
}

/// What stands behind the last dot of a path.
fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Writes a page and cuts it into cards.
pub fn read(
    pages: &[Page],
    index: usize,
    notes: &Notes,
    lines: &LineIndex,
    glossaries: bool,
    plan: &mut Plan,
) -> Cards {
    let writer = write::Writer::new(pages, index, notes, glossaries);
    let text = writer.map(write::Writer::page).unwrap_or_default();
    cards::cards(pages, index, notes, &text, lines, plan)
}

/// Whether a file holds HTML, or text that may stand for it.
fn is_markup(page: &Page, source: &str) -> bool {
    let element = (1..page.tree.nodes.len()).any(|node| page.tree.tag(node).is_some());
    element || !source.contains('\0') && !source.starts_with("%PDF-")
}

impl Page {
    /// What the page calls itself: its title without the name of the site, if a heading shows which
    /// part of it that is.
    pub fn title(&self) -> Option<String> {
        let words =
            |node: usize| self.tree.text_of(node).split_whitespace().collect::<Vec<_>>().join(" ");
        let title = self.first(Tag::Title).map(words).filter(|title| !title.is_empty())?;
        // The name of the site is no heading of the page.
        let kept = |tag| {
            let all = (0..self.tree.nodes.len()).filter(move |n| self.tree.tag(*n) == Some(tag));
            let mut kept = all.filter(|n| self.content.left.get(*n).is_some_and(Option::is_none));
            kept.next()
        };
        let heading =
            kept(Tag::H1).or_else(|| kept(Tag::H2).filter(|_| self.first(Tag::H1).is_some()));
        let heading = heading.map(words).unwrap_or_default();
        let heading = heading.trim_end_matches(['#', '\u{b6}']).trim_end();
        let parts = [" - ", " | ", " \u{2014} ", " \u{2013} ", " \u{b7} ", ": "];
        let site = parts.iter().any(|sign| title.split(sign).any(|part| part == heading));
        Some(if site && !heading.is_empty() { heading.to_owned() } else { title })
    }

    /// The language of the page.
    pub fn language(&self) -> Option<&str> {
        let node = self.first(Tag::Html).or_else(|| self.first(Tag::Body))?;
        self.tree.attribute(node, Attr::Lang).map(str::trim).filter(|lang| !lang.is_empty())
    }

    /// Whether its content has words, or an image that is not the cover.
    pub fn says_something(&self) -> bool {
        let cover = |word: &str| word.contains("cover") || word.contains("titlepage");
        let mut node = self.content.root;
        let (end, mut is_cover) = (self.tree.inside(node).end, self.path.contains("cover"));
        while node < end {
            if self.content.left.get(node).is_some_and(Option::is_some) {
                node = self.tree.inside(node).end;
                continue;
            }
            is_cover |= self.tree.has_word(node, Attr::EpubType, cover);
            let alt = self.tree.attribute(node, Attr::Alt).filter(|_| !is_cover);
            let text = self.tree.text_at(node).or(alt);
            if text.is_some_and(|text| text.contains(char::is_alphanumeric)) {
                return true;
            }
            node += 1;
        }
        false
    }

    /// The links of a table of contents, with their words and how deep they stand.
    pub fn contents(&self) -> Vec<(String, String, u8)> {
        let tree = &self.tree;
        let navs = || (0..tree.nodes.len()).filter(|n| tree.tag(*n) == Some(Tag::Nav));
        let toc = |n: &usize| tree.has_word(*n, Attr::EpubType, |word| word == "toc");
        let nav = navs().find(toc).or_else(|| navs().next()).unwrap_or(0);
        let links = tree.inside(nav).filter(|n| tree.tag(*n) == Some(Tag::A));
        let line = |link: usize| {
            let lists = tree.ancestors(link).take_while(|n| *n != nav);
            let lists = lists.filter(|n| matches!(tree.tag(*n), Some(Tag::Ol | Tag::Ul))).count();
            let words = tree.text_of(link).split_whitespace().collect::<Vec<_>>().join(" ");
            let depth = u8::try_from(lists.saturating_sub(1)).unwrap_or(u8::MAX);
            Some((tree.attribute(link, Attr::Href)?.to_owned(), words, depth))
        };
        links.filter_map(line).collect()
    }

    /// The bytes of the file in which an element stands.
    fn source(&self, node: usize) -> std::ops::Range<usize> {
        self.tree.nodes.get(node).map_or(0..0, |node| node.source.clone())
    }
}

/// What of a page a reader should know that the cards do not show.
pub fn findings(page: &Page, lines: &LineIndex) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (tree, content) = (&page.tree, &page.content);
    let (mut words, mut shown, mut first) = (0, String::new(), None);
    let mut node = content.root;
    while node < tree.inside(content.root).end {
        match content.left.get(node).copied().flatten() {
            None => node += 1,
            Some(why) => {
                let text = tree.text_of(node);
                let said = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric));
                if why == Left::Hidden && said.clone().next().is_some() {
                    words += said.count();
                    first.get_or_insert(node);
                    if shown.chars().count() < SHOWN {
                        let sign = if shown.is_empty() { "" } else { " \u{2026} " };
                        shown.push_str(sign);
                        shown.extend(
                            text.split_whitespace()
                                .collect::<Vec<_>>()
                                .join(" ")
                                .chars()
                                .take(SHOWN),
                        );
                    }
                }
                node = tree.inside(node).end;
            }
        }
    }
    if let Some(node) = first {
        let plural = if words == 1 { "" } else { "s" };
        let message = format!("{words} hidden word{plural} left out: `{shown}`");
        let help = "the page hides them from readers; open it in a browser to see whether it shows them later";
        let at = lines.span(page.source(node));
        found.push(Diagnostic::new(Severity::Info, "hidden-text", message).at(at).help(help));
    }
    for node in 0..tree.nodes.len() {
        let refresh = tree.tag(node) == Some(Tag::Meta)
            && tree.has_word(node, Attr::HttpEquiv, |word| word.eq_ignore_ascii_case("refresh"));
        let (message, help) = match tree.attribute(node, Attr::Href) {
            Some(href) if tree.tag(node) == Some(Tag::Base) => (
                format!("the page wants its links read as if it stood at `{href}`"),
                "they are read as they stand, from the place of this file",
            ),
            _ if refresh => {
                let to = tree.attribute(node, Attr::Content).unwrap_or_default();
                (
                    format!("the page wants to be replaced: `{to}`"),
                    "nothing is loaded; this page is shown",
                )
            }
            _ => continue,
        };
        found.push(
            Diagnostic::warning("redirect", message).at(lines.span(page.source(node))).help(help),
        );
    }
    found.extend(characters(page, lines));
    found
}

/// Characters that could act on a terminal, or reorder text.
fn characters(page: &Page, lines: &LineIndex) -> Option<Diagnostic> {
    let tree = &page.tree;
    let (mut all, mut first) = (Hidden::default(), None);
    if Printable::inspect(&tree.text).is_none() {
        return None;
    }
    for node in tree.inside(page.content.root) {
        // What has no width is common on pages, and harmless.
        let hidden =
            Hidden { invisible: 0, ..Printable::inspect(tree.text_at(node).unwrap_or_default()) };
        all += hidden;
        if !hidden.is_none() {
            first.get_or_insert(node);
        }
    }
    Some(Diagnostic::hidden(all).at(lines.span(page.source(first?))))
}
