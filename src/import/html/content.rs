//! What of a page is its content: which element holds it, and what inside it is menus, programs or
//! hidden (rules in the documentation of [`Content::find`]).

mod lists;

use super::tag::{Attr, Tag};
use super::tree::Tree;

/// Why an element is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// A browser never draws it, or it is a control of a form.
    Silent,
    /// It serves to get around the site.
    Chrome,
    /// The same, to judge by its class.
    ChromeByClass,
    /// The author hides it.
    Hidden,
}

/// Classes of elements that serve to get around a site.
const CHROME: &[&str] = &[
    "menu",
    "menubar",
    "nav",
    "navbar",
    "navigation",
    "navbox",
    "sphinxsidebar",
    "toc",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "share",
    "sharing",
    "social",
    "cookie",
    "cookies",
    "newsletter",
    "subscribe",
    "advert",
    "advertisement",
    "ads",
    "docnav",
    "navheader",
    "navfooter",
    "spirit-nav",
    "prevnext",
    "noprint",
    "catlinks",
    "printfooter",
    "skip-link",
    "skip-nav",
];
/// Classes of small helps inside the text.
const HELPS: &[&str] = &[
    "headerlink",
    "header-anchor",
    "heading-anchor",
    "anchorjs-link",
    "permalink",
    "doc-anchor",
    "mw-editsection",
    "mw-jump-link",
    "skip-link",
    "skip-nav",
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "linenos",
    "lineno",
    "linenumber",
    "linenumbers",
    "line-numbers",
    "line-number",
    "gutter",
    "copybtn",
    "hideme",
];
/// Parts of classes that say the same of an element which holds links and little else.
const PARTS: &[&str] = &[
    "menu",
    "sidebar",
    "toc",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "cookie",
    "nav",
    "navbar",
    "navigation",
];
/// First parts of classes that turn the meaning.
const TURNS: &[&str] = &["has", "no", "with", "without", "is", "hide", "js"];
/// Classes of an `aside` that belongs to the text.
const NOTES: &[&str] = &[
    "footnote",
    "footnotes",
    "footnote-list",
    "note",
    "admonition",
    "tip",
    "warning",
    "caution",
    "important",
    "danger",
    "info",
    "callout",
    "citation",
    "citation-list",
];

/// The content of a page.
#[derive(Debug, Default)]
pub struct Content {
    /// The element that holds it.
    pub root: usize,
    /// Why an element is left out with all that is inside it, for each node.
    pub left: Vec<Option<Left>>,
}

/// What is inside a node, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    text: usize,
    linked: usize,
    heading: bool,
    /// A first-level heading, `main` or `article`.
    heart: bool,
    /// A paragraph right inside it.
    paragraph: bool,
}

impl Content {
    /// Content is `main`, else the longest `article`, else what has the role `main`, else all.
    /// Navigation, asides, footers, forms and what has a class such as `menu` is left out, and what
    /// is hidden. Elements that hold the first-level heading or the content itself never are.
    /// A page of nothing but navigation is its navigation.
    ///
    /// A table of contents stays where it is the way to other pages and stands below a heading; a
    /// `sidebar` where it stands among paragraphs and is more than links, as in books. Before the first-level heading,
    /// lines and lists of nothing but links are left out, and that heading itself where it is the
    /// name of the site and another one names the page. So are lines of links that call themselves the
    /// next page, the one before, the one above.
    pub fn find(tree: &Tree) -> Self {
        let inside = count(tree);
        let mut left: Vec<_> = (0..tree.nodes.len()).map(|n| why(tree, n, &inside)).collect();
        lists::leave(tree, &mut left);
        let mut kept = keep(tree, &left);
        let mut root = root(tree, &kept);
        for gone in [Left::ChromeByClass, Left::Chrome] {
            if kept.get(root).is_some_and(|text| *text > 0) {
                break;
            }
            for reason in &mut left {
                *reason = reason.filter(|reason| *reason != gone);
            }
            kept = keep(tree, &left);
            root = self::root(tree, &kept);
        }
        Self { root, left }
    }
}

