//! The only reader of the terminal: a thread that turns what comes in into messages.

use super::Event;
use super::reply::Replies;
use super::terminal::LARGEST_SCREEN;
use crate::app::{Code, Key, Message, Mouse, MouseKind};
use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The listening thread.
pub struct Input {
    gate: Arc<Gate>,
}

/// Whether the thread may read.
#[derive(Default)]
struct Gate {
    state: Mutex<Reading>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    Allowed,
    /// The thread is to stop.
    Forbidden,
    /// It has stopped.
    Stopped,
}

impl Gate {
    fn set(&self, reading: Reading) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = reading;
        self.changed.notify_all();
    }

    fn wait_while(&self, condition: impl Fn(Reading) -> bool) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_while(state, |reading| condition(*reading)));
    }

    fn forbidden(&self) -> bool {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) != Reading::Allowed
    }
}

impl Input {
    /// Starts to read; `asked` if the terminal will be asked for its background, `drawn` is the
    /// size for which the first frame was drawn.
    pub fn start(sender: &Sender<Event>, asked: bool, drawn: (usize, usize)) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let (sender, theirs) = (sender.clone(), Arc::clone(&gate));
        let listen = move || {
            let size = size_unless(drawn);
            if let Some(size) = size {
                drop(sender.send(Event::Message(Message::Resize(size.0, size.1))));
            }
            listen(&sender, &theirs, Replies::new(asked), size.unwrap_or(drawn));
        };
        std::thread::Builder::new().name("input".into()).spawn(listen)?;
        Ok(Self { gate })
    }

    /// Stops reading; returns when nothing is read any more.
    pub fn pause(&self) {
        self.gate.set(Reading::Forbidden);
        // Reading is ended by what also tells of a new size.
        drop(signal_hook::low_level::raise(signal_hook::consts::SIGWINCH));
        self.gate.wait_while(|reading| reading == Reading::Forbidden);
    }

    /// Reads again.
    pub fn go_on(&self) {
        self.gate.set(Reading::Allowed);
    }
}

/// The size, if it changed before anybody listened.
fn size_unless(drawn: (usize, usize)) -> Option<(usize, usize)> {
    // From here on changes are reported.
    drop(event::poll(Duration::ZERO));
    super::screen_size().filter(|size| *size != drawn)
}

/// `known` is the size that was told last.
fn listen(sender: &Sender<Event>, gate: &Gate, mut replies: Replies, mut known: (usize, usize)) {
    loop {
        let event = event::read();
        if gate.forbidden() {
            gate.set(Reading::Stopped);
            gate.wait_while(|reading| reading != Reading::Allowed);
            continue;
        }
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                drop(sender.send(Event::Lost(error)));
                return;
            }
        };
        let size = super::screen_size().unwrap_or(known);
        // A change of size that comes together with a key is not reported.
        if size != known && !matches!(event, event::Event::Resize(..)) {
            drop(sender.send(Event::Message(Message::Resize(size.0, size.1))));
        }
        known = size;
        for event in replies.filter(event) {
            let Some(event) = translate(event) else { continue };
            if sender.send(event).is_err() {
                return;
            }
        }
    }
}

/// What comes out of the filter.
pub enum Heard {
    /// An event of the user.
    Event(event::Event),
    /// The terminal's answer.
    Background(crate::ui::Brightness),
}

fn translate(heard: Heard) -> Option<Event> {
    let event = match heard {
        Heard::Background(brightness) => return Some(Event::Background(brightness)),
        Heard::Event(event) => event,
    };
    let message = match event {
        event::Event::Key(event) => key(event)?,
        event::Event::Mouse(event) => Message::Mouse(mouse(event)?),
        event::Event::Paste(text) => Message::Paste(text),
        event::Event::Resize(width, height) => {
            let (most, highest) = LARGEST_SCREEN;
            Message::Resize(usize::from(width.min(most)), usize::from(height.min(highest)))
        }
        event::Event::FocusGained | event::Event::FocusLost => return None,
    };
    Some(Event::Message(message))
}

fn key(event: KeyEvent) -> Option<Message> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| event.modifiers.contains(modifier);
    let mut shift = held(KeyModifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(c) => {
            shift = false;
            Code::Char(c)
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    let (ctrl, alt) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT));
    Some(Message::Key(Key { code, ctrl, alt, shift }))
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        _ => return None,
    };
    Some(Mouse { kind, x: usize::from(event.column), y: usize::from(event.row) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{MediaKeyCode, ModifierKeyCode};

    /// What is made of a key.
    fn heard(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Option<Key> {
        let key = KeyEvent::new_with_kind(code, modifiers, kind);
        match translate(Heard::Event(event::Event::Key(key))) {
            Some(Event::Message(Message::Key(key))) => Some(key),
            None => None,
            Some(_) => panic!("a key is a key"),
        }
    }

    #[test]
    fn every_key_is_heard_or_left_out() {
        let known = [
            (KeyCode::Enter, Code::Enter),
            (KeyCode::Esc, Code::Esc),
            (KeyCode::Tab, Code::Tab),
            (KeyCode::Backspace, Code::Backspace),
            (KeyCode::Delete, Code::Delete),
            (KeyCode::Up, Code::Up),
            (KeyCode::Down, Code::Down),
            (KeyCode::Left, Code::Left),
            (KeyCode::Right, Code::Right),
            (KeyCode::Home, Code::Home),
            (KeyCode::End, Code::End),
            (KeyCode::PageUp, Code::PageUp),
            (KeyCode::PageDown, Code::PageDown),
            (KeyCode::F(255), Code::Function(255)),
            (KeyCode::Char('\u{1b}'), Code::Char('\u{1b}')),
        ];
        let unknown = [
            KeyCode::Insert,
            KeyCode::Null,
            KeyCode::CapsLock,
            KeyCode::Menu,
            KeyCode::KeypadBegin,
            KeyCode::Media(MediaKeyCode::Play),
            KeyCode::Modifier(ModifierKeyCode::LeftSuper),
        ];
        for modifiers in [KeyModifiers::NONE, KeyModifiers::ALT, KeyModifiers::all()] {
            for (code, ours) in known {
                let key = heard(code, modifiers, KeyEventKind::Press).unwrap();
                let alt = modifiers.contains(KeyModifiers::ALT);
                assert_eq!((key.code, key.alt), (ours, alt), "{code:?}");
                assert_eq!(heard(code, modifiers, KeyEventKind::Repeat), Some(key));
                assert_eq!(heard(code, modifiers, KeyEventKind::Release), None);
            }
            for code in unknown {
                assert_eq!(heard(code, modifiers, KeyEventKind::Press), None, "{code:?}");
            }
        }
    }
}
