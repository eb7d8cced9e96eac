//! The thread that owns the state: takes messages, draws, and carries out what `app` asks for.

mod ending;

use super::input::Input;
use super::keeper::{self, Keeper};
use super::searcher::Searcher;
use super::student::{self, Wishes};
use super::terminal::{self, Screen, no_colour};
use super::{Event, Loaded, Reloaded, checker, clock, editor, instant, opener, sources};
use crate::app::{Effect, Message, Notice, State, needs_time, update};
use crate::library::{self, Cache, Library};
use crate::store::{Change, Subject};
use crate::ui::{self, Brightness, Theme};
use notify::RecommendedWatcher;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// What is typed waits that long for the rest to be read.
const HELD: Duration = Duration::from_millis(50);

/// Messages that wait for the rest and for what was kept, so that keys act on the whole; but not for
/// long.
pub struct Held {
    messages: Vec<Message>,
    until: Instant,
}

/// What the thread that owns the state has beside it.
pub struct Shell {
    pub theme: Theme,
    pub more_themes: Vec<Theme>,
    pub follow_background: bool,
    /// What the terminal has said of its background.
    pub background: Option<Brightness>,
    pub input: Option<Input>,
    /// What was typed right at the start, when the rest may be read at any moment.
    pub held: Option<Held>,
    /// Whether the program has stopped itself and was not yet told that it goes on.
    pub stopped: bool,
    /// Counts changes of files, so that an answer to an older one is not taken.
    pub generation: u64,
    /// Files that changed since the last answer that was taken.
    pub changed: Vec<PathBuf>,
    /// Watches the files once all are read; never asked anything.
    pub watcher: Option<RecommendedWatcher>,
    /// A folder with files of sources.
    pub sources: Option<PathBuf>,
    /// Where it is kept what large folders became.
    pub cache: Option<Cache>,
    /// How the user wants to study.
    pub study: Wishes,
    /// Builds indexes and answers queries.
    pub searcher: Searcher,
    /// Keeps what the reader does, once the first frame was drawn and all is read.
    pub keeper: Option<Keeper>,
    /// Whether nothing of it is left behind.
    pub private: bool,
    pub sender: Sender<Event>,
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    End,
}

impl Shell {
    /// Lets what is typed wait for the rest a little.
    pub fn hold(&mut self) {
        self.held = Some(Held { messages: Vec::new(), until: instant() + HELD });
    }

    /// Lets what was kept be read, and what is done from now on be kept. It waits for the rest: what
    /// was kept is of use only then.
    pub fn open_store(&mut self) {
        if self.keeper.is_none() {
            self.keeper = Some(Keeper::start(&self.sender, self.private));
        }
    }

    /// Takes messages until the user quits, and has what he did last written.
    pub fn serve(
        &mut self,
        screen: &mut Screen,
        state: &mut State,
        receiver: &Receiver<Event>,
    ) -> io::Result<()> {
        let ended = self.take_messages(screen, state, receiver);
        self.wait_for_store(state, receiver);
        keeper::flush();
        ended
    }

