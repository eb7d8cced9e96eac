use super::*;
use crate::format;
use crate::model::Briefing;
use insta::assert_snapshot;
use proptest::prelude::*;

/// Links of one briefing alone.
struct Alone<'a>(&'a Briefing);

impl Links for Alone<'_> {
    fn title(&self, target: &Target) -> Option<Printable> {
        let Target::Card { name, .. } = target else { return None };
        self.0.cards.iter().find(|c| c.id.as_str() == &**name).map(|c| c.title.clone())
    }
    fn status(&self, target: &Target) -> Status {
        match target {
            Target::Web(_) => Status::Web,
            Target::Footnote(_) => Status::Here,
            _ if self.title(target).is_some() => Status::Card,
            _ => Status::Missing,
        }
    }
}

fn options(width: usize) -> Options {
    Options { width, spare: 0, glyphs: Glyphs::UNICODE, numbers: Numbers::Running, answers: true }
}

fn line(layout: &Layout, row: &Row) -> String {
    row.runs.iter().map(|run| layout.words(run).to_string()).collect()
}

fn plain(layout: &Layout) -> String {
    let mut out = String::new();
    for row in layout.rows() {
        out.push_str(line(layout, row).trim_end());
        out.push('\n');
    }
    out
}

/// The first card of a briefing with this body.
fn body(markdown: &str, width: usize) -> Layout {
    let indented = markdown.lines().fold(String::new(), |all, line| all + "      " + line + "\n");
    let source = format!("title: T\ncards:\n  - id: a\n    title: A\n    body: |\n{indented}");
    let (briefing, _) = format::briefing(&source, "t");
    let links = Alone(&briefing);
    briefing
        .cards
        .first()
        .map_or_else(Layout::default, |first| card(&briefing, first, &[], options(width), &links))
}

fn bundled() -> Briefing {
    format::briefing(include_str!("../../briefings/us-ecuador-security-readout.yaml"), "x").0
}

fn bundled_card(id: &str, width: usize) -> Layout {
    let briefing = bundled();
    let found = briefing.cards.iter().find(|card| card.id.as_str() == id).unwrap();
    card(&briefing, found, &[], options(width), &Alone(&briefing))
}

#[test]
fn a_whole_card() {
    assert_snapshot!("card_76", plain(&bundled_card("close-coordination", 76)));
    assert_snapshot!("card_40", plain(&bundled_card("close-coordination", 40)));
}

#[test]
fn a_whole_overview() {
    let briefing = bundled();
    assert_snapshot!(plain(&overview(&briefing, options(76), &Alone(&briefing))));
}

const MARKDOWN: &str = "# Heading

*Stressed*, **strong**, ~~gone~~ and `code` stand in a paragraph that is long enough to be wrapped.

- one
- two, with a second line that is long enough to be wrapped at this width, and goes on
  - nested
    1. numbered
    2. again
- [x] done
- [ ] open

> A quotation
> of two lines.

> [!WARNING]
> A callout.

```rust
fn main() { println!(\"a line of code that is longer than the width of the page, which is not wrapped\"); }
```

| left | right |
|:--|--:|
| a | 1 |
| a longer cell that has to be wrapped because it does not fit beside the other | 22 |

---

A note[^1], a [[a|link]] and <https://example.org/a/very/long/path/that/does/not/fit/on/a/line/at/all/at/this/width>.

[^1]: What it says.
";

#[test]
fn everything_markdown_has() {
    assert_snapshot!("markdown_60", plain(&body(MARKDOWN, 60)));
    assert_snapshot!("markdown_30", plain(&body(MARKDOWN, 30)));
}

#[test]
fn the_text_does_not_depend_on_the_width() {
    let wide = bundled_card("january-3-operation", 84);
    for width in [20, 33, 60, 76] {
        let layout = bundled_card("january-3-operation", width);
        assert_eq!(layout.text(), wide.text());
        assert_eq!(layout.links().len(), wide.links().len());
        for (narrow, wide) in layout.links().iter().zip(wide.links()) {
            assert_eq!(narrow.text, wide.text);
        }
    }
}

#[test]
fn places_are_found_again_at_another_width() {
    let (wide, narrow) = (bundled_card("narcoterrorism", 80), bundled_card("narcoterrorism", 34));
    for row in 0..wide.rows().len() {
        let offset = wide.offset_of(row);
        let there = narrow.row_of(offset);
        let shown = narrow.rows()[there].text.clone();
        assert!(
            shown.contains(&offset) || shown.is_empty(),
            "row {row}: {offset} not in {shown:?}"
        );
        assert_eq!(wide.offset_of(wide.row_of(offset)), offset);
    }
}

#[test]
fn links_know_their_rows() {
    let layout = body("A [[a]] here.\n\nAnd there [[a|with a label that is wrapped]].", 24);
    for (at, link) in layout.links().iter().enumerate() {
        for (number, row) in layout.rows().iter().enumerate() {
            let has = row.runs.iter().any(|run| run.link == Some(at));
            assert_eq!(has, (link.rows.start..=link.rows.end).contains(&number), "{link:?}");
        }
    }
    assert!(layout.links()[1].rows.end > layout.links()[1].rows.start, "it is wrapped");
}

