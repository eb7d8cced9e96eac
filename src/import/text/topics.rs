//! Paragraph documents: texts without headings in which each topic is a paragraph or some, and
//! places where such a text announces a list that is gone.

mod title;

use super::habit::{Habit, ends_sentence};
use super::line::Line;
use super::shape::marker;
use std::ops::Range;
use title::Rule;
pub use title::Title;

/// Words by which a paragraph goes on with the topic before it.
const GOES_ON: &[&str] = &[
    "This",
    "These",
    "Those",
    "That",
    "They",
    "It",
    "He",
    "She",
    "Such",
    "Both",
    "His",
    "Her",
    "Its",
    "Their",
    "The latter",
    "The former",
    "The same",
];

/// One topic.
#[derive(Debug)]
pub struct Topic {
    /// Its title.
    pub title: Title,
    /// Its paragraphs, as indices into those of the document.
    pub paragraphs: Range<usize>,
}

/// The topics of a paragraph document; none if it is none.
pub fn topics(lines: &[Line], paragraphs: &[Range<usize>]) -> Vec<Topic> {
    let words: Vec<String> = paragraphs.iter().map(|lines_of| text(lines, lines_of)).collect();
    if !is_prose(&words) {
        return Vec::new();
    }
    let mut topics: Vec<Topic> = Vec::new();
    for (at, paragraph) in words.iter().enumerate() {
        let announced =
            at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|w| announces(w));
        let goes_on = announced || marker(paragraph).is_some() || opens_with_reference(paragraph);
        match topics.last_mut() {
            Some(topic) if goes_on => topic.paragraphs.end = at + 1,
            _ => topics.push(Topic { title: title::title(paragraph), paragraphs: at..at + 1 }),
        }
    }
    let found = topics.iter().filter(|topic| topic.title.rule != Rule::Sentence).count();
    if topics.len() > 1 && found * 2 >= topics.len() { topics } else { Vec::new() }
}

/// Paragraphs that announce a list which does not come.
pub fn lost_lists(
    lines: &[Line],
    paragraphs: &[Range<usize>],
    habit: &Habit,
    are_topics: bool,
) -> Vec<usize> {
    let lost = |at: &usize| {
        let here = paragraphs.get(*at).map(|range| text(lines, range)).unwrap_or_default();
        if !announces(&here) || here.split_whitespace().count() < 3 || marker(&here).is_some() {
            return false;
        }
        let Some(next) = paragraphs.get(at + 1) else { return true };
        let first = lines.get(next.start);
        let opening = first.map_or("", Line::words);
        if marker(opening).is_some() || opens_quotation(opening) {
            return false;
        }
        let shown = first.is_some_and(|line| line.indent() > habit.indent);
        opens_with_reference(opening) || (are_topics && !shown)
    };
    (0..paragraphs.len()).filter(lost).collect()
}

/// The words of a paragraph on one line.
pub fn text(lines: &[Line], of: &Range<usize>) -> String {
    let lines = lines.get(of.clone()).unwrap_or_default();
    lines.iter().map(Line::words).collect::<Vec<_>>().join(" ")
}

/// Whether a paragraph ends in a colon, so that something has to follow.
fn announces(paragraph: &str) -> bool {
    paragraph.ends_with([':', '：'])
}

fn opens_quotation(words: &str) -> bool {
    words.starts_with(['"', '“', '‘', '«', '„', '「', '>', '—', '–'])
}

fn opens_with_reference(words: &str) -> bool {
    GOES_ON.iter().any(|opening| {
        words.strip_prefix(opening).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’')
        })
    })
}

/// Whether the paragraphs are prose: sentences that begin with words, not entries of a log, and
/// not what speakers say in turn.
fn is_prose(words: &[String]) -> bool {
    let long = words
        .iter()
        .filter(|text| text.split_whitespace().count() >= 8 || text.chars().count() >= 60)
        .filter(|text| ends_sentence(text))
        .filter(|text| {
            text.starts_with(|c: char| {
                c.is_alphabetic() || matches!(c, '"' | '“' | '«' | '„' | '‘' | '「')
            })
        })
        .count();
    let spoken = words.iter().filter(|text| speaker(text)).count();
    words.len() > 1 && long * 5 >= words.len() * 3 && spoken * 2 < words.len()
}

/// Whether a paragraph starts with a name and a colon.
fn speaker(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, rest)| {
        name.chars().count() <= 30 && name.split_whitespace().count() <= 3 && rest.starts_with(' ')
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn found(source: &str) -> Vec<(String, Range<usize>)> {
        let lines = split(source);
        let paragraphs = Habit::of(&lines).paragraphs(&lines, 0..lines.len());
        let topics = topics(&lines, &paragraphs);
        topics.into_iter().map(|topic| (topic.title.text, topic.paragraphs)).collect()
    }

    const NOTES: &str = "It refers to the raid on the harbour in which two boats were lost.\nThe word “raid” is used here for what others call a visit:\nThese are the words of the mayor, who was not there at the time.\nAda King (Ada Lovelace) is the mayor of the town by the sea.\nIt is a large town with a harbour and many boats in it.";

    #[test]
    fn paragraphs_become_topics() {
        assert_eq!(
            found(NOTES),
            [
                ("raid on the harbour".to_owned(), 0..1),
                ("raid".to_owned(), 1..3),
                ("Ada King".to_owned(), 3..5),
            ]
        );
    }

    #[test]
    fn other_texts_do_not() {
        assert!(found("2026-01-03 12:00 loaded the file \"a.conf\" and went on as usual.\n2026-01-03 12:01 loaded the file \"b.conf\" and went on as usual.\n").is_empty());
        assert!(found("Ann: The word “raid” is what I would call it.\n\nBen: The word “visit” is what I would call it.\n").is_empty());
        assert!(found("We went to the sea and looked at the boats for a while.\n\nthen we went home again, because it was late.\n").is_empty());
    }

    #[test]
    fn a_colon_with_nothing_after_it_is_a_lost_list() {
        let lost = |source: &str, are_topics| {
            let lines = split(source);
            let habit = Habit::of(&lines);
            let paragraphs = habit.paragraphs(&lines, 0..lines.len());
            lost_lists(&lines, &paragraphs, &habit, are_topics)
        };
        assert_eq!(lost(NOTES, true), [1]);
        assert_eq!(lost("It usually includes:\n\nThese are all.\n", false), [0]);
        assert_eq!(
            lost("It usually includes:\n\n- this\n\nThese are all.\n", false),
            Vec::<usize>::new()
        );
        assert_eq!(lost("She said to him:\n\n\"Come in.\"\n", true), Vec::<usize>::new());
        assert_eq!(lost("As it is written:\n\n    a verse\n\nMore.\n", true), Vec::<usize>::new());
        assert_eq!(lost("And it includes the following:\n", false), [0]);
    }
}