fn root(tree: &Tree, kept: &[usize]) -> usize {
    let text = |node: &usize| kept.get(*node).copied().unwrap_or(0);
    let all = |tag| (0..tree.nodes.len()).filter(move |n| tree.tag(*n) == Some(tag));
    let longest = |best: Option<usize>, node: usize| match best {
        Some(best) if text(&best) >= text(&node) => Some(best),
        _ => Some(node),
    };
    let role = |n: &usize| tree.has_word(*n, Attr::Role, |word| word == "main");
    // A teaser is no content, however it is marked up.
    let article = all(Tag::Article).fold(None, longest).filter(|n| text(n) * 5 >= text(&0));
    let found = all(Tag::Main).find(|n| text(n) > 0);
    let found = found.or(article).or_else(|| (0..tree.nodes.len()).find(role));
    found.filter(|n| text(n) > 0).unwrap_or(0)
}

/// Counts what is inside each node; what is never drawn counts nothing.
fn count(tree: &Tree) -> Vec<Inside> {
    let mut inside = vec![Inside::default(); tree.nodes.len()];
    for index in (1..tree.nodes.len()).rev() {
        let Some(node) = tree.nodes.get(index) else { continue };
        let own = inside.get(index).copied().unwrap_or_default();
        let tag = node.tag;
        if tag.is_some_and(Tag::is_silent) {
            continue;
        }
        let text = own.text + tree.text_at(index).map_or(0, |t| t.trim().len());
        let linked = if tag == Some(Tag::A) { text } else { own.linked };
        if let Some(parent) = inside.get_mut(node.parent) {
            parent.text += text;
            parent.linked += linked;
            parent.heading |= own.heading || tag.and_then(Tag::heading).is_some();
            parent.heart |= own.heart || matches!(tag, Some(Tag::H1 | Tag::Main | Tag::Article));
            parent.paragraph |= tag == Some(Tag::P);
        }
    }
    inside
}

/// Bytes of text outside headings that are kept in each node.
fn keep(tree: &Tree, left: &[Option<Left>]) -> Vec<usize> {
    let mut kept = vec![0; tree.nodes.len()];
    for index in (1..tree.nodes.len()).rev() {
        let Some(node) = tree.nodes.get(index) else { continue };
        if left.get(index).is_some_and(Option::is_some) {
            continue;
        }
        let image = usize::from(matches!(node.tag, Some(Tag::Img | Tag::Image)));
        let text = tree.text_at(index).map_or(image, |t| t.trim().len());
        let text = text + kept.get(index).copied().unwrap_or(0);
        if node.tag.and_then(Tag::heading).is_some() {
            continue;
        }
        if let Some(parent) = kept.get_mut(node.parent) {
            *parent += text;
        }
    }
    kept
}

