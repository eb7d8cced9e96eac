//! Builds the index and answers queries, each on a thread of its own; a new one ends the one before.

use super::Event;
use crate::app::{Message, answer};
use crate::library::Library;
use crate::search::{Index, Query, Reach, Terms, mentioned};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// The threads that search.
pub struct Searcher {
    sender: Sender<Event>,
    /// Ends the building that was begun last.
    building: Arc<AtomicBool>,
    /// Ends the search that was begun last.
    searching: Arc<AtomicBool>,
    /// Ends the gathering of names, or of mentions, that was begun last.
    gathering: Arc<AtomicBool>,
}

impl Searcher {
    /// Nothing is built or searched yet.
    pub fn new(sender: Sender<Event>) -> Self {
        let (building, searching, gathering) = Default::default();
        Self { sender, building, searching, gathering }
    }

    /// Builds the index of a library.
    pub fn build(&mut self, library: &Arc<Library>) {
        self.searching.store(true, Ordering::Relaxed);
        let stop = anew(&mut self.building);
        let (library, sender) = (Arc::clone(library), self.sender.clone());
        std::thread::spawn(move || {
            if let Some(index) = Index::build(&library, &stop) {
                let message = Message::Indexed(library, Arc::new(index));
                // Nobody listens any more when the reader has ended.
                drop(sender.send(Event::Message(message)));
            }
        });
    }

    /// Gathers the names of the cards of a library.
    pub fn terms(&mut self, library: &Arc<Library>, reach: Reach) {
        let stop = anew(&mut self.gathering);
        let (library, sender) = (Arc::clone(library), self.sender.clone());
        std::thread::spawn(move || {
            if let Some(terms) = Terms::build(&library, reach, &stop) {
                let message = Message::Terms(library, Arc::new(terms));
                drop(sender.send(Event::Message(message)));
            }
        });
    }

    /// Finds who mentions a card.
    pub fn mentions(
        &mut self,
        generation: u64,
        card: usize,
        terms: &Arc<Terms>,
        library: &Arc<Library>,
    ) {
        let stop = anew(&mut self.gathering);
        let (terms, library, sender) =
            (Arc::clone(terms), Arc::clone(library), self.sender.clone());
        std::thread::spawn(move || {
            let found = mentioned(&library, &terms, card, &stop);
            if !stop.load(Ordering::Relaxed) {
                drop(sender.send(Event::Message(Message::Mentioned(generation, found))));
            }
        });
    }

    /// Answers a query.
    pub fn search(
        &mut self,
        generation: u64,
        query: Arc<Query>,
        index: &Arc<Index>,
        library: &Arc<Library>,
    ) {
        let stop = anew(&mut self.searching);
        let (index, library, sender) =
            (Arc::clone(index), Arc::clone(library), self.sender.clone());
        std::thread::spawn(move || {
            let answer = answer(&index, &library, &query, &stop);
            if !stop.load(Ordering::Relaxed) {
                drop(sender.send(Event::Message(Message::Found(generation, answer))));
            }
        });
    }
}

/// Sets a flag and puts a new one in its place.
fn anew(flag: &mut Arc<AtomicBool>) -> Arc<AtomicBool> {
    flag.store(true, Ordering::Relaxed);
    *flag = Arc::default();
    Arc::clone(flag)
}
