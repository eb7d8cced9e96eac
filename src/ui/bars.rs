//! The header, the footer, and the lines between the parts of the screen.

use super::canvas::Canvas;
use super::theme::{Element, Theme};
use crate::app::{Rect, Screen, State, Studying, help_hint, hints, inside, progress_sign};
use crate::diagnostic::Severity;
use crate::layout::Role;
use crate::library::Page;
use crate::text::{Printable, PrintableStr, shorten, shorten_inside, width};
use ratatui::style::Style;

/// Columns between two hints.
const BETWEEN: usize = 2;
/// Columns that tell how much is read.
const PROGRESS: usize = 20;

/// The lines that part header, columns and footer.
pub fn lines(canvas: &mut Canvas, state: &State, theme: &Theme) {
    let (panes, glyphs) = (&state.panes, state.settings.glyphs);
    let style = theme.style(Element::Frame);
    let [rule, side, ..] = glyphs.frame;
    let [below, above] = glyphs.joints;
    let top = panes.header.y + panes.header.height;
    let bottom = panes.footer.y.saturating_sub(1);
    if panes.ruled {
        for y in [top, bottom] {
            canvas.line((0, y), state.size.0, rule, style);
        }
    }
    let columns = [panes.contents, panes.main, panes.beside];
    // Questions take the whole width.
    let parted = !state.screens.iter().any(|screen| matches!(screen, Screen::Study(_)));
    for pane in columns.into_iter().filter(|pane| parted && pane.width > 0) {
        let x = pane.x + pane.width;
        if x < state.size.0 {
            canvas.column((x, pane.y), pane.height, side, style);
            if panes.ruled {
                canvas.line((x, top), 1, below, style);
                canvas.line((x, bottom), 1, above, style);
            }
        }
    }
}

/// Where one is: the briefing, the card, how far it was read.
pub fn header(canvas: &mut Canvas, state: &State, theme: &Theme) {
    let rect = state.panes.header;
    if rect.height == 0 {
        return;
    }
    let studying = state.screens.iter().find_map(|screen| match screen {
        Screen::Study(studying) => Some(studying),
        _ => None,
    });
    if let Some(studying) = studying {
        study_header(canvas, state, theme, studying);
        return;
    }
    let (library, glyphs) = (&state.library, state.settings.glyphs);
    let reading = state.reading();
    let meta = theme.role(Role::Meta);
    let mut right = Vec::new();
    let (errors, warnings) = state.problems;
    let problems = [(errors, "error", Severity::Error), (warnings, "warning", Severity::Warning)];
    for (count, word, severity) in problems.into_iter().filter(|(count, ..)| *count > 0) {
        let plural = if count == 1 { "" } else { "s" };
        let words = Printable::line(&format!("{count} {word}{plural}"));
        right.push((words, theme.style(Element::Notice(severity))));
    }
    let briefing = library.briefing_of(reading.page);
    let cards = library.cards_of(briefing);
    let (notes, highlights) = state.keep.notes(library, reading.page);
    let kept = [(notes, "note"), (highlights, "highlight")];
    for (count, word) in kept.into_iter().filter(|(count, _)| *count > 0) {
        let plural = if count == 1 { "" } else { "s" };
        let words = Printable::line(&format!("{count} {word}{plural}"));
        right.push((words, theme.style(Element::Key)));
    }
    if let Some((sign, word)) = progress_sign(state, reading.page) {
        right.push((Printable::line(&format!("{sign} {word}")), meta));
    } else if let (Page::Overview(_), Some(read)) = (reading.page, state.keep.read(briefing)) {
        right.push((Printable::line(&format!("{read} of {} read", cards.len())), meta));
    }
    let place = match reading.page {
        Page::Card(card) => {
            Printable::line(&format!("{}/{}", card + 1 - cards.start.min(card), cards.len()))
        }
        Page::Overview(_) => Printable::line("overview"),
    };
    if !library.is_partial() {
        right.push((place, meta));
    }
    right.push((Printable::inline(&format!("{:>3}%", reading.sheet.percent())), meta));
    let taken: usize = right.iter().map(|(words, _)| width(words) + BETWEEN).sum();
    // On a very narrow screen the title matters more than the numbers.
    let fits = taken + 24 <= rect.width;
    let room = rect.width.saturating_sub(if fits { taken + 2 } else { 1 });
    let mut x = rect.x + 1;
    if let Page::Card(_) = reading.page {
        let of = library.title(Page::Overview(briefing));
        let title = library.title(reading.page);
        // The card keeps its whole title, if need be without the name of the briefing.
        let free = room.saturating_sub(width(&title) + 3);
        // The name of the file says more than that of the folder.
        let of = match library.within(reading.page) {
            Some(file) => {
                let both = Printable::line(&format!("{of} {} {file}", glyphs.within));
                if width(&both) <= free { both } else { file.clone() }
            }
            None => of,
        };
        let of = if free < 8 { Printable::default() } else { shorten(&of, free, glyphs.ellipsis) };
        if !of.is_empty() {
            x += canvas.text((x, rect.y), room, &of, meta);
            let within = Printable::inline(&format!(" {} ", glyphs.within));
            x += canvas.text((x, rect.y), room, &within, meta);
        }
    }
    let left = (rect.x + 1 + room).saturating_sub(x);
    let title = shorten(&library.title(reading.page), left, glyphs.ellipsis);
    canvas.text((x, rect.y), left, &title, theme.style(Element::BoxTitle));
    if fits {
        let mut x = rect.width - taken + 1;
        for (words, style) in &right {
            canvas.text((x, rect.y), width(words), words, *style);
            x += width(words) + BETWEEN;
        }
    }
}

