//! The map of the neighbourhood of a card.

use super::canvas::Canvas;
use super::pop_up::framed;
use super::theme::{Element, Theme};
use crate::app::{Map, Rect, State, inside};
use crate::layout::{Role, Status};
use crate::text::{Printable, PrintableStr, width};

/// Draws the map.
pub fn map(canvas: &mut Canvas, state: &State, theme: &Theme, rect: Rect, map: &Map) {
    let title = Printable::line(&format!("Map of {}", map.title(&state.library)));
    framed(canvas, state, theme, rect, (&title, &Printable::default()));
    let (room, glyphs) = (inside(rect), state.settings.glyphs);
    let fits = |(x, y): (usize, usize)| x < room.width && y < room.height;
    let line = theme.style(Element::Frame);
    for (cell, arms) in map.wires.iter().filter(|(cell, _)| fits(**cell)) {
        let sign = glyphs.wires.get(usize::from(*arms)).copied().unwrap_or(" ");
        canvas.line((room.x + cell.0, room.y + cell.1), 1, sign, line);
    }
    for cell in map.heads.iter().filter(|cell| fits(**cell)) {
        canvas.line((room.x + cell.0, room.y + cell.1), 1, glyphs.pointer, line);
    }
    if let Some(middle) = map.middle {
        let place = Rect { x: room.x + middle.x, y: room.y + middle.y, ..middle };
        framed(canvas, state, theme, place, (&Printable::default(), &Printable::default()));
        // The frame has a gap for a title that it does not have.
        canvas.line((place.x + 1, place.y), place.width.saturating_sub(2), glyphs.rule, line);
    }
    for (at, node) in map.nodes.iter().enumerate().filter(|(_, node)| fits(node.at)) {
        let style = match (node.step, node.card) {
            (0, _) => theme.style(Element::BoxTitle),
            (_, None) => theme.role(Role::Meta),
            (-1 | 1, _) => theme.role(Role::Link(Status::Card)),
            _ => theme.role(Role::Text),
        };
        let (x, y) = (room.x + node.at.0, room.y + node.at.1);
        let words: PrintableStr = (&node.words).into();
        canvas.text((x, y), room.width - node.at.0, words, style);
        if at == map.selected {
            canvas.restyle((x, y), width(&node.words), theme.style(Element::Chosen));
        }
    }
}
