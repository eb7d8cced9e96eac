//! Blocks of a plain text as Markdown, with the place that each piece came from.

use super::habit::Habit;
use super::heading::anchor_of;
use super::inline::{Anchors, Running};
use super::line::Line;
use super::shape::{Marker, Shape, is_lettered, leader, marker, shape};
use crate::import::Written;
use std::ops::Range;

/// Lists inside lists; what lies deeper stands at this depth.
const MAX_DEPTH: usize = 8;

/// Writes blocks of a text.
pub struct Writer<'a> {
    lines: &'a [Line<'a>],
    habit: &'a Habit,
    anchors: &'a Anchors,
    out: Written,
    /// The last sign of the list that was written last, if nothing came after it, and the columns
    /// before the words of its items.
    list: Option<(Marker, usize)>,
}

impl<'a> Writer<'a> {
    /// For the lines of a document.
    pub fn new(lines: &'a [Line<'a>], habit: &'a Habit, anchors: &'a Anchors) -> Self {
        Self { lines, habit, anchors, out: Written::default(), list: None }
    }

    /// Adds lines that no blank line parts.
    pub fn block(&mut self, block: Range<usize>) {
        let lines = self.lines.get(block).unwrap_or_default();
        let Some(first) = lines.first() else { return };
        let kind = shape(lines, self.habit);
        let after_list = self.list.filter(|_| {
            matches!(kind, Shape::Prose | Shape::Quote) && first.indent() > self.habit.indent
        });
        let inside = |_: &(Marker, usize)| {
            lines.len() > 1 || kind == Shape::Quote || first.indent() > self.habit.indent + 1
        };
        if let Some((_, column)) = after_list.filter(inside) {
            return self.more_of_item(lines, column);
        }
        match kind {
            Shape::Prose => self.paragraph(lines),
            Shape::Lines => self.kept(lines, ""),
            Shape::Quote => self.kept(lines, "> "),
            Shape::Title => self.title(lines),
            Shape::Term => self.term(lines),
            Shape::Code => self.code(lines),
            Shape::List => return self.list(lines),
            Shape::Rule => {
                self.start_block();
                self.out.text.push_str("***");
            }
            Shape::Contents => self.contents(lines),
        }
        self.list = None;
    }

    /// The Markdown.
    pub fn finish(self) -> Written {
        self.out
    }

    fn start_block(&mut self) {
        if !self.out.text.is_empty() {
            self.out.text.push_str("\n\n");
        }
    }

    fn paragraph(&mut self, lines: &[Line]) {
        self.start_block();
        joined(lines).write(&mut self.out, "", self.anchors);
    }

    /// A further paragraph of the last item.
    fn more_of_item(&mut self, lines: &[Line], column: usize) {
        self.start_block();
        let indent = " ".repeat(column);
        self.out.text.push_str(&indent);
        let running = if self.habit.is_wrapped(lines) { joined(lines) } else { broken(lines) };
        running.write(&mut self.out, &indent, self.anchors);
    }

    fn kept(&mut self, lines: &[Line], before: &str) {
        self.start_block();
        self.out.text.push_str(before);
        broken(lines).write(&mut self.out, before, self.anchors);
    }

    fn title(&mut self, lines: &[Line]) {
        self.start_block();
        self.out.text.push_str("**");
        let mut running = Running::default();
        for line in lines {
            running.break_line(0, line.words(), line.start());
        }
        running.write(&mut self.out, "", self.anchors);
        self.out.text.push_str("**");
    }

    /// A line, and below it a paragraph about it.
    fn term(&mut self, lines: &[Line]) {
        let Some((term, body)) = lines.split_first() else { return };
        self.start_block();
        let mut running = Running::default();
        running.push(term.words(), term.start());
        for (number, line) in body.iter().enumerate() {
            if number == 0 {
                running.break_line(0, line.words(), line.start());
            } else {
                running.join(line.words(), line.start());
            }
        }
        running.write(&mut self.out, "", self.anchors);
    }

    fn code(&mut self, lines: &[Line]) {
        self.start_block();
        let ticks = lines.iter().map(|line| longest_run(line.text, '`')).max().unwrap_or(0);
        let fence = "`".repeat(ticks.max(2) + 1);
        let common = common_space(lines);
        self.out.text.push_str(&fence);
        for line in lines {
            self.out.text.push('\n');
            self.out.origin.push((self.out.text.len(), line.at + common));
            self.out.text.push_str(line.text.get(common..).unwrap_or(line.text));
        }
        self.out.text.push('\n');
        self.out.text.push_str(&fence);
    }

    /// Lines of a table of contents, without the numbers of pages; they lead to the sections.
    fn contents(&mut self, lines: &[Line]) {
        self.start_block();
        let least = lines.iter().map(Line::indent).min().unwrap_or(0);
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                self.out.text.push_str("\\\n");
            }
            self.out.text.extend(std::iter::repeat_n('\u{a0}', line.indent() - least));
            let words = leader(line.text).map_or(line.words(), str::trim_start);
            let anchor = anchor_of(words).filter(|anchor| self.anchors.contains(anchor));
            let mut running = Running::default();
            running.push(words, line.start());
            if let Some(anchor) = anchor {
                self.out.origin.push((self.out.text.len(), line.start()));
                self.out.text.push('[');
                running.write(&mut self.out, "", &Anchors::new());
                self.out.text.extend(["](#", &anchor, ")"]);
            } else {
                running.write(&mut self.out, "", self.anchors);
            }
        }
    }

    /// Words before a list, and its items.
    fn list(&mut self, lines: &[Line]) {
        let first = lines.iter().position(|line| marker(line.words()).is_some()).unwrap_or(0);
        let (lead, mut rest) = lines.split_at(first);
        if !lead.is_empty() {
            if self.habit.is_wrapped(lead) {
                self.paragraph(lead);
            } else {
                self.kept(lead, "");
            }
            self.list = None;
        }
        let mut open: Vec<Level> = Vec::new();
        self.start_block();
        while let Some((line, after)) = rest.split_first() {
            let own = after.iter().take_while(|next| marker(next.words()).is_none()).count();
            let (own, after) = after.split_at(own);
            self.item(line, own, &mut open);
            rest = after;
        }
        self.list = open.first().map(|level| (level.last, level.column));
    }

    fn item(&mut self, line: &Line, own: &[Line], open: &mut Vec<Level>) {
        let words = line.words();
        let Some((sign, length)) = marker(words) else { return };
        let indent = line.indent();
        while open.len() > 1 && open.last().is_some_and(|level| level.indent > indent) {
            open.pop();
        }
        let is_first = open.is_empty();
        let deeper = open.len() < MAX_DEPTH && open.last().is_none_or(|l| indent > l.indent + 1);
        let before = if !deeper {
            open.pop().map(|level| level.last)
        } else if is_first {
            self.list.map(|(last, _)| last)
        } else {
            None
        };
        let start = open.last().map_or(0, |level| level.column);
        let (mark, fits) = match (sign, before) {
            (Marker::Bullet(_), _) => ("- ".to_owned(), true),
            (Marker::Number(number, end), Some(Marker::Number(last, _))) => (
                format!("{number}{end} "),
                sign.is_like(Marker::Number(last, end)) && number == last + 1,
            ),
            (Marker::Number(number, end), _) => (format!("{number}{end} "), true),
        };
        // A list that does not start at one needs a blank line before it, and so does a number that
        // is none of its list.
        let apart = !fits || (deeper && !matches!(sign, Marker::Bullet(_) | Marker::Number(1, _)));
        if !is_first {
            self.out.text.push_str(if apart { "\n\n" } else { "\n" });
        }
        self.out.text.extend(std::iter::repeat_n(' ', start));
        let mut running = Running::default();
        let mut column = start;
        if fits {
            self.out.origin.push((self.out.text.len(), line.start()));
            self.out.text.push_str(&mark);
            column += mark.len();
            let mut text = words.get(length..).unwrap_or_default();
            let mut at = line.start() + length;
            if let Some(task) =
                ["[ ] ", "[x] ", "[X] "].iter().find(|task| text.starts_with(**task))
            {
                self.out.text.push_str(task);
                text = text.get(task.len()..).unwrap_or_default();
                at += task.len();
            }
            running.push(text, at);
        } else {
            running.push(words, line.start());
        }
        for line in own {
            running.join(line.words(), line.start());
        }
        running.write(&mut self.out, &" ".repeat(column), self.anchors);
        open.push(Level { indent, column, last: sign });
    }
}

