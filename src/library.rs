//! Everything opened together: briefings, how their cards are found by name, and how they refer to
//! each other. A library never changes; what changed on disk makes a new one.

mod cache;
mod claims;
mod context;
mod destination;
mod folder;
mod gather;
mod index;
mod lead;
mod load;
mod mentions;
mod names;
mod order;
mod page_file;
mod places;
mod read;
mod routes;
mod sequence;
mod sources;
mod timeline;
mod ways;

pub use cache::Cache;
#[cfg(any(test, feature = "fuzzing"))]
pub use cache::{bytes as kept_bytes, share as kept_share};
pub use claims::{Found, Resting, Stated};
pub use destination::{Destination, Missing, MissingKind};
pub use gather::is_image;
pub use lead::Looked;
pub use load::{Failure, INPUT, bundled, guide, is_document, load, preview, reload, text};

pub use read::How;
pub use sources::{Given, Named, SourceCopy, Where, below, find as find_source};
pub use timeline::Event;
pub use ways::Step;

use crate::diagnostic::Diagnostic;
use crate::files;
use crate::model::{Briefing, BriefingId, Card, CardId, Links};
use crate::text::Printable;
use mentions::Mentions;
use names::Names;
use places::{Anchors, Places};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Cards that take long to go through.
const MANY: usize = 4096;
/// Hexadecimal digits of the fingerprint of a place.
const PRINT: usize = 24;

/// A file that was read.
#[derive(Debug)]
pub struct Document {
    /// What it says.
    pub briefing: Briefing,
    /// The file; none for what the program brings along, and for a folder.
    pub file: Option<Arc<Path>>,
    /// The folder that was opened, if it is all of a folder.
    pub folder: Option<Arc<Path>>,
    /// The folder that the paths of its parts start from, if it was imported from files.
    pub root: Option<Arc<Path>>,
    /// What tells where it lies, if it was imported from a file or folder: no two have the same.
    pub place: Option<Box<str>>,
    /// How it was read.
    pub how: How,
    /// Whether the places of its links were forgotten once they were resolved, as in large folders.
    pub is_slim: bool,
    /// What was found while reading it.
    pub found: Vec<Diagnostic>,
}

impl Document {
    /// A briefing file, or what the program brings along.
    pub fn new(briefing: Briefing, file: Option<Arc<Path>>, found: Vec<Diagnostic>) -> Self {
        Self {
            briefing,
            file,
            folder: None,
            root: None,
            place: None,
            how: How::default(),
            is_slim: false,
            found,
        }
    }

    /// The same, read from a file or folder. Briefing files have an id of their own.
    fn lying_at(mut self, path: &Path) -> Self {
        let path = files::real(path).filter(|_| !self.briefing.parts.is_empty());
        let print = path.map(|path| files::sha256(path.as_os_str().as_encoded_bytes()));
        self.place = print.map(|print| print.get(..PRINT).unwrap_or(&print).into());
        self
    }

