//! The arguments of the command line, and the help that is made of them.

mod state;
mod study;

pub use state::{State, StateCommand};
pub use study::{
    Anki, Export, ExportCommand, Figures, Flagged, Forecast, Ids, Optimize, Study, StudyCommand,
    Suspended,
};

use crate::import::Split;
use crate::library::How;
use crate::model::Standing;
use crate::search::Reach;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Read documents as cards: one topic each, with cross-references, and with every
/// statement saying who stands behind it.
///
/// Without a path what is piped in is read, else the briefing that comes with the program. `?` shows the keys, `q`
/// quits, and `g ?` opens a short guide.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
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
  briefing book.epub#chapter-2       read one from a card on
  curl -s URL | briefing             read what is piped in
  briefing show narcoterrorism       print one card
  briefing list --format json        list all cards for another program
  briefing search 'close coord*'     find cards by their words
  briefing check my.yaml             find what is wrong in a briefing file
  briefing check --fix my.yaml       mend what can be mended safely
  briefing path noboa maduro         how two cards hang together
  briefing claims --standing disputed   who says what, and what is disputed
  briefing new my.yaml               begin a briefing of your own
  briefing fmt my.yaml               lay it out in its normal form
  briefing import book.epub -o b.yaml   write a document as a briefing file
  briefing state notes               print your notes
  briefing study                     be asked what is due today

Settings, all optional, in $XDG_CONFIG_HOME/briefing (usually ~/.config/briefing):
  config.yaml        theme, measure, mouse, rail, ascii, copy, copy_as, sources, autolink,
                     cache
  keymap.yaml        other keys
  check.yaml         what `check` says of a code: `CODE: allow`, or its severity
  study.yaml         how much is asked, and when: new_per_day, retention, ...
  themes/NAME.yaml   other colours

What you do is kept in $XDG_DATA_HOME/briefing (usually ~/.local/share/briefing); documents are never \
written to. What large folders became is kept in $XDG_CACHE_HOME/briefing (usually ~/.cache/briefing), so that \
they open faster the next time; it can be deleted at any time, and `cache: off` in config.yaml keeps none.

Environment: NO_COLOR turns colours off; VISUAL or EDITOR is run by the key e; BRIEFING_PRIVATE=1 is \
the same as --private.

Exit codes: 0 fine, 1 errors found by `check`, nothing by `search`, or a file that `fmt --check` would \
change, 2 it could not be done.";

