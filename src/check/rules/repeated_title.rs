//! Titles that several cards have.

use crate::check::subject::{Found, Subject};
use crate::text::fold;
use std::collections::HashMap;

rule! {
    /// Two cards of a briefing have the same title.
    ///
    /// Readers cannot tell them apart in lists, and a link by the title leads to the first. Topics of
    /// a plain text that are called the same get a number and a warning while the text is read;
    /// entries of a glossary are left as they are.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: hall, title: The meeting, body: In the hall.}
    ///   - {id: call, title: The meeting, body: By telephone.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: hall, title: The meeting in the hall, body: It was short.}
    ///   - {id: call, title: The meeting by telephone, body: It was long.}
    /// ```
    "repeated-title", Info, Any
}

fn check(on: &Subject, found: &mut Found) {
    if !on.is_briefing_file() {
        return; // books repeat the titles of their sections
    }
    let mut seen = HashMap::new();
    for (page, card) in on.cards() {
        let mut title = String::with_capacity(card.title.len());
        fold(card.title.trim(), &mut title);
        // A part of a chapter may be called like that of another one.
        let first = *seen.entry((title, card.depth)).or_insert((page, card.depth));
        if first.0 != page && card.depth == 0 {
            let message = format!("two cards are called `{}`", card.title);
            let help = "give each a title of its own; links by this title lead to the first";
            found.add(page, on.place(card, "title"), &message, help);
        }
    }
}
