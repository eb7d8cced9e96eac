//! In which order the pages of a folder are read. In a folder comes first the page that introduces it,
//! then what has a place of its own by what the site says, then what has a number in its name, then the
//! other files, then the folders, then what a project says of itself, such as its licence, and last what
//! stands beside every page of a site.

use super::page_file::PageFile;
use crate::files;
use crate::format::{self, Entry};
use crate::import::{self, Kind};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Folders with more pages are not asked for places of their own.
const MOST_PAGES: usize = 5_000;
/// Pages that are looked at to find out whether any has one: where sites say it, most pages do, and the
/// first card of a folder waits for it.
const SAMPLE: usize = 16;
/// Beside more folders none is asked for its place before the first card is shown.
const MOST_FOLDERS: usize = 64;
/// Bytes of a page in which what it says about itself stands.
const START: u64 = 4 << 10;
/// Settings of a folder that say where it stands.
const SETTINGS: [&str; 3] = ["_category_.json", "_category_.yml", "_category_.yaml"];

/// The list of the pages of a book.
const SUMMARY: &str = "SUMMARY.md";
/// Books in a folder that are put into their order.
const MOST_BOOKS: usize = 64;
/// Files that may introduce a folder.
const INTRODUCTIONS: [&str; 5] = ["_index.md", "index.md", "index.mdx", "README.md", "readme.md"];

/// Where pages and folders stand among their neighbours, by path.
#[derive(Debug, Default)]
pub struct Order {
    positions: HashMap<String, f64>,
}

impl Order {
    /// Asks the pages of a folder, and the settings beside them.
    pub fn find(base: &Path, pages: &[PageFile], assets: &[Box<str>]) -> Self {
        let mut order = Self::default();
        if pages.len() > MOST_PAGES {
            return order;
        }
        // Hugo calls a page that introduces a folder so.
        let weighed = pages.iter().any(|page| stem(split(&page.path).1) == "_index");
        let ask = |file: &Path| ask(file, weighed);
        let sample = pages.iter().step_by(pages.len().div_ceil(SAMPLE).max(1));
        if sample.into_iter().any(|page| ask(&page.file(base)).is_some()) {
            for page in pages {
                let Some(position) = ask(&page.file(base)) else { continue };
                let (folder, name) = split(&page.path);
                let path = if introduces(name) { folder } else { &page.path };
                order.positions.insert(path.to_owned(), position);
            }
        }
        for asset in assets {
            let (folder, name) = split(asset);
            if SETTINGS.contains(&name)
                && let Some(position) = ask(&base.join(&**asset))
            {
                order.positions.insert(folder.to_owned(), position);
            }
        }
        order
    }

    /// Asks the pages that stand in one folder, and what introduces the folders beside them.
    pub fn here(base: &Path, pages: &[PageFile], folders: &[(String, PathBuf)]) -> Self {
        let mut order = Self::find(base, pages, &[]);
        if folders.len() > MOST_FOLDERS || pages.len() > MOST_PAGES {
            return order;
        }
        let weighed = pages.iter().any(|page| stem(split(&page.path).1) == "_index");
        for (path, folder) in folders {
            let names = SETTINGS.iter().chain(&INTRODUCTIONS);
            if let Some(position) =
                names.into_iter().find_map(|name| ask(&folder.join(name), weighed))
            {
                order.positions.insert(path.clone(), position);
            }
        }
        order
    }

    /// The folder whose pages come before all files beside it, if there is one: of those that hold
    /// pages themselves, or of all if there are no files.
    pub fn first_folder(
        &self,
        folders: &[(String, PathBuf)],
        file: Option<&str>,
    ) -> Option<PathBuf> {
        let inside = |(path, _): &&(String, PathBuf)| format!("{path}/page");
        let first = folders
            .iter()
            .filter(|folder| file.is_none_or(|file| self.compare(&inside(folder), file).is_lt()))
            .filter(|(_, path)| {
                let holds = |file: &PathBuf| {
                    file.to_str().and_then(Kind::of_path).is_some_and(|kind| kind == Kind::Markdown)
                };
                file.is_none() || files::entries(path, path).0.iter().any(holds)
            })
            .min_by(|a, b| self.compare(&inside(a), &inside(b)))?;
        Some(first.1.clone())
    }

