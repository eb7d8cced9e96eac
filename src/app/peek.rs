//! A look at what a link leads to, in a box below the link. The reader's place never moves: rows
//! may be drawn further up while the box is open, and are back when it closes.

use super::act::{self, Outcome};
use super::action::Action;
use super::key::Key;
use super::reading::{Form, lay_out};
use super::screen::inside;
use super::sheet::Sheet;
use super::{Notice, Rect, Screen, State, travel};
use crate::library::{Destination, Page};
use crate::model::Target;

/// Rows of a box, if there is so much to show.
const WANTED: usize = 14;
/// Columns of a box, at most.
const WIDEST: usize = 88;

/// Pages looked at, one from the other.
#[derive(Debug)]
pub struct Peek {
    levels: Vec<Level>,
    /// First and last row of the link on the page below.
    link_rows: (usize, usize),
}

/// A page looked at.
#[derive(Debug)]
pub struct Level {
    /// The page.
    pub page: Page,
    /// Its text.
    pub sheet: Sheet,
}

/// Where a box goes.
struct Place {
    rect: Rect,
    lift: usize,
}

impl Peek {
    /// The page that is shown.
    pub fn level(&self) -> Option<&Level> {
        self.levels.last()
    }

    fn level_mut(&mut self) -> Option<&mut Level> {
        self.levels.last_mut()
    }

    /// Number of pages looked at, one from the other.
    pub fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The part of the screen it takes.
    pub fn rect(&self, state: &State) -> Rect {
        self.place(state).rect
    }

    /// Rows by which the text behind is drawn further up, so that the link stays in sight.
    pub fn lift(&self, state: &State) -> usize {
        self.place(state).lift
    }

    fn place(&self, state: &State) -> Place {
        let text = state.text_rect(state.side);
        let rows = self.level().map_or(0, |level| level.sheet.layout.rows().len());
        let top = state.reading().sheet.top;
        let (first, last) = self.link_rows;
        // Rows of the screen above the box: as many as show the link.
        let above = (last + 1).saturating_sub(top).min(text.height);
        let wanted = (rows + 2).min(WANTED.max(text.height * 3 / 5));
        let below = text.height - above;
        let can_lift = first.saturating_sub(top).min(above.saturating_sub(1));
        let lift = wanted.saturating_sub(below).min(can_lift);
        let y = text.y + above - lift;
        let height = wanted.min(text.height - (above - lift)).max(3.min(text.height));
        let width = text.width.min(WIDEST);
        let rect = Rect { x: text.x, y: y.min(text.y + text.height - height), width, height };
        Place { rect, lift }
    }

    /// Lays the pages out for the size of the screen.
    pub fn arrange(&mut self, state: &State) {
        let chosen = state.reading().sheet.link();
        if let Some(link) = chosen {
            self.link_rows = (link.rows.start, link.rows.end);
        }
        for at in 0..self.levels.len() {
            let form = self.form(state);
            if let Some(level) = self.levels.get_mut(at) {
                let terms = state.mentions.terms();
                let layout = lay_out(&state.library, level.page, &state.settings, form, terms);
                level.sheet.relayout(layout, form.height);
            }
        }
        let height = inside(self.rect(state)).height.max(1);
        if let Some(level) = self.level_mut() {
            level.sheet.height = height;
            level.sheet.go_to(level.sheet.top);
        }
    }

    fn form(&self, state: &State) -> Form {
        let room = inside(self.rect(state));
        Form { width: room.width.max(1), spare: 0, height: room.height.max(1), backlinks: true }
    }

    /// Looks at where a link leads; whether there was anything to see.
    fn look(&mut self, state: &mut State, from: Page, target: &Target) -> bool {
        let (page, anchor) = match state.library.resolve(from, target) {
            Destination::Page { page, heading } => (page, heading),
            Destination::Here(anchor) => (from, Some(anchor)),
            elsewhere => {
                travel::say_elsewhere(state, &elsewhere);
                return false;
            }
        };
        let form = self.form(state);
        let terms = state.mentions.terms();
        let layout = lay_out(&state.library, page, &state.settings, form, terms);
        self.levels.push(Level { page, sheet: Sheet::new(layout, form.height) });
        // The height is known now that there is something in the box.
        let height = inside(self.rect(state)).height.max(1);
        if let Some(level) = self.level_mut() {
            level.sheet.height = height;
            let row = anchor.and_then(|anchor| level.sheet.layout.anchor(&anchor));
            level.sheet.go_to(row.unwrap_or(0));
        }
        if let Some(key) = state.library.key(page)
            && page != state.reading().page
        {
            state.reading_mut().trail.peek(key);
        }
        true
    }

