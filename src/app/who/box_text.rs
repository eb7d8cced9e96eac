//! What the box says of a statement.

use super::Who;
use super::rests_on;
use crate::app::State;
use crate::app::claims::{Goal, View};
use crate::app::list::NoLinks;
use crate::layout::{
    Flow, Layout, Numbers, Options, Part, Piece, Role, Status, basis_words, one_citation, sentence,
};
use crate::library::{Found, Page, Stated};
use crate::model::{Basis, Briefing, Card, Citation, Claim, Prose, Target};
use crate::text::{Printable, width};

/// Columns of the names of facts.
const NAMES: usize = 9;
/// Claims of one voice that are shown.
const OF_VOICE: usize = 4;

/// Lays out what is known of a statement; what the links lead to.
pub fn lay_out(state: &State, who: &Who, columns: usize) -> (Layout, Vec<Goal>) {
    let glyphs = state.settings.glyphs;
    let options =
        Options { width: columns, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut text = Text { flow: Flow::new(options, &NoLinks), goals: Vec::new(), state, who };
    let library = &state.library;
    let briefing = library.briefing(library.briefing_of(who.page));
    if let (Some(briefing), Some(part)) = (briefing, who.part()) {
        match who.page {
            Page::Card(at) => {
                if let Some(card) = library.card(at) {
                    text.on_card(briefing, at, card, part);
                }
            }
            Page::Overview(_) => text.on_overview(briefing, part),
        }
    }
    (text.flow.finish(), text.goals)
}

struct Text<'a> {
    flow: Flow<'a>,
    goals: Vec<Goal>,
    state: &'a State,
    who: &'a Who,
}

