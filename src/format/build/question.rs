//! The questions of a card.

use super::field::Reader;
use super::unique;
use crate::diagnostic::Diagnostic;
use crate::format::cloze::{self, Piece};
use crate::format::de::{List, Spanned, Text};
use crate::format::raw::RawQuestion;
use crate::model::{Basis, Form, Prose, Question, QuestionId};
use std::ops::Range;

/// Reads the questions of a card.
pub fn questions(raw: List<Spanned<RawQuestion>>, reader: &Reader) -> Vec<Question> {
    let questions: Vec<_> = raw.0.into_iter().filter_map(|raw| question(raw, reader)).collect();
    let named = questions.iter().filter_map(|question| question.id.as_ref());
    unique(named.map(|id| (&id.id, id.span)), "question", reader);
    questions
}

fn question(raw: Spanned<RawQuestion>, reader: &Reader) -> Option<Question> {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let id = reader.id(raw.id.0, QuestionId::new);
    let has_answer = raw.a.0.is_some();
    let accept: Vec<_> = raw.accept.0.into_iter().filter_map(|a| reader.words(Some(a))).collect();
    let form = reader.word(raw.form.0, Form::ALL, Form::word);
    let (written, is_cloze) = match (raw.cloze.0, raw.q.0) {
        (Some(cloze), _) => (Some(cloze), true),
        (None, Some(q)) => {
            let marked = !has_answer && cloze::gaps(&q.value.text).next().is_some();
            (Some(q), marked || form == Some(Form::Cloze))
        }
        (None, None) => (None, form == Some(Form::Cloze)),
    };
    let key = if is_cloze { "cloze" } else { "q" };
    let question = reader.needed(written, key, &bytes, torn)?;
    let (form, answer) = if is_cloze {
        gaps(&question, reader)?;
        if let Some(answer) = &raw.a.0 {
            let message = "a cloze holds its answers: `a` is not used";
            let help = "mark the answers in the text: `==answer==`";
            let at = reader.span(&answer.bytes);
            reader.report(Diagnostic::warning("unused-answer", message).at(at).help(help));
        }
        (Form::Cloze, None)
    } else {
        let typed = form == Some(Form::Typed) || !accept.is_empty();
        let form = if typed { Form::Typed } else { Form::Basic };
        (form, Some(answer(raw.a.0, &bytes, torn, reader)?))
    };
    Some(Question {
        id,
        form,
        question,
        answer,
        accept: if form == Form::Typed { accept } else { Vec::new() },
        both: raw.both.0.unwrap_or(false) && form != Form::Cloze,
        hint: reader.prose(raw.hint.0),
        basis: reader.word(raw.basis.0, Basis::ALL, Basis::word),
        from: reader.citations(raw.from),
        span: reader.span(&bytes),
    })
}

/// The answer: any scalar is one, but for YAML's words for nothing.
fn answer(
    written: Option<Spanned<Text>>,
    entry: &Range<usize>,
    torn: bool,
    reader: &Reader,
) -> Option<Prose> {
    let Some(written) = written else { return reader.needed(None, "a", entry, torn) };
    let text = written.value.text.trim();
    if !written.value.null && !text.is_empty() {
        return reader.prose(Some(written));
    }
    let at = reader.span(&if written.bytes.is_empty() {
        entry.start..entry.start
    } else {
        written.bytes.clone()
    });
    let found = if text.is_empty() || text == "~" {
        let help = "say behind `a:` what is to be remembered, or leave the question out";
        Diagnostic::error("empty-answer", "the answer is empty").help(help)
    } else {
        let message = format!("the answer `{text}` is YAML's word for nothing");
        Diagnostic::error("empty-answer", message).help("put it in quotes if the word is meant")
    };
    reader.report(found.at(at));
    None
}

/// Checks the gaps of a cloze; nothing if there is none to ask for.
fn gaps(text: &Prose, reader: &Reader) -> Option<()> {
    let report = |diagnostic: Diagnostic, help: &str| {
        reader.report(diagnostic.at(text.span).help(help));
    };
    let (mut asked, mut empty) = (0, 0);
    for gap in cloze::gaps(&text.source) {
        if gap.text.is_empty() {
            empty += 1;
        } else {
            asked += 1;
        }
    }
    let help = "put `==` before and behind what is to be remembered: `It borders ==Colombia==`";
    if asked == 0 {
        report(Diagnostic::error("bad-cloze", "the cloze has no gap to ask for"), help);
        return None;
    }
    if empty > 0 {
        let message = "a gap of the cloze is empty";
        let help = "write `==answer==`, `==1;;answer==` or `==answer;;hint==`";
        report(Diagnostic::warning("bad-cloze", message), help);
    }
    let is_left = |piece: &Piece| match piece {
        Piece::Text(text) => text.contains("==") && !text.contains(['`', '\\']),
        Piece::Gap(_) => false,
    };
    if cloze::pieces(&text.source).iter().any(is_left) {
        report(Diagnostic::warning("bad-cloze", "a `==` of the cloze has no other end"), help);
    }
    Some(())
}
