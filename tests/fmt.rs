//! `briefing fmt`: what it writes, prints and refuses.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const WILD: &str = "title:   T   # kept\ncards:\n- id: a\n  title: A\n- {id: b,title: B}\n";
const NORMAL: &str =
    "title: T   # kept\ncards:\n  - id: a\n    title: A\n\n  - {id: b, title: B}\n";

/// Runs the program in a folder: its exit code, what it prints and what it says.
fn fmt(folder: &Path, args: &[&str], input: Option<&[u8]>) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
    command.arg("fmt").args(args).current_dir(folder);
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let (Some(input), Some(mut to)) = (input, child.stdin.take()) {
        to.write_all(input).unwrap();
    }
    let out = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn files_are_written_in_normal_form() {
    let marked = [b"\xef\xbb\xbf", WILD.replace('\n', "\r\n").as_bytes()].concat();
    let place = folder(&[("a.yaml", WILD.as_bytes()), ("b.yaml", &marked), ("c.yml", b"x:  1\n")]);
    let read = |name: &str| fs::read(place.path().join(name)).unwrap();
    let listed = (1, "./a.yaml\n./b.yaml\n".to_owned(), String::new());
    assert_eq!(fmt(place.path(), &["--check", "."], None), listed);
    assert_eq!(read("a.yaml"), WILD.as_bytes(), "nothing is changed");
    let said = "./a.yaml: written\n./b.yaml: written\n".to_owned();
    assert_eq!(fmt(place.path(), &["."], None), (0, String::new(), said));
    assert_eq!(read("a.yaml"), NORMAL.as_bytes());
    let wanted = [b"\xef\xbb\xbf", NORMAL.replace('\n', "\r\n").as_bytes()].concat();
    assert_eq!(read("b.yaml"), wanted, "the mark and the ends of lines are kept");
    assert_eq!(read("c.yml"), b"x:  1\n", "no briefing");
    assert_eq!(fmt(place.path(), &["--check", "."], None), (0, String::new(), String::new()));
}

#[test]
fn a_link_stays_one() {
    let place = folder(&[("a.yaml", WILD.as_bytes())]);
    let link = place.path().join("link.yaml");
    std::os::unix::fs::symlink("a.yaml", &link).unwrap();
    assert_eq!(fmt(place.path(), &["link.yaml"], None).0, 0);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(place.path().join("a.yaml")).unwrap(), NORMAL);
}

#[test]
fn what_is_piped_in_is_printed() {
    let place = folder(&[]);
    let run = |args: &[&str], input: &str| fmt(place.path(), args, Some(input.as_bytes()));
    assert_eq!(run(&["-"], WILD), (0, NORMAL.to_owned(), String::new()));
    assert_eq!(run(&["--check", "-"], WILD), (1, "-\n".to_owned(), String::new()));
    assert_eq!(run(&["--check", "-"], NORMAL), (0, String::new(), String::new()));
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let files: [(&str, &[u8]); 4] = [
        ("torn.yaml", b"cards:\n  - id: [a\n"),
        ("notes.md", b"# Notes\n"),
        ("old.yaml", b"cards:\n  - title: caf\xe9 x\n"),
        ("good.yaml", WILD.as_bytes()),
    ];
    let place = folder(&files);
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).chain(["none.yaml"]).collect();
    let (code, out, said) = fmt(place.path(), &names, None);
    assert_eq!((code, out.as_str()), (2, ""));
    for line in [
        "torn.yaml:2:9: this `[` is not closed",
        "notes.md: not a briefing file",
        "old.yaml: the file is not UTF-8",
        "none.yaml: no such file or folder",
        "good.yaml: written",
    ] {
        assert!(said.contains(line), "`{line}` not in:\n{said}");
    }
    for (name, bytes) in files.iter().take(3) {
        assert_eq!(fs::read(place.path().join(name)).unwrap(), *bytes, "{name}");
    }
}

/// The briefing files of a folder and those below it.
fn yaml_below(folder: PathBuf) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn the_files_of_the_tests_are_refused_or_say_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = yaml_below(root.join("tests"));
    files.extend(yaml_below(root.join("briefings")));
    let place = folder(&[]);
    let import = |path: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
        command.arg("import").arg(path).stdin(Stdio::null()).output().unwrap().stdout
    };
    for file in files {
        let copy = place.path().join("copy.yaml");
        fs::copy(&file, &copy).unwrap();
        let before = import(&copy);
        let (code, _, said) = fmt(place.path(), &["copy.yaml"], None);
        assert!(code == 0 || !said.contains("say the same"), "{}: {said}", file.display());
        assert_eq!(import(&copy), before, "{}", file.display());
        if code == 0 {
            let again = fmt(place.path(), &["--check", "copy.yaml"], None);
            assert_eq!(again, (0, String::new(), String::new()), "{}", file.display());
        }
    }
}
