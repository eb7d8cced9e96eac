//! Headings that a person sees in a plain text: underlined lines, numbered sections, chapters and
//! articles, lines of capitals, lines in the middle, lines that hang out of an indented text, numbers
//! before paragraphs, lines with more space above them than others, letters of a correspondence, and
//! questions of an FAQ. When in doubt a line is no heading.

mod centred;
mod chapter;
mod mail;
mod number;
mod question;
mod run_in;
mod spaced;
mod sure;

use super::habit::{Habit, ends_sentence};
use super::is_same;
use super::line::{Line, blocks};
use super::shape::{is_rule, leader, marker};
pub use centred::centred;
use chapter::{article_title, chapter};
pub use mail::subject;
use number::Numbers;
pub use number::anchor_of;
use question::questions;
use std::collections::HashMap;
use std::ops::Range;

/// Columns that a heading may take.
const WIDEST: usize = 100;

/// What makes a line a heading; the first stands above the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Style {
    /// `BOOK I`, `PART TWO`.
    Part,
    /// `CHAPTER I.`
    Chapter,
    /// `Article 2`, `§ 3`.
    Article,
    /// A line of one sign below it, by the order in which the signs come.
    Underlined(usize),
    /// `3.2.  Title`, and `Appendix A.`
    Numbered,
    /// Unindented in an indented text.
    Hanging,
    /// ALL CAPITALS.
    Capitals,
    /// In the middle of its lines.
    Centred,
    /// `2. Title. Text that …`, a paragraph that starts with a number.
    RunIn,
    /// `Q: …`
    Question,
    /// More space above than between paragraphs.
    Spaced,
    /// `From: …`, the head of a letter.
    Letter,
}

/// A heading of a plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its lines.
    pub lines: Range<usize>,
    /// Its words.
    pub title: String,
    /// 0 for the highest of the document.
    pub depth: u8,
    /// The name by which the text calls it, such as `section-3.2`.
    pub anchor: Option<String>,
}

struct Candidate {
    lines: Range<usize>,
    title: String,
    style: Style,
    level: usize,
    anchor: Option<String>,
}

impl Heading {
    /// Whether it stands over a table of contents.
    pub fn is_contents(&self) -> bool {
        let title = self.title.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        [
            "contents",
            "table of contents",
            "inhalt",
            "inhaltsverzeichnis",
            "índice",
            "目录",
            "目錄",
            "目次",
        ]
        .contains(&title.as_str())
    }
}

/// The headings of a text, in order. `title` is that of the text, if it is known.
pub fn headings(lines: &[Line], habit: &Habit, title: Option<&str>) -> Vec<Heading> {
    let parts = blocks(lines, 0..lines.len());
    let sorts = [mail::letters(lines, &parts), questions(lines, &parts)];
    let sure = sorts.into_iter().find(|found| !found.is_empty());
    let mut found = sure.unwrap_or_else(|| candidates(lines, &parts, habit, title));
    if found.is_empty() {
        found = spaced::spaced(lines, &parts);
    }
    drop_contents(&mut found, lines);
    let mut styles: Vec<Style> = found.iter().map(|c| c.style).collect();
    styles.sort_unstable();
    styles.dedup();
    // Lines of capitals and lines in the middle are of one rank, and so are numbers and what hangs
    // beside them.
    if styles.contains(&Style::Capitals) {
        styles.retain(|style| *style != Style::Centred);
    }
    let rank = |style: Style| {
        let style = if style == Style::Centred && styles.contains(&Style::Capitals) {
            Style::Capitals
        } else {
            style
        };
        styles.iter().position(|s| *s == style).unwrap_or(0)
    };
    let numbered = styles.contains(&Style::Numbered).then(|| rank(Style::Numbered));
    let first_chapter = found.iter().position(|candidate| candidate.style == Style::Chapter);
    found
        .into_iter()
        .enumerate()
        .map(|(at, candidate)| {
            let rank = match (candidate.style, numbered) {
                (Style::Hanging | Style::Capitals | Style::Centred, Some(numbered)) => numbered,
                // A preface stands beside the chapters.
                (Style::Capitals, _) if first_chapter.is_some_and(|first| at < first) => {
                    rank(Style::Chapter)
                }
                (style, _) => rank(style),
            };
            Heading {
                lines: candidate.lines,
                title: candidate.title.split_whitespace().collect::<Vec<_>>().join(" "),
                depth: u8::try_from(rank + candidate.level).unwrap_or(u8::MAX).min(20),
                anchor: candidate.anchor,
            }
        })
        .collect()
}

