//! Markdown files: front matter, a card per heading where the file is long enough, names of places.

use super::prose::linked;
use super::split::{Cut, Outline, Piece, Split, split};
use super::{Ids, Naming, Written, containers, expand, inspect_markup, markup, prose, signs};
use crate::diagnostic::Diagnostic;
use crate::format::{self, Definition, Front, Scan};
use crate::model::{Briefing, BriefingId, Card, Part, PartAnchor, Rare, Section};
use crate::text::{LineIndex, Printable, slug};
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Gives the text of a file by its path.
pub type Sibling<'f> = dyn Fn(&str) -> Option<String> + 'f;

/// How a Markdown file is read.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Its path below what was opened.
    pub path: &'a str,
    /// How its cards are called.
    pub naming: Naming,
    /// How it is cut into cards.
    pub split: Split,
    /// The text of a file it includes, by its path from what was opened, which may begin with `..`;
    /// none where files include nothing.
    pub sibling: Option<&'a Sibling<'a>>,
}

/// Reads a Markdown file.
pub fn markdown(source: &str, options: Options) -> (Briefing, Vec<Diagnostic>) {
    let lines = LineIndex::new(source);
    let (front, start, mut found) = format::front(source, &lines);
    found.extend(inspect_markup(source, &lines));
    let written = expand::expand(source, start, options, &lines, &mut found);
    let is_mdx = Path::new(options.path).extension().is_some_and(|e| e.eq_ignore_ascii_case("mdx"));
    let written = signs::readable(written, is_mdx);
    let written = markup::markdown(containers::containers(written));
    let scan = format::scan(&written.text);
    let outline: Vec<_> =
        scan.headings.iter().map(|h| Outline { level: h.level, at: h.bytes.start }).collect();
    let alone = options.naming == Naming::Alone;
    let cut = split(&written.text, &outline, scan.only_comments_first, options.split, alone);
    let heading = cut.title.and_then(|at| scan.headings.get(at)).map(|h| Printable::line(&h.text));
    let file = File { written: &written, scan: &scan, lines: &lines, cut: &cut, heading };
    let mut ids = Ids::new(options.path, options.naming);
    let title = file.title(&front, &ids);
    let mut cards: Vec<Card> = cut.pieces.iter().map(|p| file.card(p, &title, &mut ids)).collect();
    if let Some(first) = cards.first_mut() {
        let here: Vec<_> = first.tags.iter().map(Printable::line).collect();
        first.tags = once_each(front.tags.into_iter().chain(here));
        if !front.aliases.is_empty() {
            first.aliases = front.aliases.into();
        }
        let description = front.description.map(|text| Written { text, origin: vec![(0, 0)] });
        if let Some(text) = description.and_then(|text| prose(text, 0..start, &lines)) {
            first.bottom_line = Some(text);
        }
    }
    let part = Part {
        path: options.path.into(),
        title: Some(&title).filter(|title| cards.iter().all(|c| c.title != **title)).cloned(),
        cards: 0..u32::try_from(cards.len()).unwrap_or(u32::MAX),
        anchors: file.anchors(&title).into(),
    };
    let path: Arc<Path> = Arc::from(Path::new(options.path));
    let found = found.into_iter().map(|found| found.in_file(&path)).collect();
    // One file of many is no briefing of its own.
    let id = if alone { slug(ids.stem()) } else { String::new() };
    let mut briefing = Briefing::empty(BriefingId::new(&id), title);
    briefing.cards = cards;
    briefing.parts = vec![part];
    (briefing, found)
}

/// A file that was scanned and cut.
struct File<'a> {
    written: &'a Written,
    scan: &'a Scan,
    lines: &'a LineIndex<'a>,
    cut: &'a Cut,
    /// The words of the heading that names the file.
    heading: Option<Printable>,
}

