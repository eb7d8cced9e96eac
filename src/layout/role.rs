//! What a piece of a row is. Themes give roles their colours.

use crate::model::{Basis, Standing};

/// What a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The title of the card.
    Title,
    /// A heading in the text.
    Heading,
    /// The name of a part of the card: Claims, See also.
    Label,
    /// The bottom line.
    BottomLine,
    /// Small print: aliases, dates, notes, reasons.
    Meta,
    /// The mark of a basis, and the words for it.
    Basis(Basis),
    /// Who asserts.
    Voice,
    /// How it is asserted.
    Verb,
    /// The answer to a question.
    Answer,
    /// What checking showed.
    Standing(Standing),
    /// Made or happened after the document.
    Later,
    /// The box around what is missing.
    Gap,
    /// The words of a link.
    Link(Status),
    /// The number of a link.
    LinkMark,
    /// The words of a link that nobody wrote: they mention a card.
    Mention,
    /// Code.
    Code,
    /// A quotation.
    Quote,
    /// The name of a callout.
    Callout,
    /// Lines and bullets.
    Rule,
    /// The bars of a chart.
    Chart,
}

/// Whether a link leads anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// To a card.
    Card,
    /// To a place in the same card.
    Here,
    /// Out of the library: an address that is shown, not fetched.
    Web,
    /// Nowhere.
    Missing,
}

/// The part of a card that a row belongs to; numbers count the entries of the part from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title, kind, aliases.
    #[default]
    Head,
    /// The bottom line.
    BottomLine,
    /// A section.
    Section(usize),
    /// A gap, an index into the gaps of the card.
    Gap(usize),
    /// A claim.
    Claim(usize),
    /// An entry of "see also".
    Reference(usize),
    /// A date.
    Date(usize),
    /// A question.
    Question(usize),
    /// A source.
    Source(usize),
    /// What links here.
    Backlinks,
}
