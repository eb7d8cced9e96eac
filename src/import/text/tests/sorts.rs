//! Sorts of texts: acts, minutes, plays, collections, correspondence. Each with a small text of its own.

use super::{check_words, read, source_of, titles};
use crate::model::GapKind;

/// Sentences that make a text long enough.
const WORDS: &str = "and goes on with words that fill the line until it has become full.\n";

#[test]
fn an_act_has_a_card_for_each_article() {
    let act = "REGULATION 2025/999\nof 3 February 2025\n\nTHE COUNCIL,\n\nHas adopted:\n\nCHAPTER I\nGENERAL\n\n\
        Article 1\nSubject matter\n\nThis lays down rules.\n\nArticle 2\nThe mark\n\n1. Every vessel bears a mark.\n\n\
        2. The mark is high.\n\nSee Article 1 of this act.\n\nCHAPTER II\nEND\n\nArticle 3\n\nIt enters into force.\n";
    let (briefing, _) = read(act);
    assert_eq!(
        titles(&briefing),
        [
            "REGULATION 2025/999",
            "CHAPTER I GENERAL",
            "Article 1: Subject matter",
            "Article 2: The mark",
            "CHAPTER II END",
            "Article 3",
        ]
    );
    let depths: Vec<u8> = briefing.cards.iter().map(|card| card.depth).collect();
    assert_eq!(depths, [0, 1, 2, 2, 1, 2]);
    assert!(source_of(&briefing.cards[0]).starts_with("of 3 February"));
    check_words(act);
    let (law, _) = read("LAW\n\n§ 1 Purpose\n\nText.\n\n§ 2 Scope\n\nText. § 1 applies.\n");
    assert_eq!(titles(&law), ["§ 1 Purpose", "§ 2 Scope"]);
}

#[test]
fn articles_have_sections_or_sections_articles() {
    let depths =
        |source: &str| -> Vec<u8> { read(source).0.cards.iter().map(|card| card.depth).collect() };
    let law = "Article I\n\nSection 1\n\nText.\n\nSection 2\n\nText.\n\nArticle II\n\nSection 1\n\nText.\n";
    assert_eq!(depths(law), [0, 1, 1, 0, 1]);
    let act = "Article 1\n\nText.\n\nSection 1\n\nArticle 2\n\nText.\n\nSection 2\n\nArticle 3\n\nText.\n";
    assert_eq!(depths(act), [1, 0, 1, 0, 1]);
}

#[test]
fn minutes_have_a_card_for_each_item_in_capitals() {
    let minutes = "TOWN OF MILLBROOK\nMINUTES OF THE MEETING\nTuesday, 7:00 p.m.\n\nPRESENT: J. Ortiz\n\n\
        1. CALL TO ORDER\nThe Chair called the meeting to order.\n\n2. OLD BUSINESS\nNone.\n\n\
        3. ADJOURNMENT\nMotion to adjourn.\n";
    let (briefing, _) = read(minutes);
    assert_eq!(
        titles(&briefing),
        [
            "TOWN OF MILLBROOK MINUTES OF THE MEETING",
            "1. CALL TO ORDER",
            "2. OLD BUSINESS",
            "3. ADJOURNMENT"
        ]
    );
    check_words(minutes);
}

#[test]
fn a_collection_has_a_card_for_each_piece() {
    let piece = format!("Peel the apples {WORDS}\nServes 6.\n");
    let all = format!(
        "MY KITCHEN\n\nApple Cake\n\n{piece}\n\nLentil Soup\n\n{piece}\n\nPancakes\n\n{piece}"
    );
    let (briefing, _) = read(&all);
    assert_eq!(briefing.title.as_str(), "MY KITCHEN");
    assert_eq!(titles(&briefing), ["Apple Cake", "Lentil Soup", "Pancakes"]);
    check_words(&all);
}

#[test]
fn a_correspondence_has_a_card_for_each_letter() {
    let all = "From: Nora Blum <n@b.c>\nTo: Club\nSubject: Re: Slipway\n\n> When?\n\nIn April.\n\n\
        From: Peter Hall <p@b.c>\nSubject: Re: Slipway\n\nGood.\n";
    let (briefing, _) = read(all);
    assert_eq!(titles(&briefing), ["Nora Blum: Slipway", "Peter Hall: Slipway"]);
    assert!(source_of(&briefing.cards[0]).starts_with("From: Nora Blum"));
    check_words(all);
    let (one, _) = read("From: Nora Blum <n@b.c>\nSubject: Gravel\n\nWho orders it?\n\nNora\n");
    assert_eq!(titles(&one), ["Gravel"]);
}

#[test]
fn a_play_is_called_by_its_title() {
    let (briefing, _) = read(
        "THE LAMPLIGHTER\nA Play in Two Acts\n\nOSKAR, a lamplighter\n\nACT I\n\nOSKAR. Late.\n\nACT II\n\nMINNA. Home.\n",
    );
    assert_eq!(titles(&briefing), ["THE LAMPLIGHTER", "ACT I", "ACT II"]);
}

#[test]
fn a_list_that_is_lost_is_missed_in_its_place() {
    let essay = format!("On Ropes\n\nFirst {WORDS}\nThe rules are these:\n\nThey hold {WORDS}");
    let (briefing, _) = read(&essay);
    let card = &briefing.cards[0];
    let texts: Vec<_> = card.sections.iter().map(|s| &*s.text.source).collect();
    assert!(texts[0].ends_with("these:") && texts[1].starts_with("They hold"), "{texts:?}");
    let gap = &briefing.gaps[0];
    assert_eq!(gap.kind, GapKind::MissingList);
    assert_eq!(gap.at.as_ref(), card.sections[0].from.first());
    let source = &briefing.sources[0];
    let passage = gap.at.as_ref().and_then(|at| at.passage.as_ref()).unwrap();
    let bytes = source.passages.iter().find(|p| p.id == *passage).unwrap().bytes.clone().unwrap();
    let byte = |at: u64| usize::try_from(at).unwrap();
    let told = essay.get(byte(bytes.start)..byte(bytes.end));
    assert_eq!(told, Some("The rules are these:"));
    check_words(&essay);
    // The same in the sections of a text.
    let parts = format!(
        "Alpha\n=====\n\nThese are the rules:\n\nThey {WORDS}\nBeta\n====\n\nMore {WORDS}\nThe rest is this:\n\nIt {WORDS}"
    );
    let (briefing, _) = read(&parts);
    let at = |n: usize| briefing.gaps[n].at.as_ref().and_then(|at| at.passage.clone()).unwrap();
    assert_eq!((at(0).as_str(), at(1).as_str()), ("p1", "p4"));
    assert_eq!(briefing.cards.iter().map(|card| card.sections.len()).collect::<Vec<_>>(), [2, 2]);
}