fn candidates(
    lines: &[Line],
    parts: &[Range<usize>],
    habit: &Habit,
    title: Option<&str>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let mut numbers = Numbers::default();
    let hanging = habit.indent > 1 && mostly_indented(lines, parts);
    for part in parts {
        let block = lines.get(part.clone()).unwrap_or_default();
        if let Some((length, title, sign)) = underlined(block) {
            let order = signs.iter().position(|s| *s == sign).unwrap_or_else(|| {
                signs.push(sign);
                signs.len() - 1
            });
            found.push(Candidate {
                lines: part.start..part.start + length,
                title,
                style: Style::Underlined(order),
                level: 0,
                anchor: None,
            });
            continue;
        }
        let Some(first) = block.first() else { continue };
        let words = joined_title(block);
        let one = |style, level, anchor| Candidate {
            lines: part.start..part.start + 1,
            title: first.words().to_owned(),
            style,
            level,
            anchor,
        };
        let hangs = block.get(1).is_none_or(|next| first.indent() == 0 && next.indent() > 1);
        if first.width() > WIDEST || leader(first.text).is_some() {
            continue;
        }
        let shouts = || number::top(first.words()).is_some_and(|(_, title)| is_capitals(title));
        if let Some(style) = chapter(block) {
            let title = if style == Style::Article { article_title(block) } else { words };
            found.push(Candidate { lines: part.clone(), title, style, level: 0, anchor: None });
        } else if first.indent() <= if hanging { 1 } else { 4 }
            && (hangs || shouts())
            && let Some((level, anchor)) = numbers.next(first.words(), hanging)
        {
            found.push(one(Style::Numbered, level, Some(anchor)));
        } else if hanging && hangs && first.indent() == 0 && is_title(first.words()) {
            found.push(one(Style::Hanging, 0, None));
        } else if hangs && is_capitals(first.words()) {
            found.push(one(Style::Capitals, 0, None));
        } else if let Some(title) = centred(block, habit)
            && (run_in::goes_on(lines, part.end, habit)
                || block.iter().all(|line| is_capitals(line.words())))
        {
            found.push(Candidate {
                lines: part.clone(),
                title,
                style: Style::Centred,
                level: 0,
                anchor: None,
            });
        }
    }
    drop_title(&mut found, lines, habit);
    // The paragraphs of an act have numbers as well.
    if found.iter().filter(|candidate| candidate.style == Style::Article).count() > 1 {
        found.retain(|candidate| candidate.style != Style::Numbered);
        chapter::rank_articles(&mut found, lines);
    }
    let counted = found.iter().filter(|candidate| candidate.style == Style::Numbered).count();
    let is_divided = |candidate: &Candidate| {
        let style = candidate.style;
        matches!(style, Style::Part | Style::Chapter | Style::Article | Style::Underlined(_))
    };
    if counted < 2 && !found.iter().any(is_divided) {
        let sections = run_in::sections(lines, parts, habit);
        if !sections.is_empty() {
            found.retain(|candidate| candidate.style != Style::Numbered);
            found.extend(sections);
            found.sort_by_key(|candidate| candidate.lines.start);
        }
    }
    found.retain(|candidate| !title.is_some_and(|title| is_same(title, &candidate.title)));
    join_chapter_titles(&mut found, lines);
    sure::keep_sure(found, lines)
}

/// `CHAPTER I` and the line of capitals below it are one heading.
fn join_chapter_titles(found: &mut Vec<Candidate>, lines: &[Line]) {
    let mut out: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found.drain(..) {
        if candidate.style == Style::Capitals
            && let Some(last) = out.last_mut()
            && matches!(last.style, Style::Chapter | Style::Part)
            && is_blank(lines, last.lines.end..candidate.lines.start)
        {
            last.title.push(' ');
            last.title.push_str(&candidate.title);
            last.lines.end = candidate.lines.end;
        } else {
            out.push(candidate);
        }
    }
    *found = out;
}

