//! Pages as cards: each rule with a small page of its own.

mod cards;
mod content;
mod notes;
mod soup;
mod writing;

use super::tag::Tag;
use super::{Page, html};
use crate::diagnostic::Diagnostic;
use crate::import::{Naming, Split};
use crate::model::{Block, Body, Briefing, Phrase};
use std::collections::HashSet;

fn read(page: &str) -> (Briefing, Vec<Diagnostic>) {
    html(page.as_bytes(), "page.html", Naming::Among, Split::Auto)
}

fn text(briefing: &Briefing, card: usize) -> &str {
    briefing.cards[card].sections.first().map_or("", |section| &section.text.source)
}

/// The Markdown of a page of one card.
fn markdown(page: &str) -> String {
    let (briefing, _) = read(page);
    assert_eq!(briefing.cards.len(), 1, "{page}");
    text(&briefing, 0).to_owned()
}

/// The titles and texts of all cards.
fn all(briefing: &Briefing) -> String {
    let cards = briefing.cards.iter().enumerate();
    cards.map(|(n, card)| [card.title.as_str(), " ", text(briefing, n), " "].concat()).collect()
}

fn titles(briefing: &Briefing) -> Vec<String> {
    briefing.cards.iter().map(|card| format!("{}{}", card.depth, card.title)).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| d.code).collect()
}

/// What a browser shows of the content of a page, as far as words go.
fn visible(page: &Page) -> String {
    let (tree, content) = (&page.tree, &page.content);
    let mut out = String::new();
    let is_line = |n: &usize| tree.tag(*n).is_some_and(|t| t.is_block() || t == Tag::Br);
    let ends: HashSet<usize> =
        (0..tree.nodes.len()).filter(is_line).map(|n| tree.nodes[n].end).collect();
    let mut node = content.root;
    while node < tree.inside(content.root).end {
        if ends.contains(&node) || is_line(&node) {
            out.push(' ');
        }
        if content.left[node].is_some() {
            node = tree.inside(node).end;
            continue;
        }
        out.push_str(tree.text_at(node).unwrap_or_default());
        node += 1;
    }
    out
}

/// The words of a text that was read from Markdown.
fn words(body: &Body) -> String {
    fn put(phrases: &[Phrase], out: &mut String) {
        out.extend(phrases.iter().map(|phrase| phrase.text.as_str()));
        out.push(' ');
    }
    fn add(blocks: &[Block], out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(phrases) => put(phrases, out),
                Block::Heading(heading) => put(&heading.text, out),
                Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| put(cell, out)),
                Block::List { items, .. } => items.iter().for_each(|item| add(&item.blocks, out)),
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => add(blocks, out),
                Block::Code { text, .. } => {
                    out.push_str(text);
                    out.push(' ');
                }
                Block::Rule => {}
            }
        }
    }
    let mut out = String::new();
    add(&body.blocks, &mut out);
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
