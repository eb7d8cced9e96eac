//! How fast searching is over libraries of several sizes, with ranking and snippets, beside a plain
//! scan of the same text for the same word. Prints a table: the time that passed, the time that the
//! processors were busy with it (the sum over all threads, which other programs hardly change), and the
//! time of the plain scan.
//!
//! `cargo bench --features bench --bench search [-- CARDS… KINDS…]`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::string_slice,
    reason = "a benchmark prints and looks at the clock"
)]

use briefing::bench::{
    Briefing, BriefingId, Card, CardId, Document, Index, Library, LineIndex, Links, Printable,
    Prose, Query, Rare, Section, find, fold,
};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Sizes of libraries, in cards.
const SIZES: [usize; 4] = [25, 7_425, 100_000, 1_000_000];
/// Distinct words.
const WORDS: usize = 200_000;
/// Queries of each kind.
const QUERIES: usize = 100;
/// Results asked for.
const LIMIT: usize = 20;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let words = Words::new();
    println!(
        "times in ms: median / 95 of 100 / worst; {QUERIES} queries of a kind, {LIMIT} results"
    );
    for size in sizes {
        measure(&words, size);
    }
}

/// Whether a kind of query is measured: all are, if none is named.
fn asked(kind: &str) -> bool {
    let words = || std::env::args().skip(1).filter(|arg| arg.starts_with(char::is_alphabetic));
    words().next().is_none() || words().any(|word| kind.starts_with(&word))
}

/// A random number generator: the same numbers each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Made-up words: the first are the most common ones.
struct Words(Vec<String>);

impl Words {
    fn new() -> Self {
        const PARTS: [&str; 32] = [
            "ba", "con", "de", "er", "fi", "gan", "ho", "in", "ju", "ka", "lor", "mi", "no", "or",
            "pe", "qui", "ra", "sta", "ti", "un", "ver", "wi", "xe", "y", "zo", "tion", "ment",
            "al", "ó", "tra", "cro", "ly",
        ];
        let mut random = Random(42);
        let mut seen = HashMap::new();
        while seen.len() < WORDS {
            let rank = seen.len();
            let parts =
                1 + (rank as f64).log(14.0) as usize + usize::from(random.next().is_multiple_of(3));
            let word: String =
                (0..parts).map(|_| PARTS[random.next() as usize % PARTS.len()]).collect();
            seen.entry(word).or_insert(rank);
        }
        let mut words: Vec<(usize, String)> = seen.into_iter().map(|(w, rank)| (rank, w)).collect();
        words.sort();
        Self(words.into_iter().map(|(_, word)| word).collect())
    }

    /// A word, as often as words of its rank are in texts.
    fn pick(&self, random: &mut Random) -> &str {
        let rank = (self.0.len() as f64).powf(random.share()) as usize;
        &self.0[rank.min(self.0.len()) - 1]
    }
}

fn library(words: &Words, cards: usize) -> Library {
    let mut random = Random(7);
    let span = LineIndex::new("x").span(0..1);
    // A million cards are short ones.
    let length = if cards > 500_000 { 14 } else { 140 };
    let mut briefing = Briefing::empty(BriefingId::new("b"), Printable::line("Bench"));
    for number in 0..cards {
        let mut text = |count: usize| {
            let mut out = String::new();
            for at in 0..count {
                if at > 0 {
                    out.push_str(match random.next() % 40 {
                        0 => ". ",
                        1 => ", ",
                        2 => "\n\n",
                        3 => " – ",
                        _ => " ",
                    });
                }
                let word = words.pick(&mut random);
                if random.next().is_multiple_of(50) {
                    out.extend(["**", word, "**"]);
                } else {
                    out.push_str(word);
                }
            }
            out
        };
        let prose = |source: String| Prose { source: source.into(), span, links: Links::default() };
        let title = Printable::line(&text(3).replace("**", ""));
        let mut card = Card::new(CardId::new(&format!("c{number}")), title, span);
        card.bottom_line = Some(prose(text(12)));
        let text = prose(text(length));
        card.sections.push(Section { basis: None, from: Rare::default(), title: None, text });
        briefing.cards.push(card);
    }
    Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))])
}

