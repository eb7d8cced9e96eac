//! Commands chosen by their names, and which of them do something where they are.

use super::action::Action;
use super::footer;
use super::picker::{Candidate, Picker, What};
use super::{Context, Screen, State};
use crate::text::Printable;

/// Commands that do something on the screen they are asked for on.
pub fn commands(state: &State) -> Screen {
    let context = state.context();
    let candidate = |action: &Action| {
        let chords = state.keymap.keys(context, *action);
        let chords =
            if chords.is_empty() { state.keymap.keys(Context::Reader, *action) } else { chords };
        let keys: Vec<_> = chords.iter().take(2).map(ToString::to_string).collect();
        // Who knows it by its word in the footer is to see why it was found.
        let name = action.short();
        let known = action.doc().to_lowercase().contains(name);
        let name_before = if known { String::new() } else { format!("{name}  ") };
        Candidate {
            what: What::Action(*action),
            words: Printable::line(action.doc()),
            note: footer::plain(state, &format!("{name_before}{}", keys.join("  "))),
            name,
        }
    };
    let actions = Action::ALL.iter().filter(|action| offers(state, **action));
    Screen::Picker(Picker::new("Commands", actions.map(candidate).collect()))
}

/// Whether a command does something on the screen on top, or on the card below it.
fn offers(state: &State, action: Action) -> bool {
    use Action as A;
    let context = state.context();
    let studying = match state.screens.last() {
        Some(Screen::Study(studying)) => Some(studying),
        _ => None,
    };
    let asks = studying.is_some_and(|studying| !studying.is_over());
    let selects = context == Context::Selecting;
    match action {
        // These mean something only together with a key.
        A::Accept | A::FollowNumber | A::Palette | A::Close => false,
        A::Again | A::Hard | A::Good | A::Easy => {
            asks && studying.is_some_and(|studying| studying.is_revealed())
        }
        A::Undo => studying.is_some_and(|studying| studying.offers(action)),
        A::Hint => asks && studying.is_some_and(|studying| studying.offers(action)),
        A::Card | A::Bury | A::SuspendQuestion | A::Flag => asks,
        A::Highlight
        | A::NextSentence
        | A::PreviousSentence
        | A::NextWord
        | A::PreviousWord
        | A::NextParagraph
        | A::PreviousParagraph
        | A::OtherEnd => selects,
        A::Left | A::Right => selects || context == Context::Map,
        A::Remove => {
            let listed =
                matches!(state.screens.last(), Some(Screen::List(list)) if list.holds_kept());
            selects || listed
        }
        A::FindNext | A::FindPrevious => context == Context::Finding,
        A::BringBack => state.can_bring_back(),
        A::OtherPane => state.beside.is_some(),
        A::NextEntry => state.walk.is_some(),
        _ => true,
    }
}
