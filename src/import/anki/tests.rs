//! Notes as cards: what Anki writes, and what others make of it.

use super::*;
use crate::model::Form;
use proptest::prelude::*;

const HEAD: &str = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n\
                    #deck column:3\n#tags column:6\n";

fn read(source: &str) -> (Briefing, Vec<Diagnostic>) {
    anki(source, "notes.txt", Naming::Alone)
}

fn notes(rows: &str) -> Briefing {
    let (briefing, found) = read(&format!("{HEAD}{rows}"));
    assert_eq!(found, []);
    briefing
}

fn body(briefing: &Briefing, card: usize) -> &str {
    briefing.cards[card].sections.first().map_or("", |section| &section.text.source)
}

#[test]
fn each_note_is_a_card_with_its_question() {
    let briefing = notes(
        "g1\tBasic\tGeo\tCapital of <b>Peru</b>?\tLima<br>or so\ta b::c\n\
         g2\tBasic (and reversed card)\tGeo\tQuito\tEcuador\t\n\
         g3\tBasic (type in the answer)\tGeo\t1+1&nbsp;=\t2\t\n",
    );
    assert_eq!(briefing.title.as_str(), "Geo");
    let first = &briefing.cards[0];
    assert_eq!((first.title.as_str(), first.depth), ("Capital of Peru?", 0));
    assert_eq!(first.tags.iter().collect::<Vec<_>>(), ["a", "b::c"]);
    assert_eq!(body(&briefing, 0), "Capital of **Peru**?\n\nLima\\\nor so");
    let asked: Vec<_> = briefing.cards.iter().map(|card| &card.questions[0]).collect();
    assert_eq!(asked[0].answer.as_ref().unwrap().source.as_ref(), "Lima\\\nor so");
    assert_eq!(asked[0].id.as_ref().unwrap().id.as_str(), "g1");
    assert!(asked[1].both && asked[1].form == Form::Basic && !asked[0].both);
    assert_eq!(asked[2].form, Form::Typed);
    assert_eq!(body(&briefing, 1), "Ecuador");
    assert_eq!(first.span.position.line, 7);
}

#[test]
fn gaps_are_asked_and_marked_whatever_the_type_is_called() {
    let briefing =
        notes("g\tLückentext\tGeo\tIt borders {{c1::Peru::where?}} and {{c1::Brazil}}.\tMore.\t\n");
    let card = &briefing.cards[0];
    assert_eq!(card.title.as_str(), "It borders Peru and Brazil.");
    assert_eq!(card.questions[0].form, Form::Cloze);
    let source = card.questions[0].question.source.as_ref();
    assert_eq!(source, "It borders ==1;;Peru;;where?== and ==1;;Brazil==.");
    assert_eq!(body(&briefing, 0), "It borders ==Peru== and ==Brazil==.\n\nMore.");
}

#[test]
fn decks_are_cards_above_their_notes() {
    let briefing = notes("g1\t\tA::B\tq\ta\t\ng2\t\tC\tr\tb\t\ng3\t\tA::B\ts\tc\t\n");
    let cards: Vec<_> = briefing.cards.iter().map(|c| format!("{}{}", c.depth, c.title)).collect();
    assert_eq!(cards, ["0A", "1B", "2q", "0C", "1r", "2s"]);
    assert_eq!(briefing.title.as_str(), "notes");
}

#[test]
fn fields_may_hold_lines_quotes_lists_and_media() {
    let briefing = notes(
        "g\tBasic\tD\t\"a \"\"b\"\"\nc\"\t\"<ul><li>x</li><li>y</li></ul><img src=\"\"p.jpg\"\">[sound:s.mp3]\"\t\n",
    );
    assert_eq!(briefing.cards[0].title.as_str(), "a \"b\" c");
    let text = body(&briefing, 0);
    assert!(text.contains("- x\n- y") && text.contains("p.jpg") && text.contains("sound: s.mp3"));
    let (briefing, _) = read("#separator:comma\n#html:false\n<b>&amp;,\"x\n- y\"\n");
    assert_eq!(briefing.cards[0].title.as_str(), "<b>&amp;");
    assert_eq!(body(&briefing, 0), "\\<b>\\&amp;\n\nx\\\n\\- y");
}

#[test]
fn other_fields_are_read_and_answers_that_lack_are_said() {
    let (briefing, found) = read("#separator:;\nword;meaning;example\nalone\n");
    assert_eq!(body(&briefing, 0), "meaning\n\nexample");
    assert_eq!((found.len(), found[0].code), (1, "no-answer"));
    assert_eq!(found[0].span.unwrap().position.line, 3);
    assert!(briefing.cards[1].questions.is_empty());
}

