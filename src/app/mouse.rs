//! The mouse: the wheel scrolls what it is over, a click follows what it is on, and what it is drawn
//! over while it is held is selected.

use super::contents;
use super::find;
use super::rail::Aim;
use super::screen::{self, inside};
use super::sheet::Sheet;
use super::{Effect, Picker, Rect, Screen, Search, Side, State, act, highlights, select, travel};
use crate::text::width;

/// Rows by which the wheel scrolls.
const WHEEL: isize = 3;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button was pressed and released.
    Click,
    /// The left button was pressed.
    Press,
    /// It was moved while the left button is held.
    Drag,
    /// The left button was released.
    Release,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away from the user.
    WheelUp,
}

/// What the mouse did, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column, from 0.
    pub x: usize,
    /// Row, from 0.
    pub y: usize,
}

/// A button that is held.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Where it was pressed.
    at: Mouse,
    /// Whether words were selected since.
    selects: bool,
}

/// Applies what the mouse did.
pub fn mouse(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    if !state.settings.mouse {
        return Vec::new();
    }
    state.chord.clear();
    match mouse.kind {
        MouseKind::WheelDown => wheel(state, mouse, WHEEL),
        MouseKind::WheelUp => wheel(state, mouse, -WHEEL),
        MouseKind::Click => {
            state.notice = None;
            return click(state, mouse);
        }
        MouseKind::Press => state.held = Some(Held { at: mouse, selects: false }),
        MouseKind::Drag => drag(state, mouse),
        // What was pressed and released elsewhere was meant for where it was pressed.
        MouseKind::Release => match state.held.take() {
            Some(Held { selects: true, .. }) => select::release(state),
            Some(Held { at, .. }) => {
                return self::mouse(state, Mouse { kind: MouseKind::Click, ..at });
            }
            None => {}
        },
    }
    Vec::new()
}

fn drag(state: &mut State, mouse: Mouse) {
    let Some(mut held) = state.held.filter(|held| (held.at.x, held.at.y) != (mouse.x, mouse.y))
    else {
        return;
    };
    let beside = state.panes.beside;
    if state.screens.is_empty() && beside.width > 0 {
        let on_beside = beside.contains(held.at.x, held.at.y);
        state.side = if on_beside { Side::Beside } else { Side::Main };
    }
    state.notice = None;
    held.selects |= select::drag(state, held.at, mouse);
    state.held = Some(held);
}

fn wheel(state: &mut State, mouse: Mouse, rows: isize) {
    let at = |rect: Rect| rect.contains(mouse.x, mouse.y);
    match state.screens.last_mut() {
        Some(Screen::Sheet(sheets)) => {
            sheets.sheet.scroll(rows);
            return;
        }
        Some(Screen::Peek(peek)) => {
            peek.scroll(rows);
            return;
        }
        Some(Screen::Who(who)) => {
            who.sheet.scroll(rows);
            return;
        }
        Some(Screen::Claims(claims)) => {
            claims.sheet.scroll(rows);
            return;
        }
        Some(Screen::Study(studying)) => {
            studying.sheet.scroll(rows);
            return;
        }
        Some(
            Screen::List(_)
            | Screen::Picker(_)
            | Screen::Search(_)
            | Screen::Problems(_)
            | Screen::Map(_),
        ) => {
            let action = if rows > 0 { super::Action::LineDown } else { super::Action::LineUp };
            let key = super::Key::plain(super::Code::Down);
            act::run(state, action, key);
            return;
        }
        // Letters belong to the links that were in sight.
        Some(Screen::Hints(_)) => drop(state.screens.pop()),
        Some(Screen::Note(_)) => return,
        Some(Screen::Find(_) | Screen::Line(_) | Screen::Select(_)) | None => {}
    }
    let panes = state.panes;
    if panes.contents.width > 0 && at(panes.contents) {
        let most = state.contents.items.len().saturating_sub(contents::rows(state));
        state.contents.top = state.contents.top.saturating_add_signed(rows).min(most);
    } else if panes.rail.width > 0 && at(panes.rail) {
        let most = state.rail.layout.rows().len().saturating_sub(panes.rail.height);
        state.rail.top = state.rail.top.saturating_add_signed(rows).min(most);
    } else if panes.beside.width > 0 {
        let beside = at(panes.beside);
        let reading = match &mut state.beside {
            Some(reading) if beside => reading,
            _ => &mut state.main,
        };
        reading.sheet.scroll(rows);
    } else {
        state.reading_mut().sheet.scroll(rows);
    }
}

fn click(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    if let Some(screen) = state.screens.pop() {
        return on_screen(state, screen, mouse);
    }
    let panes = state.panes;
    let at = |rect: Rect| rect.width > 0 && rect.contains(mouse.x, mouse.y);
    if at(panes.contents) {
        let row = mouse.y.checked_sub(panes.contents.y + contents::HEAD);
        let item = row.and_then(|row| state.contents.items.get(state.contents.top + row)).cloned();
        if let Some(item) = item {
            contents::take(state, &item);
        }
    } else if at(panes.rail) {
        let row = state.rail.top + mouse.y - panes.rail.y;
        let link = links_of_row(&state.rail.layout, row).next();
        let aim = link.and_then(|link| state.rail.aims.get(link).copied());
        match aim {
            Some(Aim::Link(link)) => travel::follow(state, link),
            Some(Aim::Page(page)) => travel::visit(state, page),
            Some(Aim::Step(step)) => travel::jump(state, step),
            Some(Aim::Spot(at)) => highlights::go_to(state, at),
            None => {}
        }
    } else {
        if panes.beside.width > 0 {
            state.side = if at(panes.beside) { Side::Beside } else { Side::Main };
        }
        let rect = state.sheet_rect(state.side);
        if let Some(link) = link_at(&state.reading().sheet, rect, mouse) {
            travel::follow(state, link);
        }
    }
    Vec::new()
}

