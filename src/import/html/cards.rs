//! A page that was written as Markdown, cut into cards, with the places that links may name.

use super::notes::Notes;
use super::page::Page;
use super::write::{Text, Writer};
use crate::import::{Cut, Ids, Outline, Split, Written, prose, split};
use crate::model::{Card, Kind, PartAnchor, Rare, Section};
use crate::text::{LineIndex, Printable};
use std::collections::HashSet;
use std::ops::Range;

/// How a page becomes cards.
#[derive(Debug)]
pub struct Plan<'a> {
    pub ids: &'a mut Ids,
    pub split: Split,
    /// Whether the page was opened alone.
    pub alone: bool,
    /// What the page is called, if no heading says it.
    pub title: &'a str,
    /// Whether the title of the page makes a card even if it has no text of its own: the page is a
    /// chapter, and nothing else would say its title.
    pub chapter: bool,
    /// How deep its first card stands.
    pub depth: u8,
}

/// The cards of a page.
#[derive(Debug)]
pub struct Cards {
    pub cards: Vec<Card>,
    pub anchors: Vec<PartAnchor>,
    /// What the page is called.
    pub title: String,
}

/// The text of a card that is to be made.
struct Slice<'t> {
    title: Option<&'t str>,
    kind: Kind,
    depth: u8,
    ranges: Vec<Range<usize>>,
}

/// Cuts a page into cards.
pub fn cards(
    pages: &[Page],
    index: usize,
    notes: &Notes,
    text: &Text,
    lines: &LineIndex,
    plan: &mut Plan,
) -> Cards {
    let outer: Vec<_> = text.headings.iter().filter(|heading| !heading.nested).collect();
    let outline: Vec<_> =
        outer.iter().map(|h| Outline { level: h.level, at: h.bytes.start }).collect();
    let markdown = &text.written.text;
    let before = outline.first().and_then(|first| markdown.get(..first.at));
    let alone_before = before.is_none_or(|text| text.trim().is_empty());
    let cut = split(markdown, &outline, alone_before, plan.split, plan.alone);
    let title = cut.title.and_then(|title| outer.get(title));
    let title = title.map_or_else(|| plan.title.to_owned(), |heading| heading.title.clone());
    let mut slices = slices(text, &outer, &cut);
    join_repeated(&mut slices, &title, cut.title.is_some(), markdown);
    if plan.chapter && cut.title.is_some() && slices.first().is_some_and(|s| s.title.is_some()) {
        for slice in &mut slices {
            slice.depth = slice.depth.saturating_add(1);
        }
        slices.insert(0, Slice { title: None, kind: Kind::Topic, depth: 0, ranges: Vec::new() });
    }
    let mut cards = Vec::with_capacity(slices.len());
    let mut noted = Vec::new();
    for (number, slice) in slices.iter().enumerate() {
        let mut body = Written::default();
        for range in &slice.ranges {
            append(&mut body, &text.written, range.clone());
        }
        let names = add_notes(&mut body, slice, text, pages, index, notes);
        noted.extend(names.into_iter().map(|name| (name, number)));
        let id = match slice.title {
            None => plan.ids.root(),
            Some(title) => plan.ids.section(title),
        };
        let source = |at: usize| origin(&text.written, at);
        let first = slice.ranges.first().map_or(0, |range| source(range.start));
        let last = slice.ranges.last().map_or(0, |range| source(range.end));
        let bytes = first..last.max(first);
        let words = slice.title.unwrap_or(&title);
        let mut card = Card::new(id, Printable::line(words), lines.span(bytes.clone()));
        card.kind = slice.kind;
        card.depth = slice.depth.saturating_add(plan.depth);
        if let Some(text) = prose(body, bytes, lines) {
            card.sections = vec![Section { basis: None, from: Rare::default(), title: None, text }];
        }
        cards.push(card);
    }
    Cards { cards, anchors: anchors(text, &slices, &noted), title }
}

