//! What can lie above a card.

use super::find::{self, Prompt};
use super::hints::Hints;
use super::keymap::Context;
use super::list::{List, SheetKind, Sheets};
use super::map::Map;
use super::notes::{self, Draft};
use super::peek::Peek;
use super::picker::Picker;
use super::problems::Problems;
use super::search::Search;
use super::select::Selection;
use super::{
    Claims, Line, Rect, State, Studying, Who, ask, changes, help, list, source, statistics, study,
    timeline, ways,
};

/// What lies above a card.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there are never more than a few of them")]
pub enum Screen {
    /// A list: contents, the trail.
    List(List),
    /// Text: help, what links here.
    Sheet(Sheets),
    /// Something chosen by typing.
    Picker(Picker),
    /// A card that is peeked at.
    Peek(Peek),
    /// Letters on the links.
    Hints(Hints),
    /// Words to find.
    Find(Prompt),
    /// A search of all cards.
    Search(Box<Search>),
    /// What is wrong.
    Problems(Problems),
    /// Who says what the reader looks at.
    Who(Box<Who>),
    /// Claims, voices or sources.
    Claims(Box<Claims>),
    /// A path that is typed.
    Line(Box<Line>),
    /// The neighbourhood of a card.
    Map(Box<Map>),
    /// A note that is written.
    Note(Box<Draft>),
    /// Questions.
    Study(Box<Studying>),
    /// Words of the card that are selected.
    Select(Box<Selection>),
}

impl Screen {
    /// What it is, as far as keys are concerned.
    pub fn context(&self) -> Context {
        match self {
            Self::Sheet(sheet) if sheet.pages.is_empty() => Context::Text,
            Self::List(_) | Self::Sheet(_) | Self::Problems(_) => Context::List,
            Self::Picker(_)
            | Self::Find(_)
            | Self::Hints(_)
            | Self::Search(_)
            | Self::Line(_)
            | Self::Note(_) => Context::Typing,
            Self::Who(_) | Self::Claims(_) => Context::Claims,
            Self::Peek(_) => Context::Peek,
            Self::Map(_) => Context::Map,
            Self::Study(studying) if studying.is_typing() => Context::Answering,
            Self::Study(_) => Context::Study,
            Self::Select(_) => Context::Selecting,
        }
    }

    /// Whether it is still right when the library was read again.
    pub fn survives_reloading(&self) -> bool {
        matches!(
            self,
            Self::Find(_) | Self::Search(_) | Self::Problems(_) | Self::Note(_) | Self::Study(_)
        ) || matches!(self, Self::Sheet(s) if s.pages.is_empty())
    }
}

/// The part of the screen that a screen takes.
pub fn rect(state: &State, screen: &Screen) -> Rect {
    match screen {
        Screen::List(list) => list_rect(state, list),
        Screen::Picker(picker) => picker.rect(state),
        Screen::Sheet(sheet) if matches!(sheet.kind, SheetKind::Statistics(_)) => {
            statistics::rect(state, sheet.sheet.layout.rows().len())
        }
        Screen::Sheet(sheet) => {
            pop_up(state, sheet.columns(state), sheet.sheet.layout.rows().len() + 2)
        }
        Screen::Peek(peek) => peek.rect(state),
        Screen::Search(_) => Search::rect(state),
        Screen::Problems(problems) => problems.rect(state),
        Screen::Who(who) => who.rect(state),
        Screen::Claims(claims) => claims.rect(state),
        Screen::Map(_) => Map::rect(state),
        Screen::Note(_) => notes::rect(state),
        Screen::Study(_) => study::parts(state, 0).whole,
        Screen::Hints(_) | Screen::Find(_) | Screen::Line(_) | Screen::Select(_) => Rect::default(),
    }
}

/// The part of the screen that a list takes.
pub fn list_rect(state: &State, list: &List) -> Rect {
    if list.is_contents() && state.panes.contents.width > 0 {
        return state.panes.contents;
    }
    pop_up(state, 72, list.items.len() + 2)
}

/// A box in the middle of the card, as large as wanted if there is room.
pub fn pop_up(state: &State, width: usize, height: usize) -> Rect {
    let body = state.panes.main;
    let area = if body.width < 64 { Rect { x: 0, width: state.size.0, ..body } } else { body };
    // Narrow strips of text left and right of a box would only distract.
    let width = if width + 16 > area.width { area.width } else { width };
    let height = height.clamp(3.min(area.height), area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        // A little above the middle, where the eye is.
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}

/// The inside of a box with a frame.
pub fn inside(rect: Rect) -> Rect {
    Rect {
        x: rect.x + 2.min(rect.width),
        y: rect.y + 1.min(rect.height),
        width: rect.width.saturating_sub(4),
        height: rect.height.saturating_sub(2),
    }
}

/// Lays out what is on screen anew, after the size has changed.
pub fn arrange(state: &mut State) {
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        match screen {
            Screen::Sheet(sheet) => match &sheet.kind {
                SheetKind::Help(context) => {
                    let context = *context;
                    help::arrange(state, sheet, context);
                }
                SheetKind::Backlinks => list::arrange_backlinks(state, sheet),
                SheetKind::Source(_) => source::arrange(state, sheet),
                SheetKind::Ask(_) => ask::arrange(state, sheet),
                SheetKind::Timeline => timeline::arrange(state, sheet),
                SheetKind::Way(_) => ways::arrange(state, sheet),
                SheetKind::Changes => changes::arrange(state, sheet),
                SheetKind::Statistics(_) => statistics::arrange(state, sheet),
            },
            Screen::Peek(peek) => peek.arrange(state),
            Screen::List(list) => list.reveal(list::rows(state, list)),
            Screen::Search(search) => search.arrange(state),
            Screen::Study(studying) => studying.arrange(state),
            Screen::Problems(problems) => problems.arrange(state),
            Screen::Map(map) => map.arrange(state),
            Screen::Picker(picker) => picker.reveal(state),
            Screen::Who(who) => who.arrange(state),
            Screen::Claims(claims) => claims.arrange(state),
            Screen::Note(draft) => draft.arrange(state),
            Screen::Find(prompt) => find::arrange(state, prompt),
            Screen::Hints(_) | Screen::Line(_) | Screen::Select(_) => {}
        }
    }
    // The text may be another one.
    screens.retain(|screen| match screen {
        Screen::Select(selection) => selection.fits(&state.reading().sheet.layout),
        _ => true,
    });
    state.screens = screens;
}
