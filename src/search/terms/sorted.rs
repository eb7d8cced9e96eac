//! Names in order, packed: finds the longest one that a text starts with.

use std::ops::Range;

/// Names that differ, ascending, one after the other in one piece of text.
#[derive(Debug, Default)]
pub struct Sorted {
    text: String,
    /// For each name its end in the text.
    ends: Vec<u32>,
}

impl Sorted {
    /// Puts a name behind the others, which come before it. `false` if there is no room for it.
    pub fn push(&mut self, name: &str) -> bool {
        let Ok(end) = u32::try_from(self.text.len() + name.len()) else { return false };
        self.text.push_str(name);
        self.ends.push(end);
        true
    }

    /// Lets go of room that is not needed.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The longest name at the start of a part of a text, by its number, and where it ends there.
    pub fn longest(&self, text: &str, part: Range<usize>) -> Option<(usize, usize)> {
        let start = part.start;
        let mut text = text.as_bytes().get(part)?;
        let mut before = self.ends.len();
        loop {
            // Of the names that do not come after the text the last has most in common with it.
            let at = self.not_after(text, before).checked_sub(1)?;
            let name = self.name(at);
            let same = name.iter().zip(text).take_while(|(a, b)| a == b).count();
            if same == name.len() {
                return Some((at, start + same));
            }
            // A name that the text starts with is within what both have in common.
            text = text.get(..same)?;
            before = at;
        }
    }

    /// How many of the first `most` names do not come after a text.
    fn not_after(&self, text: &[u8], most: usize) -> usize {
        let (mut low, mut high) = (0, most);
        while low < high {
            let middle = low.midpoint(high);
            if self.name(middle) <= text { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn name(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.text.as_bytes().get(start..end(at)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sorted(names: &BTreeSet<String>) -> Sorted {
        let mut sorted = Sorted::default();
        assert!(names.iter().all(|name| sorted.push(name)));
        sorted
    }

    #[test]
    fn nothing_starts_with_what_is_not_there() {
        assert_eq!(Sorted::default().longest("a", 0..1), None);
        let sorted = sorted(&["b".to_owned(), "ba".to_owned()].into());
        assert!(Sorted::default().is_empty() && !sorted.is_empty());
        assert_eq!(sorted.longest("bab", 0..0), None);
        assert_eq!(sorted.longest("bab", 0..3), Some((1, 2)));
        assert_eq!(sorted.longest("bab", 2..3), Some((0, 3)));
        assert_eq!(sorted.longest("bab", 1..9), None);
    }

    proptest! {
        #[test]
        fn the_longest_name_is_found(
            names in proptest::collection::btree_set("[abé]{1,5}", 0..12),
            text in "[abcé]{0,9}",
        ) {
            let expected = names.iter().enumerate().filter(|(_, name)| text.starts_with(*name));
            let expected = expected.max_by_key(|(_, name)| name.len());
            let found = sorted(&names).longest(&text, 0..text.len());
            prop_assert_eq!(found, expected.map(|(at, name)| (at, name.len())));
        }
    }
}
