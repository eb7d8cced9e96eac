//! A first briefing file, and the schema for the editors it is written with.

use super::FAILED;
use super::args::New;
use super::output::{Output, complain};
use crate::text::Printable;
use crate::{files, format};
use std::process::ExitCode;

/// `briefing new`.
pub fn run(args: &New) -> anyhow::Result<ExitCode> {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let text = format::new(&stem, &args.title);
    if let Err(error) = files::write(&args.file, text.as_bytes(), false) {
        let exists = matches!(error.reason, files::Reason::Exists);
        complain(&error.to_string(), exists.then_some("choose another name; it is never replaced"));
        return Ok(ExitCode::from(FAILED));
    }
    let written = Printable::line(&format!("written: {}", args.file.display()));
    super::output::to_stderr(&format!("{written}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// `briefing schema`.
pub fn schema() -> anyhow::Result<ExitCode> {
    Output::new().text(format::SCHEMA)?.finish()?;
    Ok(ExitCode::SUCCESS)
}
