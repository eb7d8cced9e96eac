//! The cards of a paragraph document, the document as their source, and lists it has lost.

use super::{Maker, section};
use crate::diagnostic::Diagnostic;
use crate::import::text::topics::{self, Topic};
use crate::import::{Written, prose};
use crate::model::{
    Briefing, Card, Citation, Cited, Gap, GapId, GapKind, Passage, PassageId, Rare, Section,
    Source, SourceId,
};
use crate::text::{Printable, Span};
use std::collections::HashMap;
use std::ops::Range;

impl Maker<'_> {
    /// A card for each topic of a paragraph document.
    pub fn topics(
        &mut self,
        topics: Vec<Topic>,
        paragraphs: &[Range<usize>],
        briefing: &mut Briefing,
    ) {
        let source = SourceId::new("document");
        let lost = topics::lost_lists(&self.lines, paragraphs, &self.habit, true);
        let mut seen: HashMap<String, (usize, Span)> = HashMap::new();
        let depth = 0;
        for topic in topics {
            let own = paragraphs.get(topic.paragraphs.clone()).unwrap_or_default();
            let lines = own.first().map_or(0, |p| p.start)..own.last().map_or(0, |p| p.end);
            let span = self.index.span(self.bytes(&lines));
            let mut title = topic.title.text;
            let (count, first) =
                *seen.entry(title.to_lowercase()).and_modify(|(n, _)| *n += 1).or_insert((1, span));
            if count > 1 {
                let message = format!("two topics are called `{title}`");
                let help = "the later one is told apart by a number; give it a heading of its own";
                self.found.push(
                    Diagnostic::warning("repeated-title", message)
                        .at(span)
                        .label(first, "first here")
                        .help(help),
                );
                title = format!("{title} ({count})");
            }
            let mut card = Card::new(self.ids.section(&title), Printable::line(&title), span);
            card.depth = depth;
            card.aliases = topic.title.alias.iter().map(|alias| Printable::line(alias)).collect();
            card.passages =
                topic.paragraphs.clone().map(|at| citation(&source, at, span)).collect();
            let mut start = 0;
            for at in lost.iter().filter(|at| topic.paragraphs.contains(*at)) {
                let paragraph = paragraphs.get(*at).cloned().unwrap_or_default();
                let place = citation(&source, *at, self.index.span(self.bytes(&paragraph)));
                // The text ends where the list is lost, so that the card can say so in its place.
                let end = at + 1 - topic.paragraphs.start;
                let lost = self.part(own.get(start..end).unwrap_or_default());
                card.sections
                    .extend(lost.map(|s| Section { from: vec![place.clone()].into(), ..s }));
                start = end;
                self.lost_list(&mut card, briefing, &paragraph, Some(place));
            }
            card.sections.extend(self.part(own.get(start..).unwrap_or_default()));
            self.place(&card, briefing);
            briefing.cards.push(card);
        }
        briefing.sources.push(self.source(source, paragraphs, briefing));
    }

    /// Fills a card with the text of some lines, which ends and starts anew where a list is lost, so
    /// that the card can say so in its place. The first of `paragraphs` is number `before` of all.
    pub(super) fn fill_around(
        &mut self,
        card: &mut Card,
        lines: Range<usize>,
        paragraphs: &[Range<usize>],
        lost: &[usize],
        before: usize,
        briefing: &mut Briefing,
    ) {
        let source = SourceId::new("document");
        let mut start = lines.start;
        for at in lost {
            let paragraph = paragraphs.get(*at).cloned().unwrap_or_default();
            let span = self.index.span(self.bytes(&paragraph));
            let place = citation(&source, before + at, span);
            let text = self.body(start..paragraph.end);
            card.sections.extend(text.map(|s| Section { from: vec![place.clone()].into(), ..s }));
            start = paragraph.end;
            self.lost_list(card, briefing, &paragraph, Some(place));
        }
        self.fill(card, start..lines.end);
    }

    /// A part of a card's text.
    fn part(&self, paragraphs: &[Range<usize>]) -> Option<Section> {
        let lines = paragraphs.first()?.start..paragraphs.last()?.end;
        prose(self.write(paragraphs), self.bytes(&lines), self.index).map(section)
    }

    /// The text itself as a source, with a passage for each paragraph.
    pub(super) fn source(
        &self,
        id: SourceId,
        paragraphs: &[Range<usize>],
        briefing: &Briefing,
    ) -> Source {
        let passages = paragraphs.iter().enumerate().map(|(at, paragraph)| {
            let bytes = self.bytes(paragraph);
            Passage {
                id: passage_id(at),
                bytes: Some(bytes.start as u64..bytes.end as u64),
                quote: None,
                span: self.index.span(bytes),
            }
        });
        Source {
            id,
            title: briefing.title.clone(),
            kind: None,
            author: None,
            publisher: None,
            date: None,
            url: None,
            file: Some(Printable::line(self.path)),
            sha256: None,
            bytes: Some(self.length as u64),
            paragraphs: Some(paragraphs.len() as u64),
            note: None,
            passages: passages.collect(),
            span: self.index.span(0..self.length),
        }
    }

    /// Notes that a list which `paragraph` announces is not there.
    pub(super) fn lost_list(
        &mut self,
        card: &mut Card,
        briefing: &mut Briefing,
        paragraph: &Range<usize>,
        at: Option<Citation>,
    ) {
        let bytes = self.bytes(paragraph);
        let span = self.index.span(bytes.end.saturating_sub(1)..bytes.end);
        let id = GapId::new(&format!("lost-list-{}", briefing.gaps.len() + 1));
        let text = "The list that should follow is lost in the source.";
        let text = Written { text: text.into(), origin: vec![(0, bytes.start)] };
        let Some(text) = prose(text, bytes, self.index) else { return };
        self.found.push(
            Diagnostic::warning("lost-list", "list lost in the source").at(span).help(
                "a colon announces a list that does not follow; the card says so in its place",
            ),
        );
        card.gaps.push(Cited { id: id.clone(), span });
        briefing.gaps.push(Gap {
            id,
            at,
            kind: GapKind::MissingList,
            text,
            recovered: None,
            from: Rare::default(),
            cards: vec![Cited { id: card.id.clone(), span }],
            span,
        });
    }
}

fn passage_id(at: usize) -> PassageId {
    PassageId::new(&format!("p{}", at + 1))
}

fn citation(source: &SourceId, at: usize, span: Span) -> Citation {
    Citation { source: source.clone(), passage: Some(passage_id(at)), span }
}
