//! Memory and intervals against published numbers; histories, statistics, own parameters.

use super::*;
use crate::study::history::Due;
use crate::study::memory::{Memory, Spread};
use crate::study::optimize::{Unfit, optimize};
use crate::study::options::PARAMETERS;
use crate::study::stats::{Share, Statistics};
use proptest::prelude::*;
use std::collections::HashSet;

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= 1e-4 * b.abs().max(1.0)
}

fn replay(scheduler: &Scheduler, reviews: &[(u32, u8)]) -> Memory {
    let mut memory = None;
    for (days, grade) in reviews {
        memory = Some(scheduler.after(memory, *days, Grade::of(*grade).unwrap()));
    }
    memory.unwrap()
}

fn days(scheduler: &Scheduler, memory: Memory) -> [u32; 4] {
    // A day is over, so that what is asked next is no more than a day off.
    scheduler.intervals(Some(memory), 0, 0, Spread { seed: 0, load: &|_| 0 })
}

#[test]
fn memory_is_as_published() {
    let scheduler = Scheduler::new(&exact());
    let memory = replay(&scheduler, &[(0, 1), (0, 3), (1, 3), (3, 3), (8, 3), (21, 3)]);
    assert!(near(memory.stability, 53.62691) && near(memory.difficulty, 6.357_486_7));
    let mut parameters: [f32; PARAMETERS] = fsrs::DEFAULT_PARAMETERS;
    let stability = [0.212, 1.2931, 2.3065, 8.2956];
    let difficulty = [6.4133, 5.112_170_7, 2.118_104, 1.0];
    for grade in Grade::ALL {
        let first = scheduler.after(None, 0, grade);
        assert!(near(first.stability, stability[grade.at()]), "{grade:?}");
        assert!(near(first.difficulty, difficulty[grade.at()]), "{grade:?}");
    }
    parameters[17..20].fill(0.0);
    let scheduler = Scheduler::new(&Options { parameters: Some(parameters), ..exact() });
    let memory = replay(&scheduler, &[(0, 1), (0, 3), (1, 3), (3, 3), (8, 3), (21, 3)]);
    assert!(near(memory.difficulty, 6.357_486_7), "{memory:?}");
}

#[test]
fn steps_are_as_published() {
    let scheduler = Scheduler::new(&exact());
    let difficulties = [8.341_762, 6.665_995_6, 4.990_228, 3.314_461_5];
    let same_day = [1.596_818, 5.0, 5.0, 8.129_61];
    for grade in Grade::ALL {
        let memory = scheduler.after(Some(Memory { stability: 5.0, difficulty: 5.0 }), 0, grade);
        assert!(near(memory.difficulty, difficulties[grade.at()]), "{grade:?}");
        assert!(near(memory.stability, same_day[grade.at()]), "{grade:?}");
    }
    let one = Memory { stability: 1.0, difficulty: 5.0 };
    for (day, known) in [1.0, 0.9, 0.845_884_7, 0.809_388_1].into_iter().enumerate() {
        let day = u32::try_from(day).unwrap();
        assert!(near(scheduler.retrievability(one, day), known), "{day}");
    }
}

#[test]
fn two_reviews_are_as_computed() {
    let scheduler = Scheduler::new(&exact());
    let mut rows = 0;
    for row in include_str!("vectors.csv").lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |at: usize| cells[at].parse::<f32>().unwrap();
        let whole = |at: usize| cells[at].parse().unwrap();
        let grade = |at: usize| cells[at].parse().unwrap();
        let memory = replay(&scheduler, &[(0, grade(0)), (whole(1), grade(2))]);
        assert!(near(memory.stability, number(3)) && near(memory.difficulty, number(4)), "{row}");
        rows += 1;
    }
    assert_eq!(rows, 64);
}

/// Good six times, not known twice, good five times, each when it is due; the published steps of a
/// minute and ten minutes are answers on the same day.
#[test]
fn a_ladder_of_intervals_is_as_published() {
    let scheduler = Scheduler::new(&exact());
    let (mut memory, mut wait, mut intervals) = (None, 0, Vec::new());
    let grades = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3].map(|n| Grade::of(n).unwrap());
    for (at, grade) in grades.into_iter().enumerate() {
        let next = scheduler.after(memory, wait, grade);
        let all = scheduler.intervals(memory, wait, 0, Spread { seed: 0, load: &|_| 0 });
        let is_step = at == 0 || grade == Grade::Again;
        // A step comes again on the same day.
        wait = if is_step { 0 } else { all[grade.at()] };
        intervals.push(wait);
        memory = Some(next);
    }
    assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
}

#[test]
fn retention_and_the_longest_interval_are_kept() {
    let memory = Memory { stability: 400.0, difficulty: 3.0 };
    let long = days(&Scheduler::new(&Options { fuzz: false, ..Options::default() }), memory);
    assert_eq!(long[1..], [365, 365, 365]);
    let strict = Scheduler::new(&Options { retention: 0.97, ..exact() });
    let (strict, lax) = (days(&strict, memory)[2], days(&Scheduler::new(&exact()), memory)[2]);
    assert!(strict < lax, "{strict} {lax}");
}

#[test]
fn busy_days_are_avoided() {
    let scheduler = Scheduler::new(&Options::default());
    let memory = Some(Memory { stability: 30.0, difficulty: 5.0 });
    let at = |seed, load: &dyn Fn(u32) -> usize| {
        scheduler.intervals(memory, 30, 30, Spread { seed, load })[2]
    };
    let chosen: Vec<u32> = (0..200).map(|seed| at(seed, &|_| 0)).collect();
    let first = chosen[0];
    assert!(chosen.iter().any(|days| *days != first), "intervals are spread");
    let full = |days: u32| if days == first { 1_000 } else { 0 };
    let hits = (0..200).filter(|seed| at(*seed, &full) == first).count();
    assert_eq!(hits, 0);
}

