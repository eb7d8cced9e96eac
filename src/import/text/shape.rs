//! What a block of lines is meant to be: prose, verse, a list, something drawn with characters.

use super::habit::{Habit, LONG};
use super::heading::centred;
use super::line::Line;

/// What a block of lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph.
    Prose,
    /// Lines that keep their breaks.
    Lines,
    /// Lines that keep their breaks and stand further in than the text.
    Quote,
    /// A title in the middle of its lines.
    Title,
    /// A line with the words that are explained in the lines below it, which stand further in.
    Term,
    /// Lines that keep every column: code, tables, drawings.
    Code,
    /// A list, perhaps with words before it.
    List,
    /// A line across.
    Rule,
    /// Lines of a table of contents, with the numbers of pages.
    Contents,
}

/// The sign before an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `-`, `*`, `+`, `•`, `o`.
    Bullet(char),
    /// `1.` or `1)`.
    Number(u32, char),
}

impl Marker {
    /// Whether both may stand in one list.
    pub fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(a), Self::Bullet(b)) | (Self::Number(_, a), Self::Number(_, b)) => a == b,
            _ => false,
        }
    }
}

/// The sign before an item, and the bytes of `words` up to its text.
pub fn marker(words: &str) -> Option<(Marker, usize)> {
    let sign = words.chars().next()?;
    let (marker, length) = match sign {
        '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '·' | 'o' => {
            (Marker::Bullet(sign), sign.len_utf8())
        }
        '0'..='9' => {
            let digits = words.find(|c: char| !c.is_ascii_digit())?;
            let end = words.get(digits..)?.chars().next().filter(|c| matches!(c, '.' | ')'))?;
            let number = words.get(..digits).filter(|digits| digits.len() <= 3)?.parse().ok()?;
            (Marker::Number(number, end), digits + 1)
        }
        _ => return None,
    };
    let rest = words.get(length..)?;
    let text = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let space = rest.len() - text.len();
    // The letter is a word of some languages.
    let enough = if sign == 'o' { space > 1 } else { space > 0 };
    (enough && !text.is_empty()).then_some((marker, length + space))
}

/// Whether words start with a letter or a Roman number that counts items: `a)`, `(iv)`, `ii.`.
pub fn is_lettered(words: &str) -> bool {
    let Some(mark) = words.split_whitespace().next().filter(|mark| mark.len() < words.len()) else {
        return false;
    };
    let open = mark.strip_prefix('(');
    let Some(name) = open.unwrap_or(mark).strip_suffix([')', '.']) else { return false };
    let bracket = open.is_some() || mark.ends_with(')');
    let is_roman = !name.is_empty() && name.bytes().all(|b| b"ivxIVX".contains(&b));
    let is_letter = name.len() == 1 && name.bytes().all(|b| b.is_ascii_alphabetic());
    (is_roman && name.len() <= 5 && (bracket || name.bytes().all(|b| b.is_ascii_lowercase())))
        || (is_letter && (bracket || name.bytes().all(|b| b.is_ascii_lowercase())))
}

/// What the lines of a block are.
pub fn shape(block: &[Line], habit: &Habit) -> Shape {
    let Some(first) = block.first() else {
        return Shape::Prose;
    };
    if block.iter().all(|line| is_rule(line.words())) && block.len() == 1 {
        return Shape::Rule;
    }
    if block.iter().filter(|line| leader(line.text).is_some()).count() * 2 > block.len() {
        return Shape::Contents;
    }
    if is_list(block) {
        return Shape::List;
    }
    if centred(block, habit).is_some() {
        return Shape::Title;
    }
    if is_drawn(block, habit) {
        return Shape::Code;
    }
    let long = block.iter().any(|line| line.width() > LONG);
    let indent = block.iter().map(Line::indent).min().unwrap_or(0);
    let wrapped = habit.is_wrapped(block);
    if !wrapped && is_term(block, habit) {
        return Shape::Term;
    }
    if indent > habit.indent + 1 && !long {
        let alone = block.len() == 1 && first.width() + 8 > habit.width && habit.width > 0;
        let wrapped = wrapped && (block.len() > 2 || goes_on_small(block));
        return if wrapped || alone { Shape::Prose } else { Shape::Quote };
    }
    if wrapped { Shape::Prose } else { Shape::Lines }
}

/// Whether a line of two or more goes on in the middle of a sentence.
fn goes_on_small(block: &[Line]) -> bool {
    block.len() > 1 && block.iter().skip(1).all(|line| line.words().starts_with(char::is_lowercase))
}

/// Whether a line of words stands above lines that explain it: all of them further in, and wrapped.
fn is_term(block: &[Line], habit: &Habit) -> bool {
    let Some((term, body)) = block.split_first() else { return false };
    let Some(first) = body.first() else { return false };
    let indent = first.indent();
    let level = body.iter().all(|line| line.indent() == indent);
    let prose = match body {
        [only] => only.words().split_whitespace().count() > 3,
        _ => habit.is_wrapped(body),
    };
    level
        && prose
        && indent >= term.indent() + 2
        && term.width() <= LONG
        && !term.text.ends_with(',')
}

/// Whether the block is a list: it starts with an item, or has two, or one after a colon.
fn is_list(block: &[Line]) -> bool {
    let items: Vec<usize> = block
        .iter()
        .enumerate()
        .filter(|(_, line)| marker(line.words()).is_some())
        .map(|(at, _)| at)
        .collect();
    let Some(first) = items.first().copied() else {
        return false;
    };
    let like = |at: usize| block.get(at).and_then(|line| marker(line.words()));
    let alike = match (like(first), items.get(1).and_then(|second| like(*second))) {
        (Some((a, _)), Some((b, _))) => a.is_like(b),
        _ => false,
    };
    let colon =
        first > 0 && block.get(first - 1).is_some_and(|line| line.text.ends_with([':', '：']));
    first == 0 || alike || colon
}

