//! What a link can lead to, and what can be odd about it.

use super::Page;
use crate::text::Printable;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a page, perhaps to a heading in it.
    Page {
        /// The page.
        page: Page,
        /// The heading, as written or by the name of its anchor.
        heading: Option<Box<str>>,
    },
    /// To a place in the same page, by the name of its anchor.
    Here(Box<str>),
    /// To an address outside.
    Web(Box<str>),
    /// To a file that is no page, such as a picture: its path below what was opened.
    File(Box<str>),
    /// To something that was not opened: the path as written.
    Outside(Box<str>),
    /// Nowhere.
    Missing(Missing),
}

/// What a link asks for that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What was asked for.
    pub name: Printable,
    /// What sort of thing that is.
    pub kind: MissingKind,
    /// What may have been meant.
    pub nearest: Option<Printable>,
}

/// What sort of thing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingKind {
    /// A card of a briefing file.
    Card,
    /// A page that nobody wrote yet, as in `[[idea]]`.
    Page,
    /// A file.
    File,
}

/// What is odd about a link that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The page has no place of that name; the link leads to the top of its first card.
    Anchor(Box<str>),
    /// Others are called the same; their number.
    Several(usize),
}

/// Where a link leads, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Where it leads.
    pub to: Destination,
    /// What is odd.
    pub flaw: Option<Flaw>,
}

impl From<Destination> for Lead {
    fn from(to: Destination) -> Self {
        Self { to, flaw: None }
    }
}
