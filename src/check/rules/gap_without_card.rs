//! Gaps that no reader of a card will see.

use crate::check::subject::{Found, Subject};
use crate::model::GapId;
use std::collections::HashSet;

rule! {
    /// A gap belongs to no card.
    ///
    /// What a document is missing is shown in its place on the cards it concerns. A gap without a
    /// card is listed on the overview alone, where nobody looks for it.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// gaps: [{id: list, kind: missing-list, text: The list of members is cut off.}]
    /// cards:
    ///   - {id: members, title: The members, body: Some are known.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// gaps: [{id: list, kind: missing-list, text: The list of members is cut off., cards: [members]}]
    /// cards:
    ///   - {id: members, title: The members, body: Some are known., gaps: [list]}
    /// ```
    "gap-without-card", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cards = on.briefing.cards.iter();
    let shown: HashSet<&GapId> = cards.flat_map(|card| &card.gaps).map(|gap| &gap.id).collect();
    for gap in &on.briefing.gaps {
        if gap.cards.is_empty() && !shown.contains(&gap.id) {
            let message = format!("the gap `{}` belongs to no card", gap.id);
            let help = format!("write `gaps: [{}]` on the cards it concerns", gap.id);
            found.overall(gap.span, &message, &help);
        }
    }
}
