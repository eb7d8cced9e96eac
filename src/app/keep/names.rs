//! By which names briefings and cards are kept. A briefing file has an id of its own. The id of a
//! document that was imported is only the name of a file, which many have: it is kept by its id and
//! a sketch of its text, and found again though some of the text has changed.

use crate::library::{Library, Page, PageKey};
use crate::model::{Briefing, BriefingId, CardId};
use crate::store::{Change, Kept, Sketch, Subject};
use std::sync::Arc;

/// Bytes of a document that are looked at.
const LOOKED_AT: usize = 64 << 10;
/// Bytes of a section that are looked at.
const OF_SECTION: usize = 1 << 10;
/// Bits by which a sketch may differ before the new one is kept too.
const DRIFT: u32 = 4;
/// Between the id and the sketch.
const MARK: char = '~';

/// The names of the briefings of a library.
#[derive(Debug, Default)]
pub struct Names {
    of: Option<Arc<Library>>,
    /// For each document the name of its briefing.
    names: Vec<Box<str>>,
}

impl Names {
    /// What is kept has changed: the names are looked for anew.
    pub fn forget(&mut self) {
        self.of = None;
    }

    /// Finds the names for a library, if that was not done yet; other names for them that are to be
    /// kept.
    pub fn renew(&mut self, library: &Arc<Library>, kept: &Kept) -> Option<Vec<(Subject, Change)>> {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, library)) {
            return None;
        }
        let mut aliases = Vec::new();
        let known: Vec<(&str, Sketch)> = kept.briefings().filter_map(parted).collect();
        let briefings = library.documents().iter().map(|document| &document.briefing);
        self.names = briefings.map(|briefing| name(briefing, &known, kept, &mut aliases)).collect();
        self.of = Some(Arc::clone(library));
        Some(aliases)
    }

    /// The names, as the library counts briefings.
    pub fn all(&self) -> &[Box<str>] {
        &self.names
    }

    /// By what a page is kept.
    pub fn subject(&self, library: &Library, page: Page) -> Option<Subject> {
        let briefing = self.names.get(library.briefing_of(page))?;
        let key = library.key(page)?;
        let card = key.card.map(|card| card.as_str().into());
        Some(Subject { briefing: briefing.clone(), card, item: None })
    }

    /// The page by which something is kept.
    pub fn page(&self, library: &Library, on: &Subject) -> Option<Page> {
        let at = self.names.iter().position(|name| *name == on.briefing)?;
        let briefing: BriefingId = library.briefing(at)?.id.clone();
        let card = on.card.as_deref().map(CardId::new);
        library.page(&PageKey { briefing, card })
    }
}

/// The id and the sketch of a name that has one.
fn parted(name: &str) -> Option<(&str, Sketch)> {
    let (id, sketch) = name.rsplit_once(MARK)?;
    Some((id, Sketch(u64::from_str_radix(sketch, 16).ok()?)))
}

fn joined(id: &str, sketch: Sketch) -> Box<str> {
    format!("{id}{MARK}{:016x}", sketch.0).into()
}

/// The name of a briefing: its id, or that of the document it was before some of it was changed.
fn name(
    briefing: &Briefing,
    known: &[(&str, Sketch)],
    kept: &Kept,
    aliases: &mut Vec<(Subject, Change)>,
) -> Box<str> {
    let id = briefing.id.as_str();
    if briefing.parts.is_empty() {
        return kept.resolve(&Subject::briefing(id)).briefing;
    }
    let sketch = sketch(briefing);
    // The same text under another name is the same document.
    let near = |(known, of): &(&str, Sketch)| {
        let bits = of.near(sketch)?;
        (*known == id || bits == 0).then(|| (bits, *known != id, joined(known, *of)))
    };
    let own = joined(id, sketch);
    let Some((bits, _, nearest)) = known.iter().filter_map(near).min() else { return own };
    let found = kept.resolve(&Subject::briefing(&nearest));
    if bits > DRIFT {
        let follow = Change::Follow { to: Some(found.clone()) };
        aliases.push((Subject::briefing(&own), follow));
    }
    found.briefing
}

/// A sketch of the beginning of a document.
fn sketch(briefing: &Briefing) -> Sketch {
    let mut text = String::new();
    for card in &briefing.cards {
        text += &card.title;
        text.push('\n');
        for section in &card.sections {
            let source = &section.text.source;
            let end =
                (0..=OF_SECTION.min(source.len())).rev().find(|at| source.is_char_boundary(*at));
            text += source.get(..end.unwrap_or(0)).unwrap_or_default();
            text.push('\n');
        }
        if text.len() > LOOKED_AT {
            break;
        }
    }
    Sketch::new(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_sketch_behind_the_last_mark() {
        let name = joined("a~b", Sketch(0xff));
        assert_eq!(&*name, "a~b~00000000000000ff");
        assert_eq!(parted(&name), Some(("a~b", Sketch(0xff))));
        assert_eq!(parted("plain"), None);
    }
}
