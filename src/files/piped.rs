//! What is piped into the program: it can be read only once, so what was read of it is held until
//! somebody takes all of it. Once it was set aside, standard input can become something else.

use super::{FileError, Reason};
use rustix::fs::FileType;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is piped in.
struct Piped {
    source: File,
    /// What was read of it.
    read: Vec<u8>,
}

static PIPED: Mutex<Option<Piped>> = Mutex::new(None);

fn lock() -> MutexGuard<'static, Option<Piped>> {
    PIPED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(error: io::Error) -> FileError {
    FileError::io(Path::new("-"), error)
}

/// Whether something is piped in: standard input is a pipe, a file or a socket, and not a terminal or
/// a device without content.
pub fn is_piped() -> bool {
    let kind =
        rustix::fs::fstat(rustix::stdio::stdin()).map(|s| FileType::from_raw_mode(s.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::RegularFile | FileType::Socket))
}

/// Holds what is piped in apart from standard input.
pub fn set_input_aside() -> io::Result<()> {
    set_aside(&mut lock()).map(drop)
}

fn set_aside(piped: &mut Option<Piped>) -> io::Result<&mut Piped> {
    match piped {
        Some(piped) => Ok(piped),
        None if io::stdin().is_terminal() => Err(io::Error::other("nothing is piped in")),
        None => {
            let source = File::from(rustix::stdio::stdin().try_clone_to_owned()?);
            Ok(piped.insert(Piped { source, read: Vec::new() }))
        }
    }
}

impl Piped {
    /// Reads until `length` bytes are held; whether there was an end before.
    fn fill(&mut self, length: u64) -> io::Result<bool> {
        let missing = length.saturating_sub(self.read.len() as u64);
        let read = self.source.by_ref().take(missing).read_to_end(&mut self.read)?;
        Ok((read as u64) < missing)
    }
}

/// The start of what is piped in: at most `limit` bytes, and whether that is all. It can be read
/// again.
pub fn read_input_start(limit: u64) -> Result<(Vec<u8>, bool), FileError> {
    let mut piped = lock();
    let piped = set_aside(&mut piped).map_err(failed)?;
    let is_all = piped.fill(limit).map_err(failed)?;
    Ok((piped.read.clone(), is_all))
}

/// Takes what is piped in, of at most `limit` bytes. A terminal is not waited for.
pub fn read_input(limit: u64) -> Result<Vec<u8>, FileError> {
    let mut piped = lock();
    let piped = set_aside(&mut piped).map_err(failed)?;
    piped.fill(limit.saturating_add(1)).map_err(failed)?;
    let bytes = std::mem::take(&mut piped.read);
    match bytes.len() as u64 {
        size if size > limit => {
            Err(FileError::new(Path::new("-"), Reason::TooLarge { size, limit }))
        }
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Seek;

    #[test]
    fn what_was_read_first_is_held_until_all_is_taken() {
        let mut source = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut source, b"one two three").unwrap();
        source.rewind().unwrap();
        let mut piped = Piped { source, read: Vec::new() };
        assert!(!piped.fill(3).unwrap());
        assert_eq!(piped.read, b"one");
        assert!(!piped.fill(2).unwrap(), "no more is read than was asked for");
        assert_eq!(piped.read, b"one");
        assert!(piped.fill(99).unwrap(), "and then it ends");
        assert_eq!(piped.read, b"one two three");
        assert!(piped.fill(99).unwrap());
    }
}
