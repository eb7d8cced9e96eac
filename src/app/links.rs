//! What layouts ask about links, answered by the library.

use super::reading::target_of;
use crate::format::Line;
use crate::layout::{Links, Status};
use crate::library::{Destination, Library, Looked, Page};
use crate::model::Target;
use crate::search::Terms;
use crate::text::Printable;
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

/// The links of a page.
pub struct PageLinks<'a> {
    library: &'a Library,
    page: Page,
    looked: RefCell<Looked>,
    terms: Option<&'a Terms>,
    /// The cards that have a link on the page already; known once it is asked for mentions.
    linked: RefCell<Option<HashSet<usize>>>,
}

impl<'a> PageLinks<'a> {
    /// The links that stand on a page. With `terms`, what else it mentions has quiet ones.
    pub fn new(library: &'a Library, page: Page, terms: Option<&'a Terms>) -> Self {
        Self { library, page, looked: RefCell::default(), terms, linked: RefCell::default() }
    }

    /// The cards that the author linked to.
    fn written(&self) -> HashSet<usize> {
        match self.page {
            Page::Card(card) => self.library.mentions_on(card).map(|m| m.to).collect(),
            Page::Overview(_) => HashSet::new(),
        }
    }

    fn leads_to(&self, target: &Target) -> Destination {
        self.library.lead(self.page, target, &mut self.looked.borrow_mut()).to
    }
}

impl Links for PageLinks<'_> {
    fn title(&self, target: &Target) -> Option<Printable> {
        match self.leads_to(target) {
            Destination::Page { page, heading: None } => Some(self.library.title(page)),
            Destination::Page { page, heading: Some(heading) } => {
                let title = self.library.title(page);
                Some(Printable::line(&format!("{title} › {heading}")))
            }
            _ => None,
        }
    }

    fn status(&self, target: &Target) -> Status {
        match self.leads_to(target) {
            Destination::Page { .. } => Status::Card,
            Destination::Here(_) => Status::Here,
            Destination::Outside(_) | Destination::Missing(_) if self.library.is_partial() => {
                Status::Card
            }
            Destination::Web(_) | Destination::File(_) | Destination::Outside(_) => Status::Web,
            Destination::Missing(_) => Status::Missing,
        }
    }

    fn mentions(&self, line: &Line) -> Vec<(Range<usize>, Target)> {
        let Some(terms) = self.terms else { return Vec::new() };
        let mut linked = self.linked.borrow_mut();
        let linked = linked.get_or_insert_with(|| self.written());
        let first = |(bytes, term)| {
            let card = terms.card(self.library, self.page, term)?;
            let target = target_of(self.library, Page::Card(card))?;
            linked.insert(card).then_some((bytes, target))
        };
        terms.mentions(line).into_iter().filter_map(first).collect()
    }
}
