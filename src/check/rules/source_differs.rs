//! Files that are not those in which passages were counted.

use crate::check::subject::{Found, Subject};
use crate::model::Source;

rule! {
    /// The file of a source has another length, or another SHA-256, than the briefing says.
    ///
    /// The passages were counted in another copy, so none of them can be trusted in this one. The
    /// other rules on passages leave such a file alone. Files are looked for beside the briefing, and in
    /// the folder that `sources` in `config.yaml` or `--sources` names.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, file: note.txt, bytes: 40, passages: {p1: [0, 12]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// ```text note.txt
    /// It is closed.
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, file: note.txt, bytes: 14, passages: {p1: [0, 12]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// ```text note.txt
    /// It is closed.
    /// ```
    "source-differs", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for source in &on.briefing.sources {
        if let Some(how) = on.source(source).and_then(|copy| copy.differs) {
            let message = format!("the file of `{}` {how}", source.id);
            let help = "find the copy that was cited, or count the passages anew";
            found.overall(source.span, &message, help);
        }
    }
}

/// What the file of a source holds, if it is at hand and the one that was cited.
pub fn file_of(on: &Subject, source: &Source) -> Option<Vec<u8>> {
    on.source(source).filter(|copy| copy.differs.is_none()).map(|copy| copy.bytes)
}
