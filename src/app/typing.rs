//! Lines that are typed: words to find, a query, letters of a title.

use super::action::Action;
use super::key::{Code, Key};
use super::{Screen, State, find};
use tui_input::{Input, InputRequest};

/// Enters pasted text where something is typed.
pub fn paste(state: &mut State, text: &str) {
    if let Some(Screen::Note(mut draft)) = state.screens.pop_if(|s| matches!(s, Screen::Note(_))) {
        draft.paste(text);
        draft.arrange(state);
        state.screens.push(Screen::Note(draft));
        return;
    }
    for c in text.chars().filter(|c| !c.is_control()) {
        if !typed(state, Key::plain(Code::Char(c))) {
            return;
        }
    }
}

/// Gives a key to what is being typed; whether something is.
pub fn typed(state: &mut State, key: Key) -> bool {
    let Some(request) = request(key) else { return false };
    match state.screens.pop() {
        Some(Screen::Find(mut prompt)) => {
            // Deleting from an empty line closes it, as elsewhere.
            if request == InputRequest::DeletePrevChar && prompt.input.value().is_empty() {
                find::act(state, prompt, Action::Close);
                return true;
            }
            edit(&mut prompt.input, request);
            find::typed(state, &prompt);
            state.screens.push(Screen::Find(prompt));
            true
        }
        Some(Screen::Picker(mut picker)) => {
            edit(&mut picker.input, request);
            picker.typed(state);
            state.screens.push(Screen::Picker(picker));
            true
        }
        Some(Screen::Study(mut studying)) => {
            let typing = studying.input.as_mut().map(|input| edit(input, request)).is_some();
            state.screens.push(Screen::Study(studying));
            typing
        }
        Some(Screen::Line(mut line)) => {
            edit(&mut line.input, request);
            state.screens.push(Screen::Line(line));
            true
        }
        Some(Screen::Search(mut search)) => {
            let before = search.input.value().to_owned();
            edit(&mut search.input, request);
            if search.input.value() != before {
                search.typed(state);
            }
            state.screens.push(Screen::Search(search));
            true
        }
        other => {
            state.screens.extend(other);
            false
        }
    }
}

fn edit(input: &mut Input, request: InputRequest) {
    input.handle(request);
}

/// What a key does to a line that is typed.
fn request(key: Key) -> Option<InputRequest> {
    if let Some(c) = key.typed() {
        return Some(InputRequest::InsertChar(c));
    }
    Some(match (key.code, key.ctrl || key.alt) {
        (Code::Backspace, false) => InputRequest::DeletePrevChar,
        (Code::Backspace | Code::Char('w'), true) => InputRequest::DeletePrevWord,
        (Code::Delete, _) => InputRequest::DeleteNextChar,
        (Code::Left, false) => InputRequest::GoToPrevChar,
        (Code::Right, false) => InputRequest::GoToNextChar,
        (Code::Left, true) => InputRequest::GoToPrevWord,
        (Code::Right, true) => InputRequest::GoToNextWord,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        _ => return None,
    })
}
