//! Ways between cards: the shortest one to a card that is chosen, the cards within two steps, and those
//! that nothing links to.

use super::list::{List, ListKind, SheetKind, Sheets};
use super::sheet::Sheet;
use super::{Item, Notice, Screen, State};
use crate::layout::{Flow, Piece, Role, Status};
use crate::library::{Page, Step};
use crate::model::Target;
use crate::text::Printable;
use std::collections::HashSet;
use std::sync::Arc;

/// The card that is read; says so if it is none.
pub fn present(state: &mut State) -> Option<usize> {
    match state.reading().page {
        Page::Card(card) => Some(card),
        Page::Overview(_) => {
            state.say(Notice::info("this is an overview: open a card first"));
            None
        }
    }
}

/// Opens the shortest way from the present card to another one.
pub fn open(state: &mut State, to: Page) -> Option<Screen> {
    let from = present(state)?;
    let Page::Card(to) = to else {
        state.say(Notice::info("no way leads to an overview"));
        return None;
    };
    let title = |state: &State, card| state.library.title(Page::Card(card));
    match state.library.way(from, to) {
        Some(way) if way.is_empty() => {
            state.say(Notice::info("this is the card you are on"));
            None
        }
        Some(way) => {
            let title = Printable::line(&format!("Path to {}", title(state, to)));
            let kind = SheetKind::Way(way.into());
            let mut sheets = Sheets { kind, title, sheet: Sheet::default(), pages: Vec::new() };
            arrange(state, &mut sheets);
            sheets.sheet.choose(1);
            Some(Screen::Sheet(sheets))
        }
        None => {
            let text = format!(
                "no references lead between `{}` and `{}`",
                title(state, from),
                title(state, to)
            );
            state.say(Notice::info(text));
            None
        }
    }
}

/// Lays out a way: a card for each step, with the sentence that leads to it.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let SheetKind::Way(way) = &sheets.kind else { return };
    let way = Arc::clone(way);
    sheets.fill(state, |flow| steps(state, &way, flow));
}

/// The steps of a way; the pages they lead to.
fn steps(state: &State, way: &[Step], flow: &mut Flow) -> Vec<Page> {
    let mut pages = vec![state.reading().page];
    let card = |flow: &mut Flow, page: Page, lead: &[Piece<'static>]| {
        let link = flow.link(&Target::Card { name: "".into(), heading: None });
        let title = Piece::new(state.library.title(page), Role::Link(Status::Card));
        let mut pieces = lead.to_vec();
        pieces.extend([Piece { link: Some(link), ..title }, flow.link_mark(link)]);
        flow.paragraph(&pieces, 2);
    };
    card(flow, state.reading().page, &[]);
    for step in way {
        let page = Page::Card(step.to);
        pages.push(page);
        let [along, against] = state.settings.glyphs.arrows;
        let arrow = if step.along { along } else { against };
        let relation = state.library.reference(&step.mention).and_then(|r| r.relation);
        let relation = relation.map(|r| if step.along { r } else { r.inverse() });
        let mut lead = vec![Piece::sign(arrow, Role::LinkMark), Piece::sign(" ", Role::Text)];
        if let Some(relation) = relation {
            lead.push(Piece::new(relation.phrase(), Role::Verb));
            lead.push(Piece::sign("  ", Role::Text));
        }
        let (sentence, link) = state.library.context(&step.mention);
        flow.inset(2, |flow| {
            if !sentence.is_empty() {
                let text = sentence.as_printable();
                let part = |from, to, role| Piece::new(Printable::from(text.slice(from..to)), role);
                flow.paragraph(
                    &[
                        part(0, link.start, Role::Meta),
                        part(link.start, link.end, Role::Text),
                        part(link.end, text.len(), Role::Meta),
                    ],
                    0,
                );
            }
        });
        card(flow, page, &lead);
    }
    pages
}

/// Lists the cards that nothing links to.
pub fn orphans(state: &mut State) -> Option<Screen> {
    let cards = (0..state.library.card_count()).filter(|card| state.library.is_orphan(*card));
    let items: Vec<Item> = cards.map(Item::Card).collect();
    if items.is_empty() {
        state.say(Notice::info("something links to every card"));
        return None;
    }
    let here = state.reading().page;
    let selected = items.iter().position(|item| item.page() == Some(here)).unwrap_or(0);
    Some(list(state, ListKind::Orphans, items, selected))
}

/// Lists the cards within two steps of the present one, as a tree.
pub fn neighbours(state: &mut State) -> Option<Screen> {
    let card = present(state)?;
    let library = &state.library;
    let near = |card: usize| {
        let along = library.beside(card, true).into_iter().map(|to| (to, true));
        along.chain(library.beside(card, false).into_iter().map(|to| (to, false)))
    };
    let mut seen = HashSet::from([card]);
    let first: Vec<(usize, bool)> = near(card).filter(|(to, _)| seen.insert(*to)).collect();
    let mut items = Vec::new();
    for (to, along) in first {
        items.push(Item::Near { card: to, depth: 0, along });
        let second = near(to).filter(|(to, _)| seen.insert(*to));
        items.extend(second.map(|(card, along)| Item::Near { card, depth: 1, along }));
    }
    if items.is_empty() {
        state.say(Notice::info("no reference leads to or from this card"));
        return None;
    }
    Some(list(state, ListKind::Neighbours, items, 0))
}

fn list(state: &State, kind: ListKind, items: Vec<Item>, selected: usize) -> Screen {
    let mut list = List { kind, items, selected, top: 0 };
    list.reveal(super::list::rows(state, &list));
    Screen::List(list)
}
