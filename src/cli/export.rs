//! Questions for other programs.

use super::args::{Anki, Export, ExportCommand};
use super::output::{Output, complain, to_stderr};
use super::{FAILED, read, say_failures};
use crate::export::{NoteTypes, anki};
use crate::files;
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
    match &args.output {
        None => Output::new().text(&text)?.finish()?,
        Some(path) => {
            if let Err(error) = files::write(path, text.as_bytes(), args.force) {
                let exists = matches!(error.reason, files::Reason::Exists);
                complain(&error.to_string(), exists.then_some("`--force` replaces it"));
                return Ok(ExitCode::from(FAILED));
            }
            let word = if notes == 1 { "note" } else { "notes" };
            to_stderr(&format!("{notes} {word} written\n"))?;
        }
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}
