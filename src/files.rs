//! The only door to the disk: bounded reads, walking folders, the folders of the user. The path is
//! in every error. Knows nothing of what the files mean.

mod draft;
mod piped;
mod private;
mod stamp;

pub use draft::{Draft, Held, keep_newest};
pub use piped::{is_piped, read_input, read_input_start, set_input_aside};
pub use private::{
    cache_folder, data_folder, lock, private_file, private_folder, remove, set_aside, touch,
    write_private,
};
pub use stamp::{Stamp, read_stamped, stamp};

use ignore::gitignore::Gitignore;
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folders nested deeper are not entered.
const MAX_DEPTH: usize = 32;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// There is no such file.
    #[error("no such file or folder")]
    NotFound,
    /// Neither a regular file nor a folder: a pipe, a device, a socket.
    #[error("{0}, not a regular file")]
    NotRegular(&'static str),
    /// Larger than the reader is willing to hold.
    #[error("{size} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Size of the file in bytes, or what was read of it.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A folder that lies too deep to be entered.
    #[error("more than {MAX_DEPTH} levels deep, not looked into")]
    TooDeep,
    /// There is a file already.
    #[error("there is such a file already")]
    Exists,
    /// It is not what was read before.
    #[error("it was changed meanwhile")]
    Changed,
    /// What the system says.
    #[error("{0}")]
    Io(io::Error),
}

/// A failure with the path it happened at. Its text is not yet made safe for a terminal.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What went wrong.
    pub reason: Reason,
}

impl FileError {
    fn new(path: &Path, reason: Reason) -> Self {
        Self { path: path.to_owned(), reason }
    }

    fn io(path: &Path, error: io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => Reason::NotFound,
            _ => Reason::Io(error),
        };
        Self::new(path, reason)
    }
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
}

/// What `path` leads to, links followed.
pub fn kind(path: &Path) -> Result<Kind, FileError> {
    let meta = path.metadata().map_err(|e| FileError::io(path, e))?;
    let file_type = meta.file_type();
    if file_type.is_dir() {
        Ok(Kind::Folder)
    } else if file_type.is_file() {
        Ok(Kind::File)
    } else {
        Err(FileError::new(path, Reason::NotRegular(odd_kind(file_type))))
    }
}

/// Reads a regular file of at most `limit` bytes. Never blocks on a pipe or a device.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    read_stamped(path, limit).map(|(bytes, _)| bytes)
}

/// Opens a regular file; what the system says of it.
fn open(path: &Path) -> Result<(std::fs::File, std::fs::Metadata), FileError> {
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    let nonblock = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(nonblock)
        .open(path)
        .map_err(|e| FileError::io(path, e))?;
    let meta = file.metadata().map_err(|e| FileError::io(path, e))?;
    if !meta.is_file() {
        return Err(FileError::new(path, Reason::NotRegular(odd_kind(meta.file_type()))));
    }
    Ok((file, meta))
}

fn odd_kind(kind: std::fs::FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else {
        "something else"
    }
}

/// Files that say what of a folder is ignored; what the later says counts.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// The regular files below `root` whose name `wanted` accepts, sorted by path, and what could not
/// be looked at or is no file. Hidden and ignored files are left out; links are not followed.
pub fn walk(root: &Path, wanted: impl Fn(&Path) -> bool) -> (Vec<PathBuf>, Vec<FileError>) {
    let mut found = Vec::new();
    let mut failed = Vec::new();
    for entry in walker(root) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                failed.push(FileError::new(root, Reason::Io(io::Error::other(error))));
                continue;
            }
        };
        match entry.file_type() {
            Some(kind) if kind.is_file() => {
                let path = entry.into_path();
                if wanted(&path) {
                    found.push(path);
                }
            }
            Some(kind) if !kind.is_dir() && !kind.is_symlink() => {
                failed.push(FileError::new(entry.path(), Reason::NotRegular(odd_kind(kind))));
            }
            Some(kind) if kind.is_dir() && entry.depth() >= MAX_DEPTH => {
                failed.push(FileError::new(entry.path(), Reason::TooDeep));
            }
            _ => {}
        }
    }
    found.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    (found, failed)
}

fn walker(root: &Path) -> ignore::Walk {
    let mut walker = ignore::WalkBuilder::new(root);
    walker
        .follow_links(false)
        .max_depth(Some(MAX_DEPTH))
        // What is to be ignored is said within the folder: whatever asks for git's own rules has
        // files outside of it read as well.
        .standard_filters(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for name in IGNORE_FILES {
        walker.add_custom_ignore_filename(name);
    }
    walker.build()
}

/// A name that is all dots up to its ending is that of a page about dots, not hidden.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && !name.starts_with(b"..")
}

