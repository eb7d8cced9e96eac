//! The order of reading that web pages give themselves. Knows how pages name each other, and nothing
//! of what they say.

use super::page_file::PageFile;
use super::read::side_by_side;
use crate::files;
use crate::import::{self, Kind};
use std::collections::HashMap;
use std::path::Path;

/// Bytes of a page in which it names its neighbours.
const HEAD: u64 = 32 << 10;
/// Bytes of a table of contents that are read.
const CONTENTS: u64 = 4 << 20;
/// Pages that are read by one thread at a time.
const BATCH: usize = 64;
/// Parts inside parts; those that lie deeper stand at this depth.
const MAX_DEPTH: u8 = 8;

/// Puts web pages into the order that they give themselves, starting from the order of their names.
///
/// If the first page names the one that follows it (`<link rel="next">`), each page is followed by
/// those that are parts of it (`rel="up"`), then by its next one. Otherwise, if the first page has
/// links to at least half of the pages in its folder, they follow in the order of these links. The
/// first page stays the first.
pub fn follow(base: &Path, pages: &mut Vec<PageFile>) {
    let Some(first) = pages.first().filter(|page| page.kind == Kind::Html) else { return };
    if pages.len() < 3 {
        return;
    }
    let start = files::read_start(&first.file(base), HEAD).unwrap_or_default().0;
    let (order, depths) = if import::neighbours(&start).next.is_some() {
        let near = side_by_side(pages, BATCH, &|_, _| (), |page| {
            if page.kind != Kind::Html {
                return import::Neighbours::default();
            }
            import::neighbours(&files::read_start(&page.file(base), HEAD).unwrap_or_default().0)
        });
        let paths = Paths::new(pages);
        let lead = |at: usize, href: &Option<String>| paths.find(at, href.as_deref()?);
        let next: Vec<_> = near.iter().enumerate().map(|(at, n)| lead(at, &n.next)).collect();
        let up: Vec<_> = near.iter().enumerate().map(|(at, n)| lead(at, &n.up)).collect();
        let order = chained(&next, &up);
        let depths = depths(&order, &up);
        (order, depths)
    } else {
        let all = files::read_start(&first.file(base), CONTENTS).unwrap_or_default().0;
        let Some(order) = listed(pages, &import::links(&all)) else { return };
        (order, Vec::new())
    };
    let mut taken: Vec<Option<PageFile>> = std::mem::take(pages).into_iter().map(Some).collect();
    for at in order {
        if let Some(mut page) = taken.get_mut(at).and_then(Option::take) {
            page.depth = depths.get(at).copied().unwrap_or(0);
            pages.push(page);
        }
    }
}

/// Pages by their paths.
struct Paths<'p> {
    pages: &'p [PageFile],
    by_path: HashMap<&'p str, usize>,
}

impl<'p> Paths<'p> {
    fn new(pages: &'p [PageFile]) -> Self {
        let by_path = pages.iter().enumerate().map(|(at, page)| (page.path.as_str(), at)).collect();
        Self { pages, by_path }
    }

    /// The page that a link on the page `at` names.
    fn find(&self, at: usize, href: &str) -> Option<usize> {
        let href = href.split(['#', '?']).next().filter(|path| !path.is_empty())?;
        let path = import::percent_decode(href);
        let from = self.pages.get(at)?.path.as_str();
        let found = self.by_path.get(&*import::join(from, &path)?).copied();
        found.filter(|found| *found != at)
    }
}

/// The order of pages that name the page after them and the page they are a part of.
fn chained(next: &[Option<usize>], up: &[Option<usize>]) -> Vec<usize> {
    let count = next.len();
    let mut follows = vec![false; count];
    for at in next.iter().flatten() {
        if let Some(follows) = follows.get_mut(*at) {
            *follows = true;
        }
    }
    // The first of the parts of each page.
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, whole) in up.iter().enumerate() {
        if let (Some(whole), Some(false)) = (whole, follows.get(at))
            && let Some(parts) = parts.get_mut(*whole)
        {
            parts.push(at);
        }
    }
    let mut order = Vec::with_capacity(count);
    let mut placed = vec![false; count];
    let is_start = |at: &usize| follows.get(*at) == Some(&false);
    let starts = (0..count).filter(|at| is_start(at) && up.get(*at).copied().flatten().is_none());
    let starts: Vec<usize> = starts.collect();
    let others = (0..count).filter(is_start).chain(0..count);
    for start in std::iter::once(0).chain(starts).chain(others) {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            match placed.get_mut(at) {
                Some(placed) if !*placed => *placed = true,
                _ => continue,
            }
            order.push(at);
            open.extend(next.get(at).copied().flatten());
            open.extend(parts.get(at).into_iter().flatten().rev());
        }
    }
    order
}

