//! Which cards mention a card without linking to it, and which share proper names with it. All texts
//! are gone through for one card at a time: nothing is kept for the others.

mod proper;

use super::terms::{self, Reach, Terms};
use super::words::is_edge;
use crate::format::Line;
use crate::library::{Library, Page};
use crate::model::Card;
use crate::text::Printable;
use aho_corasick::AhoCorasick;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Passages found at most.
const MOST: usize = 200;
/// Names that a card shares with others, at most.
const MOST_NAMES: usize = 40;
/// Letters of a word that texts are sifted by, at least.
const SHORTEST: usize = 3;

/// Who mentions a card.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// The sentences in which other cards mention it without a link, one for each card.
    pub passages: Vec<Passage>,
    /// Proper names on the card that other cards have too.
    pub names: Vec<Name>,
}

/// A sentence that mentions a card.
#[derive(Debug, PartialEq, Eq)]
pub struct Passage {
    /// The card it stands on.
    pub card: usize,
    /// Its words.
    pub text: Printable,
    /// The bytes of the mention.
    pub at: Range<usize>,
}

/// A proper name.
#[derive(Debug, PartialEq, Eq)]
pub struct Name {
    /// As it is written.
    pub name: Printable,
    /// The other cards that have it.
    pub cards: Vec<usize>,
}

/// Looks for mentions of a card. `terms` must be of `library`. When `stop` is set the answer comes soon
/// and is of no use.
pub fn mentioned(library: &Library, terms: &Terms, card: usize, stop: &AtomicBool) -> Mentioned {
    let mut found = Mentioned::default();
    let Some(own) = library.card(card) else { return found };
    let wanted = terms.of(card, own);
    let mut names: Vec<(String, Vec<usize>)> = Vec::new();
    if terms.reach() == Reach::All {
        names.extend(proper::names(own).into_iter().map(|name| (name, Vec::new())));
        names.retain(|(name, _)| library.find_card(name).is_none());
        names.truncate(MOST_NAMES);
    }
    let called = terms::names(own, terms.reach()).filter(|_| !wanted.is_empty());
    let called: Vec<&str> = called.chain(names.iter().map(|(name, _)| name.as_str())).collect();
    if called.is_empty() {
        return found;
    }
    let sieve = Sieve::new(&called);
    let linking: HashSet<Page> = library.backlinks(card).into_iter().collect();
    for (at, other) in library.cards() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        if at == card || !sieve.lets_through(other) {
            continue;
        }
        let page = Page::Card(at);
        let mut may = found.passages.len() < MOST && !wanted.is_empty() && !linking.contains(&page);
        terms::lines(other, &mut |line| {
            if may {
                let means = |term: usize| {
                    wanted.contains(&term) && terms.card(library, page, term) == Some(card)
                };
                let mention = terms.mentions(&line).into_iter().find(|(_, term)| means(*term));
                if let Some((bytes, _)) = mention {
                    let (text, bytes) = sentence(&line.text, bytes);
                    found.passages.push(Passage { card: at, text, at: bytes });
                    may = false;
                }
            }
            for (name, cards) in &mut names {
                if cards.last() != Some(&at) && has_name(&line, name) {
                    cards.push(at);
                }
            }
        });
    }
    let half = library.card_count() / 2;
    names.retain(|(_, cards)| !cards.is_empty() && cards.len() < half.max(1));
    let name = |(name, cards): (String, Vec<usize>)| Name { name: Printable::line(&name), cards };
    found.names = names.into_iter().map(name).collect();
    found
}

/// Tells quickly which cards cannot have any of some names.
struct Sieve {
    /// A word of each name; none if a name has no plain word.
    words: Option<AhoCorasick>,
}

impl Sieve {
    fn new(names: &[&str]) -> Self {
        let words: Option<Vec<&str>> = names.iter().map(|name| plain_word(name)).collect();
        let built = words
            .map(|words| AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok());
        Self { words: built.flatten() }
    }

    fn lets_through(&self, card: &Card) -> bool {
        let Some(words) = &self.words else { return true };
        let sections = card.sections.iter().map(|section| &section.text);
        let claims = card.claims.iter().flat_map(|c| std::iter::once(&c.text).chain(&c.note));
        let questions =
            card.questions.iter().flat_map(|q| std::iter::once(&q.question).chain(&q.answer));
        let dates = card.dates.iter().map(|dated| &dated.text);
        let all = card.bottom_line.iter().chain(sections).chain(claims).chain(dates);
        all.chain(questions).any(|prose| words.is_match(&*prose.source))
    }
}

/// The longest part of a name that every spelling of it has: letters without accents.
fn plain_word(name: &str) -> Option<&str> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).filter(|word| word.len() >= SHORTEST)
}

/// Whether a line has a name outside its links.
fn has_name(line: &Line, name: &str) -> bool {
    let text = &line.text;
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes())
        .any(|at| is_edge(text, at) && is_edge(text, at + name.len()))
}

/// The sentence of a text around some bytes of it, and where they are in it.
fn sentence(text: &str, bytes: Range<usize>) -> (Printable, Range<usize>) {
    const ENDS: [&str; 3] = [". ", "? ", "! "];
    let before = text.get(..bytes.start).unwrap_or_default();
    let after = text.get(bytes.end..).unwrap_or_default();
    let start = ENDS.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let start = start.unwrap_or(0);
    let end = ENDS.iter().filter_map(|end| after.find(end).map(|at| bytes.end + at + 1)).min();
    let end = end.unwrap_or(text.len());
    let lead = Printable::inline(text.get(start..bytes.start).unwrap_or_default());
    let own = Printable::inline(text.get(bytes).unwrap_or_default());
    let all = Printable::inline(text.get(start..end).unwrap_or_default());
    (all, lead.len()..lead.len() + own.len())
}

#[cfg(test)]
mod tests;
