//! A passage in its surroundings, as it stands in its file: what a card was made of, or what a
//! statement rests on.

use super::list::{NoLinks, SheetKind, Sheets};
use super::passage::SourceFile;
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Effect, Notice, Screen, State, passage};
use crate::layout::{self, Flow, Numbers, Options, Piece, Role, Row, Run};
use crate::library::{Page, PageKey};
use crate::model::Standing;
use crate::text::{LineIndex, Printable};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Lines shown before and after the passage.
const AROUND: u32 = 4;
/// Rows of the passage that are seen at once, at least.
const LEAST_SEEN: usize = 8;
/// Lines shown at most.
const MOST: u32 = 2_000;

/// Passages of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The page on which they are asked for.
    pub page: Option<PageKey>,
    /// The file.
    pub file: Arc<Path>,
    /// Their bytes in the text of the file; none for the file as a whole.
    pub bytes: Vec<Range<usize>>,
    /// The source of a briefing whose file it is, which has to be looked for.
    pub of: Option<SourceFile>,
}

/// A passage and the lines around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Where it is.
    pub wanted: Wanted,
    /// Each line with its number.
    pub lines: Vec<(u32, Vec<Stretch>)>,
    /// Whether it is not the file that the briefing means.
    pub differs: bool,
}

/// A part of a line, and whether it belongs to the passage.
pub type Stretch = (Printable, bool);

/// Asks for the passage of the present card.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let page = state.reading().page;
    let span = match page {
        Page::Card(card) => state.library.card(card).map(|card| card.span),
        Page::Overview(_) => None,
    };
    let file = state.library.source_of(page);
    match (span, file) {
        (Some(span), Some(file)) => {
            let bytes = span.start as usize..span.end as usize;
            let bytes = std::iter::once(bytes).collect();
            let page = state.library.key(page);
            vec![Effect::Source(Wanted { page, file, bytes, of: None })]
        }
        _ => {
            state.say(Notice::info("there is no file of its own to show for this"));
            Vec::new()
        }
    }
}

/// Cuts passages out of the text of their file.
pub fn cut(wanted: Wanted, text: &str, differs: bool) -> Excerpt {
    let index = LineIndex::new(text);
    let start = wanted.bytes.iter().map(|bytes| bytes.start).min().unwrap_or(0);
    let end = wanted.bytes.iter().map(|bytes| bytes.end).max().unwrap_or(0);
    let first = index.position(start).line;
    let last = index.position(end.saturating_sub(1).max(start)).line;
    let from = first.saturating_sub(AROUND).max(1);
    let to = last.saturating_add(AROUND).min(from.saturating_add(MOST));
    let to = if wanted.bytes.is_empty() { MOST } else { to };
    let lines = (from..=to).map_while(|number| {
        let line = index.line(number)?;
        Some((number, stretches(line, index.offset(number), &wanted.bytes)))
    });
    Excerpt { lines: lines.collect(), wanted, differs }
}

/// The parts of a line that starts at a byte of the text: within passages, and between them.
fn stretches(line: &str, start: usize, passages: &[Range<usize>]) -> Vec<Stretch> {
    let within = |at: usize| passages.iter().any(|bytes| bytes.contains(&(start + at)));
    let edges = passages.iter().flat_map(|bytes| [bytes.start, bytes.end]);
    let mut edges: Vec<usize> = edges.filter_map(|edge| edge.checked_sub(start)).collect();
    edges.extend([0, line.len()]);
    edges.retain(|edge| line.is_char_boundary(*edge));
    edges.sort_unstable();
    edges.dedup();
    let mut parts: Vec<Stretch> = Vec::new();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let words = Printable::lines(line.get(*from..*to).unwrap_or_default());
        parts.push((words, within(*from)));
    }
    if parts.is_empty() {
        parts.push((Printable::default(), within(0)));
    }
    parts
}

