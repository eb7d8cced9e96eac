//! Finding places in imported documents: files by path or by name, and in a file the places that
//! have names. The rules are those of the programs such documents are written for.

use super::index::Index;
use super::routes::Routes;
use crate::format;
use crate::model::{Briefing, Part};
use crate::text::slug;
use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Endings that a link to a page may leave out or have otherwise.
pub const ENDINGS: [&str; 12] =
    ["md", "markdown", "mdown", "mkd", "mdx", "rmd", "qmd", "html", "htm", "xhtml", "txt", "text"];

/// The files of a briefing, by path and by name.
#[derive(Debug, Default)]
pub struct Places {
    paths: Index,
    names: Index,
    folders: Index,
    /// Files that are no pages, by the last step of their path.
    assets: Index,
    /// The addresses of the files on their site, as soon as one is asked for.
    routes: OnceLock<Routes>,
}

/// Which file a link means, and how many others it might mean as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    /// Index of the file.
    pub part: usize,
    /// Others that are as near.
    pub others: usize,
}

impl Places {
    /// The files of a briefing.
    pub fn new(briefing: &Briefing) -> Self {
        let parts = || briefing.parts.iter().enumerate();
        Self {
            paths: Index::new(parts().map(|(at, part)| (key(&part.path), at))),
            names: Index::new(parts().map(|(at, part)| (key(last(&part.path)), at))),
            folders: Index::new(folders(briefing)),
            assets: Index::new(
                briefing
                    .assets
                    .iter()
                    .enumerate()
                    .map(|(at, path)| (last(path).to_lowercase(), at)),
            ),
            routes: OnceLock::new(),
        }
    }

    /// Whether there is a folder or a file that is no page at a path.
    pub fn has_file(&self, briefing: &Briefing, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let has_part = |at: usize| {
            let inside = briefing.parts.get(at).and_then(|part| part.path.strip_prefix(path));
            inside.is_some_and(|inside| inside.starts_with('/'))
        };
        if self.folders.get(path).any(has_part) {
            return true;
        }
        let first = briefing.assets.partition_point(|asset| **asset < *path);
        let next = briefing.assets.get(first..).unwrap_or_default().first();
        let is_below = |asset: &str| {
            asset.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let folder = format!("{path}/");
        let inside = briefing.assets.partition_point(|asset| **asset < *folder);
        next.is_some_and(|asset| is_below(asset))
            || briefing.assets.get(inside).is_some_and(|asset| asset.starts_with(&folder))
    }

    /// The file that is no page which `[[name.png]]` in the file `from` means.
    pub fn asset<'b>(&self, briefing: &'b Briefing, from: &str, name: &str) -> Option<&'b str> {
        let wanted = name.trim_start_matches('/').to_lowercase();
        let found: Vec<&str> = self
            .assets
            .get(last(&wanted))
            .filter_map(|at| briefing.assets.get(at).map(|path| &**path))
            .filter(|path| {
                let path = path.to_lowercase();
                let rest = path.strip_suffix(wanted.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            })
            .collect();
        let here = found.iter().find(|path| folder(path) == folder(from));
        here.or_else(|| found.iter().min_by_key(|path| path.len())).copied()
    }

    /// The file at a path; its ending need not be the same, and a folder means its index.
    pub fn at(&self, briefing: &Briefing, path: &str) -> Option<usize> {
        let find = |path: &str| {
            let key = key(path);
            let same = |at: &usize| {
                let part = briefing.parts.get(*at);
                part.and_then(|part| rest(&part.path, &key)).is_some_and(|rest| rest == 0)
            };
            let found: Vec<_> = self.paths.get(&key).filter(same).collect();
            let exact = |at: &&usize| briefing.parts.get(**at).is_some_and(|p| *p.path == *path);
            found.iter().find(exact).or(found.first()).copied()
        };
        let path = path.trim_end_matches('/');
        let inside = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        let index = || ["index", "README", "_index"].iter().find_map(|name| find(&inside(name)));
        if path.is_empty() { index() } else { find(path).or_else(index) }
    }

