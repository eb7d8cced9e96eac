//! The arguments for questions.

use super::{Format, List, Open, Sources};
use crate::export::NoteType;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = STUDY_HELP)]
pub struct Study {
    #[command(subcommand)]
    pub command: Option<StudyCommand>,
    #[command(flatten)]
    pub open: Open,
    /// Ask what is due today, and new questions; this is what is done without options
    #[arg(long, conflicts_with = "cram")]
    pub due: bool,
    /// Ask all questions, whenever they are due; no schedule changes
    #[arg(long)]
    pub cram: bool,
    /// Ask line by line, for screen readers and pipes
    #[arg(long)]
    pub plain: bool,
}

const STUDY_HELP: &str = "\
A file that is called as one of the commands is reached by `./list`.

With --plain, an empty line shows the answer; the grade is 1 to 4, or again, hard, good, easy, or the \
beginning of such a word; `u` takes the last one back, `b` puts the question off until tomorrow, `s` \
suspends it, `f` flags it, `q` quits. Each grade is on disk before the next question is printed.

In JSON, times are in local time with their offset, shares go from 0 to 1, and fields are only ever added.";

#[derive(Debug, Subcommand)]
pub enum StudyCommand {
    /// List all questions as they are asked
    List(List),
    /// Give an id to each question of a briefing file that has none
    Ids(Ids),
    /// Show what was learnt: what is due, what was known, time, strength
    Stats(Figures),
    /// List the answers that were given, the latest last
    Log(Figures),
    /// Say how many questions are due on each of the next days
    Forecast(Forecast),
    /// Find out from the answers how you forget, for better intervals
    Optimize(Optimize),
    /// List the questions that are suspended
    Suspended(Suspended),
    /// List the questions that are flagged
    Flagged(Flagged),
}

#[derive(Debug, Args)]
pub struct Figures {
    #[command(flatten)]
    pub sources: Sources,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Forecast {
    #[command(flatten)]
    pub sources: Sources,
    /// Days to look ahead, with today
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub days: u16,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Optimize {
    #[command(flatten)]
    pub sources: Sources,
    /// Write the parameters into `study.yaml` in the folder of the settings, and touch nothing else
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, Args)]
pub struct Suspended {
    #[command(flatten)]
    pub sources: Sources,
    /// Ask this question again, by its id in the list; can be given several times
    #[arg(long, value_name = "ITEM")]
    pub resume: Vec<String>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Flagged {
    #[command(flatten)]
    pub sources: Sources,
    /// Take the flag of this question away, by its id in the list; can be given several times
    #[arg(long, value_name = "ITEM")]
    pub unflag: Vec<String>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
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
