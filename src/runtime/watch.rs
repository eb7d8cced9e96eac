//! Tells when files that are read have changed.

use super::Event;
use crate::files;
use crate::library::{self, Library};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

/// Saving a file makes many events; they are told as one when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(100);
/// File systems tell times no finer than this.
const GRAIN: Duration = Duration::from_millis(20);

/// A folder that is watched.
#[derive(Default)]
struct Folder {
    /// As the library knows it.
    path: PathBuf,
    /// The files in it that are read; those that are read because all documents in it are, are not
    /// listed.
    files: HashSet<OsString>,
    /// Whether all documents in it are read, also those that are new.
    whole: bool,
}

impl Folder {
    /// Whether a change of a file in it matters.
    fn cares(&self, name: &OsStr) -> bool {
        self.files.contains(name) || (self.whole && library::is_document(Path::new(name)))
    }
}

/// Watches the files of a library until the watcher is dropped. Where watching does not work,
/// nothing is watched: reading goes on without it.
///
/// A change after `read_at` that came too early to be seen is told too.
pub fn start(
    library: &Arc<Library>,
    read_at: SystemTime,
    sender: &Sender<Event>,
) -> Option<RecommendedWatcher> {
    let mut by_path: HashMap<PathBuf, Folder> = HashMap::new();
    for (file, whole) in library.files() {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { continue };
        let folder = by_path.entry(folder.to_owned()).or_default();
        folder.whole |= whole;
        if !folder.cares(name) {
            folder.files.insert(name.to_owned());
        }
    }
    if by_path.is_empty() {
        return None;
    }
    let (events, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // The other side has ended with the reader.
        drop(events.send(event));
    })
    .ok()?;
    // The system reports real paths; the library knows files as the user gave them.
    let mut folders: HashMap<PathBuf, Folder> = HashMap::with_capacity(by_path.len());
    for (path, mut folder) in by_path {
        let here = if path.as_os_str().is_empty() { Path::new(".") } else { &path };
        let Some(real) = files::real(here) else { continue };
        // Editors save by renaming, which only the folder sees. What cannot be watched is not.
        drop(watcher.watch(&real, RecursiveMode::NonRecursive));
        folder.path = path;
        folders.insert(real, folder);
    }
    let (library, sender) = (Arc::clone(library), sender.clone());
    let collect = move || {
        let since = read_at.checked_sub(GRAIN).unwrap_or(read_at);
        let early = |file: &PathBuf| files::written(file).is_some_and(|at| at >= since);
        let early = library.files().map(|(file, _)| file).filter(early).collect();
        drop(library);
        collect(&changes, &folders, early, &sender);
    };
    std::thread::Builder::new().name("watch".into()).spawn(collect).ok()?;
    Some(watcher)
}

/// Gathers changes until it is quiet.
fn collect(
    changes: &Receiver<notify::Result<notify::Event>>,
    folders: &HashMap<PathBuf, Folder>,
    mut changed: BTreeSet<PathBuf>,
    sender: &Sender<Event>,
) {
    let known = |path: &PathBuf| {
        let (folder, name) = (folders.get(path.parent()?)?, path.file_name()?);
        folder.cares(name).then(|| folder.path.join(name))
    };
    loop {
        let next = if changed.is_empty() {
            changes.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            changes.recv_timeout(QUIET)
        };
        match next {
            Ok(Ok(event)) if !matches!(event.kind, EventKind::Access(_)) => {
                changed.extend(event.paths.iter().filter_map(known));
            }
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => {
                let files = std::mem::take(&mut changed).into_iter().collect();
                if sender.send(Event::Changed(files)).is_err() {
                    return;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
