//! EPUB books as cards: the texts of a book in the order of reading, each as a page of HTML; terms of
//! a glossary are cards of their own, notes stand below the card that refers to them. Nothing is
//! written anywhere and nothing is fetched.

mod archive;
mod package;
#[cfg(test)]
mod tests;
mod xml;

use super::html::{self, Notes, Page, Plan};
use super::{Ids, Naming, Split};
use crate::diagnostic::Diagnostic;
use crate::model::{Briefing, BriefingId, Part, PartialDate, Rare, Source, SourceId};
use crate::text::{LineIndex, Printable, slug};
use archive::Archive;
use package::{Line, Package};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

const CONTAINER: &str = "META-INF/container.xml";
/// Ways of scrambling that are used for fonts only.
const FONTS: &[&str] = &["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Reads a book. It never fails: a book that cannot be read is a briefing without cards and a finding
/// that is an error.
pub fn epub(bytes: &[u8], path: &str, naming: Naming, how: Split) -> (Briefing, Vec<Diagnostic>) {
    let stem = Ids::new(path, naming).stem().to_owned();
    let id = slug(&stem);
    let id = BriefingId::new(if id.is_empty() { "book" } else { &id });
    let mut briefing = Briefing::empty(id, Printable::line(&stem));
    let file: Arc<Path> = Arc::from(Path::new(path));
    let mut found = match Archive::open(bytes) {
        Ok(archive) => Book { archive, file: Arc::clone(&file), found: Vec::new() }.read(
            &mut briefing,
            path,
            naming,
            how,
        ),
        Err(error) => vec![error],
    };
    for finding in &mut found {
        finding.file.get_or_insert_with(|| Arc::clone(&file));
    }
    (briefing, found)
}

/// A book that is being read.
struct Book<'b> {
    archive: Archive<'b>,
    file: Arc<Path>,
    found: Vec<Diagnostic>,
}

