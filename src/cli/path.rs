//! The way between two cards, with the sentence at each step.

use super::args::{Format, Way};
use super::output::{Output, complain};
use super::{FAILED, FOUND, read, say_failures};
use crate::library::{Library, Page, Step};
use crate::model::Target;
use crate::text::Printable;
use serde_json::json;
use std::process::ExitCode;

/// `briefing path`.
pub fn run(args: &Way) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let (Some(from), Some(to)) = (card(&library, &args.from), card(&library, &args.to)) else {
        return Ok(ExitCode::from(FAILED));
    };
    let Some(way) = library.way(from, to) else {
        let (from, to) = (library.title(Page::Card(from)), library.title(Page::Card(to)));
        complain(&format!("no references lead between `{from}` and `{to}`"), None);
        return Ok(ExitCode::from(FOUND));
    };
    match args.format {
        Format::Human => human(&library, from, &way)?,
        Format::Json => Output::new().json(&steps(&library, &way))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The card of a name; says so if there is none.
fn card(library: &Library, name: &str) -> Option<usize> {
    let card = library.find_card(name);
    if card.is_none() {
        let target = Target::Card { name: name.into(), heading: None };
        let near = match library.resolve(Page::Overview(0), &target) {
            crate::library::Destination::Missing(missing) => missing.nearest,
            _ => None,
        };
        let help = near.map(|near| format!("did you mean `{near}`?"));
        complain(&format!("no card is called `{name}`"), help.as_deref());
    }
    card
}

fn human(library: &Library, from: usize, way: &[Step]) -> anyhow::Result<()> {
    let mut out = Output::new();
    out.line(&library.title(Page::Card(from)))?;
    for step in way {
        let (sentence, _) = library.context(&step.mention);
        let sign = if step.along { "->" } else { "<-" };
        out.line(&Printable::inline(&format!("  {sign} {}", library.title(Page::Card(step.to)))))?;
        if !sentence.is_empty() {
            out.line(&Printable::inline(&format!("     {sentence}")))?;
        }
    }
    Ok(out.finish()?)
}

fn steps(library: &Library, way: &[Step]) -> serde_json::Value {
    let id = |card| library.card(card).map(|card| card.id.as_str());
    let step = |step: &Step| {
        let page = Page::Card(step.to);
        let relation = library.reference(&step.mention).and_then(|r| r.relation);
        json!({
            "card": id(step.to),
            "title": library.title(page).as_str(),
            "direction": if step.along { "along" } else { "against" },
            "relation": relation.map(crate::model::Relation::word),
            "sentence": library.context(&step.mention).0.as_str(),
            "file": library.file_of(page).map(|file| file.to_string_lossy().into_owned()),
        })
    };
    way.iter().map(step).collect()
}
