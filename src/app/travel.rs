//! Going from place to place: along links, through the cards, back and forward, to a card beside.

use super::action::Action;
use super::key::Key;
use super::{Effect, Notice, Reading, Side, State, act, ask, contents};
use crate::library::{self, Destination, Library, Missing, MissingKind, Page};
use crate::model::Target;
use std::sync::Arc;

/// Goes on to a page; the place that is left is remembered.
pub fn visit(state: &mut State, page: Page) {
    let library = Arc::clone(&state.library);
    let (settings, form) = (state.settings, state.form(state.side));
    state.reading_mut().visit(&library, page, &settings, form);
}

/// Follows a link of the card.
pub fn follow(state: &mut State, link: usize) {
    let Some(spot) = state.reading().sheet.layout.links().get(link) else { return };
    let target = spot.target.clone();
    state.reading_mut().sheet.chosen = Some(link);
    let page = state.reading().page;
    go(state, page, &target);
}

/// Goes where a link on a page leads.
pub fn go(state: &mut State, from: Page, target: &Target) {
    match state.library.resolve(from, target) {
        Destination::Page { page, heading } => {
            if page == state.reading().page {
                within(state, 0);
            } else {
                visit(state, page);
            }
            if let Some(heading) = heading
                && !state.reading_mut().go_to_anchor(&heading)
            {
                let title = state.library.title(page);
                state.say(Notice::warning(format!("`{title}` has no heading `{heading}`")));
            }
        }
        Destination::Here(anchor) => match state.reading().sheet.layout.anchor(&anchor) {
            Some(row) => within(state, row),
            None => state.say(Notice::warning(format!("this card has no heading `{anchor}`"))),
        },
        elsewhere => say_elsewhere(state, &elsewhere),
    }
}

/// Says where a link leads that leads to no page.
pub fn say_elsewhere(state: &mut State, destination: &Destination) {
    let notice = match destination {
        Destination::Outside(_) | Destination::Missing(_) if state.library.is_partial() => {
            state.about_the_rest()
        }
        Destination::Web(address) => {
            let screen = ask::open(state, address);
            state.screens.extend(screen);
            return;
        }
        Destination::File(path) => Notice::info(format!("a file that is no text: {path}")),
        Destination::Outside(path) => Notice::info(format!("not part of what was opened: {path}")),
        Destination::Missing(Missing { name, kind, nearest }) => {
            let what = match kind {
                MissingKind::Card => format!("no card is called `{name}`"),
                MissingKind::Page => format!("nobody has written a page `{name}` yet"),
                MissingKind::File => format!("there is no file `{name}`"),
            };
            let near = nearest.as_ref().map(|near| format!("; did you mean `{near}`?"));
            Notice::warning(what + &near.unwrap_or_default())
        }
        Destination::Page { .. } | Destination::Here(_) => return,
    };
    state.say(notice);
}

/// Moves within the page, so that "back" leads to where one was.
pub fn within(state: &mut State, row: usize) {
    let library = Arc::clone(&state.library);
    let form = state.form(state.side);
    state.reading_mut().within(&library, form, row);
}

/// Follows the chosen link; without one, chooses the first that can be seen.
pub fn follow_chosen(state: &mut State) {
    if let Some(link) = state.reading().sheet.chosen {
        follow(state, link);
    } else if state.reading_mut().sheet.choose_next(true) {
        let keys = state.keymap.keys(state.context(), Action::Follow);
        if let Some(key) = keys.first() {
            let text = format!("{key} again follows this link");
            state.say(Notice::info(text));
        }
    } else {
        state.say(Notice::info("there is no link on this card"));
    }
}

/// Follows the link with the number that a key stands for.
pub fn follow_number(state: &mut State, key: Key) {
    let Some(number) = act::digit(key) else { return };
    match state.reading().sheet.visible_links().get(number - 1).copied() {
        Some(link) => follow(state, link),
        None => state.say(Notice::info(format!("no link here has the number {number}"))),
    }
}

/// Goes to the next or previous page in the order of the document.
pub fn next_card(state: &mut State, step: isize) {
    match neighbour(state, step) {
        Some(page) => visit(state, page),
        None if state.library.is_partial() => state.say(state.about_the_rest()),
        None if step > 0 => state.say(Notice::info("this is the last card")),
        None => state.say(Notice::info("this is the first page")),
    }
}

/// Says that the page has no further rows, and what goes on.
pub fn at_end(state: &mut State) {
    let what = match state.reading().page {
        Page::Card(_) => "card",
        Page::Overview(_) => "overview",
    };
    let keys = state.keymap.keys(state.context(), Action::NextCard);
    let text = match (neighbour(state, 1), keys.first()) {
        (Some(_), Some(key)) => format!("end of the {what}; {key} goes on"),
        (None, _) if !state.library.is_partial() => format!("end of the {what}, the last one"),
        _ => format!("end of the {what}"),
    };
    state.say(Notice::info(text));
}

