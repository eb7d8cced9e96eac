//! The arguments of the command line, and the help that is made of them.

use crate::import::Split;
use crate::library::How;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Read documents as cards: one topic each, with cross-references, and with every
/// statement saying who stands behind it.
///
/// Without a path, the briefing that comes with the program is opened. `?` shows the keys, `q`
/// quits, and `g ?` opens a short guide.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_long_help = AFTER_HELP
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub open: Open,
}

const AFTER_HELP: &str = "\
Examples:
  briefing                           read the bundled briefing
  briefing README.md notes/          read documents, and folders of them
  briefing show narcoterrorism       print one card
  briefing list --format json        list all cards for another program
  briefing search 'close coord*'     find cards by their words
  briefing check my.yaml             find what is wrong in a briefing file
  briefing path noboa maduro         how two cards hang together
  briefing import book.epub -o b.yaml   write a document as a briefing file

Settings, all optional, in $XDG_CONFIG_HOME/briefing (usually ~/.config/briefing):
  config.yaml        theme, measure, mouse, rail, ascii
  keymap.yaml        other keys
  themes/NAME.yaml   other colours

Environment: NO_COLOR turns colours off; VISUAL or EDITOR is run by the key e.

Exit codes: 0 fine, 1 errors found by `check` or nothing by `search`, 2 it could not be done.";

/// What is read, and how.
#[derive(Debug, Clone, Args)]
pub struct Sources {
    /// Markdown, text, HTML, EPUB, briefing files, or folders of them
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How documents are cut into cards: a card for each heading down to level N (0 for none), at
    /// `all` of them, or `auto`: where a part is long
    #[arg(long, value_name = "N|all|auto", default_value = "auto", value_parser = split)]
    pub split: Split,
}

impl Sources {
    /// How documents are read.
    pub fn how(&self) -> How {
        How { split: self.split }
    }
}

/// Reads the value of `--split`.
fn split(text: &str) -> Result<Split, String> {
    match text {
        "auto" => Ok(Split::Auto),
        "all" => Ok(Split::All),
        _ => text.parse().map(Split::Level).map_err(|_| "a number, `all` or `auto`".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct Open {
    #[command(flatten)]
    pub sources: Sources,
    /// Draw with ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// Colours: dark, light, mono, or a theme of your own; without it the terminal is asked
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a card as plain text
    Show(Show),
    /// List all cards: id, kind, title
    List(List),
    /// Find cards by their words, the best first
    #[command(after_help = super::search::language())]
    Search(Search),
    /// Find what is wrong in briefing files and other documents
    Check(Check),
    /// Show the shortest way between two cards along their references
    Path(Way),
    /// List all dates in their order
    Timeline(Timeline),
    /// Write a document as a briefing file, to go on editing it
    Import(Import),
}

#[derive(Debug, Args)]
pub struct Show {
    /// A card, by id, title or alias; or a path, whose start card is printed
    pub card: OsString,
    #[command(flatten)]
    pub sources: Sources,
    /// Columns of the output; by default those of the terminal, at most 80
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,
    /// Use ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// Leave out the answers to the questions
    #[arg(long)]
    pub no_answers: bool,
}

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub sources: Sources,
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Search {
    /// What to look for
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    #[command(flatten)]
    pub sources: Sources,
    /// Results at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How results are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub sources: Sources,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub struct Way {
    /// The card to begin at, by id, title or alias
    pub from: String,
    /// The card to come to
    pub to: String,
    #[command(flatten)]
    pub sources: Sources,
    /// How the way is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Timeline {
    #[command(flatten)]
    pub sources: Sources,
    /// How the dates are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub sources: Sources,
    /// The file to write; without it the briefing is printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// How output is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document
    Json,
}
