//! Studying: questions, answers, grades; what is recorded of them, and what comes back.

use super::keeping::{NOW, Shelf};
use super::*;
use crate::app::{Goal, Prepared};
use crate::study::{Desk, FORECAST, Moment, Options};

const SOURCE: &str = r"id: k
title: Knots
voices: {sailor: {name: The sailor}, rigger: {name: The rigger}, cook: {name: The cook}}
cards:
  - id: bowline
    title: Bowline
    bottom_line: It makes a loop that does not slip.
    questions:
      - {q: What does a bowline make?, a: A loop that does not slip., hint: think of mooring}
      - {q: Which knot makes a fixed loop?, a: The bowline, type: typed}
    claims:
      - {by: sailor, verb: says, text: It jams under load.}
  - id: hitch
    title: Clove hitch
    bottom_line: It holds on a post.
    questions:
      - {cloze: The clove hitch holds on a ==post==.}
";

/// A reader that studies: what it asks for is worked out, what it does is kept.
struct Student {
    shelf: Shelf,
    session: Session,
    now: i64,
    options: Options,
}

impl Student {
    /// All cards were read some days ago.
    fn new(source: &str) -> Self {
        let mut shelf = Shelf::new();
        let session = shelf.open(source);
        let options = Options { wait_after_reading: 0, fuzz: false, ..Options::default() };
        let mut student = Self { shelf, session, now: NOW, options };
        student.keys("space n space n space");
        student.now += 3 * 86_400_000;
        student
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.now += 2_000;
            let now = Moment { at_ms: self.now, offset_min: 60 };
            update(&mut self.session.state, Message::Moment(now));
            self.shelf.press(&mut self.session, key);
            self.work();
        }
    }

    /// Answers until a question comes.
    fn until(&mut self, question: &str) {
        for _ in 0..10 {
            if self.screen().contains(question) {
                return;
            }
            self.keys("enter 4");
        }
        panic!("never asked: {question}\n{}", self.screen());
    }

    /// Works out what was asked for.
    fn work(&mut self) {
        let effects = std::mem::take(&mut self.session.effects);
        for effect in effects {
            let Effect::Study(goal, record) = effect else { continue };
            let now = Moment { at_ms: self.now, offset_min: 60 };
            let library = Arc::clone(&self.session.state.library);
            let desk = Desk::new(&library, &record, &self.options, now);
            let statistics = (goal == Goal::Statistics).then(|| desk.statistics(now, FORECAST));
            let prepared = Prepared { goal, library, desk, statistics, now, faults: Vec::new() };
            update(&mut self.session.state, Message::Study(Box::new(prepared)));
        }
        self.shelf.write(&mut self.session);
    }

    fn screen(&self) -> String {
        self.session.screen()
    }

    /// What was recorded of studying, in short.
    fn recorded(&mut self) -> Vec<String> {
        use crate::store::Change;
        let events = self.shelf.events();
        let short = |event: crate::store::Event| match event.change {
            Change::Review { grade, cram, interval, .. } => {
                let cram = if cram { " cram" } else { "" };
                Some(format!("{grade} {}{cram}", interval.map_or("-".into(), |i| i.to_string())))
            }
            Change::Study { what, .. } => Some(what.to_string()),
            _ => None,
        };
        events.into_iter().filter_map(short).collect()
    }
}

#[test]
fn a_question_is_answered_and_graded_and_recorded_before_the_next_comes() {
    let mut student = Student::new(SOURCE);
    student.keys("S");
    assert_snapshot!("question", student.screen());
    student.keys("3");
    assert!(student.screen().contains("the answer comes first"));
    student.keys("h space");
    assert_snapshot!("answer", student.screen());
    assert!(student.recorded().is_empty());
    student.keys("3");
    assert_eq!(student.recorded(), ["3 2"]);
    assert!(student.screen().contains("1 done"), "{}", student.screen());
}