#[test]
fn a_wrong_separator_is_said_and_the_likely_one_taken() {
    let (briefing, found) = read("#separator:tab\nq;a\nr;b\n");
    assert_eq!(found[0].code, "separator");
    assert_eq!(body(&briefing, 1), "b");
    let (briefing, found) = read("#separator:what\nq|a\n");
    assert_eq!((found.len(), found[0].span.unwrap().position.line), (1, 1));
    assert_eq!(body(&briefing, 0), "a");
    let (briefing, found) = read("#separator:tab\nq\t\"a\nr\tb\n");
    assert_eq!((found[0].code, briefing.cards.len()), ("open-quote", 2));
}

#[test]
fn questions_of_a_briefing_return_to_their_cards() {
    let rows = "eu/north#~abc\tBasic\tEurope\tCapital of Norway?\\<br><i>in the south</i>\tOslo\teu north x\n\
                eu/north#k\tCloze\tEurope\t{{c1::Oslo}} is {{c2::cold}}\thint\teu north x\n\
                eu/south#m\tBasic\tEurope\tCapital of Italy?\tRome\teu south\n";
    let briefing = notes(&rows.replace("\\<br>", "<br>"));
    assert_eq!(briefing.id.as_str(), "eu");
    let [north, south] = &briefing.cards[..] else { panic!("{:?}", briefing.cards) };
    assert_eq!((north.id.as_str(), north.title.as_str()), ("north", "North"));
    assert_eq!(north.tags.iter().collect::<Vec<_>>(), ["x"]);
    assert_eq!(south.questions[0].id.as_ref().unwrap().id.as_str(), "m");
    let [first, second] = &north.questions[..] else { panic!("{:?}", north.questions) };
    assert_eq!(first.id, None);
    assert_eq!(first.question.source.as_ref(), "Capital of Norway?");
    assert_eq!(first.hint.as_ref().unwrap().source.as_ref(), "in the south");
    assert_eq!(second.hint.as_ref().unwrap().source.as_ref(), "hint");
    assert_eq!(second.question.source.as_ref(), "==Oslo== is ==cold==");
}

/// What Anki 26.9 exported after it had imported what we export.
#[test]
fn notes_that_anki_gives_back_are_the_questions_it_was_given() {
    let (briefing, found) = read(include_str!("../../../tests/data/anki-notes.txt"));
    assert_eq!(found, []);
    assert_eq!((briefing.id.as_str(), briefing.title.as_str()), ("b", "Round: a trip"));
    let [norway, odd] = &briefing.cards[..] else { panic!("{:?}", briefing.cards) };
    assert_eq!((norway.id.as_str(), odd.id.as_str()), ("norway", "a/b#c %"));
    let asked = |card: &Card| -> Vec<String> {
        let text = |q: &Question| {
            let answer = q.answer.as_ref().map_or("", |answer| &answer.source);
            format!("{:?} {} > {answer}", q.form, q.question.source)
        };
        card.questions.iter().map(text).collect()
    };
    assert_eq!(
        asked(norway),
        [
            "Basic Capital of Norway? > Oslo",
            "Basic What lies before _Oslo_? > The `Oslofjord` & \"quotes\"",
            "Basic Norway > Norge",
            "Typed 1 + 1 = > 2",
            "Cloze Norway borders ==Sweden==, ==Finland;;north== and ==Russia==. > ",
            "Cloze ==1;;Harald== and ==1;;Sonja== live in ==2;;Oslo;;a city==. > ",
            "Basic \\#hash first > tab here",
        ]
    );
    assert!(norway.questions[2].both);
    assert!(asked(odd)[0].starts_with("Basic Which lines?\n\n- one\n- two > First."));
    assert_eq!(odd.questions[2].form, Form::Cloze);
}

#[test]
fn what_is_hostile_ends_soon() {
    let many = format!("{HEAD}{}\n", "x\t".repeat(20_000));
    assert_eq!(read(&many).0.cards.len(), 1);
    let quotes = format!("{HEAD}{}", "\"\"\"\t".repeat(20_000));
    read(&quotes);
    let gaps = format!("#html:true\n{}", "{{c1::".repeat(20_000));
    assert_eq!(read(&gaps).0.cards.len(), 1);
    read(&format!("#html:true\n{}{}", "{{c1::".repeat(20_000), "}}".repeat(20_000)));
    read("#separator:tab\n\0\t\0\n");
    read("#separator:tab");
}

proptest! {
    #[test]
    fn no_text_panics_and_every_card_has_its_place(
        source in "(#html:true\n|#guid column:1\n|#deck column:2\n|#tags column:9\n|\\{\\{c1::|\\}\\}|::|<b>|[\t\n\",;=é#a/]){0,40}",
    ) {
        let (briefing, _) = read(&source);
        for card in &briefing.cards {
            prop_assert!(source.get(card.span.start as usize..card.span.end as usize).is_some());
        }
    }
}
