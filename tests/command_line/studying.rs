//! Studying without a screen: a session line by line, what came of it, and what is put aside.

use super::{Place, Ran};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

const PORTS: &str = "\
id: b
title: Ports
voices: {us: {name: U.S. officials}, un: {name: The UN}}
cards:
- id: a
  title: Ecuador
  body: text
  questions:
  - {id: who, q: \"Who leads [[a]]?\", a: \"*Noboa*, since 2023\"}
  - {id: when, q: Where?, a: Caracas, type: typed, hint: a capital}
  claims: [{by: us, text: Strikes go on.}]
- id: c
  title: Peru
  body: text
  questions:
  - {id: last, q: Which?, a: That one}
";

/// A folder in which all questions are asked at once.
fn place() -> Place {
    let study = "new_from: all\nwait_after_reading: 0\nfuzz: false\n";
    Place::new().file("b.yaml", PORTS).file("briefing/study.yaml", study)
}

impl Place {
    /// Studies, and writes these lines.
    fn study(&self, args: &[&str], lines: &str) -> Ran {
        self.study_of("b.yaml", args, lines)
    }

    fn study_of(&self, file: &str, args: &[&str], lines: &str) -> Ran {
        let all = [&["study", file, "--plain"], args].concat();
        let mut child = self
            .command(&all)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may have ended before it read all of it.
        drop(child.stdin.take().unwrap().write_all(lines.as_bytes()));
        Ran(child.wait_with_output().unwrap())
    }

    /// The answers that are kept: item, grade, interval, whether they changed a schedule.
    fn answers(&self) -> Vec<String> {
        let log = self.run(&["study", "log", "b.yaml"]).code(0).out();
        let columns = |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            [cells[1], cells[2], cells[4], cells[5]].join(" ").trim().to_owned()
        };
        log.lines().map(columns).collect()
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let out = self.run(&[args, &["--format", "json"]].concat()).code(0).out();
        serde_json::from_str(&out).unwrap()
    }
}

#[test]
fn a_session_is_asked_line_by_line() {
    let place = place();
    let ran = place.study(&[], "\n3\nh\ncaracos\n\n2\ngo\n\na\n\nq\n").code(0);
    let out = ran.out();
    let wanted = [
        "4 left: Ecuador\nWho leads Ecuador?\n",
        "Answer: Noboa, since 2023\n1 again 10 min, 2 hard 1 day, 3 good 2 days, 4 easy 8 days\n",
        "3 left: Ecuador\nWhere?\nHint: a capital\nAlmost: Carac[-o-]{+a+}s\nAnswer: Caracas\n",
        "Who asserts this?",
        "  1 The UN\n  2 U.S. officials\nRight.\nAnswer: U.S. officials\n",
        "1 left: Peru\nWhich?\nAnswer: That one\n",
        "1 left: Peru\nWhich?\nAnswer: That one\n",
    ];
    let mut at = 0;
    for part in wanted {
        let found = out[at..].find(part);
        at += found.unwrap_or_else(|| panic!("`{part}` not in order in:\n{out}")) + 1;
    }
    assert!(out.ends_with("\n4 answers, 3 known; 1 left\n"), "{out}");
    let answers = place.answers().join("|");
    assert!(answers.starts_with("b/a#who good 2|b/a#when hard 1|b/a#claim~"), "{answers}");
    assert!(answers.ends_with(" good 2|b/c#last again 0"), "{answers}");
}

#[test]
fn what_was_done_is_taken_back_also_after_the_last_one() {
    let place = place();
    // Buried, suspended and flagged ones too; then there is nothing more to take back.
    let ran = place.study(&[], "b\nu\ns\nu\nf\nu\nu\n\n1\nu\nq\n").code(0);
    let ran = ran.complains("put off until tomorrow").complains("there is nothing to take back");
    assert!(ran.out().ends_with("\n0 answers, 0 known; 4 left\n"), "{}", ran.out());
    assert!(place.answers().is_empty());
    let kept = place.run(&["state", "export"]).out();
    assert_eq!((kept.lines().count(), kept.matches("\"undo\"").count()), (8, 4), "{kept}");
    let ran = place.study(&[], ":s\n:b\n\n4\n\n1\nu\n\n4\nu\n\n2\n\n").code(0);
    assert!(ran.out().ends_with("\n2 answers, 2 known; nothing is left\n"), "{}", ran.out());
    place.run(&["study", "suspended", "b.yaml"]).code(0).says("b/a#who\tWho leads Ecuador?\n");
}

