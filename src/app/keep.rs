//! What is kept of what the reader does: what was kept before, and what is to be kept now. The disk
//! is the shell's business; it is asked by effects, and answers with what it has written.

mod content;
mod known;
mod moved;
mod names;
mod place;
mod progress;
mod remember;

use super::trail::Place;
use super::{Notice, State, search};
use crate::library::{Library, Page};
use crate::search::Query;
use crate::store::{Change, Event, Kept, Progress, Subject};
use crate::study::Record;
pub use names::Aliases;
use names::Names;
use progress::Visit;
use std::sync::Arc;

/// What is kept, as far as the reader has to know.
#[derive(Debug, Default)]
pub struct Keep {
    /// Whether the reader wants to be where he was last.
    pub resume: bool,
    /// What was kept; none until the shell has read it.
    kept: Option<Kept>,
    /// The time, as it was told last, in milliseconds since 1970.
    now: i64,
    /// By which names the briefings of the library are kept.
    names: Names,
    /// Whether the reader has done something.
    touched: bool,
    /// Whether he was brought to where he was last, or it was decided that he is not.
    settled: bool,
    /// Where he was last.
    last_time: Option<Place>,
    /// The page that is read.
    visit: Option<Visit>,
    /// Where the reader was when it was last kept.
    place: Option<place::Spot>,
    /// Read cards of each briefing.
    read: Vec<usize>,
    /// Cards of which what was kept has followed another.
    moved: Vec<Subject>,
    /// What is to be kept.
    done: Vec<(Subject, Change)>,
    /// What to say as soon as it is kept.
    promise: Option<String>,
    /// Counts what may change what stands on a page.
    revision: u64,
}

impl Keep {
    /// Whether it is known what was kept.
    pub fn is_open(&self) -> bool {
        self.kept.is_some()
    }

    /// What was kept.
    pub fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref()
    }

    /// The time, as it was told last.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The reader has done something: he is not to be moved any more.
    pub fn touch(&mut self) {
        self.touched = true;
        self.promise = None;
    }

    /// Has something said as soon as all that was done is on disk, and not before.
    pub fn say_when_kept(&mut self, text: impl Into<String>) {
        self.promise = Some(text.into());
    }

    /// Another number than before, if what stands on a page may have changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// By what a page is kept.
    pub fn subject(&self, library: &Library, page: Page) -> Option<Subject> {
        self.names.subject(library, page)
    }

    /// The page by which something is kept, if it is in the library.
    pub fn page(&self, library: &Library, on: &Subject) -> Option<Page> {
        self.names.page(library, on)
    }

    /// How many cards of a briefing were read; none if that is not known.
    pub fn read(&self, briefing: usize) -> Option<usize> {
        self.kept.as_ref()?;
        self.read.get(briefing).copied()
    }

    /// How many notes and how many highlights a page has.
    pub fn notes(&self, library: &Library, page: Page) -> (usize, usize) {
        let on = self.names.subject(library, page);
        let count =
            |(on, kept): (Subject, &Kept)| (kept.notes(&on).count(), kept.highlights(&on).count());
        on.zip(self.kept.as_ref()).map_or((0, 0), count)
    }

    /// A query with what it asks of what is kept.
    pub fn informed(&self, library: &Library, query: &Arc<Query>) -> Arc<Query> {
        match &self.kept {
            Some(kept) if !query.deeds().is_empty() => {
                let known = known::known(library, &self.names, kept, query);
                Arc::new(Query { known, ..Query::clone(query) })
            }
            _ => Arc::clone(query),
        }
    }

    /// What is kept, as far as studying is concerned; none until it is known.
    pub fn studied(&self, library: &Library) -> Option<Record> {
        Some(record_of(library, &self.names, self.kept.as_ref()?))
    }

    /// Where the reader was last time.
    pub fn last_time(&self) -> Option<&Place> {
        self.last_time.as_ref()
    }

    /// Keeps what the reader does.
    pub fn put(&mut self, on: Subject, change: Change) {
        if let Some(kept) = &mut self.kept {
            kept.assume(&on, &change, self.now);
            self.revision += u64::from(change.is_on_item());
            self.record(on, change);
        }
    }

    /// Keeps what counts only from when it is on disk.
    pub fn record(&mut self, on: Subject, change: Change) {
        self.done.extend(self.names.place(&on.briefing));
        self.done.push((on, change));
    }

    /// Keeps how far a card of a briefing was read.
    fn put_progress(&mut self, briefing: usize, on: Subject, state: Progress, due: Option<i64>) {
        let is_read = |progress: Progress| progress >= Progress::Read;
        let was = self.kept.as_ref().is_some_and(|kept| is_read(kept.state(&on).progress));
        self.put(on, Change::Progress { state, due });
        if let Some(count) = self.read.get_mut(briefing) {
            *count = (*count + usize::from(is_read(state))).saturating_sub(usize::from(was));
        }
    }

    /// The reader has not gone anywhere: he may be moved to where he was last.
    pub fn untouch(&mut self) {
        self.touched = false;
    }

    /// What is to be written.
    pub fn take_done(&mut self) -> Vec<(Subject, Change)> {
        std::mem::take(&mut self.done)
    }
}

