//! A card being read: its text, the trail that led to it, and what is found in it.

use super::links::PageLinks;
use super::settings::Settings;
use super::sheet::Sheet;
use super::sought::Sought;
use super::trail::{Place, Trail};
use crate::format;
use crate::layout::{self, Flow, Layout, Numbers, Options, Role};
use crate::library::{Destination, Library, Page, PageKey};
use crate::model::{BriefingId, Target};
use crate::search::Terms;
use crate::store::Anchor;
use crate::text::{Printable, sentence_at};
use std::sync::Arc;

/// A card being read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The page.
    pub page: Page,
    /// Its text.
    pub sheet: Sheet,
    /// The way that led to it.
    pub trail: Trail,
    /// What is found in it.
    pub query: Option<Sought>,
    /// The names by which other cards are mentioned in it.
    pub terms: Option<Arc<Terms>>,
}

/// How pages are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Columns.
    pub width: usize,
    /// Free columns right of them.
    pub spare: usize,
    /// Rows.
    pub height: usize,
    /// Whether the text ends with what links here, because no rail shows it.
    pub backlinks: bool,
}

/// Lays out a page.
pub fn lay_out(
    library: &Library,
    page: Page,
    settings: &Settings,
    form: Form,
    terms: Option<&Arc<Terms>>,
) -> Layout {
    let options = Options {
        width: form.width,
        spare: form.spare,
        glyphs: settings.glyphs,
        numbers: Numbers::Visible,
        answers: settings.answers,
    };
    let backlinks = match page {
        Page::Card(card) if form.backlinks => backlinks(library, card),
        _ => Vec::new(),
    };
    let links = PageLinks::new(library, page, terms.map(AsRef::as_ref));
    one_page(library, page, &backlinks, options, &links)
}

/// Lays out a page with the given options.
pub fn page_layout(
    library: &Library,
    page: Page,
    backlinks: &[(Printable, Target)],
    options: Options,
) -> Layout {
    one_page(library, page, backlinks, options, &PageLinks::new(library, page, None))
}

/// A Markdown text that belongs to a page, such as a question of it.
pub fn markdown_layout(library: &Library, page: Page, source: &str, options: Options) -> Layout {
    let links = PageLinks::new(library, page, None);
    let mut flow = Flow::new(options, &links);
    layout::body(&mut flow, &format::body(source), Role::Text);
    flow.finish()
}

fn one_page(
    library: &Library,
    page: Page,
    backlinks: &[(Printable, Target)],
    options: Options,
    links: &PageLinks,
) -> Layout {
    let Some(briefing) = library.briefing(library.briefing_of(page)) else {
        return Layout::default();
    };
    match page {
        Page::Overview(_) => layout::overview(briefing, options, links),
        Page::Card(index) => match library.card(index) {
            Some(card) => layout::card(briefing, card, backlinks, options, links),
            None => Layout::default(),
        },
    }
}

/// The cards that link to a card, with links that lead to them.
pub fn backlinks(library: &Library, card: usize) -> Vec<(Printable, Target)> {
    let cards = library.backlinks(card).into_iter().filter(|p| matches!(p, Page::Card(_)));
    cards.filter_map(|page| Some((library.title(page), target_of(library, page)?))).collect()
}

/// A link that leads to a card.
pub fn target_of(library: &Library, page: Page) -> Option<Target> {
    let key = library.key(page)?;
    let name = format!("{}/{}", key.briefing, key.card?);
    Some(Target::Card { name: name.into(), heading: None })
}

impl Reading {
    /// The top of a page, with a trail that starts there.
    pub fn new(library: &Library, page: Page, settings: &Settings, form: Form) -> Self {
        let nowhere = || PageKey { briefing: BriefingId::new(""), card: None };
        let key = library.key(page).unwrap_or_else(nowhere);
        let layout = lay_out(library, page, settings, form, None);
        Self {
            page,
            sheet: Sheet::new(layout, form.height),
            trail: Trail::new(Place::top(key)),
            query: None,
            terms: None,
        }
    }