impl File<'_> {
    /// The title: that of the front matter, else the title heading, else the name of the file.
    fn title(&self, front: &Front, ids: &Ids) -> Printable {
        let heading = || self.heading.clone().filter(|words| !words.is_empty());
        front.title.clone().or_else(heading).unwrap_or_else(|| Printable::line(&ids.name()))
    }

    fn card(&self, piece: &Piece, title: &Printable, ids: &mut Ids) -> Card {
        let heading = piece.heading.and_then(|at| self.scan.headings.get(at));
        let (id, own, (body, hole)) = match heading {
            Some(heading) => {
                let words = Printable::line(&heading.text);
                let words = if words.is_empty() { Printable::line("untitled") } else { words };
                (ids.section(&words), words, (heading.bytes.end..piece.bytes.end, None))
            }
            None => (ids.root(), title.clone(), self.root_body(piece, title)),
        };
        let whole = self.source(&piece.bytes);
        let mut card = Card::new(id, own, self.lines.span(whole.clone()));
        card.depth = piece.depth;
        let first = self.scan.tags.partition_point(|tag| tag.start < piece.bytes.start);
        let tags = self.scan.tags.get(first..).unwrap_or_default().iter();
        let tags = tags.take_while(|tag| tag.start < piece.bytes.end);
        let tags = tags.filter_map(|tag| self.written.text.get(tag.clone()));
        card.tags = once_each(tags.map(Printable::line));
        let text = self.body(body, hole, whole);
        let section = |text| Section { basis: None, from: Rare::default(), title: None, text };
        card.sections = text.map(section).into_iter().collect();
        card
    }

    /// The bytes of the file that a part of the text was made of.
    fn source(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.written.source(bytes.start);
        start..self.written.source(bytes.end.saturating_sub(1)).max(start) + 1
    }

    /// The text of the card for the whole file: all of it but the heading that is its title. What
    /// stands before that heading, such as a picture, stays; then the heading is a hole in the text.
    fn root_body(&self, piece: &Piece, title: &Printable) -> (Range<usize>, Option<Range<usize>>) {
        let heading = self.cut.title.and_then(|at| self.scan.headings.get(at));
        match heading {
            Some(heading) if self.heading.as_ref() == Some(title) => {
                let end = heading.bytes.end.min(piece.bytes.end);
                if self.scan.only_comments_first {
                    (end..piece.bytes.end, None)
                } else {
                    (piece.bytes.clone(), Some(heading.bytes.start.min(end)..end))
                }
            }
            _ => (piece.bytes.clone(), None),
        }
    }

    /// The text of a card, with what it uses from elsewhere in the file.
    fn body(
        &self,
        body: Range<usize>,
        hole: Option<Range<usize>>,
        whole: Range<usize>,
    ) -> Option<crate::model::Prose> {
        let here = |at: &usize| body.contains(at);
        let used = |d: &&Definition| d.uses.iter().any(here);
        let inside = |d: &Definition| body.contains(&d.bytes.start);
        let foreign: Vec<_> =
            self.scan.definitions.iter().filter(|d| !inside(d)).filter(used).collect();
        // Notes that only other cards refer to stand there.
        let idle = |d: &&Definition| d.is_note && inside(d) && !used(d) && !d.uses.is_empty();
        let idle = self.scan.definitions.iter().filter(idle).map(|note| note.bytes.clone());
        let mut idle: Vec<_> = hole.into_iter().chain(idle).collect();
        idle.sort_by_key(|bytes| bytes.start);
        if foreign.is_empty() && idle.is_empty() {
            let first = self.scan.links.partition_point(|(_, at)| at.start < body.start);
            let links = self.scan.links.get(first..).unwrap_or_default().iter();
            let links = links.take_while(|(_, at)| at.start < body.end);
            let links = links.map(|(target, at)| {
                (target, at.start - body.start..at.end.min(body.end) - body.start)
            });
            return linked(self.written.part(body.clone()), links, whole, self.lines);
        }
        let mut text = Written::default();
        let mut at = body.start;
        for note in idle {
            text.append(self.written, at..note.start.max(at));
            at = note.end.max(at);
        }
        text.append(self.written, at.min(body.end)..body.end);
        for definition in foreign {
            text.text.truncate(text.text.trim_end().len());
            text.text.push_str("\n\n");
            text.append(self.written, definition.bytes.clone());
        }
        prose(text, whole, self.lines)
    }

    /// The places of the file that have names of their own.
    fn anchors(&self, title: &Printable) -> Vec<PartAnchor> {
        let heading = |at: Option<usize>| at.and_then(|at| self.scan.headings.get(at));
        let starts = self.cut.pieces.iter().map(|piece| heading(piece.heading));
        let starts: Vec<_> = starts.chain([heading(self.cut.title)]).flatten().collect();
        let card_at = |at: usize| {
            let after = self.cut.pieces.partition_point(|piece| piece.bytes.start <= at);
            u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
        };
        let mut anchors: Vec<_> = self
            .scan
            .places
            .iter()
            .map(|place| PartAnchor {
                name: place.name.clone(),
                card: card_at(place.at),
                heading: (place.is_heading && starts.iter().all(|h| h.bytes.start != place.at))
                    .then(|| place.name.clone()),
            })
            .collect();
        // The heading that gives the file its title is in no text any more.
        if let Some(heading) = heading(self.cut.title)
            && (self.heading.as_ref() != Some(title)
                || self.cut.pieces.first().is_some_and(|p| p.heading.is_some()))
        {
            anchors.push(PartAnchor { name: slug(&heading.text).into(), card: 0, heading: None });
        }
        anchors
    }
}

/// Keywords, each once, whatever their case.
fn once_each<T: FromIterator<Printable>>(tags: impl Iterator<Item = Printable>) -> T {
    let mut seen = HashSet::new();
    tags.filter(|tag| seen.insert(tag.to_lowercase())).collect()
}

#[cfg(test)]
mod tests;
