//! What is kept between two readings, however the first one ended.

use crate::pty::{Start, Terminal};
use rustix::process::{Pid, Resource, Rlimit, Signal, prlimit};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

pub fn read(data: &Path, args: Vec<&'static str>) -> Terminal {
    let data = data.to_str().unwrap();
    let mut terminal = Start { args, env: vec![("XDG_DATA_HOME", data)], ..Start::default() }.run();
    terminal.wait_for("/25");
    terminal
}

/// What is on disk.
pub fn kept(data: &Path) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["state", "export"])
        .env("XDG_DATA_HOME", data)
        .output()
        .unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

/// Waits until something is on disk.
fn wait_for_kept(data: &Path, text: &str) {
    let start = std::time::Instant::now();
    while !kept(data).contains(text) {
        assert!(start.elapsed().as_secs() < 20, "never kept: {text}\n{}", kept(data));
    }
}

#[test]
fn the_place_comes_back_however_the_reader_ended() {
    let data = tempfile::tempdir().unwrap();
    let ends: [fn(&mut Terminal, &Path); 4] = [
        |terminal, _| terminal.send("q"),
        |terminal, _| terminal.signal(Signal::TERM),
        |terminal, _| terminal.signal(Signal::HUP),
        |terminal, data| {
            // What was kept is safe from then on.
            wait_for_kept(data, "\"do\":\"left\",\"card\":\"narcoterrorism\"");
            terminal.signal(Signal::KILL);
        },
    ];
    for end in ends {
        let mut terminal = read(data.path(), vec!["--start"]);
        terminal.wait_for("1/25");
        terminal.wait_until("what was kept is known", |screen| {
            let text = screen.contents();
            text.contains("begun") || text.contains("read  1/25")
        });
        terminal.send("onarcoterrorism\rjjj");
        terminal.wait_for("7/25");
        terminal.wait_for_none_of("also");
        let screen = terminal.screen();
        let place = screen.lines().nth(2).unwrap().trim().to_owned();
        end(&mut terminal, data.path());
        terminal.wait_for_end();
        let mut terminal = read(data.path(), Vec::new());
        terminal.wait_for("7/25");
        let again = terminal.screen();
        assert_eq!(again.lines().nth(2).unwrap().trim(), place, "{again}");
        terminal.send("q");
        assert_eq!(terminal.wait_for_end(), 0);
        terminal.assert_restored();
    }
}

#[test]
fn what_waits_is_written_before_a_signal_ends_the_reader() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = read(data.path(), vec!["--start"]);
        terminal.wait_for("begun");
        // As long as somebody else writes, what the reader does waits.
        let other = rusqlite::Connection::open(data.path().join("briefing/reader.db")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        terminal.send("]]");
        terminal.wait_for("3/25");
        terminal.signal(signal);
        terminal.wait_until("the terminal was given back", |screen| !screen.alternate_screen());
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(terminal.wait_for_end(), code);
        read(data.path(), Vec::new()).wait_for("3/25");
    }
}

#[test]
fn keys_that_are_typed_at_once_are_not_lost() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = read(data.path(), Vec::new());
    terminal.wait_for("begun");
    terminal.send("]]]");
    terminal.wait_for("4/25");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    let data_home = data.path().to_str().unwrap();
    let mut terminal = Start { env: vec![("XDG_DATA_HOME", data_home)], ..Start::default() }.run();
    terminal.send("]");
    terminal.wait_until("one further than before, or one further than the start", |screen| {
        let text = screen.contents();
        text.contains("5/25") || text.contains("last time")
    });
}

#[test]
fn two_readers_at_once_keep_what_each_does() {
    let data = tempfile::tempdir().unwrap();
    let (mut one, mut two) =
        (read(data.path(), vec!["--start"]), read(data.path(), vec!["--start"]));
    for (first, letter) in [(true, 'a'), (false, 'b'), (true, 'c')] {
        let terminal = if first { &mut one } else { &mut two };
        terminal.wait_for("begun");
        terminal.send(format!("m{letter}"));
        // When this is said it is on disk.
        terminal.wait_for(&format!("mark `{letter}` is set here"));
        let mark = format!("\"do\":\"mark\",\"name\":\"{letter}\"");
        assert!(kept(data.path()).contains(&mark));
    }
    // The first knows the mark of the second since it last wrote.
    one.send("'");
    one.wait_for("b The readout");
    one.send("\x1b");
    one.wait_for_none_of("Marks:");
    for mut terminal in [one, two] {
        terminal.send("Q");
        assert_eq!(terminal.wait_for_end(), 0);
    }
}

#[test]
fn what_another_reader_writes_is_seen_without_a_key() {
    let data = tempfile::tempdir().unwrap();
    let mut one = read(data.path(), vec!["--start"]);
    one.wait_for("begun");
    let mut two = read(data.path(), vec!["--start"]);
    two.wait_for("begun");
    two.send("aTheirs\x1b");
    two.wait_for("the note is kept");
    one.wait_for("1 note");
    two.send("v\r");
    two.wait_for("the words are highlighted");
    one.wait_for("1 highlight");
    for mut terminal in [one, two] {
        terminal.send("Q");
        assert_eq!(terminal.wait_for_end(), 0);
    }
}

