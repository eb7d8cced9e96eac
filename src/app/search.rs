//! Searching all cards: a query is typed, and what it finds comes as one types. The work is done by
//! the shell; here it is known what was asked last, so that no older answer is shown.

mod rows;

pub use rows::Row;

use super::act::Outcome;
use super::action::Action;
use super::screen::inside;
use super::sought::{self, Entrance, Results};
use super::{Effect, Notice, Rect, Screen, State, keep, screen};
use crate::library::Library;
use crate::search::{self, Hit, Index, Marker, Query, QueryError};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tui_input::Input;

/// Cards shown at most.
pub const MOST: usize = 100;
/// Columns of the box.
const WIDTH: usize = 100;

/// What was made ready for searching, and what is being made ready.
#[derive(Debug, Default)]
pub struct Searching {
    /// The index, with the library it was built of.
    index: Option<(Arc<Library>, Arc<Index>)>,
    /// The library whose index was asked for.
    building: Option<Arc<Library>>,
    /// Counts the queries, so that an answer to an older one is not taken.
    generation: u64,
}

impl Searching {
    /// The index of a library, if it was built.
    pub fn index(&self, library: &Arc<Library>) -> Option<&Arc<Index>> {
        let (of, index) = self.index.as_ref()?;
        Arc::ptr_eq(of, library).then_some(index)
    }

    /// Takes an index; one of another library is of no use any more.
    pub fn take(&mut self, present: &Arc<Library>, of: Arc<Library>, index: Arc<Index>) {
        if Arc::ptr_eq(present, &of) {
            self.building = None;
            self.index = Some((of, index));
        }
    }
}

/// What was found for a query.
#[derive(Debug)]
pub struct Answer {
    /// The pages, the best first.
    pub hits: Vec<Hit>,
    /// Marks the words in a page.
    pub marker: Marker,
    /// What else could be asked, where nothing was found.
    pub suggestion: Option<String>,
}

/// Answers a query. When `stop` is set the answer comes soon and is of no use.
pub fn answer(
    index: &Index,
    library: &Library,
    query: &Query,
    stop: &AtomicBool,
) -> Result<Answer, QueryError> {
    query.check(library)?;
    let hits = find(index, library, query, MOST, stop);
    let nothing = hits.is_empty() && !stop.load(std::sync::atomic::Ordering::Relaxed);
    let suggestion = nothing.then(|| search::suggest(index, &query.written, query)).flatten();
    Ok(Answer { hits, marker: Marker::new(index, query), suggestion })
}

/// The pages that a query finds, the best first, `limit` at most: [`search::find`] with what is kept.
pub fn find(
    index: &Index,
    library: &Library,
    query: &Query,
    limit: usize,
    stop: &AtomicBool,
) -> Vec<Hit> {
    let query = keep::compared(library, query, stop);
    search::find(index, library, &query, limit, stop)
}

/// What a query has come to.
#[derive(Debug)]
pub enum Found {
    /// Nothing is asked.
    Blank,
    /// The answer has not come yet.
    Waiting,
    /// The query cannot be understood.
    Wrong(QueryError),
    /// Nothing was found; what else could be asked.
    Nothing(Option<String>),
    /// Pages.
    Pages(Results),
}

/// A query and what it finds.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub input: Input,
    /// What it has come to. While the next answer is on its way the last pages stay.
    pub found: Found,
    /// The chosen page.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// The rows, for the width of the box.
    pub rows: Vec<Row>,
    /// What is asked, until the answer has come.
    query: Option<Arc<Query>>,
    /// Whether the shell was told.
    asked: bool,
    /// Whether the best page is to be opened as soon as it is known.
    hasty: bool,
    generation: u64,
}

/// Opens the search; in a card that was found by one, its results.
pub fn open(state: &mut State) -> Screen {
    let mut search = Search {
        input: Input::default(),
        found: Found::Blank,
        selected: 0,
        top: 0,
        rows: Vec::new(),
        query: None,
        asked: false,
        hasty: false,
        generation: 0,
    };
    let sought = state.reading().query.as_ref();
    if let Some(results) = sought.and_then(|sought| sought.results.clone()) {
        search.input = Input::new(results.query.to_string());
        search.selected = results.present;
        search.found = Found::Pages(results);
    }
    search.arrange(state);
    search.renew(state);
    Screen::Search(Box::new(search))
}

impl Search {
    /// The part of the screen it takes.
    pub fn rect(state: &State) -> Rect {
        screen::pop_up(state, WIDTH, usize::MAX)
    }

