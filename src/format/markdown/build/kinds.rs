//! What the parser names, in words of the model.

use crate::model::Align;
use crate::text::Printable;
use pulldown_cmark::{Alignment, BlockQuoteKind};

/// How the cells of a column are set.
pub fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// The sort of a callout.
pub fn callout_word(kind: BlockQuoteKind) -> Printable {
    Printable::line(match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    })
}
