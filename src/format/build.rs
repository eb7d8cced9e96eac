//! The file as written into the model, with all that can be said about one file alone.

mod card;
mod field;
mod question;
#[cfg(test)]
mod tests;

use super::de::{self, Context, Spanned};
use super::raw::{RawBriefing, RawGap, RawKeyPoint, RawPassage, RawSource, RawVoice};
use super::yaml;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Basis, Briefing, BriefingId, Card, CardId, Cited, Gap, GapId, GapKind, KeyPoint, Passage,
    PassageId, Source, SourceId, Voice, VoiceId,
};
use crate::text::{LineIndex, Printable, Span, slug};
use field::Reader;
use std::collections::HashMap;
use std::hash::Hash;

/// The version of the format that this program reads.
const VERSION: u64 = 1;

/// Reads a briefing file. `name` stands in for a missing id and title.
pub fn briefing(source: &str, name: &str) -> (Briefing, Vec<Diagnostic>) {
    let lines = LineIndex::new(source);
    let mut found = Vec::new();
    let tree = yaml::read(source, &lines, &mut found);
    let context = Context::new(&lines);
    let raw = tree.as_ref().and_then(|node| de::read::<Spanned<RawBriefing>>(node, &context));
    let reader = Reader::new(source, &context);
    let briefing = match raw {
        Some(raw) => assemble(raw, name, &reader),
        None => {
            if tree.is_none() && found.is_empty() {
                context.report(no_cards(reader.span(&(0..0))));
            }
            Briefing::empty(BriefingId::new(&slug(name)), Printable::line(name))
        }
    };
    drop(reader);
    found.extend(context.into_found());
    found.sort_by_key(|d| d.span.map(|s| s.start));
    (briefing, found)
}

fn no_cards(span: Span) -> Diagnostic {
    Diagnostic::error("no-cards", "no cards")
        .at(span)
        .help("a briefing file has a list `cards:`, each with `title` and `bottom_line` or `body`")
}

fn assemble(raw: Spanned<RawBriefing>, name: &str, reader: &Reader) -> Briefing {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let title = reader.words(raw.title.0);
    let id = match reader.id(raw.id.0, BriefingId::new) {
        Some(id) => id.id,
        None => BriefingId::new(&slug(name)),
    };
    let mut briefing = Briefing::empty(id, title.unwrap_or_else(|| Printable::line(name)));
    if let Some(version) = raw.briefing.0.filter(|v| v.value > VERSION) {
        let message = format!("this file is in version {} of the format", version.value);
        let help = format!("this program reads version {VERSION}; a newer one may read more of it");
        let at = reader.span(&version.bytes);
        reader.report(Diagnostic::warning("newer-format", message).at(at).help(help));
    }
    briefing.subtitle = reader.words(raw.subtitle.0);
    briefing.language = reader.name(raw.language.0);
    briefing.as_of = reader.date(raw.as_of.0);
    briefing.as_of_note = reader.prose(raw.as_of_note.0);
    briefing.background_until = reader.date(raw.background_until.0);
    briefing.handling = reader.name(raw.handling.0);
    briefing.start = reader.id(raw.start.0, CardId::new);
    briefing.summary = reader.prose(raw.summary.0);
    briefing.key_points =
        raw.key_points.0.into_iter().filter_map(|k| key_point(k, reader)).collect();
    briefing.voices = raw.voices.0.into_iter().map(|(id, v)| voice(&id, v, reader)).collect();
    briefing.sources = raw.sources.0.into_iter().map(|(id, s)| source(&id, s, reader)).collect();
    reader.know_sources(&briefing.sources);
    reader.know_voices(&briefing.voices);
    briefing.gaps = raw.gaps.0.into_iter().filter_map(|g| gap(g, reader)).collect();
    unique(briefing.gaps.iter().map(|g| (&g.id, g.span)), "gap", reader);
    reader.know_gaps(&briefing.gaps);
    match raw.cards.0 {
        Some(cards) => {
            if cards.0.is_empty() && !torn && reader.is_content() {
                let message = "the list of cards is empty";
                reader.report(Diagnostic::warning("no-cards", message).at(reader.span(&bytes)));
            }
            briefing.cards =
                cards.0.into_iter().filter_map(|card| card::card(card, reader)).collect();
        }
        None if torn => {}
        None => reader.report(no_cards(reader.span(&bytes))),
    }
    unique(briefing.cards.iter().map(|c| (&c.id, c.span)), "card", reader);
    look_alikes(&briefing.cards, reader);
    briefing
}

