//! From keys to actions, and what actions do that concern the card or the whole reader. What
//! belongs to a screen above the card stands with that screen.

use super::action::Action;
use super::key::{Code, Key};
use super::keymap::Meaning;
use super::screen::Screen;
use super::{
    Effect, MEASURES, Notice, Side, State, contents, find, help, hints, list, peek, picker,
};
use crate::library::{self, Destination, Library, Page};
use crate::model::Target;
use std::sync::Arc;
use tui_input::{Input, InputRequest};

/// What became of a screen that was given an action.
pub enum Outcome {
    /// It goes on.
    Stays(Screen),
    /// It is done.
    Closed,
    /// It has no use for the action.
    Passed(Screen),
    /// It is done, and an action was chosen in it.
    Run(Action),
}

/// Columns that the lines become longer or shorter by.
const MEASURE_STEP: usize = 4;

/// Takes a key: finds out what it means, and does it.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    if state.chord.is_empty() && key.typed().is_some() {
        match state.screens.pop() {
            Some(Screen::Hints(letters)) => {
                let outcome = hints::key(state, letters, key);
                return settle(state, outcome, key);
            }
            other => state.screens.extend(other),
        }
    }
    state.chord.push(key);
    match state.keymap.meaning(state.context(), &state.chord) {
        Meaning::Action(action) => {
            state.chord.clear();
            run(state, action, key)
        }
        Meaning::Begun => Vec::new(),
        Meaning::Nothing => {
            let chord = std::mem::take(&mut state.chord);
            if let [key] = chord.as_slice() {
                if typed(state, *key) {
                    return Vec::new();
                }
            } else if key.code == Code::Esc {
                return Vec::new();
            }
            let keys: Vec<_> = chord.iter().map(Key::to_string).collect();
            let help = state.keymap.keys(state.context(), Action::Help);
            let help = help.first().map_or(String::new(), |key| format!("; {key} shows the keys"));
            state.say(Notice::info(format!("`{}` does nothing here{help}", keys.join(" "))));
            Vec::new()
        }
    }
}

/// Enters pasted text where something is typed.
pub fn paste(state: &mut State, text: &str) {
    for c in text.chars().filter(|c| !c.is_control()) {
        if !typed(state, Key::plain(Code::Char(c))) {
            return;
        }
    }
}

/// Gives a key to what is being typed; whether something is.
fn typed(state: &mut State, key: Key) -> bool {
    let Some(request) = request(key) else { return false };
    match state.screens.pop() {
        Some(Screen::Find(mut prompt)) => {
            // Deleting from an empty line closes it, as elsewhere.
            if request == InputRequest::DeletePrevChar && prompt.input.value().is_empty() {
                find::act(state, prompt, Action::Close);
                return true;
            }
            edit(&mut prompt.input, request);
            find::typed(state, &prompt);
            state.screens.push(Screen::Find(prompt));
            true
        }
        Some(Screen::Picker(mut picker)) => {
            edit(&mut picker.input, request);
            picker.typed(state);
            state.screens.push(Screen::Picker(picker));
            true
        }
        other => {
            state.screens.extend(other);
            false
        }
    }
}

fn edit(input: &mut Input, request: InputRequest) {
    input.handle(request);
}

/// What a key does to a line that is typed.
fn request(key: Key) -> Option<InputRequest> {
    if let Some(c) = key.typed() {
        return Some(InputRequest::InsertChar(c));
    }
    Some(match (key.code, key.ctrl || key.alt) {
        (Code::Backspace, false) => InputRequest::DeletePrevChar,
        (Code::Backspace | Code::Char('w'), true) => InputRequest::DeletePrevWord,
        (Code::Delete, _) => InputRequest::DeleteNextChar,
        (Code::Left, false) => InputRequest::GoToPrevChar,
        (Code::Right, false) => InputRequest::GoToNextChar,
        (Code::Left, true) => InputRequest::GoToPrevWord,
        (Code::Right, true) => InputRequest::GoToNextWord,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        _ => return None,
    })
}

/// Runs an action: on the screen on top, else on the card.
pub fn run(state: &mut State, action: Action, key: Key) -> Vec<Effect> {
    let Some(screen) = state.screens.pop() else { return on_card(state, action, key) };
    let outcome = match screen {
        Screen::List(list) => list::act(state, list, action),
        Screen::Sheet(sheets) => list::act_sheet(state, sheets, action, key),
        Screen::Picker(picker) => picker::act(state, picker, action),
        Screen::Peek(peek) => peek::act(state, peek, action, key),
        Screen::Find(prompt) => find::act(state, prompt, action),
        Screen::Hints(hints) => Outcome::Passed(Screen::Hints(hints)),
    };
    match outcome {
        Outcome::Passed(screen) => {
            state.screens.push(screen);
            on_card(state, action, key)
        }
        outcome => settle(state, outcome, key),
    }
}

fn settle(state: &mut State, outcome: Outcome, key: Key) -> Vec<Effect> {
    match outcome {
        Outcome::Stays(screen) | Outcome::Passed(screen) => {
            state.screens.push(screen);
            Vec::new()
        }
        Outcome::Closed => Vec::new(),
        Outcome::Run(action) => run(state, action, key),
    }
}