    /// One frame for each batch of messages.
    fn take_messages(
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
                if self.event(screen, state, event)? == Flow::End
                    || (self.is_held_in_vain(state) && self.release(screen, state)? == Flow::End)
                {
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

    /// Whether what is held has waited long enough, or all that it waited for is there.
    fn is_held_in_vain(&self, state: &State) -> bool {
        self.held.as_ref().is_some_and(|held| {
            let is_all = state.keep.is_open() && !state.library.is_partial();
            // Others may have so much to say that the time is never up while nothing is said.
            is_all || instant() >= held.until
        })
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
        if matches!(event, Event::Message(Message::Resize(..))) {
            screen.forget();
        }
        let effects = match event {
            Event::Message(message) => match &mut self.held {
                Some(held) if !matches!(message, Message::Progress(..) | Message::Kept(..)) => {
                    held.messages.push(message);
                    Vec::new()
                }
                _ => {
                    let acts = matches!(message, Message::Key(_) | Message::Mouse(_));
                    if acts && needs_time(state) {
                        update(state, Message::Moment(clock::moment()));
                    }
                    update(state, message)
                }
            },
            Event::Loaded(Loaded { library, mut notice, watcher }) => {
                self.watcher = watcher;
                self.open_store();
                let messages = match library {
                    Some(library) => vec![Message::Loaded(library)],
                    None => vec![Message::RestLost(notice.take())],
                };
                let all = messages.into_iter().chain(notice.map(Message::Notice));
                all.flat_map(|message| update(state, message)).collect()
            }
            Event::Background(brightness) => {
                self.background = Some(brightness);
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
            Event::Reloaded(answer) => self.take(state, *answer),
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
                self.tell(state, Message::Resize(width, height));
            }
            Effect::Mouse(ours) => screen.mouse(ours)?,
            Effect::NextTheme => {
                let text = self.next_theme();
                self.tell(state, Message::Colours(self.theme.has_colours()));
                self.tell(state, Message::Notice(Notice::info(text)));
            }
            Effect::Suspend => {
                if !terminal::has_shell() {
                    let text = "there is no shell to go back to";
                    self.tell(state, Message::Notice(Notice::info(text)));
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
                self.tell(state, Message::Notice(notice));
            }
            Effect::Source(wanted) => {
                let (sender, folder) = (self.sender.clone(), self.sources.clone());
                std::thread::spawn(move || {
                    let message = sources::read(wanted, folder.as_deref());
                    // Nobody listens any more when the reader has ended.
                    drop(sender.send(Event::Message(message)));
                });
            }
            Effect::Check => {
                let (folder, given) = (self.sources.clone(), state.given.clone());
                checker::check(&state.library, folder, given, &self.sender);
            }
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::EditNote(text) => {
                let told = self.away(screen, state, || editor::text(&text))?;
                let message = match told {
                    Ok(text) => Message::Edited(text),
                    Err(error) => Message::Notice(Notice::warning(error.to_string())),
                };
                self.tell(state, message);
            }
            Effect::Keep(done) => self.keep(done),
            Effect::Study(goal, record) => {
                student::prepare(goal, record, &state.library, self.study, &self.sender);
            }
            Effect::BuildIndex => self.searcher.build(&state.library),
            Effect::Search(generation, query) => {
                if let Some(index) = state.searching.index(&state.library) {
                    self.searcher.search(generation, query, index, &state.library);
                }
            }
            Effect::BuildTerms(reach) => self.searcher.terms(&state.library, reach),
            Effect::FindMentions(generation, card) => {
                if let Some(terms) = state.mentions.terms() {
                    self.searcher.mentions(generation, card, terms, &state.library);
                }
            }
            Effect::Edit(file, line) => {
                let told = self.away(screen, state, || editor::open(&file, line))?;
                match told {
                    Ok(()) => {
                        self.changed.push(file.to_path_buf());
                        self.reload(state);
                    }
                    Err(error) => {
                        self.tell(state, Message::Notice(Notice::warning(error.to_string())));
                    }
                }
            }
        }
        Ok(Flow::On)
    }

    /// Tells the state something that asks for nothing but to be kept.
    fn tell(&self, state: &mut State, message: Message) {
        for effect in update(state, message) {
            if let Effect::Keep(done) = effect {
                self.keep(done);
            }
        }
    }

    fn keep(&self, done: Vec<(Subject, Change)>) {
        if let Some(keeper) = &self.keeper {
            keeper.keep(done);
        }
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
        self.tell(state, Message::Resize(width, height));
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
        if let Some(theme) = self.theme.next(&self.more_themes, self.background) {
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
        let cache = self.cache.clone();
        std::thread::spawn(move || {
            let (library, found) = library::reload(&from, &files, cache.as_ref());
            // Nobody listens any more when the reader has ended.
            let answer = Reloaded { generation, from, library, found };
            drop(sender.send(Event::Reloaded(Box::new(answer))));
        });
    }

    fn take(&mut self, state: &mut State, answer: Reloaded) -> Vec<Effect> {
        if answer.generation != self.generation {
            return Vec::new();
        }
        if !Arc::ptr_eq(&answer.from, &state.library) {
            // Something was opened meanwhile: the answer lacks it.
            self.reload(state);
            return Vec::new();
        }
        // What is broken is read again with whatever changes next, so that what is known of it is all
        // that is wrong now.
        if answer.found.is_empty() {
            self.changed.clear();
        } else {
            self.changed.sort_unstable();
            self.changed.dedup();
        }
        let same = answer.found.is_empty()
            && !state.is_behind()
            && same_documents(&answer.library, &state.library);
        if same {
            return Vec::new();
        }
        update(state, Message::Reloaded(Arc::new(answer.library), answer.found))
    }
}

/// Whether nothing was read anew.
fn same_documents(new: &Library, old: &Library) -> bool {
    let (new, old) = (new.documents(), old.documents());
    new.len() == old.len() && new.iter().zip(old).all(|(new, old)| Arc::ptr_eq(new, old))
}
