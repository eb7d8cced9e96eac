//! Bottom lines that are more than a line.

use crate::check::subject::{Found, Subject};
use crate::format;

/// Words of a bottom line at most.
const MOST_WORDS: usize = 40;

rule! {
    /// A bottom line has more than one sentence, or more than 40 words.
    ///
    /// It is what a reader must know who reads nothing else, and it stands alone in lists and search
    /// results. What needs a second sentence belongs into the body.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     bottom_line: The border is closed. Nobody says for how long. Trade goes on by sea.
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     bottom_line: The border is closed until further notice, as U.S. officials say.
    ///     body: Nobody says for how long. Trade goes on by sea.
    /// ```
    "long-bottom-line", Info, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    for (page, card) in on.cards() {
        let Some(line) = &card.bottom_line else { continue };
        let text = format::sentence_words(&line.source, &|_| None);
        let words = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
        let sentences = sentences(&text);
        let message = if sentences > 1 {
            format!("the bottom line has {sentences} sentences")
        } else if words > MOST_WORDS {
            format!("the bottom line has {words} words")
        } else {
            continue;
        };
        let help = format!("one sentence of at most {MOST_WORDS} words; the rest into the body");
        found.add(page, line.span, &message, &help);
    }
}

/// Sentences of a text. In doubt, as after abbreviations, a sentence goes on.
fn sentences(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = words.windows(2).filter(|pair| match pair {
        [word, next] => is_end(word) && starts_one(next),
        _ => false,
    });
    ends.count() + usize::from(!words.is_empty())
}

fn is_end(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    if bare.ends_with(['!', '?', '…']) {
        return true;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters = stem.chars().filter(|c| c.is_alphabetic()).count();
    let is_short =
        letters > 0 && letters <= 3 && stem.chars().all(|c| c.is_alphabetic() || c == '.');
    let is_capital = stem.chars().next().is_some_and(char::is_uppercase);
    !(stem.contains('.') || (is_short && is_capital) || matches!(stem, "vs" | "cf" | "etc" | "ca"))
}

fn starts_one(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(sentences("The U.S. Senate met Dr. Who and J. Smith."), 1);
        assert_eq!(sentences("It cost 3.5 million, i.e. Much."), 1);
        assert_eq!(sentences("It ended in 2026. Nobody knew."), 2);
        assert_eq!(sentences("“Did it?” He asked."), 2);
        assert_eq!(sentences("It came, etc. All was well"), 1);
        assert_eq!(sentences(""), 0);
    }
}
