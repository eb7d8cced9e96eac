//! What has changed in a card since it was read, word by word.

use super::list::{NoLinks, SheetKind, Sheets};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Notice, Screen, State, keep};
use crate::layout::{Flow, Numbers, Options, Piece, Role};
use crate::model::Marks;
use crate::text::Printable;
use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Words around a change that are shown.
const AROUND: usize = 12;
/// Columns of the box.
pub const WIDTH: usize = 82;

/// Shows what has changed.
pub fn open(state: &mut State) -> Option<Screen> {
    match keep::changes(state) {
        None => {
            let text = if state.keep.is_open() {
                "this card has not changed since you read it"
            } else {
                "what was kept is still being read"
            };
            state.say(Notice::info(text));
            return None;
        }
        Some((None, _)) => {
            state.say(Notice::info("this card has changed, but was too long to keep what it said"));
            return None;
        }
        Some((Some(_), _)) => {}
    }
    let mut sheets = Sheets {
        kind: SheetKind::Changes,
        title: Printable::line("Changed since you read it"),
        sheet: Sheet::default(),
        pages: Vec::new(),
    };
    arrange(state, &mut sheets);
    Some(Screen::Sheet(sheets))
}

/// Lays the changes out for the size of the screen.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let Some((Some(before), now)) = keep::changes(state) else { return };
    let width = inside(pop_up(state, WIDTH, usize::MAX)).width;
    let glyphs = state.settings.glyphs;
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut flow = Flow::new(options, &NoLinks);
    for (at, pieces) in runs(before, now).into_iter().enumerate() {
        if at > 0 {
            flow.gap();
        }
        for paragraph in paragraphs(pieces) {
            let space = || Piece::new(" ", Role::Meta);
            let signed = !state.settings.colours;
            let pieces = paragraph.into_iter().flat_map(|words| [piece(words, signed), space()]);
            flow.paragraph(&pieces.collect::<Vec<_>>(), 0);
        }
    }
    let layout = flow.finish();
    let height = inside(pop_up(state, WIDTH, layout.rows().len() + 2)).height;
    let top = sheets.sheet.top;
    sheets.sheet = Sheet::new(layout, height);
    sheets.sheet.go_to(top);
}

/// The lines of a stretch; each that holds any words.
fn paragraphs(pieces: Vec<(ChangeTag, String)>) -> Vec<Vec<(ChangeTag, String)>> {
    let mut out = vec![Vec::new()];
    for (tag, words) in pieces {
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                out.push(Vec::new());
            }
            let line = line.trim();
            if let Some(last) = out.last_mut().filter(|_| !line.is_empty()) {
                last.push((tag, line.to_owned()));
            }
        }
    }
    out.retain(|line| !line.is_empty());
    out
}

/// The words of a text, and the ends of its lines.
fn words(text: &str) -> Vec<&str> {
    let lines = text.split('\n').enumerate();
    let with_end = lines.flat_map(|(at, line)| {
        let end = (at > 0).then_some("\n");
        end.into_iter().chain(line.split_whitespace())
    });
    with_end.collect()
}

/// Words that are new, gone or the same; signs say it where there are no colours.
fn piece((tag, words): (ChangeTag, String), signed: bool) -> Piece<'static> {
    let (open, close, role) = match tag {
        ChangeTag::Equal => ("", "", Role::Meta),
        ChangeTag::Insert => ("{+", "+}", Role::Answer),
        ChangeTag::Delete => ("[-", "-]", Role::Gap),
    };
    let (open, close) = if signed { (open, close) } else { ("", "") };
    let words = Printable::inline(&format!("{open}{words}{close}"));
    let marks = Marks { strike: tag == ChangeTag::Delete, ..Marks::default() };
    Piece { marks, ..Piece::new(words, role) }
}

/// The stretches of a text in which something changed, each as words of one kind after the other.
fn runs(before: &str, now: &str) -> Vec<Vec<(ChangeTag, String)>> {
    let (old, new) = (words(before), words(now));
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut out: Vec<Vec<(ChangeTag, String)>> = Vec::new();
    let last = operations.len().saturating_sub(1);
    for (at, operation) in operations.iter().enumerate() {
        for (tag, words) in operation.iter_slices(&old, &new) {
            if tag != ChangeTag::Equal {
                if out.is_empty() {
                    out.push(Vec::new());
                }
                if let Some(run) = out.last_mut() {
                    run.push((tag, words.join(" ")));
                }
                continue;
            }
            let joined = |words: &[&str]| (ChangeTag::Equal, words.join(" "));
            let tail = words.get(words.len().saturating_sub(AROUND)..).unwrap_or_default();
            let head = words.get(..AROUND.min(words.len())).unwrap_or_default();
            match (at == 0, at == last) {
                (true, true) => {}
                (true, false) => out.push(vec![joined(tail)]),
                (false, true) => out.last_mut().into_iter().for_each(|run| run.push(joined(head))),
                (false, false) if words.len() <= 2 * AROUND => {
                    out.last_mut().into_iter().for_each(|run| run.push(joined(words)));
                }
                (false, false) => {
                    out.last_mut().into_iter().for_each(|run| run.push(joined(head)));
                    out.push(vec![joined(tail)]);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, now: &str) -> String {
        let piece = |(tag, words): &(ChangeTag, String)| format!("{tag}{words}");
        let run = |run: &Vec<_>| run.iter().map(piece).collect::<Vec<_>>().join("|");
        runs(before, now).iter().map(run).collect::<Vec<_>>().join(" … ")
    }

    #[test]
    fn words_that_changed_stand_among_their_neighbours() {
        assert_eq!(shown("a b c", "a x c"), " a|-b|+x| c");
        assert_eq!(shown("a b", "a b"), "");
        assert_eq!(shown("", "a"), "+a");
        assert_eq!(shown("a\nb", "a\nc"), " a \n|-b|+c");
        let lines = paragraphs(runs("a\nb", "a\nc").remove(0));
        let tags: Vec<usize> = lines.iter().map(Vec::len).collect();
        assert_eq!(tags, [1, 2]);
        let many = "w ".repeat(40);
        let (old, new) = (format!("a {many} b"), format!("x {many} y"));
        let around = ["w"; AROUND].join(" ");
        assert_eq!(shown(&old, &new), format!("-a|+x| {around} …  {around}|-b|+y"));
    }
}
