//! Passages of files, read for the screen: those of documents, and those of sources wherever their
//! files are found.

use crate::app::{Excerpt, Message, Notice, Wanted, cut};
use crate::files;
use crate::library::{self, Where, find_source};
use std::path::Path;

/// Larger documents are not read for a passage.
const MAX_SOURCE: u64 = 64 << 20;

/// Reads passages of a file; `folder` is the user's own for files of sources.
pub fn read(mut wanted: Wanted, folder: Option<&Path>) -> Message {
    let Some(of) = &wanted.of else {
        return match files::read(&wanted.file, MAX_SOURCE) {
            Ok(bytes) => Message::Source(excerpt(wanted, &bytes, false)),
            Err(error) => Message::Notice(Notice::warning(error.to_string())),
        };
    };
    let at = Where { given: of.given.as_deref(), beside: of.beside.as_deref(), folder };
    match find_source(&of.named, at) {
        Ok(Some(copy)) => {
            wanted.file = copy.path.into();
            Message::Source(excerpt(wanted, &copy.bytes, copy.differs.is_some()))
        }
        Ok(None) => Message::NoSource(wanted),
        Err(error) => Message::Notice(Notice::warning(error.to_string())),
    }
}

fn excerpt(wanted: Wanted, bytes: &[u8], differs: bool) -> Excerpt {
    cut(wanted, &library::text(bytes), differs)
}
