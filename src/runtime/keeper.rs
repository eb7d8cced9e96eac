//! The thread that keeps what the reader does. It opens the store after the first frame, and writes
//! what it is given; places wait a moment, since the reader may move on. However the program ends,
//! what still waits is written first.

use super::{Event, instant, now};
use crate::app::{Message, Notice};
use crate::files;
use crate::store::{Change, Kept, Store, Subject};
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
        let events = events.clone();
        std::thread::spawn(move || serve(&work, &events, private));
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
}

impl Waiting {
    /// Takes what the reader did; of two places only the later one.
    fn take(&mut self, done: Vec<(Subject, Change)>) {
        for (on, change) in done {
            let slot = change.slot(&on);
            if slot.is_some() {
                self.done.retain(|(on, change)| change.slot(on) != slot);
            }
            let moment = instant();
            let until = if slot.is_some() { moment + WAITS } else { moment };
            self.until = Some(self.until.map_or(until, |other| other.min(until)));
            self.done.push((on, change));
        }
    }
}

fn serve(work: &Receiver<Work>, events: &Sender<Event>, private: bool) {
    // Nobody listens any more when the reader has ended.
    let tell = |message| drop(events.send(Event::Message(message)));
    let mut store = open(private, &tell);
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
            Err(RecvTimeoutError::Timeout) => write(&mut store, &mut waiting, &tell),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn open(private: bool, tell: &dyn Fn(Message)) -> Store {
    let folder = if private { None } else { files::data_folder() };
    let (store, kept, found) = match folder {
        Some(folder) => Store::open(&folder),
        None => (Store::private(), Vec::new(), Vec::new()),
    };
    tell(Message::Kept(Box::new(Kept::new(&kept)), milliseconds()));
    for found in found {
        let help = found.help.map(|help| format!("; {help}")).unwrap_or_default();
        tell(Message::Notice(Notice::warning(format!("{}{help}", found.message))));
    }
    store
}

fn write(store: &mut Store, waiting: &mut Waiting, tell: &dyn Fn(Message)) {
    let done = std::mem::take(&mut waiting.done);
    waiting.until = None;
    if done.is_empty() {
        return;
    }
    let told = store.append(milliseconds(), done).and_then(|events| {
        let follows = events.iter().any(|event| matches!(event.change, Change::Follow { .. }));
        // What follows what changes the place of all that was kept before.
        let message = if follows {
            Message::Kept(Box::new(Kept::new(&store.events()?)), milliseconds())
        } else {
            Message::Wrote(events, milliseconds())
        };
        Ok(message)
    });
    tell(told.unwrap_or_else(|error| {
        Message::NotWritten(format!("what you did last could not be kept: {error}"))
    }));
}
