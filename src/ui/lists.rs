//! Entries of one row each: the list of cards, the trail.

use super::canvas::Canvas;
use super::theme::{Element, Theme};
use crate::app::{Item, List, Rect, State, progress_sign};
use crate::layout::Role;
use crate::library::Page;
use crate::text::{Printable, shorten, width};

/// Cards that stand deeper are not moved further in.
const DEEPEST: usize = 6;

/// The list of cards in the pane beside the card.
pub fn contents(canvas: &mut Canvas, state: &State, theme: &Theme, list: &List, focused: bool) {
    let rect = state.panes.contents;
    let name = Printable::line("Contents");
    let style = theme.role(Role::Label);
    canvas.text((rect.x + 1, rect.y), rect.width, &name, style);
    let briefing = state.library.briefing_of(state.reading().page);
    let cards = state.library.cards_of(briefing).len();
    let count = match state.keep.read(briefing) {
        Some(read) if read > 0 => Printable::line(&format!("{read} of {cards} read")),
        _ => Printable::line(&format!("{} cards", state.library.card_count())),
    };
    let x = rect.x + rect.width.saturating_sub(width(&count) + 1);
    canvas.text((x, rect.y), width(&count), &count, theme.role(Role::Meta));
    let rows = Rect { y: rect.y + 1, height: rect.height.saturating_sub(1), ..rect };
    entries(canvas, state, theme, list, rows, focused);
}

/// The entries of a list.
pub fn entries(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    list: &List,
    rect: Rect,
    focused: bool,
) {
    let items = list.items.iter().enumerate().skip(list.top).take(rect.height);
    for (row, (at, item)) in items.enumerate() {
        let y = rect.y + row;
        entry(canvas, state, theme, item, Rect { y, height: 1, ..rect });
        if at == list.selected && focused {
            canvas.restyle((rect.x, y), rect.width, theme.style(Element::Chosen));
        }
    }
}

fn entry(canvas: &mut Canvas, state: &State, theme: &Theme, item: &Item, rect: Rect) {
    let (library, glyphs) = (&state.library, state.settings.glyphs);
    let reading = state.reading();
    let present = match item {
        Item::Step(step, _) => *step == reading.trail.present(),
        item => item.page() == Some(reading.page),
    };
    let (indent, title, note, role) = match item {
        Item::Briefing(briefing, _) => {
            (0, library.title(Page::Overview(*briefing)), "", Role::Heading)
        }
        Item::Card(card) => {
            let depth = library.card(*card).map_or(0, |card| usize::from(card.depth).min(DEEPEST));
            let kind = library.kind_word(*card);
            (1 + 2 * depth, library.title(Page::Card(*card)), kind, Role::Text)
        }
        Item::Part(title, level, _) => (2 + usize::from(*level), title.clone(), "", Role::Meta),
        Item::Near { card, depth, along } => {
            let arrow = glyphs.arrows[usize::from(!along)];
            let title = format!("{arrow} {}", library.title(Page::Card(*card)));
            (4 * depth, Printable::line(&title), library.kind_word(*card), Role::Text)
        }
        Item::Step(step, depth) => {
            let step = reading.trail.steps().get(*step);
            let page = step.and_then(|step| library.page(&step.place.page));
            let title = page.map(|page| library.title(page)).unwrap_or_default();
            let peeked = step.is_some_and(|step| step.peeked);
            (2 * depth, title, if peeked { "peeked" } else { "" }, Role::Text)
        }
        Item::Kept(entry) => (0, entry.words.clone(), "", Role::Text),
    };
    let item_note;
    let note = match item {
        Item::Kept(entry) => {
            item_note = &entry.note;
            item_note
        }
        _ => note,
    };
    let style = if present { theme.style(Element::BoxTitle) } else { theme.role(role) };
    if present {
        let pointer = Printable::inline(glyphs.pointer);
        canvas.text((rect.x + indent.min(rect.width), rect.y), 1, &pointer, style);
    }
    let sign = match item {
        Item::Kept(entry) => {
            let letter =
                entry.letter.map(|letter| Printable::inline(letter.encode_utf8(&mut [0; 4])));
            letter.map(|letter| (letter, theme.style(Element::Key)))
        }
        Item::Card(card) if !present => {
            let sign = progress_sign(state, Page::Card(*card));
            sign.map(|(sign, _)| (Printable::inline(sign), theme.role(Role::Meta)))
        }
        _ => None,
    };
    if let Some((sign, style)) = sign {
        canvas.text((rect.x + indent.min(rect.width), rect.y), 1, &sign, style);
    }
    let noted = match item {
        Item::Card(card) => state.keep.notes(library, Page::Card(*card)) != (0, 0),
        _ => false,
    };
    // Two columns for the pointer, and one free at the end.
    let x = rect.x + indent + 2;
    let room = rect.width.saturating_sub(indent + 3 + 2 * usize::from(noted));
    if noted && room > 8 {
        let x = rect.x + rect.width - 2;
        canvas.text((x, rect.y), 1, &Printable::inline(glyphs.noted), theme.style(Element::Key));
    }
    let note_room = if room > 36 { width(note) + 2 } else { 0 };
    let title = shorten(&title, room.saturating_sub(note_room), glyphs.ellipsis);
    canvas.text((x, rect.y), room, &title, style);
    if note_room > 2 {
        let note = Printable::line(note);
        let x = rect.x + rect.width - width(&note) - 1 - 2 * usize::from(noted);
        canvas.text((x, rect.y), width(&note), &note, theme.role(Role::Meta));
    }
}
