//! Sessions of searching all cards, and of the index. What the shell does on threads is done here at
//! once, or late on purpose.

use super::keeping::{NOW, Shelf};
use super::*;
use crate::app::{Answer, answer};
use crate::library::Page;
use crate::search::{Index, Query, QueryError};
use crate::store::{Change, Kept, Subject};
use std::sync::atomic::AtomicBool;

/// Cards in two briefings.
const MANY: [&str; 2] = [
    "
id: one
title: Harbours
cards:
  - id: a
    title: The harbour
    bottom_line: Ships wait for the tide.
    body: |
      Pilots know the tide, and the tide knows nobody.
  - id: b
    title: Pilots of the NHS
    aliases: [Guides]
    body: They read the tide.
",
    "
id: two
title: Weather
cards:
  - id: c
    title: Wind
    body: |
      It has nothing to do with it.

      Nor with this.

      Against the tide it raises waves.
",
];

fn library(sources: &[&str]) -> Library {
    let document = |source: &&str| {
        let (briefing, found) = crate::format::briefing(source, "test");
        Arc::new(Document::new(briefing, None, found))
    };
    Library::new(sources.iter().map(document).collect())
}

impl Session {
    /// Does what the shell does when a search wants something, until nothing is wanted.
    fn searched(mut self) -> Self {
        self.search();
        self
    }

    fn search(&mut self) {
        let mut effects = std::mem::take(&mut self.effects);
        while !effects.is_empty() {
            let library = Arc::clone(&self.state.library);
            let messages = effects.drain(..).filter_map(|effect| match effect {
                Effect::BuildIndex => Some(Message::Indexed(library.clone(), built(&library))),
                Effect::Search(of, query) => Some(Message::Found(of, found(&library, &query))),
                _ => None,
            });
            let messages: Vec<_> = messages.collect();
            effects = messages.into_iter().flat_map(|m| update(&mut self.state, m)).collect();
        }
    }

    fn place(&self) -> (Page, usize) {
        (self.state.reading().page, self.state.reading().sheet.top)
    }
}

fn built(library: &Library) -> Arc<Index> {
    Arc::new(Index::build(library, &AtomicBool::new(false)).unwrap())
}

fn found(library: &Library, query: &Query) -> Result<Answer, QueryError> {
    answer(&built(library), library, query, &AtomicBool::new(false))
}

#[test]
fn results_on_four_screens() {
    for (width, height) in [(80, 24), (40, 12), (120, 40), (200, 60)] {
        let session = Session::bundled().size(width, height).keys("s").searched();
        assert_snapshot!(format!("search_blank_{width}x{height}"), session.screen());
        let session = session.keys("type:coordination").searched().keys("down");
        assert_snapshot!(format!("search_{width}x{height}"), session.screen());
    }
}

#[test]
fn the_index_on_four_screens() {
    for (width, height) in [(80, 24), (40, 12), (120, 40), (200, 60)] {
        let session = Session::bundled().size(width, height).keys("i down");
        assert_snapshot!(format!("index_{width}x{height}"), session.screen());
    }
    assert_snapshot!("index_typed_80x24", Session::bundled().keys("i type:co").screen());
}

#[test]
fn matches_are_marked_in_titles_and_snippets_and_in_the_card() {
    let session = Session::bundled().keys("s type:coordination").searched();
    assert_snapshot!("search_styles", session.styles());
    assert_snapshot!("search_found_80x24", session.keys("down down enter").screen());
}

/// The titles that are found.
fn titles(session: &Session) -> Vec<&str> {
    match session.state.screens.last() {
        Some(Screen::Search(search)) => {
            search.hits().iter().map(|hit| hit.title.as_str()).collect()
        }
        _ => panic!("{}", session.screen()),
    }
}

#[test]
fn what_the_reader_does_is_found_at_once() {
    const ALL: [&str; 3] = ["The harbour", "Pilots of the NHS", "Wind"];
    let mut shelf = Shelf::new();
    let mut session = Session::with(library(&MANY)).keys("s type:is:unread");
    session.search();
    assert_eq!(titles(&session), ALL, "before it is known what was kept");
    shelf.tell(&mut session);
    session.search();
    assert_eq!(titles(&session), ALL[1..], "the first one is open");
    for (keys, query, found) in [
        ("r u", "is:understood", &ALL[..1]),
        ("r n", "is:unread", &ALL),
        ("v enter", "has:highlight", &ALL[..1]),
        ("m m", "has:mark space -is:read", &ALL[..1]),
        ("a type:Mine esc", "has:note space type:tide", &ALL[..1]),
    ] {
        session.press("esc esc esc");
        shelf.press(&mut session, keys);
        let query = query.split(' ').map(|word| match word {
            "space" | "type:tide" => word.to_owned(),
            word => format!("type:{word}"),
        });
        session.press(&format!("s ctrl-u {}", query.collect::<Vec<_>>().join(" ")));
        session.search();
        assert_eq!(titles(&session), *found, "{keys}");
    }
    // Another reader takes the note away while the results are shown.
    let on = Subject::card("one", "a");
    let kept = Kept::new(&shelf.0.events().unwrap());
    let (item, _) = kept.notes(&on).next().unwrap();
    let gone = Change::Note { text: "".into(), title: "".into(), anchor: None };
    let events = shelf.0.append(NOW, vec![(on.item(item), gone)]).unwrap();
    let effects = update(&mut session.state, Message::News(events, NOW));
    session.effects.extend(effects);
    session.search();
    assert!(titles(&session).is_empty(), "{}", session.screen());
}

