//! Lays tokens out: two columns for each level, list items below their key, one space where one is
//! enough, at most one blank line. Brackets that take several lines take one if they fit in it.

use super::columns::{self, Behind, Line};
use super::tokens::{Kind, Token};
use crate::text::width;
use std::collections::HashMap;

/// Columns for each level.
const STEP: usize = 2;
/// Columns that brackets may take to be put into one line.
const WIDTH: usize = 100;

/// The lines of a file.
pub struct Lines(Vec<Line>);

impl Lines {
    /// The lines as a text, each with `end` behind it.
    pub fn join(&self, end: &str) -> String {
        columns::join(&self.0, end)
    }
}

/// Lays tokens out; a blank line is put before those in `apart`.
pub fn write(tokens: &[Token], apart: &[usize]) -> Lines {
    let gaps = columns::gaps(tokens).into_iter().collect();
    let (levels, flows, lines) = (Vec::new(), Vec::new(), Vec::new());
    let line = Line::default();
    let mut writer = Writer { tokens, gaps, levels, flows, lines, line, flat: 0, is_open: false };
    let mut apart = apart.iter().copied().peekable();
    for at in 0..tokens.len() {
        let stands_apart = apart.next_if_eq(&at).is_some();
        writer.token(at, stands_apart);
    }
    writer.finish()
}

/// A list or mapping that is open: the column it stood in, and the one it gets.
#[derive(Debug, Clone, Copy)]
struct Level {
    old: usize,
    new: usize,
    is_list: bool,
}

/// Brackets that are open: the columns of what is in them, and of what closes them, at the start of a
/// line.
#[derive(Debug, Clone, Copy)]
struct Flow {
    inner: usize,
    close: usize,
}

struct Writer<'t, 's> {
    tokens: &'t [Token<'s>],
    /// The spaces before values that keep to a column.
    gaps: HashMap<usize, usize>,
    levels: Vec<Level>,
    flows: Vec<Flow>,
    lines: Vec<Line>,
    line: Line,
    /// Up to this token all goes into one line.
    flat: usize,
    /// Whether the last line is not ended yet.
    is_open: bool,
}

impl Writer<'_, '_> {
    fn token(&mut self, at: usize, apart: bool) {
        let Some(token) = self.tokens.get(at).copied() else { return };
        if let Kind::Block(chomp) = token.kind {
            self.block(&token, chomp.indent);
            return;
        }
        let breaks = if at <= self.flat && at > 0 { 0 } else { token.breaks };
        if breaks > 0 || !self.is_open {
            self.end_line();
            if !self.lines.is_empty() && (breaks > 1 || apart) {
                self.lines.push(Line::default());
            }
            self.is_open = true;
            let indent = self.indent(at);
            self.line.text = " ".repeat(indent);
        } else if token.kind == Kind::Comment {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
            let gap = before.map_or(1, |before| token.column.saturating_sub(before.end()));
            let text = token.text.to_owned();
            self.line.comment = Some(Behind { text, gap, column: token.column });
            return;
        } else {
            let spaces = self.spaces(at);
            self.line.text.push_str(&" ".repeat(spaces));
            let follows_dash = self.before(at) == Some(Kind::Dash);
            if let (Some(is_list), true) = (self.entry(at), follows_dash) {
                let new = width(&self.line.text);
                self.levels.push(Level { old: token.column, new, is_list });
            }
        }
        self.put(at, &token);
    }

    fn put(&mut self, at: usize, token: &Token) {
        match token.kind {
            // A comma before what closes the brackets in the same line says nothing.
            Kind::Comma if self.is_last_comma(at) => {}
            Kind::Open => {
                let column = width(&self.line.text);
                if let Some(close) = self.fitting(at, column) {
                    self.flat = self.flat.max(close);
                }
                self.open(at, column);
                self.line.text.push_str(token.text);
            }
            Kind::Close => {
                self.flows.pop();
                self.line.text.push_str(token.text);
            }
            Kind::Text => self.text(token.text),
            _ => self.line.text.push_str(token.text),
        }
    }

    /// A text, which may take several lines.
    fn text(&mut self, text: &str) {
        let quoted = text.starts_with('"');
        let indent = self.flows.last().map_or_else(|| self.below(), |flow| flow.inner);
        for (number, mut line) in lines_of(text).enumerate() {
            if number > 0 {
                self.end_line();
                self.is_open = true;
                line = line.trim_start_matches([' ', '\t']);
                self.line.text = " ".repeat(indent);
            }
            self.line.text.push_str(line);
            let trimmed = self.line.text.trim_end_matches([' ', '\t']).len();
            // A space behind a backslash is one that was meant.
            if !(quoted && self.line.text.get(..trimmed).is_some_and(|text| text.ends_with('\\'))) {
                self.line.text.truncate(trimmed);
            }
        }
    }

    /// The lines of a text block, with all blank lines that belong to them.
    fn block(&mut self, token: &Token, said: Option<usize>) {
        self.end_line();
        self.lines.extend((1..token.breaks).map(|_| Line::default()));
        let outside = self.levels.last().map_or(0, |level| level.new);
        let indent = said.map_or_else(|| self.below(), |said| outside + said);
        if token.text.is_empty() {
            return;
        }
        for (number, line) in lines_of(token.text).enumerate() {
            let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
            let cut = if number == 0 { 0 } else { spaces.min(token.column) };
            let rest = line.get(cut..).unwrap_or_default();
            let indent = if rest.is_empty() { 0 } else { indent };
            let text = " ".repeat(indent) + rest;
            self.lines.push(Line { text, comment: None });
        }
    }