#[test]
fn the_end_of_the_input_is_the_end_of_the_session() {
    let place = place();
    for (lines, answers) in [("", 0), ("\n", 0), ("\n3\n", 1), ("\n\u{1b}]0;x\u{7}\n3", 2)] {
        let ran = place.study(&[], lines).code(0);
        assert!(!ran.err().contains('\u{1b}') && !ran.out().contains('\u{1b}'));
        assert_eq!(place.answers().len(), answers, "{lines:?}");
    }
}

#[test]
fn no_grade_is_lost_when_the_next_question_is_there() {
    let place = place();
    let mut child = place
        .command(&["study", "b.yaml", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut wait_for = |words: &str| {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "ended before `{words}`");
        }
    };
    wait_for("4 left");
    input.write_all(b"\n3\n").unwrap();
    wait_for("3 left");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(place.answers(), ["b/a#who good 2"]);
}

#[test]
fn cramming_changes_no_schedule() {
    let place = place();
    place.study(&[], "\n3\nq\n").code(0);
    let before = place.json(&["study", "forecast", "b.yaml"]);
    let ran =
        place.study(&["--cram"], "\n1\nq\n").code(0).says("1 again, 2 hard, 3 good, 4 easy\n");
    assert!(ran.out().starts_with("\n4 left"), "{}", ran.out());
    assert_eq!(place.answers(), ["b/a#who good 2", "b/a#who again  crammed"]);
    assert_eq!(place.json(&["study", "forecast", "b.yaml"]), before);
    place.run(&["study", "--due", "--cram", "--plain"]).code(2);
}

#[test]
fn nothing_is_asked_where_nothing_is_due() {
    let place = Place::new().file("b.yaml", PORTS).file("list", "# A text\n");
    let ran = place.study(&[], "").code(0).says("nothing is due\n");
    ran.says("4 questions of cards that you have not read yet");
    place.run(&["study", "--plain", "./list"]).code(0).says("No card here has questions.");
    place.run(&["study", "b.yaml"]).code(2).complains("`--plain` asks line by line");
    place.run(&["study", "--plain", "none.yaml"]).code(2).complains("none.yaml");
}

#[test]
fn a_private_session_keeps_nothing() {
    let place = place();
    place.study(&["--private"], "\n3\nq\n").code(0).says("1 answer, 1 known");
    for args in [&["stats"][..], &["log"], &["forecast"], &["suspended"], &["flagged"]] {
        place.run(&[&["study"], args, &["b.yaml"]].concat()).code(0);
    }
    assert!(!place.folder.path().join(".data").exists());
}

/// A document has no id of its own: of a short one everything else may have changed.
#[test]
fn a_deck_that_grows_keeps_its_answers() {
    let asked = |place: &Place, file: &str| {
        let ran = place.run(&["study", "stats", file]).code(0);
        ran.out().lines().find_map(|line| Some(line.split_once(" asked")?.0.trim().to_owned()))
    };
    let deck = |n: usize| -> String {
        let card = |n| format!("Q: Question {n} is?\nA: Answer {n}, {}.\n\n", n * 7);
        (1..=n).map(card).collect::<String>()
    };
    let place = place()
        .file("deck.md", deck(2))
        .file("other/deck.md", "Q: Who wrote it?\nA: Nobody knows who did.\n");
    place.study_of("deck.md", &[], "\n3\n\n4\nq\n").code(0);
    let ends_with = |file: &str, place: &Place, end: &str| {
        let line = asked(place, file);
        assert!(line.as_ref().is_some_and(|l| l.ends_with(end)), "{line:?}, wanted {end}");
    };
    ends_with("deck.md", &place, "2 of 2");
    let place = place.file("deck.md", deck(40));
    ends_with("deck.md", &place, "2 of 40");
    // The next answer is kept under the same name, and so is the one after another change.
    place.study_of("deck.md", &[], "\n3\nq\n").code(0);
    let place = place.file("deck.md", format!("Q: The first is?\nA: A new one.\n\n{}", deck(4)));
    ends_with("deck.md", &place, "3 of 5");
    // Of another file of that name nothing is known.
    place.run(&["study", "stats", "other/deck.md"]).code(0).says("Nothing was studied yet.");
    // One that was moved is known by the text that it had when something was kept last.
    let place = place.file("moved/deck.md", deck(40));
    ends_with("moved/deck.md", &place, "3 of 40");
}

