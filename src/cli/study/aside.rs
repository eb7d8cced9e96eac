//! The questions that the reader put aside: suspended ones, which are not asked, and flagged ones.

use super::super::FAILED;
use super::super::args::{Flagged, Format, Sources, Suspended};
use super::super::output::{Output, complain, to_stderr};
use super::opened::{Access, Opened};
use crate::store::Word;
use crate::study::{Desk, Item, said};
use crate::text::{Printable, nearest};
use serde_json::json;
use std::collections::HashSet;
use std::process::ExitCode;

/// `briefing study suspended`.
pub fn suspended(args: &Suspended) -> anyhow::Result<ExitCode> {
    run(&args.sources, args.format, &args.resume, Word::Resume, |desk| desk.standing.suspended)
}

/// `briefing study flagged`.
pub fn flagged(args: &Flagged) -> anyhow::Result<ExitCode> {
    run(&args.sources, args.format, &args.unflag, Word::Unflag, |desk| desk.flagged)
}

/// Lists what was put aside, or takes some of it back.
fn run(
    sources: &Sources,
    format: Format,
    back: &[String],
    word: Word,
    which: impl FnOnce(Desk) -> HashSet<usize>,
) -> anyhow::Result<ExitCode> {
    let access = if back.is_empty() { Access::Read } else { Access::Write };
    let Some(mut opened) = Opened::new(sources, access)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let desk = opened.desk();
    let items = std::sync::Arc::clone(&desk.items);
    let mut aside: Vec<usize> = which(desk).into_iter().collect();
    aside.sort_unstable();
    let aside: Vec<&Item> = aside.into_iter().filter_map(|at| items.get(at)).collect();
    if !back.is_empty() {
        return take_back(&mut opened, &aside, back, word);
    }
    match format {
        Format::Json => {
            let one = |item: &&Item| {
                json!({
                    "item": item.id.as_str(),
                    "title": opened.title(item).as_str(),
                    "question": opened.question(item).as_str(),
                })
            };
            Output::new().json(&aside.iter().map(one).collect())?;
        }
        Format::Human => {
            let mut out = Output::new();
            for item in aside {
                let (id, question) = (Printable::line(item.id.as_str()), opened.question(item));
                let between = if Output::is_terminal() { "  " } else { "\t" };
                out = out.text(&format!("{id}{between}{question}\n"))?;
            }
            out.finish()?;
        }
    }
    Ok(if opened.is_whole { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// All of it, or nothing if one of them was not put aside.
fn take_back(
    opened: &mut Opened,
    aside: &[&Item],
    back: &[String],
    word: Word,
) -> anyhow::Result<ExitCode> {
    if !opened.store.is_kept() {
        // Why was said when it was opened.
        return Ok(ExitCode::from(FAILED));
    }
    let mut done = Vec::new();
    for id in back {
        let item = aside.iter().find(|item| item.id.as_str() == id);
        let on = item.and_then(|item| opened.record.subject(&opened.library, item));
        let Some(on) = on else {
            let near = nearest(id, aside.iter().map(|item| item.id.as_str()));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            complain(&format!("`{id}` is not in this list"), help.as_deref());
            return Ok(ExitCode::from(FAILED));
        };
        done.push((on, said(word.as_str(), opened.now)));
    }
    let count = done.len();
    opened.keep(done)?;
    let words = if word == Word::Resume { "asked again" } else { "no longer flagged" };
    to_stderr(&format!("{count} {words}\n"))?;
    Ok(ExitCode::SUCCESS)
}
