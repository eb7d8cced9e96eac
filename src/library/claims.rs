//! The claims of all cards: who makes them, what they rest on, and which others are about the same
//! matter. Knows no screen and no order but that of the cards.

use super::{Library, Page};
use crate::model::{Briefing, Card, Citation, Claim, SourceId, Standing};
use crate::text::Printable;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A claim, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'l> {
    /// The briefing, whose voices and sources it names.
    pub briefing: &'l Briefing,
    /// The card, an index of the library.
    pub card: usize,
    /// Which of the claims of the card.
    pub at: usize,
    /// The claim.
    pub claim: &'l Claim,
}

impl Stated<'_> {
    /// The name of whoever makes it.
    pub fn voice(&self) -> Printable {
        self.briefing.voice_name(self.claim)
    }

    /// Whether it rests on a source.
    pub fn rests_on(&self, source: &SourceId) -> bool {
        self.claim.from.iter().any(|from| from.source == *source)
    }
}

/// How another claim was found to be about the same matter, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// It rests on the same passage, or on the same source as a whole.
    Passage,
    /// It stands on the same card.
    Card,
    /// The same voice makes it.
    Voice,
}

impl Found {
    /// Every way, the nearest first.
    pub const ALL: [Self; 3] = [Self::Passage, Self::Card, Self::Voice];

    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Passage => "On the same passage",
            Self::Card => "On the same card",
            Self::Voice => "By the same voice",
        }
    }
}

/// What of a card rests on a source, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resting {
    /// Whether the card as a whole is about a place of it.
    pub card: bool,
    /// Sections.
    pub sections: usize,
    /// Claims.
    pub claims: usize,
    /// Dates.
    pub dates: usize,
    /// Answers.
    pub answers: usize,
}

impl Resting {
    /// Adds what of another card does.
    pub fn add(&mut self, more: Self) {
        self.card |= more.card;
        self.sections += more.sections;
        self.claims += more.claims;
        self.dates += more.dates;
        self.answers += more.answers;
    }

    /// The same in words: `2 sections, 1 claim`.
    pub fn words(self) -> String {
        let counts = [
            (self.sections, "section"),
            (self.claims, "claim"),
            (self.dates, "date"),
            (self.answers, "answer"),
        ];
        let words = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }));
        let words: Vec<_> = words.collect();
        match (words.is_empty(), self.card) {
            (false, _) => words.join(", "),
            (true, true) => "the card".to_owned(),
            (true, false) => String::new(),
        }
    }
}

impl Library {
    /// All claims, in the order of the cards.
    pub fn claims(&self) -> impl Iterator<Item = Stated<'_>> {
        let briefings = self.documents().iter().enumerate();
        briefings.flat_map(|(document, read)| {
            let cards = self.cards_of(document).zip(&read.briefing.cards);
            cards.flat_map(move |(card, of)| {
                of.claims.iter().enumerate().map(move |(at, claim)| Stated {
                    briefing: &read.briefing,
                    card,
                    at,
                    claim,
                })
            })
        })
    }

    /// One claim of a card.
    pub fn claim(&self, card: usize, at: usize) -> Option<Stated<'_>> {
        let claim = self.card(card)?.claims.get(at)?;
        let briefing = self.briefing(self.briefing_of(Page::Card(card)))?;
        Some(Stated { briefing, card, at, claim })
    }

    /// Other claims on the matter of one: each with the nearest way in which it was found, those of
    /// one way together, in the order of the cards.
    pub fn related_claims(&self, card: usize, at: usize) -> Vec<(Found, Stated<'_>)> {
        let Some(own) = self.claim(card, at) else { return Vec::new() };
        let voice = own.claim.by.as_ref().map(|_| own.voice());
        let found = |other: &Stated| {
            let same = |a: &Citation, b: &Citation| a.source == b.source && a.passage == b.passage;
            let shared = |a: &Citation| other.claim.from.iter().any(|b| same(a, b));
            if (other.card, other.at) == (card, at) {
                None
            } else if other.briefing.id == own.briefing.id && own.claim.from.iter().any(shared) {
                Some(Found::Passage)
            } else if other.card == card {
                Some(Found::Card)
            } else {
                voice.as_ref().filter(|voice| **voice == other.voice()).map(|_| Found::Voice)
            }
        };
        let mut all: Vec<_> =
            self.claims().filter_map(|other| Some((found(&other)?, other))).collect();
        all.sort_by_key(|(found, _)| *found);
        all
    }

    /// The voices of all claims in the order of their first one, with the standings of their claims.
    pub fn voices(&self) -> Vec<(Printable, Vec<Standing>)> {
        let mut numbers = HashMap::new();
        let mut voices: Vec<(Printable, Vec<Standing>)> = Vec::new();
        for stated in self.claims() {
            let name = stated.voice();
            let next = voices.len();
            let at = *numbers.entry(name.to_string()).or_insert(next);
            if at == next {
                voices.push((name, Vec::new()));
            }
            if let Some((_, standings)) = voices.get_mut(at) {
                standings.push(stated.claim.standing);
            }
        }
        voices
    }

    /// The cards of a briefing that rest on a source, and what of them does.
    pub fn resting_on(&self, briefing: usize, source: &SourceId) -> Vec<(usize, Resting)> {
        let cards = self.briefing(briefing).map_or(&[][..], |briefing| &briefing.cards);
        let is_it = |from: &Citation| (from.source == *source).then_some(());
        let all = self.cards_of(briefing).zip(cards);
        all.filter_map(|(at, card)| Some((at, *resting(card, &is_it).get(&())?))).collect()
    }

    /// What of a briefing rests on each of the things that `key` makes of its citations, with the
    /// number of cards. Goes through the cards once.
    pub fn resting_by<'l, K: Hash + Eq>(
        &'l self,
        briefing: usize,
        key: impl Fn(&'l Citation) -> Option<K>,
    ) -> HashMap<K, (usize, Resting)> {
        let mut all: HashMap<K, (usize, Resting)> = HashMap::new();
        for card in self.briefing(briefing).iter().flat_map(|briefing| &briefing.cards) {
            for (key, resting) in resting(card, &key) {
                let (cards, sum) = all.entry(key).or_default();
                *cards += 1;
                sum.add(resting);
            }
        }
        all
    }
}

