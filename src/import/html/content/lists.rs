//! Tables of contents that are content, what stands above the heading of a page only to get around
//! the site, and captions that say a second time what their image says.

use super::Left;
use crate::import::html::tag::{Attr, Tag};
use crate::import::html::tree::Tree;

/// Nodes and bytes of text that may stand between the start of what a table of contents is of, and
/// the table.
const NEAR: (usize, usize) = (400, 3_000);
/// Links in a table of contents that are looked at.
const LOOKED_AT: usize = 400;
/// Nodes, bytes and words beside its links of a line that leads to the pages around.
const STEPS: (usize, usize, usize) = (64, 800, 10);
/// Nodes in a list of links above a page; larger ones are no menus.
const MENU: usize = 4_000;

/// Whether a list of links is the way to other pages, below the heading of what it is of.
pub fn is_contents(tree: &Tree, node: usize) -> bool {
    let says = |word: &str| {
        let word = word.to_ascii_lowercase();
        word == "toc" || word.starts_with("toc-") || word.ends_with("-toc")
    };
    if !tree.has_word(node, Attr::Class, says) {
        return false;
    }
    let (mut all, mut away) = (0, 0);
    for href in links(tree, node).take(LOOKED_AT) {
        all += 1;
        away += usize::from(!href.starts_with('#'));
    }
    if away * 2 <= all {
        return false;
    }
    let start = |n: usize| tree.nodes.get(n).map_or(0, |n| n.text.start);
    let headed = |above: usize| {
        let near = node - above <= NEAR.0 && start(node) - start(above) <= NEAR.1;
        near && (above..node).any(|n| tree.tag(n).and_then(Tag::heading).is_some())
    };
    let around = tree.ancestors(node).skip(1).take(3);
    around.take_while(|n| !matches!(tree.tag(*n), Some(Tag::Body | Tag::Html))).any(headed)
}

/// Whether an element holds links to the pages around this one, as they say (`rel="next"`), and hardly
/// a word more, such as `Next:`.
pub fn is_steps(tree: &Tree, node: usize) -> bool {
    const AROUND: [&str; 8] =
        ["next", "prev", "previous", "up", "contents", "index", "start", "prefetch"];
    let inside = tree.inside(node);
    if inside.len() > STEPS.0 || tree.text_of(node).len() > STEPS.1 {
        return false;
    }
    let (mut steps, mut words, mut at) = (0, 0, inside.start);
    while at < inside.end {
        if tree.tag(at) == Some(Tag::A) {
            let is_step = tree.has_word(at, Attr::Rel, |word| {
                AROUND.iter().any(|around| word.eq_ignore_ascii_case(around))
            });
            if !is_step {
                return false;
            }
            steps += 1;
            at = tree.inside(at).end;
            continue;
        }
        let other = matches!(tree.tag(at), Some(Tag::Img | Tag::Pre | Tag::Table))
            || tree.tag(at).and_then(Tag::heading).is_some();
        if other {
            return false;
        }
        words += tree.text_at(at).map_or(0, |text| text.split_whitespace().count());
        at += 1;
    }
    steps > 0 && words <= STEPS.2
}

/// Whether a caption says what the words of its image say, in a figure of one image.
pub fn repeats_image(tree: &Tree, caption: usize) -> bool {
    let figure = tree.nodes.get(caption).map_or(0, |node| node.parent);
    if tree.tag(figure) != Some(Tag::Figure) {
        return false;
    }
    let inside = tree.inside(figure).take(NEAR.0);
    let mut images = inside.filter(|n| tree.tag(*n) == Some(Tag::Img));
    let (Some(image), None) = (images.next(), images.next()) else { return false };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let alt = tree.attribute(image, Attr::Alt).map(words).filter(|alt| !alt.is_empty());
    let plain = tree.inside(caption).all(|n| tree.tag(n) != Some(Tag::A));
    plain && alt.is_some_and(|alt| alt == words(tree.text_of(caption)))
}

/// Where the links inside an element lead.
fn links(tree: &Tree, node: usize) -> impl Iterator<Item = &str> {
    tree.inside(node)
        .filter(|n| tree.tag(*n) == Some(Tag::A))
        .filter_map(|n| tree.attribute(n, Attr::Href))
        .filter(|href| !href.is_empty())
}

