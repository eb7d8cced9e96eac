//! All dates of a library in their order.

use super::args::{Format, Timeline};
use super::output::Output;
use super::{FAILED, read, say_failures};
use crate::library::{Event, Library, Page};
use crate::model::Basis;
use crate::text::Printable;
use serde_json::json;
use std::process::ExitCode;

/// `briefing timeline`.
pub fn run(args: &Timeline) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let events = library.events();
    match args.format {
        Format::Human => lines(&library, &events)?,
        Format::Json => Output::new().json(&events.iter().map(|e| one(&library, e)).collect())?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

fn lines(library: &Library, events: &[Event]) -> anyhow::Result<()> {
    /// Columns of a whole date.
    const DATE: usize = 10;
    let mut out = Output::new();
    for event in events {
        let (date, words) = (event.dated.date.to_string(), event.words());
        let title = library.title(Page::Card(event.card));
        let later = if event.is_later(library) { "later" } else { "" };
        let basis = event.dated.basis.map_or("", Basis::word);
        if Output::is_terminal() {
            let later = if later.is_empty() { String::new() } else { format!(" ({later})") };
            out.line(&Printable::inline(&format!("{date:<DATE$}  {words}{later} - {title}")))?;
        } else {
            let id = library.card(event.card).map_or("", |card| card.id.as_str());
            let cells = [&date, basis, later, id, words.as_str()].map(Printable::line);
            let cells: Vec<&str> = cells.iter().map(Printable::as_str).collect();
            // The text of a cell has no tabs: they are made spaces.
            out = out.text(&format!("{}\n", cells.join("\t")))?;
        }
    }
    Ok(out.finish()?)
}

fn one(library: &Library, event: &Event) -> serde_json::Value {
    let page = Page::Card(event.card);
    json!({
        "date": event.dated.date.to_string(),
        "text": event.words().as_str(),
        "basis": event.dated.basis.map(Basis::word),
        "later": event.is_later(library),
        "card": library.card(event.card).map(|card| card.id.as_str()),
        "title": library.title(page).as_str(),
        "file": library.file_of(page).map(|file| file.to_string_lossy().into_owned()),
        "line": event.dated.text.span.position.line,
        "column": event.dated.text.span.position.column,
    })
}
