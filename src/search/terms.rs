//! Names of cards as terms: where a text mentions another card without a link (rule R7). All of them
//! are kept folded and in order, and are looked for at the starts of words only, so that a text is gone
//! through once. They belong to the library they were built of.

mod rule;
mod sorted;

pub use rule::starts_sentence;

use super::words::is_edge;
use crate::format::{self, Line};
use crate::library::{Library, Page};
use crate::model::{Card, Prose};
use crate::text::{Folded, Printable, fold};
use rule::Shape;
use sorted::Sorted;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Letters and digits of a term at least.
const SHORTEST: usize = 3;
/// Longer titles are not mentioned by anyone, in bytes.
const LONGEST: usize = 160;
/// From so many cards on, terms that occur in too many of them are off.
const MANY: usize = 500;
/// In one card of so many at most.
const SHARE: usize = 50;
/// Cards looked at for that, spread evenly over all.
const SAMPLE: usize = 4096;

/// Which names are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// None.
    Off,
    /// The titles of cards.
    #[default]
    Titles,
    /// Other names of cards as well; and proper names that cards share.
    All,
}

impl Reach {
    /// All of them with their words in settings.
    pub const ALL: [(&str, Self); 3] =
        [("off", Self::Off), ("titles", Self::Titles), ("all", Self::All)];

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, reach)| reach)
    }
}

/// The names by which cards are mentioned.
#[derive(Debug, Default)]
pub struct Terms {
    /// The terms by number, folded.
    names: Sorted,
    /// How each is written; none if it is off.
    shapes: Vec<Option<Shape>>,
    /// The cards of all terms, one after the other.
    cards: Vec<u32>,
    /// For each term the end of its cards.
    ends: Vec<u32>,
    reach: Reach,
}

impl Terms {
    /// The terms of a library. `None` if it was stopped.
    pub fn build(library: &Library, reach: Reach, stop: &AtomicBool) -> Option<Self> {
        let mut named: Vec<(String, u32, Shape)> = Vec::new();
        for (at, card) in library.cards() {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let Ok(at) = u32::try_from(at) else { break };
            let terms = names(card, reach).filter_map(term);
            named.extend(terms.map(|(folded, shape)| (folded, at, shape)));
        }
        named.sort();
        named.dedup_by(|a, b| (&a.0, a.1) == (&b.0, b.1));
        let mut terms = Self { reach, ..Self::default() };
        for same in named.chunk_by(|a, b| a.0 == b.0) {
            let Some((folded, _, shape)) = same.first() else { continue };
            if !terms.names.push(folded) {
                break;
            }
            terms.shapes.push(Some(*shape));
            terms.cards.extend(same.iter().map(|(_, card, _)| card));
            terms.ends.push(u32::try_from(terms.cards.len()).unwrap_or(u32::MAX));
        }
        terms.shrink();
        drop(named);
        terms.leave_out_frequent(library, stop);
        (!stop.load(Ordering::Relaxed)).then_some(terms)
    }

    /// Lets go of room that is not needed.
    fn shrink(&mut self) {
        self.names.shrink();
        self.shapes.shrink_to_fit();
        self.cards.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Turns off what so many cards mention that it tells nothing.
    fn leave_out_frequent(&mut self, library: &Library, stop: &AtomicBool) {
        let count = library.card_count();
        if count < MANY {
            return;
        }
        let step = count.div_ceil(SAMPLE);
        let mut counts = vec![0_u32; self.shapes.len()];
        let mut looked = 0_u32;
        for at in (0..count).step_by(step) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let Some(card) = library.card(at) else { break };
            let mut seen = HashSet::new();
            lines(card, &mut |line| {
                seen.extend(self.mentions(&line).into_iter().map(|(_, term)| term));
            });
            looked += 1;
            for term in seen {
                if let Some(count) = counts.get_mut(term) {
                    *count += 1;
                }
            }
        }
        let most = looked / u32::try_from(SHARE).unwrap_or(1);
        for (shape, count) in self.shapes.iter_mut().zip(counts) {
            *shape = shape.filter(|_| count <= most);
        }
    }

