//! Large files of the program's own that are written bit by bit and read at places: what can be made again
//! at any time. Nobody sees a part of one.

use super::stamp::{Stamp, stamp_of};
use super::{FileError, private_folder};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Ending of a file that is not finished.
const UNFINISHED: &str = "new";
/// Bytes that are written at a time.
const BUFFER: usize = 1 << 18;

/// A file that is being written beside the one it will replace. It is gone if it is not finished.
#[derive(Debug)]
pub struct Draft {
    file: BufWriter<File>,
    /// Where it is until it is finished.
    path: PathBuf,
    target: PathBuf,
    length: u64,
    is_finished: bool,
}

impl Draft {
    /// Begins a file that only the user may read, in a folder that only he may look into. What others left
    /// unfinished there goes.
    pub fn begin(target: &Path) -> Result<Self, FileError> {
        let folder = target.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        remove_unfinished(folder);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!("{name}.{}.{UNFINISHED}", std::process::id()));
        let failed = |error| FileError::io(&path, error);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let file = file.map_err(failed)?;
        let draft = Self {
            file: BufWriter::with_capacity(BUFFER, file),
            target: target.to_owned(),
            length: 0,
            is_finished: false,
            path: path.clone(),
        };
        // Whoever can lock it knows that nobody writes it any more.
        draft.file.get_ref().lock().map_err(failed)?;
        Ok(draft)
    }

    /// The stamp it has now: by it the time is known as the disk counts it.
    pub fn stamp(&self) -> Result<Stamp, FileError> {
        stamp_of(self.file.get_ref()).map_err(|error| FileError::io(&self.path, error))
    }

    /// Writes on; the place where these bytes start.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64, FileError> {
        self.file.write_all(bytes).map_err(|error| FileError::io(&self.path, error))?;
        let at = self.length;
        self.length += bytes.len() as u64;
        Ok(at)
    }

    /// Puts it in its place. It is not forced to the disk: who reads it must find out if it is damaged.
    pub fn finish(mut self) -> Result<(), FileError> {
        let put = |draft: &mut Self| {
            draft.file.flush()?;
            std::fs::rename(&draft.path, &draft.target)
        };
        put(&mut self).map_err(|error| FileError::io(&self.path, error))?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_finished {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// The files right in a folder that have an ending.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the door; what cannot be looked at has no files"
)]
fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let paths = files.map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

/// Removes what was left unfinished: whoever writes a file holds its lock.
fn remove_unfinished(folder: &Path) {
    for path in with_ending(folder, UNFINISHED) {
        let file = OpenOptions::new().write(true).open(&path);
        if file.is_ok_and(|file| file.try_lock().is_ok()) {
            drop(std::fs::remove_file(&path));
        }
    }
}

/// Removes all but the `count` files of an ending in a folder that were written last.
pub fn keep_newest(folder: &Path, ending: &str, count: usize) {
    let time = |path: &PathBuf| path.metadata().and_then(|meta| meta.modified()).ok();
    let mut files = with_ending(folder, ending);
    files.sort_by_key(|path| std::cmp::Reverse(time(path)));
    files.iter().skip(count).for_each(|path| drop(std::fs::remove_file(path)));
}

/// A file that is read at places.
#[derive(Debug)]
pub struct Held {
    file: File,
    length: u64,
}

impl Held {
    /// Opens a regular file.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let (file, meta) = super::open(path)?;
        Ok(Self { file, length: meta.len() })
    }

    /// Its length in bytes when it was opened.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The bytes at a place; an error if it ends before them.
    pub fn read_at(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let end = at.checked_add(length as u64);
        if end.is_none_or(|end| end > self.length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn nobody_sees_a_part_of_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("own/a.cards");
        let mut draft = Draft::begin(&target).unwrap();
        assert_eq!((draft.append(b"one").unwrap(), draft.append(b"two").unwrap()), (0, 3));
        assert!(!target.exists());
        draft.finish().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"onetwo");
        assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let folder = target.parent().unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        drop(Draft::begin(&target).unwrap());
        assert_eq!(fs::read(&target).unwrap(), b"onetwo");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "no draft is left");
        let held = Held::open(&target).unwrap();
        assert_eq!((held.length(), held.read_at(2, 3).unwrap()), (6, b"etw".to_vec()));
        assert!(held.read_at(4, 3).is_err() && held.read_at(u64::MAX, 1).is_err());
    }

    #[test]
    fn what_was_left_goes_and_what_is_being_written_stays() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("x.cards.1.new"), "left by one that was killed").unwrap();
        let first = Draft::begin(&dir.path().join("a.cards")).unwrap();
        let second = Draft::begin(&dir.path().join("b.cards")).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
        first.finish().unwrap();
        second.finish().unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH;
        File::options()
            .write(true)
            .open(dir.path().join("a.cards"))
            .unwrap()
            .set_modified(time)
            .unwrap();
        keep_newest(dir.path(), "cards", 1);
        assert!(!dir.path().join("a.cards").exists() && dir.path().join("b.cards").exists());
    }
}