/// How deep pages stand, by the pages they are parts of; the first page is above all.
fn depths(order: &[usize], up: &[Option<usize>]) -> Vec<u8> {
    let mut depths = vec![0; up.len()];
    for at in order {
        let whole = up.get(*at).copied().flatten().filter(|whole| *whole != 0);
        let depth = whole.and_then(|whole| depths.get(whole)).map_or(0, |depth: &u8| depth + 1);
        if let Some(slot) = depths.get_mut(*at) {
            *slot = depth.min(MAX_DEPTH);
        }
    }
    depths
}

/// The order of links on the first page, if they name enough of the pages.
fn listed(pages: &[PageFile], hrefs: &[String]) -> Option<Vec<usize>> {
    let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let first = pages.first()?;
    let own = first.path.get(..folder(&first.path))?;
    let beside = |page: &PageFile| page.path.get(..folder(&page.path)) == Some(own);
    let paths = Paths::new(pages);
    let mut order = vec![0];
    let mut named = vec![false; pages.len()];
    *named.first_mut()? = true;
    for at in hrefs.iter().filter_map(|href| paths.find(0, href)) {
        if let Some(named) = named.get_mut(at).filter(|named| !**named) {
            *named = true;
            order.push(at);
        }
    }
    let all = pages.iter().filter(|page| beside(page)).count();
    let few = order.iter().filter_map(|at| pages.get(*at)).filter(|page| beside(page)).count();
    if few * 2 < all || order.len() < 3 {
        return None;
    }
    order.extend((0..pages.len()).filter(|at| named.get(*at) == Some(&false)));
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::{chained, depths};

    /// The order of pages that are named by their letters.
    fn order(pages: &[(char, Option<char>, Option<char>)]) -> (String, Vec<u8>) {
        let find = |c: Option<char>| pages.iter().position(|(name, ..)| Some(*name) == c);
        let next: Vec<_> = pages.iter().map(|(_, next, _)| find(*next)).collect();
        let up: Vec<_> = pages.iter().map(|(.., up)| find(*up)).collect();
        let order = chained(&next, &up);
        let depths = depths(&order, &up);
        let depth = |at: &usize| depths[*at];
        (order.iter().map(|at| pages[*at].0).collect(), order.iter().map(depth).collect())
    }

    #[test]
    fn a_chain_is_followed_to_its_end() {
        let pages = [
            ('i', Some('z'), None),
            ('a', None, None),
            ('m', Some('b'), None),
            ('b', None, None),
            ('z', Some('m'), None),
        ];
        assert_eq!(order(&pages).0, "izmba");
    }

    #[test]
    fn parts_of_a_page_stand_behind_it() {
        // In manuals of Texinfo the next page is the next on the same level.
        let pages = [
            ('i', Some('1'), None),
            ('1', Some('2'), Some('i')),
            ('2', None, Some('i')),
            ('x', None, Some('b')),
            ('a', None, Some('1')),
            ('b', Some('a'), Some('1')),
        ];
        assert_eq!(order(&pages), ("i1bxa2".to_owned(), vec![0, 0, 1, 2, 1, 0]));
    }

    #[test]
    fn circles_end_and_no_page_is_lost() {
        let pages = [
            ('i', Some('a'), Some('a')),
            ('a', Some('b'), Some('b')),
            ('b', Some('a'), Some('i')),
            ('c', Some('d'), Some('d')),
            ('d', Some('c'), Some('c')),
        ];
        let (order, depths) = order(&pages);
        assert_eq!(order, "iabcd");
        assert!(depths.iter().all(|depth| *depth <= super::MAX_DEPTH));
    }
}
