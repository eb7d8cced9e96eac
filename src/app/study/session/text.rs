//! Question and answer as rows; what was done at the end of a session, and what is to come.

use super::{Reply, Studying};
use crate::app::action::Action;
use crate::app::links::PageLinks;
use crate::app::list::NoLinks;
use crate::app::{Context, State};
use crate::layout::{self, Flow, Layout, Numbers, Options, Piece, Role, citations};
use crate::library::Page;
use crate::model::Marks;
use crate::study::{Course, Difference, Due, many};
use crate::text::{Printable, width};

/// Rows, and the one at which the answer begins.
pub fn lay_out(state: &State, studying: &Studying, columns: usize) -> (Layout, Option<usize>) {
    let glyphs = state.settings.glyphs;
    let options =
        Options { width: columns, spare: 0, glyphs, numbers: Numbers::Visible, answers: true };
    match (&studying.asked, studying.item()) {
        (Some(_), Some(item)) => {
            let links = PageLinks::new(&studying.library, Page::Card(item.card), None);
            let mut flow = Flow::new(options, &links);
            let answer = question(&mut flow, studying);
            (flow.finish(), answer)
        }
        _ => {
            let mut flow = Flow::new(options, &NoLinks);
            summary(&mut flow, state, studying);
            (flow.finish(), None)
        }
    }
}

fn question(flow: &mut Flow, studying: &Studying) -> Option<usize> {
    let (asked, item) = (studying.asked.as_ref()?, studying.item()?);
    let glyphs = flow.options.glyphs;
    let title = studying.card_title();
    let title = title.unwrap_or_else(|| Printable::line(glyphs.ellipsis));
    let mut right = Vec::new();
    if studying.session.is_flagged() {
        right.push(Piece::new("flagged  ", Role::Later));
    }
    let standing = match studying.session.due() {
        Due::New => "new",
        Due::Again(_) => "again",
        Due::Day(_) => "review",
    };
    right.push(Piece::new(standing, Role::Meta));
    flow.sides(&[Piece::new(title, Role::Meta)], &right);
    flow.gap();
    layout::body(flow, &crate::format::body(&asked.question), Role::Text);
    if let (true, Some(hint)) = (studying.hint, &asked.hint) {
        flow.gap();
        let mark = Printable::inline("hint: ");
        let rest = Printable::inline(&" ".repeat(width(&mark)));
        flow.indented((mark, Role::Meta), (rest, Role::Meta), |flow| {
            layout::body(flow, &crate::format::body(hint), Role::Meta);
        });
    }
    if !asked.choices.is_empty() {
        flow.gap();
        choices(flow, studying);
    }
    if !studying.is_revealed() {
        return None;
    }
    let from = studying.library.briefing(item.briefing);
    let from = from.map(|briefing| citations(briefing, &asked.from, glyphs)).unwrap_or_default();
    flow.gap();
    let row = flow.layout.rows().len();
    // Where one chooses, the choice says the answer.
    if asked.choices.is_empty() {
        let rule = Printable::inline(&glyphs.rule.repeat(flow.room().min(24)));
        flow.ornaments(&[Piece::new(rule, Role::Rule)]);
        flow.gap();
        layout::body(flow, &crate::format::body(&asked.answer), Role::Answer);
    }
    if let Reply::Typed(compared) = &studying.reply {
        flow.gap();
        let mut pieces = vec![Piece::new("you typed  ", Role::Meta)];
        pieces.extend(compared.changes.iter().map(difference));
        flow.paragraph(&pieces, 11);
    }
    if !from.is_empty() {
        flow.gap();
        let from = Printable::line(&format!("from {from}"));
        flow.paragraph(&[Piece::new(from, Role::Meta)], 5);
    }
    Some(row)
}

/// Voices to choose from; once the answer is shown, which are right and which was chosen.
fn choices(flow: &mut Flow, studying: &Studying) {
    let Some(asked) = &studying.asked else { return };
    let revealed = studying.is_revealed();
    let signs = flow.options.glyphs.tasks;
    for (at, choice) in asked.choices.iter().enumerate() {
        let right = studying.is_right(at);
        let chosen = matches!(studying.reply, Reply::Chose(chosen) if chosen == at);
        let (mark, role) = match (revealed, right, chosen) {
            (false, ..) => (format!("{}  ", at + 1), Role::LinkMark),
            (true, true, _) => (format!("{}  ", signs[1]), Role::Answer),
            (true, false, _) => (format!("{}  ", signs[0]), Role::Meta),
        };
        let mark = Printable::inline(&mark);
        let rest = Printable::inline(&" ".repeat(width(&mark)));
        let words = if revealed && right { Role::Answer } else { Role::Text };
        flow.inset(2, |flow| {
            flow.indented((mark, role), (rest, Role::Text), |flow| {
                let mut pieces = vec![Piece::new(choice, words)];
                if chosen {
                    pieces.push(Piece::new("  your answer", Role::Meta));
                }
                flow.paragraph(&pieces, 0);
            });
        });
    }
}

/// Signs say it where there are no colours.
fn difference(change: &Difference) -> Piece<'static> {
    let role = match change {
        Difference::Kept(_) => Role::Text,
        Difference::Extra(_) => Role::Gap,
        Difference::Missing(_) => Role::Answer,
    };
    let strike = matches!(change, Difference::Extra(_));
    let words = Printable::inline(&change.marked());
    Piece { marks: Marks { strike, ..Marks::default() }, ..Piece::new(words, role) }
}

/// What was done, and what is to come.
fn summary(flow: &mut Flow, state: &State, studying: &Studying) {
    let (done, failed) = studying.session.graded();
    let title = match (done, studying.course) {
        (0, _) => "Nothing to ask now",
        (_, Course::Due) => "Done for now",
        (_, Course::Cram(_)) => "Done",
    };
    flow.paragraph(&[Piece::new(title, Role::Title)], 0);
    flow.gap();
    let mut say = |words: String| {
        flow.paragraph(&[Piece::new(Printable::line(&words), Role::Text)], 0);
    };
    if done > 0 {
        let known = done - failed;
        let share = known * 100 / done;
        say(format!("{}, {known} of them known ({share}%)", many(done, "answer")));
        say(format!("{} in all", spent(studying.session.took_ms())));
    }
    let ahead = studying.outlook(state.studies.now);
    for words in ahead.words(done > 0) {
        say(words);
    }
    if let (Course::Cram(_), true) = (studying.course, done > 0) {
        say("no schedule was changed".to_owned());
    }
    if studying.session.can_undo() {
        flow.gap();
        let keys = state.keymap.keys(Context::Study, Action::Undo);
        if let Some(key) = keys.first() {
            let words = Printable::line(&format!("{key} takes the last answer back"));
            flow.paragraph(&[Piece::new(words, Role::Meta)], 0);
        }
    }
}

/// A length of time in words.
fn spent(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    match seconds {
        0..60 => many(usize::try_from(seconds).unwrap_or(usize::MAX), "second"),
        _ => many(usize::try_from(seconds / 60).unwrap_or(usize::MAX), "minute"),
    }
}
