//! The text of a page as it is drawn, piece by piece: what is searched. Labels and signs of the
//! program are left out, and the list of cards on an overview.

use super::words::tidy;
use crate::format;
use crate::library::{Destination, Library, Page};
use crate::model::{Briefing, Card, Citation, Gap, Prose, Source, SourceId, Target};
use crate::text::{Printable, Span};

/// The part of a page that a text belongs to; numbers count the parts of a sort from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The title.
    Title,
    /// Another name.
    Alias,
    /// The bottom line, or the summary of a briefing.
    BottomLine,
    /// A heading.
    Heading,
    /// The text: a section, or a key point of a briefing.
    Section(usize),
    /// A gap.
    Gap(usize),
    /// A claim, or a voice of a briefing.
    Claim(usize),
    /// A date.
    Date(usize),
    /// A question with its answer.
    Question(usize),
    /// A reference to another card.
    Reference(usize),
    /// A source.
    Source(usize),
}

/// How much the parts of a page count; also the order in which their words are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    Title,
    Alias,
    BottomLine,
    Heading,
    Body,
    Around,
}

impl Zone {
    /// All zones, in their order.
    pub const ALL: [Self; 6] =
        [Self::Title, Self::Alias, Self::BottomLine, Self::Heading, Self::Body, Self::Around];

    /// The byte behind its text: none that a text has.
    pub const fn end(self) -> u8 {
        self as u8 + 1
    }

    /// What a word found here is worth.
    pub const fn weight(self) -> f32 {
        match self {
            Self::Title => 100.0,
            Self::Alias => 90.0,
            Self::BottomLine => 40.0,
            Self::Heading => 25.0,
            Self::Body => 10.0,
            Self::Around => 5.0,
        }
    }
}

impl Field {
    /// The word for it in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Alias => "alias",
            Self::BottomLine => "bottom-line",
            Self::Heading => "heading",
            Self::Section(_) => "text",
            Self::Gap(_) => "gap",
            Self::Claim(_) => "claim",
            Self::Date(_) => "date",
            Self::Question(_) => "question",
            Self::Reference(_) => "see-also",
            Self::Source(_) => "source",
        }
    }

    /// How much it counts.
    pub const fn zone(self) -> Zone {
        match self {
            Self::Title => Zone::Title,
            Self::Alias => Zone::Alias,
            Self::BottomLine => Zone::BottomLine,
            Self::Heading => Zone::Heading,
            Self::Section(_)
            | Self::Gap(_)
            | Self::Claim(_)
            | Self::Date(_)
            | Self::Question(_) => Zone::Body,
            Self::Reference(_) | Self::Source(_) => Zone::Around,
        }
    }
}

/// A line of a page.
pub struct Piece<'a> {
    /// What it belongs to.
    pub field: Field,
    /// Its words, printable, with single spaces.
    pub text: &'a str,
    /// Where it stands in the file, as far as known.
    pub span: Option<Span>,
}

/// Hands out the lines of a page, in the order in which they are drawn.
pub fn pieces(library: &Library, page: Page, take: &mut dyn FnMut(Piece)) {
    let Some(briefing) = library.briefing(library.briefing_of(page)) else { return };
    let titles = |target: &Target| title(library, page, target);
    let mut out = Out { titles: &titles, take };
    match page {
        Page::Overview(_) => overview(&mut out, briefing),
        Page::Card(index) => {
            if let Some(card) = library.card(index) {
                one_card(&mut out, briefing, card);
            }
        }
    }
}

/// The title that is drawn for a link without words.
fn title(library: &Library, page: Page, target: &Target) -> Option<Printable> {
    match library.leads_to(page, target) {
        Destination::Page { page, heading: None } => Some(library.title(page)),
        Destination::Page { page, heading: Some(heading) } => {
            Some(Printable::line(&format!("{} › {heading}", library.title(page))))
        }
        _ => None,
    }
}

struct Out<'o> {
    titles: &'o format::Titles<'o>,
    take: &'o mut dyn FnMut(Piece),
}

impl Out<'_> {
    fn line(&mut self, field: Field, text: &str, span: Option<Span>) {
        let text = tidy(text);
        if !text.is_empty() {
            (self.take)(Piece { field, text: &text, span });
        }
    }

    fn sentence(&mut self, field: Field, prose: &Prose) {
        let text = format::sentence_words(&prose.source, self.titles);
        self.line(field, &text, Some(prose.span));
    }

    fn body(&mut self, field: Field, prose: &Prose) {
        let titles = self.titles;
        format::words(&prose.source, titles, &mut |line, heading| {
            let field = if heading { Field::Heading } else { field };
            self.line(field, &line, Some(prose.span));
        });
    }

    fn gap(&mut self, at: usize, gap: &Gap) {
        self.sentence(Field::Gap(at), &gap.text);
        gap.recovered.iter().for_each(|recovered| self.sentence(Field::Gap(at), recovered));
    }

    fn source(&mut self, at: usize, source: &Source) {
        let date = source.date.map(|date| Printable::line(&date.to_string()));
        let parts = [source.publisher.as_ref(), date.as_ref(), Some(&source.title)];
        let parts = parts.into_iter().chain([source.author.as_ref()]).flatten();
        let line: Vec<&str> = parts.map(Printable::as_str).collect();
        self.line(Field::Source(at), &line.join(" · "), Some(source.span));
    }
}

