//! A terminal reader for background documents. The map of the house is in `ARCHITECTURE.md`.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a wrong offset is to fail the test"))]

mod app;
mod check;
pub mod cli;
mod diagnostic;
mod export;
mod files;
mod format;
mod import;
mod layout;
mod library;
mod model;
mod runtime;
mod search;
mod study;
mod text;
mod ui;

/// What the benchmarks see of the house.
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench {
    pub use crate::library::{Document, Library};
    pub use crate::model::{Briefing, BriefingId, Card, CardId, Prose, Section};
    pub use crate::search::{Hit, Index, Query, QueryError, find};
    pub use crate::text::{LineIndex, Printable, fold};
}
