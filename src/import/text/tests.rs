//! Plain texts as cards.

mod sorts;

use super::super::Naming;
use super::text;
use crate::diagnostic::Severity;
use crate::format;
use crate::model::{Block, Briefing, Card, GapKind, Kind};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

fn read(source: &str) -> (Briefing, Vec<String>) {
    let (briefing, found) = text(source, "notes/My File.txt", Naming::Alone);
    let found = found.iter().map(|d| format!("{}{}: {}", d.code, d.place(), d.message)).collect();
    (briefing, found)
}

fn titles(briefing: &Briefing) -> Vec<&str> {
    briefing.cards.iter().map(|card| card.title.as_str()).collect()
}

fn source_of(card: &Card) -> &str {
    card.sections.first().map_or("", |section| &section.text.source)
}

/// A file of the corpora, if they are there.
fn corpus(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("shared").join(name);
    #[expect(clippy::disallowed_methods, reason = "tests read corpora as they are")]
    let bytes = std::fs::read(&path);
    match bytes {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => {
            println!("skipped: no {}", path.display());
            None
        }
    }
}

#[test]
fn the_founding_document_becomes_its_six_cards() {
    let Some(source) = corpus("document/000_bc0919116bf44acf.txt") else { return };
    let (briefing, found) = read(&source);
    assert_eq!(
        titles(&briefing),
        [
            "January 3, 2026 U.S. operation in Venezuela",
            "narcoterrorism",
            "close coordination",
            "Tommy Pigott",
            "Daniel Noboa",
            "close coordination (2)",
        ]
    );
    assert_eq!(
        found,
        [
            "lost-listnotes/My File.txt:3:124: list lost in the source",
            "repeated-titlenotes/My File.txt:7:1: two topics are called `close coordination`",
            "lost-listnotes/My File.txt:7:105: list lost in the source",
        ]
    );
    assert_eq!(briefing.title.as_str(), "My File");
    assert_eq!(briefing.cards[3].aliases[0].as_str(), "Thomas “Tommy” Pigott");
    let gap = &briefing.gaps[0];
    assert_eq!((gap.kind, gap.cards[0].id.as_str()), (GapKind::MissingList, "close-coordination"));
    assert_eq!(gap.at.as_ref().unwrap().passage.as_ref().unwrap().as_str(), "p3");
    assert_eq!(briefing.cards[5].gaps[0].id.as_str(), "lost-list-2");
    let passages = &briefing.sources[0].passages;
    assert_eq!((passages.len(), passages[1].bytes.clone()), (8, Some(521..1153)));
    // The text is parted where the list is lost, so that the card can say so there.
    let [before, after] = briefing.cards[2].sections.as_slice() else { panic!("two parts") };
    assert!(before.text.source.ends_with("includes:"));
    assert_eq!(before.from[..], [gap.at.clone().unwrap()]);
    assert!(after.text.source.starts_with("These are the kinds") && after.from.is_empty());
}

#[test]
fn the_dictionary_becomes_its_entries() {
    let Some(source) = corpus("corpora/devils-dictionary/972.txt") else { return };
    let plain = source.replace("\r\n", "\n");
    assert_eq!(plain.chars().count(), 384_484);
    let mut lines = super::line::split(&plain);
    super::frame::unwrap_book(&mut lines);
    let (first, last) = (lines.first().unwrap(), lines.last().unwrap());
    // The line feed after the mark counts.
    assert_eq!(plain[first.at - 1..=last.end()].chars().count(), 365_229);
    let (briefing, found) = read(&source);
    let entries: Vec<&Card> = briefing.cards.iter().filter(|c| c.kind == Kind::Term).collect();
    assert_eq!(entries.len(), 982);
    assert_eq!(entries[0].title.as_str(), "ABASEMENT");
    assert_eq!(entries[981].title.as_str(), "ZOOLOGY");
    let reasons: Vec<_> =
        entries.iter().filter(|c| c.title.as_str() == "REASON").map(|c| c.id.as_str()).collect();
    assert_eq!(reasons, ["reason", "reason-2"]);
    assert_eq!(briefing.title.as_str(), "The Devil's Dictionary");
    assert_eq!(briefing.subtitle.as_ref().unwrap().as_str(), "Ambrose Bierce");
    assert!(found.iter().all(|d| d.starts_with("repeated-title")), "{found:?}");
    assert!(source_of(entries[0]).starts_with("n.  A decent"));
}

