//! A question and its answer, and the grades below.

use super::bars;
use super::canvas::Canvas;
use super::page::{self, Look};
use super::theme::{Element, Theme};
use crate::app::{Grading, Rect, State, Studying, study_parts};
use crate::layout::Role;
use crate::text::{Printable, PrintableStr, width};
use ratatui::style::Style;

/// Columns between two grades, where there is room.
const BETWEEN: usize = 3;

/// Draws a session; gives the place of the cursor.
pub fn study(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    studying: &Studying,
) -> Option<(usize, usize)> {
    let parts = study_parts(state, studying.sheet.layout.rows().len());
    canvas.clear(parts.whole, Style::new());
    let look = Look { lift: 0, numbered: false, focused: true, marked: None };
    page::sheet(canvas, theme, state.settings.glyphs, &studying.sheet, parts.text, look);
    let bar = parts.bar;
    if bar.height == 0 || studying.is_over() {
        return None;
    }
    if let Some(input) = &studying.input {
        let mark = Printable::inline(&format!("{} ", state.settings.glyphs.within));
        let used = canvas.text((bar.x, bar.y), 2, &mark, theme.style(Element::Key));
        let room = bar.width.saturating_sub(used).max(1);
        return Some(bars::input(canvas, theme, (bar.x + used, bar.y), room, input));
    }
    let gradings = studying.gradings(state);
    if gradings.is_empty() {
        let words = match studying.choices() {
            0 => PrintableStr::literal("Space shows the answer"),
            _ => PrintableStr::literal("the number of a voice, or Space for the answer"),
        };
        canvas.text((bar.x, bar.y), bar.width, words, theme.role(Role::Meta));
    } else {
        grades(canvas, theme, bar, &gradings);
    }
    None
}

/// The grades in one row; where they do not fit, without the intervals.
fn grades(canvas: &mut Canvas, theme: &Theme, bar: Rect, gradings: &[Grading]) {
    let columns = |grading: &Grading, with: bool| {
        let interval = grading.interval.as_ref().filter(|_| with);
        width(&grading.key) + 1 + grading.word.len() + interval.map_or(0, |words| width(words) + 1)
    };
    let total = |with: bool| gradings.iter().map(|grading| columns(grading, with)).sum::<usize>();
    let between = |with: bool| {
        let gaps = gradings.len().saturating_sub(1).max(1);
        (bar.width.saturating_sub(total(with)) / gaps).min(BETWEEN)
    };
    let with = between(true) > 1;
    let mut x = bar.x;
    for grading in gradings {
        let end = x + columns(grading, with);
        let room = (bar.x + bar.width).saturating_sub(x);
        x += canvas.text((x, bar.y), room, &grading.key, theme.style(Element::Key)) + 1;
        let style = theme.role(Role::Text);
        let style =
            if grading.proposed { style.patch(theme.style(Element::Chosen)) } else { style };
        let room = (bar.x + bar.width).saturating_sub(x);
        x += canvas.text((x, bar.y), room, PrintableStr::literal(grading.word), style) + 1;
        if let Some(interval) = grading.interval.as_ref().filter(|_| with) {
            let room = (bar.x + bar.width).saturating_sub(x);
            canvas.text((x, bar.y), room, interval, theme.role(Role::Meta));
        }
        x = end + between(with).max(1);
    }
}