    /// The file with an address on the site that the files are written for.
    pub fn routed(&self, briefing: &Briefing, address: &str, from_root: bool) -> Option<usize> {
        self.routes.get_or_init(|| Routes::new(briefing)).find(briefing, address, from_root)
    }

    /// The file that `[[name]]` in the file `from` means: the exact path, then one in the same
    /// folder, then the one with the shortest path, then the first of the alphabet.
    pub fn named(&self, briefing: &Briefing, from: &str, name: &str) -> Option<Meant> {
        let wanted = key(without_dots(name.trim_start_matches('/')));
        let path = |at: usize| briefing.parts.get(at).map_or("", |part: &Part| &part.path);
        let mut found = Vec::new();
        for at in self.names.get(last(&wanted)) {
            match rest(path(at), &wanted) {
                Some(0) => return Some(Meant { part: at, others: 0 }),
                Some(_) => found.push(at),
                None => {}
            }
        }
        if let [part] = *found {
            return Some(Meant { part, others: 0 });
        }
        if let Some(near) = found.iter().find(|at| folder(path(**at)) == folder(from)) {
            return Some(Meant { part: *near, others: 0 });
        }
        let length = |at: &usize| path(*at).chars().count();
        let shortest = found.iter().map(length).min()?;
        let mut ties: Vec<_> = found.into_iter().filter(|at| length(at) == shortest).collect();
        ties.sort_by_key(|at| path(*at));
        Some(Meant { part: *ties.first()?, others: ties.len() - 1 })
    }

    /// The page that a name set as code means, perhaps with its folder: one in the same folder, then
    /// one in a folder `common`, then the first.
    pub fn listed(&self, briefing: &Briefing, from: &str, name: &str) -> Option<usize> {
        let path = |at: usize| briefing.parts.get(at).map_or("", |part: &Part| &part.path);
        let find = |name: &str| -> Vec<usize> {
            let wanted = key(name);
            let ends = |at: &usize| rest(path(*at), &wanted).is_some();
            self.names.get(last(&wanted)).filter(ends).collect()
        };
        let mut found = find(name);
        if found.is_empty() {
            // Names of files have hyphens where the names of things have spaces.
            found = find(&name.replace(' ', "-"));
        }
        let here = found.iter().find(|at| folder(path(**at)) == folder(from));
        let common = || found.iter().find(|at| last(folder(path(**at))) == "common");
        here.or_else(common).or(found.first()).copied()
    }
}

/// A path without steps at its start that lead nowhere.
fn without_dots(mut path: &str) -> &str {
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    path
}

/// A path for comparing: one spelling for what looks the same, without the ending of a page.
fn key(path: &str) -> String {
    let mut key = if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).collect()
    };
    let name = last(&key);
    if let Some(dot) = memchr::memrchr(b'.', name.as_bytes())
        && let Some(ending) = name.get(dot + 1..)
        && ENDINGS.contains(&ending)
        && dot > 0
    {
        key.truncate(key.len() - ending.len() - 1);
    }
    key
}

/// How long the folders are that stand before `wanted`, which is a [`key`], in a path that ends with
/// it; none if it does not.
fn rest(path: &str, wanted: &str) -> Option<usize> {
    let whole = |rest: &str| rest.is_empty() || rest.ends_with('/');
    if !path.is_ascii() {
        let key = key(path);
        return key.strip_suffix(wanted).filter(|rest| whole(rest)).map(str::len);
    }
    let name = last(path);
    let dot = memchr::memrchr(b'.', name.as_bytes()).filter(|dot| *dot > 0);
    let ending = dot.and_then(|dot| name.get(dot + 1..));
    let stem = match ending {
        Some(ending) if ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending)) => {
            path.get(..path.len() - ending.len() - 1)?
        }
        _ => path,
    };
    let (rest, end) = stem.split_at_checked(stem.len().checked_sub(wanted.len())?)?;
    (end.eq_ignore_ascii_case(wanted) && whole(rest)).then_some(rest.len())
}

