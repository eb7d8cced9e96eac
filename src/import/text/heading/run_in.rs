//! Numbered sections whose headings are the beginning of their first paragraph, or that have none:
//! `2. Grant of Licence. Subject to …`.

use super::super::habit::Habit;
use super::super::line::{Line, blocks};
use super::super::topics::text;
use super::number;
use super::{Candidate, Style};
use std::ops::Range;

/// Bytes of all sections together, below which they are the items of a list.
const LEAST: usize = 4_000;
/// Characters of a title that is cut out of a sentence.
const TITLE: usize = 60;

/// The sections of a text whose numbers follow each other; none if they are no sections.
pub fn sections(lines: &[Line], parts: &[Range<usize>], habit: &Habit) -> Vec<Candidate> {
    let mut found: Vec<(u32, Range<usize>)> = Vec::new();
    // Paragraphs that belong to a section before the next one.
    let mut more = 0;
    for part in parts {
        let Some(first) = lines.get(part.start) else { continue };
        let number = number::top(first.words())
            .filter(|(_, title)| title.starts_with(|c: char| !c.is_lowercase()))
            .map(|(number, _)| number)
            .filter(|_| first.indent() <= habit.indent + 4);
        match (number, found.last()) {
            (Some(number), None) if number <= 1 => found.push((number, part.clone())),
            (Some(number), Some((last, _))) if number == last + 1 => {
                found.push((number, part.clone()));
            }
            _ => more += usize::from(!found.is_empty()),
        }
    }
    let (Some((_, first)), Some((_, last))) = (found.first(), found.last()) else {
        return Vec::new();
    };
    let start_of = |line: usize| lines.get(line).map_or(0, |line| line.at);
    let long = start_of(last.end - 1).saturating_sub(start_of(first.start)) >= LEAST;
    let written: usize = found.iter().map(|(_, part)| part.len()).sum();
    if found.len() < 3 || !long || (more * 3 < found.len() && written < found.len() * 4) {
        return Vec::new();
    }
    found.into_iter().map(|(number, part)| section(lines, number, &part)).collect()
}

/// A section that starts with a paragraph. Its text keeps the words of which the title was made, if
/// they are not a line of their own.
fn section(lines: &[Line], number: u32, part: &Range<usize>) -> Candidate {
    let words = text(lines, part);
    let (mark, rest) = words.split_once([' ', '\t']).unwrap_or((&words, ""));
    let rest = rest.trim_start();
    let (title, is_whole) = title(rest);
    let alone = part.len() == 1 && is_whole && rest.trim_end_matches(['.', ':']) == title;
    Candidate {
        lines: part.start..part.start + usize::from(alone),
        title: format!("{mark} {title}{}", if is_whole { "" } else { "…" }),
        style: Style::RunIn,
        level: 0,
        anchor: Some(format!("section-{number}")),
    }
}

/// The first sentence if it is short, and else its first words.
fn title(words: &str) -> (&str, bool) {
    let sentence = words.split_inclusive(['.', ':']).next().unwrap_or_default();
    let ends =
        words.get(sentence.len()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
    let short = sentence.trim_end_matches(['.', ':']);
    if ends && short.chars().count() <= TITLE && !short.is_empty() {
        return (short, true);
    }
    let end = words.char_indices().nth(TITLE).map_or(words.len(), |(at, _)| at);
    let cut = words.get(..end).unwrap_or_default();
    let whole = cut.rfind(' ').and_then(|at| cut.get(..at)).unwrap_or(cut);
    (if end == words.len() { cut } else { whole.trim_end_matches([',', ';']) }, end == words.len())
}

/// Whether the text goes on below a line as it does everywhere: with a paragraph at the margin.
pub fn goes_on(lines: &[Line], after: usize, habit: &Habit) -> bool {
    let next = blocks(lines, after..lines.len().min(after + 8)).into_iter().next();
    let block = next.and_then(|block| lines.get(block)).unwrap_or_default();
    block.first().is_some_and(|line| {
        line.indent() <= habit.indent + 4
            && (line.width() * 2 > habit.width || number::top(line.words()).is_some())
    })
}