/// The next or previous page in the order of the document.
fn neighbour(state: &State, step: isize) -> Option<Page> {
    let page = state.reading().page;
    let library = &state.library;
    let briefing = library.briefing_of(page);
    let cards = library.cards_of(briefing);
    let first_of = |briefing: usize| {
        let cards = library.cards_of(briefing);
        if cards.is_empty() { None } else { Some(cards.start) }
    };
    match (page, step > 0) {
        (Page::Card(card), true) => {
            (card + 1 < library.card_count()).then_some(Page::Card(card + 1))
        }
        (Page::Card(card), false) if card > cards.start => Some(Page::Card(card - 1)),
        (Page::Card(_), false) if library.has_overview(briefing) => Some(Page::Overview(briefing)),
        (Page::Overview(_), true) => first_of(briefing).map(Page::Card),
        (Page::Card(_) | Page::Overview(_), false) => cards.start.checked_sub(1).map(Page::Card),
    }
}

/// Goes to the overview of the briefing.
pub fn overview(state: &mut State) {
    let briefing = state.library.briefing_of(state.reading().page);
    if !state.library.has_overview(briefing) {
        state.say(Notice::info("this briefing has no overview"));
    } else if state.reading().page != Page::Overview(briefing) {
        visit(state, Page::Overview(briefing));
    }
}

/// Goes back or forward on the trail.
pub fn travel(state: &mut State, back: bool) {
    let library = Arc::clone(&state.library);
    let (settings, form) = (state.settings, state.form(state.side));
    let reading = state.reading_mut();
    reading.leave(&library, form);
    let there = if back { reading.trail.back() } else { reading.trail.forward() };
    if there.is_some() {
        reading.restore(&library, &settings, form);
    } else if back {
        state.say(Notice::info("this is where you began"));
    } else {
        state.say(Notice::info("you have not gone on from here"));
    }
}

/// Goes to a place of the trail.
pub fn jump(state: &mut State, step: usize) {
    let library = Arc::clone(&state.library);
    let (settings, form) = (state.settings, state.form(state.side));
    let reading = state.reading_mut();
    reading.leave(&library, form);
    if reading.trail.jump(step).is_some() {
        reading.restore(&library, &settings, form);
    }
}

/// Opens what the chosen link leads to, or this page, beside the text.
pub fn beside(state: &mut State) {
    let reading = state.reading();
    let page = reading.page;
    let target = reading.sheet.link().map(|link| link.target.clone());
    let destination = target.map(|target| state.library.resolve(page, &target));
    match destination {
        Some(Destination::Page { page, heading }) => {
            open_beside(state, page);
            if let Some(heading) = heading {
                state.reading_mut().go_to_anchor(&heading);
            }
        }
        Some(Destination::Here(anchor)) => {
            open_beside(state, page);
            state.reading_mut().go_to_anchor(&anchor);
        }
        Some(elsewhere) => say_elsewhere(state, &elsewhere),
        None => open_beside(state, page),
    }
}

/// Opens a page beside the text.
pub fn open_beside(state: &mut State, page: Page) {
    let library = Arc::clone(&state.library);
    if state.beside.is_some() {
        state.side = Side::Beside;
        if state.reading().page != page {
            visit(state, page);
        }
    } else {
        let form = state.form(Side::Beside);
        state.beside = Some(Reading::new(&library, page, &state.settings, form));
        state.side = Side::Beside;
        state.arrange();
    }
    if state.panes.beside.width == 0 {
        let keys = state.keymap.keys(state.context(), Action::OtherPane);
        let key = keys.first().map_or_else(String::new, ToString::to_string);
        state.say(Notice::info(format!("too narrow for two cards: {key} changes between them")));
    }
}

/// Goes over to the other of two cards.
pub fn other_pane(state: &mut State) {
    if state.beside.is_none() {
        state.say(Notice::info("no card is open beside this one"));
        return;
    }
    state.side = match state.side {
        Side::Main => Side::Beside,
        Side::Beside => Side::Main,
    };
}

/// Opens the guide, which becomes part of the library.
pub fn guide(state: &mut State) {
    let guide = library::guide();
    let id = &guide.briefing.id;
    let known = state.library.documents().iter().position(|d| d.briefing.id == *id);
    let briefing = known.unwrap_or_else(|| {
        let mut documents = state.library.documents().to_vec();
        documents.push(guide);
        let last = documents.len() - 1;
        state.library = Arc::new(Library::new(documents));
        state.contents = contents::list(&state.library, None);
        state.mentions.forget();
        last
    });
    if let Some(page) = state.library.start_of(briefing) {
        visit(state, page);
    }
}

/// Asks for the editor at the line of the present card.
pub fn edit_file(state: &mut State) -> Vec<Effect> {
    let page = state.reading().page;
    let line = match page {
        Page::Card(card) => state.library.card(card).map(|card| card.span.position.line),
        Page::Overview(_) => None,
    };
    edit_at(state, page, line)
}

/// Opens the file of a page in the user's editor at a line, or at its top.
pub fn edit_at(state: &mut State, page: Page, line: Option<u32>) -> Vec<Effect> {
    match state.library.source_of(page) {
        Some(file) => vec![Effect::Edit(file, line.unwrap_or(1))],
        None => {
            state.say(Notice::info(
                "there is no file of its own to edit: this is part of the program or of an archive",
            ));
            Vec::new()
        }
    }
}
