//! Notes: written in a box above the card, or in the user's editor, and listed with their places.

use super::act::Outcome;
use super::contents::{Choice, Entry, Item};
use super::key::{Code, Key};
use super::list::{List, ListKind};
use super::screen::{inside, pop_up};
use super::{Effect, Notice, Rect, Screen, State, gone, highlights, keep};
use crate::store::{Anchor, Change, Note, Subject};
use crate::text::{Printable, clusters, width};
use ratatui_textarea::{CursorMove, Input, Key as AreaKey, TextArea};
use std::ops::Range;
use std::sync::Arc;

/// Columns and rows of the box.
const BOX: (usize, usize) = (76, 14);
/// Longer notes are not kept.
const LONGEST: usize = 256 << 10;

/// A note that is written.
#[derive(Debug)]
pub struct Draft {
    /// The card, and the name of the note if it is there already.
    on: Subject,
    /// What the box is called.
    pub title: Printable,
    /// The title of the card.
    card: Box<str>,
    anchor: Option<Anchor>,
    area: TextArea<'static>,
    /// What is shown, row by row.
    pub rows: Vec<Printable>,
    /// For each row its line and its bytes in it.
    spans: Vec<(usize, Range<usize>)>,
    /// The first row shown.
    pub top: usize,
    /// Row and column of the cursor.
    pub cursor: (usize, usize),
}

/// The part of the screen that a note takes.
pub fn rect(state: &State) -> Rect {
    pop_up(state, BOX.0, BOX.1)
}

/// Words for the briefing that something is kept of.
pub fn briefing_words(on: &Subject) -> &str {
    // Behind the last mark stands what tells documents of one name apart.
    on.briefing.rsplit_once('~').map_or(&*on.briefing, |(id, _)| id)
}

/// Begins a note on the card, or at the sentence on top of the screen; one that is there already is
/// gone on with.
pub fn write(state: &mut State) -> Option<Screen> {
    let anchor = state.reading().sentence();
    write_on(state, anchor)
}

/// The same, at some words of the card.
pub fn write_on(state: &mut State, anchor: Option<Anchor>) -> Option<Screen> {
    let (library, page) = (Arc::clone(&state.library), state.reading().page);
    let on = keep::card(state)?;
    let kept = state.keep.kept()?;
    let same = |anchors: (Option<&Anchor>, Option<&Anchor>)| match anchors {
        (Some(one), Some(other)) => one.quote == other.quote,
        (None, None) => true,
        _ => false,
    };
    let mut notes = kept.notes(&on);
    let there = notes.find(|(_, note)| same((note.anchor.as_ref(), anchor.as_ref())));
    let (on, text) = match there {
        Some((item, note)) => (on.item(item), note.text.to_string()),
        None => (on, String::new()),
    };
    let card = library.title(page).as_str().into();
    Some(draft(state, on, card, anchor, &text))
}

