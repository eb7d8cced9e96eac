//! Going from card to card: links, peeking, back, finding, opening by name, contents, the trail.

use super::*;

#[test]
fn links_are_followed_by_choice_number_and_letter_and_back_is_exact() {
    let mut session = Session::open(TWO);
    session.press("tab enter");
    assert_eq!(session.title(), "Second");
    session.press("H");
    assert_eq!(session.title(), "First");
    assert!(session.state.reading().sheet.chosen.is_some(), "the link that was left is chosen");
    session.press("esc 1");
    assert_eq!(session.title(), "Second");
    session.press("backspace f");
    assert_snapshot!("letters", session.screen());
    session.press("a");
    assert_eq!(session.title(), "Second");
    session.press("left L");
    assert_eq!(session.title(), "Second");
}

#[test]
fn back_is_exact_after_a_resize() {
    let mut session = Session::bundled().keys("j j j j j j j j j j j j j j");
    let reading = session.state.reading();
    let words = reading.sheet.layout.quote(reading.sheet.layout.offset_of(reading.sheet.top));
    let words: String = words.chars().take(20).collect();
    session.press("] j j");
    session.resize(60, 20);
    session.press("H");
    let top: Vec<_> = session.screen().lines().skip(2).take(2).map(str::to_owned).collect();
    assert!(top.concat().contains(&words), "{words} in {top:?}");
    session.resize(80, 24);
    session.press("L H");
    assert!(session.screen().lines().nth(2).unwrap().contains(&words));
}

#[test]
fn a_link_to_a_heading_leads_to_it() {
    let mut session = Session::open(TWO).size(80, 8);
    session.press("tab tab enter");
    assert_eq!(session.title(), "Second");
    assert!(session.shows("Part two"), "{}", session.screen());
}

#[test]
fn links_that_lead_nowhere_say_so() {
    let mut session = Session::open(TWO);
    session.press("3");
    assert!(session.shows("no card is called `nowhere`"), "{}", session.screen());
    session.press("4");
    assert!(session.shows("https://example.org/x"), "{}", session.screen());
    session.press("n");
    assert_eq!(session.title(), "First");
    session.press("9");
    assert!(session.shows("no link here has the number 9"), "{}", session.screen());
}

#[test]
fn peeking_never_moves_the_reader() {
    let mut session = Session::bundled().keys("tab tab");
    let before = (session.state.reading().page, session.state.reading().sheet.top);
    session.press("K");
    assert_snapshot!("peek_80x24", session.screen());
    let link = session.place_of("Tommy Pigott");
    let Some(Screen::Peek(peek)) = session.state.screens.last() else { panic!("no peek") };
    assert!(peek.rect(&session.state).y > link.1, "the box is below the link");
    session.press("K K");
    let Some(Screen::Peek(peek)) = session.state.screens.last() else { panic!("no peek") };
    assert_eq!(peek.depth(), 2);
    session.press("h esc");
    assert!(session.state.screens.is_empty());
    assert_eq!(before, (session.state.reading().page, session.state.reading().sheet.top));
    session.press("K enter");
    assert_eq!(session.title(), "Tommy Pigott");
    session.press("H");
    assert_eq!(before, (session.state.reading().page, session.state.reading().sheet.top));
}

#[test]
fn peeking_works_at_the_last_line_and_in_small_windows() {
    for (width, height) in [(80, 24), (40, 12), (30, 6), (20, 4), (120, 40)] {
        let mut session = Session::bundled().size(width, height);
        for _ in 0..30 {
            session.press("tab K");
            let (state, screens) = (&session.state, &session.state.screens);
            if let Some(Screen::Peek(peek)) = screens.last() {
                let (rect, text) = (peek.rect(state), state.text_rect(state.side));
                assert!(rect.y >= text.y && rect.y + rect.height <= text.y + text.height);
                session.press("esc");
            }
            session.screen();
        }
    }
}

#[test]
fn a_footnote_is_peeked_at_and_followed() {
    let mut session = Session::open(TWO).size(80, 12);
    session.press("tab tab tab tab tab K");
    assert!(session.shows("A note."), "{}", session.screen());
    session.press("esc enter");
    assert!(session.shows("A note."), "{}", session.screen());
    session.press("H");
    assert_eq!(session.title(), "First");
}

#[test]
fn what_links_here_is_listed_with_its_sentences() {
    let mut session = Session::bundled().keys("o type:maduro enter B");
    assert_snapshot!("backlinks_80x24", session.screen());
    session.press("enter");
    let link = session.state.reading().sheet.link().expect("the link is chosen");
    let from = session.state.reading().page;
    let library = &session.state.library;
    let target = library.resolve(from, &link.target);
    assert!(
        matches!(target, library::Destination::Page { page, .. } if *library.title(page) == *"Nicolás Maduro")
    );
}

