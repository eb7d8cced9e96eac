//! Files that are not those in which passages were counted.

use crate::check::subject::{Found, Subject};
use crate::model::Source;

rule! {
    /// The file of a source has another length than the briefing says.
    ///
    /// The passages were counted in another copy, so none of them can be trusted in this one. The
    /// other rules on passages leave such a file alone.
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
        let (Some(said), Some(bytes)) = (source.bytes, any_file_of(on, source)) else { continue };
        let length = bytes.len() as u64;
        if length != said {
            let message = format!("the file of `{}` has {length} bytes, not {said}", source.id);
            let help = "find the copy that was cited, or count the passages anew";
            found.overall(source.span, &message, help);
        }
    }
}

/// What the file of a source holds, if it is at hand and as long as it should be.
pub fn file_of(on: &Subject, source: &Source) -> Option<Vec<u8>> {
    let bytes = any_file_of(on, source)?;
    source.bytes.is_none_or(|said| said == bytes.len() as u64).then_some(bytes)
}

fn any_file_of(on: &Subject, source: &Source) -> Option<Vec<u8>> {
    on.read(&on.beside(source.file.as_deref()?)?)
}
