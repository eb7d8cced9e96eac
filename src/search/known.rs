//! What is known of what the reader did with cards: plain data for conditions such as `is:unread`. It
//! is put together by whoever keeps it; here it is only asked.

use std::collections::{HashMap, HashSet};

/// Something that the reader may have done with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Wrote a note.
    Noted,
    /// Highlighted some words.
    Highlighted,
    /// Set a mark.
    Marked,
    /// Opened it, and has not read it to the end.
    Begun,
    /// Read it to the end, whatever became of it then.
    Read,
    /// Understood it.
    Understood,
    /// Wants to read it again.
    Revisit,
    /// Read it when it said something else.
    ReadBefore,
}

/// What the reader did with which cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    cards: HashMap<Deed, HashSet<usize>>,
    /// The fingerprints of the words of cards when they were read, while it is not known which cards
    /// say something else now.
    pub prints: Vec<(usize, Box<str>)>,
}

impl Known {
    /// The reader did something with a card.
    pub fn add(&mut self, deed: Deed, card: usize) {
        self.cards.entry(deed).or_default().insert(card);
    }

    /// Whether he did.
    pub fn holds(&self, deed: Deed, card: usize) -> bool {
        self.cards.get(&deed).is_some_and(|cards| cards.contains(&card))
    }
}
