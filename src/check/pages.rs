//! Pages on the codes that are reported while files are read: by the reader of briefing files, the
//! importers, the library and the settings. The rules bring their own.

mod decks;
mod importing;
mod links;
mod questions;
mod settings;
mod values;
mod yaml;

use super::explain::Explanation;

/// All pages, part by part.
pub const ALL: &[&[Explanation]] = &[
    yaml::ALL,
    values::ALL,
    links::ALL,
    questions::ALL,
    decks::ALL,
    importing::ALL,
    settings::ALL,
];
