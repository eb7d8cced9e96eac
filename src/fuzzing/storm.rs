//! Keys, mouse, pastes, sizes, reloads and late answers in any order, over the whole state machine.

use crate::app::{
    Code, Effect, Key, Keymap, Message, Mouse, MouseKind, Notice, Settings, State, answer, cut,
    update,
};
use crate::format;
use crate::library::{self, Document, Library};
use crate::search::Index;
use crate::ui::{self, Brightness, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

/// Messages of one storm at most.
const MOST: usize = 400;
/// Cells of the screen in each direction, fewer.
const SIZES: (usize, usize) = (220, 70);

/// A briefing in which things go wrong.
const ODD: &str = "id: odd\ntitle: \"O\\e[31m\"\ncards:\n  - id: a\n    title: \"A\\u202e\\u0301\"\n    \
    aliases: [\"\", \"x\"]\n    bottom_line: \"[[b]] [[a]] [[nowhere]] <http://x.y>\"\n    body: |\n      \
    # H\n      | a | b |\n      |---|---|\n      | [[b#H]] | 漢字👩‍👩‍👧 |\n      a[^1]\n\n      [^1]: note\n  \
    - id: b\n    title: \"\"\n    body: \"\"\n    see_also: [{to: a, why: \"[[b]]\"}]\n    \
    questions: [{q: What?, a: \"[[a]]\"}]\n";

/// Lives through what the bytes say.
pub fn storm(bytes: &[u8]) {
    static LIBRARIES: OnceLock<Libraries> = OnceLock::new();
    let mut bytes = bytes.iter().copied();
    let libraries = LIBRARIES.get_or_init(Libraries::new);
    let first = libraries.take(bytes.next().unwrap_or(0));
    let Some(page) = first.start() else { return };
    let size = (usize::from(bytes.next().unwrap_or(80)), usize::from(bytes.next().unwrap_or(24)));
    let size = (size.0 % SIZES.0, size.1 % SIZES.1);
    let mut state = State::new(first, page, Keymap::standard(), Settings::default(), size);
    let theme = Theme::standard(Brightness::Dark);
    draw(&state, &theme);
    for _ in 0..MOST {
        let Some(message) = message(&mut bytes, libraries, &state) else { return };
        let effects = update(&mut state, message);
        for effect in effects {
            if let Some(message) = answered(&state, effect) {
                update(&mut state, message);
            }
        }
        draw(&state, &theme);
    }
}

/// Libraries to begin with and to reload.
struct Libraries(Vec<Arc<Library>>);

impl Libraries {
    fn new() -> Self {
        let document = |source: &str, name: &str| {
            let (briefing, found) = format::briefing(source, name);
            Arc::new(Document::new(briefing, None, found))
        };
        let bundled = library::bundled();
        let both = [bundled.documents(), &[document(ODD, "odd"), library::guide()]].concat();
        let partial = library::preview(&[], library::How::default()).unwrap_or_default();
        let cut = ODD.split("  - id: b").next().unwrap_or_default();
        let all = [
            bundled,
            Library::new(both),
            Library::new(vec![document(ODD, "odd")]),
            Library::new(vec![document(cut, "odd")]),
            partial,
        ];
        Self(all.into_iter().map(Arc::new).collect())
    }

    fn take(&self, number: u8) -> Arc<Library> {
        let at = usize::from(number) % self.0.len().max(1);
        self.0.get(at).cloned().unwrap_or_default()
    }
}

/// The next message, or none when there are no more bytes.
fn message(
    bytes: &mut impl Iterator<Item = u8>,
    libraries: &Libraries,
    state: &State,
) -> Option<Message> {
    const NAMED: [Code; 15] = [
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::Function(1),
        Code::Char('漢'),
    ];
    let kind = bytes.next()?;
    let mut next = || bytes.next().unwrap_or(0);
    Some(match kind {
        // A typed character: what most bytes are.
        b' '..=b'~' => Message::Key(Key::plain(Code::Char(char::from(kind)))),
        0..=63 | 127..=180 => {
            let code = NAMED.get(usize::from(kind) % NAMED.len()).copied()?;
            let held = next();
            let (ctrl, alt, shift) = (held & 7 == 1, held & 7 == 2, held & 7 == 3);
            Message::Key(Key { code, ctrl, alt, shift })
        }
        181..=210 => {
            let kinds = [
                MouseKind::Click,
                MouseKind::Press,
                MouseKind::Drag,
                MouseKind::Release,
                MouseKind::WheelDown,
                MouseKind::WheelUp,
            ];
            let kind = kinds.into_iter().nth(usize::from(kind) % 6)?;
            Message::Mouse(Mouse { kind, x: usize::from(next()), y: usize::from(next()) })
        }
        211..=230 => Message::Resize(usize::from(next()) % SIZES.0, usize::from(next()) % SIZES.1),
        231..=236 => {
            let length = usize::from(next()) % 40;
            let pasted: Vec<u8> = (0..length).map(|_| next()).collect();
            Message::Paste(String::from_utf8_lossy(&pasted).into_owned())
        }
        237..=241 => {
            let library = libraries.take(next());
            let found = library.diagnostics().into_iter().take(3).cloned().collect();
            Message::Reloaded(library, found)
        }
        242..=244 => Message::Loaded(libraries.take(next())),
        245..=247 => Message::Progress(usize::from(next()), usize::from(next())),
        248..=250 => Message::Notice(Notice::warning(format!("said {} \u{1b}[0m", next()))),
        _ => {
            // An index of another library than the present one comes too late.
            let library = if next() > 127 { libraries.take(next()) } else { state.library.clone() };
            let index = Index::build(&library, &AtomicBool::new(false))?;
            Message::Indexed(library, Arc::new(index))
        }
    })
}

/// What the shell would answer to an effect.
fn answered(state: &State, effect: Effect) -> Option<Message> {
    let stop = AtomicBool::new(false);
    match effect {
        Effect::BuildIndex => {
            let index = Index::build(&state.library, &stop)?;
            Some(Message::Indexed(Arc::clone(&state.library), Arc::new(index)))
        }
        Effect::Search(generation, query) => {
            let index = state.searching.index(&state.library)?;
            let answer = answer(index, &state.library, &query, &stop);
            Some(Message::Found(generation, answer))
        }
        Effect::Source(wanted) => Some(Message::Source(cut(wanted, ODD, false))),
        _ => None,
    }
}

/// Draws the whole screen, and sees that nothing on it acts on a terminal.
fn draw(state: &State, theme: &Theme) {
    let cells = |size: usize| u16::try_from(size).unwrap_or(u16::MAX);
    let (width, height) = state.size;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(cells(width), cells(height)));
    let Ok(_) = terminal.draw(|frame| ui::view(state, theme, frame));
    for cell in terminal.backend().buffer().content() {
        assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
    }
}
