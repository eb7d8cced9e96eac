//! The distinct words of an index with the number of pages that have them: to know which words are
//! rare, and which are spelt nearly like another.

use super::words::{is_unspaced, words};
use std::collections::HashMap;
use strsim::osa_distance;

/// Longer words are not kept, in characters.
const LONGEST: usize = 32;

/// The words of pages, while they are being gathered.
#[derive(Debug, Default)]
pub struct Gather {
    /// Each word with the number of its pages, and the last of them.
    words: HashMap<Box<str>, (u32, usize)>,
}

impl Gather {
    /// Adds the words of a folded text of a page. The texts of a page come one after the other.
    pub fn add(&mut self, page: usize, text: &str) {
        for word in words(text) {
            if word.len() > LONGEST * 4 {
                continue;
            }
            match self.words.get_mut(word) {
                Some((_, last)) if *last == page => {}
                Some((count, last)) => {
                    *count += 1;
                    *last = page;
                }
                None => {
                    self.words.insert(word.into(), (1, page));
                }
            }
        }
    }
}

/// Distinct words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// The words, each with a line feed behind it; in order of their length in characters, words
    /// of one length in order of their bytes.
    text: String,
    /// Where each word starts in `text`; one more for the end.
    starts: Vec<u32>,
    /// The number of pages of each.
    counts: Vec<u32>,
    /// The letters of each: a bit for each letter.
    letters: Vec<u32>,
    /// For each length the number of the first word of it.
    lengths: Vec<usize>,
}

/// A word that is spelt nearly like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'a> {
    /// The word.
    pub word: &'a str,
    /// The letters in which it differs.
    pub distance: usize,
    /// Number of pages that have it.
    pub count: u32,
}

impl Vocabulary {
    /// The words that were gathered.
    pub fn new(gathered: Vec<Gather>) -> Self {
        let mut gathered = gathered.into_iter().map(|gather| gather.words);
        let mut all = gathered.next().unwrap_or_default();
        for (word, (count, page)) in gathered.flatten() {
            all.entry(word).or_insert((0, page)).0 += count;
        }
        let mut words: Vec<(usize, Box<str>, u32)> = all
            .into_iter()
            .map(|(word, (count, _))| (word.chars().count(), word, count))
            .filter(|(length, word, _)| *length <= LONGEST && !word.chars().any(is_unspaced))
            .collect();
        words.sort_unstable();
        let mut vocabulary = Self::default();
        for (number, (length, word, count)) in words.iter().enumerate() {
            let Ok(start) = u32::try_from(vocabulary.text.len()) else { break };
            vocabulary.lengths.resize(vocabulary.lengths.len().max(length + 1), number);
            vocabulary.starts.push(start);
            vocabulary.counts.push(*count);
            vocabulary.letters.push(letters(word));
            vocabulary.text.push_str(word);
            vocabulary.text.push('\n');
        }
        vocabulary
    }

    /// Number of pages that have a word, if it is known.
    pub fn count(&self, word: &str) -> Option<u32> {
        let found = self.search(self.of_length(word.chars().count()), word)?;
        self.counts.get(found).copied()
    }

    /// Whether a word, or a part of one, is `part`.
    pub fn holds(&self, part: &str) -> bool {
        memchr::memmem::find(self.text.as_bytes(), part.as_bytes()).is_some()
    }

    /// The words spelt nearly like `word`, itself included, the nearest and most common first.
    pub fn near(&self, word: &str, most: usize) -> Vec<Near<'_>> {
        let length = word.chars().count();
        // As many slips as one makes in a word of that length.
        let allowed = match length {
            0..=3 => 0,
            4..=5 => 1,
            _ => 2,
        };
        let own = letters(word);
        let first = self.of_length(length.saturating_sub(allowed)).start;
        let last = self.of_length(length + allowed).end;
        let mut found: Vec<Near> = (first..last)
            .filter(|at| {
                let other = self.letters.get(*at).copied().unwrap_or(0);
                (own ^ other).count_ones() as usize <= 2 * allowed
            })
            .filter_map(|at| {
                let other = self.word(at)?;
                let distance = osa_distance(word, other);
                let count = self.counts.get(at).copied()?;
                (distance <= allowed).then_some(Near { word: other, distance, count })
            })
            .collect();
        found.sort_by_key(|near| (near.distance, std::cmp::Reverse(near.count)));
        found.truncate(most);
        found
    }

    /// Bytes that it keeps in memory.
    #[cfg(feature = "bench")]
    pub fn size(&self) -> usize {
        self.text.capacity() + 12 * self.starts.capacity()
    }

    fn word(&self, at: usize) -> Option<&str> {
        let start = *self.starts.get(at)? as usize;
        self.text.get(start..)?.split('\n').next()
    }

    /// The numbers of the words of a length.
    fn of_length(&self, length: usize) -> std::ops::Range<usize> {
        let first = |length: usize| self.lengths.get(length).copied().unwrap_or(self.starts.len());
        first(length)..first(length + 1)
    }

    fn search(&self, numbers: std::ops::Range<usize>, word: &str) -> Option<usize> {
        let (mut low, mut high) = (numbers.start, numbers.end);
        while low < high {
            let middle = low.midpoint(high);
            match self.word(middle)?.cmp(word) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// A bit for each letter of a word; one slip changes at most two of them.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(pages: &[&str]) -> Vocabulary {
        let mut gather = Gather::default();
        pages.iter().enumerate().for_each(|(page, text)| gather.add(page, text));
        Vocabulary::new(vec![gather])
    }

    #[test]
    fn counts_pages_not_words() {
        let words = vocabulary(&["a coast, a coast", "the coast-line", "cost"]);
        assert_eq!(words.count("coast"), Some(2));
        assert_eq!(words.count("the"), Some(1));
        assert_eq!(words.count("coas"), None);
        assert!(words.holds("oas") && !words.holds("ost\nco"));
    }

    #[test]
    fn counts_of_several_threads_are_added_up() {
        let mut gathers = vec![Gather::default(), Gather::default()];
        gathers[0].add(0, "one two");
        gathers[1].add(1, "two three");
        let words = Vocabulary::new(gathers);
        assert_eq!([words.count("one"), words.count("two")], [Some(1), Some(2)]);
    }

    #[test]
    fn finds_what_is_spelt_nearly_so() {
        let words = vocabulary(&["maduro madero", "maduro", "modular", "ma"]);
        let near: Vec<_> = words.near("madruo", 9).iter().map(|n| (n.word, n.distance)).collect();
        assert_eq!(near, [("maduro", 1), ("madero", 2)]);
        assert_eq!(words.near("maduro", 1)[0].count, 2);
        assert!(words.near("mb", 9).is_empty(), "short words are taken as they are");
    }
}