/// The last step of a path.
fn last(path: &str) -> &str {
    let slash = memchr::memrchr(b'/', path.as_bytes());
    slash.map_or(path, |at| path.get(at + 1..).unwrap_or_default())
}

/// The path without its last step.
fn folder(path: &str) -> &str {
    let slash = memchr::memrchr(b'/', path.as_bytes());
    slash.and_then(|at| path.get(..at)).unwrap_or_default()
}

/// The folders that files lie in, each with a file in it. Those of the file before are not named again.
fn folders(briefing: &Briefing) -> impl Iterator<Item = (&str, usize)> {
    let mut before = "";
    briefing.parts.iter().enumerate().flat_map(move |(at, part)| {
        let path = &*part.path;
        let same = folder(before);
        let known = |folder: &str| {
            same.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        before = path;
        let folders = path.match_indices('/').filter_map(move |(end, _)| path.get(..end));
        folders.filter(move |folder| !known(folder)).map(move |folder| (folder, at))
    })
}

/// Room for the named places of the files of a document that take long to go through.
pub fn large(briefing: &Briefing) -> HashMap<usize, OnceLock<Anchors>> {
    /// Bytes of text.
    const LARGE: usize = 64 << 10;
    let cards = |part: &Part| part.cards.start as usize..part.cards.end as usize;
    let is_large = |part: &Part| {
        let cards = briefing.cards.get(cards(part)).unwrap_or_default();
        let sections = cards.iter().flat_map(|card| &card.sections);
        sections.map(|section| section.text.source.len()).sum::<usize>() > LARGE
    };
    let parts = briefing.parts.iter().enumerate().filter(|(_, part)| is_large(part));
    parts.map(|(at, _)| (at, OnceLock::new())).collect()
}

/// The places in a file that have names.
#[derive(Debug, Default)]
pub struct Anchors {
    all: Vec<Anchor>,
    /// The first of each name.
    exact: HashMap<Box<str>, usize>,
    /// The first of each name in lower case.
    folded: HashMap<Box<str>, usize>,
    /// Those of the same words, in order.
    worded: HashMap<Box<str>, Vec<usize>>,
}

#[derive(Debug)]
struct Anchor {
    name: Box<str>,
    spot: Spot,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The card, an index into those of the briefing.
    pub card: usize,
    /// The anchor in its text; none for its top.
    pub heading: Option<Box<str>>,
}

impl Anchors {
    /// The places of a file: those with names of their own, then the headings by the names that
    /// are made of their words.
    pub fn of_part(briefing: &Briefing, part: &Part) -> Self {
        let spot = |card: usize, heading: Option<Box<str>>| Spot { card, heading };
        let start = part.cards.start as usize;
        let mut anchors = Self::default();
        for anchor in &part.anchors {
            let spot = spot(start + anchor.card as usize, anchor.heading.clone());
            anchors.add(anchor.name.clone(), "", spot);
        }
        let mut given = HashMap::new();
        let mut number = |name: String| -> Box<str> {
            let count = given.entry(name.clone()).or_insert(0_usize);
            *count += 1;
            if *count == 1 { name.into() } else { format!("{name}-{}", *count - 1).into() }
        };
        for card in start..part.cards.end as usize {
            let Some(found) = briefing.cards.get(card) else { break };
            let name = number(slug(&found.title));
            anchors.add(name, &found.title, spot(card, None));
            for section in &found.sections {
                for heading in format::headings(&section.text.source) {
                    let text: String = heading.text.iter().map(|p| p.text.as_str()).collect();
                    let name = number(slug(&text));
                    anchors.add(name, &text, spot(card, Some(heading.anchor)));
                }
            }
        }
        anchors
    }

    /// Adds a place; `heading` is empty if it is none.
    fn add(&mut self, name: Box<str>, heading: &str, spot: Spot) {
        let at = self.all.len();
        self.exact.entry(name.clone()).or_insert(at);
        self.folded.entry(name.to_lowercase().into()).or_insert(at);
        let words = words(heading);
        if !words.is_empty() {
            self.worded.entry(words.into()).or_default().push(at);
        }
        self.all.push(Anchor { name, spot });
    }

    /// The place of an anchor, as in `file.md#anchor`: as written, then without case, then by its words,
    /// since generators make names of headings in many ways.
    pub fn named(&self, name: &str) -> Option<&Spot> {
        let folded = || self.folded.get(&*name.to_lowercase());
        // Python-Markdown counts equal names with `_1`.
        let counted = || {
            let (name, count) = name.rsplit_once('_')?;
            let is_count = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
            self.exact.get(&*format!("{name}-{count}")).filter(|_| is_count)
        };
        let worded = || self.worded.get(&*words(name)).and_then(|all| all.first());
        let at = self.exact.get(name).or_else(folded).or_else(counted).or_else(worded)?;
        self.all.get(*at).map(|anchor| &anchor.spot)
    }

    /// The place of a heading, as in `[[file#heading]]`: by its words. Of `one#two` the last counts,
    /// below the others if it can be.
    pub fn heading(&self, path: &str) -> Option<&Spot> {
        let (mut after, mut found) = (0, None);
        for step in path.split('#').filter(|step| !step.trim().is_empty()) {
            let same = self.worded.get(&*words(step)).map_or(&[][..], Vec::as_slice);
            match same.get(same.partition_point(|at| *at < after)) {
                Some(at) => {
                    found = Some(*at);
                    after = at + 1;
                }
                None => found = same.first().copied(),
            }
        }
        let found = found.and_then(|at| self.all.get(at)).map(|anchor| &anchor.spot);
        found.or_else(|| self.named(&slug(path)))
    }

    /// The names that may have been meant.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|anchor| &*anchor.name)
    }
}

