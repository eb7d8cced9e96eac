//! What studying begins with: what can be asked of a library, what was recorded of it, and what
//! follows from that.

use super::history::History;
use super::item::{Item, ItemId, Items};
use super::memory::Scheduler;
use super::options::Options;
use super::outlook::Outlook;
use super::queue::{Queue, Standing};
use super::review::{Event, Grade, Moment, Review};
use super::session::Session;
use super::stats::Statistics;
use crate::library::{Library, Page};
use crate::store::{Change, Deed, Studied, Subject, UNDO, What, Word};
use serde_json::Map;
use std::collections::HashSet;
use std::sync::Arc;

/// What is kept, as far as studying is concerned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// What was done with questions.
    pub studied: Arc<Studied>,
    /// For each briefing of the library the name it is kept by.
    pub names: Vec<Box<str>>,
    /// The cards that were read, as the library counts them, and when in milliseconds since 1970.
    pub read: Vec<(usize, i64)>,
}

impl Record {
    /// By what a question is kept.
    pub fn subject(&self, library: &Library, item: &Item) -> Option<Subject> {
        self.named(library, item, &item.id)
    }

    /// What was done with a question, the first first. What was done before it was given an id is
    /// its own too.
    pub fn deeds(&self, library: &Library, item: &Item) -> Vec<Deed> {
        let names = [item.former.as_ref(), Some(&item.id)].into_iter().flatten();
        let subjects = names.filter_map(|id| self.named(library, item, id));
        let mut deeds: Vec<Deed> =
            subjects.flat_map(|on| self.studied.of(&on).copied().collect::<Vec<_>>()).collect();
        deeds.sort_unstable();
        deeds
    }

    fn named(&self, library: &Library, item: &Item, id: &ItemId) -> Option<Subject> {
        let card = library.key(Page::Card(item.card))?.card?;
        Some(Subject {
            briefing: self.names.get(item.briefing)?.clone(),
            card: Some(card.as_str().into()),
            item: Some(id.key()?.into()),
        })
    }
}

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Those of the day.
    Due,
    /// All of a briefing, or of all of them; no schedule is changed.
    Cram(Option<usize>),
}

/// Everything that is known when studying begins.
#[derive(Debug)]
pub struct Desk {
    /// What can be asked.
    pub items: Arc<Items>,
    /// When to ask again.
    pub scheduler: Arc<Scheduler>,
    /// What the log says about each item.
    pub history: History,
    /// What else is known.
    pub standing: Standing,
    /// Items that the reader wants to look at.
    pub flagged: HashSet<usize>,
    /// The answers that count.
    pub log: Vec<Review>,
}

impl Desk {
    /// Works through what was recorded.
    pub fn new(library: &Library, record: &Record, options: &Options, now: Moment) -> Self {
        let items = Items::new(library, options.claims);
        let scheduler = Scheduler::new(options);
        let at = |at_ms| Moment { at_ms, ..now };
        let read = record.read.iter().map(|(card, ms)| (*card, at(*ms))).collect();
        let mut standing = Standing { read, ..Standing::default() };
        let (mut flagged, mut log) = (HashSet::new(), Vec::new());
        let today = now.day(options.day_starts);
        for (at, item) in items.list().iter().enumerate() {
            for Deed { at_ms, offset_min, what } in record.deeds(library, item) {
                let moment = Moment { at_ms, offset_min };
                match what {
                    What::Answered { grade, took_ms, interval, cram } => {
                        if let (false, Some(grade)) = (cram, Grade::of(grade)) {
                            let item = item.id.clone();
                            log.push(Review { item, moment, grade, took_ms, interval });
                        }
                    }
                    What::Said(Word::Bury) if moment.day(options.day_starts) == today => {
                        standing.buried.insert(at);
                    }
                    What::Said(Word::Bury) => {}
                    What::Said(Word::Suspend) => drop(standing.suspended.insert(at)),
                    What::Said(Word::Resume) => drop(standing.suspended.remove(&at)),
                    What::Said(Word::Flag) => drop(flagged.insert(at)),
                    What::Said(Word::Unflag) => drop(flagged.remove(&at)),
                    What::Said(Word::Pick) => drop(standing.picked.insert(at)),
                    What::Said(Word::Drop) => drop(standing.picked.remove(&at)),
                }
            }
        }
        let history = History::new(&items, &log, &scheduler);
        let (items, scheduler) = (Arc::new(items), Arc::new(scheduler));
        Self { items, scheduler, history, standing, flagged, log }
    }

    /// What is to be asked.
    pub fn queue(&self, course: Course, now: Moment) -> Queue {
        match course {
            Course::Due => {
                Queue::new(&self.items, &self.history, &self.standing, &self.scheduler, now)
            }
            Course::Cram(briefing) => Queue::all(&self.items, &self.standing, briefing),
        }
    }

    /// What is to come.
    pub fn outlook(&self, now: Moment) -> Outlook {
        Outlook::new(&self.items, &self.history, &self.standing, &self.scheduler, now)
    }

    /// A run through what is to be asked.
    pub fn session(&self, course: Course, now: Moment) -> Session {
        let (items, scheduler) = (Arc::clone(&self.items), Arc::clone(&self.scheduler));
        let how = (matches!(course, Course::Cram(_)), self.flagged.clone());
        Session::new(items, scheduler, self.history.clone(), self.queue(course, now), how, now)
    }

    /// What the log says; `days` is how far the forecast goes.
    pub fn statistics(&self, now: Moment, days: usize) -> Statistics {
        let suspended = &self.standing.suspended;
        Statistics::new(&self.items, &self.log, suspended, &self.scheduler, now, days)
    }
}

/// How an event is recorded, and of which item.
pub fn recorded(event: &Event) -> (&ItemId, Change) {
    match event {
        Event::Reviewed(review) | Event::Crammed(review) => {
            let change = Change::Review {
                grade: review.grade.number(),
                took_ms: review.took_ms.into(),
                moment: Some(review.moment.at_ms),
                offset: review.moment.offset_min,
                interval: review.interval,
                cram: matches!(event, Event::Crammed(_)),
                more: Map::new(),
            };
            (&review.item, change)
        }
        Event::Buried(item, moment) => (item, said(Word::Bury.as_str(), *moment)),
        Event::Suspended(item, moment) => (item, said(Word::Suspend.as_str(), *moment)),
        Event::Flagged(item, moment) => (item, said(Word::Flag.as_str(), *moment)),
        Event::Unflagged(item, moment) => (item, said(Word::Unflag.as_str(), *moment)),
        Event::Undone(item, moment) => (item, said(UNDO, *moment)),
    }
}

/// How it is recorded that something was said of a question.
pub fn said(what: &str, moment: Moment) -> Change {
    let (at_ms, offset) = (moment.at_ms, moment.offset_min);
    Change::Study { what: what.into(), moment: Some(at_ms), offset, more: Map::new() }
}
