//! Quotes that do not stand where they are said to.

use crate::check::subject::{Found, Subject};
use crate::model::Passage;
use crate::text::fold;

rule! {
    /// The words quoted from a passage do not stand in it.
    ///
    /// A quote lets readers find a passage in any copy of the source, and shows when the bytes are
    /// counted wrongly. Case, white space and the kind of quotation marks do not count. The rule
    /// needs the file: beside the briefing, or in the folder that `sources` in `config.yaml` or
    /// `--sources` names.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources:
    ///   note: {title: A note, file: note.txt, passages: {p1: {quote: the border is open}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// ```text note.txt
    /// It is said that the border is closed.
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources:
    ///   note: {title: A note, file: note.txt, passages: {p1: {quote: the border is closed}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    ///
    /// ```text note.txt
    /// It is said that the border is closed.
    /// ```
    "quote-not-found", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for source in &on.briefing.sources {
        if source.passages.iter().all(|passage| passage.quote.is_none()) {
            continue;
        }
        let Some(bytes) = super::source_differs::file_of(on, source) else { continue };
        for passage in &source.passages {
            let Some(quote) = &passage.quote else { continue };
            let Some(text) = part(&bytes, passage) else { continue };
            if !plain(&String::from_utf8_lossy(text)).contains(&plain(quote)) {
                let message = format!("the quote does not stand in `{}`", passage.id);
                let help = "compare it with the file; were bytes counted, or characters?";
                found.overall(passage.span, &message, help);
            }
        }
    }
}

/// The bytes of a passage, or else of the whole file; none if it is not in the file.
fn part<'f>(bytes: &'f [u8], passage: &Passage) -> Option<&'f [u8]> {
    let Some(range) = &passage.bytes else { return Some(bytes) };
    bytes.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

/// A text by which spellings of the same words are equal.
fn plain(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
