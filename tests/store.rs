//! The store under fire: the real program is killed while it writes, and several write at once. What
//! was said to be kept must be there, and the database sound.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often the program is killed.
const KILLS: u64 = 200;
/// Files that each program writes, if it is not killed: each is a transaction, and is said to be done.
const FILES: u64 = 12;

/// The name of the event in a file.
fn name(writer: u64, file: u64) -> String {
    format!("w{writer}x{file}")
}

/// An event that is never replaced: a note, a highlight, an answered question.
fn event(writer: u64, file: u64) -> String {
    let id = name(writer, file);
    let (item, change) = match file % 3 {
        0 => ("q", r#""do":"review","grade":3,"took_ms":900"#),
        1 => (&*id, r#""do":"note","text":"Mine.","title":"T""#),
        _ => (&*id, r#""do":"highlight","title":"T","anchor":{"quote":"some words"}"#),
    };
    format!(
        r#"{{"id":"{id}","at":1700000000000,"on":{{"briefing":"b","card":"c","item":"{item}"}},{change}}}"#
    ) + "\n"
}

/// A program that takes over file after file, and says after each that it is kept.
fn writer(home: &Path, number: u64) -> Child {
    let file = |file| {
        let path = home.join(name(number, file));
        fs::write(&path, event(number, file)).unwrap();
        path
    };
    Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["state", "import"])
        .args((0..FILES).map(file))
        .env("XDG_DATA_HOME", home)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The events that a writer said to be kept.
fn said(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    // A line that was cut off by the end is not said.
    lines.filter_map(|line| {
        let path = line.strip_suffix(": 1 events, 1 of them new")?;
        Some(path.rsplit('/').next()?.to_owned())
    })
}

/// The names of the events in the database, which is asked by other means than the program's own.
fn there(home: &Path) -> HashSet<String> {
    let path = home.join("briefing/reader.db");
    let connection = rusqlite::Connection::open(path).unwrap();
    let sound: String =
        connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let mut query = connection.prepare("SELECT id FROM events").unwrap();
    let names = query.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn what_was_said_to_be_kept_survives_two_hundred_kills_at_random_moments() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(0x5eed);
    let mut kept = HashSet::new();
    let mut cut_off = 0;
    for number in 0..KILLS {
        let mut child = writer(home.path(), number);
        let mut lines = said(&mut child);
        // Some are killed before they have said anything: while they start, or open the database.
        let heard = dice.below(5);
        let before = kept.len();
        kept.extend(lines.by_ref().take(usize::try_from(heard).unwrap()));
        let moment = Instant::now() + Duration::from_micros(dice.below(4000));
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        // What it said before it was killed counts too.
        kept.extend(lines);
        child.wait().unwrap();
        cut_off += u64::from(((kept.len() - before) as u64) < FILES);
        if number % 10 == 9 || number == KILLS - 1 {
            let there = there(home.path());
            let lost: Vec<&String> = kept.difference(&there).collect();
            assert!(lost.is_empty(), "after {number} kills: {lost:?}");
        }
    }
    assert!(kept.len() as u64 > KILLS, "{} were kept", kept.len());
    assert!(cut_off > KILLS / 2, "only {cut_off} were killed while they wrote");
    // Nothing was set aside as broken, and the program still writes.
    let names = fs::read_dir(home.path().join("briefing")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("broken")), "{names:?}");
    let mut last = writer(home.path(), KILLS);
    assert_eq!(said(&mut last).count() as u64, FILES);
    assert!(last.wait().unwrap().success());
}

#[test]
fn four_programs_that_write_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut children: Vec<Child> = (0..4).map(|number| writer(home.path(), number)).collect();
    let mut kept = HashSet::new();
    for child in &mut children {
        kept.extend(said(child));
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(kept.len() as u64, 4 * FILES);
    assert_eq!(there(home.path()), kept);
}
