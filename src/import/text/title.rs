//! The title at the top of a plain text.

use super::frame::About;
use super::habit::{Habit, ends_sentence};
use super::heading::subject;
use super::line::{Line, blocks};
use super::{is_same, shape};

/// Characters of a title.
const LONGEST: usize = 70;
/// Lines of a block that starts with a title.
const LINES: usize = 6;

/// The title at the top of a text that has more to say: the line after it, and its words. It is the
/// first block if that is one line; the line above a line that says who wrote it; the first line in
/// capitals, or with capitals at the start of its words, of a few lines that are no paragraph. The
/// title of a letter is its subject, which is part of its text.
pub fn title_block(lines: &[Line], about: &About, habit: &Habit) -> Option<(usize, String)> {
    let mut parts = blocks(lines, 0..lines.len()).into_iter();
    let (first, _second) = (parts.next()?, parts.next()?);
    let block = lines.get(first.clone())?;
    let line = block.first()?;
    let words = line.words();
    if about.title.as_deref().is_some_and(|title| is_same(title, words)) {
        return Some((first.start + 1, words.to_owned())).filter(|_| block.len() == 1);
    }
    if about.title.is_some() {
        return None;
    }
    if let Some(subject) = subject(block) {
        return Some((first.start, subject));
    }
    if !is_title(words) {
        return None;
    }
    let Some(next) = block.get(1) else { return Some((first.end, words.to_owned())) };
    if ends_sentence(words) || block.len() > LINES {
        return None;
    }
    if is_byline(next.words()) {
        return Some((first.start + 1, words.to_owned()));
    }
    if line.indent() > 0 || habit.is_wrapped(block) || !is_headline(words) {
        return None;
    }
    // A title in capitals may take more than one line.
    let (mut title, mut count) = (words.to_owned(), 1);
    for line in block.iter().skip(1) {
        let longer = title.chars().count() + 1 + line.words().chars().count();
        if !(is_capitals(&title) && is_capitals(line.words())) || longer > LONGEST {
            break;
        }
        title.push(' ');
        title.push_str(line.words());
        count += 1;
    }
    Some((first.start + count, title))
}

fn is_title(words: &str) -> bool {
    let ends = ['.', ',', ';', ':', '。', '，', '：', '、', '；'];
    // `Name: value` is no title; `"Words": who said them` may be one.
    let colon = words.find(':').and_then(|at| Some((words.get(..at)?, words.get(at + 1..)?)));
    let named = colon.is_some_and(|(before, after)| {
        let quoted = before.ends_with(['"', '”', '»']);
        !after.starts_with(' ') || (before.split_whitespace().count() < 3 && !quoted)
    });
    words.chars().count() <= LONGEST
        && words.starts_with(|c: char| {
            c.is_alphanumeric() || matches!(c, '"' | '“' | '«' | '「' | '《')
        })
        && !words.ends_with(ends)
        && shape::marker(words).is_none()
        && shape::leader(words).is_none()
        && !words.contains("   ")
        && !words.contains(['\t', '|', '{', '=', ';'])
        && !named
}

/// Whether a line says who wrote a text.
fn is_byline(words: &str) -> bool {
    let name = words.strip_prefix("by ").or_else(|| words.strip_prefix("By "));
    name.is_some_and(|name| {
        name.starts_with(char::is_uppercase)
            && name.split_whitespace().count() <= 8
            && !name.ends_with(['.', ',', ';'])
    })
}

/// Whether all letters of a line, of which there are several, are capitals.
fn is_capitals(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 3 && letters.all(char::is_uppercase)
}

/// Whether most of the longer words of a line start with a capital.
fn is_headline(words: &str) -> bool {
    let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let capital = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let all = words.split_whitespace().filter(long);
    let capitals = all.clone().filter(capital).count();
    capitals > 0 && capitals * 4 >= all.count() * 3
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn title(block: &str) -> Option<(usize, String)> {
        let source = format!(
            "{block}\n\nText that goes on and on until its line is as full as it can be\nand then goes on.\n"
        );
        let lines = split(&source);
        title_block(&lines, &About::default(), &Habit::of(&lines))
    }

    #[test]
    fn a_line_or_the_first_of_a_few_is_a_title() {
        for (block, end, words) in [
            ("Read-out of a Call", 1, "Read-out of a Call"),
            ("\"We stay\": a talk with Marta\nby Tom Reed", 1, "\"We stay\": a talk with Marta"),
            ("TOWN OF M\nBOARD\nTuesday, 8 April", 2, "TOWN OF M BOARD"),
            ("REGULATION 2025/9\nof 3 February", 1, "REGULATION 2025/9"),
            ("The Lamplighter\nA Play in Two Acts", 1, "The Lamplighter"),
            ("From: A <a@b>\nSubject: Gravel", 0, "Gravel"),
        ] {
            assert_eq!(title(block), Some((end, words.to_owned())), "{block}");
        }
    }

    #[test]
    fn verse_and_paragraphs_have_no_title_of_their_own() {
        for block in [
            "Because I could not stop for Death\nHe kindly stopped for me",
            "A paragraph that goes on and on until its line is as full as can\nbe, and then ends.",
            "Name: value\nOther: value",
            "http://a.example/b",
            "1. One\n2. Two",
        ] {
            assert_eq!(title(block), None, "{block}");
        }
    }
}
