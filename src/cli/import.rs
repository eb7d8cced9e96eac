//! Documents as briefing files, which a person can go on editing.

use super::args::Import;
use super::output::{self, complain};
use super::{FAILED, FOUND, read, say_errors, say_failures};
use crate::diagnostic::Severity;
use crate::format;
use crate::library::{Destination, Library, Page};
use crate::model::{Briefing, Prose, Target};
use std::process::ExitCode;

/// `briefing import`.
pub fn run(args: &Import) -> anyhow::Result<ExitCode> {
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    let [document] = library.documents() else {
        let ids: Vec<_> = library.documents().iter().map(|d| d.briefing.id.as_str()).collect();
        let message = format!("these are {} briefings: {}", ids.len(), ids.join(", "));
        complain(&message, Some("import them one by one, each to a file of its own"));
        return Ok(ExitCode::from(FAILED));
    };
    let text = format::write(&rewritten(&library, &document.briefing));
    if !output::write(&text, args.output.as_deref(), args.force)? {
        return Ok(ExitCode::from(FAILED));
    }
    let all = library.diagnostics();
    let count = |severity| all.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        say_errors(&library);
        let message =
            format!("{errors} errors and {warnings} warnings; `briefing check` shows them\n");
        output::to_stderr(&message)?;
    }
    Ok(match (failures.is_empty(), errors) {
        (false, _) => ExitCode::from(FAILED),
        (true, 0) => ExitCode::SUCCESS,
        (true, _) => ExitCode::from(FOUND),
    })
}

/// The briefing with links that name cards instead of files.
fn rewritten(library: &Library, briefing: &Briefing) -> Briefing {
    let mut briefing = briefing.clone();
    if briefing.parts.is_empty() {
        return briefing;
    }
    for (at, card) in briefing.cards.iter_mut().enumerate() {
        for section in &mut card.sections {
            relink(library, Page::Card(at), &mut section.text);
        }
        if let Some(text) = &mut card.bottom_line {
            relink(library, Page::Card(at), text);
        }
    }
    briefing
}

fn relink(library: &Library, page: Page, prose: &mut Prose) {
    let id = |card: usize| library.card(card).map(|card| card.id.to_string());
    let source = format::relink(&prose.source, |target, _| match target {
        Target::Web(_) | Target::Footnote(_) => None,
        Target::Card { .. } | Target::Path(_) | Target::Named(_) => {
            match library.leads_to(page, target) {
                Destination::Page { page: Page::Card(card), heading: None } => id(card),
                Destination::Page { page: Page::Card(card), heading: Some(heading) } => {
                    Some(format!("{}#{heading}", id(card)?))
                }
                Destination::Here(anchor) => Some(format!("#{anchor}")),
                _ => None,
            }
        }
    });
    prose.source = source.into();
}
