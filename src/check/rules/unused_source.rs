//! Sources that nothing cites.

use crate::check::subject::{Found, Subject};
use crate::model::{Citation, PassageId, SourceId};
use std::collections::HashSet;

rule! {
    /// A source is declared, and nothing cites it.
    ///
    /// Readers take it for something that the briefing rests on. Cite it where it was used, or leave
    /// it out.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note}, paper: {title: A newspaper}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note]}
    /// ```
    "unused-source", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cited: HashSet<&SourceId> = cited(on).into_iter().map(|(source, _)| source).collect();
    for source in on.briefing.sources.iter().filter(|source| !cited.contains(&source.id)) {
        let message = format!("nothing cites the source `{}`", source.id);
        found.overall(source.span, &message, "cite it where it was used, or remove it");
    }
}

/// The sources and passages that are cited.
pub fn cited<'a>(on: &Subject<'a>) -> HashSet<(&'a SourceId, Option<&'a PassageId>)> {
    let of_gaps = on.briefing.gaps.iter().flat_map(|gap| gap.at.iter().chain(&gap.from));
    let of_cards = on.briefing.cards.iter().flat_map(|card| {
        let sections = card.sections.iter().flat_map(|section| &section.from);
        let claims = card.claims.iter().flat_map(|claim| &claim.from);
        let answers = card.questions.iter().flat_map(|question| &question.from);
        let dates = card.dates.iter().flat_map(|dated| &dated.from);
        card.passages.iter().chain(sections).chain(claims).chain(answers).chain(dates)
    });
    let pair = |citation: &'a Citation| (&citation.source, citation.passage.as_ref());
    of_gaps.chain(of_cards).map(pair).collect()
}
