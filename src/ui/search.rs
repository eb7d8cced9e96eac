//! The box of a search: what is typed, and below it what was found, what is wrong, or how to ask.

use super::bars;
use super::canvas::Canvas;
use super::pop_up::framed;
use super::theme::{Element, Theme};
use crate::app::{Action, Found, Rect, Row, Search, State, inside};
use crate::diagnostic::Severity;
use crate::layout::Role;
use crate::search::{Hit, LANGUAGE};
use crate::text::{Printable, PrintableStr, shorten, width, wrap};
use ratatui::style::Style;
use std::ops::Range;

/// Columns by which snippets stand further in.
const INDENT: usize = 2;
/// Columns between an example of the language and what it finds.
const BETWEEN: usize = 2;

/// Draws the search; gives the place of the cursor.
pub fn search(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    search: &Search,
) -> Option<(usize, usize)> {
    let hits = search.hits();
    let count = match hits.len() {
        0 => Printable::default(),
        all => Printable::line(&format!("{}/{all}", search.selected + 1)),
    };
    framed(canvas, state, theme, rect, (&Printable::line("Search all cards"), &count));
    let inner = inside(rect);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let cursor = bars::prompt(canvas, state, theme, rect, &search.input);
    if let Some(wrong) = search.wrong() {
        underline(canvas, theme, inner, search, wrong);
    }
    let list = Search::list(rect);
    let mut lines = Lines { canvas, state, theme, rect: list, y: list.y };
    match &search.found {
        Found::Pages(results) => rows(&mut lines, rect, search, &results.hits),
        Found::Blank => language(&mut lines),
        Found::Waiting if state.searching.index(&state.library).is_none() => {
            lines.say("all cards are being read", theme.role(Role::Meta));
        }
        Found::Waiting => {}
        Found::Wrong(error) => {
            lines.say(&error.message, theme.style(Element::Notice(Severity::Warning)));
            lines.say(&error.help, theme.role(Role::Meta));
        }
        Found::Nothing(suggestion) => {
            lines.say("nothing found", theme.role(Role::Text));
            if let Some(suggestion) = suggestion {
                let keys = state.keymap.keys(state.context(), Action::Accept);
                let key = keys.first().map(|key| format!(" {key} looks for it"));
                let text = format!("did you mean `{suggestion}`?{}", key.unwrap_or_default());
                lines.say(&text, theme.role(Role::Meta));
            }
        }
    }
    Some(cursor)
}

/// Marks the part of the query that is wrong.
fn underline(canvas: &mut Canvas, theme: &Theme, inner: Rect, search: &Search, at: Range<usize>) {
    let field = inner.width.saturating_sub(2);
    let text = search.input.value();
    let columns =
        |range: Range<usize>| width(&Printable::inline(text.get(range).unwrap_or_default()));
    let skip = search.input.visual_scroll(field.saturating_sub(1));
    let (start, end) = (columns(0..at.start), columns(0..at.end.min(text.len())));
    let (start, end) = (start.saturating_sub(skip), end.saturating_sub(skip).min(field));
    let style = theme.style(Element::Notice(Severity::Warning));
    canvas.restyle((inner.x + 2 + start, inner.y), end.saturating_sub(start), style);
}

/// Rows that are drawn one below the other.
struct Lines<'l, 'b> {
    canvas: &'l mut Canvas<'b>,
    state: &'l State,
    theme: &'l Theme,
    rect: Rect,
    y: usize,
}

impl Lines<'_, '_> {
    fn room(&self) -> bool {
        self.y < self.rect.y + self.rect.height
    }

    /// A text, in as many rows as it needs.
    fn say(&mut self, text: &str, style: Style) {
        let text = Printable::line(text);
        for line in wrap(&text, self.rect.width, self.rect.width) {
            if self.room() {
                let words = text.as_printable().slice(line);
                self.canvas.text((self.rect.x, self.y), self.rect.width, words, style);
                self.y += 1;
            }
        }
    }
}

