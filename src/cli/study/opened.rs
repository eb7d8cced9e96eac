//! What the commands about studying begin with: what was read, what is kept of it, and how the user
//! wants to study.

use super::super::args::Sources;
use super::super::output::{complain, to_stderr};
use super::super::settings::study_options;
use super::super::{read, say_failures};
use crate::app::{self, Aliases};
use crate::library::{Destination, Library, Page};
use crate::model::Target;
use crate::store::{Change, Kept, Store, StoreError, Subject};
use crate::study::{Asked, Desk, Item, Moment, Options, Record};
use crate::text::Printable;
use crate::{files, format, runtime};
use std::sync::Arc;

/// How what is kept is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only to look at it: nothing is made.
    Read,
    /// To add to it.
    Write,
    /// Not at all: what is done is forgotten.
    Private,
}

/// What a command begins with.
pub struct Opened {
    /// What was read.
    pub library: Arc<Library>,
    /// What is kept of it.
    pub record: Record,
    /// How the user wants to study.
    pub options: Options,
    /// Where it is kept.
    pub store: Store,
    /// By which other names.
    aliases: Aliases,
    /// Now.
    pub now: Moment,
    /// Whether everything could be read.
    pub is_whole: bool,
}

impl Opened {
    /// Reads documents, settings and what is kept; `None` if there is nothing to ask about. What is
    /// wrong is said.
    pub fn new(sources: &Sources, access: Access) -> anyhow::Result<Option<Self>> {
        let (library, failures) = read(sources);
        say_failures(&failures);
        let Some(library) = library else { return Ok(None) };
        let library = Arc::new(library);
        let options = options()?;
        let folder = files::data_folder().filter(|folder| match access {
            Access::Write => true,
            Access::Read => files::kind(folder).is_ok(),
            Access::Private => false,
        });
        let (store, events) = match folder {
            Some(folder) => {
                let (store, events, found) = Store::open(&folder);
                for found in found {
                    complain(&found.message, found.help.as_ref().map(Printable::as_str));
                }
                (store, events)
            }
            None => (Store::private(), Vec::new()),
        };
        let (record, aliases) = app::studied(&library, &Kept::new(&events));
        let (now, is_whole) = (runtime::moment(), failures.is_empty());
        Ok(Some(Self { library, record, options, store, aliases, now, is_whole }))
    }

    /// Keeps what was done. When this returns it is on disk.
    pub fn keep(&mut self, done: Vec<(Subject, Change)>) -> Result<(), StoreError> {
        self.store.append(runtime::milliseconds(), self.aliases.before(done)).map(drop)
    }

    /// All that is known.
    pub fn desk(&self) -> Desk {
        Desk::new(&self.library, &self.record, &self.options, self.now)
    }

    /// The words of what an item asks, on one line.
    pub fn question(&self, item: &Item) -> Printable {
        let asked = Asked::new(&self.library, item);
        asked.map(|asked| words(&self.library, item, &asked.question)).unwrap_or_default()
    }

    /// The title of an item's card.
    pub fn title(&self, item: &Item) -> Printable {
        self.library.title(Page::Card(item.card))
    }
}

/// How the user wants to study; what is wrong with the file that says so is said.
pub fn options() -> anyhow::Result<Options> {
    let (options, faults) = study_options();
    for fault in &faults {
        to_stderr(&format!("warning: {}\n", fault.line()))?;
    }
    Ok(options)
}

/// The words of a text of an item's card on one line.
pub fn words(library: &Library, item: &Item, markdown: &str) -> Printable {
    let title = |target: &Target| match library.leads_to(Page::Card(item.card), target) {
        Destination::Page { page, heading: None } => Some(library.title(page)),
        _ => None,
    };
    let mut all = String::new();
    format::words(markdown, &title, &mut |line, _| {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&line);
    });
    Printable::line(&all)
}
