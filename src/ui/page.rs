//! The rows of a text: runs in their styles, the numbers of visible links, what is chosen and what
//! was found.

use super::canvas::Canvas;
use super::theme::{Element, Theme};
use crate::app::{Hints, Rect, Sheet, holds};
use crate::layout::{Glyphs, Role, Row, Run, Source};
use crate::model::Marks;
use crate::text::{Printable, width};
use ratatui::style::{Modifier, Style};

/// How a text is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Rows by which the text is drawn further up.
    pub lift: usize,
    /// Whether the visible links have numbers.
    pub numbered: bool,
    /// Whether the keys go to this text.
    pub focused: bool,
    /// Bytes of the text that are spoken of.
    pub marked: Option<(usize, usize)>,
}

/// Draws the visible rows of a text.
pub fn sheet(
    canvas: &mut Canvas,
    theme: &Theme,
    glyphs: &Glyphs,
    sheet: &Sheet,
    rect: Rect,
    look: Look,
) {
    let links = if look.numbered { sheet.visible_links() } else { Vec::new() };
    let rows = sheet.layout.rows().iter().skip(sheet.top + look.lift).take(rect.height);
    for (y, row) in rows.enumerate() {
        let number = |link: usize| {
            let at = links.iter().position(|visible| *visible == link)?;
            Some(glyphs.number(at))
        };
        Line { theme, sheet, look }.draw(canvas, row, rect, rect.y + y, number);
        if row.wide {
            ends(canvas, theme, glyphs, sheet, row, Rect { y: rect.y + y, ..rect });
        }
    }
}

struct Line<'a> {
    theme: &'a Theme,
    sheet: &'a Sheet,
    look: Look,
}

impl Line<'_> {
    fn draw(
        &self,
        canvas: &mut Canvas,
        row: &Row,
        rect: Rect,
        y: usize,
        number: impl Fn(usize) -> Option<&'static str>,
    ) {
        let skip = if row.wide { self.sheet.left } else { 0 };
        let (mut column, mut before) = (0, None);
        for run in &row.runs {
            let place = self.sheet.layout.words(run);
            let mark;
            let words = match (run.role, run.link) {
                (Role::LinkMark, Some(link)) => {
                    mark = link_number(number(link), &place);
                    mark.as_printable()
                }
                _ => place,
            };
            let hidden = skip.saturating_sub(column);
            let x = rect.x + column.saturating_sub(skip);
            // What stands right of the pane is not drawn, nor what follows it.
            let Some(room) = (rect.x + rect.width).checked_sub(x + 1) else { return };
            let mut style = self.run_style(run);
            if run.role == Role::LinkMark {
                style = style.patch(self.between(before).unwrap_or_default());
            }
            let found = |at| self.found_style(run, at).map_or(style, |found| style.patch(found));
            let Some(columns) = canvas.styled((x, y), (hidden, room + 1), words, found) else {
                return;
            };
            column += columns;
            if let Source::Text(bytes) = &run.source {
                before = Some(bytes.end);
            }
        }
    }

    /// The style of a sign within the text, if the text on both of its sides has it.
    fn between(&self, byte: Option<usize>) -> Option<Style> {
        let after = byte?;
        let style = self.style_at(after.checked_sub(1)?);
        style.filter(|_| self.style_at(after) == style)
    }

    fn run_style(&self, run: &Run) -> Style {
        let mut style = self.theme.role(run.role).patch(self.marks(run.marks));
        let chosen = run.link.is_some() && run.link == self.sheet.chosen;
        if chosen && self.look.focused && run.role != Role::LinkMark {
            style = style.patch(self.theme.style(Element::Chosen));
        }
        style
    }

    /// How the author set a text.
    fn marks(&self, marks: Marks) -> Style {
        let all = [
            (marks.emphasis, Modifier::ITALIC),
            (marks.strong, Modifier::BOLD),
            (marks.strike, Modifier::CROSSED_OUT),
            (marks.highlight, Modifier::UNDERLINED),
        ];
        let code = if marks.code { self.theme.role(Role::Code) } else { Style::new() };
        let set = all.iter().filter(|(set, _)| *set);
        set.fold(code, |style, (_, modifier)| style.add_modifier(*modifier))
    }

    /// The style of a byte of a run, if it belongs to what is spoken of, was found, or bears something
    /// that the reader put there.
    fn found_style(&self, run: &Run, at: usize) -> Option<Style> {
        let Source::Text(range) = &run.source else { return None };
        self.style_at(range.start + at)
    }

    /// The same, of a byte of the text.
    fn style_at(&self, at: usize) -> Option<Style> {
        if self.look.marked.is_some_and(|(start, end)| (start..end).contains(&at)) {
            return Some(self.theme.style(Element::Found));
        }
        if let Some(found) = self.found_at(at) {
            return Some(found);
        }
        let spots = &self.sheet.spots;
        let element = match (holds(&spots.highlighted, at), holds(&spots.noted, at)) {
            (true, _) => Element::Highlight,
            (false, true) => Element::Noted,
            (false, false) => return None,
        };
        Some(self.theme.style(element))
    }

    /// The style of a byte of the text, if it belongs to the words that were found.
    fn found_at(&self, at: usize) -> Option<Style> {
        let after = self.sheet.found.partition_point(|found| found.start <= at);
        let place = after.checked_sub(1)?;
        let found = self.sheet.found.get(place)?;
        let present = place == self.sheet.present;
        let element = if present { Element::FoundPresent } else { Element::Found };
        found.contains(&at).then(|| self.theme.style(element))
    }
}

