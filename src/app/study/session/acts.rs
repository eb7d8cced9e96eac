//! What keys do in a session, and how it goes on when something was recorded.

use super::{Reply, Studying, action_of};
use crate::app::act::{self, Outcome};
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::study::leave;
use crate::app::{Context, Effect, Notice, Screen, State, travel};
use crate::layout::Part;
use crate::library::Page;
use crate::study::{Grade, Session, Subject};

/// Acts on a session.
pub fn act(state: &mut State, mut studying: Box<Studying>, action: Action, key: Key) -> Outcome {
    if studying.next.is_some() && !matches!(action, Action::Close | Action::Quit | Action::QuitNow)
    {
        studying.ahead.push((action, key));
        return Outcome::Stays(Screen::Study(studying));
    }
    let now = state.studies.now;
    let over = studying.is_over();
    match action {
        Action::Close | Action::Quit => {
            if !studying.is_over() {
                let keys = state.keymap.keys(Context::Reader, Action::Study);
                if let Some(key) = keys.first() {
                    let text = format!("{key} goes on with the question");
                    state.say(Notice::info(text));
                }
            }
            leave(state, studying);
            return Outcome::Closed;
        }
        Action::Undo => {
            if studying.session.can_undo() {
                studying.record(state, Session::undo);
            } else {
                state.say(Notice::info("nothing was done yet"));
            }
        }
        Action::Accept if over => return Outcome::Closed,
        Action::Hint
        | Action::Flag
        | Action::Bury
        | Action::SuspendQuestion
        | Action::Card
        | Action::Edit
        | Action::Again
        | Action::Hard
        | Action::Good
        | Action::Easy
            if over =>
        {
            state.say(Notice::info("nothing is asked now"));
        }
        Action::Accept if !studying.is_revealed() => studying.reveal(state),
        Action::Accept => {
            let grade = studying.proposed();
            studying.grade(state, grade);
        }
        Action::Again | Action::Hard | Action::Good | Action::Easy => {
            let grade = Grade::ALL.into_iter().find(|grade| action_of(*grade) == action);
            let chosen = act::digit(key).and_then(|number| number.checked_sub(1));
            let choices = studying.choices();
            match (grade, chosen) {
                (Some(grade), _) if studying.is_revealed() => studying.grade(state, grade),
                (_, Some(at)) if at < choices => {
                    studying.reply = Reply::Chose(at);
                    studying.reveal(state);
                }
                _ => state.say(Notice::info("the answer comes first")),
            }
        }
        Action::Bury => {
            studying.record(state, |session| session.bury(now));
        }
        Action::SuspendQuestion => {
            studying.record(state, |session| session.suspend(now));
        }
        Action::Flag => {
            studying.record(state, |session| session.flag(now));
        }
        Action::Hint => {
            if studying.asked.as_ref().is_some_and(|asked| asked.hint.is_some()) {
                studying.hint = true;
                studying.arrange(state);
            } else {
                state.say(Notice::info("this question has no hint"));
            }
        }
        Action::Edit => {
            let effects = edit(state, &studying);
            state.screens.push(Screen::Study(studying));
            return Outcome::Runs(effects);
        }
        Action::Card => {
            open_card(state, &studying);
            leave(state, studying);
            return Outcome::Closed;
        }
        _ if studying.sheet.moved(action) => {}
        _ => return Outcome::Passed(Screen::Study(studying)),
    }
    Outcome::Stays(Screen::Study(studying))
}

/// What was recorded is on disk, or could not be written.
pub fn go_on(state: &mut State, written: bool) {
    let at = state.screens.iter().rposition(|screen| matches!(screen, Screen::Study(_)));
    let above = at.map(|at| state.screens.split_off(at)).unwrap_or_default();
    let mut above = above.into_iter();
    let (on_screen, mut studying) = match above.next() {
        Some(Screen::Study(studying)) => (true, studying),
        _ => match state.studies.left.take() {
            Some(left) => (false, left),
            None => return,
        },
    };
    if let Some(next) = studying.next.take() {
        if written {
            studying.session = *next;
        }
        let now = state.studies.now;
        if studying.shows == studying.place() {
            studying.arrange(state);
        } else {
            studying.ask(state, now);
        }
    }
    let ahead = std::mem::take(&mut studying.ahead);
    if !on_screen {
        state.studies.left = Some(studying);
        return;
    }
    state.screens.push(Screen::Study(studying));
    state.screens.extend(above);
    // What was pressed meanwhile was meant for what is shown now.
    for (action, key) in ahead {
        match state.screens.pop() {
            Some(Screen::Study(studying)) => match act(state, studying, action, key) {
                Outcome::Stays(screen) | Outcome::Passed(screen) => state.screens.push(screen),
                Outcome::Closed | Outcome::Run(_) | Outcome::Runs(_) => {}
            },
            other => state.screens.extend(other),
        }
    }
}

/// Opens the question in the user's editor.
fn edit(state: &mut State, studying: &Studying) -> Vec<Effect> {
    let Some(item) = studying.item() else { return Vec::new() };
    let line = item.span(&studying.library).map(|span| span.position.line);
    travel::edit_at(state, Page::Card(item.card), line)
}

/// Opens the card at what the answer rests on.
fn open_card(state: &mut State, studying: &Studying) {
    let Some(item) = studying.item() else { return };
    let page = Page::Card(item.card);
    if state.reading().page != page {
        travel::visit(state, page);
    }
    let Some(card) = state.library.card(item.card) else { return };
    let from = studying.asked.as_ref().map_or(&[][..], |asked| &asked.from);
    let rests = |section: &crate::model::Section| section.from.iter().any(|c| from.contains(c));
    let part = match item.subject {
        Subject::Claim(at) => Part::Claim(at),
        Subject::Forward(at) | Subject::Reverse(at) | Subject::Gaps(at, _) => {
            card.sections.iter().position(rests).map_or(Part::Question(at), Part::Section)
        }
    };
    let row = state.reading().sheet.layout.rows().iter().position(|row| row.part == part);
    if let Some(row) = row {
        state.reading_mut().sheet.go_to(row.saturating_sub(1));
    }
    let keys = state.keymap.keys(Context::Reader, Action::Study);
    if let Some(key) = keys.first() {
        let text = format!("{key} goes back to the question");
        state.say(Notice::info(text));
    }
}
