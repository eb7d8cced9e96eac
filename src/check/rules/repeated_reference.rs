//! Cards that are listed twice where to read on.

use crate::check::subject::{Found, Subject};
use crate::library::{Destination, Looked, Page};
use std::collections::HashMap;

rule! {
    /// A card is listed twice in `see_also` with the same relation.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [b, b]}
    ///   - {id: b, title: The harbour, body: It is open.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [b]}
    ///   - {id: b, title: The harbour, body: It is open.}
    /// ```
    "repeated-reference", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let mut looked = Looked::default();
    for (page, card) in on.cards().filter(|(_, card)| card.see_also.len() > 1) {
        let mut seen: HashMap<(Page, Option<Box<str>>, _), _> = HashMap::new();
        for reference in &card.see_also {
            let to = on.library.lead(page, &reference.target, &mut looked).to;
            let Destination::Page { page: to, heading } = to else { continue };
            let first = *seen.entry((to, heading, reference.relation)).or_insert(reference.span);
            if first != reference.span {
                let message = format!("`{}` is listed twice", on.library.title(to));
                found.add(page, reference.span, &message, "remove one of the two entries");
            }
        }
    }
}