/// What is kept of a library, as far as studying is concerned, and what has to be kept along with whatever is
/// done next. What is only looked at is given no other names.
pub fn studied(library: &Arc<Library>, kept: &Kept) -> (Record, Aliases) {
    let aliases = Aliases::new(library, kept);
    (record_of(library, aliases.names(), kept), aliases)
}

fn record_of(library: &Library, names: &Names, kept: &Kept) -> Record {
    let cards = kept.subjects().filter(|on| kept.state(on).progress >= Progress::Read);
    let read = cards.filter_map(|on| match names.page(library, on)? {
        Page::Card(card) => Some((card, kept.state_at(on))),
        Page::Overview(_) => None,
    });
    Record {
        studied: Arc::clone(kept.studied()),
        names: names.all().to_vec(),
        read: read.collect(),
    }
}

/// Takes what was kept.
pub fn opened(state: &mut State, kept: Kept, now: i64) {
    state.keep.kept = Some(kept);
    state.keep.now = now;
    state.keep.revision += 1;
    state.keep.names.forget();
}

/// Takes what was written: by this reader, and by others meanwhile.
pub fn wrote(state: &mut State, events: &[Event], now: i64) {
    news(state, events, now);
    if let Some(text) = state.keep.promise.take() {
        state.say(Notice::info(text));
    }
}

/// Takes what another reader wrote.
pub fn news(state: &mut State, events: &[Event], now: i64) {
    state.keep.now = now;
    // What this reader did himself is counted already.
    let mut counts = false;
    if let Some(kept) = &mut state.keep.kept {
        for event in events {
            let before = kept.state(&event.on).progress;
            kept.apply(event);
            counts |= kept.state(&event.on).progress != before;
            counts |= matches!(event.change, Change::Follow { .. });
            state.keep.revision += u64::from(event.change.is_on_item());
        }
    }
    if counts {
        count(state);
    }
    // Where the reader is asks no query.
    if events.iter().any(|e| !matches!(e.change, Change::Left { .. } | Change::Trail { .. })) {
        search::known_changed(state);
    }
}

/// Follows what the reader does: notes where he is, and how far cards were read.
pub fn follow(state: &mut State, ends: bool) {
    let library = Arc::clone(&state.library);
    // Of what is there in part nothing is known yet.
    if library.is_partial() {
        return;
    }
    let Some(kept) = &state.keep.kept else { return };
    if let Some(aliases) = state.keep.names.renew(&library, kept) {
        for (on, change) in aliases {
            state.keep.put(on, change);
        }
        moved::follow(state);
        count(state);
        search::known_changed(state);
    }
    if !std::mem::replace(&mut state.keep.settled, true) {
        place::resume(state);
    }
    progress::follow(state, ends);
    place::keep(state);
}

/// Counts the cards that were read.
fn count(state: &mut State) {
    let Some(kept) = &state.keep.kept else { return };
    let mut read = vec![0; state.library.documents().len()];
    for subject in kept.subjects().filter(|s| kept.state(s).progress >= Progress::Read) {
        if let Some(page @ Page::Card(_)) = state.keep.names.page(&state.library, subject)
            && let Some(count) = read.get_mut(state.library.briefing_of(page))
        {
            *count += 1;
        }
    }
    state.keep.read = read;
}

pub use known::{compared, informed};
pub use moved::take_back;
pub use place::go_to;
pub use progress::{changes, set as set_progress, sign};
pub use remember::{card, remember};
