//! The index, as in a printed book: the titles of all cards, their other names and the abbreviations
//! in titles, in the order of the alphabet.

use super::picker::{Candidate, Picker, What, card_candidates};
use super::{Choice, Notice, Screen, State, travel};
use crate::library::{Library, Page};
use crate::text::{Folded, Printable, clusters, fold};
use std::collections::HashSet;

/// Letters of an abbreviation at least.
const SHORTEST: usize = 2;

/// The entries that were there when one of them was chosen.
#[derive(Debug)]
pub struct Walk {
    /// What each is called, and the page it leads to.
    entries: Vec<(Printable, Page)>,
    /// The one that was opened.
    present: usize,
}

impl Walk {
    /// The entries of a picker, the chosen one opened.
    pub fn new(choices: &[Choice], present: usize) -> Self {
        let page = |choice: &Choice| match choice.what {
            What::Page(page) => Some((choice.words.clone(), page)),
            What::Action(_) => None,
        };
        Self { entries: choices.iter().filter_map(page).collect(), present }
    }

    /// The same entries in a library that was read again.
    pub fn moved(self, old: &Library, new: &Library) -> Self {
        let mut present = self.present;
        let mut entries = Vec::with_capacity(self.entries.len());
        for (at, (words, page)) in self.entries.into_iter().enumerate() {
            match old.key(page).and_then(|key| new.page(&key)) {
                Some(page) => entries.push((words, page)),
                None if at < self.present => present -= 1,
                None => {}
            }
        }
        Self { entries, present }
    }
}

/// Opens the index.
pub fn open(state: &State) -> Screen {
    Screen::Picker(Picker::alphabetical("Index", candidates(&state.library)))
}

/// Goes to the card of the next entry that leads elsewhere.
pub fn next(state: &mut State) {
    let Some(mut walk) = state.walk.take() else {
        let keys = state.keymap.keys(state.context(), super::Action::Index);
        let key = keys.first().map_or_else(String::new, |key| format!(": {key} shows it"));
        state.say(Notice::info(format!("no entry of the index was chosen yet{key}")));
        return;
    };
    let count = walk.entries.len();
    let here = state.reading().page;
    let next = (1..count).map(|step| (walk.present + step) % count);
    let mut next = next.filter_map(|at| Some((at, walk.entries.get(at)?.clone())));
    match next.find(|(_, (_, page))| *page != here) {
        Some((at, (words, page))) => {
            let around = if at < walk.present { ", around the end" } else { "" };
            walk.present = at;
            travel::visit(state, page);
            state.say(Notice::info(format!("{words}: {} of {count}{around}", at + 1)));
        }
        None => state.say(Notice::info("no other entry was there to choose")),
    }
    state.walk = Some(walk);
}

/// The entries of the index with the pages they lead to, in their order.
pub fn index_entries(library: &Library) -> Vec<(Printable, Page)> {
    let entry = |candidate: Candidate| match candidate.what {
        What::Page(page) => Some((candidate.words, page)),
        What::Action(_) => None,
    };
    candidates(library).into_iter().filter_map(entry).collect()
}

