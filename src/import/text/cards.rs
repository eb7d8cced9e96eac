//! The cards of a plain text, once it is known how it is divided.

mod topic;

use super::frame::About;
use super::glossary::Entry;
use super::habit::Habit;
use super::heading::Heading;
use super::inline::Anchors;
use super::is_same;
use super::line::{Line, blocks};
use super::title::title_block;
use super::topics;
use super::write::Writer;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{Ids, Written, prose};
use crate::model::{Briefing, Card, Kind, Part, PartAnchor, Prose, Rare, Section, SourceId};
use crate::text::{LineIndex, Printable, Span, slug};
use std::collections::HashMap;
use std::ops::Range;

/// Makes the cards of one text.
pub struct Maker<'a> {
    length: usize,
    path: &'a str,
    lines: Vec<Line<'a>>,
    habit: Habit,
    index: &'a LineIndex<'a>,
    ids: Ids,
    anchors: Anchors,
    places: Vec<PartAnchor>,
    /// How often each anchor was made of a title.
    names: HashMap<String, usize>,
    found: Vec<Diagnostic>,
}

impl<'a> Maker<'a> {
    /// For a text of `length` bytes.
    pub fn new(
        length: usize,
        path: &'a str,
        lines: Vec<Line<'a>>,
        habit: Habit,
        index: &'a LineIndex<'a>,
        ids: Ids,
    ) -> Self {
        Self {
            length,
            path,
            lines,
            habit,
            index,
            ids,
            anchors: Anchors::new(),
            places: Vec::new(),
            names: HashMap::new(),
            found: Vec::new(),
        }
    }

    /// The lines of the text.
    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// How they are set.
    pub fn habit(&self) -> Habit {
        self.habit
    }

    /// Says of which file the cards are, and gives back what was found.
    pub fn finish(self, briefing: &mut Briefing) -> Vec<Diagnostic> {
        let cards = 0..u32::try_from(briefing.cards.len()).unwrap_or(u32::MAX);
        briefing.parts =
            vec![Part { path: self.path.into(), title: None, cards, anchors: self.places.into() }];
        self.found
    }

    /// One card for the whole text, but for the title in the lines before `start`.
    pub fn essay(&mut self, start: usize, briefing: &mut Briefing, may_lack: bool) {
        let paragraphs = self.habit.paragraphs(&self.lines, start..self.lines.len());
        let lost = if may_lack {
            topics::lost_lists(&self.lines, &paragraphs, &self.habit, false)
        } else {
            Vec::new()
        };
        let title = briefing.title.clone();
        let mut card = Card::new(self.ids.root(), title, self.index.span(0..self.length));
        self.fill_around(&mut card, start..self.lines.len(), &paragraphs, &lost, 0, briefing);
        briefing.cards.push(card);
        if !lost.is_empty() {
            briefing.sources.push(self.source(SourceId::new("document"), &paragraphs, briefing));
        }
    }

    /// The card of the text as a whole, if there is anything in `blocks` or it `must` be. It stands
    /// in `lines`.
    fn root(
        &mut self,
        blocks: &[Range<usize>],
        lines: Range<usize>,
        briefing: &mut Briefing,
        must: bool,
    ) {
        let end = self.lines.get(lines.end);
        let bytes = 0..end.map_or(self.length, |line| line.at);
        let body = prose(self.write(blocks), bytes.clone(), self.index).map(section);
        if body.is_none() && !must {
            return;
        }
        let mut card = Card::new(self.ids.root(), briefing.title.clone(), self.index.span(bytes));
        card.sections.extend(body);
        briefing.cards.push(card);
    }

