//! Everything opened together: briefings, how their cards are found by name, and how they refer to
//! each other. A library never changes; what changed on disk makes a new one.

mod load;
mod mentions;
mod names;

pub use load::{Failure, bundled, guide, load, preview, reload};
pub use names::Destination;

use crate::diagnostic::Diagnostic;
use crate::model::{Briefing, BriefingId, Card, CardId};
use crate::text::Printable;
use mentions::Mentions;
use names::Names;
use std::path::Path;
use std::sync::Arc;

/// A file that was read.
#[derive(Debug)]
pub struct Document {
    /// What it says.
    pub briefing: Briefing,
    /// Where it is; none for what the program brings along.
    pub file: Option<Arc<Path>>,
    /// What was found while reading it.
    pub found: Vec<Diagnostic>,
}

/// A page of the library: a card, or the overview of a briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The overview of the briefing at this index.
    Overview(usize),
    /// The card at this index of the library.
    Card(usize),
}

/// The name of a page, which holds across reloading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// The briefing.
    pub briefing: BriefingId,
    /// The card; none for the overview.
    pub card: Option<CardId>,
}

/// Everything opened together.
#[derive(Debug, Default)]
pub struct Library {
    documents: Vec<Arc<Document>>,
    /// The first card of each briefing, and the number of all cards.
    starts: Vec<usize>,
    names: Names,
    mentions: Mentions,
    /// Whether more is being read: a link that leads nowhere may lead somewhere then.
    partial: bool,
    /// What was found between files, with the index of the document: references that lead nowhere.
    found: Vec<(usize, Diagnostic)>,
}

impl Library {
    /// A library of documents, in the order given.
    pub fn new(documents: Vec<Arc<Document>>) -> Self {
        let mut starts = Vec::with_capacity(documents.len() + 1);
        let mut count = 0;
        for document in &documents {
            starts.push(count);
            count += document.briefing.cards.len();
        }
        starts.push(count);
        let mut library = Self { documents, starts, ..Self::default() };
        library.names = Names::new(&library);
        let (mentions, found) = Mentions::new(&library);
        library.mentions = mentions;
        library.found = found;
        library
    }

    /// Whether it holds only the start of a document, and more is being read.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// The documents, in the order of reading.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The briefing at an index.
    pub fn briefing(&self, index: usize) -> Option<&Briefing> {
        self.documents.get(index).map(|document| &document.briefing)
    }

    /// Number of all cards.
    pub fn card_count(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The cards of the briefing at an index, as indices of the library.
    pub fn cards_of(&self, briefing: usize) -> std::ops::Range<usize> {
        let at = |index: usize| self.starts.get(index).copied().unwrap_or(self.card_count());
        at(briefing)..at(briefing + 1)
    }

    /// The index of the briefing that a page belongs to.
    pub fn briefing_of(&self, page: Page) -> usize {
        match page {
            Page::Overview(briefing) => briefing,
            Page::Card(card) => self.starts.partition_point(|start| *start <= card).max(1) - 1,
        }
    }

    /// The card at an index.
    pub fn card(&self, index: usize) -> Option<&Card> {
        let briefing = self.briefing_of(Page::Card(index));
        let start = self.starts.get(briefing)?;
        self.briefing(briefing)?.cards.get(index.checked_sub(*start)?)
    }

    /// The title of a page.
    pub fn title(&self, page: Page) -> Printable {
        let title = match page {
            Page::Overview(briefing) => self.briefing(briefing).map(|b| &b.title),
            Page::Card(card) => self.card(card).map(|c| &c.title),
        };
        title.cloned().unwrap_or_default()
    }

    /// The name of a page.
    pub fn key(&self, page: Page) -> Option<PageKey> {
        let briefing = self.briefing(self.briefing_of(page))?.id.clone();
        let card = match page {
            Page::Overview(_) => None,
            Page::Card(card) => Some(self.card(card)?.id.clone()),
        };
        Some(PageKey { briefing, card })
    }

    /// The page of a name.
    pub fn page(&self, key: &PageKey) -> Option<Page> {
        let briefing = self.documents.iter().position(|d| d.briefing.id == key.briefing)?;
        match &key.card {
            None => Some(Page::Overview(briefing)),
            Some(card) => self.names.card(briefing, card).map(Page::Card),
        }
    }

    /// Whether a briefing has an overview worth showing.
    pub fn has_overview(&self, briefing: usize) -> bool {
        self.briefing(briefing)
            .is_some_and(|b| b.summary.is_some() || !b.key_points.is_empty() || !b.gaps.is_empty())
    }

    /// The page a briefing begins with: its own choice, else its overview, else its first card.
    pub fn start_of(&self, briefing: usize) -> Option<Page> {
        let chosen = self.briefing(briefing)?.start.as_ref();
        let chosen = chosen.and_then(|start| self.names.card(briefing, &start.id));
        if let Some(card) = chosen {
            return Some(Page::Card(card));
        }
        let cards = self.cards_of(briefing);
        // A list of what is missing alone is no beginning.
        let introduces = |b: &Briefing| b.summary.is_some() || !b.key_points.is_empty();
        if cards.is_empty() || self.briefing(briefing).is_some_and(introduces) {
            return Some(Page::Overview(briefing));
        }
        Some(Page::Card(cards.start))
    }

    /// The page to begin with.
    pub fn start(&self) -> Option<Page> {
        (0..self.documents.len()).find_map(|briefing| self.start_of(briefing))
    }

    /// All that was found: file by file, top to bottom.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let mut between: Vec<Vec<&Diagnostic>> = vec![Vec::new(); self.documents.len()];
        for (document, found) in &self.found {
            between.get_mut(*document).into_iter().for_each(|list| list.push(found));
        }
        let mut all: Vec<&Diagnostic> = Vec::new();
        for (document, between) in self.documents.iter().zip(between) {
            let start = all.len();
            all.extend(document.found.iter().chain(between));
            if let Some(file) = all.get_mut(start..) {
                file.sort_by_key(|found| found.span.map(|span| span.start));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests;
