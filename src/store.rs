//! What the reader keeps: a log of events in a database of its own, and what follows from them.
//! Documents are never written to. Knows neither screen nor clock: the time is passed in.

mod anchor;
mod database;
mod event;
mod exchange;
mod kept;
mod print;
mod studied;

pub use anchor::Anchor;
pub use database::StoreError;
pub use event::{Change, Event, Progress, Step, Subject};
pub use exchange::{read, write};
pub use kept::{Highlight, Kept, Left, Mark, Note, Seen, Way};
pub use print::{Sketch, exact};
pub use studied::{Deed, Studied, UNDO, What, Word};

use crate::diagnostic::Diagnostic;
use crate::files;
use database::{Database, ENDINGS};
use std::path::{Path, PathBuf};

/// The file that those hold who open the database.
const LOCK: &str = "lock";

/// Where what the reader did is kept.
pub struct Store {
    database: Option<Database>,
    /// Whether it is still there when the program has ended.
    kept: bool,
    /// The file that is touched when something was written. The files of the database change before
    /// others can read what was written, and not after.
    bell: Option<PathBuf>,
}

impl Store {
    /// Opens the store in a folder. It never fails: what cannot be read is set aside, where nothing
    /// can be kept it is kept until the program ends, and what is odd is said.
    pub fn open(folder: &Path) -> (Self, Vec<Event>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        match open(folder, &mut found) {
            Ok((database, events)) => {
                let bell = Some(folder.join(LOCK));
                (Self { database: Some(database), kept: true, bell }, events, found)
            }
            Err(error) => {
                let message = format!("nothing is kept in `{}`: {error}", folder.display());
                let help = "what you do is forgotten when the reader ends";
                found.push(Diagnostic::warning("store", message).help(help));
                let path = Database::path(folder);
                match Database::read_only(&path).and_then(|mut d| Ok((d.events()?, d))) {
                    Ok((events, _)) => {
                        let mut store = Self::private();
                        // It goes on from what was kept before.
                        drop(store.merge(&events));
                        (store, events, found)
                    }
                    Err(_) => (Self::private(), Vec::new(), found),
                }
            }
        }
    }

    /// The events of the store in a folder, which is neither made nor changed; without one there are
    /// none.
    pub fn look(folder: &Path) -> Result<Vec<Event>, StoreError> {
        let path = Database::path(folder);
        match files::kind(&path) {
            Ok(_) => Database::read_only(&path)?.events(),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// A store that is gone with the program.
    pub fn private() -> Self {
        Self { database: Database::in_memory().ok(), kept: false, bell: None }
    }

    /// Whether what it is given is still there when the program has ended.
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    fn database(&mut self) -> Result<&mut Database, StoreError> {
        self.database.as_mut().ok_or(StoreError::ReadOnly)
    }

    /// Writes what the reader did at a time, in milliseconds since 1970, all or nothing; gives the
    /// events, with those that others wrote since. When this returns they are on disk.
    pub fn append(
        &mut self,
        now: i64,
        done: Vec<(Subject, Change)>,
    ) -> Result<Vec<Event>, StoreError> {
        self.database()?.append(now, done)?;
        self.ring();
        self.news()
    }

    /// The events that others wrote since the last ones that were given.
    pub fn news(&mut self) -> Result<Vec<Event>, StoreError> {
        self.database()?.since()
    }

    /// All events.
    pub fn events(&mut self) -> Result<Vec<Event>, StoreError> {
        self.database()?.events()
    }

    /// Takes over events of another machine, all or nothing; how many of them were new.
    pub fn merge(&mut self, events: &[Event]) -> Result<usize, StoreError> {
        let new = self.database()?.merge(events)?;
        self.ring();
        Ok(new)
    }

    /// Tells those who watch the folder that something was written.
    fn ring(&self) {
        if let Some(bell) = &self.bell {
            files::touch(bell);
        }
    }
}

/// Opens the database, and reads it; one that cannot be read is set aside, and a new one is made.
fn open(folder: &Path, found: &mut Vec<Diagnostic>) -> Result<(Database, Vec<Event>), StoreError> {
    files::private_folder(folder)?;
    let path = Database::path(folder);
    // Two instances that find the same broken file must not set aside each other's new one.
    let _alone = files::lock(&folder.join(LOCK))?;
    let whole = |path: &Path| {
        let mut database = Database::open(path)?;
        let events = database.events()?;
        Ok((database, events))
    };
    let error = match whole(&path) {
        Ok(opened) => return Ok(opened),
        Err(error @ StoreError::Newer) => error,
        Err(error) if error.is_broken() => error,
        Err(error) => return Err(error),
    };
    let why = if matches!(error, StoreError::Newer) { "newer" } else { "broken" };
    let aside = files::set_aside(&path, &ENDINGS, why)?;
    let message =
        format!("what was kept could not be read: {error}; it is now `{}`", aside.display());
    let help = "nothing was deleted; a new store was begun";
    found.push(Diagnostic::warning("store", message).help(help));
    whole(&path)
}

#[cfg(test)]
mod tests;
