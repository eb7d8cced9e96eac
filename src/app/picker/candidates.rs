//! What can be chosen by typing: the pages of a library with all their names, and commands.

use super::{Choice, What};
use crate::library::{Library, Page};
use crate::text::{Printable, clusters};

/// An entry with all its words.
#[derive(Debug)]
pub struct Candidate {
    /// What it stands for.
    pub what: What,
    /// The words that are matched.
    pub words: Printable,
    /// Small print.
    pub note: Printable,
    /// The word for it in the footer, if it is a command: it is found by that, too.
    pub name: &'static str,
}

impl Candidate {
    /// How well what was typed names it: 2 for its word in the footer, 1 for the start of that.
    pub(super) fn named(&self, typed: &str) -> u8 {
        if self.name.is_empty() {
            return 0;
        }
        let typed = typed.to_lowercase();
        match self.name.strip_prefix(typed.as_str()) {
            Some("") if !typed.is_empty() => 2,
            Some(rest) if rest.len() < self.name.len() => 1,
            _ => 0,
        }
    }

    /// It as it was found, with the places that match.
    pub(super) fn choice(&self, matched: Vec<usize>) -> Choice {
        let (what, words, note) = (self.what, self.words.clone(), self.note.clone());
        // Matches count characters as the matcher sees them, which are clusters.
        let length = clusters(&words).count();
        let matched = matched.into_iter().filter(|at| *at < length).collect();
        Choice { what, words, note, matched }
    }
}

/// The pages of a library with all their names; titles stand below those of their files.
pub fn placed_candidates(library: &Library) -> Vec<Candidate> {
    let mut candidates = card_candidates(library);
    let mut before = None;
    for candidate in &mut candidates {
        // The first name of a page is its title, the others are names of the whole.
        if let What::Page(page) = candidate.what
            && before.replace(page) != Some(page)
        {
            candidate.words = library.full_title(page);
        }
    }
    candidates
}

/// The pages of a library with all their names.
pub fn card_candidates(library: &Library) -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(library.card_count());
    let many = library.documents().len() > 1;
    for briefing in 0..library.documents().len() {
        let of = library.title(Page::Overview(briefing));
        if library.has_overview(briefing) {
            candidates.push(Candidate {
                what: What::Page(Page::Overview(briefing)),
                words: of.clone(),
                note: Printable::line("overview"),
                name: "",
            });
        }
        for index in library.cards_of(briefing) {
            let Some(card) = library.card(index) else { continue };
            let what = What::Page(Page::Card(index));
            let kind = library.kind_word(index);
            // Where there are no kinds, ids tell files of one title apart.
            let note = if kind.is_empty() {
                card.id.as_printable().clone()
            } else if many {
                Printable::line(&format!("{kind} · {of}"))
            } else {
                Printable::line(kind)
            };
            candidates.push(Candidate { what, words: card.title.clone(), note, name: "" });
            for alias in &card.aliases {
                let note = Printable::line(&format!("→ {}", card.title));
                candidates.push(Candidate { what, words: alias.clone(), note, name: "" });
            }
        }
    }
    candidates
}
