//! The parts of a card that follow its text: gaps, claims, references, dates, questions, sources.

use super::blocks::{Scope, pieces};
use super::card::{boxed, sentence};
use super::flow::Flow;
use super::piece::{Piece, spaces};
use super::{Glyphs, Part, Role};
use crate::format::{self, Gap as Blank};
use crate::model::{
    Basis, Briefing, Card, Citation, Claim, Gap, GapKind, Prose, Source, SourceId, Target,
};
use crate::text::{Printable, shorten, width};

/// Columns of a source's name in a list of citations.
const SOURCE_NAME: usize = 40;

/// A list of citations in few words: `¶1, ¶2, Reuters`.
pub fn citations(briefing: &Briefing, from: &[Citation], glyphs: &'static Glyphs) -> Printable {
    let mut words: Vec<String> = Vec::with_capacity(from.len());
    for citation in from {
        let citation = one_citation(briefing, citation, glyphs);
        if !words.contains(&citation) {
            words.push(citation);
        }
    }
    Printable::line(&words.join(", "))
}

/// A citation in few words: the passage if the source is the document, else who published it.
pub fn one_citation(briefing: &Briefing, citation: &Citation, glyphs: &'static Glyphs) -> String {
    let source = briefing.source(&citation.source);
    let name = match source {
        Some(source) => {
            let name = source.publisher.as_ref().unwrap_or(&source.title);
            // `Reuters (via The Straits Times)`: the list of sources says the rest.
            let short = name.find([',', '(']).unwrap_or(name.len());
            let short = name.as_printable().slice(0..short).trim_end().len();
            let short = if short == 0 { name.len() } else { short };
            shorten(name.as_printable().slice(0..short), SOURCE_NAME, glyphs.ellipsis)
        }
        None => citation.source.as_printable().clone(),
    };
    let Some(passage) = &citation.passage else { return name.to_string() };
    let place = match passage.as_str().strip_prefix('p') {
        Some(number) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}{number}", glyphs.paragraph)
        }
        _ => passage.to_string(),
    };
    // Where one source alone has passages, its name goes without saying.
    let with_passages = briefing.sources.iter().filter(|s| !s.passages.is_empty()).count();
    if with_passages == 1 && source.is_some() { place } else { format!("{name} {place}") }
}

/// The gaps of a card: those it names, and those that name it. Each comes with the section behind
/// which it stands: the last that rests on the place of the gap, else the last that rests on the
/// document; none if it stands before all of them.
pub fn gaps_of<'b>(briefing: &'b Briefing, card: &Card) -> Vec<(Option<usize>, &'b Gap)> {
    let concerns = |gap: &&Gap| {
        card.gaps.iter().any(|named| named.id == gap.id)
            || gap.cards.iter().any(|named| named.id == card.id)
    };
    let of_document = card.sections.iter().rposition(|s| s.basis == Some(Basis::Document));
    let behind = |gap: &Gap| {
        let at = gap.at.as_ref().filter(|at| at.passage.is_some())?;
        let is_it = |from: &Citation| from.source == at.source && from.passage == at.passage;
        card.sections.iter().rposition(|section| section.from.iter().any(is_it))
    };
    let gaps = briefing.gaps.iter().filter(concerns);
    gaps.map(|gap| (behind(gap).or(of_document), gap)).collect()
}

/// Those of the gaps of a card that stand behind a section.
pub fn gaps(
    flow: &mut Flow,
    briefing: &Briefing,
    gaps: &[(Option<usize>, &Gap)],
    behind: Option<usize>,
) {
    for (at, (section, gap)) in gaps.iter().enumerate() {
        if *section == behind {
            flow.part = Part::Gap(at);
            flow.gap();
            gap_box(flow, briefing, gap);
        }
    }
}

