//! Conditions, snippets, places, and what else an answer says.

use super::*;

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