#[test]
fn results_stand_together_by_briefing() {
    let session = Session::with(library(&MANY)).keys("s type:tide").searched();
    assert_snapshot!("search_briefings_80x24", session.screen());
}

#[test]
fn wrong_queries_say_what_is_wrong_while_one_types() {
    let session = Session::bundled().keys("s type:kind:persn").searched();
    assert_snapshot!("search_wrong_80x24", session.screen());
    let session = session.keys("backspace type:on").searched();
    assert!(session.shows("Tommy Pigott"), "{}", session.screen());
    let session = session.keys("ctrl-u type:linked:nobody").searched();
    assert!(session.shows("no card is called `nobody`"), "{}", session.screen());
}

#[test]
fn where_nothing_is_found_something_near_is_offered() {
    let session = Session::bundled().keys("s type:coordinatoin").searched();
    assert!(session.shows("did you mean `coordination`?"), "{}", session.screen());
    let session = session.keys("enter").searched();
    assert!(session.shows("› coordination"), "{}", session.screen());
    assert!(session.shows("Close coordination"), "{}", session.screen());
}

#[test]
fn esc_returns_to_the_exact_place() {
    let session = Session::bundled().keys("j j j j j tab");
    let (place, chosen) = (session.place(), session.state.reading().sheet.chosen);
    let session = session.keys("s type:coordination").searched().keys("down esc");
    assert!(session.state.screens.is_empty());
    assert_eq!((session.place(), session.state.reading().sheet.chosen), (place, chosen));
    assert!(session.state.reading().query.is_none());
    // From a card that was opened, back leads there.
    let session = session.keys("s type:coordination").searched().keys("down enter esc H");
    assert_eq!(session.place(), place);
}

#[test]
fn enter_goes_to_the_match_that_was_shown() {
    let session = Session::with(library(&MANY)).size(80, 10);
    let session = session.keys("s type:raises").searched().keys("enter");
    assert_eq!(session.title(), "Wind");
    assert!(session.shows("Against the tide it raises waves"), "{}", session.screen());
    let sheet = &session.state.reading().sheet;
    assert_eq!(&sheet.layout.text()[sheet.found[sheet.present].clone()], "raises");
}

#[test]
fn the_match_is_known_by_the_words_around_it() {
    let session = Session::bundled().keys("s type:coordination").searched().keys("down enter");
    let sheet = &session.state.reading().sheet;
    let place = sheet.found[sheet.present].clone();
    let before = &sheet.layout.text()[..place.start];
    assert!(before.ends_with("vague about close "), "{before}");
}

#[test]
fn next_and_previous_walk_on_through_the_results() {
    let mut session = Session::with(library(&MANY)).keys("s type:tide").searched();
    session.press("enter");
    let mut seen = Vec::new();
    for _ in 0..6 {
        let sheet = &session.state.reading().sheet;
        seen.push(format!("{} {}/{}", session.title(), sheet.present + 1, sheet.found.len()));
        session.press("n");
    }
    let way = [
        "The harbour 1/3",
        "The harbour 2/3",
        "The harbour 3/3",
        "Pilots of the NHS 1/1",
        "Wind 1/1",
        "The harbour 1/3",
    ];
    assert_eq!(seen, way);
    session.press("N N");
    assert_eq!(session.title(), "Wind");
    assert!(session.shows("around the end"), "{}", session.screen());
    session.press("N N");
    assert_eq!((&*session.title(), session.state.reading().sheet.present), ("The harbour", 2));
    // The search opens again where one is in it.
    session.press("n s");
    let Some(Screen::Search(search)) = session.state.screens.last() else { panic!("no search") };
    assert_eq!((search.input.value(), search.selected), ("tide", 1));
}

#[test]
fn a_condition_alone_finds_cards_without_a_place_and_walks_on() {
    let session = Session::bundled().keys("s type:kind:person").searched().keys("enter");
    let first = session.title();
    assert!(session.shows("result 1 of"), "{}", session.screen());
    assert_ne!(session.keys("n").title(), first);
}

#[test]
fn stale_answers_do_not_land() {
    let mut session = Session::with(library(&MANY)).keys("s").searched();
    session.press("type:tide");
    let late = session.effects.clone();
    session.press("ctrl-u type:wind");
    session.search();
    let Some(Effect::Search(generation, query)) = late.last() else { panic!("{late:?}") };
    let library = Arc::clone(&session.state.library);
    update(&mut session.state, Message::Found(*generation, found(&library, query)));
    assert!(session.shows("1/1") && session.shows("Wind"), "{}", session.screen());
    // Nor after the search was closed, or another library came.
    session.press("esc");
    update(&mut session.state, Message::Found(*generation, found(&library, query)));
    assert!(session.state.screens.is_empty());
}

