//! What is shown of a page that was found: the part that fits best, a few words around it, and
//! where it stands in the file.

use super::marker::apart;
use super::needle::Needle;
use super::text::{Field, Zone, pieces};
use crate::library::{Library, Page};
use crate::text::{Folded, LineIndex, Printable, PrintableBuf, Span};
use std::ops::Range;

/// Characters of a snippet, and of what stands in it before the first match.
const SNIPPET: usize = 160;
const BEFORE: usize = 50;
/// Places of a term that are marked in one line.
const MOST_MARKS: usize = 32;
/// Characters around a match by which it is found again in the file.
const CONTEXT: usize = 24;

/// A page that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The page.
    pub page: Page,
    /// Its title.
    pub title: Printable,
    /// The bytes of the title that match.
    pub title_matches: Vec<Range<usize>>,
    /// The part that fits best.
    pub field: Field,
    /// The line of that part, whole.
    pub line: Printable,
    /// The bytes of the first match in the line; empty if only conditions were asked.
    pub bytes: Range<usize>,
    /// Words of the page around matches outside its title.
    pub snippet: Printable,
    /// The bytes of the snippet that match.
    pub matches: Vec<Range<usize>>,
    /// What stands in the file where that part is, as far as known.
    pub span: Option<Span>,
    /// The higher, the better; the best come first.
    pub score: f32,
}

impl Hit {
    /// The place of the match in the text of the file.
    pub fn place(&self, source: &str) -> Option<Span> {
        let span = self.span?;
        let (start, end) = (span.start as usize, span.end as usize);
        let written = Folded::new(source.get(start..end)?);
        let found = |words: Range<usize>| {
            let words = self.line.get(words).filter(|words| !words.trim().is_empty())?;
            written.find(words).into_iter().next()
        };
        let (from, to) = (self.bytes.start, self.bytes.end);
        let before = self.line.get(..from)?.char_indices().rev().nth(CONTEXT).map_or(0, |c| c.0);
        let after =
            self.line.get(to..)?.char_indices().nth(CONTEXT).map_or(self.line.len(), |c| to + c.0);
        let with_before = || found(before..to).map(|r| r.end - (to - from).min(r.len()));
        let with_after = || found(from..after).map(|r| r.start);
        let alone = || found(from..to).map(|r| r.start);
        let first = || {
            let word = self.line.get(from..to)?.split(' ').next()?;
            found(from..from + word.len()).map(|r| r.start)
        };
        let at = with_after().or_else(with_before).or_else(alone).or_else(first).unwrap_or(0);
        let end = (start + at + to - from).min(end);
        Some(LineIndex::new(source).span(start + at..end))
    }

    /// What to say of where it was found: the part of the page; for a title the kind of card.
    pub fn part(&self, library: &Library) -> Printable {
        match (self.field, self.page) {
            (Field::Title, Page::Card(card)) => Printable::line(library.kind_word(card)),
            (Field::Title, Page::Overview(_)) => Printable::line("overview"),
            (field, _) => Printable::line(&field.word().replace('-', " ")),
        }
    }

    /// Which of the `marks` in the page as it is drawn is the match: the one with the most of the
    /// same letters around it.
    pub fn nearest(&self, text: &str, marks: &[Range<usize>]) -> usize {
        let before = |text: &str, at: usize| -> Vec<char> {
            let before = text.get(..at).unwrap_or_default().chars().rev();
            before.filter(|c| c.is_alphabetic()).take(2 * CONTEXT).collect()
        };
        let after = |text: &str, at: usize| -> Vec<char> {
            let after = text.get(at..).unwrap_or_default().chars();
            after.filter(|c| c.is_alphabetic()).take(2 * CONTEXT).collect()
        };
        let same = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a.eq(b)).count();
        let (head, tail) =
            (before(&self.line, self.bytes.start), after(&self.line, self.bytes.start));
        let alike = |mark: &Range<usize>| {
            same(&head, &before(text, mark.start)) + same(&tail, &after(text, mark.start))
        };
        // Of those that are alike the first.
        let best = marks.iter().enumerate().rev().max_by_key(|(_, mark)| alike(mark));
        best.map_or(0, |(at, _)| at)
    }
}

