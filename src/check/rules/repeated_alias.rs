//! Other names that several cards claim.

use crate::check::subject::{Found, Subject};
use crate::library::Page;
use crate::model::Card;
use crate::text::fold;
use std::collections::HashMap;

rule! {
    /// Another name for a card is the title or another name of a second one.
    ///
    /// A link by this name leads to the card that has it as its title, or else to the first. Case,
    /// accents and the kind of hyphens do not count.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, aliases: [the line], body: It is closed.}
    ///   - {id: b, title: The front, aliases: [The Line], body: It does not move.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, aliases: [the border line], body: It is closed.}
    ///   - {id: b, title: The front, aliases: [the front line], body: It does not move.}
    /// ```
    "repeated-alias", Warning, Any
}

fn check(on: &Subject, found: &mut Found) {
    if on.briefing.cards.iter().all(|card| card.aliases.is_empty()) {
        return;
    }
    let mut seen: HashMap<String, (Page, &Card)> = HashMap::new();
    for (page, card) in on.cards() {
        seen.entry(folded(&card.title)).or_insert((page, card));
    }
    for (page, card) in on.cards() {
        for (at, alias) in card.aliases.iter().enumerate() {
            // Sites keep old addresses, perhaps of several pages that became others.
            if alias.starts_with('/') {
                continue;
            }
            let (other, first) = *seen.entry(folded(alias)).or_insert((page, card));
            if other != page {
                let message = format!("`{alias}` is a name of the card `{}` as well", first.id);
                let help = format!("links by this name lead to `{}`", first.id);
                found.add(page, on.place_of(card, "aliases", at), &message, &help);
            }
        }
    }
}

fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold(name.trim(), &mut out);
    out
}
