//! Checks a library on a thread of its own. An answer carries the library it is about.

use super::Event;
use crate::app::Message;
use crate::check::{self, Disk};
use crate::files::{self, Kind};
use crate::library::Library;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Larger files beside a briefing are not looked at.
const MAX_BYTES: u64 = 256 << 20;

/// How rules look at files.
pub const DISK: Disk = Disk {
    read: |path| files::read(path, MAX_BYTES).ok(),
    is_file: |path| matches!(files::kind(path), Ok(Kind::File)),
    sha256: files::sha256,
};

/// Checks a library.
pub fn check(library: &Arc<Library>, sender: &Sender<Event>) {
    let (library, sender) = (Arc::clone(library), sender.clone());
    std::thread::spawn(move || {
        let found = check::check(&library, DISK);
        // Nobody listens any more when the reader has ended.
        drop(sender.send(Event::Message(Message::Checked(library, found))));
    });
}
