//! What is asked today, and the way through it.

use super::*;
use crate::study::options::{NewFrom, Siblings};
use crate::study::queue::{Queue, Standing};
use crate::study::review::Event;
use crate::study::session::Session;
use proptest::prelude::*;
use std::collections::HashSet;

fn all_new() -> Options {
    Options { new_from: NewFrom::All, ..Options::default() }
}

fn queue(
    items: &Items,
    log: &[Review],
    standing: &Standing,
    options: &Options,
    now: Moment,
) -> Queue {
    let scheduler = Scheduler::new(options);
    Queue::new(items, &History::new(items, log, &scheduler), standing, &scheduler, now)
}

fn session(items: &Arc<Items>, log: &[Review], options: &Options, now: Moment) -> Session {
    let scheduler = Arc::new(Scheduler::new(options));
    let history = History::new(items, log, &scheduler);
    let queue = Queue::new(items, &history, &Standing::default(), &scheduler, now);
    Session::new(Arc::clone(items), scheduler, history, queue, (false, HashSet::new()), now)
}

fn asked(session: &Session) -> Option<String> {
    session.current().map(|item| item.id.to_string())
}

#[test]
fn new_questions_come_from_cards_that_were_read_some_time_ago() {
    let items = many(5);
    let now = noon(100);
    let ago = |minutes: i64| Moment { at_ms: now.at_ms - minutes * 60_000, offset_min: 0 };
    let read = [(0, ago(40)), (1, ago(10)), (3, ago(300))].into_iter().collect();
    let mut standing = Standing { read, ..Standing::default() };
    let options = Options::default();
    assert_eq!(queue(&items, &[], &standing, &options, now).order, [0, 3]);
    // The card that was read last waits, however long ago; on the next day it does not.
    let quick = Options { wait_after_reading: 0, ..options };
    assert_eq!(queue(&items, &[], &standing, &quick, now).order, [0, 3]);
    assert_eq!(queue(&items, &[], &standing, &quick, noon(101)).order, [0, 1, 3]);
    standing.picked.insert(4);
    let picked = Options { new_from: NewFrom::Picked, ..quick };
    assert_eq!(queue(&items, &[], &standing, &picked, now).order, [4]);
    standing.suspended.insert(4);
    assert!(queue(&items, &[], &standing, &picked, now).is_empty());
}

#[test]
fn limits_count_what_was_done_today() {
    let items = many(30);
    let log: Vec<_> = (0..4).map(|at| review(&items, at, noon(100), Grade::Easy)).collect();
    let standing = Standing::default();
    let queue = |now| queue(&items, &log, &standing, &all_new(), now);
    assert_eq!((queue(noon(100)).new, queue(noon(101)).new), (6, 10));
    // A day ends at four in the morning.
    let night = Moment { at_ms: noon(100).at_ms + 15 * HOUR, offset_min: 0 };
    assert_eq!((queue(night).new, queue(night.later(60)).new), (6, 10));
}

#[test]
fn new_ones_are_spread_among_reviews() {
    let items = many(9);
    let log: Vec<_> = (0..6)
        .map(|at| Review { interval: Some(1), ..review(&items, at, noon(100), Grade::Good) })
        .collect();
    let queue = queue(&items, &log, &Standing::default(), &all_new(), noon(101));
    assert_eq!((queue.reviews, queue.new), (6, 3));
    let is_new: Vec<bool> = queue.order.iter().map(|at| *at >= 6).collect();
    assert_eq!(is_new, [false, false, true, false, false, true, false, false, true]);
}

#[test]
fn the_most_forgotten_comes_first() {
    let items = many(2);
    let promised = |at, day, days| Review {
        interval: Some(days),
        ..review(&items, at, noon(day), Grade::Good)
    };
    let log = [promised(0, 99, 1), promised(1, 60, 1)];
    let queue = queue(&items, &log, &Standing::default(), &all_new(), noon(101));
    assert_eq!(queue.order, [1, 0]);
}

#[test]
fn siblings_wait_for_another_day() {
    let items = Items::new(&library(KINDS), false);
    let of = |siblings, log: &[Review]| {
        let options = Options { siblings, ..all_new() };
        queue(&items, log, &Standing::default(), &options, noon(100)).order
    };
    assert_eq!(of(Siblings::Question, &[]), [0, 2, 3]);
    assert_eq!(of(Siblings::Card, &[]), [0]);
    assert_eq!(of(Siblings::None, &[]), [0, 1, 2, 3, 4]);
    let done = [review(&items, 1, noon(100), Grade::Good)];
    assert_eq!(of(Siblings::Question, &done), [2, 3]);
}

#[test]
fn what_was_not_known_returns_in_the_session() {
    let items = Arc::new(many(3));
    let mut session = session(&items, &[], &all_new(), noon(100));
    let mut now = noon(100);
    let mut seen = Vec::new();
    let grades = [Grade::Again, Grade::Good, Grade::Good, Grade::Hard];
    for grade in grades {
        seen.push(asked(&session).unwrap());
        assert_eq!(session.grade(grade, now, 1), None, "the answer was not seen");
        session.reveal();
        assert!(matches!(session.grade(grade, now, 1), Some(Event::Reviewed(_))));
        now = now.later(1);
    }
    assert_eq!(seen, ["b/c0#q", "b/c1#q", "b/c2#q", "b/c0#q"]);
    assert_eq!((asked(&session), session.left(), session.graded()), (None, 0, (4, 1)));
}

