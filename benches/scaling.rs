//! How time and memory grow with the size of what is read: each size twice the one before, each in a
//! process of its own, and the exponent that fits: 1 is linear, 0 does not depend on the size. Up to 64 MiB
//! are one file, more are several; a page is never longer than a file.
//!
//! `cargo bench --features bench --bench scaling [-- LARGEST]`, the largest number of cards.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark prints and looks at the clock"
)]

#[allow(dead_code, reason = "other benchmarks use the rest")]
#[path = "made/documents.rs"]
mod made;

use briefing::bench::{
    Briefing, Document, Index, Library, Query, Reader, Studied, find, keep, lay_out, markdown,
    open_kept, parse,
};
use made::{pages, words, yaml};
use std::fmt::Write;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// The smallest number of cards.
const FIRST: usize = 25;
/// The largest, if no other is asked for.
const LARGEST: usize = 102_400;
/// The most cards of a file: it takes 63 MiB then.
const FILE: usize = 102_400;
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
        let points = sizes.iter().zip(&all).skip(from).map(|(size, row)| (*size, row[column]));
        slope(&points.filter(|(_, value)| !value.is_nan()).collect::<Vec<_>>())
    });
    println!("{:>9}{}", "exponent", columns(&exponents.collect::<Vec<_>>(), 2));
}

/// Numbers side by side.
fn columns(numbers: &[f64], places: usize) -> String {
    numbers.iter().fold(String::new(), |mut row, number| {
        if number.is_nan() {
            write!(row, "{:>11}", "-").unwrap();
        } else {
            write!(row, "{number:>11.places$}").unwrap();
        }
        row
    })
}

/// The slope of the line that fits best, of the logarithms of values over those of sizes.
fn slope(points: &[(f64, f64)]) -> f64 {
    let logs = points.iter().map(|(size, value)| (*size, value.max(1e-6).ln()));
    let count = points.len() as f64;
    let middle = logs.clone().map(|(x, _)| x).sum::<f64>() / count;
    let level = logs.clone().map(|(_, y)| y).sum::<f64>() / count;
    let above: f64 = logs.clone().map(|(x, y)| (x - middle) * (y - level)).sum();
    let below: f64 = logs.map(|(x, _)| (x - middle).powi(2)).sum();
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

/// The numbers of cards of the files that so many cards take.
fn files(cards: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..cards).step_by(FILE).map(move |first| (first, FILE.min(cards - first)))
}

fn document(briefing: Briefing) -> Arc<Document> {
    Arc::new(Document::new(briefing, None, Vec::new()))
}

fn measure(cards: usize) -> [f64; 13] {
    let (mut size, mut parsed, mut documents) = (0.0, 0.0, Vec::new());
    for (first, count) in files(cards) {
        let source = yaml(first, count);
        size += source.len() as f64 / f64::from(1 << 20);
        parsed += best(3, || drop(black_box(parse(&source, "b"))));
        documents.push(document(parse(&source, "b").0));
    }
    let library = Arc::new(Library::new(documents.clone()));
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
    let (mut imported, mut documents) = (0.0, Vec::new());
    for (first, count) in files(cards) {
        let (text, path) = (pages(count), format!("{first}.md"));
        imported += best(2, || drop(black_box(markdown(&text, &path))));
        documents.push(document(markdown(&text, &path)));
    }
    let anchored = best(2, || drop(black_box(Library::new(documents.clone()))));
    drop(documents);
    let page = if cards <= FILE { long_page(cards * 8) } else { f64::NAN };
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

/// Lays out a page of so many words.
fn long_page(count: usize) -> f64 {
    let text = words(1, count);
    let source = format!("title: T\ncards:\n  - title: A\n    body: |\n      {text}\n");
    let library = Library::new(vec![document(parse(&source, "b").0)]);
    best(3, || {
        black_box(lay_out(&library, 0, 76));
    })
}

/// The most memory that this process has used, in MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or(0.0) / 1024.0
}
