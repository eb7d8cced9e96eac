//! Mentions without a link. The names of cards are gathered, and who mentions the card that is read is
//! found, by the shell; here it is known what was asked last, so that no older answer is shown.

use super::list::SheetKind;
use super::{Effect, Screen, State, list};
use crate::library::{Library, Page};
use crate::search::{Mentioned, Reach, Terms};
use std::sync::Arc;

/// In larger libraries mentions of a card are looked for when they are asked for, not for each card
/// that is opened: going through all texts would slow the keys.
const MOST: usize = 10_000;

/// What is known of mentions.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Whether the first screen was drawn: nothing of this may come before it.
    begun: bool,
    /// The names, with the library they are those of.
    terms: Option<(Arc<Library>, Arc<Terms>)>,
    /// The library whose names were asked for.
    building: Option<Arc<Library>>,
    /// Who mentions a card.
    found: Option<(usize, Arc<Mentioned>)>,
    /// The card that was asked about last.
    asked: Option<usize>,
    /// Counts what was asked.
    generation: u64,
}

impl Mentions {
    /// The names by which cards are mentioned, if they are known.
    pub fn terms(&self) -> Option<&Arc<Terms>> {
        self.terms.as_ref().map(|(_, terms)| terms)
    }

    /// Who mentions a card, if that is known.
    pub fn of(&self, card: usize) -> Option<&Arc<Mentioned>> {
        self.found.as_ref().filter(|(of, _)| *of == card).map(|(_, found)| found)
    }

    /// Whether the answer for a card is still to come.
    pub fn is_awaited(&self, card: usize, reach: Reach) -> bool {
        self.begun && reach != Reach::Off && self.of(card).is_none()
    }

    /// What was found is out of date.
    pub fn forget(&mut self) {
        *self = Self { begun: self.begun, generation: self.generation + 1, ..Self::default() };
    }
}

/// The first screen was drawn.
pub fn begin(state: &mut State) {
    state.mentions.begun = true;
}

/// Takes the names of a library; those of another one are of no use any more.
pub fn take_terms(state: &mut State, of: Arc<Library>, terms: Arc<Terms>) {
    if Arc::ptr_eq(&state.library, &of) {
        state.mentions.building = None;
        state.mentions.terms = Some((of, terms));
        state.arrange();
    }
}

/// Takes who mentions a card.
pub fn take_found(state: &mut State, generation: u64, found: Mentioned) {
    if state.mentions.generation != generation {
        return;
    }
    let Some(card) = state.mentions.asked else { return };
    state.mentions.found = Some((card, Arc::new(found)));
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        if let Screen::Sheet(sheets) = screen
            && sheets.kind == SheetKind::Backlinks
        {
            list::arrange_backlinks(state, sheets);
        }
    }
    state.screens = screens;
}

/// What is to be done: the names, then who mentions the card, where that is shown.
pub fn needs(state: &mut State) -> Option<Effect> {
    let reach = state.settings.autolink;
    if !state.mentions.begun || reach == Reach::Off || state.library.is_partial() {
        return None;
    }
    let mentions = &mut state.mentions;
    let Some((of, _)) = &mentions.terms else {
        let is_it = |of: &Arc<Library>| Arc::ptr_eq(of, &state.library);
        if mentions.building.as_ref().is_some_and(is_it) {
            return None;
        }
        mentions.building = Some(Arc::clone(&state.library));
        return Some(Effect::BuildTerms(reach));
    };
    if !Arc::ptr_eq(of, &state.library) {
        state.mentions.forget();
        return needs(state);
    }
    let is_list =
        |screen: &Screen| matches!(screen, Screen::Sheet(s) if s.kind == SheetKind::Backlinks);
    let in_list = state.screens.iter().any(is_list);
    let page = if in_list { state.reading().page } else { state.main.page };
    let Page::Card(card) = page else { return None };
    let in_rail = state.panes.rail.width > 0 && state.library.card_count() <= MOST;
    let shown = in_list || in_rail;
    let mentions = &mut state.mentions;
    if !shown || mentions.asked == Some(card) {
        return None;
    }
    mentions.generation += 1;
    mentions.asked = Some(card);
    Some(Effect::FindMentions(mentions.generation, card))
}
