//! Sections that say one basis and cite another.

use crate::check::subject::{Found, Subject};
use crate::model::{Basis, SourceId};
use std::collections::HashSet;

rule! {
    /// A section with the basis `document` cites other sources than the document.
    ///
    /// The mark on a section tells readers whether the document says something or others do. A
    /// section that mixes both cannot be marked rightly: part it in two. The document is what the
    /// `passages` of the cards are in.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: The note, passages: {p1: {}}}, paper: {title: A newspaper}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     passages: [note#p1]
    ///     sections:
    ///       - {basis: document, from: [note#p1, paper], text: "It is closed, for two days now."}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: The note, passages: {p1: {}}}, paper: {title: A newspaper}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     passages: [note#p1]
    ///     sections:
    ///       - {basis: document, from: [note#p1], text: It is closed.}
    ///       - {basis: background, from: [paper], text: It has been so for two days.}
    /// ```
    "mixed-bases", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cards = &on.briefing.cards;
    let passages = cards.iter().flat_map(|card| &card.passages);
    let document: HashSet<&SourceId> = passages.map(|citation| &citation.source).collect();
    if document.is_empty() {
        return;
    }
    for (page, card) in on.cards() {
        for section in card.sections.iter().filter(|s| s.basis == Some(Basis::Document)) {
            let other = section.from.iter().find(|citation| !document.contains(&citation.source));
            if let Some(other) = other {
                let message =
                    format!("`{}` is not the document this section rests on", other.source);
                let help = "put what other sources say into a section with `basis: background`";
                found.add(page, other.span, &message, help);
            }
        }
    }
}
