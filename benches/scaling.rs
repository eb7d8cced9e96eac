//! How time and memory grow with the size of what is read: each size twice the one before, each in a
//! process of its own, and the exponent that fits: 1 is linear, 0 does not depend on the size.
//!
//! `cargo bench --features bench --bench scaling [-- LARGEST]`, the largest number of cards.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark prints and looks at the clock"
)]

use briefing::bench::{
    Document, Index, Library, Query, Reader, Studied, find, keep, lay_out, markdown, open_kept,
    parse,
};
use std::fmt::Write;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// The smallest number of cards.
const FIRST: usize = 400;
/// The largest, if no other is asked for.
const LARGEST: usize = 102_400;
/// What is measured, in ms, and at last the memory in MiB.
const COLUMNS: [&str; 13] = [
    "MiB",
    "yaml",
    "markdown",
    "anchors",
    "links",
    "index",
    "search",
    "layout",
    "long page",
    "key",
    "store",
    "study",
    "memory",
];

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("--one") {
        let cards = args.next().unwrap().parse().unwrap();
        println!("{}", measure(cards).map(|number| number.to_string()).join(" "));
        return;
    }
    let asked = std::env::args().find_map(|arg| arg.parse().ok());
    let largest: usize = asked.unwrap_or(LARGEST);
    println!("{:>9}{}", "cards", COLUMNS.map(|name| format!("{name:>11}")).concat());
    let (mut sizes, mut all) = (Vec::new(), Vec::new());
    let mut cards = FIRST;
    while cards <= largest {
        let one = Command::new(std::env::current_exe().unwrap())
            .args(["--one", &cards.to_string()])
            .output()
            .unwrap();
        let out = String::from_utf8(one.stdout).unwrap();
        let numbers: Vec<f64> = out.split_whitespace().map(|n| n.parse().unwrap()).collect();
        println!("{cards:>9}{}", columns(&numbers, 3));
        sizes.push((cards as f64).ln());
        all.push(numbers);
        cards *= 2;
    }
    // Of small sizes most is what there always is.
    let from = all.len() / 2;
    let exponents = (0..COLUMNS.len()).map(|column| {
        let values: Vec<f64> = all[from..].iter().map(|row| row[column].max(1e-6).ln()).collect();
        slope(&sizes[from..], &values)
    });
    println!("{:>9}{}", "exponent", columns(&exponents.collect::<Vec<_>>(), 2));
}

/// Numbers side by side.
fn columns(numbers: &[f64], places: usize) -> String {
    numbers.iter().fold(String::new(), |mut row, number| {
        write!(row, "{number:>11.places$}").unwrap();
        row
    })
}

/// The slope of the line that fits some points best.
fn slope(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (middle, level) = (mean(x), mean(y));
    let above: f64 = x.iter().zip(y).map(|(x, y)| (x - middle) * (y - level)).sum();
    let below: f64 = x.iter().map(|x| (x - middle).powi(2)).sum();
    above / below
}

/// The shortest time of a few, in ms.
fn best(times: usize, mut work: impl FnMut()) -> f64 {
    let once = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let shortest = (0..times).map(|_| once(&mut work)).min().unwrap_or(Duration::ZERO);
    shortest.as_secs_f64() * 1e3
}

/// A text of some words, each time the same.
fn words(from: usize, count: usize) -> String {
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

fn yaml(cards: usize) -> String {
    let mut out = String::from("id: b\ntitle: B\ncards:\n");
    for card in 0..cards {
        let (to, text) = ((card * 31 + 7) % cards, words(card, 60));
        write!(
            out,
            "  - id: c{card}\n    title: Card number {card}\n    bottom_line: {}.\n    body: |\n      {text} \
             [[c{to}]].\n    see_also: [{{to: c{}, why: near}}]\n",
            words(card, 9),
            (card + 1) % cards
        )
        .unwrap();
    }
    out
}

fn pages(cards: usize) -> String {
    let mut out = String::new();
    for card in 0..cards {
        let to = (card * 31 + 7) % cards;
        write!(out, "# Page {card}\n\n{} [there](#page-{to}).\n\n", words(card, 70)).unwrap();
    }
    out
}

fn library(source: &str) -> Library {
    let (briefing, found) = parse(source, "b");
    Library::new(vec![Arc::new(Document::new(briefing, None, found))])
}

fn measure(cards: usize) -> [f64; 13] {
    let source = yaml(cards);
    let size = source.len() as f64 / f64::from(1 << 20);
    let parsed = best(3, || drop(black_box(parse(&source, "b"))));
    let library = Arc::new(library(&source));
    drop(source);
    let documents = library.documents().to_vec();
    let linked = best(3, || drop(black_box(Library::new(documents.clone()))));
    let stop = AtomicBool::new(false);
    let indexed = best(1, || drop(black_box(Index::build(&library, &stop))));
    let index = Index::build(&library, &stop).unwrap();
    let query = Query::parse("ministers \"spoke of\" number").unwrap();
    let searched = best(9, || drop(black_box(find(&index, &library, &query, 20, &stop))));
    let laid = best(9, || {
        black_box(lay_out(&library, cards / 2, 76));
    });
    let mut reader = Reader::new(Arc::clone(&library), (120, 40)).unwrap();
    reader.draw();
    let key = best(9, || {
        reader.key(']');
        reader.draw();
    });
    let memory = peak();
    // What is measured below is kept out of the memory.
    let text = pages(cards);
    let imported = best(2, || drop(black_box(markdown(&text))));
    let pages = vec![Arc::new(Document::new(markdown(&text), None, Vec::new()))];
    let anchored = best(2, || drop(black_box(Library::new(pages.clone()))));
    let long =
        format!("title: T\ncards:\n  - title: A\n    body: |\n      {}\n", words(1, cards * 8));
    let long = self::library(&long);
    let page = best(3, || {
        black_box(lay_out(&long, 0, 76));
    });
    let folder = tempfile::tempdir().unwrap();
    keep(folder.path(), cards);
    let opened = best(2, || {
        black_box(open_kept(folder.path()));
    });
    // As many answers as there are cards.
    let answers = Studied::new(cards);
    let studied = best(3, || {
        black_box(answers.prepare());
    });
    [
        size, parsed, imported, anchored, linked, indexed, searched, laid, page, key, opened,
        studied, memory,
    ]
}

/// The most memory that this process has used, in MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or(0.0) / 1024.0
}
