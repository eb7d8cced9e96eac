//! The session on the screen: a question, its answer, a grade. The next question comes when the
//! grade is on disk, and not before.

mod acts;
mod text;

pub use acts::{act, go_on};

use super::super::action::Action;
use super::super::key::Key;
use super::super::sheet::Sheet;
use super::super::{Context, Screen, State};
use super::{Course, parts};
use crate::library::{Library, Page};
use crate::store;
use crate::study::{
    Asked, Compared, Desk, Event, Grade, Item, ItemId, Moment, Outlook, Session, Standing, compare,
    recorded,
};
use crate::text::Printable;
use std::sync::Arc;
use tui_input::Input;

/// A session that is shown.
#[derive(Debug)]
pub struct Studying {
    session: Session,
    course: Course,
    /// What is known besides, as it was when the session began.
    standing: Standing,
    /// The library that is asked about.
    library: Arc<Library>,
    /// The question; none at the end.
    asked: Option<Asked>,
    /// Question and answer as rows, or what was done.
    pub sheet: Sheet,
    /// The answer that is typed.
    pub input: Option<Input>,
    reply: Reply,
    /// Whether what helps is shown.
    hint: bool,
    /// What is on the screen: the question, and whether its answer is shown.
    shows: (Option<ItemId>, bool),
    /// Days until the question comes again, for each grade.
    intervals: Option<[u32; 4]>,
    /// The session after what was done last, while that is on its way to the disk.
    next: Option<Box<Session>>,
    /// What was pressed meanwhile.
    ahead: Vec<(Action, Key)>,
    /// When the question was shown.
    shown: Moment,
}

/// What the reader answered, where he could.
#[derive(Debug, Default)]
pub enum Reply {
    /// He thought it.
    #[default]
    Thought,
    /// He typed it.
    Typed(Compared),
    /// He chose it.
    Chose(usize),
}

/// A grade to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grading {
    /// The key, as shown.
    pub key: Printable,
    /// Its word.
    pub word: &'static str,
    /// When the question comes again.
    pub interval: Option<Printable>,
    /// Whether it is the one to be expected.
    pub proposed: bool,
}

impl Studying {
    /// The first question.
    pub fn begin(state: &State, course: Course, desk: &Desk, now: Moment) -> Screen {
        let mut studying = Self {
            session: desk.session(course, now),
            course,
            standing: desk.standing.clone(),
            library: Arc::clone(&state.library),
            asked: None,
            sheet: Sheet::default(),
            input: None,
            reply: Reply::default(),
            hint: false,
            shows: (None, false),
            intervals: None,
            next: None,
            ahead: Vec::new(),
            shown: now,
        };
        studying.ask(state, now);
        Screen::Study(Box::new(studying))
    }

    /// Whether there is nothing more to ask.
    pub fn is_over(&self) -> bool {
        self.session.current().is_none()
    }

    /// Whether it asks about that library.
    pub fn is_of(&self, library: &Arc<Library>) -> bool {
        Arc::ptr_eq(&self.library, library)
    }

    /// What is asked.
    pub fn course(&self) -> Course {
        self.course
    }

    /// Whether an action does anything now.
    pub fn offers(&self, action: Action) -> bool {
        match action {
            Action::Undo => self.session.can_undo(),
            Action::Hint => {
                !self.hint && self.asked.as_ref().is_some_and(|asked| asked.hint.is_some())
            }
            _ => true,
        }
    }

    /// Whether an answer is being typed.
    pub fn is_typing(&self) -> bool {
        self.input.is_some()
    }

    /// Whether the answer can be seen.
    pub fn is_revealed(&self) -> bool {
        self.session.is_revealed()
    }

    /// What stands in the header: what one is doing, and how far one has come.
    pub fn header(&self) -> (Printable, Printable) {
        let what = match self.course {
            Course::Due => "Study",
            Course::Cram(_) => "Cram",
        };
        let (left, (done, _)) = (self.session.left(), self.session.graded());
        let words =
            if left == 0 { format!("{done} done") } else { format!("{done} done, {left} left") };
        (Printable::line(what), Printable::line(&words))
    }

    /// How many answers there are to choose from.
    pub fn choices(&self) -> usize {
        self.asked.as_ref().map_or(0, |asked| asked.choices.len())
    }

    /// The item that is asked.
    pub fn item(&self) -> Option<&Item> {
        self.session.current()
    }

    /// The title of the card, unless it gives the answer away.
    pub fn card_title(&self) -> Option<Printable> {
        let asked = self.asked.as_ref()?;
        let shown = self.is_revealed() || !asked.hides_title;
        shown.then(|| Some(self.library.title(Page::Card(self.item()?.card)))).flatten()
    }

    /// The grades, once the answer is shown.
    pub fn gradings(&self, state: &State) -> Vec<Grading> {
        if !self.is_revealed() {
            return Vec::new();
        }
        let again_after = self.session.options().again_after;
        let grading = |grade: Grade| {
            let keys = state.keymap.keys(Context::Study, action_of(grade));
            let key = keys.first().map_or_else(String::new, ToString::to_string);
            let days = self.intervals.map(|all| all[grade.at()]);
            let words = |days| Printable::line(&crate::study::interval_words(days, again_after));
            Grading {
                key: Printable::line(&key),
                word: grade.word(),
                interval: days.map(words),
                proposed: grade == self.proposed(),
            }
        };
        Grade::ALL.map(grading).to_vec()
    }