    /// The part of the screen with its rows: below the frame, what is typed and a line.
    pub fn list(rect: Rect) -> Rect {
        let inner = inside(rect);
        Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(2), ..inner }
    }

    /// The pages that were found.
    pub fn hits(&self) -> &[Hit] {
        match &self.found {
            Found::Pages(results) => &results.hits,
            _ => &[],
        }
    }

    /// The bytes of the query that are wrong.
    pub fn wrong(&self) -> Option<Range<usize>> {
        match &self.found {
            Found::Wrong(error) => Some(error.at.clone()),
            _ => None,
        }
    }

    /// The text was changed.
    pub fn typed(&mut self, state: &mut State) {
        state.searching.generation += 1;
        self.generation = state.searching.generation;
        (self.asked, self.hasty, self.query) = (false, false, None);
        match Query::parse(self.input.value()) {
            Ok(query) if query.is_empty() => self.found = Found::Blank,
            Ok(query) => {
                self.query = Some(Arc::new(query));
                if !matches!(self.found, Found::Pages(_) | Found::Nothing(_)) {
                    self.found = Found::Waiting;
                }
                return;
            }
            Err(error) => self.found = Found::Wrong(error),
        }
        self.selected = 0;
        self.arrange(state);
    }

    /// Asks again, if the answer depends on what the reader does.
    fn renew(&mut self, state: &mut State) {
        if Query::parse(self.input.value()).is_ok_and(|query| !query.deeds().is_empty()) {
            self.typed(state);
        }
    }

    /// Lays the rows out for the box.
    pub fn arrange(&mut self, state: &State) {
        let list = Self::list(Self::rect(state));
        self.rows = rows::rows(&state.library, self.hits(), list);
        self.reveal(list.height);
    }

    /// Moves the rows as little as possible so that the chosen page can be seen.
    fn reveal(&mut self, height: usize) {
        let of = |row: &Row| row.hit() == Some(self.selected);
        let Some(mut first) = self.rows.iter().position(of) else {
            self.top = 0;
            return;
        };
        let last = self.rows.iter().rposition(of).unwrap_or(first);
        // The name of the briefing above it is shown too.
        while first > 0 && self.rows.get(first - 1).is_some_and(|row| row.hit().is_none()) {
            first -= 1;
        }
        let lowest = (last + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest.min(first), first.max(lowest));
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }

    fn step(&mut self, by: isize, state: &State) {
        let last = self.hits().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.reveal(Self::list(Self::rect(state)).height);
    }

    /// Pages that fit into the box.
    fn page(&self, state: &State) -> isize {
        let height = Self::list(Self::rect(state)).height;
        let rows = self.rows.iter().skip(self.top).take(height);
        let titles = rows.filter(|row| matches!(row, Row::Title(_))).count();
        titles.saturating_sub(1).max(1).cast_signed()
    }
}

/// Acts on the search.
pub fn act(state: &mut State, mut search: Box<Search>, action: Action) -> Outcome {
    match action {
        Action::LineDown => search.step(1, state),
        Action::LineUp => search.step(-1, state),
        Action::PageDown => search.step(search.page(state), state),
        Action::PageUp => search.step(-search.page(state), state),
        Action::Accept => return accept(state, search),
        _ => return Outcome::Passed(Screen::Search(search)),
    }
    Outcome::Stays(Screen::Search(search))
}

fn accept(state: &mut State, mut search: Box<Search>) -> Outcome {
    if search.query.is_some() {
        search.hasty = true;
        return Outcome::Stays(Screen::Search(search));
    }
    match search.found {
        Found::Pages(results) => {
            sought::open(state, Results { present: search.selected, ..results }, Entrance::Match);
            return Outcome::Closed;
        }
        Found::Nothing(Some(suggestion)) => {
            search.input = Input::new(suggestion);
            search.found = Found::Waiting;
            search.typed(state);
        }
        Found::Nothing(None) => {
            let words = search.input.value();
            state.say(Notice::info(format!("nothing found for `{words}`")));
        }
        Found::Blank | Found::Waiting | Found::Wrong(_) => {}
    }
    Outcome::Stays(Screen::Search(search))
}

/// Takes what was found for the query of a generation.
pub fn take(state: &mut State, generation: u64, answer: Result<Answer, QueryError>) {
    let is_it = |screen: &Screen| matches!(screen, Screen::Search(s) if s.generation == generation);
    let Some(at) = state.screens.iter().position(is_it) else { return };
    let Screen::Search(mut search) = state.screens.remove(at) else { return };
    search.query = None;
    let chosen = match &search.found {
        Found::Pages(results) if *results.query == *search.input.value().trim() => {
            results.hits.get(search.selected).map(|hit| hit.page)
        }
        _ => None,
    };
    search.found = match answer {
        Err(error) => Found::Wrong(error),
        Ok(Answer { hits, suggestion, .. }) if hits.is_empty() => Found::Nothing(suggestion),
        Ok(Answer { hits, marker, .. }) => Found::Pages(Results {
            query: search.input.value().trim().into(),
            hits: rows::grouped(&state.library, hits).into(),
            marker: Arc::new(marker),
            present: 0,
        }),
    };
    // What was asked again keeps what is chosen.
    let again = search.hits().iter().position(|hit| Some(hit.page) == chosen);
    (search.selected, search.top) = (again.unwrap_or(0), 0);
    search.arrange(state);
    if std::mem::take(&mut search.hasty)
        && let Found::Pages(results) = search.found
    {
        state.screens.truncate(at);
        sought::open(state, results, Entrance::Match);
    } else {
        state.screens.insert(at, Screen::Search(search));
    }
}

/// The library is another one: what was found is asked for again.
pub fn library_changed(state: &mut State) {
    state.searching.index = None;
    state.searching.building = None;
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        if let Screen::Search(search) = screen {
            search.found = Found::Waiting;
            search.typed(state);
        }
    }
    state.screens = screens;
}

/// What is known of the reader has changed: what depends on it is asked for again.
pub fn known_changed(state: &mut State) {
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        if let Screen::Search(search) = screen {
            search.renew(state);
        }
    }
    state.screens = screens;
}

/// What an open search needs done: the index, then the answer to what was typed.
pub fn needs(state: &mut State) -> Option<Effect> {
    let open = state.screens.iter_mut().rev();
    let search = open.filter_map(|screen| match screen {
        Screen::Search(search) => Some(search),
        _ => None,
    });
    let search = search.take(1).next()?;
    if state.searching.index(&state.library).is_none() {
        let building = &mut state.searching.building;
        if building.as_ref().is_some_and(|of| Arc::ptr_eq(of, &state.library)) {
            return None;
        }
        *building = Some(Arc::clone(&state.library));
        return Some(Effect::BuildIndex);
    }
    let query = search.query.as_ref().filter(|_| !search.asked)?;
    search.asked = true;
    let query = state.keep.informed(&state.library, query);
    Some(Effect::Search(search.generation, query))
}
