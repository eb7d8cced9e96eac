//! The conditions of a query, asked of the cards of a library. Conditions on claims hold together:
//! `voice:x verb:denies` finds what x denies.

use super::known::{Deed, Known};
use super::query::{Filter, Has, Is, Query, QueryError, Test};
use super::text::{citations, gaps_of};
use super::words::is_edge;
use crate::library::{Destination, Library, Missing, Page};
use crate::model::{Basis, Briefing, Card, Claim, PartialDate, Prose, SourceId, Target, VoiceId};
use crate::text::fold;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Filters, made ready for a library.
pub struct Filters<'f> {
    library: &'f Library,
    filters: Vec<Ready<'f>>,
    known: &'f Known,
    /// Whether there are conditions on claims that hold together.
    on_claims: bool,
}

/// A filter with what it names looked up.
struct Ready<'f> {
    filter: &'f Filter,
    /// For each briefing the voices or sources that it means.
    voices: Vec<HashSet<&'f VoiceId>>,
    sources: Vec<HashSet<&'f SourceId>>,
    /// The cards that are linked to the one it means.
    linked: HashSet<usize>,
}

impl<'f> Filters<'f> {
    /// Makes the filters of a query ready.
    pub fn new(library: &'f Library, query: &'f Query) -> Self {
        let filters: Vec<_> = query.filters.iter().map(|f| Ready::new(library, f)).collect();
        let on_claims = query.filters.iter().any(joined);
        Self { library, filters, known: &query.known, on_claims }
    }

    /// Whether a page fulfils them all. An overview is no card and fulfils none.
    pub fn fit(&self, page: Page) -> bool {
        if self.filters.is_empty() {
            return true;
        }
        let Page::Card(index) = page else { return false };
        let at = self.library.briefing_of(page);
        let (Some(briefing), Some(card)) = (self.library.briefing(at), self.library.card(index))
        else {
            return false;
        };
        let (library, known) = (self.library, self.known);
        let place = Place { library, at, briefing, index, card, known };
        let alone = self.filters.iter().filter(|ready| !joined(ready.filter));
        let together = || self.filters.iter().filter(|ready| joined(ready.filter));
        alone.into_iter().all(|ready| ready.card(&place) != ready.filter.negated)
            && (!self.on_claims
                || card.claims.iter().any(|claim| together().all(|ready| ready.claim(at, claim))))
    }
}

/// Whether a filter has to hold for the same claim as others.
fn joined(filter: &Filter) -> bool {
    !filter.negated && matches!(filter.test, Test::Voice(_) | Test::Verb(_) | Test::Check(_))
}

/// A card with all that is around it.
struct Place<'p> {
    library: &'p Library,
    at: usize,
    briefing: &'p Briefing,
    index: usize,
    card: &'p Card,
    known: &'p Known,
}

