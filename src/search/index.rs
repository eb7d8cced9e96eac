//! The folded text of all pages, kept for searching: a few strings for some thousand pages, and where
//! each page starts in them. Besides it there is a list of the distinct words, and nothing else.

use super::text::{Zone, pieces};
use super::vocabulary::{Gather, Vocabulary};
use crate::library::{Library, Page};
use crate::text::fold;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Pages of a shard at most.
const MOST: usize = 8192;
/// Fewer pages are read by one thread.
const FEW: usize = 256;

/// What is searched. It belongs to the library it was built of.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) shards: Vec<Shard>,
    pub(super) vocabulary: Vocabulary,
    /// Number of cards; the pages after them are overviews.
    cards: usize,
    /// The briefings that have an overview.
    overviews: Vec<usize>,
    /// Threads that the machine runs side by side.
    threads: usize,
}

/// Pages that follow each other.
#[derive(Debug)]
pub struct Shard {
    /// Number of its first page.
    pub first: usize,
    /// Their text, by what it is worth: names; bottom lines and headings; the rest.
    pub tiers: [Tier; TIERS],
}

/// Number of tiers: two zones each.
pub const TIERS: usize = Zone::ALL.len() / 2;

/// The folded text of two zones of pages that follow each other. Each zone has [`Zone::end`] behind
/// it; its lines are parted by line feeds.
#[derive(Debug)]
pub struct Tier {
    /// The text of all the pages.
    pub text: String,
    /// Where each page starts; one more for the end of the last.
    starts: Vec<usize>,
}

impl Index {
    /// Reads all pages, on as many threads as the machine has processors. `None` if it was stopped.
    pub fn build(library: &Library, stop: &AtomicBool) -> Option<Self> {
        let documents = 0..library.documents().len();
        let overviews = documents.filter(|at| library.has_overview(*at)).collect();
        let mut index = Self { cards: library.card_count(), overviews, ..Self::default() };
        let count = index.page_count();
        let threads = if count < FEW {
            1
        } else {
            std::thread::available_parallelism().map_or(1, usize::from)
        };
        index.threads = threads;
        let share = (count / (threads * 4)).clamp(1, MOST).max(FEW);
        let next = AtomicUsize::new(0);
        let done: Mutex<(Vec<Shard>, Vec<Gather>)> = Mutex::default();
        let work = || {
            let (mut shards, mut words) = (Vec::new(), Gather::default());
            while !stop.load(Ordering::Relaxed) {
                let first = next.fetch_add(1, Ordering::Relaxed).saturating_mul(share);
                if first >= count {
                    break;
                }
                let pages = first..(first + share).min(count);
                shards.push(index.shard(library, pages, &mut words, stop));
            }
            if let Ok(mut done) = done.lock() {
                done.0.append(&mut shards);
                done.1.push(words);
            }
        };
        if threads == 1 {
            work();
        } else {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(work);
                }
            });
        }
        let (mut shards, words) = done.into_inner().ok()?;
        shards.sort_by_key(|shard| shard.first);
        index.shards = shards;
        index.vocabulary = Vocabulary::new(words);
        (!stop.load(Ordering::Relaxed)).then_some(index)
    }

    /// Number of pages: cards, then overviews.
    pub fn page_count(&self) -> usize {
        self.cards + self.overviews.len()
    }

    /// Threads to go through it with.
    pub fn threads(&self) -> usize {
        self.threads.clamp(1, self.shards.len().max(1))
    }

    /// The page of a number.
    pub fn page(&self, number: usize) -> Page {
        match number.checked_sub(self.cards) {
            None => Page::Card(number),
            Some(after) => Page::Overview(self.overviews.get(after).copied().unwrap_or(0)),
        }
    }

    /// Bytes that it keeps in memory.
    #[cfg(feature = "bench")]
    pub fn size(&self) -> usize {
        let tiers = self.shards.iter().flat_map(|shard| &shard.tiers);
        let text = tiers.map(|t| t.text.capacity() + t.starts.capacity() * size_of::<usize>());
        text.sum::<usize>() + self.vocabulary.size()
    }

    fn shard(
        &self,
        library: &Library,
        pages: Range<usize>,
        words: &mut Gather,
        stop: &AtomicBool,
    ) -> Shard {
        let mut shard = Shard { first: pages.start, tiers: Default::default() };
        let mut zones: [String; Zone::ALL.len()] = Default::default();
        for number in pages {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            pieces(library, self.page(number), &mut |piece| {
                let Some(zone) = zones.get_mut(piece.field.zone() as usize) else { return };
                if !zone.is_empty() {
                    zone.push('\n');
                }
                fold(piece.text, zone);
            });
            for (zone, text) in Zone::ALL.into_iter().zip(&mut zones) {
                words.add(number, text);
                if let Some(tier) = shard.tiers.get_mut(zone as usize / 2) {
                    tier.text.push_str(text);
                    tier.text.push(char::from(zone.end()));
                }
                text.clear();
            }
            shard.tiers.iter_mut().for_each(Tier::end_page);
        }
        shard.tiers.iter_mut().for_each(|tier| tier.text.shrink_to_fit());
        shard
    }
}

impl Shard {
    /// Number of pages.
    pub fn len(&self) -> usize {
        self.tiers.first().map_or(0, |tier| tier.starts.len() - 1)
    }
}

impl Default for Tier {
    fn default() -> Self {
        Self { text: String::new(), starts: vec![0] }
    }
}

impl Tier {
    fn end_page(&mut self) {
        self.starts.push(self.text.len());
    }

    /// The bytes of a page.
    pub fn page(&self, at: usize) -> Range<usize> {
        let start = |at: usize| self.starts.get(at).copied().unwrap_or(self.text.len());
        start(at)..start(at + 1)
    }

    /// The text of a page.
    pub fn page_text(&self, at: usize) -> &str {
        self.text.get(self.page(at)).unwrap_or_default()
    }

    /// The page that holds a byte, which is not before the page `from`.
    pub fn page_of(&self, byte: usize, from: usize) -> usize {
        // Most often it is one of the next pages.
        let mut step = 1;
        while self.starts.get(from + step).is_some_and(|start| *start <= byte) {
            step *= 2;
        }
        let end = (from + step).min(self.starts.len());
        let near = self.starts.get(from..end).unwrap_or_default();
        from + near.partition_point(|start| *start <= byte).max(1) - 1
    }
}
