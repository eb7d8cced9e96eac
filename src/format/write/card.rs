//! A card, and what stands on it, as values to be written.

use super::emit::{Map, Value};
use super::{citations, names};
use crate::model::{
    Basis, Card, Claim, Dated, Evidence, Form, Kind, Question, Reference, Relation, Section,
    Standing, Target,
};
use crate::text::Printable;

/// A card.
pub fn card(card: &Card) -> Map {
    // A section of the card's own basis is its body.
    let body = card.sections.first().filter(|section| {
        section.basis == card.basis && section.from.is_empty() && section.title.is_none()
    });
    let sections = card.sections.iter().skip(usize::from(body.is_some()));
    let sections = sections.map(section).collect();
    Map::default()
        .word("id", card.id.as_str())
        .word("title", &card.title)
        .number("depth", Some(u64::from(card.depth.min(20))).filter(|depth| *depth > 0))
        .maybe("kind", Some(card.kind).filter(|kind| *kind != Kind::Topic).map(Kind::word))
        .row("aliases", card.aliases.iter().map(ToString::to_string))
        .row("tags", card.tags.iter().map(ToString::to_string))
        .maybe("basis", card.basis.map(Basis::word))
        .date("as_of", card.as_of)
        .row("passages", citations(&card.passages))
        .row("gaps", names(&card.gaps))
        .prose("bottom_line", card.bottom_line.as_ref())
        .prose("body", body.map(|section| &section.text))
        .list("sections", sections)
        .list("claims", card.claims.iter().map(claim).collect())
        .list("see_also", card.see_also.iter().filter_map(reference).collect())
        .list("questions", card.questions.iter().map(question).collect())
        .list("dates", card.dates.iter().map(dated).collect())
}

fn section(section: &Section) -> Value {
    Value::Map(
        Map::default()
            .maybe("title", section.title.as_ref().map(|title| title.as_str()))
            .maybe("basis", section.basis.map(Basis::word))
            .row("from", citations(&section.from))
            .prose("text", Some(&section.text)),
    )
}

fn claim(claim: &Claim) -> Value {
    let standing = Some(claim.standing).filter(|standing| *standing != Standing::NotChecked);
    Value::Line(
        Map::default()
            .maybe("by", claim.by.as_ref().map(|by| by.id.as_str()))
            .maybe("verb", claim.verb.as_ref().map(Printable::as_str))
            .prose("text", Some(&claim.text))
            .row("from", citations(&claim.from))
            .maybe("check", standing.map(Standing::word))
            .prose("note", claim.note.as_ref())
            .truth("later", claim.later),
    )
}

/// An entry of `see_also`; nothing if it leads to a note of the text.
fn reference(reference: &Reference) -> Option<Value> {
    let to = match &reference.target {
        Target::Card { name, heading: Some(heading) } => format!("{name}#{heading}"),
        Target::Card { name, heading: None } => name.to_string(),
        Target::Path(path) | Target::Named(path) => path.to_string(),
        Target::Web(address) => address.to_string(),
        Target::Footnote(_) => return None,
    };
    let map = Map::default()
        .word("to", &to)
        .maybe("rel", reference.relation.map(Relation::word))
        .maybe("link", reference.evidence.map(Evidence::word))
        .prose("why", reference.why.as_deref());
    Some(Value::Line(map))
}

fn question(question: &Question) -> Value {
    let key = if question.form == Form::Cloze { "cloze" } else { "q" };
    let form = (question.form == Form::Typed).then(|| question.form.word());
    Value::Line(
        Map::default()
            .maybe("id", question.id.as_ref().map(|id| id.id.as_str()))
            .prose(key, Some(&question.question))
            .prose("a", question.answer.as_ref())
            .maybe("type", form)
            .row("accept", question.accept.iter().map(ToString::to_string))
            .truth("both", question.both)
            .prose("hint", question.hint.as_ref())
            .maybe("basis", question.basis.map(Basis::word))
            .row("from", citations(&question.from)),
    )
}

fn dated(dated: &Dated) -> Value {
    Value::Line(
        Map::default()
            .date("date", Some(dated.date))
            .prose("text", Some(&dated.text))
            .maybe("basis", dated.basis.map(Basis::word))
            .row("from", citations(&dated.from))
            .truth("later", dated.later),
    )
}
