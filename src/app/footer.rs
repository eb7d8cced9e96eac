//! What the footer says: the keys that matter now, as the keymap has them.

use super::action::Action;
use super::claims::View;
use super::keymap::{Chord, Context};
use super::list::{ListKind, SheetKind};
use super::{Screen, State};
use crate::text::Printable;

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key, as shown.
    pub keys: Printable,
    /// What it does, in one or two words.
    pub words: &'static str,
}

/// What is worth a place in the footer, the most important first.
fn worthy(state: &State) -> &'static [Action] {
    use Action as A;
    match state.screens.last() {
        Some(Screen::Peek(_)) => {
            &[A::LineDown, A::FollowNumber, A::NextLink, A::Accept, A::Back, A::Beside, A::Close]
        }
        Some(Screen::Sheet(sheets)) if matches!(sheets.kind, SheetKind::Ask(_)) => &[A::Close],
        Some(Screen::Sheet(sheets)) if matches!(sheets.kind, SheetKind::Source(_)) => {
            &[A::LineDown, A::PageDown, A::Copy, A::Close]
        }
        Some(Screen::Sheet(sheets)) if sheets.pages.is_empty() => {
            &[A::LineDown, A::PageDown, A::Close]
        }
        Some(Screen::Problems(_)) => &[A::LineDown, A::Accept, A::Edit, A::Close],
        // Letters choose at once there.
        Some(Screen::List(list)) if list.kind == ListKind::Progress => &[A::Accept, A::Close],
        Some(Screen::List(list)) if list.has_letters() => {
            &[A::BringBack, A::Accept, A::Remove, A::Close]
        }
        Some(Screen::List(list)) if list.kind == ListKind::Notes => {
            &[A::BringBack, A::LineDown, A::Accept, A::Note, A::Remove, A::Close]
        }
        Some(Screen::List(_) | Screen::Sheet(_)) => &[A::LineDown, A::Accept, A::Close],
        Some(Screen::Picker(_) | Screen::Search(_)) => {
            &[A::LineDown, A::LineUp, A::Accept, A::Close]
        }
        Some(Screen::Who(_)) => &[
            A::LineDown,
            A::NextLink,
            A::Accept,
            A::Who,
            A::Source,
            A::Copy,
            A::Voices,
            A::Sources,
            A::Close,
        ],
        Some(Screen::Claims(claims)) => in_claims(&claims.view),
        Some(Screen::Line(_)) => &[A::Accept, A::Close],
        Some(Screen::Map(_)) => &[A::LineDown, A::Left, A::Right, A::Accept, A::Close],
        Some(Screen::Find(_)) => &[A::Accept, A::LineDown, A::LineUp, A::Close],
        Some(Screen::Hints(_)) => &[A::Close],
        Some(Screen::Note(_)) => &[],
        Some(Screen::Study(studying)) if studying.is_over() => &[A::Accept, A::Undo],
        Some(Screen::Study(_)) => &[
            A::Accept,
            A::Close,
            A::Undo,
            A::Hint,
            A::Card,
            A::Flag,
            A::Bury,
            A::SuspendQuestion,
            A::Edit,
        ],
        Some(Screen::Select(_)) => &[
            A::Highlight,
            A::Note,
            A::Copy,
            A::NextSentence,
            A::NextWord,
            A::LineDown,
            A::OtherEnd,
            A::NextLink,
            A::Close,
        ],
        None => on_card(state),
    }
}

/// What is worth a place in a list of claims, voices or sources: what does something there.
fn in_claims(view: &View) -> &'static [Action] {
    use Action as A;
    match view {
        View::Voices => &[A::LineDown, A::Accept, A::Sources, A::Close],
        View::Sources => &[A::LineDown, A::Accept, A::Copy, A::Voices, A::Close],
        View::Voice(_) | View::Standing(_) | View::Source(..) => {
            &[A::LineDown, A::Accept, A::Source, A::Copy, A::Voices, A::Sources, A::Close]
        }
    }
}

/// What is worth a place while a card is read.
fn on_card(state: &State) -> &'static [Action] {
    use Action as A;
    let reading = state.reading();
    if reading.query.is_some() {
        &[A::Study, A::FindNext, A::FindPrevious, A::Close, A::Search, A::Find, A::Palette]
    } else if state.beside.is_some() {
        &[
            A::BringBack,
            A::Study,
            A::OtherPane,
            A::Quit,
            A::FollowNumber,
            A::NextLink,
            A::Follow,
            A::Back,
            A::Contents,
            A::Open,
            A::Palette,
        ]
    } else if reading.sheet.layout.links().is_empty() {
        &[
            A::BringBack,
            A::Study,
            A::PageDown,
            A::NextCard,
            A::Back,
            A::Search,
            A::Contents,
            A::Open,
            A::Find,
            A::Palette,
        ]
    } else {
        &[
            A::BringBack,
            A::Study,
            A::FollowNumber,
            A::NextLink,
            A::Follow,
            A::Peek,
            A::Back,
            A::Search,
            A::Who,
            A::Contents,
            A::Open,
            A::Backlinks,
            A::Find,
            A::NextCard,
            A::Palette,
        ]
    }
}