impl Book<'_> {
    fn read(
        mut self,
        briefing: &mut Briefing,
        path: &str,
        naming: Naming,
        how: Split,
    ) -> Vec<Diagnostic> {
        if let Some((package, opf)) = self.package() {
            describe(briefing, &package, path);
            let (pages, sources) = self.pages(&package);
            let contents = self.contents(&package);
            if package.spine.is_empty() {
                let message = format!("`{opf}` lists no texts");
                self.error("no-cards", &message, "the `spine` of a book lists its texts in order");
            }
            self.cards(briefing, &pages, &sources, &contents, &package, path, naming, how);
            let pages: HashSet<&str> = briefing.parts.iter().map(|part| &*part.path).collect();
            let others = self.archive.names().filter(|name| !pages.contains(name));
            briefing.assets = others.map(Into::into).collect();
            briefing.assets.sort_unstable();
        }
        let mut found = self.archive.found;
        found.append(&mut self.found);
        found
    }

    fn error(&mut self, code: &'static str, message: &str, help: &str) {
        self.found.push(Diagnostic::error(code, message).help(help));
    }

    /// An entry of the archive for findings.
    fn entry(&self, path: &str) -> Arc<Path> {
        Arc::from(self.file.join(path))
    }

    /// Reads an XML file of the archive.
    fn xml(&mut self, name: &str) -> Option<xml::Xml> {
        let bytes = self.archive.read(name)?;
        let (source, odd) = html::decode(&bytes);
        let entry = self.entry(name);
        self.found.extend(odd.map(|odd| odd.in_file(&entry)));
        let xml = xml::read(&source);
        let lines = LineIndex::new(&source);
        if let Some((error, at)) = &xml.error {
            let message = format!("`{name}` is no XML from here on: {error}");
            let help = "what precedes it is used; get the file anew";
            let span = lines.span(*at..*at);
            self.found
                .push(Diagnostic::warning("xml", message).at(span).in_file(&entry).help(help));
        }
        if let Some(entity) = xml.entities.first() {
            let message = format!("`{name}` uses the entity `{entity}`, which is not expanded");
            let help =
                "entities that a file declares itself may name other files, or grow without end";
            self.found.push(Diagnostic::warning("entity", message).in_file(&entry).help(help));
        }
        Some(xml)
    }

    /// The package file: what it says, and its name.
    fn package(&mut self) -> Option<(Package, String)> {
        let Some(container) = self.xml(CONTAINER) else {
            let help = "an EPUB names its package file there; is this another kind of archive?";
            self.error("not-epub", &format!("no {CONTAINER}"), help);
            return None;
        };
        let named = container.elements.iter().filter(|e| e.name == "rootfile");
        let named: Vec<String> = named
            .filter_map(|e| e.get("full-path"))
            .map(|path| html::percent_decode(path).into_owned())
            .collect();
        let Some(opf) = named.iter().find(|name| self.archive.has(name)).cloned() else {
            let name = named.first().map_or("", String::as_str);
            let message = format!("the package file `{name}` is not in the archive");
            self.error(
                "not-epub",
                &message,
                &format!("{CONTAINER} must name an entry of the archive"),
            );
            return None;
        };
        let xml = self.xml(&opf)?;
        Some((package::package(&xml, &opf), opf))
    }

    /// Entries that are scrambled so that only some programs can read them.
    fn locked(&mut self) -> HashSet<String> {
        let Some(xml) = self
            .archive
            .has("META-INF/encryption.xml")
            .then(|| self.xml("META-INF/encryption.xml"))
        else {
            return HashSet::new();
        };
        let (mut font, mut locked) = (false, HashSet::new());
        for element in xml.iter().flat_map(|xml| &xml.elements) {
            match element.name.as_str() {
                "EncryptedData" => font = false,
                "EncryptionMethod" => {
                    font |= element.get("Algorithm").is_some_and(|a| FONTS.contains(&a));
                }
                "CipherReference" if !font => {
                    locked.extend(
                        element.get("URI").map(|path| html::percent_decode(path).into_owned()),
                    );
                }
                _ => {}
            }
        }
        locked
    }

    /// The texts of the book that could be read, with their sources.
    fn pages(&mut self, package: &Package) -> (Vec<Page>, Vec<String>) {
        let locked = self.locked();
        let (mut pages, mut sources) = (Vec::new(), Vec::new());
        for id in &package.unknown {
            let message = format!("the text `{id}` is listed but not declared");
            self.error("missing-entry", &message, "the `manifest` of a book declares its files");
        }
        let mut scrambled = 0;
        for item in package.spine.iter().filter(|item| item.is_page) {
            let Some(path) = item.path.as_deref().filter(|path| self.archive.has(path)) else {
                let outside =
                    if item.path.is_none() { "leads out of the archive" } else { "cannot be read" };
                let message = format!("the text `{}` {outside}", item.href);
                self.error("missing-entry", &message, "the other texts of the book are shown");
                continue;
            };
            if locked.contains(path) {
                scrambled += 1;
                continue;
            }
            if let Some(bytes) = self.archive.read(path) {
                let (source, odd) = html::decode(&bytes);
                let entry = self.entry(path);
                self.found.extend(odd.map(|odd| odd.in_file(&entry)));
                pages.push(Page::read(&source, path, true));
                sources.push(source.into_owned());
            }
        }
        if scrambled > 0 {
            let message = format!("{scrambled} texts are encrypted (DRM)");
            self.error("encrypted", &message, "open the book in the program it was sold for");
        }
        (pages, sources)
    }

    /// The table of contents, by entry.
    fn contents(&mut self, package: &Package) -> HashMap<Box<str>, Line> {
        let Some((path, old)) = &package.contents else { return HashMap::new() };
        let lines = if *old {
            self.xml(path).map(|xml| package::ncx(&xml, path)).unwrap_or_default()
        } else {
            let bytes = self.archive.read(path).unwrap_or_default();
            package::nav(&Page::read(&html::decode(&bytes).0, path, true))
        };
        let mut contents: HashMap<Box<str>, Line> = HashMap::new();
        for line in lines {
            match contents.get(&line.path) {
                Some(known) if !known.within || line.within => {}
                _ => {
                    contents.insert(line.path.clone(), line);
                }
            }
        }
        contents
    }

    #[expect(clippy::too_many_arguments, reason = "the last step takes what all others made")]
    fn cards(
        &mut self,
        briefing: &mut Briefing,
        pages: &[Page],
        sources: &[String],
        contents: &HashMap<Box<str>, Line>,
        package: &Package,
        path: &str,
        naming: Naming,
        how: Split,
    ) {
        let notes = Notes::find(pages);
        let top = common_folder(pages);
        let before = if naming == Naming::Alone {
            ""
        } else {
            path.rsplit_once('.').map_or(path, |(p, _)| p)
        };
        let mut stems: HashSet<String> = HashSet::new();
        let mut depth = 0;
        for (index, (page, source)) in pages.iter().zip(sources).enumerate() {
            let line = contents.get(&page.path);
            depth = line.map_or(depth, |line| line.depth);
            let start = u32::try_from(briefing.cards.len()).unwrap_or(u32::MAX);
            let mut part = Part {
                path: page.path.clone(),
                title: None,
                cards: start..start,
                anchors: Rare::default(),
            };
            let is_nav = package.spine.iter().any(|i| i.nav && i.path.as_ref() == Some(&page.path));
            if !is_nav && page.says_something() {
                let short = page.path.get(top..).unwrap_or_default();
                let mut stem =
                    if before.is_empty() { short.to_owned() } else { format!("{before}/{short}") };
                while !stems
                    .insert(stem.rsplit_once('.').map_or(&*stem, |(stem, _)| stem).to_owned())
                {
                    let (name, end) = stem.rsplit_once('.').unwrap_or((&stem, ""));
                    stem = format!("{name}-2.{end}");
                }
                let mut ids = Ids::new(&stem, Naming::Among);
                let named = line.map(|line| line.title.clone()).filter(|title| !title.is_empty());
                let title = named.or_else(|| page.title()).unwrap_or_else(|| ids.stem().to_owned());
                let lines = LineIndex::new(source);
                let mut plan = Plan {
                    ids: &mut ids,
                    split: how,
                    alone: false,
                    title: &title,
                    chapter: true,
                    depth,
                };
                let made = html::read(pages, index, &notes, &lines, true, &mut plan);
                briefing.cards.extend(made.cards);
                part.anchors = made.anchors.into();
                part.cards = start..u32::try_from(briefing.cards.len()).unwrap_or(u32::MAX);
                let entry = self.entry(&page.path);
                self.found
                    .extend(html::findings(page, &lines).into_iter().map(|d| d.in_file(&entry)));
            }
            briefing.parts.push(part);
        }
    }
}

