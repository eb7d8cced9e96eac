mod stock;

use super::write;
use crate::format::briefing;
use crate::model::{Briefing, BriefingId};
use crate::text::Printable;
use proptest::prelude::*;
use stock::{prose, stock};

/// A briefing without the places in the file.
fn bare(briefing: &Briefing) -> String {
    let shown = format!("{briefing:#?}");
    let mut out = String::new();
    let mut lines = shown.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("span: Span {") {
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}}},", " ".repeat(indent));
            while lines.next().is_some_and(|line| line != end) {}
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Writes, reads and writes again; gives back the file.
fn there_and_back(before: &Briefing) -> String {
    let file = write(before);
    let (after, found) = briefing(&file, "name");
    let found: Vec<_> = found.iter().filter(|d| d.code != "hidden-characters").collect();
    assert!(found.is_empty(), "{found:#?}\n{file}");
    let (before, again) = (bare(before), bare(&after));
    for (a, b) in before.lines().zip(again.lines()) {
        assert_eq!(a, b, "in\n{file}");
    }
    assert_eq!(before.len(), again.len());
    assert_eq!(write(&after), file);
    file
}

#[test]
fn the_bundled_briefings_come_back_as_they_were() {
    for source in [
        include_str!("../../../briefings/us-ecuador-security-readout.yaml"),
        include_str!("../../../briefings/how-to-read.yaml"),
    ] {
        let (before, found) = briefing(source, "name");
        assert!(found.is_empty());
        let file = there_and_back(&before);
        let longest = file.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(400), "{longest:?}");
    }
}

#[test]
fn a_briefing_is_written_as_people_write_it() {
    let source = "id: b\ntitle: \"B: a\"\nas_of: \"2026-01\"\nvoices: {us: {name: \"The U.S.\"}}\nsources:\n  seed: {title: S, bytes: 12, passages: {p1: [0, 9]}}\ngaps:\n- {id: g, at: seed#p1, kind: missing-list, text: Gone., cards: [a]}\ncards:\n- id: a\n  title: A\n  gaps: [g]\n  kind: term\n  aliases: [x, \"2026\"]\n  bottom_line: One sentence.\n  body: |\n    Two\n    lines.\n  claims:\n  - {by: us, verb: says, text: \"x: y\", from: [seed#p1], later: true}\n- id: c\n  title: C\n  depth: 1\n  sections:\n  - {basis: editor, text: Text.}\n  see_also: [a]\n";
    let (before, found) = briefing(source, "name");
    assert!(found.is_empty(), "{found:?}");
    let want = "briefing: 1\nid: b\ntitle: \"B: a\"\nas_of: \"2026-01\"\n\nvoices:\n  us: {name: The U.S.}\n\nsources:\n  seed:\n    title: S\n    bytes: 12\n    passages:\n      p1: [0, 9]\n\ngaps:\n  - id: g\n    at: seed#p1\n    kind: missing-list\n    text: \"Gone.\"\n    cards: [a]\n\ncards:\n  - id: a\n    title: A\n    kind: term\n    aliases: [x, \"2026\"]\n    gaps: [g]\n    bottom_line: \"One sentence.\"\n    body: |\n      Two\n      lines.\n    claims:\n      - {by: us, verb: says, text: \"x: y\", from: [seed#p1], later: true}\n\n  - id: c\n    title: C\n    depth: 1\n    sections:\n      - basis: editor\n        text: \"Text.\"\n    see_also:\n      - {to: a}\n";
    assert_eq!(there_and_back(&before), want);
}

#[test]
fn a_long_sentence_is_folded_and_a_control_is_escaped() {
    let (mut before, _) = briefing("id: b\ntitle: B\ncards:\n- {id: a, title: A, body: x}\n", "n");
    let long = "word ".repeat(40).trim_end().to_owned();
    before.cards[0].bottom_line = Some(prose(&long));
    before.cards[0].sections[0].text = prose("a\u{1b}[2J\nb\n");
    let file = there_and_back(&before);
    assert!(file.contains("    bottom_line: >-\n      word word"), "{file}");
    assert!(file.contains("    body: \"a\\x1B[2J\\nb\\n\"\n"), "{file}");
}

#[test]
fn nothing_is_written_for_nothing() {
    let empty = Briefing::empty(BriefingId::new("e"), Printable::line("E"));
    assert_eq!(write(&empty), "briefing: 1\nid: e\ntitle: E\n\ncards: []\n");
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_it_was(mut stock in stock()) {
        there_and_back(&stock.briefing());
    }
}
