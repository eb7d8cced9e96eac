//! Who says so: the statement that the reader looks at, in a box below it with its voice, what it
//! rests on, what checking showed, and other claims on the same matter. The text behind moves along
//! with the statement and is back when the box is closed.

mod box_text;
mod statement;

use super::act::{self, Outcome};
use super::action::Action;
use super::claims::{self, Goal, View};
use super::key::Key;
use super::screen::inside;
use super::sheet::Sheet;
use super::{Notice, Rect, Screen, State, passage};
use crate::layout::{Layout, Part};
use crate::library::Page;
use crate::model::Citation;
use crate::text::Printable;
use statement::Statement;
use std::ops::Range;

/// Columns of the box, at most.
const WIDEST: usize = 88;
/// Rows of the box, at least, if there is room.
const LEAST: usize = 6;

/// A statement and who makes it.
#[derive(Debug)]
pub struct Who {
    /// The page it stands on.
    pub page: Page,
    /// The text in the box.
    pub sheet: Sheet,
    /// Rows by which the page is drawn further up than it can be scrolled.
    pub lift: usize,
    statements: Vec<Statement>,
    at: usize,
    /// The words that are meant, in the text of the page.
    words: Range<usize>,
    /// What the links in the box lead to.
    goals: Vec<Goal>,
    /// The row at the top of the page before, to come back to.
    origin: usize,
}

impl Who {
    /// The statement.
    pub fn part(&self) -> Option<Part> {
        self.statements.get(self.at).map(|statement| statement.part)
    }

    /// The words that are meant, as bytes of the page's text.
    pub fn words(&self) -> (usize, usize) {
        (self.words.start, self.words.end)
    }

    /// The title of the box.
    pub fn title(&self, state: &State) -> Printable {
        let (at, of) = (self.at + 1, self.statements.len());
        Printable::line(&format!("Who says so {} {at} of {of}", state.settings.glyphs.dot))
    }

    /// What the chosen link in the box leads to.
    pub fn chosen(&self) -> Option<&Goal> {
        self.goals.get(self.sheet.chosen?)
    }

    /// The part of the screen it takes: below the words that are meant.
    pub fn rect(&self, state: &State) -> Rect {
        let text = state.text_rect(state.side);
        let height = self.height(text.height);
        let sheet = &state.reading().sheet;
        let (_, last) = self.rows(&sheet.layout);
        let below = (last + 1).saturating_sub(sheet.top + self.lift);
        let y = text.y + below.min(text.height - height);
        Rect { x: text.x, y, width: text.width.min(WIDEST), height }
    }

    /// Rows of the box where the text has so many.
    fn height(&self, text: usize) -> usize {
        let most = (text * 2 / 3).max(LEAST.min(text));
        (self.sheet.layout.rows().len() + 2).min(most)
    }

    /// First and last row of the words that are meant.
    fn rows(&self, layout: &Layout) -> (usize, usize) {
        let last = layout.row_of(self.words.end.saturating_sub(1).max(self.words.start));
        let first = match self.statements.get(self.at) {
            Some(statement) if !matches!(statement.part, Part::Section(_)) => statement.rows.start,
            _ => layout.row_of(self.words.start),
        };
        (first.min(last), last)
    }

    /// Goes to another statement.
    fn step(&mut self, state: &mut State, forward: bool) {
        let next = if forward { self.at + 1 } else { self.at.wrapping_sub(1) };
        let Some(statement) = self.statements.get(next) else {
            let text = if forward { "this is the last statement" } else { "this is the first one" };
            state.say(Notice::info(text));
            return;
        };
        let layout = &state.reading().sheet.layout;
        self.words = statement.words_at(layout, layout.row_of(statement.text.start));
        self.at = next;
        self.sheet = Sheet::default();
        self.fill(state);
        self.reveal(state);
    }

    /// Fills the box.
    fn fill(&mut self, state: &State) {
        let text = state.text_rect(state.side);
        let rect = Rect { width: text.width.min(WIDEST), height: 3, ..text };
        let (layout, goals) = box_text::lay_out(state, self, inside(rect).width.max(1));
        let (top, chosen) = (self.sheet.top, self.sheet.chosen);
        self.goals = goals;
        self.sheet = Sheet::new(layout, 1);
        self.sheet.height = self.height(text.height).saturating_sub(2).max(1);
        self.sheet.go_to(top);
        self.sheet.chosen = chosen.filter(|link| *link < self.goals.len());
    }

    /// Moves the page as little as possible so that the words can be seen above the box.
    fn reveal(&mut self, state: &mut State) {
        let text = state.text_rect(state.side);
        let above = (text.height - self.height(text.height)).max(1);
        let layout = &state.reading().sheet.layout;
        let (mut first, last) = self.rows(layout);
        if last - first + 1 > above {
            // The box says the voice; the words matter more.
            first = layout.row_of(self.words.start).min(last);
        }
        let sheet = &mut state.reading_mut().sheet;
        let shown = sheet.top + self.lift;
        let fits = first >= shown && last < shown + above;
        let spare = usize::from(last - first + 2 < above);
        let shown = if fits { shown } else { first.saturating_sub(spare) };
        sheet.top = shown.min(sheet.last_top());
        self.lift = shown - sheet.top;
    }

