//! The list of what is wrong: each finding with the word for its severity, and below it where it is.

use super::canvas::Canvas;
use super::pop_up::framed;
use super::theme::{Element, Theme};
use crate::app::{ProblemRow, Problems, Rect, State, WORD, inside};
use crate::layout::Role;
use crate::text::{Printable, PrintableStr, shorten, width};

/// Draws the list.
pub fn problems(canvas: &mut Canvas, state: &State, theme: &Theme, rect: Rect, list: &Problems) {
    let found = state.checking.found(&state.library);
    let all = found.map_or(0, |found| found.len());
    let count = match all {
        0 => Printable::default(),
        all => Printable::line(&format!("{}/{all}", list.selected + 1)),
    };
    framed(canvas, state, theme, rect, (&Printable::line("Problems"), &count));
    let inner = inside(rect);
    let Some(found) = found.filter(|found| !found.is_empty()) else {
        let text = match found {
            Some(_) => "nothing is wrong with what was opened".to_owned(),
            None if state.library.is_partial() => state.about_the_rest().text.to_string(),
            None => format!("checking{}", state.settings.glyphs.ellipsis),
        };
        let text = shorten(&Printable::line(&text), inner.width, state.settings.glyphs.ellipsis);
        canvas.text((inner.x, inner.y), inner.width, &text, theme.role(Role::Meta));
        return;
    };
    for (y, row) in list.rows.iter().skip(list.top).take(inner.height).enumerate() {
        let rect_of_row = Rect { y: inner.y + y, height: 1, ..inner };
        let Some(finding) = found.get(row.finding()) else { continue };
        match row {
            ProblemRow::Message(_, bytes, first) => {
                let diagnostic = &finding.diagnostic;
                let style = theme.style(Element::Notice(diagnostic.severity));
                if *first {
                    let word = PrintableStr::literal(diagnostic.severity.word());
                    canvas.text((inner.x, rect_of_row.y), WORD.min(inner.width), word, style);
                }
                let words = diagnostic.message.as_printable().slice(bytes.clone());
                let room = inner.width.saturating_sub(WORD);
                let x = inner.x + WORD.min(inner.width);
                canvas.text((x, rect_of_row.y), room, words, theme.role(Role::Text));
            }
            ProblemRow::Place(_) => place(canvas, state, theme, rect_of_row, finding),
        }
        if row.finding() == list.selected {
            let style = theme.style(Element::Chosen);
            canvas.restyle((rect.x + 1, rect_of_row.y), rect.width.saturating_sub(2), style);
        }
    }
}

fn place(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    finding: &crate::check::Finding,
) {
    let (ellipsis, meta) = (state.settings.glyphs.ellipsis, theme.role(Role::Meta));
    let code = Printable::line(finding.diagnostic.code);
    let room = rect.width.saturating_sub(WORD);
    let fits = width(&code) + 20 < room;
    let taken = if fits { width(&code) + 2 } else { 0 };
    let place = shorten(&Problems::place(state, finding), room - taken, ellipsis);
    canvas.text((rect.x + WORD.min(rect.width), rect.y), room, &place, meta);
    if fits {
        let x = rect.x + rect.width - width(&code);
        canvas.text((x, rect.y), width(&code), &code, meta);
    }
}
