//! What briefings hold, for other programs.

mod anki;
mod html;

pub use anki::{NoteType, NoteTypes, anki};
