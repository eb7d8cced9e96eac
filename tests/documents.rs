//! Documents of all kinds through the real program: how many cards and links they give. The large
//! collections are not part of the project; without them their tests say so and do nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file or folder beside the project, if it is there.
fn corpus(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

/// What `briefing check` counts in the first briefing of a path.
fn counts(path: &Path, split: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["check", "--format", "json", "--split", split])
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.code().is_some(), "{} ended the program", path.display());
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["briefings"][0].take()
}

fn number(counts: &Value, path: &[&str]) -> u64 {
    path.iter().fold(counts, |value, key| &value[*key]).as_u64().unwrap_or(0)
}

fn list(path: &Path) -> Vec<String> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_briefing")).arg("list").arg(path).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_book_has_its_pages_in_order_and_no_broken_link() {
    let Some(book) = corpus("corpora/rust-book") else { return };
    for (split, cards) in [("0", 111), ("1", 333), ("2", 492), ("all", 545), ("auto", 527)] {
        let counts = counts(&book, split);
        assert_eq!(number(&counts, &["cards"]), cards, "split {split}");
        assert_eq!(number(&counts, &["documents"]), 111);
        let links = |status| number(&counts, &["links", status]);
        assert_eq!(links("ok") + links("self"), 182, "split {split}");
        assert_eq!((links("outside"), links("external")), (33, 103));
        let broken = links("broken") + links("broken_anchor") + links("wanted");
        assert_eq!((broken, links("ambiguous")), (0, 0));
    }
    let cards = list(&book);
    assert!(cards[0].starts_with("title-page\t"), "{}", cards[0]);
}

#[test]
fn a_collection_of_pages_refers_by_names_set_as_code() {
    let Some(pages) = corpus("corpora/tldr-en/pages") else { return };
    let counts = counts(&pages, "auto");
    assert_eq!(number(&counts, &["cards"]), 7425);
    let links = |status| number(&counts, &["links", status]);
    // Two more than stand on lines of their own: names within a sentence count as well.
    assert_eq!((links("ok"), links("self"), links("wanted")), (2645, 1, 16));
}

#[test]
fn a_vault_resolves_names_as_their_writers_expect() {
    let Some(vault) = corpus("corpora/obsidian-links") else { return };
    let counts = counts(&vault, "auto");
    let links = |status| number(&counts, &["links", status]);
    assert_eq!(links("wanted"), 1, "`[[missing]]`");
    assert_eq!(links("broken"), 1, "`My%20Note.md` is in another folder");
    assert_eq!(links("broken_anchor"), 2, "`#^zz` and `#Nope`");
}

#[test]
fn notes_without_headings_become_topics() {
    let Some(folder) = corpus("document") else { return };
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let titles: Vec<_> =
        list(&file).iter().map(|line| line.rsplit('\t').next().unwrap().to_owned()).collect();
    assert_eq!(
        titles,
        [
            "January 3, 2026 U.S. operation in Venezuela",
            "narcoterrorism",
            "close coordination",
            "Tommy Pigott",
            "Daniel Noboa",
            "close coordination (2)",
        ]
    );
    let found = counts(&file, "auto");
    assert_eq!(number(&found, &["diagnostics", "lost-list"]), 2);
    assert_eq!(number(&found, &["diagnostics", "repeated-title"]), 1);
}

#[test]
fn a_dictionary_in_text_has_an_entry_each() {
    let Some(file) = corpus("corpora/devils-dictionary/972.txt") else { return };
    let terms = list(&file).into_iter().filter(|line| line.contains("\tterm\t")).count();
    assert_eq!(terms, 982);
}
