//! Links by a name that several cards have.

use crate::check::subject::{Found, Subject};
use crate::model::{CardId, Reference, Target};
use crate::text::fold;
use std::collections::{HashMap, HashSet};

rule! {
    /// A link names a card by a title or another name that several cards have.
    ///
    /// The link leads to the first of them, which may not be the one that was meant, and to another
    /// one when the order of the cards changes. A title goes before another name, so a link is in
    /// doubt only between several titles or between several other names.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: hall, title: The meeting, body: In the hall.}
    ///   - {id: call, title: The meeting, body: By telephone.}
    ///   - {id: next, title: Afterwards, body: "After [[The meeting]]."}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: hall, title: The meeting, body: In the hall.}
    ///   - {id: call, title: The meeting, body: By telephone.}
    ///   - {id: next, title: Afterwards, body: "After [[hall|the meeting]]."}
    /// ```
    "ambiguous-reference", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cards = &on.briefing.cards;
    let ids: HashSet<&CardId> = cards.iter().map(|card| &card.id).collect();
    let mut titles: HashMap<String, Vec<&CardId>> = HashMap::new();
    let mut aliases: HashMap<String, Vec<&CardId>> = HashMap::new();
    for card in cards {
        titles.entry(folded(&card.title)).or_default().push(&card.id);
        for alias in &card.aliases {
            let named = aliases.entry(folded(alias)).or_default();
            if named.last() != Some(&&card.id) {
                named.push(&card.id);
            }
        }
    }
    let named = |reference: &Reference| {
        let Target::Card { name, .. } = &reference.target else { return None };
        if name.is_empty() || ids.contains(&CardId::new(name)) {
            return None;
        }
        let name = folded(name);
        let cards = titles.get(&name).or_else(|| aliases.get(&name))?;
        (cards.len() > 1).then_some(cards)
    };
    let in_text = on.proses().into_iter();
    let in_text = in_text.flat_map(|(page, prose, _)| prose.links().map(move |l| (page, l)));
    let listed =
        on.cards().flat_map(|(page, card)| card.see_also.iter().map(move |l| (page, l.clone())));
    for (page, reference) in in_text.chain(listed) {
        let Some(cards) = named(&reference) else { continue };
        let ids: Vec<_> = cards.iter().map(|id| format!("`{id}`")).collect();
        let (first, count) = (ids.first().map_or("", String::as_str), ids.len());
        let message = format!("{count} cards are called so; the link leads to {first}");
        let help = format!("name the card by its id: {}", ids.join(" or "));
        found.add(page, reference.span, &message, &help);
    }
}

fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold(name.trim(), &mut out);
    out
}
