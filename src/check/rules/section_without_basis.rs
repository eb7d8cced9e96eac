//! Sections that do not say what they rest on, among sections that do.

use crate::check::subject::{Found, Subject};

rule! {
    /// A section has no basis, though others of the same card have one.
    ///
    /// Readers cannot know whether the document says it, other sources do, or the card's writer
    /// reasons. A basis of the card as a whole is enough.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     sections:
    ///       - {basis: document, text: It is closed.}
    ///       - {text: It will open soon.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     sections:
    ///       - {basis: document, text: It is closed.}
    ///       - {basis: editor, text: It will open soon.}
    /// ```
    "section-without-basis", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for (page, card) in on.cards().filter(|(_, card)| card.basis.is_none()) {
        if card.sections.iter().all(|section| section.basis.is_none()) {
            continue;
        }
        for section in card.sections.iter().filter(|section| section.basis.is_none()) {
            let message = "this section does not say what it rests on";
            let help = "add `basis: document`, `background` or `editor`";
            found.add(page, section.text.span, message, help);
        }
    }
}