fn why(tree: &Tree, node: usize, all: &[Inside]) -> Option<Left> {
    let inside = all.get(node).copied().unwrap_or_default();
    let tag = tree.tag(node);
    if let Some(tag) = tag {
        if tag.is_silent() {
            return Some(Left::Silent);
        }
        if matches!(tag, Tag::Html | Tag::Body | Tag::Main) {
            return None;
        }
    }
    if tree.text_at(node).is_some() || node == 0 {
        return None;
    }
    if tag == Some(Tag::Figcaption) && lists::repeats_image(tree, node) {
        return Some(Left::Silent);
    }
    if is_hidden(tree, node) {
        return Some(Left::Hidden);
    }
    let chrome = match tag {
        Some(Tag::Nav) => true,
        Some(Tag::Aside) => !is_note(tree, node),
        Some(Tag::Footer) => !tree
            .ancestors(node)
            .any(|n| matches!(tree.tag(n), Some(Tag::Blockquote | Tag::Figure))),
        // A form around the page is a wrapper.
        Some(Tag::Form) => !inside.heading && !inside.heart,
        Some(Tag::Header) => inside.text > 0 && !inside.heading && inside.linked * 2 > inside.text,
        Some(Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Article) => {
            return None;
        }
        _ => false,
    };
    let role = |word: &str| {
        matches!(
            word,
            "navigation"
                | "search"
                | "contentinfo"
                | "menu"
                | "menubar"
                | "toolbar"
                | "complementary"
        )
    };
    if (chrome || tree.has_word(node, Attr::Role, role)) && !(inside.heart && tag != Some(Tag::Nav))
    {
        return Some(Left::Chrome);
    }
    if tag == Some(Tag::A) && is_permalink(tree, node) {
        return Some(Left::Chrome);
    }
    let helps = |word: &str| HELPS.iter().any(|help| word.eq_ignore_ascii_case(help));
    if tree.has_word(node, Attr::Class, helps) && !inside.heart {
        return Some(Left::ChromeByClass);
    }
    if matches!(tag, Some(Tag::P | Tag::Div)) && lists::is_steps(tree, node) {
        return Some(Left::Chrome);
    }
    let container = tag.is_some_and(|tag| tag.is_block() && tag != Tag::P);
    let linked = inside.linked * 2 >= inside.text;
    let parent = tree.nodes.get(node).map_or(0, |n| n.parent);
    let among = parent != 0
        && !matches!(tree.tag(parent), Some(Tag::Body | Tag::Html))
        && all.get(parent).is_some_and(|parent| parent.paragraph);
    let by_class = |word: &str| {
        let word = word.to_ascii_lowercase();
        match word.as_str() {
            "sidebar" => linked || !among,
            word => CHROME.contains(&word) || (is_part(word) && linked),
        }
    };
    (container
        && !inside.heart
        && tree.has_word(node, Attr::Class, by_class)
        && !lists::is_contents(tree, node))
    .then_some(Left::ChromeByClass)
}

/// Whether a class begins or ends with a part such as `sidebar`.
fn is_part(word: &str) -> bool {
    let mut parts = word.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or(first);
    !TURNS.contains(&first) && (PARTS.contains(&first) || PARTS.contains(&last))
}

/// Whether an `aside` is a note or a callout of the text.
fn is_note(tree: &Tree, node: usize) -> bool {
    let word = |word: &str| {
        let word = word.to_ascii_lowercase();
        NOTES.contains(&word.as_str()) || word.starts_with("doc-") || word.starts_with("admonition")
    };
    [Attr::Class, Attr::Role, Attr::EpubType].into_iter().any(|a| tree.has_word(node, a, word))
        || tree.has_word(node, Attr::EpubType, |w| matches!(w, "endnote" | "rearnote" | "sidebar"))
}

/// Whether a link is but a sign by which readers copy the address of the place.
fn is_permalink(tree: &Tree, node: usize) -> bool {
    let inside = tree.attribute(node, Attr::Href).is_some_and(|href| href.starts_with('#'));
    let sign = tree.text_of(node).trim();
    inside && matches!(sign, "\u{b6}" | "\u{a7}" | "#" | "\u{1f517}" | "\u{2693}" | "\u{221e}")
}

/// Whether the author hides an element; style sheets are not read.
fn is_hidden(tree: &Tree, node: usize) -> bool {
    let styled = tree.attribute(node, Attr::Style).is_some_and(|style| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            let is = |text: &str, want: &str| text.trim().eq_ignore_ascii_case(want);
            let value = value.split('!').next().unwrap_or_default();
            (is(name, "display") && is(value, "none"))
                || (is(name, "visibility") && is(value, "hidden"))
        })
    });
    let said = |name, yes: &str| {
        tree.attribute(node, name).is_some_and(|value| value.trim().eq_ignore_ascii_case(yes))
    };
    styled
        || tree.attribute(node, Attr::Hidden).is_some()
        // An image or a caption that programs for reading aloud are to pass over is drawn all the same.
        || (said(Attr::AriaHidden, "true")
            && !matches!(tree.tag(node), Some(Tag::Img | Tag::Figcaption)))
        || (tree.tag(node) == Some(Tag::Dialog) && tree.attribute(node, Attr::Open).is_none())
}
