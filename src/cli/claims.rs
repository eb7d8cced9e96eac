//! The claims of a library: who says what, and what checking showed.

use super::args::{Claims, Format};
use super::output::{Output, complain};
use super::{FAILED, read, say_failures};
use crate::format;
use crate::layout::Glyphs;
use crate::layout::one_citation;
use crate::library::{Library, Page, Stated};
use crate::model::{PassageId, SourceId, VoiceId};
use crate::text::{Printable, nearest};
use serde_json::json;
use std::process::ExitCode;

/// `briefing claims`.
pub fn run(args: &Claims) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    if !is_known(&library, args) {
        return Ok(ExitCode::from(FAILED));
    }
    let claims: Vec<Stated> = library.claims().filter(|stated| is_wanted(stated, args)).collect();
    match args.format {
        Format::Human => lines(&library, &claims)?,
        Format::Json => Output::new().json(&claims.iter().map(|s| one(&library, s)).collect())?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Whether the voice and the source are there; says so if not.
fn is_known(library: &Library, args: &Claims) -> bool {
    let briefings = || library.documents().iter().map(|document| &document.briefing);
    if let Some(name) = &args.voice {
        let names = || {
            let declared = briefings().flat_map(|b| &b.voices);
            declared.flat_map(|voice| [voice.id.as_str(), voice.name.as_str()])
        };
        let id = VoiceId::new(name);
        if !names().any(|known| is_same(known, name) || known == id.as_str()) {
            say_unknown("voice", name, nearest(name, names()));
            return false;
        }
    }
    if let Some(place) = &args.source {
        let (source, passage) = place_of(place);
        let sources = || briefings().flat_map(|b| &b.sources);
        let has = |passage: &PassageId| {
            let of = sources().filter(|known| known.id == source);
            of.flat_map(|known| &known.passages).any(|known| known.id == *passage)
        };
        if !sources().any(|known| known.id == source) {
            let near = nearest(source.as_str(), sources().map(|known| known.id.as_str()));
            say_unknown("source", source.as_str(), near);
            return false;
        }
        if let Some(passage) = passage.filter(|passage| !has(passage)) {
            say_unknown("passage", passage.as_str(), None);
            return false;
        }
    }
    true
}

fn say_unknown(what: &str, name: &str, near: Option<&str>) {
    let help = near.map(|near| format!("did you mean `{near}`?"));
    complain(&format!("no {what} is called `{name}`"), help.as_deref());
}

fn is_same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.trim().to_lowercase()
}

/// `notes#p2` as a source and a place in it.
fn place_of(text: &str) -> (SourceId, Option<PassageId>) {
    match text.split_once('#') {
        Some((source, passage)) => (SourceId::new(source), Some(PassageId::new(passage))),
        None => (SourceId::new(text), None),
    }
}

fn is_wanted(stated: &Stated, args: &Claims) -> bool {
    let by = |name: &String| {
        let by = stated.claim.by.as_ref();
        by.is_some_and(|by| by.id == VoiceId::new(name)) || is_same(&stated.voice(), name)
    };
    let from = |place: &String| {
        let (source, passage) = place_of(place);
        let mut from = stated.claim.from.iter();
        from.any(|from| from.source == source && (passage.is_none() || from.passage == passage))
    };
    args.voice.as_ref().is_none_or(by)
        && args.standing.is_none_or(|standing| stated.claim.standing == standing)
        && args.source.as_ref().is_none_or(from)
}

/// The words of a claim.
fn words(stated: &Stated) -> Printable {
    Printable::line(&format::sentence_words(&stated.claim.text.source, &|_| None))
}

fn lines(library: &Library, claims: &[Stated]) -> anyhow::Result<()> {
    let mut out = Output::new();
    for stated in claims {
        let (claim, voice, words) = (stated.claim, stated.voice(), words(stated));
        let verb = claim.verb.as_ref().map_or("", Printable::as_str);
        let card = library.card(stated.card).map_or("", |card| card.id.as_str());
        let from = claim.from.iter().map(|from| match &from.passage {
            Some(passage) => format!("{}#{passage}", from.source),
            None => from.source.to_string(),
        });
        let standing = claim.standing.word();
        let later = if claim.later { "later" } else { "" };
        if Output::is_terminal() {
            let verb = if verb.is_empty() { String::new() } else { format!(" {verb}") };
            let later = if claim.later { ", later" } else { "" };
            let from = claim.from.iter();
            let from = from.map(|from| one_citation(stated.briefing, from, Glyphs::ASCII));
            let from: Vec<_> = from.collect();
            out.line(&Printable::inline(&format!("{voice}{verb} ({standing}{later}): {words}")))?;
            let title = library.title(Page::Card(stated.card));
            out.line(&Printable::inline(&format!("    {title}; {}", from.join(", "))))?;
        } else {
            let from = from.collect::<Vec<_>>().join(",");
            let cells = [card, &voice, verb, standing, later, &from, words.as_str()];
            let cells = cells.map(Printable::line);
            let cells: Vec<&str> = cells.iter().map(Printable::as_str).collect();
            // The text of a cell has no tabs: they are made spaces.
            out = out.text(&format!("{}\n", cells.join("\t")))?;
        }
    }
    Ok(out.finish()?)
}

fn one(library: &Library, stated: &Stated) -> serde_json::Value {
    let (claim, page) = (stated.claim, Page::Card(stated.card));
    let from = claim.from.iter().map(|from| {
        json!({
            "source": from.source.as_str(),
            "passage": from.passage.as_ref().map(PassageId::as_str),
        })
    });
    let note = claim.note.as_ref();
    json!({
        "voice": claim.by.as_ref().map(|by| by.id.as_str()),
        "name": stated.voice().as_str(),
        "verb": claim.verb.as_ref().map(Printable::as_str),
        "text": words(stated).as_str(),
        "from": from.collect::<Vec<_>>(),
        "standing": claim.standing.word(),
        "note": note.map(|note| Printable::line(&format::sentence_words(&note.source, &|_| None)).to_string()),
        "later": claim.later,
        "briefing": stated.briefing.id.as_str(),
        "card": library.card(stated.card).map(|card| card.id.as_str()),
        "title": library.title(page).as_str(),
        "file": library.file_of(page).map(|file| file.to_string_lossy().into_owned()),
        "line": claim.text.span.position.line,
        "column": claim.text.span.position.column,
    })
}
