//! Finding cards by id, title or alias.

use super::Library;
use super::index::Index;
use crate::model::CardId;
use crate::text;

/// The names of all cards.
#[derive(Debug, Default)]
pub struct Names {
    ids: Index,
    /// Titles, folded.
    titles: Index,
    /// Aliases, folded.
    aliases: Index,
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

    /// The cards of a title, then those of an alias.
    fn titled(&self, library: &Library, name: &str) -> Vec<usize> {
        let name = fold(name);
        let titled = |at: &usize| library.card(*at).is_some_and(|c| fold(&c.title) == name);
        let called = |at: &usize| {
            library.card(*at).is_some_and(|card| card.aliases.iter().any(|a| fold(a) == name))
        };
        let titles = self.titles.get(&name).filter(titled);
        titles.chain(self.aliases.get(&name).filter(called)).collect()
    }
}

fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    text::fold(name.trim(), &mut folded);
    folded
}

impl Library {
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