/// One gap, in a box.
pub fn gap_box(flow: &mut Flow, briefing: &Briefing, gap: &Gap) {
    let glyphs = flow.options.glyphs;
    let what = match gap.kind {
        GapKind::MissingList => "missing: a list",
        GapKind::LostHeading => "missing: a heading",
        GapKind::MissingDocument => "missing: a document",
        GapKind::MissingCitations => "missing: sources",
        GapKind::Other => "missing",
    };
    let name = match &gap.at {
        Some(at) if at.passage.is_some() => {
            format!("{what} {} {}", glyphs.dot, one_citation(briefing, at, glyphs))
        }
        _ => what.to_owned(),
    };
    flow.inset(2, |flow| {
        boxed(flow, Printable::line(&name), Role::Gap, |flow| {
            sentence(flow, &gap.text, Role::Text, 0);
            let Some(recovered) = &gap.recovered else { return };
            sentence(flow, recovered, Role::Meta, 0);
            if !gap.from.is_empty() {
                let from = citations(briefing, &gap.from, glyphs);
                flow.paragraph(
                    &[Piece::sign("seen in ", Role::Meta), Piece::new(from, Role::Meta)],
                    2,
                );
            }
        });
    });
}

/// The claims of a card: who, how, what, and what checking showed.
pub fn claims(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    if card.claims.is_empty() {
        return;
    }
    flow.part = Part::Claim(0);
    label(flow, "Claims", card.claims.len());
    for (at, claim) in card.claims.iter().enumerate() {
        flow.part = Part::Claim(at);
        if at > 0 {
            flow.gap();
        }
        flow.inset(2, |flow| claim_of(flow, briefing, claim, None));
    }
}

/// A claim; its voice and verb may be a link.
pub fn claim_of(flow: &mut Flow, briefing: &Briefing, claim: &Claim, link: Option<usize>) {
    let glyphs = flow.options.glyphs;
    let mut left = vec![Piece { link, ..Piece::new(briefing.voice_name(claim), Role::Voice) }];
    if let Some(verb) = &claim.verb {
        let role = if link.is_some() { Role::Voice } else { Role::Meta };
        left.push(Piece { link, ..Piece::sign(between(glyphs), role) });
        left.push(Piece { link, ..Piece::new(verb, Role::Verb) });
    }
    if let Some(link) = link {
        left.push(flow.link_mark(link));
    }
    let standing = claim.standing;
    let words = Printable::line(&format!(
        "{} {}",
        glyphs.standing(standing),
        standing.word().replace('-', " ")
    ));
    let mut right = Vec::new();
    if claim.later {
        right.push(Piece::new("later", Role::Later));
        right.push(Piece::sign("  ", Role::Text));
    }
    right.push(Piece::new(words, Role::Standing(standing)));
    flow.sides(&left, &right);
    flow.inset(2, |flow| {
        let from = citations(briefing, &claim.from, glyphs);
        sentence_with(flow, &claim.text, tail(from, Role::Meta));
        if let Some(note) = &claim.note {
            sentence(flow, note, Role::Meta, 0);
        }
    });
}

/// A sentence, and what stands behind it on the same row.
fn sentence_with(flow: &mut Flow, prose: &Prose, tail: Vec<Piece>) {
    let (phrases, body) = format::sentence(&prose.source);
    let mut pieces = pieces(flow, &phrases, &mut Scope::new(&body, Role::Text));
    pieces.extend(tail);
    flow.paragraph(&pieces, 0);
}

/// Words that stand behind a sentence.
fn tail(words: Printable, role: Role) -> Vec<Piece<'static>> {
    if words.is_empty() {
        return Vec::new();
    }
    vec![Piece::sign("  ", Role::Text), Piece::new(words, role)]
}

/// ` · `, which stays on the line of what stands before it.
pub fn between(glyphs: &Glyphs) -> Printable {
    Printable::inline(&format!("\u{a0}{} ", glyphs.dot))
}

