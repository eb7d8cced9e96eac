//! What is fuzzed: one function per way that untrusted bytes come in, each with what must hold
//! whatever they are. `fuzz/` runs them for as long as one likes; the tests beside this file run each
//! for a moment, always with the same bytes.

mod storm;

pub use storm::storm;

use crate::app::{Keymap, backlinks, page_layout};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::import::{self, Assembly, Naming, Share, Split};
use crate::layout::{Glyphs, Numbers, Options};
use crate::library::{self, Document, Library, Page};
use crate::model::{Briefing, BriefingId};
use crate::search::{Index, Query, find, suggest};
use crate::text::Printable;
use crate::ui::{Brightness, Theme};
use std::io::{Cursor, Write};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

/// Pages of one briefing that are laid out.
const PAGES: usize = 30;
/// Rows are at least that wide and at most that much wider.
const WIDTHS: (usize, usize) = (20, 100);

/// A briefing file.
pub fn yaml(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let (source, _) = format::decode(bytes);
    let (briefing, found) = format::briefing(&source, "fuzz");
    let written = format::write(&briefing);
    let again = format::briefing(&written, "fuzz").0;
    assert_eq!(format::write(&again), written, "what was written reads as it was");
    if let Ok(form) = format::normal(&source) {
        assert_eq!(format::normal(&form).as_ref(), Ok(&form), "a normal form is its own");
        let laid_out = format::briefing(&form, "fuzz").0;
        assert_eq!(format::write(&laid_out), written, "the normal form says the same");
    }
    check(briefing, found, width);
}

/// A Markdown file.
pub fn markdown(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let (source, _) = format::decode(bytes);
    let split = if width.is_multiple_of(2) { Split::All } else { Split::Auto };
    let options = import::Options { path: "a.md", naming: Naming::Alone, split, sibling: None };
    let (briefing, found) = import::markdown(&source, options);
    check(briefing, found, width);
}

/// A plain text, read as such and as notes and questions of other programs.
pub fn text(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let source = format::decode(bytes).0;
    for read in [import::text, import::anki, import::hashcards] {
        let (briefing, found) = read(&source, "a.txt", Naming::Alone);
        check(briefing, found, width);
    }
}

/// A page of HTML.
pub fn html(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let (briefing, found) = import::html(bytes, "a.html", Naming::Alone, Split::All);
    check(briefing, found, width);
}

/// An EPUB: the archive itself if the bytes begin like one, else the files in it, parted by NUL.
pub fn epub(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let book = if bytes.starts_with(b"PK") { Some(bytes.to_vec()) } else { archive(bytes) };
    let Some(book) = book else { return };
    let (briefing, found) = import::epub(&book, "a.epub", Naming::Alone, Split::Auto);
    check(briefing, found, width);
}

