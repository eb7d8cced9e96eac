//! Asking before something outside the reader is opened: the true target is shown, and only a
//! deliberate key opens it.

use super::list::{NoLinks, SheetKind, Sheets};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Effect, Key, Notice, Screen, State};
use crate::layout::{Flow, Numbers, Options, Piece, Role};
use crate::text::Printable;
use std::sync::Arc;

/// Columns of the box.
pub const WIDTH: usize = 72;
/// Addresses that are opened; all others only name something.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// The address as it will be given to the system.
    pub address: Box<str>,
}

/// Asks whether an address is to be opened; says why not if it never is.
pub fn open(state: &mut State, address: &str) -> Option<Screen> {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    let hidden = !Printable::inspect(address).is_none() || address.contains(char::is_whitespace);
    if !SCHEMES.contains(&scheme.as_str()) || hidden {
        let why = if hidden {
            "it holds characters that are not seen"
        } else {
            "only http, https and mailto are"
        };
        state.say(Notice::warning(format!("not opened, {why}: {address}")));
        return None;
    }
    let question = Arc::new(Question { address: address.into() });
    let mut sheets = Sheets {
        kind: SheetKind::Ask(question),
        title: Printable::line("Open outside the reader?"),
        sheet: Sheet::default(),
        pages: Vec::new(),
    };
    arrange(state, &mut sheets);
    Some(Screen::Sheet(sheets))
}

/// Lays the question out for the size of the screen.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let SheetKind::Ask(question) = sheets.kind.clone() else { return };
    let glyphs = state.settings.glyphs;
    let width = inside(pop_up(state, WIDTH, usize::MAX)).width;
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut flow = Flow::new(options, &NoLinks);
    flow.paragraph(&[Piece::new(Printable::line(&question.address), Role::Text)], 0);
    flow.gap();
    let keys = [
        Piece::new("y", Role::Voice),
        Piece::new(" opens it", Role::Meta),
        Piece::sign("   ", Role::Meta),
        Piece::new("any other key", Role::Voice),
        Piece::new(" does not", Role::Meta),
    ];
    flow.paragraph(&keys, 0);
    let layout = flow.finish();
    let height = inside(pop_up(state, WIDTH, layout.rows().len() + 2)).height;
    sheets.sheet = Sheet::new(layout, height);
}

/// Takes the answer.
pub fn answer(state: &mut State, question: &Question, key: Key) -> Vec<Effect> {
    if matches!(key.typed(), Some('y' | 'Y')) {
        return vec![Effect::Open(question.address.clone())];
    }
    state.say(Notice::info("not opened"));
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Keymap, Settings};
    use crate::library;

    fn state() -> State {
        let library = library::bundled();
        let page = library.start().unwrap();
        State::new(Arc::new(library), page, Keymap::standard(), Settings::default(), (80, 24))
    }

    #[test]
    fn only_addresses_that_are_what_they_seem_are_asked_for() {
        for address in ["http://a.org", "HTTPS://a.org/b?c=d&e", "mailto:a@b.org"] {
            assert!(open(&mut state(), address).is_some(), "{address}");
        }
        for address in [
            "file:///etc/passwd",
            "ftp://a.org/b",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,b",
            "smb://a.org/b",
            "ssh://-oProxyCommand=b",
            "--help",
            "",
            "https",
            "https://a.org/\u{202e}gpj.exe",
            "https://a\u{200b}b.org/",
            "https://a.org/\u{1b}[31m",
            "https://a.org/\u{9b}31m",
            "https://a.org/b c",
            "https://a.org/b\u{a0}c",
            "mailto:a@b.org\n",
        ] {
            let mut state = state();
            assert!(open(&mut state, address).is_none(), "{address:?}");
            let said = state.notice.as_ref().map(|notice| notice.text.to_string());
            assert!(said.unwrap().starts_with("not opened, "), "{address:?}");
        }
    }
}
