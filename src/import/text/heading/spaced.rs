//! Short lines with more space above them than paragraphs have: the titles of tales, poems or
//! recipes that follow each other.

use super::super::line::Line;
use super::super::shape::{leader, marker};
use super::{Candidate, Style, is_title};
use std::ops::Range;

/// Characters that such a title has at most.
const LONGEST: usize = 60;

/// The lines that have at least two blank lines above them where paragraphs have one, if nearly all
/// wide spaces stand above such a line. The first of them may stand below the title of the text.
pub fn spaced(lines: &[Line], parts: &[Range<usize>]) -> Vec<Candidate> {
    let space = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| parts.get(before));
        before.zip(parts.get(at)).map_or(0, |(before, part)| part.start - before.end)
    };
    let titled = |at: &usize| {
        let line = parts.get(*at).filter(|part| part.len() == 1).and_then(|p| lines.get(p.start));
        // Its text follows.
        let followed = parts.get(at + 1).is_some();
        followed && line.is_some_and(is_short_title)
    };
    let wide: Vec<usize> = (1..parts.len()).filter(|at| space(*at) > 1).collect();
    let mut found: Vec<usize> = wide.iter().copied().filter(titled).collect();
    let alone = found.windows(2).any(|pair| matches!(pair, [a, b] if b - a < 2));
    if found.len() < 2 || found.len() * 5 < wide.len() * 4 || wide.len() * 2 > parts.len() || alone
    {
        return Vec::new();
    }
    if titled(&0) && space(1) == 1 && titled(&1) && !found.contains(&1) {
        found.insert(0, 1);
    }
    let candidate = |at: usize| {
        let part = parts.get(at)?;
        let title = lines.get(part.start)?.words().to_owned();
        let lines = part.clone();
        Some(Candidate { lines, title, style: Style::Spaced, level: 0, anchor: None })
    };
    found.into_iter().filter_map(candidate).collect()
}

fn is_short_title(line: &Line) -> bool {
    let words = line.words();
    is_title(words)
        && words.chars().count() <= LONGEST
        && words.chars().filter(|c| c.is_alphabetic()).count() > 2
        && marker(words).is_none()
        && leader(words).is_none()
        && !words.contains(['=', '|', '{', '}', '\t'])
}

#[cfg(test)]
mod tests {
    use super::super::super::line::{blocks, split};
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let lines = split(source);
        let parts = blocks(&lines, 0..lines.len());
        spaced(&lines, &parts).into_iter().map(|candidate| candidate.title).collect()
    }

    #[test]
    fn what_stands_apart_is_a_title() {
        let soup = "Wash the lentils.\n\nFry the onion.\n";
        let all =
            format!("KITCHEN\n\nCake\n\n{soup}\n\nLentil Soup\n\n{soup}\n\nPancakes\n\n{soup}");
        assert_eq!(found(&all), ["Cake", "Lentil Soup", "Pancakes"]);
    }

    #[test]
    fn space_alone_makes_no_title() {
        assert!(found("One.\n\nTwo.\n\n\nThree.\n\nFour.\n\n\nFive.\n\nSix.\n").is_empty());
        assert!(found("A line\n\n\nA line\n\n\nA line\n\n\nA line\n").is_empty());
        assert!(found("Text.\n\nMore.\n\n\nAlone\n\nText.\n").is_empty());
    }
}