fn measure(words: &Words, cards: usize) {
    let library = library(words, cards);
    let stop = AtomicBool::new(false);
    let start = Instant::now();
    let index = Index::build(&library, &stop).unwrap();
    let built = start.elapsed();
    let mut text = String::new();
    for at in 0..library.card_count() {
        let card = library.card(at).unwrap();
        fold(&card.title, &mut text);
        card.bottom_line.iter().for_each(|prose| fold(&prose.source, &mut text));
        card.sections.iter().for_each(|section| fold(&section.text.source, &mut text));
    }
    let mega = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    println!(
        "\n{cards} cards, {:.1} MiB of text: built in {:.0} ms, {:.1} MiB kept",
        mega(text.len()),
        built.as_secs_f64() * 1e3,
        mega(index.size()),
    );
    println!(
        "  {:<16} {:>24} {:>24} {:>24}   results",
        "kind", "find", "find, processors", "memmem alone"
    );
    let mut random = Random(99);
    for (kind, make) in KINDS.into_iter().filter(|(kind, _)| asked(kind)) {
        let (mut times, mut busy, mut plain, mut results) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for _ in 0..QUERIES {
            let written = make(words, &mut random, &library);
            let query = Query::parse(&written).unwrap();
            let (start, was) = (Instant::now(), busy_for());
            results += find(&index, &library, &query, LIMIT, &stop).len();
            times.push(start.elapsed());
            busy.push(busy_for().saturating_sub(was));
            let mut word = String::new();
            fold(written.trim_matches(['"', '~', '*']), &mut word);
            let start = Instant::now();
            let found = memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).count();
            std::hint::black_box(found);
            plain.push(start.elapsed());
        }
        let [find, busy, scan] = [&mut times, &mut busy, &mut plain].map(|times| figures(times));
        let results = results as f64 / QUERIES as f64;
        println!("  {kind:<16} {find:>24} {busy:>24} {scan:>24}   {results:.1}");
    }
}

/// How long processors were busy with this program.
fn busy_for() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

type Make = fn(&Words, &mut Random, &Library) -> String;

/// The kinds of queries, each with how one is made.
const KINDS: [(&str, Make); 10] = [
    ("rare word", |words, random, _| words.0[20_000 + random.next() as usize % 100_000].clone()),
    ("common word", |words, random, _| words.0[random.next() as usize % 100].clone()),
    ("one letter", |_, random, _| char::from(b'a' + (random.next() % 26) as u8).to_string()),
    ("prefix", |words, random, _| {
        let word: String = words.pick(random).chars().take(3).collect();
        format!("{word}*")
    }),
    ("phrase", |_, random, library| {
        let card = library.card(random.next() as usize % library.card_count()).unwrap();
        let text = card.bottom_line.as_ref().unwrap().source.replace("**", "");
        let words: Vec<&str> = text.split([' ', '\n']).filter(|w| !w.is_empty()).collect();
        format!("\"{}\"", words[..2].join(" "))
    }),
    ("several words", |words, random, _| {
        [words.pick(random), words.pick(random), words.pick(random)].join(" ")
    }),
    ("common words", |words, random, _| {
        let mut word = || words.0[random.next() as usize % 30].clone();
        [word(), word(), word()].join(" ")
    }),
    ("not", |words, random, _| {
        format!("{} -{}", words.pick(random), words.0[random.next() as usize % 100])
    }),
    ("condition", |_, _, _| "kind:person".to_owned()),
    ("fuzzy", |words, random, _| {
        let mut word: Vec<char> = words.pick(random).chars().collect();
        if word.len() > 3 {
            word.swap(1, 2);
        }
        format!("~{}", word.into_iter().collect::<String>())
    }),
];

fn figures(times: &mut [Duration]) -> String {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    format!("{:.2} / {:.2} / {:.2}", at(50), at(95), at(100))
}
