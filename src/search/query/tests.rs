use super::*;
use proptest::prelude::*;

/// A query in a short notation.
fn shape(input: &str) -> String {
    let query = Query::parse(input).unwrap();
    let mut parts: Vec<(usize, String)> = Vec::new();
    for Term { words, how, in_title, negated, at } in &query.terms {
        let sign = if *negated { "-" } else { "" };
        let field = if *in_title { "title:" } else { "" };
        let words = match how {
            How::Anywhere => words.clone(),
            How::Start => format!("{words}*"),
            How::Whole => format!("“{words}”"),
            How::Near => format!("~{words}"),
        };
        parts.push((at.start, format!("{sign}{field}{words}")));
    }
    for Filter { test, negated, at } in &query.filters {
        parts.push((at.start, format!("{}{test:?}", if *negated { "-" } else { "" })));
    }
    parts.sort();
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(" ")
}

/// What is wrong with a query: the marked part, the message and the help.
fn wrong(input: &str) -> (&str, String, String) {
    let error = Query::parse(input).unwrap_err();
    (&input[error.at], error.message.to_string(), error.help.to_string())
}

#[test]
fn words_phrases_and_signs_are_told_apart() {
    assert_eq!(shape("  Close\u{a0}coordination "), "close coordination");
    assert_eq!(shape("\"Close  Coordination\" x"), "“close coordination” x");
    assert_eq!(shape("“curly quotes” »x«"), "“curly quotes” “x”");
    assert_eq!(shape("narco* ~madruo -art -\"a b\""), "narco* ~madruo -“art” -“a b”");
    assert_eq!(shape("title:x -title:y* title:\"a b\""), "title:x -title:y* title:“a b”");
}

#[test]
fn words_are_folded() {
    assert_eq!(shape("NICOLÁS Counter\u{2011}Narco it’s"), "nicolas counter-narco it's");
}

#[test]
fn signs_that_stand_alone_are_looked_for() {
    for text in ["-", "*", "~", "[[", "--long", "->", ":", "a:b", "std::fs", "https://x", "12:30"] {
        assert_eq!(shape(text), text);
    }
    assert_eq!(shape("Error: no"), "error: no");
    assert_eq!(shape("a - b"), "a - b");
    assert_eq!(shape("\"\" “”"), "");
}

#[test]
fn a_quotation_that_is_still_open_may_go_on() {
    assert_eq!(shape("a \"close coord"), "a close coord*");
    assert_eq!(shape("\"close coord\"*"), "close coord*");
}

#[test]
fn conditions_are_read() {
    assert_eq!(shape("kind:person"), "Kind([Person])");
    assert_eq!(shape("-kind:p"), "-Kind([Person, Place])");
    assert_eq!(
        shape("voice:\"Daniel Noboa\" verb:denies"),
        "Voice(\"daniel noboa\") Verb(\"denies\")"
    );
    assert_eq!(shape("check:single basis:editor"), "Check([SingleSource]) Basis([Editor])");
    assert_eq!(shape("has:gap is:orphan"), "Has([Gap]) Is([Orphan])");
    assert_eq!(shape("has:note -is:unread"), "Has([Note]) -Is([Unread])");
    assert_eq!(shape("is:read"), "Is([Read])", "a whole word means itself");
    assert_eq!(shape("is:r"), "Is([Reading, Read, Revisit])", "it may go on");
    assert_eq!(shape("tag:Drugs source:reuters"), "Tag(\"drugs\") Source(\"reuters\")");
    assert_eq!(shape("linked:\"The readout\""), "Linked(\"The readout\")");
    assert!(shape("before:2026-01 after:2025").starts_with("Before("));
}

#[test]
fn a_wrong_query_says_where_and_what_would_be_right() {
    let text = |(at, message, help): (&str, String, String)| format!("{at} | {message} | {help}");
    assert_eq!(
        text(wrong("a titel:x")),
        "titel: | there is no field `titel:` | did you mean `title:`?"
    );
    assert_eq!(
        text(wrong("kind:persn b")),
        "persn | `persn` is no value for `kind:` | did you mean `kind:person`?"
    );
    assert_eq!(
        text(wrong("x kind: person")),
        "kind: | `kind:` needs a value | write it without a space, such as `kind:person`"
    );
    assert_eq!(
        text(wrong("before:tomorrow")),
        "tomorrow | `tomorrow` is not written as YYYY, YYYY-MM or YYYY-MM-DD | write a date as 2026, 2026-01 or 2026-01-31"
    );
    assert_eq!(wrong("after:2026-02-30").1, "`2026-02-30` is not in the calendar");
    assert!(wrong("colour:red").2.starts_with("one of title, kind,"));
    assert_eq!(wrong("is:undread").2, "did you mean `is:unread`?");
    assert_eq!(wrong("tag:\u{200b}").1, "there is nothing to look for in ``");
    assert_eq!(wrong(&"word ".repeat(33)).1, "more than 32 words");
}

proptest! {
    #[test]
    fn never_panics_and_places_lie_in_the_query(input in "(\\PC|[-~*\":“”«» ]|title:|kind:|linked:|before:|has:|[a-z0-9]){0,40}") {
        match Query::parse(&input) {
            Ok(query) => {
                for at in query.terms.iter().map(|t| &t.at).chain(query.filters.iter().map(|f| &f.at)) {
                    prop_assert!(input.get(at.clone()).is_some_and(|part| !part.is_empty()));
                }
            }
            Err(error) => prop_assert!(input.get(error.at).is_some()),
        }
    }

    #[test]
    fn plain_words_are_taken_as_they_are(words in prop::collection::vec("[a-zé漢]{1,8}", 1..6)) {
        let query = Query::parse(&words.join(" ")).unwrap();
        prop_assert_eq!(query.terms.len(), words.len());
        prop_assert!(query.filters.is_empty());
    }
}
