//! Cards that nothing links to.

use crate::check::subject::{Found, Subject};
use crate::library::Page;
use crate::model::{CardId, Gap};
use std::collections::HashSet;

rule! {
    /// No card and no overview links to a card.
    ///
    /// Readers who follow links never come to it; it is found only in the contents and by search. In
    /// briefings whose cards are mostly not linked the rule has nothing to say.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "Near [[b]]."}
    ///   - {id: b, title: The harbour, body: "Near [[a]]."}
    ///   - {id: c, title: The airport, body: "Near [[b]]."}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "Near [[b]] and [[c]]."}
    ///   - {id: b, title: The harbour, body: "Near [[a]]."}
    ///   - {id: c, title: The airport, body: "Near [[b]]."}
    /// ```
    "orphan-card", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let orphans = orphans(on);
    if 2 * orphans.len() >= on.briefing.cards.len() {
        return;
    }
    for (page, card) in on.cards().filter(|(page, _)| orphans.contains(page)) {
        let message = format!("nothing links to `{}`", card.title);
        let help = "link to it from a card whose readers should know it";
        found.add(page, on.place(card, "title"), &message, help);
    }
}

/// The cards that nothing links to, but for the one that a reader begins with.
pub fn orphans(on: &Subject) -> HashSet<Page> {
    let start = on.library.start_of(on.index);
    let at_gaps: HashSet<&CardId> = on.briefing.gaps.iter().flat_map(of_gap).collect();
    let is_orphan = |page: Page, id: &CardId| match page {
        Page::Card(card) => {
            on.library.mentions_of(card).len() == 0 && Some(page) != start && !at_gaps.contains(id)
        }
        Page::Overview(_) => false,
    };
    on.cards().filter(|(page, card)| is_orphan(*page, &card.id)).map(|(page, _)| page).collect()
}

/// The cards of a gap, which the overview leads to.
pub fn of_gap(gap: &Gap) -> impl Iterator<Item = &CardId> {
    gap.cards.iter().map(|card| &card.id)
}
