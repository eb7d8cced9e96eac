//! Single files into documents, and many files side by side.

use super::{Document, Failure};
use crate::diagnostic::Diagnostic;
use crate::files::{self, FileError};
use crate::format;
use crate::import::{self, Kind, Naming, Sibling, Split};
use crate::model::{Briefing, BriefingId};
use crate::text::{Printable, slug};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Larger files are not read.
pub const MAX_BYTES: u64 = 64 << 20;
/// Files that a thread takes at a time.
pub const BATCH: usize = 32;

/// How documents are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// How they are cut into cards.
    pub split: Split,
}

/// A document that was read, and what of it could not be.
pub struct Read {
    /// The document.
    pub document: Document,
    /// Files of it that could not be read.
    pub failed: Vec<Failure>,
}

/// How a file is imported.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    /// Its path below what was opened.
    pub path: &'a str,
    /// How its cards are called.
    pub naming: Naming,
    /// How it is cut.
    pub how: How,
    /// What it may include.
    pub sibling: Option<&'a Sibling<'a>>,
}

impl Import<'_> {
    /// Imports what a file of a kind holds.
    pub fn read(self, kind: Kind, bytes: &[u8]) -> (Briefing, Vec<Diagnostic>) {
        let path: Arc<Path> = Arc::from(Path::new(self.path));
        if kind != Kind::Epub && import::is_binary(bytes) {
            let message = "this does not look like text, and is left out";
            let found = Diagnostic::warning("binary-file", message).in_file(&path);
            let name = Printable::line(self.path);
            return (Briefing::empty(BriefingId::new(&slug(&name)), name), vec![found]);
        }
        if kind == Kind::Epub {
            return import::epub(bytes, self.path, self.naming, self.how.split);
        }
        if kind == Kind::Html {
            return import::html(bytes, self.path, self.naming, self.how.split);
        }
        let (source, odd) = format::decode(bytes);
        let options = import::Options {
            path: self.path,
            naming: self.naming,
            split: self.how.split,
            sibling: self.sibling,
        };
        let (briefing, found) = match kind.looked_at(&source) {
            Kind::Text => import::text(&source, self.path, self.naming),
            Kind::Anki => import::anki(&source, self.path, self.naming),
            Kind::Hashcards => import::hashcards(&source, self.path, self.naming),
            _ => import::markdown(&source, options),
        };
        let odd = odd.map(|odd| odd.in_file(&path));
        (briefing, odd.into_iter().chain(found).collect())
    }
}

/// A finding about a file by its path from a folder, with the path of the file.
pub fn below(folder: &Path, found: Diagnostic) -> Diagnostic {
    let file = found.file.as_deref().map(|path| Arc::from(folder.join(path)));
    Diagnostic { file, ..found }
}

/// A document of what a file holds; none if it is no text.
pub fn document(file: &Path, kind: Kind, how: How, bytes: &[u8]) -> Option<Document> {
    let path: Arc<Path> = Arc::from(file);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if kind == Kind::Briefing {
        let (source, odd) = format::decode(bytes);
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let (briefing, found) = format::briefing(&source, &stem);
        let found = odd.into_iter().chain(found).map(|found| found.in_file(&path)).collect();
        return Some(Document::new(briefing, Some(path), found));
    }
    if kind != Kind::Epub && import::is_binary(bytes) {
        return None;
    }
    let import = Import { path: &name, naming: Naming::Alone, how, sibling: None };
    let (mut briefing, found) = import.read(kind, bytes);
    briefing.is_excerpt = kind != Kind::Epub;
    let folder = file.parent().unwrap_or(Path::new(""));
    let found = found.into_iter().map(|found| below(folder, found)).collect();
    // The parts of a book stand in its file.
    let root = (kind != Kind::Epub).then(|| Arc::from(folder));
    Some(Document {
        briefing,
        file: Some(path),
        folder: None,
        root,
        place: None,
        how,
        is_slim: false,
        found,
    })
}

/// Does something with each of many things, on as many threads as the machine has processors; the
/// order stays. Each thread takes a `batch` at a time; how many are done is told now and then.
pub fn side_by_side<T: Sync, R: Send>(
    things: &[T],
    batch: usize,
    told: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut all = Vec::with_capacity(things.len());
    in_turn(things, batch, told, work, |result| all.push(result));
    all
}

/// The same; each result is taken as soon as those before it are there, so that few are held.
pub fn in_turn<T: Sync, R: Send>(
    things: &[T],
    batch: usize,
    told: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    if things.len() <= batch {
        things.iter().map(work).for_each(take);
        return;
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(things.len().div_ceil(batch));
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (sender, receiver) = sync_channel(threads * 2);
    let worker = |sender: SyncSender<(usize, Vec<R>)>| {
        loop {
            let start = next.fetch_add(batch, Ordering::Relaxed);
            let Some(taken) = things.get(start..things.len().min(start + batch)) else { break };
            if taken.is_empty() {
                break;
            }
            let results: Vec<R> = taken.iter().map(&work).collect();
            let done = done.fetch_add(taken.len(), Ordering::Relaxed) + taken.len();
            told(done, things.len());
            if sender.send((start, results)).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let worker = &worker;
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || worker(sender));
        }
        drop(sender);
        let (mut early, mut turn) = (BTreeMap::new(), 0);
        for (start, results) in receiver {
            early.insert(start, results);
            while let Some(results) = early.remove(&turn) {
                turn += results.len();
                results.into_iter().for_each(&mut take);
            }
        }
    });
}

/// Does two things side by side.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), other)
    })
}

/// The kind of a file that was named: by its ending, else by what it holds.
pub fn kind_of(file: &Path) -> Result<Option<Kind>, FileError> {
    if let Some(kind) = file.to_string_lossy().rsplit('/').next().and_then(Kind::of_path) {
        return Ok(Some(kind));
    }
    Ok(Kind::of_content(&files::read_start(file, 64 << 10)?.0))
}

#[cfg(test)]
mod tests {
    use super::in_turn;
    use std::sync::mpsc::sync_channel;
    use std::sync::{Mutex, PoisonError};

    #[test]
    fn what_is_done_side_by_side_is_taken_in_order() {
        for count in [0, 1, 4, 5, 100] {
            let things: Vec<usize> = (0..count).collect();
            let mut taken = Vec::new();
            in_turn(&things, 4, &|_, _| (), |thing| thing * 2, |twice| taken.push(twice));
            assert_eq!(taken, (0..count).map(|thing| thing * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_batch_that_takes_long_holds_back_those_after_it() {
        if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
            return; // the first would wait for ever
        }
        // The first thing is done only when another batch is.
        let (sender, receiver) = sync_channel(64);
        let receiver = Mutex::new(receiver);
        let work = |thing: &usize| {
            if *thing == 0 {
                let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
                receiver.recv().unwrap();
            } else {
                sender.send(()).unwrap();
            }
            *thing
        };
        let mut taken = Vec::new();
        in_turn(&(0..32).collect::<Vec<_>>(), 1, &|_, _| (), work, |thing| taken.push(thing));
        assert_eq!(taken, (0..32).collect::<Vec<_>>());
    }
}
