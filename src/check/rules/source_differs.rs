//! Files that are not those in which passages were counted.

use crate::check::subject::{Found, Subject};
use crate::model::Source;

rule! {
    /// The file of a source has another length, or another SHA-256, than the briefing says.
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
        let differs = any_file_of(on, source).and_then(|bytes| differs(on, source, &bytes));
        if let Some(how) = differs {
            let message = format!("the file of `{}` {how}", source.id);
            let help = "find the copy that was cited, or count the passages anew";
            found.overall(source.span, &message, help);
        }
    }
}

/// How a file is another one than the briefing says.
fn differs(on: &Subject, source: &Source, bytes: &[u8]) -> Option<String> {
    let length = bytes.len() as u64;
    if let Some(said) = source.bytes.filter(|said| *said != length) {
        return Some(format!("has {length} bytes, not {said}"));
    }
    let said = source.sha256.as_ref()?;
    (!said.eq_ignore_ascii_case(&on.sha256(bytes))).then(|| "has another SHA-256".to_owned())
}

/// What the file of a source holds, if it is at hand and the one that was cited.
pub fn file_of(on: &Subject, source: &Source) -> Option<Vec<u8>> {
    any_file_of(on, source).filter(|bytes| differs(on, source, bytes).is_none())
}

fn any_file_of(on: &Subject, source: &Source) -> Option<Vec<u8>> {
    on.read(&on.beside(source.file.as_deref()?)?)
}
