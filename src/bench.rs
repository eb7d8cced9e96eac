//! What `benches/` sees of the house: what it measures, and a reader without a terminal.

pub use crate::format::briefing as parse;
pub use crate::library::{Document, Library};
pub use crate::model::{Briefing, BriefingId, Card, CardId, Prose, Section};
pub use crate::search::{Hit, Index, Query, QueryError, find};
pub use crate::text::{LineIndex, Printable, fold};

use crate::app::{Code, Key, Keymap, Message, Settings, State, page_layout, update};
use crate::import::{self, Naming, Split};
use crate::layout::{Glyphs, Numbers, Options};
use crate::library::Page;
use crate::ui::{self, Brightness, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;

/// A Markdown file as cards.
pub fn markdown(source: &str) -> Briefing {
    let (naming, split) = (Naming::Alone, Split::All);
    import::markdown(source, import::Options { path: "a.md", naming, split, sibling: None }).0
}

/// Lays a card out; how many rows it has.
pub fn lay_out(library: &Library, card: usize, width: usize) -> usize {
    let (glyphs, numbers) = (Glyphs::UNICODE, Numbers::Visible);
    let options = Options { width, glyphs, numbers, answers: true };
    page_layout(library, Page::Card(card), &[], options).rows().len()
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
