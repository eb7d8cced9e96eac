//! An item as it is asked: the words of question and answer, both Markdown.

use super::claim;
use super::item::{Item, Subject};
use crate::format;
use crate::library::Library;
use crate::model::{Briefing, Card, Citation, Form, Question};
use crate::text::{Printable, fold, is_common};
use std::collections::HashSet;

/// What is asked, and what counts as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What helps.
    pub hint: Option<String>,
    /// What to choose from, if the answer is chosen.
    pub choices: Vec<Printable>,
    /// What counts if the answer is typed; empty if it is not.
    pub accept: Vec<String>,
    /// Whether the title of the card gives the answer away.
    pub hides_title: bool,
    /// Where the answer comes from.
    pub from: Vec<Citation>,
}

impl Asked {
    /// An item as it is asked; `None` if the library has changed under it.
    pub fn new(library: &Library, item: &Item) -> Option<Self> {
        let (briefing, card) = (library.briefing(item.briefing)?, library.card(item.card)?);
        let mut asked = match &item.subject {
            Subject::Forward(at) => forward(card.questions.get(*at)?)?,
            Subject::Reverse(at) => reverse(card.questions.get(*at)?)?,
            Subject::Gaps(at, gaps) => cloze(card.questions.get(*at)?, gaps),
            Subject::Claim(at) => who(briefing, card, *at)?,
        };
        asked.hides_title = tells(&card.title, &asked);
        Some(asked)
    }
}

fn plain(question: &Question) -> Asked {
    Asked {
        question: question.question.source.to_string(),
        answer: String::new(),
        hint: question.hint.as_ref().map(|hint| hint.source.to_string()),
        choices: Vec::new(),
        accept: Vec::new(),
        hides_title: false,
        from: question.from.to_vec(),
    }
}

fn forward(question: &Question) -> Option<Asked> {
    let answer = question.answer.as_ref()?.source.to_string();
    let accept = match question.form {
        Form::Typed => {
            let words = format::sentence_words(&answer, &|_| None).to_string();
            let more = question.accept.iter().map(ToString::to_string);
            std::iter::once(words).chain(more).collect()
        }
        Form::Basic | Form::Cloze => Vec::new(),
    };
    Some(Asked { answer, accept, ..plain(question) })
}

fn reverse(question: &Question) -> Option<Asked> {
    let answer = question.question.source.to_string();
    let question_words = question.answer.as_ref()?.source.to_string();
    // What helps in one direction gives the other away.
    Some(Asked { question: question_words, answer, hint: None, ..plain(question) })
}

fn cloze(question: &Question, asked: &[usize]) -> Asked {
    let source = &question.question.source;
    let text = |shown: bool| {
        let mut at = 0;
        format::fill_gaps(source, |gap| {
            at += 1;
            match (asked.contains(&(at - 1)), shown) {
                (true, true) => gap.marked(),
                (true, false) => gap.blank(),
                (false, _) => gap.text.to_owned(),
            }
        })
    };
    Asked { question: text(false), answer: text(true), ..plain(question) }
}

fn who(briefing: &Briefing, card: &Card, at: usize) -> Option<Asked> {
    let claim = card.claims.get(at)?;
    let right = claim::right(briefing, card, at);
    let names: Vec<&str> = right.iter().map(Printable::as_str).collect();
    Some(Asked {
        question: format!("Who asserts this?\n\n> {}", claim.text.source.replace('\n', "\n> ")),
        answer: names.join("; "),
        hint: None,
        choices: claim::choices(briefing, card, at),
        accept: names.into_iter().map(str::to_owned).collect(),
        hides_title: false,
        from: claim.from.to_vec(),
    })
}

/// Of the telling words of an answer, one of so many in the title gives it away.
const SHARE: usize = 3;

/// Whether a title gives the answer away: one of them holds the other, or they share a number, or the
/// title has a good part of the words of the answer that say something. What the question names
/// itself gives nothing away.
fn tells(title: &str, asked: &Asked) -> bool {
    let words = |text: &str| {
        let mut folded = String::new();
        fold(&format::sentence_words(text, &|_| None), &mut folded);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!(" {} ", words.collect::<Vec<_>>().join(" "))
    };
    let (title, question) = (words(title), words(&asked.question));
    if title.trim().is_empty() || question.contains(&title) {
        return false;
    }
    let telling = |text: &str| -> HashSet<String> {
        let named: HashSet<&str> = question.split_whitespace().collect();
        let is_telling = |word: &&str| {
            let counts = word.chars().nth(1).is_some() || word.starts_with(char::is_numeric);
            counts && !is_common(word) && !named.contains(word)
        };
        text.split_whitespace().filter(is_telling).map(str::to_owned).collect()
    };
    let of_title = telling(&title);
    let gives_away = |answer: &String| {
        let answer = words(answer);
        if answer.contains(&title) || (!answer.trim().is_empty() && title.contains(&answer)) {
            return true;
        }
        let of_answer = telling(&answer);
        let mut shared = of_title.intersection(&of_answer);
        let count = shared.clone().count();
        shared.any(|word| word.contains(char::is_numeric))
            || (count > 0 && count * SHARE >= of_answer.len())
    };
    gives_away(&asked.answer) || asked.accept.iter().any(gives_away)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the title of a card is hidden while its question is asked.
    fn hides(title: &str, question: &str, answer: &str) -> bool {
        let source = format!(
            "id: b\ncards:\n  - id: a\n    title: {title}\n    bottom_line: z\n    questions:\n      \
             - {{q: \"{question}\", a: \"{answer}\"}}\n"
        );
        let (briefing, found) = format::briefing(&source, "b");
        let document = crate::library::Document::new(briefing, None, found);
        let library = Library::new(vec![std::sync::Arc::new(document)]);
        let items = crate::study::Items::new(&library, false);
        Asked::new(&library, items.get(0).unwrap()).unwrap().hides_title
    }

    #[test]
    fn a_title_is_hidden_if_it_shares_with_the_answer_what_tells() {
        let call = "The call of 6 January 2026";
        assert!(hides(call, "On which day was the call?", "Tuesday 6 January 2026"));
        assert!(hides("The Quito agreement", "Where was the agreement signed?", "In Quito"));
        assert!(hides("Noboa", "Who is president?", "Daniel Noboa"));
        assert!(hides("The bowline knot", "Which makes a loop?", "The bowline"));
    }

    #[test]
    fn a_title_that_says_nothing_of_the_answer_is_shown() {
        let call = "The call of 6 January 2026";
        assert!(!hides(call, "Who called first?", "The minister of defence"));
        assert!(!hides(call, "What was agreed in the call of January?", "To go on with the work"));
        assert!(!hides("Bowline", "What does it make?", "A loop that does not slip"));
        // The question says it itself.
        assert!(!hides(
            "Clove hitch",
            "On what does a clove hitch hold?",
            "The clove hitch holds on a post"
        ));
        // One of many words.
        let many = "Ships, aircraft, drones, radar, training, money, lawyers and coordination";
        assert!(!hides("Coordination and its price", "What was promised?", many));
        // Words of every sentence.
        assert!(!hides("What it is about", "What is asked?", "It is about what they want"));
    }
}
