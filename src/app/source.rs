//! The passage that a card was made of, in its surroundings, as it stands in the file.

use super::list::{NoLinks, SheetKind, Sheets};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Effect, Notice, Screen, State};
use crate::layout::{Flow, Numbers, Options, Piece, Role};
use crate::library::{Page, PageKey};
use crate::text::{LineIndex, Printable};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Lines shown before and after the passage.
const AROUND: u32 = 4;
/// Lines shown at most.
const MOST: u32 = 2_000;

/// A passage of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The page it is about.
    pub page: PageKey,
    /// The file.
    pub file: Arc<Path>,
    /// Its bytes in the text of the file.
    pub bytes: Range<usize>,
}

/// A passage and the lines around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Where it is.
    pub wanted: Wanted,
    /// Each line with its number, and whether it belongs to the passage.
    pub lines: Vec<(u32, Printable, bool)>,
}

/// Asks for the passage of the present card.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let page = state.reading().page;
    let span = match page {
        Page::Card(card) => state.library.card(card).map(|card| card.span),
        Page::Overview(_) => None,
    };
    let file = state.library.source_of(page);
    match (span, file, state.library.key(page)) {
        (Some(span), Some(file), Some(page)) => {
            let bytes = span.start as usize..span.end as usize;
            vec![Effect::Source(Wanted { page, file, bytes })]
        }
        _ => {
            state.say(Notice::info("there is no file of its own to show for this"));
            Vec::new()
        }
    }
}

/// Cuts a passage out of the text of its file.
pub fn cut(wanted: Wanted, text: &str) -> Excerpt {
    let lines = LineIndex::new(text);
    let first = lines.position(wanted.bytes.start).line;
    let last = lines.position(wanted.bytes.end.saturating_sub(1).max(wanted.bytes.start)).line;
    let from = first.saturating_sub(AROUND).max(1);
    let to = last.saturating_add(AROUND).min(from.saturating_add(MOST));
    let lines = (from..=to)
        .map_while(|number| Some((number, lines.line(number)?)))
        .map(|(number, line)| (number, Printable::lines(line), (first..=last).contains(&number)))
        .collect();
    Excerpt { wanted, lines }
}

/// Shows a passage, if the reader is still on its page.
pub fn show(state: &mut State, excerpt: Excerpt) {
    let here = state.library.key(state.reading().page);
    if here.as_ref() != Some(&excerpt.wanted.page) || !state.screens.is_empty() {
        return;
    }
    let title = Printable::line(&excerpt.wanted.file.display().to_string());
    let mut sheets = Sheets {
        kind: SheetKind::Source(Arc::new(excerpt)),
        title,
        sheet: Sheet::default(),
        pages: Vec::new(),
    };
    arrange(state, &mut sheets);
    state.screens.push(Screen::Sheet(sheets));
}

/// Lays the passage out for the size of the screen.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let SheetKind::Source(excerpt) = sheets.kind.clone() else { return };
    let wanted = state.settings.measure + 6;
    let width = inside(pop_up(state, wanted, usize::MAX)).width;
    let glyphs = state.settings.glyphs;
    let options = Options { width, glyphs, numbers: Numbers::Visible, answers: false };
    let mut flow = Flow::new(options, &NoLinks);
    let digits = excerpt.lines.last().map_or(1, |(number, ..)| number.to_string().len());
    for (number, line, inside) in &excerpt.lines {
        let sign = if *inside { glyphs.bar } else { " " };
        let number = Printable::inline(&format!("{number:>digits$} {sign} "));
        let role = if *inside { Role::Text } else { Role::Meta };
        let pieces = [Piece::sign(number, Role::Meta), Piece::new(line, role)];
        flow.paragraph(&pieces, digits + 3);
    }
    let layout = flow.finish();
    let height = inside(pop_up(state, wanted, layout.rows().len() + 2)).height;
    let top = sheets.sheet.top;
    sheets.sheet = Sheet::new(layout, height);
    sheets.sheet.go_to(top);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BriefingId;

    #[test]
    fn a_passage_has_its_lines_and_some_around_them() {
        let text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n";
        let page = PageKey { briefing: BriefingId::new("b"), card: None };
        let wanted = Wanted { page, file: Arc::from(Path::new("f")), bytes: 10..14 };
        let excerpt = cut(wanted, text);
        let line =
            |(n, l, inside): &(u32, Printable, bool)| format!("{n}{l}{}", i32::from(*inside));
        let shown: Vec<_> = excerpt.lines.iter().map(line).collect();
        assert_eq!(shown.join(" "), "2b0 3c0 4d0 5e0 6f1 7g1 8h0 9i0 10j0 11k0");
    }
}
