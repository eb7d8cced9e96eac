//! What large folders became, kept for the next start: where it is, who may read it, when there is none.

use crate::pty::{Start, Terminal};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// More notes than are read without a cache.
const NOTES: usize = 1_001;

fn notes(folder: &Path) {
    for number in 0..NOTES {
        let text = format!("# Note {number}\n\nSee [[{}]].\n", (number + 1) % NOTES);
        std::fs::write(folder.join(format!("{number}.md")), text).unwrap();
    }
}

/// Reads all of a folder, looks at a note, and quits.
fn read(folder: &Path, cache: &Path, args: &[&str], config: &str) -> Terminal {
    let mut terminal = Start {
        args: [&[folder.to_str().unwrap()], args].concat(),
        env: vec![("XDG_CACHE_HOME", cache.to_str().unwrap())],
        config: vec![("config.yaml", config)],
        ..Start::default()
    }
    .run();
    terminal.wait_for(&format!("1/{NOTES}"));
    terminal.send("\t\r");
    terminal.wait_for(&format!("2/{NOTES}"));
    terminal.send("Q");
    terminal.wait_for_end();
    terminal
}

fn kept(cache: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(cache.join("briefing")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn it_is_kept_for_the_user_alone_and_is_no_matter_when_it_is_damaged() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    notes(folder.path());
    read(folder.path(), cache.path(), &[], "");
    let files = kept(cache.path());
    let [file] = &files[..] else { panic!("{files:?}") };
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
    for damage in [&b""[..], b"briefing cards\n\x01", &[0xff; 10_000]] {
        std::fs::write(file, damage).unwrap();
        // Somebody else was killed while he wrote.
        std::fs::write(file.with_extension("cards.1.new"), damage).unwrap();
        read(folder.path(), cache.path(), &[], "");
        assert_eq!(kept(cache.path()), files);
        assert_ne!(std::fs::read(file).unwrap(), damage);
    }
    // It can be deleted at any time.
    std::fs::remove_file(file).unwrap();
    read(folder.path(), cache.path(), &[], "");
    assert_eq!(kept(cache.path()), files);
}

#[test]
fn there_is_none_where_nobody_wants_one() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    notes(folder.path());
    read(folder.path(), cache.path(), &["--private"], "");
    read(folder.path(), cache.path(), &[], "cache: off\n");
    assert_eq!(kept(cache.path()), Vec::<PathBuf>::new());
    // Where it cannot be kept, nothing is said of it.
    std::fs::write(cache.path().join("briefing"), "a file").unwrap();
    read(folder.path(), cache.path(), &[], "");
}
