//! What the reader is told: what keys do where he is, what came of them, and what is wrong.

use super::keeping::Shelf;
use super::*;
use crate::app::{inside, screen_rect};
use crate::check::{self, Disk};
use crate::diagnostic::Diagnostic;
use crate::text::LineIndex;
use std::path::Path;

const THREE: &str = "id: l\ntitle: Long\ncards:\n  - id: a\n    title: First\n    bottom_line: One.\n  \
    - id: b\n    title: Second\n    bottom_line: It refers to [[c]].\n  - id: c\n    title: Third\n    \
      bottom_line: Last.\n";

/// The last row of the screen.
fn footer(session: &Session) -> String {
    session.screen().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn what_was_taken_away_comes_back_whole() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(THREE);
    shelf.press(&mut session, "a type:One enter type:more esc ] v enter m j");
    shelf.press(&mut session, "g a");
    let list = session.screen();
    shelf.press(&mut session, "x");
    assert!(session.shows("the highlight is gone; u brings it back"), "{}", session.screen());
    shelf.press(&mut session, "j");
    assert!(footer(&session).starts_with(" u bring back"), "{}", session.screen());
    shelf.press(&mut session, "u");
    assert!(session.shows("the highlight is back"), "{}", session.screen());
    shelf.press(&mut session, "home");
    assert_eq!(session.screen(), list);
    // After the list is closed, too, and all of it.
    shelf.press(&mut session, "G x");
    assert!(session.shows("the note is gone; u brings it back"), "{}", session.screen());
    shelf.press(&mut session, "esc");
    assert!(session.shows("u brings back what was taken away"), "{}", session.screen());
    shelf.press(&mut session, "u");
    assert!(session.shows("the note is back"), "{}", session.screen());
    let mut session = shelf.open(THREE);
    shelf.press(&mut session, "g a G a");
    assert!(session.shows("One") && session.shows("more"), "{}", session.screen());
    // The last entry closes its list.
    shelf.press(&mut session, "esc ' delete");
    assert!(session.shows("mark `j` is gone; u brings it back"), "{}", session.screen());
    shelf.press(&mut session, "u ' j");
    assert_eq!(session.title(), "Second");
    // Where letters choose, too.
    shelf.press(&mut session, "m k ' delete");
    shelf.press(&mut session, "u");
    assert!(session.shows("mark `j` is back"), "{}", session.screen());
    session.press("esc");
    // A note of which nothing is left.
    shelf.press(&mut session, "[ a backspace backspace backspace backspace backspace");
    shelf.press(&mut session, "backspace backspace backspace esc");
    assert!(session.shows("the note is gone; u brings it back"), "{}", session.screen());
    shelf.press(&mut session, "u g a");
    assert!(session.shows("One"), "{}", session.screen());
}

#[test]
fn several_are_brought_back_one_by_one() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(THREE);
    shelf.press(&mut session, "a type:One esc ] a type:Two esc ] a type:Three esc");
    shelf.press(&mut session, "g a");
    let list = session.screen();
    shelf.press(&mut session, "x x x");
    assert!(session.state.screens.is_empty(), "{}", session.screen());
    shelf.press(&mut session, "u");
    assert!(session.shows("the note is back"), "{}", session.screen());
    shelf.press(&mut session, ": type:bring enter : type:bring enter g a");
    assert_eq!(session.screen(), list);
}

#[test]
fn the_key_that_brings_back_moves_again_when_one_has_gone_on() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(THREE);
    shelf.press(&mut session, "a type:One esc");
    shelf.press(&mut session, "g a x j u");
    assert!(!session.shows("1 note"), "{}", session.screen());
    // A command brings it back at any time, but not over what has taken its place.
    shelf.press(&mut session, ": type:bring enter");
    assert!(session.shows("1 note"), "{}", session.screen());
    shelf.press(&mut session, "m j ' delete ] m j : type:bring enter");
    assert!(session.shows("there is another one in its place"), "{}", session.screen());
    shelf.press(&mut session, "[ ' j");
    assert_eq!(session.title(), "Second");
    session.press(": type:bring");
    assert!(!session.shows("Bring back"), "{}", session.screen());
}