/// A list that is open.
struct Level {
    /// Columns before its items in the text.
    indent: usize,
    /// Columns before the words of its items in the Markdown.
    column: usize,
    /// The sign of its last item.
    last: Marker,
}

fn joined(lines: &[Line]) -> Running {
    let mut running = Running::default();
    for line in lines {
        running.join(line.words(), line.start());
    }
    running
}

fn broken(lines: &[Line]) -> Running {
    let least = lines.iter().map(Line::indent).min().unwrap_or(0);
    let mut running = Running::default();
    // Columns before the item that is open, if a letter counts it.
    let mut item: Option<usize> = None;
    for line in lines {
        let counted = is_lettered(line.words());
        if !counted && item.is_some_and(|indent| line.indent() > indent) {
            running.join(line.words(), line.start());
            continue;
        }
        item = counted.then(|| line.indent());
        running.break_line(line.indent() - least, line.words(), line.start());
    }
    running
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}

/// Bytes of white space that all lines start with.
fn common_space(lines: &[Line]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let space = first.text.get(..first.text.len() - first.words().len()).unwrap_or_default();
    let shared = |line: &Line| {
        let pairs = space.char_indices().zip(line.text.chars());
        pairs.take_while(|((_, a), b)| a == b).map(|((at, c), _)| at + c.len_utf8()).last()
    };
    lines.iter().map(|line| shared(line).unwrap_or(0)).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::line::{blocks, split};
    use super::*;

    fn written(source: &str) -> String {
        let lines = split(source);
        let habit = Habit::of(&lines);
        let anchors = Anchors::new();
        let mut writer = Writer::new(&lines, &habit, &anchors);
        for block in blocks(&lines, 0..lines.len()) {
            writer.block(block);
        }
        let written = writer.finish();
        for pair in written.origin.windows(2) {
            assert!(pair[0].0 <= pair[1].0, "{:?}", written.origin);
        }
        written.text
    }

    #[test]
    fn lists_become_lists() {
        assert_eq!(
            written("* a\n* b\n  goes on\n    - c\n    - d\n* e"),
            "- a\n- b goes on\n  - c\n  - d\n- e"
        );
        assert_eq!(written("1. a\n\n2. b\n\n4. d"), "1. a\n\n2. b\n\n4\\. d");
        assert_eq!(written("3) a\n4) b"), "3) a\n4) b");
        assert_eq!(written("To do:\n- [ ] a\n- [x] b [c]"), "To do:\n\n- [ ] a\n- [x] b \\[c\\]");
    }

    #[test]
    fn lines_that_are_meant_stay() {
        assert_eq!(
            written("Dear John,\nhow are you?\n-- me"),
            "Dear John,\\\nhow are you?\\\n\\-- me"
        );
        assert_eq!(
            written("Text that is long enough to be the habit of it.\n\n  Roses are\n    red"),
            "Text that is long enough to be the habit of it.\n\n> Roses are\\\n> \u{a0}\u{a0}red"
        );
    }

    #[test]
    fn drawings_keep_their_columns() {
        assert_eq!(
            written("Look at this drawing of a box, will you?\n\n    +--+\n    |` |\n    +--+"),
            "Look at this drawing of a box, will you?\n\n```\n+--+\n|` |\n+--+\n```"
        );
    }
}
