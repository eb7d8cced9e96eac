//! Ids of imported cards: the path of the file, and the title where a file has several cards.

use crate::model::CardId;
use crate::text::slug;
use std::collections::HashMap;

/// How the cards of a file are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The file is the whole briefing: ids need not tell which file a card is from.
    Alone,
    /// The file is one of many.
    Among,
}

/// Gives the cards of one file ids that differ.
#[derive(Debug)]
pub struct Ids {
    /// The path without its ending; the name alone if the file is alone.
    stem: String,
    naming: Naming,
    /// Each id that was given, and the highest number that was tried for it.
    given: HashMap<String, usize>,
}

impl Ids {
    /// For the cards of the file at `path`.
    pub fn new(path: &str, naming: Naming) -> Self {
        let name_at = path.rfind('/').map_or(0, |at| at + 1);
        let name = path.get(name_at..).unwrap_or_default();
        let dot = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
        let start = if naming == Naming::Alone { name_at } else { 0 };
        let stem = path.get(start..name_at + dot).unwrap_or_default().to_owned();
        Self { stem, naming, given: HashMap::new() }
    }

    /// The name of the file without its ending, for a title.
    pub fn stem(&self) -> &str {
        self.stem.rsplit('/').next().unwrap_or_default()
    }

    /// What the file is called where it says nothing: its name, or that of its folder for a page that
    /// introduces one.
    pub fn name(&self) -> String {
        let mut steps = self.stem.rsplit('/');
        let stem = steps.next().unwrap_or_default();
        let introduces = ["index", "_index", "readme"].iter().any(|n| stem.eq_ignore_ascii_case(n));
        let name = steps.next().filter(|folder| introduces && !folder.is_empty()).unwrap_or(stem);
        // Logseq writes the name `a/b` so.
        name.replace("___", "/")
    }

    /// The id of the card that stands for the whole file.
    pub fn root(&mut self) -> CardId {
        let id = match self.naming {
            Naming::Alone => slug(&self.stem),
            Naming::Among => self.stem.clone(),
        };
        self.distinct(if id.is_empty() { "card".to_owned() } else { id })
    }

    /// The id of a card of a part of the file.
    pub fn section(&mut self, title: &str) -> CardId {
        let slug = slug(title);
        let slug = if slug.is_empty() { "section" } else { &slug };
        self.distinct(match self.naming {
            Naming::Alone => slug.to_owned(),
            Naming::Among => format!("{}#{slug}", self.stem),
        })
    }

    /// The id of a card that has one already, unless another has it too.
    pub fn named(&mut self, name: &str) -> CardId {
        self.distinct(name.to_owned())
    }

    fn distinct(&mut self, id: String) -> CardId {
        let Some(tried) = self.given.get(&id) else {
            let named = CardId::new(&id);
            self.given.insert(id, 1);
            return named;
        };
        let mut number = tried + 1;
        let numbered = |number| format!("{id}-{number}");
        while self.given.contains_key(&numbered(number)) {
            number += 1;
        }
        let name = numbered(number);
        self.given.insert(name.clone(), 1);
        self.given.insert(id, number);
        CardId::new(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_tell_the_file_where_there_are_many() {
        let mut ids = Ids::new("a/b.c.md", Naming::Among);
        assert_eq!(ids.stem(), "b.c");
        let all = [ids.root(), ids.section("X y"), ids.section("X y"), ids.section("?")];
        let all: Vec<_> = all.iter().map(CardId::as_str).collect();
        assert_eq!(all, ["a/b.c", "a/b.c#x-y", "a/b.c#x-y-2", "a/b.c#section"]);
        let mut ids = Ids::new("a/My Notes.md", Naming::Alone);
        let all = [ids.root(), ids.section("My notes"), ids.section("My notes")];
        let all: Vec<_> = all.iter().map(CardId::as_str).collect();
        assert_eq!(all, ["my-notes", "my-notes-2", "my-notes-3"]);
    }

    #[test]
    fn a_made_id_that_is_taken_is_passed_over() {
        let mut ids = Ids::new("n.md", Naming::Alone);
        let all = [ids.section("a-2"), ids.section("a"), ids.section("a"), ids.section("a")];
        let all: Vec<_> = all.iter().map(CardId::as_str).collect();
        assert_eq!(all, ["a-2", "a", "a-3", "a-4"]);
    }
}
