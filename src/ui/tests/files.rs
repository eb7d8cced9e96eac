//! Files and folders: links between them, places in them, changes of them, reading behind the reader.

use super::*;
use std::fs;

#[test]
fn a_broken_file_opens_with_what_is_readable_and_its_problems_are_counted() {
    let session =
        Session::open("title: T\ncards:\n  - title: A\n    bottom_lin: x\n    body: Text.\n");
    assert!(session.shows("1 error") && session.shows("Text."), "{}", session.screen());
}

#[test]
fn a_file_that_changed_keeps_the_reader_at_the_same_sentence() {
    let text = |extra: &str| {
        let paragraphs: Vec<_> =
            (0..40).map(|n| format!("      Paragraph number {n} stands here.\n")).collect();
        let body = paragraphs.join("\n");
        format!("id: t\ntitle: T\ncards:\n  - id: a\n    title: A\n    body: |\n{extra}{body}")
    };
    let library = |source: &str| {
        let (briefing, found) = crate::format::briefing(source, "t");
        Arc::new(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    };
    let mut session = Session::open(&text("")).keys("space space j");
    let at_top = |session: &Session| session.screen().lines().nth(2).unwrap().trim().to_owned();
    let before = at_top(&session);
    let message = Message::Reloaded(library(&text("      A new first paragraph.\n\n")), Vec::new());
    update(&mut session.state, message);
    assert_eq!(at_top(&session), before);
    assert!(session.shows("the file has changed"), "{}", session.screen());
}

#[test]
fn a_broken_save_keeps_the_text_and_says_so() {
    let mut session = Session::open(TWO);
    let library = Arc::clone(&session.state.library);
    let found = crate::diagnostic::Diagnostic::error("yaml", "this is no YAML");
    update(&mut session.state, Message::Reloaded(library, vec![found]));
    assert!(session.shows("It comes first."), "{}", session.screen());
    assert!(session.shows("this is no YAML; the last good text is shown"), "{}", session.screen());
}

/// A folder of notes, which is gone when the first value is dropped.
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
pub fn notes(files: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join("notes").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let paths = [folder.path().join("notes")];
    let (library, failures) = library::load(&paths, library::How::default(), None, &|_, _| ());
    assert!(failures.is_empty(), "{failures:?}");
    (folder, library)
}

pub const NOTES: &[(&str, &str)] = &[
    (
        "README.md",
        "# Start\n\nTo [one](sub/one.md#part), [[Two]], [[Idea]], [gone](gone.md), [up](../x.md), \
         [web](https://example.com/a), [bad](javascript:alert) and ![map](sub/map.png).\n",
    ),
    ("sub/one.md", "# One\n\nIntro.\n\n## Part\n\nWords of the part.\n"),
    ("sub/Two.md", "Second note, see [back](../README.md).\n"),
    ("sub/map.png", ""),
];

#[test]
fn links_between_files_are_followed_and_others_are_explained() {
    let (_folder, library) = notes(NOTES);
    let mut session = Session::with(library);
    assert_eq!(session.title(), "Start");
    session.press("1");
    assert_eq!(session.title(), "One");
    session.press("H 2");
    assert_eq!(session.title(), "Two");
    session.press("1");
    assert_eq!(session.title(), "Start");
    for (number, words) in [
        (3, "nobody has written a page `Idea` yet"),
        (4, "there is no file `gone.md`"),
        (5, "not part of what was opened: ../x.md"),
        (7, "not opened, only http, https and mailto are: javascript:alert"),
    ] {
        session.press(&number.to_string());
        assert!(session.shows(words), "{words}\n{}", session.screen());
    }
    assert!(session.effects.is_empty());
}

#[test]
fn addresses_are_opened_only_after_asking() {
    let (_folder, library) = notes(NOTES);
    let mut session = Session::with(library).keys("6");
    assert_snapshot!("ask_80x24", session.screen());
    session.press("enter");
    assert!(session.shows("not opened"), "{}", session.screen());
    session.press("6 n");
    assert_eq!(session.effects, []);
    session.press("6 y");
    assert_eq!(session.effects, [Effect::Open("https://example.com/a".into())]);
}

#[test]
fn the_passage_of_a_card_is_shown_in_its_file() {
    let (folder, library) = notes(NOTES);
    let mut session = Session::with(library).keys("1 g s");
    let [Effect::Source(wanted)] = session.effects.as_slice() else { panic!() };
    assert_eq!(*wanted.file, *folder.path().join("notes/sub/one.md"));
    let excerpt = crate::app::cut(wanted.clone(), NOTES[1].1, false);
    let inside = |stretches: &[(_, bool)]| stretches.iter().any(|(_, inside)| *inside);
    let shown = excerpt.lines.iter().filter(|(_, stretches)| inside(stretches)).count();
    assert_eq!(shown, 7, "a short file is one card");
    update(&mut session.state, Message::Source(excerpt));
    assert!(session.shows("7 ▌ Words of the part."), "{}", session.screen());
    session.press("esc");
    assert!(session.state.screens.is_empty());
}

#[test]
fn what_is_read_is_told_and_keys_work_meanwhile() {
    let (_folder, library) = notes(NOTES);
    let (folder, _) = notes(&[("a.md", "# A\n\n[[b]]\n"), ("b.md", "# B\n")]);
    let start = library::preview(&[folder.path().join("notes")], library::How::default()).unwrap();
    let mut session = Session::with(start);
    update(&mut session.state, Message::Progress(3, 4));
    assert!(session.shows("━───  75%") || session.shows(" 75%"), "{}", session.screen());
    session.press("]");
    assert!(session.shows("the rest is still being read"), "{}", session.screen());
    session.press("i type:tw");
    update(&mut session.state, Message::Loaded(Arc::new(library)));
    assert!(!session.shows("75%"));
    // What lies above the card stays, with what was typed and all that came.
    assert!(session.shows("Index") && session.shows("Two"), "{}", session.screen());
}

#[test]
fn a_rest_that_cannot_be_read_is_said_and_not_waited_for() {
    let (folder, _) = notes(&[("a.md", "# A\n\n[[b]]\n"), ("b.md", "# B\n")]);
    let start = library::preview(&[folder.path().join("notes")], library::How::default()).unwrap();
    let mut session = Session::with(start);
    update(&mut session.state, Message::Progress(3, 4));
    update(&mut session.state, Message::RestLost(Some(Notice::warning("a.md: no such file"))));
    assert!(session.shows("a.md: no such file; only the start is shown"), "{}", session.screen());
    assert!(!session.shows("75%"));
    for keys in ["]", "tab enter"] {
        session.press(keys);
        assert!(session.shows("only the start is shown"), "{}", session.screen());
        assert!(!session.shows("still being read"));
    }
}

#[test]
fn what_is_found_while_typing_stays_found_when_the_card_is_laid_out_anew() {
    let mut session = Session::bundled().keys("/ type:read down");
    assert!(session.shows("2 of "), "{}", session.screen());
    update(&mut session.state, Message::Resize(100, 30));
    assert!(session.shows("2 of "), "{}", session.screen());
    let library = Arc::clone(&session.state.library);
    update(&mut session.state, Message::Loaded(library));
    assert!(session.shows("2 of "), "{}", session.screen());
}

/// A note that is cut into parts, none of which has its title, and one that links to it.
fn long_notes() -> (tempfile::TempDir, Library) {
    let part = |n: usize| format!("## Part {n}\n\n{}\n", "Words of a long part. ".repeat(40));
    let long = (1..=8).map(part).fold("# Long one\n\n".to_owned(), |all, part| all + &part);
    notes(&[("a.md", "# First\n\nTo [[Long one]].\n"), ("sub/b.md", &long)])
}

#[test]
fn parts_of_a_long_note_stand_below_its_title() {
    let (_folder, library) = long_notes();
    assert_eq!(library.card_count(), 9);
    assert_eq!(library.find_card("long one"), Some(1));
    assert_eq!(library.find_card("Part 8"), Some(8));
    let mut session = Session::with(library).size(170, 30);
    assert!(session.shows("Long one › Part 1") && session.shows("Long one › Part 8"));
    session.press("1");
    assert_eq!(session.title(), "Part 1", "the link leads to the first of them");
    let header = session.screen().lines().next().unwrap().to_owned();
    assert!(header.contains("notes › Long one › Part 1"), "{header}");
    session.resize(36, 20);
    let header = session.screen().lines().next().unwrap().to_owned();
    assert!(header.contains("Long one › Part 1") && !header.contains("notes"), "{header}");
    session.press("o type:long");
    assert!(session.shows("Long one › Part 1") && session.shows("8 of 9"), "{}", session.screen());
    session.press("type:8 enter");
    assert_eq!(session.title(), "Part 8");
    session.press("i type:long enter");
    assert_eq!(session.title(), "Part 1", "the index has the title, too");
}

#[test]
fn notes_of_one_title_are_told_apart_by_their_folders() {
    let (_folder, library) = notes(&[
        ("a.md", "# Start\n\nx\n"),
        ("garden/plan.md", "# Plan\n\nOf beds.\n"),
        ("house/of/cards/plan.md", "# Plan\n\nOf walls.\n"),
        ("plan.md", "# Plan\n\nOf all.\n"),
    ]);
    let mut session = Session::with(library).size(80, 24).keys("t");
    let line = |session: &Session, word: &str| {
        let screen = session.screen();
        screen.lines().find(|l| l.contains("Plan") && l.contains(word)).is_some()
    };
    for word in ["garden", "house/of/cards", "plan.md"] {
        assert!(line(&session, word), "{word}\n{}", session.screen());
    }
    assert!(!session.screen().lines().any(|l| l.contains("Start") && l.contains("a.md")));
    session.press("esc o type:plan space type:gard");
    assert!(session.shows("1 of 4"), "{}", session.screen());
    session.press("enter");
    assert!(session.shows("Of beds."), "{}", session.screen());
}