fn archive(bytes: &[u8]) -> Option<Vec<u8>> {
    const CONTAINER: &[u8] =
        b"<container><rootfiles><rootfile full-path='E/o.opf'/></rootfiles></container>";
    const NAMES: [&str; 6] = [
        "E/o.opf",
        "E/a.xhtml",
        "E/b.xhtml",
        "E/nav.xhtml",
        "E/toc.ncx",
        "META-INF/encryption.xml",
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let files = NAMES.into_iter().zip(bytes.split(|byte| *byte == 0));
    for (name, text) in std::iter::once(("META-INF/container.xml", CONTAINER)).chain(files) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
        zip.write_all(text).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// What is kept of a Markdown file for the next start, damaged: the file, NUL, and changes of three bytes
/// each, where and what. Its checksum is taken to be right.
pub fn kept(bytes: &[u8]) {
    let (width, bytes) = width(bytes);
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (source, changes) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (source, _) = format::decode(source);
    let (naming, split) = (Naming::Among, Split::Auto);
    let options = import::Options { path: "a.md", naming, split, sibling: None };
    let share = Share::from(import::markdown(&source, options).0);
    let Some(mut kept) = library::kept_bytes(&share) else { return };
    assert_eq!(library::kept_share(&kept, "a.md"), Some(share), "what is kept reads as it was");
    for change in changes.chunks_exact(3) {
        let [high, low, byte] = change else { continue };
        let place = usize::from(u16::from_be_bytes([*high, *low])).checked_rem(kept.len());
        if let Some(at) = place.and_then(|place| kept.get_mut(place)) {
            *at = *byte;
        }
    }
    let Some(share) = library::kept_share(&kept, "a.md") else { return };
    let mut all = Assembly::new(BriefingId::new("fuzz"), Printable::line("Fuzz"), 1);
    all.add(share);
    check(all.finish(), Vec::new(), width);
}

/// A query, over the bundled briefing.
pub fn query(bytes: &[u8]) {
    static BUNDLED: OnceLock<Option<(Library, Index)>> = OnceLock::new();
    let stop = AtomicBool::new(false);
    let bundled = BUNDLED.get_or_init(|| {
        let library = library::bundled();
        let index = Index::build(&library, &stop)?;
        Some((library, index))
    });
    let Some((library, index)) = bundled else { return };
    let input = String::from_utf8_lossy(bytes);
    match Query::parse(&input) {
        Ok(query) => {
            let hits = find(index, library, &query, 20, &stop);
            assert!(hits.len() <= 20);
            suggest(index, &input, &query);
        }
        Err(error) => {
            assert!(input.get(error.at.clone()).is_some(), "{error:?} is not a place in {input:?}");
        }
    }
}

/// A file of settings: keys, or a theme.
pub fn keymap(bytes: &[u8]) {
    let (source, _) = format::decode(bytes);
    for brightness in [Brightness::Dark, Brightness::Light] {
        harmless(&Theme::standard(brightness).overlaid(&source, "fuzz").1);
    }
    let (keymap, found) = Keymap::standard().overlaid(&source);
    let again = Keymap::standard().overlaid(&source).0;
    assert_eq!(keymap, again);
    harmless(&found);
}

/// A width for rows, and the other bytes.
fn width(bytes: &[u8]) -> (usize, &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (WIDTHS.0 + usize::from(*first) % WIDTHS.1, rest)
}

/// What holds of every briefing, whatever it was made of.
fn check(briefing: Briefing, found: Vec<Diagnostic>, width: usize) {
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, found))]);
    for finding in library.diagnostics() {
        harmless([finding]);
    }
    let cards = (0..library.card_count()).map(Page::Card);
    for page in std::iter::once(Page::Overview(0)).chain(cards).take(PAGES) {
        let backlinks = match page {
            Page::Card(card) => backlinks(&library, card),
            Page::Overview(_) => Vec::new(),
        };
        let numbers = if width.is_multiple_of(3) { Numbers::Running } else { Numbers::Visible };
        let options = Options { width, spare: 0, glyphs: Glyphs::UNICODE, numbers, answers: true };
        let layout = page_layout(&library, page, &backlinks, options);
        for row in layout.rows() {
            assert!(row.wide || layout.width(row) <= width, "a row is wider than {width}");
            for run in &row.runs {
                shown(&layout.words(run));
                assert!(run.link.is_none_or(|link| link < layout.links().len()));
            }
        }
        for link in layout.links() {
            library.resolve(page, &link.target);
            assert!(link.rows.start < layout.rows().len() && link.rows.end <= layout.rows().len());
        }
    }
}

/// No finding says anything that could act on a terminal.
fn harmless<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) {
    for finding in found {
        shown(&finding.message);
        finding.help.iter().for_each(|help| shown(help));
    }
}

/// Text that may be drawn stays as it is when it is made so again. A piece of it may end within a word
/// whose letters are joined.
fn shown(text: &str) {
    let text = text.trim_end_matches(['\u{200c}', '\u{200d}']);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    let again = Printable::lines(text);
    assert_eq!(again.chars().count(), text.chars().count(), "{text:?}");
}

#[cfg(test)]
mod others;
#[cfg(test)]
mod tests;