/// Where to read on: the relation, the title, and why.
pub fn see_also(flow: &mut Flow, card: &Card) {
    if card.see_also.is_empty() {
        return;
    }
    flow.part = Part::Reference(0);
    label(flow, "See also", card.see_also.len());
    let phrases: Vec<&'static str> = card
        .see_also
        .iter()
        .map(|reference| reference.relation.map_or("", |relation| relation.phrase()))
        .collect();
    let column = phrases.iter().map(|p| width(p)).max().unwrap_or(0);
    for (at, (reference, phrase)) in card.see_also.iter().zip(phrases).enumerate() {
        flow.part = Part::Reference(at);
        let mut pieces = Vec::new();
        if column > 0 {
            pieces.push(Piece::new(phrase, Role::Meta));
            pieces.push(Piece::sign(spaces(column + 2 - width(phrase)), Role::Meta));
        }
        let link = flow.link(&reference.target);
        let title = flow.links.title(&reference.target);
        let title = title.unwrap_or_else(|| reference.target.shown());
        let role = flow.link_role(link);
        pieces.push(Piece { link: Some(link), ..Piece::new(title, role) });
        pieces.push(flow.link_mark(link));
        let hang = if column > 0 { column + 2 } else { 2 };
        let reason = reference.why.as_ref().map(|why| reason(flow, why));
        pieces.extend(reason.into_iter().flatten());
        flow.inset(2, |flow| flow.paragraph(&pieces, hang));
    }
}

/// ` — why`, as pieces.
fn reason(flow: &Flow, why: &Prose) -> Vec<Piece<'static>> {
    let (phrases, _) = format::sentence(&why.source);
    let dash = Printable::inline(&format!(" {} ", flow.options.glyphs.dash));
    let mut pieces = vec![Piece::sign(dash, Role::Meta)];
    for phrase in phrases {
        pieces.push(Piece { marks: phrase.marks, ..Piece::new(phrase.text, Role::Meta) });
    }
    pieces
}

/// What happened when.
pub fn dates(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    if card.dates.is_empty() {
        return;
    }
    flow.part = Part::Date(0);
    label(flow, "Dates", card.dates.len());
    for (at, dated) in card.dates.iter().enumerate() {
        flow.part = Part::Date(at);
        let date = Printable::inline(&format!("{:<12}", dated.date.to_string()));
        let mut behind = Vec::new();
        if briefing.is_later(dated) {
            behind.extend(tail(Printable::line("later"), Role::Later));
        }
        if let Some(basis) = dated.basis.filter(|b| *b != Basis::Document) {
            behind.extend(tail(Printable::line(basis.word()), Role::Basis(basis)));
        }
        let from = citations(briefing, &dated.from, flow.options.glyphs);
        behind.extend(tail(from, Role::Meta));
        let rest = spaces(width(&date));
        flow.inset(2, |flow| {
            flow.indented((date, Role::Meta), (rest, Role::Text), |flow| {
                sentence_with(flow, &dated.text, behind);
            });
        });
    }
}

/// What a reader can be asked; the answers only if they are wanted.
pub fn questions(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    if card.questions.is_empty() {
        return;
    }
    flow.part = Part::Question(0);
    label(flow, "Questions", card.questions.len());
    for (at, question) in card.questions.iter().enumerate() {
        flow.part = Part::Question(at);
        let mark = Printable::inline(&format!("{}. ", at + 1));
        let rest = spaces(width(&mark));
        flow.inset(2, |flow| {
            flow.indented((mark, Role::Meta), (rest, Role::Text), |flow| {
                let from = citations(briefing, &question.from, flow.options.glyphs);
                let mut behind = Vec::new();
                if let Some(basis) = question.basis.filter(|b| *b != Basis::Document) {
                    behind.extend(tail(Printable::line(basis.word()), Role::Basis(basis)));
                }
                behind.extend(tail(from, Role::Meta));
                let answers = flow.options.answers;
                let Some(answer) = &question.answer else {
                    let fill = if answers { Blank::marked } else { Blank::blank };
                    let text = format::fill_gaps(&question.question.source, fill);
                    let role = if answers { Role::Answer } else { Role::Text };
                    return worded(flow, &text, role, if answers { behind } else { Vec::new() });
                };
                sentence(flow, &question.question, Role::Text, 0);
                if answers {
                    worded(flow, &answer.source, Role::Answer, behind);
                }
            });
        });
    }
}

