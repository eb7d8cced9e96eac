//! What lies above the card: boxes with lists, text, something typed, a card that is peeked at.

use super::bars;
use super::canvas::Canvas;
use super::lists;
use super::map;
use super::page::{self, Look};
use super::problems;
use super::search;
use super::study;
use super::theme::{Element, Theme};
use crate::app::{
    Choice, Draft, Peek, Picker, Rect, Screen, Selection, Sheets, State, inside, screen_rect,
};
use crate::layout::Role;
use crate::text::{Printable, PrintableStr, shorten, width};
use ratatui::style::Style;

/// Draws one of them; gives the place of the cursor.
pub fn screen(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    screen: &Screen,
) -> Option<(usize, usize)> {
    let rect = screen_rect(state, screen);
    match screen {
        Screen::List(list) if list.is_contents() && state.panes.contents.width > 0 => None,
        Screen::List(list) => {
            let count = Printable::line(&format!("{}/{}", list.selected + 1, list.items.len()));
            framed(canvas, state, theme, rect, (&Printable::line(list.title()), &count));
            lists::entries(canvas, state, theme, list, inside(rect), true);
            None
        }
        Screen::Sheet(sheets) => {
            text(canvas, state, theme, rect, sheets);
            None
        }
        Screen::Picker(picker) => picker_box(canvas, state, theme, rect, picker),
        Screen::Note(draft) => Some(note_box(canvas, state, theme, rect, draft)),
        Screen::Search(found) => search::search(canvas, state, theme, rect, found),
        Screen::Problems(list) => {
            problems::problems(canvas, state, theme, rect, list);
            None
        }
        Screen::Peek(peek) => {
            peek_box(canvas, state, theme, rect, peek);
            None
        }
        Screen::Who(who) => {
            framed(canvas, state, theme, rect, (&who.title(state), &progress(&who.sheet)));
            let look = Look { lift: 0, numbered: true, focused: true, marked: None };
            page::sheet(canvas, theme, state.settings.glyphs, &who.sheet, inside(rect), look);
            None
        }
        Screen::Claims(claims) => {
            framed(canvas, state, theme, rect, (&claims.title, &progress(&claims.sheet)));
            let look = Look { lift: 0, numbered: true, focused: true, marked: None };
            page::sheet(canvas, theme, state.settings.glyphs, &claims.sheet, inside(rect), look);
            None
        }
        Screen::Map(found) => {
            map::map(canvas, state, theme, rect, found);
            None
        }
        Screen::Study(studying) => study::study(canvas, state, theme, studying),
        Screen::Select(selection) => select(state, selection),
        Screen::Hints(_) | Screen::Find(_) | Screen::Line(_) => None,
    }
}

/// The place of the end that the keys move.
fn select(state: &State, selection: &Selection) -> Option<(usize, usize)> {
    let (rect, sheet) = (state.text_rect(state.side), &state.reading().sheet);
    let (row, column) = selection.cursor(&sheet.layout)?;
    let left = if sheet.layout.rows().get(row)?.wide { sheet.left } else { 0 };
    let (x, y) = (column.checked_sub(left)?, row.checked_sub(sheet.top)?);
    (x < rect.width && y < rect.height).then_some((rect.x + x, rect.y + y))
}

/// An empty box with a title to the left and a note to the right.
pub fn framed(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    (title, note): (&Printable, &Printable),
) {
    if rect.width < 4 || rect.height < 2 {
        return;
    }
    canvas.clear(rect, Style::new());
    let style = theme.style(Element::Frame);
    let [rule, side, top_left, top_right, bottom_left, bottom_right] = state.settings.glyphs.frame;
    let (right, bottom) = (rect.x + rect.width - 1, rect.y + rect.height - 1);
    for (y, [left_corner, right_corner]) in
        [(rect.y, [top_left, top_right]), (bottom, [bottom_left, bottom_right])]
    {
        canvas.line((rect.x, y), 1, left_corner, style);
        canvas.line((rect.x + 1, y), rect.width - 2, rule, style);
        canvas.line((right, y), 1, right_corner, style);
    }
    for x in [rect.x, right] {
        canvas.column((x, rect.y + 1), rect.height - 2, side, style);
    }
    let note_room = if note.is_empty() { 0 } else { width(note) + 3 };
    let room = rect.width.saturating_sub(6 + note_room);
    let title = shorten(title, room, state.settings.glyphs.ellipsis);
    let title = Printable::inline(&format!(" {title} "));
    canvas.text((rect.x + 2, rect.y), room + 2, &title, theme.style(Element::BoxTitle));
    if note_room > 0 && note_room + 6 < rect.width {
        let note = Printable::inline(&format!(" {note} "));
        let x = right - 1 - width(&note);
        canvas.text((x, rect.y), width(&note), &note, theme.role(Role::Meta));
    }
}