/// The words of a place on one line.
pub fn one_line(anchor: &Anchor) -> Printable {
    Printable::line(&anchor.quote.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn draft(state: &State, on: Subject, card: Box<str>, anchor: Option<Anchor>, text: &str) -> Screen {
    let title = match &anchor {
        Some(anchor) => format!("Note at “{}”", one_line(anchor)),
        None => format!("Note on {card}"),
    };
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    let title = Printable::line(&title);
    let (rows, spans, top, cursor) = (Vec::new(), Vec::new(), 0, (0, 0));
    let mut draft = Draft { on, title, card, anchor, area, rows, spans, top, cursor };
    draft.arrange(state);
    Screen::Note(Box::new(draft))
}

impl Draft {
    /// Gives it a key.
    pub fn key(&mut self, key: Key) {
        match key.code {
            Code::Up => return self.go(-1),
            Code::Down => return self.go(1),
            _ => {}
        }
        let code = match key.code {
            Code::Char(c) => AreaKey::Char(c),
            Code::Enter => AreaKey::Enter,
            Code::Tab => AreaKey::Tab,
            Code::Backspace => AreaKey::Backspace,
            Code::Delete => AreaKey::Delete,
            Code::Left => AreaKey::Left,
            Code::Right => AreaKey::Right,
            Code::Home => AreaKey::Home,
            Code::End => AreaKey::End,
            _ => return,
        };
        self.area.input(Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift });
    }

    /// Enters text that was pasted.
    pub fn paste(&mut self, text: &str) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        self.area.insert_str(kept);
    }

    /// Moves the cursor by rows as they are shown.
    fn go(&mut self, rows: isize) {
        let wanted = self.cursor.0.checked_add_signed(rows);
        let Some((line, bytes)) = wanted.and_then(|row| self.spans.get(row)).cloned() else {
            let edge = if rows < 0 { CursorMove::Head } else { CursorMove::End };
            return self.area.move_cursor(edge);
        };
        let Some(text) = self.area.lines().get(line) else { return };
        let row = text.get(bytes.clone()).unwrap_or_default();
        let (mut columns, mut into) = (0, 0);
        for cluster in clusters(row) {
            columns += width(&Printable::inline(cluster));
            if columns > self.cursor.1 {
                break;
            }
            into += cluster.len();
        }
        // The end of a row that goes on is the beginning of the next one.
        let goes_on =
            self.spans.iter().any(|(l, b)| *l == line && b.start >= bytes.end && bytes.end > 0);
        if goes_on && into == row.len() {
            into -= clusters(row).last().map_or(0, str::len);
        }
        let before = text.get(..bytes.start + into).unwrap_or_default();
        let small = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(small(line), small(before.chars().count())));
    }

    fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Wraps what is written for the box, and keeps the cursor in sight.
    pub fn arrange(&mut self, state: &State) {
        let room = inside(rect(state));
        let columns = room.width.saturating_sub(1).max(1);
        let at = self.area.cursor();
        self.rows.clear();
        self.spans.clear();
        for (number, line) in self.area.lines().iter().enumerate() {
            let before: usize = line.chars().take(at.1).map(char::len_utf8).sum();
            let pieces = pieces(line, columns);
            let count = pieces.len();
            for (piece, bytes) in pieces.into_iter().enumerate() {
                // At the end of a row the cursor stands at the beginning of the next.
                let here = before < bytes.end || piece + 1 == count;
                if number == at.0 && before >= bytes.start && here {
                    let left = Printable::inline(line.get(bytes.start..before).unwrap_or_default());
                    self.cursor = (self.rows.len(), width(&left));
                }
                self.rows.push(Printable::inline(line.get(bytes.clone()).unwrap_or_default()));
                self.spans.push((number, bytes));
            }
        }
        let lowest = (self.cursor.0 + 1).saturating_sub(room.height);
        self.top = self.top.clamp(lowest, self.cursor.0);
    }
}

/// The rows of a line, each as long as fits, without a gap between them.
fn pieces(line: &str, columns: usize) -> Vec<Range<usize>> {
    let (mut out, mut start, mut used) = (Vec::new(), 0, 0);
    // Where the row may end so that a word stays whole.
    let (mut space, mut at) = (None, 0);
    for cluster in clusters(line) {
        let w = width(&Printable::inline(cluster));
        if used + w > columns && at > start && cluster != " " {
            let end = space.filter(|space| *space > start).unwrap_or(at);
            out.push(start..end);
            used = width(&Printable::inline(line.get(end..at).unwrap_or_default()));
            (start, space) = (end, None);
        }
        at += cluster.len();
        used += w;
        if cluster == " " {
            space = Some(at);
        }
    }
    out.push(start..line.len());
    out
}

/// Takes a key while a note is written; none if no note is.
pub fn key(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let ends = key.code == Code::Esc || (key.ctrl && matches!(key.code, Code::Char('s' | 'c')));
    let away = key.ctrl && key.code == Code::Char('e');
    if matches!(key.code, Code::Function(_)) {
        return None;
    }
    match state.screens.pop() {
        Some(Screen::Note(draft)) if ends => {
            keep(state, &draft);
            Some(Vec::new())
        }
        Some(Screen::Note(draft)) if away => {
            let text = draft.text();
            state.screens.push(Screen::Note(draft));
            Some(vec![Effect::EditNote(text.into())])
        }
        Some(Screen::Note(mut draft)) => {
            draft.key(key);
            draft.arrange(state);
            state.screens.push(Screen::Note(draft));
            Some(Vec::new())
        }
        other => {
            state.screens.extend(other);
            None
        }
    }
}

/// Takes what was written in the user's editor.
pub fn edited(state: &mut State, text: &str) {
    if let Some(Screen::Note(draft)) = state.screens.pop_if(|s| matches!(s, Screen::Note(_))) {
        let Draft { on, card, anchor, .. } = *draft;
        let screen = self::draft(state, on, card, anchor, text.trim_end_matches('\n'));
        state.screens.push(screen);
    }
}