/// The card with a block that is marked `^name` at its end.
pub fn block(briefing: &Briefing, part: &Part, name: &str) -> Option<Spot> {
    let mark = format!("^{name}");
    let has = |source: &str| {
        source.lines().any(|line| {
            let line = line.trim_end().strip_suffix(mark.as_str());
            line.is_some_and(|line| line.is_empty() || line.ends_with([' ', '\t']))
        })
    };
    (part.cards.start as usize..part.cards.end as usize)
        .find(|card| {
            let card = briefing.cards.get(*card);
            card.is_some_and(|card| card.sections.iter().any(|s| has(&s.text.source)))
        })
        .map(|card| Spot { card, heading: None })
}

/// The words of a heading for comparing: punctuation is space, case does not count.
fn words(heading: &str) -> String {
    let spaced = heading.replace(|c: char| !c.is_alphanumeric(), " ");
    let words: Vec<_> = spaced.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BriefingId, Card, CardId};
    use crate::text::{LineIndex, Printable};

    fn briefing(paths: &[&str]) -> Briefing {
        let mut briefing = Briefing::empty(BriefingId::new("b"), Printable::line("b"));
        let span = LineIndex::new("").span(0..0);
        for (at, path) in (0..).zip(paths) {
            briefing.cards.push(Card::new(CardId::new(path), Printable::line(path), span));
            let part = Part {
                path: (*path).into(),
                title: None,
                cards: at..at + 1,
                anchors: crate::model::Rare::default(),
            };
            briefing.parts.push(part);
        }
        briefing
    }

    #[test]
    fn paths_may_leave_out_or_change_the_ending() {
        let briefing = briefing(&["a/b.md", "c/README.md", "index.html", "d.md", "d.html"]);
        let places = Places::new(&briefing);
        let at = |path| places.at(&briefing, path);
        assert_eq!([at("a/b.md"), at("a/b"), at("a/b.html"), at("A/B.md")], [Some(0); 4]);
        assert_eq!([at("c"), at("c/"), at("c/README.html")], [Some(1); 3]);
        assert_eq!([at(""), at("index")], [Some(2); 2]);
        assert_eq!([at("d.md"), at("d.html"), at("d")], [Some(3), Some(4), Some(3)]);
        assert_eq!([at("b"), at("x"), at("a")], [None; 3]);
    }

    #[test]
    fn names_mean_the_nearest_file() {
        let briefing =
            briefing(&["Note.md", "a/b/Note.md", "b/Note.md", "z/Only.md", "x/T.md", "y/T.md"]);
        let places = Places::new(&briefing);
        let named = |from, name| places.named(&briefing, from, name).map(|m| (m.part, m.others));
        assert_eq!(named("z/s.md", "note"), Some((0, 0)), "the exact path");
        assert_eq!(named("b/s.md", "b/Note"), Some((2, 0)));
        assert_eq!(named("a/b/s.md", "ONLY.MD"), Some((3, 0)));
        assert_eq!(named("y/s.md", "T"), Some((5, 0)), "the same folder");
        assert_eq!(named("s.md", "T"), Some((4, 1)), "the first of two as near");
        assert_eq!(named("s.md", "ote"), None);
    }

    #[test]
    fn names_after_see_also_mean_pages_of_the_folder_then_common_ones() {
        let briefing = briefing(&["android/x.md", "common/x.md", "linux/y-z.md", "linux/x.md"]);
        let places = Places::new(&briefing);
        let listed = |from, name| places.listed(&briefing, from, name);
        assert_eq!(listed("linux/a.md", "x"), Some(3));
        assert_eq!(listed("osx/a.md", "x"), Some(1));
        assert_eq!(listed("osx/a.md", "y z"), Some(2));
        assert_eq!(listed("osx/a.md", "q"), None);
    }

    proptest::proptest! {
        #[test]
        fn paths_are_compared_as_their_keys_are(
            path in "[aAéÉ./]{0,6}(\\.(md|MD|html|png))?",
            name in "[aAéÉ./]{0,4}(\\.(md|Md))?",
        ) {
            let (whole, wanted) = (key(&path), key(&name));
            let expected = whole.strip_suffix(wanted.as_str());
            let expected = expected.filter(|rest| rest.is_empty() || rest.ends_with('/'));
            proptest::prop_assert_eq!(rest(&path, &wanted), expected.map(str::len));
        }
    }

    fn heading(spot: Option<&Spot>) -> Option<&str> {
        spot.and_then(|spot| spot.heading.as_deref())
    }

    #[test]
    fn places_are_found_by_name_without_case_and_by_words() {
        let source = "# Top\n\n## A & B\n\n## Again\n\n### Deep\n\n## Again\n\n### Deep\n";
        let (naming, split) = (crate::import::Naming::Alone, crate::import::Split::Level(0));
        let options = crate::import::Options { path: "a.md", naming, split, sibling: None };
        let (briefing, _) = crate::import::markdown(source, options);
        let anchors = Anchors::of_part(&briefing, &briefing.parts[0]);
        assert_eq!(heading(anchors.named("again-1")), Some("again-1"));
        assert_eq!(heading(anchors.named("AGAIN")), Some("again"));
        assert_eq!(anchors.named("none"), None);
        assert_eq!(heading(anchors.heading("a b")), Some("a--b"));
        assert_eq!(heading(anchors.heading("Again#Deep")), Some("deep"));
        assert_eq!(heading(anchors.heading("Deep#Again#Deep")), Some("deep-1"));
        assert_eq!(heading(anchors.heading("again-1")), Some("again-1"));
    }

    #[test]
    fn only_large_files_have_their_places_kept() {
        let mut briefing = briefing(&["a.md", "b.md"]);
        let span = LineIndex::new("").span(0..0);
        let source = "word ".repeat(20_000).into();
        let text = crate::model::Prose { source, span, links: crate::model::Links::default() };
        let from = crate::model::Rare::default();
        let section = crate::model::Section { basis: None, from, title: None, text };
        briefing.cards[1].sections.push(section);
        assert_eq!(large(&briefing).keys().collect::<Vec<_>>(), [&1]);
    }
}
