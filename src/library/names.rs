//! Finding cards by id, title or alias.

use super::{Library, Page};
use crate::model::{CardId, Target};
use crate::text::{Folded, Printable, nearest};
use std::collections::HashMap;

/// Names compared at most when looking for the one that was meant.
const MOST_COMPARED: usize = 20_000;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a page, perhaps to a heading in it.
    Page {
        /// The page.
        page: Page,
        /// The heading, as written.
        heading: Option<Box<str>>,
    },
    /// To a place in the same page, by the name of its anchor.
    Here(Box<str>),
    /// Out of the library.
    Web(Box<str>),
    /// Nowhere; the nearest name, if one is near.
    Missing {
        /// What was asked for.
        name: Printable,
        /// What may have been meant.
        nearest: Option<Printable>,
    },
}

/// The names of all cards.
#[derive(Debug, Default)]
pub struct Names {
    /// Ids, for each briefing.
    ids: Vec<HashMap<CardId, usize>>,
    /// Titles and aliases, folded; titles come first.
    titles: HashMap<Box<str>, Vec<usize>>,
}

impl Names {
    pub fn new(library: &Library) -> Self {
        let mut ids = Vec::with_capacity(library.documents.len());
        let mut titles: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        let mut aliases = Vec::new();
        for briefing in 0..library.documents.len() {
            let mut here = HashMap::new();
            for index in library.cards_of(briefing) {
                let Some(card) = library.card(index) else { continue };
                here.entry(card.id.clone()).or_insert(index);
                titles.entry(fold(&card.title)).or_default().push(index);
                aliases.extend(card.aliases.iter().map(|alias| (fold(alias), index)));
            }
            ids.push(here);
        }
        for (alias, index) in aliases {
            let cards = titles.entry(alias).or_default();
            if !cards.contains(&index) {
                cards.push(index);
            }
        }
        Self { ids, titles }
    }

    /// The card of an id in a briefing.
    pub fn card(&self, briefing: usize, id: &CardId) -> Option<usize> {
        self.ids.get(briefing)?.get(id).copied()
    }

    /// The card that a name written in `briefing` means: an id, a title or an alias there; then
    /// `briefing/card`; then an id, a title or an alias anywhere.
    fn find(&self, library: &Library, briefing: usize, name: &str) -> Option<usize> {
        self.find_in(library, briefing, name)
            .or_else(|| {
                let (other, card) = name.split_once('/')?;
                let other =
                    library.documents.iter().position(|d| d.briefing.id.as_str() == other)?;
                self.find_in(library, other, card)
            })
            .or_else(|| {
                let id = CardId::new(name);
                let anywhere = self.ids.iter().find_map(|ids| ids.get(&id).copied());
                anywhere.or_else(|| self.titled(name).first().copied())
            })
    }

    /// The card of an id, a title or an alias in a briefing.
    fn find_in(&self, library: &Library, briefing: usize, name: &str) -> Option<usize> {
        let here = library.cards_of(briefing);
        self.card(briefing, &CardId::new(name))
            .or_else(|| self.titled(name).iter().find(|card| here.contains(card)).copied())
    }

    /// The cards of a title or an alias, folded.
    fn titled(&self, name: &str) -> &[usize] {
        self.titles.get(&*fold(name)).map_or(&[], Vec::as_slice)
    }
}

fn fold(name: &str) -> Box<str> {
    Folded::new(name.trim()).as_str().into()
}

impl Library {
    /// The card that a reader means by a name: an id, a title, an alias, `briefing/card`.
    pub fn find_card(&self, name: &str) -> Option<usize> {
        self.names.find(self, 0, name)
    }

    /// Where a link on a page leads.
    pub fn resolve(&self, from: Page, target: &Target) -> Destination {
        match self.lead(from, target) {
            Ok(destination) => destination,
            Err(name) => {
                let nearest = self.nearest_name(from, name);
                Destination::Missing { name: Printable::line(name), nearest }
            }
        }
    }

    /// Where a link leads; the name that was not found, if it leads nowhere.
    pub fn lead<'t>(&self, from: Page, target: &'t Target) -> Result<Destination, &'t str> {
        let to = |name: &'t str, heading: Option<&str>| {
            if name.is_empty() {
                return heading.map(|h| Destination::Here(h.into())).ok_or("");
            }
            let card = self.names.find(self, self.briefing_of(from), name).ok_or(name)?;
            let page = Page::Card(card);
            Ok(match heading {
                Some(heading) if page == from => Destination::Here(heading.into()),
                _ => Destination::Page { page, heading: heading.map(Into::into) },
            })
        };
        match target {
            Target::Card { name, heading } => to(name, heading.as_deref()),
            Target::Named(name) => to(name, None),
            Target::Path(path) => match path.split_once('#') {
                Some((name, heading)) => to(name, Some(heading)),
                None => to(path, None),
            },
            Target::Web(address) => Ok(Destination::Web(address.clone())),
            Target::Footnote(label) => Ok(Destination::Here(format!("note:{label}").into())),
        }
    }

    /// The id or title nearest to a name that was not found.
    pub(super) fn nearest_name(&self, from: Page, name: &str) -> Option<Printable> {
        let here = self.cards_of(self.briefing_of(from));
        let cards = here.take(MOST_COMPARED).filter_map(|card| self.card(card));
        let names = cards.flat_map(|card| [card.id.as_str(), card.title.as_str()]);
        nearest(name, names).map(Printable::line)
    }
}