/// A click while something lies above the card.
fn on_screen(state: &mut State, screen: Screen, mouse: Mouse) -> Vec<Effect> {
    let rect = screen::rect(state, &screen);
    let hit = rect.contains(mouse.x, mouse.y);
    match screen {
        // What is outside is closed; the click has then done its work.
        Screen::Find(prompt) => {
            find::act(state, prompt, super::Action::Close);
        }
        Screen::Hints(_) | Screen::Line(_) | Screen::Select(_) => {}
        Screen::Who(who) if !hit => {
            // The text behind comes back.
            state.screens.push(Screen::Who(who));
            let key = super::Key::plain(super::Code::Esc);
            return act::run(state, super::Action::Close, key);
        }
        // What is written is not lost by a click.
        Screen::Note(draft) => state.screens.push(Screen::Note(draft)),
        // Grades are not given by chance.
        Screen::Study(studying) => state.screens.push(Screen::Study(studying)),
        _ if !hit => {}
        Screen::List(list) => {
            let row = mouse.y.checked_sub(rect.y + contents::HEAD).map(|row| list.top + row);
            let item = row.and_then(|row| list.items.get(row)).filter(|i| i.can_be_chosen());
            match item.cloned() {
                Some(item) => contents::take(state, &item),
                None => state.screens.push(Screen::List(list)),
            }
        }
        Screen::Picker(mut picker) => {
            let row = mouse.y.checked_sub(Picker::first_row(rect)).map(|row| picker.top + row);
            match row.filter(|row| *row < picker.choices.len()) {
                Some(row) => {
                    picker.selected = row;
                    return choose(state, Screen::Picker(picker), true);
                }
                None => state.screens.push(Screen::Picker(picker)),
            }
        }
        Screen::Search(mut search) => {
            let row = mouse.y.checked_sub(Search::list(rect).y).map(|row| search.top + row);
            let hit = row.and_then(|row| search.rows.get(row)?.hit());
            search.selected = hit.unwrap_or(search.selected);
            return choose(state, Screen::Search(search), hit.is_some());
        }
        Screen::Problems(mut problems) => {
            let row = mouse.y.checked_sub(inside(rect).y).map(|row| problems.top + row);
            let hit = row.and_then(|row| Some(problems.rows.get(row)?.finding()));
            problems.selected = hit.unwrap_or(problems.selected);
            return choose(state, Screen::Problems(problems), hit.is_some());
        }
        Screen::Sheet(mut sheets) => {
            let row = mouse.y.checked_sub(inside(rect).y).map(|row| sheets.sheet.top + row);
            let link = row.and_then(|row| links_of_row(&sheets.sheet.layout, row).next());
            sheets.sheet.chosen = link.or(sheets.sheet.chosen);
            let chosen = link.is_some() && !sheets.pages.is_empty();
            return choose(state, Screen::Sheet(sheets), chosen);
        }
        Screen::Who(mut who) => {
            let link = link_at(&who.sheet, inside(rect), mouse);
            who.sheet.chosen = link.or(who.sheet.chosen);
            return choose(state, Screen::Who(who), link.is_some());
        }
        Screen::Claims(mut claims) => {
            let link = link_at(&claims.sheet, inside(rect), mouse);
            claims.sheet.chosen = link.or(claims.sheet.chosen);
            return choose(state, Screen::Claims(claims), link.is_some());
        }
        Screen::Map(mut map) => {
            let inner = inside(rect);
            let (x, y) = (mouse.x.wrapping_sub(inner.x), mouse.y.wrapping_sub(inner.y));
            let hit = map.nodes.iter().position(|node| {
                let words = node.at.0..node.at.0 + width(&node.words);
                node.card.is_some() && node.at.1 == y && words.contains(&x)
            });
            map.selected = hit.unwrap_or(map.selected);
            return choose(state, Screen::Map(map), hit.is_some());
        }
        Screen::Peek(mut peek) => {
            let inner = inside(rect);
            let link = peek.level().and_then(|level| link_at(&level.sheet, inner, mouse));
            if link.is_some() {
                peek.deeper(state, link);
            }
            state.screens.push(Screen::Peek(peek));
        }
    }
    Vec::new()
}

/// Puts a screen back, and takes what was hit on it.
fn choose(state: &mut State, screen: Screen, is_hit: bool) -> Vec<Effect> {
    state.screens.push(screen);
    if !is_hit {
        return Vec::new();
    }
    act::run(state, super::Action::Accept, super::Key::plain(super::Code::Enter))
}

/// The links that stand in a row.
fn links_of_row(layout: &crate::layout::Layout, row: usize) -> impl Iterator<Item = usize> + '_ {
    layout.rows().get(row).into_iter().flat_map(|row| row.runs.iter().filter_map(|run| run.link))
}

/// The link of a sheet drawn in `rect` at a place on the screen.
fn link_at(sheet: &Sheet, rect: Rect, mouse: Mouse) -> Option<usize> {
    if !rect.contains(mouse.x, mouse.y) {
        return None;
    }
    let row = sheet.layout.rows().get(sheet.top + mouse.y - rect.y)?;
    let left = if row.wide { sheet.left } else { 0 };
    let column = mouse.x - rect.x + left;
    let mut from = 0;
    row.runs.iter().find_map(|run| {
        let to = from + width(&sheet.layout.words(run));
        let hit = (from..to).contains(&column);
        from = to;
        run.link.filter(|_| hit)
    })
}
