//! Notes: which links refer to one, and which elements are one. A note is drawn below the card that
//! refers to it, not where it stands.

use super::page::Page;
use super::tag::{Attr, Tag};
use std::collections::{HashMap, HashSet};

/// Bytes a note may have; what is longer is a section of its own.
const LONGEST: usize = 10_000;

/// A note.
#[derive(Debug)]
pub struct Note {
    /// The page it stands on.
    pub page: usize,
    /// The elements that hold it.
    pub nodes: Vec<usize>,
    /// What it is called; no two notes of a page that refers to it are called the same.
    pub label: String,
}

/// The notes of all pages.
#[derive(Debug, Default)]
pub struct Notes {
    pub notes: Vec<Note>,
    /// The note that a link refers to, by page and node.
    pub refs: HashMap<(usize, usize), usize>,
    /// Links from notes back to the text.
    pub back: HashSet<(usize, usize)>,
    /// Elements that are no part of the text, for they are notes or hold nothing but notes.
    pub claimed: HashSet<(usize, usize)>,
}

/// A link that looks like a reference to a note.
struct Candidate {
    page: usize,
    link: usize,
    target: (usize, usize),
    typed: bool,
    label: String,
}

impl Notes {
    /// Finds the notes of pages that may refer to one another.
    pub fn find(pages: &[Page]) -> Self {
        let by_path: HashMap<&str, usize> =
            pages.iter().enumerate().map(|(at, page)| (&*page.path, at)).collect();
        let mut finder = Finder::default();
        for (at, page) in pages.iter().enumerate() {
            // What was decided about each target.
            let mut decided: HashMap<(usize, usize), Option<usize>> = HashMap::new();
            for candidate in candidates(at, page, pages, &by_path) {
                if finder.found.is_in_note(page, at, candidate.link) {
                    continue;
                }
                let decide = || finder.admit(&candidate, pages);
                if let Some(note) = *decided.entry(candidate.target).or_insert_with(decide) {
                    finder.found.refs.insert((at, candidate.link), note);
                }
            }
        }
        let mut found = finder.found;
        for (at, page) in pages.iter().enumerate() {
            found.claim_containers(at, page);
        }
        found
    }

    /// Whether a link stands in a note: there it leads back to the text.
    fn is_in_note(&self, page: &Page, at: usize, link: usize) -> bool {
        page.tree.ancestors(link).any(|node| self.claimed.contains(&(at, node)))
    }

    /// Leaves out what held nothing but notes: their list, its heading, the rule above.
    fn claim_containers(&mut self, at: usize, page: &Page) {
        let tree = &page.tree;
        let mut node = 1;
        let mut claimed = Vec::new();
        while node < tree.nodes.len() {
            let is_notes = |word: &str| {
                let word = word.to_ascii_lowercase();
                matches!(
                    word.as_str(),
                    "footnotes"
                        | "endnotes"
                        | "rearnotes"
                        | "doc-endnotes"
                        | "doc-footnotes"
                        | "footnote-list"
                        | "footnotes-list"
                        | "references"
                        | "reflist"
                )
            };
            let words = [Attr::Class, Attr::Role, Attr::EpubType];
            if !words.into_iter().any(|attr| tree.has_word(node, attr, is_notes)) {
                node += 1;
                continue;
            }
            let (mut inside, mut says, mut notes) = (node + 1, false, false);
            while let Some(child) =
                tree.nodes.get(inside).filter(|_| inside < tree.inside(node).end)
            {
                if self.claimed.contains(&(at, inside))
                    || child.tag.and_then(Tag::heading).is_some()
                {
                    notes |= self.claimed.contains(&(at, inside));
                    inside = child.end;
                } else {
                    says |= tree.text_at(inside).is_some_and(|text| !text.trim().is_empty());
                    inside += 1;
                }
            }
            if notes && !says {
                claimed.push((at, node));
                claimed.extend(heading_of(page, node).map(|heading| (at, heading)));
            }
            node = tree.inside(node).end.max(node + 1);
        }
        self.claimed.extend(claimed);
    }
}