    /// Which names it knows.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The terms that a line mentions, left to right, with the bytes they take.
    pub fn mentions(&self, line: &Line) -> Vec<(Range<usize>, usize)> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(&line.text);
        let text = folded.as_str();
        let addresses = rule::addresses(&line.text);
        let mut found = Vec::new();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if at < from || !c.is_alphanumeric() || !is_edge(text, at) {
                continue;
            }
            let mut end = text.len();
            // The longest one may be no word of its own where a shorter one is.
            while let Some((term, to)) = self.names.longest(text, at..end) {
                let fitting = self.shapes.get(term).copied().flatten().and_then(|shape| {
                    let to = rule::end_of_word(text, to)?;
                    let bytes = folded.original(at..to.end)?;
                    let own = folded.original(at..to.start)?;
                    rule::fits(shape, &line.text, own, bytes.clone()).then_some((bytes, to.end))
                });
                if let Some((bytes, to)) = fitting
                    && is_prose(line, &addresses, &bytes)
                {
                    found.push((bytes, term));
                    from = to;
                    break;
                }
                end = to.saturating_sub(1);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
            }
        }
        found
    }

    /// The card that a term means on a page: of those in its briefing the only one, else the only one
    /// in its folder; else the only one there is. None if it is not clear, or the page itself.
    pub fn card(&self, library: &Library, page: Page, term: usize) -> Option<usize> {
        let all = self.cards_of(term);
        let own = |card: &u32| Page::Card(*card as usize) == page;
        if all.iter().any(own) {
            return None;
        }
        let only = |cards: Vec<usize>| match cards.as_slice() {
            [] => None,
            [card] => Some(Some(*card)),
            _ => Some(None),
        };
        let here = library.cards_of(library.briefing_of(page));
        let all: Vec<usize> = all.iter().map(|card| *card as usize).collect();
        let near: Vec<usize> = all.iter().copied().filter(|card| here.contains(card)).collect();
        if near.len() > 1 {
            let folder = |page: Page| Some(library.file_of(page)?.parent()?.to_owned());
            let (mine, same) = (folder(page), |card: &usize| folder(Page::Card(*card)));
            let beside: Vec<usize> =
                near.into_iter().filter(|card| mine.is_some() && same(card) == mine).collect();
            return only(beside).flatten();
        }
        only(near).unwrap_or_else(|| only(all).flatten())
    }

    /// The terms by which a card is mentioned.
    pub fn of(&self, card: usize, names_of: &Card) -> Vec<usize> {
        let known = names(names_of, self.reach).filter_map(term).filter_map(|(folded, _)| {
            let (term, end) = self.names.longest(&folded, 0..folded.len())?;
            let is_on = self.shapes.get(term).is_some_and(Option::is_some);
            let is_own = self.cards_of(term).iter().any(|at| *at as usize == card);
            (end == folded.len() && is_on && is_own).then_some(term)
        });
        known.collect()
    }

    fn cards_of(&self, term: usize) -> &[u32] {
        let end = |term: usize| self.ends.get(term).map_or(0, |end| *end as usize);
        let start = term.checked_sub(1).map_or(0, end);
        self.cards.get(start..end(term)).unwrap_or_default()
    }
}

/// Whether bytes of a line lie in no link and no address, and not in code alone.
fn is_prose(line: &Line, addresses: &[Range<usize>], bytes: &Range<usize>) -> bool {
    let meets = |other: &Range<usize>| other.start < bytes.end && bytes.start < other.end;
    let in_code = |code: &Range<usize>| code.start <= bytes.start && bytes.end <= code.end;
    !line.links.iter().any(meets) && !addresses.iter().any(meets) && !line.code.iter().any(in_code)
}

/// What a card is called.
pub fn names(card: &Card, reach: Reach) -> impl Iterator<Item = &str> {
    let title = (reach != Reach::Off).then_some(&card.title);
    let aliases = if reach == Reach::All { &card.aliases[..] } else { &[] };
    title.into_iter().chain(aliases).map(Printable::as_str)
}

/// A name folded, and how it is written; none if it says too little.
fn term(name: &str) -> Option<(String, Shape)> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let signs = name.chars().filter(|c| c.is_alphanumeric()).count();
    if signs < SHORTEST || name.len() > LONGEST || !name.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut folded = String::with_capacity(name.len());
    fold(name, &mut folded);
    let shape = Shape::of(name, &folded)?;
    Some((folded, shape))
}

/// Hands out the lines of a card in which names may be mentioned, in the order in which they are drawn.
pub fn lines(card: &Card, take: &mut dyn FnMut(Line)) {
    let mut sentence = |prose: &Prose| take(Line::new(&format::sentence(&prose.source).0));
    card.bottom_line.iter().for_each(&mut sentence);
    for section in &card.sections {
        let body = format::body(&section.text.source);
        format::paragraphs(&body.blocks, &mut |phrases| take(Line::new(phrases)));
    }
    let mut sentence = |prose: &Prose| take(Line::new(&format::sentence(&prose.source).0));
    for claim in &card.claims {
        sentence(&claim.text);
        claim.note.iter().for_each(&mut sentence);
    }
    card.dates.iter().for_each(|dated| sentence(&dated.text));
    for question in &card.questions {
        sentence(&question.question);
        question.answer.iter().for_each(&mut sentence);
    }
}

#[cfg(test)]
mod tests;
