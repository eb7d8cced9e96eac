//! Works out what studying begins with, on a thread of its own.

use super::{Event, clock};
use crate::app::{Goal, Message, Prepared};
use crate::diagnostic::Diagnostic;
use crate::library::Library;
use crate::study::{Desk, FORECAST, Options, Record};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Reads how the user wants to study, and says what is wrong with it.
pub type Wishes = fn() -> (Options, Vec<Diagnostic>);

/// Works through what was recorded of a library.
pub fn prepare(
    goal: Goal,
    record: Record,
    library: &Arc<Library>,
    wishes: Wishes,
    sender: &Sender<Event>,
) {
    let (library, sender) = (Arc::clone(library), sender.clone());
    std::thread::spawn(move || {
        let (options, faults) = wishes();
        let now = clock::moment();
        let desk = Desk::new(&library, &record, &options, now);
        let statistics = (goal == Goal::Statistics).then(|| desk.statistics(now, FORECAST));
        let prepared = Prepared { goal, library, desk, statistics, now, faults };
        // Nobody listens any more when the reader has ended.
        drop(sender.send(Event::Message(Message::Study(Box::new(prepared)))));
    });
}
