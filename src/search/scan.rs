//! Going through the folded text for the best pages: every page that may be one is weighed, the rest
//! is passed over at the speed of memory.

use super::index::{Index, Shard, TIERS};
use super::needle::Needle;
use super::place::{PageText, Place};
use super::rank::Plan;
use super::text::Zone;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{self, AtomicBool};

/// Fewer pages are gone through by one thread.
const MANY: usize = 20_000;
/// One word in so many pages is a rare one.
const RARE: usize = 50;

/// A page with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// Its number in the index.
    pub page: usize,
    /// The higher, the better.
    pub score: f32,
}

impl Eq for Scored {}

impl Ord for Scored {
    /// The worse is the greater, so that the worst is on top of a heap.
    fn cmp(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.page.cmp(&other.page))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Plan<'_> {
    /// The best pages, best first; equal ones in their order. Ends early when `stop` is set.
    pub fn best(&self, index: &Index, limit: usize, stop: &AtomicBool) -> Vec<Scored> {
        let visit = || Visit {
            plan: self,
            index,
            stop,
            best: Best { limit, heap: BinaryHeap::new() },
            places: vec![Vec::new(); self.wanted.len()],
        };
        let threads = if index.page_count() < MANY { 1 } else { index.threads() };
        let share = |at: usize| {
            let shards = index.shards.iter().skip(at).step_by(threads);
            if self.wanted.is_empty() { visit().all(shards) } else { visit().by_words(&shards) }
        };
        let best = if threads == 1 {
            share(0).heap
        } else {
            std::thread::scope(|scope| {
                let share = &share;
                let all: Vec<_> = (0..threads).map(|at| scope.spawn(move || share(at))).collect();
                let mut best = Best { limit, heap: BinaryHeap::new() };
                let found = all.into_iter().filter_map(|one| one.join().ok());
                found.flat_map(|found| found.heap).for_each(|scored| best.add(scored));
                best.heap
            })
        };
        if stop.load(atomic::Ordering::Relaxed) { Vec::new() } else { best.into_sorted_vec() }
    }
}

/// A way through the pages.
struct Visit<'v, 'p> {
    plan: &'v Plan<'p>,
    index: &'v Index,
    stop: &'v AtomicBool,
    best: Best,
    places: Vec<Vec<Place>>,
}

impl<'v> Visit<'v, '_> {
    /// All pages in their order, until there are enough.
    fn all(mut self, shards: impl Iterator<Item = &'v Shard>) -> Best {
        for shard in shards {
            for at in 0..shard.len() {
                if self.best.is_full() || self.stopped(at) {
                    return self.best;
                }
                self.page(shard, at);
            }
        }
        self.best
    }

    /// The pages that have the words, tier by tier: first those that have one in a name. When no
    /// page of the tiers that are left can be among the best, they are not looked at.
    fn by_words(mut self, shards: &(impl Iterator<Item = &'v Shard> + Clone)) -> Best {
        let wanted = &self.plan.wanted;
        let Some(lead) = wanted.first() else { return self.best };
        // A rare word leads to few pages, and all others can be left aside. If all words are
        // common, each leads: then a page that comes later has all of them in lower tiers.
        let rare = (lead.pages as usize).saturating_mul(RARE) < self.index.page_count();
        let leads = if rare { std::slice::from_ref(lead) } else { &**wanted };
        let mut seen = vec![false; self.index.page_count()];
        for tier in 0..TIERS {
            let (mut most, mut total) = (0.0, 0.0);
            for (at, needle) in wanted.iter().enumerate() {
                let zone = if at < leads.len() { 2 * tier } else { 0 };
                most += needle.weight * Zone::ALL.get(zone).map_or(0.0, |zone| zone.weight());
                total += needle.weight;
            }
            let bound = self.plan.most(most / total);
            let titled = wanted.iter().any(|needle| needle.in_title);
            if tier > 0 && (titled || (self.best.is_full() && bound < self.best.least())) {
                break;
            }
            // What has all of them in the last tier only is found by the rarest alone.
            let leads = if tier + 1 == TIERS { leads.get(..1).unwrap_or_default() } else { leads };
            for shard in shards.clone() {
                for lead in leads {
                    if !self.tier(shard, tier, lead, &mut seen) {
                        return self.best;
                    }
                }
            }
        }
        self.best
    }

    /// The pages that have a word in a tier; false if it was stopped.
    fn tier(&mut self, shard: &Shard, tier: usize, lead: &Needle, seen: &mut [bool]) -> bool {
        let Some(tier) = shard.tiers.get(tier) else { return true };
        let (mut at, mut count) = (0, 0);
        while at < shard.len() {
            let Some(byte) = lead.candidate(&tier.text, tier.page(at).start) else { break };
            at = tier.page_of(byte, at);
            if let Some(seen) = seen.get_mut(shard.first + at)
                && !std::mem::replace(seen, true)
            {
                self.page(shard, at);
            }
            count += 1;
            if self.stopped(count) {
                return false;
            }
            at += 1;
        }
        !self.stopped(0)
    }

    /// Weighs one page.
    fn page(&mut self, shard: &Shard, at: usize) {
        let text = PageText::new(shard, at);
        let number = shard.first + at;
        let hopeless = |most: f32| !self.best.wants(&Scored { page: number, score: most });
        let page = self.index.page(number);
        if let Some(score) = self.plan.weigh(page, &text, &mut self.places, hopeless) {
            self.best.add(Scored { page: number, score });
        }
    }

    /// Whether it is to end; asked for now and then.
    fn stopped(&self, count: usize) -> bool {
        count.is_multiple_of(64) && self.stop.load(atomic::Ordering::Relaxed)
    }
}

/// The best pages so far.
struct Best {
    limit: usize,
    heap: BinaryHeap<Scored>,
}

impl Best {
    fn is_full(&self) -> bool {
        self.heap.len() == self.limit
    }

    /// The lowest score among them.
    fn least(&self) -> f32 {
        self.heap.peek().map_or(0.0, |worst| worst.score)
    }

    /// Whether a page would be among them.
    fn wants(&self, scored: &Scored) -> bool {
        !self.is_full() || self.heap.peek().is_some_and(|worst| scored < worst)
    }

    fn add(&mut self, scored: Scored) {
        if self.wants(&scored) {
            if self.is_full() {
                self.heap.pop();
            }
            self.heap.push(scored);
        }
    }
}
