//! Places in the folded text of one page: the zone they lie in, and how near they are to each other.

use super::index::{Shard, TIERS};
use super::needle::{Needle, Spot};
use super::text::Zone;

/// The folded text of a page. Tiers that are not asked for are not touched: most of the time goes
/// into waiting for memory.
#[derive(Clone, Copy)]
pub struct PageText<'t> {
    shard: &'t Shard,
    page: usize,
}

/// A place of a term in a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The tier it lies in.
    tier: usize,
    /// The zone it lies in.
    pub zone: Zone,
    /// Where, and what it is worth.
    spot: Spot,
}

impl Place {
    /// What a term is worth by this place.
    pub fn worth(&self) -> f32 {
        self.zone.weight() * self.spot.worth
    }
}

impl<'t> PageText<'t> {
    /// A page, counted from the first of a shard.
    pub fn new(shard: &'t Shard, page: usize) -> Self {
        Self { shard, page }
    }

    /// The titles and other names.
    pub fn names(&self) -> &'t str {
        self.tier(0)
    }

    fn tier(&self, at: usize) -> &'t str {
        self.shard.tiers.get(at).map_or("", |tier| tier.page_text(self.page))
    }

    /// The first place of a term.
    pub fn first(&self, needle: &Needle) -> Option<Place> {
        self.from(needle, 0, 0)
    }

    /// The first place of a term in a name, or the next one after another.
    pub fn named(&self, needle: &Needle, last: Option<&Place>) -> Option<Place> {
        self.place(needle, 0, last.map_or(0, |last| last.spot.bytes.end))
    }

    /// The first place of a term that is in no name.
    pub fn told(&self, needle: &Needle) -> Option<Place> {
        self.from(needle, 1, 0)
    }

    /// The next place of a term.
    pub fn next(&self, needle: &Needle, last: &Place) -> Option<Place> {
        self.from(needle, last.tier, last.spot.bytes.end)
    }

    fn from(&self, needle: &Needle, tier: usize, byte: usize) -> Option<Place> {
        let tiers = if needle.in_title { 1 } else { TIERS };
        (tier..tiers).find_map(|at| self.place(needle, at, if at == tier { byte } else { 0 }))
    }

    fn place(&self, needle: &Needle, tier: usize, byte: usize) -> Option<Place> {
        let text = self.tier(tier);
        let spot = needle.find(text, byte)?;
        let zone = Zone::ALL.get(2 * tier).copied()?;
        let before = text.as_bytes().get(..spot.bytes.start).unwrap_or_default();
        let second = memchr::memchr(zone.end(), before).is_some();
        let zone = if second { Zone::ALL.get(2 * tier + 1).copied()? } else { zone };
        Some(Place { tier, zone, spot })
    }

    /// The bytes of a place, counted through all tiers.
    fn bytes(&self, place: &Place) -> (usize, usize) {
        let before = self.shard.tiers.iter().take(place.tier);
        let before: usize = before.map(|tier| tier.page(self.page).len()).sum();
        (before + place.spot.bytes.start, before + place.spot.bytes.end)
    }
}

/// How near the words of a query stand together: 1 if they follow each other, near 0 if they are far
/// apart.
pub fn closeness(text: &PageText, places: &[Vec<Place>]) -> f32 {
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (term, places) in places.iter().enumerate() {
        all.extend(places.iter().map(|place| {
            let (start, end) = text.bytes(place);
            (start, end, term)
        }));
    }
    all.sort_unstable();
    shortest(&all, places.len())
}

/// The length of the terms in relation to the shortest stretch that has all of them. The places are
/// in order: start, end and number of the term.
fn shortest(all: &[(usize, usize, usize)], count: usize) -> f32 {
    // The shortest stretch with a place of each term: its end moves on, its start follows.
    let mut inside = vec![0_usize; count];
    let mut lengths = vec![0_usize; count];
    let (mut first, mut terms, mut shortest) = (0, 0, usize::MAX);
    for (start, end, term) in all {
        if let Some(length) = lengths.get_mut(*term) {
            *length = end - start;
        }
        if let Some(count) = inside.get_mut(*term) {
            terms += usize::from(*count == 0);
            *count += 1;
        }
        while let Some((start, _, term)) = all.get(first).filter(|_| terms == count) {
            shortest = shortest.min(end.saturating_sub(*start));
            if let Some(count) = inside.get_mut(*term) {
                *count -= 1;
                terms -= usize::from(*count == 0);
            }
            first += 1;
        }
    }
    let words = lengths.iter().sum::<usize>() + count.saturating_sub(1);
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    let share = words as f32 / shortest.max(1) as f32;
    share.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_follow_each_other_are_close() {
        let close = |share: f32, all: &[(usize, usize, usize)], count| {
            (shortest(all, count) - share).abs() < 1e-6
        };
        assert!(close(1.0, &[(0, 3, 0), (50, 53, 0), (54, 57, 1)], 2));
        assert!(close(0.5, &[(0, 3, 0), (11, 14, 1)], 2));
        assert!(close(0.0, &[(0, 3, 0)], 2));
        assert!(close(1.0, &[(0, 3, 1), (1, 3, 0)], 2), "terms may overlap");
    }
}
