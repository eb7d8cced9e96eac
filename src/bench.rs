//! What `benches/` sees of the house: what it measures, and a reader without a terminal.

pub use crate::format::briefing as parse;
pub use crate::library::{Document, Library};
pub use crate::model::{Briefing, BriefingId, Card, CardId, Links, Prose, Rare, Section};
pub use crate::search::{Hit, Index, Query, QueryError, find};
pub use crate::text::{LineIndex, Printable, fold};

use crate::app::{self, Code, Key, Keymap, Message, Settings, State, page_layout, update};
use crate::import::{self, Naming, Split};
use crate::layout::{Glyphs, Numbers, Options};
use crate::library::Page;
use crate::store::{Change, Event, Kept, Progress, Store, Subject};
use crate::study::{Course, Desk, Moment, Options as Wishes, Record};
use crate::ui::{self, Brightness, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::Path;
use std::sync::Arc;

/// A Markdown file of that path as cards.
pub fn markdown(source: &str, path: &str) -> Briefing {
    let (naming, split) = (Naming::Alone, Split::All);
    import::markdown(source, import::Options { path, naming, split, sibling: None }).0
}

/// A web page as cards.
pub fn html(source: &str) -> Briefing {
    import::html(source.as_bytes(), "a.html", Naming::Alone, Split::All).0
}

/// A plain text as cards.
pub fn text(source: &str) -> Briefing {
    import::text(source, "a.txt", Naming::Alone).0
}

/// Lays a card out; how many rows it has.
pub fn lay_out(library: &Library, card: usize, width: usize) -> usize {
    let (glyphs, numbers) = (Glyphs::UNICODE, Numbers::Visible);
    let options = Options { width, spare: 0, glyphs, numbers, answers: true };
    page_layout(library, Page::Card(card), &[], options).rows().len()
}

/// Keeps that many things a reader did, of four sorts, in a store in a folder.
pub fn keep(folder: &Path, events: usize) {
    let change = |n: usize| match n % 4 {
        0 => Change::Note { text: "words ".repeat(20).into(), title: "Card".into(), anchor: None },
        1 => Change::Progress { state: Progress::Read, due: None },
        2 => Change::Mark { name: 'a', title: "Card".into(), anchor: None },
        _ => Change::Seen { print: "0".into(), text: Some("words ".repeat(40).into()) },
    };
    let event = |n: usize| Event {
        id: format!("{n:09}").into(),
        at: i64::try_from(n).unwrap_or(i64::MAX),
        on: Subject {
            briefing: "b".into(),
            card: Some((n / 20).to_string().into()),
            item: Some("q".into()),
        },
        change: change(n),
    };
    let (mut store, _, _) = Store::open(folder);
    let _kept = store.merge(&(0..events).map(event).collect::<Vec<_>>());
}

/// Opens a store and works out what follows from it: how many things were done.
pub fn open_kept(folder: &Path) -> usize {
    let (_, events, _) = Store::open(folder);
    let kept = Kept::new(&events);
    kept.subjects().count() + events.len()
}

/// Questions that were answered ten times each.
pub struct Studied {
    library: Arc<Library>,
    record: Record,
    now: Moment,
}

impl Studied {
    /// So many answers, an hour between two of them.
    pub fn new(answers: usize) -> Self {
        const EACH: usize = 10;
        let questions = answers.div_ceil(EACH);
        let card = |n| {
            format!(
                "- {{id: c{n}, title: T, body: x, questions: [{{id: q, q: Question {n}, a: A}}]}}\n"
            )
        };
        let source = format!("id: b\ncards:\n{}", (0..questions).map(card).collect::<String>());
        let document = Document::new(parse(&source, "b").0, None, Vec::new());
        let at = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(3_600_000);
        let answer = |n: usize| Event {
            id: format!("{n:09}").into(),
            at: at(n),
            on: Subject {
                briefing: "b".into(),
                card: Some(format!("c{}", n % questions).into()),
                item: Some("q".into()),
            },
            change: Change::Review {
                grade: if n.is_multiple_of(7) { 1 } else { 3 },
                took_ms: 5_000,
                moment: Some(at(n)),
                offset: 60,
                interval: (!n.is_multiple_of(7)).then_some(9),
                cram: false,
                more: serde_json::Map::new(),
            },
        };
        let kept = Kept::new(&(0..answers).map(answer).collect::<Vec<_>>());
        let library = Arc::new(Library::new(vec![Arc::new(document)]));
        let record = app::studied(&library, &kept).0;
        Self { library, record, now: Moment { at_ms: at(answers), offset_min: 60 } }
    }

    /// Works out what is to be asked today; how many questions that are.
    pub fn prepare(&self) -> usize {
        let desk = Desk::new(&self.library, &self.record, &Wishes::default(), self.now);
        desk.queue(Course::Due, self.now).order.len()
    }
}

/// A reader on a screen in memory.
pub struct Reader {
    state: State,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl Reader {
    /// The reader at the start of a library, on a screen of some columns and rows; `None` if there is
    /// nothing to read.
    pub fn new(library: Arc<Library>, (width, height): (u16, u16)) -> Option<Self> {
        let page = library.start()?;
        let size = (usize::from(width), usize::from(height));
        let state = State::new(library, page, Keymap::standard(), Settings::default(), size);
        let Ok(terminal) = Terminal::new(TestBackend::new(width, height));
        Some(Self { state, theme: Theme::standard(Brightness::Dark), terminal })
    }

    /// Presses a key.
    pub fn key(&mut self, c: char) {
        update(&mut self.state, Message::Key(Key::plain(Code::Char(c))));
    }

    /// Draws the screen.
    pub fn draw(&mut self) {
        let Ok(_) = self.terminal.draw(|frame| ui::view(&self.state, &self.theme, frame));
    }
}
