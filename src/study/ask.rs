//! An item as it is asked: the words of question and answer, both Markdown.

use super::claim;
use super::item::{Item, Subject};
use crate::format;
use crate::library::Library;
use crate::model::{Briefing, Card, Citation, Form, Question};
use crate::text::{Printable, fold};

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

/// Whether a title gives the answer away: a short answer that holds it or is held by it, and that
/// the question does not name.
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
    let holds = |answer: &String| {
        let answer = words(answer);
        answer.contains(&title) || (!answer.trim().is_empty() && title.contains(&answer))
    };
    holds(&asked.answer) || asked.accept.iter().any(holds)
}
