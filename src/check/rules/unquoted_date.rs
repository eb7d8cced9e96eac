//! Dates that other programs do not read as text.

use crate::check::subject::{Found, Subject, Written};
use crate::format::Node;
use crate::model::PartialDate;

/// Keys whose values are dates.
const KEYS: [&str; 3] = ["date", "as_of", "background_until"];

rule! {
    /// A date stands without quotes.
    ///
    /// This reader keeps it as written. YAML calls `2026` a number and `2026-01-06` a point in time,
    /// and other programs write them back as `2026-01-06T00:00:00Z` or in the form of their country.
    /// `--fix` adds the quotes.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// as_of: 2026-01-06
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// as_of: "2026-01-06"
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "unquoted-date", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let pairs = on.written.iter().flat_map(Written::pairs);
    for (_, value) in pairs.filter(|(key, _)| key.text().is_some_and(|key| KEYS.contains(&key))) {
        if is_changed(value) {
            let message = "YAML has a form of its own for dates without quotes";
            found.unquoted(value, message, "put the date in quotes");
        }
    }
}

/// Whether other programs read a node as something else than a text: `2026-01` they do not.
fn is_changed(node: &Node) -> bool {
    let text = node.text().unwrap_or_default();
    node.is_plain() && matches!(text.len(), 4 | 10) && text.parse::<PartialDate>().is_ok()
}