fn candidates(library: &Library) -> Vec<Candidate> {
    let mut all = card_candidates(library);
    let mut short = Vec::new();
    for candidate in &all {
        let What::Page(page) = candidate.what else { continue };
        for word in abbreviations(&candidate.words) {
            let note = Printable::line(&format!("→ {}", library.title(page)));
            let words = Printable::line(word);
            short.push(Candidate { what: candidate.what, words, note, name: "" });
        }
    }
    all.append(&mut short);
    all.extend(library.titled_files().map(|(title, card)| {
        let page = Page::Card(card);
        let note = Printable::line(&format!("→ {}", library.title(page)));
        Candidate { what: What::Page(page), words: title.clone(), note, name: "" }
    }));
    let mut keyed: Vec<(String, Candidate)> =
        all.into_iter().map(|candidate| (key(&candidate.words), candidate)).collect();
    keyed.sort_by(|(a, _), (b, _)| in_order(a, b));
    let mut seen = HashSet::new();
    keyed.retain(|(key, candidate)| match candidate.what {
        What::Page(page) => seen.insert((key.clone(), page)),
        What::Action(_) => true,
    });
    keyed.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What a name is put in order by: quotation marks and other signs around it do not count.
fn key(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    fold(words, &mut folded);
    let name = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if name.is_empty() { folded } else { name.to_owned() }
}

/// The order of an index: numbers by their value, so that part 2 stands before part 10.
fn in_order(a: &str, b: &str) -> std::cmp::Ordering {
    // The same key must not be parted by others that only differ in zeros before a number.
    alphanumeric_sort::compare_str(a, b).then_with(|| a.cmp(b))
}

/// The words of a title that are written in capitals, unless all of it is.
fn abbreviations(title: &str) -> impl Iterator<Item = &str> {
    let mixed = title.chars().any(char::is_lowercase);
    let words = title.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '‑' | '.' | '&')));
    let words = words.map(|word| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        // The last point of `U.S.` belongs to it.
        if bare.contains('.') && word.len() == bare.len() + 1 { word } else { bare }
    });
    words.filter(move |word| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        mixed
            && capitals >= SHORTEST
            && !word.chars().any(char::is_lowercase)
            && word.len() < title.len()
    })
}

/// The clusters of an entry that match what was typed, and whether they are its start; `None` if no
/// word of it starts so.
pub fn matching(words: &str, typed: &str) -> Option<(bool, Vec<usize>)> {
    let folded = Folded::new(words);
    let text = folded.as_str();
    let starts = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let mut places = text.match_indices(typed).map(|(at, _)| at).filter(starts);
    let at = places.next()?;
    let first = !text.get(..at).is_some_and(|before| before.contains(char::is_alphanumeric));
    let bytes = folded.original(at..at + typed.len())?;
    let mut from = 0;
    let mut matched = Vec::new();
    for (number, cluster) in clusters(words).enumerate() {
        if bytes.contains(&from) {
            matched.push(number);
        }
        from += cluster.len();
    }
    Some((first, matched))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_order_without_case_accents_and_signs() {
        let mut names = ["“Zeta”", "Émile", "alpha", "Delta", "3 January"];
        names.sort_by_key(|name| key(name));
        assert_eq!(names, ["3 January", "alpha", "Delta", "Émile", "“Zeta”"]);
    }

    #[test]
    fn numbers_in_names_stand_in_the_order_of_their_values() {
        let mut names = ["1.1.10. b", "1.1.2. c", "1.1.1. a", "Part 10", "Part 9", "part 9", "é"];
        names.sort_by(|a, b| in_order(&key(a), &key(b)));
        assert_eq!(
            names,
            ["1.1.1. a", "1.1.2. c", "1.1.10. b", "é", "Part 9", "part 9", "Part 10"]
        );
    }

    #[test]
    fn capitals_in_a_title_are_an_entry_of_their_own() {
        let of = |title: &str| abbreviations(title).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(of("What NATO and the U.S. say"), ["NATO", "U.S."]);
        assert_eq!(of("The MQ-9 drone, a UAV"), ["MQ-9", "UAV"].map(str::to_owned));
        assert_eq!(of("NATO"), [""; 0]);
        assert_eq!(of("ALL IN CAPITALS"), [""; 0]);
    }

    #[test]
    fn an_entry_matches_by_the_start_of_any_of_its_words() {
        assert_eq!(matching("Éric Blanc", "eric b"), Some((true, (0..6).collect())));
        assert_eq!(matching("Éric Blanc", "bl"), Some((false, vec![5, 6])));
        assert_eq!(matching("“Quoted” word", "quo"), Some((true, vec![1, 2, 3])));
        assert_eq!(matching("Éric Blanc", "lanc"), None);
    }
}
