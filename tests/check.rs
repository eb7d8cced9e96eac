//! `briefing check` through the real program: its outputs, its exit codes, mending files.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs `briefing check` in a folder.
fn check(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .arg("check")
        .args(args)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

/// A folder with one file.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), text).unwrap();
    folder
}

const CARD: &str = "cards:\n  - {id: a, title: A, body: x}\n";

#[test]
fn each_mistake_is_said_in_its_place() {
    let ran = check(&documents(), &["mistakes.yaml"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("mistakes", format!("{}{}", ran.out, ran.err));
}

#[test]
fn each_mistake_is_a_line() {
    let ran = check(&documents(), &["mistakes.yaml", "--format", "short"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("mistakes_short", ran.out);
}

#[test]
fn a_code_is_explained_and_a_wrong_one_named() {
    let folder = folder(CARD);
    let ran = check(folder.path(), &["--explain", "unused-voice"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("## unused-voice\n\n*warning, in briefing files*\n\nA voice is"));
    assert!(ran.out.contains("Bad:\n\n```yaml\n"), "{}", ran.out);
    let ran = check(folder.path(), &["--explain", "unused-voise"]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert_eq!(
        ran.err,
        "error: there is no code `unused-voise`\n  help: did you mean `unused-voice`?\n"
    );
    let ran = check(folder.path(), &["--explain"]);
    assert!(ran.out.lines().any(|line| line.starts_with("yaml ")), "{}", ran.out);
}

#[test]
fn findings_are_allowed_denied_and_left_out_by_severity() {
    let folder = folder(&format!("as_of: 2026-01-06\nvoices: {{v: {{name: V}}}}\n{CARD}"));
    let run = |args: &[&str]| {
        let ran = check(folder.path(), &[&["a.yaml", "--format", "short"], args].concat());
        (ran.code, ran.out)
    };
    let (info, warning) = (
        "a.yaml:1:8: info[unquoted-date]: YAML has a form of its own for dates without quotes\n",
        "a.yaml:2:10: warning[unused-voice]: the voice `v` makes no claim\n",
    );
    assert_eq!(run(&[]), (0, format!("{info}{warning}")));
    assert_eq!(run(&["--severity", "warning"]), (0, warning.to_owned()));
    assert_eq!(run(&["--severity", "error"]), (0, String::new()));
    assert_eq!(run(&["--allow", "unused-voice", "--strict"]), (0, info.to_owned()));
    let error = warning.replace("warning", "error");
    assert_eq!(run(&["--deny", "warnings"]), (1, format!("{info}{error}")));
    assert_eq!(run(&["--deny", "unused-voice", "--severity", "error"]), (1, error));
    let ran = check(folder.path(), &["a.yaml", "--allow", "unused-voise"]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("did you mean `unused-voice`?"), "{}", ran.err);
    assert_eq!(check(folder.path(), &["none.yaml"]).code, 2);
}

#[test]
fn findings_are_written_for_services() {
    let folder = folder(&format!("voices: {{v: {{name: V}}}}\n{CARD}"));
    let ran = check(folder.path(), &["a.yaml", "--format", "github"]);
    assert_eq!(
        (ran.code, &*ran.out, &*ran.err),
        (
            0,
            "::warning file=a.yaml,line=1,col=10,title=unused-voice::the voice `v` makes no claim%0Ahelp: write `by:` where it speaks, or remove it\n",
            ""
        )
    );
    let ran = check(folder.path(), &["./a.yaml", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "unused-voice");
    let result = &run["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"unused-voice".into(), &"warning".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a.yaml");
    assert_eq!(place["region"], serde_json::json!({ "startLine": 1, "startColumn": 10 }));
    let ran = check(folder.path(), &["a.yaml", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["briefings"][0]["diagnostics"]["unused-voice"], 1);
    assert_eq!(report["diagnostics"][0]["fix"], Value::Null);
}

#[test]
fn a_broken_link_is_placed_in_every_style_of_text() {
    let texts = [
        ("See [[x]].\n", "4:16"),
        ("'It''s [[x]].'\n", "4:19"),
        ("\"A \\u0041 [[x]].\"\n", "4:22"),
        ("|\n      one\n      two [[x]].\n", "6:11"),
        (">-\n      one\n      two [[x]].\n", "6:11"),
        ("one\n      é [[x]].\n", "5:9"),
        ("'it''s\n      é [[x]].'\n", "5:9"),
        ("\"\\u00e9 \\\"q\\\" \\x41\\t[[x]].\"\n", "4:32"),
        ("\"one \\\n      two\n      \\e three [[x]].\"\n", "6:16"),
        ("|2\n        deep\n      é [[x]].\n", "6:9"),
        (">\n      one\n\n        more\n      é [[x]].\n", "8:9"),
    ];
    // The same text once where the library follows links, and once where a rule does.
    let heads = [
        "cards:\n  - id: a\n    title: A\n    body:  ",
        "cards: [{id: a, title: A, body: x}]\nvoices:\n  v:\n    note:  ",
    ];
    for head in heads {
        for (text, place) in texts {
            let folder = folder(&format!("{head}{text}"));
            let ran = check(folder.path(), &["a.yaml", "--format", "short"]);
            let line = ran.out.lines().find(|line| line.contains("broken-reference")).unwrap();
            assert!(line.starts_with(&format!("a.yaml:{place}:")), "{text}: {line}");
        }
    }
}

const TO_MEND: &str = "\u{feff}# kept\r\nas_of: 2026-01-06   # kept\r\nlanguage: no\r\ncards:\r\n  - title: The border  \r\n    body: 'as it is'\r\n";

#[test]
fn mending_changes_what_it_says_and_no_other_byte() {
    let folder = folder(TO_MEND);
    let file = folder.path().join("a.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let ran = check(folder.path(), &["--fix", "--dry-run", "a.yaml"]);
    assert_eq!(
        ran.out,
        "--- a.yaml\n+++ a.yaml\n@@ -2 +2 @@\n-as_of: 2026-01-06   # kept\n+as_of: \"2026-01-06\"   # kept\n@@ -3 +3 @@\n-language: no\n+language: \"no\"\n@@ -5 +5 @@\n-  - title: The border  \n+  - id: the-border\n+    title: The border  \n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), TO_MEND);
    let ran = check(folder.path(), &["--fix", "a.yaml"]);
    assert_eq!((ran.code, &*ran.out), (0, ""));
    assert!(ran.err.starts_with("a.yaml: 3 places mended\n0 errors, 0 warnings"), "{}", ran.err);
    let mended = TO_MEND
        .replace("2026-01-06", "\"2026-01-06\"")
        .replace(": no", ": \"no\"")
        .replace("  - title", "  - id: the-border\r\n    title");
    assert_eq!(fs::read_to_string(&file).unwrap(), mended);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    // Once mended there is nothing left to do.
    let ran = check(folder.path(), &["--fix", "a.yaml"]);
    assert!(!ran.err.contains("mended"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), mended);
}

#[test]
fn what_is_allowed_is_not_mended() {
    let text =
        format!("# briefing: allow unquoted-date -- as it was filed\nas_of: 2026-01-06\n{CARD}");
    let folder = folder(&text);
    check(folder.path(), &["--fix", "a.yaml"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), text);
}

#[test]
fn settings_say_what_is_done_with_findings_and_arguments_come_first() {
    let place = folder(&format!("as_of: 2026-01-06\nvoices: {{press: The press}}\n{CARD}"));
    fs::create_dir(place.path().join("briefing")).unwrap();
    let settings = |text: &str| fs::write(place.path().join("briefing/check.yaml"), text).unwrap();
    let codes = |args: &[&str]| {
        let ran = check(place.path(), &[&["a.yaml", "--format", "short"], args].concat());
        let line = |line: &str| {
            line.split(": ").nth(1).map(str::to_owned).filter(|word| word.contains('['))
        };
        (ran.code, ran.out.lines().filter_map(line).collect::<Vec<_>>().join(" "))
    };
    let found = |code: i32, text: &str| (code, text.to_owned());
    assert_eq!(codes(&[]), found(0, "info[unquoted-date] warning[unused-voice]"));
    settings("unquoted-date: allow\nunused-voice: error\n");
    assert_eq!(codes(&[]), found(1, "error[unused-voice]"));
    assert_eq!(codes(&["--allow", "unused-voice"]), found(0, ""));
    let denied = "error[unquoted-date] error[unused-voice]";
    assert_eq!(codes(&["--deny", "unquoted-date"]), found(1, denied));
    settings("severity: warning\nwarnings: error\n");
    assert_eq!(codes(&[]), found(1, "error[unused-voice]"));
    assert_eq!(codes(&["--severity", "info"]), found(1, "info[unquoted-date] error[unused-voice]"));
    settings("unused-voise: allow\n");
    let ran = check(place.path(), &["a.yaml"]);
    let said = "briefing/check.yaml:1:1: there is no code `unused-voise`\n  help: did you mean `unused-voice`?";
    assert!(ran.code == 0 && ran.err.contains(said), "{}", ran.err);
}

#[test]
fn sources_are_looked_for_beside_the_briefing_and_in_the_folder_that_is_named() {
    let place = folder(&format!(
        "sources: {{note: {{title: A note, file: note.txt, passages: {{p1: {{quote: open}}}}}}}}\n{}",
        CARD.replace("body: x", "body: x, passages: [note#p1]")
    ));
    for name in ["briefing/texts", "other"] {
        fs::create_dir_all(place.path().join(name)).unwrap();
        fs::write(place.path().join(name).join("note.txt"), format!("closed: {name}")).unwrap();
    }
    let found = |args: &[&str]| {
        let ran = check(place.path(), &[&["a.yaml", "--format", "short"], args].concat());
        ran.out.contains("quote-not-found")
    };
    assert!(!found(&[]), "the file is not at hand");
    fs::write(place.path().join("briefing/config.yaml"), "sources: texts\n").unwrap();
    assert!(found(&[]));
    fs::write(place.path().join("other/note.txt"), "It is open.").unwrap();
    assert!(!found(&["--sources", "other"]));
    fs::write(place.path().join("note.txt"), "closed").unwrap();
    assert!(found(&["--sources", "other"]), "what stands beside it comes first");
}