/// What is asked, and how far one has come. The title of a card may be the answer: it is not here.
fn study_header(canvas: &mut Canvas, state: &State, theme: &Theme, studying: &Studying) {
    let (rect, glyphs) = (state.panes.header, state.settings.glyphs);
    let (what, count) = studying.header();
    let meta = theme.role(Role::Meta);
    let taken = width(&count) + BETWEEN + 1;
    let room = rect.width.saturating_sub(taken + 1);
    let mut x = rect.x + 1;
    x += canvas.text((x, rect.y), room, &what, theme.style(Element::BoxTitle));
    if let Some(item) = studying.item() {
        let within = Printable::inline(&format!(" {} ", glyphs.within));
        let left = (rect.x + 1 + room).saturating_sub(x);
        x += canvas.text((x, rect.y), left, &within, meta);
        let left = (rect.x + 1 + room).saturating_sub(x);
        let title = state.library.title(Page::Overview(item.briefing));
        canvas.text((x, rect.y), left, &shorten(&title, left, glyphs.ellipsis), meta);
    }
    canvas.text((rect.width.saturating_sub(taken - 1), rect.y), taken, &count, meta);
}

/// What the keys do, or a line for the reader, or what is being typed; gives the place of the
/// cursor.
pub fn footer(canvas: &mut Canvas, state: &State, theme: &Theme) -> Option<(usize, usize)> {
    let rect = state.panes.footer;
    if rect.height == 0 {
        return None;
    }
    let mut room = Rect { x: rect.x + 1, width: rect.width.saturating_sub(2), ..rect };
    let whole = room.width;
    if let Some(help) = help_hint(state) {
        let columns = width(&help.keys) + 1 + help.words.len();
        if columns + 20 < room.width {
            room.width -= columns + BETWEEN;
            hint(canvas, theme, (room.x + room.width + BETWEEN, rect.y), &help.keys, help.words);
        }
    }
    if let Some((done, of)) = state.progress {
        let columns = PROGRESS.min(room.width / 3);
        room.width -= columns + BETWEEN;
        progress(
            canvas,
            state,
            theme,
            (room.x + room.width + BETWEEN, rect.y),
            columns,
            (done, of),
        );
    }
    if let Some(Screen::Find(prompt)) = state.screens.last() {
        return Some(find(canvas, state, theme, room, prompt));
    }
    if let Some(Screen::Line(line)) = state.screens.last()
        && state.notice.is_none()
    {
        let label = Printable::inline(&format!("{} ", line.label()));
        let label = shorten(&label, room.width.saturating_sub(20), state.settings.glyphs.ellipsis);
        let used = canvas.text((room.x, room.y), room.width, &label, theme.style(Element::Key));
        let field = room.width.saturating_sub(used).max(8);
        return Some(input(canvas, theme, (room.x + used, room.y), field, &line.input));
    }
    if let Some(notice) = &state.notice {
        let style = theme.style(Element::Notice(notice.severity));
        let text = match notice.severity {
            Severity::Error => Printable::line(&format!("error: {}", notice.text)),
            Severity::Warning | Severity::Info => notice.text.clone(),
        };
        // A long line takes the whole footer.
        if width(&text) > room.width {
            room.width = whole;
            canvas.clear(rect, Style::new());
        }
        // What it comes to stands at its end.
        let text = shorten_inside(&text, room.width, state.settings.glyphs.ellipsis);
        canvas.text((room.x, room.y), room.width, &text, style);
        return None;
    }
    let mut x = room.x;
    if !state.chord.is_empty() {
        let keys: Vec<_> = state.chord.iter().map(ToString::to_string).collect();
        let keys = Printable::line(&keys.join(" "));
        x += canvas.text((x, room.y), room.width, &keys, theme.style(Element::BoxTitle)) + BETWEEN;
    }
    for each in hints(state) {
        let columns = width(&each.keys) + 1 + each.words.len();
        if x + columns > room.x + room.width {
            break;
        }
        hint(canvas, theme, (x, room.y), &each.keys, each.words);
        x += columns + BETWEEN;
    }
    None
}