#[test]
fn an_index_of_an_older_library_does_not_land() {
    let mut session = Session::with(library(&MANY)).keys("s type:tide");
    assert!(session.effects.contains(&Effect::BuildIndex));
    assert_eq!(session.effects.len(), 1, "nothing is asked before the index is there");
    assert!(session.shows("all cards are being read"), "{}", session.screen());
    let old = Arc::clone(&session.state.library);
    let new = Arc::new(library(&MANY[..1]));
    let effects = update(&mut session.state, Message::Loaded(Arc::clone(&new)));
    assert_eq!(effects, [Effect::BuildIndex]);
    assert!(update(&mut session.state, Message::Indexed(Arc::clone(&old), built(&old))).is_empty());
    assert!(session.state.searching.index(&new).is_none());
    session.effects = update(&mut session.state, Message::Indexed(Arc::clone(&new), built(&new)));
    session.search();
    assert!(session.shows("1/2"), "{}", session.screen());
}

#[test]
fn enter_before_the_answer_opens_the_best_as_soon_as_it_is_there() {
    let session = Session::with(library(&MANY)).keys("s type:wind enter").searched();
    assert_eq!(session.title(), "Wind");
    assert!(session.state.screens.is_empty());
    // Not the one that was there before.
    let mut session = session.keys("esc s type:tide").searched();
    session.press("ctrl-u type:guides enter");
    session.search();
    assert_eq!(session.title(), "Pilots of the NHS");
}

#[test]
fn results_are_kept_when_files_change() {
    let mut session = Session::with(library(&MANY)).keys("s type:tide").searched().keys("enter");
    update(&mut session.state, Message::Reloaded(Arc::new(library(&MANY)), Vec::new()));
    session.press("n n n n");
    assert_eq!(session.title(), "Wind");
    let gone = library(&MANY[..1]);
    update(&mut session.state, Message::Reloaded(Arc::new(gone), Vec::new()));
    assert!(session.state.reading().query.is_none());
}

#[test]
fn the_mouse_opens_results() {
    let session = Session::with(library(&MANY)).keys("s type:tide").searched();
    let place = session.place_of("Against the tide");
    assert_eq!(session.mouse(MouseKind::Click, place).title(), "Wind");
    let session = Session::with(library(&MANY)).keys("s type:tide").searched();
    let session = session.mouse(MouseKind::WheelDown, (20, 10)).keys("enter");
    assert_eq!(session.title(), "Pilots of the NHS");
}

#[test]
fn pages_and_ends_of_the_results() {
    let session = Session::bundled().keys("s type:the").searched();
    let selected = |session: &Session| match session.state.screens.last() {
        Some(Screen::Search(search)) => (search.selected, search.hits().len(), search.top),
        _ => panic!("no search"),
    };
    let all = selected(&session).1;
    let session = session.keys("pgdn");
    assert!(selected(&session).0 > 2, "{}", session.screen());
    let session = session.keys(&"pgdn ".repeat(all));
    assert_eq!(selected(&session).0, all - 1);
    let session = session.keys(&"up ".repeat(all));
    assert_eq!((selected(&session).0, selected(&session).2), (0, 0));
}

#[test]
fn names_are_looked_up_in_the_index_and_walked_through() {
    let session = Session::with(library(&MANY)).keys("i");
    let Some(Screen::Picker(picker)) = session.state.screens.last() else { panic!("no index") };
    let entries: Vec<_> = picker.choices.iter().map(|choice| choice.words.as_str()).collect();
    assert_eq!(entries, ["Guides", "NHS", "Pilots of the NHS", "The harbour", "Wind"]);
    let session = session.keys("enter");
    assert_eq!(session.title(), "Pilots of the NHS");
    // Other names of the same card are passed over.
    let session = session.keys(",");
    assert_eq!(session.title(), "The harbour");
    assert!(session.shows("The harbour: 4 of 5"), "{}", session.screen());
    assert!(session.keys(", ,").shows("Guides: 1 of 5, around the end"));
    let session = Session::with(library(&MANY)).keys("i type:nhs enter ,");
    assert!(session.shows("no other entry was there to choose"), "{}", session.screen());
    let session = Session::with(library(&MANY)).keys(",");
    assert!(session.shows("no entry of the index was chosen yet: i shows it"));
}

#[test]
fn what_is_chosen_can_be_seen_in_small_windows() {
    let mut session = Session::bundled().size(40, 12).keys("i down down down down down down");
    session.resize(40, 10);
    let row = |session: &Session| {
        let Some(Screen::Picker(picker)) = session.state.screens.last() else { panic!("no index") };
        picker.choices[picker.selected].words.to_string()
    };
    let chosen = row(&session);
    assert!(session.shows(&chosen[..8]), "{chosen}: {}", session.screen());
    session.press("esc s type:the");
    session.search();
    for _ in 0..9 {
        session.press("down");
        let Some(Screen::Search(search)) = session.state.screens.last() else { panic!() };
        let title = &search.hits()[search.selected].title;
        let start: String = title.chars().take(12).collect();
        assert!(session.shows(&start), "{title}: {}", session.screen());
    }
}
