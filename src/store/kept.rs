//! What follows from the events: for each card how far it was read, its notes, where it was left.
//! The order in which events come does not matter: of two that say different things about the same,
//! the later one holds.

use super::anchor::Anchor;
use super::event::{Change, Event, Progress, Stamp, Step, Subject};
use super::studied::Studied;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Longest way from one subject that follows another to the last one.
const HOPS: usize = 16;

/// A value with the event that set it.
#[derive(Debug, Clone, Default)]
struct Set<T> {
    stamp: Stamp,
    value: T,
}

impl<T> Set<T> {
    /// Takes a value if it is the later one.
    fn take(&mut self, stamp: &Stamp, value: T) {
        if *stamp >= self.stamp {
            (self.stamp, self.value) = (stamp.clone(), value);
        }
    }
}

/// How far a card was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// How far.
    pub progress: Progress,
    /// When it is to be read again.
    pub due: Option<i64>,
}

/// The text of a card when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The fingerprint of its words.
    pub print: Box<str>,
    /// The words, if they were not too many.
    pub text: Option<Box<str>>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it says.
    pub text: Box<str>,
    /// The title of its card.
    pub title: Box<str>,
    /// The words it is about; none for the whole card.
    pub anchor: Option<Anchor>,
    /// When it was written.
    pub at: i64,
}

/// Words that were highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The title of its card.
    pub title: Box<str>,
    /// The words.
    pub anchor: Anchor,
    /// When they were highlighted.
    pub at: i64,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The card, or the briefing for its overview.
    pub on: Subject,
    /// The title of the card.
    pub title: Box<str>,
    /// The sentence; none for the top.
    pub anchor: Option<Anchor>,
}

/// Where a briefing was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The card; none for the overview.
    pub card: Option<Box<str>>,
    /// The sentence; none for the top.
    pub anchor: Option<Anchor>,
}

/// The way that was gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The places.
    pub steps: Vec<Step>,
    /// The one where the reader was.
    pub present: u32,
}

/// What is kept of a card, or of a briefing as a whole.
#[derive(Debug, Clone, Default)]
struct Page {
    state: Set<State>,
    seen: Set<Option<Seen>>,
    /// Its text when something was put on it.
    text: Set<Option<Seen>>,
    notes: BTreeMap<Box<str>, Set<Option<Note>>>,
    highlights: BTreeMap<Box<str>, Set<Option<Highlight>>>,
    left: Set<Option<Left>>,
    way: Set<Option<Way>>,
}

/// All that is kept.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pages: HashMap<Subject, Page>,
    marks: BTreeMap<char, Set<Option<Mark>>>,
    follows: HashMap<Subject, Set<Option<Subject>>>,
    /// Shared with those who work through it meanwhile.
    studied: Arc<Studied>,
    /// The time of the last event.
    last: i64,
}

impl Kept {
    /// What follows from events.
    pub fn new(events: &[Event]) -> Self {
        let mut kept = Self::default();
        // What follows what has to be known before anything is put in its place.
        for event in events {
            if let Change::Follow { to } = &event.change {
                let followed = kept.follows.entry(event.on.clone()).or_default();
                followed.take(&event.stamp(), to.clone());
            }
        }
        for event in events {
            kept.apply(event);
        }
        kept
    }

    /// Takes an event into account. One that says what follows what needs all anew.
    pub fn apply(&mut self, event: &Event) {
        self.last = self.last.max(event.at);
        self.set(&event.on, &event.change, &event.stamp());
    }

    /// Takes into account what the reader just did, before it is on disk.
    pub fn assume(&mut self, on: &Subject, change: &Change, now: i64) {
        let stamp = Stamp::after(self.last.max(now));
        self.set(on, change, &stamp);
    }

