//! Files of sources: beside the briefing, in the user's folder, or where the reader said; told from
//! others of the name by length and SHA-256. Nothing is fetched, and what a briefing names stays below
//! the folders it is looked for in.

use crate::files::{self, FileError, Reason};
use crate::model::{BriefingId, Source, SourceId};
use crate::text::Printable;
use std::path::{Component, Path, PathBuf};

/// Larger files are not looked at.
const MAX_BYTES: u64 = 256 << 20;

/// A file as a source names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: Printable,
    /// The SHA-256 that it should have.
    pub sha256: Option<Printable>,
    /// The length that it should have.
    pub bytes: Option<u64>,
}

impl Named {
    /// The file that a source names, if it names one.
    pub fn of(source: &Source) -> Option<Self> {
        let (sha256, bytes) = (source.sha256.clone(), source.bytes);
        Some(Self { name: source.file.clone()?, sha256, bytes })
    }

    /// How a file is another one than the one that is meant, if it is.
    fn differs(&self, bytes: &[u8]) -> Option<String> {
        let length = bytes.len() as u64;
        if let Some(said) = self.bytes.filter(|said| *said != length) {
            return Some(format!("has {length} bytes, not {said}"));
        }
        let said = self.sha256.as_ref()?;
        let differs = !said.eq_ignore_ascii_case(&files::sha256(bytes));
        differs.then(|| "has another SHA-256".to_owned())
    }
}

/// Where the reader said that the files of sources are.
pub type Given = Vec<((BriefingId, SourceId), PathBuf)>;

/// Where a file may be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Where<'a> {
    /// The path that the reader gave.
    pub given: Option<&'a Path>,
    /// The folder of the briefing.
    pub beside: Option<&'a Path>,
    /// The user's own folder.
    pub folder: Option<&'a Path>,
}

impl Where<'_> {
    fn paths(&self, name: &str) -> Vec<PathBuf> {
        let given = self.given.and_then(files::under_home);
        let below = below(name);
        let folders = [self.beside, self.folder].into_iter().flatten();
        let folders = folders.filter_map(|folder| Some(folder.join(below?)));
        given.into_iter().chain(folders).collect()
    }
}

/// The path of a name that does not lead out of the folder it is looked for in.
pub fn below(name: &str) -> Option<&Path> {
    let name = Path::new(name);
    let stays = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    name.components().all(stays).then_some(name)
}

/// A file that was found.
#[derive(Debug)]
pub struct SourceCopy {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// How it is another one than the one that is meant, if it is.
    pub differs: Option<String>,
}

/// Looks for a file: the first that is the one that is meant, or else the first of its name. None if
/// there is none; an error if there may be one that cannot be read.
pub fn find(named: &Named, at: Where) -> Result<Option<SourceCopy>, FileError> {
    let (mut other, mut failed) = (None, None);
    for path in at.paths(&named.name) {
        match files::read(&path, MAX_BYTES) {
            Ok(bytes) => {
                let differs = named.differs(&bytes);
                let is_meant = differs.is_none();
                let copy = SourceCopy { path, bytes, differs };
                if is_meant {
                    return Ok(Some(copy));
                }
                other.get_or_insert(copy);
            }
            Err(error) if matches!(error.reason, Reason::NotFound) => {}
            Err(error) => failed = Some(error),
        }
    }
    match (other, failed) {
        (None, Some(error)) => Err(error),
        (other, _) => Ok(other),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use std::fs;

    const ABC: &str = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

    /// What is found of a file: its text, and how it differs.
    fn found(name: &str, sha256: Option<&str>, bytes: Option<u64>, at: Where) -> String {
        let named =
            Named { name: Printable::line(name), sha256: sha256.map(Printable::line), bytes };
        match find(&named, at) {
            Ok(Some(copy)) => {
                let text = String::from_utf8(copy.bytes).unwrap();
                copy.differs.map_or(text.clone(), |how| format!("{text} {how}"))
            }
            Ok(None) => "not there".to_owned(),
            Err(error) => error.reason.to_string(),
        }
    }

    #[test]
    fn the_file_that_is_meant_is_taken_wherever_it_is() {
        let (beside, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = Where { given: None, beside: Some(beside.path()), folder: Some(own.path()) };
        let read = |sha256, bytes| found("a.txt", sha256, bytes, at);
        assert_eq!(read(Some(ABC), None), "not there");
        fs::write(beside.path().join("a.txt"), "xyz").unwrap();
        assert_eq!(read(Some(ABC), None), "xyz has another SHA-256");
        assert_eq!(read(None, None), "xyz");
        assert_eq!(read(None, Some(4)), "xyz has 3 bytes, not 4");
        fs::write(own.path().join("a.txt"), "abc").unwrap();
        assert_eq!(read(Some(ABC), None), "abc");
        let given = own.path().join("named otherwise");
        fs::write(&given, "abcd").unwrap();
        let at = Where { given: Some(&given), ..at };
        assert_eq!(found("a.txt", None, Some(4), at), "abcd");
        fs::remove_file(beside.path().join("a.txt")).unwrap();
        fs::create_dir(beside.path().join("a.txt")).unwrap();
        assert_eq!(found("a.txt", Some(ABC), None, at), "abc");
        let at = Where { beside: Some(beside.path()), ..Where::default() };
        assert_eq!(found("a.txt", None, None, at), "a folder, not a regular file");
    }

    #[test]
    fn names_do_not_lead_out_of_their_folders() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("in");
        fs::create_dir(&folder).unwrap();
        fs::write(outer.path().join("secret"), "abc").unwrap();
        let absolute = outer.path().join("secret");
        let at = Where { beside: Some(&folder), ..Where::default() };
        for name in ["../secret", "x/../../secret", absolute.to_str().unwrap()] {
            assert_eq!(found(name, None, None, at), "not there", "{name}");
        }
        let at = Where { given: Some(&absolute), ..at };
        assert_eq!(found("../secret", None, None, at), "abc", "the reader may say where it is");
    }
}
