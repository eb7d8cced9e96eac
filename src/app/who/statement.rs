//! The statements of a page as they are laid out: the bottom line, sections, claims, dates.

use crate::layout::{Layout, Part, Role, Row, Source};
use crate::text::sentence_at;
use std::ops::Range;

/// A statement on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it is.
    pub part: Part,
    /// Its rows, the last one included.
    pub rows: Range<usize>,
    /// Its words in the text of the layout, without caption and voice.
    pub text: Range<usize>,
}

/// The statements of a page, top to bottom.
pub fn statements(layout: &Layout) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    for (at, row) in layout.rows().iter().enumerate() {
        let states = matches!(
            row.part,
            Part::BottomLine | Part::Section(_) | Part::Claim(_) | Part::Date(_)
        );
        let first = first_role(row);
        if !states || first.is_none() || first == Some(Role::Label) {
            continue;
        }
        if all.last().is_none_or(|last| last.part != row.part) {
            let text = row.text.end..row.text.end;
            all.push(Statement { part: row.part, rows: at..at, text });
        }
        let Some(last) = all.last_mut() else { continue };
        last.rows.end = at;
        let around = [Role::Voice, Role::Heading, Role::Later];
        let is_around =
            |role| matches!(role, Role::Basis(_) | Role::Standing(_)) || around.contains(&role);
        if !first.is_some_and(is_around) {
            let start = if last.text.is_empty() { row.text.start } else { last.text.start };
            last.text = start..row.text.end;
        }
    }
    all
}

/// What the first words of a row are.
fn first_role(row: &Row) -> Option<Role> {
    let words = row.runs.iter().find(|run| matches!(run.source, Source::Text(_)));
    words.map(|run| run.role)
}

/// The statement that a reader at a row looks at: the one that stands there, else the last one
/// above, else the first.
pub fn at_row(all: &[Statement], row: usize) -> usize {
    all.partition_point(|statement| statement.rows.start <= row).saturating_sub(1)
}

impl Statement {
    /// The words a reader at a row looks at: the sentence of a section, else the whole statement.
    pub fn words_at(&self, layout: &Layout, row: usize) -> Range<usize> {
        if !matches!(self.part, Part::Section(_)) {
            return self.text.clone();
        }
        // What stands below the section, such as a gap, belongs to its last sentence.
        let text = layout.text().get(self.text.clone()).unwrap_or_default();
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let offset = layout.offset_of(row).clamp(self.text.start, self.text.start + last);
        let sentence = sentence_at(layout.text(), offset);
        sentence.start.max(self.text.start)..sentence.end.min(self.text.end).max(self.text.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{self, Glyphs, Links, Numbers, Options, Status};
    use crate::model::Target;
    use crate::text::Printable;

    struct Nowhere;

    impl Links for Nowhere {
        fn title(&self, _: &Target) -> Option<Printable> {
            None
        }
        fn status(&self, _: &Target) -> Status {
            Status::Missing
        }
    }

    const SOURCE: &str = "
voices: {v: Voice}
sources: {s: S}
cards:
- id: a
  title: A
  bottom_line: First things first.
  sections:
  - {basis: document, from: [s], text: \"One. Two.\"}
  - {text: Plain.}
  claims:
  - {by: v, verb: says, text: Something.}
  - {by: v, verb: adds, text: More.}
  dates: [{date: \"2026\", text: Then.}]
";

    fn laid_out() -> Layout {
        let (briefing, _) = crate::format::briefing(SOURCE, "t");
        let options = Options {
            width: 60,
            spare: 0,
            glyphs: Glyphs::UNICODE,
            numbers: Numbers::Visible,
            answers: false,
        };
        layout::card(&briefing, &briefing.cards[0], &[], options, &Nowhere)
    }

    #[test]
    fn statements_are_what_stands_there_without_captions() {
        let layout = laid_out();
        let all = statements(&layout);
        let shown: Vec<_> = all.iter().map(|s| (s.part, &layout.text()[s.text.clone()])).collect();
        assert_eq!(
            shown,
            [
                (Part::BottomLine, "First things first."),
                (Part::Section(0), "One. Two."),
                (Part::Section(1), "Plain."),
                (Part::Claim(0), "Something."),
                (Part::Claim(1), "More."),
                (Part::Date(0), "Then."),
            ]
        );
        assert_eq!(at_row(&all, 0), 0);
        assert_eq!(at_row(&all, all[3].rows.start), 3);
        assert_eq!(at_row(&all, usize::MAX), 5);
        let words = all[1].words_at(&layout, all[1].rows.end);
        assert_eq!(&layout.text()[words], "One.");
        let words = all[1].words_at(&layout, all[1].rows.end + 2);
        assert_eq!(&layout.text()[words], "Two.");
    }
}
