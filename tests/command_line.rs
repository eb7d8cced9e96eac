//! The program without a screen: what it prints where, and with which exit code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

#[path = "command_line/studying.rs"]
mod studying;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder to run the program in.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("HOME", self.folder.path());
        command.env("XDG_CONFIG_HOME", self.folder.path());
        command.env("XDG_DATA_HOME", self.folder.path().join(".data"));
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().unwrap())
    }
}

struct Ran(Output);

impl Ran {
    fn code(self, code: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "{}\n{}", self.out(), self.err());
        self
    }

    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    fn says(self, text: &str) -> Self {
        assert!(self.out().contains(text), "`{text}` not in:\n{}", self.out());
        self
    }

    fn complains(self, text: &str) -> Self {
        assert!(self.err().contains(text), "`{text}` not in:\n{}", self.err());
        self
    }
}

const GOOD: &str = "id: g\ntitle: Good\ncards:\n  - id: a\n    title: First\n    kind: term\n    bottom_line: It leads to [[b]].\n  - id: b\n    title: Second\n    aliases: [Deux]\n    body: Text.\n";
const BAD: &str = "id: b\ntitle: Bad\ncards:\n  - id: a\n    title: First\n    bottom_lin: Typo.\n    body: It leads to [[c]].\n";

#[test]
fn shows_a_card_by_id_title_and_alias() {
    let place = Place::new().file("g.yaml", GOOD);
    for name in ["b", "Second", "second", "Deux", "g/b"] {
        place.run(&["show", name, "g.yaml"]).code(0).says("Second").says("Text.");
    }
    place.run(&["show", "a", "g.yaml"]).code(0).says("It leads to Second[1].").says("[1] b");
    place.run(&["show", "g.yaml"]).code(0).says("First");
    place
        .run(&["show", "secnd", "g.yaml"])
        .code(2)
        .complains("error: no card is called `secnd`")
        .complains("help: did you mean `Second`?");
    place.run(&["show", "narcoterrorism"]).code(0).says("Narcoterrorism");
}

#[test]
fn shows_at_any_width() {
    for width in [20, 33, 72, 120] {
        let ran = Place::new().run(&["show", "the-readout", "--width", &width.to_string()]).code(0);
        let out = ran.out();
        // Below the card stand the addresses of its links, which are not wrapped.
        let (card, _) = out.split_once("\n\n [1]").or(out.split_once("\n\n[1]")).unwrap();
        for line in card.lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
    }
    Place::new().run(&["show", "the-readout", "--width", "3"]).code(2);
}

#[test]
fn lists_a_line_for_each_card_and_nothing_else() {
    let place = Place::new().file("g.yaml", GOOD);
    let ran = place.run(&["list", "g.yaml"]).code(0);
    assert_eq!(ran.out(), "a\tterm\tFirst\nb\ttopic\tSecond\n");
    assert_eq!(ran.err(), "");
    assert_eq!(place.run(&["list"]).code(0).out().lines().count(), 25);
    let json = place.run(&["list", "--format", "json", "g.yaml"]).code(0).out();
    let cards: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(cards[1]["aliases"][0], "Deux");
    assert_eq!(cards[1]["file"], "g.yaml");
    assert_eq!(cards[1]["line"], 8);
}

#[test]
fn checks_with_place_message_and_help() {
    let place = Place::new().file("b.yaml", BAD);
    place
        .run(&["check", "b.yaml"])
        .code(1)
        .says("b.yaml:6:5")
        .says("unknown key `bottom_lin`")
        .says("did you mean `bottom_line`?")
        .says("b.yaml:7:23")
        .says("no card is called `c`")
        .complains("1 error, 1 warning in 1 briefing with 1 card");
    let json = place.run(&["check", "--format", "json", "b.yaml"]).code(1).out();
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["briefings"][0]["cards"], 1);
    assert_eq!(report["briefings"][0]["diagnostics"]["unknown-key"], 1);
    let found = &report["diagnostics"];
    assert_eq!(found[0]["code"], "unknown-key");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&6.into(), &5.into()));
}

