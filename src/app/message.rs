//! What the reader is told, and what it asks for.

use super::source::{Excerpt, Wanted};
use super::{Answer, Goal, Key, Mouse, Prepared};
use crate::check::Finding;
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::Library;
use crate::search::{Index, Mentioned, Query, QueryError, Reach, Terms};
use crate::store::{Change, Event, Kept, Subject};
use crate::study::{Moment, Record};
use crate::text::Printable;
use std::path::Path;
use std::sync::Arc;

/// Everything `update` can be told.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The screen has a new size in columns and rows.
    Resize(usize, usize),
    /// So many files of so many were read.
    Progress(usize, usize),
    /// The whole of what was opened, after its start.
    Loaded(Arc<Library>),
    /// The rest cannot be read: what happened.
    RestLost(Option<Notice>),
    /// Files changed and were read again; what is wrong with them.
    Reloaded(Arc<Library>, Vec<Diagnostic>),
    /// A passage was read.
    Source(Excerpt),
    /// The file of a source was looked for and is not there.
    NoSource(Wanted),
    /// The index of a library was built.
    Indexed(Arc<Library>, Arc<Index>),
    /// A query was answered; which one.
    Found(u64, Result<Answer, QueryError>),
    /// A library was checked; what was found.
    Checked(Arc<Library>, Vec<Finding>),
    /// The first screen was drawn: what can wait may begin.
    Drawn,
    /// The names of the cards of a library were gathered.
    Terms(Arc<Library>, Arc<Terms>),
    /// Who mentions a card was found; for which question.
    Mentioned(u64, Mentioned),
    /// What was kept, and what time it is, in milliseconds since 1970.
    Kept(Box<Kept>, i64),
    /// Events were written, and what time it is.
    Wrote(Vec<Event>, i64),
    /// Events that another reader wrote, and what time it is.
    News(Vec<Event>, i64),
    /// What a note says after it was in the user's editor.
    Edited(String),
    /// What the reader did last could not be written, and why.
    NotWritten(String),
    /// What time it is.
    Moment(Moment),
    /// What studying begins with was worked out.
    Study(Box<Prepared>),
    /// Whether there are colours.
    Colours(bool),
    /// Something to say to the reader.
    Notice(Notice),
}

/// Everything `update` can ask the shell to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Stop, as by Ctrl-Z.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Take the mouse, or give it back to the terminal.
    Mouse(bool),
    /// Change the colours.
    NextTheme,
    /// Open a file in the user's editor at a line.
    Edit(Arc<Path>, u32),
    /// Open an address outside the reader.
    Open(Box<str>),
    /// Read a passage of a file.
    Source(Wanted),
    /// Put text on the clipboard.
    Copy(Printable),
    /// Build the index of the library.
    BuildIndex,
    /// Find what is wrong with the library.
    Check,
    /// Answer a query, and no older one any more.
    Search(u64, Arc<Query>),
    /// Gather the names of all cards.
    BuildTerms(Reach),
    /// Find who mentions a card, and for no older question any more.
    FindMentions(u64, usize),
    /// Go on with a note in the user's editor.
    EditNote(Box<str>),
    /// Keep what the reader did.
    Keep(Vec<(Subject, Change)>),
    /// Work out what studying begins with.
    Study(Goal, Record),
}

/// A line for the reader, shown until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How important it is.
    pub severity: Severity,
    /// What it says.
    pub text: Printable,
}

impl Notice {
    /// Something worth knowing.
    pub fn info(text: impl AsRef<str>) -> Self {
        Self { severity: Severity::Info, text: Printable::line(text.as_ref()) }
    }

    /// Something that did not work.
    pub fn warning(text: impl AsRef<str>) -> Self {
        Self { severity: Severity::Warning, text: Printable::line(text.as_ref()) }
    }
}
