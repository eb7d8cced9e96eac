use super::briefing;
use crate::model::{Basis, Briefing, Kind, Relation, Standing, Target};

fn parse(source: &str) -> (Briefing, Vec<String>) {
    let (briefing, found) = briefing(source, "name");
    let found = found
        .iter()
        .map(|d| {
            let help = d.help.as_ref().map_or(String::new(), |h| format!(" ({h})"));
            format!("{}{} {}: {}{help}", d.severity.word(), d.place(), d.code, d.message)
        })
        .collect();
    (briefing, found)
}

#[test]
fn the_bundled_briefing_is_read_whole() {
    let source = include_str!("../../../briefings/us-ecuador-security-readout.yaml");
    let (briefing, found) = parse(source);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(briefing.cards.len(), 25);
    assert_eq!((briefing.voices.len(), briefing.sources.len(), briefing.gaps.len()), (23, 60, 6));
    assert_eq!(briefing.cards.iter().map(|c| c.claims.len()).sum::<usize>(), 71);
    assert_eq!(briefing.cards.iter().map(|c| c.questions.len()).sum::<usize>(), 60);
    assert_eq!(briefing.cards.iter().map(|c| c.see_also.len()).sum::<usize>(), 87);
    assert_eq!(briefing.cards.iter().map(|c| c.dates.len()).sum::<usize>(), 29);
    let card = briefing.cards.iter().find(|c| c.id.as_str() == "january-3-operation").unwrap();
    assert_eq!(card.kind, Kind::Event);
    assert_eq!(card.sections[0].basis, Some(Basis::Document));
    assert_eq!(card.claims[1].standing, Standing::Uncorroborated);
    assert_eq!(card.see_also[0].relation, Some(Relation::Targets));
    let link = card.sections[0].text.links().next().unwrap();
    let start = link.span.start as usize;
    assert!(source[start..].starts_with("[[nicolas-maduro]]"), "{:?}", &source[start..start + 20]);
    assert_eq!(link.target, Target::Card { name: "nicolas-maduro".into(), heading: None });
    let passage = &briefing.sources[0].passages[1];
    assert_eq!((passage.id.as_str(), passage.bytes.clone()), ("p2", Some(521..1153)));
}

#[test]
fn five_lines_are_a_briefing() {
    let (briefing, found) = parse("cards:\n- id: a\n  title: A\n  bottom_line: One sentence.\n");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((briefing.title.as_str(), briefing.id.as_str()), ("name", "name"));
    assert_eq!(briefing.cards[0].bottom_line.as_ref().unwrap().source.as_ref(), "One sentence.");
}

#[test]
fn unknown_keys_are_named_with_what_was_meant() {
    let (_, found) = parse("title: Kit\ncards:\n- id: a\n  titel: t\n  body: x\n");
    assert_eq!(
        found,
        [
            "error:3:3 missing-title: a card without `title` (say in a few words what the card is about)",
            "error:4:3 unknown-key: unknown key `titel` (did you mean `title`?)",
        ]
    );
}

#[test]
fn values_keep_their_spelling() {
    for value in ["2026", "1.10", "No", "2026-01-03", "12:30:45", "0755", "1e3", ".inf", "true"] {
        let (briefing, found) = parse(&format!(
            "title: Kit\ncards:\n- id: a\n  title: {value}\n  body: text\n  refs: []\n"
        ));
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(briefing.cards[0].title.as_str(), value);
    }
}

