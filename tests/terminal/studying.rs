//! Studying in a real terminal: what was graded is kept, however the reader ends.

use crate::keeping::{kept, read};
use rustix::process::Signal;
use std::path::Path;
use std::process::Command;

/// All cards of the bundled briefing were read long ago.
fn all_read(data: &Path) {
    let briefing = |args: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_briefing"))
            .args(args)
            .env("XDG_DATA_HOME", data)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let list = briefing(&["list", "--format", "json"]);
    let cards: serde_json::Value = serde_json::from_str(&list).unwrap();
    let line = |(at, card): (usize, &serde_json::Value)| {
        format!(
            "{{\"id\":\"r{at}\",\"at\":{at},\"on\":{{\"briefing\":{},\"card\":{}}},\"do\":\"progress\",\"state\":\"read\"}}\n",
            card["briefing"], card["id"]
        )
    };
    let lines: String = cards.as_array().unwrap().iter().enumerate().map(line).collect();
    let file = data.join("read.jsonl");
    std::fs::write(&file, lines).unwrap();
    briefing(&["state", "import", file.to_str().unwrap()]);
}

/// Grades that are on disk.
fn grades(data: &Path) -> usize {
    kept(data).matches("\"do\":\"review\"").count()
}

#[test]
fn a_grade_is_on_disk_before_the_next_question_comes() {
    let data = tempfile::tempdir().unwrap();
    all_read(data.path());
    for round in 0..3 {
        let mut terminal = read(data.path(), vec!["--start"]);
        terminal.wait_for("read  1/25");
        terminal.send("S");
        terminal.wait_for("0 done");
        terminal.send(" ");
        terminal.wait_for("1 again");
        terminal.send("3");
        terminal.wait_for("1 done");
        // What is shown is true, whatever happens now.
        terminal.signal(Signal::KILL);
        terminal.wait_for_end();
        assert_eq!(grades(data.path()), round + 1);
    }
    // What was graded today is not new any more.
    let mut terminal = read(data.path(), vec!["--start"]);
    terminal.wait_for("read  1/25");
    terminal.send("S");
    terminal.wait_for("0 done, 7 left");
    terminal.send(" 4");
    terminal.wait_for("1 done");
    terminal.send("u");
    terminal.wait_for("0 done");
    terminal.send("c");
    terminal.wait_for("goes back to the question");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    assert!(kept(data.path()).contains("\"what\":\"undo\""));
}