/// Leaves out what stands before the first-level heading and is nothing but links to other pages,
/// and the heading itself if it is the name of the site.
pub fn leave(tree: &Tree, left: &mut [Option<Left>]) {
    let kept = |left: &[Option<Left>], node: usize| {
        tree.ancestors(node).all(|n| left.get(n).is_some_and(Option::is_none))
    };
    let mut tops = (0..tree.nodes.len()).filter(|n| tree.tag(*n) == Some(Tag::H1));
    let Some(first) = tops.find(|n| kept(left, *n)) else { return };
    if is_site(tree, first, left)
        && let Some(left) = left.get_mut(first)
    {
        *left = Some(Left::Chrome);
    }
    let mut node = 1;
    while node < first {
        let end = tree.inside(node).end;
        let gone = left.get(node).is_some_and(Option::is_some);
        // What the heading stands in is gone into.
        if gone || (end <= first && is_row_of_links(tree, node)) {
            if let Some(left) = left.get_mut(node).filter(|left| left.is_none()) {
                *left = Some(Left::Chrome);
            }
            node = end;
        } else {
            node += 1;
        }
    }
}

/// Whether an element holds links to other pages, two at least, and no other words.
fn is_row_of_links(tree: &Tree, node: usize) -> bool {
    let row = matches!(tree.tag(node), Some(Tag::P | Tag::Ul | Tag::Ol));
    if !row || tree.inside(node).len() > MENU {
        return false;
    }
    let (mut count, mut at) = (0, node + 1);
    while at < tree.inside(node).end {
        if tree.tag(at) == Some(Tag::A) {
            let href = tree.attribute(at, Attr::Href).unwrap_or_default();
            if href.is_empty() || (href.starts_with('#') && href.len() > 1) {
                return false;
            }
            count += 1;
            at = tree.inside(at).end;
            continue;
        }
        let words = tree.text_at(at).is_some_and(|text| text.contains(char::is_alphanumeric));
        if words || tree.tag(at) == Some(Tag::Img) {
            return false;
        }
        at += 1;
    }
    count > 1
}

/// Whether a first-level heading is the name of the site: it leads to its first page, or it is the
/// last part of the page's title whose first part is another heading.
fn is_site(tree: &Tree, heading: usize, left: &[Option<Left>]) -> bool {
    let words = |node: usize| {
        let text = tree.text_of(node).to_lowercase();
        let text = text.trim().trim_end_matches(['#', '\u{b6}']);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let named = || {
        (tree.inside(heading).end..tree.nodes.len()).filter(|n| {
            matches!(tree.tag(*n), Some(Tag::H1 | Tag::H2))
                && tree.ancestors(*n).all(|n| left.get(n).is_some_and(Option::is_none))
        })
    };
    let own = words(heading);
    let home = |href: &str| {
        let path = href.split_once("://").map_or(href, |(_, rest)| {
            rest.find('/').map_or("", |at| rest.get(at..).unwrap_or_default())
        });
        let name = path.rsplit('/').next().unwrap_or_default();
        let folder = path.strip_suffix(name).unwrap_or_default();
        folder.trim_matches(['.', '/']).is_empty()
            && (matches!(name, "" | "." | "..") || name.starts_with("index."))
    };
    let link = tree.inside(heading).find(|n| tree.tag(*n) == Some(Tag::A));
    let leads_home = link.is_some_and(|link| {
        words(link) == own && tree.attribute(link, Attr::Href).is_some_and(home)
    });
    if leads_home {
        return named().next().is_some();
    }
    let title = (0..tree.nodes.len()).find(|n| tree.tag(*n) == Some(Tag::Title));
    let Some(title) = title.map(words) else { return false };
    let parts = [" | ", " - ", " \u{2014} ", " \u{2013} ", " \u{b7} "];
    parts.iter().any(|sign| {
        title.split_once(sign).is_some_and(|(page, site)| {
            site == own && page != own && named().any(|heading| words(heading) == page)
        })
    })
}
