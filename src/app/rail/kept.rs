//! What the reader put on the card, as it stands beside it.

use super::super::action::Action;
use super::super::highlights::{Spot, Spots};
use super::{Aim, Builder};
use crate::layout::{Piece, Role};
use crate::text::{Printable, shorten};

/// Entries that are shown.
const MOST: usize = 8;

impl Builder<'_> {
    /// Notes and highlights in the order of the text, each with its first line.
    pub fn kept(&mut self, spots: &Spots) {
        if spots.all.is_empty() {
            return;
        }
        self.label("Your notes", Some(spots.all.len()));
        for (at, spot) in spots.all.iter().take(MOST).enumerate() {
            let (words, role) = said(spot);
            let words = shorten(&words, self.columns(), self.ellipsis());
            let aim = Aim::Spot(at);
            let entry = Piece { role, ..self.entry(words, crate::layout::Status::Here, aim) };
            self.flow.unwrapped(&[entry]);
        }
        if let Some(more) = spots.all.len().checked_sub(MOST).filter(|more| *more > 0) {
            let keys = self.state.keymap.keys(self.state.context(), Action::Notes);
            let key = keys.first().map_or_else(String::new, |key| format!(": {key} lists them"));
            let more = Printable::line(&format!("{more} more{key}"));
            self.flow.unwrapped(&[Piece::new(more, Role::Meta)]);
        }
    }
}

/// What is said of a note or of a highlight: its own words, or those it stands on.
fn said(spot: &Spot) -> (Printable, Role) {
    match &spot.note {
        Some(note) => (note.clone(), Role::Text),
        None => (Printable::line(&format!("“{}”", spot.quote)), Role::Quote),
    }
}