/// The words that a reader finds on the cards.
fn drawn_words(briefing: &Briefing) -> String {
    fn blocks(list: &[Block], out: &mut String) {
        for block in list {
            match block {
                Block::Paragraph(phrases) => phrases.iter().for_each(|p| out.push_str(&p.text)),
                Block::Heading(heading) => heading.text.iter().for_each(|p| out.push_str(&p.text)),
                Block::List { items, .. } => {
                    for item in items {
                        blocks(&item.blocks, out);
                    }
                }
                Block::Quote { blocks: list, .. } | Block::Footnote { blocks: list, .. } => {
                    blocks(list, out);
                }
                Block::Code { text, .. } => out.push_str(text),
                Block::Table { .. } => panic!("plain text has no tables"),
                Block::Rule => {}
            }
            out.push('\n');
        }
    }
    let mut out = format!("{}\n", briefing.title);
    for card in &briefing.cards {
        for name in std::iter::once(&card.title).chain(&card.aliases) {
            out.push_str(name);
            out.push('\n');
        }
        for section in &card.sections {
            blocks(&format::body(&section.text.source).blocks, &mut out);
        }
    }
    out
}

/// Words of a source that a reader has to find: no numbers and signs of lists, no single letters.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !word.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

fn check_words(source: &str) {
    let (briefing, _) = read(source);
    assert!(!briefing.cards.is_empty());
    let drawn = drawn_words(&briefing);
    let found = words(&drawn);
    // Lines of Chinese join without a space.
    let is_found =
        |word: &&str| found.contains(word) || (word.starts_with('漢') && drawn.contains(*word));
    let lost: Vec<_> = words(source).into_iter().filter(|word| !is_found(word)).collect();
    assert!(lost.is_empty(), "lost {lost:?} of {source:?}\n{drawn}");
    for card in &briefing.cards {
        for link in card.sections.iter().flat_map(|section| section.text.links()) {
            let at = link.span.start as usize..link.span.end as usize;
            assert!(source.get(at.clone()).is_some(), "{at:?} of {source:?}");
        }
    }
}

fn document(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    #[expect(clippy::disallowed_methods, reason = "tests read their documents")]
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn an_rfc_becomes_its_sections() {
    let source = document("protocol.txt");
    let (briefing, found) = read(&source);
    assert_eq!(found, Vec::<String>::new());
    let shown: Vec<_> = briefing.cards.iter().map(|c| (c.depth, c.title.as_str())).collect();
    assert_eq!(
        shown,
        [
            (0, "The Example Protocol (EXP) for Nobody At All"),
            (1, "Status of this Memo"),
            (1, "1. Introduction"),
            (2, "1.1. Terms"),
            (1, "2. Protocol"),
            (1, "Appendix A. Changes"),
            (1, "Author's Address"),
        ]
    );
    let introduction = source_of(&briefing.cards[2]);
    assert!(introduction.contains("goes on to do nothing until it is stopped"), "{introduction}");
    assert!(!introduction.contains("Page"), "{introduction}");
    let link = briefing.cards[2].sections[0].text.links().next().unwrap();
    assert_eq!(&source[link.span.start as usize..link.span.end as usize], "Section 2");
    let anchors = &briefing.parts[0].anchors;
    let section = anchors.iter().find(|anchor| &*anchor.name == "section-1.1").unwrap();
    assert_eq!(section.card, 3);
    assert!(source_of(&briefing.cards[0]).contains("[2\\.  Protocol](#section-2)"));
    check_words(&source.replace("[Page 1]", "").replace("[Page 2]", ""));
}

#[test]
fn a_book_becomes_its_chapters() {
    let source = document("tales.txt");
    let (briefing, found) = read(&source);
    assert_eq!(found, Vec::<String>::new());
    let shown: Vec<_> = briefing.cards.iter().map(|c| (c.depth, c.title.as_str())).collect();
    assert_eq!(
        shown,
        [
            (0, "Small Tales"),
            (1, "PREFACE"),
            (1, "CHAPTER I. The Mill"),
            (1, "CHAPTER II. The Sea"),
            (1, "CHAPTER III. The End"),
        ]
    );
    assert_eq!(briefing.subtitle.as_ref().unwrap().as_str(), "N. Body");
    assert_eq!(briefing.language.as_ref().unwrap().as_str(), "en");
    let text: String = briefing.cards.iter().map(source_of).collect();
    assert!(!text.contains("licence"), "{text}");
    assert!(source_of(&briefing.cards[2]).contains("a mill of _great_ age, and it stood"));
}

#[test]
fn minutes_keep_their_lists_and_miss_one() {
    let (briefing, found) = read(&document("minutes.txt"));
    assert_eq!(found, ["lost-listnotes/My File.txt:24:27: list lost in the source"]);
    assert_eq!(briefing.title.as_str(), "Minutes of the garden club, 12 March");
    assert_eq!(titles(&briefing)[1..], ["1. The shed", "2. Seeds", "3. Next meeting"]);
    assert_eq!(
        source_of(&briefing.cards[2]),
        "Carol has seeds of \\*Calendula\\* and \\[unknown\\] for everybody. To buy:\n\n- soil\n- pots\n  - small ones\n  - large ones\n- labels"
    );
    assert_eq!(briefing.cards[3].gaps[0].id, briefing.gaps[0].id);
    assert_eq!(briefing.gaps[0].cards[0].id, briefing.cards[3].id);
}

#[test]
fn what_is_no_other_kind_is_one_card() {
    let essay = "On Walking\n\nWalking is the best of things. I have walked all my life, and I have\nseen much that others have not.\n\nWhen I was young I lived by the sea.\n";
    let (briefing, _) = read(essay);
    assert_eq!(titles(&briefing), ["On Walking"]);
    assert_eq!(
        source_of(&briefing.cards[0]),
        "Walking is the best of things. I have walked all my life, and I have seen much that others have not.\n\nWhen I was young I lived by the sea."
    );
    for source in [
        "ANN: Tell us about it.\n\nBEN: It was a “long day” for all of us in the house.\n\nANN: And then?\n",
        "2024-01-01 12:00 INFO start \"server\" and wait for what comes next.\n2024-01-01 12:01 WARN no \"file\" of that name is there to be read.\n",
        "Dear John,\n\nThank you for the book.\n\nYours,\nAnn\n",
        "هذا نص عربي قصير. فيه جملتان.\n\nوهذه فقرة ثانية من النص.\n",
        "",
        "\n\n\n",
    ] {
        let (briefing, found) = read(source);
        assert_eq!(titles(&briefing), ["My File"], "{source}");
        assert_eq!(found, Vec::<String>::new(), "{source}");
        let part = &briefing.parts[0];
        assert_eq!((&*part.path, part.cards.clone()), ("notes/My File.txt", 0..1));
    }
}

#[test]
fn chinese_lines_join_without_a_space() {
    let (briefing, _) = read(
        "第一章 山中\n\n山中有一座古老的庙，庙里有一个老和尚。他每天早上都会\n起来打扫庭院。\n\n第二章 河边\n\n河边有一条小船。\n",
    );
    assert_eq!(titles(&briefing), ["第一章 山中", "第二章 河边"]);
    assert!(source_of(&briefing.cards[0]).contains("早上都会起来打扫"));
}

#[test]
fn entries_that_share_a_head_are_told() {
    let entries =
        "ABLE, adj.  A.\n\nBAD, n.  B.\n\nCAT, CATS, n.  C.\n\nDO, v.  D.\n\nDO, n.  E.\n";
    let (briefing, found) = text(entries, "a.txt", Naming::Alone);
    let ids: Vec<_> = briefing.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["able", "bad", "cat", "do", "do-2"]);
    assert_eq!(
        (found.len(), found[0].code, found[0].severity),
        (1, "repeated-title", Severity::Info)
    );
    assert_eq!(briefing.cards[2].aliases[0].as_str(), "CATS");
    assert_eq!(source_of(&briefing.cards[3]), "v.  D.");
}