/// Takes out what only lists headings: a heading without text whose words come again later.
fn drop_contents(found: &mut Vec<Candidate>, lines: &[Line]) {
    let key = |candidate: &Candidate| candidate.title.to_lowercase();
    let mut last: HashMap<String, usize> = HashMap::new();
    for (at, candidate) in found.iter().enumerate() {
        last.insert(key(candidate), at);
    }
    let starts: Vec<usize> = found.iter().map(|c| c.lines.start).collect();
    let mut at = 0;
    found.retain(|candidate| {
        at += 1;
        let next = starts.get(at).copied().unwrap_or(lines.len());
        let again = last.get(&key(candidate)).is_some_and(|last| *last >= at);
        !(again && is_blank(lines, candidate.lines.end..next))
    });
    // A line of capitals right before another heading is part of a title page.
    let is_line = |style: Style| matches!(style, Style::Capitals | Style::Centred);
    let ends: Vec<(usize, Style)> = found.iter().map(|c| (c.lines.start, c.style)).collect();
    let mut at = 0;
    found.retain(|candidate| {
        at += 1;
        let next = ends.get(at);
        !is_line(candidate.style)
            || next.is_none_or(|(start, style)| {
                !is_line(*style) || !is_blank(lines, candidate.lines.end..*start)
            })
    });
}

/// What stands in the middle at the top is the title of the text.
fn drop_title(found: &mut Vec<Candidate>, lines: &[Line], habit: &Habit) {
    let is_title = |first: &Candidate| {
        is_blank(lines, 0..first.lines.start)
            && matches!(first.style, Style::Centred | Style::Capitals)
            && centred(lines.get(first.lines.clone()).unwrap_or_default(), habit).is_some()
    };
    if found.len() > 1 && found.first().is_some_and(is_title) {
        found.remove(0);
    }
}

fn is_blank(lines: &[Line], range: Range<usize>) -> bool {
    lines.get(range).unwrap_or_default().iter().all(Line::is_blank)
}

/// The words of a block on one line.
fn joined_title(block: &[Line]) -> String {
    block.iter().map(Line::words).collect::<Vec<_>>().join(" ")
}

/// A heading with a line of one sign below it, perhaps one above: its lines, words and the sign.
fn underlined(block: &[Line]) -> Option<(usize, String, char)> {
    let over = block.first().filter(|line| sign_of(line.words()).is_some());
    let at = usize::from(over.is_some());
    let title = block.get(at)?;
    let line = block.get(at + 1)?;
    let sign = sign_of(line.words())?;
    let (words, below) = (title.words().chars().count(), line.words().chars().count());
    let fits = below + 3 >= words && (below <= words + 8 || over.is_some());
    let level = over.is_none_or(|over| over.words() == line.words());
    let is_words = title.words().chars().any(char::is_alphanumeric);
    (fits && level && is_words && title.width() <= WIDEST && marker(title.words()).is_none()
        || fits && level && is_words && number::read(title.words()).is_some())
    .then(|| {
        (
            at + 2,
            title.words().to_owned(),
            if over.is_some() { sign.to_ascii_uppercase() } else { sign },
        )
    })
}

/// The sign of which a line consists.
fn sign_of(words: &str) -> Option<char> {
    let sign = words.chars().next()?;
    let known = matches!(sign, '=' | '-' | '~' | '^' | '*' | '#' | '"' | '+' | '─' | '═');
    (known && words.chars().all(|c| c == sign) && words.chars().nth(2).is_some()).then_some(sign)
}

/// Whether words are a heading in capitals.
fn is_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    // Scripts without capitals cannot shout.
    letters > 3
        && capitals == letters
        && !words.ends_with(['.', ',', '!', '-'])
        && !words.contains([';', '=', '|', '{'])
        && words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '¿' | '¡'))
        && words.chars().count() <= 70
        && !is_rule(words)
}

/// Whether words may be a title: a few, and no sentence.
fn is_title(words: &str) -> bool {
    words.chars().count() <= 70
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !ends_sentence(words)
        && !words.ends_with([',', ';'])
        && !words.contains("   ")
}

