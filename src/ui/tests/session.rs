//! A reader that is used by keys and looked at by its screen.

use super::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::fmt::Write;

/// A reader that is used by keys and looked at by its screen.
pub struct Session {
    pub state: State,
    pub effects: Vec<Effect>,
    theme: Theme,
}

impl Session {
    /// The bundled briefing on 80 columns and 24 rows.
    pub fn bundled() -> Self {
        Self::with(library::bundled())
    }

    /// A briefing given as YAML.
    pub fn open(source: &str) -> Self {
        let (briefing, found) = crate::format::briefing(source, "test");
        Self::with(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    }

    pub fn with(library: Library) -> Self {
        let page = library.start().expect("a page to start at");
        let keymap = Keymap::standard();
        let state = State::new(Arc::new(library), page, keymap, Settings::default(), (80, 24));
        Self { state, effects: Vec::new(), theme: Theme::standard(Brightness::Dark) }
    }

    pub fn size(mut self, width: usize, height: usize) -> Self {
        self.resize(width, height);
        self
    }

    pub fn resize(&mut self, width: usize, height: usize) {
        update(&mut self.state, Message::Resize(width, height));
    }

    pub fn theme(mut self, name: &str) -> Self {
        self.theme = Theme::shipped(name).unwrap();
        update(&mut self.state, Message::Colours(self.theme.has_colours()));
        self
    }

    pub fn ascii(mut self) -> Self {
        let settings = Settings { glyphs: Glyphs::ASCII, ..Settings::default() };
        let State { library, main, keymap, size, .. } = self.state;
        self.state = State::new(library, main.page, keymap, settings, size);
        self
    }

    /// Presses keys: names as in the keymap, `type:WORD` for a word.
    pub fn keys(mut self, keys: &str) -> Self {
        self.press(keys);
        self
    }

    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            if let Some(word) = key.strip_prefix("type:") {
                for c in word.chars() {
                    self.key(Key::plain(Code::Char(c)));
                }
            } else {
                self.key(key.parse().unwrap());
            }
        }
    }

    pub fn key(&mut self, key: Key) {
        let effects = update(&mut self.state, Message::Key(key));
        self.effects.extend(effects);
    }

    pub fn mouse(mut self, kind: MouseKind, (x, y): (usize, usize)) -> Self {
        update(&mut self.state, Message::Mouse(Mouse { kind, x, y }));
        self
    }

    /// Where a text stands on the screen.
    pub fn place_of(&self, text: &str) -> (usize, usize) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(text)?;
            Some((crate::text::width(&line[..at]), y))
        });
        found.unwrap_or_else(|| panic!("`{text}` is not on the screen:\n{screen}"))
    }

    pub fn draw(&self) -> ratatui::buffer::Buffer {
        let cells = |size: usize| u16::try_from(size).unwrap();
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(cells(width), cells(height))).unwrap();
        terminal.draw(|frame| view(&self.state, &self.theme, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        let buffer = self.draw();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = crate::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            writeln!(out, "{}", line.trim_end()).unwrap();
        }
        out
    }

    /// The styles of the screen: for each row its runs as `column-column style`.
    pub fn styles(&self) -> String {
        let buffer = self.draw();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut runs: Vec<(u16, u16, String)> = Vec::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let mut style = format!("{}", cell.fg);
                if cell.bg != ratatui::style::Color::Reset {
                    write!(style, " on {}", cell.bg).unwrap();
                }
                if !cell.modifier.is_empty() {
                    write!(style, " {:?}", cell.modifier).unwrap();
                }
                match runs.last_mut() {
                    Some((_, to, last)) if *last == style => *to = x,
                    _ => runs.push((x, x, style)),
                }
            }
            let runs: Vec<_> = runs
                .into_iter()
                .filter(|(.., style)| style != "Reset")
                .map(|(from, to, style)| format!("{from}-{to} {style}"))
                .collect();
            writeln!(out, "{y:>2}  {}", runs.join("  ")).unwrap();
        }
        out
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    pub fn title(&self) -> String {
        self.state.library.title(self.state.reading().page).to_string()
    }
}
