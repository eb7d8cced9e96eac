//! What cards ask, as lists; ids for the questions of a file; being asked, and what came of it.

mod aside;
mod figures;
mod opened;
mod optimize;
mod plain;
mod spoken;

use super::args::{Format, Ids, List, Study, StudyCommand};
use super::output::{Output, complain};
use super::{FAILED, read, say_failures};
use crate::app::Goal;
use crate::files;
use crate::library::{Library, Page};
use crate::study::{Asked, Course, Item, Items, Subject, with_ids};
use crate::text::Printable;
use opened::{options, words};
use serde_json::json;
use std::process::ExitCode;

/// Larger files are not given ids.
const MAX_BYTES: u64 = 256 << 20;

/// `briefing study`.
pub fn run(args: &Study) -> anyhow::Result<ExitCode> {
    let Some(command) = &args.command else { return session(args) };
    match command {
        StudyCommand::List(args) => list(args),
        StudyCommand::Ids(args) => ids(args),
        StudyCommand::Stats(args) => figures::stats(args),
        StudyCommand::Log(args) => figures::log(args),
        StudyCommand::Forecast(args) => figures::forecast(args),
        StudyCommand::Optimize(args) => optimize::run(args),
        StudyCommand::Suspended(args) => aside::suspended(args),
        StudyCommand::Flagged(args) => aside::flagged(args),
    }
}

/// Asks, on the screen or line by line.
fn session(args: &Study) -> anyhow::Result<ExitCode> {
    let course = if args.cram { Course::Cram(None) } else { Course::Due };
    if args.plain {
        return plain::run(args, course);
    }
    if !super::can_show_a_screen() {
        complain("this is no terminal to study in", Some("`--plain` asks line by line"));
        return Ok(ExitCode::from(FAILED));
    }
    super::on_screen(&args.open, Some(Goal::Course(course)))
}

fn list(args: &List) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let options = options()?;
    let items = Items::new(&library, options.claims);
    let asked = items
        .list()
        .iter()
        .filter_map(|item| Asked::new(&library, item).map(|asked| (item, asked)));
    match args.format {
        Format::Json => {
            Output::new()
                .json(&asked.map(|(item, asked)| one(&library, item, &asked)).collect())?;
        }
        Format::Human => lines(&library, asked)?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Question and answer: in blocks for people, parted by tabs for programs.
fn lines<'i>(
    library: &Library,
    asked: impl Iterator<Item = (&'i Item, Asked)>,
) -> anyhow::Result<()> {
    let mut out = Output::new();
    for (item, asked) in asked {
        let words = |markdown: &str| words(library, item, markdown);
        let (question, answer) = (words(&asked.question), words(&asked.answer));
        if Output::is_terminal() {
            out.line(&Printable::inline(&format!("{question}")))?;
            for choice in &asked.choices {
                out.line(&Printable::inline(&format!("  - {choice}")))?;
            }
            out.line(&Printable::inline(&format!("  = {answer}")))?;
        } else {
            let id = Printable::line(item.id.as_str());
            // The text of a cell has no tabs: they are made spaces.
            out = out.text(&format!("{id}\t{question}\t{answer}\n"))?;
        }
    }
    Ok(out.finish()?)
}

fn one(library: &Library, item: &Item, asked: &Asked) -> serde_json::Value {
    let page = Page::Card(item.card);
    let card = library.card(item.card);
    let kind = match item.subject {
        Subject::Forward(_) if !asked.accept.is_empty() => "typed",
        Subject::Forward(_) => "basic",
        Subject::Reverse(_) => "reverse",
        Subject::Gaps(..) => "cloze",
        Subject::Claim(_) => "claim",
    };
    json!({
        "item": item.id.as_str(),
        "kind": kind,
        "card": card.map(|card| card.id.as_str()),
        "title": library.title(page).as_str(),
        "question": asked.question,
        "answer": asked.answer,
        "hint": asked.hint,
        "choices": asked.choices.iter().map(Printable::as_str).collect::<Vec<_>>(),
        "accept": asked.accept,
        "hides_title": asked.hides_title,
        "file": library.file_of(page).map(|file| file.to_string_lossy().into_owned()),
        "line": item.span(library).map(|span| span.position.line),
    })
}

fn ids(args: &Ids) -> anyhow::Result<ExitCode> {
    let failed = |message: &str, help: Option<&str>| {
        complain(message, help);
        Ok(ExitCode::from(FAILED))
    };
    let bytes = match files::read(&args.file, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return failed(&error.to_string(), None),
    };
    let file = args.file.display();
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return failed(&format!("{file}: not UTF-8"), Some("save the file as UTF-8 first"));
    };
    if !args.file.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
        let help = "`briefing import` writes other documents as briefing files";
        return failed(&format!("{file}: only briefing files hold questions"), Some(help));
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = if body.len() < text.len() { "\u{feff}" } else { "" };
    let (with, named) = match with_ids(body) {
        Ok(done) => done,
        Err(refused) => return failed(&format!("{file}: {refused}"), None),
    };
    let mut out = Output::new();
    for named in &named {
        let line = format!("{file}:{}: {}#{}", named.line, named.card, named.id);
        out.line(&Printable::line(&line))?;
    }
    out.finish()?;
    if args.write && !named.is_empty() {
        let new = format!("{mark}{with}");
        if let Err(error) = files::rewrite(&args.file, &bytes, new.as_bytes()) {
            return failed(&error.to_string(), None);
        }
    }
    Ok(ExitCode::SUCCESS)
}
