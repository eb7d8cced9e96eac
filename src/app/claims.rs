//! The claims of the whole library: by voice, by standing, by source; and the sources with what rests
//! on each. A list opens above the one it was chosen in, and closing it leads back.

mod lists;

use super::act::{self, Outcome};
use super::action::Action;
use super::key::Key;
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Rect, Screen, State, passage, travel};
use crate::layout::Part;
use crate::library::Page;
use crate::model::{Citation, SourceId, Standing};
use crate::text::Printable;

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// The voices, and what checking showed of all claims.
    Voices,
    /// The claims of a voice, by its name.
    Voice(Printable),
    /// The claims of a standing.
    Standing(Standing),
    /// The sources.
    Sources,
    /// A source of a briefing and what rests on it.
    Source(usize, SourceId),
}

/// What a link of a list leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Another list.
    View(View),
    /// A claim: the card and which of its claims.
    Claim(usize, usize),
    /// A page.
    Page(Page),
    /// A place in a source of a briefing.
    Passage(usize, Citation),
}

/// A list of claims, voices or sources.
#[derive(Debug)]
pub struct Claims {
    /// What it shows.
    pub view: View,
    /// Its title.
    pub title: Printable,
    /// The text.
    pub sheet: Sheet,
    goals: Vec<Goal>,
}

impl Claims {
    /// The part of the screen it takes.
    pub fn rect(&self, state: &State) -> Rect {
        pop_up(state, state.settings.measure + 6, self.sheet.layout.rows().len() + 2)
    }

    /// What the chosen link leads to.
    pub fn chosen(&self) -> Option<&Goal> {
        self.goals.get(self.sheet.chosen?)
    }

    /// Lays the list out for the size of the screen.
    pub fn arrange(&mut self, state: &State) {
        let wanted = state.settings.measure + 6;
        let columns = inside(pop_up(state, wanted, usize::MAX)).width.max(1);
        let (title, layout, goals) = lists::lay_out(state, &self.view, columns);
        let height = inside(pop_up(state, wanted, layout.rows().len() + 2)).height;
        let chosen = self.sheet.chosen;
        self.title = title;
        self.sheet = Sheet::new(layout, height);
        self.goals = goals;
        if let Some(chosen) = chosen {
            self.sheet.choose(chosen);
        }
    }
}

/// A list with its first entry chosen.
pub fn open(state: &State, view: View) -> Screen {
    let mut claims =
        Claims { view, title: Printable::default(), sheet: Sheet::default(), goals: Vec::new() };
    claims.arrange(state);
    claims.sheet.choose(0);
    claims.sheet.go_to(0);
    Screen::Claims(Box::new(claims))
}

/// Acts on a list.
pub fn act(state: &mut State, mut claims: Box<Claims>, action: Action, key: Key) -> Outcome {
    let sheet = &mut claims.sheet;
    match action {
        Action::LineDown | Action::NextLink => step(sheet, true),
        Action::LineUp | Action::PreviousLink => step(sheet, false),
        Action::Accept => {
            if let Some(goal) = claims.chosen().cloned() {
                return reach(state, claims, &goal);
            }
        }
        Action::FollowNumber => {
            let number = act::digit(key).unwrap_or(0);
            let link = number.checked_sub(1).and_then(|at| sheet.visible_links().get(at).copied());
            if let Some(goal) = link.and_then(|link| claims.goals.get(link)).cloned() {
                claims.sheet.chosen = link;
                return reach(state, claims, &goal);
            }
        }
        Action::Voices | Action::Sources => {
            let view = if action == Action::Voices { View::Voices } else { View::Sources };
            if claims.view != view {
                state.screens.push(Screen::Claims(claims));
                return Outcome::Stays(open(state, view));
            }
        }
        Action::Back | Action::Close | Action::Quit => return Outcome::Closed,
        _ if sheet.moved(action) => {
            // The choice goes along, so that the next step starts where one looks.
            let visible = sheet.visible_links();
            if !sheet.chosen.is_some_and(|chosen| visible.contains(&chosen)) {
                sheet.chosen = visible.first().copied();
            }
        }
        _ => return Outcome::Passed(Screen::Claims(claims)),
    }
    Outcome::Stays(Screen::Claims(claims))
}

/// Goes to the next entry; at the ends what stands beyond the last one comes into sight.
fn step(sheet: &mut Sheet, forward: bool) {
    let last = sheet.layout.links().len().saturating_sub(1);
    match (sheet.chosen, forward) {
        (Some(0), false) => sheet.top = 0,
        (Some(chosen), true) if chosen >= last => sheet.top = sheet.last_top(),
        _ => drop(sheet.choose_next(forward)),
    }
}

/// Goes where an entry leads: lists open above this one, a card closes all.
fn reach(state: &mut State, claims: Box<Claims>, goal: &Goal) -> Outcome {
    match goal {
        Goal::View(view) => {
            state.screens.push(Screen::Claims(claims));
            Outcome::Stays(open(state, view.clone()))
        }
        Goal::Passage(briefing, citation) => {
            // What is known of a source may open above.
            state.screens.push(Screen::Claims(claims));
            Outcome::Runs(passage::show(state, *briefing, std::slice::from_ref(citation)))
        }
        goal => {
            state.screens.clear();
            go(state, goal);
            Outcome::Closed
        }
    }
}

/// Goes to a claim on its card, or to a page.
pub fn go(state: &mut State, goal: &Goal) {
    let (page, part) = match goal {
        Goal::Claim(card, at) => (Page::Card(*card), Some(Part::Claim(*at))),
        Goal::Page(page) => (*page, None),
        Goal::View(_) | Goal::Passage(..) => return,
    };
    let same = state.reading().page == page;
    if !same {
        travel::visit(state, page);
    }
    let rows = state.reading().sheet.layout.rows();
    let is_it = |row: &crate::layout::Row| Some(row.part) == part && !row.text.is_empty();
    // A row above for the label, or the end of what comes before.
    let row = rows.iter().position(is_it).map(|row| row.saturating_sub(1));
    if same {
        travel::within(state, row.unwrap_or(0));
    } else if let Some(row) = row {
        state.reading_mut().sheet.go_to(row);
    }
}
