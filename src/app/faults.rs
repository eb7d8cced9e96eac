//! What is wrong beside what is read: mistakes in the settings, and files that were saved broken, of
//! which the last good text is shown. Both stand in the list of problems for as long as they last.

use super::action::Action;
use super::{Context, Keymap, Notice, State, problems};
use crate::check::Finding;
use crate::diagnostic::Diagnostic;
use crate::library::{Library, Page};
use crate::text::Printable;

/// The document of a finding in the settings.
const NONE: usize = usize::MAX;

/// Findings that belong to no document as it is shown.
#[derive(Debug, Default)]
pub struct Faults {
    settings: Vec<Diagnostic>,
    study: Vec<Diagnostic>,
    broken: Vec<Diagnostic>,
}

impl Faults {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of_settings().chain(&self.broken)
    }

    fn of_settings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.settings.iter().chain(&self.study)
    }

    /// The same as findings in a library.
    pub fn findings(&self, library: &Library) -> Vec<Finding> {
        let settings = self.of_settings().map(|fault| Finding {
            document: NONE,
            page: Page::Overview(NONE),
            diagnostic: fault.clone(),
        });
        let broken = self.broken.iter().map(|fault| {
            let (document, page) = place(library, fault);
            Finding { document, page, diagnostic: fault.clone() }
        });
        settings.chain(broken).collect()
    }
}

/// Whether a finding is about the settings.
pub fn is_in_settings(finding: &Finding) -> bool {
    finding.document == NONE
}

/// The document of a broken file, and the card that stands about there in its last good text.
fn place(library: &Library, fault: &Diagnostic) -> (usize, Page) {
    let is_it = |document: &crate::library::Document| {
        let Some(file) = &fault.file else { return false };
        document.file.as_ref() == Some(file)
            || document.folder.as_ref().is_some_and(|folder| file.starts_with(folder))
    };
    let document = library.documents().iter().position(|document| is_it(document)).unwrap_or(0);
    let whole = library.documents().get(document).is_some_and(|d| d.file.is_some());
    let card = fault.span.filter(|_| whole).and_then(|span| {
        let starts =
            |card: &usize| library.card(*card).is_some_and(|card| card.span.start <= span.start);
        library.cards_of(document).take_while(starts).last()
    });
    (document, card.map_or(Page::Overview(document), Page::Card))
}

/// Takes what is wrong with files that changed and were read again: all that is wrong with them now.
pub fn set_broken(state: &mut State, found: &[Diagnostic]) {
    let told = |fault: &Diagnostic| {
        let text = format!("{}; the last good text is shown", fault.without_place());
        Diagnostic { message: Printable::line(&text), ..fault.clone() }
    };
    state.checking.faults.broken = found.iter().map(told).collect();
}

/// Takes what is wrong with the settings of studying, which are read whenever it begins.
pub fn set_study(state: &mut State, found: &[Diagnostic]) {
    if state.checking.faults.study != found {
        state.checking.faults.study = found.to_vec();
        problems::library_changed(state);
    }
}

/// The first mistake in the settings, for the footer; how many there are, and how to see all.
pub fn notice(faults: &[Diagnostic], keymap: &Keymap) -> Option<Notice> {
    let first = faults.first()?;
    let keys = keymap.keys(Context::Reader, Action::Problems);
    let all = keys.first().map_or(String::new(), |key| format!(": {key} lists them"));
    let others = match faults.len() {
        1 => String::new(),
        all_of_them => format!("; {all_of_them} mistakes in the settings{all}"),
    };
    Some(Notice::warning(format!("{}{others}", first.line())))
}

impl State {
    /// Takes over what is wrong with the settings.
    pub fn set_faults(&mut self, faults: Vec<Diagnostic>) {
        if faults == self.checking.faults.settings {
            return;
        }
        self.checking.faults.settings = faults;
        problems::library_changed(self);
    }

    /// Whether a file was saved broken, and its last good text is shown.
    pub fn is_behind(&self) -> bool {
        !self.checking.faults.broken.is_empty()
    }
}
