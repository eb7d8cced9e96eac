//! Who refers to whom: the references of all pages, in both directions, and those that lead
//! nowhere.

use super::destination::{Flaw, Lead};
use super::gather::Gather;
use super::read::in_turn;
use super::{Destination, Library, MissingKind, Page};
use crate::diagnostic::Diagnostic;
use crate::model::Reference;
use std::ops::Range;

/// Names compared at most, in all, when looking for those that were meant.
const MOST_COMPARED: usize = 200_000;
/// Cards whose references are gathered together.
const SHARE: usize = 4096;

/// Where in a page a reference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Entry of `see_also`.
    SeeAlso(usize),
    /// Link in the bottom line.
    BottomLine(usize),
    /// Link in a section.
    Section(usize, usize),
    /// Link in a claim.
    Claim(usize, usize),
    /// Card of a key point of the overview.
    KeyPoint(usize),
}

/// A reference from a page to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The page it stands on.
    pub from: Page,
    /// The card it leads to.
    pub to: usize,
    /// Where on the page.
    pub spot: Spot,
}

/// All references of a library.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order of the cards they stand on, a card's own `see_also` last; then those of overviews.
    all: Vec<Packed>,
    /// For each card the end of its own in `all`.
    ends: Vec<u32>,
    /// The overviews that the last of `all` stand on.
    overviews: Vec<u32>,
    /// Indices into `all`, in the order of the cards they lead to.
    into: Vec<u32>,
    /// For each card the end of its backlinks in `into`.
    into_ends: Vec<u32>,
    /// For each document how many of its links lead where.
    totals: Vec<Totals>,
}

/// A mention in fewer bytes, without the page it stands on.
#[derive(Debug, Clone, Copy)]
pub struct Packed {
    to: u32,
    /// The part of the page in the highest bits, then which of its kind it is, then the link in it;
    /// numbers that do not fit stop at the end.
    spot: u32,
}

/// Bits of a spot that say which link it is; few texts have a million.
const LINK: u32 = 20;
/// Bits of a spot that say which section or claim it is in.
const AT: u32 = 9;

/// The part of a page that a mention stands in.
mod part {
    pub const SEE_ALSO: u32 = 0;
    pub const BOTTOM_LINE: u32 = 1;
    pub const SECTION: u32 = 2;
    pub const CLAIM: u32 = 3;
    pub const KEY_POINT: u32 = 4;
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Packed {
    /// Packs a mention of a card.
    pub fn new(to: usize, spot: Spot) -> Self {
        let (part, at, link) = match spot {
            Spot::SeeAlso(at) => (part::SEE_ALSO, 0, at),
            Spot::BottomLine(link) => (part::BOTTOM_LINE, 0, link),
            Spot::Section(at, link) => (part::SECTION, at, link),
            Spot::Claim(at, link) => (part::CLAIM, at, link),
            Spot::KeyPoint(at) => (part::KEY_POINT, 0, at),
        };
        let (at, link) = (small(at).min((1 << AT) - 1), small(link).min((1 << LINK) - 1));
        Self { to: small(to), spot: part << (AT + LINK) | at << LINK | link }
    }

    fn on(self, from: Page) -> Mention {
        let link = (self.spot & ((1 << LINK) - 1)) as usize;
        let at = (self.spot >> LINK & ((1 << AT) - 1)) as usize;
        let spot = match self.spot >> (AT + LINK) {
            part::SEE_ALSO => Spot::SeeAlso(link),
            part::BOTTOM_LINE => Spot::BottomLine(link),
            part::SECTION => Spot::Section(at, link),
            part::CLAIM => Spot::Claim(at, link),
            _ => Spot::KeyPoint(link),
        };
        Mention { from, to: self.to as usize, spot }
    }
}

/// How many links of a document lead where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// To another page.
    pub ok: usize,
    /// To the page they stand on.
    pub own: usize,
    /// To a file that is no page.
    pub file: usize,
    /// To an address outside.
    pub web: usize,
    /// To something that was not opened.
    pub outside: usize,
    /// To a page that nobody wrote.
    pub wanted: usize,
    /// To a card or a file that is not there.
    pub broken: usize,
    /// Of those to a page: to a place that it does not have.
    pub broken_anchor: usize,
    /// Of those to a page: to one of several that are as near.
    pub ambiguous: usize,
}