/// Notes that are being found.
#[derive(Default)]
struct Finder {
    found: Notes,
    by_node: HashMap<(usize, usize), usize>,
    /// The labels that were given, by the page that refers to them.
    labels: HashSet<(usize, String)>,
    /// The number for the next note whose label was taken.
    number: usize,
}

impl Finder {
    /// Takes the target of a candidate for a note, if it is one; which.
    fn admit(&mut self, candidate: &Candidate, pages: &[Page]) -> Option<usize> {
        let nodes = candidate.nodes(pages)?;
        let key = (candidate.target.0, *nodes.first()?);
        let page = pages.get(key.0)?;
        let refers = |node: &usize| {
            let mut inside = page.tree.inside(*node);
            inside.any(|n| self.found.refs.contains_key(&(key.0, n)))
        };
        if !candidate.typed && nodes.iter().any(refers) {
            return None;
        }
        for node in &nodes {
            let back = backlinks(page, *node, candidate.page == key.0, pages, candidate.page);
            self.found.back.extend(back.into_iter().map(|link| (key.0, link)));
            self.found.claimed.insert((key.0, *node));
        }
        if let Some(known) = self.by_node.get(&key) {
            return Some(*known);
        }
        let mut label = candidate.label.clone();
        while !self.labels.insert((candidate.page, label.clone())) {
            self.number += 1;
            label = self.number.to_string();
        }
        let index = self.found.notes.len();
        self.found.notes.push(Note { page: key.0, nodes, label });
        self.by_node.insert(key, index);
        Some(index)
    }
}

/// The heading of a section that holds nothing but a list of notes.
fn heading_of(page: &Page, list: usize) -> Option<usize> {
    let tree = &page.tree;
    let heading =
        |node: usize| tree.ancestors(node).find(|n| tree.tag(*n).and_then(Tag::heading).is_some());
    let left = |n: usize| page.content.left.get(n).copied().flatten().is_some();
    let says = |n: &usize| {
        tree.text_at(*n).is_some_and(|text| !text.trim().is_empty())
            && !tree.ancestors(*n).any(left)
    };
    let before = heading((1..list).rev().find(says)?)?;
    let after = (tree.inside(list).end..tree.nodes.len()).find(says);
    after.is_none_or(|node| heading(node).is_some()).then_some(before)
}

/// The links of a page that look like references to notes.
fn candidates(
    at: usize,
    page: &Page,
    pages: &[Page],
    by_path: &HashMap<&str, usize>,
) -> Vec<Candidate> {
    let tree = &page.tree;
    let links = (0..tree.nodes.len()).filter(|node| tree.tag(*node) == Some(Tag::A));
    let candidate = |link: usize| {
        let href = tree.attribute(link, Attr::Href)?;
        let (path, fragment) = href.split_once('#')?;
        let raised = tree.ancestors(link).take(4).any(|n| tree.tag(n) == Some(Tag::Sup))
            || tree.inside(link).any(|n| tree.tag(n) == Some(Tag::Sup));
        let typed = is_reference(page, link);
        let text = tree.text_of(link).trim();
        if !(typed || raised) || text.chars().count() > 12 || fragment.is_empty() {
            return None;
        }
        let target = if path.is_empty() { at } else { *by_path.get(&*page.resolve(path)?)? };
        let node = pages.get(target)?.id(fragment)?;
        let label: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        let label = if label.is_empty() { "1".to_owned() } else { label };
        Some(Candidate { page: at, link, target: (target, node), typed, label })
    };
    links.filter_map(candidate).collect()
}

/// Whether a link says of itself that it refers to a note.
fn is_reference(page: &Page, link: usize) -> bool {
    let word = |word: &str| {
        matches!(
            word,
            "noteref"
                | "doc-noteref"
                | "footnote-ref"
                | "footnote-reference"
                | "footnoteref"
                | "fnref"
                | "citation-reference"
        )
    };
    [Attr::EpubType, Attr::Role, Attr::Class].into_iter().any(|a| page.tree.has_word(link, a, word))
}

