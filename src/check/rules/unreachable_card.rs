//! Cards that no way leads to from the start.

use super::orphan_card::{of_gap, orphans};
use crate::check::subject::{Found, Subject};
use crate::library::Page;
use crate::model::CardId;
use std::collections::HashSet;

rule! {
    /// A card is linked to, but only from cards that the start does not lead to.
    ///
    /// Readers who follow links from the start, or from the overview, never come to it. Where most
    /// cards cannot be reached so, the briefing is not meant to be read along links, and the rule has
    /// nothing to say.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// start: a
    /// cards:
    ///   - {id: a, title: The border, body: "Near [[b]]."}
    ///   - {id: b, title: The harbour, body: "Near [[e]]."}
    ///   - {id: c, title: The airport, body: "Near [[d]]."}
    ///   - {id: d, title: The road, body: "Near [[c]]."}
    ///   - {id: e, title: The rail, body: "Near [[a]]."}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// start: a
    /// cards:
    ///   - {id: a, title: The border, body: "Near [[b]]."}
    ///   - {id: b, title: The harbour, body: "Near [[c]]."}
    ///   - {id: c, title: The airport, body: "Near [[a]]."}
    /// ```
    "unreachable-card", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let reached = reached(on);
    let orphans = orphans(on);
    let lost: Vec<_> = on.cards().filter(|(page, _)| !reached.contains(page)).collect();
    if 2 * lost.len() >= on.briefing.cards.len() {
        return;
    }
    for (page, card) in lost.into_iter().filter(|(page, _)| !orphans.contains(page)) {
        let message = format!("no way leads from the start to `{}`", card.title);
        let help = "link to it from a card that readers come to";
        found.add(page, on.place(card, "title"), &message, help);
    }
}

/// The pages that links lead to from the start and from the overview.
fn reached(on: &Subject) -> HashSet<Page> {
    let library = on.library;
    let overview = Page::Overview(on.index);
    let at_gaps: HashSet<&CardId> = on.briefing.gaps.iter().flat_map(of_gap).collect();
    let named = |page: Page, id: &CardId| match page {
        Page::Card(card) => {
            at_gaps.contains(id) || library.mentions_of(card).any(|m| m.from == overview)
        }
        Page::Overview(_) => true,
    };
    let start = library.start_of(on.index);
    let firsts = on.cards().filter(|(page, card)| named(*page, &card.id)).map(|(page, _)| page);
    let mut next: Vec<Page> = start.into_iter().chain(firsts).collect();
    let mut reached: HashSet<Page> = next.iter().copied().collect();
    while let Some(page) = next.pop() {
        let Page::Card(card) = page else { continue };
        for mention in library.mentions_on(card) {
            if reached.insert(Page::Card(mention.to)) {
                next.push(Page::Card(mention.to));
            }
        }
    }
    reached
}
