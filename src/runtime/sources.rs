//! Files of sources: found beside the briefing, in the user's folder, or where the reader said; told
//! from others of the name by their SHA-256. Nothing is fetched.

use crate::app::{Excerpt, Message, Notice, SourceFile, Wanted, cut};
use crate::{files, library};
use std::path::{Component, Path, PathBuf};

/// Larger files are not read for a passage.
const MAX_SOURCE: u64 = 64 << 20;

/// Reads passages of a file; `folder` is the user's own for files of sources.
pub fn read(mut wanted: Wanted, folder: Option<&Path>) -> Message {
    let Some(of) = &wanted.of else {
        return match files::read(&wanted.file, MAX_SOURCE) {
            Ok(bytes) => Message::Source(excerpt(wanted, &bytes, false)),
            Err(error) => Message::Notice(Notice::warning(error.to_string())),
        };
    };
    let meant = of.sha256.as_ref().map(|sha256| sha256.to_ascii_lowercase());
    let (mut other, mut failed) = (None, None);
    for path in places(of, folder) {
        let bytes = match files::read(&path, MAX_SOURCE) {
            Ok(bytes) => bytes,
            Err(error) => {
                if !matches!(error.reason, files::Reason::NotFound) {
                    failed = Some(error);
                }
                continue;
            }
        };
        if meant.as_ref().is_none_or(|meant| *meant == files::sha256(&bytes)) {
            wanted.file = path.into();
            return Message::Source(excerpt(wanted, &bytes, false));
        }
        if other.is_none() {
            other = Some((path, bytes));
        }
    }
    match (other, failed) {
        (Some((path, bytes)), _) => {
            wanted.file = path.into();
            Message::Source(excerpt(wanted, &bytes, true))
        }
        (None, Some(error)) => Message::Notice(Notice::warning(error.to_string())),
        (None, None) => Message::NoSource(wanted),
    }
}

fn excerpt(wanted: Wanted, bytes: &[u8], differs: bool) -> Excerpt {
    cut(wanted, &library::text(bytes), differs)
}

/// Where a file may be. What a briefing names stays below the folders it is looked for in.
fn places(of: &SourceFile, folder: Option<&Path>) -> Vec<PathBuf> {
    let given = of.given.as_deref().and_then(files::under_home);
    let name = Path::new(of.name.as_str());
    let is_below = name.components().all(|part| matches!(part, Component::Normal(_)));
    let folders = [of.beside.as_deref(), folder].into_iter().flatten().filter(|_| is_below);
    given.into_iter().chain(folders.map(|folder| folder.join(name))).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
mod tests {
    use super::*;
    use crate::model::{BriefingId, SourceId};
    use crate::text::Printable;
    use std::fs;
    use std::sync::Arc;

    fn wanted(name: &str, sha256: Option<&str>, beside: &Path) -> Wanted {
        let of = SourceFile {
            briefing: BriefingId::new("b"),
            source: SourceId::new("s"),
            name: Printable::line(name),
            sha256: sha256.map(Printable::line),
            beside: Some(Arc::from(beside)),
            given: None,
        };
        let bytes = std::iter::once(0..3).collect();
        Wanted { page: None, file: Arc::from(Path::new(name)), bytes, of: Some(of) }
    }

    /// What came of it: the text and whether it is another file.
    fn got(message: Message) -> String {
        match message {
            Message::Source(excerpt) => {
                format!("{} {}", excerpt.lines[0].1[0].0, excerpt.differs)
            }
            Message::NoSource(_) => "not there".to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_file_with_the_right_digest_is_taken() {
        let (beside, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let read = |name: &str, sha256: Option<&str>| {
            got(read(wanted(name, sha256, beside.path()), Some(own.path())))
        };
        let abc = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        assert_eq!(read("a.txt", Some(abc)), "not there");
        fs::write(beside.path().join("a.txt"), "xyz").unwrap();
        assert_eq!(read("a.txt", Some(abc)), "xyz true");
        assert_eq!(read("a.txt", None), "xyz false");
        fs::write(own.path().join("a.txt"), "abc").unwrap();
        assert_eq!(read("a.txt", Some(abc)), "abc false");
    }

    #[test]
    fn names_do_not_lead_out_of_their_folders() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("in");
        fs::create_dir(&folder).unwrap();
        fs::write(outer.path().join("secret"), "abc").unwrap();
        let absolute = outer.path().join("secret");
        for name in ["../secret", absolute.to_str().unwrap()] {
            assert_eq!(got(read(wanted(name, None, &folder), None)), "not there", "{name}");
        }
        let mut given = wanted("../secret", None, &folder);
        given.of.as_mut().unwrap().given = Some(absolute.clone());
        assert_eq!(got(read(given, None)), "abc false", "the reader may say where it is");
    }
}
