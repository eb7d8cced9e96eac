//! Documents of other kinds as briefings: one file per kind, each a pure function from what the
//! file holds to cards, with all that was lost or odd as diagnostics. Knows no file system.

mod ids;
mod prose;

pub use ids::{Ids, Naming};
pub use prose::{Written, prose};