    /// The column of a token that starts a line.
    fn indent(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return 0 };
        if let Some(flow) = self.flows.last() {
            return if token.kind == Kind::Close { flow.close } else { flow.inner };
        }
        match (token.kind, self.entry(at)) {
            (Kind::Mark, _) => {
                self.levels.clear();
                0
            }
            (Kind::Comment, _) => self.indent_of_comment(at, token.column),
            (_, None) => self.inside(),
            (_, Some(is_list)) => {
                let (outside, new) = self.place(token.column, is_list);
                self.levels.truncate(outside);
                self.levels.push(Level { old: token.column, new, is_list });
                new
            }
        }
    }

    /// A comment of its own goes with the level in whose column it stands, or else with what follows.
    fn indent_of_comment(&self, at: usize, column: usize) -> usize {
        let rest = self.tokens.get(at..).unwrap_or_default();
        let next = rest.iter().position(|token| token.kind != Kind::Comment);
        let next = next.map(|ahead| at + ahead);
        let level = self.levels.iter().rev().find(|level| level.old <= column);
        let with_level = level.map_or(0, |level| level.new);
        let Some((next, token)) = next.and_then(|next| Some((next, self.tokens.get(next)?))) else {
            return with_level;
        };
        let is_level = level.is_some_and(|level| level.old == column);
        if token.column < column || (token.column != column && is_level) {
            return with_level;
        }
        match self.entry(next) {
            Some(is_list) => self.place(token.column, is_list).1,
            None if token.kind == Kind::Mark => 0,
            None => self.inside(),
        }
    }

    /// The levels around an entry in a column, and the column it gets.
    fn place(&self, column: usize, is_list: bool) -> (usize, usize) {
        let ends = |level: &Level| {
            level.old > column || (level.old == column && level.is_list && !is_list)
        };
        let around = self.levels.iter().rposition(|level| !ends(level)).map_or(0, |at| at + 1);
        match around.checked_sub(1).and_then(|last| self.levels.get(last)) {
            Some(last) if last.old == column && last.is_list == is_list => (around - 1, last.new),
            Some(last) => (around, last.new + STEP),
            None => (0, 0),
        }
    }

    /// Whether an item or a key starts with a token: true for an item.
    fn entry(&self, at: usize) -> Option<bool> {
        if !self.flows.is_empty() {
            return None;
        }
        let rest = self.tokens.get(at..)?;
        let word = rest.iter().position(|token| token.kind != Kind::Property)?;
        let kind = |ahead: usize| rest.get(word + ahead).map(|token| token.kind);
        match (kind(0)?, kind(1)) {
            (Kind::Dash, _) => Some(true),
            (Kind::Text, Some(Kind::Colon)) => Some(false),
            _ => None,
        }
    }

    /// The column of a value that stands below its key.
    fn inside(&self) -> usize {
        self.levels.last().map_or(0, |level| level.new + STEP)
    }

    /// The column of further lines of a text.
    fn below(&self) -> usize {
        self.inside().max(STEP)
    }

    /// The spaces between a token and the one before it in its line.
    fn spaces(&self, at: usize) -> usize {
        let kind = self.tokens.get(at).map(|token| token.kind);
        match (self.before(at), kind) {
            (_, Some(Kind::Colon | Kind::Comma | Kind::Close)) | (Some(Kind::Open), _) => 0,
            _ if self.flows.is_empty() => self.gaps.get(&at).copied().unwrap_or(1),
            _ => 1,
        }
    }

    fn before(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at.checked_sub(1)?).map(|token| token.kind)
    }

    fn is_last_comma(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        next.is_some_and(|next| next.kind == Kind::Close && (next.breaks == 0 || at < self.flat))
    }

    /// Opens brackets in a column. What is in them stands in the column of the first thing in them; if
    /// that starts a line, below what they belong to.
    fn open(&mut self, at: usize, column: usize) {
        let next = self.tokens.get(at + 1);
        let breaks = next.is_some_and(|next| next.breaks > 0 || next.kind == Kind::Comment);
        let outer = self.flows.last().map_or_else(|| self.inside(), |flow| flow.inner);
        let inner = if breaks { outer + STEP } else { column + 1 };
        let close = if breaks { outer } else { column };
        self.flows.push(Flow { inner, close });
    }

    /// What closes brackets that take several lines and would fit into one.
    fn fitting(&self, open: usize, column: usize) -> Option<usize> {
        let (mut room, mut depth, mut several) = (WIDTH.checked_sub(column)?, 0_usize, false);
        let mut close = None;
        for (ahead, token) in self.tokens.get(open..)?.iter().enumerate() {
            let goes_on = token.breaks == 0 && matches!(token.kind, Kind::Comma | Kind::Close);
            if close.is_some() && !goes_on {
                break;
            }
            let is_long = token.text.contains(['\n', '\r']);
            if is_long || token.kind == Kind::Comment {
                return None;
            }
            let space = usize::from(matches!(token.kind, Kind::Comma | Kind::Colon));
            room = room.checked_sub(width(token.text) + space)?;
            several |= ahead > 0 && close.is_none() && token.breaks > 0;
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && close.is_none() {
                close = Some(open + ahead);
            }
        }
        close.filter(|_| several)
    }

    /// Ends the last line, if it is not ended yet.
    fn end_line(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn finish(mut self) -> Lines {
        self.end_line();
        Lines(self.lines)
    }
}

/// The lines of a text, without their ends.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else { return rest.take() };
        let (line, after) = text.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
        Some(line)
    })
}
