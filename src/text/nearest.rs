//! "Did you mean".

use strsim::damerau_levenshtein;

/// Characters of the ending of a file, its point included.
const LONGEST_ENDING: usize = 6;

/// The candidate that differs least from `word`, if one is near enough to be meant: at most one
/// edit in three characters. Case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > 64 {
        return None; // nobody mistypes that much; the distance is quadratic
    }
    // The ending of a file is hardly ever mistyped, and says nothing of what was meant.
    let ending = word.rsplit_once('.').map_or(0, |(_, ending)| ending.chars().count() + 1);
    let ending = if ending <= LONGEST_ENDING { ending } else { 0 };
    let allowed = ((length - ending) / 3).max(1);
    let letters = Letters::of(&word);
    candidates
        .into_iter()
        .filter(|c| c.chars().count().abs_diff(length) <= allowed)
        .map(|c| (c.to_lowercase(), c))
        .filter(|(lower, _)| letters.differ_by(&Letters::of(lower)) <= allowed)
        .map(|(lower, c)| (damerau_levenshtein(&word, &lower), c))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// How often each letter stands in a word; letters that share a place are not told apart.
struct Letters([u8; PLACES]);

const PLACES: usize = 32;

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; PLACES];
        for c in word.chars() {
            if let Some(count) = counts.get_mut(c as usize % PLACES) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// Edits that are needed at least: each puts in, takes out or replaces one letter, or swaps two.
    fn differ_by(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (a, b) in self.0.iter().zip(other.0) {
            more += usize::from(a.saturating_sub(b));
            fewer += usize::from(b.saturating_sub(*a));
        }
        more.max(fewer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_that_is_near_is_passed_over(a in "[a-dßé😀]{0,8}", b in "[a-dßé😀]{0,8}") {
            let least = Letters::of(&a).differ_by(&Letters::of(&b));
            prop_assert!(least <= damerau_levenshtein(&a, &b));
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let keys = ["title", "kind", "bottom_line"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Title", keys), Some("title"));
        assert_eq!(nearest("botom_line", keys), Some("bottom_line"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn the_ending_of_a_file_makes_no_names_alike() {
        let files = ["code.md", "tables.md"];
        assert_eq!(nearest("nope.md", files), None);
        assert_eq!(nearest("cod.md", files), Some("code.md"));
        assert_eq!(nearest("table.md", files), Some("tables.md"));
        assert_eq!(nearest("taples.md", files), Some("tables.md"));
    }
}
