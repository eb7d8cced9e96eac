//! Proper names in running text: words with capitals that stand together, and abbreviations.

use crate::model::Card;
use crate::search::terms::{lines, starts_sentence};
use crate::text::is_common;

/// Small words that may stand within a name.
const PARTICLES: [&str; 18] = [
    "of", "the", "de", "del", "della", "la", "las", "los", "da", "do", "dos", "di", "von", "van",
    "der", "den", "bin", "al",
];
/// Words of a name at most.
const LONGEST: usize = 6;
/// Letters of an abbreviation at least.
const ABBREVIATION: usize = 3;

/// The proper names on a card, each once, in their order.
pub fn names(card: &Card) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    lines(card, &mut |line| {
        for name in of(&line.text) {
            if !names.iter().any(|known| *known == name) {
                names.push(name.to_owned());
            }
        }
    });
    names
}

/// The proper names of a text, left to right.
fn of(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // The words of the name so far, as bytes; the first and the last of them have capitals.
    let mut name: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    for word in words(text) {
        let (start, end) = word;
        let written = text.get(start..end).unwrap_or_default();
        let between = text.get(last..start).unwrap_or_default();
        if between != " " {
            found.extend(finished(text, &mut name));
        }
        let common = is_common(&written.to_lowercase());
        let capital = has_capital(written)
            && !(name.is_empty()
                && common
                && starts_sentence(text.get(..start).unwrap_or_default()));
        let within = !name.is_empty() && PARTICLES.contains(&written);
        if !(capital || within) || name.len() == LONGEST {
            found.extend(finished(text, &mut name));
        }
        if capital || (within && !name.is_empty()) {
            name.push(word);
        }
        last = end;
    }
    found.extend(finished(text, &mut name));
    found
}

/// The name that some words make, if they make one.
fn finished<'t>(text: &'t str, name: &mut Vec<(usize, usize)>) -> Option<&'t str> {
    let capital = |(start, end): &(usize, usize)| text.get(*start..*end).is_some_and(has_capital);
    while name.last().is_some_and(|word| !capital(word)) {
        name.pop();
    }
    let capitals = name.iter().filter(|word| capital(word)).count();
    let words = std::mem::take(name);
    let written = text.get(words.first()?.0..words.last()?.1)?;
    let short = written.chars().count() >= ABBREVIATION && written.chars().all(char::is_uppercase);
    (capitals > 1 || short).then_some(written)
}

fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
}

/// The words of a text as bytes; signs within a word belong to it.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut from = 0;
    text.split(char::is_whitespace).filter_map(move |part| {
        let start = from;
        from +=
            part.len() + text.get(from + part.len()..)?.chars().next().map_or(0, char::len_utf8);
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        let at = start + part.find(word)?;
        let possessive = ["'s", "’s"].into_iter().find_map(|end| word.strip_suffix(end));
        let word = possessive.unwrap_or(word);
        (!word.is_empty()).then_some((at, at + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_capitals_that_stand_together() {
        let text = "The United Nations met Nicolás Maduro’s men, Juan de la Cruz, and the FBI. In \
                    Quito Tommy Pigott spoke of Peace.";
        let names = ["United Nations", "Nicolás Maduro", "Juan de la Cruz", "FBI"];
        assert_eq!(of(text)[..4], names);
        assert_eq!(of(text)[4..], ["Quito Tommy Pigott"]);
        assert_eq!(of("Bank of the North of it"), ["Bank of the North"]);
        assert_eq!(of("One word, Another. A B"), [""; 0]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(\\PC|[A-Z]| |\n){0,60}") {
            for name in of(&text) {
                prop_assert!(text.contains(name));
            }
        }
    }
}
