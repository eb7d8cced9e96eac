//! The list of cards, with the parts of the present one; and the trail as a list.

use super::list::{List, ListKind};
use super::{Reading, State, highlights, keep, marks, notes, travel};
use crate::library::{Library, Page};
use crate::store::{Progress, Subject};
use crate::text::Printable;

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The overview of a briefing, or its name where it has none.
    Briefing(usize, bool),
    /// A card.
    Card(usize),
    /// A part of the present card: its title, its depth, its row.
    Part(Printable, u8, usize),
    /// A place on the trail: its index, its depth.
    Step(usize, usize),
    /// A card near another one.
    Near {
        /// The card.
        card: usize,
        /// Steps to it, less one.
        depth: usize,
        /// Whether the reference leads to it.
        along: bool,
    },
    /// Something that is kept, or can be.
    Kept(Entry),
}

/// Something that is kept, or can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The letter that chooses it.
    pub letter: Option<char>,
    /// What it is called.
    pub words: Printable,
    /// What else is known of it.
    pub note: Printable,
    /// What choosing it does.
    pub choice: Choice,
}

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Goes to a mark.
    Jump(char),
    /// Sets a mark.
    Mark(char),
    /// Says how far the card was read, and in how many days it is to be read again.
    Progress(Progress, Option<i64>),
    /// Goes to a note.
    Note(Subject),
    /// Goes to a highlight.
    Highlight(Subject),
}

impl Item {
    /// Whether it leads anywhere.
    pub fn can_be_chosen(&self) -> bool {
        !matches!(self, Self::Briefing(_, false))
    }

    /// The page it leads to.
    pub fn page(&self) -> Option<Page> {
        match self {
            Self::Briefing(briefing, true) => Some(Page::Overview(*briefing)),
            Self::Card(card) | Self::Near { card, .. } => Some(Page::Card(*card)),
            _ => None,
        }
    }
}

/// The cards of a library; below the present card its parts, if it is given.
pub fn list(library: &Library, present: Option<&Reading>) -> List {
    let mut items = Vec::with_capacity(library.card_count() + library.documents().len());
    for briefing in 0..library.documents().len() {
        items.push(Item::Briefing(briefing, library.has_overview(briefing)));
        parts(&mut items, Page::Overview(briefing), present);
        for card in library.cards_of(briefing) {
            items.push(Item::Card(card));
            parts(&mut items, Page::Card(card), present);
        }
    }
    let page = present.map(|reading| reading.page);
    let selected = items.iter().position(|item| item.page().is_some() && item.page() == page);
    let mut list = List { kind: ListKind::Contents, items, selected: 0, top: 0 };
    list.step(0);
    list.selected = selected.unwrap_or(list.selected);
    list
}

/// Below the entry of the present page: the parts of its text.
fn parts(items: &mut Vec<Item>, page: Page, present: Option<&Reading>) {
    let Some(reading) = present.filter(|reading| reading.page == page) else { return };
    // The first anchor is the title.
    let anchors = reading.sheet.layout.anchors().iter().skip(1);
    let anchors = anchors.filter(|anchor| !anchor.name.starts_with("note:"));
    items.extend(anchors.map(|a| Item::Part(a.title.clone(), a.level, a.row)));
}

/// Rows above the first entry: the name of the list, or the frame around it.
pub const HEAD: usize = 1;

/// Rows of entries in the list that stands beside the card.
pub fn rows(state: &State) -> usize {
    state.panes.contents.height.saturating_sub(HEAD)
}

/// The list of cards, with the parts of the present one, ready to choose from.
pub fn open(state: &State) -> List {
    let mut list = list(&state.library, Some(state.reading()));
    list.reveal(super::list::rows(state, &list));
    list
}

/// The places visited, as a tree.
pub fn trail(reading: &Reading) -> List {
    let tree = reading.trail.tree();
    let present = reading.trail.present();
    let selected = tree.iter().position(|(step, _)| *step == present).unwrap_or(0);
    let items = tree.into_iter().map(|(step, depth)| Item::Step(step, depth)).collect();
    List { kind: ListKind::Trail, items, selected, top: 0 }
}

/// Goes to what an entry leads to.
pub fn take(state: &mut State, item: &Item) {
    match item {
        Item::Part(_, _, row) => travel::within(state, *row),
        Item::Step(step, _) => travel::jump(state, *step),
        Item::Kept(entry) => match &entry.choice {
            Choice::Jump(name) => marks::jump(state, *name),
            Choice::Mark(name) => marks::set(state, *name),
            Choice::Progress(progress, days) => keep::set_progress(state, *progress, *days),
            Choice::Note(note) => notes::go(state, note),
            Choice::Highlight(on) => highlights::go(state, on),
        },
        Item::Briefing(..) | Item::Card(_) | Item::Near { .. } => {
            if let Some(page) = item.page().filter(|page| *page != state.reading().page) {
                travel::visit(state, page);
            }
        }
    }
}

/// Keeps the present card in sight in the list that stands beside it.
pub fn follow(state: &mut State) {
    let height = rows(state);
    if state.panes.contents.width == 0 || height == 0 {
        return;
    }
    let page = state.reading().page;
    let list = &mut state.contents;
    let is_it = |item: &Item| item.page() == Some(page);
    if !list.items.get(list.selected).is_some_and(is_it) {
        list.selected = list.items.iter().position(is_it).unwrap_or(list.selected);
        list.reveal(height);
    }
    list.top = list.top.min(list.items.len().saturating_sub(height));
}
