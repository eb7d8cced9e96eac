//! Selecting words of a card by keys or by the mouse: two ends, one of which the keys move. What is
//! selected is highlighted, noted on or copied.

mod rows;
mod units;

use super::act::Outcome;
use super::action::Action;
use super::{Mouse, Notice, Reading, Screen, State, copy, highlights, notes, who};
use crate::layout::Layout;
use crate::store::Anchor;
use crate::text::sentence_at;
use std::ops::Range;
use units::{Unit, ending_after, ending_before, starting_after, starting_before};

/// The end of a selection that the keys move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// Selected words.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Their bytes in the text of the page; never none.
    pub words: Range<usize>,
    end: End,
    /// The column that is kept while the end goes from row to row.
    column: Option<usize>,
    /// Where the mouse was pressed, while it is held.
    held: Option<Range<usize>>,
}

/// Selects the words that the reader looks at.
pub fn open(state: &mut State) -> Option<Screen> {
    let reading = state.reading();
    let layout = &reading.sheet.layout;
    let words = who::present_words(state).filter(|words| !words.is_empty()).or_else(|| {
        let rows = reading.sheet.visible();
        let mut seen =
            rows.filter(|row| layout.rows().get(*row).is_some_and(|r| !r.text.is_empty()));
        Some(sentence_at(layout.text(), layout.offset_of(seen.next()?)))
    });
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        state.say(Notice::info("there are no words here to select"));
        return None;
    };
    let selection = Selection { words, end: End::Last, column: None, held: None };
    selection.reveal(state.reading_mut());
    Some(Screen::Select(Box::new(selection)))
}

impl Selection {
    /// The row and the column, on the page, of the end that the keys move.
    pub fn cursor(&self, layout: &Layout) -> Option<(usize, usize)> {
        let byte = self.edge(layout.text());
        let row = layout.row_of(byte);
        Some((row, rows::column_of(layout, row, byte)?))
    }

    /// The place of the selected words, by which they are found again.
    pub fn anchor(&self, reading: &Reading) -> Option<Anchor> {
        Anchor::new(reading.sheet.layout.text(), self.words.clone())
    }

    /// Whether the text still has these bytes.
    pub fn fits(&self, layout: &Layout) -> bool {
        layout.text().get(self.words.clone()).is_some_and(|words| !words.trim().is_empty())
    }

    /// The first byte of the letter at the end that the keys move.
    fn edge(&self, text: &str) -> usize {
        match self.end {
            End::First => self.words.start,
            End::Last => {
                let letter = starting_before(text, self.words.end, Unit::Letter);
                letter.map_or(self.words.start, |letter| letter.start).max(self.words.start)
            }
        }
    }

    fn reveal(&self, reading: &mut Reading) {
        let row = reading.sheet.layout.row_of(self.edge(reading.sheet.layout.text()));
        reading.sheet.reveal(row..row);
    }

    /// Moves the end by a unit. Where nothing would be left the other end goes on.
    fn step(&mut self, text: &str, unit: Unit, forward: bool) {
        let Range { start, end } = self.words;
        match (self.end, forward) {
            (End::Last, true) => {
                self.words.end = ending_after(text, end, unit).map_or(end, |unit| unit.end);
            }
            (End::First, false) => {
                self.words.start = starting_before(text, start, unit).map_or(start, |u| u.start);
            }
            (End::First, true) => {
                match starting_after(text, start, unit).filter(|unit| unit.start < end) {
                    Some(unit) => self.words.start = unit.start,
                    None => {
                        self.end = End::Last;
                        self.step(text, unit, forward);
                    }
                }
            }
            (End::Last, false) => {
                match ending_before(text, end, unit).filter(|unit| unit.end > start) {
                    Some(unit) => self.words.end = unit.end,
                    None => {
                        self.end = End::First;
                        self.step(text, unit, forward);
                    }
                }
            }
        }
    }

    /// Moves the end by rows, as far as there are any.
    fn step_rows(&mut self, layout: &Layout, count: usize, down: bool) {
        for _ in 0..count {
            self.step_row(layout, down);
        }
    }

    fn step_row(&mut self, layout: &Layout, down: bool) {
        let edge = self.edge(layout.text());
        let row = layout.row_of(edge);
        let column = self.column.or_else(|| rows::column_of(layout, row, edge)).unwrap_or(0);
        self.column = Some(column);
        let next = rows::row_with_text(layout, row, down);
        let word = |row| Some(whole_word(layout, row, rows::letter_at(layout, row, column)?));
        let Some(letter) = next.and_then(word) else {
            // The last row is taken to its end, the first one from its start.
            return self.step(layout.text(), Unit::Paragraph, down);
        };
        match self.end {
            End::Last if letter.end > self.words.start => self.words.end = letter.end,
            End::First if letter.start < self.words.end => self.words.start = letter.start,
            End::Last => {
                self.end = End::First;
                self.column = None;
                self.step_row(layout, down);
            }
            End::First => {
                self.end = End::Last;
                self.column = None;
                self.step_row(layout, down);
            }
        }
    }

    /// Selects the next sentence instead, or the previous one.
    fn move_on(&mut self, text: &str, forward: bool) {
        let Range { start, end } = self.words;
        let next = if forward {
            starting_after(text, end.saturating_sub(1).max(start), Unit::Sentence)
        } else {
            starting_before(text, start, Unit::Sentence)
        };
        self.words = next.unwrap_or(start..end);
        self.end = End::Last;
    }