#[test]
fn what_came_of_it_is_printed() {
    let place = place();
    place.run(&["study", "stats", "b.yaml"]).code(0).says("Nothing was studied yet.");
    place.study(&[], "\n3\nxx\n1\n\n4\nq\n").code(0);
    let ran = place.run(&["study", "stats", "b.yaml"]).code(0).says("3 answers, 67 % known, 3 new");
    ran.says("Due   1 question\n").says("3 of 4 asked").says("studied on 1 day; 1 in a row");
    let stats = place.json(&["study", "stats", "b.yaml"]);
    let today = &stats["today"];
    assert_eq!(
        (&today["answers"], &today["known"], &today["due"]),
        (&3.into(), &2.into(), &1.into())
    );
    assert_eq!(stats["forecast"].as_array().unwrap().len(), 30);
    assert_eq!(stats["retention"][0]["young"]["share"], serde_json::Value::Null);
    assert_eq!(
        (&stats["briefings"][0]["asked"], &stats["calendar"][0]["new"]),
        (&3.into(), &3.into())
    );
    let days = place.run(&["study", "forecast", "b.yaml", "--days", "3"]).code(0).out();
    let due: Vec<&str> = days.lines().map(|line| line.split_once('\t').unwrap().1).collect();
    assert_eq!(due, ["1", "0", "1"]);
    let log = place.json(&["study", "log", "b.yaml"]);
    assert_eq!((&log[1]["word"], &log[1]["interval"]), (&"again".into(), &0.into()));
    assert!(log[0]["at"].as_str().unwrap().contains('T'), "{log}");
}

#[test]
fn what_is_put_aside_comes_back() {
    let place = place();
    place.study(&[], "f\ns\nq\n").code(0).complains("flagged").complains("suspended");
    let list = |which: &str| place.run(&["study", which, "b.yaml"]).code(0).out();
    assert_eq!(list("suspended"), "b/a#who\tWho leads Ecuador?\n");
    assert_eq!(list("flagged"), list("suspended"));
    let back =
        |which: &str, how: &str, item: &str| place.run(&["study", which, "b.yaml", how, item]);
    back("suspended", "--resume", "b/a#whom").code(2).complains("did you mean `b/a#who`?");
    back("suspended", "--resume", "b/a#who").code(0).complains("1 asked again");
    back("flagged", "--unflag", "b/a#who").code(0).complains("1 no longer flagged");
    assert_eq!((list("suspended"), list("flagged")), (String::new(), String::new()));
    place.study(&[], "q\n").code(0).says("4 left");
}

/// So many cards with a question each, and answers to them as another machine would write them.
fn studied(cards: usize) -> (String, String) {
    const DAY: usize = 86_400_000;
    let mut file = String::from("id: m\ntitle: Many\ncards:\n");
    let mut events = String::new();
    for card in 0..cards {
        writeln!(
            file,
            "- {{id: c{card}, title: T{card}, body: x, questions: [{{id: q, q: Q{card}, a: A}}]}}"
        )
        .unwrap();
        for (turn, day) in [0, 2, 9, 30].into_iter().enumerate() {
            let (at, grade) = (
                1_700_000_000_000 + day * DAY + card * 60_000,
                if (card + turn) % 5 == 0 { 1 } else { 3 },
            );
            writeln!(events, "{{\"id\":\"{at}-{card}\",\"at\":{at},\"on\":{{\"briefing\":\"m\",\"card\":\"c{card}\",\"item\":\"q\"}},\"do\":\"review\",\"grade\":{grade},\"took_ms\":5000,\"moment\":{at},\"offset\":60}}").unwrap();
        }
    }
    (file, events)
}

#[test]
fn parameters_are_found_and_written_without_touching_anything_else() {
    let (file, events) = studied(120);
    let place = Place::new().file("m.yaml", file).file("m.jsonl", events);
    place.run(&["study", "optimize", "m.yaml"]).code(1).complains("64 are needed");
    place.run(&["state", "import", "m.jsonl"]).code(0);
    let ran = place.run(&["study", "optimize", "m.yaml"]).code(0).complains("rest on 360 answers");
    let line = ran.complains("log-loss").out();
    assert!(line.starts_with("parameters: ") && line.matches(", ").count() == 20, "{line}");
    let settings = place.folder.path().join("briefing/study.yaml");
    assert!(!settings.exists());
    place.run(&["study", "optimize", "m.yaml", "--write"]).code(0);
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), line);
    let place = place.file("briefing/study.yaml", "# mine\nparameters: 1\nretention: 0.8 # low\n");
    place.run(&["study", "optimize", "m.yaml", "--write"]).code(0).complains("written into");
    let written = std::fs::read_to_string(&settings).unwrap();
    assert_eq!(written, format!("# mine\n{line}retention: 0.8 # low\n"));
    let stats = place.run(&["study", "stats", "m.yaml"]).code(0);
    assert!(stats.err().is_empty(), "{}", stats.err());
    stats.says("aimed at 80 %");
}
