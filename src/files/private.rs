//! Folders and files that nobody but the user may look into, and files that are set aside.

use super::{FileError, Reason};
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What others may do with files that are only the user's: nothing.
const OTHERS: u32 = 0o077;

/// The folder in which this program keeps what the reader did, whether it exists or not.
pub fn data_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.data_dir().join("briefing"))
}

/// The folder in which this program keeps what it can make again, whether it exists or not.
pub fn cache_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.cache_dir().join("briefing"))
}

/// Makes a folder that only the user may look into; one that is there already becomes such a one.
pub fn private_folder(path: &Path) -> Result<(), FileError> {
    let failed = |error| FileError::io(path, error);
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
    close_to_others(path)
}

/// Makes an empty file that only the user may read; one that is there already becomes such a one.
pub fn private_file(path: &Path) -> Result<(), FileError> {
    open_private(path)?;
    close_to_others(path)
}

/// Opens a file for writing, without waiting for the other side of a pipe.
fn open_private(path: &Path) -> Result<File, FileError> {
    let nonblock = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600).custom_flags(nonblock);
    let file = options.open(path).map_err(|e| FileError::io(path, e))?;
    let meta = file.metadata().map_err(|e| FileError::io(path, e))?;
    if meta.is_file() {
        return Ok(file);
    }
    Err(FileError::new(path, Reason::NotRegular(super::odd_kind(meta.file_type()))))
}

/// Writes a new file that only the user may read; one that is there already is not touched.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    use std::io::Write;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(bytes)).map_err(|e| FileError::io(path, e))
}

/// Removes a file that this program made, if it can.
pub fn remove(path: &Path) {
    drop(std::fs::remove_file(path));
}

fn close_to_others(path: &Path) -> Result<(), FileError> {
    let failed = |error| FileError::io(path, error);
    let mode = path.metadata().map_err(failed)?.permissions().mode();
    if mode & OTHERS != 0 {
        let own = Permissions::from_mode(mode & !OTHERS);
        std::fs::set_permissions(path, own).map_err(failed)?;
    }
    Ok(())
}

/// Holds a file so that no other process that asks for it goes on, until the answer is dropped.
pub fn lock(path: &Path) -> Result<File, FileError> {
    let file = open_private(path)?;
    file.lock().map_err(|e| FileError::io(path, e))?;
    Ok(file)
}

/// Sets the time of a file to now, so that those who watch it are told; if it can.
pub fn touch(path: &Path) {
    use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    let times = Timestamps { last_access: now, last_modification: now };
    drop(open_private(path).map(|file| futimens(file, &times)));
}

/// Renames files of one name and these endings to a name that is free, and gives that name.
pub fn set_aside(path: &Path, endings: &[&str], why: &str) -> Result<PathBuf, FileError> {
    let named = |number: u32, ending: &str| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{why}-{number}{ending}"));
        path.with_file_name(name)
    };
    let taken = |number: &u32| endings.iter().any(|e| named(*number, e).symlink_metadata().is_ok());
    let number = (1..u32::MAX).find(|number| !taken(number)).unwrap_or(u32::MAX);
    for ending in endings {
        let mut from = path.as_os_str().to_owned();
        from.push(ending);
        let from = PathBuf::from(from);
        if from.symlink_metadata().is_ok() {
            let to = named(number, ending);
            std::fs::rename(&from, &to).map_err(|e| FileError::io(&from, e))?;
        }
    }
    Ok(named(number, ""))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use std::fs;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_are_only_the_users() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        private_folder(&folder).unwrap();
        assert_eq!((mode(&folder), mode(&dir.path().join("a"))), (0o700, 0o700));
        let file = folder.join("f");
        fs::write(&file, "kept").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        private_folder(&folder).unwrap();
        private_file(&file).unwrap();
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        assert_eq!(fs::read(&file).unwrap(), b"kept");
        private_file(&folder.join("new")).unwrap();
        assert_eq!(mode(&folder.join("new")), 0o600);
        assert!(private_folder(&file.join("below")).is_err());
    }

    #[test]
    fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
        rustix::fs::mknodat(rustix::fs::CWD, &path, kind, mode, 0).unwrap();
        assert!(private_file(&path).is_err() && lock(&path).is_err());
        touch(&path);
        // Nor is it written to when somebody reads it.
        let _reader = OpenOptions::new()
            .read(true)
            .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
            .open(&path)
            .unwrap();
        let error = private_file(&path).unwrap_err();
        assert!(matches!(error.reason, Reason::NotRegular("a pipe")), "{error}");
    }

    #[test]
    fn what_is_set_aside_replaces_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        for text in ["one", "two"] {
            fs::write(&path, text).unwrap();
            fs::write(dir.path().join("f-wal"), text).unwrap();
            set_aside(&path, &["", "-wal", "-shm"], "broken").unwrap();
        }
        let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!((read("f.broken-1"), read("f.broken-2-wal")), ("one".into(), "two".into()));
        assert!(!path.exists());
    }
}
