//! The reader as a pure state machine: `update(&mut State, Message) -> Vec<Effect>`. Knows no
//! terminal, no clock and no disk; what it wants done it asks for by effects.

mod act;
mod action;
mod ask;
mod changes;
mod claims;
mod contents;
mod copy;
mod edition;
mod entries;
mod faults;
mod find;
mod footer;
mod gone;
mod help;
mod highlights;
mod hints;
mod keep;
mod key;
pub mod keymap;
mod links;
mod list;
mod map;
mod marks;
mod mentions;
mod message;
mod mouse;
mod notes;
mod offers;
mod panes;
mod passage;
mod peek;
mod picker;
mod problems;
mod rail;
mod reading;
mod reload;
mod screen;
mod search;
mod select;
mod settings;
mod sheet;
mod sought;
mod source;
mod statistics;
mod study;
mod timeline;
mod trail;
mod travel;
mod typing;
mod unlinked;
mod ways;
mod who;

pub use action::Action;
pub use claims::Claims;
pub use contents::Item;
pub use entries::index_entries;
pub use faults::notice as about_settings;
pub use find::Prompt;
pub use footer::{help as help_hint, hints};
pub use highlights::holds;
pub use hints::Hints;
pub use keep::{Aliases, Keep, informed, sign as progress_sign, studied};
pub use key::{Code, Key};
pub use keymap::{Context, Keymap};
pub use list::{List, Sheets};
pub use map::Map;
pub use message::{Effect, Message, Notice};
pub use mouse::{Mouse, MouseKind};
pub use notes::{Draft, briefing_words};
pub use panes::{Panes, Rect};
pub use passage::Line;
pub use peek::Peek;
pub use picker::{Choice, Picker};
pub use problems::{Checking, Problems, Row as ProblemRow, WORD};
pub use rail::{Aim, Rail};
pub use reading::{Reading, backlinks, markdown_layout, page_layout};
pub use screen::{Screen, inside, rect as screen_rect};
pub use search::{Answer, Found, Row, Search, Searching, answer, find};
pub use select::Selection;
pub use settings::{CopyAs, MEASURES, Settings};
pub use sheet::Sheet;
pub use source::{Excerpt, Wanted, cut};
pub use statistics::Shown;
pub use study::{Goal, Grading, Prepared, Studies, Studying, needs_time, parts as study_parts};
pub use who::Who;

use crate::check::Policy;
use crate::library::{Library, Page};
use mentions::Mentions;
use panes::Wishes;
use reading::Form;
use std::sync::Arc;

/// Which of two cards the keys go to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// The card.
    #[default]
    Main,
    /// The card beside it.
    Beside,
}

/// The whole state of the reader.
#[derive(Debug)]
pub struct State {
    /// What is read.
    pub library: Arc<Library>,
    /// What keys do.
    pub keymap: Keymap,
    /// What the user set.
    pub settings: Settings,
    /// Columns and rows of the screen.
    pub size: (usize, usize),
    /// How they are divided.
    pub panes: Panes,
    /// The card.
    pub main: Reading,
    /// The card beside it.
    pub beside: Option<Reading>,
    /// Which of them the keys go to.
    pub side: Side,
    /// What lies above the card, the topmost last.
    pub screens: Vec<Screen>,
    /// What belongs to the card and stands beside it.
    pub rail: Rail,
    /// The list of cards that stands beside the card on wide screens.
    pub contents: List,
    /// What is ready for searching all cards.
    pub searching: Searching,
    /// What was found to be wrong.
    pub checking: Checking,
    /// What is known of mentions without a link.
    pub mentions: Mentions,
    /// What is kept of what the reader does.
    pub keep: Keep,
    /// What is known of studying.
    pub studies: Studies,
    /// The entries of the index that were there when one of them was chosen.
    walk: Option<entries::Walk>,
    /// What was taken away and can be brought back.
    gone: gone::Gone,
    /// Where the reader said that the files of sources are.
    pub given: crate::library::Given,
    /// The button of the mouse that is held.
    held: Option<mouse::Held>,
    /// Keys of a chord that was begun.
    pub chord: Vec<Key>,
    /// A line for the reader.
    pub notice: Option<Notice>,
    /// Errors and warnings in the library.
    pub problems: (usize, usize),
    /// Files that were read, and all that are to be read, while the rest is read.
    pub progress: Option<(usize, usize)>,
    /// What happened to the rest, if it could not be read.
    rest_lost: Option<Notice>,
}

