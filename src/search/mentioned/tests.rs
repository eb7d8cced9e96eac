use super::*;
use crate::library::Document;
use std::sync::Arc;

const CARDS: &str = "
id: b
title: B
cards:
  - id: pilots
    title: Harbour pilots
    aliases: [Guides]
    bottom_line: They know the tide, and Ada King.
  - id: linked
    title: Linked
    body: See [[pilots]]; the harbour pilots know.
  - id: mentions
    title: Mentions
    body: First this. Then the **harbour**‑free\\nharbour pilots came! Then nothing.
  - id: alias
    title: Alias
    body: Guides of Ada King.
  - id: silent
    title: Silent
    body: Neither harbour nor pilots, nor `Harbour pilots`.
";

fn found(reach: Reach) -> Mentioned {
    let (briefing, found) = crate::format::briefing(&CARDS.replace("\\n", "\n      "), "test");
    assert!(found.is_empty(), "{found:?}");
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, found))]);
    let stop = AtomicBool::new(false);
    let terms = Terms::build(&library, reach, &stop).unwrap();
    mentioned(&library, &terms, 0, &stop)
}

#[test]
fn cards_that_mention_a_card_without_a_link_are_found_with_the_sentence() {
    let found = found(Reach::Titles);
    let passages: Vec<_> = found.passages.iter().map(|p| (p.card, &p.text[p.at.clone()])).collect();
    assert_eq!(passages, [(2, "harbour pilots")]);
    assert_eq!(found.passages[0].text.as_str(), "Then the harbour‑free harbour pilots came!");
    assert!(found.names.is_empty());
}

#[test]
fn other_names_and_shared_proper_names_are_found_if_wanted() {
    let found = found(Reach::All);
    let cards: Vec<_> = found.passages.iter().map(|p| p.card).collect();
    assert_eq!(cards, [2, 3]);
    let names: Vec<_> = found.names.iter().map(|n| (n.name.as_str(), &n.cards[..])).collect();
    assert_eq!(names, [("Ada King", &[3][..])]);
}
