//! The words of a card as its author wrote them, without how they are set: what is compared to say
//! whether a card has changed.

use crate::format;
use crate::model::{Card, Prose};

/// The words of a card, a line for each paragraph.
pub fn content(card: &Card) -> String {
    let mut lines = vec![card.title.to_string()];
    let sentence = |prose: &Prose| format::sentence_words(&prose.source, &|_| None).to_string();
    lines.extend(card.bottom_line.as_ref().map(sentence));
    for section in &card.sections {
        lines.extend(section.title.as_ref().map(ToString::to_string));
        format::words(&section.text.source, &|_| None, &mut |line, _| lines.push(line.to_string()));
    }
    for claim in &card.claims {
        let by = claim.by.as_ref().map_or("", |by| by.id.as_str());
        let verb = claim.verb.as_ref().map_or("", |verb| verb.as_str());
        lines.push([by, verb, &sentence(&claim.text)].join(" ").trim().to_owned());
    }
    for dated in &card.dates {
        lines.push(format!("{} {}", dated.date, sentence(&dated.text)));
    }
    for question in &card.questions {
        lines.push(sentence(&question.question));
        lines.extend(question.answer.iter().map(&sentence));
    }
    lines.join("\n")
}
