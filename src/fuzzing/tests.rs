//! Each target for a moment, with bytes that are the same each time: mixtures of the seeds in
//! `fuzz/seeds`, some of their bytes changed.

use super::*;
use std::path::Path;

/// A random number generator: the same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

#[expect(clippy::disallowed_methods, reason = "the seeds are files")]
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Bytes that mean something to some reader.
const WORDS: &[&str] = &[
    "\n\n",
    "\n- ",
    "\n> ",
    "\n    ",
    "# ",
    "|",
    "\n|-|-|\n",
    "[[",
    "]]",
    "[^1]",
    "```\n",
    "<b>",
    "</div>",
    "<table><tr><td>",
    "<!--",
    "&#27;",
    "&amp;",
    ": ",
    "'",
    "\"",
    "{",
    "}",
    "- ",
    "...\n",
    "---\n",
    "*",
    "_",
    "\u{202e}",
    "\u{301}",
    "👩‍👩‍👧",
    "漢",
    "\t",
    "\u{0}",
    "\r",
    "![",
    "](",
    "http://x.y/z",
    "kind:",
    "~",
    "-",
    "<![CDATA[",
    "See also: ",
    "CHAPTER II.",
    "_____",
    "\u{feff}",
    "[!NOTE]",
    "&x",
    "*x",
    "<<: ",
    "!!str ",
];

fn run(target: &str, rounds: usize, run: fn(&[u8])) {
    let seeds = seeds(target);
    for seed in &seeds {
        run(seed);
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ target.len() as u64);
    for _ in 0..rounds {
        let mut bytes = seeds[random.below(seeds.len())].clone();
        let other = &seeds[random.below(seeds.len())];
        let cut = random.below(bytes.len() + 1);
        let from = random.below(other.len() + 1);
        if random.below(3) == 0 {
            bytes.splice(cut.., other[from..].iter().copied());
        }
        for _ in 0..random.below(8) {
            let at = random.below(bytes.len() + 1);
            match random.below(5) {
                0 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
                1 => {
                    let end = (at + random.below(9)).min(bytes.len());
                    bytes.drain(at..end);
                }
                2 => {
                    let end = (at + random.below(60)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                _ => {
                    let word = WORDS[random.below(WORDS.len())];
                    bytes.splice(at..at, word.bytes());
                }
            }
        }
        let caught = std::panic::catch_unwind(|| run(&bytes));
        assert!(caught.is_ok(), "{target}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_moment_of_yaml() {
    run("yaml", 150, yaml);
}

#[test]
fn a_moment_of_markdown() {
    run("markdown", 150, markdown);
}

#[test]
fn a_moment_of_text() {
    run("text", 150, text);
}

#[test]
fn a_moment_of_html() {
    run("html", 150, html);
}

#[test]
fn a_moment_of_epub() {
    run("epub", 80, epub);
}

#[test]
fn a_moment_of_what_is_kept() {
    run("kept", 400, kept);
}

#[test]
fn a_moment_of_queries() {
    run("query", 150, query);
}

#[test]
fn a_moment_of_keymaps() {
    run("keymap", 150, keymap);
}

#[test]
fn a_moment_of_keys() {
    run("storm", 15, storm);
}
