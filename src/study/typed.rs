//! A typed answer beside the one that was meant: how near it comes, and where they differ.

use super::review::Grade;
use crate::text::{clusters, fold};
use strsim::levenshtein;

/// Signs of an answer that is compared sign by sign.
const LONGEST: usize = 400;
/// One sign in so many may be wrong.
const SLIP: usize = 6;

/// How near an answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Something else.
    Wrong,
    /// A slip of the pen.
    Almost,
    /// The same, but for upper case, accents, punctuation and spaces.
    Same,
}

impl Nearness {
    /// The grade to be proposed; the reader decides.
    pub const fn grade(self) -> Grade {
        match self {
            Self::Wrong => Grade::Again,
            Self::Almost => Grade::Hard,
            Self::Same => Grade::Good,
        }
    }
}

/// A piece of two texts that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Stands in both.
    Kept(String),
    /// Was typed, and is not meant.
    Extra(String),
    /// Is meant, and was not typed.
    Missing(String),
}

impl Change {
    /// The piece in signs that say what it is where there are no colours.
    pub fn marked(&self) -> String {
        match self {
            Self::Kept(words) => words.clone(),
            Self::Extra(words) => format!("[-{words}-]"),
            Self::Missing(words) => format!("{{+{words}+}}"),
        }
    }
}

/// What was typed beside what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// How near it comes.
    pub nearness: Nearness,
    /// Where the two differ.
    pub changes: Vec<Change>,
}

/// Compares what was typed with the accepted answer that is nearest.
pub fn compare(typed: &str, accept: &[String]) -> Option<Compared> {
    let words = comparable(typed);
    let judged = accept.iter().map(|answer| {
        let meant = comparable(answer);
        let distance = distance(&words, &meant);
        let slips = meant.chars().count() / SLIP;
        let nearness = match distance {
            _ if words.is_empty() => Nearness::Wrong,
            0 => Nearness::Same,
            slip if slip <= slips => Nearness::Almost,
            _ => Nearness::Wrong,
        };
        (nearness, distance, answer)
    });
    // Of answers that are equally near, the first: it is the one the author wrote first.
    let (nearness, _, answer) =
        judged.min_by_key(|(nearness, distance, _)| (std::cmp::Reverse(*nearness), *distance))?;
    Some(Compared { nearness, changes: changes(typed.trim(), answer.trim()) })
}

/// Words without what does not matter. A text of punctuation alone stays as it is.
fn comparable(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    if words.is_empty() { folded.trim().to_owned() } else { words }
}

fn distance(typed: &str, meant: &str) -> usize {
    let (a, b) = (typed.chars().count(), meant.chars().count());
    if a > LONGEST || b > LONGEST {
        // Nobody types that much by heart: equal, or not.
        return if typed == meant { 0 } else { a.max(b) };
    }
    levenshtein(typed, meant)
}

/// Where two texts differ, in as few signs as possible.
fn changes(typed: &str, meant: &str) -> Vec<Change> {
    let (a, b): (Vec<&str>, Vec<&str>) = (clusters(typed).collect(), clusters(meant).collect());
    let mut changes = Changes(Vec::new());
    let start = a.iter().zip(&b).take_while(|(a, b)| is_same(a, b)).count();
    let (rest_a, rest_b) = (a.get(start..).unwrap_or(&[]), b.get(start..).unwrap_or(&[]));
    let ends = rest_a.iter().rev().zip(rest_b.iter().rev());
    let end = ends.take_while(|(a, b)| is_same(a, b)).count();
    let middle = |all: &[&str]| all.len().saturating_sub(start + end);
    b.iter().take(start).for_each(|sign| changes.push(Kind::Kept, sign));
    let rest_a = rest_a.get(..middle(&a)).unwrap_or(&[]);
    let rest_b = rest_b.get(..middle(&b)).unwrap_or(&[]);
    between(rest_a, rest_b, &mut changes);
    b.iter().skip(b.len() - end).for_each(|sign| changes.push(Kind::Kept, sign));
    changes.0
}

