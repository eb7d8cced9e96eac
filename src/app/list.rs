//! Lists one chooses from: contents, the trail, what links here.

use super::act::Outcome;
use super::action::Action;
use super::ask::Question;
use super::key::{Code, Key};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::source::Excerpt;
use super::{Item, Notice, Screen, Shown, State, timeline, unlinked};
use crate::layout::{Flow, Numbers, Options, Piece, Role, Status};
use crate::library::{Page, Step};
use crate::model::Target;
use crate::text::Printable;
use std::sync::Arc;

/// What a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListKind {
    /// The cards, and the parts of the present one.
    #[default]
    Contents,
    /// The places visited.
    Trail,
    /// The cards that nothing links to.
    Orphans,
    /// The cards within two steps.
    Neighbours,
    /// The marks, to go to one.
    Marks,
    /// The marks, to set one.
    SetMark,
    /// How far a card was read.
    Progress,
    /// The notes.
    Notes,
    /// Cards to read.
    Queue,
}

/// Entries of one row each.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What it shows.
    pub kind: ListKind,
    /// The entries.
    pub items: Vec<Item>,
    /// The chosen entry.
    pub selected: usize,
    /// The first entry shown.
    pub top: usize,
}

impl List {
    /// Whether it is the list of cards.
    pub fn is_contents(&self) -> bool {
        self.kind == ListKind::Contents
    }

    /// Whether a letter chooses at once.
    pub fn has_letters(&self) -> bool {
        matches!(self.kind, ListKind::Marks | ListKind::SetMark | ListKind::Progress)
    }

    /// Whether it shows what can be taken away.
    pub fn holds_kept(&self) -> bool {
        matches!(self.kind, ListKind::Notes | ListKind::Marks | ListKind::SetMark)
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        match self.kind {
            ListKind::Contents => "Contents",
            ListKind::Trail => "Trail",
            ListKind::Marks => "Marks: a letter goes there",
            ListKind::SetMark => "Mark this place: a letter",
            ListKind::Progress => "This card is",
            ListKind::Notes => "Notes and highlights",
            ListKind::Queue => "To read",
            ListKind::Orphans => "Nothing links to these",
            ListKind::Neighbours => "Within two steps",
        }
    }

    /// Moves the choice, over entries that cannot be chosen.
    pub fn step(&mut self, by: isize) {
        let last = self.items.len().saturating_sub(1);
        let mut next = self.selected.saturating_add_signed(by).min(last);
        let direction = by.signum();
        while self.items.get(next).is_some_and(|item| !item.can_be_chosen()) {
            let beyond = next.saturating_add_signed(direction).min(last);
            if beyond == next {
                return;
            }
            next = beyond;
        }
        self.selected = next;
    }

    /// Moves the entries so that the chosen one can be seen on `height` rows.
    pub fn reveal(&mut self, height: usize) {
        let spare = (height / 5).min(3);
        let lowest = (self.selected + spare + 1).saturating_sub(height);
        let highest = self.selected.saturating_sub(spare);
        self.top = self.top.clamp(lowest.min(highest), highest);
        self.top = self.top.min(self.items.len().saturating_sub(height));
    }
}

/// Rows of a list on the screen.
pub fn rows(state: &State, list: &List) -> usize {
    if list.is_contents() && state.panes.contents.width > 0 {
        return super::contents::rows(state);
    }
    inside(super::screen::list_rect(state, list)).height
}

