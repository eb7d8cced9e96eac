//! Ways between cards along references, in both directions.

use super::mentions::Mention;
use super::{Library, Page};
use std::collections::{HashSet, VecDeque};

/// A step from one card to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The reference that makes it.
    pub mention: Mention,
    /// The card it leads to.
    pub to: usize,
    /// Whether it goes along the reference; else against it.
    pub along: bool,
}

impl Library {
    /// Whether nothing links to a card.
    pub fn is_orphan(&self, card: usize) -> bool {
        self.mentions_of(card).len() == 0
    }

    /// The cards one step from a card, each once: those it links to, or those that link to it.
    pub fn beside(&self, card: usize, along: bool) -> Vec<usize> {
        let mut seen = HashSet::new();
        let steps = self.steps(card).filter(|step| step.along == along && step.to != card);
        steps.map(|step| step.to).filter(|to| seen.insert(*to)).collect()
    }

    /// The shortest way from one card to another; of ways as short one that goes along references
    /// early. Empty if both are the same card, none if there is no way.
    pub fn way(&self, from: usize, to: usize) -> Option<Vec<Step>> {
        // For each card that was reached the step that leads to it and the card before.
        let mut reached: Vec<Option<(Step, usize)>> = vec![None; self.card_count()];
        let mut next = VecDeque::from([from]);
        while let Some(card) = next.pop_front() {
            if card == to {
                break;
            }
            for step in self.steps(card) {
                let Some(before) = reached.get_mut(step.to) else { continue };
                if before.is_none() && step.to != from {
                    *before = Some((step, card));
                    next.push_back(step.to);
                }
            }
        }
        let mut way = Vec::new();
        let mut card = to;
        while card != from {
            let (step, before) = (*reached.get(card)?)?;
            way.push(step);
            card = before;
        }
        way.reverse();
        Some(way)
    }

    /// The steps from a card: those along its references, then those against references to it.
    fn steps(&self, card: usize) -> impl Iterator<Item = Step> + '_ {
        let along = self.mentions_on(card);
        let along = along.map(|mention| Step { mention, to: mention.to, along: true });
        let against = self.mentions_of(card).filter_map(|mention| match mention.from {
            Page::Card(from) => Some(Step { mention, to: from, along: false }),
            Page::Overview(_) => None,
        });
        along.chain(against)
    }
}
