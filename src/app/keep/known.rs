//! What is kept, as plain data for queries. Which cards say something else than when they were read is
//! found out apart: it goes through their words, and is done where the query is answered.

use super::content::content;
use super::names::Names;
use crate::library::{Library, Page};
use crate::search::{Deed, Known, Query};
use crate::store::{Kept, Progress, exact};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a query asks of what is kept.
pub fn known(library: &Library, names: &Names, kept: &Kept, query: &Query) -> Known {
    let mut known = Known::default();
    let deeds = query.deeds();
    if deeds.is_empty() {
        return known;
    }
    let card = |on| match names.page(library, on) {
        Some(Page::Card(card)) => Some(card),
        _ => None,
    };
    for on in kept.subjects().filter(|on| on.card.is_some()) {
        let Some(card) = card(on) else { continue };
        let mut add = |deed, holds: bool| {
            if holds {
                known.add(deed, card);
            }
        };
        let progress = kept.state(on).progress;
        add(Deed::Begun, progress == Progress::Reading);
        add(Deed::Read, progress >= Progress::Read);
        add(Deed::Understood, progress == Progress::Understood);
        add(Deed::Revisit, progress == Progress::Revisit);
        add(Deed::Noted, kept.notes(on).next().is_some());
        add(Deed::Highlighted, kept.highlights(on).next().is_some());
        if deeds.contains(&Deed::ReadBefore) {
            known.prints.extend(kept.seen(on).map(|seen| (card, seen.print.clone())));
        }
    }
    for (_, mark) in kept.marks() {
        if let Some(card) = card(&mark.on) {
            known.add(Deed::Marked, card);
        }
    }
    known
}

/// The query with what it asks of what is kept; for those who do not keep the names of briefings.
pub fn informed(library: &Arc<Library>, kept: &Kept, query: Query) -> Query {
    let mut names = Names::default();
    names.renew(library, kept);
    let known = known(library, &names, kept, &query);
    Query { known, ..query }
}

/// The query, knowing which cards say something else than when they were read.
pub fn compared<'q>(library: &Library, query: &'q Query, stop: &AtomicBool) -> Cow<'q, Query> {
    if query.known.prints.is_empty() {
        return Cow::Borrowed(query);
    }
    let mut query = query.clone();
    for (card, print) in std::mem::take(&mut query.known.prints) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        if library.card(card).is_some_and(|now| exact(&content(now)) != print) {
            query.known.add(Deed::ReadBefore, card);
        }
    }
    Cow::Owned(query)
}