/// Acts on a list that is on top.
pub fn act(state: &mut State, mut list: List, action: Action) -> Outcome {
    let height = rows(state, &list);
    let page = height.saturating_sub(1).max(1).cast_signed();
    match action {
        Action::LineDown | Action::NextLink => list.step(1),
        Action::LineUp | Action::PreviousLink => list.step(-1),
        Action::PageDown => list.step(page),
        Action::PageUp => list.step(-page),
        Action::HalfPageDown => list.step((page / 2).max(1)),
        Action::HalfPageUp => list.step(-(page / 2).max(1)),
        Action::Top => list.step(isize::MIN),
        Action::Bottom => list.step(isize::MAX),
        Action::Accept => {
            let item = list.items.get(list.selected).cloned();
            if let Some(item) = item {
                super::contents::take(state, &item);
            }
            return Outcome::Closed;
        }
        Action::Remove => return super::marks::remove(state, list),
        Action::Note => return super::notes::edit(state, list),
        _ => return Outcome::Passed(Screen::List(list)),
    }
    list.reveal(height);
    Outcome::Stays(Screen::List(list))
}

/// What a text above the card shows.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetKind {
    /// The keys of a context.
    Help(super::Context),
    /// What links to the card.
    Backlinks,
    /// The passage that the card was made of.
    Source(Arc<Excerpt>),
    /// Whether something is to be opened outside.
    Ask(Arc<Question>),
    /// All dates.
    Timeline,
    /// The way to another card.
    Way(Arc<[Step]>),
    /// What has changed in the card.
    Changes,
    /// What came of studying.
    Statistics(Arc<Shown>),
}

/// Text above the card; its links lead to pages.
#[derive(Debug)]
pub struct Sheets {
    /// What it shows.
    pub kind: SheetKind,
    /// Its title.
    pub title: Printable,
    /// The text.
    pub sheet: Sheet,
    /// The pages its links lead to.
    pub pages: Vec<Page>,
}

impl Sheets {
    /// Columns of its box, if there is room; its rows are laid out for it.
    pub fn columns(&self, state: &State) -> usize {
        match self.kind {
            SheetKind::Help(_) => super::help::WIDTH,
            SheetKind::Changes => super::changes::WIDTH,
            SheetKind::Ask(_) => super::ask::WIDTH,
            _ => state.settings.measure + 6,
        }
    }

    /// Lays the text out anew; `fill` gives the pages that its links lead to. What is chosen stays.
    pub fn fill(&mut self, state: &State, fill: impl FnOnce(&mut Flow) -> Vec<Page>) {
        let columns = self.columns(state);
        let options = Options {
            width: inside(pop_up(state, columns, usize::MAX)).width,
            spare: 0,
            glyphs: state.settings.glyphs,
            numbers: Numbers::Visible,
            answers: false,
        };
        let mut flow = Flow::new(options, &NoLinks);
        self.pages = fill(&mut flow);
        let layout = flow.finish();
        let height = inside(pop_up(state, columns, layout.rows().len() + 2)).height;
        let chosen = self.sheet.chosen;
        self.sheet = Sheet::new(layout, height);
        if let Some(chosen) = chosen {
            self.sheet.choose(chosen);
        }
    }
}

/// Acts on a text that is on top.
pub fn act_sheet(state: &mut State, mut sheets: Sheets, action: Action, key: Key) -> Outcome {
    let chooses = !sheets.pages.is_empty();
    let sheet = &mut sheets.sheet;
    match action {
        Action::LineDown if chooses => drop(sheet.choose_next(true)),
        Action::LineUp if chooses => drop(sheet.choose_next(false)),
        Action::NextLink => drop(sheet.choose_next(true)),
        Action::PreviousLink => drop(sheet.choose_next(false)),
        Action::Accept | Action::FollowNumber => {
            let link = match (action, key.code) {
                (Action::FollowNumber, Code::Char(c)) => {
                    let number = c.to_digit(10).map_or(0, |d| d as usize);
                    number.checked_sub(1).and_then(|at| sheet.visible_links().get(at).copied())
                }
                _ => sheet.chosen.or_else(|| sheet.visible_links().first().copied()),
            };
            if let (SheetKind::Timeline, Some(link)) = (&sheets.kind, link) {
                timeline::go(state, link);
                return Outcome::Closed;
            }
            let page = link.and_then(|link| sheets.pages.get(link).copied());
            let Some(page) = page else { return Outcome::Stays(Screen::Sheet(sheets)) };
            // What links here is opened at the link.
            let here = state.reading().page;
            super::travel::visit(state, page);
            let library = Arc::clone(&state.library);
            state.reading_mut().choose_link_to(&library, here);
            return Outcome::Closed;
        }
        _ if sheet.moved(action) => {}
        _ => return Outcome::Passed(Screen::Sheet(sheets)),
    }
    Outcome::Stays(Screen::Sheet(sheets))
}

