//! A terminal reader for background documents. The map of the house is in `ARCHITECTURE.md`.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a wrong offset is to fail the test"))]

mod app;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod check;
pub mod cli;
mod diagnostic;
mod export;
mod files;
mod format;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod import;
mod layout;
mod library;
mod model;
mod runtime;
mod search;
mod store;
mod study;
mod text;
mod ui;
