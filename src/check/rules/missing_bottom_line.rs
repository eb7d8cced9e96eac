//! Cards without a bottom line among cards that have one.

use crate::check::subject::{Found, Subject};

rule! {
    /// A card has no bottom line, though most cards of the briefing have one.
    ///
    /// The bottom line is what a reader must know who reads nothing else; lists, search results and
    /// previews show it. Briefings whose cards have none, as those made from a book, are left alone.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, bottom_line: It is closed.}
    ///   - {id: b, title: The harbour, bottom_line: It is open.}
    ///   - {id: c, title: The airport, body: Flights leave once a day.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, bottom_line: It is closed.}
    ///   - {id: b, title: The harbour, bottom_line: It is open.}
    ///   - {id: c, title: The airport, bottom_line: Flights leave once a day.}
    /// ```
    "missing-bottom-line", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cards = &on.briefing.cards;
    let without = cards.iter().filter(|card| card.bottom_line.is_none()).count();
    if 2 * without >= cards.len() {
        return;
    }
    for (page, card) in on.cards().filter(|(_, card)| card.bottom_line.is_none()) {
        let message = format!("`{}` has no bottom line", card.title);
        let help = "say in one sentence what a reader must know: `bottom_line:`";
        found.add(page, on.place(card, "title"), &message, help);
    }
}