/// What is said of a card without backlinks.
const NOTHING_LINKS: &str = "no other card links here";

/// Opens the list of what links to the present card.
pub fn open_backlinks(state: &mut State) -> Option<Screen> {
    let Page::Card(card) = state.reading().page else {
        state.say(Notice::info("nothing links to an overview"));
        return None;
    };
    let known = state.mentions.of(card);
    let mentioned =
        known.is_some_and(|found| !found.passages.is_empty() || !found.names.is_empty());
    let awaited = state.mentions.is_awaited(card, state.settings.autolink);
    if state.library.mentions_of(card).len() == 0 && !mentioned && !awaited {
        state.say(Notice::info(NOTHING_LINKS));
        return None;
    }
    let title =
        Printable::line(&format!("What links to {}", state.library.title(Page::Card(card))));
    let kind = SheetKind::Backlinks;
    let mut sheets = Sheets { kind, title, sheet: Sheet::default(), pages: Vec::new() };
    arrange_backlinks(state, &mut sheets);
    sheets.sheet.choose(0);
    Some(Screen::Sheet(sheets))
}

/// Lays out what links to the present card.
pub fn arrange_backlinks(state: &State, sheets: &mut Sheets) {
    let Page::Card(card) = state.reading().page else { return };
    sheets.fill(state, |flow| backlinks(state, card, flow));
}

/// What links to a card, and what mentions it; the pages.
fn backlinks(state: &State, card: usize, flow: &mut Flow) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut last = None;
    for mention in state.library.mentions_of(card) {
        if last != Some(mention.from) {
            flow.gap();
            let title = state.library.title(mention.from);
            let link = flow.link(&Target::Card { name: "".into(), heading: None });
            pages.push(mention.from);
            let role = Role::Link(Status::Card);
            let mut pieces =
                vec![Piece { link: Some(link), ..Piece::new(title, role) }, flow.link_mark(link)];
            if let Page::Overview(_) = mention.from {
                pieces.push(Piece::new(" overview", Role::Meta));
            }
            flow.paragraph(&pieces, 0);
        }
        last = Some(mention.from);
        let (sentence, range) = state.library.context(&mention);
        let reference = state.library.reference(&mention);
        let relation = reference.and_then(|r| r.relation).map(|r| r.inverse().phrase());
        flow.inset(2, |flow| {
            let mut pieces = Vec::new();
            if let Some(relation) = relation {
                // Seen from here the relation is the other way round.
                pieces.push(Piece::new(relation, Role::Verb));
                pieces.push(Piece::sign("  ", Role::Meta));
            }
            let text = sentence.as_printable();
            pieces.push(Piece::new(Printable::from(text.slice(0..range.start)), Role::Meta));
            pieces.push(Piece::new(Printable::from(text.slice(range.clone())), Role::Text));
            pieces.push(Piece::new(Printable::from(text.slice(range.end..text.len())), Role::Meta));
            flow.paragraph(&pieces, 2);
        });
    }
    unlinked::mentions(state, card, flow, &mut pages);
    // It was opened while mentions were looked for, and there are none.
    if flow.layout.rows().is_empty() {
        flow.paragraph(&[Piece::new(NOTHING_LINKS, Role::Meta)], 0);
    }
    pages
}

/// Text whose links are handled by whoever made it.
pub struct NoLinks;

impl crate::layout::Links for NoLinks {
    fn title(&self, _: &Target) -> Option<Printable> {
        None
    }
    fn status(&self, _: &Target) -> Status {
        Status::Card
    }
}