impl<'f> Ready<'f> {
    fn new(library: &'f Library, filter: &'f Filter) -> Self {
        let mut ready =
            Self { filter, voices: Vec::new(), sources: Vec::new(), linked: HashSet::new() };
        let briefings = || library.documents().iter().map(|document| &document.briefing);
        match &filter.test {
            Test::Voice(words) => {
                let meant = |briefing: &'f Briefing| {
                    let voices = briefing.voices.iter();
                    let named = voices.filter(|v| has(v.id.as_str(), words) || has(&v.name, words));
                    named.map(|voice| &voice.id).collect()
                };
                ready.voices = briefings().map(meant).collect();
            }
            Test::Source(words) => {
                let meant = |briefing: &'f Briefing| {
                    let sources = briefing.sources.iter().filter(|source| {
                        let publisher = source.publisher.as_ref();
                        has(source.id.as_str(), words)
                            || has(&source.title, words)
                            || publisher.is_some_and(|publisher| has(publisher, words))
                    });
                    sources.map(|source| &source.id).collect()
                };
                ready.sources = briefings().map(meant).collect();
            }
            Test::Linked(name) => {
                if let Some(card) = library.find_card(name) {
                    ready.linked = around(library, card);
                }
            }
            _ => {}
        }
        ready
    }

    /// Whether it holds for a claim.
    fn claim(&self, briefing: usize, claim: &Claim) -> bool {
        match &self.filter.test {
            Test::Voice(words) => claim.by.as_ref().is_some_and(|by| {
                self.voices.get(briefing).is_some_and(|voices| voices.contains(&by.id))
                    || has(by.id.as_str(), words)
            }),
            Test::Verb(words) => claim.verb.as_ref().is_some_and(|verb| has(verb, words)),
            Test::Check(standings) => standings.contains(&claim.standing),
            _ => false,
        }
    }

    /// Whether it holds for a card.
    fn card(&self, place: &Place) -> bool {
        let Place { library, at, briefing, index, card, known } = *place;
        match &self.filter.test {
            Test::Kind(kinds) => kinds.contains(&card.kind),
            Test::Basis(bases) => rests_on(card, bases),
            Test::Tag(words) => card.tags.iter().any(|tag| has(tag, words)),
            Test::Voice(_) | Test::Verb(_) | Test::Check(_) => {
                card.claims.iter().any(|claim| self.claim(at, claim))
            }
            Test::Source(words) => citations(card).any(|citation| {
                self.sources.get(at).is_some_and(|sources| sources.contains(&citation.source))
                    || has(citation.source.as_str(), words)
            }),
            Test::Has(parts) => parts.iter().any(|part| match part {
                Has::Gap => gaps_of(briefing, card).next().is_some(),
                Has::Question => !card.questions.is_empty(),
                Has::Claim => !card.claims.is_empty(),
                Has::Date => !card.dates.is_empty(),
                Has::Source => citations(card).next().is_some(),
                Has::Tag => !card.tags.is_empty(),
                Has::Alias => !card.aliases.is_empty(),
                Has::Link => has_links(card),
                Has::Backlink => library.mentions_of(index).len() > 0,
                Has::Note => known.holds(Deed::Noted, index),
                Has::Highlight => known.holds(Deed::Highlighted, index),
                Has::Mark => known.holds(Deed::Marked, index),
            }),
            Test::Is(all) => all.iter().any(|is| match is {
                Is::Orphan => library.mentions_of(index).len() == 0,
                Is::Unread => !is.deeds().iter().any(|deed| known.holds(*deed, index)),
                is => is.deeds().iter().any(|deed| known.holds(*deed, index)),
            }),
            Test::Linked(_) => self.linked.contains(&index),
            Test::Before(date) => {
                card.dates.iter().any(|dated| order(dated.date, *date) == Ordering::Less)
            }
            Test::After(date) => {
                card.dates.iter().any(|dated| order(dated.date, *date) == Ordering::Greater)
            }
        }
    }
}

/// Whether `text` has a word that starts with `words`.
fn has(text: &str, words: &str) -> bool {
    let mut folded = String::new();
    fold(text, &mut folded);
    memchr::memmem::find_iter(folded.as_bytes(), words.as_bytes()).any(|at| is_edge(&folded, at))
}

fn rests_on(card: &Card, bases: &[Basis]) -> bool {
    let parts = card.sections.iter().map(|section| section.basis);
    let dates = card.dates.iter().map(|dated| dated.basis);
    let questions = card.questions.iter().map(|question| question.basis);
    let all = std::iter::once(card.basis).chain(parts).chain(dates).chain(questions);
    all.flatten().any(|basis| bases.contains(&basis))
}

/// Whether a card has links, to whatever.
fn has_links(card: &Card) -> bool {
    let proses = card.bottom_line.iter();
    let proses = proses.chain(card.sections.iter().map(|section| &section.text));
    let mut proses = proses.chain(card.claims.iter().map(|claim| &claim.text));
    // The places of links in large folders are not kept.
    let linked =
        |prose: &Prose| !prose.links.is_empty() || !crate::format::links(&prose.source).is_empty();
    !card.see_also.is_empty() || proses.any(linked)
}

/// The cards that link to a card, and those that it links to.
fn around(library: &Library, card: usize) -> HashSet<usize> {
    let mut out: HashSet<usize> = HashSet::new();
    for mention in library.mentions_of(card) {
        if let Page::Card(from) = mention.from {
            out.insert(from);
        }
    }
    out.extend(library.mentions_on(card).map(|mention| mention.to));
    out
}

/// The order of two dates, as far as both are known.
fn order(date: PartialDate, other: PartialDate) -> Ordering {
    let (date, other) = (date.to_string(), other.to_string());
    let known = date.len().min(other.len());
    date.get(..known).cmp(&other.get(..known))
}

impl Query {
    /// Whether all that the query names is in a library.
    pub fn check(&self, library: &Library) -> Result<(), QueryError> {
        for filter in &self.filters {
            let Test::Linked(name) = &filter.test else { continue };
            if library.find_card(name).is_some() {
                continue;
            }
            let target = Target::Card { name: name.as_str().into(), heading: None };
            let help = match library.resolve(Page::Overview(0), &target) {
                Destination::Missing(Missing { nearest: Some(near), .. }) => {
                    format!("did you mean `linked:\"{near}\"`?")
                }
                _ => "write the id, the title or another name of a card".to_owned(),
            };
            let message = format!("no card is called `{name}`");
            return Err(QueryError::new(filter.at.clone(), &message, &help));
        }
        Ok(())
    }
}
