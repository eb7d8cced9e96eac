//! What the files of a large folder became, kept in a file of the user's cache folder: the next start reads
//! only the files that changed since.
//!
//! A file is known by its path, length and times ([`Stamp`]). The second of its times, which the system sets at
//! every change, stands for a hash of what it holds: for that it would have to be read, which costs as much
//! as importing it. Files that changed within the last seconds, that include others, or about which something
//! was found are read each time.
//!
//! Such a file can be deleted at any time. It belongs to one build of the program, to one folder and one way
//! to cut it; it is put in its place whole, and each piece of it has a checksum. Whatever is wrong with it,
//! the files themselves are read. It is written anew when many files are not in it, and holds the text of the
//! folder: only the user may read it.

mod stored;

pub use stored::{bytes, share};

use super::page_file::PageFile;
use super::read::{self, How};
use crate::files::{self, Draft, FileError, Held, Stamp};
use crate::import::Share;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use stored::{Entry, Pen, Place};

/// Ending of the files.
const ENDING: &str = "cards";
/// Folders that are kept.
const MOST: usize = 8;
/// Folders of fewer files are read as fast as their cards could be.
const FEW: usize = 1_000;
/// Files that may be missing before all is written anew, besides one in so many.
const MISSING: usize = 64;
const SHARE: usize = 50;
/// Seconds for which a file must have been left alone: no file system counts time in larger steps.
const GRAIN: i64 = 2;
/// Files whose stamps a thread takes at a time.
const BATCH: usize = 512;

/// Says which file is running.
pub type Program = fn() -> Option<PathBuf>;

/// Where it is kept what folders became.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    program: Program,
    /// Smaller folders are not kept.
    few: usize,
    /// Seconds for which a file must have been left alone.
    grain: i64,
}

impl Cache {
    /// In a folder, whether it exists or not. `program` says which file is running, where that matters:
    /// another build may import otherwise.
    pub fn new(folder: PathBuf, program: Program) -> Self {
        Self { folder, program, few: FEW, grain: GRAIN }
    }

    /// In the user's cache folder; none if nobody knows that.
    pub fn of_user(program: Program) -> Option<Self> {
        files::cache_folder().map(|folder| Self::new(folder, program))
    }

    /// The file for a folder of documents and a way to read it, and what must stand in it.
    fn file(&self, root: &Path, how: How) -> (PathBuf, String) {
        let root = files::real(root).unwrap_or_else(|| root.to_owned());
        let what = [format!("{how:?} ").as_bytes(), root.as_os_str().as_encoded_bytes()].concat();
        let name = files::sha256(&what);
        let program = (self.program)().and_then(|file| files::stamp(&file));
        let key = format!("{} {program:?} {name}", env!("CARGO_PKG_VERSION"));
        (self.folder.join(format!("{name}.{ENDING}")), key)
    }

    /// Begins to read pages of a folder, with what is known of them.
    pub(super) fn visit<'p>(
        &self,
        root: &Path,
        base: &Path,
        how: How,
        pages: &'p [PageFile],
    ) -> Option<Visit<'p>> {
        if pages.len() < self.few {
            return None;
        }
        let (path, key) = self.file(root, how);
        let held = Held::open(&path).ok();
        let places = held.as_ref().and_then(|held| {
            let stamps = read::side_by_side(pages, BATCH, &|_, _| (), |page| {
                if page.odd.is_some() { None } else { files::stamp(&page.file(base)) }
            });
            stored::places(held, &key, pages, &stamps)
        });
        let held = held.filter(|_| places.is_some());
        let places = places.unwrap_or_else(|| vec![None; pages.len()]);
        let missing = places.iter().filter(|place| place.is_none()).count();
        let draft = (missing > MISSING.max(pages.len() / SHARE).min(self.few))
            .then(|| Writing::begin(&path, key, self.grain, pages.len()).ok())
            .flatten();
        Some(Visit { pages, held, places, draft: Mutex::new(draft) })
    }
}

/// Pages of a folder while they are read.
pub(super) struct Visit<'p> {
    pages: &'p [PageFile],
    held: Option<Held>,
    /// Where each page stands in what is held.
    places: Vec<Option<Place>>,
    /// What is written for the next time, if anything is.
    draft: Mutex<Option<Writing>>,
}

impl Visit<'_> {
    /// What a page became, if it is known and its file has not changed.
    pub fn get(&self, number: usize) -> Option<Share> {
        let place = self.places.get(number).copied().flatten()?;
        let bytes = stored::piece(self.held.as_ref()?, place)?;
        let share = share(&bytes, &self.pages.get(number)?.path)?;
        self.write(|draft| draft.piece(number, place.stamp, &bytes));
        Some(share)
    }

    /// Keeps what a page became; none if it has to be read each time.
    pub fn put(&self, number: usize, stamp: Stamp, share: Option<&Share>) {
        if self.draft.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            return;
        }
        // What cannot be written this way is read each time.
        let bytes = share.and_then(bytes).unwrap_or_default();
        self.write(|draft| draft.piece(number, stamp, &bytes));
    }

    /// Gives up what cannot be written: it is of no use to anybody.
    fn write(&self, piece: impl FnOnce(&mut Writing) -> Result<(), FileError>) {
        let mut draft = self.draft.lock().unwrap_or_else(PoisonError::into_inner);
        if draft.as_mut().is_some_and(|draft| piece(draft).is_err()) {
            *draft = None;
        }
    }

    /// Puts what was written in its place.
    pub fn finish(self) {
        let draft = self.draft.into_inner().unwrap_or_else(PoisonError::into_inner);
        let folder = |draft: &Writing| draft.path.parent().map(Path::to_owned);
        let Some((draft, folder)) = draft.and_then(|d| folder(&d).map(|folder| (d, folder))) else {
            return;
        };
        if draft.finish(self.pages).is_ok() {
            files::keep_newest(&folder, ENDING, MOST);
        }
    }
}

/// What is written for the next time.
struct Writing {
    draft: Draft,
    path: PathBuf,
    key: String,
    /// The time when it was begun, as the disk counts it.
    begun: Stamp,
    grain: i64,
    /// The number of each page with where it stands.
    places: Vec<(usize, Place)>,
}

impl Writing {
    fn begin(path: &Path, key: String, grain: i64, count: usize) -> Result<Self, FileError> {
        let mut draft = Draft::begin(path)?;
        draft.append(&stored::HEAD)?;
        let begun = draft.stamp()?;
        Ok(Self {
            draft,
            path: path.to_owned(),
            key,
            begun,
            grain,
            places: Vec::with_capacity(count),
        })
    }

    fn piece(&mut self, number: usize, stamp: Stamp, bytes: &[u8]) -> Result<(), FileError> {
        if stamp.is_settled(self.begun, self.grain) {
            let place = stored::place(self.draft.append(bytes)?, bytes, stamp);
            self.places.extend(place.map(|place| (number, place)));
        }
        Ok(())
    }

    fn finish(mut self, pages: &[PageFile]) -> Result<(), FileError> {
        self.places.sort_unstable_by_key(|(number, _)| *number);
        let mut pen = Pen::begin(&mut self.draft, &self.key, self.places.len())?;
        for (number, place) in &self.places {
            let path = pages.get(*number).map_or("", |page| &page.path);
            pen.entry(&Entry { path, place: *place })?;
        }
        pen.finish()?;
        self.draft.finish()
    }
}

#[cfg(test)]
mod tests;
