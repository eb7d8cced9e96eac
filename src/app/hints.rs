//! Letters on the links that can be seen: type them to follow, with a capital to peek.

use super::act::Outcome;
use super::key::Key;
use super::{Notice, Screen, State, travel};

/// Letters that are easy to reach first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";

/// The letters on the links.
#[derive(Debug)]
pub struct Hints {
    /// Each link with its letters.
    pub labels: Vec<(usize, String)>,
    /// The letters typed so far, in lower case.
    pub typed: String,
}

/// Puts letters on the links that can be seen.
pub fn open(state: &mut State) -> Option<Screen> {
    let links = state.reading().sheet.all_visible_links();
    if links.is_empty() {
        state.say(Notice::info("no link can be seen here"));
        return None;
    }
    let labels = links.iter().copied().zip(labels(links.len())).collect();
    Some(Screen::Hints(Hints { labels, typed: String::new() }))
}

/// Labels of equal length, so that none begins another.
fn labels(count: usize) -> impl Iterator<Item = String> {
    let base = LETTERS.len();
    let length = if count <= base { 1 } else { 2 };
    (0..count).map(move |at| {
        let letter = |at: usize| LETTERS.get(at % base).map_or('a', |b| char::from(*b));
        if length == 1 {
            letter(at).into()
        } else {
            [letter(at / base), letter(at)].iter().collect()
        }
    })
}

/// Takes a letter; anything else ends it.
pub fn key(state: &mut State, mut hints: Hints, key: Key) -> Outcome {
    let Some(c) = key.typed().filter(char::is_ascii_alphabetic) else { return Outcome::Closed };
    hints.typed.push(c.to_ascii_lowercase());
    let left: Vec<_> =
        hints.labels.iter().filter(|(_, label)| label.starts_with(&hints.typed)).collect();
    match left.as_slice() {
        [] => {
            state.say(Notice::info(format!("no link has the letters `{}`", hints.typed)));
            Outcome::Closed
        }
        [(link, label)] if *label == hints.typed => {
            let link = *link;
            if c.is_ascii_uppercase() {
                state.reading_mut().sheet.choose(link);
                return match super::peek::open(state) {
                    Some(screen) => Outcome::Stays(screen),
                    None => Outcome::Closed,
                };
            }
            travel::follow(state, link);
            Outcome::Closed
        }
        _ => Outcome::Stays(Screen::Hints(hints)),
    }
}

#[cfg(test)]
mod tests {
    use super::labels;
    use std::collections::HashSet;

    #[test]
    fn labels_differ_and_none_begins_another() {
        for count in [1, 9, 26, 27, 200, 600] {
            let all: Vec<_> = labels(count).collect();
            assert_eq!(all.iter().collect::<HashSet<_>>().len(), count);
            assert!(all.iter().all(|l| l.len() == all[0].len()));
        }
    }
}
