//! Finding words in the card: results while typing, then from place to place.

use super::act::Outcome;
use super::action::Action;
use super::sought::{Sought, say_where};
use super::{Notice, Screen, State};
use tui_input::Input;

/// The words being typed.
#[derive(Debug)]
pub struct Prompt {
    /// What was typed so far.
    pub input: Input,
    /// The row at the top before, to come back to.
    origin: usize,
}

/// Opens the prompt.
pub fn open(state: &mut State) -> Screen {
    Screen::Find(Prompt { input: Input::default(), origin: state.reading().sheet.top })
}

/// Finds what was typed so far, from where the prompt was opened.
pub fn typed(state: &mut State, prompt: &Prompt) {
    let words = prompt.input.value().to_owned();
    let reading = state.reading_mut();
    reading.sheet.top = prompt.origin.min(reading.sheet.last_top());
    let from = reading.sheet.layout.offset_of(reading.sheet.top);
    reading.sheet.find(&words, from);
    reading.sheet.reveal_found();
}

/// Finds it again in a card that was laid out anew: the present place stays.
pub fn arrange(state: &mut State, prompt: &Prompt) {
    let present = state.reading().sheet.present;
    typed(state, prompt);
    let sheet = &mut state.reading_mut().sheet;
    if present < sheet.found.len() {
        sheet.present = present;
        sheet.reveal_found();
    }
}

/// Acts on the prompt.
pub fn act(state: &mut State, prompt: Prompt, action: Action) -> Outcome {
    match action {
        Action::Accept => {
            let words = prompt.input.value().trim().to_owned();
            if words.is_empty() {
                clear(state);
                return Outcome::Closed;
            }
            let reading = state.reading_mut();
            if reading.sheet.found.is_empty() {
                clear(state);
                state.say(Notice::warning(format!("`{words}` is not in this card")));
                return Outcome::Closed;
            }
            reading.query = Some(Sought::words(words));
            say_where(state, false);
            Outcome::Closed
        }
        Action::Close => {
            clear(state);
            state.reading_mut().sheet.go_to(prompt.origin);
            Outcome::Closed
        }
        Action::LineDown | Action::LineUp => {
            state.reading_mut().sheet.step_found(action == Action::LineDown);
            Outcome::Stays(Screen::Find(prompt))
        }
        _ => Outcome::Passed(Screen::Find(prompt)),
    }
}

/// Ends finding.
pub fn clear(state: &mut State) {
    let reading = state.reading_mut();
    reading.query = None;
    reading.sheet.found.clear();
}
