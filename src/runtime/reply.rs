//! The terminal's answer to the question for its background. It comes as if it had been typed; here
//! it is told apart from what the user types.

use super::input::Heard;
use crate::ui::Brightness;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Longest answer: `11;rgb:ffff/ffff/ffff`.
const LONGEST: usize = 21;
const START: &str = "11;rgb:";

/// Filters the answer out of the input.
pub struct Replies {
    /// Whether an answer may still come.
    expected: bool,
    /// What has come of it.
    held: Vec<Event>,
    text: String,
}

impl Replies {
    /// A filter; `expected` if the question was asked.
    pub fn new(expected: bool) -> Self {
        Self { expected, held: Vec::new(), text: String::new() }
    }

    /// Takes what comes in and gives what is for the reader.
    pub fn filter(&mut self, event: Event) -> Vec<Heard> {
        if !self.expected {
            return vec![Heard::Event(event)];
        }
        let key = match &event {
            Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. }) => {
                Some((*c, *modifiers))
            }
            _ => None,
        };
        let begins = key == Some((']', KeyModifiers::ALT));
        if self.held.is_empty() {
            if begins {
                self.held.push(event);
                return Vec::new();
            }
            return vec![Heard::Event(event)];
        }
        // It ends with BEL, or with ESC and a backslash.
        let ended = matches!(key, Some(('g', KeyModifiers::CONTROL) | ('\\', KeyModifiers::ALT)));
        if ended && let Some(brightness) = brightness(&self.text) {
            self.expected = false;
            self.held.clear();
            return vec![Heard::Background(brightness)];
        }
        self.held.push(event);
        match key {
            Some((c, KeyModifiers::NONE | KeyModifiers::SHIFT)) if self.fits(c) => {
                self.text.push(c);
                Vec::new()
            }
            _ => {
                // It was no answer: all of it was typed.
                self.text.clear();
                std::mem::take(&mut self.held).into_iter().map(Heard::Event).collect()
            }
        }
    }

    /// Whether an answer can go on with this character.
    fn fits(&self, c: char) -> bool {
        let at = self.text.len();
        match START.as_bytes().get(at) {
            Some(byte) => char::from(*byte) == c,
            None => at < LONGEST && (c.is_ascii_hexdigit() || c == '/'),
        }
    }
}

/// `11;rgb:RRRR/GGGG/BBBB`, one to four digits each, as light or dark.
fn brightness(text: &str) -> Option<Brightness> {
    let mut parts = text.strip_prefix(START)?.split('/');
    let mut next = || {
        let digits = parts.next().filter(|digits| (1..=4).contains(&digits.len()))?;
        let most = 16f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        Some(f64::from(u16::from_str_radix(digits, 16).ok()?) / most)
    };
    let (red, green, blue) = (next()?, next()?, next()?);
    if parts.next().is_some() {
        return None;
    }
    // Luma of ITU-R BT.709 without its gamma: enough to tell light from dark.
    let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if luma < 0.5 { Brightness::Dark } else { Brightness::Light })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn heard(replies: &mut Replies, events: Vec<Event>) -> Vec<String> {
        let name = |heard| match heard {
            Heard::Background(brightness) => format!("{brightness:?}"),
            Heard::Event(Event::Key(key)) => match key.code {
                KeyCode::Char(c) => c.to_string(),
                other => format!("{other:?}"),
            },
            Heard::Event(other) => format!("{other:?}"),
        };
        events.into_iter().flat_map(|event| replies.filter(event)).map(name).collect()
    }

    fn answer(text: &str) -> Vec<Event> {
        let mut events = vec![key(']', KeyModifiers::ALT)];
        events.extend(text.chars().map(|c| key(c, KeyModifiers::NONE)));
        events.push(key('\\', KeyModifiers::ALT));
        events
    }

    #[test]
    fn an_answer_is_heard_and_not_typed() {
        let mut replies = Replies::new(true);
        assert_eq!(heard(&mut replies, answer("11;rgb:ffff/fafa/f0f0")), ["Light"]);
        let mut replies = Replies::new(true);
        let mut events = answer("11;rgb:1e/1e/2e");
        events.pop();
        events.push(key('g', KeyModifiers::CONTROL));
        events.push(key('j', KeyModifiers::NONE));
        assert_eq!(heard(&mut replies, events), ["Dark", "j"]);
    }

    #[test]
    fn what_is_no_answer_was_typed() {
        let mut replies = Replies::new(true);
        assert_eq!(heard(&mut replies, answer("12;x")).concat(), "]12;x\\");
        assert_eq!(heard(&mut replies, answer("11;rgb:zz")).concat(), "]11;rgb:zz\\");
        assert_eq!(heard(&mut replies, answer("11;rgb:0/0")).concat(), "]11;rgb:0/0\\");
        let long = "11;rgb:000000000000000000000";
        assert!(heard(&mut replies, answer(long)).concat().starts_with("]11;rgb:0000"));
        assert_eq!(heard(&mut replies, answer("11;rgb:0/0/0")), ["Dark"], "and then it comes");
    }

    #[test]
    fn nothing_is_held_back_when_nothing_was_asked() {
        let mut replies = Replies::new(false);
        assert_eq!(heard(&mut replies, answer("11;rgb:0/0/0")).concat(), "]11;rgb:0/0/0\\");
    }
}