    /// Where the reader is.
    pub fn place(&self, library: &Library, form: Form) -> Option<Place> {
        Some(Place {
            page: library.key(self.page)?,
            offset: self.sheet.layout.offset_of(self.sheet.top),
            row: (self.sheet.top, form.width + form.spare),
            chosen: self.sheet.chosen,
            anchor: self.anchor(),
        })
    }

    /// The sentence at the top of the screen; none at the top of the page.
    pub fn anchor(&self) -> Option<Anchor> {
        let (layout, offset) = (&self.sheet.layout, self.sheet.layout.offset_of(self.sheet.top));
        let end = offset + layout.quote(offset).len();
        Anchor::new(layout.text(), offset..end).filter(|_| self.sheet.top > 0)
    }

    /// The sentence that the text at the top of the screen belongs to; none at the top of the page.
    pub fn sentence(&self) -> Option<Anchor> {
        let (text, offset) = (self.sheet.layout.text(), self.anchor()?.byte);
        Anchor::new(text, sentence_at(text, usize::try_from(offset).ok()?))
    }

    /// Goes on to a page and remembers where it was left.
    pub fn visit(&mut self, library: &Library, page: Page, settings: &Settings, form: Form) {
        let Some(key) = library.key(page) else { return };
        self.leave(library, form);
        self.trail.visit(Place::top(key));
        self.page = page;
        let layout = lay_out(library, page, settings, form, self.terms.as_ref());
        self.sheet = Sheet::new(layout, form.height);
        self.query = None;
    }

    /// Goes to a row of the same page as to another place: "back" leads to where one was.
    pub fn within(&mut self, library: &Library, form: Form, row: usize) {
        let Some(key) = library.key(self.page) else { return };
        self.leave(library, form);
        self.trail.visit(Place::top(key));
        self.sheet.go_to(row);
        self.leave(library, form);
    }

    /// Remembers on the trail where the reader is.
    pub fn leave(&mut self, library: &Library, form: Form) {
        if let Some(place) = self.place(library, form) {
            self.trail.stay(place);
        }
    }

    /// Shows the present place of the trail.
    pub fn restore(&mut self, library: &Library, settings: &Settings, form: Form) {
        let Some(place) = self.trail.place().cloned() else { return };
        let Some(page) = library.page(&place.page) else { return };
        self.page = page;
        let layout = lay_out(library, page, settings, form, self.terms.as_ref());
        self.sheet = Sheet::new(layout, form.height);
        self.query = None;
        let (row, width) = place.row;
        // A place that was kept is known by its words alone.
        let kept = place.anchor.as_ref().filter(|_| width == 0);
        let row = if let Some(anchor) = kept {
            let layout = &self.sheet.layout;
            anchor.find(layout.text()).map_or(0, |bytes| layout.row_of(bytes.start))
        } else if width == form.width + form.spare || place.offset == 0 {
            row
        } else {
            self.sheet.layout.row_of(place.offset)
        };
        self.sheet.go_to(row);
        self.sheet.chosen = place.chosen.filter(|link| *link < self.sheet.layout.links().len());
    }

    /// Lays the page out anew; the text at the top stays.
    pub fn relayout(&mut self, library: &Library, settings: &Settings, form: Form) {
        let layout = lay_out(library, self.page, settings, form, self.terms.as_ref());
        self.sheet.relayout(layout, form.height);
        if let Some(query) = &self.query {
            let from = self.sheet.layout.offset_of(self.sheet.top);
            let present = self.sheet.present;
            if query.find(&mut self.sheet, from) > present {
                self.sheet.present = present;
            }
        }
    }

    /// Scrolls to an anchor of the page; whether there is one.
    pub fn go_to_anchor(&mut self, name: &str) -> bool {
        let row = self.sheet.layout.anchor(name);
        if let Some(row) = row {
            self.sheet.go_to(row);
        }
        row.is_some()
    }

    /// Chooses the first link that leads to a page.
    pub fn choose_link_to(&mut self, library: &Library, page: Page) {
        let leads = |target: &Target| matches!(library.leads_to(self.page, target), Destination::Page { page: p, .. } if p == page);
        let link = self.sheet.layout.links().iter().position(|link| leads(&link.target));
        if let Some(link) = link {
            self.sheet.choose(link);
        }
    }
}
