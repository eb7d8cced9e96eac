//! What is to be asked today, and in which order.

use super::history::{Due, History};
use super::item::{Items, hash};
use super::memory::Scheduler;
use super::options::NewFrom;
use super::review::{Day, Moment};
use std::collections::{HashMap, HashSet, VecDeque};

/// What is known besides the log of reviews.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// When each card was read, as the library counts cards.
    pub read: HashMap<usize, Moment>,
    /// The new questions that the reader picked.
    pub picked: HashSet<usize>,
    /// Items that are not asked until they are taken back.
    pub suspended: HashSet<usize>,
    /// Items that are not asked today.
    pub buried: HashSet<usize>,
}

/// What is to be asked today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Items that were not known, and when they come again, the first first.
    pub again: Vec<(i64, usize)>,
    /// Reviews and new items, in the order in which they are asked.
    pub order: Vec<usize>,
    /// How many of these are reviews.
    pub reviews: usize,
    /// How many are new.
    pub new: usize,
}

impl Queue {
    /// The queue of the day on which `now` lies.
    pub fn new(
        items: &Items,
        history: &History,
        standing: &Standing,
        scheduler: &Scheduler,
        now: Moment,
    ) -> Self {
        let options = scheduler.options();
        let today = now.day(options.day_starts);
        let mut again = Vec::new();
        let mut reviews: Vec<usize> = Vec::new();
        let mut new: VecDeque<usize> = VecDeque::new();
        let (mut new_done, mut reviews_done) = (0_usize, 0_usize);
        let mut families = HashSet::new();
        for (at, progress) in history.all().iter().enumerate() {
            if progress.reviews > 0 && progress.last >= today {
                let is_new = progress.first >= today;
                new_done += usize::from(is_new);
                reviews_done += usize::from(!is_new);
                families.extend(items.get(at).and_then(|item| item.family(options.siblings)));
            }
            if standing.suspended.contains(&at) || standing.buried.contains(&at) {
                continue;
            }
            match progress.due {
                Due::Again(moment) => again.push((moment.at_ms, at)),
                Due::Day(day) if day <= today => reviews.push(at),
                Due::Day(_) => {}
                Due::New => new.push_back(at),
            }
        }
        again.sort_unstable();
        // What was not known stays, though something like it was asked today.
        let siblings = again.iter().filter_map(|(_, at)| items.get(*at)?.family(options.siblings));
        families.extend(siblings);
        let mut only = |at: &usize| {
            let family = items.get(*at).and_then(|item| item.family(options.siblings));
            family.is_none_or(|family| families.insert(family))
        };
        sort_by_risk(&mut reviews, items, history, scheduler, today);
        let room = options.reviews_per_day.saturating_sub(reviews_done + new_done);
        let reviews: Vec<usize> = reviews.into_iter().filter(&mut only).take(room).collect();
        let room = room - reviews.len();
        let wanted = options.new_per_day.saturating_sub(new_done).min(room);
        let opening = Opening::new(standing, scheduler, now);
        let is_open =
            |at: &usize| items.get(*at).is_some_and(|item| opening.is_open(*at, item.card));
        let new: Vec<usize> =
            new.into_iter().filter(is_open).filter(&mut only).take(wanted).collect();
        let order = interleaved(&reviews, &new);
        Self { again, order, reviews: reviews.len(), new: new.len() }
    }

    /// Everything of one briefing, or of all, whenever it is due.
    pub fn all(items: &Items, standing: &Standing, briefing: Option<usize>) -> Self {
        let order = items.list().iter().enumerate().filter(|(at, item)| {
            briefing.is_none_or(|briefing| item.briefing == briefing)
                && !standing.suspended.contains(at)
        });
        let order: Vec<usize> = order.map(|(at, _)| at).collect();
        Self { again: Vec::new(), reviews: order.len(), new: 0, order }
    }

    /// Whether there is nothing to ask.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.again.is_empty() && self.order.is_empty()
    }
}

/// Puts first what is most likely forgotten; what is alike, in an order that changes with the day.
fn sort_by_risk(
    reviews: &mut [usize],
    items: &Items,
    history: &History,
    scheduler: &Scheduler,
    today: Day,
) {
    let day = today.to_string();
    reviews.sort_by_cached_key(|at| {
        let progress = history.get(*at);
        let known = progress
            .memory
            .map_or(0.0, |memory| scheduler.retrievability(memory, progress.days(today)));
        let id = items.get(*at).map_or("", |item| item.id.as_str());
        // Shares are not negative, so their bits are in their order.
        (known.max(0.0).to_bits(), hash([day.as_str(), id].into_iter()), *at)
    });
}

/// Which new items may be asked already.
pub struct Opening<'s> {
    standing: &'s Standing,
    new_from: NewFrom,
    /// Milliseconds in which a card is still before the reader's eyes.
    wait: i64,
    now: Moment,
    /// The card that was read last, if that was today.
    last: Option<usize>,
}

impl<'s> Opening<'s> {
    /// What may be asked at a moment.
    pub fn new(standing: &'s Standing, scheduler: &Scheduler, now: Moment) -> Self {
        let options = scheduler.options();
        let starts = options.day_starts;
        let last = standing.read.iter().max_by_key(|(card, moment)| (moment.at_ms, **card));
        let last = last.filter(|(_, moment)| moment.day(starts) == now.day(starts));
        let wait = i64::from(options.wait_after_reading) * 60_000;
        let last = last.map(|(card, _)| *card);
        Self { standing, new_from: options.new_from, wait, now, last }
    }

    /// Whether a card was just read.
    pub fn is_fresh(&self, card: usize) -> bool {
        self.standing.read.get(&card).is_some_and(|read| {
            self.last == Some(card) || self.now.at_ms.saturating_sub(read.at_ms) < self.wait
        })
    }

    /// Whether an item of a card may be asked.
    pub fn is_open(&self, at: usize, card: usize) -> bool {
        let wanted = match self.new_from {
            NewFrom::Read => self.standing.read.contains_key(&card),
            NewFrom::All => true,
            NewFrom::Picked => self.standing.picked.contains(&at),
        };
        wanted && !self.is_fresh(card)
    }
}

/// New items spread evenly among reviews.
fn interleaved(reviews: &[usize], new: &[usize]) -> Vec<usize> {
    let total = reviews.len() + new.len();
    let mut order = Vec::with_capacity(total);
    let (mut old, mut fresh) = (reviews.iter(), new.iter());
    let mut taken = 0;
    for at in 0..total {
        // As many new ones as belong into the part up to here.
        let next = if taken < (at + 1) * new.len() / total {
            taken += 1;
            fresh.next()
        } else {
            old.next()
        };
        order.extend(next);
    }
    order
}
