//! The numbers of FSRS are those published by open-spaced-repetition (`fsrs-rs`, `py-fsrs` and
//! `ts-fsrs` test them too); `vectors.csv` was computed with the crate `fsrs` 6.6.2.

mod queue;
mod schedule;

use super::history::History;
use super::item::{Items, Subject};
use super::memory::Scheduler;
use super::options::Options;
use super::review::{Grade, Moment, Review};
use super::{Asked, Item};
use crate::format;
use crate::library::{Document, Library};
use crate::text::Printable;
use std::sync::Arc;

const HOUR: i64 = 3_600_000;

/// Noon of a day, in UTC.
fn noon(day: i64) -> Moment {
    Moment { at_ms: day * 24 * HOUR + 12 * HOUR, offset_min: 0 }
}

fn library(source: &str) -> Library {
    let (briefing, found) = format::briefing(source, "b");
    assert!(found.is_empty(), "{found:?}");
    Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))])
}

/// So many cards with one question each.
fn many(cards: usize) -> Items {
    let cards = (0..cards).map(|n| {
        format!("- {{id: c{n}, title: T{n}, body: x, questions: [{{id: q, q: Q{n}, a: A}}]}}\n")
    });
    Items::new(&library(&format!("cards:\n{}", cards.collect::<String>())), true)
}

fn review(items: &Items, at: usize, moment: Moment, grade: Grade) -> Review {
    let item = items.get(at).unwrap().id.clone();
    Review { item, moment, grade, took_ms: 5_000, interval: None }
}

fn exact() -> Options {
    Options { fuzz: false, max_interval: 36_500, ..Options::default() }
}

fn history(items: &Items, log: &[Review]) -> History {
    History::new(items, log, &Scheduler::new(&Options::default()))
}

const KINDS: &str = "\
voices:
  us: {name: \"U.S. officials, unnamed\"}
  noboa: {name: Daniel Noboa}
  paper: {name: The notes}
cards:
- id: noboa
  title: Daniel Noboa
  body: text
  questions:
  - {q: Who is president?, a: Daniel Noboa, both: true, hint: a name}
  - {id: year, q: Since when?, a: 2023, type: typed, accept: [since 2023]}
  - cloze: Ecuador borders ==Colombia== and ==1;;Peru;;south== on ==1;;land==.
  claims:
  - {by: us, text: Strikes go on.}
  - {by: noboa, text: President Noboa said so.}
  - {by: paper, text: Strikes go on.}
";

#[test]
fn each_direction_group_and_claim_is_asked() {
    let library = library(KINDS);
    let items = Items::new(&library, true);
    let asked: Vec<(String, String)> = items
        .list()
        .iter()
        .map(|item| Asked::new(&library, item).unwrap())
        .map(|asked| (asked.question, asked.answer))
        .collect();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        asked,
        [
            pair("Who is president?", "Daniel Noboa"),
            pair("Daniel Noboa", "Who is president?"),
            pair("Since when?", "2023"),
            pair(
                "Ecuador borders \\[...\\] and Peru on land.",
                "Ecuador borders ==Colombia== and Peru on land."
            ),
            pair(
                "Ecuador borders Colombia and \\[south\\] on \\[...\\].",
                "Ecuador borders Colombia and ==Peru== on ==land==."
            ),
            pair("Who asserts this?\n\n> Strikes go on.", "U.S. officials, unnamed; The notes"),
        ]
    );
}

#[test]
fn a_title_that_is_the_answer_is_hidden() {
    let library = library(KINDS);
    let items = Items::new(&library, false);
    let hides = |item: &Item| Asked::new(&library, item).unwrap().hides_title;
    let hides: Vec<bool> = items.list().iter().map(hides).collect();
    assert_eq!(hides, [true, false, false, false, false]);
}

#[test]
fn choices_hold_one_right_voice_and_no_other() {
    let library = library(KINDS);
    let items = Items::new(&library, true);
    let asked = Asked::new(&library, items.list().last().unwrap()).unwrap();
    let mut choices: Vec<&str> = asked.choices.iter().map(Printable::as_str).collect();
    choices.sort_unstable();
    assert_eq!(choices, ["Daniel Noboa", "U.S. officials, unnamed"]);
    assert_eq!(asked.accept, ["U.S. officials, unnamed", "The notes"]);
}

#[test]
fn names_outlive_edits_elsewhere_and_ids_keep_the_old_name() {
    let before = Items::new(&library(KINDS), true);
    let edited = KINDS.replace("cloze: Ecuador", "id: borders\n    cloze: Ecuador");
    let edited = edited.replace("Who is president?", "WHO is president");
    let after = Items::new(&library(&edited), true);
    for (at, item) in before.list().iter().enumerate() {
        assert_eq!(after.place(&item.id), Some(at), "{}", item.id);
    }
    assert_eq!(after.get(4).unwrap().id.as_str(), "b/noboa#borders.1");
    assert_eq!(after.get(2).unwrap().id.as_str(), "b/noboa#year");
    assert!(matches!(after.get(5).unwrap().subject, Subject::Claim(0)));
    // The name of a gap does not depend on those before it.
    let more = KINDS.replace("cloze: Ecuador borders", "cloze: ==Ecuador== borders");
    let more = Items::new(&library(&more.replace("- cloze", "- id: x\n    cloze")), true);
    let first = KINDS.replace("- cloze", "- id: x\n    cloze");
    let first = Items::new(&library(&first), true);
    assert_eq!(first.get(3).unwrap().id, more.get(4).unwrap().id);
}

#[test]
fn parts_of_a_name_come_back() {
    let (briefing, card) =
        (crate::model::BriefingId::new("a/b#c%"), crate::model::CardId::new("ü"));
    let id = super::item::ItemId::new(&briefing, &card, "q#1/x");
    assert_eq!(id.parts(), Some(("a/b#c%".into(), "ü".into(), "q#1/x".into())));
}

#[test]
fn questions_of_the_bundled_briefing_give_no_voice_away() {
    let library = crate::library::bundled();
    let items = Items::new(&library, true);
    let claims = items.list().iter().filter(|item| matches!(item.subject, Subject::Claim(_)));
    let mut count = 0;
    for item in claims {
        let asked = Asked::new(&library, item).unwrap();
        let statement = asked.question.split_once("> ").unwrap().1;
        assert!(!super::claim::gives_away(statement, &asked.accept[0]), "{statement}");
        assert!(
            asked.choices.len() == 4
                && asked
                    .accept
                    .iter()
                    .any(|name| { asked.choices.iter().any(|choice| choice.as_str() == name) })
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}