#[test]
fn no_text_is_wider_than_its_box() {
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 60), (300, 80)] {
        for measure in [60, 76, 84] {
            for keys in ["?", "t ?", ": f1", "tab K ?", "g h B", "T"] {
                let mut session = Session::bundled().size(width, height);
                session.state.settings.measure = measure;
                session.press(keys);
                let Some(top @ Screen::Sheet(sheets)) = session.state.screens.last() else {
                    continue;
                };
                let room = inside(screen_rect(&session.state, top)).width;
                let layout = &sheets.sheet.layout;
                for row in layout.rows() {
                    let columns = layout.width(row);
                    assert!(columns <= room, "{keys} {width} {measure}: {columns} > {room}");
                }
            }
        }
    }
    // A sentence that was cut there.
    let session = Session::bundled().size(100, 30).keys("? space");
    assert!(session.shows("or go on     │"), "{}", session.screen());
}

#[test]
fn a_card_that_nothing_links_to_says_so_in_place_of_an_empty_box() {
    let session = Session::open(THREE).keys("B");
    assert!(session.shows("no other card links here"), "{}", session.screen());
    let mut session = Session::open(THREE);
    // While mentions are looked for the box is open already.
    update(&mut session.state, Message::Drawn);
    let library = Arc::clone(&session.state.library);
    let stop = std::sync::atomic::AtomicBool::new(false);
    let terms = crate::search::Terms::build(&library, crate::search::Reach::All, &stop).unwrap();
    update(&mut session.state, Message::Terms(library, Arc::new(terms)));
    session.press("B");
    assert!(session.shows("looking for mentions"), "{}", session.screen());
    let asked = session.effects.iter().rev().find_map(|effect| match effect {
        Effect::FindMentions(generation, _) => Some(*generation),
        _ => None,
    });
    let found = crate::search::Mentioned::default();
    update(&mut session.state, Message::Mentioned(asked.unwrap(), found));
    assert!(session.shows("no other card links here"), "{}", session.screen());
}

#[test]
fn the_end_of_a_card_says_what_goes_on() {
    let mut session = Session::bundled();
    while session.state.reading().sheet.top < session.state.reading().sheet.last_top() {
        session.press("space");
        assert!(!session.shows("end of the card"), "{}", session.screen());
    }
    session.press("space");
    assert!(session.shows("end of the card; ] goes on"), "{}", session.screen());
    session.press("j");
    assert!(!session.shows("end of the card"), "{}", session.screen());
    let session = Session::open(THREE).keys("] ] space");
    assert!(session.shows("end of the card, the last one"), "{}", session.screen());
}

#[test]
fn showing_answers_is_said_where_no_question_is_in_sight() {
    let mut session = Session::bundled().keys("A");
    assert!(session.shows("answers shown"), "{}", session.screen());
    session.press("A");
    assert!(session.shows("answers hidden"), "{}", session.screen());
}

#[test]
fn the_palette_offers_what_does_something_below_it() {
    let listed = |keys: &str, word: &str| {
        let session = Session::bundled().size(100, 40).keys(keys);
        let session = session.keys(&format!(": type:{word}"));
        session.screen()
    };
    assert!(!listed("", "did_not").contains("Say that you did not know"));
    for word in ["did", "grade", "suspend", "highlight", "widen", "take"] {
        let screen = listed("", word);
        for none in ["did not know", "ask this question", "is selected by", "mark or note away"] {
            assert!(!screen.contains(none), "{word}: {screen}");
        }
    }
    assert!(listed("v", "widen").contains("Widen what is selected by a word"));
    assert!(!listed("", "other").contains("card beside, or back"));
    assert!(listed("|", "other").contains("card beside, or back"));
    // By the word that the footer has for it, which is shown where it says something else.
    let first = |keys: &str, word: &str| {
        let screen = listed(keys, word);
        screen.lines().skip_while(|line| !line.contains("│ › ")).nth(2).unwrap().to_owned()
    };
    assert!(first("", "note").contains("Write a note on this card"), "{}", first("", "note"));
    let letters = first("", "letters");
    assert!(letters.contains("Put letters on the links"), "{letters}");
    let who = first("", "who");
    assert!(who.contains("who says") && who.contains("Say who stands behind"), "{who}");
}

