//! Ids for the questions of a briefing file that have none, put into its text without touching any
//! other byte of it.

use crate::format;
use crate::model::{Cited, Form, Question, QuestionId};
use crate::text::slug;
use std::collections::HashSet;
use thiserror::Error;

/// Words of a question that make its id.
const WORDS: usize = 5;
/// Letters of an id.
const LONGEST: usize = 40;

/// A question that was given an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The card it stands on.
    pub card: String,
    /// Its id.
    pub id: String,
    /// The line it stood on before.
    pub line: u32,
}

/// Why a file is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// It could not be put in so that it is read again.
    #[error("line {0}: an id does not fit in there; write it by hand")]
    Odd(u32),
    /// Reading the result gives something else.
    #[error("the file would not be read as before; mend what `briefing check` finds in it first")]
    Changed,
}

/// The text of the file with ids, and what was named.
pub fn with_ids(source: &str) -> Result<(String, Vec<Named>), Refused> {
    let (mut briefing, found) = format::briefing(source, "file");
    let mut added: Vec<(usize, String)> = Vec::new();
    let mut named = Vec::new();
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    for card in &mut briefing.cards {
        let ids = card.questions.iter().filter_map(|question| question.id.as_ref());
        let mut taken: HashSet<String> = ids.map(|id| id.id.to_string()).collect();
        let name = card.id.to_string();
        for question in card.questions.iter_mut().filter(|question| question.id.is_none()) {
            let (id, span) = (free(&made(question), &mut taken), question.span);
            let line = span.position.line;
            let (at, text) =
                insertion(source, span.start as usize, &id, newline).ok_or(Refused::Odd(line))?;
            added.push((at, text));
            question.id = Some(Cited { id: QuestionId::new(&id), span });
            named.push(Named { card: name.clone(), id, line });
        }
    }
    added.sort_by_key(|(at, _)| *at);
    let mut out = String::with_capacity(source.len() + 64 * added.len());
    let mut end = 0;
    for (at, text) in added {
        out.push_str(source.get(end..at).unwrap_or_default());
        out.push_str(&text);
        end = at;
    }
    out.push_str(source.get(end..).unwrap_or_default());
    let (after, more) = format::briefing(&out, "file");
    // What is read must be the same, but for the ids.
    let is_same = format::write(&after) == format::write(&briefing) && more.len() == found.len();
    if is_same { Ok((out, named)) } else { Err(Refused::Changed) }
}

/// Where an id goes into the entry that starts at `start`, and what is put there.
fn insertion(source: &str, start: usize, id: &str, newline: &str) -> Option<(usize, String)> {
    let (before, entry) = (source.get(..start)?, source.get(start..)?);
    if let Some(inside) = entry.strip_prefix('{') {
        let space = if inside.starts_with([' ', '\n', '\r']) { "" } else { " " };
        return Some((start + 1, format!("id: {id},{space}")));
    }
    let line = before.rsplit(['\n', '\r']).next()?;
    if !line.bytes().all(|byte| matches!(byte, b' ' | b'-')) {
        return None;
    }
    Some((start, format!("id: {id}{newline}{}", " ".repeat(line.len()))))
}

/// An id made of the first words of a question.
fn made(question: &Question) -> String {
    let source = &question.question.source;
    let text = match question.form {
        Form::Cloze => format::fill_gaps(source, |gap| gap.text.to_owned()),
        Form::Basic | Form::Typed => source.to_string(),
    };
    let words = slug(&format::sentence_words(&text, &|_| None));
    let mut id = String::new();
    for word in words.split('-').filter(|word| !word.is_empty()).take(WORDS) {
        if id.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    // What YAML reads as something else than a word is no good name.
    let is_name = id.contains('-') && id.starts_with(char::is_alphabetic);
    if is_name { id } else { format!("q-{id}").trim_end_matches('-').to_owned() }
}

fn free(id: &str, taken: &mut HashSet<String>) -> String {
    let mut free = id.to_owned();
    let mut number = 1;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{id}-{number}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_put_in_and_nothing_else_is_touched() {
        let source = "# a comment\ncards:\r\n- id: a\n  title: A\n  body: text   # kept\n  questions:\n  - q: Who led it?   # why\n    a: Nobody says.\n  - {q: Who led it?, a: x}\n  - { q: 'It''s', a: y }\n  -   cloze: ==Quito== is a city\n  - {id: own, q: p, a: z}\n".replace("\r\n", "\n");
        let (text, named) = with_ids(&source).unwrap();
        let wanted = source
            .replace("  - q: Who", "  - id: who-led-it\n    q: Who")
            .replace("{q: Who", "{id: who-led-it-2, q: Who")
            .replace("{ q:", "{id: q-its, q:")
            .replace("  -   cloze", "  -   id: quito-is-a-city\n      cloze");
        assert_eq!(text, wanted);
        let lines: Vec<u32> = named.iter().map(|named| named.line).collect();
        assert_eq!(lines, [7, 9, 10, 11]);
        // There is nothing left to do.
        assert_eq!(with_ids(&text).unwrap(), (text, Vec::new()));
    }

    #[test]
    fn line_ends_stay_what_they_are() {
        let source = "cards:\r\n- title: A\r\n  id: a\r\n  body: b\r\n  questions:\r\n  - q: null and void\r\n    a: 1\r\n";
        let (text, _) = with_ids(source).unwrap();
        assert_eq!(text, source.replace("- q:", "- id: null-and-void\r\n    q:"));
    }

    #[test]
    fn the_bundled_briefings_can_be_named() {
        let source = include_str!("../../briefings/us-ecuador-security-readout.yaml");
        assert_eq!(with_ids(source).unwrap().1.len(), 60);
    }
}
