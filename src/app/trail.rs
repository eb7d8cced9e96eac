//! Where the reader went: a tree of places. Back leads to where one came from, forward to where one
//! went last; nothing that was seen is forgotten.

use crate::library::PageKey;
use crate::store::Anchor;

/// A page and a position in it that survives resizing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: PageKey,
    /// The byte of the text at the top of the screen.
    pub offset: usize,
    /// The row at the top of the screen, and the width it was counted at.
    pub row: (usize, usize),
    /// The chosen link.
    pub chosen: Option<usize>,
    /// The sentence at the top of the screen; none for the top of the page.
    pub anchor: Option<Anchor>,
}

impl Place {
    /// The top of a page.
    pub fn top(page: PageKey) -> Self {
        Self { page, offset: 0, row: (0, 0), chosen: None, anchor: None }
    }
}

/// A place on the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The place.
    pub place: Place,
    /// Where it was reached from.
    pub from: Option<usize>,
    /// Where it was left for, the last one last.
    pub to: Vec<usize>,
    /// Whether it was only peeked at.
    pub peeked: bool,
}

/// The places visited.
#[derive(Debug, Clone)]
pub struct Trail {
    steps: Vec<Step>,
    present: usize,
}

impl Trail {
    /// A trail that starts at a place.
    pub fn new(start: Place) -> Self {
        let first = Step { place: start, from: None, to: Vec::new(), peeked: false };
        Self { steps: vec![first], present: 0 }
    }

    /// A trail of steps, each reached from an earlier one; none if the present one is not among them.
    pub fn restored(steps: Vec<Step>, present: usize) -> Option<Self> {
        (present < steps.len()).then_some(Self { steps, present })
    }

    /// All steps, in the order they were first made.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The index of the present step.
    pub fn present(&self) -> usize {
        self.present
    }

    /// The present place.
    pub fn place(&self) -> Option<&Place> {
        self.steps.get(self.present).map(|step| &step.place)
    }

    /// Remembers where on the present page the reader is.
    pub fn stay(&mut self, place: Place) {
        if let Some(step) = self.steps.get_mut(self.present) {
            step.place = place;
        }
    }

    /// Goes on to a place.
    pub fn visit(&mut self, place: Place) {
        self.present = self.branch(place, false);
    }

    /// Notes a page that was peeked at from here.
    pub fn peek(&mut self, page: PageKey) {
        self.branch(Place::top(page), true);
    }

    /// The step to a place from the present one: one that was made before, or a new one.
    fn branch(&mut self, place: Place, peeked: bool) -> usize {
        let present = self.present;
        let steps = &self.steps;
        let known = steps.get(present).and_then(|step| {
            let same = |at: &&usize| steps.get(**at).is_some_and(|s| s.place.page == place.page);
            step.to.iter().find(same).copied()
        });
        let index = known.unwrap_or(self.steps.len());
        match self.steps.get_mut(index) {
            Some(step) => {
                step.peeked &= peeked;
                if !peeked {
                    step.place = place;
                }
            }
            None => {
                self.steps.push(Step { place, from: Some(present), to: Vec::new(), peeked });
            }
        }
        if let Some(step) = self.steps.get_mut(present) {
            // A place that was only looked at is not where "forward" leads.
            step.to.retain(|at| *at != index);
            if peeked && known.is_none() {
                step.to.insert(0, index);
            } else {
                step.to.push(index);
            }
        }
        index
    }

    /// Goes back; the place to show.
    pub fn back(&mut self) -> Option<&Place> {
        let from = self.steps.get(self.present)?.from?;
        self.jump(from)
    }

    /// Goes forward to where the reader went last from here.
    pub fn forward(&mut self) -> Option<&Place> {
        let to = &self.steps.get(self.present)?.to;
        let last = to.iter().rev().find(|at| self.steps.get(**at).is_some_and(|s| !s.peeked));
        let last = *last?;
        self.jump(last)
    }

    /// Goes to any step.
    pub fn jump(&mut self, index: usize) -> Option<&Place> {
        let step = self.steps.get_mut(index)?;
        step.peeked = false;
        self.present = index;
        self.place()
    }

    /// The steps as a tree, top to bottom: index and depth. Depth grows only where the trail
    /// branches, so that a long straight trail stays narrow.
    pub fn tree(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::with_capacity(self.steps.len());
        let mut stack = vec![(0, 0)];
        while let Some((index, depth)) = stack.pop() {
            let Some(step) = self.steps.get(index) else { continue };
            out.push((index, depth));
            let branches = step.to.len() > 1;
            // The last one visited goes on below its siblings, at the same depth as this one.
            for (at, child) in step.to.iter().enumerate().rev() {
                let main = at + 1 == step.to.len();
                let deeper = branches && !main;
                stack.push((*child, depth + usize::from(deeper)));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BriefingId, CardId};
    use proptest::prelude::*;

    fn place(card: &str) -> Place {
        Place::top(PageKey { briefing: BriefingId::new("b"), card: Some(CardId::new(card)) })
    }

    fn card(place: Option<&Place>) -> String {
        place.map_or("-".into(), |p| p.page.card.as_ref().unwrap().to_string())
    }

    #[test]
    fn back_and_forward_lead_along_the_last_way() {
        let mut trail = Trail::new(place("a"));
        trail.visit(place("b"));
        trail.visit(place("c"));
        assert_eq!(card(trail.back()), "b");
        assert_eq!(card(trail.back()), "a");
        assert_eq!(card(trail.back()), "-");
        assert_eq!(card(trail.forward()), "b");
        trail.visit(place("d"));
        assert_eq!(card(trail.back()), "b");
        assert_eq!(card(trail.forward()), "d", "the way to c is still in the tree");
        assert_eq!(trail.steps().len(), 4);
    }

    #[test]
    fn the_exact_place_comes_back() {
        let mut trail = Trail::new(place("a"));
        trail.stay(Place { offset: 120, row: (9, 76), chosen: Some(2), ..place("a") });
        trail.visit(place("b"));
        assert_eq!(trail.back().unwrap().row, (9, 76));
    }

    #[test]
    fn peeking_leaves_a_mark_but_is_not_forward() {
        let mut trail = Trail::new(place("a"));
        trail.visit(place("b"));
        trail.back();
        trail.peek(PageKey { briefing: BriefingId::new("b"), card: Some(CardId::new("p")) });
        assert!(trail.steps()[2].peeked);
        assert_eq!(card(trail.forward()), "b");
    }

    #[test]
    fn the_tree_branches_where_the_reader_turned_back() {
        let mut trail = Trail::new(place("a"));
        trail.visit(place("b"));
        trail.back();
        trail.visit(place("c"));
        trail.visit(place("d"));
        let tree: Vec<_> = trail
            .tree()
            .into_iter()
            .map(|(at, depth)| format!("{depth}{}", card(Some(&trail.steps()[at].place))))
            .collect();
        assert_eq!(tree, ["0a", "1b", "0c", "0d"]);
    }

    proptest! {
        #[test]
        fn forward_undoes_back(visits in prop::collection::vec("[a-e]", 1..12)) {
            let mut trail = Trail::new(place("start"));
            for name in &visits {
                if trail.place().unwrap() != &place(name) {
                    trail.visit(place(name));
                }
            }
            let before = trail.place().cloned();
            if trail.back().is_some() {
                prop_assert_eq!(trail.forward().cloned(), before);
            }
        }
    }
}
