//! What cards ask, as lists; ids for the questions of a file.

use super::args::{Format, Ids, List, Study, StudyCommand};
use super::output::{Output, complain, to_stderr};
use super::settings::study_options;
use super::{FAILED, read, say_failures};
use crate::library::{Library, Page};
use crate::study::{Asked, Item, Items, Subject, with_ids};
use crate::text::Printable;
use crate::{files, format};
use serde_json::json;
use std::process::ExitCode;

/// Larger files are not given ids.
const MAX_BYTES: u64 = 256 << 20;

/// `briefing study`.
pub fn run(args: &Study) -> anyhow::Result<ExitCode> {
    match &args.command {
        StudyCommand::List(args) => list(args),
        StudyCommand::Ids(args) => ids(args),
    }
}

fn list(args: &List) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let (options, faults) = study_options();
    for fault in &faults {
        to_stderr(&format!("warning: {}: {}\n", fault.place(), fault.message))?;
    }
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
        Format::Human => lines(asked)?,
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Question and answer: in blocks for people, parted by tabs for programs.
fn lines<'i>(asked: impl Iterator<Item = (&'i Item, Asked)>) -> anyhow::Result<()> {
    let mut out = Output::new();
    let words = |markdown: &str| {
        let mut all = String::new();
        format::words(markdown, &|_| None, &mut |line, _| {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(&line);
        });
        Printable::line(&all)
    };
    for (item, asked) in asked {
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
    let question = match item.subject {
        Subject::Forward(at) | Subject::Reverse(at) | Subject::Gaps(at, _) => {
            card.and_then(|card| card.questions.get(at)).map(|question| question.span)
        }
        Subject::Claim(at) => {
            card.and_then(|card| card.claims.get(at)).map(|claim| claim.text.span)
        }
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
        "line": question.map(|span| span.position.line),
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
