//! A briefing as the text of a briefing file that people can go on editing. What is read from that
//! text is the same briefing, but for places in it and for `parts`, which the file does not hold.

mod card;
mod emit;
mod scalar;
#[cfg(test)]
mod tests;

pub use scalar::quoted;

use crate::model::{Basis, Briefing, Citation, Cited, Gap, GapKind, KeyPoint, Source, Voice};
use crate::text::Printable;
use emit::{Map, Value};

/// Writes a briefing file.
pub fn write(briefing: &Briefing) -> String {
    let mut out = String::new();
    let head = Map::default()
        .with("briefing", Value::Number(1))
        .word("id", briefing.id.as_printable())
        .word("title", &briefing.title)
        .maybe("subtitle", briefing.subtitle.as_ref().map(Printable::as_str))
        .maybe("language", briefing.language.as_ref().map(Printable::as_str))
        .date("as_of", briefing.as_of)
        .prose("as_of_note", briefing.as_of_note.as_ref())
        .date("background_until", briefing.background_until)
        .maybe("start", briefing.start.as_ref().map(|start| start.id.as_str()))
        .maybe("handling", briefing.handling.as_ref().map(Printable::as_str));
    emit::map(&mut out, &head, 0);
    let key_points = briefing.key_points.iter().map(key_point).collect();
    let voices = briefing.voices.iter().map(|v| (v.id.as_str().to_owned(), voice(v)));
    let sources = briefing.sources.iter().map(|s| (s.id.as_str().to_owned(), source(s)));
    let groups = [
        Map::default().prose("summary", briefing.summary.as_ref()),
        Map::default().list("key_points", key_points),
        Map::default().map("voices", Map(voices.collect())),
        Map::default().map("sources", Map(sources.collect())),
        Map::default().list("gaps", briefing.gaps.iter().map(gap).collect()),
    ];
    for group in groups.iter().filter(|group| !group.0.is_empty()) {
        out.push('\n');
        emit::map(&mut out, group, 0);
    }
    if briefing.cards.is_empty() {
        out.push_str("\ncards: []\n");
    } else {
        out.push_str("\ncards:\n");
    }
    for (number, card) in briefing.cards.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        emit::item(&mut out, &Value::Map(card::card(card)), 2);
    }
    out
}

fn key_point(point: &KeyPoint) -> Value {
    Value::Map(
        Map::default()
            .prose("text", Some(&point.text))
            .maybe("basis", point.basis.map(Basis::word))
            .row("cards", names(&point.cards)),
    )
}

fn voice(voice: &Voice) -> Value {
    Value::Line(Map::default().word("name", &voice.name).prose("note", voice.note.as_ref()))
}

fn source(source: &Source) -> Value {
    let passages = source.passages.iter().map(|passage| {
        let bytes = passage.bytes.iter().flat_map(|b| [b.start, b.end]).map(Value::Number);
        let bytes = Value::Row(bytes.collect());
        let value = match &passage.quote {
            None => bytes,
            Some(quote) if passage.bytes.is_none() => {
                Value::Line(Map::default().with("quote", Value::Quoted(quote.to_string())))
            }
            Some(quote) => {
                let map = Map::default().with("bytes", bytes);
                Value::Line(map.with("quote", Value::Quoted(quote.to_string())))
            }
        };
        (passage.id.as_str().to_owned(), value)
    });
    Value::Map(
        Map::default()
            .word("title", &source.title)
            .maybe("publisher", source.publisher.as_ref().map(Printable::as_str))
            .maybe("url", source.url.as_ref().map(Printable::as_str))
            .date("date", source.date)
            .maybe("kind", source.kind.as_ref().map(Printable::as_str))
            .maybe("file", source.file.as_ref().map(Printable::as_str))
            .maybe("sha256", source.sha256.as_ref().map(Printable::as_str))
            .number("bytes", source.bytes)
            .number("paragraphs", source.paragraphs)
            .maybe("author", source.author.as_ref().map(Printable::as_str))
            .prose("note", source.note.as_ref())
            .map("passages", Map(passages.collect())),
    )
}

fn gap(gap: &Gap) -> Value {
    let kind = Some(gap.kind).filter(|kind| *kind != GapKind::Other);
    Value::Map(
        Map::default()
            .word("id", gap.id.as_str())
            .maybe("at", gap.at.as_ref().map(citation))
            .maybe("kind", kind.map(GapKind::word))
            .prose("text", Some(&gap.text))
            .prose("recovered", gap.recovered.as_ref())
            .row("from", citations(&gap.from))
            .row("cards", names(&gap.cards)),
    )
}

/// Names that are used, as they are written.
fn names<I: AsRef<str>>(used: &[Cited<I>]) -> impl Iterator<Item = String> {
    used.iter().map(|used| used.id.as_ref().to_owned())
}

/// Citations as they are written: `seed#p3`.
fn citations(citations: &[Citation]) -> impl Iterator<Item = String> {
    citations.iter().map(citation)
}

fn citation(citation: &Citation) -> String {
    match &citation.passage {
        Some(passage) => format!("{}#{passage}", citation.source),
        None => citation.source.to_string(),
    }
}
