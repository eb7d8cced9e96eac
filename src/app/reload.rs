//! Another library in place of the one that is read: the rest of it came, or files have changed.

use super::list::ListKind;
use super::{Notice, Screen, State, contents, faults, problems, search};
use crate::check::Policy;
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::{Library, Page};
use crate::text::Printable;
use std::sync::Arc;

/// Errors and warnings, as the user takes them.
pub fn count_problems(found: &[&Diagnostic], policy: &Policy) -> (usize, usize) {
    let all: Vec<_> = found.iter().map(|d| policy.severity(d)).collect();
    let count = |severity| all.iter().filter(|taken| **taken == Some(severity)).count();
    (count(Severity::Error), count(Severity::Warning))
}

impl State {
    /// Why what is not there is not there, while only the start of a document is.
    pub fn about_the_rest(&self) -> Notice {
        let lost = self.rest_lost.clone();
        lost.unwrap_or_else(|| Notice::info("the rest is still being read"))
    }
}

/// The rest cannot be read: the start stays, and what happened is said.
pub fn rest_lost(state: &mut State, what: Option<Notice>) {
    let what = what.map_or_else(|| "the rest could not be read".into(), |n| n.text.to_string());
    let notice = Notice::warning(format!("{what}; only the start is shown"));
    state.progress = None;
    state.rest_lost = Some(notice.clone());
    state.say(notice);
}

/// Takes over a library that was read again, and says so.
pub fn reloaded(state: &mut State, library: Arc<Library>, found: &[Diagnostic]) {
    let was_behind = state.is_behind();
    faults::set_broken(state, found);
    let lost = take_over(state, library);
    state.say(match found.first() {
        Some(first) => {
            let others = match found.len() {
                1 => String::new(),
                all => format!(" and {} more", all - 1),
            };
            let text = format!("{}{others}; the last good text is shown", first.line());
            Notice { severity: Severity::Error, text: Printable::line(&text) }
        }
        None if lost => Notice::warning("this card is gone from the changed file"),
        None if was_behind => Notice::info("read again: what was wrong with the file is mended"),
        None => Notice::info("read again: the file has changed"),
    });
}

/// A screen made anew for another library; none if it cannot be.
fn renewed(state: &State, screen: Screen) -> Option<Screen> {
    match screen {
        Screen::Picker(picker) => Some(Screen::Picker(picker.renewed(state))),
        Screen::List(list) if list.is_contents() => Some(Screen::List(contents::open(state))),
        Screen::List(list)
            if matches!(list.kind, ListKind::Queue | ListKind::Orphans | ListKind::Neighbours) =>
        {
            None
        }
        Screen::List(list) => Some(Screen::List(list)),
        screen => screen.survives_reloading().then_some(screen),
    }
}

/// Takes over another library; the reader stays at the same sentence. Whether the card is gone.
pub fn take_over(state: &mut State, library: Arc<Library>) -> bool {
    let old = std::mem::replace(&mut state.library, library);
    let mut lost = false;
    let readings = std::iter::once(&mut state.main).chain(&mut state.beside);
    for reading in readings {
        let key = old.key(reading.page);
        let page = key.as_ref().and_then(|key| state.library.page(key));
        // A card that is gone leads to the start of its briefing.
        let page = page.or_else(|| {
            lost = true;
            let briefing = key.and_then(|key| {
                state.library.documents().iter().position(|d| d.briefing.id == key.briefing)
            });
            state.library.start_of(briefing.unwrap_or(0))
        });
        reading.page = page.unwrap_or(Page::Overview(0));
        if let Some(sought) = &mut reading.query
            && let Some(results) = &sought.results
        {
            match results.moved(&old, &state.library) {
                Some(results) => sought.results = Some(results),
                None => reading.query = None,
            }
        }
    }
    state.walk = state.walk.take().map(|walk| walk.moved(&old, &state.library));
    // Lists hold pages of the old library.
    let screens = std::mem::take(&mut state.screens);
    state.screens = screens.into_iter().filter_map(|screen| renewed(state, screen)).collect();
    search::library_changed(state);
    problems::library_changed(state);
    state.mentions.forget();
    state.contents = contents::list(&state.library, None);
    state.arrange();
    lost
}
