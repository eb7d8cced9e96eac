//! The index, as in a printed book: a line for each name, in the order of the alphabet.

use super::args::{Format, Index};
use super::output::Output;
use super::{FAILED, read, say_failures};
use crate::app::index_entries;
use crate::library::{Library, Page};
use crate::text::{Printable, width};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Columns of a name at most, where the cards behind names stand in a column.
const WIDEST: usize = 48;

/// A name and the card it leads to.
struct Entry {
    name: Printable,
    page: Page,
    sort: &'static str,
    file: Option<Arc<Path>>,
    line: u32,
}

/// `briefing index`.
pub fn run(args: &Index) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let all = index_entries(&library).into_iter();
    let entries: Vec<Entry> = all.map(|(name, page)| entry(&library, name, page)).collect();
    match args.format {
        Format::Human => lines(&library, &entries)?,
        Format::Json => Output::new().json(&entries.iter().map(|e| one(&library, e)).collect())?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

fn entry(library: &Library, name: Printable, page: Page) -> Entry {
    let card = match page {
        Page::Card(card) => library.card(card),
        Page::Overview(_) => None,
    };
    let sort = if library.title(page) == name {
        "title"
    } else if card.is_some_and(|card| card.aliases.contains(&name)) {
        "alias"
    } else {
        "abbreviation"
    };
    let line = card.map_or(1, |card| card.span.position.line);
    Entry { name, page, sort, file: library.file_of(page), line }
}

/// Names in a column, and behind other names the titles they stand for; parted by tabs for programs.
fn lines(library: &Library, entries: &[Entry]) -> anyhow::Result<()> {
    let mut out = Output::new();
    let other = |entry: &&Entry| entry.sort != "title";
    let names = entries.iter().filter(other).map(|entry| width(&entry.name));
    let column = names.max().unwrap_or(0).min(WIDEST);
    for entry in entries {
        let (name, title) = (&entry.name, library.title(entry.page));
        if Output::is_terminal() {
            let pad = " ".repeat(column.saturating_sub(width(name)));
            let behind =
                if entry.sort == "title" { String::new() } else { format!("{pad}  -> {title}") };
            out.line(&Printable::inline(&format!("{name}{behind}")))?;
        } else {
            let file = entry.file.as_ref().map_or_else(String::new, |f| f.display().to_string());
            let line = entry.line.to_string();
            let cells = [name.as_str(), entry.sort, id(library, entry), &title, &file, &line];
            let cells = cells.map(Printable::line);
            let cells: Vec<&str> = cells.iter().map(Printable::as_str).collect();
            // The text of a cell has no tabs: they are made spaces.
            out = out.text(&format!("{}\n", cells.join("\t")))?;
        }
    }
    Ok(out.finish()?)
}

/// The id of the card, or of the briefing whose overview it is.
fn id<'l>(library: &'l Library, entry: &Entry) -> &'l str {
    match entry.page {
        Page::Card(card) => library.card(card).map_or("", |card| card.id.as_str()),
        Page::Overview(briefing) => library.briefing(briefing).map_or("", |b| b.id.as_str()),
    }
}

fn one(library: &Library, entry: &Entry) -> serde_json::Value {
    let is_card = matches!(entry.page, Page::Card(_));
    let briefing = library.briefing(library.briefing_of(entry.page));
    json!({
        "name": entry.name.as_str(),
        "sort": entry.sort,
        "briefing": briefing.map(|briefing| briefing.id.as_str()),
        "card": is_card.then(|| id(library, entry)),
        "title": library.title(entry.page).as_str(),
        "file": entry.file.as_ref().map(|file| file.to_string_lossy().into_owned()),
        "line": entry.line,
    })
}