/// What the footer says, the most important first; for a chord that was begun, how it can go on.
pub fn hints(state: &State) -> Vec<Hint> {
    let context = state.context();
    if !state.chord.is_empty() {
        let rest = state.keymap.continuations(context, &state.chord);
        return rest
            .into_iter()
            .map(|(chord, action)| Hint {
                keys: Printable::line(&chord.to_string()),
                words: action.short(),
            })
            .collect();
    }
    let goes_on = state.screens.is_empty() && is_more_at_the_right(state);
    let more = goes_on.then_some(&Action::ScrollRight);
    let worthy = more.into_iter().chain(worthy(state));
    worthy.filter_map(|action| hint(state, context, *action)).collect()
}

/// Whether a row on the screen goes on to the right.
fn is_more_at_the_right(state: &State) -> bool {
    let (sheet, columns) = (&state.reading().sheet, state.sheet_rect(state.side).width);
    let rows = sheet.layout.rows().get(sheet.visible()).unwrap_or_default();
    rows.iter().any(|row| row.wide && sheet.layout.width(row) > sheet.left + columns)
}

/// The key of help, which the footer always ends with.
pub fn help(state: &State) -> Option<Hint> {
    hint(state, state.context(), Action::Help)
}

fn hint(state: &State, context: Context, action: Action) -> Option<Hint> {
    if let Some(Screen::Study(studying)) = state.screens.last()
        && !studying.offers(action)
    {
        return None;
    }
    // Studying is spoken of while a question waits.
    if action == Action::Study && !state.studies.waits() {
        return None;
    }
    let chords = state.keymap.keys(context, action);
    let keys = shown(state, &chords, action)?;
    // Down and up are one thing to a reader.
    let words = match (action, context) {
        (Action::LineDown, Context::Peek | Context::Text) => "scroll",
        (Action::LineDown, Context::Claims)
            if matches!(state.screens.last(), Some(Screen::Who(_))) =>
        {
            "next"
        }
        (Action::LineDown, Context::List | Context::GoneInList | Context::Claims)
        | (Action::NextLink, Context::Claims) => "choose",
        (Action::LineDown, Context::Map) => "down",
        (Action::Who, Context::Claims) => "all by it",
        (Action::LineDown, Context::Selecting) => "line",
        (Action::NextLink, Context::Selecting) => "next one",
        (Action::Note, Context::List | Context::GoneInList) => "go on writing",
        (Action::Study, _) => "back to the question",
        (Action::Quit, _) if state.beside.is_some() => "close beside",
        (Action::Close, Context::Study | Context::Answering) => "leave",
        (Action::Close, Context::Reader | Context::Finding | Context::Gone) => "done",
        (Action::Accept, Context::Peek | Context::Map) => "go there",
        (Action::Accept, _) if let Some(words) = accepting(state) => words,
        (Action::Accept, _) if let Some(Screen::Study(studying)) = state.screens.last() => {
            match (studying.is_over(), studying.is_revealed()) {
                (true, _) => "done",
                (false, true) => "as proposed",
                (false, false) => "answer",
            }
        }
        (Action::Accept, Context::Typing)
            if matches!(state.screens.last(), Some(Screen::Find(_))) =>
        {
            "keep"
        }
        (Action::LineDown, Context::Typing) => "next",
        (Action::LineUp, Context::Typing) => "previous",
        (Action::FollowNumber, Context::Peek) => "deeper",
        (Action::Search, Context::Finding)
            if state.reading().query.as_ref().is_some_and(|sought| sought.results.is_some()) =>
        {
            "results"
        }
        _ => action.short(),
    };
    Some(Hint { keys, words })
}

/// What the key that takes what is chosen does there, where it opens nothing.
fn accepting(state: &State) -> Option<&'static str> {
    match state.screens.last()? {
        Screen::List(list) => match list.kind {
            ListKind::SetMark | ListKind::Progress => Some("set"),
            ListKind::Marks | ListKind::Notes | ListKind::Trail => Some("go there"),
            _ => None,
        },
        Screen::Picker(picker) => picker.accepting(),
        Screen::Problems(_) => Some("go there"),
        Screen::Line(_) => Some("take it"),
        _ => None,
    }
}

/// Keys for the footer: one, or the first and last of many.
fn shown(state: &State, chords: &[&Chord], action: Action) -> Option<Printable> {
    let first = chords.first()?;
    let text = match (action, chords.last()) {
        (Action::FollowNumber, Some(last)) if chords.len() > 2 => format!("{first}-{last}"),
        _ => first.to_string(),
    };
    Some(plain(state, &text))
}

/// Names of keys without arrows, where only ASCII may be drawn.
pub fn plain(state: &State, keys: &str) -> Printable {
    if !state.settings.ascii() {
        return Printable::line(keys);
    }
    let names = [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];
    let text = names.iter().fold(keys.to_owned(), |text, (sign, name)| text.replace(sign, name));
    Printable::line(&text)
}