/// A sentence and what stands behind it.
fn worded(flow: &mut Flow, source: &str, role: Role, behind: Vec<Piece>) {
    let (phrases, body) = format::sentence(source);
    let mut all = pieces(flow, &phrases, &mut Scope::new(&body, role));
    all.extend(behind);
    flow.paragraph(&all, 0);
}

/// The sources that the card cites, in the order of their first use.
pub fn sources(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    let mut used: Vec<&SourceId> = Vec::new();
    let cited = card
        .passages
        .iter()
        .chain(card.sections.iter().flat_map(|s| &s.from))
        .chain(card.claims.iter().flat_map(|c| &c.from))
        .chain(card.dates.iter().flat_map(|d| &d.from))
        .chain(card.questions.iter().flat_map(|q| &q.from));
    for citation in cited {
        if !used.contains(&&citation.source) {
            used.push(&citation.source);
        }
    }
    let sources: Vec<&Source> = used.into_iter().filter_map(|id| briefing.source(id)).collect();
    if sources.is_empty() {
        return;
    }
    flow.part = Part::Source(0);
    label(flow, "Sources", sources.len());
    for (at, source) in sources.into_iter().enumerate() {
        flow.part = Part::Source(at);
        flow.inset(2, |flow| one_source(flow, source));
    }
}

/// One source: publisher, date, title; the title links to its address.
pub fn one_source(flow: &mut Flow, source: &Source) {
    let glyphs = flow.options.glyphs;
    let mut pieces = Vec::new();
    if let Some(publisher) = &source.publisher {
        pieces.push(Piece::new(publisher, Role::Meta));
        pieces.push(Piece::sign(between(glyphs), Role::Meta));
    }
    if let Some(date) = source.date {
        pieces.push(Piece::new(Printable::line(&date.to_string()), Role::Meta));
        pieces.push(Piece::sign(between(glyphs), Role::Meta));
    }
    match &source.url {
        Some(url) => {
            let link = flow.link(&Target::Web(url.as_str().into()));
            let role = flow.link_role(link);
            pieces.push(Piece { link: Some(link), ..Piece::new(&source.title, role) });
            pieces.push(flow.link_mark(link));
        }
        None => pieces.push(Piece::new(&source.title, Role::Text)),
    }
    if let Some(author) = &source.author {
        pieces.push(Piece::sign(between(glyphs), Role::Meta));
        pieces.push(Piece::new(Printable::line(&format!("author: {author}")), Role::Meta));
    }
    flow.paragraph(&pieces, 2);
}

/// The cards that link here, where no rail shows them.
pub fn backlinks(flow: &mut Flow, backlinks: &[(Printable, Target)]) {
    if backlinks.is_empty() {
        return;
    }
    flow.part = Part::Backlinks;
    label(flow, "Linked from", backlinks.len());
    let mut list = Vec::new();
    for (at, (title, target)) in backlinks.iter().enumerate() {
        if at > 0 {
            list.push(Piece::sign(between(flow.options.glyphs), Role::Meta));
        }
        let link = flow.link(target);
        let role = flow.link_role(link);
        list.push(Piece { link: Some(link), ..Piece::new(title, role) });
        list.push(flow.link_mark(link));
    }
    flow.inset(2, |flow| flow.paragraph(&list, 0));
}

/// The label of a part with the number of its entries.
fn label(flow: &mut Flow, name: &'static str, count: usize) {
    flow.label(name, (count > 1).then(|| Printable::line(&count.to_string())));
}
