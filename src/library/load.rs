//! From paths to a library: all of it, its start alone, and again when files change.

use super::cache::Cache;
use super::folder::{self, Folder};
use super::page_file;
use super::read::{self, How, Read};
use super::{Document, Library, Page};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::{self, FileError, Kind as FileKind};
use crate::format;
use crate::import::{Kind, Naming};
use crate::model::BriefingId;
use crate::text::{Printable, slug};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The briefing that the program brings along.
const BUNDLED: (&str, &str) = (
    "us-ecuador-security-readout",
    include_str!("../../briefings/us-ecuador-security-readout.yaml"),
);
/// The briefing that teaches the reader.
const GUIDE: (&str, &str) = ("how-to-read", include_str!("../../briefings/how-to-read.yaml"));

/// The path that stands for what is piped in.
pub const INPUT: &str = "-";

/// What is piped in by name.
const PIPED: &str = "standard input";

/// Bytes of a file that are read to show its start.
const START: u64 = 256 << 10;

/// Bytes of it that mostly hold the first card and the start of the next.
const FIRST: usize = 32 << 10;

/// A path of which nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file or folder cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A folder without a document.
    #[error("{}: no documents in this folder", .0.display())]
    Empty(PathBuf),
    /// A file that is no text.
    #[error("{}: this does not look like text", .0.display())]
    Binary(PathBuf),
}

/// The bundled briefing.
pub fn bundled() -> Library {
    Library::new(vec![embedded(BUNDLED)])
}

/// The guide to the reader.
pub fn guide() -> Arc<Document> {
    embedded(GUIDE)
}

fn embedded((name, source): (&str, &str)) -> Arc<Document> {
    let (briefing, found) = format::briefing(source, name);
    Arc::new(Document::new(briefing, None, found))
}

/// The start of what takes time to read, in less time than it takes to read all of it: of the
/// bundled briefing or a long file its first card, of a folder its first page. `None` if there is
/// no such start, or if all is read as fast.
pub fn preview(paths: &[PathBuf], how: How) -> Option<Library> {
    let document = match paths {
        [] => {
            let briefing = format::preview(BUNDLED.1, BUNDLED.0)?;
            Document::new(briefing, None, Vec::new())
        }
        [path] if path.as_os_str() == INPUT => start_of_input(how)?,
        [path] => match files::kind(path).ok()? {
            FileKind::File => start_of_file(path, how)?,
            FileKind::Folder => start_of_folder(path, how)?,
        },
        _ => return None,
    };
    let mut library = Library::new(vec![Arc::new(document)]);
    library.partial = true;
    library.found.clear();
    matches!(library.start(), Some(Page::Card(_))).then_some(library)
}

fn start_of_file(path: &Path, how: How) -> Option<Document> {
    let kind = read::kind_of(path).ok()??;
    if kind == Kind::Epub {
        return None;
    }
    let (bytes, is_all) = files::read_start(path, START).ok()?;
    start_of(path, kind, how, (&bytes, is_all))
}

/// The start of what is piped in. What comes slowly is waited for: until then the terminal is not
/// taken, and whatever sends it can be ended.
fn start_of_input(how: How) -> Option<Document> {
    let (bytes, is_all) = files::read_input_start(START).ok()?;
    let kind = Kind::of_content(&bytes).filter(|kind| *kind != Kind::Epub)?;
    let document = start_of(Path::new(PIPED), kind, how, (&bytes, is_all))?;
    Some(Document { file: None, root: None, ..document })
}

/// The first card of a document by its start, and whether that is all of it.
fn start_of(path: &Path, kind: Kind, how: How, (bytes, is_all): (&[u8], bool)) -> Option<Document> {
    if kind == Kind::Briefing {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let briefing = format::preview(&format::decode(bytes).0, &name)?;
        return Some(Document::new(briefing, Some(Arc::from(path)), Vec::new()));
    }
    if is_all {
        return None;
    }
    let upto = |length: usize| {
        let bytes = bytes.get(..length).unwrap_or(bytes);
        // A line that was cut may mean something else.
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        read::document(path, kind, how, bytes.get(..end)?)
    };
    let is_whole = |document: &Document| document.briefing.cards.len() > 1;
    let first = if kind == Kind::Markdown { upto(FIRST).filter(is_whole) } else { None };
    let mut document = first.or_else(|| upto(bytes.len()))?;
    // The last card may have been cut as well.
    document.briefing.cards.truncate(1);
    document.briefing.gaps.clear();
    for part in &mut document.briefing.parts {
        part.cards = 0..1;
        part.anchors.retain(|anchor| anchor.card == 0);
    }
    document.found.clear();
    Some(document)
}

