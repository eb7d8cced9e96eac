//! One term of a query, made ready to be found in folded text.

use super::index::Index;
use super::query::{How, Term};
use super::words::is_edge;
use aho_corasick::packed::{self, MatchKind};
use memchr::memmem::Finder;
use std::ops::Range;

/// Spellings that a term stands for at most.
const MOST_SPELLINGS: usize = 16;

/// A term, made ready.
#[derive(Debug)]
pub struct Needle {
    spellings: Spellings,
    how: How,
    /// Whether only titles and other names count.
    pub in_title: bool,
    /// How much it counts beside other terms: the rarer it is, the more.
    pub weight: f32,
    /// Number of pages that have it as a word, as far as known.
    pub pages: u32,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a query has a few of them")]
enum Spellings {
    None,
    One(Finder<'static>),
    /// Several, with what each is worth; found together.
    Some(Box<packed::Searcher>, Vec<f32>),
    /// Several, where the machine cannot find them together.
    Each(Vec<(Finder<'static>, f32)>),
}

/// How rare a word is that `pages` of `all` have: near 1 if hardly any has it, near 0 if all have.
#[expect(clippy::cast_precision_loss, reason = "a logarithm needs no more digits")]
fn rarity(pages: u32, all: usize) -> f32 {
    (1.0 + all as f32 / (pages as f32 + 1.0)).ln() / (2.0 + all as f32).ln()
}

/// A place where a term was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The bytes of the folded text.
    pub bytes: Range<usize>,
    /// What it is worth: 1 for a whole word, less for a part or another spelling.
    pub worth: f32,
}

impl Needle {
    /// Makes a term ready for an index.
    pub fn new(term: &Term, index: &Index) -> Self {
        let mut pages = index.vocabulary.count(&term.words).unwrap_or(0);
        let spellings = match term.how {
            How::Near => {
                let near = index.vocabulary.near(&term.words, MOST_SPELLINGS);
                pages = near.iter().map(|near| near.count).fold(0, u32::saturating_add);
                let near =
                    near.iter().map(|near| (near.word, [1.0, 0.7, 0.5][near.distance.min(2)]));
                Spellings::new(&near.collect::<Vec<_>>())
            }
            _ => Spellings::new(&[(&term.words, 1.0)]),
        };
        let rarity = rarity(pages, index.page_count());
        Self { spellings, how: term.how, in_title: term.in_title, weight: 1.0 + rarity, pages }
    }

    /// The first byte at or after `from` where it may stand, whatever its edges are.
    pub fn candidate(&self, text: &str, from: usize) -> Option<usize> {
        self.raw(text, from).map(|(bytes, _)| bytes.start)
    }

    /// The first place at or after `from`.
    pub fn find(&self, text: &str, from: usize) -> Option<Spot> {
        let mut from = from;
        loop {
            let (bytes, worth) = self.raw(text, from)?;
            let starts = is_edge(text, bytes.start);
            let whole = starts && is_edge(text, bytes.end);
            let (fits, part) = match self.how {
                How::Whole | How::Near => (whole, 1.0),
                How::Start => (starts, if whole { 1.0 } else { 0.8 }),
                How::Anywhere if whole => (true, 1.0),
                How::Anywhere if starts => (true, 0.8),
                How::Anywhere => (true, 0.3),
            };
            if fits {
                return Some(Spot { bytes, worth: worth * part });
            }
            // The next place may overlap this one.
            let rest = text.get(bytes.start..)?;
            from = bytes.start + rest.chars().next()?.len_utf8();
        }
    }

    fn raw(&self, text: &str, from: usize) -> Option<(Range<usize>, f32)> {
        let bytes = text.as_bytes().get(from..)?;
        let at = |finder: &Finder| {
            let start = from + finder.find(bytes)?;
            Some(start..start + finder.needle().len())
        };
        match &self.spellings {
            Spellings::None => None,
            Spellings::One(finder) => Some((at(finder)?, 1.0)),
            Spellings::Some(searcher, worth) => {
                let found = searcher.find(bytes)?;
                let worth = worth.get(found.pattern().as_usize()).copied().unwrap_or(0.5);
                Some((from + found.start()..from + found.end(), worth))
            }
            Spellings::Each(finders) => {
                let all = finders.iter().filter_map(|(finder, worth)| Some((at(finder)?, *worth)));
                all.min_by_key(|(bytes, _)| (bytes.start, std::cmp::Reverse(bytes.end)))
            }
        }
    }
}

impl Spellings {
    fn new(words: &[(&str, f32)]) -> Self {
        let finder = |word: &str| Finder::new(word.as_bytes()).into_owned();
        match words {
            [] => Self::None,
            [(word, 1.0)] => Self::One(finder(word)),
            _ => {
                let mut builder =
                    packed::Config::new().match_kind(MatchKind::LeftmostLongest).builder();
                builder.extend(words.iter().map(|(word, _)| word.as_bytes()));
                match builder.build() {
                    Some(searcher) => Self::Some(
                        Box::new(searcher),
                        words.iter().map(|(_, worth)| *worth).collect(),
                    ),
                    None => {
                        Self::Each(words.iter().map(|(w, worth)| (finder(w), *worth)).collect())
                    }
                }
            }
        }
    }
}
