//! The examples of `CommonMark`: our blocks are those of the HTML that is expected, and the words are
//! those that a browser shows of it.

use super::super::markdown;
use super::tests::of_crate;
use crate::format;
use crate::model::{Block, Item, Phrase};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::fmt::Write;

/// The blocks of a text as the names of the tags they would be.
fn shape(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(_) => out.push_str("p "),
            Block::Heading(heading) => write!(out, "h{} ", heading.level).unwrap(),
            Block::List { first, items } => {
                let name = if first.is_some() { "ol" } else { "ul" };
                write!(out, "{name}( ").unwrap();
                for Item { blocks, .. } in items {
                    out.push_str("li( ");
                    shape(blocks, out);
                    out.push_str(") ");
                }
                out.push_str(") ");
            }
            Block::Quote { blocks, .. } => {
                out.push_str("blockquote( ");
                shape(blocks, out);
                out.push_str(") ");
            }
            Block::Code { .. } => out.push_str("pre "),
            Block::Table { .. } => out.push_str("table "),
            Block::Footnote { .. } => out.push_str("note "),
            Block::Rule => out.push_str("hr "),
        }
    }
}

/// The same of the HTML that is expected. Text right in an item is a paragraph of a tight list.
fn expected(html: &str) -> String {
    let (mut out, mut rest, mut bare) = (String::new(), html, false);
    while !rest.is_empty() {
        let end =
            if rest.starts_with('<') { rest.find('>').map(|at| at + 1) } else { rest.find('<') };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        let name = piece.trim_matches(['<', '>', '/', ' ']).split(' ').next().unwrap();
        let closes = piece.starts_with("</");
        match (piece.starts_with('<'), name) {
            (true, "li" | "ul" | "ol" | "blockquote") => {
                let name = if closes { "" } else { name };
                write!(out, "{name}{} ", if closes { ')' } else { '(' }).unwrap();
                bare = name == "li";
            }
            (true, "p" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                if !closes {
                    write!(out, "{name} ").unwrap();
                    let close = format!("</{name}>");
                    let end = rest.find(&close).map_or(rest.len(), |at| at + close.len());
                    rest = &rest[end..];
                }
                bare = !closes && bare;
            }
            (true, "hr") => out.push_str("hr "),
            _ if bare && !piece.trim().is_empty() => {
                out.push_str("p ");
                bare = false;
            }
            _ => {}
        }
    }
    out
}

/// The examples: number, Markdown, HTML.
fn examples(file: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    fn string(text: &str) -> (&str, &str) {
        let (_, text) = text.split_once("r##\"").unwrap();
        text.split_once("\"##").unwrap()
    }
    file.split("fn spec_test_").skip(1).map(|example| {
        let (original, after) = string(example);
        let (_, after) = after.split_once("let expected").unwrap();
        (example.split('(').next().unwrap(), original, string(after).0)
    })
}

fn numbers(found: &[String]) -> Vec<&str> {
    found.iter().map(|text| text.split(':').next().unwrap()).collect()
}

#[test]
fn blocks_are_those_of_commonmark() {
    let Some(file) = of_crate("pulldown-cmark", "tests/suite/spec.rs") else { return };
    let (mut same, mut html, mut other) = (0, 0, Vec::new());
    for (number, original, wanted) in examples(&file) {
        let body = format::body(original);
        let mut ours = String::new();
        shape(&body.blocks, &mut ours);
        markdown(format!("\u{14}{original}").as_bytes());
        // Raw HTML is shown in blocks of its own; of it the words are compared.
        let is_html = original.contains('<') && !original.contains("<http");
        match expected(wanted) {
            theirs if theirs == ours => same += 1,
            _ if is_html => html += 1,
            theirs => other.push(format!("{number}: {original:?}\n  {theirs}\n  {ours}")),
        }
    }
    let other_text = other.join("\n");
    assert_eq!(numbers(&other), OTHERWISE, "{same} same, {html} of HTML:\n{other_text}");
    assert_eq!((same, html), (SAME, 652 - OTHERWISE.len() - SAME));
}

const SAME: usize = 618;

/// Examples of paragraphs in which nothing can be seen: there is no block for them.
const OTHERWISE: &[&str] = &["334", "484", "487"];

#[test]
fn words_are_those_that_a_browser_shows() {
    let Some(file) = of_crate("pulldown-cmark", "tests/suite/spec.rs") else { return };
    let (mut same, mut other) = (0, Vec::new());
    let in_a_row = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (number, original, html) in examples(&file) {
        let mut ours = String::new();
        words(&format::body(original).blocks, &mut ours);
        let (ours, theirs) = (in_a_row(&ours), in_a_row(&browsed(html)));
        if ours == theirs {
            same += 1;
        } else {
            other.push(format!("{number}: {original:?}\n  {theirs}\n  {ours}"));
        }
    }
    let known: Vec<&str> = OTHER_WORDS.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers(&other), known, "{same} same:\n{}", other.join("\n"));
    assert_eq!(same, 652 - known.len());
}

/// Examples of which other words are shown, and why.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("180", "an instruction ends with `?>`, not at the first `>`"),
    ("182", "what is marked as text is text"),
    ("517", "a picture that is a link is its words"),
    ("531", "a picture that is a link is its words"),
    ("548", "two brackets are a link to a card"),
    ("559", "two brackets are a link to a card"),
    ("574", "a picture in the words of another is said to be one"),
    ("581", "a picture without words is called as its file"),
    ("590", "two brackets are a link to a card"),
    ("629", "what is marked as text is text"),
];

/// The words of blocks, in a row.
fn words(blocks: &[Block], out: &mut String) {
    let phrases = |phrases: &[Phrase], out: &mut String| {
        out.extend(phrases.iter().map(|phrase| phrase.text.as_str()));
        out.push(' ');
    };
    for block in blocks {
        match block {
            Block::Paragraph(text) => phrases(text, out),
            Block::Heading(heading) => phrases(&heading.text, out),
            Block::List { items, .. } => items.iter().for_each(|item| words(&item.blocks, out)),
            Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => words(blocks, out),
            Block::Code { text, .. } => write!(out, "{} ", text.as_str()).unwrap(),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| phrases(cell, out)),
            Block::Rule => {}
        }
    }
}

/// The words that a browser shows of HTML, in a row; pictures as we write them.
fn browsed(html: &str) -> String {
    const APART: &[&[u8]] = &[
        b"blockquote",
        b"br",
        b"div",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"hr",
        b"li",
        b"ol",
        b"p",
        b"pre",
        b"table",
        b"td",
        b"th",
        b"tr",
        b"ul",
    ];
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut out, mut silent) = (String::new(), false);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name: &[u8] = &tag.name;
                silent = matches!(name, b"script" | b"style");
                if name == b"img" {
                    let value = |name: &[u8]| tag.attributes.get(name).filter(|v| !v.is_empty());
                    let words = value(b"alt").or_else(|| value(b"src"));
                    let words = words.map(|words| String::from_utf8_lossy(words).into_owned());
                    write!(out, "[image: {}]", words.unwrap_or_default()).unwrap();
                } else if APART.contains(&name) {
                    out.push(' ');
                }
            }
            Token::EndTag(tag) => {
                let name: &[u8] = &tag.name;
                silent = false;
                if APART.contains(&name) {
                    out.push(' ');
                }
            }
            Token::String(text) if !silent => out.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    out
}
