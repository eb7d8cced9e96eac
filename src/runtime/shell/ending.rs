//! The end of a reader who was quicker than the store: his place is kept all the same.

use super::{Event, Message, Shell, State, instant};
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// How long the end of the program waits for the store to be opened.
const PATIENCE: Duration = Duration::from_secs(2);

impl Shell {
    /// Waits until it is known what was kept, and has kept where the reader is. The terminal was given
    /// back before.
    pub fn wait_for_store(&self, state: &mut State, receiver: &Receiver<Event>) {
        if self.keeper.is_none() || state.keep.is_open() || state.library.is_partial() {
            return;
        }
        // Who went nowhere did not leave the place of last time.
        if state.main.trail.steps().len() == 1 && state.main.sheet.top == 0 {
            state.keep.untouch();
        }
        let until = instant() + PATIENCE;
        while let Ok(event) = receiver.recv_timeout(until.saturating_duration_since(instant())) {
            if let Event::Message(message @ Message::Kept(..)) = event {
                self.tell(state, message);
                return;
            }
        }
    }
}
