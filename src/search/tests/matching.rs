//! Which pages words find, and in which order.

use super::*;

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