/// Keeps a note; an empty one is taken away.
fn keep(state: &mut State, draft: &Draft) {
    let text = draft.text();
    let text = text.trim();
    if text.len() > LONGEST {
        state.say(Notice::warning("this note is too long to keep: it was cut"));
    }
    let whole = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let text = text.get(..whole.unwrap_or(0)).unwrap_or_default();
    let there = note_of(state, &draft.on).map(|note| note.text.clone());
    match (&there, text) {
        (None, "") => {
            state.say(Notice::info("nothing was written"));
            return;
        }
        (Some(there), text) if **there == *text => return,
        (Some(_), "") => {
            remove(state, draft.on.clone());
            return;
        }
        _ => state.keep.say_when_kept("the note is kept"),
    }
    let (title, anchor) = (draft.card.clone(), draft.anchor.clone());
    if let Some(page) = state.keep.page(&state.library, &draft.on.whole()) {
        keep::remember(state, page);
    }
    state.keep.put(draft.on.clone(), Change::Note { text: text.into(), title, anchor });
}

/// All notes and highlights: those of the card first, then the others that are open, then the rest;
/// those of a card in the order of its text.
pub fn open(state: &mut State) -> Option<Screen> {
    let (library, here) = (Arc::clone(&state.library), state.reading().page);
    let Some(kept) = state.keep.kept() else {
        state.say(Notice::info("what was kept is still being read"));
        return None;
    };
    let mut found = Vec::new();
    for on in kept.subjects() {
        let page = state.keep.page(&library, on);
        let away = page.is_none();
        let rank = |anchor: Option<&Anchor>| {
            (page != Some(here), away, page, on.clone(), anchor.map(|anchor| anchor.byte))
        };
        let highlights = kept.highlights(on).map(|(item, highlight)| {
            let entry = highlights::entry(on.item(item), highlight, away);
            (rank(Some(&highlight.anchor)), entry)
        });
        let notes = kept
            .notes(on)
            .map(|(item, note)| (rank(note.anchor.as_ref()), entry(on.item(item), note, away)));
        found.extend(highlights.chain(notes));
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let items: Vec<Item> = found.into_iter().map(|(_, entry)| Item::Kept(entry)).collect();
    if items.is_empty() {
        state.say(Notice::info("there are no notes yet: a writes one"));
        return None;
    }
    Some(Screen::List(List { kind: ListKind::Notes, items, selected: 0, top: 0 }))
}

/// The entry of a note in a list: its first line, and where it stands.
fn entry(on: Subject, note: &Note, away: bool) -> Entry {
    let words = Printable::line(note.text.lines().next().unwrap_or_default());
    let title = Printable::line(&note.title);
    let note = if away { Printable::line(&format!("{title} (not open)")) } else { title };
    Entry { letter: None, words, note, choice: Choice::Note(on) }
}

fn note_of<'k>(state: &'k State, on: &Subject) -> Option<&'k Note> {
    let mut notes = state.keep.kept()?.notes(&on.whole());
    notes.find(|(name, _)| Some(*name) == on.item.as_deref()).map(|(_, note)| note)
}

/// Goes to the place of a note.
pub fn go(state: &mut State, on: &Subject) {
    let Some(note) = note_of(state, on).cloned() else { return };
    match state.keep.page(&state.library, &on.whole()) {
        Some(page) => keep::go_to(state, page, note.anchor.as_ref()),
        None => {
            let text = format!(
                "this note is on `{}` in `{}`, which is not open",
                note.title,
                briefing_words(on)
            );
            state.say(Notice::info(text));
        }
    }
}

/// Goes on with the chosen note of a list.
pub fn edit(state: &mut State, list: List) -> Outcome {
    let note = match list.items.get(list.selected) {
        Some(Item::Kept(Entry { choice: Choice::Note(on), .. })) => on.clone(),
        Some(Item::Kept(Entry { choice: Choice::Highlight(on), .. })) => {
            let on = on.clone();
            return match highlights::note(state, &on) {
                Some(screen) => Outcome::Stays(screen),
                None => Outcome::Closed,
            };
        }
        _ => return Outcome::Passed(Screen::List(list)),
    };
    let Some(there) = note_of(state, &note).cloned() else {
        return Outcome::Stays(Screen::List(list));
    };
    Outcome::Stays(draft(state, note, there.title, there.anchor, &there.text))
}

/// Takes a note away; whether it was there.
pub fn remove(state: &mut State, on: Subject) -> bool {
    let Some(note) = note_of(state, &on).cloned() else { return false };
    let Note { text, title, anchor, .. } = note;
    gone::take(state, vec![(on, Change::Note { text, title, anchor })], "the note");
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_note_leave_nothing_out() {
        for (line, columns, rows) in [
            ("one two three", 8, &["one two ", "three"][..]),
            ("", 8, &[""]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("word   ", 4, &["word   "]),
        ] {
            let pieces: Vec<&str> = pieces(line, columns).into_iter().map(|p| &line[p]).collect();
            assert_eq!(pieces, rows);
        }
    }
}
