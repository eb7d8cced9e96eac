//! Keys in our own words, so that the state machine needs no terminal crate.

use std::fmt;
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, in the case it was typed.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Start of the line.
    Home,
    /// End of the line.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// F1 and so on.
    Function(u8),
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Held with Control.
    pub ctrl: bool,
    /// Held with Alt.
    pub alt: bool,
    /// Held with Shift; never set for characters.
    pub shift: bool,
}

impl Key {
    /// A key alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The character that typing the key enters, if it enters one.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The names of keys: as written in the keymap, and as shown.
const NAMES: &[(&str, &str, Code)] = &[
    ("enter", "Enter", Code::Enter),
    ("esc", "Esc", Code::Esc),
    ("tab", "Tab", Code::Tab),
    ("space", "Space", Code::Char(' ')),
    ("backspace", "BkSp", Code::Backspace),
    ("delete", "Del", Code::Delete),
    ("up", "↑", Code::Up),
    ("down", "↓", Code::Down),
    ("left", "←", Code::Left),
    ("right", "→", Code::Right),
    ("home", "Home", Code::Home),
    ("end", "End", Code::End),
    ("pgup", "PgUp", Code::PageUp),
    ("pgdn", "PgDn", Code::PageDown),
];

/// A word that names no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of a key")]
pub struct UnknownKey(pub String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        // A lone `-` is a key, not a separator.
        while let Some((modifier, key)) =
            rest.split_once('-').filter(|(modifier, key)| !modifier.is_empty() && !key.is_empty())
        {
            match modifier {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => return Err(unknown()),
            }
            rest = key;
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => Code::Char(c),
            _ => NAMES
                .iter()
                .find(|(name, ..)| *name == rest)
                .map(|(.., code)| *code)
                .or_else(|| {
                    let number = rest.strip_prefix('f')?.parse().ok()?;
                    (1..=12).contains(&number).then_some(Code::Function(number))
                })
                .ok_or_else(unknown)?,
        };
        if shift && matches!(code, Code::Char(_)) {
            return Err(unknown()); // a shifted letter is written as a capital
        }
        Ok(Self { code, ctrl, alt, shift })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modifiers = [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")];
        for (_, word) in modifiers.iter().filter(|(held, _)| *held) {
            f.write_str(word)?;
        }
        match (NAMES.iter().find(|(.., code)| *code == self.code), self.code) {
            (Some((_, shown, _)), _) => f.write_str(shown),
            (None, Code::Char(c)) if self.ctrl => write!(f, "{}", c.to_uppercase()),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::Function(number)) => write!(f, "F{number}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys_as_written_and_shows_them() {
        for (written, shown) in [
            ("j", "j"),
            ("J", "J"),
            ("-", "-"),
            ("ctrl-d", "Ctrl-D"),
            ("alt-left", "Alt-←"),
            ("shift-tab", "Shift-Tab"),
            ("space", "Space"),
            ("f1", "F1"),
            ("é", "é"),
            ("ctrl--", "Ctrl--"),
        ] {
            assert_eq!(written.parse::<Key>().unwrap().to_string(), shown, "{written}");
        }
    }

    #[test]
    fn refuses_what_is_no_key() {
        for text in ["", "foo", "hyper-x", "shift-j", "f13", "ctrl-"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }
}