#[test]
fn what_is_not_on_disk_was_not_graded() {
    let mut student = Student::new(SOURCE);
    student.keys("S space");
    let before = student.screen();
    student.session.press("4");
    // Until it is written nothing moves, and what is pressed waits.
    assert_eq!(student.screen(), before);
    student.session.effects.clear();
    let told = Message::NotWritten("the disk is full".into());
    update(&mut student.session.state, told);
    assert!(student.screen().contains("the disk is full"));
    assert!(student.screen().contains("0 done"), "{}", student.screen());
    student.keys("4");
    assert!(student.screen().contains("1 done"), "{}", student.screen());
    let kept = student.recorded();
    assert_eq!(kept.len(), 1, "{kept:?}");
}

#[test]
fn everything_can_be_taken_back_also_at_the_end() {
    let mut student = Student::new(SOURCE);
    student.keys("S");
    let first = student.screen();
    student.keys("space 1 f b x");
    student.until("Done for now");
    assert_snapshot!("done", student.screen());
    for _ in 0..20 {
        student.keys(if student.screen().contains("Alt-u") { "alt-u" } else { "u" });
    }
    // All that was recorded is struck: the queue is as it was.
    student.keys("esc");
    let mut again = Student { session: student.shelf.open(SOURCE), ..student };
    again.keys("S");
    let question = |screen: &str| screen.lines().nth(5).map(str::to_owned);
    assert_eq!(question(&again.screen()), question(&first));
    assert!(again.screen().contains("0 done, 4 left"), "{}", again.screen());
}

#[test]
fn a_typed_answer_is_compared_and_a_grade_proposed() {
    let mut student = Student::new(SOURCE);
    student.keys("S");
    student.until("Which knot");
    assert!(!student.screen().contains("Bowline"), "the title is the answer");
    student.keys("type:the type:_bowlin enter");
    assert_snapshot!("typed", student.screen());
    student.keys("enter");
    let recorded = student.recorded();
    assert!(recorded.last().is_some_and(|last| last.starts_with('2')), "{recorded:?}");
}

#[test]
fn who_asserts_it_is_chosen_among_the_voices() {
    let mut student = Student::new(SOURCE);
    student.options = student.options.overlaid("siblings: none").0;
    student.keys("S");
    student.until("Who asserts this?");
    let screen = student.screen();
    assert!(["1  The", "2  The", "3  The"].iter().all(|mark| screen.contains(mark)), "{screen}");
    let right = screen.lines().find(|line| line.contains("The sailor")).unwrap().trim().to_owned();
    let wrong = if right.starts_with('1') { "2" } else { "1" };
    student.keys(wrong);
    assert_snapshot!("chosen", student.screen());
    student.keys("space");
    assert!(student.recorded().last().is_some_and(|last| last.starts_with('1')));
}

#[test]
fn one_goes_to_the_card_and_comes_back_to_the_question() {
    let mut student = Student::new(SOURCE);
    student.keys("S space");
    let question = student.screen();
    student.keys("c");
    assert!(student.screen().contains("goes back to the question"), "{}", student.screen());
    student.keys("n S");
    assert_eq!(student.screen(), question);
    student.keys("esc S");
    assert_eq!(student.screen(), question);
    // A command of the reader leaves the session, which waits.
    student.keys(": type:parts enter");
    assert!(student.screen().contains("Contents"), "{}", student.screen());
    student.keys("esc S");
    assert_eq!(student.screen(), question);
}

#[test]
fn a_question_that_waits_is_spoken_of() {
    let mut student = Student::new(SOURCE);
    student.session.resize(80, 24);
    student.keys("S");
    let footer = |student: &Student| student.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer(&student).contains("Esc leave"), "{}", student.screen());
    student.keys("c j");
    assert!(footer(&student).starts_with(" S back to the question"), "{}", student.screen());
    student.keys("n / type:post enter j");
    assert!(footer(&student).starts_with(" S back to the question"), "{}", student.screen());
    student.keys("esc S");
    assert!(!footer(&student).contains("back to the question"), "{}", student.screen());
    student.until("Done for now");
    student.keys("esc j");
    assert!(!footer(&student).contains("back to the question"), "{}", student.screen());
}

