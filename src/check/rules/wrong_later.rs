//! Events that are marked wrongly as before or after the document.

use crate::check::subject::{Found, Subject};

rule! {
    /// An event after the day of the document is not marked as later, or the other way round.
    ///
    /// `as_of` is the day that the document speaks of as its present. What came after it the
    /// document could not know, and the reader marks it so: `later: true`. Dates that are known to
    /// the year or the month alone count only if they are surely later or earlier.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// as_of: "2026-01-06"
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     body: It was closed.
    ///     dates: [{date: "2026-02-01", text: It was opened.}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// as_of: "2026-01-06"
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     body: It was closed.
    ///     dates: [{date: "2026-02-01", text: It was opened., later: true}]
    /// ```
    "wrong-later", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for (page, card) in on.cards() {
        let Some(present) = card.as_of.or(on.briefing.as_of) else { continue };
        for dated in &card.dates {
            let (message, help) = if dated.later && dated.date.is_after(present) {
                continue;
            } else if dated.later && present.is_after(dated.date) {
                (
                    format!("{} is before {present}, and marked as later", dated.date),
                    "remove `later`",
                )
            } else if !dated.later && dated.date.is_after(present) {
                (
                    format!("{} is after {present}, the day of the document", dated.date),
                    "add `later: true`",
                )
            } else {
                continue;
            };
            let entries = on.key(card, "dates").map_or(&[][..], |dates| dates.items());
            let start = dated.text.span.start as usize;
            let is_it = |key: &str| key == "text";
            let entry = entries.iter().find(|entry| {
                entry
                    .entries()
                    .iter()
                    .any(|(key, value)| value.bytes.start == start && key.text().is_some_and(is_it))
            });
            let date = entry.and_then(|entry| entry.get("date"));
            let span = on.written.as_ref().zip(date).map(|(written, date)| written.span(date));
            found.add(page, span.unwrap_or(dated.text.span), &message, help);
        }
    }
}
