//! Questions for other programs.

use super::args::{Anki, Export, ExportCommand};
use super::output;
use super::{FAILED, read, say_failures};
use crate::export::{NoteTypes, anki};
use std::process::ExitCode;

/// `briefing export`.
pub fn run(args: &Export) -> anyhow::Result<ExitCode> {
    let ExportCommand::Anki(args) = &args.command;
    to_anki(args)
}

fn to_anki(args: &Anki) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let (text, notes) = anki(&library, &NoteTypes::new(&args.note_types), !args.no_claims);
    if !output::write(&text, args.output.as_deref(), args.force)? {
        return Ok(ExitCode::from(FAILED));
    }
    if args.output.is_some() {
        let word = if notes == 1 { "note" } else { "notes" };
        output::to_stderr(&format!("{notes} {word} written\n"))?;
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}
