//! When the letters of a term in a text are a mention: its case, and what stands around it.

use crate::search::words::is_edge;
use crate::text::is_common;
use std::ops::Range;

/// Signs that make one word of what stands on both sides.
const GLUE: &[char] = &['-', '‐', '‑', '‒', '–', '.', '/', '_', '@', '#', '&', '+', ':', '\\', '='];

/// How a term is written, which says how it must be written elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// In capitals: matches only itself.
    Capitals,
    /// With a capital, which it needs.
    Capital,
    /// A common word with a capital: where a sentence starts it may be that word.
    Common,
    /// Several words of which only the first has a capital, as titles have it: it may be lost.
    Sentence,
    /// In lower case: several words take a capital at the start of a sentence. A single one does not:
    /// there a word of the language stands far more often than a name.
    Lower,
}

impl Shape {
    /// The shape of a term; none if it is a common word.
    pub fn of(term: &str, folded: &str) -> Option<Self> {
        let capital = |c: char| c.is_uppercase();
        let starts = term.chars().next().is_some_and(capital);
        let capitals = term.chars().filter(|c| capital(*c)).count();
        let is_word = folded.chars().all(char::is_alphanumeric);
        let common = is_word && is_common(folded);
        Some(if capitals > 1 && !term.chars().any(char::is_lowercase) {
            Self::Capitals
        } else if !starts && common {
            return None;
        } else if !starts {
            Self::Lower
        } else if common {
            Self::Common
        } else if capitals == 1 && term.contains(char::is_whitespace) {
            Self::Sentence
        } else {
            Self::Capital
        })
    }
}

/// Where a word that starts before `at` ends: without its plural, and with it. None if it goes on.
pub fn end_of_word(folded: &str, at: usize) -> Option<Range<usize>> {
    let rest = folded.get(at..)?;
    let hisses = folded.get(..at)?.ends_with(['s', 'x', 'z', 'h', 'o']);
    let plural = ["", "s", "es"].into_iter().find(|ending| {
        rest.starts_with(ending)
            && is_edge(folded, at + ending.len())
            && (*ending != "es" || hisses)
    })?;
    Some(at..at + plural.len())
}

/// Whether letters of a text that are those of a term are a mention of it. `own` are the bytes without
/// the ending of the plural, `all` those with it.
pub fn fits(shape: Shape, text: &str, own: Range<usize>, all: Range<usize>) -> bool {
    let before = text.get(..all.start).unwrap_or_default();
    let after = text.get(all.end..).unwrap_or_default();
    let written = text.get(own).unwrap_or_default();
    let counted = !written.contains(char::is_whitespace) && is_counted(after);
    let in_name = shape == Shape::Common && is_part_of_name(before, after);
    stands_alone(before, after) && !counted && !in_name && is_written(shape, written, before)
}

/// Whether a word with a capital stands beside another one: `White House`.
fn is_part_of_name(before: &str, after: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let last =
        before.strip_suffix([' ', '\u{a0}']).and_then(|b| b.split(char::is_whitespace).next_back());
    let next = after.strip_prefix([' ', '\u{a0}']);
    last.is_some_and(|last| capital(last) && last.ends_with(char::is_alphanumeric))
        || next.is_some_and(capital)
}

/// Whether a word is one of several that are counted: `Appendix B`, `Table 3`.
fn is_counted(after: &str) -> bool {
    let mut words =
        after.strip_prefix([' ', '\u{a0}']).unwrap_or_default().split(char::is_whitespace);
    let next = words.next().unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
    let letter = next.chars().count() == 1 && next.chars().all(char::is_uppercase);
    letter || next.starts_with(|c: char| c.is_ascii_digit())
}

fn stands_alone(before: &str, after: &str) -> bool {
    if before.ends_with(GLUE) {
        return false;
    }
    let mut after = after.chars();
    match (after.next(), after.next()) {
        // A full stop or a colon may end what a term stands in; signs of paths may not.
        (Some('/' | '_' | '@' | '#' | '&' | '+' | '\\' | '='), _) => false,
        (Some(sign), Some(next)) if GLUE.contains(&sign) || sign == '(' => {
            !(next.is_alphanumeric() || sign == '(' && next == ')')
        }
        (Some('\'' | '’'), Some(next)) => !next.is_alphanumeric() || next == 's',
        _ => true,
    }
}

fn is_written(shape: Shape, written: &str, before: &str) -> bool {
    let first = written.chars().next();
    let capital = first.is_some_and(char::is_uppercase);
    let shouted = written.chars().filter(|c| c.is_uppercase()).count() > 1
        && !written.chars().any(char::is_lowercase);
    match shape {
        Shape::Capitals => !written.chars().any(char::is_lowercase),
        Shape::Capital => capital && (!shouted || written.contains(' ')),
        Shape::Common => capital && !shouted && !starts_sentence(before),
        Shape::Sentence => true,
        Shape::Lower => {
            !written.chars().skip(1).any(char::is_uppercase)
                && (!capital || (written.contains(' ') && starts_sentence(before)))
        }
    }
}

/// Whether a sentence starts behind a text.
pub fn starts_sentence(before: &str) -> bool {
    let opening =
        |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '“' | '‘' | '«');
    let spaces = before.trim_end_matches(opening);
    // Lines that keep their breaks are verse, or parts of a list.
    let breaks = before.get(spaces.len()..).is_some_and(|spaces| spaces.contains('\n'));
    breaks
        || spaces.is_empty()
        || spaces.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';', '—', '–'])
}

/// The bytes of a text that are addresses or formulas.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.contains("://") || word.starts_with("www.") {
            found.push(from..from + word.len());
        }
        from += word.len();
    }
    formulas(text, &mut found);
    found
}

/// What stands between two dollar signs that are close to it.
fn formulas(text: &str, found: &mut Vec<Range<usize>>) {
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices('$') {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + 1..).and_then(|text| text.chars().next());
        let closes = before.is_some_and(|c| !c.is_whitespace())
            && !after.is_some_and(|c| c.is_ascii_digit());
        match open {
            Some(start) if closes => {
                found.push(start..at + 1);
                open = None;
            }
            _ if after.is_some_and(|c| !c.is_whitespace()) => open = Some(at),
            _ => {}
        }
    }
}