/// What each card holds: the pieces of the cut without the headings that are their titles; the terms
/// of a glossary are cards below the piece they stand in, and what follows them belongs to it again.
fn slices<'t>(text: &'t Text, outer: &[&'t super::write::Heading], cut: &Cut) -> Vec<Slice<'t>> {
    let mut slices: Vec<Slice> = Vec::new();
    let mut terms = text.terms.iter().peekable();
    for piece in &cut.pieces {
        let own = piece.heading.and_then(|heading| outer.get(heading));
        let above =
            cut.title.and_then(|title| outer.get(title)).filter(|_| piece.heading.is_none());
        let piece_index = slices.len();
        let mut start = own.map_or(piece.bytes.start, |heading| heading.bytes.end);
        let mut ranges = Vec::new();
        if let Some(heading) = above.filter(|heading| piece.bytes.contains(&heading.bytes.start)) {
            ranges.push(start..heading.bytes.start);
            start = heading.bytes.end;
        }
        let own_title = own.map(|heading| heading.title.as_str());
        slices.push(Slice { title: own_title, kind: Kind::Topic, depth: piece.depth, ranges });
        let mut current = piece_index;
        while let Some(term) =
            terms.next_if(|term| term.at < piece.bytes.end || cut.pieces.last() == Some(piece))
        {
            if let Some(slice) = slices.get_mut(current) {
                slice.ranges.push(start..term.at.max(start));
            }
            start = term.at.max(start);
            current = piece_index;
            if let Some(name) = &term.title {
                current = slices.len();
                let depth = piece.depth.saturating_add(1);
                slices.push(Slice {
                    title: Some(name),
                    kind: Kind::Term,
                    depth,
                    ranges: Vec::new(),
                });
            }
        }
        if let Some(slice) = slices.get_mut(current) {
            slice.ranges.push(start..piece.bytes.end.max(start));
        }
    }
    slices
}

/// Joins a card to the one before it that is called the same, if one of them says nothing, or the
/// first is what stands on the page before its first heading.
fn join_repeated(slices: &mut Vec<Slice>, title: &str, titled: bool, markdown: &str) {
    let mut joined: Vec<Slice> = Vec::with_capacity(slices.len());
    // The depth below which cards stand one less deep, for what they are part of was joined.
    let mut above = None;
    for mut slice in std::mem::take(slices) {
        if above.is_some_and(|depth| slice.depth <= depth) {
            above = None;
        }
        let first = joined.len() == 1;
        let before = joined.last_mut().filter(|before| {
            let says = |range: &Range<usize>| {
                markdown.get(range.clone()).is_some_and(|text| !text.trim().is_empty())
            };
            let name = before.title.unwrap_or(title);
            let same = slice.title.is_some_and(|own| own.to_lowercase() == name.to_lowercase());
            let open = (first && before.title.is_none() && !titled)
                || !before.ranges.iter().any(says)
                || !slice.ranges.iter().any(says);
            same && open && before.kind == slice.kind
        });
        match before {
            Some(before) => {
                if slice.depth > before.depth {
                    above = Some(slice.depth);
                }
                before.ranges.append(&mut slice.ranges);
            }
            None => {
                slice.depth -= u8::from(above.is_some_and(|depth| slice.depth > depth));
                joined.push(slice);
            }
        }
    }
    *slices = joined;
}

/// The byte of the file that a byte of the text was made of.
fn origin(written: &Written, at: usize) -> usize {
    let after = written.origin.partition_point(|(text, _)| *text <= at);
    let pair = after.checked_sub(1).and_then(|before| written.origin.get(before));
    pair.map_or(0, |(text, source)| source + (at - text))
}

/// Adds a stretch of a text, without the blank lines around it.
fn append(body: &mut Written, from: &Written, range: Range<usize>) {
    let piece = from.text.get(range.clone()).unwrap_or_default();
    let start = range.start + piece.len() - piece.trim_start_matches('\n').len();
    let piece = piece.trim_matches('\n');
    if piece.is_empty() {
        return;
    }
    if !body.text.is_empty() {
        body.text.push_str("\n\n");
    }
    let base = body.text.len();
    body.origin.push((base, origin(from, start)));
    let first = from.origin.partition_point(|(text, _)| *text <= start);
    let inside = from.origin.get(first..).unwrap_or_default().iter();
    let inside = inside.take_while(|(text, _)| *text < start + piece.len());
    body.origin.extend(inside.map(|(text, source)| (base + text - start, *source)));
    body.text.push_str(piece);
}

/// Adds the notes that a card refers to; the names in them.
fn add_notes(
    body: &mut Written,
    slice: &Slice,
    text: &Text,
    pages: &[Page],
    index: usize,
    notes: &Notes,
) -> Vec<Box<str>> {
    let mut names = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for range in &slice.ranges {
        let first = text.notes.partition_point(|(at, _)| *at < range.start);
        let inside = text.notes.get(first..).unwrap_or_default().iter();
        waiting.extend(inside.take_while(|(at, _)| *at < range.end).map(|(_, note)| *note));
    }
    let mut seen: HashSet<usize> = waiting.iter().copied().collect();
    let mut known = HashSet::new();
    waiting.retain(|note| known.insert(*note));
    let mut at = 0;
    while let Some(note) = waiting.get(at).and_then(|note| notes.notes.get(*note)) {
        at += 1;
        let Some(writer) = Writer::new(pages, note.page, notes, false) else { continue };
        let written = writer.note(note, index);
        waiting
            .extend(written.notes.iter().map(|(_, note)| *note).filter(|note| seen.insert(*note)));
        append(body, &written.written, 0..written.written.text.len());
        if note.page == index {
            names.extend(written.anchors.into_iter().map(|(name, _)| name));
        }
    }
    names
}

/// The places that links may name: the card, and the heading before the place in that card.
fn anchors(text: &Text, slices: &[Slice], noted: &[(Box<str>, usize)]) -> Vec<PartAnchor> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (number, slice) in slices.iter().enumerate() {
        starts.extend(slice.ranges.iter().map(|range| (range.start, number)));
    }
    starts.sort_unstable();
    // A place on the line of a card's heading lies before the card's text.
    let card_at = |at: usize| {
        let after = starts.partition_point(|(start, _)| *start <= at);
        after.checked_sub(1).and_then(|before| starts.get(before)).map_or(0, |(_, number)| *number)
    };
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (name, at) in &text.anchors {
        if !seen.insert(name) {
            continue;
        }
        let after = text.headings.partition_point(|heading| heading.bytes.start <= *at);
        let near = after.checked_sub(1).and_then(|before| text.headings.get(before));
        let on_title = near.filter(|h| h.bytes.contains(at)).map(|h| h.bytes.end);
        let card = on_title.map_or_else(|| card_at(*at), card_at);
        let is_inside = |heading: &&super::write::Heading| {
            let range = |range: &Range<usize>| range.contains(&heading.bytes.start);
            slices.get(card).is_some_and(|slice| slice.ranges.iter().any(range))
        };
        let heading = near.filter(is_inside).and_then(|heading| heading.anchor.clone());
        found.push(PartAnchor { name: name.clone(), card: small(card), heading });
    }
    for (name, card) in noted {
        if seen.insert(name) {
            found.push(PartAnchor { name: name.clone(), card: small(*card), heading: None });
        }
    }
    found
}
