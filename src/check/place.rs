//! The page that a finding is about.

use crate::diagnostic::Diagnostic;
use crate::library::{Library, Page};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The files of a document, each with its cards as indices of the library.
pub struct Places<'a> {
    library: &'a Library,
    document: usize,
    files: HashMap<Arc<Path>, Range<usize>>,
}

impl<'a> Places<'a> {
    /// The files of a document.
    pub fn new(library: &'a Library, document: usize) -> Self {
        let first = library.cards_of(document).start;
        let parts = library.briefing(document).map_or(&[][..], |briefing| &briefing.parts);
        let of = library.documents().get(document);
        // The parts of an archive are named as if it were a folder.
        let base = of.and_then(|document| document.root.as_ref().or(document.file.as_ref()));
        let files = parts.iter().filter_map(|part| {
            let cards = first + part.cards.start as usize..first + part.cards.end as usize;
            Some((Arc::from(base?.join(&*part.path)), cards))
        });
        Self { library, document, files: files.collect() }
    }

    /// The card that holds the place of a finding, or else the overview.
    pub fn page(&self, found: &Diagnostic) -> Page {
        let library = self.library;
        let all = library.cards_of(self.document);
        let of_file = found.file.as_ref().and_then(|file| self.files.get(file)).cloned();
        if of_file.is_none() && !self.files.is_empty() {
            return Page::Overview(self.document);
        }
        let cards = of_file.clone().unwrap_or(all);
        let start = found.span.map_or(0, |span| span.start);
        let is_before = |card: usize| library.card(card).is_some_and(|c| c.span.start <= start);
        let card = last(cards, is_before);
        let inside = |card: &usize| library.card(*card).is_some_and(|c| start < c.span.end);
        match (card, of_file) {
            (Some(card), Some(_)) => Page::Card(card),
            (None, Some(cards)) if !cards.is_empty() => Page::Card(cards.start),
            (Some(card), None) if inside(&card) => Page::Card(card),
            _ => Page::Overview(self.document),
        }
    }
}

/// The last of some numbers of which `is_before` is true; it is true of the first ones alone.
fn last(range: Range<usize>, is_before: impl Fn(usize) -> bool) -> Option<usize> {
    let Range { mut start, mut end } = range.clone();
    while start < end {
        let middle = start + (end - start) / 2;
        if is_before(middle) {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    start.checked_sub(1).filter(|last| range.contains(last))
}
