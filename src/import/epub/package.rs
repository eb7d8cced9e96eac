//! What a book says of itself: its package file, with title, author and the order of its texts, and
//! its table of contents.

use super::xml::{Element, Xml};
use crate::import::html::{Page, join, percent_decode};
use crate::model::PartialDate;

/// A text of the book, in the order of reading.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Its entry in the archive; none if it leads out of it.
    pub path: Option<Box<str>>,
    /// The same as the package writes it.
    pub href: String,
    /// Whether it is the table of contents.
    pub nav: bool,
    /// Whether it may be read as HTML.
    pub is_page: bool,
}

/// What a package file says.
#[derive(Debug, Default)]
pub struct Package {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub date: Option<PartialDate>,
    pub spine: Vec<Item>,
    /// The entry of the table of contents, and whether it is of the older kind.
    pub contents: Option<(Box<str>, bool)>,
    /// Names in the spine that the package does not explain.
    pub unknown: Vec<String>,
}

/// Reads the package file at `path`.
pub fn package(xml: &Xml, path: &str) -> Package {
    let folder = path.rfind('/').map_or("", |at| path.get(..at).unwrap_or_default());
    let mut package = Package::default();
    let all = |name: &'static str| xml.elements.iter().filter(move |e| e.name == name);
    let said = |name: &'static str| {
        let texts = all(name).map(|e| e.text.split_whitespace().collect::<Vec<_>>().join(" "));
        texts.filter(|text| !text.is_empty())
    };
    package.title = said("title").next();
    package.authors = said("creator").collect();
    package.publisher = said("publisher").next();
    package.language = said("language").next();
    package.date = said("date")
        .find_map(|date| [10, 7, 4].iter().find_map(|length| date.get(..*length)?.parse().ok()));
    let place = |href: &str| {
        let path = percent_decode(href.split('#').next().unwrap_or_default());
        if path.starts_with('/') || path.contains(':') { None } else { join(folder, &path) }
    };
    let items: Vec<&Element> = all("item").collect();
    let by_id: std::collections::HashMap<&str, &Element> =
        items.iter().filter_map(|item| Some((item.get("id")?, *item))).collect();
    let is_nav = |item: &Element| {
        item.get("properties")
            .is_some_and(|words| words.split_whitespace().any(|word| word == "nav"))
    };
    for reference in all("itemref") {
        let id = reference.get("idref").unwrap_or_default();
        let Some(item) = by_id.get(id) else {
            package.unknown.push(id.to_owned());
            continue;
        };
        let href = item.get("href").unwrap_or_default().to_owned();
        let kind = item.get("media-type").unwrap_or_default();
        let is_page = kind.contains("html") || kind.contains("dtbook") || kind.is_empty();
        package.spine.push(Item { path: place(&href), href, nav: is_nav(item), is_page });
    }
    let nav = items.iter().find(|item| is_nav(item)).map(|item| (*item, false));
    let ncx = || {
        let named = all("spine").find_map(|spine| by_id.get(spine.get("toc")?).copied());
        let typed =
            || items.iter().find(|i| i.get("media-type") == Some("application/x-dtbncx+xml"));
        named.or_else(|| typed().copied()).map(|item| (item, true))
    };
    package.contents = nav
        .or_else(ncx)
        .and_then(|(item, old)| Some((place(item.get("href").unwrap_or_default())?, old)));
    package
}

/// A line of a table of contents.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The entry it leads to.
    pub path: Box<str>,
    /// Whether it leads to a place in the entry.
    pub within: bool,
    pub title: String,
    /// 0 at the top.
    pub depth: u8,
}

/// The lines of a table of contents that is a page.
pub fn nav(page: &Page) -> Vec<Line> {
    let lines = page.contents().into_iter().filter_map(|(href, title, depth)| {
        let (path, fragment) = href.split_once('#').unwrap_or((&href, ""));
        let path = if path.is_empty() { page.path.clone() } else { page.resolve(path)? };
        Some(Line { path, within: !fragment.is_empty(), title, depth })
    });
    lines.collect()
}

/// The lines of a table of contents of the older kind, at `path`.
pub fn ncx(xml: &Xml, path: &str) -> Vec<Line> {
    let folder = path.rfind('/').map_or("", |at| path.get(..at).unwrap_or_default());
    let mut lines = Vec::new();
    // Depths of the points that are open, and the label of the innermost.
    let mut open: Vec<usize> = Vec::new();
    let mut label = String::new();
    for element in &xml.elements {
        while open.last().is_some_and(|depth| *depth >= element.depth) {
            open.pop();
        }
        match element.name.as_str() {
            "navPoint" => {
                open.push(element.depth);
                label.clear();
            }
            "text" if !open.is_empty() => {
                label = element.text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            "content" if !open.is_empty() => {
                let src = percent_decode(element.get("src").unwrap_or_default());
                let (file, fragment) = src.split_once('#').unwrap_or((&src, ""));
                if let Some(path) = join(folder, file) {
                    let depth = u8::try_from(open.len() - 1).unwrap_or(u8::MAX);
                    let title = std::mem::take(&mut label);
                    lines.push(Line { path, within: !fragment.is_empty(), title, depth });
                }
            }
            _ => {}
        }
    }
    lines
}
