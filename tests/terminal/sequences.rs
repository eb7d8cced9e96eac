//! Which escape sequences reach the terminal: those that the reader itself writes, and no other.

use crate::pty::{Start, Terminal};
use std::path::Path;
use std::process::Command;

/// What in a stream of bytes is none of the sequences that the reader writes: a list of what may be.
fn foreign(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(format!("no UTF-8: {error}")),
    };
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r')) {
        rest = &rest[at..];
        match ours(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                return Some(rest.chars().take(24).collect::<String>().escape_debug().to_string());
            }
        }
    }
    None
}

/// The length of the sequence of ours that a text begins with.
fn ours(text: &str) -> Option<usize> {
    const QUESTION: &str = "\x1b]11;?\x1b\\";
    if text.starts_with(QUESTION) {
        return Some(QUESTION.len());
    }
    let rest = text.strip_prefix("\x1b[")?;
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (given, last) = (&rest[..end], rest[end..].chars().next()?);
    let numbers = given.split(';').all(|n| n.bytes().all(|b| b.is_ascii_digit()) && n.len() < 5);
    let fits = match (given, last) {
        // Modes: the cursor, the mouse, the other screen, pasting.
        (_, 'h' | 'l') => {
            let mode = given.strip_prefix('?')?;
            ["25", "1000", "1002", "1003", "1006", "1015", "1049", "2004"].contains(&mode)
        }
        // A place, a colour, clearing: with plain numbers.
        (_, 'H' | 'm') => numbers,
        ("" | "0" | "1" | "2", 'J' | 'K') => true,
        _ => false,
    };
    fits.then_some("\x1b[".len() + end + last.len_utf8())
}

#[test]
fn the_list_lets_through_ours_alone() {
    for ours in ["a\x1b[1;2Hb", "\x1b[38;5;9m", "\x1b[?1049h", "\x1b[2J", "\x1b]11;?\x1b\\", "\r\n"]
    {
        assert_eq!(foreign(ours.as_bytes()), None);
    }
    for other in [
        "\x1b]0;x\x07",
        "\x1b]52;c;aGk=\x07",
        "\x1b]8;;http://x\x1b\\",
        "\x1b[6n",
        "\x1b[c",
        "\x1b[?1h",
        "\x1bP1$r\x1b\\",
        "\x1bc",
        "\u{9b}31m",
        "\x07",
        "\x08",
        "\x7f",
        "\x1b",
    ] {
        assert!(foreign(other.as_bytes()).is_some(), "{other:?}");
    }
    assert!(foreign(b"\x9b31m").is_some());
}

/// Reads a path, looks at it in several ways and ends; what was written that is not ours.
fn looked_at(path: &Path, seen: &[&str]) -> Option<String> {
    let start = Start { odd_args: vec![path.as_os_str()], size: (100, 30), ..Start::default() };
    let mut terminal = start.run();
    let drawn = terminal.wait_for_one(&["% ", "%\n", "overview", "error:"]);
    if terminal.emulator().alternate_screen() && drawn != "error:" {
        terminal.send("fa");
        terminal.resize(120, 40);
        terminal.send("jjG");
        terminal.send("t");
        terminal.send("\x1b[B\x1b[B\r");
        terminal.resize(60, 20);
        terminal.send("gs");
        terminal.send("so");
        terminal.resize(37, 9);
        terminal.wait_for_one(seen);
        terminal.signal(rustix::process::Signal::TERM);
    }
    terminal.wait_for_end();
    if terminal.emulator().alternate_screen() {
        return Some("the screen is not given back".to_owned());
    }
    foreign(&terminal.raw)
}

/// What is always on a screen that was drawn.
const SIGNS: &[&str] = &["─", "│", "┌", "%"];

fn all_of(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

fn assert_harmless(paths: &[std::path::PathBuf]) {
    let mut wrong = Vec::new();
    for path in paths {
        if let Some(foreign) = looked_at(path, SIGNS) {
            wrong.push(format!("{}: {foreign}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_of_our_hostile_documents_reaches_the_terminal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut paths = all_of(&folder);
    assert!(paths.len() > 4);
    paths.push(folder);
    assert_harmless(&paths);
}

#[test]
fn nothing_of_the_hostile_kit_reaches_the_terminal() {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/hostile/generate.py");
    if !generator.exists() {
        println!("skipped: {} is absent", generator.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3").arg(generator).args([folder.path()]).arg("--fs").output();
    let Ok(made) = made else {
        println!("skipped: no python3 to make the documents");
        return;
    };
    assert!(made.status.success());
    let files = folder.path().join("files");
    let mut paths = all_of(&files);
    assert!(paths.len() > 100, "{}", paths.len());
    paths.push(files);
    assert_harmless(&paths);
}

#[test]
fn hostile_names_reach_the_terminal_as_text() {
    let mut terminal = Terminal::open();
    terminal.send("?");
    terminal.wait_for("Keys");
    terminal.send("Q");
    terminal.wait_for_end();
    assert_eq!(foreign(&terminal.raw), None, "without any document");
    let folder = tempfile::tempdir().unwrap();
    for name in ["\x1b]0;owned\x07.md", "\u{202e}dm.a", "a\nb.md", "\u{9b}2J.md"] {
        std::fs::write(folder.path().join(name), "# A\n\n[x](\x1b[31m)\n").unwrap();
    }
    assert_harmless(&[folder.path().to_owned()]);
}
