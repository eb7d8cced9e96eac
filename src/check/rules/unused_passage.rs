//! Passages that nothing cites.

use crate::check::subject::{Found, Subject};

rule! {
    /// A passage is declared, and nothing cites it.
    ///
    /// Either a card is missing on what stands there, or the passage is not needed. If no passage of
    /// a source is cited, the rule has nothing to say.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [0, 20], p2: [20, 40]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [0, 20], p2: [20, 40]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1, note#p2]}
    /// ```
    "unused-passage", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let cited = super::unused_source::cited(on);
    for source in &on.briefing.sources {
        let unused = source.passages.iter();
        let unused: Vec<_> =
            unused.filter(|p| !cited.contains(&(&source.id, Some(&p.id)))).collect();
        if unused.len() == source.passages.len() {
            continue;
        }
        for passage in unused {
            let message = format!("nothing cites the passage `{}` of `{}`", passage.id, source.id);
            found.overall(
                passage.span,
                &message,
                "cite it on the card it belongs to, or remove it",
            );
        }
    }
}