/// The number of a link, or nothing, in the columns that were left for it.
pub fn link_number(number: Option<&str>, place: &str) -> Printable {
    let columns = width(place);
    Printable::inline(&format!("{:>columns$}", number.unwrap_or_default()))
}

/// Shows that a wide row goes on to the left or to the right.
fn ends(canvas: &mut Canvas, theme: &Theme, glyphs: &Glyphs, sheet: &Sheet, row: &Row, rect: Rect) {
    let style = theme.style(Element::Key);
    let [right, left] = glyphs.arrows;
    if sheet.layout.width(row) > sheet.left + rect.width && rect.width > 0 {
        canvas.line((rect.x + rect.width - 1, rect.y), 1, right, style);
    }
    if sheet.left > 0 && sheet.layout.width(row) > 0 {
        canvas.line((rect.x, rect.y), 1, left, style);
    }
}

/// Draws the letters over the links that can be seen.
pub fn letters(canvas: &mut Canvas, theme: &Theme, sheet: &Sheet, rect: Rect, hints: &Hints) {
    for (link, label) in hints.labels.iter().filter(|(_, l)| l.as_str().starts_with(&*hints.typed))
    {
        let Some(spot) = sheet.layout.links().get(*link) else { continue };
        // A link that begins above the page has its letters where it is first seen.
        let rows = spot.rows.start.max(sheet.top)..=spot.rows.end;
        for row in rows {
            let Some(y) = row.checked_sub(sheet.top).filter(|y| *y < rect.height) else { continue };
            let Some(column) = column_of(sheet, row, *link) else { continue };
            let typed = hints.typed.len();
            let label = Printable::line(label);
            // In the space before the link all of its words can be read.
            let (x, y) = (rect.x + column, rect.y + y);
            let before = x.checked_sub(width(&label));
            let free = before.filter(|x| canvas.is_empty((*x, y), width(&label)));
            let room = (rect.x + rect.width).saturating_sub(x);
            canvas.styled(
                (free.unwrap_or(x), y),
                (0, room.max(free.map_or(0, |_| width(&label)))),
                &label,
                |at| {
                    let done = at < typed;
                    theme.style(if done { Element::LetterTyped } else { Element::Letter })
                },
            );
            break;
        }
    }
}

/// The column at which a link begins in a row.
fn column_of(sheet: &Sheet, row: usize, link: usize) -> Option<usize> {
    let row = sheet.layout.rows().get(row)?;
    let mut column: usize = 0;
    for run in &row.runs {
        if run.link == Some(link) && run.role != Role::LinkMark {
            return column.checked_sub(if row.wide { sheet.left } else { 0 });
        }
        column += width(&sheet.layout.words(run));
    }
    None
}
