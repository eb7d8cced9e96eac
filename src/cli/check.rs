//! What is wrong in briefing files, for people and for programs.

mod explain;
mod fix;
mod lines;
mod sarif;

use super::args::{self, Check, Findings};
use super::output::{Output, complain, to_stderr};
use super::settings;
use super::{FAILED, FOUND, read, say_failures};
use crate::check::{self, Disk, Finding, Policy, WARNINGS};
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::{Document, Library};
use crate::text::{LineIndex, Printable, Span};
use crate::{files, format, runtime};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Larger files are named but not quoted.
const MAX_QUOTED: u64 = 64 << 20;
/// Columns of a quoted line; a longer one is cut around the place.
const QUOTED_BEFORE: usize = 60;
const QUOTED_AFTER: usize = 100;

/// `briefing check`.
pub fn run(args: &Check) -> anyhow::Result<ExitCode> {
    if let Some(code) = &args.explain {
        return explain::run(code.as_deref());
    }
    if let Some((code, near)) = unknown_code(args) {
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let help = help.as_deref().unwrap_or("`briefing check --explain` lists the codes");
        complain(&format!("there is no code `{code}`"), Some(help));
        return Ok(ExitCode::from(FAILED));
    }
    let (library, failures) = read(&args.sources);
    let mut library = library.unwrap_or_default();
    let (folder, policy) = settings(args)?;
    let find = |library: &Library| {
        let disk = Disk { folder: folder.as_deref(), ..runtime::DISK };
        let mut found = check::check(library, disk);
        policy.apply(&mut found);
        found
    };
    let mut found = find(&library);
    let mut failed = !failures.is_empty();
    if args.fix {
        let fixed = fix::run(&found, args.dry_run)?;
        failed |= fixed.failed;
        if fixed.changed {
            // What is left is found in what was written.
            library = read(&args.sources).0.unwrap_or_default();
            found = find(&library);
        }
    }
    say_failures(&failures);
    let count = |severity| found.iter().filter(|f| f.diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let least = policy.least;
    let found: Vec<_> = found.iter().filter(|f| f.diagnostic.severity >= least).collect();
    let plain = || found.iter().map(|finding| &finding.diagnostic);
    // What --fix would do is all that --dry-run shows.
    if !args.dry_run {
        match args.format {
            Findings::Human => human(&plain().collect::<Vec<_>>())?,
            Findings::Short => lines::short(plain())?,
            Findings::Github => lines::github(plain())?,
            Findings::Sarif => Output::new().json(&sarif::log(&plain().collect::<Vec<_>>()))?,
            Findings::Json => Output::new().json(&report(&library, &found))?,
        }
        if matches!(args.format, Findings::Human | Findings::Short) {
            summary(&library, errors, warnings)?;
        }
    }
    Ok(if failed {
        ExitCode::from(FAILED)
    } else if errors > 0 || (args.strict && warnings > 0) {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

/// The folder with files of sources, and what is done with findings: by the arguments, else by the
/// settings. What is wrong with the settings is said.
fn settings(args: &Check) -> anyhow::Result<(Option<PathBuf>, Policy)> {
    let (folder, mut policy, faults) = settings::checking();
    for fault in &faults {
        to_stderr(&format!("warning: {}: {}\n", fault.place(), fault.message))?;
        if let Some(help) = &fault.help {
            to_stderr(&format!("  help: {help}\n"))?;
        }
    }
    args.deny.iter().for_each(|code| policy.deny(code));
    args.allow.iter().for_each(|code| policy.allow(code));
    policy.least = args.severity.map_or(policy.least, severity);
    Ok((args.folder.clone().or(folder), policy))
}

/// A code among the arguments that there is not, and one that may have been meant.
fn unknown_code(args: &Check) -> Option<(&str, Option<&'static str>)> {
    let denied = args.deny.iter().filter(|code| *code != WARNINGS);
    let mut codes = args.allow.iter().chain(denied);
    codes.find_map(|code| Some((code.as_str(), check::explain(code).err()?)))
}

fn severity(level: args::Level) -> Severity {
    match level {
        args::Level::Info => Severity::Info,
        args::Level::Warning => Severity::Warning,
        args::Level::Error => Severity::Error,
    }
}

/// The file of a finding, safe to show.
fn path_of(found: &Diagnostic) -> Printable {
    match found.file.as_deref() {
        Some(file) => Printable::line(&file.to_string_lossy()),
        None => Printable::line("(bundled)"),
    }
}

fn summary(library: &Library, errors: usize, warnings: usize) -> anyhow::Result<()> {
    let count = |number: usize, word: &str| {
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    let files = library.documents().len();
    let text = format!(
        "{}, {} in {} with {}\n",
        count(errors, "error"),
        count(warnings, "warning"),
        count(files, "briefing"),
        count(library.card_count(), "card")
    );
    Ok(to_stderr(&text)?)
}

fn human(found: &[&Diagnostic]) -> anyhow::Result<()> {
    let colours = Output::is_terminal() && !runtime::no_colour();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = Output::new();
    // Findings come file by file; the file is read once more to be quoted.
    for of_file in found.chunk_by(|a, b| a.file == b.file) {
        let file = of_file.first().and_then(|found| found.file.as_deref());
        let bytes = file.and_then(|file| files::read(file, MAX_QUOTED).ok());
        let source = bytes.as_deref().map(|bytes| format::decode(bytes).0);
        let lines = source.as_deref().map(LineIndex::new);
        for diagnostic in of_file {
            out = out.text(&one(&renderer, diagnostic, lines.as_ref()))?;
        }
    }
    Ok(out.finish()?)
}

/// One finding. Everything of it that comes from a file is printable.
fn one(renderer: &Renderer, diagnostic: &Diagnostic, lines: Option<&LineIndex>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let path = path_of(diagnostic);
    let path = path.as_str();
    let mut group = title.elements(Vec::<Snippet<annotate_snippets::Annotation>>::new());
    let quote = |span: &Span| lines.and_then(|lines| Quote::new(lines, span));
    let main = diagnostic.span.as_ref().and_then(quote);
    match (&main, &diagnostic.span) {
        (Some(main), _) => {
            let annotation = AnnotationKind::Primary.span(main.bytes.clone());
            group = group.element(main.snippet(path).annotation(annotation));
        }
        (None, Some(span)) => {
            let at = span.position;
            let origin = annotate_snippets::Origin::path(path);
            group = group.element(origin.line(at.line as usize).char_column(at.column as usize));
        }
        (None, None) => group = group.element(annotate_snippets::Origin::path(path)),
    }
    let others: Vec<_> = diagnostic
        .labels
        .iter()
        .filter_map(|label| Some((quote(&label.span)?, label.message.as_str())))
        .collect();
    for (other, message) in &others {
        let annotation = AnnotationKind::Context.span(other.bytes.clone()).label(*message);
        group = group.element(other.snippet(path).annotation(annotation));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

/// The line of a finding, made printable, and where in it the finding is.
struct Quote {
    line: String,
    number: usize,
    bytes: std::ops::Range<usize>,
}

impl Quote {
    fn new(lines: &LineIndex, span: &Span) -> Option<Self> {
        let line = lines.line(span.position.line)?.trim_end_matches(['\r', '\n']);
        let start = lines.offset(span.position.line);
        let from = (span.start as usize).checked_sub(start)?.min(line.len());
        let to = (span.end as usize).saturating_sub(start).clamp(from, line.len());
        let before = line.get(..from)?;
        let before = match before.char_indices().rev().nth(QUOTED_BEFORE) {
            Some((cut, _)) => before.get(cut..)?,
            None => before,
        };
        let short = |text: &str| -> String { text.chars().take(QUOTED_AFTER).collect() };
        let before = Printable::inline(before);
        let what = Printable::inline(&short(line.get(from..to)?));
        let after = Printable::inline(&short(line.get(to..)?));
        // A place without length is marked by the character that stands there.
        let length = match what.len() {
            0 => after.chars().next().map_or(0, char::len_utf8),
            length => length,
        };
        let bytes = before.len()..before.len() + length;
        let number = span.position.line as usize;
        Some(Self { line: format!("{before}{what}{after}"), number, bytes })
    }

    fn snippet<'s>(&'s self, path: &'s str) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        Snippet::source(self.line.as_str()).line_start(self.number).path(path)
    }
}

/// What was read and what was found in it, for programs.
fn report(library: &Library, found: &[&Finding]) -> serde_json::Value {
    let documents = library.documents().iter().enumerate();
    let mut codes = vec![BTreeMap::<&str, usize>::new(); library.documents().len()];
    for finding in found {
        if let Some(codes) = codes.get_mut(finding.document) {
            *codes.entry(finding.diagnostic.code).or_default() += 1;
        }
    }
    let briefings: Vec<_> =
        documents.map(|(at, document)| totals(library, at, document, codes.get(at))).collect();
    let diagnostics: Vec<_> = found.iter().map(|finding| json(&finding.diagnostic)).collect();
    json!({ "briefings": briefings, "diagnostics": diagnostics })
}

/// The numbers of one briefing.
fn totals(
    library: &Library,
    at: usize,
    document: &Document,
    codes: Option<&BTreeMap<&str, usize>>,
) -> serde_json::Value {
    let briefing = &document.briefing;
    let links = library.totals(at);
    let place = document.folder.as_deref().or(document.file.as_deref());
    json!({
        "id": briefing.id.as_str(),
        "title": briefing.title.as_str(),
        "file": place.map(|place| place.to_string_lossy()),
        "documents": briefing.parts.len().max(1),
        "cards": briefing.cards.len(),
        "links": {
            "ok": links.ok,
            "self": links.own,
            "asset": links.file,
            "external": links.web,
            "outside": links.outside,
            "wanted": links.wanted,
            "broken": links.broken,
            "broken_anchor": links.broken_anchor,
            "ambiguous": links.ambiguous,
        },
        "diagnostics": codes,
    })
}

fn json(diagnostic: &Diagnostic) -> serde_json::Value {
    let at = diagnostic.span.as_ref();
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "file": diagnostic.file.as_deref().map(|file| file.to_string_lossy()),
        "line": at.map(|span| span.position.line),
        "column": at.map(|span| span.position.column),
        "start": at.map(|span| span.start),
        "end": at.map(|span| span.end),
        "message": diagnostic.message.as_str(),
        "help": diagnostic.help.as_deref(),
        "fix": diagnostic.fix.as_ref().map(|fix| {
            json!({ "start": fix.bytes.start, "end": fix.bytes.end, "text": fix.text })
        }),
    })
}
