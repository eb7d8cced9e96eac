//! The command line: arguments, sub-commands, printers, exit codes. The only place that prints.

mod args;
mod check;
mod claims;
mod export;
mod fmt;
mod import;
mod index;
mod list;
mod new;
mod output;
mod path;
mod search;
mod settings;
mod show;
mod state;
mod study;
mod timeline;
mod written;

use crate::app::{Goal, Keymap, Notice, about_settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files;
use crate::library::{self, Cache, Failure, Library, Page};
use crate::runtime::{self, Launch, Rest, Told};
use crate::text::Printable;
use args::{Cli, Command, Open, Sources};
use clap::Parser;
use output::{Output, complain};
use settings::User;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::SystemTime;

/// Errors were found.
const FOUND: u8 = 1;
/// Nothing was found that was looked for.
const FOUND_NOTHING: u8 = 1;
/// It could not be done.
const FAILED: u8 = 2;

/// Runs the program.
pub fn main() -> ExitCode {
    runtime::report_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let done = match cli.command {
        None => open(&cli.open),
        Some(Command::Show(show)) => show::run(&show),
        Some(Command::List(list)) => list::run(&list),
        Some(Command::Search(search)) => search::run(&search),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Path(way)) => path::run(&way),
        Some(Command::Timeline(timeline)) => timeline::run(&timeline),
        Some(Command::Index(index)) => index::run(&index),
        Some(Command::State(state)) => state::run(&state),
        Some(Command::Import(import)) => import::run(&import),
        Some(Command::Claims(claims)) => claims::run(&claims),
        Some(Command::New(new)) => new::run(&new),
        Some(Command::Fmt(fmt)) => fmt::run(&fmt),
        Some(Command::Schema) => new::schema(),
        Some(Command::Study(study)) => study::run(&study),
        Some(Command::Export(export)) => export::run(&export),
    };
    match done {
        Ok(code) => code,
        // Whoever read the output has read enough.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"), None);
            ExitCode::from(FAILED)
        }
    }
}

/// What is wrong with the arguments, or the help that was asked for.
fn usage(error: &clap::Error) -> ExitCode {
    let styled = if error.use_stderr() {
        std::io::stderr().is_terminal()
    } else {
        std::io::stdout().is_terminal()
    };
    let text = error.render();
    // What the user typed may be part of the message.
    let text = if styled && !error.use_stderr() {
        text.ansi().to_string()
    } else {
        Printable::lines(&text.to_string()).to_string()
    };
    let written = if error.use_stderr() {
        output::to_stderr(&text)
    } else {
        Output::new().text(&text).and_then(Output::finish)
    };
    match written {
        Ok(()) if !error.use_stderr() => ExitCode::SUCCESS,
        _ => ExitCode::from(FAILED),
    }
}

/// Reads what was named, or the bundled briefing; what could not be read is said. `None` if there
/// is nothing to show.
fn read(sources: &Sources) -> (Option<Library>, Vec<Failure>) {
    read_telling(sources, None, &|_, _| ())
}

/// The same, with the help of a cache; how many files of how many were read is told now and then.
fn read_telling(
    sources: &Sources,
    cache: Option<&Cache>,
    told: &(dyn Fn(usize, usize) + Sync),
) -> (Option<Library>, Vec<Failure>) {
    if sources.paths.is_empty() {
        return (Some(library::bundled()), Vec::new());
    }
    let (library, failures) = library::load(&sources.paths, sources.how(), cache, told);
    let empty = library.documents().is_empty();
    ((!empty).then_some(library), failures)
}

fn say_failures(failures: &[Failure]) {
    for failure in failures {
        let help = match failure {
            Failure::Empty(_) => Some("Markdown, text, HTML, EPUB and briefing files are read"),
            Failure::Binary(_) => Some("it looks like a binary file"),
            Failure::File(error) if error.path.as_os_str() == "-" => {
                Some("`-` reads what is piped in, as in `cat FILE | briefing show -`")
            }
            Failure::File(_) => None,
        };
        complain(&failure.to_string(), help);
    }
}

/// Whether errors left something to read; says what is wrong if not.
fn has_something(library: &Library) -> bool {
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let has_nothing = library.card_count() == 0 && library.diagnostics().iter().any(is_error);
    if has_nothing {
        say_errors(library);
        complain("there is nothing to read in these files", None);
    }
    !has_nothing
}

/// What is wrong with documents of which nothing is left to read.
fn say_errors(library: &Library) {
    /// Findings that are said.
    const MOST: usize = 10;
    let errors = library.diagnostics().into_iter().filter(|d| d.severity == Severity::Error);
    for error in errors.take(MOST) {
        let help = error.help.as_ref().map(Printable::as_str);
        complain(&error.line(), help);
    }
}