/// How far a text was scrolled, if it does not fit.
fn progress(sheet: &crate::app::Sheet) -> Printable {
    if sheet.last_top() == 0 {
        return Printable::default();
    }
    Printable::line(&format!("{}%", sheet.percent()))
}

fn text(canvas: &mut Canvas, state: &State, theme: &Theme, rect: Rect, sheets: &Sheets) {
    framed(canvas, state, theme, rect, (&sheets.title, &progress(&sheets.sheet)));
    let look = Look { lift: 0, numbered: !sheets.pages.is_empty(), focused: true, marked: None };
    page::sheet(canvas, theme, state.settings.glyphs, &sheets.sheet, inside(rect), look);
}

fn peek_box(canvas: &mut Canvas, state: &State, theme: &Theme, rect: Rect, peek: &Peek) {
    let Some(level) = peek.level() else { return };
    let title = state.library.title(level.page);
    let depth = match peek.depth() {
        1 => "Peek".to_owned(),
        depth => format!("Peek {depth}"),
    };
    let title = Printable::line(&format!("{depth} {} {title}", state.settings.glyphs.dot));
    framed(canvas, state, theme, rect, (&title, &progress(&level.sheet)));
    let look = Look { lift: 0, numbered: true, focused: true, marked: None };
    page::sheet(canvas, theme, state.settings.glyphs, &level.sheet, inside(rect), look);
}

/// A note that is written; gives the place of the cursor.
fn note_box(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    draft: &Draft,
) -> (usize, usize) {
    let dot = state.settings.glyphs.dot;
    let keys = Printable::line(&format!("Esc keeps it {dot} Ctrl-E editor"));
    framed(canvas, state, theme, rect, (&draft.title, &keys));
    let inner = inside(rect);
    for (y, row) in draft.rows.iter().skip(draft.top).take(inner.height).enumerate() {
        canvas.text((inner.x, inner.y + y), inner.width, row, theme.role(Role::Text));
    }
    let (row, column) = draft.cursor;
    (inner.x + column.min(inner.width.saturating_sub(1)), inner.y + row.saturating_sub(draft.top))
}

fn picker_box(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    picker: &Picker,
) -> Option<(usize, usize)> {
    let count = Printable::line(&format!("{} of {}", picker.choices.len(), picker.count()));
    framed(canvas, state, theme, rect, (&Printable::line(picker.title), &count));
    let inner = inside(rect);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let cursor = bars::prompt(canvas, state, theme, rect, &picker.input);
    let first = Picker::first_row(rect);
    let rows = (rect.y + rect.height - 1).saturating_sub(first);
    for (row, (at, choice)) in
        picker.choices.iter().enumerate().skip(picker.top).take(rows).enumerate()
    {
        let line = Rect { y: first + row, height: 1, ..inner };
        choice_line(canvas, state, theme, line, choice);
        if at == picker.selected {
            let (x, columns) = (rect.x + 1, rect.width - 2);
            canvas.restyle((x, line.y), columns, theme.style(Element::Chosen));
        }
    }
    if picker.choices.is_empty() {
        let nothing = PrintableStr::literal("nothing matches");
        canvas.text((inner.x, first), inner.width, nothing, theme.role(Role::Meta));
    }
    Some(cursor)
}

fn choice_line(canvas: &mut Canvas, state: &State, theme: &Theme, rect: Rect, choice: &Choice) {
    let ellipsis = state.settings.glyphs.ellipsis;
    let note = shorten(&choice.note, rect.width / 2, ellipsis);
    let room = rect.width.saturating_sub(width(&note) + 2);
    let words = shorten(&choice.words, room, ellipsis);
    // Which clusters were matched is known by number, styles are asked for by byte.
    let starts: Vec<usize> = {
        let mut at = 0;
        let start = |cluster: &str| {
            let start = at;
            at += cluster.len();
            start
        };
        crate::text::clusters(&words).map(start).collect()
    };
    let matched: Vec<usize> =
        choice.matched.iter().filter_map(|cluster| starts.get(*cluster)).copied().collect();
    let (plain, marked) = (theme.role(Role::Text), theme.style(Element::Matched));
    canvas.styled((rect.x, rect.y), (0, room), &words, |at| {
        if matched.contains(&at) { plain.patch(marked) } else { plain }
    });
    let x = rect.x + rect.width - width(&note);
    canvas.text((x, rect.y), width(&note), &note, theme.role(Role::Meta));
}