/// Whether something is drawn or tabulated with characters, or is code.
fn is_drawn(block: &[Line], habit: &Habit) -> bool {
    let gaps = block.iter().filter(|line| has_gap(line.words())).count();
    let signs = block.iter().filter(|line| is_mostly_signs(line.words())).count();
    let inside = block.iter().all(|line| line.indent() > habit.indent + 1);
    let code = block.iter().filter(|line| looks_like_code(line.words())).count();
    let deep = block.iter().any(|line| line.indent() > habit.indent + 8 + TITLE);
    (gaps > 0 && gaps * 2 >= block.len() && (block.len() > 1 || inside))
        || signs * 3 > block.len()
        || (inside && code * 2 >= block.len() && code > 0)
        || (deep && inside && signs > 0)
}

/// Columns by which a title in the middle may stand further in.
const TITLE: usize = 40;

/// Whether three spaces or a tab part the words of a line, as the columns of a table are.
fn has_gap(words: &str) -> bool {
    words.contains("   ") || words.contains('\t')
}

/// Whether a line has more signs than letters.
fn is_mostly_signs(words: &str) -> bool {
    let signs = |c: &char| {
        c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '\'' | '"' | '?' | '!' | '-')
            || matches!(c, '─'..='◿')
    };
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    let drawn = words.chars().filter(signs).count();
    let hyphens = words.matches("--").count();
    drawn + hyphens > 2 && (drawn + hyphens) * 2 > letters
}

/// Whether a line of an indented block is code rather than words.
fn looks_like_code(words: &str) -> bool {
    words.ends_with(['{', '}', ';', '\\', '='])
        || words.starts_with(['$', '#', '%', '{', '}', '/', '<', '@'])
        || ["()", "=>", "->", " = ", "==", "::", "</", "://"]
            .iter()
            .any(|sign| words.contains(sign))
        || words.split_whitespace().any(|word| word.len() > 2 && word.starts_with("--"))
}

/// Whether a line is a line across.
pub fn is_rule(words: &str) -> bool {
    let mut chars = words.chars().filter(|c| !c.is_whitespace());
    let Some(first) = chars.next() else { return false };
    let mut count = 1;
    matches!(first, '-' | '*' | '_' | '=' | '~' | '#' | '+' | '.' | '─' | '━' | '═' | '—' | '•')
        && chars.all(|c| {
            count += 1;
            c == first
        })
        && count > 2
}

/// The words of a line of a table of contents, before the dots that lead to the number of a page.
pub fn leader(text: &str) -> Option<&str> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let page = text.len() - before.len();
    let words = before.trim_end_matches(['.', ' ', '·', '…']);
    let dots = before.get(words.len()..)?;
    let enough = dots.matches('.').count() > 2 || dots.contains('…');
    ((1..=5).contains(&page) && enough && !words.trim().is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn shape_of(source: &str) -> Shape {
        let habit = Habit { width: 72, indent: 0, spaced: true };
        shape(&split(source), &habit)
    }

    #[test]
    fn knows_what_a_block_is() {
        assert_eq!(shape_of("- a\n- b"), Shape::List);
        assert_eq!(shape_of("Buy:\n- a"), Shape::List);
        assert_eq!(shape_of("a thought\n- and another"), Shape::Lines);
        assert_eq!(shape_of("    Poor Isabella's dead\n    Set all tongues"), Shape::Quote);
        assert_eq!(shape_of("    if (x) {\n        go();\n    }"), Shape::Code);
        assert_eq!(shape_of("+----+\n| a  |\n+----+"), Shape::Code);
        assert_eq!(shape_of("name     size\nabc      12\ndef      9"), Shape::Code);
        assert_eq!(shape_of("a\tb\tc\n\tindented\nword\tword"), Shape::Code);
        assert_eq!(shape_of("* * *"), Shape::Rule);
        assert_eq!(shape_of("1.  Intro ......... 1\n2.  More . . . . . . 12"), Shape::Contents);
        assert_eq!(shape_of("Dear John,\nhow are you?"), Shape::Lines);
    }

    #[test]
    fn items_may_be_counted_by_letters() {
        for words in ["a) x", "(iv) x", "ii. x", "b. x", "(A) x"] {
            assert!(is_lettered(words), "{words}");
        }
        for words in ["A. Smith", "a)", "(see) x", "word. x", "(x", ") x", "I. Title"] {
            assert!(!is_lettered(words), "{words}");
        }
    }

    #[test]
    fn a_term_stands_above_what_is_said_of_it() {
        assert_eq!(
            shape_of("name\n    A word or several that go on and on until the line is\n    full."),
            Shape::Term
        );
        assert_eq!(shape_of("name\n    two words"), Shape::Lines);
        assert_eq!(shape_of("                            Preamble"), Shape::Title);
    }

    #[test]
    fn an_item_has_a_sign_and_words() {
        assert_eq!(marker("- x"), Some((Marker::Bullet('-'), 2)));
        assert_eq!(marker("12)  x"), Some((Marker::Number(12, ')'), 5)));
        assert_eq!(marker("o  x"), Some((Marker::Bullet('o'), 3)));
        for words in ["o livro", "-x", "1984. A year", "3.2.  Foo", "-", "--- x"] {
            assert_eq!(marker(words), None, "{words}");
        }
    }
}