/// Reports names that are given twice, with both places.
fn unique<'a, I: Hash + Eq + AsRef<str> + 'a>(
    named: impl Iterator<Item = (&'a I, Span)>,
    what: &str,
    reader: &Reader,
) {
    let mut seen: HashMap<&I, Span> = HashMap::new();
    for (id, span) in named {
        if let Some(first) = seen.get(id) {
            let message = format!("two {what}s are called `{}`", id.as_ref());
            reader.report(
                Diagnostic::error("repeated-id", message)
                    .at(span)
                    .label(*first, "first here")
                    .help("links go to the first; give each its own id"),
            );
        } else {
            seen.insert(id, span);
        }
    }
}

/// Reports ids that differ and look the same, as with letters of another alphabet.
fn look_alikes(cards: &[Card], reader: &Reader) {
    if cards.iter().all(|card| card.id.as_str().is_ascii()) {
        return;
    }
    let mut seen: HashMap<String, &Card> = HashMap::new();
    for card in cards {
        let looks: String = unicode_security::skeleton(card.id.as_str()).collect();
        match seen.get(&looks) {
            Some(first) if first.id != card.id => {
                let message = format!("the ids `{}` and `{}` look alike", first.id, card.id);
                reader.report(
                    Diagnostic::warning("look-alike-id", message)
                        .at(card.span)
                        .label(first.span, "the other one")
                        .help("they hold different letters; write both with the same alphabet"),
                );
            }
            Some(_) => {}
            None => drop(seen.insert(looks, card)),
        }
    }
}

fn key_point(raw: Spanned<RawKeyPoint>, reader: &Reader) -> Option<KeyPoint> {
    let text = reader.needed(raw.value.text.0, "text", &raw.bytes, raw.torn)?;
    Some(KeyPoint {
        text,
        basis: reader.word(raw.value.basis.0, Basis::ALL, Basis::word),
        cards: reader.ids(raw.value.cards, CardId::new),
    })
}

fn voice(id: &Spanned<de::Text>, raw: Spanned<RawVoice>, reader: &Reader) -> Voice {
    let written = Printable::line(&id.value.text);
    Voice {
        id: VoiceId::new(&id.value.text),
        name: reader.words(raw.value.name.0).unwrap_or(written),
        note: reader.prose(raw.value.note.0),
        span: reader.span(&id.bytes),
    }
}

fn source(id: &Spanned<de::Text>, raw: Spanned<RawSource>, reader: &Reader) -> Source {
    let written = Printable::line(&id.value.text);
    let raw = raw.value;
    Source {
        id: SourceId::new(&id.value.text),
        title: reader.words(raw.title.0).unwrap_or(written),
        kind: reader.name(raw.kind.0),
        author: reader.words(raw.author.0),
        publisher: reader.words(raw.publisher.0),
        date: reader.date(raw.date.0),
        url: reader.name(raw.url.0),
        file: reader.name(raw.file.0),
        sha256: reader.name(raw.sha256.0),
        bytes: raw.bytes.0,
        paragraphs: raw.paragraphs.0,
        note: reader.prose(raw.note.0),
        passages: raw.passages.0.into_iter().map(|(id, p)| passage(&id, p, reader)).collect(),
        span: reader.span(&id.bytes),
    }
}

fn passage(id: &Spanned<de::Text>, raw: Spanned<RawPassage>, reader: &Reader) -> Passage {
    let bytes = match raw.value.bytes.0.as_slice() {
        [] => None,
        [start, end] if start < end => Some(*start..*end),
        _ => {
            let message = "a passage is given by its first byte and the byte after its last";
            let at = reader.span(&raw.bytes);
            let help = "write two numbers, such as `[521, 1153]`";
            reader.report(Diagnostic::error("bad-range", message).at(at).help(help));
            None
        }
    };
    Passage {
        id: PassageId::new(&id.value.text),
        bytes,
        quote: reader.words(raw.value.quote.0),
        span: reader.span(&id.bytes),
    }
}

fn gap(raw: Spanned<RawGap>, reader: &Reader) -> Option<Gap> {
    let span = reader.span(&raw.bytes);
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let text = reader.needed(raw.text.0, "text", &bytes, torn)?;
    Some(Gap {
        id: reader.id(raw.id.0, GapId::new).map_or_else(|| GapId::new("gap"), |id| id.id),
        at: raw.at.0.and_then(|at| reader.citation(at)),
        kind: reader.word(raw.kind.0, GapKind::ALL, GapKind::word).unwrap_or(GapKind::Other),
        text,
        recovered: reader.prose(raw.recovered.0),
        from: reader.citations(raw.from),
        cards: reader.ids(raw.cards, CardId::new),
        span,
    })
}

/// A use of a name with the place it stands at.
fn cited<I>(id: I, span: Span) -> Cited<I> {
    Cited { id, span }
}
