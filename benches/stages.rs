//! How long each stage takes on its own, from the bytes of a file to the cells of a screen.
//!
//! `cargo bench --features bench --bench stages [-- FILTER]`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark may end at once, and looks at the clock"
)]

#[path = "made/documents.rs"]
mod made;

use briefing::bench::{Briefing, Document, Index, Library, Query, Reader, parse};
use divan::Bencher;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Numbers of cards.
const CARDS: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

fn document(briefing: Briefing) -> Arc<Document> {
    Arc::new(Document::new(briefing, None, Vec::new()))
}

/// A library of one briefing file.
fn library(cards: usize) -> Library {
    Library::new(vec![document(parse(&made::yaml(0, cards), "b").0)])
}

/// From the text of a file to cards.
mod read {
    use super::{Bencher, Briefing, CARDS, made, parse};
    use briefing::bench::{html, markdown, text};
    use divan::counter::BytesCount;

    fn measure(bencher: Bencher, source: &str, read: impl Fn(&str) -> Briefing + Sync) {
        bencher.counter(BytesCount::of_str(source)).bench(|| read(source));
    }

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn a_briefing_file(bencher: Bencher, cards: usize) {
        measure(bencher, &made::yaml(0, cards), |source| parse(source, "b").0);
    }

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn a_markdown_file(bencher: Bencher, cards: usize) {
        measure(bencher, &made::pages(cards), |source| markdown(source, "a.md"));
    }

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn a_web_page(bencher: Bencher, cards: usize) {
        measure(bencher, &made::html(cards), html);
    }

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn a_plain_text(bencher: Bencher, cards: usize) {
        measure(bencher, &made::text(cards), text);
    }
}

/// Names, references and backlinks of all cards.
mod resolve {
    use super::{Bencher, CARDS, Library, document, made, parse};
    use briefing::bench::markdown;

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn ids(bencher: Bencher, cards: usize) {
        let documents = vec![document(parse(&made::yaml(0, cards), "b").0)];
        bencher.with_inputs(|| documents.clone()).bench_values(Library::new);
    }

    #[divan::bench(args = CARDS, sample_count = 20)]
    fn anchors(bencher: Bencher, cards: usize) {
        let documents = vec![document(markdown(&made::pages(cards), "a.md"))];
        bencher.with_inputs(|| documents.clone()).bench_values(Library::new);
    }
}

mod search {
    use super::{AtomicBool, Bencher, CARDS, Index, Query, library};
    use briefing::bench::find;

    #[divan::bench(args = CARDS, sample_count = 10)]
    fn index(bencher: Bencher, cards: usize) {
        let library = library(cards);
        bencher.bench(|| Index::build(&library, &AtomicBool::new(false)));
    }

    fn measure(bencher: Bencher, cards: usize, query: &str) {
        let (library, stop) = (library(cards), AtomicBool::new(false));
        let index = Index::build(&library, &stop).unwrap();
        let query = Query::parse(query).unwrap();
        bencher.bench(|| find(&index, &library, &query, 20, &stop));
    }

    #[divan::bench(args = CARDS)]
    fn a_number_that_few_cards_have(bencher: Bencher, cards: usize) {
        measure(bencher, cards, "99");
    }

    #[divan::bench(args = CARDS)]
    fn words_that_all_cards_have(bencher: Bencher, cards: usize) {
        measure(bencher, cards, "ministers \"spoke of\"");
    }
}

mod layout {
    use super::{Bencher, Library, document, library, made, parse};
    use briefing::bench::lay_out;

    #[divan::bench(args = [20, 76, 200])]
    fn a_card(bencher: Bencher, width: usize) {
        let library = library(100);
        bencher.bench(|| lay_out(&library, 50, width));
    }

    /// A card of 100 or 10,000 words.
    #[divan::bench(args = [100, 10_000])]
    fn words(bencher: Bencher, words: usize) {
        let text = made::words(1, words);
        let source = format!("title: T\ncards:\n  - title: A\n    body: |\n      {text}\n");
        let library = Library::new(vec![document(parse(&source, "b").0)]);
        bencher.bench(|| lay_out(&library, 0, 76));
    }
}

/// What is drawn after a key, on a screen in memory.
mod view {
    use super::{Arc, Bencher, CARDS, Reader, library};

    const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

    #[divan::bench(args = SIZES)]
    fn a_frame(bencher: Bencher, size: (u16, u16)) {
        let mut reader = Reader::new(Arc::new(library(1_000)), size).unwrap();
        bencher.bench_local(|| reader.draw());
    }

    /// The next card, from the key to the frame.
    #[divan::bench(args = CARDS)]
    fn a_key(bencher: Bencher, cards: usize) {
        let mut reader = Reader::new(Arc::new(library(cards)), (120, 40)).unwrap();
        bencher.bench_local(|| {
            reader.key(']');
            reader.draw();
        });
    }
}
