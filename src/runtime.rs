//! The shell around the state machine: the terminal, the threads that listen, and what `app` asks
//! to be done. One thread owns the state; the others send it messages. The first frame waits for
//! nothing.

mod editor;
mod input;
mod opener;
mod reply;
mod signals;
mod terminal;
mod watch;

pub use terminal::{no_colour, report_panics, screen_size};

use crate::app::{Effect, Keymap, Message, Notice, Settings, State, cut, update};
use crate::files;
use crate::library::{self, Library, Page};
use crate::ui::{self, Brightness, Theme};
use input::Input;
use notify::RecommendedWatcher;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};
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
    /// When the files began to be read.
    pub read_at: SystemTime,
}

/// Reads the whole library; something to say about it.
pub type Rest = Box<dyn FnOnce(Told) -> (Option<Library>, Option<Notice>) + Send>;

/// Is told how many files of how many were read.
pub type Told<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Larger files are not read for a passage.
const MAX_SOURCE: u64 = 64 << 20;
/// What is typed waits that long for the rest to be read.
const HELD: Duration = Duration::from_millis(50);

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
    found: Vec<crate::diagnostic::Diagnostic>,
}

/// Shows the reader until the user quits.
pub fn run(launch: Launch) -> io::Result<()> {
    let (sender, receiver) = channel();
    signals::listen(&sender)?;
    let mut screen = Screen::enter(launch.settings.mouse)?;
    let size = screen.size();
    let (library, page) = (Arc::new(launch.library), launch.page);
    let mut state = State::new(library, page, launch.keymap, launch.settings, size);
    if let Some(notice) = launch.notice {
        update(&mut state, Message::Notice(notice));
    }
    let mut shell = Shell {
        theme: launch.theme,
        more_themes: launch.more_themes,
        follow_background: launch.follow_background,
        input: None,
        held: None,
        stopped: false,
        generation: 0,
        changed: Vec::new(),
        watcher: None,
        sender: sender.clone(),
    };
    screen.draw(|frame| ui::view(&state, &shell.theme, frame))?;
    // Whatever could have delayed the first frame comes after it.
    let ask = shell.follow_background && terminal::answers_about_background();
    shell.input = Some(Input::start(&sender, ask, size)?);
    if ask {
        screen.ask_background()?;
    }
    if let Some(rest) = launch.rest {
        shell.held = Some(Held { messages: Vec::new(), until: instant() + HELD });
        let sender = sender.clone();
        std::thread::spawn(move || {
            let percent = AtomicUsize::new(0);
            let told = |done: usize, of: usize| {
                let now = done * 100 / of.max(1);
                if percent.fetch_max(now, Ordering::Relaxed) < now {
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
    if shell.held.is_none() {
        shell.watcher = watch::start(&state.library, launch.read_at, &sender);
    }
    #[cfg(debug_assertions)]
    panic_if_wanted();
    shell.serve(&mut screen, &mut state, &receiver)
}

/// Lets the tests see what a panic leaves behind; not part of a release.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "that is what it is for")]
fn panic_if_wanted() {
    match std::env::var("BRIEFING_TEST_PANIC").as_deref() {
        Ok("main") => panic!("wanted \u{1b}[31m by a test"),
        Ok("thread") => drop(std::thread::spawn(|| panic!("wanted \u{1b}[31m by a test")).join()),
        _ => {}
    }
}

/// Messages that wait for the rest, so that keys act on the whole; but not for long.
struct Held {
    messages: Vec<Message>,
    until: Instant,
}

struct Shell {
    theme: Theme,
    more_themes: Vec<Theme>,
    follow_background: bool,
    input: Option<Input>,
    /// What was typed right at the start, when the rest may be read at any moment.
    held: Option<Held>,
    /// Whether the program has stopped itself and was not yet told that it goes on.
    stopped: bool,
    /// Counts changes of files, so that an answer to an older one is not taken.
    generation: u64,
    /// Files that changed since the last answer that was taken.
    changed: Vec<PathBuf>,
    /// Watches the files once all are read; never asked anything.
    watcher: Option<RecommendedWatcher>,
    sender: Sender<Event>,
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    End,
}

impl Shell {
    /// Takes messages until the user quits; one frame for each batch of them.
    fn serve(
        &mut self,
        screen: &mut Screen,
        state: &mut State,
        receiver: &Receiver<Event>,
    ) -> io::Result<()> {
        while let Ok(event) = self.next(receiver) {
            if event.is_none() && self.release(screen, state)? == Flow::End {
                return screen.leave();
            }
            let mut next = event;
            while let Some(event) = next {
                if self.event(screen, state, event)? == Flow::End {
                    return screen.leave();
                }
                next = receiver.try_recv().ok();
            }
            screen.draw(|frame| ui::view(state, &self.theme, frame))?;
        }
        screen.leave()
    }

    /// The next event; none if what is held has waited long enough.
    fn next(&self, receiver: &Receiver<Event>) -> Result<Option<Event>, RecvError> {
        let Some(held) = &self.held else { return receiver.recv().map(Some) };
        match receiver.recv_timeout(held.until.saturating_duration_since(instant())) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(RecvError),
        }
    }

    /// Lets what was held act on what is there.
    fn release(&mut self, screen: &mut Screen, state: &mut State) -> io::Result<Flow> {
        let held = self.held.take().map_or_else(Vec::new, |held| held.messages);
        for message in held {
            if self.event(screen, state, Event::Message(message))? == Flow::End {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn event(&mut self, screen: &mut Screen, state: &mut State, event: Event) -> io::Result<Flow> {
        let effects = match event {
            Event::Message(message) => match &mut self.held {
                Some(held) if !matches!(message, Message::Progress(..)) => {
                    held.messages.push(message);
                    Vec::new()
                }
                _ => update(state, message),
            },
            Event::Loaded(Loaded { library, notice, watcher }) => {
                self.watcher = watcher;
                let held = self.held.take().map_or_else(Vec::new, |held| held.messages);
                let library = library.map(Message::Loaded);
                let all = library.into_iter().chain(notice.map(Message::Notice)).chain(held);
                all.flat_map(|message| update(state, message)).collect()
            }
            Event::Background(brightness) => {
                if self.follow_background {
                    self.theme = Theme::standard(brightness);
                }
                Vec::new()
            }
            Event::Suspend => vec![Effect::Suspend],
            // The stop that was asked for is dealt with where it was.
            Event::Resumed if std::mem::take(&mut self.stopped) => Vec::new(),
            Event::Resumed => {
                // Stopped from outside, the shell has changed the terminal.
                screen.leave()?;
                screen.resume(state.settings.mouse)?;
                vec![Effect::Redraw]
            }
            Event::Changed(files) => {
                self.changed.extend(files);
                self.reload(state);
                Vec::new()
            }
            Event::Reloaded(answer) => {
                self.take(state, *answer);
                Vec::new()
            }
            Event::Lost(error) => {
                screen.leave()?;
                return Err(error);
            }
        };
        for effect in effects {
            if self.effect(screen, state, effect)? == Flow::End {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn effect(
        &mut self,
        screen: &mut Screen,
        state: &mut State,
        effect: Effect,
    ) -> io::Result<Flow> {
        match effect {
            Effect::Quit => return Ok(Flow::End),
            Effect::Redraw => {
                let (width, height) = screen.redraw()?;
                update(state, Message::Resize(width, height));
            }
            Effect::Mouse(ours) => screen.mouse(ours)?,
            Effect::NextTheme => {
                let text = self.next_theme();
                update(state, Message::Notice(Notice::info(text)));
            }
            Effect::Suspend => {
                if !terminal::has_shell() {
                    let text = "there is no shell to go back to";
                    update(state, Message::Notice(Notice::info(text)));
                    return Ok(Flow::On);
                }
                self.stopped = true;
                self.away(screen, state, terminal::stop)?;
            }
            Effect::Open(address) => {
                let notice = match opener::open(&address) {
                    Ok(()) => Notice::info(format!("opened outside: {address}")),
                    Err(error) => Notice::warning(error.to_string()),
                };
                update(state, Message::Notice(notice));
            }
            Effect::Source(wanted) => {
                let sender = self.sender.clone();
                std::thread::spawn(move || {
                    let message = match files::read(&wanted.file, MAX_SOURCE) {
                        Ok(bytes) => Message::Source(cut(wanted, &library::text(&bytes))),
                        Err(error) => Message::Notice(Notice::warning(error.to_string())),
                    };
                    // Nobody listens any more when the reader has ended.
                    drop(sender.send(Event::Message(message)));
                });
            }
            Effect::Edit(file, line) => {
                let told = self.away(screen, state, || editor::open(&file, line))?;
                match told {
                    Ok(()) => {
                        self.changed.push(file.to_path_buf());
                        self.reload(state);
                    }
                    Err(error) => {
                        update(state, Message::Notice(Notice::warning(error.to_string())));
                    }
                }
            }
        }
        Ok(Flow::On)
    }

    /// Gives the terminal away for as long as `meanwhile` takes.
    fn away<T>(
        &self,
        screen: &mut Screen,
        state: &mut State,
        meanwhile: impl FnOnce() -> T,
    ) -> io::Result<T> {
        if let Some(input) = &self.input {
            input.pause();
        }
        screen.leave()?;
        let result = meanwhile();
        screen.resume(state.settings.mouse)?;
        let (width, height) = screen.redraw()?;
        update(state, Message::Resize(width, height));
        if let Some(input) = &self.input {
            input.go_on();
        }
        Ok(result)
    }

    fn next_theme(&mut self) -> String {
        if self.theme.name.as_ref() == "mono" && no_colour() {
            return "NO_COLOR is set: no colours".to_owned();
        }
        self.follow_background = false;
        let shipped: Vec<Theme> = Theme::names().filter_map(Theme::shipped).collect();
        let all: Vec<Theme> = shipped.into_iter().chain(self.more_themes.iter().cloned()).collect();
        let present = all.iter().position(|theme| theme.name == self.theme.name);
        let next = present.map_or(0, |at| (at + 1) % all.len());
        if let Some(theme) = all.into_iter().nth(next) {
            self.theme = theme;
        }
        format!("colours: {}", self.theme.name)
    }

    /// Reads the changed files again, on a thread of its own.
    fn reload(&mut self, state: &State) {
        self.generation += 1;
        let generation = self.generation;
        let from = Arc::clone(&state.library);
        let (files, sender) = (self.changed.clone(), self.sender.clone());
        std::thread::spawn(move || {
            let (library, found) = library::reload(&from, &files);
            // Nobody listens any more when the reader has ended.
            let answer = Reloaded { generation, from, library, found };
            drop(sender.send(Event::Reloaded(Box::new(answer))));
        });
    }

    fn take(&mut self, state: &mut State, answer: Reloaded) {
        if answer.generation != self.generation {
            return;
        }
        if !Arc::ptr_eq(&answer.from, &state.library) {
            // Something was opened meanwhile: the answer lacks it.
            self.reload(state);
            return;
        }
        self.changed.clear();
        let same = answer.found.is_empty() && same_documents(&answer.library, &state.library);
        if !same {
            update(state, Message::Reloaded(Arc::new(answer.library), answer.found));
        }
    }
}

/// Whether nothing was read anew.
fn same_documents(new: &Library, old: &Library) -> bool {
    let (new, old) = (new.documents(), old.documents());
    new.len() == old.len() && new.iter().zip(old).all(|(new, old)| Arc::ptr_eq(new, old))
}