/// A line of a page with what was found in it.
struct Line {
    field: Field,
    text: Printable,
    span: Option<Span>,
    marks: Vec<Range<usize>>,
    worth: f32,
}

/// What is shown of a page.
pub fn show(library: &Library, page: Page, wanted: &[Needle], score: f32) -> Hit {
    let title = library.title(page);
    let mut title_matches = Vec::new();
    // The best line of all, the best outside the names of the page, and the first that says something.
    let (mut best, mut told): (Option<Line>, Option<Line>) = (None, None);
    pieces(library, page, &mut |piece| {
        let (marks, worth) = marks(piece.text, piece.field.zone(), wanted);
        let line = || Line {
            field: piece.field,
            text: Printable::inline(piece.text),
            span: piece.span,
            marks: marks.clone(),
            worth,
        };
        let better = |other: &Option<Line>| other.as_ref().is_none_or(|line| worth > line.worth);
        if better(&best) {
            best = Some(line());
        }
        match piece.field {
            Field::Title => title_matches = marks,
            Field::Alias if worth == 0.0 => {}
            _ if better(&told) => told = Some(line()),
            _ => {}
        }
    });
    let (snippet, matches) = told.map_or_else(Default::default, |line| snippet(&line));
    let best = best.unwrap_or_else(|| Line {
        field: Field::Title,
        text: title.clone(),
        span: None,
        marks: Vec::new(),
        worth: 0.0,
    });
    let bytes = best.marks.first().cloned().unwrap_or(0..0);
    let Line { field, text: line, span, .. } = best;
    Hit { page, title, title_matches, field, line, bytes, snippet, matches, span, score }
}

/// Where terms stand in a line, and what that is worth.
fn marks(text: &str, zone: Zone, wanted: &[Needle]) -> (Vec<Range<usize>>, f32) {
    let mut marks = Vec::new();
    let mut worth = 0.0;
    if wanted.is_empty() {
        return (marks, worth);
    }
    let folded = Folded::new(text);
    for needle in wanted.iter().filter(|needle| !needle.in_title || zone <= Zone::Alias) {
        let (mut from, mut best) = (0, 0.0_f32);
        for _ in 0..MOST_MARKS {
            let Some(spot) = needle.find(folded.as_str(), from) else { break };
            best = best.max(spot.worth);
            from = spot.bytes.end;
            marks.extend(folded.original(spot.bytes));
        }
        worth += needle.weight * best * zone.weight();
    }
    // Words of a query may overlap in the text.
    (apart(marks), worth)
}

/// Words of a line around its first matches, and where these are in them.
fn snippet(line: &Line) -> (Printable, Vec<Range<usize>>) {
    let text = &line.text;
    let first = line.marks.first().map_or(0, |mark| mark.start);
    let start = match text.get(..first).unwrap_or_default().char_indices().rev().nth(BEFORE) {
        // From the start of a word on, if there is one near.
        Some((cut, _)) => {
            let before = text.get(cut..first).unwrap_or_default();
            before.find(' ').map_or(cut, |space| cut + space + 1)
        }
        None => 0,
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = match rest.char_indices().nth(SNIPPET) {
        Some((cut, _)) => {
            let shown = rest.get(..cut).unwrap_or_default();
            let end = start + shown.rfind(' ').filter(|at| *at > SNIPPET / 2).unwrap_or(cut);
            // A match is not cut.
            let inside = line.marks.iter().find(|mark| mark.start < end && end < mark.end);
            inside.map_or(end, |mark| mark.end)
        }
        None => text.len(),
    };
    let mut out = PrintableBuf::default();
    if start > 0 {
        out.push_literal("… ");
    }
    let mut matches = Vec::new();
    let mut at = start;
    for mark in line.marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        out.push(text.as_printable().slice(at..mark.start));
        let from = out.len();
        out.push(text.as_printable().slice(mark.clone()));
        matches.push(from..out.len());
        at = mark.end;
    }
    out.push(text.as_printable().slice(at..end));
    if end < text.len() {
        out.push_literal(" …");
    }
    (out.slice(0..out.len()).into(), matches)
}
