//! Documents of other kinds as briefings: one file per kind, each a pure function from what the
//! file holds to cards, with all that was lost or odd as diagnostics. Knows no file system.

mod anki;
mod assemble;
mod containers;
mod deck;
mod emoji;
mod epub;
mod expand;
mod hashcards;
mod html;
mod ids;
mod inspect;
mod kind;
mod markdown;
mod markup;
mod prose;
mod signs;
mod split;
mod text;

pub use anki::anki;
pub use assemble::{Assembly, Share};
pub use epub::epub;
pub use expand::join;
pub use hashcards::hashcards;
pub use html::{Neighbours, html, links, neighbours, percent_decode};
pub use ids::{Ids, Naming};
use inspect::{inspect, inspect_markup};
pub use kind::{Kind, is_binary, is_briefing};
pub use markdown::{Options, Sibling, markdown};
pub use prose::{Written, prose};
pub use split::Split;
use split::{Cut, Outline, split};
pub use text::text;