impl State {
    /// The reader at a page of a library.
    pub fn new(
        library: Arc<Library>,
        page: Page,
        keymap: Keymap,
        settings: Settings,
        size: (usize, usize),
    ) -> Self {
        let form = Form { width: 1, spare: 0, height: 1, backlinks: false };
        let main = Reading::new(&Library::default(), page, &settings, form);
        let problems = reload::count_problems(&library.diagnostics(), &Policy::default());
        let mut state = Self {
            contents: List::default(),
            library,
            keymap,
            settings,
            size,
            panes: Panes::default(),
            main,
            beside: None,
            side: Side::Main,
            screens: Vec::new(),
            rail: Rail::default(),
            searching: Searching::default(),
            checking: Checking::default(),
            mentions: Mentions::default(),
            keep: Keep::default(),
            studies: Studies::default(),
            walk: None,
            gone: gone::Gone::default(),
            given: Vec::new(),
            held: None,
            chord: Vec::new(),
            notice: None,
            problems,
            progress: None,
            rest_lost: None,
        };
        state.divide();
        let form = state.form(Side::Main);
        state.main = Reading::new(&state.library, page, &state.settings, form);
        state.contents = contents::list(&state.library, None);
        state.refresh();
        state
    }

    /// The card the keys go to.
    pub fn reading(&self) -> &Reading {
        match (&self.beside, self.side) {
            (Some(beside), Side::Beside) => beside,
            _ => &self.main,
        }
    }

    fn reading_mut(&mut self) -> &mut Reading {
        match (&mut self.beside, self.side) {
            (Some(beside), Side::Beside) => beside,
            _ => &mut self.main,
        }
    }

    /// The part of the screen with the text of a side. Where a table or code is wider than the text, it
    /// begins further left, as far as that is free.
    pub fn text_rect(&self, side: Side) -> Rect {
        let (text, pane) = self.text_and_pane(side);
        let reading = match (side, &self.beside) {
            (Side::Beside, Some(beside)) => beside,
            _ => &self.main,
        };
        text.moved_left(pane, reading.sheet.layout.widest())
    }

    /// The same with the free columns right of the text, into which tables and code may go.
    pub fn sheet_rect(&self, side: Side) -> Rect {
        self.text_rect(side).to_the_right_of(self.text_and_pane(side).1)
    }

    fn text_and_pane(&self, side: Side) -> (Rect, Rect) {
        let panes = &self.panes;
        match side {
            Side::Beside if panes.beside.width > 0 => (panes.beside_text, panes.beside),
            // Where two cards do not fit, the one with the keys is shown.
            Side::Main | Side::Beside => (panes.text, panes.main),
        }
    }

    fn form(&self, side: Side) -> Form {
        let (text, pane) = self.text_and_pane(side);
        let whole = text.moved_left(pane, usize::MAX).to_the_right_of(pane);
        Form {
            width: text.width.max(1),
            spare: whole.width.saturating_sub(text.width),
            height: text.height.max(1),
            backlinks: self.panes.rail.width == 0,
        }
    }

    /// Divides the screen.
    fn divide(&mut self) {
        let (width, height) = self.size;
        let wishes = Wishes {
            measure: self.settings.measure,
            beside: self.beside.is_some(),
            rail: self.settings.rail,
            bare: self.rail.is_bare,
        };
        self.panes = panes::panes(width, height, wishes);
    }