#[test]
fn a_promised_interval_holds() {
    let items = many(1);
    let promised = Review { interval: Some(7), ..review(&items, 0, noon(100), Grade::Good) };
    assert_eq!(history(&items, &[promised]).get(0).due, Due::Day(107));
}

#[test]
fn what_was_not_known_comes_again_and_the_last_answer_of_a_day_decides() {
    let items = many(1);
    let first = review(&items, 0, noon(100), Grade::Again);
    let again = history(&items, std::slice::from_ref(&first)).get(0);
    assert_eq!((again.due, again.interval), (Due::Again(noon(100).later(10)), 0));
    let then = review(&items, 0, noon(100).later(11), Grade::Good);
    let good = history(&items, &[first, then]).get(0);
    assert!(matches!(good.due, Due::Day(day) if day > 100) && good.reviews == 2);
}

#[test]
fn statistics_count_as_anki_does() {
    let items = many(3);
    let promised = |at, day, grade, days| Review {
        interval: Some(days),
        ..review(&items, at, noon(day), grade)
    };
    let log = [
        promised(0, 100, Grade::Good, 2),
        promised(0, 102, Grade::Good, 30),
        promised(0, 132, Grade::Again, 0),
        promised(0, 132, Grade::Good, 3),
        promised(1, 131, Grade::Good, 9),
        Review { took_ms: 600_000, ..promised(2, 132, Grade::Easy, 1) },
    ];
    let scheduler = Scheduler::new(&Options::default());
    let all = Statistics::new(&items, &log, &HashSet::new(), &scheduler, noon(133), 30);
    let shares: Vec<_> = all
        .retention
        .iter()
        .map(|r| (r.period.word(), (r.young.known, r.young.all), (r.mature.known, r.mature.all)))
        .collect();
    assert_eq!(
        shares,
        [
            ("today", (0, 0), (0, 0)),
            ("yesterday", (0, 0), (0, 1)),
            ("week", (0, 0), (0, 1)),
            ("month", (0, 0), (0, 1)),
            ("year", (1, 1), (0, 1)),
            ("all", (1, 1), (0, 1)),
        ]
    );
    let day = all.calendar[&132];
    assert_eq!((day.answers, day.new, day.took_ms), (Share { known: 2, all: 3 }, 1, 70_000));
    assert_eq!((all.overdue, all.forecast[0], all.forecast[2], all.forecast[7]), (0, 1, 1, 1));
    let strength = all.strength[&0];
    assert_eq!((strength.items, strength.studied), (3, 3));
    assert!(strength.known > 0.5 && strength.known <= 1.0, "{strength:?}");
}

#[test]
fn too_little_is_refused_and_enough_gives_parameters() {
    let items = many(120);
    let few = [review(&items, 0, noon(1), Grade::Good), review(&items, 0, noon(3), Grade::Good)];
    let refused = optimize(&items, &few, &Options::default()).unwrap_err();
    assert_eq!(refused, Unfit::TooFew { found: 1 });
    assert_eq!(
        refused.to_string(),
        "1 answers were given a day or more after an earlier one; 64 are needed"
    );
    let mut log = Vec::new();
    for at in 0..120 {
        for (turn, day) in [0, 2, 9, 30].into_iter().enumerate() {
            let grade = if (at + turn) % 5 == 0 { Grade::Again } else { Grade::Good };
            log.push(review(&items, at, noon(day), grade));
        }
    }
    let found = optimize(&items, &log, &Options::default()).unwrap();
    assert_eq!(found.answers, 360);
    let (before, after) = found.errors.unwrap();
    assert!(after.log_loss < before.log_loss, "{before:?} {after:?}");
    let options = Options { parameters: Some(found.parameters), ..Options::default() };
    let own = replay(&Scheduler::new(&options), &[(0, 3), (2, 3)]);
    assert!(own.stability > 0.0);
    assert_ne!(own, replay(&Scheduler::new(&Options::default()), &[(0, 3), (2, 3)]));
}

proptest! {
    #[test]
    fn intervals_are_in_order_and_in_bounds(
        stability in 0.001_f32..40_000.0,
        difficulty in 1.0_f32..10.0,
        days in 0_u32..2_000,
        last in 0_u32..2_000,
        most in 1_u32..500,
        retention in 0.70_f32..=0.97,
        seed: u64,
        busy in 0_usize..50,
        balance: bool,
    ) {
        let options = Options { retention, max_interval: most, balance, ..Options::default() };
        let scheduler = Scheduler::new(&options);
        let load = |days: u32| if days.is_multiple_of(2) { busy } else { 0 };
        let memory = Some(Memory { stability, difficulty });
        let [again, hard, good, easy] =
            scheduler.intervals(memory, days, last, Spread { seed, load: &load });
        prop_assert_eq!(again, 0);
        prop_assert!(1 <= hard && hard <= good && good <= easy && easy <= most);
    }

    #[test]
    fn replaying_a_log_gives_the_same_in_any_order(
        steps in prop::collection::vec((0_usize..5, 0_i64..60, 1_u8..=4), 0..40),
        turn in 0_usize..40,
    ) {
        let items = many(5);
        let mut log: Vec<Review> = steps.into_iter().enumerate().map(|(n, (at, day, grade))| {
            let moment = Moment { at_ms: noon(day).at_ms + i64::try_from(n).unwrap(), offset_min: 0 };
            review(&items, at, moment, Grade::of(grade).unwrap())
        }).collect();
        let first = history(&items, &log);
        let turn = turn.min(log.len());
        log.rotate_left(turn);
        prop_assert_eq!(first, history(&items, &log));
    }
}
