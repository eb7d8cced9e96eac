//! All dates of a library in their order.

use super::{Library, Page};
use crate::format;
use crate::model::Dated;
use crate::text::Printable;

/// An event, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Event<'l> {
    /// When, what, and what it rests on.
    pub dated: &'l Dated,
    /// The card it stands on.
    pub card: usize,
    /// Which date of the card it is.
    pub at: usize,
}

impl Event<'_> {
    /// The words of the event.
    pub fn words(&self) -> Printable {
        Printable::line(&format::sentence_words(&self.dated.text.source, &|_| None))
    }

    /// Whether it came after the document.
    pub fn is_later(&self, library: &Library) -> bool {
        let briefing = library.briefing(library.briefing_of(Page::Card(self.card)));
        briefing.is_some_and(|briefing| briefing.is_later(self.dated))
    }
}

impl Library {
    /// The events of all cards by date, as far as it is known; on one day in the order of the cards.
    pub fn events(&self) -> Vec<Event<'_>> {
        let mut events: Vec<Event> = Vec::new();
        for (card, all) in self.cards() {
            let dates = all.dates.iter().enumerate();
            events.extend(dates.map(|(at, dated)| Event { dated, card, at }));
        }
        events.sort_by_key(|event| event.dated.date);
        events
    }
}
