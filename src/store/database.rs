//! The database: one table of events, which only grows but for places that were replaced. Knows
//! the database engine, and nothing of what the events mean.

use super::event::{Change, Event, Subject};
use crate::files;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Statement, Transaction, TransactionBehavior, params,
};
use std::path::Path;
use std::time::Duration;

/// Its name in the folder of the program.
const NAME: &str = "reader.db";
/// The files that belong together.
pub const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];
/// The version of the tables.
const VERSION: i64 = 1;
/// How long to wait for another instance that writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// A clock that was wrong by more is not followed.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// Changes from one version to the next, the first from nothing.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they came here
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        slot TEXT UNIQUE,                       -- of events with the same one only the last is kept
        on_what TEXT NOT NULL,                  -- JSON, as in files
        change TEXT NOT NULL                    -- JSON, as in files
    ) STRICT;
    CREATE INDEX events_at ON events (at);
"];

/// Why nothing could be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be made or moved.
    #[error(transparent)]
    File(#[from] files::FileError),
    /// What the database engine says.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// It was written by a later version.
    #[error("it was written by a newer version of this program")]
    Newer,
    /// It may only be read.
    #[error("it may only be read")]
    ReadOnly,
}

impl StoreError {
    /// Whether the file is no database any more.
    pub fn is_broken(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, TypeMismatch};
        let Self::Sqlite(error) = self else { return false };
        // A table or a column that should be there is missing.
        let lacks =
            |message: &str| message.starts_with("no such") || message.contains("has no column");
        match error {
            rusqlite::Error::SqliteFailure(error, message) => {
                matches!(error.code, DatabaseCorrupt | NotADatabase | TypeMismatch)
                    || message.as_deref().is_some_and(lacks)
            }
            rusqlite::Error::SqlInputError { msg, .. } => lacks(msg),
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..) => true,
            _ => false,
        }
    }
}

/// An open database.
pub struct Database {
    connection: Connection,
    writable: bool,
    /// The last event that was read or written here.
    seen: i64,
}

impl Database {
    /// The path of the database in a folder.
    pub fn path(folder: &Path) -> std::path::PathBuf {
        folder.join(NAME)
    }

