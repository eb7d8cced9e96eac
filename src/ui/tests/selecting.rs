//! Selecting words by keys and by the mouse; highlights, and notes on what was selected.

use super::keeping::Shelf;
use super::*;

const TEXT: &str = "
id: l
title: Letters
cards:
  - id: a
    title: First
    body: |
      One thing is here. Two things are [there](https://e.org/x).
      Three of them came.

      Another part of it.
  - id: b
    title: Second
    bottom_line: It refers to nothing.
";

/// What is selected.
fn selected(session: &Session) -> String {
    let Some(Screen::Select(selection)) = session.state.screens.last() else {
        return String::new();
    };
    let text = session.state.reading().sheet.layout.text();
    text[selection.words.clone()].replace('\n', "/")
}

#[test]
fn a_selection_begins_with_a_sentence_and_grows_at_its_end() {
    let mut session = Session::open(TEXT).keys("v");
    assert_eq!(selected(&session), "One thing is here.");
    for (keys, words) in [
        (")", "One thing is here. Two things are there."),
        ("w", "One thing is here. Two things are there. Three"),
        ("b b", "One thing is here. Two things are"),
        ("(", "One thing is here."),
        ("l l", "One thing is here. T"),
        ("h h", "One thing is here."),
        ("}", "One thing is here. Two things are there. Three of them came."),
        ("}", "One thing is here. Two things are there. Three of them came./Another part of it."),
        ("( ( (", "One thing is here."),
        // Where nothing would be left it goes on at the other end.
        ("tab (", "One thing is here. Two things are there."),
        ("w", "thing is here. Two things are there."),
        ("o w", "thing is here. Two things are there. Three"),
        ("tab", "Another part of it."),
        ("shift-tab shift-tab", "Two things are there."),
        ("G", "Two things are there. Three of them came./Another part of it."),
    ] {
        session.press(keys);
        assert_eq!(selected(&session), words, "after {keys}");
    }
    session.press("esc");
    assert_eq!(selected(&session), "");
}

#[test]
fn rows_keep_their_column() {
    let session = Session::open(TEXT).size(30, 20).keys("v");
    let start = selected(&session);
    let session = session.keys("j");
    assert!(selected(&session).len() > start.len() + 10, "{}", selected(&session));
    let session = session.keys("k");
    assert_eq!(selected(&session), start);
}

#[test]
fn what_is_selected_is_highlighted_kept_and_taken_away() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(TEXT);
    shelf.press(&mut session, "v ) enter");
    assert!(session.shows("the words are highlighted"), "{}", session.screen());
    assert!(session.shows("1 highlight"), "{}", session.screen());
    assert_snapshot!("highlight_styles_80x16", session.styles());
    // It stands where it stood though the text around it has changed.
    let edited = TEXT.replace("One thing is", "Before it: new. One thing is");
    let mut session = shelf.open(&edited);
    session.press("esc");
    assert_eq!(session.state.reading().sheet.spots.highlighted.len(), 1);
    session.press("] g a");
    assert!(session.shows("“One thing is here. Two things are there.”"), "{}", session.screen());
    session.press("enter");
    assert_eq!(session.title(), "First");
    // Once more: it is gone.
    shelf.press(&mut session, "v tab ) enter");
    assert!(session.shows("the highlight is gone"), "{}", session.screen());
    assert!(session.state.reading().sheet.spots.all.is_empty());
    let session = shelf.open(&edited);
    assert!(!session.shows("highlight"), "{}", session.screen());
}

#[test]
fn a_wider_highlight_takes_the_place_of_those_within_and_a_part_takes_them_away() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(TEXT);
    shelf.press(&mut session, "v enter v tab enter");
    assert!(session.shows("2 highlights"), "{}", session.screen());
    shelf.press(&mut session, "v ) ) enter");
    assert!(session.shows("1 highlight "), "{}", session.screen());
    shelf.press(&mut session, "v x");
    assert!(!session.shows("1 highlight"), "{}", session.screen());
    shelf.press(&mut session, "v x");
    assert!(session.shows("nothing is highlighted there"), "{}", session.screen());
}