/// What is read, and how.
#[derive(Debug, Clone, Args)]
pub struct Sources {
    /// Markdown, text, HTML, EPUB, briefing files, or folders of them; `-` for what is piped in
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

/// Reads the value of `--autolink`.
fn autolink(text: &str) -> Result<Reach, String> {
    Reach::from_word(text).ok_or_else(|| "`off`, `titles` or `all`".to_owned())
}

#[derive(Debug, Clone, Args)]
pub struct Open {
    #[command(flatten)]
    pub sources: Sources,
    /// Begin at the start and not where you were last time
    #[arg(long)]
    pub start: bool,
    /// Keep nothing: no places, states, marks or notes, and nothing of what was read
    #[arg(long)]
    pub private: bool,
    /// Draw with ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// Colours: dark, light, mono, or a theme of your own; without it the terminal is asked
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Mark where cards mention each other without a link: by `titles`, by `all` names, or `off`
    #[arg(long, value_name = "off|titles|all", value_parser = autolink)]
    pub autolink: Option<Reach>,
}

impl Open {
    /// Whether nothing of what the reader does is kept.
    pub fn is_private(&self) -> bool {
        self.private || std::env::var_os("BRIEFING_PRIVATE").is_some_and(|v| !v.is_empty())
    }
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
    /// List who says what: the claims of all cards
    Claims(Claims),
    /// Write a first briefing file, with a comment for each field
    New(New),
    /// Lay briefing files out in their normal form; comments and words stay as they are
    #[command(after_help = FMT_HELP)]
    Fmt(Fmt),
    /// Print the JSON Schema of briefing files, for editors
    Schema,
    /// List all titles, other names and abbreviations in the order of the alphabet
    Index(Index),
    /// Write a document as a briefing file, to go on editing it
    Import(Import),
    /// Be asked what the cards ask, when it is time; and what was learnt
    Study(Study),
    /// Write the questions for another program
    Export(Export),
    /// What you did while reading: take it to another machine, print your notes
    State(State),
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
    /// Only cards that nothing links to
    #[arg(long)]
    pub orphans: bool,
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
    /// Nothing is known of what was read, noted and marked
    #[arg(long)]
    pub private: bool,
    /// How results are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub struct Check {
    #[command(flatten)]
    pub sources: Sources,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Findings,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// Leave out what is less severe
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub severity: Option<Level>,
    /// Leave out findings with this code; can be given several times
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,
    /// Take findings with this code, or all `warnings`, as errors; can be given several times
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,
    /// A folder with files of sources that are not beside their briefing; by default that of
    /// `config.yaml`
    #[arg(long = "sources", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Mend what can be mended without changing what a briefing file says
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show the changes, and make none
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// Say what a code means, with examples; without a code list all of them
    #[arg(long, value_name = "CODE", num_args = 0..=1, exclusive = true)]
    #[expect(clippy::option_option, reason = "whether it is given, and with which code")]
    pub explain: Option<Option<String>>,
}

const CHECK_HELP: &str = "\
In a briefing file, a comment allows what is found in the entry below it, in its line, or above the \
first key in the whole file:
  # briefing: allow CODE -- reason

In check.yaml, in the folder of the settings, `CODE: allow` leaves findings out, `CODE: info`, `warning` \
or `error` gives them that severity, `warnings: error` takes all warnings as errors, and `severity: LEVEL` \
leaves out what is less severe. Arguments come first; the list on screen obeys the file as well.

Exit codes: 0 fine, 1 errors found (with --strict also warnings), 2 it could not be done.";

/// How findings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Findings {
    /// For people: with the line and what would help
    #[default]
    Human,
    /// A line each: the place, the severity, the code, the message
    Short,
    /// One JSON document, with what was counted
    Json,
    /// SARIF 2.1.0, for services that gather findings
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

/// The least severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// All findings
    Info,
    /// Warnings and errors
    Warning,
    /// Errors alone
    Error,
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
pub struct Claims {
    #[command(flatten)]
    pub sources: Sources,
    /// Only those of a voice, by its name or id
    #[arg(long, value_name = "VOICE")]
    pub voice: Option<String>,
    /// Only those of a standing, such as `disputed`
    #[arg(long, value_name = "STANDING", value_parser = standing)]
    pub standing: Option<Standing>,
    /// Only those that rest on a source, by its id, or on a place in it: `notes#p2`
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// How the claims are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Index {
    #[command(flatten)]
    pub sources: Sources,
    /// How the index is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Reads the value of `--standing`.
fn standing(text: &str) -> Result<Standing, String> {
    let known = Standing::ALL.iter().copied();
    known.clone().find(|standing| standing.word() == text).ok_or_else(|| {
        let words: Vec<_> = known.map(Standing::word).collect();
        format!("one of {}", words.join(", "))
    })
}

#[derive(Debug, Args)]
pub struct New {
    /// The file to write; it must not be there yet
    pub file: PathBuf,
    /// What the briefing is about
    #[arg(long, value_name = "TITLE", default_value = "My briefing")]
    pub title: String,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Briefing files, or folders of them; `-` reads what is piped in and prints it
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Change nothing: list the files that would change, and fail if there are any
    #[arg(long)]
    pub check: bool,
}

const FMT_HELP: &str = "\
Levels take two columns, list items stand below their key, cards stand apart, brackets that fit take one \
line. Comments, quotes, the order of keys and the lines of texts are kept, and so are columns of values \
and of comments, the kind of line ends and a byte order mark. What cannot be read as YAML is not written.

Exit codes: 0 fine, 1 with --check: files would change, 2 it could not be done.";

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
