//! What queries find in small libraries, and in real ones.

mod asking;
mod everything;
mod matching;

use super::*;
use crate::format;
use crate::library::{self, Document};
use crate::model::{Links, Rare};
use crate::text::Printable;
use proptest::prelude::*;
use std::sync::Arc;

/// A library of one briefing with an index of it.
struct Desk {
    library: Library,
    index: Index,
}

impl Desk {
    fn new(library: Library) -> Self {
        let index = Index::build(&library, &AtomicBool::new(false)).unwrap();
        Self { library, index }
    }

    fn of(source: &str) -> Self {
        let (briefing, found) = format::briefing(source, "desk");
        assert!(found.is_empty(), "{found:?}");
        Self::new(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    }

    /// Cards of a title and a body.
    fn cards(cards: &[(&str, &str)]) -> Self {
        let card = |(at, (title, body)): (usize, &(&str, &str))| {
            // JSON is YAML.
            let [title, body] = [title, body].map(|text| serde_json::to_string(text).unwrap());
            format!("- {{id: c{at}, title: {title}, body: {body}}}\n")
        };
        Self::of(&format!(
            "title: D\ncards:\n{}",
            cards.iter().enumerate().map(card).collect::<String>()
        ))
    }

    fn hits(&self, query: &str) -> Vec<Hit> {
        let query = Query::parse(query).unwrap();
        find(&self.index, &self.library, &query, 100, &AtomicBool::new(false))
    }

    /// The titles that are found, in their order.
    fn titles(&self, query: &str) -> Vec<String> {
        self.hits(query).iter().map(|hit| hit.title.to_string()).collect()
    }

    /// What is shown of the first page, with the matches in brackets.
    fn snippet(&self, query: &str) -> String {
        let hit = self.hits(query).remove(0);
        marked(&hit.snippet, &hit.matches)
    }
}

fn marked(text: &str, matches: &[std::ops::Range<usize>]) -> String {
    let mut out = text.to_owned();
    for range in matches.iter().rev() {
        out.insert(range.end, ']');
        out.insert(range.start, '[');
    }
    out
}

const RICH: &str = "
title: Rich
voices: {noboa: {name: Daniel Noboa}, court: {name: The Court}}
sources: {seed: {title: The notes}, wire: {title: Report, publisher: Reuters, date: '2026-01-05'}}
gaps: [{id: g, kind: other, text: A list is lost., cards: [raid]}]
cards:
- id: raid
  title: January raid
  kind: event
  aliases: [Operation Absolute]
  tags: [law enforcement]
  bottom_line: It ended *quickly*.
  sections: [{basis: document, from: [seed], text: 'See [[man]] &amp; the raid.'}]
  claims:
  - {by: noboa, verb: denies, text: It was a war., from: [wire], check: disputed}
  - {by: court, verb: states, text: It was a raid., check: corroborated}
  dates: [{date: '2026-01-03', text: The raid.}]
  questions: [{q: Who led it?, a: Nobody says.}]
- id: man
  title: The man
  kind: person
  body: Words about him.
  dates: [{date: '2025-11', text: He was named.}]
- id: alone
  title: Alone
  kind: term
  body: Nobody links here.
  see_also: [{to: man, why: the ransom}]
";

#[test]
fn every_page_of_tldr_is_found_first_by_its_title() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/tldr-en/pages");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let (files, _) =
        crate::files::walk(&folder, |path| path.extension().is_some_and(|e| e == "md"));
    let span = crate::text::LineIndex::new("").span(0..0);
    let id = crate::model::BriefingId::new("tldr");
    let mut briefing = crate::model::Briefing::empty(id, Printable::line("tldr"));
    for (at, file) in files.iter().enumerate() {
        let bytes = crate::files::read(file, 1 << 20).unwrap();
        let source = format::decode(&bytes).0;
        let (title, text) = source.split_once('\n').unwrap();
        let title = Printable::line(title.trim_start_matches("# ").trim());
        let id = crate::model::CardId::new(&format!("c{at}"));
        let mut card = crate::model::Card::new(id, title, span);
        let links = Links::default();
        let text = crate::model::Prose { source: text.into(), span, links };
        card.sections.push(crate::model::Section {
            basis: None,
            from: Rare::default(),
            title: None,
            text,
        });
        briefing.cards.push(card);
    }
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))]);
    let desk = Desk::new(library);
    assert!(desk.library.card_count() > 7400, "{}", desk.library.card_count());
    let stop = AtomicBool::new(false);
    let mut missed = Vec::new();
    for index in 0..desk.library.card_count() {
        let title = desk.library.title(Page::Card(index));
        let query = Query::parse(&title).unwrap();
        let found = find(&desk.index, &desk.library, &query, 1, &stop);
        // Several pages have the same title, for several systems.
        if found.first().is_none_or(|hit| hit.title != title) {
            missed.push(title);
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