/// Whether most of the text is indented, so that what is not stands out.
fn mostly_indented(lines: &[Line], parts: &[Range<usize>]) -> bool {
    // The first line of a paragraph may stand further in than the others.
    let later = |part: &Range<usize>| lines.get(part.start + 1..part.end).unwrap_or_default();
    let (mut all, mut indented) = (0, 0);
    for line in parts.iter().flat_map(later) {
        all += 1;
        indented += usize::from(line.indent() > 1);
    }
    parts.len() > 4 && indented * 2 > all
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let lines = split(source);
        let headings = headings(&lines, &Habit::of(&lines), None);
        let shown = |h: &Heading| {
            format!(
                "{} {}{}",
                h.depth,
                h.title,
                h.anchor.as_ref().map_or(String::new(), |a| format!(" #{a}"))
            )
        };
        headings.iter().map(shown).collect()
    }

    #[test]
    fn underlined_lines_are_headings_by_the_order_of_their_signs() {
        assert_eq!(
            found(
                "Title\n=====\n\nText.\n\nPart\n----\nText.\n\n* item\n------\n\nOther\n-----\n\nText."
            ),
            ["0 Title", "1 Part", "1 Other"]
        );
        assert!(found("name  size\n----  ----\na     1").is_empty());
    }

    #[test]
    fn numbered_sections_follow_each_other() {
        let source = "1.  Introduction\n\n   Text of it, which is rather long and goes on.\n\n1.1.  Terms\n\n   Text of it, which is long too.\n\n3.  Not this one\n\n   Text.\n\n2.  Protocol\n\n   Text.\n\nAppendix A.  More\n\n   Text.\n\nAcknowledgements\n\n   Text.\n   More text.\n   More.\n";
        assert_eq!(
            found(source),
            [
                "0 1. Introduction #section-1",
                "1 1.1. Terms #section-1.1",
                "0 3. Not this one",
                "0 2. Protocol #section-2",
                "0 Appendix A. More #appendix-A",
                "0 Acknowledgements",
            ]
        );
        assert!(found("1. Buy milk\n\n2. Buy bread\n\n3. Go home\n").is_empty());
    }

    #[test]
    fn chapters_are_headings_and_their_table_is_not() {
        let source = "CONTENTS\n\nCHAPTER I. Down\nCHAPTER II. Pool\n\nCHAPTER I.\nDown\n\nText of one.\n\nCHAPTER II.\n\nTHE POOL\n\nText of two.\n";
        assert_eq!(found(source), ["0 CHAPTER I. Down", "0 CHAPTER II. THE POOL"]);
        let listed =
            "Chapter 1. A\n\nChapter 2. B\n\nChapter 1. A\n\nText.\n\nChapter 2. B\n\nText.\n";
        assert_eq!(found(listed), ["0 Chapter 1. A", "0 Chapter 2. B"]);
        assert!(found("Part 2 of the plan is\nnot ready.\n\nChapter 3 tells of it.\n").is_empty());
    }

    #[test]
    fn capitals_alone_are_headings_if_there_are_several() {
        assert_eq!(
            found("INTRODUCTION\n\nSome text.\n\nMore text.\n\nTHE END OF IT\n\nText.\n\nText.\n"),
            ["0 INTRODUCTION", "0 THE END OF IT"]
        );
        assert!(found("HELP\n\nSome text.\n\nG.J.\n\nMore.").is_empty());
    }

    #[test]
    fn questions_are_headings() {
        assert_eq!(
            found(
                "Q: Why?\nA: Because.\n\nQ: How long\n   is it?\nA: Long.\n\nQ1. Who?\n\nA. Nobody."
            ),
            ["0 Why?", "0 How long is it?", "0 Who?"]
        );
    }

    #[test]
    fn what_hangs_out_of_an_indented_text_is_a_heading() {
        let source = "NAME\n       foo - do foo\n\nSYNOPSIS\n       foo [options]\n\nSee also\n       bar\n       baz\n\nAUTHOR\n       me\n\nBUGS\n       many\n";
        assert_eq!(found(source).len(), 5);
    }

    #[test]
    fn titles_in_the_middle_are_headings_and_the_first_is_that_of_the_text() {
        let text =
            "Words of a paragraph that go on until the line has become as full\nas the others.\n";
        let source = format!(
            "                       A LICENCE\n                     Version 2, 1991\n\n{text}\n                        Preamble\n\n{text}\n                      More of It\n\n{text}\n                      Roses are,\n"
        );
        assert_eq!(found(&source), ["0 Preamble", "0 More of It"]);
        assert!(found(&format!("{text}\n                        Preamble\n\n{text}")).is_empty());
    }

    #[test]
    fn numbered_paragraphs_of_a_long_text_are_its_sections() {
        let words =
            "and goes on with words that fill the line until it has become full\n".repeat(20);
        let source = format!(
            "1. Definitions.\n\n{words}\n  2. Grant of Rights. This section starts {words}\n{words}\n3. You may copy all that you have got, in any medium {words}"
        );
        assert_eq!(
            found(&source),
            [
                "0 1. Definitions #section-1",
                "0 2. Grant of Rights #section-2",
                "0 3. You may copy all that you have got, in any medium and goes… #section-3",
            ]
        );
        let short = "1. Buy milk, and look\nfor bread.\n\nMore.\n\n2. Buy bread.\n\n3. Go home.\n";
        assert!(found(short).is_empty());
    }
}
