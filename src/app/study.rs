//! Studying: what is asked for when it begins, and where what was worked out goes. The work is done
//! beside the reader; what takes long is never done between two keys.

mod session;

use super::{Effect, Notice, Rect, Screen, State, faults, statistics};
use crate::diagnostic::Diagnostic;
use crate::library::Library;
use crate::store::{Change, Event};
use crate::study::{Course, Desk, Moment, Statistics};
pub use session::{Grading, Studying, act};
use std::sync::Arc;

/// What the reader wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Questions.
    Course(Course),
    /// What the log says.
    Statistics,
}

/// What was worked out.
#[derive(Debug)]
pub struct Prepared {
    /// What was wanted.
    pub goal: Goal,
    /// The library it is about.
    pub library: Arc<Library>,
    /// What is known.
    pub desk: Desk,
    /// What the log says, if that was wanted.
    pub statistics: Option<Statistics>,
    /// When.
    pub now: Moment,
    /// What is wrong with the settings.
    pub faults: Vec<Diagnostic>,
}

/// What is known of studying.
#[derive(Debug, Default)]
pub struct Studies {
    /// The moment, as it was told last.
    pub now: Moment,
    /// What to begin as soon as all is read, and what was kept is known.
    pub wish: Option<Goal>,
    /// A session that the reader has left for a while.
    left: Option<Box<Studying>>,
    /// The library for which the session was asked to go on.
    asked: Option<Arc<Library>>,
}

/// The parts of the screen that a session takes: all of it, the text, and the row of grades.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// All of it.
    pub whole: Rect,
    /// Question and answer.
    pub text: Rect,
    /// The grades, or how to come to them.
    pub bar: Rect,
}

/// How a session divides the screen. On high screens eyes and answers stay near each other: the
/// grades stand below the text, and not far down.
pub fn parts(state: &State, rows: usize) -> Parts {
    let whole = Rect { x: 0, width: state.size.0, ..state.panes.main };
    let width = whole.width.saturating_sub(4).min(state.settings.measure).max(1);
    let x = (whole.width - width.min(whole.width)) / 2;
    // On a very low screen the question matters more than the space around it.
    let spare = usize::from(whole.height > 14);
    let above = spare + whole.height.saturating_sub(USUAL) / 4;
    let most = whole.height.saturating_sub(above + 1 + 2 * spare).max(1);
    let height = rows.max(USUAL - 6).min(most);
    let text = Rect { x, y: whole.y + above, width, height };
    let bar = Rect { x, y: text.y + height + spare, width, height: 1 };
    let fits = bar.y < whole.y + whole.height;
    Parts { whole, text, bar: if fits { bar } else { Rect::default() } }
}

/// Rows of a screen on which question and answer mostly find room.
const USUAL: usize = 20;

/// Whether the time has to be known before a key is taken.
pub fn needs_time(state: &State) -> bool {
    state.screens.iter().any(|screen| matches!(screen, Screen::Study(_)))
        || state.studies.left.is_some()
}

impl Studies {
    /// Whether a question waits that the reader has left.
    pub fn waits(&self) -> bool {
        self.left.as_ref().is_some_and(|left| !left.is_over())
    }
}

/// Goes on with the session that was left, or begins one.
pub fn open(state: &mut State) -> Vec<Effect> {
    match state.studies.left.take() {
        Some(left) if !left.is_over() => {
            let screen = left.back(state);
            state.screens.push(screen);
            Vec::new()
        }
        _ => begin(state, Goal::Course(Course::Due)),
    }
}

/// Begins to ask all that the briefing holds.
pub fn cram(state: &mut State) -> Vec<Effect> {
    state.studies.left = None;
    let briefing = state.library.briefing_of(state.reading().page);
    begin(state, Goal::Course(Course::Cram(Some(briefing))))
}

/// Leaves a session, to come back to it.
pub fn leave(state: &mut State, studying: Box<Studying>) {
    if !studying.is_over() {
        state.studies.left = Some(studying);
    }
}

/// Leaves the session that lies above the card, if there is one.
pub fn set_aside(state: &mut State) {
    let at = state.screens.iter().position(|screen| matches!(screen, Screen::Study(_)));
    if let Some(Screen::Study(studying)) = at.map(|at| state.screens.remove(at)) {
        leave(state, studying);
    }
}

/// Asks for what studying begins with; where not all is known yet, as soon as it is.
pub fn begin(state: &mut State, goal: Goal) -> Vec<Effect> {
    match state.keep.studied(&state.library) {
        Some(record) if !state.library.is_partial() => vec![Effect::Study(goal, record)],
        missing => {
            state.studies.wish = Some(goal);
            let what = if missing.is_some() { "the rest" } else { "what was kept" };
            state.say(Notice::info(format!("{what} is still being read, then it begins")));
            Vec::new()
        }
    }
}

/// The session, wherever it is.
fn present(state: &mut State) -> Option<&mut Studying> {
    let on_screen = state.screens.iter_mut().find_map(|screen| match screen {
        Screen::Study(studying) => Some(&mut **studying),
        _ => None,
    });
    on_screen.or(state.studies.left.as_deref_mut())
}

/// What is wanted as soon as that is possible: what was wished for at the start; for a session,
/// what the library says now, after it was read anew.
pub fn needs(state: &mut State) -> Vec<Effect> {
    if state.library.is_partial() || !state.keep.is_open() {
        return Vec::new();
    }
    if let Some(goal) = state.studies.wish.take() {
        return begin(state, goal);
    }
    let library = Arc::clone(&state.library);
    let course = present(state).filter(|s| !s.is_of(&library)).map(|s| s.course());
    let asked = state.studies.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, &library));
    let Some(course) = course.filter(|_| !asked) else { return Vec::new() };
    state.studies.asked = Some(library);
    begin(state, Goal::Course(course))
}

/// Takes what was worked out.
pub fn take(state: &mut State, prepared: Prepared) {
    if !Arc::ptr_eq(&prepared.library, &state.library) {
        return;
    }
    state.studies.now = prepared.now;
    faults::set_study(state, &prepared.faults);
    if let Some(notice) = faults::notice(&prepared.faults, &state.keymap) {
        state.say(notice);
    }
    let course = match prepared.goal {
        Goal::Statistics => return statistics::show(state, prepared),
        Goal::Course(course) => course,
    };
    let library = Arc::clone(&state.library);
    if let Some(studying) = present(state).filter(|studying| !studying.is_of(&library)) {
        studying.renew(&library, prepared.desk, prepared.now);
        arrange(state);
        return;
    }
    let screen = Studying::begin(state, course, &prepared.desk, prepared.now);
    state.screens.push(screen);
}

/// Takes what was written: the next question may come.
pub fn wrote(state: &mut State, events: &[Event]) {
    let studied =
        |event: &Event| matches!(event.change, Change::Review { .. } | Change::Study { .. });
    if events.iter().any(studied) {
        session::go_on(state, true);
    }
}

/// All that is kept was read anew, with what was done last.
pub fn not_waiting(state: &mut State) {
    session::go_on(state, true);
}

/// What was done last could not be written: the question stays.
pub fn not_written(state: &mut State) {
    session::go_on(state, false);
}

/// Lays the session out anew.
pub fn arrange(state: &mut State) {
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        if let Screen::Study(studying) = screen {
            studying.arrange(state);
        }
    }
    state.screens.splice(0..0, screens);
}