#[test]
fn footers_say_what_their_keys_do_there() {
    let session = Session::bundled().size(160, 30);
    assert!(footer(&session).contains("Enter follow"), "{}", session.screen());
    let session = session.keys("|");
    assert!(footer(&session).contains("q close beside"), "{}", session.screen());
    assert!(!footer(&session).contains("q quit"), "{}", session.screen());
    let foot = |keys: &str| footer(&Session::bundled().size(160, 30).keys(keys));
    let voices = foot("g v");
    assert!(voices.contains("gS sources"), "{voices}");
    for none in ["gs source", "gv voices", "y copy"] {
        assert!(!voices.contains(none), "{voices}");
    }
    let sources = foot("g S");
    assert!(sources.contains("gv voices") && !sources.contains("gS sources"), "{sources}");
    assert!(foot("g v enter").contains("gs source"));
    assert!(foot(":").contains("Enter run"));
    assert!(foot("g p").contains("Enter show the way"));
    assert!(foot("o").contains("Enter open"));
    let mut shelf = Shelf::new();
    let mut session = shelf.open(THREE).size(160, 30);
    shelf.press(&mut session, "r");
    assert!(footer(&session).contains("Enter set"), "{}", session.screen());
    shelf.press(&mut session, "esc m");
    assert!(footer(&session).contains("Enter set"), "{}", session.screen());
    shelf.press(&mut session, "a '");
    assert!(footer(&session).contains("Enter go there"), "{}", session.screen());
}

/// A library that was read again, with what is wrong with the file as it is now.
fn reloaded(session: &mut Session, source: &str, found: Vec<Diagnostic>) {
    let library = Arc::clone(&Session::open(source).state.library);
    let effects = update(&mut session.state, Message::Reloaded(library, found));
    session.effects.extend(effects);
}

/// Does what the shell would: checks the library, and hands in what was found.
fn check(session: &mut Session) {
    const DISK: Disk<'static> =
        Disk { read: |_| None, is_file: |_| false, source: |_, _| None, folder: None, given: &[] };
    assert!(session.effects.contains(&Effect::Check));
    let library = Arc::clone(&session.state.library);
    let found = check::check(&library, DISK);
    update(&mut session.state, Message::Checked(library, found));
}

#[test]
fn a_broken_save_stays_in_the_list_until_it_is_mended() {
    let clean = "id: l\ntitle: L\ncards:\n  - {id: a, title: First, body: One.}\n";
    let mut session = Session::open(clean).size(100, 30);
    let file: Arc<Path> = Arc::from(Path::new("n/l.yaml"));
    let place = LineIndex::new("a: [\n").span(3..4);
    let broken = Diagnostic::error("yaml", "this list has no end").at(place).in_file(&file);
    reloaded(&mut session, clean, vec![broken.clone()]);
    let text = "error: n/l.yaml:1:4: this list has no end; the last good text is shown";
    assert!(session.shows(text), "{}", session.screen());
    session.press("j");
    assert!(session.shows("1 error"), "{}", session.screen());
    session.press("g !");
    check(&mut session);
    assert!(session.shows("this list has no end; the last good text is"), "{}", session.screen());
    assert!(session.shows("n/l.yaml:1:4"), "{}", session.screen());
    session.press("e");
    assert!(session.effects.contains(&Effect::Edit(Arc::clone(&file), 1)));
    // Another change that leaves it broken, and a good version.
    session.effects.clear();
    reloaded(&mut session, clean, vec![broken]);
    check(&mut session);
    assert!(session.shows("this list has no end"), "{}", session.screen());
    session.effects.clear();
    reloaded(&mut session, clean, Vec::new());
    assert!(session.shows("what was wrong with the file is mended"), "{}", session.screen());
    check(&mut session);
    assert!(session.shows("nothing is wrong with what was opened"), "{}", session.screen());
    assert!(!session.shows("1 error"), "{}", session.screen());
}