    fn set(&mut self, on: &Subject, change: &Change, stamp: &Stamp) {
        let whole = self.resolve(&on.whole());
        match change {
            Change::Mark { name, title, anchor } => {
                let mark = Mark { on: whole, title: title.clone(), anchor: anchor.clone() };
                self.marks.entry(*name).or_default().take(stamp, Some(mark));
            }
            Change::Unmark { name } => self.marks.entry(*name).or_default().take(stamp, None),
            Change::Progress { state, due } => {
                let state = State { progress: *state, due: *due };
                self.pages.entry(whole).or_default().state.take(stamp, state);
            }
            Change::Seen { print, text } => {
                let seen = Seen { print: print.clone(), text: text.clone() };
                self.pages.entry(whole).or_default().seen.take(stamp, Some(seen));
            }
            Change::Left { card, anchor } => {
                let left = Left { card: card.clone(), anchor: anchor.clone() };
                self.pages.entry(whole).or_default().left.take(stamp, Some(left));
            }
            Change::Trail { steps, present } => {
                let way = Way { steps: steps.clone(), present: *present };
                self.pages.entry(whole).or_default().way.take(stamp, Some(way));
            }
            Change::Note { text, title, anchor } => {
                let Some(item) = &on.item else { return };
                let note = (!text.is_empty()).then(|| Note {
                    text: text.clone(),
                    title: title.clone(),
                    anchor: anchor.clone(),
                    at: stamp.at(),
                });
                let notes = &mut self.pages.entry(whole).or_default().notes;
                notes.entry(item.clone()).or_default().take(stamp, note);
            }
            Change::Highlight { title, anchor } => {
                let Some(item) = &on.item else { return };
                let highlight = anchor.as_ref().map(|anchor| Highlight {
                    title: title.clone(),
                    anchor: anchor.clone(),
                    at: stamp.at(),
                });
                let highlights = &mut self.pages.entry(whole).or_default().highlights;
                highlights.entry(item.clone()).or_default().take(stamp, highlight);
            }
            Change::Text { print, text } => {
                let seen = Seen { print: print.clone(), text: text.clone() };
                self.pages.entry(whole).or_default().text.take(stamp, Some(seen));
            }
            Change::Review { .. } | Change::Study { .. } => {
                let question = Subject { item: on.item.clone(), ..whole };
                Arc::make_mut(&mut self.studied).take(&question, change, stamp.at());
            }
            Change::Follow { .. } | Change::Other(_) => {}
        }
    }

    /// Whether it followed another subject once, and the reader took that back.
    pub fn was_taken_back(&self, on: &Subject) -> bool {
        self.follows.get(on).is_some_and(|set| set.value.is_none())
    }

    /// The subject that a subject belongs to now.
    pub fn resolve(&self, on: &Subject) -> Subject {
        let mut now = on.clone();
        for _ in 0..HOPS {
            let next = self.follows.get(&now).and_then(|set| set.value.as_ref());
            // A briefing that follows another takes its cards along.
            let next = next.cloned().or_else(|| {
                let briefing = Subject::briefing(&now.briefing);
                let to = self.follows.get(&briefing)?.value.as_ref()?;
                Some(Subject { briefing: to.briefing.clone(), ..now.clone() })
            });
            match next {
                Some(next) if next != now => now = next,
                _ => break,
            }
        }
        now
    }

    /// How far a card was read.
    pub fn state(&self, card: &Subject) -> State {
        self.pages.get(card).map_or_else(State::default, |page| page.state.value)
    }

    /// When it was last said how far a card was read, in milliseconds since 1970.
    pub fn state_at(&self, card: &Subject) -> i64 {
        self.pages.get(card).map_or(0, |page| page.state.stamp.at())
    }

    /// What was done in studying.
    pub fn studied(&self) -> &Arc<Studied> {
        &self.studied
    }

    /// The text of a card when it was read.
    pub fn seen(&self, card: &Subject) -> Option<&Seen> {
        self.pages.get(card)?.seen.value.as_ref()
    }

    /// The text of a card when something was put on it.
    pub fn text(&self, card: &Subject) -> Option<&Seen> {
        self.pages.get(card)?.text.value.as_ref()
    }

    /// The highlights of a card with their names, the oldest first.
    pub fn highlights<'k>(
        &'k self,
        card: &Subject,
    ) -> impl Iterator<Item = (&'k str, &'k Highlight)> + use<'k> {
        let all = self.pages.get(card).into_iter().flat_map(|page| &page.highlights);
        all.filter_map(|(item, highlight)| Some((&**item, highlight.value.as_ref()?)))
    }

    /// The notes of a card with their names, the oldest first.
    pub fn notes<'k>(
        &'k self,
        card: &Subject,
    ) -> impl Iterator<Item = (&'k str, &'k Note)> + use<'k> {
        let notes = self.pages.get(card).into_iter().flat_map(|page| &page.notes);
        notes.filter_map(|(item, note)| Some((&**item, note.value.as_ref()?)))
    }

    /// Where a briefing was left.
    pub fn left(&self, briefing: &Subject) -> Option<&Left> {
        self.pages.get(briefing)?.left.value.as_ref()
    }

    /// The way through what was opened with this briefing first.
    pub fn way(&self, briefing: &Subject) -> Option<&Way> {
        self.pages.get(briefing)?.way.value.as_ref()
    }

    /// A mark.
    pub fn mark(&self, name: char) -> Option<&Mark> {
        self.marks.get(&name)?.value.as_ref()
    }

    /// All marks, by their letters.
    pub fn marks(&self) -> impl Iterator<Item = (char, &Mark)> {
        self.marks.iter().filter_map(|(name, mark)| Some((*name, mark.value.as_ref()?)))
    }

    /// The names of all briefings that something is kept of, and those that follow them.
    pub fn briefings(&self) -> impl Iterator<Item = &str> {
        let names = self.pages.keys().chain(self.follows.keys()).chain(self.studied.questions());
        names.map(|on| &*on.briefing).collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    /// Everything that something is kept of.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.pages.keys()
    }
}
