//! Passages that are not in their file.

use crate::check::subject::{Found, Subject};

rule! {
    /// A passage ends behind the end of its file, or parts a character.
    ///
    /// `[start, end]` counts bytes: the first of the passage, and the one after its last. The length
    /// is that of the file if it is at hand, or else the one that the source gives as `bytes`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, file: note.txt, bytes: 120, passages: {p1: [90, 150]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, file: note.txt, bytes: 120, passages: {p1: [90, 120]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    "passage-outside-file", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for source in &on.briefing.sources {
        let bytes = super::source_differs::file_of(on, source);
        let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let length = bytes.as_ref().map(|bytes| bytes.len() as u64).or(source.bytes);
        let Some(length) = length else { continue };
        for passage in &source.passages {
            let Some(range) = &passage.bytes else { continue };
            let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
            let parts = |byte| text.is_some_and(|text| !text.is_char_boundary(at(byte)));
            let id = &passage.id;
            let message = if range.end > length {
                format!("`{id}` ends at byte {}, and the file has {length}", range.end)
            } else if parts(range.start) || parts(range.end) {
                format!("`{id}` starts or ends inside a character")
            } else {
                continue;
            };
            let help = "count in bytes, from 0: the first byte, and the one after the last";
            found.overall(passage.span, &message, help);
        }
    }
}
