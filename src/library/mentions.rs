//! Who refers to whom: the references of all pages, in both directions, and those that lead
//! nowhere.

use super::gather::Gather;
use super::lead::{Flaw, Lead};
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
    /// In the order of the pages they stand on, a page's own `see_also` last.
    all: Vec<Packed>,
    /// Indices into `all`, in the order of the cards they lead to.
    into: Vec<u32>,
    /// For each card the end of its backlinks in `into`.
    into_ends: Vec<u32>,
    /// For each document how many of its links lead where.
    totals: Vec<Totals>,
}

/// A mention in fewer bytes; numbers that do not fit stop at the end.
#[derive(Debug, Clone, Copy)]
pub struct Packed {
    from: u32,
    to: u32,
    part: Part,
    at: u16,
    link: u32,
}

/// The part of a page that a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    SeeAlso,
    BottomLine,
    Section,
    Claim,
    /// The page is an overview.
    KeyPoint,
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Packed {
    /// Packs a mention.
    pub fn new(mention: Mention) -> Self {
        let (part, at, link) = match mention.spot {
            Spot::SeeAlso(at) => (Part::SeeAlso, 0, at),
            Spot::BottomLine(link) => (Part::BottomLine, 0, link),
            Spot::Section(at, link) => (Part::Section, at, link),
            Spot::Claim(at, link) => (Part::Claim, at, link),
            Spot::KeyPoint(at) => (Part::KeyPoint, 0, at),
        };
        let (Page::Card(from) | Page::Overview(from)) = mention.from;
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        Self { from: small(from), to: small(mention.to), part, at, link: small(link) }
    }

    fn mention(self) -> Mention {
        let (at, link) = (usize::from(self.at), self.link as usize);
        let spot = match self.part {
            Part::SeeAlso => Spot::SeeAlso(link),
            Part::BottomLine => Spot::BottomLine(link),
            Part::Section => Spot::Section(at, link),
            Part::Claim => Spot::Claim(at, link),
            Part::KeyPoint => Spot::KeyPoint(link),
        };
        Mention { from: self.page(), to: self.to as usize, spot }
    }

    fn page(self) -> Page {
        match self.part {
            Part::KeyPoint => Page::Overview(self.from as usize),
            _ => Page::Card(self.from as usize),
        }
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
        let mut overviews = Gather::new(library, MOST_COMPARED);
        for index in 0..library.documents.len() {
            overviews.briefing(index);
        }
        let shares: Vec<_> = (0..library.card_count())
            .step_by(SHARE)
            .map(|start| start..library.card_count().min(start + SHARE))
            .collect();
        let comparisons = MOST_COMPARED / shares.len().max(1);
        let gather = |cards: &Range<usize>| {
            let mut gather = Gather::new(library, comparisons);
            cards.clone().for_each(|card| gather.card(card));
            (gather.all, gather.found, gather.totals)
        };
        let (mut all, mut found) = (Vec::new(), overviews.found);
        let mut totals = overviews.totals;
        in_turn(&shares, 1, &|_, _| (), gather, |(more, more_found, more_totals)| {
            all.extend(more);
            found.extend(more_found);
            for (sum, more) in totals.iter_mut().zip(more_totals) {
                sum.add(more);
            }
        });
        // References of overviews come last.
        all.append(&mut overviews.all);
        all.shrink_to_fit();
        let (into, into_ends) = by_target(&all, library.card_count());
        (Self { all, into, into_ends, totals }, found)
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
        into.iter()
            .filter_map(|at| self.mentions.all.get(*at as usize).map(|packed| packed.mention()))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The references on a card, in the order of its parts.
    pub fn mentions_on(&self, card: usize) -> impl ExactSizeIterator<Item = Mention> + '_ {
        let all = &self.mentions.all;
        let at = |wanted: usize| {
            all.partition_point(|m| matches!(m.page(), Page::Card(from) if from < wanted))
        };
        let here = all.get(at(card)..at(card + 1)).unwrap_or_default();
        here.iter().map(|packed| packed.mention())
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
        assert_eq!(size_of::<Packed>(), 16);
        let card = [Spot::SeeAlso(3), Spot::BottomLine(70_000), Spot::Section(2, 9)];
        for spot in card.into_iter().chain([Spot::Claim(1, 0)]) {
            let mention = Mention { from: Page::Card(99_999), to: 5, spot };
            assert_eq!(Packed::new(mention).mention(), mention);
        }
        let mention = Mention { from: Page::Overview(1), to: 0, spot: Spot::KeyPoint(4) };
        assert_eq!(Packed::new(mention).mention(), mention);
    }

    proptest! {
        #[test]
        fn each_card_has_the_mentions_that_lead_to_it(
            to in proptest::collection::vec(0..6usize, 0..20),
        ) {
            let spot = Spot::SeeAlso(0);
            let packed = |to: &usize| Packed::new(Mention { from: Page::Card(0), to: *to, spot });
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
