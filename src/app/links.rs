//! What layouts ask about links, answered by the library.

use crate::layout::{Links, Status};
use crate::library::{Destination, Library, Page};
use crate::model::Target;
use crate::text::Printable;

/// The links of a page.
pub struct PageLinks<'a> {
    /// The library.
    pub library: &'a Library,
    /// The page they stand on.
    pub page: Page,
}

impl Links for PageLinks<'_> {
    fn title(&self, target: &Target) -> Option<Printable> {
        match self.library.lead(self.page, target).ok()? {
            Destination::Page { page, heading: None } => Some(self.library.title(page)),
            Destination::Page { page, heading: Some(heading) } => {
                let title = self.library.title(page);
                Some(Printable::line(&format!("{title} › {heading}")))
            }
            Destination::Here(_) | Destination::Web(_) | Destination::Missing { .. } => None,
        }
    }

    fn status(&self, target: &Target) -> Status {
        match self.library.lead(self.page, target) {
            Ok(Destination::Page { .. }) => Status::Card,
            Ok(Destination::Here(_)) => Status::Here,
            Ok(Destination::Web(_)) => Status::Web,
            Ok(Destination::Missing { .. }) | Err(_) if self.library.is_partial() => Status::Card,
            Ok(Destination::Missing { .. }) | Err(_) => Status::Missing,
        }
    }
}