/// Opens the reader, or prints the start card where there is no terminal for it.
fn open(args: &Open) -> anyhow::Result<ExitCode> {
    let mut args = args.clone();
    if args.sources.paths.is_empty() && files::is_piped() {
        args.sources.paths.push(library::INPUT.into());
    }
    let args = &args;
    if can_show_a_screen() { on_screen(args, None) } else { without_screen(args) }
}

/// Prints the start card.
fn without_screen(args: &Open) -> anyhow::Result<ExitCode> {
    let (sources, card) = addressed(&args.sources);
    let (library, failures) = read(&sources);
    say_failures(&failures);
    let Some(library) = library.filter(has_something) else { return Ok(ExitCode::from(FAILED)) };
    if let Some(card) = card {
        let Some(page) = show::find(&library, &card) else { return Ok(ExitCode::from(FAILED)) };
        show::one_card(&library, page, args.ascii)?;
    } else {
        show::start_card(&library, args.ascii)?;
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Opens the reader, and begins what is wished for.
fn on_screen(args: &Open, wish: Option<Goal>) -> anyhow::Result<ExitCode> {
    let read_at = runtime::now();
    let (sources, card) = addressed(&args.sources);
    let (paths, how) = (&sources.paths, sources.how());
    // Of what is long the start is shown first.
    let start = if card.is_none() { library::preview(paths, how) } else { None };
    let user = User::read(args);
    if let Some((library, page)) = start.and_then(|l| l.start().map(|page| (l, page))) {
        let (keymap, cache) = (user.keymap.clone(), user.cache.clone());
        let faults = user.faults.clone();
        let rest = move |told: Told| {
            let (library, failures) = read_telling(&sources, cache.as_ref(), told);
            let notice = notice(&failures, (&faults, &keymap), library.as_ref());
            (library, notice)
        };
        let rest: Rest = Box::new(rest);
        let launch = launch(args, user, library, page, (read_at, false), None, Some(rest));
        runtime::run(Launch { wish, ..launch })?;
        return Ok(ExitCode::SUCCESS);
    }
    let (library, failures) = read_telling(&sources, user.cache.as_ref(), &|_, _| ());
    let library = library.filter(has_something);
    let Some((library, start)) = library.and_then(|l| l.start().map(|page| (l, page))) else {
        say_failures(&failures);
        return Ok(ExitCode::from(FAILED));
    };
    let page = match &card {
        Some(card) => match show::find(&library, card) {
            Some(page) => page,
            None => return Ok(ExitCode::from(FAILED)),
        },
        None => start,
    };
    let notice = notice(&failures, (&user.faults, &user.keymap), Some(&library));
    let launch = launch(args, user, library, page, (read_at, card.is_some()), notice, None);
    runtime::run(Launch { wish, ..launch })?;
    say_failures(&failures);
    Ok(ExitCode::SUCCESS)
}

/// The paths, and the card that is named behind `#` if one path is given that is no file as it
/// stands.
fn addressed(sources: &Sources) -> (Sources, Option<String>) {
    let [path] = &*sources.paths else { return (sources.clone(), None) };
    let address = path.to_str().and_then(|path| path.rsplit_once('#'));
    match address.filter(|(file, card)| !file.is_empty() && !card.is_empty() && !path.exists()) {
        Some((file, card)) => {
            let sources = Sources { paths: vec![file.into()], ..sources.clone() };
            (sources, Some(card.to_owned()))
        }
        None => (sources.clone(), None),
    }
}

fn launch(
    args: &Open,
    user: User,
    library: Library,
    page: Page,
    (read_at, at_card): (SystemTime, bool),
    notice: Option<Notice>,
    rest: Option<Rest>,
) -> Launch {
    let User {
        keymap,
        settings,
        theme,
        follow_background,
        more_themes,
        sources,
        cache,
        policy,
        faults,
    } = user;
    Launch {
        library,
        rest,
        page,
        keymap,
        settings,
        theme,
        follow_background,
        more_themes,
        notice,
        sources,
        cache,
        study: settings::study_options,
        wish: None,
        policy,
        faults,
        read_at,
        private: args.is_private(),
        resume: !args.start && !at_card,
    }
}

/// The first thing that is wrong, for the footer.
fn notice(
    failures: &[Failure],
    (faults, keymap): (&[Diagnostic], &Keymap),
    library: Option<&Library>,
) -> Option<Notice> {
    if let Some(failure) = failures.first() {
        return Some(Notice::warning(failure.to_string()));
    }
    if let Some(about) = about_settings(faults, keymap) {
        return Some(about);
    }
    let found = library?.diagnostics().into_iter().find(|d| d.severity == Severity::Error)?;
    let text = format!("{}; `briefing check` shows all", found.line());
    Some(Notice::warning(text))
}

fn can_show_a_screen() -> bool {
    // Without a name nothing is known of the terminal.
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    std::io::stdout().is_terminal() && !dumb && runtime::keys_from_terminal().is_ok()
}
