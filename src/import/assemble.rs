//! Many files into one briefing.

use crate::model::{Briefing, BriefingId, CardId, Cited, Gap, GapId, Part};
use crate::text::Printable;
use std::collections::HashSet;

/// Puts the briefings of about `count` files together, in their order.
pub fn assemble(
    id: BriefingId,
    title: Printable,
    count: usize,
    files: impl Iterator<Item = Briefing>,
) -> Briefing {
    let mut all = Briefing::empty(id, title);
    // Most files are one card.
    all.cards.reserve(count);
    all.parts.reserve(count);
    let (mut gaps, mut sources) = (HashSet::new(), HashSet::new());
    let mut ids = HashSet::with_capacity(count);
    for mut file in files {
        let start = u32::try_from(all.cards.len()).unwrap_or(u32::MAX);
        let shifted = |part: Part| Part {
            cards: start.saturating_add(part.cards.start)..start.saturating_add(part.cards.end),
            ..part
        };
        apart(&mut file, &mut ids);
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
    }
    all.cards.shrink_to_fit();
    all
}

/// Gives the cards of a file ids of their own where another file has taken them: files that differ
/// in their ending only go by their whole names.
fn apart(file: &mut Briefing, ids: &mut HashSet<CardId>) {
    let taken = file.cards.iter().any(|card| ids.contains(&card.id));
    if let (true, Some(part)) = (taken, file.parts.first()) {
        let stem = part.path.rsplit_once('.').map_or(&*part.path, |(stem, _)| stem);
        for card in &mut file.cards {
            if let Some(rest) = card.id.as_str().strip_prefix(stem) {
                card.id = CardId::new(&format!("{}{rest}", part.path));
            }
        }
    }
    ids.extend(file.cards.iter().map(|card| card.id.clone()));
}
