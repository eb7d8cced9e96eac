//! Headings that name a part of a book by a word and a number: `BOOK I`, `Chapter 2. Title`.

use super::super::line::Line;
use super::Style;

/// Words before the number of a part or a chapter.
const PARTS: &[&str] = &[
    "part",
    "book",
    "volume",
    "act",
    "teil",
    "buch",
    "partie",
    "livre",
    "parte",
    "libro",
    "часть",
];
const CHAPTERS: &[&str] = &[
    "chapter",
    "stave",
    "canto",
    "letter",
    "scene",
    "lecture",
    "lesson",
    "kapitel",
    "chapitre",
    "capítulo",
    "capitulo",
    "capitolo",
    "глава",
];

/// Whether a block is the heading of a part or a chapter.
pub fn chapter(block: &[Line]) -> Option<Style> {
    let first = block.first()?;
    if block.len() > 3 || block.iter().any(|line| line.words().chars().count() > 70) {
        return None;
    }
    let style = chapter_line(first.words())?;
    let more = block.iter().skip(1).any(|line| chapter_line(line.words()).is_some());
    let running = block.last().is_some_and(|line| line.text.ends_with([',', ';']));
    (!more && !running).then_some(style)
}

fn chapter_line(words: &str) -> Option<Style> {
    let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
    let lower = word.to_lowercase();
    let style = if PARTS.contains(&lower.as_str()) {
        Style::Part
    } else if CHAPTERS.contains(&lower.as_str()) {
        Style::Chapter
    } else {
        return chinese_chapter(words).then_some(Style::Chapter);
    };
    let capital = word.starts_with(char::is_uppercase);
    let number = rest.split_whitespace().next()?;
    let bare = number.trim_end_matches(['.', ':', '—', '-', ')', ',']);
    let is_number = bare.bytes().all(|b| b.is_ascii_digit())
        || bare.bytes().all(|b| b"IVXLCDM".contains(&b))
        || NUMBERS.contains(&bare.to_lowercase().as_str());
    // `Part 2 of the plan is …` is a sentence.
    let after = rest.get(number.len()..)?.trim_start_matches([' ', '.', ':', '-', '—', '–']);
    let titled = bare.len() < number.len()
        || after.is_empty()
        || after
            .starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '_' | '(' | '['));
    (capital && !bare.is_empty() && is_number && titled).then_some(style)
}

/// `第三章 …`
fn chinese_chapter(words: &str) -> bool {
    words.strip_prefix('第').is_some_and(|rest| {
        let digits = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "〇零一二三四五六七八九十百千两兩".contains(c)
        });
        digits.len() < rest.len()
            && digits.starts_with(['章', '回', '节', '節', '部', '卷'])
            && words.chars().count() <= 40
    })
}

const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "the",
    "eins",
    "zwei",
    "drei",
    "premier",
    "première",
    "primero",
    "primera",
];