    /// Divides the screen and lays out everything on it anew.
    fn arrange(&mut self) {
        self.divide();
        let library = Arc::clone(&self.library);
        let (main, beside) = (self.form(Side::Main), self.form(Side::Beside));
        for reading in std::iter::once(&mut self.main).chain(&mut self.beside) {
            reading.terms = self.mentions.terms().cloned();
        }
        self.main.relayout(&library, &self.settings, main);
        if let Some(reading) = &mut self.beside {
            reading.relayout(&library, &self.settings, beside);
        }
        screen::arrange(self);
    }

    /// Brings what follows from the state up to date: the rail, the list of cards.
    fn refresh(&mut self) {
        highlights::refresh(self);
        if rail::settle(self) {
            self.arrange();
        }
        rail::refresh(self);
        contents::follow(self);
    }

    /// What is on top of the screen, as far as keys are concerned.
    pub fn context(&self) -> Context {
        match self.screens.last() {
            Some(Screen::List(list)) if self.offers_back() && list.holds_kept() => {
                Context::GoneInList
            }
            Some(screen) => screen.context(),
            None if self.reading().query.is_some() => Context::Finding,
            None if self.offers_back() => Context::Gone,
            None => Context::Reader,
        }
    }

    fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }
}

/// Applies one message. The only function that changes [`State`].
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    if matches!(message, Message::Key(_) | Message::Mouse(_) | Message::Paste(_)) {
        state.keep.touch();
    }
    let mut effects = match message {
        Message::Key(key) => act::key(state, key),
        Message::Mouse(mouse) => mouse::mouse(state, mouse),
        // The time alone changes nothing that can be seen.
        Message::Moment(now) => {
            state.studies.now = now;
            return Vec::new();
        }
        news => {
            take(state, news);
            Vec::new()
        }
    };
    effects.extend(problems::needs(state));
    effects.extend(mentions::needs(state));
    keep::follow(state, effects.contains(&Effect::Quit));
    // What is asked may depend on what is kept.
    effects.extend(search::needs(state));
    effects.extend(study::needs(state));
    state.refresh();
    // What is kept is kept before the program ends.
    let kept = state.keep.take_done();
    if !kept.is_empty() {
        effects.insert(0, Effect::Keep(kept));
    }
    effects
}

/// Takes what asks for nothing by itself.
fn take(state: &mut State, message: Message) {
    match message {
        Message::Paste(text) => typing::paste(state, &text),
        Message::Resize(width, height) => {
            if state.size != (width, height) {
                state.size = (width, height);
                state.arrange();
            }
        }
        Message::Progress(done, of) => {
            state.progress = state.library.is_partial().then_some((done, of));
        }
        Message::Loaded(library) => {
            state.progress = None;
            reload::take_over(state, library);
        }
        Message::RestLost(notice) => reload::rest_lost(state, notice),
        Message::Reloaded(library, found) => reload::reloaded(state, library, &found),
        Message::Source(excerpt) => source::show(state, excerpt),
        Message::NoSource(wanted) => passage::lacking(state, wanted),
        Message::Indexed(library, index) => state.searching.take(&state.library, library, index),
        Message::Found(generation, answer) => search::take(state, generation, answer),
        Message::Checked(library, found) => problems::take(state, library, found),
        Message::Drawn => mentions::begin(state),
        Message::Terms(library, terms) => mentions::take_terms(state, library, terms),
        Message::Mentioned(generation, found) => mentions::take_found(state, generation, found),
        Message::Kept(kept, now) => {
            keep::opened(state, *kept, now);
            study::not_waiting(state);
        }
        Message::Wrote(events, now) => {
            keep::wrote(state, &events, now);
            study::wrote(state, &events);
        }
        Message::News(events, now) => keep::news(state, &events, now),
        Message::Edited(text) => notes::edited(state, &text),
        Message::NotWritten(why) => {
            study::not_written(state);
            state.say(Notice::warning(why));
        }
        Message::Study(prepared) => study::take(state, *prepared),
        Message::Notice(notice) => state.say(notice),
        Message::Colours(colours) => {
            if std::mem::replace(&mut state.settings.colours, colours) != colours {
                state.arrange();
            }
        }
        Message::Key(_) | Message::Mouse(_) | Message::Moment(_) => {}
    }
}