    /// Which of two pages comes first.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let mut at = 0;
        loop {
            let (x, is_file_x) = step(a, at);
            let (y, is_file_y) = step(b, at);
            if x == y && is_file_x == is_file_y {
                if is_file_x {
                    return Ordering::Equal;
                }
                at += x.len() + 1;
                continue;
            }
            let position = |path: &str, step: &str| {
                self.positions.get(path.get(..at + step.len()).unwrap_or_default()).copied()
            };
            let of = |path, step, is_file| {
                let position = position(path, step);
                (rank(step, is_file, position.is_some()), position.unwrap_or_default())
            };
            let ((rank_x, position_x), (rank_y, position_y)) =
                (of(a, x, is_file_x), of(b, y, is_file_y));
            return rank_x
                .cmp(&rank_y)
                .then_with(|| position_x.total_cmp(&position_y))
                .then_with(|| alphanumeric_sort::compare_str(x, y));
        }
    }
}

/// What a page or the settings of a folder say about their place.
fn ask(file: &Path, weighed: bool) -> Option<f64> {
    let start = files::read_start(file, START).ok()?.0;
    format::position(&format::decode(&start).0, weighed)
}

/// The step of a path that starts at a byte, and whether it is the last.
fn step(path: &str, at: usize) -> (&str, bool) {
    let rest = path.get(at..).unwrap_or_default();
    match rest.split_once('/') {
        Some((step, _)) => (step, false),
        None => (rest, true),
    }
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| stem(name).eq_ignore_ascii_case(other))
}

/// Whether a file introduces the folder it stands in.
fn introduces(name: &str) -> bool {
    is_one_of(name, &["index", "_index", "readme"])
}

/// Whether a file, by its name in capitals, is about the project and not about its matter.
fn is_apart(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "AUTHORS",
        "CHANGELOG",
        "CHANGES",
        "CODEOFCONDUCT",
        "CONTRIBUTORS",
        "COPYING",
        "HISTORY",
        "LICENCE",
        "LICENSE",
        "NEWS",
        "NOTICE",
        "SECURITY",
    ];
    let stem = stem(name).replace(['_', '-'], "");
    NAMES.iter().any(|name| stem.starts_with(name))
}

fn rank(step: &str, is_file: bool, is_placed: bool) -> u8 {
    let numbered = || {
        let rest = step.trim_start_matches(|c: char| c.is_ascii_digit());
        // More digits are those of a year.
        (1..4).contains(&(step.len() - rest.len())) && rest.starts_with(['-', '_', '.', ' '])
    };
    match is_file {
        true if is_one_of(step, &["index", "_index"]) => 0,
        true if is_one_of(step, &["readme", "home"]) => 1,
        true if is_one_of(step, &["_sidebar", "_footer", "_header", "_navbar", "_coverpage"]) => 9,
        true if step == SUMMARY => 9,
        true if is_apart(step) => 6,
        _ if is_placed => 2,
        _ if numbered() => 3,
        true => 4,
        false => 5,
    }
}

/// What a site lists of its pages, in its order: the navigation of `MkDocs`, the sidebar of a wiki or of
/// docsify. With each entry goes the path of its page from `base`.
pub fn listed(base: &Path) -> Vec<(String, Entry)> {
    let text = |name: &str| {
        let bytes = files::read(&base.join(name), 1 << 20).ok()?;
        Some(format::decode(&bytes).0.into_owned())
    };
    let settings = ["mkdocs.yml", "mkdocs.yaml"].iter().find_map(|name| text(name));
    let (folder, entries) = match settings.and_then(|text| format::navigation(&text)) {
        Some(found) => found,
        None => match ["_Sidebar.md", "_sidebar.md"].iter().find_map(|name| text(name)) {
            Some(text) => (String::new(), format::summary(&text)),
            None => return Vec::new(),
        },
    };
    let inside = |path: &str| {
        let path = path.split(['#', '?']).next().unwrap_or_default();
        let path = import::percent_decode(path);
        import::join("", &format!("{folder}/{path}")).filter(|path| !path.is_empty())
    };
    entries.into_iter().filter_map(|entry| Some((inside(entry.path.as_deref()?)?, entry))).collect()
}

