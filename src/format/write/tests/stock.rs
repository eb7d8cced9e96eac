//! Briefings of everything that there can be in one, made of texts that YAML could take for something else.

use crate::format::links;
use crate::model::{
    Basis, Briefing, BriefingId, Card, CardId, Citation, Cited, Claim, Dated, Evidence, Form, Gap,
    GapId, GapKind, KeyPoint, Kind, Links, Passage, PassageId, Prose, Question, QuestionId, Rare,
    Reference, Relation, Section, Source, SourceId, Standing, Target, Voice, VoiceId,
};
use crate::text::{LineIndex, Printable, Span};
use proptest::prelude::*;

fn span() -> Span {
    LineIndex::new("").span(0..0)
}

/// A text with its links.
pub fn prose(text: &str) -> Prose {
    let small = |at: usize| u32::try_from(at).unwrap();
    let links = links(text);
    let links =
        links.iter().map(|(target, bytes)| (target, span(), small(bytes.start)..small(bytes.end)));
    Prose { source: text.into(), span: span(), links: Links::new(text, links) }
}

/// What briefings are made of, taken in turn.
pub struct Stock {
    texts: Vec<String>,
    words: Vec<String>,
    numbers: Vec<usize>,
    at: usize,
}

impl Stock {
    fn number(&mut self, below: usize) -> usize {
        self.at += 1;
        self.numbers[self.at % self.numbers.len()] % below
    }

    fn prose(&mut self) -> Prose {
        let at = self.number(self.texts.len());
        prose(&self.texts[at])
    }

    fn some_prose(&mut self) -> Option<Prose> {
        (self.number(2) == 0).then(|| self.prose())
    }

    fn word(&mut self) -> Printable {
        let at = self.number(self.words.len());
        Printable::line(&self.words[at])
    }

    fn some_word(&mut self) -> Option<Printable> {
        (self.number(2) == 0).then(|| self.word())
    }

