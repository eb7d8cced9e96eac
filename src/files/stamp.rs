//! What a file looks like from outside: whether it was changed can be told without reading it.

use super::{FileError, Reason, open};
use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Length and times of a file. The second time is set by the system whenever the file or its first time
/// is changed, and cannot be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Length in bytes.
    size: u64,
    /// When it was last written to: seconds since 1970 and nanoseconds.
    written: (i64, i64),
    /// When anything of it was last changed.
    changed: (i64, i64),
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        Self {
            size: meta.len(),
            written: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        }
    }

    /// Whether the file was left alone for more than some seconds before `now`, the stamp of a file just
    /// made. Two changes may come so soon after each other that a file system gives them one time.
    pub fn is_settled(self, now: Self, seconds: i64) -> bool {
        self.changed.0.max(self.written.0) < now.changed.0.saturating_sub(seconds)
    }
}

/// The stamp of a file; none if it is no regular file.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let meta = path.metadata().ok()?;
    meta.is_file().then(|| Stamp::of(&meta))
}

/// The stamp of an open file.
pub(super) fn stamp_of(file: &std::fs::File) -> std::io::Result<Stamp> {
    Ok(Stamp::of(&file.metadata()?))
}

/// Reads a regular file of at most `limit` bytes, with the stamp that it had before.
pub fn read_stamped(path: &Path, limit: u64) -> Result<(Vec<u8>, Stamp), FileError> {
    let (file, meta) = open(path)?;
    let too_large = |size| FileError::new(path, Reason::TooLarge { size, limit });
    if meta.len() > limit {
        return Err(too_large(meta.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
    // The file may grow while it is read.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| FileError::io(path, e))?;
    match bytes.len() as u64 {
        size if size > limit => Err(too_large(size)),
        _ => Ok((bytes, Stamp::of(&meta))),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_change_of_the_same_length_at_a_time_set_back_gives_another_stamp() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, "one").unwrap();
        let (bytes, before) = read_stamped(&path, 9).unwrap();
        assert_eq!((bytes, stamp(&path)), (b"one".to_vec(), Some(before)));
        let time = path.metadata().unwrap().modified().unwrap();
        // The clock of a file system has a grain: until it moves on, the stamp may stay.
        for _ in 0..10_000 {
            fs::write(&path, "two").unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
            if stamp(&path) != Some(before) {
                break;
            }
        }
        assert_ne!(stamp(&path), Some(before));
        assert_eq!(path.metadata().unwrap().modified().unwrap(), time);
        assert_eq!(stamp(dir.path()), None);
    }

    #[test]
    fn what_was_changed_just_now_is_not_settled() {
        let stamp = |seconds| Stamp { size: 1, written: (seconds, 0), changed: (seconds, 0) };
        assert!(stamp(90).is_settled(stamp(100), 2));
        assert!(!stamp(98).is_settled(stamp(100), 2));
        // A clock that was set back.
        assert!(!stamp(200).is_settled(stamp(100), 2));
    }
}
