//! Texts that announce something and end.

use crate::check::subject::{Found, Subject};
use crate::library::Page;
use crate::model::Prose;

rule! {
    /// A text ends with a colon, and what it announces does not follow.
    ///
    /// Lists are lost when a document is copied from a page or a mail. If the list was lost in the
    /// source, say so with a gap; it is never filled in. In plain texts the rule looks at every
    /// paragraph, and the gap is made while the text is read.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The agencies
    ///     body: "The following agencies take part:"
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The agencies
    ///     body: |
    ///       The following agencies take part:
    ///
    ///       - the police
    ///       - the customs
    /// ```
    "lost-list", Warning, Any
}

fn check(on: &Subject, found: &mut Found) {
    if !on.is_briefing_file() {
        return;
    }
    for (page, card) in on.cards() {
        let ends = |prose: &Prose| prose.source.trim_end().ends_with([':', '：']);
        let sections = card.sections.iter().enumerate().filter(|(at, section)| {
            // What follows under a title of its own is not what was announced.
            let next = card.sections.get(at + 1);
            ends(&section.text) && next.is_none_or(|next| next.title.is_some())
        });
        // A gap on the card says already that something is missing.
        let sections = sections.filter(|_| card.gaps.is_empty()).map(|(_, section)| &section.text);
        let lines = card.bottom_line.iter().chain(card.claims.iter().map(|claim| &claim.text));
        let answers = card.questions.iter().filter_map(|question| question.answer.as_ref());
        for prose in sections.chain(lines.chain(answers).filter(|prose| ends(prose))) {
            report(on, found, page, prose);
        }
    }
}

fn report(on: &Subject, found: &mut Found, page: Page, prose: &Prose) {
    let colon = on.written.as_ref().and_then(|written| {
        let at = written.at(prose.span).rfind([':', '：'])? + prose.span.start as usize;
        Some(written.lines.span(at..at + 1))
    });
    let message = "a colon announces something that does not follow";
    let help = "write out what follows; if it is lost in the source, say so with a gap";
    found.add(page, colon.unwrap_or(prose.span), message, help);
}
