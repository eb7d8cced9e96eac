//! What stands beside the card.

use super::canvas::Canvas;
use super::page::link_number;
use super::theme::Theme;
use crate::app::{Aim, Rect, State};
use crate::layout::Role;

/// Draws the rail. The links of the card carry the numbers they have in the text.
pub fn rail(canvas: &mut Canvas, state: &State, theme: &Theme) {
    let (rail, rect) = (&state.rail, state.panes.rail);
    let rect = Rect { x: rect.x + 1, width: rect.width.saturating_sub(2), ..rect };
    let visible = state.reading().sheet.visible_links();
    let number = |link: usize| {
        let Some(Aim::Link(link)) = rail.aims.get(link) else { return None };
        let at = visible.iter().position(|visible| *visible == *link);
        at.map(|at| state.settings.glyphs.number(at))
    };
    let rows = rail.layout.rows().iter().skip(rail.top).take(rect.height);
    for (y, row) in rows.enumerate() {
        let mut column = 0;
        for run in &row.runs {
            let place = rail.layout.words(run);
            let mark;
            let words = match (run.role, run.link) {
                (Role::LinkMark, Some(link)) => {
                    mark = link_number(number(link), &place);
                    mark.as_printable()
                }
                _ => place,
            };
            let room = rect.width.saturating_sub(column);
            let style = theme.role(run.role);
            let place = (rect.x + column, rect.y + y);
            let Some(columns) = canvas.styled(place, (0, room), words, |_| style) else { break };
            column += columns;
        }
    }
}