/// Whether an element says of itself that it is a note.
fn is_note(page: &Page, node: usize) -> bool {
    let word = |word: &str| {
        matches!(
            word,
            "footnote"
                | "endnote"
                | "rearnote"
                | "note"
                | "doc-footnote"
                | "doc-endnote"
                | "footnote-definition"
                | "footnotes"
                | "doc-endnotes"
                | "endnotes"
                | "rearnotes"
        )
    };
    let says = |n: usize| {
        [Attr::EpubType, Attr::Role, Attr::Class]
            .into_iter()
            .any(|a| page.tree.has_word(n, a, word))
    };
    page.tree.ancestors(node).take(3).any(says)
}

impl Candidate {
    /// The elements of the note, if the target is one.
    fn nodes(&self, pages: &[Page]) -> Option<Vec<usize>> {
        let page = pages.get(self.target.0)?;
        let tree = &page.tree;
        let block = tree.ancestors(self.target.1).take(4).find(|n| {
            matches!(
                tree.tag(*n),
                Some(Tag::Li | Tag::P | Tag::Div | Tag::Aside | Tag::Dd | Tag::Dt | Tag::Section)
            )
        })?;
        let around = tree.nodes.get(block)?.end;
        let same_page = self.page == self.target.0;
        if tree.text_of(block).len() > LONGEST
            || (same_page && (block..around).contains(&self.link))
        {
            return None;
        }
        let mut nodes = vec![block];
        if tree.tag(block) == Some(Tag::Dt) {
            let parent = tree.nodes.get(block)?.parent;
            let next = (around..tree.inside(parent).end).find(|n| tree.tag(*n).is_some());
            nodes.push(next.filter(|n| tree.tag(*n) == Some(Tag::Dd))?);
        }
        let back = || {
            let links = |n: &usize| !backlinks(page, *n, same_page, pages, self.page).is_empty();
            nodes.iter().any(links)
        };
        (self.typed || is_note(page, block) || back()).then_some(nodes)
    }
}

/// The links in a note that lead back to a reference: to the page of the reference, to an element
/// that is, holds or is around a link.
fn backlinks(page: &Page, note: usize, same: bool, pages: &[Page], from: usize) -> Vec<usize> {
    let tree = &page.tree;
    let word = |word: &str| {
        matches!(
            word,
            "backlink"
                | "doc-backlink"
                | "footnote-back"
                | "footnote-backref"
                | "fn-backref"
                | "backref"
                | "mw-cite-backlink"
                | "reversefootnote"
        )
    };
    let is_back = |link: &usize| {
        if [Attr::EpubType, Attr::Role, Attr::Class]
            .into_iter()
            .any(|a| tree.has_word(*link, a, word))
        {
            return true;
        }
        let short = tree.text_of(*link).trim().chars().count() <= 8;
        let Some((path, fragment)) =
            tree.attribute(*link, Attr::Href).and_then(|h| h.split_once('#'))
        else {
            return false;
        };
        let Some(target) = pages.get(from) else { return false };
        let leads = if path.is_empty() {
            same
        } else {
            page.resolve(path).as_deref() == Some(&*target.path)
        };
        let Some(node) = target.id(fragment).filter(|_| leads && short) else { return false };
        let near = target
            .tree
            .ancestors(node)
            .take(2)
            .any(|n| matches!(target.tree.tag(n), Some(Tag::A | Tag::Sup)));
        near || target.tree.inside(node).take(4).any(|n| target.tree.tag(n) == Some(Tag::A))
    };
    tree.inside(note)
        .filter(|n| tree.tag(*n) == Some(Tag::A) || tree.has_word(*n, Attr::Class, word))
        .filter(is_back)
        .collect()
}