    fn widen_to_edge(&mut self, text: &str, forward: bool) {
        let start = text.len() - text.trim_start().len();
        let end = text.trim_end().len();
        if forward {
            (self.words.end, self.end) = (end.max(self.words.end), End::Last);
        } else {
            (self.words.start, self.end) = (start.min(self.words.start), End::First);
        }
    }
}

/// The part of a word that stands in a row and holds a letter; the letter itself between words.
fn whole_word(layout: &Layout, row: usize, letter: Range<usize>) -> Range<usize> {
    let text = layout.text();
    let around = ending_after(text, letter.start, Unit::Word);
    let Some(word) = around.filter(|word| word.start <= letter.start) else { return letter };
    // What goes on in the next row belongs to that: else the end would never leave it.
    let here = layout.rows().get(row).map_or(0..0, |row| row.text.clone());
    word.start.max(here.start).min(letter.start)..word.end.min(here.end).max(letter.end)
}

/// Acts on what is selected.
pub fn act(state: &mut State, mut selection: Box<Selection>, action: Action) -> Outcome {
    let sheet = &state.reading().sheet;
    let (layout, page) = (&sheet.layout, sheet.height.saturating_sub(2).max(1));
    let text = layout.text();
    let by_rows = match action {
        Action::LineDown | Action::LineUp => Some(1),
        Action::HalfPageDown | Action::HalfPageUp => Some((page / 2).max(1)),
        Action::PageDown | Action::PageUp => Some(page),
        _ => None,
    };
    if let Some(count) = by_rows {
        let down = matches!(action, Action::LineDown | Action::HalfPageDown | Action::PageDown);
        selection.step_rows(layout, count, down);
    } else {
        selection.column = None;
        match action {
            Action::Right => selection.step(text, Unit::Letter, true),
            Action::Left => selection.step(text, Unit::Letter, false),
            Action::NextWord => selection.step(text, Unit::Word, true),
            Action::PreviousWord => selection.step(text, Unit::Word, false),
            Action::NextSentence => selection.step(text, Unit::Sentence, true),
            Action::PreviousSentence => selection.step(text, Unit::Sentence, false),
            Action::NextParagraph => selection.step(text, Unit::Paragraph, true),
            Action::PreviousParagraph => selection.step(text, Unit::Paragraph, false),
            Action::NextLink => selection.move_on(text, true),
            Action::PreviousLink => selection.move_on(text, false),
            Action::Top => selection.widen_to_edge(text, false),
            Action::Bottom => selection.widen_to_edge(text, true),
            Action::OtherEnd => {
                let other = if selection.end == End::First { End::Last } else { End::First };
                selection.end = other;
            }
            Action::Highlight => {
                highlights::toggle(state, &selection);
                return Outcome::Closed;
            }
            Action::Remove => {
                highlights::remove_within(state, &selection.words);
                return Outcome::Closed;
            }
            Action::Note => {
                let anchor = selection.anchor(state.reading());
                let note = notes::write_on(state, anchor);
                state.screens.extend(note);
                return Outcome::Runs(Vec::new());
            }
            Action::Copy => {
                state.screens.push(Screen::Select(selection));
                let effects = copy::copy(state);
                state.screens.pop();
                return Outcome::Runs(effects);
            }
            Action::Select => return Outcome::Closed,
            _ => return Outcome::Passed(Screen::Select(selection)),
        }
    }
    selection.reveal(state.reading_mut());
    Outcome::Stays(Screen::Select(selection))
}

/// The letter of the text below the mouse, or nearest to it in its row.
fn letter_below(state: &State, mouse: Mouse) -> Option<Range<usize>> {
    let (rect, sheet) = (state.text_rect(state.side), &state.reading().sheet);
    let y = mouse.y.clamp(rect.y, (rect.y + rect.height).saturating_sub(1)) - rect.y;
    let row = sheet.layout.rows().get(sheet.top + y)?;
    let left = if row.wide { sheet.left } else { 0 };
    rows::letter_at(&sheet.layout, sheet.top + y, mouse.x.saturating_sub(rect.x) + left)
}

/// The mouse was moved while it is held, from where it was pressed; whether words are selected by it.
pub fn drag(state: &mut State, pressed: Mouse, mouse: Mouse) -> bool {
    let mut selection = match state.screens.pop() {
        Some(Screen::Select(selection)) => selection,
        None if state.text_rect(state.side).contains(pressed.x, pressed.y) => {
            let words = 0..0;
            Box::new(Selection { words, end: End::Last, column: None, held: None })
        }
        other => {
            state.screens.extend(other);
            return false;
        }
    };
    let from = selection.held.clone().or_else(|| letter_below(state, pressed));
    // Over the edge the text moves along.
    let (rect, sheet) = (state.text_rect(state.side), &mut state.reading_mut().sheet);
    if mouse.y < rect.y {
        sheet.scroll(-1);
    } else if mouse.y >= rect.y + rect.height {
        sheet.scroll(1);
    }
    let to = letter_below(state, mouse);
    if let (Some(from), Some(to)) = (from, to) {
        selection.end = if to.start < from.start { End::First } else { End::Last };
        selection.words = from.start.min(to.start)..from.end.max(to.end);
        selection.held = Some(from);
    }
    if selection.held.is_none() {
        return false;
    }
    state.screens.push(Screen::Select(selection));
    true
}

/// The mouse is no longer held: from now on the keys move the end.
pub fn release(state: &mut State) {
    if let Some(Screen::Select(selection)) = state.screens.last_mut() {
        selection.held = None;
    }
}
