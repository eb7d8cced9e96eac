//! Claims that rest on nothing.

use crate::check::subject::{Found, Subject};

rule! {
    /// A claim does not say where it was read.
    ///
    /// `by` says who makes a claim; `from` says where, so that a reader can look it up. The rule
    /// speaks up only in briefings that declare sources.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}}
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     bottom_line: It is closed.
    ///     claims: [{by: ministry, verb: states, text: It is closed.}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}}
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     bottom_line: It is closed.
    ///     claims: [{by: ministry, verb: states, text: It is closed., from: [note]}]
    /// ```
    "claim-without-source", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    if on.briefing.sources.is_empty() {
        return;
    }
    for (page, card) in on.cards() {
        for claim in card.claims.iter().filter(|claim| claim.from.is_empty()) {
            let message = "a claim without a source";
            found.add(page, claim.text.span, message, "say where it was read: `from: [source]`");
        }
    }
}
