//! Which candidates are headings: those of a style that makes sections.

use super::super::line::Line;
use super::{Candidate, Style};
use std::collections::HashMap;

/// Keeps the styles that make sections: several headings of it, most of them followed by text.
pub fn keep_sure(found: Vec<Candidate>, lines: &[Line]) -> Vec<Candidate> {
    let written = lines.iter().filter(|line| !line.is_blank()).count();
    let has_text = |at: usize, end: usize| {
        lines.get(at..end).unwrap_or_default().iter().any(|line| !line.is_blank())
    };
    let mut counts: HashMap<Style, (usize, usize)> = HashMap::new();
    for (at, candidate) in found.iter().enumerate() {
        // Sections that start with their text are the text of what stands above them.
        let mut after = found.iter().skip(at + 1);
        // The text of a chapter may stand in its articles.
        let inside = |next: &Candidate| {
            (next.style == Style::RunIn && candidate.style != Style::RunIn)
                || (next.style == Style::Article && candidate.style < Style::Article)
        };
        let next = after.find(|next| !inside(next));
        let next = next.map_or(lines.len(), |next| next.lines.start);
        let (all, with_text) = counts.entry(candidate.style).or_default();
        *all += 1;
        *with_text += usize::from(has_text(candidate.lines.end, next));
    }
    let is_division = |style: Style| {
        let (all, with_text) = counts.get(&style).copied().unwrap_or_default();
        all > 1 && with_text > 1 && with_text * 3 >= all
    };
    let is_numbered = is_division(Style::Numbered);
    let is_run_in = counts.contains_key(&Style::RunIn);
    let others = [Style::Part, Style::Chapter, Style::Article, Style::Hanging];
    let is_divided = found.iter().any(|c| {
        matches!(c.style, Style::Underlined(_))
            || (others.contains(&c.style) && is_division(c.style))
    });
    let shouted = counts.get(&Style::Capitals).map_or(0, |(_, with_text)| *with_text);
    let sure = |style: Style| {
        let (all, with_text) = counts.get(&style).copied().unwrap_or_default();
        match style {
            Style::Underlined(_) | Style::RunIn => true,
            Style::Part => all > 0,
            Style::Capitals if is_run_in => with_text > 0,
            Style::Capitals => with_text > 1 && all * 2 <= written,
            Style::Centred => {
                with_text > 0 && !is_divided && (with_text + shouted > 1 || is_run_in)
            }
            Style::Hanging => with_text > 1 || is_numbered,
            _ => is_division(style),
        }
    };
    let part_alone = !found.iter().any(|c| c.style != Style::Part && sure(c.style))
        && counts.get(&Style::Part).is_some_and(|(_, with_text)| *with_text < 2);
    found
        .into_iter()
        .filter(|candidate| {
            sure(candidate.style) && !(part_alone && candidate.style == Style::Part)
        })
        .collect()
}
