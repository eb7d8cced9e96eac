//! Folders of documents: what is in them, in which order it is read, and how it becomes a briefing.

use super::cache::{Cache, Visit};
use super::order::{self, Order};
use super::page_file::{PageFile, relative, retitle};
use super::read::{self, How, MAX_BYTES, Read};
use super::{Document, Failure, sequence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::{self, FileError};
use crate::format::{self, Book};
use crate::import::{self, Assembly, Kind, Naming, Share, Sibling};
use crate::model::{Briefing, BriefingId};
use crate::text::{Printable, slug};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    /// The folder itself.
    pub root: PathBuf,
    /// The folder that paths start from: that of the text, in a book.
    pub base: PathBuf,
    /// The files that become one briefing, in the order of reading.
    pub pages: Vec<PageFile>,
    /// Files that are documents of their own: briefing files and EPUBs.
    pub others: Vec<PathBuf>,
    /// All other files, by path from the base, ascending.
    pub assets: Vec<Box<str>>,
    /// The settings of the book, if it is one.
    pub book: Option<Book>,
    /// What is odd about the folder.
    pub found: Vec<Diagnostic>,
    /// What could not be looked at.
    pub failed: Vec<Failure>,
}

/// Looks at a folder.
pub fn look(root: &Path) -> Folder {
    let (all, failed) = files::walk(root, |_| true);
    let mut folder = Folder {
        root: root.to_owned(),
        base: root.to_owned(),
        failed: failed.into_iter().map(Failure::File).collect(),
        ..Folder::default()
    };
    let summary = folder.find_book();
    let base = folder.base.clone();
    let kinds: Vec<_> = all
        .into_iter()
        .filter_map(|file| {
            let path = relative(&base, &file);
            let kind = path.as_deref().or_else(|| file.to_str()).and_then(Kind::of_path);
            // Of what stands beside the text of a book only briefing files are read.
            (path.is_some() || kind == Some(Kind::Briefing)).then_some((file, path, kind))
        })
        .collect();
    let has = |wanted: &[Kind]| {
        kinds
            .iter()
            .any(|(_, path, kind)| path.is_some() && kind.is_some_and(|k| wanted.contains(&k)))
    };
    // Beside written pages, a plain text is more likely a list of something than a document.
    let with_text = !has(&[Kind::Markdown, Kind::Html, Kind::Epub]);
    let only_briefings = with_text && !has(&[Kind::Text]);
    let mut texts = Vec::new();
    for (file, path, kind) in kinds {
        if let (Some(Kind::Text), Some(_), false) = (kind, &path, with_text) {
            texts.push(file.clone());
        }
        match (kind, path) {
            (Some(Kind::Epub), _) => folder.others.push(file),
            (Some(Kind::Briefing), path) => {
                let looks_so = || {
                    let start = files::read_start(&file, 64 << 10).unwrap_or_default().0;
                    import::is_briefing(&format::decode(&start).0)
                };
                if only_briefings || looks_so() {
                    folder.others.push(file);
                } else {
                    folder.assets.extend(path.map(String::into_boxed_str));
                }
            }
            (Some(kind), Some(path)) if kind != Kind::Text || with_text => {
                folder.pages.push(PageFile::new(&base, file, path, kind));
            }
            (_, path) => folder.assets.extend(path.map(String::into_boxed_str)),
        }
    }
    folder.tell_texts(&texts);
    folder.leave_copies();
    folder.assets.sort_unstable();
    match summary {
        Some(summary) => folder.order_as(&summary),
        None => {
            let order = Order::find(&folder.base, &folder.pages, &folder.assets);
            folder.pages.sort_by(|a, b| order.compare(&a.path, &b.path));
            let summaries = order::summaries(&folder.base, &folder.pages);
            for list in summaries.into_iter().chain([order::listed(&folder.base)]) {
                order::arrange(&mut folder.pages, list);
            }
            sequence::follow(&folder.base, &mut folder.pages);
        }
    }
    folder
}

impl Folder {
    /// Finds out whether the folder is a book; the text of its summary.
    fn find_book(&mut self) -> Option<String> {
        let text = |path: &Path| {
            let bytes = files::read(path, MAX_BYTES).ok()?;
            Some(format::decode(&bytes).0.into_owned())
        };
        let settings = self.root.join("book.toml");
        let base = match text(&settings) {
            Some(source) => {
                let (book, found) = format::book(&source);
                let src = import::join("", &book.src).unwrap_or_default();
                self.found.extend(found.map(|found| found.in_file(&Arc::from(settings))));
                self.book = Some(book);
                self.root.join(src)
            }
            None => self.root.clone(),
        };
        let summary = text(&base.join("SUMMARY.md"))?;
        self.base = base;
        Some(summary)
    }