/// The longest common row of signs, and what stands around it.
fn between(a: &[&str], b: &[&str], changes: &mut Changes) {
    if a.len() > LONGEST || b.len() > LONGEST {
        for sign in a {
            changes.push(Kind::Extra, sign);
        }
        for sign in b {
            changes.push(Kind::Missing, sign);
        }
        return;
    }
    let width = b.len() + 1;
    let mut common = vec![0_u16; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let read = |common: &[u16], i: usize, j: usize| common.get(at(i, j)).copied().unwrap_or(0);
    for (i, sign) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            let best = if is_same(sign, other) {
                read(&common, i + 1, j + 1) + 1
            } else {
                read(&common, i + 1, j).max(read(&common, i, j + 1))
            };
            if let Some(place) = common.get_mut(at(i, j)) {
                *place = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(sign), Some(other)) if is_same(sign, other) => {
                changes.push(Kind::Kept, other);
                (i, j) = (i + 1, j + 1);
            }
            (Some(sign), other)
                if other.is_none() || read(&common, i + 1, j) >= read(&common, i, j + 1) =>
            {
                changes.push(Kind::Extra, sign);
                i += 1;
            }
            (_, Some(other)) => {
                changes.push(Kind::Missing, other);
                j += 1;
            }
            _ => break,
        }
    }
}

/// Whether two signs are the same, but for upper case and accents.
fn is_same(a: &str, b: &str) -> bool {
    let folded = |text: &str| {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    };
    a == b
        || (!a.is_ascii() || !b.is_ascii() || a.eq_ignore_ascii_case(b)) && folded(a) == folded(b)
}

#[derive(Clone, Copy)]
enum Kind {
    Kept,
    Extra,
    Missing,
}

struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, kind: Kind, sign: &str) {
        match (kind, self.0.last_mut()) {
            (Kind::Kept, Some(Change::Kept(text)))
            | (Kind::Extra, Some(Change::Extra(text)))
            | (Kind::Missing, Some(Change::Missing(text))) => text.push_str(sign),
            (Kind::Kept, _) => self.0.push(Change::Kept(sign.to_owned())),
            (Kind::Extra, _) => self.0.push(Change::Extra(sign.to_owned())),
            (Kind::Missing, _) => self.0.push(Change::Missing(sign.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compared(typed: &str, accept: &[&str]) -> (Nearness, String) {
        let accept: Vec<String> = accept.iter().map(|&answer| answer.to_owned()).collect();
        let Compared { nearness, changes } = compare(typed, &accept).unwrap();
        let shown = changes.iter().map(|change| match change {
            Change::Kept(text) => text.clone(),
            Change::Extra(text) => format!("-{text}-"),
            Change::Missing(text) => format!("+{text}+"),
        });
        (nearness, shown.collect())
    }

    #[test]
    fn what_does_not_matter_is_no_difference() {
        assert_eq!(compared(" nicolas maduro. ", &["Nicolás Maduro"]).0, Nearness::Same);
        assert_eq!(compared("c++", &["C++"]), (Nearness::Same, "C++".to_owned()));
    }

    #[test]
    fn slips_are_shown() {
        let slip = compared("Nikolas Maduro", &["Nicolás Maduro"]);
        assert_eq!(slip, (Nearness::Almost, "Ni-k-+c+olás Maduro".to_owned()));
        assert_eq!(compared("Quito", &["Caracas"]).0, Nearness::Wrong);
        assert_eq!(compared("cat", &["cut"]).0, Nearness::Wrong);
        assert_eq!(compared("", &["Caracas"]), (Nearness::Wrong, "+Caracas+".to_owned()));
    }

    #[test]
    fn the_nearest_accepted_answer_counts() {
        let accept = ["internal armed conflict", "conflicto armado interno"];
        assert_eq!(compared("conflicto armado interno", &accept).0, Nearness::Same);
        assert_eq!(Nearness::Almost.grade(), Grade::Hard);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off_the_changes(a in "[abcé ]{0,12}", b in "[abcé ]{0,12}") {
            let accept = [b.clone()];
            let changes = compare(&a, &accept).unwrap().changes;
            let folded = |text: &str| { let mut out = String::new(); fold(text, &mut out); out };
            let (mut typed, mut meant) = (String::new(), String::new());
            for change in changes {
                match change {
                    Change::Kept(text) => { typed += &text; meant += &text; }
                    Change::Extra(text) => typed += &text,
                    Change::Missing(text) => meant += &text,
                }
            }
            prop_assert_eq!(meant, b.trim());
            prop_assert_eq!(folded(&typed), folded(a.trim()));
        }
    }
}
