//! Sections that say what they rest on, but not where.

use crate::check::subject::{Found, Subject};
use crate::model::Basis;

rule! {
    /// A section rests on the document or on other sources, and names none.
    ///
    /// `from` names the sources of a section, `passages` those of a card. Without them nobody can
    /// look it up. The rule speaks up where most sections of a briefing have sources.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     sections:
    ///       - {basis: document, from: [note], text: It is closed.}
    ///       - {basis: document, from: [note], text: It is guarded.}
    ///       - {basis: document, text: It is long.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     sections:
    ///       - {basis: document, from: [note], text: It is closed.}
    ///       - {basis: editor, text: That it is long seems likely.}
    /// ```
    "section-without-passage", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let (mut with, mut without) = (0, Vec::new());
    for (page, card) in on.cards() {
        for section in &card.sections {
            if !matches!(section.basis, Some(Basis::Document | Basis::Background)) {
                continue;
            }
            if section.from.is_empty() && card.passages.is_empty() {
                without.push((page, section.text.span));
            } else {
                with += 1;
            }
        }
    }
    if without.len() >= with {
        return;
    }
    for (page, span) in without {
        let message = "this section does not say where it was read";
        found.add(page, span, message, "name its sources: `from: [source#passage]`");
    }
}
