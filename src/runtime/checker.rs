//! Checks a library on a thread of its own. An answer carries the library it is about.

use super::Event;
use crate::app::Message;
use crate::check::{self, Disk};
use crate::files::{self, Kind};
use crate::library::{Given, Library, find_source};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Larger files beside a briefing are not looked at.
const MAX_BYTES: u64 = 256 << 20;

/// How rules look at files.
pub const DISK: Disk<'static> = Disk {
    read: |path| files::read(path, MAX_BYTES).ok(),
    is_file: |path| matches!(files::kind(path), Ok(Kind::File)),
    source: |named, at| find_source(named, at).ok().flatten(),
    folder: None,
    given: &[],
};

/// Checks a library; `folder` is the user's own for files of sources, and `given` are those whose place
/// the reader said.
pub fn check(
    library: &Arc<Library>,
    folder: Option<PathBuf>,
    given: Given,
    sender: &Sender<Event>,
) {
    let (library, sender) = (Arc::clone(library), sender.clone());
    std::thread::spawn(move || {
        let disk = Disk { folder: folder.as_deref(), given: &given, ..DISK };
        let found = check::check(&library, disk);
        // Nobody listens any more when the reader has ended.
        drop(sender.send(Event::Message(Message::Checked(library, found))));
    });
}
