//! The shell around the state machine: the terminal, the threads that listen, and what `app` asks
//! to be done. One thread owns the state; the others send it messages. The first frame waits for
//! nothing.

mod checker;
mod clock;
mod crash;
mod editor;
mod input;
mod keeper;
mod keys;
mod news;
mod opener;
mod pieces;
mod reply;
mod searcher;
mod shell;
mod signals;
mod sources;
mod student;
mod terminal;
mod watch;

pub use checker::DISK;
pub use clock::moment;
pub use keeper::milliseconds;
pub use keys::from_terminal as keys_from_terminal;
pub use terminal::{no_colour, report_panics, screen_size};

use crate::app::{Goal, Keymap, Message, Notice, Settings, State, update};
use crate::check::Policy;
use crate::diagnostic::Diagnostic;
use crate::library::{Cache, Library, Page};
use crate::ui::{self, Brightness, Theme};
use input::Input;
use notify::RecommendedWatcher;
use searcher::Searcher;
use shell::Shell;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::{Instant, SystemTime};
use student::Wishes;
use terminal::Screen;

/// What the reader starts with.
pub struct Launch {
    /// What is read.
    pub library: Library,
    /// Reads the rest, if only the start was read.
    pub rest: Option<Rest>,
    /// The page it starts at.
    pub page: Page,
    /// What keys do.
    pub keymap: Keymap,
    /// What the user set.
    pub settings: Settings,
    /// The colours.
    pub theme: Theme,
    /// Whether the colours follow the terminal's background.
    pub follow_background: bool,
    /// Themes to choose from, besides the shipped ones.
    pub more_themes: Vec<Theme>,
    /// What to say first.
    pub notice: Option<Notice>,
    /// A folder with files of sources.
    pub sources: Option<PathBuf>,
    /// Where it is kept what large folders became.
    pub cache: Option<Cache>,
    /// How the user wants to study.
    pub study: Wishes,
    /// What to begin as soon as all that was kept is known.
    pub wish: Option<Goal>,
    /// What is done with findings.
    pub policy: Policy,
    /// What is wrong with the settings.
    pub faults: Vec<Diagnostic>,
    /// When the files began to be read.
    pub read_at: SystemTime,
    /// Whether nothing of what the reader does is kept.
    pub private: bool,
    /// Whether the reader wants to be where he was last, and not at the page above.
    pub resume: bool,
}

/// Milliseconds between two words on how much was read.
const BETWEEN: u64 = 40;

/// Reads the whole library; something to say about it.
pub type Rest = Box<dyn FnOnce(Told) -> (Option<Library>, Option<Notice>) + Send>;

/// Is told how many files of how many were read.
pub type Told<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// The time, for measuring how long something takes.
#[expect(clippy::disallowed_methods, reason = "this is where the others get it")]
fn instant() -> Instant {
    Instant::now()
}

/// The time.
#[expect(clippy::disallowed_methods, reason = "this is where the others get it")]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// What the listening threads tell the one that owns the state.
enum Event {
    /// Something for the state.
    Message(Message),
    /// The rest was read; something to say about it.
    Loaded(Loaded),
    /// The terminal's background is known.
    Background(Brightness),
    /// Stop, as by Ctrl-Z.
    Suspend,
    /// Running again after a stop.
    Resumed,
    /// Files changed.
    Changed(Vec<PathBuf>),
    /// Files were read again; from which library, and for which change.
    Reloaded(Box<Reloaded>),
    /// The terminal cannot be read any more.
    Lost(io::Error),
}

/// The answer of the thread that read the rest.
struct Loaded {
    library: Option<Arc<Library>>,
    notice: Option<Notice>,
    watcher: Option<RecommendedWatcher>,
}

/// The answer of a thread that read files again.
struct Reloaded {
    generation: u64,
    from: Arc<Library>,
    library: Library,
    found: Vec<Diagnostic>,
}

/// Shows the reader until the user quits.
pub fn run(launch: Launch) -> io::Result<()> {
    let (sender, receiver) = channel();
    signals::listen(&sender)?;
    let mut screen = Screen::enter(launch.settings.mouse)?;
    let size = screen.size();
    let (library, page) = (Arc::new(launch.library), launch.page);
    let settings = Settings { colours: launch.theme.has_colours(), ..launch.settings };
    let mut state = State::new(library, page, launch.keymap, settings, size);
    state.keep.resume = launch.resume;
    state.studies.wish = launch.wish;
    state.set_policy(launch.policy);
    state.set_faults(launch.faults);
    if let Some(notice) = launch.notice {
        update(&mut state, Message::Notice(notice));
    }
    let mut shell = Shell {
        theme: launch.theme,
        more_themes: launch.more_themes,
        follow_background: launch.follow_background,
        background: None,
        input: None,
        held: None,
        stopped: false,
        generation: 0,
        changed: Vec::new(),
        watcher: None,
        sources: launch.sources,
        cache: launch.cache,
        study: launch.study,
        searcher: Searcher::new(sender.clone()),
        keeper: None,
        private: launch.private,
        sender: sender.clone(),
    };
    screen.draw(|frame| ui::view(&state, &shell.theme, frame))?;
    // Whatever could have delayed the first frame comes after it.
    drop(sender.send(Event::Message(Message::Drawn)));
    let ask = shell.follow_background && terminal::answers_about_background();
    shell.input = Some(Input::start(&sender, ask, size)?);
    if ask {
        screen.ask_background()?;
    }
    shell.hold();
    if let Some(rest) = launch.rest {
        let sender = sender.clone();
        std::thread::spawn(move || {
            let (begun, next) = (instant(), AtomicU64::new(0));
            let told = |done: usize, of: usize| {
                // Each is a frame, in the time of the threads that read.
                let now = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                let due = next.load(Ordering::Relaxed);
                let then = now.saturating_add(BETWEEN);
                let mine =
                    || next.compare_exchange(due, then, Ordering::Relaxed, Ordering::Relaxed);
                if due <= now && mine().is_ok() {
                    drop(sender.send(Event::Message(Message::Progress(done, of))));
                }
            };
            let (library, notice) = rest(&told);
            let library = library.map(Arc::new);
            let watcher = library.as_ref().and_then(|l| watch::start(l, launch.read_at, &sender));
            // Nobody listens any more when the reader has ended.
            drop(sender.send(Event::Loaded(Loaded { library, notice, watcher })));
        });
    }
    if !state.library.is_partial() {
        shell.open_store();
        shell.watcher = watch::start(&state.library, launch.read_at, &sender);
    }
    #[cfg(debug_assertions)]
    panic_if_wanted();
    shell.serve(&mut screen, &mut state, &receiver)
}

/// Calls itself until the stack is full.
#[cfg(debug_assertions)]
fn deep(level: u64) -> [u64; 512] {
    let level = std::hint::black_box(level);
    if level == u64::MAX { [level; 512] } else { deep(level + 1).map(|number| number ^ level) }
}

/// Lets the tests see what a panic leaves behind; not part of a release.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "that is what it is for")]
fn panic_if_wanted() {
    match std::env::var("BRIEFING_TEST_PANIC").as_deref() {
        Ok("main") => panic!("wanted \u{1b}[31m by a test"),
        Ok("abort") => std::process::abort(),
        Ok("overflow") => drop(std::hint::black_box(deep(0))),
        Ok("thread") => drop(std::thread::spawn(|| panic!("wanted \u{1b}[31m by a test")).join()),
        _ => {}
    }
}
