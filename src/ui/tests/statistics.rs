//! What came of studying, on the screen. What the shell works out on a thread is worked out here at
//! once.

use super::*;
use crate::app::{Goal, Prepared};
use crate::store::{Change, Event, Kept, Progress, Subject};
use crate::study::{Desk, FORECAST, Moment, Options};

/// Eight in the morning of the 15th of January 2027.
const NOW: Moment = Moment { at_ms: 1_800_000_000_000, offset_min: 60 };
const HOUR: i64 = 3_600_000;

/// Two briefings of some questions.
fn files() -> Library {
    let file = |id: &str, title: &str, cards: usize| {
        let card = |n| {
            format!(
                "- {{id: c{n}, title: Card {n}, body: x, questions: [{{id: q, q: Q{n}, a: A}}]}}\n"
            )
        };
        let cards: String = (0..cards).map(card).collect();
        let source = format!("id: {id}\ntitle: {title}\ncards:\n{cards}");
        let (briefing, found) = crate::format::briefing(&source, id);
        Arc::new(Document::new(briefing, None, found))
    };
    Library::new(vec![
        file("ports", "Ports and patrols", 60),
        file("treaties", "Treaties of the last hundred years, with their annexes", 25),
    ])
}

/// Most of a year of answers, each time the same.
fn answers() -> Vec<Event> {
    let mut events = Vec::new();
    for card in 0..60_i64 {
        let (mut turn, mut hours) = (0_i64, 300 * 24 - card * 61);
        while hours > 1 {
            let grade: u8 = if (card * 7 + turn * 5) % 9 == 0 { 1 } else { 3 };
            let days: u32 =
                if grade == 1 { 0 } else { 2_u32.pow(u32::try_from(turn % 7).unwrap()) };
            let moment = NOW.at_ms - hours * HOUR;
            let on = Subject::card("ports", &format!("c{card}")).item("q");
            let took_ms = 4_000 + u64::try_from(card * 700 % 9_000).unwrap();
            let change = Change::Review {
                grade,
                took_ms,
                moment: Some(moment),
                offset: 60,
                interval: Some(days),
                cram: false,
                more: serde_json::Map::new(),
            };
            events.push(Event { id: format!("{card}-{turn}").into(), at: moment, on, change });
            turn += 1;
            hours -= i64::from(days) * 24 + 1 + (card + turn) % 5 * 9;
        }
    }
    events
}

fn kept(session: &mut Session, events: &[Event]) {
    let kept = Kept::new(events);
    let effects = update(&mut session.state, Message::Kept(Box::new(kept), NOW.at_ms));
    session.effects.extend(effects);
}

/// Does what the shell does when studying begins.
fn prepare(session: &mut Session) {
    let effects = std::mem::take(&mut session.effects);
    for effect in effects {
        let Effect::Study(goal, record) = effect else { continue };
        let library = Arc::clone(&session.state.library);
        let desk = Desk::new(&library, &record, &Options::default(), NOW);
        let statistics = (goal == Goal::Statistics).then(|| desk.statistics(NOW, FORECAST));
        let prepared = Prepared { goal, library, desk, statistics, now: NOW, faults: Vec::new() };
        update(&mut session.state, Message::Study(Box::new(prepared)));
    }
}

fn statistics(width: usize, height: usize) -> Session {
    let mut session = Session::with(files()).size(width, height);
    kept(&mut session, &answers());
    session.press("g y");
    prepare(&mut session);
    session
}

#[test]
fn statistics_are_shown_at_any_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let session = statistics(width, height);
        assert_snapshot!(format!("statistics_{width}x{height}"), session.screen());
    }
    let session = statistics(80, 24).keys("G");
    assert_snapshot!("statistics_end_80x24", session.screen());
}

#[test]
fn statistics_are_drawn_in_ascii_alone() {
    let mut session = Session::with(files()).ascii().size(80, 70);
    kept(&mut session, &answers());
    session.press("g y");
    prepare(&mut session);
    let screen = session.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert_snapshot!("statistics_ascii", screen);
}

#[test]
fn the_place_in_the_statistics_outlives_another_size() {
    let mut session = statistics(80, 24).keys("d d");
    let top = session.screen().lines().nth(3).unwrap().to_owned();
    session.resize(80, 20);
    assert_eq!(session.screen().lines().nth(3).unwrap(), top);
    session.press("esc");
    assert!(!session.shows("Statistics"), "{}", session.screen());
}

#[test]
fn with_nothing_studied_it_says_what_to_do() {
    let mut session = Session::with(files());
    session.press("g y");
    assert!(session.shows("what was kept is still being read"), "{}", session.screen());
    kept(&mut session, &[]);
    session.press("g y");
    prepare(&mut session);
    assert_snapshot!("statistics_none_80x24", session.screen());
}

#[test]
fn what_is_wished_for_at_the_start_begins_once_all_is_known() {
    let mut session = Session::with(files());
    session.state.studies.wish = Some(Goal::Statistics);
    session.press("j");
    assert!(!session.effects.iter().any(|effect| matches!(effect, Effect::Study(..))));
    let read = Change::Progress { state: Progress::Read, due: None };
    let on = Subject::card("ports", "c3");
    kept(&mut session, &[Event { id: "a".into(), at: 5, on, change: read }]);
    let begun = session.effects.iter().filter_map(|effect| match effect {
        Effect::Study(goal, record) => Some((*goal, record.read.contains(&(3, 5)))),
        _ => None,
    });
    assert_eq!(begun.collect::<Vec<_>>(), [(Goal::Statistics, true)]);
    session.effects.clear();
    session.press("j");
    assert!(!session.effects.iter().any(|effect| matches!(effect, Effect::Study(..))), "only once");
}
