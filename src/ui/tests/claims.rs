//! Sessions of who says so: the box below a statement, the lists of claims, voices and sources,
//! passages in sources, and copying.

use super::*;
use crate::app::{CopyAs, cut};

const VOICES: &str = "
id: v
title: Voices
as_of: \"2026-01-06\"
voices: {ann: {name: Ann, note: a witness}, bob: Bob}
sources:
  notes: {title: Notes, file: notes.txt, passages: {p1: [0, 9], p2: [9, 19]}}
  paper: {title: A paper, publisher: The Press, date: \"2026-02\", url: \"https://example.org/p\"}
gaps:
- {id: g, at: notes#p1, kind: missing-list, text: A list is lost., cards: [one]}
cards:
- id: one
  title: One
  passages: [notes#p1]
  bottom_line: Both speak.
  sections:
  - {basis: document, from: [notes#p1], text: \"First sentence. The U.S. Navy came: [[two]].\"}
  - {basis: editor, text: I reason.}
  claims:
  - {by: ann, verb: says, text: It was so., from: [notes#p1], check: disputed, note: She was there.}
  - {by: bob, verb: denies, text: It was not., from: [notes#p1, paper], check: single-source, later: true}
  dates: [{date: \"2026-02-01\", text: A trial}, {date: \"2026-01\", text: A month}]
- id: two
  title: Two
  body: x
  claims:
  - {by: ann, text: Again., from: [paper]}
  see_also: [{to: one, rel: explains, why: it is the reason}]
";

fn voices() -> Session {
    Session::open(VOICES)
}

/// What was to be copied last.
fn copied(session: &Session) -> &str {
    let copied = session.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copied.expect("something copied")
}

impl Session {
    /// Answers the last question for a passage with the text of its file.
    fn found(&mut self, text: &str, differs: bool) {
        let wanted = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Source(wanted) => Some(wanted.clone()),
            _ => None,
        });
        let excerpt = cut(wanted.expect("a passage asked for"), text, differs);
        update(&mut self.state, Message::Source(excerpt));
    }

    /// Answers it with the file not being there.
    fn not_found(&mut self) {
        let wanted = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Source(wanted) => Some(wanted.clone()),
            _ => None,
        });
        update(&mut self.state, Message::NoSource(wanted.expect("a passage asked for")));
    }
}

#[test]
fn a_card_shows_standing_later_and_gaps_in_their_places() {
    assert_snapshot!("who_card_80x50", voices().size(80, 50).screen());
    assert_snapshot!("who_card_120x40", voices().size(120, 40).screen());
}

#[test]
fn who_says_so_on_three_screens() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let session = Session::bundled().size(width, height).keys("o type:narcoterrorism enter w");
        assert_snapshot!(format!("who_{width}x{height}"), session.screen());
        let session = session.keys("j j j");
        assert_snapshot!(format!("who_claim_{width}x{height}"), session.screen());
    }
}

#[test]
fn the_statement_that_is_meant_is_marked_without_colours_too() {
    let session = voices().theme("mono").keys("w g g j");
    let (_, row) = session.place_of("First sentence.");
    let styles = session.styles();
    let marked = styles.lines().nth(row).unwrap();
    assert!(marked.contains("UNDERLINED") || marked.contains("REVERSED"), "{marked}");
    assert!(marked.contains("3-17 "), "the sentence and no more: {marked}");
}

#[test]
fn the_chosen_link_tells_the_statement_that_is_meant() {
    let session = voices().keys("tab w");
    assert!(session.shows("From the document") && session.shows("2 of 7"), "{}", session.screen());
}

#[test]
fn closing_comes_back_and_a_claim_is_gone_to() {
    let mut session = Session::bundled().keys("o type:narcoterrorism enter d");
    let top = session.state.reading().sheet.top;
    session.press("w j j");
    assert_ne!(session.state.reading().sheet.top, top);
    session.press("esc");
    assert_eq!(session.state.reading().sheet.top, top);
    let mut session = voices().size(80, 40).keys("w G");
    assert!(
        session.shows("7 of 7") && session.shows("An event of 2026-01"),
        "{}",
        session.screen()
    );
    session.press("g g j j j");
    assert!(session.shows("Ann · says") && session.shows("4 of 7"), "{}", session.screen());
    // Its passage, the claim on the same passage, the claim of the same voice.
    session.press("3");
    assert_eq!(session.title(), "Two");
    assert!(session.state.screens.is_empty());
    session.press("H");
    assert_eq!((session.title().as_str(), session.state.reading().sheet.top), ("One", 0));
}

#[test]
fn the_claims_of_the_library_by_voice_standing_and_source() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let session = Session::bundled().size(width, height).keys("g v");
        assert_snapshot!(format!("voices_{width}x{height}"), session.screen());
        let session = session.keys("j enter");
        assert_snapshot!(format!("voice_{width}x{height}"), session.screen());
        let session = session.keys("esc g S");
        assert_snapshot!(format!("sources_{width}x{height}"), session.screen());
        let session = session.keys("enter");
        assert_snapshot!(format!("source_{width}x{height}"), session.screen());
    }
    let mut session = voices().keys("g v G");
    assert!(session.shows("≠ disputed"), "{}", session.screen());
    session.press("g g enter j enter");
    assert_eq!(session.title(), "Two");
    session.press("g v q");
    assert!(session.state.screens.is_empty());
}

#[test]
fn lists_lead_back_to_where_they_were_opened() {
    let mut session = voices().keys("w g g j j j w");
    assert!(session.shows("a witness") || session.shows("Ann ─"), "{}", session.screen());
    session.press("esc");
    assert!(session.shows("Who says so"), "{}", session.screen());
    session.press("esc");
    assert!(session.state.screens.is_empty());
}

#[test]
fn a_passage_is_shown_in_its_surroundings() {
    let mut session = voices().keys("w g g j g s");
    session.found("It was so and not\notherwise.\n", false);
    assert_snapshot!("passage_80x24", session.screen());
    session.press("y");
    assert_eq!(copied(&session), "“It was so” — via Notes, card “One”, Voices, as of 2026-01-06");
    session.press("esc");
    assert!(session.shows("Who says so"), "{}", session.screen());
    session.press("esc g s");
    session.found("Another\n", true);
    assert!(session.shows("SHA-256 is another one"), "{}", session.screen());
}

#[test]
fn a_file_that_is_not_there_is_asked_for() {
    let mut session = voices().keys("w g g j g s");
    session.not_found();
    assert_snapshot!("passage_lacks_80x24", session.screen());
    session.press("type:/tmp/n.txt enter");
    let Some(Effect::Source(wanted)) = session.effects.last() else { panic!("asked again") };
    let given = wanted.of.as_ref().and_then(|of| of.given.as_ref());
    assert_eq!(given.unwrap().to_str(), Some("/tmp/n.txt"));
    session.not_found();
    assert!(session.shows("there is no file `/tmp/n.txt`"), "{}", session.screen());
    session.press("enter");
    session.found("It was so.\n", false);
    assert!(session.shows("It was so."), "{}", session.screen());
    // From now on it is known.
    session.press("esc esc esc g s");
    let Some(Effect::Source(wanted)) = session.effects.last() else { panic!("asked") };
    assert!(wanted.of.as_ref().is_some_and(|of| of.given.is_some()));
}

#[test]
fn without_a_file_it_is_told_what_is_known() {
    let session = voices().keys("g S j enter");
    assert!(session.shows("https://example.org/p"), "{}", session.screen());
    assert!(session.shows("1 claim"), "{}", session.screen());
    assert!(!session.effects.iter().any(|e| matches!(e, Effect::Open(_) | Effect::Source(_))));
}

#[test]
fn what_is_chosen_is_copied_with_its_citation() {
    let mut session = voices().keys("y");
    assert_eq!(copied(&session), "“Both speak.” — card “One”, Voices, as of 2026-01-06");
    assert!(session.shows("copied the bottom line: “Both speak.”"), "{}", session.screen());
    session.press("w g g j j j j y");
    assert_eq!(
        copied(&session),
        "“It was not.” — Bob (denies), via ¶1, Notes; A paper, The Press, 2026-02, card “One”, Voices, as of 2026-01-06 (single-source)"
    );
    session.press("esc tab y");
    assert_eq!(copied(&session), "“Two” — card “Two”, Voices, as of 2026-01-06");
    session.press("g v enter j y");
    assert!(copied(&session).starts_with("“Again.” — Ann, via A paper"), "{}", copied(&session));
    session.state.settings.copy_as = CopyAs::Markdown;
    session.press("y");
    assert!(copied(&session).contains("[A paper](<https://example.org/p>)"));
    session.effects.clear();
    session.state.settings.copy = false;
    session.press("y");
    assert!(session.effects.is_empty() && session.shows("copying is off"), "{}", session.screen());
}

#[test]
fn what_is_copied_is_harmless_and_of_limited_length() {
    let long = "x".repeat(90_000);
    let hostile =
        format!("cards:\n- id: a\n  title: A\n  bottom_line: \"\\e]52;c;eA==\\a {long}\"\n");
    let session = Session::open(&hostile).keys("y");
    let text = copied(&session);
    assert!(!text.contains(|c: char| c.is_control()), "no character acts on anything");
    assert!(text.len() <= 48 << 10 && text.starts_with("“␛]52"));
    assert!(session.shows("its beginning"), "{}", session.screen());
}

#[test]
fn cards_without_statements_say_so() {
    let session = Session::open("cards: [{id: a, title: A, aliases: [B], tags: [c]}]").keys("w");
    assert!(session.shows("nothing is stated here"), "{}", session.screen());
    let session = session.keys("g s");
    assert!(session.shows("no source is named"), "{}", session.screen());
    assert!(session.keys("g v").shows("no card has claims"));
}

#[test]
fn a_smaller_screen_keeps_the_box() {
    let mut session = Session::bundled().keys("o type:narcoterrorism enter w j j j");
    for (width, height) in [(40, 12), (20, 6), (8, 4), (1, 1), (120, 40), (80, 24)] {
        session.resize(width, height);
        session.screen();
        session.press("j k");
    }
    assert!(session.shows("Who says so"), "{}", session.screen());
}
