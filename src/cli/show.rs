//! A card as plain text.

use super::args::Show;
use super::output::{Output, complain};
use super::{FAILED, has_something, read, say_failures};
use crate::app::{backlinks, page_layout};
use crate::layout::{Glyphs, Layout, LinkSpot, Numbers, Options};
use crate::library::{Destination, Library, Missing, MissingKind, Page};
use crate::model::Target;
use crate::text::{Printable, PrintableBuf};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `briefing show`.
pub fn run(args: &Show) -> anyhow::Result<ExitCode> {
    // A path alone means its start card.
    let card = Path::new(&args.card);
    let is_path = args.sources.paths.is_empty() && (card.exists() || args.card == "-");
    let mut sources = args.sources.clone();
    if is_path {
        sources.paths.push(PathBuf::from(card));
    }
    let (library, failures) = read(&sources);
    say_failures(&failures);
    let Some(library) = library.filter(has_something) else { return Ok(ExitCode::from(FAILED)) };
    let name = args.card.to_string_lossy();
    let page = if is_path { library.start() } else { find(&library, &name) };
    let Some(page) = page else { return Ok(ExitCode::from(FAILED)) };
    let options = Options {
        width: args.width.map_or_else(Output::columns, usize::from),
        spare: 0,
        glyphs: if args.ascii { Glyphs::ASCII } else { Glyphs::UNICODE },
        numbers: Numbers::Running,
        answers: !args.no_answers,
    };
    print(&library, page, options)?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// The page of a name; says so if there is none.
pub fn find(library: &Library, name: &str) -> Option<Page> {
    if let Some(card) = library.find_card(name) {
        return Some(Page::Card(card));
    }
    let briefing = library.documents().iter().position(|d| d.briefing.id.as_str() == name);
    if let Some(briefing) = briefing {
        return Some(Page::Overview(briefing));
    }
    let target = Target::Card { name: name.into(), heading: None };
    let near = match library.resolve(Page::Overview(0), &target) {
        Destination::Missing(missing) => missing.nearest,
        _ => None,
    };
    let help = match near.filter(|near| **near != *name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`briefing list` shows all cards".to_owned(),
    };
    complain(&format!("no card is called `{name}`"), Some(&help));
    None
}

/// The start card, for where there is no terminal, and how to go on.
pub fn start_card(library: &Library, ascii: bool) -> anyhow::Result<()> {
    let Some(page) = library.start() else { return Ok(()) };
    one_card(library, page, ascii)
}

/// A card, for where there is no terminal, and how to go on.
pub fn one_card(library: &Library, page: Page, ascii: bool) -> anyhow::Result<()> {
    let glyphs = if ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
    let (width, numbers) = (Output::columns(), Numbers::Running);
    print(library, page, Options { width, spare: 0, glyphs, numbers, answers: false })?;
    let hint = "this is no terminal to read in: `briefing show CARD` prints a card, `briefing list` \
                lists them all\n";
    Ok(super::output::to_stderr(hint)?)
}

fn print(library: &Library, page: Page, options: Options) -> anyhow::Result<()> {
    let backlinks = match page {
        Page::Card(card) => backlinks(library, card),
        Page::Overview(_) => Vec::new(),
    };
    let layout = page_layout(library, page, &backlinks, options);
    let mut out = Output::new();
    for row in layout.rows() {
        let mut line = PrintableBuf::default();
        for run in &row.runs {
            line.push(layout.words(run));
        }
        let end = line.as_str().trim_end().len();
        out.line(&Printable::from(line.slice(0..end)))?;
    }
    links(&mut out, library, page, &layout)?;
    Ok(out.finish()?)
}

/// Where the numbered links lead. Notes stand in the text already.
fn links(out: &mut Output, library: &Library, page: Page, layout: &Layout) -> anyhow::Result<()> {
    let links = layout.links().iter().enumerate();
    let links: Vec<_> =
        links.filter(|(_, link)| !matches!(link.target, Target::Footnote(_))).collect();
    if links.is_empty() {
        return Ok(());
    }
    out.line(&Printable::default())?;
    let columns = format!("[{}]", layout.links().len()).len();
    for (at, link) in links {
        let number = format!("[{}]", at + 1);
        let line = format!("{number:>columns$} {}", leads_to(library, page, link));
        out.line(&Printable::line(&line))?;
    }
    Ok(())
}

fn leads_to(library: &Library, page: Page, link: &LinkSpot) -> String {
    match library.resolve(page, &link.target) {
        Destination::Page { page, heading } => {
            let key = library.key(page);
            let card = key.as_ref().and_then(|key| key.card.as_ref());
            let name = card.map_or_else(|| library.title(page).to_string(), ToString::to_string);
            heading.map_or(name.clone(), |heading| format!("{name}#{heading}"))
        }
        Destination::Here(anchor) => format!("#{anchor}"),
        Destination::Web(address) => address.into(),
        Destination::File(path) => path.into(),
        Destination::Outside(path) => format!("{path} (not opened)"),
        Destination::Missing(Missing { name, kind, .. }) => match kind {
            MissingKind::Card => format!("{name} (no such card)"),
            MissingKind::Page => format!("{name} (not written yet)"),
            MissingKind::File => format!("{name} (no such file)"),
        },
    }
}
