//! What layouts ask about links, answered by the library.

use crate::layout::{Links, Status};
use crate::library::{Destination, Library, Looked, Page};
use crate::model::Target;
use crate::text::Printable;
use std::cell::RefCell;

/// The links of a page.
pub struct PageLinks<'a> {
    library: &'a Library,
    page: Page,
    looked: RefCell<Looked>,
}

impl<'a> PageLinks<'a> {
    /// The links that stand on a page.
    pub fn new(library: &'a Library, page: Page) -> Self {
        Self { library, page, looked: RefCell::default() }
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
}