impl Totals {
    fn add(&mut self, more: Self) {
        self.ok += more.ok;
        self.own += more.own;
        self.file += more.file;
        self.web += more.web;
        self.outside += more.outside;
        self.wanted += more.wanted;
        self.broken += more.broken;
        self.broken_anchor += more.broken_anchor;
        self.ambiguous += more.ambiguous;
    }

    /// Counts a link.
    pub(super) fn count(&mut self, from: Page, lead: &Lead) {
        let counter = match &lead.to {
            Destination::Page { page, .. } if *page != from => &mut self.ok,
            Destination::Page { .. } | Destination::Here(_) => &mut self.own,
            Destination::File(_) => &mut self.file,
            Destination::Web(_) => &mut self.web,
            Destination::Outside(_) => &mut self.outside,
            Destination::Missing(missing) if missing.kind == MissingKind::Page => &mut self.wanted,
            Destination::Missing(_) => &mut self.broken,
        };
        *counter += 1;
        match lead.flaw {
            Some(Flaw::Anchor(_)) => self.broken_anchor += 1,
            Some(Flaw::Several(_)) => self.ambiguous += 1,
            None => {}
        }
    }
}

impl Mentions {
    pub fn new(library: &Library) -> (Self, Vec<(usize, Diagnostic)>) {
        let mut on_overviews = Gather::new(library, MOST_COMPARED);
        let mut overviews = Vec::new();
        for index in 0..library.documents.len() {
            on_overviews.briefing(index);
            overviews.resize(on_overviews.all.len(), small(index));
        }
        let shares: Vec<_> = (0..library.card_count())
            .step_by(SHARE)
            .map(|start| start..library.card_count().min(start + SHARE))
            .collect();
        let comparisons = MOST_COMPARED / shares.len().max(1);
        let gather = |cards: &Range<usize>| {
            let mut gather = Gather::new(library, comparisons);
            let mut ends = Vec::with_capacity(cards.len());
            for card in cards.clone() {
                gather.card(card);
                ends.push(gather.all.len());
            }
            (gather.all, ends, gather.found, gather.totals)
        };
        // Room that is not used costs nothing, and growing would hold all of it twice.
        let texts = library.cards().flat_map(|(_, card)| &card.sections);
        let room = texts.map(|section| section.text.links.at_most()).sum();
        let (mut all, mut found) = (Vec::with_capacity(room), on_overviews.found);
        let mut ends = Vec::with_capacity(library.card_count());
        let mut totals = on_overviews.totals;
        in_turn(&shares, 1, &|_, _| (), gather, |(more, more_ends, more_found, more_totals)| {
            let start: usize = all.len();
            ends.extend(more_ends.into_iter().map(|end| small(start + end)));
            all.extend(more);
            found.extend(more_found);
            for (sum, more) in totals.iter_mut().zip(more_totals) {
                sum.add(more);
            }
        });
        // References of overviews come last.
        all.append(&mut on_overviews.all);
        all.shrink_to_fit();
        let (into, into_ends) = by_target(&all, library.card_count());
        (Self { all, ends, overviews, into, into_ends, totals }, found)
    }

    /// The mention at an index.
    fn at(&self, index: usize) -> Option<Mention> {
        let of_cards = self.ends.last().map_or(0, |end| *end as usize);
        let from = match index.checked_sub(of_cards) {
            Some(after) => Page::Overview(*self.overviews.get(after)? as usize),
            None => Page::Card(self.ends.partition_point(|end| *end as usize <= index)),
        };
        self.all.get(index).map(|packed| packed.on(from))
    }
}

/// Mentions in the order of the cards they lead to, and for each card the end of its own.
fn by_target(all: &[Packed], cards: usize) -> (Vec<u32>, Vec<u32>) {
    let mut ends = vec![0; cards];
    for mention in all {
        if let Some(count) = ends.get_mut(mention.to as usize) {
            *count += 1;
        }
    }
    let mut end = 0;
    for count in &mut ends {
        end += *count;
        *count = end;
    }
    let mut into = vec![0; end as usize];
    // Each place is taken from its end, so that afterwards its end is its start.
    for (at, mention) in all.iter().enumerate().rev() {
        if let Some(free) = ends.get_mut(mention.to as usize) {
            *free -= 1;
            if let Some(entry) = into.get_mut(*free as usize) {
                *entry = small(at);
            }
        }
    }
    let starts = ends.iter().skip(1).copied().chain([end]);
    let ends = starts.take(cards).collect();
    (into, ends)
}