#[test]
fn finding_counts_and_goes_from_place_to_place() {
    let mut session = Session::bundled().keys("/ type:coordination");
    assert_snapshot!("find_80x24", session.screen());
    let found = session.state.reading().sheet.found.len();
    assert!(found > 2);
    assert!(session.shows(&format!("1 of {found}")));
    session.press("enter n");
    assert!(session.shows(&format!("`coordination`: 2 of {found}")), "{}", session.screen());
    session.press("N N");
    assert!(session.shows("around the end"), "{}", session.screen());
    session.press("esc");
    assert!(session.state.reading().sheet.found.is_empty());
    session.press("/ type:zebra enter");
    assert!(session.shows("`zebra` is not in this card"), "{}", session.screen());
}

#[test]
fn finding_is_left_where_it_began() {
    let mut session = Session::bundled().keys("j j");
    let top = session.state.reading().sheet.top;
    session.press("/ type:question esc");
    assert_eq!(session.state.reading().sheet.top, top);
    assert!(session.state.screens.is_empty());
}

#[test]
fn cards_are_opened_by_some_letters_of_their_titles_and_aliases() {
    let mut session = Session::bundled().keys("o type:rubio");
    assert_snapshot!("open_80x24", session.screen());
    session.press("enter");
    assert_eq!(session.title(), "Marco Rubio");
    session.press("o type:zzzz enter");
    assert!(session.shows("nothing is called `zzzz`"), "{}", session.screen());
    session.press("esc o down enter");
    assert_eq!(session.title(), "The readout");
}

#[test]
fn the_palette_runs_commands_by_name() {
    let mut session = Session::bundled().keys(": type:next type:card");
    assert_snapshot!("palette_80x24", session.screen());
    session.press("enter");
    assert_eq!(session.title(), "The call of 6 January 2026");
    session.press("K : type:links type:here enter");
    assert!(session.shows("What links to"), "{}", session.screen());
}

#[test]
fn contents_lists_cards_and_the_parts_of_the_present_one() {
    let mut session = Session::bundled().keys("t");
    assert_snapshot!("contents_80x24", session.screen());
    session.press("j j j j enter");
    assert_eq!(session.title(), "The readout");
    assert!(session.state.reading().sheet.top > 0, "a part of the card was gone to");
    session.press("t G enter");
    assert_eq!(session.title(), "What the source leaves out");
    let mut wide = Session::bundled().size(200, 60).keys("t j");
    assert_snapshot!("contents_200x60", wide.screen());
    wide.press("q");
    assert!(wide.state.screens.is_empty() && wide.effects.is_empty());
}

#[test]
fn the_trail_is_a_tree_one_can_jump_in() {
    let mut session = Session::bundled().keys("1 H 2 tab K esc g t");
    assert_snapshot!("trail_80x24", session.screen());
    session.press("k enter");
    assert_eq!(session.title(), "\"Close coordination\"");
}

#[test]
fn two_cards_stand_side_by_side() {
    let mut session = Session::bundled().size(160, 30).keys("tab |");
    assert_snapshot!("beside_160x30", session.screen());
    assert_eq!(session.title(), "\"Close coordination\"");
    session.press("\\");
    assert_eq!(session.title(), "The readout");
    session.resize(80, 24);
    assert!(session.shows("The readout"), "{}", session.screen());
    session.press("\\");
    assert_eq!(session.title(), "\"Close coordination\"");
    session.press("q");
    assert!(session.state.beside.is_none() && session.effects.is_empty());
}

#[test]
fn rows_of_one_block_of_code_move_sideways_together() {
    let long = "x".repeat(90);
    let source = format!(
        "title: T\ncards:\n  - id: a\n    title: A\n    body: |\n      ```\n      if short {{\n          {long}END\n      }}\n      ```\n\n      Words.\n"
    );
    let mut session = Session::open(&source);
    let footer = session.screen().lines().last().unwrap().to_owned();
    assert!(footer.contains("> right"), "{footer}");
    let (x, y) = session.place_of("if short {");
    let words = session.place_of("Words.");
    session.press(">");
    assert_eq!(session.place_of("t {"), (x + "if shor".len() - 8, y), "{}", session.screen());
    assert_eq!(session.place_of("Words."), words, "the text stays");
    session.press("> >");
    assert!(session.shows("END"), "{}", session.screen());
    let footer = session.screen().lines().last().unwrap().to_owned();
    assert!(!footer.contains("> right"), "{footer}");
}
