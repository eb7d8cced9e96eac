//! Finding pages by what is drawn on them. A query is read by [`Query::parse`]; an [`Index`] keeps the
//! folded text of all pages, and [`find`] goes through it for the best ones. All of it is plain data
//! that may be shared between threads; what takes long can be stopped.

mod filter;
mod hit;
mod index;
mod known;
mod marker;
mod mentioned;
mod needle;
mod place;
mod query;
mod rank;
mod scan;
mod terms;
mod text;
mod vocabulary;
mod words;

pub use hit::Hit;
pub use index::Index;
pub use known::{Deed, Known};
pub use marker::Marker;
pub use mentioned::{Mentioned, mentioned};
pub use query::{LANGUAGE, Query, QueryError};
pub use terms::{Reach, Terms};

use crate::library::{Library, Page};
use query::How;
use rank::Plan;
use std::sync::atomic::{AtomicBool, Ordering};

/// The pages that a query finds, the best first, `limit` at most. `index` must be of `library`. When
/// `stop` is set by another thread the answer comes soon and is empty.
pub fn find(
    index: &Index,
    library: &Library,
    query: &Query,
    limit: usize,
    stop: &AtomicBool,
) -> Vec<Hit> {
    if query.is_empty() {
        return Vec::new();
    }
    let plan = Plan::new(index, library, query);
    let mut best = plan.best(index, limit, stop);
    // A title may have signs that mean something in a query.
    let titled = |page: Page| words::clean(&library.title(page)) == words::clean(&query.written);
    if !best.first().is_some_and(|best| titled(index.page(best.page)))
        && let Some(page) =
            library.find_card(&query.written).filter(|card| titled(Page::Card(*card)))
    {
        best.retain(|other| other.page != page);
        best.insert(0, scan::Scored { page, score: rank::TITLE });
        best.truncate(limit);
    }
    let shown = best.into_iter().take_while(|_| !stop.load(Ordering::Relaxed));
    let shown =
        shown.map(|best| hit::show(library, index.page(best.page), &plan.wanted, best.score));
    let hits: Vec<Hit> = shown.collect();
    if stop.load(Ordering::Relaxed) { Vec::new() } else { hits }
}

/// A query like `input` with words that occur instead of those that do not; `None` if all of them
/// occur, or none is near. `query` is `input` parsed.
pub fn suggest(index: &Index, input: &str, query: &Query) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for term in &query.terms {
        let word = !term.negated && matches!(term.how, How::Anywhere | How::Start);
        if !word || index.vocabulary.holds(&term.words) {
            continue;
        }
        let near = index.vocabulary.near(&term.words, 1);
        let near = near.first()?;
        out += input.get(from..term.at.start)?;
        out += if term.in_title { "title:" } else { "" };
        out += near.word;
        from = term.at.end;
    }
    out += input.get(from..)?;
    (from > 0).then_some(out)
}

#[cfg(test)]
mod tests;
