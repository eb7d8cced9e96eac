//! What the reader puts something on: the card, and its text, by which the card is found again under
//! another id though it was never read to its end.

use super::super::{Notice, State};
use super::content::content;
use crate::library::Page;
use crate::store::{Change, Subject, exact};
use std::sync::Arc;

/// Longer texts are not kept.
pub const LONGEST: usize = 64 << 10;

/// By what the present card is kept; where nothing can be put on it, that is said.
pub fn card(state: &mut State) -> Option<Subject> {
    let on = state.keep.subject(&state.library, state.reading().page);
    let on = on.filter(|on| on.card.is_some() && state.keep.is_open());
    if on.is_none() {
        let text = if state.keep.is_open() {
            "this is no card"
        } else {
            "what was kept is still being read"
        };
        state.say(Notice::info(text));
    }
    on
}

/// Keeps the text of a page on which something is put, unless it is kept already.
pub fn remember(state: &mut State, page: Page) {
    let library = Arc::clone(&state.library);
    let Page::Card(card) = page else { return };
    let (Some(on), Some(text)) =
        (state.keep.subject(&library, page), library.card(card).map(content))
    else {
        return;
    };
    let Some(kept) = state.keep.kept() else { return };
    let print = exact(&text);
    let known = [kept.seen(&on), kept.text(&on)];
    if known.into_iter().flatten().any(|seen| seen.print == print) {
        return;
    }
    let text = (text.len() <= LONGEST).then(|| text.into());
    state.keep.put(on, Change::Text { print, text });
}
