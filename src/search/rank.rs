//! What a page is worth for a query: which zones have its words, how often, how whole and how near to
//! each other, and whether its title is what was asked for.

use super::filter::Filters;
use super::index::Index;
use super::needle::Needle;
use super::place::{PageText, Place, closeness};
use super::query::Query;
use super::text::Zone;
use crate::library::{Library, Page};

/// Places of a term that are looked at in one page, and those that count.
const MOST_PLACES: usize = 16;
const MOST_COUNTED: usize = 4;
/// What the count of a word can add at most.
const COUNT: f32 = 0.1;
/// What words that stand together can add at most.
const TOGETHER: f32 = 0.25;
/// More than any words can be worth.
const WORDS: f32 = 500.0;
/// A title that is what was asked for, one that starts so, and the same of other names.
pub const TITLE: f32 = 4000.0;
const TITLE_START: f32 = 2000.0;
const ALIAS: f32 = 1500.0;
const ALIAS_START: f32 = 1000.0;

/// A query, made ready for an index and a library.
pub struct Plan<'p> {
    /// What must be found.
    pub wanted: Vec<Needle>,
    unwanted: Vec<Needle>,
    filters: Filters<'p>,
    library: &'p Library,
    /// What a title is compared with: folded, and as it was typed.
    title: Option<String>,
    written: &'p str,
}

impl<'p> Plan<'p> {
    /// Makes a query ready.
    pub fn new(index: &Index, library: &'p Library, query: &'p Query) -> Self {
        let needles = |negated: bool| -> Vec<Needle> {
            let terms = query.terms.iter().filter(|term| term.negated == negated);
            terms.map(|term| Needle::new(term, index)).collect()
        };
        let mut wanted = needles(false);
        // The rarest leads.
        wanted.sort_by_key(|needle| needle.pages);
        let filters = Filters::new(library, query);
        let (unwanted, title, written) = (needles(true), query.as_title(), &*query.written);
        Self { wanted, unwanted, filters, library, title, written }
    }

    /// The score of a page; `None` if it does not fit, or if the most it may reach is `hopeless`.
    pub fn weigh(
        &self,
        page: Page,
        text: &PageText,
        places: &mut [Vec<Place>],
        hopeless: impl Fn(f32) -> bool,
    ) -> Option<f32> {
        // Names first: they are short, and most pages are left aside by what is not in them.
        let (mut most, mut total, mut named) = (0.0, 0.0, false);
        for (needle, places) in self.wanted.iter().zip(&mut *places) {
            places.clear();
            let mut worth: f32 = if needle.in_title { 0.0 } else { Zone::BottomLine.weight() };
            let mut next = text.named(needle, None);
            while let Some(place) = next {
                worth = worth.max(place.worth());
                next = if places.len() + 1 < MOST_PLACES && worth < Zone::Title.weight() {
                    text.named(needle, Some(&place))
                } else {
                    None
                };
                places.push(place);
            }
            named |= !places.is_empty();
            most += needle.weight * worth;
            total += needle.weight;
        }
        let title = if named { self.title(page, text.names()) } else { 0.0 };
        if hopeless(title + self.most(most / total.max(1.0))) {
            return None;
        }
        for (needle, places) in self.wanted.iter().zip(&mut *places) {
            if places.is_empty() {
                let place = text.told(needle)?;
                most -= needle.weight * (Zone::BottomLine.weight() - place.zone.weight());
                places.push(place);
            }
        }
        if hopeless(title + self.most(most / total.max(1.0))) {
            return None;
        }
        if self.unwanted.iter().any(|needle| text.first(needle).is_some())
            || !self.filters.fit(page)
        {
            return None;
        }
        let mut score = 0.0;
        for (needle, places) in self.wanted.iter().zip(&mut *places) {
            score += needle.weight * self.worth(needle, text, places);
        }
        score /= total.max(1.0);
        if self.wanted.len() > 1 {
            score *= 1.0 + TOGETHER * closeness(text, places);
        }
        Some(score + title)
    }

    /// The highest score of a page whose words are worth `worth` in the mean, its names left aside.
    pub fn most(&self, worth: f32) -> f32 {
        let together = if self.wanted.len() > 1 { TOGETHER } else { 0.0 };
        // A little more, since sums of fractions are not exact.
        worth * (1.0 + COUNT) * (1.0 + together) * 1.001
    }

    /// What a term is worth in a page, from its first place on; more of its places are added.
    fn worth(&self, needle: &Needle, text: &PageText, places: &mut Vec<Place>) -> f32 {
        let mut best: f32 = 0.0;
        while let Some(last) = places.last() {
            best = best.max(last.worth());
            // One word alone is done with when it cannot get better and was counted.
            let counted = self.wanted.len() == 1 && places.len() > MOST_COUNTED;
            if places.len() == MOST_PLACES || (counted && last.zone.weight() <= best) {
                break;
            }
            match text.next(needle, last) {
                Some(next) => places.push(next),
                None => break,
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let more = (places.len() - 1).min(MOST_COUNTED) as f32 / MOST_COUNTED as f32;
        best * (1.0 + COUNT * more)
    }

    /// What it adds that the whole query is a title or another name, or the start of one.
    fn title(&self, page: Page, names: &str) -> f32 {
        let Some(wanted) = &self.title else { return 0.0 };
        let starts = |name: &str| {
            #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
            let share = wanted.len() as f32 / name.len().max(1) as f32;
            // Of two names the one is nearer that has less besides.
            name.starts_with(&**wanted).then_some(share)
        };
        let end = memchr::memchr(Zone::Title.end(), names.as_bytes()).unwrap_or(names.len());
        let (title, rest) = names.split_at(end);
        if title == wanted {
            // Titles may differ in case alone.
            let same = self.library.title(page).as_str() == self.written;
            return if same { TITLE + WORDS } else { TITLE };
        }
        if let Some(share) = starts(title) {
            return TITLE_START + 100.0 * share;
        }
        let aliases = rest.trim_matches(|c: char| c.is_control());
        if aliases.is_empty() {
            return 0.0;
        }
        let alias = |name: &str| match starts(name) {
            Some(_) if name == wanted => ALIAS,
            Some(share) => ALIAS_START + 100.0 * share,
            None => 0.0,
        };
        aliases.split('\n').map(alias).fold(0.0, f32::max)
    }
}