    /// Moves the shown page by rows.
    pub fn scroll(&mut self, rows: isize) {
        if let Some(level) = self.level_mut() {
            level.sheet.scroll(rows);
        }
    }

    /// Looks at where a link of the shown page leads.
    pub fn deeper(&mut self, state: &mut State, link: Option<usize>) {
        let Some(level) = self.level_mut() else { return };
        let Some(link) = link else {
            if !level.sheet.choose_next(true) {
                state.say(Notice::info("there is no link on this card"));
            }
            return;
        };
        level.sheet.chosen = Some(link);
        let from = level.page;
        let target = level.sheet.link().map(|link| link.target.clone());
        if let Some(target) = target {
            self.look(state, from, &target);
        }
    }
}

/// Looks at where the chosen link leads; if none is chosen, the first one that can be seen.
pub fn open(state: &mut State) -> Option<Screen> {
    let sheet = &mut state.reading_mut().sheet;
    let link = sheet.chosen.or_else(|| sheet.visible_links().first().copied());
    let link = link.or_else(|| sheet.all_visible_links().first().copied());
    let Some(link) = link else {
        state.say(Notice::info("no link can be seen here"));
        return None;
    };
    sheet.chosen = Some(link);
    let spot = sheet.layout.links().get(link)?;
    let (target, rows) = (spot.target.clone(), (spot.rows.start, spot.rows.end));
    let page = state.reading().page;
    let mut peek = Peek { levels: Vec::new(), link_rows: rows };
    peek.look(state, page, &target).then_some(Screen::Peek(peek))
}

/// Acts on the box.
pub fn act(state: &mut State, mut peek: Peek, action: Action, key: Key) -> Outcome {
    let Some(level) = peek.level_mut() else { return Outcome::Closed };
    let sheet = &mut level.sheet;
    if sheet.moved(action) {
        return Outcome::Stays(Screen::Peek(peek));
    }
    match action {
        Action::NextLink => drop(sheet.choose_next(true)),
        Action::PreviousLink => drop(sheet.choose_next(false)),
        Action::FollowNumber => {
            let link = act::digit(key).and_then(|n| sheet.visible_links().get(n - 1).copied());
            match link {
                Some(link) => peek.deeper(state, Some(link)),
                None => state.say(Notice::info("no link here has this number")),
            }
        }
        Action::Peek => {
            let link = sheet.chosen;
            peek.deeper(state, link);
        }
        // The chosen link is followed; without one, the reader goes where he looks.
        Action::Accept if sheet.chosen.is_some() => {
            let link = sheet.chosen;
            peek.deeper(state, link);
        }
        Action::Accept => {
            let (page, row) = (level.page, sheet.top);
            let offset = sheet.layout.offset_of(row);
            promote(state, page, if row == 0 { 0 } else { offset });
            return Outcome::Closed;
        }
        Action::Beside => {
            let page = level.page;
            travel::open_beside(state, page);
            return Outcome::Closed;
        }
        Action::Back if peek.levels.len() > 1 => {
            peek.levels.pop();
        }
        Action::Back => return Outcome::Closed,
        _ => return Outcome::Passed(Screen::Peek(peek)),
    }
    Outcome::Stays(Screen::Peek(peek))
}

/// Goes to the page looked at, to the text at the top of the box.
fn promote(state: &mut State, page: Page, offset: usize) {
    if page == state.reading().page {
        let row = state.reading().sheet.layout.row_of(offset);
        travel::within(state, row);
        return;
    }
    travel::visit(state, page);
    if offset > 0 {
        let sheet = &mut state.reading_mut().sheet;
        sheet.go_to(sheet.layout.row_of(offset));
    }
}
