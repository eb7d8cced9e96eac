//! What is kept between two readings, however the first one ended.

use crate::pty::{Start, Terminal};
use rustix::process::Signal;
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
