//! From keys to actions, and what actions do that concern the card or the whole reader. What
//! belongs to a screen above the card stands with that screen.

use super::action::Action;
use super::claims::View;
use super::key::{Code, Key};
use super::keymap::Meaning;
use super::list::SheetKind;
use super::screen::Screen;
use super::{
    Effect, Goal, MEASURES, Notice, Side, State, ask, changes, claims, contents, copy, entries,
    find, gone, help, hints, keep, list, map, marks, notes, offers, passage, peek, picker,
    problems, search, select, sought, study, timeline, travel, typing, ways, who,
};
use std::sync::Arc;

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
    /// It is done, or back among the others, and something is to be done.
    Runs(Vec<Effect>),
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
    if let Some(Screen::Sheet(sheets)) = state.screens.last()
        && let SheetKind::Ask(question) = &sheets.kind
    {
        let question = Arc::clone(question);
        state.screens.pop();
        return ask::answer(state, &question, key);
    }
    if let Some(effects) = notes::key(state, key) {
        return effects;
    }
    if state.chord.is_empty() && !gone::brings_back(state, key) && marks::letter(state, key) {
        return Vec::new();
    }
    state.chord.push(key);
    match state.keymap.meaning(state.context(), &state.chord) {
        Meaning::Action(action) => {
            state.chord.clear();
            let before = gone::before(state);
            let effects = run(state, action, key);
            gone::follow(state, action, before);
            effects
        }
        Meaning::Begun => Vec::new(),
        Meaning::Nothing => {
            let chord = std::mem::take(&mut state.chord);
            if let [key] = chord.as_slice() {
                if typing::typed(state, *key) {
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

/// Runs an action: on the screen on top, else on the card.
pub fn run(state: &mut State, action: Action, key: Key) -> Vec<Effect> {
    let Some(screen) = state.screens.pop() else { return on_card(state, action, key) };
    let outcome = match screen {
        Screen::List(list) => list::act(state, list, action),
        Screen::Sheet(sheets) => list::act_sheet(state, sheets, action, key),
        Screen::Picker(picker) => picker::act(state, picker, action),
        Screen::Peek(peek) => peek::act(state, peek, action, key),
        Screen::Find(prompt) => find::act(state, prompt, action),
        Screen::Search(search) => search::act(state, search, action),
        Screen::Problems(list) => {
            let (outcome, mut effects) = problems::act(state, list, action);
            if let Outcome::Passed(screen) = outcome {
                state.screens.push(screen);
                return on_card(state, action, key);
            }
            effects.extend(settle(state, outcome, key));
            return effects;
        }
        Screen::Who(who) => who::act(state, who, action, key),
        Screen::Claims(claims) => claims::act(state, claims, action, key),
        Screen::Line(line) => passage::act(state, line, action),
        Screen::Map(map) => map::act(state, map, action),
        Screen::Hints(hints) => Outcome::Passed(Screen::Hints(hints)),
        Screen::Note(draft) => Outcome::Stays(Screen::Note(draft)),
        Screen::Study(studying) => study::act(state, studying, action, key),
        Screen::Select(selection) => select::act(state, selection, action),
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
        Outcome::Runs(effects) => effects,
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
        Action::BringBack => gone::bring_back(state),
        Action::Copy => return Some(copy::copy(state)),
        Action::Source
            if matches!(state.screens.last(), Some(Screen::Who(_) | Screen::Claims(_))) =>
        {
            return Some(passage::ask(state));
        }
        Action::Palette => {
            let screen = offers::commands(state);
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
    study::set_aside(state);
    state.screens.clear();
    let top = state.reading().sheet.top;
    if state.reading_mut().sheet.moved(action) {
        if action == Action::PageDown && state.reading().sheet.top == top {
            travel::at_end(state);
        }
        return Vec::new();
    }
    match action {
        Action::ScrollRight | Action::ScrollLeft => sideways(state, action),
        Action::NextCard => travel::next_card(state, 1),
        Action::PreviousCard => travel::next_card(state, -1),
        Action::Overview => travel::overview(state),
        Action::NextLink | Action::PreviousLink => {
            if !state.reading_mut().sheet.choose_next(action == Action::NextLink) {
                state.say(Notice::info("there is no link on this card"));
            }
        }
        Action::Follow | Action::Accept => travel::follow_chosen(state),
        Action::FollowNumber => travel::follow_number(state, key),
        Action::Beside => travel::beside(state),
        Action::OtherPane => travel::other_pane(state),
        Action::Back | Action::Forward => travel::travel(state, action == Action::Back),
        Action::FindNext => sought::step(state, true),
        Action::FindPrevious => sought::step(state, false),
        Action::NextEntry => entries::next(state),
        Action::TakeBack => keep::take_back(state),
        Action::Answers => {
            state.settings.answers = !state.settings.answers;
            state.arrange();
            // The questions may be out of sight.
            let now = if state.settings.answers { "shown" } else { "hidden" };
            state.say(Notice::info(format!("answers {now}")));
        }
        Action::Wider | Action::Narrower => measure(state, action == Action::Wider),
        Action::Rail => rail(state),
        Action::Guide => travel::guide(state),
        Action::Edit => return travel::edit_file(state),
        Action::Source => return passage::ask(state),
        Action::Study => return study::open(state),
        Action::Cram => return study::cram(state),
        Action::Statistics => return study::begin(state, Goal::Statistics),
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
        Action::Search => Some(search::open(state)),
        Action::Index => Some(entries::open(state)),
        Action::Problems => Some(problems::open(state)),
        Action::Who => who::open(state),
        Action::Voices => Some(claims::open(state, View::Voices)),
        Action::Sources => Some(claims::open(state, View::Sources)),
        Action::Timeline => timeline::open(state),
        Action::Path => picker::ways(state),
        Action::Neighbours => ways::neighbours(state),
        Action::Orphans => ways::orphans(state),
        Action::Map => map::open(state),
        Action::Mark | Action::Jump => marks::open(state, action == Action::Mark),
        Action::Progress => marks::progress(state),
        Action::Queue => marks::queue(state),
        Action::Note => notes::write(state),
        Action::Select => select::open(state),
        Action::Notes => notes::open(state),
        Action::Changes => changes::open(state),
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