    /// Opens the database in a folder that is there, or makes one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        files::private_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut database = Self::new(Connection::open_with_flags(path, flags)?, true)?;
        database.connection.pragma_update(None, "journal_mode", "wal")?;
        database.connection.pragma_update(None, "synchronous", "full")?;
        database.migrate()?;
        Ok(database)
    }

    /// Opens a database that is there for reading alone.
    pub fn read_only(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let plain = Connection::open_with_flags(path, flags)
            .map_err(StoreError::from)
            .and_then(|connection| Self::new(connection, false))
            .and_then(|database| database.version().map(|_| database));
        let database = match plain {
            Ok(database) => database,
            // The files beside it cannot be made here; none are needed if none are there.
            Err(error) => {
                let mut wal = path.as_os_str().to_owned();
                wal.push("-wal");
                if files::kind(Path::new(&wal)).is_ok() {
                    return Err(error);
                }
                let address = address(path);
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                Self::new(Connection::open_with_flags(address, flags)?, false)?
            }
        };
        if database.version()? > VERSION { Err(StoreError::Newer) } else { Ok(database) }
    }

    /// A database that is gone with the program.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut database = Self::new(Connection::open_in_memory()?, true)?;
        database.migrate()?;
        Ok(database)
    }

    fn new(connection: Connection, writable: bool) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        // A file that was made by somebody else runs nothing.
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(Self { connection, writable, seen: 0 })
    }

    fn version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let version: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > VERSION {
            return Err(StoreError::Newer);
        }
        let done = usize::try_from(version).unwrap_or(0);
        for migration in MIGRATIONS.iter().skip(done) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "user_version", VERSION)?;
        Ok(transaction.commit()?)
    }

    fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        if !self.writable {
            return Err(StoreError::ReadOnly);
        }
        let behavior = TransactionBehavior::Immediate;
        Ok(self.connection.transaction_with_behavior(behavior)?)
    }

    /// All events, in the order in which they came here.
    pub fn events(&mut self) -> Result<Vec<Event>, StoreError> {
        self.seen = 0;
        self.since()
    }

    /// The events that came since the last ones that were given.
    pub fn since(&mut self) -> Result<Vec<Event>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT seq, id, at, on_what, change FROM events WHERE seq > ?1 ORDER BY seq",
        )?;
        let mut rows = query.query([self.seen])?;
        let (mut events, mut seen) = (Vec::new(), self.seen);
        while let Some(row) = rows.next()? {
            seen = row.get(0)?;
            let (on, change): (String, String) = (row.get(3)?, row.get(4)?);
            // What is not understood was written by nobody: all that comes in is checked.
            let (Ok(on), Ok(change)) =
                (serde_json::from_str(&on), serde_json::from_str::<Change>(&change))
            else {
                continue;
            };
            events.push(Event { id: row.get(1)?, at: row.get(2)?, on, change });
        }
        drop(rows);
        drop(query);
        self.seen = seen;
        Ok(events)
    }

    /// Writes what the reader did at a time, all or nothing. When this returns it is on disk.
    pub fn append(&mut self, now: i64, done: Vec<(Subject, Change)>) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        // Later than all before it, also if the clock was set back a little.
        let last: Option<i64> = transaction.query_row(
            "SELECT max(at) FROM events WHERE at <= ?1",
            [now.saturating_add(DAY)],
            |row| row.get(0),
        )?;
        let first = last.map_or(now, |last| now.max(last + 1));
        let mut writer = Writer::new(&transaction)?;
        for (at, (mut on, change)) in (first..).zip(done) {
            let random: String =
                transaction.query_row("SELECT lower(hex(randomblob(10)))", [], |row| row.get(0))?;
            let id: Box<str> = format!("{at:011x}{random}").into();
            // A note or a highlight without a name is a new one.
            if change.is_on_item() && on.item.is_none() {
                on.item = Some(id.clone());
            }
            writer.put(&Event { id, at, on, change })?;
        }
        drop(writer);
        Ok(transaction.commit()?)
    }

    /// A setting of the database engine.
    #[cfg(test)]
    pub fn asked(&self, name: &str) -> String {
        let value: rusqlite::types::Value =
            self.connection.pragma_query_value(None, name, |row| row.get(0)).expect("a setting");
        match value {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    }

    /// Lets the database grow no more, as on a full disk.
    #[cfg(test)]
    pub fn limit_pages(&self) {
        self.connection.pragma_update(None, "max_page_count", 1).expect("a number is taken");
    }

    /// Takes over events of another machine, all or nothing; how many of them were new.
    pub fn merge(&mut self, events: &[Event]) -> Result<usize, StoreError> {
        let transaction = self.begin()?;
        let mut writer = Writer::new(&transaction)?;
        let mut new = 0;
        for event in events {
            new += usize::from(writer.put(event)?);
        }
        drop(writer);
        transaction.commit()?;
        Ok(new)
    }
}

/// Writes events within a transaction.
struct Writer<'t> {
    known: Statement<'t>,
    replaced: Statement<'t>,
    replace: Statement<'t>,
    insert: Statement<'t>,
}

impl<'t> Writer<'t> {
    fn new(transaction: &'t Transaction) -> Result<Self, StoreError> {
        let insert =
            "INSERT INTO events (id, at, slot, on_what, change) VALUES (?1, ?2, ?3, ?4, ?5)";
        Ok(Self {
            known: transaction.prepare("SELECT 1 FROM events WHERE id = ?1")?,
            replaced: transaction.prepare("SELECT at, id FROM events WHERE slot = ?1")?,
            replace: transaction.prepare("DELETE FROM events WHERE slot = ?1")?,
            insert: transaction.prepare(insert)?,
        })
    }

    /// Writes an event, unless it is there, or was replaced already; whether it was written.
    fn put(&mut self, event: &Event) -> Result<bool, StoreError> {
        if self.known.exists([&event.id])? {
            return Ok(false);
        }
        let slot = event.change.slot(&event.on);
        if let Some(slot) = &slot {
            let there = self
                .replaced
                .query_row([slot], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)));
            if let Some((at, id)) = there.optional()? {
                if (at, &*id) > (event.at, &*event.id) {
                    return Ok(false);
                }
                self.replace.execute([slot])?;
            }
        }
        let json = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
        let on = serde_json::to_string(&event.on).map_err(json)?;
        let change = serde_json::to_string(&event.change).map_err(json)?;
        self.insert.execute(params![event.id, event.at, slot, on, change])?;
        Ok(true)
    }
}

/// The address of a file that nobody changes while it is read.
fn address(path: &Path) -> String {
    let mut out = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                out.push(char::from(*byte));
            }
            other => {
                let hex = |digit: u8| char::from_digit(u32::from(digit), 16).unwrap_or('0');
                out.extend(['%', hex(other >> 4), hex(other & 15)]);
            }
        }
    }
    out + "?immutable=1"
}
