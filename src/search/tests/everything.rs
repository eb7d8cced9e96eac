//! Every page is found by what stands on it, and no query breaks anything.

use super::*;

#[test]
fn the_bundled_cards_are_found_by_their_titles_and_by_plain_signs() {
    let desk = Desk::new(library::bundled());
    for index in 0..desk.library.card_count() {
        let title = desk.library.title(Page::Card(index));
        assert_eq!(desk.hits(&title)[0].page, Page::Card(index), "{title}");
    }
    let hits = desk.hits("counter-narco-terrorism");
    assert!(
        hits.iter().any(|hit| hit.line.contains("counter\u{2011}narco\u{2011}terrorism")
            || hit.line.contains("counter-narco-terrorism")),
        "{hits:?}"
    );
}

#[test]
fn every_word_of_the_bundled_cards_finds_its_card() {
    let desk = Desk::new(library::bundled());
    let stop = AtomicBool::new(false);
    let mut words: std::collections::BTreeMap<String, Vec<Page>> =
        std::collections::BTreeMap::new();
    for index in 0..desk.library.card_count() {
        text::pieces(&desk.library, Page::Card(index), &mut |piece| {
            for word in piece.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                words.entry(word.to_owned()).or_default().push(Page::Card(index));
            }
        });
    }
    assert!(words.len() > 1000);
    for (word, pages) in words {
        for query in [word.clone(), format!("\"{word}\""), format!("{word}*")] {
            let query = Query::parse(&query).unwrap();
            let found = find(&desk.index, &desk.library, &query, 100, &stop);
            for page in &pages {
                assert!(found.iter().any(|hit| hit.page == *page), "{word}: {page:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn every_drawn_word_of_a_card_finds_it(
        title in "[\\PC]{1,20}",
        body in "(\\PC|[a-zé’\u{2011}\u{ad}漢ก*_`>#\\[\\]&; \n-]){0,80}",
    ) {
        let span = crate::text::LineIndex::new("").span(0..0);
        let mut briefing = crate::model::Briefing::empty(
            crate::model::BriefingId::new("b"),
            Printable::line("B"),
        );
        let id = crate::model::CardId::new("c");
        let mut card = crate::model::Card::new(id, Printable::line(&title), span);
        let links = Links::default();
        let text = crate::model::Prose { source: body.into(), span, links };
        let from = Rare::default();
        card.sections.push(crate::model::Section { basis: None, from, title: None, text });
        briefing.cards.push(card);
        let library =
            Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))]);
        let desk = Desk::new(library);
        let mut drawn = Vec::new();
        text::pieces(&desk.library, Page::Card(0), &mut |piece| {
            drawn.extend(piece.text.split_whitespace().map(str::to_owned));
        });
        for word in drawn {
            let (words, how, in_title, negated) = (words::clean(&word), How::Anywhere, false, false);
            if words.is_empty() {
                continue;
            }
            let term = query::Term { words, how, in_title, negated, at: 0..word.len() };
            let query = Query { terms: vec![term], ..Query::default() };
            let hits = find(&desk.index, &desk.library, &query, 1, &AtomicBool::new(false));
            prop_assert_eq!(hits.len(), 1, "{:?}", word);
            let hit = &hits[0];
            for range in &hit.matches {
                prop_assert!(hit.snippet.get(range.clone()).is_some());
            }
            prop_assert!(hit.line.get(hit.bytes.clone()).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn no_query_breaks_it(input in "(\\PC|[-~*\": ]|kind:|linked:|[a-z]){0,20}") {
        if let Ok(query) = Query::parse(&input) {
            let library = library::bundled();
            let index = Index::default();
            find(&index, &library, &query, 3, &AtomicBool::new(false));
            suggest(&index, &input, &query);
        }
    }
}
