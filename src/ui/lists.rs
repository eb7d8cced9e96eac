//! Entries of one row each: the list of cards, the trail.

use super::canvas::Canvas;
use super::theme::{Element, Theme};
use crate::app::{Item, List, Rect, State, progress_sign};
use crate::layout::Role;
use crate::library::Page;
use crate::text::{Printable, clusters, shorten, width};

/// Cards that stand deeper are not moved further in.
const DEEPEST: usize = 6;
/// Columns that the title of a file must have before that of one of its cards.
const FILE: usize = 4;

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

/// A text without its start, if it is too long.
fn shorten_start(text: &Printable, columns: usize, mark: &str) -> Printable {
    let (mut left, mut rest) = (width(text), text.as_str());
    if left <= columns {
        return text.clone();
    }
    for cluster in clusters(text) {
        if left + width(mark) <= columns {
            break;
        }
        left -= width(cluster);
        rest = rest.get(cluster.len()..).unwrap_or_default();
    }
    Printable::line(&format!("{mark}{rest}"))
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
            // Of equal titles their folders tell which is which.
            let note = if kind.is_empty() { library.apart(Page::Card(*card)) } else { None };
            (1 + 2 * depth, library.title(Page::Card(*card)), note.unwrap_or(kind), Role::Text)
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
    let mut note = Printable::line(note);
    let is_imported = |card: &usize| library.kind_word(*card).is_empty();
    let is_apart = matches!(item, Item::Card(card) if is_imported(card)) && !note.is_empty();
    let is_apart = is_apart && room >= 3 * FILE;
    if is_apart {
        // The end of a path tells more than its start.
        let free = room.saturating_sub(width(&title) + 2).max(room / 3);
        note = shorten_start(&note, free, glyphs.ellipsis);
    }
    let note_room = if room > 36 || is_apart { width(&note) + 2 } else { 0 };
    let mut left = room.saturating_sub(note_room);
    let mut x = x;
    if let Item::Card(card) = item
        && let Some(file) = library.directly_within(Page::Card(*card))
    {
        let within = Printable::inline(&format!(" {} ", glyphs.within));
        let free = left.saturating_sub(width(&title) + width(&within));
        if free >= FILE {
            let file = shorten(file, free, glyphs.ellipsis);
            let before = x;
            x += canvas.text((x, rect.y), left, &file, theme.role(Role::Meta));
            x += canvas.text((x, rect.y), left, &within, theme.role(Role::Meta));
            left = left.saturating_sub(x - before);
        }
    }
    let title = shorten(&title, left, glyphs.ellipsis);
    canvas.text((x, rect.y), left, &title, style);
    if note_room > 2 {
        let x = rect.x + rect.width - width(&note) - 1 - 2 * usize::from(noted);
        canvas.text((x, rect.y), width(&note), &note, theme.role(Role::Meta));
    }
}
