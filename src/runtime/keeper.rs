//! The thread that keeps what the reader does. It opens the store after the first frame, and writes
//! what it is given; places wait a moment, since the reader may move on. However the program ends,
//! what still waits is written first. What could not be written waits for the next time.

use super::{Event, instant, news, now};
use crate::app::{Message, Notice};
use crate::files;
use crate::store::{self, Change, Kept, Store, StoreError, Subject};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// How long a place waits for the next one.
const WAITS: Duration = Duration::from_millis(300);
/// How long the end of the program waits for what is written.
const LAST: Duration = Duration::from_secs(2);

/// Where the thread is asked, for those who end the program.
static ASKED: Mutex<Option<Sender<Work>>> = Mutex::new(None);

/// What the thread is asked.
enum Work {
    /// Keep what the reader did.
    Keep(Vec<(Subject, Change)>),
    /// Write what waits, and say so.
    Flush(Sender<()>),
    /// Read what others have written.
    Look,
}

/// The thread that keeps what the reader does.
pub struct Keeper {
    sender: Sender<Work>,
}

/// Milliseconds since 1970.
pub fn milliseconds() -> i64 {
    let since = now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Keeper {
    /// Starts the thread. A private reader leaves nothing behind.
    pub fn start(events: &Sender<Event>, private: bool) -> Self {
        let (sender, work) = channel();
        *ASKED.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(sender.clone());
        let (events, asked) = (events.clone(), sender.clone());
        std::thread::spawn(move || serve(&work, asked, &events, private));
        Self { sender }
    }

    /// Keeps what the reader did.
    pub fn keep(&self, done: Vec<(Subject, Change)>) {
        // The thread ends only with the program.
        drop(self.sender.send(Work::Keep(done)));
    }
}

/// Writes what waits, before the program ends.
pub fn flush() {
    let asked = ASKED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let (done, written) = channel();
    if asked.is_some_and(|asked| asked.send(Work::Flush(done)).is_ok()) {
        // A disk that takes longer must not keep the program from ending.
        written.recv_timeout(LAST).ok();
    }
}

/// What waits to be written, and until when.
#[derive(Default)]
struct Waiting {
    done: Vec<(Subject, Change)>,
    until: Option<Instant>,
    /// Whether it could not be written when that was tried last.
    failed: bool,
    /// Whether there is more in it than places since then.
    matters: bool,
}

impl Waiting {
    /// Takes what the reader did; of two places only the later one.
    fn take(&mut self, done: Vec<(Subject, Change)>) {
        for (on, change) in done {
            let slot = change.slot(&on);
            if slot.is_some() {
                self.done.retain(|(on, change)| change.slot(on) != slot);
            }
            self.matters |= slot.is_none();
            let moment = instant();
            let until = if slot.is_some() { moment + WAITS } else { moment };
            self.until = Some(self.until.map_or(until, |other| other.min(until)));
            self.done.push((on, change));
        }
    }
}

fn serve(work: &Receiver<Work>, asked: Sender<Work>, events: &Sender<Event>, private: bool) {
    // Nobody listens any more when the reader has ended.
    let tell = |message| drop(events.send(Event::Message(message)));
    let folder = if private { None } else { files::data_folder() };
    let mut store = open(folder.as_deref(), &tell);
    let kept_in = folder.filter(|_| store.is_kept());
    let _watcher =
        kept_in.and_then(|folder| news::watch(&folder, move || drop(asked.send(Work::Look))));
    let mut waiting = Waiting::default();
    loop {
        let asked = match waiting.until {
            None => work.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => work.recv_timeout(until.saturating_duration_since(instant())),
        };
        match asked {
            Ok(Work::Keep(done)) => waiting.take(done),
            Ok(Work::Flush(done)) => {
                write(&mut store, &mut waiting, &tell);
                done.send(()).ok();
            }
            Ok(Work::Look) => look(&mut store, &tell),
            Err(RecvTimeoutError::Timeout) => write(&mut store, &mut waiting, &tell),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn open(folder: Option<&Path>, tell: &dyn Fn(Message)) -> Store {
    let (store, kept, found) = match folder {
        Some(folder) => Store::open(folder),
        None => (Store::private(), Vec::new(), Vec::new()),
    };
    tell(Message::Kept(Box::new(Kept::new(&kept)), milliseconds()));
    for found in found {
        let help = found.help.map(|help| format!("; {help}")).unwrap_or_default();
        tell(Message::Notice(Notice::warning(format!("{}{help}", found.message))));
    }
    store
}

/// Reads what others have written. Where that does not work it is read with what is written next.
fn look(store: &mut Store, tell: &dyn Fn(Message)) {
    match store.news().and_then(|events| told(store, events, Message::News)) {
        Ok(Message::News(events, _)) if events.is_empty() => {}
        Ok(message) => tell(message),
        Err(_) => {}
    }
}

fn write(store: &mut Store, waiting: &mut Waiting, tell: &dyn Fn(Message)) {
    let done = std::mem::take(&mut waiting.done);
    waiting.until = None;
    if done.is_empty() {
        return;
    }
    let written = store.append(milliseconds(), done.clone());
    let failed = written.is_err();
    let matters = std::mem::take(&mut waiting.matters);
    // A grade that was not written was not given: the reader is asked again.
    let (studied, others): (Vec<_>, Vec<_>) =
        done.into_iter().partition(|(_, change)| is_studied(change));
    match written.and_then(|events| told(store, events, Message::Wrote)) {
        Ok(message) => tell(message),
        Err(error) if failed && !studied.is_empty() => {
            tell(Message::NotWritten(format!("what you did last could not be kept: {error}")));
        }
        // Of places once is enough, however often it is tried.
        Err(_) if failed && waiting.failed && !matters => {}
        Err(error) => {
            let help = "it is tried again with what you do next";
            let text = format!("what you did last could not be kept: {error}; {help}");
            tell(Message::Notice(Notice::warning(text)));
        }
    }
    if failed {
        waiting.done = others;
    } else if waiting.failed {
        tell(Message::Notice(Notice::info("what could not be kept is kept now")));
    }
    waiting.failed = failed;
}

/// Whether it was done in studying.
fn is_studied(change: &Change) -> bool {
    matches!(change, Change::Review { .. } | Change::Study { .. })
}

/// What to tell of events. What follows what changes the place of all that was kept before.
fn told(
    store: &mut Store,
    events: Vec<store::Event>,
    message: fn(Vec<store::Event>, i64) -> Message,
) -> Result<Message, StoreError> {
    let follows = events.iter().any(|event| matches!(event.change, Change::Follow { .. }));
    Ok(if follows {
        Message::Kept(Box::new(Kept::new(&store.events()?)), milliseconds())
    } else {
        message(events, milliseconds())
    })
}