/// What ignore files say in a folder and in those above it, up to `root`; what counts most first.
fn ignored<'p>(root: &'p Path, folder: &'p Path) -> impl Iterator<Item = Gitignore> + 'p {
    let folders = folder.ancestors().take_while(move |above| above.starts_with(root));
    let files = folders.flat_map(|at| IGNORE_FILES.iter().rev().map(move |name| at.join(name)));
    files.filter(|file| file.is_file()).map(|file| Gitignore::new(file).0)
}

/// The files and the folders right in a folder within `root`, as [`walk`] of it would find them,
/// sorted by path.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the door; what cannot be looked at has no entries"
)]
pub fn entries(root: &Path, folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    // A walk would open all folders that it finds.
    let rules: Vec<Gitignore> = ignored(root, folder).collect();
    let is_ignored = |path: &Path, is_folder| {
        let mut said = rules.iter().map(|rules| rules.matched(path, is_folder));
        said.find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
    };
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let (Ok(kind), path) = (entry.file_type(), entry.path()) else { continue };
        if is_hidden(&entry.file_name()) || is_ignored(&path, kind.is_dir()) {
            continue;
        }
        if kind.is_file() {
            files.push(path);
        } else if kind.is_dir() {
            folders.push(path);
        }
    }
    files.sort_unstable();
    folders.sort_unstable();
    (files, folders)
}

/// The start of a regular file: at most `limit` bytes, and whether that is all.
pub fn read_start(path: &Path, limit: u64) -> Result<(Vec<u8>, bool), FileError> {
    let (file, meta) = open(path)?;
    let size = meta.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0) + 1);
    file.take(limit).read_to_end(&mut bytes).map_err(|e| FileError::io(path, e))?;
    let is_all = bytes.len() as u64 >= size;
    Ok((bytes, is_all))
}

/// Writes a file whole: nobody ever sees a part of it. One that is there already is replaced only if
/// that is `allowed`.
pub fn write(path: &Path, bytes: &[u8], allowed: bool) -> Result<(), FileError> {
    let failed = |error| FileError::io(path, error);
    if !allowed && path.symlink_metadata().is_ok() {
        return Err(FileError::new(path, Reason::Exists));
    }
    put(path, bytes, None).map_err(failed)
}

/// Writes a file whole in place of what was read from it, with the same permissions. Fails if it
/// holds something else by now. A link stays one: the file it leads to is written.
pub fn rewrite(path: &Path, old: &[u8], new: &[u8]) -> Result<(), FileError> {
    let failed = |error| FileError::io(path, error);
    let real = path.canonicalize().map_err(failed)?;
    if read(&real, old.len() as u64).ok().as_deref() != Some(old) {
        return Err(FileError::new(path, Reason::Changed));
    }
    let permissions = real.metadata().map_err(failed)?.permissions();
    put(&real, new, Some(permissions)).map_err(failed)
}

/// Writes a draft and puts it in the place of a file.
fn put(path: &Path, bytes: &[u8], permissions: Option<std::fs::Permissions>) -> io::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    let draft = path.with_file_name(name);
    let fill = |mut file: std::fs::File| {
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()
    };
    let draft_file = OpenOptions::new().write(true).create_new(true).open(&draft);
    let written = draft_file.and_then(fill).and_then(|()| std::fs::rename(&draft, path));
    if written.is_err() {
        // What was begun is of no use to anybody.
        drop(std::fs::remove_file(&draft));
    }
    written
}