#[test]
fn the_number_of_a_link_stays_with_its_words() {
    let text = "See the page (https://x.org/(y)) and [that (one)](z.md).";
    for width in 14..60 {
        let layout = body(text, width);
        for row in layout.rows() {
            let line = line(&layout, row);
            assert!(!line.trim_start().starts_with("[1]"), "{width}: {line}");
            assert!(!line.trim_start().starts_with("[2]"), "{width}: {line}");
        }
    }
}

#[test]
fn a_gap_is_shown_on_the_cards_it_names() {
    let source = "title: T\ngaps:\n  - {id: g, kind: missing-list, text: It stops here., cards: [a]}\ncards:\n  - {id: a, title: A, body: Text.}\n  - {id: b, title: B, body: Text.}\n";
    let (briefing, _) = format::briefing(source, "t");
    let shows = |at: usize| {
        let layout = card(&briefing, &briefing.cards[at], &[], options(60), &Alone(&briefing));
        plain(&layout).contains("It stops here.")
    };
    assert!(shows(0) && !shows(1));
}

#[test]
fn headings_and_notes_are_anchors() {
    let layout = body("# One\n\nText.[^n]\n\n## Two words\n\nText.\n\n[^n]: Note.", 40);
    let row = layout.anchor("two-words").unwrap();
    assert!(line(&layout, &layout.rows()[row]).contains("Two words"));
    assert_eq!(layout.anchor("Two words"), Some(row), "by the words of the heading too");
    let note = layout.anchor("note:n").unwrap();
    assert!(line(&layout, &layout.rows()[note]).contains("Note."));
    assert_eq!(layout.anchor("three"), None);
}

fn fits(layout: &Layout, width: usize) -> Result<(), TestCaseError> {
    for row in layout.rows() {
        let columns = layout.width(row);
        prop_assert!(row.wide || columns <= width, "{columns} > {width}: {}", line(layout, row));
        prop_assert!(!line(layout, row).chars().any(char::is_control));
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_row_is_too_wide_whatever_the_text(markdown in "[a-z 漢é*`|#>\\-\\[\\]\n!1.]{0,200}", width in 1usize..90) {
        fits(&body(&markdown, width), width.max(2))?;
    }

    #[test]
    fn real_cards_fit_at_any_width(width in 20usize..90, card in 0usize..25) {
        let briefing = bundled();
        let id = briefing.cards[card].id.as_str().to_owned();
        fits(&bundled_card(&id, width), width)?;
    }
}

#[test]
fn a_cloze_hides_its_gaps_with_the_answers() {
    let source = "cards:\n- id: a\n  title: A\n  body: b\n  questions:\n  - cloze: It borders ==Peru;;south== and ==Colombia==.\n";
    let (briefing, _) = format::briefing(source, "b");
    let shown = |answers| {
        let options = Options { answers, ..options(60) };
        plain(&card(&briefing, &briefing.cards[0], &[], options, &Alone(&briefing)))
    };
    assert!(shown(false).contains("1. It borders [south] and [...]."), "{}", shown(false));
    assert!(shown(true).contains("1. It borders Peru and Colombia."), "{}", shown(true));
}

const SEVEN: &str = "| Component | Responsible | Description | Dependencies | Environment | Availability | Observations |
|---|---|---|---|---|---|---|
| Authentication | Infrastructure | Authorisation and registration of accounts | PostgreSQL | Production | Continuous | Replication |
";

/// Whether each word of a text stands whole in a row.
fn has_words(layout: &Layout, text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let mut words = words.map(|word| word.trim_matches('|'));
    words.all(|word| layout.rows().iter().any(|row| line(layout, row).contains(word)))
}

#[test]
fn a_table_takes_free_columns_and_cuts_no_word() {
    let source = format!(
        "title: T\ncards:\n  - id: a\n    title: A\n    body: |\n{}",
        SEVEN.lines().fold(String::new(), |all, line| all + "      " + line + "\n")
    );
    let (briefing, _) = format::briefing(&source, "t");
    let of = |spare| {
        let options = Options { spare, ..options(76) };
        card(&briefing, &briefing.cards[0], &[], options, &Alone(&briefing))
    };
    // Where there is no room the rows stay whole and can be moved.
    let narrow = of(0);
    assert!(has_words(&narrow, SEVEN), "{}", plain(&narrow));
    let rows: Vec<_> =
        narrow.rows().iter().filter(|row| line(&narrow, row).contains("  ")).collect();
    assert!(rows.iter().any(|row| row.wide));
    let is_table = |row: &&Row| line(&narrow, row).contains("egistration");
    assert!(narrow.rows().iter().filter(is_table).all(|row| row.wide), "all of them");
    let wide = of(40);
    assert!(has_words(&wide, SEVEN), "{}", plain(&wide));
    assert!(wide.rows().iter().all(|row| !row.wide && wide.width(row) <= 116), "{}", plain(&wide));
    assert!(wide.rows().iter().any(|row| wide.width(row) > 76));
}