/// Takes what the book says of itself.
fn describe(briefing: &mut Briefing, package: &Package, path: &str) {
    if let Some(title) = &package.title {
        briefing.title = Printable::line(title);
    }
    briefing.language = package.language.as_deref().map(Printable::line);
    let author = Some(package.authors.join(", ")).filter(|names| !names.is_empty());
    let name = path.rsplit('/').next().unwrap_or_default();
    let line = |text: &Option<String>| text.as_deref().map(Printable::line);
    let date: Option<PartialDate> = package.date;
    briefing.sources.push(Source {
        id: SourceId::new("book"),
        title: briefing.title.clone(),
        kind: Some(Printable::line("book")),
        author: line(&author),
        publisher: line(&package.publisher),
        date,
        url: None,
        file: Some(Printable::line(name)),
        sha256: None,
        bytes: None,
        paragraphs: None,
        note: None,
        passages: Vec::new(),
        span: LineIndex::new("").span(0..0),
    });
}

/// Bytes of the folder that all pages are in.
fn common_folder(pages: &[Page]) -> usize {
    let Some(first) = pages.first() else { return 0 };
    let mut length = first.path.rfind('/').map_or(0, |at| at + 1);
    for page in pages {
        while length > 0 && page.path.get(..length) != first.path.get(..length) {
            let folder = first.path.get(..length - 1).unwrap_or_default();
            length = folder.rfind('/').map_or(0, |at| at + 1);
        }
    }
    length
}
