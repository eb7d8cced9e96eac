//! Many files into one briefing, file by file.

use crate::model::{Briefing, BriefingId, Card, CardId, Cited, Gap, GapId, Part, Source, SourceId};
use crate::text::Printable;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Pages that lead on to one another before a page is reached.
const LONGEST_WAY: usize = 8;

/// What a file brings to a briefing of many.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    cards: Vec<Card>,
    parts: Vec<Part>,
    gaps: Vec<Gap>,
    sources: Vec<Source>,
    redirects: Vec<(Box<str>, Box<str>)>,
}

impl From<Briefing> for Share {
    fn from(mut file: Briefing) -> Self {
        file.cards.shrink_to_fit();
        file.cards.iter_mut().for_each(Card::shrink);
        let (cards, parts, redirects) = (file.cards, file.parts, file.redirects);
        Self { cards, parts, gaps: file.gaps, sources: file.sources, redirects }
    }
}

impl Share {
    /// Its cards.
    pub fn cards(&mut self) -> &mut [Card] {
        &mut self.cards
    }

    /// Whether it can be what a file of that path brings: cards of one part, and nothing that points
    /// beyond them.
    pub fn is_of(&self, path: &str) -> bool {
        let [part] = &*self.parts else { return false };
        let count = u32::try_from(self.cards.len()).unwrap_or(u32::MAX);
        *part.path == *path
            && part.cards == (0..count)
            && part.anchors.iter().all(|anchor| anchor.card < count)
    }
}

/// A briefing that is put together.
#[derive(Debug)]
pub struct Assembly {
    all: Briefing,
    gaps: HashSet<GapId>,
    sources: HashSet<SourceId>,
    /// Hashes of the ids of cards: where two ids share one, a card gets a longer id than it needs.
    ids: HashSet<u64>,
}

impl Assembly {
    /// Nothing yet of about `count` files.
    pub fn new(id: BriefingId, title: Printable, count: usize) -> Self {
        let mut all = Briefing::empty(id, title);
        // Most files are one card.
        all.cards.reserve(count);
        all.parts.reserve(count);
        let ids = HashSet::with_capacity(count);
        Self { all, gaps: HashSet::new(), sources: HashSet::new(), ids }
    }

    /// Puts the next file behind the others.
    pub fn add(&mut self, mut file: Share) {
        let Self { all, gaps, sources, ids } = self;
        let start = u32::try_from(all.cards.len()).unwrap_or(u32::MAX);
        let shifted = |part: Part| Part {
            cards: start.saturating_add(part.cards.start)..start.saturating_add(part.cards.end),
            ..part
        };
        apart(&mut file, ids);
        let known = |gap: &Gap| gaps.contains(&gap.id);
        if let (true, Some(part)) = (file.gaps.iter().any(known), file.parts.first()) {
            let path = part.path.clone();
            let renamed = |id: &GapId| GapId::new(&format!("{path}#{id}"));
            file.gaps.iter_mut().for_each(|gap| gap.id = renamed(&gap.id));
            let cited = file.cards.iter_mut().flat_map(|card| &mut card.gaps);
            cited.for_each(|Cited { id, .. }| *id = renamed(id));
        }
        gaps.extend(file.gaps.iter().map(|gap| gap.id.clone()));
        all.parts.extend(file.parts.into_iter().map(shifted));
        all.cards.append(&mut file.cards);
        all.gaps.append(&mut file.gaps);
        all.sources.extend(file.sources.into_iter().filter(|s| sources.insert(s.id.clone())));
        all.redirects.extend(file.redirects);
    }

    /// The briefing of the files. Pages that only lead on to others of them are no cards; links to
    /// them lead on.
    pub fn finish(mut self) -> Briefing {
        lead_on(&mut self.all);
        self.all.cards.shrink_to_fit();
        self.all
    }
}

/// Follows the pages that lead on to their ends. Those that end at a page are taken out, the others
/// are pages.
fn lead_on(all: &mut Briefing) {
    let wanted = std::mem::take(&mut all.redirects);
    if wanted.is_empty() {
        return;
    }
    let path = |to: &str| to.split('#').next().unwrap_or_default().to_owned();
    let onward: HashMap<&str, &str> = wanted.iter().map(|(from, to)| (&**from, &**to)).collect();
    let pages: HashSet<&str> = all.parts.iter().map(|part| &*part.path).collect();
    let end = |to: &str| {
        let mut to: Box<str> = to.into();
        for _ in 0..LONGEST_WAY {
            let here = path(&to);
            match onward.get(here.as_str()) {
                Some(further) => to = (*further).into(),
                None => return pages.contains(here.as_str()).then_some(to),
            }
        }
        None
    };
    let ends: Vec<_> =
        wanted.iter().filter_map(|(from, to)| Some((from.clone(), end(to)?))).collect();
    let gone: HashSet<&str> = ends.iter().map(|(from, _)| &**from).collect();
    let mut kept = vec![true; all.cards.len()];
    for part in all.parts.iter().filter(|part| gone.contains(&*part.path)) {
        let cards = part.cards.start as usize..part.cards.end as usize;
        kept.get_mut(cards).unwrap_or_default().fill(false);
    }
    // For each card, how many before it are gone.
    let mut before = Vec::with_capacity(kept.len() + 1);
    let mut count = 0;
    before.push(count);
    for kept in &kept {
        count += u32::from(!kept);
        before.push(count);
    }
    let shifted = |at: u32| at - before.get(at as usize).copied().unwrap_or(0);
    all.parts.retain(|part| !gone.contains(&*part.path));
    for part in &mut all.parts {
        part.cards = shifted(part.cards.start)..shifted(part.cards.end);
    }
    let mut kept = kept.into_iter();
    all.cards.retain(|_| kept.next().unwrap_or(true));
    all.redirects = ends;
    all.redirects.sort_unstable();
}

/// Gives the cards of a file ids of their own where another file has taken them: files that differ
/// in their ending only go by their whole names.
fn apart(file: &mut Share, ids: &mut HashSet<u64>) {
    let taken = file.cards.iter().any(|card| ids.contains(&hash(&card.id)));
    if let (true, Some(part)) = (taken, file.parts.first()) {
        let stem = part.path.rsplit_once('.').map_or(&*part.path, |(stem, _)| stem);
        for card in &mut file.cards {
            if let Some(rest) = card.id.as_str().strip_prefix(stem) {
                card.id = CardId::new(&format!("{}{rest}", part.path));
            }
        }
    }
    ids.extend(file.cards.iter().map(|card| hash(&card.id)));
}

fn hash(id: &CardId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