#[test]
fn who_quits_before_the_store_is_open_finds_his_place_again() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = read(data.path(), Vec::new());
    terminal.send("q");
    terminal.wait_for_end();
    // As long as this is held nobody can open the store.
    let lock = std::fs::File::open(data.path().join("briefing/lock")).unwrap();
    lock.lock().unwrap();
    let mut terminal = read(data.path(), Vec::new());
    terminal.send("]");
    terminal.wait_for("2/25");
    terminal.send("q");
    terminal.wait_until("the terminal was given back", |screen| !screen.alternate_screen());
    lock.unlock().unwrap();
    assert_eq!(terminal.wait_for_end(), 0);
    let mut terminal = read(data.path(), Vec::new());
    terminal.wait_for("2/25");
    // Who goes nowhere leaves the place of last time as it was.
    terminal.send("Q");
    terminal.wait_for_end();
    lock.lock().unwrap();
    let mut terminal = read(data.path(), Vec::new());
    terminal.send("q");
    terminal.wait_until("the terminal was given back", |screen| !screen.alternate_screen());
    lock.unlock().unwrap();
    terminal.wait_for_end();
    read(data.path(), Vec::new()).wait_for("2/25");
}

/// Whether what is on disk is sound, as the database engine sees it.
fn assert_sound(data: &Path) {
    let connection = rusqlite::Connection::open(data.join("briefing/reader.db")).unwrap();
    let said: String =
        connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
}

/// A reader writes a note, cannot keep a second one, reads on, and keeps it when there is room again.
fn goes_on_without_room(data: &Path, why: &str, fill: impl FnOnce(Pid), free: impl FnOnce(Pid)) {
    let env = vec![("XDG_DATA_HOME", data.to_str().unwrap())];
    // A file that may not grow is an error to the program, and not its end.
    let script = Some("trap '' XFSZ; exec \"$0\" \"$@\"");
    let args = vec!["--start"];
    let mut terminal = Start { args, env, script, ..Start::default() }.run();
    terminal.wait_for("begun");
    terminal.send("aFirst.\x1b");
    terminal.wait_for("the note is kept");
    let pid = terminal.child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).unwrap();
    fill(pid);
    terminal.send("]aSecond.\x1b");
    terminal.wait_for(&format!("could not be kept: {why}"));
    terminal.send("]");
    terminal.wait_for("3/25");
    assert!(kept(data).contains("First."));
    free(pid);
    terminal.send("ma");
    // The place is kept after a moment, and takes along what waits.
    terminal.wait_for_one(&["what could not be kept is kept now", "mark `a` is set here"]);
    assert!(kept(data).contains("First.") && kept(data).contains("Second."));
    assert_sound(data);
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_disk_that_cannot_be_written_to_is_said_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let limit = |current| {
        move |pid| {
            let limit = Rlimit { current, maximum: None };
            prlimit(Some(pid), Resource::Fsize, limit).unwrap();
        }
    };
    goes_on_without_room(data.path(), "disk I/O error", limit(Some(1)), limit(None));
}

/// A small file system, gone with its guard.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this may not be done.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"]).arg(folder.path());
        let ran = mount.output().ok()?;
        ran.status.success().then(|| Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).status().ok();
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let Some(disk) = SmallDisk::new() else {
        println!("skipped: this may not mount a small file system");
        return;
    };
    let ballast = disk.0.path().join("ballast");
    let fill = |_| {
        use std::io::Write;
        let mut file = std::fs::File::create(&ballast).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    };
    let free = |_| std::fs::remove_file(&ballast).unwrap();
    goes_on_without_room(disk.0.path(), "database or disk is full", fill, free);
}

#[test]
fn a_private_reader_leaves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = read(data.path(), vec!["--private"]);
    terminal.wait_for("begun");
    terminal.send("ma'a");
    terminal.send("anote\x1b");
    terminal.wait_for("the note is kept");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

#[test]
fn a_note_is_gone_on_with_in_the_editor() {
    let data = tempfile::tempdir().unwrap();
    let editor = data.path().join("editor");
    std::fs::write(&editor, "#!/bin/sh\nstat -c %a \"$1\" > mode\necho and more >> \"$1\"\n")
        .unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let env = vec![
        ("XDG_DATA_HOME", data.path().to_str().unwrap()),
        ("TMPDIR", data.path().to_str().unwrap()),
        ("EDITOR", editor.to_str().unwrap()),
    ];
    let mut terminal = Start { env, ..Start::default() }.run();
    terminal.wait_for("begun");
    terminal.send("atyped\x05");
    terminal.wait_for("and more");
    terminal.send("\x1b");
    terminal.wait_for("the note is kept");
    wait_for_kept(data.path(), "typedand more");
    let mode = std::fs::read_to_string(terminal.home().join("mode")).unwrap();
    assert_eq!(mode.trim(), "600", "nobody else reads it");
    let left = std::fs::read_dir(data.path()).unwrap().map(|e| e.unwrap().file_name());
    assert_eq!(left.filter(|name| name.to_string_lossy().contains("note")).count(), 0);
}

#[test]
fn where_nothing_can_be_kept_one_reads_and_is_told_once() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mut terminal = read(&file, Vec::new());
    terminal.wait_for("nothing is kept in");
    terminal.send("]");
    terminal.wait_for("2/25");
    terminal.wait_for_none_of("nothing is kept");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
}
