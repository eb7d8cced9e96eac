//! A terminal reader for background documents. The map of the house is in `ARCHITECTURE.md`.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a wrong offset is to fail the test"))]

mod app;
pub mod cli;
mod diagnostic;
mod files;
mod format;
mod import;
mod layout;
mod library;
mod model;
mod runtime;
mod text;
mod ui;
