//! Text as a terminal needs it: what may be drawn, how wide it is, where it breaks, how it is
//! compared. Knows nothing of cards, files or screens.

mod cluster;
mod common;
mod fold;
mod lines;
mod nearest;
mod printable;
mod sentence;
mod slug;
mod wrap;

pub use cluster::{clusters, shorten, shorten_inside, take_width, width};
pub use common::is_common;
pub use fold::{Folded, fold};
pub use lines::{LineIndex, Position, Span};
pub use nearest::nearest;
pub use printable::{Hidden, Printable, PrintableBuf, PrintableStr};
pub use sentence::{sentence_at, sentences, words};
pub use slug::slug;
pub use wrap::{widest_word, wrap};
