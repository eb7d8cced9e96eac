//! From paths to a library: reading files side by side, and again when they change.

use super::{Document, Library};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::{self, FileError, Kind};
use crate::format;
use crate::model::BriefingId;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Larger files are not read.
const MAX_BYTES: u64 = 64 << 20;

/// The briefing that the program brings along.
const BUNDLED: (&str, &str) = (
    "us-ecuador-security-readout",
    include_str!("../../briefings/us-ecuador-security-readout.yaml"),
);
/// The briefing that teaches the reader.
const GUIDE: (&str, &str) = ("how-to-read", include_str!("../../briefings/how-to-read.yaml"));

/// A path of which nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file or folder cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A folder without a briefing.
    #[error("{}: no briefing files (*.yaml, *.yml) in this folder", .0.display())]
    Empty(PathBuf),
    /// A file of a kind that is not read.
    #[error("{}: not a briefing file (*.yaml, *.yml)", .0.display())]
    Kind(PathBuf),
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
    Arc::new(Document { briefing, file: None, found })
}

/// The start of the bundled briefing, or of a single long file, in less time than it takes to read
/// all of it. `None` if there is no such start, or if it is no card.
pub fn preview(paths: &[PathBuf]) -> Option<Library> {
    let (briefing, file) = match paths {
        [] => (format::preview(BUNDLED.1, BUNDLED.0)?, None),
        [path] if is_briefing(path) => {
            let bytes = files::read(path, MAX_BYTES).ok()?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let briefing = format::preview(&format::decode(&bytes).0, &name)?;
            (briefing, Some(Arc::from(path.as_path())))
        }
        _ => return None,
    };
    let document = Document { briefing, file, found: Vec::new() };
    let mut library = Library::new(vec![Arc::new(document)]);
    library.partial = true;
    library.found.clear();
    matches!(library.start(), Some(super::Page::Card(_))).then_some(library)
}

/// Reads files and folders of files. What cannot be read is said; the rest is read.
pub fn load(paths: &[PathBuf]) -> (Library, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        match files::kind(path) {
            Ok(Kind::File) if is_briefing(path) => files.push(path.clone()),
            Ok(Kind::File) => failures.push(Failure::Kind(path.clone())),
            Ok(Kind::Folder) => {
                let (found, failed) = files::walk(path, is_briefing);
                failures.extend(failed.into_iter().map(Failure::File));
                if found.is_empty() {
                    failures.push(Failure::Empty(path.clone()));
                }
                files.extend(found);
            }
            Err(error) => failures.push(Failure::File(error)),
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut documents = Vec::with_capacity(files.len());
    for result in read_all(&files) {
        match result {
            Ok(document) => documents.push(document),
            Err(error) => failures.push(Failure::File(error)),
        }
    }
    distinguish(&mut documents);
    (Library::new(documents.into_iter().map(Arc::new).collect()), failures)
}

/// Reads again what changed on disk. A file that became unreadable, or got errors it did not have,
/// keeps its last good text; what is wrong with it is in the second value.
pub fn reload(library: &Library, changed: &[PathBuf]) -> (Library, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut documents = library.documents.clone();
    for document in &mut documents {
        let Some(file) = document.file.clone() else { continue };
        if !changed.iter().any(|path| **path == *file) {
            continue;
        }
        match read_one(&file) {
            Ok(mut new) => {
                let errors =
                    |d: &Document| d.found.iter().filter(|f| f.severity == Severity::Error).count();
                if errors(&new) > errors(document) {
                    found.extend(new.found.into_iter().filter(|f| f.severity == Severity::Error));
                } else {
                    new.briefing.id = document.briefing.id.clone();
                    // A file that says the same as before has not changed.
                    if new.briefing != document.briefing || new.found != document.found {
                        *document = Arc::new(new);
                    }
                }
            }
            Err(error) => {
                found.push(Diagnostic::error("unreadable", error.to_string()).in_file(&file));
            }
        }
    }
    (Library::new(documents), found)
}

fn is_briefing(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

/// Reads files on as many threads as the machine has processors; the order stays.
fn read_all(files: &[PathBuf]) -> Vec<Result<Document, FileError>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if files.len() < 2 || threads < 2 {
        return files.iter().map(|file| read_one(&Arc::from(file.as_path()))).collect();
    }
    let share = files.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| {
                scope.spawn(move || -> Vec<_> {
                    files.iter().map(|file| read_one(&Arc::from(file.as_path()))).collect()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

fn read_one(file: &Arc<Path>) -> Result<Document, FileError> {
    let bytes = files::read(file, MAX_BYTES)?;
    let (source, odd) = format::decode(&bytes);
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let (briefing, found) = format::briefing(&source, &name);
    let found = odd.into_iter().chain(found).map(|found| found.in_file(file)).collect();
    Ok(Document { briefing, file: Some(Arc::clone(file)), found })
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
