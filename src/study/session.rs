//! Studying as a state machine: question, answer, grade. What is to be recorded is handed out as
//! events; time is passed in.

use super::history::{Due, History, Progress};
use super::item::{Item, ItemId, Items};
use super::memory::Scheduler;
use super::options::Options;
use super::outlook::Outlook;
use super::queue::{Queue, Standing};
use super::review::{Event, Grade, Moment, Review};
use std::collections::HashSet;
use std::sync::Arc;

/// A run through a queue.
#[derive(Debug, Clone)]
pub struct Session {
    items: Arc<Items>,
    scheduler: Arc<Scheduler>,
    history: History,
    order: Vec<usize>,
    cram: bool,
    flagged: HashSet<usize>,
    place: Place,
    done: Vec<Step>,
    /// The moment of what was done last; things done are known by theirs.
    last: i64,
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
    /// Milliseconds that they took.
    took_ms: u64,
}

/// What was done, and how to take it back.
#[derive(Debug, Clone)]
struct Step {
    event: Event,
    before: Place,
    progress: Option<(usize, Progress)>,
    flagged: bool,
}

impl Session {
    /// Begins a run. Cramming changes no schedule.
    pub fn new(
        items: Arc<Items>,
        scheduler: Arc<Scheduler>,
        history: History,
        queue: Queue,
        (cram, flagged): (bool, HashSet<usize>),
        now: Moment,
    ) -> Self {
        let place = Place {
            next: 0,
            again: queue.again,
            current: None,
            revealed: false,
            graded: 0,
            failed: 0,
            took_ms: 0,
        };
        let order = queue.order;
        let done = Vec::new();
        let last = i64::MIN;
        let mut session =
            Self { items, scheduler, history, order, cram, flagged, place, done, last };
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

    /// Milliseconds that the answers took.
    pub fn took_ms(&self) -> u64 {
        self.place.took_ms
    }

    /// How the user wants to study.
    pub fn options(&self) -> &Options {
        self.scheduler.options()
    }

    /// The item of that name.
    pub fn place(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(self.items.place(id)?)
    }

    /// When the item that is asked was to be asked.
    pub fn due(&self) -> Due {
        self.place.current.map_or(Due::New, |at| self.history.get(at).due)
    }

    /// What is to come.
    pub fn outlook(&self, standing: &Standing, now: Moment) -> Outlook {
        Outlook::new(&self.items, &self.history, standing, &self.scheduler, now)
    }

    /// What is known of all items by now.
    #[cfg(test)]
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

    /// A moment that nothing was done at before.
    fn own(&mut self, now: Moment) -> Moment {
        self.last = now.at_ms.max(self.last.saturating_add(1));
        Moment { at_ms: self.last, ..now }
    }

    /// Grades the answer that is shown, and goes on.
    pub fn grade(&mut self, grade: Grade, now: Moment, took_ms: u32) -> Option<Event> {
        let at = self.place.current.filter(|_| self.place.revealed)?;
        let item = self.items.get(at)?.id.clone();
        let now = self.own(now);
        let interval = self.intervals(now).map(|all| all[grade.at()]);
        let review = Review { item, moment: now, grade, took_ms, interval };
        let before = self.place.clone();
        self.place.graded += 1;
        self.place.took_ms += u64::from(took_ms);
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
        let event = Event::Buried(self.current()?.id.clone(), self.own(now));
        Some(self.did(event, self.place.clone(), None, now))
    }

    /// Puts the question off until the reader takes it back.
    pub fn suspend(&mut self, now: Moment) -> Option<Event> {
        let event = Event::Suspended(self.current()?.id.clone(), self.own(now));
        Some(self.did(event, self.place.clone(), None, now))
    }

    /// Notes that the question needs a look, or that it had one; it stays.
    pub fn flag(&mut self, now: Moment) -> Option<Event> {
        let at = self.place.current?;
        let item = self.items.get(at)?.id.clone();
        let (flagged, now) = (self.flagged.contains(&at), self.own(now));
        let event = if flagged { Event::Unflagged(item, now) } else { Event::Flagged(item, now) };
        let before = self.place.clone();
        self.done.push(Step { event: event.clone(), before, progress: None, flagged });
        self.set_flag(at, !flagged);
        Some(event)
    }

    fn set_flag(&mut self, at: usize, flagged: bool) {
        if flagged {
            self.flagged.insert(at);
        } else {
            self.flagged.remove(&at);
        }
    }

    /// Whether the question needs a look.
    pub fn is_flagged(&self) -> bool {
        self.place.current.is_some_and(|at| self.flagged.contains(&at))
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Goes on with items of a library that was read anew: what is gone from it is not asked, and
    /// what was done with it cannot be taken back here any more.
    pub fn renew(&mut self, items: Arc<Items>, history: History, now: Moment) {
        let moved = |at: &usize| {
            let old = self.items.get(*at)?;
            // A question without an id is known by its words; where these were mended, by its place.
            let same = |item: &Item| {
                let key = |item: &Item| item.id.parts().map(|(briefing, card, _)| (briefing, card));
                item.subject == old.subject && key(item) == key(old)
            };
            items.place(&old.id).or_else(|| items.list().iter().position(same))
        };
        let places = |place: &Place, order: &[usize]| {
            let next = order.iter().take(place.next).filter_map(moved).count();
            let again = place.again.iter().filter_map(|(due, at)| Some((*due, moved(at)?)));
            let (again, current) = (again.collect(), place.current.as_ref().and_then(moved));
            Place { next, again, current, ..place.clone() }
        };
        let order: Vec<usize> = self.order.iter().filter_map(moved).collect();
        let steps = self.done.iter().filter_map(|step| {
            let progress = match &step.progress {
                Some((at, progress)) => Some((moved(at)?, *progress)),
                None => None,
            };
            let before = places(&step.before, &self.order);
            before.current?;
            Some(Step { before, progress, ..step.clone() })
        });
        let (done, place) = (steps.collect(), places(&self.place, &self.order));
        let flagged = self.flagged.iter().filter_map(moved).collect();
        let was_asking = self.place.current.is_some();
        (self.done, self.place, self.order, self.flagged) = (done, place, order, flagged);
        (self.items, self.history) = (items, history);
        if was_asking && self.place.current.is_none() {
            self.go_on(now);
        }
    }

    /// Takes back what was done last, also at the end; as often as there is something.
    pub fn undo(&mut self) -> Option<Event> {
        let Step { event, before, progress, flagged } = self.done.pop()?;
        self.place = before;
        if let (Event::Flagged(..) | Event::Unflagged(..), Some(at)) = (&event, self.place.current)
        {
            self.set_flag(at, flagged);
        }
        if let Some((at, progress)) = progress {
            self.history.set(at, progress);
        }
        let (item, moment) = match event {
            Event::Reviewed(review) | Event::Crammed(review) => (review.item, review.moment),
            Event::Buried(item, moment)
            | Event::Suspended(item, moment)
            | Event::Flagged(item, moment)
            | Event::Unflagged(item, moment)
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
        self.done.push(Step { event: event.clone(), before, progress, flagged: false });
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
