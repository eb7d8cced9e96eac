//! Questions of other programs as cards: what is asked is the title, what is answered the text, so
//! that they can be read as well as asked.

use super::Ids;
use crate::format;
use crate::model::{Card, Form, Links, Prose, Question, QuestionId, Rare, Section};
use crate::model::{CardId, Cited};
use crate::text::{Printable, Span};

/// Characters of a title; what is asked in more is shortened.
const LONGEST: usize = 80;

/// A question, all texts Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub id: Option<Box<str>>,
    pub form: Form,
    /// The question, or a text with gaps.
    pub question: String,
    /// The answer; nothing for a text with gaps.
    pub answer: Option<String>,
    pub both: bool,
    pub hint: Option<String>,
    /// What else is said.
    pub more: Vec<String>,
}

/// Markdown that was made of `span` of a file.
pub fn made(source: String, span: Span) -> Prose {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let links = format::links(&source);
    let links = links.iter().map(|(target, at)| (target, span, small(at.start)..small(at.end)));
    let links = Links::new(&source, links);
    Prose { source: source.into(), span, links }
}

impl Asked {
    /// The question of a briefing.
    pub fn question(&self, span: Span) -> Question {
        let id = self.id.as_ref().map(|id| Cited { id: QuestionId::new(id), span });
        Question {
            id,
            form: self.form,
            question: made(self.question.clone(), span),
            answer: self.answer.clone().map(|answer| made(answer, span)),
            accept: Vec::new(),
            both: self.both,
            hint: self.hint.clone().map(|hint| made(hint, span)),
            basis: None,
            from: Rare::default(),
            span,
        }
    }

    /// The question without gaps.
    fn plain(&self) -> String {
        match self.form {
            Form::Cloze => format::fill_gaps(&self.question, |gap| gap.text.to_owned()),
            Form::Basic | Form::Typed => self.question.clone(),
        }
    }

    /// What there is to read: the answer, after the question where the title does not say all of it.
    fn body(&self, title: &str) -> String {
        let asked = match self.form {
            Form::Cloze => Some(format::fill_gaps(&self.question, format::Gap::marked)),
            _ if self.question.trim() == title => None,
            Form::Basic | Form::Typed => Some(self.question.clone()),
        };
        let all = asked.iter().chain(&self.answer).chain(&self.more);
        let all: Vec<&str> = all.map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        all.join("\n\n")
    }

    /// A card of its own.
    pub fn card(&self, ids: &mut Ids, depth: u8, span: Span) -> Card {
        let title = title(&self.plain());
        let mut card = Card::new(ids.section(&title), title, span);
        card.depth = depth;
        card.sections = section(self.body(&card.title), span).into_iter().collect();
        if self.is_asked() {
            card.questions = vec![self.question(span)].into();
        }
        card
    }

    /// Whether there is an answer to ask for.
    pub fn is_asked(&self) -> bool {
        self.form == Form::Cloze || self.answer.is_some()
    }
}

/// A card without a question, for those below it or those that are put on it.
pub fn heading(id: CardId, title: &str, depth: u8, span: Span) -> Card {
    let mut card = Card::new(id, Printable::line(title), span);
    card.depth = depth;
    card
}

fn section(text: String, span: Span) -> Option<Section> {
    let text = Some(text).filter(|text| !text.is_empty())?;
    Some(Section { basis: None, from: Rare::default(), title: None, text: made(text, span) })
}

/// The words of a question as a title.
fn title(markdown: &str) -> Printable {
    let words = format::sentence_words(markdown, &|_| None);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Printable::line("untitled");
    }
    let Some((most, _)) = words.char_indices().nth(LONGEST) else { return Printable::line(&words) };
    let start = words.get(..most).unwrap_or_default();
    let end = start.rfind(' ').filter(|end| *end * 2 > start.len()).unwrap_or(start.len());
    let start = start.get(..end).unwrap_or_default();
    Printable::line(&format!("{}…", start.trim_end_matches([',', ';', ':', '.', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_questions_make_short_titles() {
        assert_eq!(title("What is *that*?").as_str(), "What is that?");
        assert_eq!(title("").as_str(), "untitled");
        let long = title(&"word ".repeat(30));
        assert!(long.ends_with("word…") && long.chars().count() <= LONGEST + 1, "{long}");
        assert_eq!(title(&"字".repeat(100)).chars().count(), LONGEST + 1);
    }
}