    /// The grade that the answer deserves, as far as one can see.
    fn proposed(&self) -> Grade {
        match &self.reply {
            Reply::Thought => Grade::Good,
            Reply::Typed(compared) => compared.nearness.grade(),
            Reply::Chose(at) => {
                if self.is_right(*at) {
                    Grade::Good
                } else {
                    Grade::Again
                }
            }
        }
    }

    /// Whether a choice is a right one.
    fn is_right(&self, at: usize) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            let choice = asked.choices.get(at);
            choice.is_some_and(|choice| asked.accept.iter().any(|right| *right == **choice))
        })
    }

    /// Puts the present question on the screen.
    fn ask(&mut self, state: &State, now: Moment) {
        self.shown = now;
        self.shows = self.place();
        self.reply = Reply::Thought;
        (self.hint, self.input, self.intervals) = (false, None, None);
        self.asked = self.session.current().and_then(|item| Asked::new(&self.library, item));
        let types = self
            .asked
            .as_ref()
            .is_some_and(|asked| !asked.accept.is_empty() && asked.choices.is_empty());
        if types && !self.is_revealed() {
            self.input = Some(Input::default());
        }
        if self.is_revealed() {
            self.intervals = self.session.intervals(now);
        }
        self.sheet = Sheet::default();
        self.arrange(state);
    }

    /// Lays out what is shown for the size of the screen.
    pub fn arrange(&mut self, state: &State) {
        let top = self.sheet.top;
        let (layout, answer) = text::lay_out(state, self, parts(state, 0).text.width);
        let room = parts(state, layout.rows().len()).text;
        self.sheet = Sheet::new(layout, room.height);
        self.sheet.go_to(top);
        if let Some(row) = answer.filter(|_| top == 0) {
            // Where both do not fit, the answer matters more.
            let last = self.sheet.layout.rows().len().saturating_sub(1);
            self.sheet.reveal(row..last.min(row + room.height.saturating_sub(2)));
        }
    }

    /// Goes on with what the library says now.
    pub fn renew(&mut self, library: &Arc<Library>, desk: Desk, now: Moment) {
        self.session.renew(desk.items, desk.history, now);
        (self.library, self.standing) = (Arc::clone(library), desk.standing);
        self.asked = self.session.current().and_then(|item| Asked::new(&self.library, item));
        if self.asked.as_ref().is_none_or(|asked| asked.accept.is_empty()) {
            self.input = None;
        }
    }

    /// The session again, after it was left.
    pub fn back(mut self: Box<Self>, state: &State) -> Screen {
        self.shown = state.studies.now;
        self.arrange(state);
        Screen::Study(self)
    }

    /// Shows the answer.
    fn reveal(&mut self, state: &State) {
        if let (Some(input), Some(asked)) = (self.input.take(), &self.asked)
            && !input.value().trim().is_empty()
        {
            self.reply = compare(input.value(), &asked.accept).map_or(Reply::Thought, Reply::Typed);
        }
        self.session.reveal();
        self.shows = self.place();
        self.intervals = self.session.intervals(state.studies.now);
        self.arrange(state);
    }

    /// What is to come.
    fn outlook(&self, now: Moment) -> Outlook {
        self.session.outlook(&self.standing, now)
    }

    /// Does something and has it recorded. Until it is, the question stays.
    fn record(&mut self, state: &mut State, does: impl FnOnce(&mut Session) -> Option<Event>) {
        let mut next = self.session.clone();
        let Some(event) = does(&mut next) else { return };
        let (id, change) = recorded(&event);
        let Some(on) = self.subject(state, id) else { return };
        state.keep.record(on, change);
        self.next = Some(Box::new(next));
    }

    /// By what a question is kept.
    fn subject(&self, state: &State, id: &ItemId) -> Option<store::Subject> {
        let item = self.session.place(id)?;
        let on = state.keep.subject(&self.library, Page::Card(item.card))?;
        Some(on.item(&id.key()?))
    }

    /// What is asked, and whether the answer is shown.
    fn place(&self) -> (Option<ItemId>, bool) {
        (self.session.current().map(|item| item.id.clone()), self.session.is_revealed())
    }

    fn grade(&mut self, state: &mut State, grade: Grade) {
        let now = state.studies.now;
        let took = u32::try_from(now.at_ms.saturating_sub(self.shown.at_ms).max(0));
        let took = took.unwrap_or(u32::MAX);
        self.record(state, |session| session.grade(grade, now, took));
    }
}

/// The action that gives a grade.
const fn action_of(grade: Grade) -> Action {
    match grade {
        Grade::Again => Action::Again,
        Grade::Hard => Action::Hard,
        Grade::Good => Action::Good,
        Grade::Easy => Action::Easy,
    }
}
