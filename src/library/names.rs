//! Finding cards by id, title or alias.

use super::index::Index;
use super::{Library, Page};
use crate::model::CardId;
use crate::text::{self, Printable};

/// The names of all cards.
#[derive(Debug, Default)]
pub struct Names {
    ids: Index,
    /// Titles, folded.
    titles: Index,
    /// Aliases, folded.
    aliases: Index,
    /// The first cards of files by titles that no card of the file has, folded.
    files: Index,
}

impl Names {
    pub fn new(library: &Library) -> Self {
        let cards = || library.cards();
        Self {
            ids: Index::new(cards().map(|(at, card)| (card.id.as_str(), at))),
            titles: Index::new(cards().map(|(at, card)| (fold(&card.title), at))),
            aliases: Index::new(
                cards().flat_map(|(at, card)| card.aliases.iter().map(move |a| (fold(a), at))),
            ),
            files: Index::new(library.titled_files().map(|(title, at)| (fold(title), at))),
        }
    }

    /// The card of an id in a briefing.
    pub fn card(&self, library: &Library, briefing: usize, id: &CardId) -> Option<usize> {
        let here = library.cards_of(briefing);
        self.cards(library, id).find(|card| here.contains(card))
    }

    /// The cards of an id.
    fn cards<'a>(
        &'a self,
        library: &'a Library,
        id: &'a CardId,
    ) -> impl Iterator<Item = usize> + 'a {
        let same = move |card: &usize| library.card(*card).is_some_and(|card| card.id == *id);
        self.ids.get(id.as_str()).filter(same)
    }

    /// The card that a name written in `briefing` means: an id, a title or an alias there; then
    /// `briefing/card`; then an id, a title or an alias anywhere.
    pub fn find(&self, library: &Library, briefing: usize, name: &str) -> Option<usize> {
        self.find_in(library, briefing, name)
            .or_else(|| {
                let (other, card) = name.split_once('/')?;
                let other = library.briefing_named(other)?;
                self.find_in(library, other, card)
            })
            .or_else(|| self.cards(library, &CardId::new(name)).next())
            .or_else(|| self.titled(library, name).first().copied())
    }

    /// The card of an id, a title or an alias in a briefing.
    fn find_in(&self, library: &Library, briefing: usize, name: &str) -> Option<usize> {
        let here = library.cards_of(briefing);
        self.card(library, briefing, &CardId::new(name))
            .or_else(|| self.titled(library, name).into_iter().find(|card| here.contains(card)))
    }

    /// The cards of a title, then those of an alias, then the first ones of files of that title.
    fn titled(&self, library: &Library, name: &str) -> Vec<usize> {
        let name = fold(name);
        let titled = |at: &usize| library.card(*at).is_some_and(|c| fold(&c.title) == name);
        let called = |at: &usize| {
            library.card(*at).is_some_and(|card| card.aliases.iter().any(|a| fold(a) == name))
        };
        let within =
            |at: &usize| library.within(Page::Card(*at)).is_some_and(|title| fold(title) == name);
        let titles = self.titles.get(&name).filter(titled);
        let files = self.files.get(&name).filter(within);
        titles.chain(self.aliases.get(&name).filter(called)).chain(files).collect()
    }

    /// Whether several cards have the title of this one.
    fn repeats(&self, library: &Library, title: &str) -> bool {
        let name = fold(title);
        let titled = |at: &usize| library.card(*at).is_some_and(|c| fold(&c.title) == name);
        self.titles.get(&name).filter(titled).nth(1).is_some()
    }
}

fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    text::fold(name.trim(), &mut folded);
    folded
}

impl Library {
    /// The title of the file that a card was made of, where no card has it and others were made of it:
    /// what its parts stand below. The title of a file that was opened alone is that of the briefing.
    pub fn within(&self, page: Page) -> Option<&Printable> {
        let document = self.documents.get(self.briefing_of(page))?;
        let parts = &document.briefing.parts;
        let is_one_of_many = document.folder.is_some() || parts.len() > 1;
        parts.get(self.part_of(page)?)?.title.as_ref().filter(|_| is_one_of_many)
    }

    /// The same, if nothing else stands above the card.
    pub fn directly_within(&self, page: Page) -> Option<&Printable> {
        let Page::Card(card) = page else { return None };
        let title = self.within(page)?;
        let document = self.briefing_of(page);
        let briefing = self.briefing(document)?;
        let first = briefing.parts.get(self.part_of(page)?)?.cards.start as usize;
        let at_top = briefing.cards.get(first)?.depth >= self.card(card)?.depth;
        at_top.then_some(title)
    }

    /// The titles of files that no card has, each with the first card of its file.
    pub fn titled_files(&self) -> impl Iterator<Item = (&Printable, usize)> {
        let parts = |document: usize| {
            let parts = self.briefing(document).map_or(&[][..], |briefing| &briefing.parts);
            let start = self.cards_of(document).start;
            let filled = parts.iter().filter(|part| !part.cards.is_empty());
            filled.map(move |part| start + part.cards.start as usize)
        };
        let first = (0..self.documents.len()).flat_map(parts);
        first.filter_map(|card| Some((self.within(Page::Card(card))?, card)))
    }

    /// The title of a page below that of its file, if its file has one of its own: `Plan › Costs`.
    pub fn full_title(&self, page: Page) -> Printable {
        let title = self.title(page);
        match self.within(page) {
            Some(within) => Printable::line(&format!("{within} › {title}")),
            None => title,
        }
    }

    /// What tells the first card of a file from others of the same title: its folder, or the name of
    /// the file where it is in none.
    pub fn apart(&self, page: Page) -> Option<&str> {
        let Page::Card(card) = page else { return None };
        let document = self.briefing_of(page);
        let part = self.briefing(document)?.parts.get(self.part_of(page)?)?;
        let is_first = self.cards_of(document).start + part.cards.start as usize == card;
        let repeats = || self.names.repeats(self, &self.card(card)?.title).then_some(());
        if !is_first || part.title.is_some() {
            return None;
        }
        repeats()?;
        Some(part.path.rsplit_once('/').map_or(&*part.path, |(folder, _)| folder))
    }

    /// The card that a reader means by a name: an id, a title, an alias, `briefing/card`, a path.
    pub fn find_card(&self, name: &str) -> Option<usize> {
        self.names.find(self, 0, name).or_else(|| self.card_at(name))
    }

    /// The first card of a file, by its path below what was opened.
    fn card_at(&self, path: &str) -> Option<usize> {
        let documents = self.places.iter().enumerate();
        documents.into_iter().find_map(|(document, places)| {
            let briefing = self.briefing(document)?;
            let part = briefing.parts.get(places.at(briefing, path)?)?;
            Some(self.cards_of(document).start + part.cards.start as usize)
        })
    }
}
