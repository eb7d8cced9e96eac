//! Where the words of a query stand in a text that is not of the index, such as a page as it is
//! drawn.

use super::index::Index;
use super::needle::Needle;
use super::query::Query;
use crate::text::Folded;
use std::ops::Range;

/// The words that a query looks for, made ready to be marked in texts.
#[derive(Debug)]
pub struct Marker {
    wanted: Vec<Needle>,
}

impl Marker {
    /// Makes the words of a query ready. Near spellings are those of the index.
    pub fn new(index: &Index, query: &Query) -> Self {
        let wanted = query.terms.iter().filter(|term| !term.negated);
        Self { wanted: wanted.map(|term| Needle::new(term, index)).collect() }
    }

    /// The bytes of `text` that match, from left to right, none twice.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(text);
        let mut marks = Vec::new();
        for needle in &self.wanted {
            let mut from = 0;
            while let Some(spot) = needle.find(folded.as_str(), from) {
                from = spot.bytes.end.max(from + 1);
                marks.extend(folded.original(spot.bytes));
            }
        }
        apart(marks)
    }
}

/// Marks from left to right; those that overlap become one.
pub fn apart(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => apart.push(mark),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        let marker = Marker::new(&Index::default(), &Query::parse(query).unwrap());
        marker.marks(text).into_iter().map(|mark| &text[mark]).collect()
    }

    #[test]
    fn words_phrases_and_prefixes_are_marked_once() {
        assert_eq!(marked("mayor", "The Mayor\nand the mayor’s office"), ["Mayor", "mayor"]);
        assert_eq!(marked("\"the mayor\" mayor*", "of the\nMayor"), ["the\nMayor"]);
        assert_eq!(marked("-mayor kind:person", "the mayor"), [""; 0]);
        assert_eq!(marked("narco-terrorism", "counter‑narco‑terrorism"), ["narco‑terrorism"]);
    }
}