#[test]
fn words_that_yaml_would_take_away_are_reported() {
    let card = |title: &str| parse(&format!("cards:\n- id: a\n  title: {title}\n  body: text\n"));
    let (briefing, found) = card("C #1");
    assert_eq!(briefing.cards[0].title.as_str(), "C");
    assert_eq!(
        found,
        [
            "warning:3:12 comment-in-text: the text after ` #` is a YAML comment, not part of the value (put the value in quotes, before the comment if it is one)"
        ]
    );
    let (briefing, found) = card("null");
    assert_eq!(briefing.cards[0].title.as_str(), "null");
    assert!(found[0].starts_with("warning:3:10 null-text"), "{found:?}");
    for title in ["&co", "!important"] {
        let (_, found) = card(title);
        assert!(found.iter().all(|f| f.starts_with("warning")), "{found:?}");
        assert!(found.iter().any(|f| f.contains("the title is empty")), "{found:?}");
    }
    let (_, found) = card("\"C #1\" # a comment");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn names_must_be_declared() {
    let (_, found) = parse(
        "voices: {press: Press}\nsources: {seed: {title: S, passages: {p1: [0, 9]}}}\ncards:\n- id: a\n  title: A\n  gaps: [nope]\n  claims:\n  - {by: pres, verb: says, text: x, from: [seed#p1, seed#p2, sed]}\n  - {verb: says, text: y, check: sure}\n",
    );
    assert_eq!(
        found,
        [
            "error:6:10 unknown-gap: no gap is called `nope` (declare it under `gaps`)",
            "error:8:10 unknown-voice: no voice is called `pres` (did you mean `press`?)",
            "error:8:53 unknown-passage: no passage is called `p2` (did you mean `p1`?)",
            "error:8:62 unknown-source: no source is called `sed` (did you mean `seed`?)",
            "error:9:5 missing-voice: a claim without a voice (say who makes it: `by:` and a name declared under `voices`)",
            "warning:9:34 unknown-word: `sure` is not a word known here (one of corroborated, single-source, imprecise, disputed, uncorroborated, not-checked)",
        ]
    );
}

#[test]
fn ids_are_unique_and_can_be_typed() {
    let (_, found) = parse(
        "cards:\n- {id: a, title: A, body: x}\n- {id: a, title: B, body: x}\n- {id: \"c\\e[2J\", title: C, body: x}\n",
    );
    assert_eq!(
        found,
        [
            "error:3:3 repeated-id: two cards are called `a` (links go to the first; give each its own id)",
            "error:4:8 invalid-id: the id `c␛[2J` holds characters that cannot be seen or typed (use letters, digits and hyphens)",
        ]
    );
}

#[test]
fn hidden_characters_are_counted_and_shown() {
    let (briefing, found) =
        parse("cards:\n- id: a\n  title: \"A \\e]52;c;eA==\\a \\u202Eevil\"\n  body: x\n");
    assert_eq!(briefing.cards[0].title.as_str(), "A ␛]52;c;eA==␇ ⟨RLO⟩evil");
    assert!(
        found[0].starts_with(
            "warning:3:10 hidden-characters: hidden characters: 2 control, 1 text-reordering"
        ),
        "{found:?}"
    );
}

#[test]
fn a_card_that_was_cut_off_is_kept_as_far_as_it_goes() {
    let (briefing, found) = parse(
        "title: T\ncards:\n- id: a\n  title: A\n  bottom_line: Good: bad\n- id: b\n  title: B\n  body: x\n",
    );
    let titles: Vec<_> = briefing.cards.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(titles, ["A", "B"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("error:5:20 yaml: a `:` stands where"), "{found:?}");
}

#[test]
fn a_file_without_cards_is_no_briefing() {
    assert!(parse("").1[0].starts_with("error:1:1 no-cards: no cards"));
    assert!(parse("title: t\n").1[0].starts_with("error:1:1 no-cards"));
    assert!(parse("title: t\ncards: []\n").1[0].starts_with("warning:1:1 no-cards"));
    assert!(parse("title: t\ncards: hello\n").1[0].starts_with("error:2:8 wrong-type"));
}

#[test]
fn dates_are_days_of_the_calendar() {
    let (_, found) =
        parse("as_of: soon\ncards:\n- {id: a, title: A, body: x, as_of: 2026-02-30}\n");
    assert_eq!(
        found,
        [
            "error:1:8 bad-date: `soon` is not written as YYYY, YYYY-MM or YYYY-MM-DD (write \"2026\", \"2026-01\" or \"2026-01-03\")",
            "error:3:37 bad-date: `2026-02-30` is not in the calendar (write \"2026\", \"2026-01\" or \"2026-01-03\")",
        ]
    );
}

#[test]
fn cards_stand_as_deep_as_they_say() {
    let (briefing, found) = parse(
        "cards:\n- {id: a, title: A, body: x}\n- {id: b, title: B, body: x, depth: 2}\n- {id: c, title: C, body: x, depth: 300}\n- {id: d, title: D, body: x, depth: deep}\n",
    );
    let depths: Vec<_> = briefing.cards.iter().map(|c| c.depth).collect();
    assert_eq!(depths, [0, 2, 20, 0]);
    assert_eq!(
        found,
        [
            "warning:4:37 too-deep: no card stands deeper than 20 (count from 0 for the cards at the top)",
            "error:5:37 wrong-type: expected a whole number, found text",
        ]
    );
}

#[test]
fn short_forms_are_read() {
    let (briefing, found) = parse(
        "sources: {s: A source}\nkey_points: [Remember this.]\ncards:\n- {id: a, title: A, body: x, see_also: [b], aliases: one}\n- {id: b, title: B, sections: [Text.], refs: [a]}\n",
    );
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(briefing.sources[0].title.as_str(), "A source");
    assert_eq!(briefing.key_points.len(), 1);
    assert_eq!(briefing.cards[0].see_also.len(), 1);
    assert_eq!(briefing.cards[0].aliases.len(), 1);
    assert_eq!(briefing.cards[1].see_also.len(), 1);
    assert_eq!(briefing.cards[1].sections.len(), 1);
}

proptest::proptest! {
    #[test]
    fn never_panics(source in "(\\PC|[:\\-\\[\\]{}#&*!|>'\"%@`\n ]|cards:\n|- id: a\n|  title: |  body: \\|\n){0,60}") {
        let _ = briefing(&source, "name");
    }
}

#[test]
fn ids_that_look_alike_are_told() {
    let (_, found) = parse(
        "cards:\n- {id: paypal, title: A, body: x}\n- {id: p\u{430}ypal, title: B, body: x}\n",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("warning:3:3 look-alike-id"), "{found:?}");
    let (_, found) =
        parse("cards:\n- {id: modem, title: A, body: x}\n- {id: modern, title: B, body: x}\n");
    assert!(found.is_empty(), "plain letters are left to their writers");
}

fn question(yaml: &str) -> (Vec<crate::model::Question>, Vec<String>) {
    let source = format!("cards:\n- id: a\n  title: A\n  body: b\n  questions:\n{yaml}");
    let (mut briefing, found) = parse(&source);
    (briefing.cards.remove(0).questions.to_vec(), found)
}

#[test]
fn questions_are_asked_in_several_forms() {
    let (questions, found) = question(
        "  - {q: Who?, a: 2026, both: true, hint: a year}\n  - {q: When?, a: true, accept: [yes, 1]}\n  - {id: c, q: It borders ==Peru==.}\n  - cloze: ==1;;A== ==2;;B;;hint==\n  - {q: \"==x== is kept?\", a: 1.10, type: basic}\n",
    );
    assert!(found.is_empty(), "{found:?}");
    let seen: Vec<_> = questions
        .iter()
        .map(|q| (q.form.word(), q.both, q.answer.as_ref().map_or("", |a| &*a.source)))
        .collect();
    assert_eq!(
        seen,
        [
            ("basic", true, "2026"),
            ("typed", false, "true"),
            ("cloze", false, ""),
            ("cloze", false, ""),
            ("basic", false, "1.10"),
        ]
    );
    assert_eq!(questions[1].accept.len(), 2);
    assert_eq!(questions[0].hint.as_ref().unwrap().source.as_ref(), "a year");
    assert_eq!(questions[2].id.as_ref().unwrap().id.as_str(), "c");
}

#[test]
fn questions_that_cannot_be_asked_are_reported() {
    let found = |yaml: &str| question(&format!("  - {yaml}\n")).1.join("; ");
    assert_eq!(
        found("{q: Who?, a: }"),
        "error:6:5 empty-answer: the answer is empty (say behind `a:` what is to be remembered, or leave the question out)"
    );
    assert_eq!(
        found("{q: Who?, a: null}"),
        "error:6:18 empty-answer: the answer `null` is YAML's word for nothing (put it in quotes if the word is meant)"
    );
    assert!(found("{q: Who?}").contains("`a` is missing"));
    assert!(found("{cloze: no gap}").contains("bad-cloze: the cloze has no gap to ask for"));
    assert!(found("{cloze: ==a== and ==b}").contains("a `==` of the cloze has no other end"));
    assert!(found("{cloze: \"==a== ==;;b==\"}").contains("a gap of the cloze is empty"));
    assert!(found("{cloze: ==a==, a: b}").contains("unused-answer"));
    assert!(found("{q: a, a: b, type: typd}").contains("did you mean `typed`?"));
    assert!(found("{q: a, a: b #1\n    }").contains("comment-in-text"));
    let twice = question("  - {id: x, q: a, a: b}\n  - {id: x, q: c, a: d}\n").1;
    assert!(twice[0].contains("two questions are called `x`"), "{twice:?}");
}
