//! All dates of the library in their order: when, what, what it rests on, and the card it stands on.

use super::list::{SheetKind, Sheets};
use super::sheet::Sheet;
use super::{Notice, Screen, State, travel};
use crate::layout::{Flow, Part, Piece, Role, Status, citations};
use crate::library::{Event, Page};
use crate::model::Target;
use crate::text::{Printable, width};
use std::sync::Arc;

/// Opens the dates; the first one of the present card is chosen.
pub fn open(state: &mut State) -> Option<Screen> {
    let here = state.reading().page;
    let events = state.library.events();
    if events.is_empty() {
        state.say(Notice::info("no card has a date"));
        return None;
    }
    let own = events.iter().position(|event| Page::Card(event.card) == here);
    let title = Printable::line("Timeline");
    let kind = SheetKind::Timeline;
    let mut sheets = Sheets { kind, title, sheet: Sheet::default(), pages: Vec::new() };
    arrange(state, &mut sheets);
    sheets.sheet.choose(own.unwrap_or(0));
    Some(Screen::Sheet(sheets))
}

/// Lays out the dates.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let events = state.library.events();
    sheets.fill(state, |flow| {
        for event in &events {
            one(state, flow, event);
        }
        events.iter().map(|event| Page::Card(event.card)).collect()
    });
}

fn one(state: &State, flow: &mut Flow, event: &Event) {
    let (library, glyphs) = (&state.library, state.settings.glyphs);
    let dated = event.dated;
    let between = || Piece::sign(Printable::inline(&format!("\u{a0}{} ", glyphs.dot)), Role::Meta);
    let link = flow.link(&Target::Card { name: "".into(), heading: None });
    let title = library.title(Page::Card(event.card));
    let mut below = vec![
        Piece { link: Some(link), ..Piece::new(title, Role::Link(Status::Card)) },
        flow.link_mark(link),
    ];
    if let Some(basis) = dated.basis {
        below.extend([between(), Piece::new(Printable::line(basis.word()), Role::Basis(basis))]);
    }
    if event.is_later(library) {
        below.extend([between(), Piece::new("later", Role::Later)]);
    }
    let briefing = library.briefing(library.briefing_of(Page::Card(event.card)));
    let from = briefing.map(|b| citations(b, &dated.from, glyphs)).unwrap_or_default();
    if !from.is_empty() {
        below.extend([between(), Piece::new(from, Role::Meta)]);
    }
    let date = Printable::inline(&format!("{:<12}", dated.date.to_string()));
    let rest = Printable::inline(&" ".repeat(width(&date)));
    flow.indented((date, Role::Label), (rest, Role::Text), |flow| {
        flow.paragraph(&[Piece::new(event.words(), Role::Text)], 0);
        flow.paragraph(&below, 2);
    });
}

/// Goes to the card of a date, to the row where it stands.
pub fn go(state: &mut State, at: usize) {
    let library = Arc::clone(&state.library);
    let Some(event) = library.events().get(at).copied() else { return };
    let page = Page::Card(event.card);
    if page == state.reading().page {
        let top = state.reading().sheet.top;
        travel::within(state, top);
    } else {
        travel::visit(state, page);
    }
    let sheet = &mut state.reading_mut().sheet;
    let row = sheet.layout.rows().iter().position(|row| row.part == Part::Date(event.at));
    if let Some(row) = row {
        // What follows it is in sight too.
        sheet.go_to(row.saturating_sub(sheet.height / 4));
    }
}
