//! Tells when files that are read have changed.

use super::Event;
use crate::files;
use crate::library::Library;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

/// Saving a file makes many events; they are told as one when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(100);
/// File systems tell times no finer than this.
const GRAIN: Duration = Duration::from_millis(20);

/// The files of a library.
pub fn files(library: &Library) -> Vec<PathBuf> {
    library.documents().iter().filter_map(|d| d.file.as_deref().map(Path::to_path_buf)).collect()
}

/// Watches files until the watcher is dropped. Where watching does not work, nothing is watched:
/// reading goes on without it.
///
/// A change after `read_at` that came too early to be seen is told too.
pub fn start(
    files: &[PathBuf],
    read_at: SystemTime,
    sender: &Sender<Event>,
) -> Option<RecommendedWatcher> {
    // The system reports real paths; the library knows files as the user gave them.
    let known: HashMap<PathBuf, PathBuf> =
        files.iter().filter_map(|file| Some((files::real(file)?, file.clone()))).collect();
    // Editors save by renaming, which only the folder sees.
    let folders: BTreeSet<&Path> = known.keys().filter_map(|file| file.parent()).collect();
    if folders.is_empty() {
        return None;
    }
    let (events, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // The other side has ended with the reader.
        drop(events.send(event));
    })
    .ok()?;
    for folder in folders {
        // What cannot be watched is not.
        drop(watcher.watch(folder, RecursiveMode::NonRecursive));
    }
    let sender = sender.clone();
    let collect = move || {
        let since = read_at.checked_sub(GRAIN).unwrap_or(read_at);
        let early = |file: &&PathBuf| files::written(file).is_some_and(|at| at >= since);
        let early = known.values().filter(early).cloned().collect();
        collect(&changes, &known, early, &sender);
    };
    std::thread::Builder::new().name("watch".into()).spawn(collect).ok()?;
    Some(watcher)
}

/// Gathers changes until it is quiet.
fn collect(
    changes: &Receiver<notify::Result<notify::Event>>,
    known: &HashMap<PathBuf, PathBuf>,
    mut changed: BTreeSet<PathBuf>,
    sender: &Sender<Event>,
) {
    loop {
        let next = if changed.is_empty() {
            changes.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            changes.recv_timeout(QUIET)
        };
        match next {
            Ok(Ok(event)) if !matches!(event.kind, EventKind::Access(_)) => {
                changed.extend(event.paths.iter().filter_map(|path| known.get(path)).cloned());
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
