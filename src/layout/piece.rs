//! Pieces of text in one style, before they are put into rows.

use super::Role;
use crate::model::Marks;
use crate::text::{Printable, PrintableStr, width};

/// The words of a piece.
#[derive(Debug, Clone)]
pub enum Words<'p> {
    /// Made for this piece.
    Own(Printable),
    /// Part of the model.
    Of(PrintableStr<'p>),
}

impl Words<'_> {
    /// The words for drawing.
    pub fn get(&self) -> PrintableStr<'_> {
        match self {
            Self::Own(text) => text.as_printable(),
            Self::Of(text) => *text,
        }
    }
}

impl<'p> From<&'p Printable> for Words<'p> {
    fn from(text: &'p Printable) -> Self {
        Self::Of(text.as_printable())
    }
}

impl From<Printable> for Words<'_> {
    fn from(text: Printable) -> Self {
        Self::Own(text)
    }
}

impl From<&'static str> for Words<'_> {
    fn from(text: &'static str) -> Self {
        Self::Of(PrintableStr::literal(text))
    }
}

/// A piece of running text in one style.
#[derive(Debug, Clone)]
pub struct Piece<'p> {
    /// Its words.
    pub words: Words<'p>,
    /// What it is.
    pub role: Role,
    /// How the author set it.
    pub marks: Marks,
    /// The link it belongs to.
    pub link: Option<usize>,
    /// Whether it is a sign, not part of what the card says.
    pub ornament: bool,
}

impl<'p> Piece<'p> {
    /// Text of a role.
    pub fn new(words: impl Into<Words<'p>>, role: Role) -> Self {
        Self { words: words.into(), role, marks: Marks::default(), link: None, ornament: false }
    }

    /// A sign of a role.
    pub fn sign(words: impl Into<Words<'p>>, role: Role) -> Self {
        Self { ornament: true, ..Self::new(words, role) }
    }
}

/// Columns of pieces side by side.
pub fn pieces_width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|p| width(&p.words.get())).sum()
}

/// Spaces.
pub fn spaces(columns: usize) -> Printable {
    Printable::inline(&" ".repeat(columns))
}