#[test]
fn what_is_due_again_comes_before_the_next() {
    let items = Arc::new(many(3));
    let mut session = session(&items, &[], &all_new(), noon(100));
    session.reveal();
    session.grade(Grade::Again, noon(100), 1);
    session.reveal();
    session.grade(Grade::Good, noon(100).later(11), 1);
    assert_eq!(asked(&session).as_deref(), Some("b/c0#q"));
}

#[test]
fn everything_can_be_taken_back_also_at_the_end() {
    let items = Arc::new(many(4));
    let mut session = session(&items, &[], &all_new(), noon(100));
    let before = session.history().clone();
    let now = noon(100);
    session.flag(now);
    session.bury(now.later(1));
    session.suspend(now.later(2));
    for minute in 3..5 {
        session.reveal();
        session.grade(Grade::Good, now.later(minute), 1);
    }
    assert_eq!((asked(&session), session.left()), (None, 0));
    let mut undone = 0;
    while let Some(event) = session.undo() {
        assert!(matches!(event, Event::Undone(..)));
        undone += 1;
    }
    assert_eq!((undone, session.left(), session.graded()), (5, 4, (0, 0)));
    assert_eq!((asked(&session).as_deref(), session.history()), (Some("b/c0#q"), &before));
}

#[test]
fn cramming_asks_everything_and_changes_nothing() {
    let items = Arc::new(many(12));
    let scheduler = Arc::new(Scheduler::new(&Options::default()));
    let history = History::new(&items, &[], &scheduler);
    let queue = Queue::all(&items, &Standing::default(), Some(0));
    assert_eq!(queue.order.len(), 12);
    let before = history.clone();
    let how = (true, HashSet::new());
    let mut session = Session::new(Arc::clone(&items), scheduler, history, queue, how, noon(100));
    assert_eq!(session.intervals(noon(100)), None);
    while session.current().is_some() {
        session.reveal();
        assert!(session.is_revealed());
        let event = session.grade(Grade::Good, noon(100), 1);
        assert!(matches!(event, Some(Event::Crammed(Review { interval: None, .. }))));
    }
    assert_eq!(session.history(), &before);
}

#[test]
fn a_session_and_its_log_agree() {
    let items = Arc::new(many(20));
    let mut session = session(&items, &[], &all_new(), noon(100));
    let mut log = Vec::new();
    let mut now = noon(100);
    for turn in 0.. {
        session.reveal();
        let grade = Grade::ALL[turn % 4];
        match session.grade(grade, now, 1) {
            Some(Event::Reviewed(review)) => log.push(review),
            _ => break,
        }
        now = now.later(1);
    }
    assert!(log.len() > 10);
    let options = all_new();
    assert_eq!(&History::new(&items, &log, &Scheduler::new(&options)), session.history());
}

proptest! {
    #[test]
    fn limits_hold(
        steps in prop::collection::vec((0_usize..40, 0_i64..20, 1_u8..=4), 0..120),
        new_per_day in 0_usize..8,
        reviews_per_day in 0_usize..12,
        today in 0_i64..25,
    ) {
        let items = many(40);
        let log: Vec<Review> = steps.into_iter().filter(|(_, day, _)| *day <= today)
            .map(|(at, day, grade)| review(&items, at, noon(day), Grade::of(grade).unwrap()))
            .collect();
        let options = Options { new_per_day, reviews_per_day, ..all_new() };
        let queue = queue(&items, &log, &Standing::default(), &options, noon(today).later(60));
        let history = History::new(&items, &log, &Scheduler::new(&options));
        let done = |is_new: bool| history.all().iter().filter(|p| {
            p.reviews > 0 && p.last == today && (p.first == today) == is_new
        }).count();
        prop_assert!(queue.new == 0 || queue.new + done(true) <= new_per_day);
        let reviews = queue.reviews + queue.new;
        prop_assert!(reviews == 0 || reviews + done(true) + done(false) <= reviews_per_day);
        prop_assert_eq!(queue.order.len(), reviews);
        let mut all: Vec<usize> = queue.order.iter().copied()
            .chain(queue.again.iter().map(|(_, at)| *at)).collect();
        let asked = all.len();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all.len(), asked, "each once");
    }

    #[test]
    fn undo_restores_exactly(actions in prop::collection::vec((0_u8..7, 0_u32..30), 0..60)) {
        let items = Arc::new(many(8));
        let mut session = session(&items, &[], &all_new(), noon(100));
        let mut states = Vec::new();
        let mut now = noon(100);
        for (action, minutes) in actions {
            now = now.later(minutes);
            let state = (asked(&session), session.left(), session.graded(), session.history().clone());
            session.reveal();
            let event = match action {
                4 => session.bury(now),
                5 => session.suspend(now),
                6 => session.flag(now),
                grade => session.grade(Grade::ALL[usize::from(grade)], now, 1),
            };
            if event.is_some() {
                states.push(state);
            }
        }
        while let Some(state) = states.pop() {
            prop_assert!(session.undo().is_some());
            let now = (asked(&session), session.left(), session.graded(), session.history().clone());
            prop_assert_eq!(now, state);
        }
        prop_assert!(session.undo().is_none());
    }
}