#[test]
fn warnings_alone_are_fine_unless_strict() {
    let place = Place::new().file("w.yaml", BAD.replace("bottom_lin:", "bottom_line:"));
    place.run(&["check", "w.yaml"]).code(0).says("no card is called `c`");
    place.run(&["check", "--strict", "w.yaml"]).code(1);
    place.run(&["check"]).code(0).complains("0 errors, 0 warnings in 1 briefing with 25 cards");
}

#[test]
fn searches_a_line_for_each_card_the_best_first() {
    let place = Place::new().file("g.yaml", GOOD);
    let ran = place.run(&["search", "second", "g.yaml"]).code(0);
    assert_eq!(
        ran.out(),
        "g.yaml:9:12\tb\tSecond\tText.\ng.yaml:7:18\ta\tFirst\tIt leads to Second.\n"
    );
    assert_eq!(ran.err(), "");
    place.run(&["search", "deux kind:topic", "g.yaml"]).code(0).says("\tb\tSecond\t");
    place.run(&["search", "-second", "g.yaml"]).code(1);
    let ran = place.run(&["search", "t", "g.yaml", "--limit", "1"]).code(0);
    assert_eq!(ran.out().lines().count(), 1);
    let json = place.run(&["search", "LEADS", "--format", "json", "g.yaml"]).code(0).out();
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    let hit = &found[0];
    assert_eq!(
        (&hit["file"], &hit["briefing"], &hit["card"]),
        (&"g.yaml".into(), &"g".into(), &"a".into())
    );
    assert_eq!((&hit["line"], &hit["column"]), (&7.into(), &21.into()));
    assert_eq!(
        (&hit["field"], &hit["snippet"]),
        (&"bottom-line".into(), &"It leads to Second.".into())
    );
    assert_eq!(hit["matches"], serde_json::json!([[3, 8]]));
    assert!(hit["score"].as_f64().is_some_and(|score| score > 0.0));
}

#[test]
fn a_search_without_result_or_sense_says_so() {
    let place = Place::new().file("g.yaml", GOOD);
    let ran = place.run(&["search", "secnod", "g.yaml"]).code(1);
    assert_eq!(ran.out(), "");
    assert_eq!(ran.err(), "nothing found for `secnod`\n  help: did you mean `second`?\n");
    let json = place.run(&["search", "none", "--format", "json", "g.yaml"]).code(1).out();
    assert_eq!(json, "[]\n");
    let ran = place.run(&["search", "text kid:term", "g.yaml"]).code(2);
    assert_eq!(
        ran.err(),
        "error: there is no field `kid:`\n  text kid:term\n       ^^^^\n  help: did you mean `kind:`?\n"
    );
    place.run(&["search", "linked:Secnd", "g.yaml"]).code(2).complains("linked:\"Second\"");
    place.run(&["search", "  ", "g.yaml"]).code(2).complains("nothing to look for");
    place.run(&["search", "text", "none.yaml"]).code(2).complains("no such file");
    place.run(&["search", "--help"]).code(0).says("~word").says("voice:x verb:denies");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let place = Place::new().file("g.yaml", GOOD).file("a.png", "\u{89}PNG").file("empty/x", "");
    let place = place.file("a.md", b"\x7fELF\x02\x01\0\0\0");
    place.run(&["list", "none.yaml"]).code(2).complains("none.yaml: no such file");
    place.run(&["list", "a.md"]).code(2).complains("does not look like text");
    place.run(&["list", "empty"]).code(2).complains("no documents");
    place.run(&["list", "none.yaml", "g.yaml"]).code(2).says("a\tterm").complains("none.yaml");
    place.run(&["list", "."]).code(0).says("a\tterm");
    let pipe = place.folder.path().join("pipe.yaml");
    let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, mode, 0).unwrap();
    let words = "pipe.yaml: a pipe, not a regular file";
    place.run(&["list", "."]).code(2).says("a\tterm").complains(words);
    place.run(&["list", "pipe.yaml"]).code(2).complains(words);
}

#[test]
fn without_a_terminal_the_start_card_is_printed() {
    let place = Place::new();
    place.run(&[]).code(0).says("The readout").complains("briefing show CARD");
    let mut dumb = place.command(&[]);
    assert_eq!(dumb.env("TERM", "dumb").output().unwrap().status.code(), Some(0));
}