    /// A card for each entry of a glossary.
    pub fn glossary(&mut self, entries: Vec<Entry>, briefing: &mut Briefing, about: &About) {
        let first = entries.first().map_or(0, |entry| entry.lines.start);
        let before = self.lines.get(..first).unwrap_or_default().to_vec();
        let start = self.take_title(&before, briefing, about);
        let end = self.before_letter(first).max(start);
        self.root(&self.blocks(start..end), start..end, briefing, false);
        let depth = u8::from(!briefing.cards.is_empty());
        let mut seen: HashMap<String, Span> = HashMap::new();
        for entry in entries {
            let mut heads = entry.heads.iter();
            let Some(title) = heads.next() else { continue };
            let span = self.index.span(self.bytes(&entry.lines));
            let mut card = Card::new(self.ids.section(title), Printable::line(title), span);
            card.depth = depth;
            card.kind = if entry.is_term { Kind::Term } else { Kind::Topic };
            card.aliases = heads.map(|head| Printable::line(head)).collect();
            if let Some(line) = self.lines.get_mut(entry.lines.start) {
                let words = line.words().get(entry.skip..).unwrap_or_default();
                *line = Line { text: words, at: line.end() - words.len(), page: line.page };
            }
            let end = self.before_letter(entry.lines.end);
            self.fill(&mut card, entry.lines.start..end);
            if let Some(first) = seen.get(title) {
                let message = format!("two entries are called `{title}`");
                self.found.push(
                    Diagnostic::new(Severity::Info, "repeated-title", message)
                        .at(span)
                        .label(*first, "first here")
                        .help("links by this title go to the first"),
                );
            } else {
                seen.insert(title.clone(), span);
            }
            self.place(&card, briefing);
            briefing.cards.push(card);
        }
    }

    /// `end`, or the line before it if only a letter of the alphabet stands before it.
    fn before_letter(&self, end: usize) -> usize {
        let before = self.lines.get(..end).unwrap_or_default();
        match before.iter().rposition(|line| !line.is_blank()) {
            Some(last) if before.get(last).is_some_and(|line| is_letter(line.words())) => {
                let alone =
                    last.checked_sub(1).and_then(|at| before.get(at)).is_none_or(Line::is_blank);
                if alone { last } else { end }
            }
            _ => end,
        }
    }

    /// A card for each section, and one for what stands before the first.
    pub fn sections(&mut self, headings: Vec<Heading>, briefing: &mut Briefing, about: &About) {
        self.anchors.extend(headings.iter().filter_map(|heading| heading.anchor.clone()));
        let first = headings.first().map_or(self.lines.len(), |heading| heading.lines.start);
        let blank = self.lines.get(..first).unwrap_or_default().iter().all(Line::is_blank);
        let top = headings.first().map_or(0, |heading| heading.depth);
        // One heading above all others is the title of the text.
        let is_title =
            blank && headings.len() > 1 && headings.iter().skip(1).all(|h| h.depth > top);
        let before = self.lines.get(..first).unwrap_or_default().to_vec();
        let mut start = self.take_title(&before, briefing, about);
        let mut headings = headings.into_iter().peekable();
        if is_title && let Some(heading) = headings.next() {
            briefing.title = Printable::line(about.title.as_ref().unwrap_or(&heading.title));
            start = heading.lines.end;
        }
        // What a table of contents says belongs to the text as a whole.
        let ends: Vec<usize> = headings.clone().map(|heading| heading.lines.start).collect();
        let end_after = |at: usize| ends.get(at + 1).copied().unwrap_or(self.lines.len());
        let lines = start..ends.first().copied().unwrap_or(self.lines.len());
        let mut blocks = self.blocks(lines.clone());
        let mut sections = Vec::new();
        for (at, heading) in headings.enumerate() {
            let end = end_after(at);
            if heading.is_contents() {
                blocks.extend(self.blocks(heading.lines.start..end));
            } else {
                sections.push((heading, end));
            }
        }
        self.root(&blocks, lines, briefing, sections.is_empty());
        let least = if is_title { top + 1 } else { 0 };
        let depth = u8::from(!briefing.cards.is_empty());
        let (mut paragraphs, mut is_lost) = (Vec::new(), false);
        for (heading, end) in sections {
            let span = self.index.span(self.bytes(&(heading.lines.start..end)));
            let title = Printable::line(&heading.title);
            let mut card = Card::new(self.ids.section(&heading.title), title, span);
            card.depth = heading.depth.saturating_sub(least) + depth;
            let text = heading.lines.end..end;
            if about.book {
                self.fill(&mut card, text);
            } else {
                let own = self.habit.paragraphs(&self.lines, text.clone());
                let lost = topics::lost_lists(&self.lines, &own, &self.habit, false);
                self.fill_around(&mut card, text, &own, &lost, paragraphs.len(), briefing);
                is_lost |= !lost.is_empty();
                paragraphs.extend(own);
            }
            if let Some(name) = heading.anchor {
                self.places.push(PartAnchor {
                    name: name.into(),
                    card: count(briefing),
                    heading: None,
                });
            }
            self.place(&card, briefing);
            briefing.cards.push(card);
        }
        if is_lost {
            briefing.sources.push(self.source(SourceId::new("document"), &paragraphs, briefing));
        }
    }

