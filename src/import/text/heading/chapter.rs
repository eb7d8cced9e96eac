//! Headings that name a part of a book or of an act by a word and a number: `BOOK I`,
//! `Chapter 2. Title`, `Article 3`.

use super::super::line::Line;
use super::{Candidate, Style, ends_sentence};

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

const ARTICLES: &[&str] = &[
    "article",
    "section",
    "clause",
    "annex",
    "schedule",
    "artikel",
    "artículo",
    "articulo",
    "articolo",
    "artigo",
    "статья",
    "§",
];
/// Words of an article's heading that ends as a sentence does.
const FEW: usize = 10;

/// The words of a heading of an article: a number on a line of its own is parted from them.
pub fn article_title(block: &[Line]) -> String {
    let mut lines = block.iter().map(Line::words);
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let sign = if first.ends_with(['.', ':', '-', '\u{2013}', '\u{2014}']) { " " } else { ": " };
    if rest.is_empty() { first.to_owned() } else { [first, sign, &rest.join(" ")].concat() }
}

/// Gives articles their levels. What comes first is above: the articles of a constitution have
/// sections. Where sections stand right above articles, they are above them.
pub fn rank_articles(found: &mut [Candidate], lines: &[Line]) {
    let word = |candidate: &Candidate| {
        let word = candidate.title.split_whitespace().next().unwrap_or_default();
        (candidate.style == Style::Article).then(|| word.to_lowercase())
    };
    let mut words: Vec<String> = Vec::new();
    for word in found.iter().filter_map(word) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let [first, second] = words.as_slice() else { return };
    let above = found.windows(2).any(|pair| match pair {
        [a, b] => {
            let apart = a.lines.end..b.lines.start;
            word(a).as_ref() == Some(second)
                && word(b).as_ref() == Some(first)
                && lines.get(apart).unwrap_or_default().iter().all(Line::is_blank)
        }
        _ => false,
    });
    let lower = if above { first } else { second };
    for candidate in found.iter_mut() {
        candidate.level += usize::from(word(candidate).as_ref() == Some(lower));
    }
}

/// Whether a block is the heading of a part, a chapter or an article.
pub fn chapter(block: &[Line]) -> Option<Style> {
    let first = block.first()?;
    if block.len() > 3 || block.iter().any(|line| line.words().chars().count() > 70) {
        return None;
    }
    let style = chapter_line(first.words())?;
    let more = block.iter().skip(1).any(|line| chapter_line(line.words()).is_some());
    let last = block.last().map_or("", |line| line.text);
    let running = last.ends_with([',', ';']);
    // A short paragraph that speaks of an article is no heading.
    let few = block.len() == 1 && last.split_whitespace().count() <= FEW;
    if style == Style::Article && ends_sentence(last) && !few {
        return None;
    }
    (!more && !running).then_some(style)
}

fn chapter_line(words: &str) -> Option<Style> {
    let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
    let lower = word.to_lowercase();
    let style = if PARTS.contains(&lower.as_str()) {
        Style::Part
    } else if CHAPTERS.contains(&lower.as_str()) {
        Style::Chapter
    } else if ARTICLES.contains(&lower.as_str()) {
        Style::Article
    } else {
        return chinese_chapter(words).then_some(Style::Chapter);
    };
    let capital = word.starts_with(|c: char| c.is_uppercase() || c == '§');
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
