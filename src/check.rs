//! What is wrong with documents, beyond what reading them has found: rules, one to a file, and a page
//! on every code that the program can report. Knows no disk; files are asked of [`Disk`].

#[macro_use]
mod explain;

mod allow;
mod mend;
mod pages;
mod place;
mod policy;
mod rules;
mod subject;

pub use explain::{Explanation, Files};
pub use mend::mended;
pub use policy::{Policy, WARNINGS};

use crate::diagnostic::Diagnostic;
use crate::library::{Library, Named, Page, SourceCopy, Where};
use crate::model::{BriefingId, SourceId};
use place::Places;
use std::path::{Path, PathBuf};
use subject::{Found, Subject};

/// How files beside a briefing are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Disk<'a> {
    /// The bytes of a file, if it can be read.
    pub read: fn(&Path) -> Option<Vec<u8>>,
    /// Whether there is such a file.
    pub is_file: fn(&Path) -> bool,
    /// The file of a source, if it is at hand.
    pub source: fn(&Named, Where) -> Option<SourceCopy>,
    /// The user's own folder for files of sources.
    pub folder: Option<&'a Path>,
    /// Where the reader said that files of sources are.
    pub given: &'a [((BriefingId, SourceId), PathBuf)],
}

/// What was found, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The index of the document.
    pub document: usize,
    /// The page it is about.
    pub page: Page,
    /// What it is.
    pub diagnostic: Diagnostic,
}

/// All that is wrong with the documents of a library: what was found while reading, and what the
/// rules find. What a comment in a file allows is left out.
pub fn check(library: &Library, disk: Disk) -> Vec<Finding> {
    let mut all = Vec::new();
    for document in 0..library.documents().len() {
        let places = Places::new(library, document);
        all.extend(check_document(library, document, disk).into_iter().map(|diagnostic| Finding {
            document,
            page: places.page(&diagnostic),
            diagnostic,
        }));
    }
    all
}

fn check_document(library: &Library, document: usize, disk: Disk) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = library.diagnostics_of(document).into_iter().cloned().collect();
    let bytes = subject::written(library, document).and_then(|file| (disk.read)(&file));
    let text = bytes.as_deref().map(crate::library::text);
    let Some(subject) = Subject::new(library, document, text.as_deref(), disk) else { return all };
    for rule in rules::ALL {
        if rule.explanation.files == Files::Any || subject.is_briefing_file() {
            let mut found = Found::new(&subject, rule);
            (rule.check)(&subject, &mut found);
            all.append(&mut found.all);
        }
    }
    if let Some(written) = &subject.written {
        all = allow::apply(all, written, subject.file());
        mend::attach(&mut all, written);
    }
    all.sort_by(|a, b| a.file.cmp(&b.file).then_with(|| start(a).cmp(&start(b))));
    all
}

fn start(found: &Diagnostic) -> Option<u32> {
    found.span.map(|span| span.start)
}

/// The pages on all codes, in the order of the codes.
pub fn explanations() -> Vec<&'static Explanation> {
    let mut all: Vec<&Explanation> = rules::ALL.iter().map(|rule| &rule.explanation).collect();
    all.extend(pages::ALL.iter().flat_map(|part| part.iter()));
    all.sort_by_key(|explanation| explanation.code);
    all
}

/// The page on a code, or the code that may have been meant.
pub fn explain(code: &str) -> Result<&'static Explanation, Option<&'static str>> {
    let all = explanations();
    match all.iter().find(|explanation| explanation.code == code) {
        Some(explanation) => Ok(explanation),
        None => Err(crate::text::nearest(code, all.iter().map(|e| e.code))),
    }
}

#[cfg(test)]
mod tests;