#[test]
fn a_note_is_written_on_what_is_selected_and_on_a_highlight() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(TEXT);
    session.press("v tab b b a");
    assert!(session.shows("Note at “Two things are”"), "{}", session.screen());
    shelf.press(&mut session, "type:Which? esc");
    assert!(session.shows("the note is kept"), "{}", session.screen());
    assert_eq!(session.state.reading().sheet.spots.noted.len(), 1);
    shelf.press(&mut session, "v enter");
    session.press("g a");
    assert_snapshot!("notes_and_highlights_80x16", session.screen());
    shelf.press(&mut session, "a");
    assert!(session.shows("Note at “One thing is here.”"), "{}", session.screen());
}

#[test]
fn what_is_selected_is_copied_with_its_citation() {
    let mut session = Session::open(TEXT);
    session.state.settings.copy = true;
    session.press("v tab y");
    let copied = session.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    assert_eq!(copied.unwrap(), "“Two things are there.” — card “First”, Letters");
    assert_eq!(selected(&session), "");
}

#[test]
fn the_mouse_selects_what_it_is_drawn_over_and_still_follows_links() {
    let session = Session::open(TEXT);
    let (from, to) = (session.place_of("thing is"), session.place_of("here. Two"));
    let session = session.mouse(MouseKind::Press, from).mouse(MouseKind::Drag, to);
    assert_eq!(selected(&session), "thing is h");
    // Back beyond where it was pressed.
    let session = session.mouse(MouseKind::Drag, (from.0 - 4, from.1));
    assert_eq!(selected(&session), "One t");
    let session = session.mouse(MouseKind::Release, to).keys("w");
    assert_eq!(selected(&session), "thing"[..1].to_owned());
    // A click elsewhere lets go; on a link it follows.
    let session = session.mouse(MouseKind::Press, (70, 12)).mouse(MouseKind::Release, (70, 12));
    assert_eq!(selected(&session), "");
    let link = session.place_of("there");
    let session = session.mouse(MouseKind::Press, link).mouse(MouseKind::Release, link);
    assert!(session.shows("https://e.org/x"), "{}", session.screen());
}

#[test]
fn notes_and_highlights_stand_beside_the_card_and_lead_to_their_places() {
    let long: Vec<String> = (0..60).map(|n| format!("      Line {n} is a line.\n\n")).collect();
    let long = long.concat();
    let source =
        format!("id: l\ntitle: Long\ncards:\n  - id: a\n    title: First\n    body: |\n{long}");
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&source).size(120, 30);
    shelf.press(&mut session, "a type:All enter type:more esc G v enter");
    shelf.press(&mut session, "v shift-tab a type:Here esc g g");
    assert_snapshot!("rail_120x30", session.screen());
    let (x, y) = session.place_of("Here");
    let session = session.mouse(MouseKind::Click, (x, y));
    assert!(session.state.main.sheet.top > 40, "{}", session.screen());
}

#[test]
fn no_way_of_selecting_breaks_anything() {
    let keys = [
        "v",
        ")",
        "(",
        "w",
        "b",
        "l",
        "h",
        "j",
        "k",
        "{",
        "}",
        "o",
        "tab",
        "shift-tab",
        "G",
        "space",
    ];
    let mut next = 7_u32;
    let mut session = Session::bundled().size(40, 12);
    for _ in 0..3000 {
        next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let at = (next >> 16) as usize % keys.len();
        session.press(if selected(&session).is_empty() { "v" } else { keys[at] });
        if at == 0 {
            session.press("]");
        }
        session.draw();
    }
}

#[test]
fn rows_are_selected_to_the_end_of_a_word() {
    let source = "title: T\ncards:\n  - id: a\n    title: A\n    body: |\n      Short. Remarkable considerations notwithstanding circumstances.\n";
    let mut session = Session::open(source).size(30, 20).keys("v");
    assert_eq!(selected(&session), "Short.");
    for _ in 0..3 {
        session.press("j");
        let text = session.state.reading().sheet.layout.text();
        let end = text.find(&selected(&session)).unwrap() + selected(&session).len();
        let cut = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        assert!(!cut, "{}", selected(&session));
    }
    session.press("k k k");
    assert_eq!(selected(&session), "Short.");
}