    fn question(&mut self, at: usize, sources: &[Source]) -> Question {
        let form = self.one(Form::ALL);
        let text = self.prose();
        let is_cloze = form == Form::Cloze;
        let accept = if form == Form::Typed { self.number(3) } else { 0 };
        Question {
            id: (self.number(2) == 0)
                .then(|| Cited { id: QuestionId::new(&format!("q-{at}")), span: span() }),
            form,
            question: if is_cloze { prose(&format!("==1;;gap== {}", text.source)) } else { text },
            answer: (!is_cloze).then(|| self.prose()),
            accept: (0..accept).map(|_| self.word()).collect(),
            both: !is_cloze && self.number(2) == 0,
            hint: self.some_prose(),
            basis: self.some(Basis::ALL),
            from: self.citations(sources),
            span: span(),
        }
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.number(all.len())]
    }

    fn some<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (self.number(2) == 0).then(|| self.one(all))
    }

    /// A name that differs from others by its number.
    fn name(&mut self, number: usize) -> String {
        let word = self.word().replace(['#', '\\'], "").replace("://", "");
        Printable::line(&format!("{word}{number}")).to_string()
    }

    fn citations(&mut self, sources: &[Source]) -> Rare<Citation> {
        let count = self.number(3);
        let cite = |stock: &mut Self| {
            let source = sources.get(stock.number(sources.len().max(1)))?;
            let passage = source.passages.first().filter(|_| stock.number(2) == 0);
            let passage = passage.map(|passage| passage.id.clone());
            Some(Citation { source: source.id.clone(), passage, span: span() })
        };
        (0..count).filter_map(|_| cite(self)).collect()
    }

    fn cited(&mut self, cards: &[CardId]) -> Vec<Cited<CardId>> {
        let count = self.number(3);
        let cite =
            |stock: &mut Self| Cited { id: cards[stock.number(cards.len())].clone(), span: span() };
        (0..count).map(|_| cite(self)).collect()
    }

    fn source(&mut self, number: usize) -> Source {
        let start = self.number(99) as u64;
        let passages = (0..self.number(3)).map(|n| Passage {
            id: PassageId::new(&self.name(n)),
            bytes: (self.number(2) == 0).then_some(start..start + 5),
            quote: self.some_word(),
            span: span(),
        });
        let passages = passages.collect();
        Source {
            id: SourceId::new(&self.name(number)),
            title: self.word(),
            kind: self.some_word(),
            author: self.some_word(),
            publisher: self.some_word(),
            date: self.some(&["2026", "2026-01", "2024-02-29"]).map(|d| d.parse().unwrap()),
            url: self.some_word(),
            file: self.some_word(),
            sha256: self.some_word(),
            bytes: self.some(&[0, 7, u64::MAX]),
            paragraphs: self.some(&[1, 2]),
            note: self.some_prose(),
            passages,
            span: span(),
        }
    }

    fn card(&mut self, ids: &[CardId], number: usize, b: &Briefing) -> Card {
        let mut card = Card::new(ids[number].clone(), self.word(), span());
        card.depth = self.one(&[0, 0, 1, 2, 20]);
        card.kind = self.one(Kind::ALL);
        card.aliases = (0..self.number(3)).map(|_| self.word()).collect();
        card.tags = (0..self.number(3)).map(|_| self.word()).collect();
        card.basis = self.some(Basis::ALL);
        card.as_of = self.some(&["2026-01-03"]).map(|d| d.parse().unwrap());
        card.passages = self.citations(&b.sources);
        let gaps = b.gaps.iter().map(|gap| Cited { id: gap.id.clone(), span: span() });
        card.gaps = gaps.take(self.number(3)).collect();
        card.bottom_line = Some(self.prose());
        card.sections = (0..self.number(4))
            .map(|_| Section {
                basis: self.some(Basis::ALL),
                from: self.citations(&b.sources),
                title: self.some_word().map(Box::new),
                text: self.prose(),
            })
            .collect();
        card.claims = (0..if b.voices.is_empty() { 0 } else { self.number(3) })
            .map(|_| Claim {
                by: Some(Cited {
                    id: b.voices[self.number(b.voices.len())].id.clone(),
                    span: span(),
                }),
                verb: self.some_word(),
                text: self.prose(),
                from: self.citations(&b.sources),
                standing: self.one(Standing::ALL),
                note: self.some_prose(),
                later: self.number(2) == 0,
            })
            .collect();
        card.see_also = (0..self.number(3))
            .map(|_| Reference {
                target: Target::Card {
                    name: ids[self.number(ids.len())].as_str().into(),
                    heading: self.some(&["part", "the end"]).map(Into::into),
                },
                span: span(),
                bytes: 0..0,
                relation: self.some(Relation::ALL),
                evidence: self.some(Evidence::ALL),
                why: self.some_prose().map(Box::new),
            })
            .collect();
        card.questions = (0..self.number(3)).map(|at| self.question(at, &b.sources)).collect();
        card.dates = (0..self.number(3))
            .map(|_| Dated {
                date: self.one(&["2026", "0001-12-31"]).parse().unwrap(),
                text: self.prose(),
                basis: self.some(Basis::ALL),
                from: self.citations(&b.sources),
                later: self.number(2) == 0,
            })
            .collect();
        card
    }

    /// A briefing.
    pub fn briefing(&mut self) -> Briefing {
        let mut b = Briefing::empty(BriefingId::new(&self.word()), self.word());
        let ids: Vec<_> = (0..=self.number(3)).map(|n| CardId::new(&self.name(n))).collect();
        b.subtitle = self.some_word();
        b.language = self.some_word();
        b.as_of = self.some(&["2026-01-06", "1999"]).map(|d| d.parse().unwrap());
        b.as_of_note = self.some_prose();
        b.background_until = self.some(&["2026-03"]).map(|d| d.parse().unwrap());
        b.handling = self.some_word();
        b.start = Some(Cited { id: ids[0].clone(), span: span() });
        b.summary = self.some_prose();
        b.voices = (0..self.number(3))
            .map(|n| Voice {
                id: VoiceId::new(&self.name(n)),
                name: self.word(),
                note: self.some_prose(),
                span: span(),
            })
            .collect();
        b.sources = (0..self.number(3)).map(|n| self.source(n)).collect();
        b.key_points = (0..self.number(3))
            .map(|_| KeyPoint {
                text: self.prose(),
                basis: self.some(Basis::ALL),
                cards: self.cited(&ids),
            })
            .collect();
        b.gaps = (0..self.number(3))
            .map(|n| Gap {
                id: GapId::new(&self.name(n)),
                at: self.citations(&b.sources).last().cloned(),
                kind: self.one(GapKind::ALL),
                text: self.prose(),
                recovered: self.some_prose(),
                from: self.citations(&b.sources),
                cards: self.cited(&ids),
                span: span(),
            })
            .collect();
        b.cards = (0..ids.len()).map(|n| self.card(&ids, n, &b)).collect();
        b
    }
}

/// Pieces of texts that YAML could take for something else.
const PIECES: &[&str] = &[
    "word",
    "word ",
    "[[a|b]]",
    " ",
    "  ",
    ": ",
    ":",
    "#",
    " #",
    "- ",
    "\n",
    "\n\n",
    "\n  ",
    "\t",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    ">",
    "|",
    "?",
    "~",
    "null",
    "no",
    "2026-01-03",
    "1.5",
    "---",
    "...",
    "é",
    "漢",
    "👨\u{200d}👩",
    "\r",
    "\r\n",
    "\u{1b}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{202e}",
    "\u{fffe}",
    "\u{1fffe}",
    "\0",
    " a long run of words that has to be folded somewhere because nobody reads lines so long",
];

prop_compose! {
    fn text()(
        pieces in prop::collection::vec(
            prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC"],
            1..12,
        ),
    ) -> String {
        pieces.concat()
    }
}

prop_compose! {
    pub fn stock()(
        texts in prop::collection::vec(text().prop_filter("says", |t| !t.trim().is_empty()), 3..12),
        words in prop::collection::vec(text().prop_filter("says", |t| !Printable::line(t).is_empty()), 3..12),
        numbers in prop::collection::vec(0usize..1000, 40..200),
    ) -> Stock {
        Stock { texts, words, numbers, at: 0 }
    }
}

impl std::fmt::Debug for Stock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.texts, self.words, self.numbers)
    }
}