#[test]
fn where_nothing_is_asked_nothing_is_said_of_a_question() {
    let mut shelf = Shelf::new();
    let session = shelf.open("id: e\ntitle: Empty\ncards: [{id: a, title: A, bottom_line: B.}]\n");
    let mut student = Student { shelf, session, now: NOW, options: Options::default() };
    student.keys("S");
    for key in ["h", "f", "b", "x", "c", "e", "3"] {
        student.keys(key);
        assert!(student.screen().contains("nothing is asked now"), "{key}: {}", student.screen());
        assert!(student.screen().contains("Nothing to ask now"), "{key}: {}", student.screen());
    }
}

#[test]
fn cramming_changes_no_schedule() {
    let mut student = Student::new(SOURCE);
    student.keys("g k");
    assert!(student.screen().contains("Cram"), "{}", student.screen());
    student.keys("space");
    assert!(!student.screen().contains("1 day"), "{}", student.screen());
    student.keys("4");
    assert_eq!(student.recorded(), ["4 - cram"]);
    student.keys("esc");
    let mut again = Student { session: student.shelf.open(SOURCE), ..student };
    again.keys("S");
    assert!(again.screen().contains("new"), "{}", again.screen());
}

#[test]
fn a_question_that_was_mended_meanwhile_is_shown_as_it_is_now() {
    let mut student = Student::new(SOURCE);
    student.keys("S space");
    let mended = SOURCE.replace("What does a bowline make?", "What does it make?");
    let (briefing, found) = crate::format::briefing(&mended, "test");
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, found))]);
    let effects =
        update(&mut student.session.state, Message::Reloaded(Arc::new(library), Vec::new()));
    student.session.effects.extend(effects);
    student.work();
    assert!(student.screen().contains("What does it make?"), "{}", student.screen());
    student.keys("3 alt-u");
    assert!(student.screen().contains("What does it make?"), "{}", student.screen());
}

#[test]
fn with_nothing_to_ask_it_says_why() {
    let mut shelf = Shelf::new();
    let session = shelf.open(SOURCE);
    let options = Options { wait_after_reading: 30, ..Options::default() };
    let mut student = Student { shelf, session, now: NOW, options };
    student.keys("S");
    assert_snapshot!("nothing", student.screen());
    let mut shelf = Shelf::new();
    let session = shelf.open("id: e\ntitle: Empty\ncards: [{id: a, title: A, bottom_line: B.}]\n");
    let mut student = Student { shelf, session, now: NOW, options: Options::default() };
    student.keys("S");
    assert!(student.screen().contains("No card here has questions"), "{}", student.screen());
}

#[test]
fn it_begins_when_what_was_kept_is_known() {
    let mut shelf = Shelf::new();
    let session = Session::open(SOURCE).size(80, 16);
    let mut early = Student { shelf: Shelf::new(), session, now: NOW, options: Options::default() };
    early.keys("S");
    assert!(early.screen().contains("then it begins"), "{}", early.screen());
    shelf.tell(&mut early.session);
    early.work();
    assert!(early.screen().contains("Nothing to ask now"), "{}", early.screen());
}

#[test]
fn what_is_done_at_one_moment_is_taken_back_one_by_one() {
    let mut student = Student::new(SOURCE);
    student.keys("S space");
    // Keys that come at once, before the first of them is on disk.
    student.session.press("f 3");
    student.shelf.write(&mut student.session);
    assert!(student.screen().contains("1 done"), "{}", student.screen());
    student.keys("alt-u");
    assert!(student.screen().contains("flagged"), "{}", student.screen());
    student.keys("esc");
    let mut again = Student { session: student.shelf.open(SOURCE), ..student };
    again.keys("S");
    assert!(again.screen().contains("flagged"), "{}", again.screen());
}

#[test]
fn it_fits_any_screen() {
    for (width, height) in [(200, 60), (120, 40), (40, 10), (20, 6), (8, 3), (1, 1)] {
        let mut student = Student::new(SOURCE);
        student.session.resize(width, height);
        student.keys("S enter 1 alt-h enter 4 enter");
        if width == 200 {
            assert_snapshot!("wide", student.screen());
        }
        if width == 40 {
            assert_snapshot!("narrow", student.screen());
        }
    }
}
