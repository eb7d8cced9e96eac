//! Questions that give their own answer away.

use crate::check::subject::{Found, Subject};
use crate::text::fold;
use std::collections::HashSet;

rule! {
    /// All words of an answer stand in its question.
    ///
    /// Such a question can be answered without having read anything, so it neither tests nor helps
    /// to remember. Questions that offer a choice (`A or B?`) are left alone.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The treaty
    ///     body: It was signed in Quito.
    ///     questions: [{q: Was the treaty signed in Quito?, a: In Quito.}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The treaty
    ///     body: It was signed in Quito.
    ///     questions: [{q: Where was the treaty signed?, a: In Quito.}]
    /// ```
    "answer-in-question", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for (page, card) in on.cards() {
        for question in &card.questions {
            let asked = words(&question.question.source);
            if asked.contains("or") {
                continue;
            }
            let Some(given) = &question.answer else { continue };
            let answer = words(&given.source);
            if !answer.is_empty() && answer.is_subset(&asked) {
                let message = "the question holds all words of its answer";
                let help = "ask so that the answer has to be known";
                found.add(page, given.span, message, help);
            }
        }
    }
}

/// The words of a text, folded.
fn words(text: &str) -> HashSet<String> {
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