/// What of a card rests on each of the things that `key` makes of its citations.
fn resting<'l, K: Hash + Eq>(
    card: &'l Card,
    key: &impl Fn(&'l Citation) -> Option<K>,
) -> HashMap<K, Resting> {
    let mut all: HashMap<K, Resting> = HashMap::new();
    let mut count = |from: &'l [Citation], add: fn(&mut Resting)| {
        let keys: HashSet<K> = from.iter().filter_map(key).collect();
        for key in keys {
            add(all.entry(key).or_default());
        }
    };
    count(&card.passages, |resting| resting.card = true);
    card.sections.iter().for_each(|section| count(&section.from, |resting| resting.sections += 1));
    card.claims.iter().for_each(|claim| count(&claim.from, |resting| resting.claims += 1));
    card.dates.iter().for_each(|dated| count(&dated.from, |resting| resting.dates += 1));
    card.questions.iter().for_each(|asked| count(&asked.from, |resting| resting.answers += 1));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Document;
    use crate::model::PassageId;
    use std::sync::Arc;

    const SOURCE: &str = "
id: t
voices: {a: Ann, b: Bob}
sources: {s: {title: S, passages: {p1: [0, 9], p2: [9, 19]}}, t: T}
cards:
- id: one
  title: One
  passages: [s#p1]
  claims:
  - {by: a, text: x, from: [s#p1]}
  - {by: b, text: y, from: [s#p2]}
  - {by: b, text: z, from: [s#p1, t]}
- id: two
  title: Two
  sections: [{text: x, from: [s#p2]}]
  claims:
  - {by: a, text: v, from: [t], check: disputed}
  - {by: b, text: w, from: [s#p1]}
";

    fn library() -> Library {
        let (briefing, found) = crate::format::briefing(SOURCE, "t");
        assert!(found.is_empty(), "{found:?}");
        Library::new(vec![Arc::new(Document::new(briefing, None, found))])
    }

    #[test]
    fn related_claims_say_how_they_were_found() {
        let library = library();
        let related = library.related_claims(0, 0);
        let related: Vec<_> =
            related.iter().map(|(found, s)| (*found, s.claim.text.source.as_ref())).collect();
        assert_eq!(
            related,
            [(Found::Passage, "z"), (Found::Passage, "w"), (Found::Card, "y"), (Found::Voice, "v"),]
        );
        assert!(library.related_claims(0, 9).is_empty());
    }

    #[test]
    fn voices_come_with_their_standings() {
        let voices = library().voices();
        let names: Vec<_> = voices.iter().map(|(name, all)| (name.as_str(), all.len())).collect();
        assert_eq!(names, [("Ann", 2), ("Bob", 3)]);
        assert_eq!(voices[0].1, [Standing::NotChecked, Standing::Disputed]);
    }

    #[test]
    fn what_rests_on_a_source_is_counted() {
        let library = library();
        let resting = library.resting_on(0, &SourceId::new("s"));
        let resting: Vec<_> = resting.iter().map(|(card, all)| (*card, all.words())).collect();
        assert_eq!(resting, [(0, "3 claims".to_owned()), (1, "1 section, 1 claim".to_owned())]);
        let places = library.resting_by(0, |from| from.passage.as_ref().map(PassageId::as_str));
        let of = |place: &str| places.get(place).map(|(cards, all)| (*cards, all.words()));
        assert_eq!(of("p1"), Some((2, "3 claims".to_owned())));
        assert_eq!(of("p2"), Some((2, "1 section, 1 claim".to_owned())));
        assert_eq!(of("p3"), None);
    }
}
