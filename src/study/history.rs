//! What the log of reviews says about each item. It is worked out from the log alone; a review that
//! is struck from the log leaves nothing behind.

use super::item::{Items, hash};
use super::memory::{Memory, Scheduler, Spread};
use super::review::{Day, Grade, Moment, Review};
use std::collections::HashMap;

/// When an item is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It never was.
    New,
    /// Again in the same session.
    Again(Moment),
    /// On that day, or later.
    Day(Day),
}

/// What is known of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// How well it is remembered.
    pub memory: Option<Memory>,
    /// When to ask.
    pub due: Due,
    /// The day of the first answer.
    pub first: Day,
    /// The day of the last one.
    pub last: Day,
    /// The last interval in days, 0 within a session.
    pub interval: u32,
    /// How often it was answered.
    pub reviews: u32,
    /// How often it was forgotten after a day or more.
    pub lapses: u32,
}

impl Progress {
    const NEW: Self =
        Self { memory: None, due: Due::New, first: 0, last: 0, interval: 0, reviews: 0, lapses: 0 };

    /// Days since the last answer.
    pub fn days(&self, today: Day) -> u32 {
        let days = if self.reviews == 0 { 0 } else { today.saturating_sub(self.last) };
        u32::try_from(days.max(0)).unwrap_or(u32::MAX)
    }
}

/// What is known of all items.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    progress: Vec<Progress>,
    /// Items due on each day.
    load: HashMap<Day, usize>,
}

impl History {
    /// Works the log through. Reviews of questions that are not there any more are left out.
    pub fn new(items: &Items, log: &[Review], scheduler: &Scheduler) -> Self {
        let mut history =
            Self { progress: vec![Progress::NEW; items.list().len()], load: HashMap::new() };
        for (at, review) in known(items, log) {
            let progress = history.after(items, at, review, scheduler);
            history.set(at, progress);
        }
        history
    }

    /// What is known of an item.
    pub fn get(&self, at: usize) -> Progress {
        self.progress.get(at).copied().unwrap_or(Progress::NEW)
    }

    /// All of it, in the order of the items.
    pub fn all(&self) -> &[Progress] {
        &self.progress
    }

    /// Puts something in the place of what is known of an item; gives that back.
    pub fn set(&mut self, at: usize, progress: Progress) -> Progress {
        let Some(place) = self.progress.get_mut(at) else { return Progress::NEW };
        let before = std::mem::replace(place, progress);
        if let Due::Day(day) = progress.due {
            *self.load.entry(day).or_default() += 1;
        }
        if let Due::Day(day) = before.due
            && let Some(load) = self.load.get_mut(&day)
        {
            *load -= 1;
            if *load == 0 {
                self.load.remove(&day);
            }
        }
        before
    }

    /// Days until an item comes again, for each grade given at a moment.
    pub fn intervals(
        &self,
        items: &Items,
        at: usize,
        moment: Moment,
        scheduler: &Scheduler,
    ) -> [u32; 4] {
        let progress = self.get(at);
        let today = moment.day(scheduler.options().day_starts);
        let load = |days: u32| {
            self.load.get(&today.saturating_add(i64::from(days))).copied().unwrap_or_default()
        };
        let spread = Spread { seed: seed(items, at, progress), load: &load };
        scheduler.intervals(progress.memory, progress.days(today), progress.interval, spread)
    }

    /// What is known of an item after a review.
    pub fn after(
        &self,
        items: &Items,
        at: usize,
        review: &Review,
        scheduler: &Scheduler,
    ) -> Progress {
        let before = self.get(at);
        let options = scheduler.options();
        // Who travels west may live the same day twice.
        let today = review.moment.day(options.day_starts);
        let today = if before.reviews == 0 { today } else { today.max(before.last) };
        let chosen = || self.intervals(items, at, review.moment, scheduler)[review.grade.at()];
        let interval = match review.grade {
            Grade::Again => 0,
            _ => review.interval.unwrap_or_else(chosen).max(1),
        };
        let due = match review.grade {
            Grade::Again => Due::Again(review.moment.later(options.again_after)),
            _ => Due::Day(today.saturating_add(i64::from(interval))),
        };
        let lapsed = review.grade == Grade::Again && before.interval > 0;
        Progress {
            memory: Some(scheduler.after(before.memory, before.days(today), review.grade)),
            due,
            first: if before.reviews == 0 { today } else { before.first },
            last: today,
            interval,
            reviews: before.reviews.saturating_add(1),
            lapses: before.lapses.saturating_add(u32::from(lapsed)),
        }
    }
}

/// The reviews of items that are there, by time, whatever their order in the log.
pub fn known<'r>(items: &Items, log: &'r [Review]) -> Vec<(usize, &'r Review)> {
    let mut known: Vec<(usize, &Review)> =
        log.iter().filter_map(|review| items.place(&review.item).map(|at| (at, review))).collect();
    known.sort_by_key(|(at, review)| {
        (review.moment.at_ms, *at, review.grade, review.took_ms, review.interval)
    });
    known
}

/// A number that is the same for the same review of an item.
fn seed(items: &Items, at: usize, progress: Progress) -> u64 {
    let id = items.get(at).map_or("", |item| item.id.as_str());
    hash([id, &progress.reviews.to_string()].into_iter())
}