    /// Says that plain texts beside written pages are left out.
    fn tell_texts(&mut self, texts: &[PathBuf]) {
        let Some(first) = texts.iter().min() else { return };
        let message = match texts.len() {
            1 => "a plain text beside these pages is left out".to_owned(),
            more => format!("{more} plain texts beside these pages are left out"),
        };
        let help = "name a text beside the folder to read it too: `briefing FOLDER FOLDER/A.txt`";
        let found = Diagnostic::new(Severity::Info, "texts-left-out", message).help(help);
        self.found.push(found.in_file(&Arc::from(first.as_path())));
    }

    /// Leaves out the page on which a book made for the web stands a second time, for printing.
    fn leave_copies(&mut self) {
        let copies: HashSet<String> = self
            .pages
            .iter()
            .filter_map(|page| Some(format!("{}print.html", page.path.strip_suffix("index.html")?)))
            .collect();
        let (left, pages) = std::mem::take(&mut self.pages)
            .into_iter()
            .partition::<Vec<_>, _>(|page| copies.contains(&page.path));
        self.pages = pages;
        self.assets.extend(left.into_iter().map(|page| page.path.into_boxed_str()));
    }

    /// Puts the pages of a book into the order of its summary.
    fn order_as(&mut self, summary: &str) {
        let file: Arc<Path> = Arc::from(self.base.join("SUMMARY.md"));
        let pages = std::mem::take(&mut self.pages).into_iter();
        let mut pages: HashMap<String, PageFile> =
            pages.map(|page| (page.path.clone(), page)).collect();
        pages.remove("SUMMARY.md");
        let mut listed = HashSet::new();
        for entry in format::summary(summary) {
            let Some(path) = entry.path.as_deref().and_then(|path| import::join("", path)) else {
                continue;
            };
            // A page that is named twice stands where it comes first.
            if let Some(page) = pages.remove(&path) {
                self.pages.push(PageFile { depth: entry.depth, title: Some(entry.title), ..page });
            } else if !listed.contains(&path) {
                let message = format!("the summary names a page `{path}` that is not there");
                self.found.push(Diagnostic::warning("missing-page", message).in_file(&file));
            }
            listed.insert(path);
        }
        if !pages.is_empty() {
            let message = format!("{} pages are not in the summary and are left out", pages.len());
            let diagnostic = Diagnostic::new(Severity::Info, "unlisted-pages", message);
            self.found.push(diagnostic.in_file(&file));
        }
        self.assets.extend(pages.into_keys().map(String::into_boxed_str));
        self.assets.sort_unstable();
    }

