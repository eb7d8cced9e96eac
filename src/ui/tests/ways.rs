//! Sessions of dates, ways, the map, and mentions without a link. What the shell does on threads is done
//! here at once.

use super::*;
use crate::search::{Reach, Terms, mentioned};
use std::sync::atomic::AtomicBool;

/// Cards that mention each other, with and without links.
const HARBOUR: &str = "
id: harbour
title: Harbour
cards:
  - id: pilots
    title: Harbour pilots
    aliases: [Guides]
    bottom_line: Harbour pilots know the tide tables and [[light]].
    body: |
      They read tide tables, and `tide tables`, and Ada King.

      ## Of tide tables
  - id: tables
    title: Tide tables
    body: Made for harbour pilots.
  - id: light
    title: The light
    body: Ada King built it. See [[alone]].
    dates:
      - {date: '1820', text: It is *built*.}
  - id: alone
    title: A long way out
    body: Guides stay away.
    dates:
      - {date: '1819-05-01', text: A ship is lost., basis: background, later: true}
";

impl Session {
    /// Does what the shell does for mentions, until nothing is wanted.
    fn mentioning(mut self) -> Self {
        let mut effects = update(&mut self.state, Message::Drawn);
        effects.append(&mut self.effects);
        let go_on = AtomicBool::new(false);
        while !effects.is_empty() {
            let library = Arc::clone(&self.state.library);
            let messages = effects.drain(..).filter_map(|effect| match effect {
                Effect::BuildTerms(reach) => {
                    let terms = Terms::build(&library, reach, &go_on).unwrap();
                    Some(Message::Terms(library.clone(), Arc::new(terms)))
                }
                Effect::FindMentions(of, card) => {
                    let terms = self.state.mentions.terms().unwrap();
                    Some(Message::Mentioned(of, mentioned(&library, terms, card, &go_on)))
                }
                _ => None,
            });
            let messages: Vec<_> = messages.collect();
            effects = messages.into_iter().flat_map(|m| update(&mut self.state, m)).collect();
        }
        self
    }

    fn reach(mut self, reach: Reach) -> Self {
        self.state.settings.autolink = reach;
        self
    }
}

const SIZES: [(usize, usize); 3] = [(80, 24), (120, 40), (40, 12)];

#[test]
fn the_timeline_on_three_screens() {
    for (width, height) in SIZES {
        let session = Session::bundled().size(width, height).keys("T");
        assert_snapshot!(format!("timeline_{width}x{height}"), session.screen());
    }
}

#[test]
fn a_date_leads_to_where_it_stands_on_its_card() {
    let session = Session::open(HARBOUR).keys("T j enter");
    assert_eq!(session.title(), "The light");
    assert!(session.shows("1820"), "{}", session.screen());
    let session = Session::open(HARBOUR).keys("T enter");
    assert_eq!(session.title(), "A long way out");
    assert!(Session::open(TWO).keys("T").shows("no card has a date"));
}

#[test]
fn the_way_to_another_card_on_three_screens() {
    for (width, height) in SIZES {
        let session = Session::bundled().size(width, height).keys("g p type:maduro enter");
        assert_snapshot!(format!("way_{width}x{height}"), session.screen());
    }
    let session = Session::open(HARBOUR).keys("g p type:way enter enter");
    assert_eq!(session.title(), "The light");
    let session = Session::open(HARBOUR).keys("g p type:tables enter");
    assert!(session.shows("no references lead between"), "{}", session.screen());
}

#[test]
fn the_map_on_three_screens() {
    for (width, height) in SIZES {
        let session = Session::bundled().size(width, height).keys("g m l");
        assert_snapshot!(format!("map_{width}x{height}"), session.screen());
    }
    assert_snapshot!(
        "map_ascii",
        Session::open(HARBOUR).size(120, 12).ascii().keys("g m").screen()
    );
}

#[test]
fn one_goes_about_the_map_by_arrows_and_opens_a_card() {
    let session = Session::open(HARBOUR).size(120, 24).keys("g m l l");
    assert_eq!(session.keys("enter").title(), "A long way out");
    let session = Session::open(HARBOUR).keys("g m l h h j enter");
    assert_eq!(session.title(), "Harbour pilots");
    let session = Session::open(HARBOUR).size(120, 24).keys("g m");
    let place = session.place_of("A long way out");
    assert_eq!(session.mouse(MouseKind::Click, place).title(), "A long way out");
}

