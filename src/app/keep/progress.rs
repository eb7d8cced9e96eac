//! How far cards were read: opened, seen to their end, understood as the reader says; and whether
//! they have changed since.

use super::super::{Notice, State};
use super::content::content;
use super::remember::LONGEST;
use crate::layout::Glyphs;
use crate::library::{Library, Page, PageKey};
use crate::store::{Change, Progress, Seen, exact};
use crate::text::Printable;
use std::sync::Arc;

/// The page that is read.
#[derive(Debug)]
pub struct Visit {
    page: PageKey,
    /// The library it was entered in: a file that was read again may say something else.
    library: Arc<Library>,
    /// What was kept when it was read, if it says something else now, and what it says now.
    changed: Option<(Seen, String)>,
    /// Whether its end was seen.
    ended: bool,
}

/// Notes that cards are opened, and seen to their end.
pub fn follow(state: &mut State, ends: bool) {
    let library = Arc::clone(&state.library);
    let page = state.reading().page;
    let key = library.key(page);
    let same = state.keep.visit.as_ref().is_some_and(|visit| {
        Some(&visit.page) == key.as_ref() && Arc::ptr_eq(&visit.library, &library)
    });
    if !same {
        leave(state);
        enter(state, &library, page, key);
    }
    let at_end = state.reading().sheet.top >= state.reading().sheet.last_top();
    if at_end && state.screens.is_empty() {
        end(state, &library, page);
    }
    if ends {
        leave(state);
    }
}

fn enter(state: &mut State, library: &Arc<Library>, page: Page, key: Option<PageKey>) {
    let Page::Card(index) = page else { return };
    let (Some(card), Some(key)) = (library.card(index), key) else { return };
    let Some(on) = state.keep.subject(library, page) else { return };
    let Some(kept) = state.keep.kept() else { return };
    // The words of a card that nobody has read are not looked at.
    let seen = kept.seen(&on).map(|seen| (seen, content(card)));
    let changed = seen.filter(|(seen, now)| seen.print != exact(now));
    let changed = changed.map(|(seen, now)| (seen.clone(), now));
    if kept.state(&on).progress == Progress::Unread {
        state.keep.put(on, Change::Progress { state: Progress::Reading, due: None });
    }
    if changed.is_some() && state.notice.is_none() {
        state.say(Notice::info("changed since you read it: g d shows what"));
    }
    let library = Arc::clone(library);
    state.keep.visit = Some(Visit { page: key, library, changed, ended: false });
}

/// The end of the page was seen.
fn end(state: &mut State, library: &Library, page: Page) {
    let Some(visit) = &mut state.keep.visit else { return };
    if std::mem::replace(&mut visit.ended, true) {
        return;
    }
    let changed = visit.changed.is_some();
    let Some(on) = state.keep.subject(library, page) else { return };
    let progress = state.keep.kept().map(|kept| kept.state(&on).progress);
    if matches!(progress, Some(Progress::Unread | Progress::Reading)) {
        state.keep.put_progress(library.briefing_of(page), on, Progress::Read, None);
    }
    // What has changed is new until the reader goes on.
    if !changed {
        see(state);
    }
}

/// The page is left.
fn leave(state: &mut State) {
    if state.keep.visit.as_ref().is_some_and(|visit| visit.ended && visit.changed.is_some()) {
        see(state);
    }
    state.keep.visit = None;
}

/// Keeps what the page says as read.
fn see(state: &mut State) {
    let Some(visit) = &state.keep.visit else { return };
    let library = Arc::clone(&visit.library);
    let Some(page @ Page::Card(card)) = library.page(&visit.page) else { return };
    let Some(on) = state.keep.names.subject(&library, page) else { return };
    let Some(text) = library.card(card).map(content) else { return };
    let print = exact(&text);
    if state.keep.kept().and_then(|kept| kept.seen(&on)).is_some_and(|s| s.print == print) {
        return;
    }
    let text = (text.len() <= LONGEST).then(|| text.into());
    state.keep.put(on, Change::Seen { print, text });
}

/// What the present card said when it was read, and what it says now, if that is not the same.
pub fn changes(state: &State) -> Option<(Option<&str>, &str)> {
    let (before, now) = state.keep.visit.as_ref()?.changed.as_ref()?;
    Some((before.text.as_deref(), now))
}

/// Sets how far the present card was read.
pub fn set(state: &mut State, progress: Progress, days: Option<i64>) {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let (library, page) = (Arc::clone(&state.library), state.reading().page);
    let on = state.keep.subject(&library, page).filter(|on| on.card.is_some());
    let Some(on) = on.filter(|_| state.keep.is_open()) else {
        state.say(Notice::info("this is no card"));
        return;
    };
    let due = days.map(|days| state.keep.now() + days * DAY);
    state.keep.put_progress(library.briefing_of(page), on, progress, due);
    let word = match days {
        Some(1) => "to be read again tomorrow".to_owned(),
        Some(days) => format!("to be read again in {days} days"),
        None => word(progress).to_owned(),
    };
    state.keep.say_when_kept(format!("this card is {word}"));
}

/// The word for how far a card was read.
pub fn word(progress: Progress) -> &'static str {
    match progress {
        Progress::Unread => "unread",
        Progress::Reading => "begun",
        Progress::Read => "read",
        Progress::Understood => "understood",
        Progress::Revisit => "to be read again",
    }
}

/// The sign and the word for how far a page was read; none if nothing is known of it.
pub fn sign(state: &State, page: Page) -> Option<(&'static str, Printable)> {
    let glyphs: &Glyphs = state.settings.glyphs;
    let on = state.keep.subject(&state.library, page).filter(|on| on.card.is_some())?;
    let kept = state.keep.kept()?.state(&on);
    if state.reading().page == page && changes(state).is_some() {
        return Some((glyphs.changed, Printable::line("changed")));
    }
    let at = match kept.progress {
        Progress::Unread => return None,
        Progress::Reading => 0,
        Progress::Read => 1,
        Progress::Understood => 2,
        Progress::Revisit => 3,
    };
    let due = kept.due.is_some_and(|due| due <= state.keep.now());
    let word = match kept.progress {
        Progress::Revisit if due => "read again now",
        Progress::Revisit => "read again later",
        progress => word(progress),
    };
    Some((glyphs.states.get(at)?, Printable::line(word)))
}