fn start_of_folder(path: &Path, how: How) -> Option<Document> {
    let (folder, page) = folder::first_page(path)?;
    let bytes = files::read_start(&page.file(&folder.base), START).ok()?.0;
    let import = read::Import { path: &page.path, naming: Naming::Among, how, sibling: None };
    let (mut briefing, _) = import.read(page.kind, &bytes);
    if !briefing.redirects.is_empty() {
        return None; // Another page takes its place.
    }
    page_file::retitle(&mut briefing.cards, &page);
    briefing.id = BriefingId::new(&slug(&folder::name_of(path)));
    let title = folder.book.and_then(|book| book.title);
    let title = title.or_else(|| page.is_front().then(|| briefing.title.clone()));
    briefing.title = title.unwrap_or_else(|| Printable::line(&folder::name_of(path)));
    Some(Document {
        briefing,
        file: None,
        folder: Some(Arc::from(path)),
        root: Some(Arc::from(folder.base)),
        place: None,
        how,
        is_slim: false,
        found: Vec::new(),
    })
}

/// Whether a file in a folder is likely a document, by its name.
pub fn is_document(path: &Path) -> bool {
    path.to_str().and_then(Kind::of_path).is_some()
}

/// What a file says, in the form in which places in it are counted.
pub fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    format::decode(bytes).0
}

/// Reads files and folders of files. What cannot be read is said; the rest is read. How many files
/// of how many are done is told now and then. What large folders became is taken from the `cache`, and kept
/// there.
pub fn load(
    paths: &[PathBuf],
    how: How,
    cache: Option<&Cache>,
    told: &(dyn Fn(usize, usize) + Sync),
) -> (Library, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut documents = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if !seen.insert(path.clone()) {
            continue;
        }
        if path.as_os_str() == INPUT {
            match input(how) {
                Ok(document) => documents.push(document),
                Err(failure) => failures.push(failure),
            }
            continue;
        }
        match files::kind(path) {
            Ok(FileKind::File) => match file(path, how) {
                Ok(document) => documents.push(document),
                Err(failure) => failures.push(failure),
            },
            Ok(FileKind::Folder) => {
                let mut folder = folder::look(path);
                failures.append(&mut folder.failed);
                let of_folder = read_folder(&folder, (how, cache), told, &mut seen, &mut failures);
                if of_folder.is_empty() {
                    failures.push(Failure::Empty(path.clone()));
                }
                documents.extend(of_folder);
            }
            Err(error) => failures.push(Failure::File(error)),
        }
    }
    distinguish(&mut documents);
    let mut library = Library::new(documents.into_iter().map(Arc::new).collect());
    library.slim();
    (library, failures)
}

fn read_folder(
    folder: &Folder,
    (how, cache): (How, Option<&Cache>),
    told: &(dyn Fn(usize, usize) + Sync),
    seen: &mut HashSet<PathBuf>,
    failures: &mut Vec<Failure>,
) -> Vec<Document> {
    let mut documents = Vec::new();
    if let Some(Read { document, mut failed }) = folder.read(how, cache, told) {
        failures.append(&mut failed);
        documents.push(document);
    }
    let others: Vec<_> = folder.others.iter().filter(|file| seen.insert((*file).clone())).collect();
    for result in read::side_by_side(&others, 1, &|_, _| (), |path| file(path, how)) {
        match result {
            Ok(document) => documents.push(document),
            Err(failure) => failures.push(failure),
        }
    }
    documents
}

/// Reads what is piped in as a document of its own, which is in no file.
fn input(how: How) -> Result<Document, Failure> {
    let bytes = files::read_input(read::MAX_BYTES)?;
    let binary = || Failure::Binary(PathBuf::from(INPUT));
    let kind = Kind::of_content(&bytes).ok_or_else(binary)?;
    let document = read::document(Path::new(PIPED), kind, how, &bytes).ok_or_else(binary)?;
    Ok(Document { file: None, root: None, ..document })
}

