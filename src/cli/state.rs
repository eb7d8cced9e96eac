//! What the reader keeps, on the command line: taken from one machine to another, and notes as
//! Markdown.

use super::args::{State, StateCommand};
use super::output::{self, Output, complain, to_stderr};
use super::{FAILED, FOUND};
use crate::app::briefing_words;
use crate::diagnostic::Diagnostic;
use crate::store::{self, Anchor, Highlight, Kept, Note, Store, Subject};
use crate::text::Printable;
use crate::{files, runtime};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Larger files are not read.
const LARGEST: u64 = 1 << 30;

/// `briefing state`.
pub fn run(args: &State) -> anyhow::Result<ExitCode> {
    let Some(folder) = files::data_folder() else {
        complain("there is no folder to keep anything in", Some("set `HOME` or `XDG_DATA_HOME`"));
        return Ok(ExitCode::from(FAILED));
    };
    if let StateCommand::Where = args.command {
        Output::new().text(&format!("{}\n", line(&folder.display().to_string())))?.finish()?;
        return Ok(ExitCode::SUCCESS);
    }
    let (store, events, found) = Store::open(&folder);
    say(&found);
    match &args.command {
        StateCommand::Export { output: to, force } => {
            let lines = output::escaped(store::write(events));
            let written = output::write(&lines, to.as_deref(), *force)?;
            Ok(if written { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
        }
        StateCommand::Import { files } => {
            // What goes into a store that is gone at the end is not kept.
            if store.is_kept() { import(store, files) } else { Ok(ExitCode::from(FAILED)) }
        }
        StateCommand::Notes => notes(&Kept::new(&events)),
        StateCommand::Where => Ok(ExitCode::SUCCESS),
    }
}

fn say(found: &[Diagnostic]) {
    for found in found {
        complain(&found.message, found.help.as_ref().map(Printable::as_str));
    }
}

fn read(path: &Path) -> Result<Vec<u8>, files::FileError> {
    files::read(path, LARGEST)
}

fn import(mut store: Store, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut left_out = false;
    for path in files {
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(&error.to_string(), None);
                return Ok(ExitCode::from(FAILED));
            }
        };
        let parcel = store::read(&String::from_utf8_lossy(&bytes), runtime::milliseconds());
        let name = path.display();
        if parcel.events.is_empty() && parcel.left_out > 0 {
            let help = "`briefing state export -o FILE` writes one on the other machine";
            complain(&format!("{name}: this is no file of `state export`"), Some(help));
            left_out = true;
            continue;
        }
        let new = store.merge(&parcel.events)?;
        for (line, why) in &parcel.wrong {
            complain(&format!("{name}:{line}: left out: {why}"), None);
        }
        left_out |= parcel.left_out > 0;
        let mut said = vec![format!("{name}: {} events, {new} of them new", parcel.events.len())];
        if parcel.left_out > 0 {
            said.push(format!("{} lines left out", parcel.left_out));
        }
        if parcel.unknown > 0 {
            said.push(format!("{} of kinds that a newer version knows", parcel.unknown));
        }
        to_stderr(&format!("{}\n", Printable::line(&said.join(", "))))?;
    }
    Ok(if left_out { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// A note or a highlight.
struct Entry<'k> {
    on: &'k Subject,
    title: &'k str,
    anchor: Option<&'k Anchor>,
    /// What the note says; nothing for a highlight.
    text: &'k str,
    at: i64,
}

/// All notes and highlights: by card, in the order of the text.
fn entries(kept: &Kept) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry> = Vec::new();
    for on in kept.subjects() {
        all.extend(kept.notes(on).map(|(_, Note { text, title, anchor, at })| Entry {
            on,
            title,
            anchor: anchor.as_ref(),
            text,
            at: *at,
        }));
        all.extend(kept.highlights(on).map(|(_, Highlight { title, anchor, at })| Entry {
            on,
            title,
            anchor: Some(anchor),
            text: "",
            at: *at,
        }));
    }
    let place = |entry: &Entry| entry.anchor.map(|anchor| anchor.byte);
    all.sort_by(|a, b| (a.on, place(a), a.at).cmp(&(b.on, place(b), b.at)));
    all
}

/// Notes and highlights as Markdown: for each briefing its cards, each note below the words it is
/// about.
fn notes(kept: &Kept) -> anyhow::Result<ExitCode> {
    let mut out = Output::new();
    let (mut briefing, mut card) = (None, None);
    for Entry { on, title, anchor, text, .. } in entries(kept) {
        if briefing != Some(&on.briefing) {
            let first = briefing.is_none();
            out = out.text(&format!(
                "{}# {}\n",
                if first { "" } else { "\n" },
                line(briefing_words(on))
            ))?;
            (briefing, card) = (Some(&on.briefing), None);
        }
        if card != Some(on) {
            out = out.text(&format!("\n## {}\n", line(title)))?;
            card = Some(on);
        }
        out = out.text("\n")?;
        if let Some(anchor) = anchor {
            for quoted in Printable::lines(&anchor.quote).lines() {
                out = out.text(&format!("> {quoted}\n"))?;
            }
            out = out.text("\n")?;
        }
        if !text.is_empty() {
            out = out.text(&format!("{}\n\n", Printable::lines(text)))?;
        }
        let id = on.card.as_deref().unwrap_or_default();
        out = out.text(&format!("({}/{})\n", line(briefing_words(on)), line(id)))?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn line(text: &str) -> Printable {
    Printable::line(text)
}
