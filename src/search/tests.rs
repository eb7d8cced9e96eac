use super::*;
use crate::format;
use crate::library::{self, Document};
use crate::model::{Links, Rare};
use crate::text::Printable;
use proptest::prelude::*;
use std::sync::Arc;

/// A library of one briefing with an index of it.
struct Desk {
    library: Library,
    index: Index,
}

impl Desk {
    fn new(library: Library) -> Self {
        let index = Index::build(&library, &AtomicBool::new(false)).unwrap();
        Self { library, index }
    }

    fn of(source: &str) -> Self {
        let (briefing, found) = format::briefing(source, "desk");
        assert!(found.is_empty(), "{found:?}");
        Self::new(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    }

    /// Cards of a title and a body.
    fn cards(cards: &[(&str, &str)]) -> Self {
        let card = |(at, (title, body)): (usize, &(&str, &str))| {
            // JSON is YAML.
            let [title, body] = [title, body].map(|text| serde_json::to_string(text).unwrap());
            format!("- {{id: c{at}, title: {title}, body: {body}}}\n")
        };
        Self::of(&format!(
            "title: D\ncards:\n{}",
            cards.iter().enumerate().map(card).collect::<String>()
        ))
    }

    fn hits(&self, query: &str) -> Vec<Hit> {
        let query = Query::parse(query).unwrap();
        find(&self.index, &self.library, &query, 100, &AtomicBool::new(false))
    }

    /// The titles that are found, in their order.
    fn titles(&self, query: &str) -> Vec<String> {
        self.hits(query).iter().map(|hit| hit.title.to_string()).collect()
    }

    /// What is shown of the first page, with the matches in brackets.
    fn snippet(&self, query: &str) -> String {
        let hit = self.hits(query).remove(0);
        marked(&hit.snippet, &hit.matches)
    }
}

fn marked(text: &str, matches: &[std::ops::Range<usize>]) -> String {
    let mut out = text.to_owned();
    for range in matches.iter().rev() {
        out.insert(range.end, ']');
        out.insert(range.start, '[');
    }
    out
}

const RICH: &str = "
title: Rich
voices: {noboa: {name: Daniel Noboa}, court: {name: The Court}}
sources: {seed: {title: The notes}, wire: {title: Report, publisher: Reuters, date: '2026-01-05'}}
gaps: [{id: g, kind: other, text: A list is lost., cards: [raid]}]
cards:
- id: raid
  title: January raid
  kind: event
  aliases: [Operation Absolute]
  tags: [law enforcement]
  bottom_line: It ended *quickly*.
  sections: [{basis: document, from: [seed], text: 'See [[man]] &amp; the raid.'}]
  claims:
  - {by: noboa, verb: denies, text: It was a war., from: [wire], check: disputed}
  - {by: court, verb: states, text: It was a raid., check: corroborated}
  dates: [{date: '2026-01-03', text: The raid.}]
  questions: [{q: Who led it?, a: Nobody says.}]
- id: man
  title: The man
  kind: person
  body: Words about him.
  dates: [{date: '2025-11', text: He was named.}]
- id: alone
  title: Alone
  kind: term
  body: Nobody links here.
  see_also: [{to: man, why: the ransom}]
";

#[test]
fn all_words_must_occur_in_any_order() {
    let desk = Desk::cards(&[("A", "red green"), ("B", "green blue"), ("C", "green and red")]);
    assert_eq!(desk.titles("red green"), ["A", "C"]);
    assert_eq!(desk.titles("green -blue"), ["A", "C"]);
    assert_eq!(desk.titles("-red"), ["B"]);
    assert_eq!(desk.titles("black"), Vec::<String>::new());
    assert!(desk.hits("").is_empty());
}

#[test]
fn whole_words_come_before_starts_before_parts() {
    let desk = Desk::cards(&[("A", "party"), ("B", "artful"), ("C", "art")]);
    assert_eq!(desk.titles("art"), ["C", "B", "A"]);
    assert_eq!(desk.titles("art*"), ["C", "B"]);
    assert_eq!(desk.titles("\"art\""), ["C"]);
    assert_eq!(desk.titles("-art"), ["A", "B"]);
}

#[test]
fn titles_come_before_names_before_bottom_lines_before_headings_before_text() {
    let desk = Desk::of(
        "title: D\ncards:\n- {id: f, title: F, body: a word}\n- {id: e, title: E, body: \"## word\\n\\nx\"}\n- {id: d, title: D, bottom_line: A word.}\n- {id: c, title: A word, body: x}\n- {id: b, title: B, aliases: [Word], body: x}\n- {id: a, title: Words, body: x}\n- {id: z, title: Word, body: x}\n",
    );
    assert_eq!(desk.titles("word"), ["Word", "Words", "B", "A word", "D", "E", "F"]);
}

#[test]
fn phrases_stand_together_and_end_with_a_word() {
    let desk = Desk::cards(&[
        ("A", "coordination that is close"),
        ("B", "close coordinations"),
        ("C", "a **close**\n*coordination*"),
        ("D", "close\n\ncoordination"),
    ]);
    assert_eq!(desk.titles("\"close coordination\""), ["C"]);
    assert_eq!(desk.titles("\"close coord"), ["B", "C"]);
    assert_eq!(
        desk.titles("close coordination"),
        ["C", "D", "A", "B"],
        "near words come first, whole ones before parts"
    );
}

#[test]
fn rare_words_count_more() {
    let mut cards = vec![("T", "common rare other other other"); 1];
    cards.extend([("U", "common"); 9]);
    let desk = Desk::cards(&cards);
    let weights: Vec<f32> = ["rare", "common"]
        .map(|word| needle::Needle::new(&Query::parse(word).unwrap().terms[0], &desk.index).weight)
        .into();
    assert!(weights[0] > weights[1]);
}

#[test]
fn ascii_finds_typographic_text() {
    let desk = Desk::cards(&[
        (
            "A",
            "the “counter\u{2011}narco\u{2011}terrorism” plan, 5\u{a0}km off Nicolás’s pass\u{ad}word",
        ),
        ("Straße", "x"),
    ]);
    for query in
        ["counter-narco-terrorism", "\"5 km\"", "nicolas's", "password", "NICOLÁS", "“counter"]
    {
        assert_eq!(desk.titles(query), ["A"], "{query}");
    }
    assert_eq!(desk.titles("STRASSE"), ["Straße"]);
}

#[test]
fn scripts_without_spaces_are_found_anywhere() {
    let desk = Desk::cards(&[("A", "東京都に行く"), ("B", "ประเทศไทย"), ("C", "한국어는")]);
    assert_eq!(desk.titles("京都"), ["A"]);
    assert_eq!(desk.titles("\"京都\""), ["A"]);
    assert_eq!(desk.titles("ไทย*"), ["B"]);
    assert_eq!(desk.titles("한국어"), ["C"]);
}

#[test]
fn a_title_finds_its_page_whatever_signs_it_has() {
    let desk =
        Desk::cards(&[("r", "x"), ("R", "x"), ("pacman", "x"), ("pacman -D", "x"), ("~", "a ~ b")]);
    for title in ["r", "R", "pacman", "pacman -D", "~"] {
        assert_eq!(desk.titles(title)[0], title);
    }
}

#[test]
fn words_that_are_spelt_nearly_so_are_found_on_demand() {
    let desk = Desk::cards(&[("A", "Madero"), ("B", "Maduro spoke"), ("C", "modulation")]);
    assert_eq!(desk.titles("~madruo"), ["B", "A"]);
    assert_eq!(desk.titles("~maduro spoke"), ["B"]);
    assert_eq!(desk.titles("madruo"), Vec::<String>::new());
    let suggested = |input: &str| suggest(&desk.index, input, &Query::parse(input).unwrap());
    assert_eq!(suggested("spoke madruo -x").as_deref(), Some("spoke maduro -x"));
    assert_eq!(suggested("title:madruo").as_deref(), Some("title:maduro"));
    assert_eq!(suggested("spoke"), None);
    assert_eq!(suggested("xyzzy"), None);
}

#[test]
fn fields_and_conditions_narrow() {
    let desk = Desk::of(RICH);
    let all = ["January raid", "The man", "Alone"];
    let [raid, man, alone] = all;
    for (query, found) in [
        ("title:raid", vec![raid]),
        ("title:absolute", vec![raid]),
        ("title:quickly", vec![]),
        ("title:the -title:raid", vec![man]),
        ("kind:event", vec![raid]),
        ("-kind:event", vec![man, alone]),
        ("tag:enforcement", vec![raid]),
        ("tag:forcement", vec![]),
        ("voice:noboa", vec![raid]),
        ("voice:daniel verb:denies", vec![raid]),
        ("voice:court verb:denies", vec![]),
        ("verb:denies check:disputed", vec![raid]),
        ("verb:states check:disputed", vec![]),
        ("-verb:denies", vec![man, alone]),
        ("source:reuters", vec![raid]),
        ("source:seed", vec![raid]),
        ("basis:document", vec![raid]),
        ("has:gap", vec![raid]),
        ("has:question has:alias", vec![raid]),
        ("has:backlink", vec![man]),
        ("has:link", vec![raid, alone]),
        ("is:orphan", vec![raid, alone]),
        ("linked:man", vec![raid, alone]),
        ("linked:\"The man\" -kind:term", vec![raid]),
        ("before:2026", vec![man]),
        ("before:2025-11", vec![]),
        ("after:2025-11", vec![raid]),
        ("after:2025 before:2026-01-04", vec![raid]),
        ("after:2026", vec![]),
        ("nobody kind:term", vec![alone]),
    ] {
        assert_eq!(desk.titles(query), found, "{query}");
    }
    let check = |input: &str| Query::parse(input).unwrap().check(&desk.library);
    assert_eq!(check("linked:man"), Ok(()));
    let error = check("x linked:alnoe").unwrap_err();
    assert_eq!((error.at, error.help.as_str()), (2..14, "did you mean `linked:\"alone\"`?"));
}

#[test]
fn what_is_drawn_is_found_with_its_part() {
    let desk = Desk::of(RICH);
    let field = |query: &str| desk.hits(query)[0].field.word();
    for (query, part) in [
        ("january", "title"),
        ("absolute", "alias"),
        ("quickly", "bottom-line"),
        ("\"the man & the raid\"", "text"),
        ("\"list is lost\"", "gap"),
        ("\"a war\"", "claim"),
        ("\"Daniel Noboa\"", "claim"),
        ("2026-01-03", "date"),
        ("\"who led\"", "question"),
        ("\"nobody says\"", "question"),
        ("ransom", "see-also"),
        ("reuters", "source"),
    ] {
        assert_eq!(field(query), part, "{query}");
    }
    assert!(desk.hits("amp").is_empty() && desk.hits("[[man").is_empty());
}

#[test]
fn snippets_show_the_match_with_words_around_it() {
    let desk = Desk::of(RICH);
    assert_eq!(desk.snippet("raid see"), "[See] The man & the [raid].");
    assert_eq!(desk.snippet("title:january"), "It ended quickly.", "a title needs no repetition");
    let hit = desk.hits("january raid").remove(0);
    assert_eq!(marked(&hit.title, &hit.title_matches), "[January] [raid]");

    let long = format!("{}Nicolás {}", "word ".repeat(40), "more ".repeat(60));
    let desk = Desk::cards(&[("A", &long)]);
    let snippet = desk.snippet("nicolas");
    assert!(snippet.starts_with("… word") && snippet.ends_with("more …"), "{snippet}");
    assert!(snippet.contains("word [Nicolás] more"), "{snippet}");
    assert!(snippet.chars().count() < 175, "{snippet}");
}

#[test]
fn the_place_in_the_file_is_that_of_the_match() {
    let source = "title: D\ncards:\n- id: a\n  title: Some title\n  bottom_line: >-\n    A folded line that\n    goes on with word.\n  body: |\n    First line.\n\n    Then *the* match &amp; more.\n";
    let desk = Desk::of(source);
    let place = |query: &str| {
        let at = desk.hits(query)[0].place(source).unwrap().position;
        (at.line, at.column)
    };
    assert_eq!(place("\"some title\""), (4, 10));
    assert_eq!(place("word"), (7, 18));
    assert_eq!(place("folded"), (6, 7));
    assert_eq!(place("match"), (11, 16));
    assert_eq!(place("kind:topic"), (4, 10));
}

#[test]
fn overviews_are_found_too() {
    let desk = Desk::of(
        "title: The whole\nsummary: What it is about.\nkey_points: [{text: Take along.}]\nvoices: {v: {name: Somebody}}\ncards: [{id: a, title: A, body: x}]\n",
    );
    for query in ["whole", "about", "along", "somebody"] {
        assert_eq!(desk.hits(query)[0].page, Page::Overview(0), "{query}");
    }
    assert!(desk.hits("along kind:topic").is_empty());
}

#[test]
fn the_best_are_found_whatever_the_limit_is() {
    let cards: Vec<(String, String)> = (0..700)
        .map(|n| {
            (format!("T{n}"), format!("{} word", if n % 7 == 3 { "the word word" } else { "a" }))
        })
        .collect();
    let cards: Vec<(&str, &str)> = cards.iter().map(|(t, b)| (&**t, &**b)).collect();
    let desk = Desk::cards(&cards);
    let query = Query::parse("word").unwrap();
    let stop = AtomicBool::new(false);
    let all = find(&desk.index, &desk.library, &query, usize::from(u16::MAX), &stop);
    assert_eq!(all.len(), 700);
    for limit in [0, 1, 5, 99, 101] {
        assert_eq!(find(&desk.index, &desk.library, &query, limit, &stop), all[..limit], "{limit}");
    }
    stop.store(true, Ordering::Relaxed);
    assert!(find(&desk.index, &desk.library, &query, 5, &stop).is_empty());
    assert!(Index::build(&desk.library, &stop).is_none());
}

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

#[test]
fn every_page_of_tldr_is_found_first_by_its_title() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/tldr-en/pages");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let (files, _) =
        crate::files::walk(&folder, |path| path.extension().is_some_and(|e| e == "md"));
    let span = crate::text::LineIndex::new("").span(0..0);
    let id = crate::model::BriefingId::new("tldr");
    let mut briefing = crate::model::Briefing::empty(id, Printable::line("tldr"));
    for (at, file) in files.iter().enumerate() {
        let bytes = crate::files::read(file, 1 << 20).unwrap();
        let source = format::decode(&bytes).0;
        let (title, text) = source.split_once('\n').unwrap();
        let title = Printable::line(title.trim_start_matches("# ").trim());
        let id = crate::model::CardId::new(&format!("c{at}"));
        let mut card = crate::model::Card::new(id, title, span);
        let links = Links::default();
        let text = crate::model::Prose { source: text.into(), span, links };
        card.sections.push(crate::model::Section {
            basis: None,
            from: Rare::default(),
            title: None,
            text,
        });
        briefing.cards.push(card);
    }
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))]);
    let desk = Desk::new(library);
    assert!(desk.library.card_count() > 7400, "{}", desk.library.card_count());
    let stop = AtomicBool::new(false);
    let mut missed = Vec::new();
    for index in 0..desk.library.card_count() {
        let title = desk.library.title(Page::Card(index));
        let query = Query::parse(&title).unwrap();
        let found = find(&desk.index, &desk.library, &query, 1, &stop);
        // Several pages have the same title, for several systems.
        if found.first().is_none_or(|hit| hit.title != title) {
            missed.push(title);
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
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