    /// Lays the box out for the size of the screen, after the page was laid out.
    pub fn arrange(&mut self, state: &mut State) {
        let layout = &state.reading().sheet.layout;
        self.statements = statement::statements(layout);
        self.at = self.at.min(self.statements.len().saturating_sub(1));
        self.lift = 0;
        self.origin = state.reading().sheet.top;
        self.fill(state);
        self.reveal(state);
    }
}

/// The statement that the reader looks at: that of the chosen link, else the one at a third of what
/// can be seen. The statements of the page, which of them, and its words.
fn present(state: &State) -> Option<(Vec<Statement>, usize, Range<usize>)> {
    let sheet = &state.reading().sheet;
    let all = statement::statements(&sheet.layout);
    let third = sheet.top + sheet.visible().len() / 3;
    let row = sheet.link().map_or(third, |link| link.rows.start);
    let at = statement::at_row(&all, row);
    let words = all.get(at)?.words_at(&sheet.layout, row);
    Some((all, at, words))
}

/// Says who makes the statement that the reader looks at.
pub fn open(state: &mut State) -> Option<Screen> {
    let Some((statements, at, words)) = present(state) else {
        state.say(Notice::info("nothing is stated here"));
        return None;
    };
    let mut who = Who {
        page: state.reading().page,
        sheet: Sheet::default(),
        lift: 0,
        statements,
        at,
        words,
        goals: Vec::new(),
        origin: state.reading().sheet.top,
    };
    who.fill(state);
    who.reveal(state);
    Some(Screen::Who(Box::new(who)))
}

/// The words that the reader looks at, as bytes of the page's text.
pub fn present_words(state: &State) -> Option<Range<usize>> {
    present(state).map(|(.., words)| words)
}

/// The part of the page that the reader looks at.
pub fn present_part(state: &State) -> Option<Part> {
    let (statements, at, _) = present(state)?;
    statements.get(at).map(|statement| statement.part)
}

/// What a part of a page rests on; for the bottom line what the card as a whole does.
pub fn rests_on(state: &State, page: Page, part: Part) -> Vec<Citation> {
    let Page::Card(card) = page else { return Vec::new() };
    let Some(card) = state.library.card(card) else { return Vec::new() };
    let from = match part {
        Part::Section(at) => card.sections.get(at).map(|section| &section.from),
        Part::Claim(at) => card.claims.get(at).map(|claim| &claim.from),
        Part::Date(at) => card.dates.get(at).map(|dated| &dated.from),
        _ => None,
    };
    from.filter(|from| !from.is_empty()).unwrap_or(&card.passages).to_vec()
}

/// Acts on the box.
pub fn act(state: &mut State, mut who: Box<Who>, action: Action, key: Key) -> Outcome {
    match action {
        Action::LineDown | Action::LineUp => who.step(state, action == Action::LineDown),
        Action::Top | Action::Bottom => {
            who.at = if action == Action::Top { 1 } else { who.statements.len().wrapping_sub(2) };
            // From the neighbour it is one step.
            let forward = action == Action::Bottom;
            if who.statements.len() > 1 {
                who.step(state, forward);
            } else {
                who.at = 0;
            }
        }
        Action::NextLink => drop(who.sheet.choose_next(true)),
        Action::PreviousLink => drop(who.sheet.choose_next(false)),
        Action::FollowNumber => {
            let number = act::digit(key).unwrap_or(0);
            let visible = who.sheet.visible_links();
            let link = number.checked_sub(1).and_then(|at| visible.get(at).copied());
            match link.and_then(|link| who.goals.get(link)).cloned() {
                Some(goal) => return reach(state, who, &goal),
                None => state.say(Notice::info("no claim here has this number")),
            }
        }
        Action::Accept => {
            return match who.chosen().cloned() {
                Some(goal) => reach(state, who, &goal),
                None => Outcome::Closed,
            };
        }
        // Once more: all that this voice says.
        Action::Who => {
            let view = voice(state, &who).map_or(View::Voices, View::Voice);
            return reach(state, who, &Goal::View(view));
        }
        Action::Voices | Action::Sources => {
            let view = if action == Action::Voices { View::Voices } else { View::Sources };
            return reach(state, who, &Goal::View(view));
        }
        Action::Back | Action::Close | Action::Quit => {
            let origin = who.origin;
            state.reading_mut().sheet.go_to(origin);
            return Outcome::Closed;
        }
        _ if who.sheet.moved(action) => {}
        _ => return Outcome::Passed(Screen::Who(who)),
    }
    Outcome::Stays(Screen::Who(who))
}

/// The voice of the statement, if it is a claim.
fn voice(state: &State, who: &Who) -> Option<Printable> {
    let (Page::Card(card), Some(Part::Claim(at))) = (who.page, who.part()) else { return None };
    state.library.claim(card, at).map(|stated| stated.voice())
}

/// Goes where a link in the box leads; lists open above the box.
fn reach(state: &mut State, who: Box<Who>, goal: &Goal) -> Outcome {
    match goal {
        Goal::View(view) => {
            state.screens.push(Screen::Who(who));
            Outcome::Stays(claims::open(state, view.clone()))
        }
        Goal::Passage(briefing, citation) => {
            // What is known of a source may open above.
            state.screens.push(Screen::Who(who));
            Outcome::Runs(passage::show(state, *briefing, std::slice::from_ref(citation)))
        }
        goal => {
            // The place one comes from is where the box was opened.
            let origin = who.origin;
            state.reading_mut().sheet.go_to(origin);
            claims::go(state, goal);
            Outcome::Closed
        }
    }
}
