//! One page that was read: its tree, what of it is content, and where its links lead.

use super::content::Content;
use super::layout::layout;
use super::tag::{Attr, Tag};
use super::tree::{self, Tree};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Bytes of text on a page that has more to say than where it moved.
const MOVED: usize = 400;

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its path below what was opened.
    pub path: Box<str>,
    pub tree: Tree,
    pub content: Content,
    /// Tables that only lay out the page.
    pub layout: HashSet<usize>,
    /// The elements that links may name.
    ids: HashMap<Box<str>, usize>,
}

impl Page {
    /// Reads a page.
    pub fn read(source: &str, path: &str, xml: bool) -> Self {
        let tree = tree::read(source, xml);
        let content = Content::find(&tree);
        let layout = layout(&tree, &content);
        let mut ids = HashMap::new();
        for node in 0..tree.nodes.len() {
            for name in names(&tree, node) {
                ids.entry(name.into()).or_insert(node);
            }
        }
        Self { path: path.into(), tree, content, layout, ids }
    }

    /// The element that a fragment names, as written or percent-encoded.
    pub fn id(&self, fragment: &str) -> Option<usize> {
        self.ids.get(fragment).or_else(|| self.ids.get(&*percent_decode(fragment))).copied()
    }

    /// The path that a relative link of this page names; none if it leaves what was opened.
    pub fn resolve(&self, path: &str) -> Option<Box<str>> {
        let path = path.split('?').next().unwrap_or_default();
        let decoded = percent_decode(path);
        if decoded.contains(':') {
            return None;
        }
        let folder = self.path.rfind('/').map_or("", |at| self.path.get(..at).unwrap_or_default());
        join(if decoded.starts_with('/') { "" } else { folder }, &decoded)
    }

    /// The page and place that this one wants to be replaced by, if it says hardly more than that.
    pub fn leads_on(&self) -> Option<Box<str>> {
        let tree = &self.tree;
        let refresh = |n: &usize| {
            tree.tag(*n) == Some(Tag::Meta)
                && tree.has_word(*n, Attr::HttpEquiv, |word| word.eq_ignore_ascii_case("refresh"))
        };
        let meta = (0..tree.nodes.len()).find(refresh)?;
        let (_, to) = tree.attribute(meta, Attr::Content)?.split_once([';', ','])?;
        let to = to.trim();
        let named = to.get(..3).filter(|word| word.eq_ignore_ascii_case("url"));
        let named = named.and_then(|_| to.get(3..)?.trim_start().strip_prefix('='));
        let to = named.unwrap_or(to).trim_matches([' ', '\'', '"']);
        let (path, fragment) = to.find('#').map_or((to, ""), |at| to.split_at(at));
        let path = self.resolve(path).filter(|path| **path != *self.path && !path.is_empty())?;
        let (mut node, mut length) = (self.content.root, 0);
        while node < tree.inside(self.content.root).end && length <= MOVED {
            if self.content.left.get(node).is_some_and(Option::is_some) {
                node = tree.inside(node).end;
                continue;
            }
            length += tree.text_at(node).map_or(0, |text| text.trim().len());
            node += 1;
        }
        (length <= MOVED).then(|| format!("{path}{fragment}").into())
    }

    /// The first element of a kind.
    pub fn first(&self, tag: Tag) -> Option<usize> {
        (0..self.tree.nodes.len()).find(|node| self.tree.tag(*node) == Some(tag))
    }
}

/// The names by which links may reach an element.
pub fn names(tree: &Tree, node: usize) -> impl Iterator<Item = &str> {
    let id = tree.attribute(node, Attr::Id);
    let name = tree.attribute(node, Attr::Name).filter(|_| tree.tag(node) == Some(Tag::A));
    [id, name.filter(|name| Some(*name) != id)]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
}

/// A path taken from a folder; none if it climbs above the top.
pub fn join(folder: &str, path: &str) -> Option<Box<str>> {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            _ => steps.push(step),
        }
    }
    Some(steps.join("/").into())
}

/// Text with `%41` read as `A`; what is no text then stays as written.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}
