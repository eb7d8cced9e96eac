//! By which names briefings and cards are kept. A briefing file has an id of its own. The id of a
//! document that was imported is only the name of a file, which many have: it is kept by its id and
//! a sketch of its text, and found again though some of the text has changed; of a short one nearly all may
//! have, so it is kept in addition what lay where.

use crate::library::{Document, Library, Page, PageKey};
use crate::model::{Briefing, BriefingId, CardId};
use crate::store::{Change, Kept, Sketch, Subject};
use std::collections::HashMap;
use std::sync::Arc;

/// Bytes of a document that are looked at.
const LOOKED_AT: usize = 64 << 10;
/// Bytes of a section that are looked at.
const OF_SECTION: usize = 1 << 10;
/// Bits by which a sketch may differ before the new one is kept too.
const DRIFT: u32 = 4;
/// Between the id and the sketch.
const MARK: char = '~';
/// Before what tells a place. No id starts with it.
const PLACE: char = '@';

/// Another name for something, to be kept.
pub type Alias = (Subject, Change);

/// The names of the briefings of a library.
#[derive(Debug, Default)]
pub struct Names {
    of: Option<Arc<Library>>,
    /// For each document the name of its briefing.
    names: Vec<Box<str>>,
    /// The documents by their places, since the reader was started.
    lay: HashMap<Box<str>, Box<str>>,
    /// The places of briefings of which it is not kept yet, by the names of these.
    unkept: HashMap<Box<str>, Box<str>>,
}

impl Names {
    /// What is kept has changed: the names are looked for anew.
    pub fn forget(&mut self) {
        self.of = None;
    }

    /// Finds the names for a library, if that was not done yet; other names for them that are to be
    /// kept.
    pub fn renew(&mut self, library: &Arc<Library>, kept: &Kept) -> Option<Vec<Alias>> {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, library)) {
            return None;
        }
        let mut aliases = Vec::new();
        let known: Vec<(&str, Sketch)> = kept.briefings().filter_map(parted).collect();
        let name = |document: &Arc<Document>| {
            let place = document.place.as_deref();
            let lay = place.and_then(|place| self.lay.get(place));
            let lay = lay.cloned().or_else(|| kept_at(place?, kept));
            name(&document.briefing, lay, &known, kept, &mut aliases)
        };
        self.names = library.documents().iter().map(name).collect();
        for (document, name) in library.documents().iter().zip(&self.names) {
            let Some(place) = &document.place else { continue };
            let lay = self.lay.insert(place.clone(), name.clone());
            if lay.or_else(|| kept_at(place, kept)).as_ref() != Some(name) {
                self.unkept.insert(name.clone(), place.clone());
            }
        }
        self.of = Some(Arc::clone(library));
        Some(aliases)
    }

    /// What is to be kept before anything is kept of a briefing: where it lies.
    pub fn place(&mut self, briefing: &str) -> Option<Alias> {
        let (name, place) = self.unkept.remove_entry(briefing)?;
        let to = Some(Subject { briefing: name, ..Subject::default() });
        Some((Subject::briefing(&format!("{PLACE}{place}")), Change::Follow { to }))
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

/// What has to be kept along with what is kept next.
#[derive(Debug, Default)]
pub struct Aliases {
    names: Names,
    drift: Vec<Alias>,
}

impl Aliases {
    /// Other names for the briefings of a library, and these names.
    pub fn new(library: &Arc<Library>, kept: &Kept) -> Self {
        let mut names = Names::default();
        let drift = names.renew(library, kept).unwrap_or_default();
        Self { names, drift }
    }

    /// The names of the briefings.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What is to be kept, and before it, once, by which other names it is kept.
    pub fn before(&mut self, done: Vec<(Subject, Change)>) -> Vec<(Subject, Change)> {
        let mut all = std::mem::take(&mut self.drift);
        for (on, change) in done {
            all.extend(self.names.place(&on.briefing));
            all.push((on, change));
        }
        all
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

/// The name of the briefing of which it is kept that it lay at a place.
fn kept_at(place: &str, kept: &Kept) -> Option<Box<str>> {
    let place = Subject::briefing(&format!("{PLACE}{place}"));
    Some(kept.resolve(&place).briefing).filter(|name| *name != place.briefing)
}

/// The name of a briefing: its id, or that of the document it was before some of it was changed; of one
/// that is like none, that of the document which lay in its place.
fn name(
    briefing: &Briefing,
    lay: Option<Box<str>>,
    known: &[(&str, Sketch)],
    kept: &Kept,
    aliases: &mut Vec<Alias>,
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
    let nearest = known.iter().filter_map(near).min();
    let (found, drift) = match (nearest, lay) {
        (Some((bits, _, nearest)), _) => (nearest, bits),
        (None, Some(lay)) => (lay, u32::MAX),
        (None, None) => return own,
    };
    let found = kept.resolve(&Subject::briefing(&found));
    if drift > DRIFT && found.briefing != own {
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