/// Shows a passage, if the reader is still on the page on which it was asked for.
pub fn show(state: &mut State, excerpt: Excerpt) {
    let here = state.library.key(state.reading().page);
    let above = matches!(state.screens.last(), None | Some(Screen::Who(_) | Screen::Claims(_)));
    if here != excerpt.wanted.page || !above {
        return;
    }
    passage::remember(state, &excerpt.wanted);
    let differs = excerpt.differs;
    let title = Printable::line(&excerpt.wanted.file.display().to_string());
    let mut sheets = Sheets {
        kind: SheetKind::Source(Arc::new(excerpt)),
        title,
        sheet: Sheet::default(),
        pages: Vec::new(),
    };
    arrange(state, &mut sheets);
    // Long lines before the passage must not hide it.
    let is_passage = |row: &Row| row.runs.iter().any(|run| run.role == Role::Text && is_text(run));
    if let Some(row) = sheets.sheet.layout.rows().iter().position(is_passage) {
        let visible = sheets.sheet.visible();
        if !differs && row + LEAST_SEEN > visible.end {
            sheets.sheet.go_to(row.saturating_sub(1));
        }
    }
    state.screens.push(Screen::Sheet(sheets));
}

/// Whether a run is part of the text.
fn is_text(run: &Run) -> bool {
    matches!(run.source, layout::Source::Text(_))
}

/// Lays the passage out for the size of the screen.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let SheetKind::Source(excerpt) = sheets.kind.clone() else { return };
    let wanted = state.settings.measure + 6;
    let width = inside(pop_up(state, wanted, usize::MAX)).width;
    let glyphs = state.settings.glyphs;
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut flow = Flow::new(options, &NoLinks);
    if excerpt.differs {
        let words = "This is not the file that the briefing means: its SHA-256 is another one. \
                     The passage may stand elsewhere in it.";
        flow.paragraph(&[Piece::new(words, Role::Standing(Standing::Disputed))], 0);
        flow.gap();
    }
    let digits = excerpt.lines.last().map_or(1, |(number, _)| number.to_string().len());
    for (number, stretches) in &excerpt.lines {
        let inside = stretches.iter().any(|(_, inside)| *inside);
        let sign = if inside { glyphs.bar } else { " " };
        let number = Printable::inline(&format!("{number:>digits$} {sign} "));
        let rest = Printable::inline(&format!("{:>digits$} {sign} ", ""));
        let pieces: Vec<Piece> = stretches
            .iter()
            .map(|(words, inside)| Piece::new(words, if *inside { Role::Text } else { Role::Meta }))
            .collect();
        flow.indented((number, Role::Meta), (rest, Role::Meta), |flow| flow.paragraph(&pieces, 0));
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

    /// Lines with their numbers; 1 behind what is marked, 0 behind what is not.
    fn shown(text: &str, bytes: &[(usize, usize)]) -> String {
        let bytes = bytes.iter().map(|(start, end)| *start..*end).collect();
        let wanted = Wanted { page: None, file: Arc::from(Path::new("f")), bytes, of: None };
        let part = |(words, inside): &Stretch| format!("{words}{}", i32::from(*inside));
        let line = |(number, parts): &(u32, Vec<Stretch>)| {
            format!("{number}{}", parts.iter().map(part).collect::<String>())
        };
        cut(wanted, text, false).lines.iter().map(line).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_passage_has_its_lines_and_some_around_them() {
        let text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n";
        assert_eq!(shown(text, &[(10, 14)]), "2b0 3c0 4d0 5e0 6f1 7g1 8h0 9i0 10j0 11k0");
    }

    #[test]
    fn several_passages_are_marked_to_the_byte() {
        assert_eq!(shown("one two\nthree\n", &[(4, 7), (8, 10)]), "1one 0two1 2th1ree0 30");
        // Ranges of another file may lie anywhere.
        assert_eq!(shown("é\n", &[(1, 90)]), "1é0 21");
        assert_eq!(shown("", &[(5, 9)]), "10");
        assert_eq!(shown("a\nb", &[]), "1a0 2b0", "the file as a whole");
    }
}