#[test]
fn cards_that_nothing_links_to_are_listed() {
    let session = Session::open(HARBOUR).keys("g o");
    assert_snapshot!("orphans_80x24", session.screen());
    assert_eq!(session.keys("j enter").title(), "Tide tables");
}

#[test]
fn cards_within_two_steps_are_listed_as_a_tree() {
    let session = Session::open(HARBOUR).keys("g n");
    assert_snapshot!("neighbours_80x24", session.screen());
    assert_eq!(session.keys("j enter").title(), "A long way out");
    assert!(Session::open(HARBOUR).keys("] g n").shows("no reference leads"));
}

#[test]
fn mentions_are_quiet_links_without_numbers() {
    let session = Session::open(HARBOUR);
    let plain = session.screen();
    let session = session.mentioning();
    assert_eq!(session.screen(), plain, "nothing moves");
    let row = session.place_of("tide tables").1;
    let styles = session.styles();
    assert!(styles.lines().nth(row).unwrap().contains("UNDERLINED"), "{styles}");
    assert_eq!(styles.matches("UNDERLINED").count(), 1, "the first mention alone: {styles}");
    let place = session.place_of("tide tables");
    assert_eq!(session.mouse(MouseKind::Click, place).title(), "Tide tables");
    // The link of the author comes first, and alone has a number.
    assert_eq!(Session::open(HARBOUR).mentioning().keys("tab enter").title(), "The light");
    assert_eq!(Session::open(HARBOUR).mentioning().keys("f a").title(), "Tide tables");
    // Where the author made none, one gets to the quiet ones.
    let session = Session::open(HARBOUR).mentioning().keys("] tab enter");
    assert_eq!(session.title(), "Harbour pilots");
}

#[test]
fn nothing_is_looked_for_when_it_is_off() {
    let session = Session::open(HARBOUR).reach(Reach::Off).mentioning();
    assert!(!session.styles().contains("UNDERLINED"));
    assert!(session.keys("B").shows("no other card links here"));
}

#[test]
fn what_mentions_a_card_is_listed_below_what_links_to_it() {
    let session = Session::open(HARBOUR).mentioning().keys("B").mentioning();
    assert_snapshot!("mentioned_80x24", session.screen());
    assert_eq!(session.keys("enter").title(), "Tide tables");
    let session = Session::open(HARBOUR).reach(Reach::All).mentioning().keys("B").mentioning();
    assert_snapshot!("mentioned_all_80x24", session.screen());
    let session = Session::open(HARBOUR).size(120, 40).mentioning();
    assert_snapshot!("mentioned_120x40", session.screen());
}

#[test]
fn an_answer_for_another_card_is_not_taken() {
    let mut session = Session::open(HARBOUR).size(120, 40).mentioning();
    let asked = update(&mut session.state, Message::Key("]".parse().unwrap()));
    assert!(matches!(asked[..], [Effect::FindMentions(2, 1)]), "{asked:?}");
    update(&mut session.state, Message::Mentioned(1, crate::search::Mentioned::default()));
    assert!(session.state.mentions.of(1).is_none());
}

#[test]
fn a_date_is_shown_in_the_upper_third_with_what_follows_it() {
    let date = |n| format!("      - {{date: \"20{n}\", text: It happened in year {n}.}}\n");
    let dates = (10..60).map(date).fold(String::new(), |all, date| all + &date);
    let source = format!(
        "title: T\ncards:\n  - id: a\n    title: A\n    body: x\n  - id: b\n    title: B\n    body: y\n    dates:\n{dates}"
    );
    let mut session = Session::open(&source).keys("T");
    for _ in 0..20 {
        session.press("j");
    }
    session.press("enter");
    assert_eq!(session.title(), "B");
    let (_, y) = session.place_of("It happened in year 30.");
    assert!(y <= 24 / 3, "row {y}\n{}", session.screen());
    assert!(session.shows("It happened in year 35."));
}