/// When a file was last written to, as far as the system tells.
pub fn written(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// The path without links in it, if the file is there.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// A path in which `~` at the start stands for the folder of the user; none if nobody knows that.
pub fn under_home(path: &Path) -> Option<PathBuf> {
    match path.strip_prefix("~") {
        Ok(rest) => etcetera::home_dir().ok().map(|home| home.join(rest)),
        Err(_) => Some(path.to_owned()),
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The folder of the user's settings for this program, whether it exists or not.
pub fn config_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.config_dir().join("briefing"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn reads_a_file_up_to_its_limit() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        let error = read(&path, 4).unwrap_err();
        assert!(matches!(error.reason, Reason::TooLarge { size: 5, limit: 4 }));
        assert!(error.to_string().starts_with(&path.display().to_string()));
    }

    #[test]
    fn writes_whole_files_and_replaces_only_if_allowed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        write(&path, b"one", false).unwrap();
        assert!(matches!(write(&path, b"two", false).unwrap_err().reason, Reason::Exists));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(write(&dir.path().join("none/a"), b"", true).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn rewrites_what_was_read_and_keeps_links_and_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (path, link) = (dir.path().join("a"), dir.path().join("link"));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        rewrite(&link, b"one", b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert!(matches!(rewrite(&path, b"one", b"x").unwrap_err().reason, Reason::Changed));
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no draft is left");
    }

    #[test]
    fn digests_are_hexadecimal() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
    }

    #[test]
    fn does_not_wait_for_a_pipe() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &path,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RWXU,
            0,
        )
        .unwrap();
        assert!(matches!(read(&path, 9).unwrap_err().reason, Reason::NotRegular("a pipe")));
        assert!(matches!(kind(&path).unwrap_err().reason, Reason::NotRegular("a pipe")));
    }

    #[test]
    fn what_is_no_file_or_lies_too_deep_is_left_out_with_a_word() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
        rustix::fs::mknodat(rustix::fs::CWD, root.join("pipe.md"), kind, mode, 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket.md")).unwrap();
        let mut folder = root.to_owned();
        for level in 1..=MAX_DEPTH {
            folder.push("x");
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("a.md"), "").unwrap();
            if level == MAX_DEPTH - 1 {
                fs::write(folder.join("deepest.md"), "").unwrap();
            }
        }
        let (found, failed) = walk(root, |path| path.extension().is_some_and(|end| end == "md"));
        assert_eq!(found.len(), MAX_DEPTH, "a file at each level, two at the last");
        assert!(found.iter().any(|path| path.ends_with("deepest.md")));
        let mut said: Vec<_> = failed
            .iter()
            .map(|error| {
                (error.path.file_name().unwrap().to_str().unwrap(), error.reason.to_string())
            })
            .collect();
        said.sort();
        let word = |name, reason: &str| (name, reason.to_owned());
        assert_eq!(
            said,
            [
                word("pipe.md", "a pipe, not a regular file"),
                word("socket.md", "a socket, not a regular file"),
                word("x", "more than 32 levels deep, not looked into"),
            ]
        );
    }

    #[test]
    fn says_what_is_missing_and_what_is_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(read(&dir.path().join("none"), 9).unwrap_err().reason, Reason::NotFound));
        assert!(matches!(read(dir.path(), 9).unwrap_err().reason, Reason::NotRegular("a folder")));
        assert_eq!(kind(dir.path()).unwrap(), Kind::Folder);
    }

    #[test]
    fn walks_in_order_without_hidden_ignored_or_linked_files() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir(root.join("sub")).unwrap();
        for name in ["b.yaml", "a.yaml", "c.txt", ".hidden.yaml", "out.yaml", "sub/d.yaml"] {
            fs::write(root.join(name), "").unwrap();
        }
        fs::write(root.join(".gitignore"), "out.yaml\n").unwrap();
        std::os::unix::fs::symlink(root, root.join("loop")).unwrap();
        std::os::unix::fs::symlink(root.join("a.yaml"), root.join("z.yaml")).unwrap();
        let (found, failed) = walk(root, |p| p.extension().is_some_and(|e| e == "yaml"));
        let names: Vec<_> = found.iter().map(|p| p.strip_prefix(root).unwrap()).collect();
        assert_eq!(names, [Path::new("a.yaml"), Path::new("b.yaml"), Path::new("sub/d.yaml")]);
        assert!(failed.is_empty());
    }

    #[test]
    fn what_is_ignored_is_said_within_the_folder_that_was_opened() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        fs::create_dir_all(root.join("sub/deep")).unwrap();
        for name in ["a.md", "b.md", "sub/a.md", "sub/b.md", "sub/c.md"] {
            fs::write(root.join(name), "").unwrap();
        }
        fs::write(dir.path().join(".gitignore"), "a.md\n").unwrap();
        fs::write(root.join(".gitignore"), "b.md\n").unwrap();
        fs::write(root.join("sub/.ignore"), "c.md\n").unwrap();
        let (found, _) = walk(&root, |path| path.extension().is_some());
        assert_eq!(found, [root.join("a.md"), root.join("sub/a.md")]);
        let (files, folders) = entries(&root, &root.join("sub"));
        assert_eq!(files, [root.join("sub/a.md")]);
        assert_eq!(folders, [root.join("sub/deep")]);
        fs::write(root.join("sub/.ignore"), "c.md\n!b.md\n").unwrap();
        let (found, _) = walk(&root, |path| path.starts_with(root.join("sub")));
        assert_eq!(entries(&root, &root.join("sub")).0, found);
        assert_eq!(found, [root.join("sub/a.md"), root.join("sub/b.md")]);
        let (files, folders) = entries(&root, &root);
        assert_eq!((files, folders), (vec![root.join("a.md")], vec![root.join("sub")]));
    }
}
