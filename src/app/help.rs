//! All keys of a screen, made from the table of actions and the keymap in use.

use super::action::Action;
use super::footer;
use super::keymap::{Context, Group};
use super::list::{NoLinks, SheetKind, Sheets};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Screen, State};
use crate::layout::{Flow, Layout, Numbers, Options, Piece, Role};
use crate::text::{Printable, width};

/// Columns of the widest help.
pub const WIDTH: usize = 84;

/// The help of what is on top.
pub fn open(state: &State) -> Screen {
    let context = state.context();
    let title = Printable::line("Keys");
    let kind = SheetKind::Help(context);
    let mut sheets = Sheets { kind, title, sheet: Sheet::default(), pages: Vec::new() };
    arrange(state, &mut sheets, context);
    Screen::Sheet(sheets)
}

/// Lays the help out for the size of the screen.
pub fn arrange(state: &State, sheets: &mut Sheets, context: Context) {
    let layout = lay_out(state, context, inside(pop_up(state, WIDTH, usize::MAX)).width);
    let height = inside(pop_up(state, WIDTH, layout.rows().len() + 2)).height;
    let top = sheets.sheet.top;
    sheets.sheet = Sheet::new(layout, height);
    sheets.sheet.go_to(top);
}

fn lay_out(state: &State, context: Context, width: usize) -> Layout {
    let glyphs = state.settings.glyphs;
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut flow = Flow::new(options, &NoLinks);
    let groups: Vec<_> =
        context.groups().iter().map(|group| (*group, lines(state, *group))).collect();
    let column = groups.iter().flat_map(|(_, lines)| lines).map(|(keys, _)| self::width(keys));
    let column = column.max().unwrap_or(0).min(width / 3);
    for (group, lines) in groups {
        flow.label(group.title(), None);
        for (keys, doc) in lines {
            let rest = column.saturating_sub(self::width(&keys)) + 2;
            let space = Printable::inline(&" ".repeat(rest));
            let pieces = [
                Piece::new(keys, Role::Voice),
                Piece::sign(space, Role::Text),
                Piece::new(doc, Role::Text),
            ];
            flow.paragraph(&pieces, column + 2);
        }
    }
    flow.finish()
}

/// The keys of a group and what they do, in the order of the table of actions.
fn lines(state: &State, group: Group) -> Vec<(Printable, &'static str)> {
    let of = |action: &Action| {
        let chords = state.keymap.keys_in(group, *action);
        let keys = match (chords.first(), chords.last()) {
            (Some(first), Some(last)) if *action == Action::FollowNumber && chords.len() > 2 => {
                format!("{first}-{last}")
            }
            (None, _) | (_, None) => return None,
            _ => chords.iter().map(ToString::to_string).collect::<Vec<_>>().join("  "),
        };
        Some((footer::plain(state, &keys), action.doc()))
    };
    Action::ALL.iter().filter_map(of).collect()
}
