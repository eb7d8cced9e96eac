//! All cards, a line each.

use super::args::{Format, List};
use super::output::Output;
use super::{FAILED, read, say_failures};
use crate::library::{Library, Page};
use crate::text::{Printable, width};
use serde_json::json;
use std::process::ExitCode;

/// `briefing list`.
pub fn run(args: &List) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    match args.format {
        Format::Human => lines(&library, args.orphans)?,
        Format::Json => Output::new().json(&cards(&library, args.orphans))?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Id, kind and title: in columns for people, parted by tabs for programs.
fn lines(library: &Library, orphans: bool) -> anyhow::Result<()> {
    let cards = || chosen(library, orphans).filter_map(|index| library.card(index));
    let mut out = Output::new();
    if !Output::is_terminal() {
        for card in cards() {
            let (id, kind, title) = (&card.id, card.kind.word(), &card.title);
            // The text of a card has no tabs: they are made spaces.
            let line = [id.as_str(), kind, title.as_str()].map(Printable::line);
            let [id, kind, title] = &line;
            out = out.text(&format!("{id}\t{kind}\t{title}\n"))?;
        }
        return Ok(out.finish()?);
    }
    let ids = cards().map(|card| width(card.id.as_str())).max().unwrap_or(0).min(40);
    let kinds = cards().map(|card| width(card.kind.word())).max().unwrap_or(0);
    for card in cards() {
        let pad = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(width(text)));
        let (id, kind) = (card.id.as_str(), card.kind.word());
        let line = format!("{id}{}  {kind}{}  {}", pad(id, ids), pad(kind, kinds), card.title);
        out.line(&Printable::inline(&line))?;
    }
    Ok(out.finish()?)
}

/// The cards to list.
fn chosen(library: &Library, orphans: bool) -> impl Iterator<Item = usize> + '_ {
    (0..library.card_count()).filter(move |card| !orphans || library.is_orphan(*card))
}

fn cards(library: &Library, orphans: bool) -> serde_json::Value {
    let card = |index| {
        let card = library.card(index)?;
        let briefing = library.briefing_of(Page::Card(index));
        let document = library.documents().get(briefing)?;
        Some(json!({
            "briefing": document.briefing.id.as_str(),
            "id": card.id.as_str(),
            "kind": card.kind.word(),
            "title": card.title.as_str(),
            "aliases": card.aliases.iter().map(Printable::as_str).collect::<Vec<_>>(),
            "file": library.file_of(Page::Card(index)).map(|f| f.to_string_lossy().into_owned()),
            "line": card.span.position.line,
        }))
    };
    chosen(library, orphans).filter_map(card).collect()
}
