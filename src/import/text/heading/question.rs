//! Questions of an FAQ as headings.

use super::super::line::Line;
use super::{Candidate, Style, joined_title};
use std::ops::Range;

/// The questions of an FAQ: `Q: …` with an `A: …` for each.
pub fn questions(lines: &[Line], parts: &[Range<usize>]) -> Vec<Candidate> {
    let answers = lines.iter().filter(|line| is_label(line.words(), 'A')).count();
    let asked = lines.iter().filter(|line| is_label(line.words(), 'Q')).count();
    if asked < 3 || answers * 3 < asked * 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in parts {
        let mut at = part.start;
        while at < part.end {
            let line = lines.get(at).filter(|line| is_label(line.words(), 'Q'));
            let goes_on = |next: &usize| {
                let words = lines.get(*next).map_or("", Line::words);
                !is_label(words, 'A') && !is_label(words, 'Q')
            };
            let end = (at + 1..part.end).take_while(goes_on).last().map_or(at + 1, |last| last + 1);
            if line.is_some() {
                let block = lines.get(at..end).unwrap_or_default();
                let whole = joined_title(block);
                let title = whole.split_once([':', '.', ')']).map_or("", |(_, text)| text.trim());
                found.push(Candidate {
                    lines: at..end,
                    title: title.to_owned(),
                    style: Style::Question,
                    level: 0,
                    anchor: None,
                });
            }
            at = end;
        }
    }
    found
}

/// Whether words start with `Q:`, `Q.`, `Q1:` or the like.
fn is_label(words: &str, letter: char) -> bool {
    words.strip_prefix(letter).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix([':', '.', ')']).is_some_and(|text| text.starts_with(' '))
    })
}