#[test]
fn a_file_that_is_one_long_line_is_read() {
    let (briefing, _) = read(&"word [[a]] *b* _c_ ".repeat(20_000));
    assert_eq!(briefing.cards.len(), 1);
    assert!(briefing.cards[0].sections[0].text.links.is_empty());
}

#[test]
fn numbered_sections_of_a_licence_are_found() {
    let source = "                    LICENCE OF NOTHING\n\n  0. Definitions.\n\n  You may do as you like with this text, which says nothing at all,\nand give it to others.\n\n  1. Terms.\n\n  There are none.\n";
    let (briefing, _) = read(source);
    assert_eq!(titles(&briefing), ["0. Definitions.", "1. Terms."]);
    assert_eq!(briefing.title.as_str(), "LICENCE OF NOTHING");
}

#[test]
fn no_words_are_lost() {
    for name in ["minutes.txt", "readme.txt", "poem.txt"] {
        check_words(&document(name));
    }
}

proptest! {
    #[test]
    fn never_panics_and_loses_no_words(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "", "", "", "TITLE OF IT", "=====", "-----", "1. Introduction", "1.1. Terms",
                "2. Next one", "CHAPTER I.", "CHAPTER II. The Sea", "- an item", "  * deeper item",
                "1) first", "3. third", "o  round item", "Some words that go on for a while and then",
                "stop here, _almost_ at the end of the line.", "    indented text, as verse has it",
                "    code() { x = 1; }", "It refers to the thing which is here.", "These are:",
                "“quoted” words are here, and more of them follow.", "Ann Lee (Annie) is a person of note.",
                "ABLE, adj.  Fit.", "BAD, n.  Not good.", "CAT, n.  A beast.", "B", "Q: Why is it so?",
                "A: Because it is.", "a   b   c", "+---+---+", "| a | b |", "[x]: y *z* <b>bold</b> &amp; `q`",
                "> quoted", "# hash", "see http://example.org/a_b, Section 1.1.", "漢字漢字漢字", "\ttabbed\tline",
                "\\", "***", "~~~", "```", "&#27;", "\u{202e}evil", "nul\0nul",
            ]),
            0..30,
        ),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        check_words(&lines.join(end));
    }

    #[test]
    fn any_text_is_read(source in "(\\PC|[\r\n\t\u{c} .:#*_=\\-])*") {
        let _ = read(&source);
    }
}
