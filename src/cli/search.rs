//! Searching from the command line: a line for each page that was found, the best first.

use super::args::{Format, Search};
use super::output::{Output, complain, to_stderr};
use super::{FAILED, FOUND_NOTHING, read, say_failures};
use crate::app;
use crate::library::{Document, Library, Page};
use crate::search::{self, Hit, Index, LANGUAGE, Query, QueryError};
use crate::store::{Kept, Store};
use crate::text::{Printable, Span};
use crate::{files, format};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Larger files are not read again for the exact place.
const MAX_READ: u64 = 64 << 20;

/// `briefing search`.
pub fn run(args: &Search) -> anyhow::Result<ExitCode> {
    let query = match Query::parse(&args.query) {
        Ok(query) if query.is_empty() => {
            let help = "write some words, such as `briefing search close coordination`";
            let empty = QueryError::new(0..args.query.len(), "there is nothing to look for", help);
            return wrong(&args.query, &empty);
        }
        Ok(query) => query,
        Err(error) => return wrong(&args.query, &error),
    };
    let (library, failures) = read(&args.sources);
    say_failures(&failures);
    let Some(library) = library else { return Ok(ExitCode::from(FAILED)) };
    if let Err(error) = query.check(&library) {
        return wrong(&args.query, &error);
    }
    let library = Arc::new(library);
    let query = informed(&library, query, args.private);
    let stop = AtomicBool::new(false);
    let index = Index::build(&library, &stop).unwrap_or_default();
    let hits = app::find(&index, &library, &query, args.limit, &stop);
    let found = places(&library, &hits);
    match args.format {
        Format::Human if Output::is_terminal() => for_people(&library, &found)?,
        Format::Human => for_programs(&found)?,
        Format::Json => Output::new().json(&found.iter().map(Found::json).collect())?,
    }
    if hits.is_empty() && args.format == Format::Human {
        let near = search::suggest(&index, &args.query, &query);
        let help = near.map_or(String::new(), |near| format!("  help: did you mean `{near}`?\n"));
        let help = Printable::lines(&help);
        to_stderr(&format!("nothing found for `{}`\n{help}", Printable::line(&args.query)))?;
    }
    Ok(match (failures.is_empty(), hits.is_empty()) {
        (false, _) => ExitCode::from(FAILED),
        (true, true) => ExitCode::from(FOUND_NOTHING),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// A query with what it asks of what is kept. What cannot be read is not known, and that is said.
fn informed(library: &Arc<Library>, query: Query, private: bool) -> Query {
    if private || query.deeds().is_empty() {
        return query;
    }
    let events = files::data_folder().map_or(Ok(Vec::new()), |folder| Store::look(&folder));
    let events = events.unwrap_or_else(|error| {
        let help = "the query is answered as if nothing had been read";
        complain(&format!("what was kept cannot be read: {error}"), Some(help));
        Vec::new()
    });
    app::informed(library, &Kept::new(&events), query)
}

/// The language, for the help text.
pub fn language() -> String {
    let examples = LANGUAGE.iter().map(|(written, finds)| format!("  {written:<27}{finds}\n"));
    let start = "A query is made of words, which must all occur, and of conditions:\n".to_owned();
    examples.fold(start, |all, line| all + &line)
        + "\nCase, accents and typographic signs do not matter. Words with other signs need quotes.\n\n\
           Exit codes: 0 found, 1 nothing found, 2 the query is wrong or a file cannot be read."
}

/// Says what is wrong with a query, with a mark under the place.
fn wrong(input: &str, error: &QueryError) -> anyhow::Result<ExitCode> {
    let part =
        |bytes: std::ops::Range<usize>| Printable::inline(input.get(bytes).unwrap_or_default());
    let (start, end) = (error.at.start.min(input.len()), error.at.end.min(input.len()));
    let (before, at, after) = (part(0..start), part(start..end), part(end..input.len()));
    let indent = " ".repeat(crate::text::width(&before));
    let mark = "^".repeat(crate::text::width(&at).max(1));
    let QueryError { message, help, .. } = error;
    to_stderr(&format!(
        "error: {message}\n  {before}{at}{after}\n  {indent}{mark}\n  help: {help}\n"
    ))?;
    Ok(ExitCode::from(FAILED))
}

/// A page that was found, with its place.
struct Found<'f> {
    hit: &'f Hit,
    document: Option<&'f Document>,
    card: Option<&'f str>,
    file: Option<Arc<Path>>,
    span: Option<Span>,
}

/// Finds the exact places: each file is read again once.
fn places<'f>(library: &'f Library, hits: &'f [Hit]) -> Vec<Found<'f>> {
    let mut sources: HashMap<Arc<Path>, Option<String>> = HashMap::new();
    let one = |hit: &'f Hit| {
        let document = library.documents().get(library.briefing_of(hit.page)).map(|d| &**d);
        let card = match hit.page {
            Page::Card(card) => library.card(card),
            Page::Overview(_) => None,
        };
        let file = library.file_of(hit.page);
        let source = library.source_of(hit.page).and_then(|file| {
            let source = sources.entry(file).or_insert_with_key(|file| {
                let bytes = files::read(file, MAX_READ).ok()?;
                Some(format::decode(&bytes).0.into_owned())
            });
            source.as_deref()
        });
        // The file may have changed since.
        let span = source.and_then(|source| hit.place(source)).or(hit.span);
        Found { hit, document, card: card.map(|card| card.id.as_str()), file, span }
    };
    hits.iter().map(one).collect()
}

impl Found<'_> {
    /// `FILE:LINE:COLUMN`, as far as known.
    fn place(&self) -> Printable {
        let file = self.file.as_deref().map_or("(bundled)".into(), Path::to_string_lossy);
        match self.span {
            Some(Span { position: at, .. }) => {
                Printable::line(&format!("{file}:{}:{}", at.line, at.column))
            }
            None => Printable::line(&file),
        }
    }

    fn json(&self) -> serde_json::Value {
        let ranges = |ranges: &[std::ops::Range<usize>]| -> Vec<[usize; 2]> {
            ranges.iter().map(|range| [range.start, range.end]).collect()
        };
        let Hit { title, title_matches, field, snippet, matches, score, .. } = self.hit;
        json!({
            "file": self.file.as_deref().map(|file| file.to_string_lossy()),
            "briefing": self.document.map(|document| document.briefing.id.as_str()),
            "card": self.card,
            "title": title.as_str(),
            "title_matches": ranges(title_matches),
            "field": field.word(),
            "line": self.span.map(|span| span.position.line),
            "column": self.span.map(|span| span.position.column),
            "snippet": snippet.as_str(),
            "matches": ranges(matches),
            "score": score,
        })
    }
}