#[test]
fn a_file_that_is_gone_is_named_once() {
    let mut session = Session::open(THREE);
    let gone = Diagnostic::error("unreadable", "n3/a.md: no such file or folder");
    let gone = gone.in_file(&Arc::from(Path::new("n3/a.md")));
    reloaded(&mut session, THREE, vec![gone]);
    let text = "error: n3/a.md: no such file or folder; the last good text is shown";
    assert!(session.shows(text), "{}", session.screen());
}

#[test]
fn all_mistakes_in_the_settings_are_listed() {
    let file: Arc<Path> = Arc::from(Path::new("/c/config.yaml"));
    let text = "mesure: 70\nmouse: maybe\n";
    let at = |bytes| LineIndex::new(text).span(bytes);
    let faults = vec![
        Diagnostic::error("config", "`mesure` is not a setting").at(at(0..6)).in_file(&file),
        Diagnostic::error("config", "`maybe` is no value for `mouse`")
            .at(at(18..23))
            .in_file(&file),
        Diagnostic::error("theme", "there is no theme `nope`").help("one of dark, light, mono"),
    ];
    let mut session = Session::bundled().size(100, 30);
    let notice = crate::app::about_settings(&faults, &session.state.keymap).unwrap();
    let said =
        "/c/config.yaml:1:1: `mesure` is not a setting; 3 mistakes in the settings: g! lists them";
    assert_eq!(notice.text.as_str(), said);
    let one = crate::app::about_settings(&faults[2..], &session.state.keymap).unwrap();
    assert_eq!(one.text.as_str(), "there is no theme `nope`");
    session.state.set_faults(faults);
    assert!(session.shows("3 errors"), "{}", session.screen());
    session.press("g !");
    check(&mut session);
    assert_snapshot!("settings_in_problems_100x30", session.screen());
    session.press("e");
    assert!(session.effects.contains(&Effect::Edit(file, 1)));
    session.press("j j enter");
    assert!(
        session.shows("there is no theme `nope`: one of dark, light, mono"),
        "{}",
        session.screen()
    );
}

#[test]
fn a_long_message_shows_how_it_ends() {
    let mut session = Session::open(THREE).size(60, 16);
    let text = format!("`{}` has no heading `Two`", "A long title ".repeat(9));
    update(&mut session.state, Message::Notice(Notice::warning(text)));
    assert!(footer(&session).ends_with("` has no heading `Two`"), "{}", session.screen());
}

const LINKS: &str = "id: l\ntitle: Links\ncards:\n  - id: a\n    title: First\n    body: |\n      \
    See [[b]], or page [266](b).\n\n      [Third](c) and [[b]] again.\n  - {id: b, title: Second, body: B.}\n  \
    - {id: c, title: Third, body: C.}\n";

#[test]
fn numbers_of_links_do_not_stick_to_words_and_digits() {
    let session = Session::open(LINKS);
    assert!(session.shows("See Second¹, or page 266 ²."), "{}", session.screen());
    let text = session.state.reading().sheet.layout.text().to_owned();
    let session = session.ascii();
    assert!(session.shows("See Second[1], or page 266[2]."), "{}", session.screen());
    assert_eq!(session.state.reading().sheet.layout.text(), text, "numbers are no text");
    // Beside the text they are the same.
    let session = session.size(120, 30);
    assert!(session.shows("[1] Second"), "{}", session.screen());
}

#[test]
fn letters_stand_before_their_links() {
    let session = Session::open(LINKS).keys("f");
    assert!(session.shows("SeeaSecond¹, or pages266 ²."), "{}", session.screen());
    assert!(session.shows("  dThird³ andfSecond⁴ again."), "{}", session.screen());
}