    /// Reads the pages into one briefing, with the help of what is known of them; none if there are no
    /// pages.
    pub fn read(
        &self,
        how: How,
        cache: Option<&Cache>,
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<Read> {
        if self.pages.is_empty() {
            return None;
        }
        let name = name_of(&self.root);
        let title = self.book.as_ref().and_then(|book| book.title.clone());
        let title = title.unwrap_or_else(|| Printable::line(&name));
        let id = BriefingId::new(&slug(&name));
        let mut assembly = Assembly::new(id, title, self.pages.len());
        let (mut found, mut failed) = (self.found.clone(), Vec::new());
        let visit = cache.and_then(|c| c.visit(&self.root, &self.base, how, &self.pages));
        let numbers: Vec<usize> = (0..self.pages.len()).collect();
        let page = |number: &usize| self.page(*number, how, visit.as_ref());
        let mut front = None;
        read::in_turn(&numbers, read::BATCH, told, page, |file| match file {
            Ok((share, more, title)) => {
                front = front.take().or(title);
                found.extend(more.into_iter().map(|d| read::below(&self.base, d)));
                assembly.add(share);
            }
            Err(error) => failed.push(Failure::File(error)),
        });
        if let Some(visit) = visit {
            visit.finish();
        }
        let mut briefing = assembly.finish();
        if let (Some(title), None) = (front, &self.book) {
            briefing.title = title;
        }
        tell_moved(&briefing, &self.base, &mut found);
        briefing.assets.clone_from(&self.assets);
        if let Some(book) = &self.book {
            briefing.language.clone_from(&book.language);
            let redirects = book.redirects.iter();
            briefing.redirects.extend(
                redirects
                    .map(|(from, to)| (from.trim_start_matches('/').into(), to.as_str().into())),
            );
            briefing.redirects.sort();
        }
        let document = Document {
            briefing,
            file: None,
            folder: Some(Arc::from(self.root.as_path())),
            root: Some(Arc::from(self.base.as_path())),
            place: None,
            how,
            is_slim: false,
            found,
        };
        Some(Read { document: document.lying_at(&self.root), failed })
    }

    /// What a page becomes, what is found about it, and its title if that is the title of all.
    fn page(
        &self,
        number: usize,
        how: How,
        visit: Option<&Visit>,
    ) -> Result<(Share, Vec<Diagnostic>, Option<Printable>), FileError> {
        let Some(page) = self.pages.get(number) else { return Ok(Default::default()) };
        if let Some(mut share) = visit.and_then(|visit| visit.get(number)) {
            retitle(share.cards(), page);
            return Ok((share, Vec::new(), None));
        }
        let (bytes, stamp) = files::read_stamped(&page.file(&self.base), MAX_BYTES)?;
        let includes = Cell::new(false);
        let sibling = |path: &str| {
            includes.set(true);
            self.sibling(path)
        };
        let sibling = self.book.is_some().then_some(&sibling as &Sibling);
        let import = read::Import { path: &page.path, naming: Naming::Among, how, sibling };
        let (briefing, found) = import.read(page.kind, &bytes);
        let leads = briefing.cards.is_empty() || !briefing.redirects.is_empty();
        let title = (page.is_front() && !leads).then(|| briefing.title.clone());
        let mut share = Share::from(briefing);
        if let Some(visit) = visit {
            let is_all = found.is_empty() && title.is_none() && !includes.get();
            visit.put(number, stamp, Some(&share).filter(|_| is_all));
        }
        retitle(share.cards(), page);
        Ok((share, found, title))
    }

    /// A file that a page of a book includes; nothing outside the folder is read.
    fn sibling(&self, path: &str) -> Option<String> {
        let file = files::real(&self.base.join(path))?;
        if !file.starts_with(files::real(&self.root)?) {
            return None;
        }
        Some(format::decode(&files::read(&file, MAX_BYTES).ok()?).0.into_owned())
    }
}

/// Says of pages that only lead on to others, once for all, that they are no cards.
fn tell_moved(briefing: &Briefing, base: &Path, found: &mut Vec<Diagnostic>) {
    let Some((first, _)) = briefing.redirects.first() else { return };
    let moved = |file: Option<&Path>| {
        let path = file.and_then(|file| relative(base, file));
        path.is_some_and(|path| briefing.redirect(&path).is_some())
    };
    found.retain(|d| d.code != "redirect" || !moved(d.file.as_deref()));
    let (count, pages) = match briefing.redirects.len() {
        1 => ("one page".to_owned(), "leads"),
        more => (format!("{more} pages"), "lead"),
    };
    let message = format!("{count} only {pages} on to another, and links to them do the same");
    let help = "they are no cards; the page they name is";
    let file: Arc<Path> = Arc::from(base.join(&**first));
    found.push(Diagnostic::new(Severity::Info, "moved-pages", message).in_file(&file).help(help));
}

/// The first page of a folder, found without looking at all of it.
pub fn first_page(root: &Path) -> Option<(Folder, PageFile)> {
    let mut folder = Folder { root: root.to_owned(), base: root.to_owned(), ..Folder::default() };
    if let Some(summary) = folder.find_book() {
        let entry = format::summary(&summary).into_iter().find(|entry| entry.path.is_some())?;
        let path = import::join("", entry.path.as_deref()?)?;
        let file = folder.base.join(&path);
        let kind = Kind::of_path(&path)?;
        let page = PageFile::new(&folder.base, file, path, kind);
        let page = PageFile { depth: entry.depth, title: Some(entry.title), ..page };
        return Some((folder, page));
    }
    let mut here = root.to_owned();
    loop {
        let (files, folders) = files::entries(root, &here);
        let paths = files.into_iter().filter_map(|file| Some((relative(root, &file)?, file)));
        let pages = paths.filter_map(|(path, file)| {
            let kind = Kind::of_path(&path)?;
            let is_page = matches!(kind, Kind::Markdown | Kind::Html);
            is_page.then(|| PageFile::new(root, file, path, kind))
        });
        let pages: Vec<_> = pages.collect();
        let folders: Vec<_> =
            folders.into_iter().filter_map(|path| Some((relative(root, &path)?, path))).collect();
        let order = Order::here(root, &pages, &folders);
        let below = order.first_folder(
            &folders,
            pages.iter().map(|page| &*page.path).min_by(|a, b| order.compare(a, b)),
        );
        if let Some(folder) = below {
            here = folder;
            continue;
        }
        let page = pages.into_iter().min_by(|a, b| order.compare(&a.path, &b.path))?;
        let listed = order::first_listed(root, &page.path);
        let page = match listed.and_then(|path| Some((Kind::of_path(&path)?, path))) {
            Some((kind, path)) => PageFile::new(root, root.join(&path), path, kind),
            None => page,
        };
        return Some((folder, page));
    }
}

/// The name of a folder, for a title.
pub fn name_of(folder: &Path) -> String {
    let real = || files::real(folder);
    let name = folder.file_name().map(ToOwned::to_owned);
    let name = name.or_else(|| real()?.file_name().map(ToOwned::to_owned));
    name.map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned())
}
