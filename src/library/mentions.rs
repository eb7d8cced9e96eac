//! Who refers to whom: the references of all pages, in both directions, and those that lead
//! nowhere.

use super::gather::Gather;
use super::lead::{Flaw, Lead};
use super::read::side_by_side;
use super::{Destination, Library, MissingKind, Page};
use crate::diagnostic::Diagnostic;
use crate::model::Reference;

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
    all: Vec<Mention>,
    /// Indices into `all`, in the order of the cards they lead to.
    into: Vec<usize>,
    /// For each card the end of its backlinks in `into`.
    into_ends: Vec<usize>,
    /// For each document how many of its links lead where.
    totals: Vec<Totals>,
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
        let gathered = side_by_side(&shares, 1, &|_, _| (), |cards| {
            let mut gather = Gather::new(library, comparisons);
            cards.clone().for_each(|card| gather.card(card));
            (gather.all, gather.found, gather.totals)
        });
        let count = gathered.iter().map(|(more, ..)| more.len()).sum::<usize>();
        let (mut all, mut found) = (Vec::new(), overviews.found);
        all.reserve_exact(count + overviews.all.len());
        let mut totals = overviews.totals;
        for (more, more_found, more_totals) in gathered {
            all.extend(more);
            found.extend(more_found);
            for (sum, more) in totals.iter_mut().zip(more_totals) {
                sum.add(more);
            }
        }
        // References of overviews come last.
        all.append(&mut overviews.all);
        let mut into: Vec<usize> = (0..all.len()).collect();
        into.sort_by_key(|at| all.get(*at).map(|mention| mention.to));
        let mut into_ends = vec![0; library.card_count()];
        for mention in &all {
            if let Some(count) = into_ends.get_mut(mention.to) {
                *count += 1;
            }
        }
        let mut end = 0;
        for count in &mut into_ends {
            end += *count;
            *count = end;
        }
        (Self { all, into, into_ends, totals }, found)
    }
}

fn slice_of<'a, T>(all: &'a [T], ends: &[usize], index: usize) -> &'a [T] {
    let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(index).and_then(|end| all.get(start..*end)).unwrap_or_default()
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
            .filter_map(|at| self.mentions.all.get(*at).copied())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The references on a card, in the order of its parts.
    pub fn mentions_on(&self, card: usize) -> &[Mention] {
        let all = &self.mentions.all;
        let at = |wanted: usize| {
            all.partition_point(|m| matches!(m.from, Page::Card(from) if from < wanted))
        };
        all.get(at(card)..at(card + 1)).unwrap_or_default()
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

    /// The reference of a mention, as the model has it.
    pub fn reference(&self, mention: &Mention) -> Option<&Reference> {
        let Page::Card(index) = mention.from else { return None };
        let card = self.card(index)?;
        match mention.spot {
            Spot::SeeAlso(at) => card.see_also.get(at),
            Spot::BottomLine(link) => card.bottom_line.as_ref()?.links.get(link),
            Spot::Section(at, link) => card.sections.get(at)?.text.links.get(link),
            Spot::Claim(at, link) => card.claims.get(at)?.text.links.get(link),
            Spot::KeyPoint(_) => None,
        }
    }
}