#[test]
fn help_teaches() {
    let place = Place::new();
    let ran = place.run(&["--help"]).code(0);
    for text in ["show", "list", "search", "check", "Examples:", "keymap.yaml", "Exit codes"] {
        assert!(ran.out().contains(text), "{text}");
    }
    for args in [&["--help"][..], &["-h"], &["check", "--help"], &["--none"], &["show", "--width"]]
    {
        let ran = place.run(args);
        assert!(!ran.out().contains('\u{1b}') && !ran.err().contains('\u{1b}'), "{args:?}");
    }
    place.run(&["--version"]).code(0).says(env!("CARGO_PKG_VERSION"));
    place.run(&["--colour"]).code(2).complains("unexpected argument");
}

#[test]
fn nothing_of_a_document_acts_on_a_terminal() {
    let hostile = "id: \"h\\e[1m\"\ntitle: \"T\\e]0;x\\a\"\ncards:\n  - id: a\n    title: \"A\\e[2J\\u009b31m\\u202E\"\n    body: \"&#27;[31m \\x07 [[\\e[5mnowhere]]\"\n    \"k\\e[7m\": x\n";
    let raw = "# A\u{9b}1m\n\nIt is\u{9b}31m here, \u{7f} and \u{202e} there.\n\nThe rest.\n";
    let place = Place::new()
        .file("\u{1b}]0;h.yaml", hostile)
        .file("\u{9b}2J\u{7f}\u{202e}/\u{9b}31m.md", raw)
        .file("\u{9b}2J\u{7f}\u{202e}/\u{9b}32m.md", "[[\u{9b}33m]] [x](\u{9b}.md)\n");
    for args in [
        &["show", "a", "."][..],
        &["show", "\u{1b}[31m", "."],
        &["list", "."],
        &["check", "."],
        &["check", "\u{1b}[31m.yaml"],
        &["\u{1b}[31m"],
        &["--\u{1b}[31m"],
        &["list", "--format", "json", "."],
        &["search", "31m", "."],
        &["search", "kind:\u{1b}[31m\u{202e}", "."],
        &["search", "\u{1b}[31m\u{202e}nothing", "."],
        &["search", "--format", "json", "31m", "."],
        &["check", "--format", "json", "."],
        &["claims", "."],
        &["claims", "--voice", "\u{1b}[31m", "."],
        &["--\u{9b}31m\u{7f}\u{202e}"],
        &["show", "\u{9b}31m", "\u{9b}2J\u{7f}\u{202e}"],
        &["check", "--format", "short", "."],
        &["check", "--format", "sarif", "."],
        &["index", "."],
        &["index", "--format", "json", "."],
        &["timeline", "--format", "json", "."],
        &["path", "a", "\u{9b}31m", "."],
        &["path", "--format", "json", "a", "a", "."],
        &["study", "list", "--format", "json", "."],
        &["export", "anki", "."],
        &["import", "\u{9b}2J\u{7f}\u{202e}"],
        &["fmt", "--check", "\u{9b}2J\u{7f}\u{202e}"],
    ] {
        let ran = place.run(args);
        for text in [ran.out(), ran.err()] {
            let bad = |c: &char| (c.is_control() && *c != '\n' && *c != '\t') || *c == '\u{202e}';
            assert!(!text.chars().any(|c| bad(&c)), "{args:?}: {text:?}");
        }
    }
}

#[test]
fn nothing_of_our_hostile_documents_acts_on_a_terminal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut paths: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.push(folder);
    let place = Place::new();
    for path in &paths {
        let path = path.to_str().unwrap();
        for args in [
            vec!["show", path],
            vec!["list", path],
            vec!["check", path],
            vec!["check", "--format", "json", path],
            vec!["import", path],
            vec!["search", "--format", "json", "a", path],
            vec!["search", "a", path],
            vec!["timeline", path],
        ] {
            let ran = place.run(&args);
            assert!(ran.0.status.code().is_some_and(|code| code < 3), "{args:?}");
            for text in [ran.out(), ran.err()] {
                let bad =
                    |c: &char| (c.is_control() && *c != '\n' && *c != '\t') || *c == '\u{202e}';
                assert!(!text.chars().any(|c| bad(&c)), "{args:?}: {text:?}");
            }
        }
    }
}