    /// The files it was read from, each with whether it is one of a folder that was opened whole.
    fn files(&self) -> impl Iterator<Item = (PathBuf, bool)> + '_ {
        let root = self.folder.as_ref().and(self.root.as_ref());
        let parts = root.into_iter().flat_map(|root| {
            self.briefing.parts.iter().map(move |part| (root.join(&*part.path), true))
        });
        self.file.iter().map(|file| (file.to_path_buf(), false)).chain(parts)
    }
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
    /// The files of each document.
    places: Vec<Places>,
    /// For each document the named places of its large files, as soon as they were looked for.
    anchors: Vec<HashMap<usize, OnceLock<Anchors>>>,
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
        let anchors = documents.iter().map(|d| places::large(&d.briefing)).collect();
        let mut library = Self { documents, starts, anchors, ..Self::default() };
        let places = || library.documents.iter().map(|d| Places::new(&d.briefing)).collect();
        let names = || Names::new(&library);
        let (places, names) =
            if count < MANY { (places(), names()) } else { read::both(places, names) };
        (library.places, library.names) = (places, names);
        let (mentions, found) = Mentions::new(&library);
        library.mentions = mentions;
        library.found = found;
        library.found.sort_by_key(|(document, _)| *document);
        library
    }

    /// Forgets the places of links in folders: they were resolved, and are found again in the text
    /// where they are needed.
    fn slim(&mut self) {
        for document in self.documents.iter_mut().filter_map(Arc::get_mut) {
            if document.folder.is_none() {
                continue;
            }
            document.is_slim = true;
            let sections = document.briefing.cards.iter_mut().flat_map(|card| &mut card.sections);
            sections.for_each(|section| section.text.links = Links::default());
        }
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

    /// The word for what sort of thing a card is about; empty where nobody said it.
    pub fn kind_word(&self, card: usize) -> &'static str {
        let briefing = self.briefing(self.briefing_of(Page::Card(card)));
        briefing.zip(self.card(card)).map_or("", |(briefing, card)| briefing.kind_word(card))
    }

    /// All cards with their indices.
    pub fn cards(&self) -> impl Iterator<Item = (usize, &Card)> {
        self.documents.iter().flat_map(|document| &document.briefing.cards).enumerate()
    }

    /// The file of an imported document that a page was made of, an index into its parts.
    fn part_of(&self, page: Page) -> Option<usize> {
        let Page::Card(card) = page else { return None };
        let document = self.briefing_of(page);
        self.briefing(document)?.part_of(card - self.cards_of(document).start)
    }

    /// The file that a page was made of.
    pub fn file_of(&self, page: Page) -> Option<Arc<Path>> {
        let document = self.documents.get(self.briefing_of(page))?;
        let part = self.part_of(page).and_then(|part| document.briefing.parts.get(part));
        match (&document.root, part) {
            (Some(root), Some(part)) => Some(Arc::from(root.join(&*part.path))),
            _ => document.file.clone(),
        }
    }

    /// The files that were read, each with whether it is one of a folder that was opened whole.
    pub fn files(&self) -> impl Iterator<Item = (PathBuf, bool)> + '_ {
        self.documents.iter().flat_map(|document| document.files())
    }

    /// The file whose text the places of a page's card are counted in; none for an archive.
    pub fn source_of(&self, page: Page) -> Option<Arc<Path>> {
        let document = self.documents.get(self.briefing_of(page))?;
        let is_archive = document.root.is_none() && !document.briefing.parts.is_empty();
        if is_archive { None } else { self.file_of(page) }
    }

    /// The briefing of an id.
    fn briefing_named(&self, id: &str) -> Option<usize> {
        self.documents.iter().position(|d| d.briefing.id.as_str() == id)
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
            Some(card) => self.names.card(self, briefing, card).map(Page::Card),
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
        let chosen = chosen.and_then(|start| self.names.card(self, briefing, &start.id));
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

    /// What was found in a document: in its files, top to bottom, and between them.
    pub fn diagnostics_of(&self, document: usize) -> Vec<&Diagnostic> {
        let between = self.found.partition_point(|(of, _)| *of < document);
        let between = self.found.get(between..).unwrap_or_default().iter();
        let between = between.take_while(|(of, _)| *of == document).map(|(_, found)| found);
        let here = self.documents.get(document).map_or(&[][..], |document| &document.found);
        let mut all: Vec<&Diagnostic> = here.iter().chain(between).collect();
        let parts = self.briefing(document).map_or(0, |briefing| briefing.parts.len());
        if parts > 1 {
            all.sort_by(|a, b| a.file.cmp(&b.file));
        }
        for file in all.chunk_by_mut(|a, b| a.file == b.file) {
            file.sort_by_key(|found| found.span.map(|span| span.start));
        }
        all
    }

    /// All that was found, document by document.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        (0..self.documents.len()).flat_map(|document| self.diagnostics_of(document)).collect()
    }
}

#[cfg(test)]
mod tests;