/// How much of what was opened is read: a bar, and the share in words.
fn progress(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    (x, y): (usize, usize),
    columns: usize,
    (done, of): (usize, usize),
) {
    let share = Printable::inline(&format!(" {:>3}%", done * 100 / of.max(1)));
    let bar = columns.saturating_sub(width(&share));
    let full = bar * done.min(of) / of.max(1);
    let [full_sign, empty_sign] = state.settings.glyphs.progress;
    let (full, empty) = (full_sign.repeat(full), empty_sign.repeat(bar - full));
    let used = canvas.text((x, y), bar, &Printable::inline(&full), theme.style(Element::Key));
    let rest = Printable::inline(&format!("{empty}{share}"));
    canvas.text((x + used, y), columns - used, &rest, theme.role(Role::Meta));
}

fn hint(
    canvas: &mut Canvas,
    theme: &Theme,
    (x, y): (usize, usize),
    keys: &Printable,
    words: &'static str,
) {
    let used = canvas.text((x, y), width(keys), keys, theme.style(Element::Key));
    let words = PrintableStr::literal(words);
    canvas.text((x + used + 1, y), width(&words), words, theme.style(Element::Hint));
}

/// The words to find while they are typed, and how often they are there.
fn find(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    room: Rect,
    prompt: &crate::app::Prompt,
) -> (usize, usize) {
    let sheet = &state.reading().sheet;
    let words = prompt.input.value();
    let count = match (words.trim().is_empty(), sheet.found.len()) {
        (true, _) => Printable::line("words to find in this card"),
        (false, 0) => Printable::line("not in this card"),
        (false, all) => Printable::line(&format!("{} of {all}", sheet.present + 1)),
    };
    canvas.text((room.x, room.y), 1, PrintableStr::literal("/"), theme.style(Element::Key));
    let field = room.width.saturating_sub(width(&count) + BETWEEN + 1).max(8);
    let cursor = input(canvas, theme, (room.x + 1, room.y), field, &prompt.input);
    let from = room.x + room.width.saturating_sub(width(&count));
    canvas.text((from, room.y), width(&count), &count, theme.role(Role::Meta));
    cursor
}

/// The line that is typed at the top of a box, and a rule below it; gives the place of the cursor.
pub fn prompt(
    canvas: &mut Canvas,
    state: &State,
    theme: &Theme,
    rect: Rect,
    typed: &tui_input::Input,
) -> (usize, usize) {
    let (inner, glyphs) = (inside(rect), state.settings.glyphs);
    let mark = Printable::inline(&format!("{} ", glyphs.within));
    canvas.text((inner.x, inner.y), 2, &mark, theme.style(Element::Key));
    let field = inner.width.saturating_sub(2);
    let cursor = input(canvas, theme, (inner.x + 2, inner.y), field, typed);
    let frame = theme.style(Element::Frame);
    canvas.line((rect.x + 1, inner.y + 1), rect.width - 2, glyphs.frame[0], frame);
    cursor
}

/// A line that is typed, moved so that the cursor can be seen; gives the place of the cursor.
pub fn input(
    canvas: &mut Canvas,
    theme: &Theme,
    (x, y): (usize, usize),
    columns: usize,
    input: &tui_input::Input,
) -> (usize, usize) {
    let skip = input.visual_scroll(columns.saturating_sub(1));
    let words = Printable::line(input.value());
    canvas.styled((x, y), (skip, columns), &words, |_| theme.role(Role::Text));
    let column = input.visual_cursor().saturating_sub(skip);
    (x + column.min(columns.saturating_sub(1)), y)
}