fn one_card(out: &mut Out, briefing: &Briefing, card: &Card) {
    let here = Some(card.span);
    out.line(Field::Title, &card.title, here);
    card.aliases.iter().for_each(|alias| out.line(Field::Alias, alias, here));
    card.bottom_line.iter().for_each(|prose| out.sentence(Field::BottomLine, prose));
    for (at, section) in card.sections.iter().enumerate() {
        let span = Some(section.text.span);
        section.title.iter().for_each(|title| out.line(Field::Heading, title, span));
        out.body(Field::Section(at), &section.text);
    }
    for (at, gap) in gaps_of(briefing, card).enumerate() {
        out.gap(at, gap);
    }
    for (at, claim) in card.claims.iter().enumerate() {
        let field = Field::Claim(at);
        let voice = claim.by.as_ref().map_or("", |by| {
            briefing.voice(&by.id).map_or(by.id.as_str(), |voice| voice.name.as_str())
        });
        let verb = claim.verb.as_ref().map_or("", Printable::as_str);
        let between = if voice.is_empty() || verb.is_empty() { "" } else { " · " };
        out.line(field, &format!("{voice}{between}{verb}"), Some(claim.text.span));
        out.sentence(field, &claim.text);
        claim.note.iter().for_each(|note| out.sentence(field, note));
    }
    for (at, reference) in card.see_also.iter().enumerate() {
        let title = (out.titles)(&reference.target).unwrap_or_else(|| reference.target.shown());
        let why = reference.why.as_ref();
        let why = why.map(|why| format::sentence_words(&why.source, out.titles));
        let why = why.map_or(String::new(), |why| format!(" — {why}"));
        out.line(Field::Reference(at), &format!("{title}{why}"), Some(reference.span));
    }
    for (at, dated) in card.dates.iter().enumerate() {
        let text = format::sentence_words(&dated.text.source, out.titles);
        out.line(Field::Date(at), &format!("{} {text}", dated.date), Some(dated.text.span));
    }
    for (at, question) in card.questions.iter().enumerate() {
        let field = Field::Question(at);
        let Some(answer) = &question.answer else {
            let source = format::fill_gaps(&question.question.source, format::Gap::marked);
            let text = format::sentence_words(&source, out.titles);
            out.line(field, &text, Some(question.question.span));
            continue;
        };
        out.sentence(field, &question.question);
        out.sentence(field, answer);
    }
    let sources = cited(card).into_iter().filter_map(|id| briefing.source(id));
    sources.enumerate().for_each(|(at, source)| out.source(at, source));
}

fn overview(out: &mut Out, briefing: &Briefing) {
    out.line(Field::Title, &briefing.title, None);
    briefing.subtitle.iter().for_each(|subtitle| out.line(Field::Alias, subtitle, None));
    briefing.summary.iter().for_each(|prose| out.sentence(Field::BottomLine, prose));
    briefing.as_of_note.iter().for_each(|prose| out.sentence(Field::Section(0), prose));
    for (at, point) in briefing.key_points.iter().enumerate() {
        out.sentence(Field::Section(at), &point.text);
    }
    briefing.gaps.iter().enumerate().for_each(|(at, gap)| out.gap(at, gap));
    for (at, voice) in briefing.voices.iter().enumerate() {
        out.line(Field::Claim(at), &voice.name, Some(voice.span));
        voice.note.iter().for_each(|note| out.sentence(Field::Claim(at), note));
    }
    briefing.sources.iter().enumerate().for_each(|(at, source)| out.source(at, source));
}

/// The gaps drawn on a card: those it names, and those that name it.
pub fn gaps_of<'a>(briefing: &'a Briefing, card: &'a Card) -> impl Iterator<Item = &'a Gap> {
    briefing.gaps.iter().filter(|gap| {
        card.gaps.iter().any(|named| named.id == gap.id)
            || gap.cards.iter().any(|named| named.id == card.id)
    })
}

/// All places that a card cites.
pub fn citations(card: &Card) -> impl Iterator<Item = &Citation> {
    card.passages
        .iter()
        .chain(card.sections.iter().flat_map(|section| &section.from))
        .chain(card.claims.iter().flat_map(|claim| &claim.from))
        .chain(card.dates.iter().flat_map(|dated| &dated.from))
        .chain(card.questions.iter().flat_map(|question| &question.from))
}

/// The sources that a card cites, each once.
fn cited(card: &Card) -> Vec<&SourceId> {
    let mut used: Vec<&SourceId> = Vec::new();
    for citation in citations(card) {
        if !used.contains(&&citation.source) {
            used.push(&citation.source);
        }
    }
    used
}