#[test]
fn odd_bytes_in_arguments_and_files_do_no_harm() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"\xff\xfe.yaml");
    let place = Place::new().file("x.yaml", b"title: \xff\ncards: [{title: A\xc3, body: x}]");
    let mut command = place.command(&["list"]);
    assert_eq!(command.arg(odd).output().unwrap().status.code(), Some(2));
    let mut command = place.command(&["show"]);
    assert_eq!(command.arg(odd).output().unwrap().status.code(), Some(2));
    // Read in another encoding, with a word about it.
    place.run(&["list", "x.yaml"]).code(0).says("\ttopic\tA");
    place.run(&["check", "x.yaml"]).code(0).says("warning[not-utf-8]").says("at byte 7");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let cards: String = (0..20_000)
        .map(|n| format!("  - {{id: c{n}, title: T, body: x}}\n"))
        .fold(String::new(), |all, card| all + &card);
    let place = Place::new().file("many.yaml", format!("title: M\ncards:\n{cards}"));
    let mut child = place
        .command(&["list", "many.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    // Nobody hears what went wrong either.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = place.command(&["list", "none.yaml"]).stderr(writer).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn the_briefings_that_come_along_are_without_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
    Place::new().run(&["check", "--strict", folder.to_str().unwrap()]).code(0);
}

#[test]
fn the_example_in_the_readme_is_without_fault() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, rest) = readme.split_once("```yaml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let place = Place::new().file("example.yaml", example);
    place.run(&["check", "--strict", "example.yaml"]).code(0);
}

const NOTE: &str =
    "# Title\n\nSee [one](sub/one.md#part) and [[one]].\n\n## Second\n\n[up](#title)\n";

#[test]
fn documents_of_other_kinds_are_read_as_they_are() {
    let place = Place::new().file("n/a.md", NOTE).file("n/sub/one.md", "# One\n\n## Part\n\nx\n");
    place.run(&["list", "n"]).code(0).says("a\ttopic\tTitle").says("sub/one\ttopic\tOne");
    place.run(&["list", "n/a.md"]).code(0).says("a\ttopic\tTitle").says("second\ttopic\tSecond");
    place.run(&["show", "Title", "n"]).code(0).says("[1] sub/one#part");
    let cards = |split| place.run(&["list", "n", "--split", split]).code(0).out().lines().count();
    assert_eq!([cards("0"), cards("all"), cards("auto")], [2, 3, 2]);
    place.run(&["list", "n", "--split", "some"]).code(2).complains("a number, `all` or `auto`");
    place.run(&["check", "n"]).code(0).complains("0 errors, 0 warnings");
}

