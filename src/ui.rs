//! The screen: the state is drawn with the styles of a theme. Nothing is changed and nothing is
//! wrapped here; where things go is known from `app`.

mod bars;
mod canvas;
mod lists;
mod map;
mod page;
mod pop_up;
mod problems;
mod search;
mod side;
mod study;
mod theme;

pub use theme::{Brightness, Theme};

use crate::app::{Reading, Rect, Screen, Side, State};
use canvas::Canvas;
use page::Look;
use ratatui::Frame;
use ratatui::layout::Position;

/// Draws the reader.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    if state.size != (usize::from(area.width), usize::from(area.height)) {
        // The terminal has changed its size; the message about it is on its way.
        return;
    }
    let mut canvas = Canvas::new(frame.buffer_mut());
    bars::lines(&mut canvas, state, theme);
    bars::header(&mut canvas, state, theme);
    let panes = &state.panes;
    if panes.contents.width > 0 {
        let screen = state.screens.last();
        match screen {
            Some(Screen::List(list)) if list.is_contents() => {
                lists::contents(&mut canvas, state, theme, list, true);
            }
            _ => lists::contents(&mut canvas, state, theme, &state.contents, false),
        }
    }
    if panes.beside.width > 0 {
        for side in [Side::Main, Side::Beside] {
            reading(&mut canvas, state, theme, side);
        }
    } else {
        reading(&mut canvas, state, theme, state.side);
    }
    if panes.rail.width > 0 {
        side::rail(&mut canvas, state, theme);
    }
    let mut cursor = None;
    for (at, screen) in state.screens.iter().enumerate() {
        let above = state.screens.get(at + 1..).unwrap_or_default();
        // Of lists that lead from one to the next the last one is shown.
        let covered = matches!(screen, Screen::Who(_) | Screen::Claims(_))
            && above.iter().any(|screen| !matches!(screen, Screen::Line(_)));
        if covered {
            continue;
        }
        cursor = pop_up::screen(&mut canvas, state, theme, screen);
    }
    let typed = bars::footer(&mut canvas, state, theme);
    if let Some((x, y)) = cursor.or(typed) {
        let cell = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        frame.set_cursor_position(Position::new(cell(x), cell(y)));
    }
}

/// Draws a card.
fn reading(canvas: &mut Canvas, state: &State, theme: &Theme, side: Side) {
    let focused = state.side == side;
    let reading: &Reading = match (side, &state.beside) {
        (Side::Beside, Some(beside)) => beside,
        _ => &state.main,
    };
    let rect: Rect = state.sheet_rect(side);
    let (mut lift, mut numbered) = (0, focused);
    match state.screens.last() {
        Some(Screen::Peek(peek)) if focused => {
            lift = peek.lift(state);
            numbered = false;
        }
        Some(Screen::Who(_) | Screen::Peek(_) | Screen::Hints(_) | Screen::Find(_)) | None => {}
        Some(_) => {
            numbered = false;
        }
    }
    let mut marked = None;
    let who = state.screens.iter().find_map(|screen| match screen {
        Screen::Who(who) => Some(who),
        _ => None,
    });
    if let Some(who) = who.filter(|_| focused) {
        (lift, marked, numbered) = (who.lift, Some(who.words()), false);
    }
    if let Some(Screen::Select(selection)) = state.screens.last().filter(|_| focused) {
        marked = Some((selection.words.start, selection.words.end));
    }
    let look = Look { lift, numbered, focused, marked };
    page::sheet(canvas, theme, state.settings.glyphs, &reading.sheet, rect, look);
    if let (Some(Screen::Hints(hints)), true) = (state.screens.last(), focused) {
        page::letters(canvas, theme, &reading.sheet, rect, hints);
    }
}

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;