/// The same of the summaries of books that stand among the pages, each with the folder of its pages.
pub fn summaries(base: &Path, pages: &[PageFile]) -> Vec<Vec<(String, Entry)>> {
    let books = pages.iter().filter(|page| split(&page.path).1 == SUMMARY).take(MOST_BOOKS);
    let list = |page: &PageFile| {
        let bytes = files::read(&page.file(base), 1 << 20).ok()?;
        let entries = format::summary(&format::decode(&bytes).0).into_iter();
        let path = |entry: &Entry| import::join(&page.path, entry.path.as_deref()?);
        Some(entries.filter_map(|entry| Some((path(&entry)?, entry))).collect())
    };
    books.filter_map(list).collect()
}

/// The page that comes first in place of the one at `first`, which would without a list.
pub fn first_listed(base: &Path, first: &str) -> Option<String> {
    let listed = listed(base);
    let wanted = key(first);
    if !listed.iter().any(|(path, _)| key(path) == wanted) {
        return None;
    }
    let forms = |path: String| {
        let hyphens = path.replace(' ', "-");
        [format!("{path}.md"), format!("{hyphens}.md"), path]
    };
    let is_file = |path: &String| matches!(files::kind(&base.join(path)), Ok(files::Kind::File));
    listed.into_iter().flat_map(|(path, _)| forms(path)).find(is_file)
}

/// Puts pages that are listed into the order of the list, where the first of them stood.
pub fn arrange(pages: &mut Vec<PageFile>, listed: Vec<(String, Entry)>) {
    let mut places: HashMap<String, (usize, Entry)> = HashMap::new();
    for (at, (path, entry)) in listed.into_iter().enumerate() {
        places.entry(key(&path)).or_insert((at, entry));
    }
    if places.is_empty() {
        return;
    }
    let mut found = Vec::new();
    let mut first = None;
    let mut rest = Vec::with_capacity(pages.len());
    for page in std::mem::take(pages) {
        match places.remove(&key(&page.path)) {
            Some((at, entry)) => {
                first.get_or_insert(rest.len());
                found.push((at, PageFile { depth: entry.depth, title: Some(entry.title), ..page }));
            }
            None => rest.push(page),
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let after = rest.split_off(first.unwrap_or(rest.len()));
    rest.extend(found.into_iter().map(|(_, page)| page));
    rest.extend(after);
    *pages = rest;
}

/// A path as lists name it: without the ending, with spaces for the hyphens of wikis.
fn key(path: &str) -> String {
    let (folder, name) = split(path);
    let stem = match name.rsplit_once('.') {
        Some((stem, "md" | "markdown" | "mdx" | "html")) => stem,
        _ => name,
    };
    format!("{folder}/{stem}").to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(order: &Order, mut paths: Vec<&'static str>) -> Vec<&'static str> {
        paths.sort_by(|a, b| order.compare(a, b));
        paths
    }

    #[test]
    fn files_come_before_folders_and_numbers_before_both() {
        let paths = vec![
            "b/c.md",
            "z.md",
            "2-x/a.md",
            "10-y.md",
            "README.md",
            "_Sidebar.md",
            "1-w.md",
            "b/index.md",
            "index.md",
            "a10.md",
            "a9.md",
            "b/Home.md",
            "CHANGELOG.md",
            "changelog.md",
            "2024-01/a.md",
        ];
        assert_eq!(
            sorted(&Order::default(), paths),
            [
                "index.md",
                "README.md",
                "1-w.md",
                "2-x/a.md",
                "10-y.md",
                "a9.md",
                "a10.md",
                "changelog.md",
                "z.md",
                "2024-01/a.md",
                "b/index.md",
                "b/Home.md",
                "b/c.md",
                "CHANGELOG.md",
                "_Sidebar.md",
            ]
        );
    }

    #[test]
    fn places_come_before_names() {
        let positions = [("c.md", 1.0), ("a", 2.0), ("b.md", 3.0)];
        let positions = positions.map(|(path, at)| (path.to_owned(), at)).into();
        let paths = vec!["0.md", "a/x.md", "b.md", "c.md", "index.md"];
        assert_eq!(
            sorted(&Order { positions }, paths),
            ["index.md", "c.md", "a/x.md", "b.md", "0.md"]
        );
    }
}