fn slice_of<'a, T>(all: &'a [T], ends: &[u32], index: usize) -> &'a [T] {
    let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let range = |end: &u32| start as usize..*end as usize;
    ends.get(index).and_then(|end| all.get(range(end))).unwrap_or_default()
}

impl Library {
    /// How many links of a document lead where.
    pub fn totals(&self, document: usize) -> Totals {
        self.mentions.totals.get(document).copied().unwrap_or_default()
    }

    /// The references to a card, in the order of the pages they stand on.
    pub fn mentions_of(&self, card: usize) -> impl ExactSizeIterator<Item = Mention> + '_ {
        let into = slice_of(&self.mentions.into, &self.mentions.into_ends, card);
        let mentions = into.iter().filter_map(|at| self.mentions.at(*at as usize));
        mentions.collect::<Vec<_>>().into_iter()
    }

    /// The references on a card, in the order of its parts.
    pub fn mentions_on(&self, card: usize) -> impl ExactSizeIterator<Item = Mention> + '_ {
        let here = slice_of(&self.mentions.all, &self.mentions.ends, card);
        here.iter().map(move |packed| packed.on(Page::Card(card)))
    }

    /// The pages that refer to a card, each once, in their order.
    pub fn backlinks(&self, card: usize) -> Vec<Page> {
        let mut pages: Vec<Page> = Vec::new();
        for mention in self.mentions_of(card) {
            if pages.last() != Some(&mention.from) {
                pages.push(mention.from);
            }
        }
        pages
    }

    /// The entry of `see_also` that makes a mention; none for a link in a text.
    pub fn reference(&self, mention: &Mention) -> Option<&Reference> {
        match (mention.from, mention.spot) {
            (Page::Card(from), Spot::SeeAlso(at)) => self.card(from)?.see_also.get(at),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_packed_mention_says_the_same() {
        assert_eq!(size_of::<Packed>(), 8);
        let card = [Spot::SeeAlso(3), Spot::BottomLine(70_000), Spot::Section(2, 9)];
        for spot in card.into_iter().chain([Spot::Claim(1, 0), Spot::KeyPoint(4)]) {
            let mention = Mention { from: Page::Card(99_999), to: 5, spot };
            assert_eq!(Packed::new(5, spot).on(mention.from), mention);
        }
        let (from, most) = (Page::Card(0), Spot::Claim((1 << AT) - 1, (1 << LINK) - 1));
        assert_eq!(Packed::new(0, Spot::Claim(usize::MAX, usize::MAX)).on(from).spot, most);
    }

    #[test]
    fn a_mention_knows_its_page() {
        let packed = |to| Packed::new(to, Spot::SeeAlso(0));
        let all = [3, 4, 5, 6, 7].map(packed).to_vec();
        let mentions =
            Mentions { all, ends: vec![1, 1, 3], overviews: vec![0, 2], ..Mentions::default() };
        let from: Vec<_> = (0..6).map(|at| mentions.at(at).map(|found| found.from)).collect();
        let (card, overview) = (|at| Some(Page::Card(at)), |at| Some(Page::Overview(at)));
        assert_eq!(from, [card(0), card(2), card(2), overview(0), overview(2), None]);
    }

    proptest! {
        #[test]
        fn each_card_has_the_mentions_that_lead_to_it(
            to in proptest::collection::vec(0..6usize, 0..20),
        ) {
            let packed = |to: &usize| Packed::new(*to, Spot::SeeAlso(0));
            let all: Vec<Packed> = to.iter().map(packed).collect();
            let (into, ends) = by_target(&all, 6);
            for card in 0..6 {
                let expected: Vec<u32> =
                    (0..).zip(&to).filter(|(_, to)| **to == card).map(|(at, _)| at).collect();
                prop_assert_eq!(slice_of(&into, &ends, card), expected.as_slice());
            }
        }
    }
}
