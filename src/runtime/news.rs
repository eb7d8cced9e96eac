//! Tells when somebody has written to the store. The folder is watched, so that nothing is asked while
//! nothing happens.

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;

/// Watches the folder of the store until the watcher is dropped. Where watching does not work nothing
/// is told: what others wrote is read with what is written next.
pub fn watch(folder: &Path, tell: impl Fn() + Send + 'static) -> Option<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            tell();
        }
    })
    .ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
