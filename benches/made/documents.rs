//! Documents of any size, each time the same.

use std::fmt::Write;

/// A text of some words.
pub fn words(from: usize, count: usize) -> String {
    const WORDS: [&str; 16] = [
        "the",
        "readout",
        "says",
        "that",
        "ministers",
        "spoke",
        "of",
        "ports",
        "and",
        "patrols",
        "before",
        "any",
        "vote",
        "on",
        "bases",
        "abroad",
    ];
    let word = |at: usize| WORDS[(from * 7 + at * at * 3 + at) % WORDS.len()];
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// The card that a card refers to.
fn other(card: usize, cards: usize) -> usize {
    (card * 31 + 7) % cards
}

/// A briefing file of cards that are numbered from `first` on, each with two references.
pub fn yaml(first: usize, cards: usize) -> String {
    let mut out = format!("id: b{first}\ntitle: B\ncards:\n");
    for card in 0..cards {
        write!(
            out,
            "  - id: c{}\n    title: Card number {}\n    bottom_line: {}.\n    body: |\n      {} \
             [[c{}]].\n    see_also: [{{to: c{}, why: near}}]\n",
            first + card,
            first + card,
            words(card, 9),
            words(card, 60),
            first + other(card, cards),
            first + (card + 1) % cards
        )
        .unwrap();
    }
    out
}

/// A Markdown file, each page with a link.
pub fn pages(cards: usize) -> String {
    let page = |card| {
        let to = other(card, cards);
        format!("# Page {card}\n\n{} [there](#page-{to}).\n\n", words(card, 70))
    };
    (0..cards).map(page).collect()
}

/// The same as a web page.
pub fn html(cards: usize) -> String {
    let page = |card| {
        let to = other(card, cards);
        let text = words(card, 70);
        format!("<h1 id=p{card}>Page {card}</h1>\n<p>{text} <a href=#p{to}>there</a>.</p>\n")
    };
    format!("<!doctype html><title>Pages</title><body>{}", (0..cards).map(page).collect::<String>())
}

/// The same as plain text.
pub fn text(cards: usize) -> String {
    let page = |card| format!("CHAPTER {}.\n\n{}.\n\n\n", card + 1, words(card, 70));
    (0..cards).map(page).collect()
}