/// What concerns the reader as a whole; `None` if the action concerns the card.
fn on_reader(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Close => close(state),
        Action::Quit => {
            let layers = !state.screens.is_empty() || state.reading().query.is_some();
            if layers {
                close(state);
            } else if state.beside.take().is_some() {
                state.side = Side::Main;
                state.arrange();
            } else {
                return Some(vec![Effect::Quit]);
            }
        }
        Action::QuitNow => return Some(vec![Effect::Quit]),
        Action::Redraw => return Some(vec![Effect::Redraw]),
        Action::Suspend => return Some(vec![Effect::Suspend]),
        Action::NextTheme => return Some(vec![Effect::NextTheme]),
        Action::Mouse => {
            state.settings.mouse = !state.settings.mouse;
            state.say(Notice::info(if state.settings.mouse {
                "the mouse scrolls and follows links again"
            } else {
                "the mouse belongs to the terminal now: select and copy as usual"
            }));
            return Some(vec![Effect::Mouse(state.settings.mouse)]);
        }
        Action::Help => {
            let screen = help::open(state);
            state.screens.push(screen);
        }
        Action::Palette => {
            let screen = picker::commands(state);
            state.screens.push(screen);
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn on_card(state: &mut State, action: Action, key: Key) -> Vec<Effect> {
    if let Some(effects) = on_reader(state, action) {
        return effects;
    }
    // Chosen from the palette, it may come while something lies above the card.
    state.screens.clear();
    match action {
        Action::LineDown => drop(state.reading_mut().sheet.scroll(1)),
        Action::LineUp => drop(state.reading_mut().sheet.scroll(-1)),
        Action::PageDown => drop(state.reading_mut().sheet.page(2)),
        Action::PageUp => drop(state.reading_mut().sheet.page(-2)),
        Action::HalfPageDown => drop(state.reading_mut().sheet.page(1)),
        Action::HalfPageUp => drop(state.reading_mut().sheet.page(-1)),
        Action::Top => state.reading_mut().sheet.go_to(0),
        Action::Bottom => state.reading_mut().sheet.go_to(usize::MAX),
        Action::ScrollRight | Action::ScrollLeft => sideways(state, action),
        Action::NextCard => next_card(state, 1),
        Action::PreviousCard => next_card(state, -1),
        Action::Overview => overview(state),
        Action::NextLink | Action::PreviousLink => {
            if !state.reading_mut().sheet.choose_next(action == Action::NextLink) {
                state.say(Notice::info("there is no link on this card"));
            }
        }
        Action::Follow | Action::Accept => follow_chosen(state),
        Action::FollowNumber => follow_number(state, key),
        Action::Beside => beside(state),
        Action::OtherPane => other_pane(state),
        Action::Back | Action::Forward => travel(state, action == Action::Back),
        Action::FindNext => find::step(state, true),
        Action::FindPrevious => find::step(state, false),
        Action::Answers => {
            state.settings.answers = !state.settings.answers;
            state.arrange();
        }
        Action::Wider | Action::Narrower => measure(state, action == Action::Wider),
        Action::Rail => rail(state),
        Action::Guide => guide(state),
        Action::Edit => return edit_file(state),
        _ => {
            let screen = opened(state, action);
            state.screens.extend(screen);
        }
    }
    Vec::new()
}

/// The screen that an action opens.
fn opened(state: &mut State, action: Action) -> Option<Screen> {
    match action {
        Action::Contents => Some(Screen::List(contents::open(state))),
        Action::Trail => Some(Screen::List(contents::trail(state.reading()))),
        Action::Open => Some(picker::cards(state)),
        Action::Hints => hints::open(state),
        Action::Peek => peek::open(state),
        Action::Backlinks => list::open_backlinks(state),
        Action::Find => Some(find::open(state)),
        _ => None,
    }
}

/// Closes the topmost layer; at the card it lets go of what is found or chosen.
fn close(state: &mut State) {
    if state.screens.pop().is_some() {
        return;
    }
    if state.reading().query.is_some() {
        find::clear(state);
    } else if state.reading_mut().sheet.chosen.take().is_none() {
        let keys = state.keymap.keys(state.context(), Action::Quit);
        if let Some(key) = keys.first() {
            let text = format!("{key} quits");
            state.say(Notice::info(text));
        }
    }
}

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
    match destination {
        Destination::Web(address) => {
            state.say(Notice::info(format!("outside this library, not fetched: {address}")));
        }
        Destination::Missing { name, nearest } => {
            let near = nearest.as_ref().map(|near| format!("; did you mean `{near}`?"));
            let near = near.unwrap_or_default();
            state.say(Notice::warning(format!("no card is called `{name}`{near}")));
        }
        Destination::Page { .. } | Destination::Here(_) => {}
    }
}

/// Moves within the page, so that "back" leads to where one was.
pub fn within(state: &mut State, row: usize) {
    let library = Arc::clone(&state.library);
    let form = state.form(state.side);
    state.reading_mut().within(&library, form, row);
}

fn follow_chosen(state: &mut State) {
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

fn follow_number(state: &mut State, key: Key) {
    let Some(number) = digit(key) else { return };
    match state.reading().sheet.visible_links().get(number - 1).copied() {
        Some(link) => follow(state, link),
        None => state.say(Notice::info(format!("no link here has the number {number}"))),
    }
}

/// The number that a key stands for, from 1.
pub fn digit(key: Key) -> Option<usize> {
    let number = key.typed()?.to_digit(10)?;
    (number > 0).then_some(number as usize)
}

fn sideways(state: &mut State, action: Action) {
    let step = if action == Action::ScrollRight { 1 } else { -1 };
    if !state.reading_mut().sheet.sideways(step) {
        state.say(Notice::info("there is nothing more to this side"));
    }
}

fn next_card(state: &mut State, step: isize) {
    let page = state.reading().page;
    let library = &state.library;
    let briefing = library.briefing_of(page);
    let cards = library.cards_of(briefing);
    let first_of = |briefing: usize| {
        let cards = library.cards_of(briefing);
        if cards.is_empty() { None } else { Some(cards.start) }
    };
    let next = match (page, step > 0) {
        (Page::Card(card), true) => {
            (card + 1 < library.card_count()).then_some(Page::Card(card + 1))
        }
        (Page::Card(card), false) if card > cards.start => Some(Page::Card(card - 1)),
        (Page::Card(_), false) if library.has_overview(briefing) => Some(Page::Overview(briefing)),
        (Page::Overview(_), true) => first_of(briefing).map(Page::Card),
        (Page::Card(_) | Page::Overview(_), false) => cards.start.checked_sub(1).map(Page::Card),
    };
    match next {
        Some(page) => visit(state, page),
        None if step > 0 => state.say(Notice::info("this is the last card")),
        None => state.say(Notice::info("this is the first page")),
    }
}

fn overview(state: &mut State) {
    let briefing = state.library.briefing_of(state.reading().page);
    if !state.library.has_overview(briefing) {
        state.say(Notice::info("this briefing has no overview"));
    } else if state.reading().page != Page::Overview(briefing) {
        visit(state, Page::Overview(briefing));
    }
}

fn travel(state: &mut State, back: bool) {
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
fn beside(state: &mut State) {
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
        Some(elsewhere @ (Destination::Web(_) | Destination::Missing { .. })) => {
            say_elsewhere(state, &elsewhere);
        }
        Some(Destination::Here(anchor)) => {
            open_beside(state, page);
            state.reading_mut().go_to_anchor(&anchor);
        }
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
        state.beside = Some(super::Reading::new(&library, page, &state.settings, form));
        state.side = Side::Beside;
        state.arrange();
    }
    if state.panes.beside.width == 0 {
        let keys = state.keymap.keys(state.context(), Action::OtherPane);
        let key = keys.first().map_or_else(String::new, ToString::to_string);
        state.say(Notice::info(format!("too narrow for two cards: {key} changes between them")));
    }
}

fn other_pane(state: &mut State) {
    if state.beside.is_none() {
        state.say(Notice::info("no card is open beside this one"));
        return;
    }
    state.side = match state.side {
        Side::Main => Side::Beside,
        Side::Beside => Side::Main,
    };
}

fn measure(state: &mut State, wider: bool) {
    let now = state.settings.measure;
    let wanted = if wider { now + MEASURE_STEP } else { now.saturating_sub(MEASURE_STEP) };
    state.settings.measure = wanted.clamp(*MEASURES.start(), *MEASURES.end());
    state.arrange();
    state.say(Notice::info(format!("lines of {} columns", state.settings.measure)));
}

fn rail(state: &mut State) {
    state.settings.rail = !state.settings.rail;
    let before = state.panes;
    state.arrange();
    if state.panes == before {
        state.say(Notice::info("this screen has no room beside the text"));
    }
}

/// Opens the guide, which becomes part of the library.
fn guide(state: &mut State) {
    let guide = library::guide();
    let id = &guide.briefing.id;
    let known = state.library.documents().iter().position(|d| d.briefing.id == *id);
    let briefing = known.unwrap_or_else(|| {
        let mut documents = state.library.documents().to_vec();
        documents.push(guide);
        let last = documents.len() - 1;
        state.library = Arc::new(Library::new(documents));
        state.contents = contents::list(&state.library, None);
        last
    });
    if let Some(page) = state.library.start_of(briefing) {
        visit(state, page);
    }
}

fn edit_file(state: &mut State) -> Vec<Effect> {
    let page = state.reading().page;
    let briefing = state.library.briefing_of(page);
    let file = state.library.documents().get(briefing).and_then(|d| d.file.clone());
    let line = match page {
        Page::Card(card) => state.library.card(card).map_or(1, |c| c.span.position.line),
        Page::Overview(_) => 1,
    };
    match file {
        Some(file) => vec![Effect::Edit(file, line)],
        None => {
            state.say(Notice::info(
                "this briefing is part of the program: there is no file to edit",
            ));
            Vec::new()
        }
    }
}