/// Reads one file as a document of its own.
fn file(path: &Path, how: How) -> Result<Document, Failure> {
    let kind = read::kind_of(path)?.ok_or_else(|| Failure::Binary(path.to_owned()))?;
    let document = read::document(path, kind, how, &files::read(path, read::MAX_BYTES)?);
    Ok(document.ok_or_else(|| Failure::Binary(path.to_owned()))?.lying_at(path))
}

/// Reads again what changed on disk. A file that became unreadable, or got errors it did not have,
/// keeps its last good text; what is wrong with it is in the second value.
pub fn reload(
    library: &Library,
    changed: &[PathBuf],
    cache: Option<&Cache>,
) -> (Library, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut documents = library.documents.clone();
    for document in &mut documents {
        let is_changed = |path: &PathBuf| match (&document.file, &document.folder) {
            (Some(file), _) => **path == **file,
            (None, Some(folder)) => path.starts_with(folder),
            (None, None) => false,
        };
        if !changed.iter().any(is_changed) {
            continue;
        }
        let (new, place) = match (&document.file, &document.folder) {
            (Some(path), _) => (file(path, document.how), Arc::clone(path)),
            (None, Some(path)) => (folder_again(path, document, cache), Arc::clone(path)),
            (None, None) => continue,
        };
        match new {
            Ok(mut new) => {
                let errors =
                    |d: &Document| d.found.iter().filter(|f| f.severity == Severity::Error).count();
                if errors(&new) > errors(document) {
                    found.extend(new.found.into_iter().filter(|f| f.severity == Severity::Error));
                } else {
                    new.briefing.id = document.briefing.id.clone();
                    if !says_the_same(&new, document) {
                        *document = Arc::new(new);
                    }
                }
            }
            Err(error) => {
                found.push(Diagnostic::error("unreadable", error.to_string()).in_file(&place));
            }
        }
    }
    let mut library = Library::new(documents);
    library.slim();
    (library, found)
}

/// Whether a document that was read again has not changed.
fn says_the_same(new: &Document, old: &Document) -> bool {
    if !old.is_slim {
        return new.briefing == old.briefing && new.found == old.found;
    }
    // Of the old one the places of links are not known any more; they follow from the rest.
    let (ours, theirs) = (&new.briefing, &old.briefing);
    ours.parts == theirs.parts
        && ours.assets == theirs.assets
        && ours.cards.len() == theirs.cards.len()
        && ours.cards.iter().zip(&theirs.cards).all(|(a, b)| {
            let texts = a.sections.iter().map(|section| &section.text.source);
            a.title == b.title
                && a.span == b.span
                && (&a.aliases, &a.tags, &a.bottom_line) == (&b.aliases, &b.tags, &b.bottom_line)
                && texts.eq(b.sections.iter().map(|section| &section.text.source))
        })
}

/// Reads a folder again; fails if a file that was read before cannot be.
fn folder_again(path: &Path, old: &Document, cache: Option<&Cache>) -> Result<Document, Failure> {
    let folder = folder::look(path);
    let read =
        folder.read(old.how, cache, &|_, _| ()).ok_or_else(|| Failure::Empty(path.to_owned()))?;
    let was_read = |failure: &Failure| match failure {
        Failure::File(error) => old.files().any(|(file, _)| file == error.path),
        Failure::Empty(_) | Failure::Binary(_) => false,
    };
    match read.failed.into_iter().find(was_read) {
        Some(failure) => Err(failure),
        None => Ok(read.document),
    }
}

/// Gives each briefing an id of its own, so that places in them are not mixed up.
fn distinguish(documents: &mut [Document]) {
    let mut seen: HashSet<BriefingId> = HashSet::new();
    for document in documents {
        let written = document.briefing.id.clone();
        let mut number = 1;
        while !seen.insert(document.briefing.id.clone()) {
            number += 1;
            document.briefing.id = BriefingId::new(&format!("{written}-{number}"));
        }
        if number > 1 {
            let message = format!("another briefing is called `{written}`");
            let help =
                format!("this one goes by `{}`; give it an `id` of its own", document.briefing.id);
            let diagnostic = Diagnostic::warning("repeated-briefing", message).help(help);
            document.found.push(match &document.file {
                Some(file) => diagnostic.in_file(file),
                None => diagnostic,
            });
        }
    }
}