    /// Names the briefing by what stands before its first card; the line after the title.
    fn take_title(&self, before: &[Line], briefing: &mut Briefing, about: &About) -> usize {
        // A title in the middle of a line stands out from what is written above it.
        let middle = blocks(before, 0..before.len()).into_iter().find_map(|block| {
            let lines = before.get(block.clone()).filter(|lines| lines.len() <= 3)?;
            let centred = lines.iter().all(|line| line.indent() >= self.habit.indent + 8);
            let short = lines.iter().all(|line| line.words().chars().count() <= 66);
            let title = lines.iter().map(Line::words).collect::<Vec<_>>().join(" ");
            (centred && short && !title.contains("   ")).then_some((block, title))
        });
        let first = title_block(before, about, &self.habit);
        let alone = match blocks(before, 0..before.len()).as_slice() {
            [only] if only.len() == 1 => {
                before.get(only.start).map(|l| (only.end, l.words().to_owned()))
            }
            _ => None,
        };
        // What stands above it is drawn as well, such as the number of an RFC.
        let top = middle.clone().filter(|(block, _)| is_blank(before, block));
        let top = top.map(|(block, title)| (block.end, title));
        let title = about.title.clone().or(middle.map(|(_, title)| title));
        let own = top.or(first).or(alone);
        if let Some(title) = title.or(own.as_ref().map(|(_, words)| words.clone())) {
            briefing.title = Printable::line(&title);
        }
        own.filter(|(_, words)| is_same(words, &briefing.title)).map_or(0, |(end, _)| end)
    }

    /// The anchor of a card that comes next, by its title.
    fn place(&mut self, card: &Card, briefing: &Briefing) {
        let name = slug(&card.title);
        let before = self.names.entry(name.clone()).or_default();
        let name = if *before == 0 { name } else { format!("{name}-{before}") };
        *before += 1;
        self.places.push(PartAnchor { name: name.into(), card: count(briefing), heading: None });
    }

    fn fill(&mut self, card: &mut Card, lines: Range<usize>) {
        let body = self.body(lines);
        card.sections.extend(body);
    }

    fn body(&self, lines: Range<usize>) -> Option<Section> {
        let parts = self.blocks(lines.clone());
        prose(self.write(&parts), self.bytes(&lines), self.index).map(section)
    }

    /// The blocks of some lines; a line that nobody wrapped is a block of its own.
    fn blocks(&self, lines: Range<usize>) -> Vec<Range<usize>> {
        let long = |line: &Line| line.width() > super::habit::LONG;
        let mut out = Vec::new();
        for block in blocks(&self.lines, lines) {
            if self.lines.get(block.clone()).unwrap_or_default().iter().any(long) {
                out.extend(block.map(|line| line..line + 1));
            } else {
                out.push(block);
            }
        }
        out
    }

    fn write(&self, parts: &[Range<usize>]) -> Written {
        let mut writer = Writer::new(&self.lines, &self.habit, &self.anchors);
        for part in parts {
            writer.block(part.clone());
        }
        writer.finish()
    }

    /// The bytes of some lines, from their first to their last words.
    fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let own = self.lines.get(lines.clone()).unwrap_or_default();
        let mut own = own.iter().filter(|line| !line.is_blank());
        let first = own.next();
        let start = first.map_or(0, Line::start);
        start..own.next_back().or(first).map_or(start, Line::end)
    }
}

/// Whether nothing stands before a block.
fn is_blank(lines: &[Line], block: &Range<usize>) -> bool {
    lines.get(..block.start).unwrap_or_default().iter().all(Line::is_blank)
}

/// The number of cards so far.
fn count(briefing: &Briefing) -> u32 {
    u32::try_from(briefing.cards.len()).unwrap_or(u32::MAX)
}

fn is_letter(words: &str) -> bool {
    let mut chars = words.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

fn section(text: Prose) -> Section {
    Section { basis: None, from: Rare::default(), title: None, text }
}