#[test]
fn a_document_becomes_a_briefing_file_with_the_same_cards() {
    let place = Place::new().file("n/a.md", NOTE).file("n/sub/one.md", "# One\n\n## Part\n\nx\n");
    place.run(&["import", "n", "-o", "n.yaml", "--split", "all"]).code(0);
    place.run(&["import", "n", "-o", "n.yaml"]).code(2).complains("there is such a file already");
    let titles = |path, split| {
        let out = place.run(&["list", path, "--split", split]).code(0).out();
        out.lines().map(|line| line.rsplit('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("n.yaml", "auto"), titles("n", "all"));
    let links = |path, split| {
        let json = place.run(&["check", "--format", "json", path, "--split", split]).code(0).out();
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        report["briefings"][0]["links"].clone()
    };
    assert_eq!(links("n.yaml", "auto"), links("n", "all"));
    place.run(&["import", "n/a.md"]).code(0).says("- id: second");
}

#[test]
fn ways_and_dates_are_printed() {
    let place = Place::new();
    place
        .run(&["path", "tommy-pigott", "venezuela"])
        .code(0)
        .says("Tommy Pigott\n  -> ")
        .says("Venezuela\n");
    place.run(&["path", "venezuala", "ecuador"]).code(2).complains("did you mean `venezuela`?");
    let json = place.run(&["path", "ecuador", "ecuador", "--format", "json"]).code(0).out();
    assert_eq!(json.trim(), "[]");
    let place = place.file("n/a.md", "# A\n").file("n/b.md", "# B\n");
    place.run(&["path", "A", "B", "n"]).code(1).complains("no references lead between `A` and `B`");
    let dates = place.run(&["timeline"]).code(0).out();
    let days: Vec<_> = dates.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert!(days.len() > 20 && days.is_sorted(), "{dates}");
    let json = place.run(&["timeline", "--format", "json"]).code(0).out();
    let events: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(events.as_array().unwrap().len(), days.len());
}

#[test]
fn claims_are_listed_by_voice_standing_and_source() {
    let place = Place::new();
    let disputed = place.run(&["claims", "--standing", "disputed"]).code(0).out();
    assert_eq!(disputed.lines().count(), 5, "{disputed}");
    assert!(disputed.lines().all(|line| line.split('\t').nth(3) == Some("disputed")));
    let by = |name: &str| place.run(&["claims", "--voice", name]).code(0).out();
    assert_eq!(by("us-officials"), by("U.S. Officials, unnamed"));
    assert_eq!(by("us-officials").lines().count(), 3);
    let from = place.run(&["claims", "--source", "seed#p4", "--format", "json"]).code(0).out();
    let from: serde_json::Value = serde_json::from_str(&from).unwrap();
    assert_eq!(from[0]["card"], "close-coordination");
    assert_eq!(from[0]["from"][0]["passage"], "p4");
    place.run(&["claims", "--voice", "nobao"]).code(2).complains("did you mean `noboa`?");
    place.run(&["claims", "--source", "seed#p9"]).code(2).complains("no passage is called `p9`");
    place.run(&["claims", "--standing", "sure"]).code(2).complains("single-source");
}

#[test]
fn a_new_briefing_is_without_fault_and_replaces_nothing() {
    let place = Place::new();
    place.run(&["new", "my notes.yaml", "--title", "A: \"title\" # of \\ mine"]).code(0);
    place.run(&["check", "--strict", "my notes.yaml"]).code(0).complains("0 errors, 0 warnings");
    let text = fs::read_to_string(place.folder.path().join("my notes.yaml")).unwrap();
    assert!(text.contains("id: \"my-notes\""), "{text}");
    let list = place.run(&["show", "my-notes", "my notes.yaml"]).code(0);
    assert!(list.out().contains("A: \"title\" # of \\ mine"), "{}", list.out());
    place.run(&["new", "my notes.yaml"]).code(2).complains("there is such a file already");
    assert_eq!(fs::read_to_string(place.folder.path().join("my notes.yaml")).unwrap(), text);
    let schema = place.run(&["schema"]).code(0).out();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["required"][0], "cards");
}

#[test]
fn the_index_and_cards_that_nothing_links_to_are_printed() {
    let place = Place::new()
        .file("n/a.md", "# The NATO\n\n[b](b.md)\n")
        .file("n/b.md", "---\naliases: [Alpha]\n---\n\n\n# B\n");
    let index = place.run(&["index", "n"]).code(0).out();
    let cells: Vec<Vec<&str>> =
        index.lines().map(|line| line.split('\t').take(3).collect()).collect();
    let abbreviation = vec!["NATO", "abbreviation", "a"];
    assert_eq!(
        cells,
        [
            vec!["Alpha", "alias", "b"],
            vec!["B", "title", "b"],
            abbreviation,
            vec!["The NATO", "title", "a"]
        ]
    );
    let json = place.run(&["index", "n", "--format", "json"]).code(0).out();
    let entries: serde_json::Value = serde_json::from_str(&json).unwrap();
    let first = &entries[0];
    assert_eq!(
        (&first["name"], &first["card"], &first["line"]),
        (&"Alpha".into(), &"b".into(), &4.into())
    );
    assert!(first["file"].as_str().unwrap().ends_with("b.md"), "{first}");
    let orphans = place.run(&["list", "--orphans", "n"]).code(0).out();
    assert_eq!(orphans, "a\ttopic\tThe NATO\n");
}

const QUESTIONS: &str = "\
id: b
title: \"A :: B\"
voices: {us: {name: U.S. officials}, un: {name: The UN}}
cards:
- id: a
  title: Ecuador
  tags: [two words]
  body: text
  questions:
  - q: Who? <b>   # kept
    a: \"*Noboa* & \\\"co\\\"\"
    both: true
  - {q: When?, a: 2023, type: typed}
  - {cloze: \"It borders ==Peru;;south== and ==2;;Colombia== {{x}}.\"}
  claims: [{by: us, text: Strikes go on.}, {by: un, text: The UN objects.}]
";

#[test]
fn questions_are_listed_as_they_are_asked() {
    let place = Place::new().file("b.yaml", QUESTIONS);
    let lines = place.run(&["study", "list", "b.yaml"]).code(0).out();
    let questions: Vec<&str> = lines.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(
        questions,
        [
            "Who?",
            "Noboa & \"co\"",
            "When?",
            "It borders [south] and Colombia {{x}}.",
            "It borders Peru and [...] {{x}}.",
            "Who asserts this? Strikes go on.",
        ]
    );
    let json = place.run(&["study", "list", "b.yaml", "--format", "json"]).code(0);
    json.says("\"kind\": \"claim\"").says("\"line\": 13").says("\"hint\": null");
    let place = place.file("briefing/study.yaml", "claims: false\nnew: 3\n");
    let ran = place.run(&["study", "list", "b.yaml"]).code(0).complains("`new` is not a setting");
    assert_eq!(ran.out().lines().count(), 5);
}

#[test]
fn ids_are_listed_and_written_only_when_asked_for() {
    let place = Place::new().file("b.yaml", QUESTIONS).file("n.md", "# A\n");
    let file = place.folder.path().join("b.yaml");
    place.run(&["study", "ids", "b.yaml"]).code(0).says("b.yaml:13: a#q-when\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), QUESTIONS);
    place.run(&["study", "ids", "--write", "b.yaml"]).code(0);
    let wanted = QUESTIONS
        .replace("- q: Who? <b>   # kept", "- id: q-who\n    q: Who? <b>   # kept")
        .replace("{q: When", "{id: q-when, q: When")
        .replace("{cloze:", "{id: it-borders-peru-and-colombia, cloze:");
    assert_eq!(fs::read_to_string(&file).unwrap(), wanted);
    assert_eq!(place.run(&["study", "ids", "--write", "b.yaml"]).code(0).out(), "");
    place.run(&["study", "ids", "n.md"]).code(2).complains("only briefing files hold questions");
}

#[test]
fn questions_go_to_anki() {
    let place = Place::new().file("b.yaml", QUESTIONS);
    let args = ["export", "anki", "b.yaml", "--note-type", "cloze=Lückentext"];
    let text = place.run(&args).code(0).out();
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(text.lines().count() - rows.len(), 7);
    assert!(rows[0].starts_with("b/a%23") || rows[0].starts_with("b/a#~"), "{}", rows[0]);
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('\t').skip(1).collect()).collect();
    let wanted = [
        [
            "Basic (and reversed card)",
            "A : B",
            "Who? ",
            "<i>Noboa</i> &amp; &quot;co&quot;",
            "b a two-words",
        ],
        ["Basic (type in the answer)", "A : B", "When?", "2023", "b a two-words"],
        [
            "Lückentext",
            "A : B",
            "It borders {{c1::Peru::south}} and {{c2::Colombia}} {{x}}.",
            "",
            "b a two-words",
        ],
    ];
    assert_eq!(cells[..3], wanted);
    assert_eq!((cells.len(), cells[3][3]), (4, "U.S. officials"));
    assert_eq!(place.run(&["export", "anki", "b.yaml", "--no-claims"]).out().lines().count(), 10);
    place.run(&["export", "anki", "b.yaml", "-o", "q.txt"]).code(0).complains("4 notes written");
    place.run(&["export", "anki", "b.yaml", "-o", "q.txt"]).code(2).complains("--force");
    place.run(&["export", "anki", "--note-type", "x=y"]).code(2).complains("reversed");
}

#[test]
fn what_is_piped_in_is_read() {
    let place = Place::new().file("a.md", "# Piped\n\nSome words.\n\n## Part\n\nMore.\n");
    let piped = |args: &[&str]| {
        let input = fs::File::open(place.folder.path().join("a.md")).unwrap();
        Ran(place.command(args).stdin(input).output().unwrap()).code(0)
    };
    for args in [&["show", "-"][..], &["-"]] {
        assert!(piped(args).out().contains("Some words."), "{args:?}");
    }
    assert!(piped(&["show", "part", "-"]).out().contains("More."));
    assert_eq!(piped(&["list", "-"]).out().lines().count(), 2);
    assert!(piped(&["search", "words", "-"]).out().contains("Piped"));
}

const EVENT: &str = r#"{"id":"a1","at":1700000000000,"on":{"briefing":"g","card":"a","item":"n"},"do":"note","text":"Mine.\nAnd more.","title":"First","anchor":{"quote":"It leads to Second."}}"#;

#[test]
fn what_is_kept_goes_from_one_machine_to_another() {
    let (one, two) = (Place::new().file("a.jsonl", format!("{EVENT}\n")), Place::new());
    one.run(&["state", "export"]).code(0);
    one.run(&["state", "import", "a.jsonl"]).code(0).complains("a.jsonl: 1 events, 1 of them new");
    one.run(&["state", "import", "a.jsonl"]).code(0).complains("1 events, 0 of them new");
    let file = two.folder.path().join("b.jsonl");
    let file = file.to_str().unwrap();
    one.run(&["state", "export", "-o", file]).code(0);
    one.run(&["state", "export", "-o", file]).code(2).complains("`--force` replaces it");
    two.run(&["state", "import", "b.jsonl"]).code(0);
    assert_eq!(two.run(&["state", "export"]).code(0).out(), one.run(&["state", "export"]).out());
    let notes = two.run(&["state", "notes"]).code(0).out();
    assert_eq!(notes, "# g\n\n## First\n\n> It leads to Second.\n\nMine.\nAnd more.\n\n(g/a)\n");
    two.run(&["state", "where"]).code(0).says(".data/briefing");
}

#[test]
fn highlights_are_printed_with_the_notes_in_the_order_of_the_text() {
    let highlight = EVENT
        .replace("a1", "a2")
        .replace("\"item\":\"n\"", "\"item\":\"h\"")
        .replace("\"note\",\"text\":\"Mine.\\nAnd more.\"", "\"highlight\"")
        .replace("It leads to Second.\"", "Second.\",\"byte\":12");
    let place = Place::new().file("a.jsonl", format!("{highlight}\n{EVENT}\n"));
    place.run(&["state", "import", "a.jsonl"]).code(0).complains("2 events, 2 of them new");
    assert_eq!(
        place.run(&["state", "notes"]).code(0).out(),
        "# g\n\n## First\n\n> It leads to Second.\n\nMine.\nAnd more.\n\n(g/a)\n\n> Second.\n\n(g/a)\n"
    );
}

#[test]
fn what_is_kept_can_be_asked_for() {
    let state = |id: &str, card: &str, state: &str| {
        format!(
            r#"{{"id":"{id}","at":1,"on":{{"briefing":"g","card":"{card}"}},"do":"progress","state":"{state}"}}"#
        )
    };
    let seen = r#"{"id":"s","at":1,"on":{"briefing":"g","card":"b"},"do":"seen","print":"0"}"#;
    let all = [EVENT.to_owned(), state("b1", "b", "understood"), seen.to_owned()].join("\n");
    let place = Place::new().file("g.yaml", GOOD).file("a.jsonl", all);
    let found = |place: &Place, query: &str| {
        let ran = place.run(&["search", query, "g.yaml"]);
        let out = ran.out();
        let cards = out.lines().filter_map(|line| line.split('\t').nth(1));
        cards.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    // Nothing is known before anything is kept, and nothing is made by asking.
    assert_eq!(found(&place, "is:unread"), "a b");
    place.run(&["search", "has:note", "g.yaml"]).code(1).complains("nothing found");
    assert!(!place.folder.path().join(".data").exists());
    place.run(&["state", "import", "a.jsonl"]).code(0);
    for (query, cards) in [
        ("has:note", "a"),
        ("-has:note", "b"),
        ("has:highlight", ""),
        ("is:unread", "a"),
        ("is:read", "b"),
        ("is:understood text", "b"),
        ("is:reading", ""),
        ("is:changed", "b"),
    ] {
        assert_eq!(found(&place, query), cards, "{query}");
    }
    let json = place.run(&["search", "has:note", "g.yaml", "--format", "json"]).code(0).out();
    assert!(json.contains(r#""card": "a""#), "{json}");
    place.run(&["search", "has:note", "g.yaml", "--private"]).code(1);
    // What cannot be read is said, and the rest is answered.
    fs::write(place.folder.path().join(".data/briefing/reader.db"), "no database".repeat(99))
        .unwrap();
    place.run(&["search", "first", "g.yaml"]).code(0);
    let ran = place.run(&["search", "is:unread", "g.yaml"]).code(0);
    ran.complains("what was kept cannot be read").complains("as if nothing had been read");
}

#[test]
fn a_hostile_file_of_what_was_kept_is_harmless() {
    let hostile = format!(
        "{EVENT}\n\u{1b}[31mno\n{{\"id\":\"\\u001b\",\"at\":1}}\n{}\n",
        EVENT.replace("a1", "a2").replace("Mine.", "\\u001b]0;x\\u0007\\u202e\\u009b")
    );
    let place = Place::new().file("h.jsonl", hostile);
    let ran = place.run(&["state", "import", "h.jsonl"]).code(1);
    let ran =
        ran.complains("h.jsonl:2: left out").complains("2 events, 2 of them new, 2 lines left out");
    assert!(!ran.err().contains('\u{1b}'));
    for command in ["notes", "export"] {
        let out = place.run(&["state", command]).code(0).out();
        assert!(
            !out.chars().any(|c| c != '\n' && c.is_control()) && !out.contains('\u{202e}'),
            "{out}"
        );
    }
    let export = place.run(&["state", "export"]).out();
    let words = "\u{1b}]0;x\u{7}\u{202e}\u{9b}\nAnd more.";
    let says = |line: &str| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        event["text"] == words
    };
    assert!(export.lines().any(says), "what is escaped says the same: {export}");
    place.run(&["state", "import", "none.jsonl"]).code(2).complains("no such file");
}

#[test]
fn printing_keeps_nothing() {
    let place = Place::new().file("g.yaml", GOOD);
    for args in [&["list", "g.yaml"][..], &["show", "a", "g.yaml"], &["g.yaml"], &["g.yaml#b"]] {
        place.run(args).code(0);
    }
    assert!(!place.folder.path().join(".data").exists());
}

#[test]
fn a_path_may_name_a_card() {
    let place = Place::new().file("g.yaml", GOOD).file("odd#name.yaml", GOOD);
    place.run(&["g.yaml#b"]).code(0).says("Text.");
    place.run(&["g.yaml#Deux"]).code(0).says("Text.");
    place.run(&["odd#name.yaml"]).code(0).says("It leads to");
    place.run(&["g.yaml#none"]).code(2).complains("no card is called `none`");
}

#[test]
fn help_is_a_command_too() {
    let place = Place::new();
    let long = place.run(&["--help"]).code(0).out();
    assert_eq!(place.run(&["help"]).code(0).out(), long);
    let show = place.run(&["show", "--help"]).code(0).out();
    assert_eq!(place.run(&["help", "show"]).code(0).out(), show);
    place.run(&["help", "nothing"]).code(2);
}

#[test]
fn a_file_that_is_no_export_is_said_once() {
    let place = Place::new().file("n.md", "# Notes\n\nOne.\n\nTwo.\n").file("e.jsonl", EVENT);
    let ran = place.run(&["state", "import", "n.md", "e.jsonl"]).code(1);
    let ran = ran.complains("error: n.md: this is no file of `state export`");
    assert_eq!(ran.err().matches("n.md").count(), 1, "{}", ran.err());
    ran.complains("e.jsonl: 1 events, 1 of them new");
}
