//! Studying as a state machine: question, answer, grade. What is to be recorded is handed out as
//! events; time is passed in.

use super::history::{History, Progress};
use super::item::{Item, Items};
use super::memory::Scheduler;
use super::queue::Queue;
use super::review::{Event, Grade, Moment, Review};
use std::sync::Arc;

/// A run through a queue.
#[derive(Debug, Clone)]
pub struct Session {
    items: Arc<Items>,
    scheduler: Arc<Scheduler>,
    history: History,
    order: Vec<usize>,
    cram: bool,
    place: Place,
    done: Vec<Step>,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The next one of the order.
    next: usize,
    /// Items that come again, and when, the first first.
    again: Vec<(i64, usize)>,
    /// The item that is asked.
    current: Option<usize>,
    /// Whether the answer is shown.
    revealed: bool,
    /// Answers so far.
    graded: usize,
    /// Those that were not known.
    failed: usize,
}

/// What was done, and how to take it back.
#[derive(Debug, Clone)]
struct Step {
    event: Event,
    before: Place,
    progress: Option<(usize, Progress)>,
}

impl Session {
    /// Begins a run. Cramming changes no schedule.
    pub fn new(
        items: Arc<Items>,
        scheduler: Arc<Scheduler>,
        history: History,
        queue: Queue,
        cram: bool,
        now: Moment,
    ) -> Self {
        let place = Place {
            next: 0,
            again: queue.again,
            current: None,
            revealed: false,
            graded: 0,
            failed: 0,
        };
        let order = queue.order;
        let mut session = Self { items, scheduler, history, order, cram, place, done: Vec::new() };
        session.go_on(now);
        session
    }

    /// The item that is asked; none at the end.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.place.current?)
    }

    /// Whether the answer is shown.
    pub fn is_revealed(&self) -> bool {
        self.place.revealed
    }

    /// Questions that are still to come, with the one that is asked.
    pub fn left(&self) -> usize {
        let rest = self.order.len().saturating_sub(self.place.next) + self.place.again.len();
        rest + usize::from(self.place.current.is_some())
    }

    /// Answers that were graded, and those of them that were not known.
    pub fn graded(&self) -> (usize, usize) {
        (self.place.graded, self.place.failed)
    }

    /// What is known of all items by now.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Shows the answer.
    pub fn reveal(&mut self) {
        self.place.revealed = self.place.current.is_some();
    }

    /// Days until the question comes again, for each grade; 0 is later in the session. None while
    /// cramming, which changes no schedule.
    pub fn intervals(&self, now: Moment) -> Option<[u32; 4]> {
        let at = self.place.current.filter(|_| !self.cram)?;
        Some(self.history.intervals(&self.items, at, now, &self.scheduler))
    }

    /// Grades the answer that is shown, and goes on.
    pub fn grade(&mut self, grade: Grade, now: Moment, took_ms: u32) -> Option<Event> {
        let at = self.place.current.filter(|_| self.place.revealed)?;
        let item = self.items.get(at)?.id.clone();
        let interval = self.intervals(now).map(|all| all[grade.at()]);
        let review = Review { item, moment: now, grade, took_ms, interval };
        let before = self.place.clone();
        self.place.graded += 1;
        if grade == Grade::Again {
            self.place.failed += 1;
            let due = now.later(self.scheduler.options().again_after).at_ms;
            let after = self.place.again.partition_point(|(other, _)| *other <= due);
            self.place.again.insert(after, (due, at));
        }
        let (event, progress) = if self.cram {
            (Event::Crammed(review), None)
        } else {
            let after = self.history.after(&self.items, at, &review, &self.scheduler);
            let progress = self.history.set(at, after);
            (Event::Reviewed(review), Some((at, progress)))
        };
        Some(self.did(event, before, progress, now))
    }

    /// Puts the question off until tomorrow.
    pub fn bury(&mut self, now: Moment) -> Option<Event> {
        let event = Event::Buried(self.current()?.id.clone(), now);
        Some(self.did(event, self.place.clone(), None, now))
    }

    /// Puts the question off until the reader takes it back.
    pub fn suspend(&mut self, now: Moment) -> Option<Event> {
        let event = Event::Suspended(self.current()?.id.clone(), now);
        Some(self.did(event, self.place.clone(), None, now))
    }

    /// Notes that the question needs a look; it stays.
    pub fn flag(&mut self, now: Moment) -> Option<Event> {
        let event = Event::Flagged(self.current()?.id.clone(), now);
        let before = self.place.clone();
        self.done.push(Step { event: event.clone(), before, progress: None });
        Some(event)
    }

    /// Takes back what was done last, also at the end; as often as there is something.
    pub fn undo(&mut self) -> Option<Event> {
        let Step { event, before, progress } = self.done.pop()?;
        self.place = before;
        if let Some((at, progress)) = progress {
            self.history.set(at, progress);
        }
        let (item, moment) = match event {
            Event::Reviewed(review) | Event::Crammed(review) => (review.item, review.moment),
            Event::Buried(item, moment)
            | Event::Suspended(item, moment)
            | Event::Flagged(item, moment)
            | Event::Undone(item, moment) => (item, moment),
        };
        Some(Event::Undone(item, moment))
    }

    /// Keeps a step and goes on.
    fn did(
        &mut self,
        event: Event,
        before: Place,
        progress: Option<(usize, Progress)>,
        now: Moment,
    ) -> Event {
        self.done.push(Step { event: event.clone(), before, progress });
        self.go_on(now);
        event
    }

    /// Goes to the next question: one that comes again and is due, else the next in order, else one
    /// that comes again, before its time.
    fn go_on(&mut self, now: Moment) {
        let place = &mut self.place;
        place.revealed = false;
        let is_due = place.again.first().is_some_and(|(due, _)| *due <= now.at_ms);
        place.current = match self.order.get(place.next) {
            Some(next) if !is_due => {
                place.next += 1;
                Some(*next)
            }
            _ if place.again.is_empty() => None,
            _ => Some(place.again.remove(0).1),
        };
    }
}