/// Title, snippet with the matches set off, and place.
fn for_people(library: &Library, found: &[Found]) -> anyhow::Result<()> {
    let colours = !crate::runtime::no_colour();
    let many = library.documents().len() > 1;
    let mut out = Output::new();
    for one in found {
        let title = marked(&one.hit.title, &one.hit.title_matches, colours);
        let snippet = marked(&one.hit.snippet, &one.hit.matches, colours);
        let briefing = one.document.filter(|_| many).map(|document| &document.briefing.title);
        let briefing = briefing.map_or(String::new(), |title| format!("{title} › "));
        let between = if snippet.is_empty() { "" } else { " › " };
        out = out.text(&format!("{briefing}{title}{between}{snippet}  {}\n", one.place()))?;
    }
    Ok(out.finish()?)
}

/// Place, id, title and snippet, parted by tabs. What is printable has no tabs.
fn for_programs(found: &[Found]) -> anyhow::Result<()> {
    let mut out = Output::new();
    for one in found {
        let card = Printable::line(one.card.unwrap_or_default());
        let (title, snippet) = (&one.hit.title, &one.hit.snippet);
        out = out.text(&format!("{}\t{card}\t{title}\t{snippet}\n", one.place()))?;
    }
    Ok(out.finish()?)
}

/// Text with parts of it set in bold.
fn marked(text: &Printable, matches: &[std::ops::Range<usize>], colours: bool) -> String {
    if !colours {
        return text.to_string();
    }
    let mut out = String::new();
    let mut at = 0;
    for range in matches {
        let (before, word) = (text.get(at..range.start), text.get(range.clone()));
        out.extend([
            before.unwrap_or_default(),
            "\u{1b}[1m",
            word.unwrap_or_default(),
            "\u{1b}[0m",
        ]);
        at = range.end;
    }
    out + text.get(at..).unwrap_or_default()
}
