//! The arguments for questions.

use super::{List, Sources};
use crate::export::NoteType;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Study {
    #[command(subcommand)]
    pub command: StudyCommand,
}

#[derive(Debug, Subcommand)]
pub enum StudyCommand {
    /// List all questions as they are asked
    List(List),
    /// Give an id to each question of a briefing file that has none
    Ids(Ids),
}

#[derive(Debug, Args)]
pub struct Ids {
    /// The briefing file
    pub file: PathBuf,
    /// Write them into the file; without it they are only listed
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    pub command: ExportCommand,
}

#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Write a text file that Anki imports; importing a newer one keeps what was learnt
    Anki(Anki),
}

#[derive(Debug, Args)]
pub struct Anki {
    #[command(flatten)]
    pub sources: Sources,
    /// The file to write; without it the notes are printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
    /// What a type of note is called in your Anki, such as `cloze=Lückentext`; the types are
    /// basic, reversed, typed and cloze
    #[arg(long = "note-type", value_name = "TYPE=NAME", value_parser = note_type)]
    pub note_types: Vec<(NoteType, String)>,
    /// Leave out the questions about who asserts something
    #[arg(long)]
    pub no_claims: bool,
}

/// Reads a value of `--note-type`.
fn note_type(text: &str) -> Result<(NoteType, String), String> {
    let wanted = || "such as `basic=Einfach`; the types are basic, reversed, typed and cloze";
    let (word, name) = text.split_once('=').ok_or_else(wanted)?;
    let kind = NoteType::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(wanted)?;
    let is_name = !name.is_empty() && !name.contains(char::is_control);
    if is_name { Ok((kind, name.to_owned())) } else { Err(wanted().to_owned()) }
}