/// The language, in examples.
fn language(lines: &mut Lines) {
    let (theme, rect) = (lines.theme, lines.rect);
    lines.say(
        "Words find the cards that have all of them. More can be asked:",
        theme.role(Role::Meta),
    );
    if rect.height > LANGUAGE.len() + 2 {
        lines.y += 1;
    }
    let written = LANGUAGE.iter().map(|(written, _)| width(written)).max().unwrap_or(0);
    let column = (written + BETWEEN).min(rect.width / 2);
    for (written, finds) in LANGUAGE.iter().skip(1) {
        if !lines.room() {
            break;
        }
        let ellipsis = lines.state.settings.glyphs.ellipsis;
        let (written, finds) = (Printable::line(written), Printable::line(finds));
        let written = shorten(&written, column.saturating_sub(1), ellipsis);
        let finds = shorten(&finds, rect.width - column, ellipsis);
        lines.canvas.text((rect.x, lines.y), column, &written, theme.style(Element::Key));
        let (x, room) = (rect.x + column, rect.width - column);
        lines.canvas.text((x, lines.y), room, &finds, theme.role(Role::Meta));
        lines.y += 1;
    }
}

fn rows(lines: &mut Lines, frame: Rect, search: &Search, hits: &[Hit]) {
    let theme = lines.theme;
    for row in search.rows.iter().skip(search.top) {
        if !lines.room() {
            break;
        }
        let rect = Rect { y: lines.y, height: 1, ..lines.rect };
        match row {
            Row::Blank => {}
            Row::Briefing(name) => {
                let name = shorten(name, rect.width, lines.state.settings.glyphs.ellipsis);
                lines.canvas.text((rect.x, rect.y), rect.width, &name, theme.role(Role::Label));
            }
            Row::Title(at) => {
                if let Some(hit) = hits.get(*at) {
                    title(lines, rect, hit);
                }
                if *at == search.selected {
                    let (x, columns) = (frame.x + 1, frame.width - 2);
                    lines.canvas.restyle((x, rect.y), columns, theme.style(Element::Chosen));
                }
            }
            Row::Snippet(at, bytes, goes_on) => {
                if let Some(hit) = hits.get(*at) {
                    snippet(lines, rect, hit, bytes, *goes_on);
                }
            }
        }
        lines.y += 1;
    }
}

fn title(lines: &mut Lines, rect: Rect, hit: &Hit) {
    let (theme, ellipsis) = (lines.theme, lines.state.settings.glyphs.ellipsis);
    let note = shorten(&hit.part(&lines.state.library), rect.width / 3, ellipsis);
    let room = rect.width.saturating_sub(width(&note) + BETWEEN);
    let words = shorten(&hit.title, room, ellipsis);
    let style = theme.style(Element::BoxTitle);
    let marked = style.patch(theme.style(Element::Matched));
    lines.canvas.styled((rect.x, rect.y), (0, room), &words, |at| {
        if covers(&hit.title_matches, at) { marked } else { style }
    });
    let x = rect.x + rect.width - width(&note);
    lines.canvas.text((x, rect.y), width(&note), &note, theme.role(Role::Meta));
}

fn snippet(lines: &mut Lines, rect: Rect, hit: &Hit, bytes: &Range<usize>, goes_on: bool) {
    let theme = lines.theme;
    let words = hit.snippet.as_printable().slice(bytes.clone());
    let style = theme.role(Role::Text);
    let marked = style.patch(theme.style(Element::Matched));
    let (x, room) = (rect.x + INDENT, rect.width.saturating_sub(INDENT));
    lines.canvas.styled((x, rect.y), (0, room), words, |at| {
        if covers(&hit.matches, bytes.start + at) { marked } else { style }
    });
    if goes_on {
        let sign = PrintableStr::literal(lines.state.settings.glyphs.ellipsis);
        let x = x + width(&words) + 1;
        let room = (rect.x + rect.width).saturating_sub(x);
        lines.canvas.text((x, rect.y), room, sign, style);
    }
}

fn covers(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|range| range.contains(&at))
}