impl Text<'_> {
    fn on_card(&mut self, briefing: &Briefing, at: usize, card: &Card, part: Part) {
        let library = &self.state.library;
        match part {
            Part::Claim(claim) => {
                if let Some(stated) = library.claim(at, claim) {
                    self.claim(&stated);
                    self.related(at, claim);
                }
                return;
            }
            Part::Section(section) => {
                let basis = card.sections.get(section).and_then(|section| section.basis);
                self.text_of(basis, briefing, at);
            }
            Part::Date(date) => {
                if let Some(dated) = card.dates.get(date) {
                    let words = Printable::line(&format!("An event of {}", dated.date));
                    let mut right = Vec::new();
                    if briefing.is_later(dated) {
                        right.push(Piece::new("later", Role::Later));
                    }
                    self.flow.sides(&[Piece::new(words, Role::Voice)], &right);
                    if let Some(basis) = dated.basis {
                        self.fact("means", &[Piece::new(said(basis), Role::Meta)]);
                    }
                }
            }
            _ => {
                self.flow.paragraph(&[Piece::new("The bottom line", Role::Voice)], 0);
                let words = "the writer of the card sums it up";
                self.fact("means", &[Piece::new(words, Role::Meta)]);
            }
        }
        let from = rests_on(self.state, self.who.page, part);
        self.from(briefing, &from, "from");
        self.claims_near(at, card, &from);
    }

    fn on_overview(&mut self, briefing: &Briefing, part: Part) {
        let point = match part {
            Part::Section(at) => briefing.key_points.get(at),
            _ => None,
        };
        let basis = point.and_then(|point| point.basis);
        let words = match (part, basis) {
            (Part::Claim(_), _) => "A voice of this briefing",
            (_, Some(basis)) => basis_words(basis),
            (Part::Section(_), None) => "A key point",
            _ => "The summary",
        };
        let role = basis.map_or(Role::Voice, Role::Basis);
        self.flow.paragraph(&[Piece::new(words, role)], 0);
        if let Some(basis) = basis {
            self.fact("means", &[Piece::new(said(basis), Role::Meta)]);
        }
        let voice = match part {
            Part::Claim(at) => briefing.voices.get(at),
            _ => None,
        };
        if let Some(voice) = voice {
            self.flow.gap();
            self.list_of(View::Voice(voice.name.clone()), "all its claims");
        }
        let library = &self.state.library;
        let cards = library.cards_of(library.briefing_of(self.who.page));
        for cited in point.iter().flat_map(|point| &point.cards) {
            let at = briefing.cards.iter().position(|card| card.id == cited.id);
            let Some(at) = at else { continue };
            let title = library.title(Page::Card(cards.start + at));
            let link = self.link(Goal::Page(Page::Card(cards.start + at)));
            let title = Piece { link: Some(link), ..Piece::new(title, Role::Link(Status::Card)) };
            let mark = self.flow.link_mark(link);
            self.fact("see", &[title, mark]);
        }
    }

    /// What a text of a card rests on.
    fn text_of(&mut self, basis: Option<Basis>, briefing: &Briefing, card: usize) {
        let words = match basis {
            Some(basis) => Piece::new(basis_words(basis), Role::Basis(basis)),
            None if briefing.parts.is_empty() => Piece::new("Text without a basis", Role::Voice),
            None => Piece::new("The document itself", Role::Voice),
        };
        self.flow.paragraph(&[words], 0);
        match basis {
            Some(basis) => self.fact("means", &[Piece::new(said(basis), Role::Meta)]),
            None if briefing.parts.is_empty() => {
                let words = "the writer does not say what it rests on";
                self.fact("means", &[Piece::new(words, Role::Meta)]);
            }
            None => {
                let page = Page::Card(card);
                let file = self.state.library.file_of(page);
                let line = self.state.library.card(card).map_or(1, |c| c.span.position.line);
                let file = file.as_ref().and_then(|file| file.file_name()).unwrap_or_default();
                let place = format!("{}, from line {line}", file.to_string_lossy());
                self.fact("file", &[Piece::new(Printable::line(&place), Role::Meta)]);
            }
        }
    }

    fn claim(&mut self, stated: &Stated) {
        let (claim, glyphs) = (stated.claim, self.state.settings.glyphs);
        let mut left = vec![Piece::new(stated.voice(), Role::Voice)];
        if let Some(verb) = &claim.verb {
            let dot = Printable::inline(&format!(" {} ", glyphs.dot));
            left.push(Piece::sign(dot, Role::Meta));
            left.push(Piece::new(verb, Role::Verb));
        }
        let right = standing(self.state, claim);
        self.flow.sides(&left, &right);
        let meaning = claim.standing.meaning();
        self.fact("checked", &[Piece::new(tidy(meaning), Role::Meta)]);
        if claim.later {
            let words = "made after the document";
            self.fact("later", &[Piece::new(words, Role::Meta)]);
        }
        self.from(stated.briefing, &claim.from, "from");
        if let Some(note) = &claim.note {
            self.prose("note", note);
        }
        let voice = claim.by.as_ref().and_then(|by| stated.briefing.voice(&by.id));
        if let Some(note) = voice.and_then(|voice| voice.note.as_ref()) {
            self.prose("voice", note);
        }
    }

    /// A fact with its name before it.
    fn fact(&mut self, name: &'static str, pieces: &[Piece]) {
        self.named(name, |flow| flow.paragraph(pieces, 0));
    }

    fn prose(&mut self, name: &'static str, prose: &Prose) {
        self.named(name, |flow| sentence(flow, prose, Role::Meta, 0));
    }

    fn named(&mut self, name: &'static str, fill: impl FnOnce(&mut Flow)) {
        let first = Printable::inline(&format!("{name:<NAMES$}"));
        let rest = Printable::inline(&" ".repeat(width(&first)));
        self.flow.indented((first, Role::Label), (rest, Role::Text), |flow| fill(flow));
    }

    /// Where it is said: each place with the name of its source.
    fn from(&mut self, briefing: &Briefing, from: &[Citation], name: &'static str) {
        let library = &self.state.library;
        let document = library.briefing_of(self.who.page);
        if from.is_empty() {
            self.fact(name, &[Piece::new("no source is named", Role::Meta)]);
        }
        for (at, citation) in from.iter().enumerate() {
            let glyphs = self.state.settings.glyphs;
            let link = self.link(Goal::Passage(document, citation.clone()));
            let short = one_citation(briefing, citation, glyphs);
            let role = Role::Link(Status::Here);
            let mut pieces =
                vec![Piece { link: Some(link), ..Piece::new(Printable::line(&short), role) }];
            pieces.push(self.flow.link_mark(link));
            if let Some(source) = briefing.source(&citation.source) {
                let title = source.title.as_str();
                let date = source.date.map(|date| format!(", {date}")).unwrap_or_default();
                let words = if short == title { date } else { format!(" {title}{date}") };
                pieces.push(Piece::new(Printable::inline(&words), Role::Meta));
            }
            self.fact(if at == 0 { name } else { "" }, &pieces);
        }
    }

    /// The claims of the card on the same passages; if there are none, all of them.
    fn claims_near(&mut self, at: usize, card: &Card, from: &[Citation]) {
        let same = |a: &Citation, b: &Citation| a.source == b.source && a.passage == b.passage;
        let near = |claim: &Claim| claim.from.iter().any(|a| from.iter().any(|b| same(a, b)));
        let numbers =
            || (0..card.claims.len()).filter_map(|claim| self.state.library.claim(at, claim));
        let on_passage: Vec<_> = numbers().filter(|stated| near(stated.claim)).collect();
        let (found, claims) = if on_passage.is_empty() {
            (Found::Card, numbers().collect())
        } else {
            (Found::Passage, on_passage)
        };
        self.group(found, &claims, claims.len());
    }

    /// Other claims on the same matter.
    fn related(&mut self, card: usize, at: usize) {
        let library = &self.state.library;
        let related = library.related_claims(card, at);
        for found in Found::ALL {
            let claims: Vec<Stated> =
                related.iter().filter(|(by, _)| *by == found).map(|(_, stated)| *stated).collect();
            let most = if found == Found::Voice { OF_VOICE } else { claims.len() };
            self.group(found, &claims, most);
        }
    }

    /// Claims that were found in one way.
    fn group(&mut self, found: Found, claims: &[Stated], most: usize) {
        if claims.is_empty() {
            return;
        }
        let count = Printable::line(&claims.len().to_string());
        self.flow.label(found.words(), Some(count));
        for stated in claims.iter().take(most) {
            self.other(stated);
        }
        if let Some(stated) = claims.get(most) {
            let words = format!("and {} more", claims.len() - most);
            let words = Printable::line(&words);
            let link = self.link(Goal::View(View::Voice(stated.voice())));
            let words = Piece { link: Some(link), ..Piece::new(words, Role::Link(Status::Here)) };
            let mark = self.flow.link_mark(link);
            self.flow.paragraph(&[words, mark], 0);
        }
    }

    /// Another claim in few words.
    fn other(&mut self, stated: &Stated) {
        let (claim, glyphs) = (stated.claim, self.state.settings.glyphs);
        let link = self.link(Goal::Claim(stated.card, stated.at));
        let mut left = vec![Piece { link: Some(link), ..Piece::new(stated.voice(), Role::Voice) }];
        if let Some(verb) = &claim.verb {
            let dot = Printable::inline(&format!(" {} ", glyphs.dot));
            left.push(Piece { link: Some(link), ..Piece::sign(dot, Role::Voice) });
            left.push(Piece { link: Some(link), ..Piece::new(verb, Role::Verb) });
        }
        left.push(self.flow.link_mark(link));
        let right = standing(self.state, claim);
        self.flow.sides(&left, &right);
        let words = crate::format::sentence_words(&claim.text.source, &|_| None);
        let mut pieces = vec![Piece::new(Printable::line(&words), Role::Text)];
        if Page::Card(stated.card) != self.who.page {
            let title = self.state.library.title(Page::Card(stated.card));
            pieces.push(Piece::sign("  ", Role::Meta));
            pieces.push(Piece::new(title, Role::Meta));
        }
        self.flow.inset(2, |flow| flow.paragraph(&pieces, 0));
    }

    fn list_of(&mut self, view: View, words: &'static str) {
        let link = self.link(Goal::View(view));
        let words = Piece { link: Some(link), ..Piece::new(words, Role::Link(Status::Here)) };
        let mark = self.flow.link_mark(link);
        self.flow.paragraph(&[words, mark], 0);
    }

    fn link(&mut self, goal: Goal) -> usize {
        self.goals.push(goal);
        self.flow.link(&Target::Card { name: "".into(), heading: None })
    }
}

/// What checking showed, as it stands to the right of a voice.
pub fn standing(state: &State, claim: &Claim) -> Vec<Piece<'static>> {
    let (standing, glyphs) = (claim.standing, state.settings.glyphs);
    let mut pieces = Vec::new();
    if claim.later {
        pieces.push(Piece::new("later", Role::Later));
        pieces.push(Piece::sign("  ", Role::Text));
    }
    let words = format!("{} {}", glyphs.standing(standing), standing.word().replace('-', " "));
    pieces.push(Piece::new(Printable::line(&words), Role::Standing(standing)));
    pieces
}

/// What a basis means, in the form of a fact.
fn said(basis: Basis) -> Printable {
    tidy(basis.meaning())
}

/// A sentence in the form of a fact: without capital and full stop.
pub fn tidy(sentence: &str) -> Printable {
    let mut chars = sentence.trim_end_matches('.').chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    Printable::line(&format!("{first}{}", chars.as_str()))
}
