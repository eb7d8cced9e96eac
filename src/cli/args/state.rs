//! The arguments for what the reader keeps.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct State {
    #[command(subcommand)]
    pub command: StateCommand,
}

#[derive(Debug, Subcommand)]
pub enum StateCommand {
    /// Write all that is kept, a line of JSON for each event
    Export {
        /// The file to write; without it the lines are printed
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that is there already
        #[arg(long)]
        force: bool,
    },
    /// Take over what another machine has written; any order, any number of times
    Import {
        /// Files that `export` has written
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Print your notes and highlights as Markdown, with what they are about
    Notes,
    /// Print where it is kept
    Where,
}
