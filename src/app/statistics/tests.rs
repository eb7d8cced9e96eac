use super::*;
use crate::format;
use crate::library::Document;
use crate::store::{Change, Studied, Subject};
use crate::study::{FORECAST, Grade, Options as Wishes, Record};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;
/// Ten o'clock on Thursday, the 1st of January 2026.
const NOW: Moment = Moment { at_ms: 20_454 * DAY + 10 * 3_600_000, offset_min: 0 };

/// A briefing of so many questions, and answers: question, days ago, grade, interval.
fn shown(cards: usize, answers: &[(usize, i64, Grade, u32)]) -> Shown {
    let one =
        |n| format!("- {{id: c{n}, title: T, body: x, questions: [{{id: q, q: Q{n}, a: A}}]}}\n");
    let source = format!(
        "id: b\ntitle: A briefing with a name of some length\ncards:\n{}",
        (0..cards).map(one).collect::<String>()
    );
    let (briefing, _) = format::briefing(&source, "b");
    let library = Library::new(vec![Arc::new(Document::new(briefing, None, Vec::new()))]);
    let mut studied = Studied::default();
    for (card, ago, grade, interval) in answers {
        let on = Subject {
            briefing: "b".into(),
            card: Some(format!("c{card}").into()),
            item: Some("q".into()),
        };
        let change = Change::Review {
            grade: grade.number(),
            took_ms: 40_000,
            moment: Some(NOW.at_ms - ago * DAY),
            offset: 0,
            interval: Some(*interval),
            cram: false,
            more: serde_json::Map::new(),
        };
        studied.take(&on, &change, 0);
    }
    let record = Record { studied: Arc::new(studied), names: vec!["b".into()], read: Vec::new() };
    let desk = Desk::new(&library, &record, &Wishes::default(), NOW);
    let statistics = desk.statistics(NOW, FORECAST);
    Shown::new(&library, &desk, statistics, NOW)
}

fn rows(shown: &Shown, width: usize, glyphs: &'static Glyphs) -> Vec<String> {
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let page = shown.page(options);
    let row = |row: &crate::layout::Row| {
        let words = row.runs.iter().map(|run| page.words(run).to_string());
        words.collect::<String>().trim_end().to_owned()
    };
    page.rows().iter().map(row).collect()
}

fn part(rows: &[String], name: &str) -> Vec<String> {
    let rows = rows.iter().skip_while(|row| !row.starts_with(name)).skip(1);
    rows.take_while(|row| !row.is_empty()).cloned().collect()
}

#[test]
fn a_year_of_weeks_ends_today() {
    let answers = [(0, 0, Grade::Good, 3), (1, 1, Grade::Good, 3), (2, 3, Grade::Again, 0)];
    let rows = part(&rows(&shown(4, &answers), 20, Glyphs::UNICODE), "Calendar");
    assert_eq!(
        rows,
        [
            "      Oct Nov  Dec",
            "Mon ···············░",
            "    ················",
            "Wed ···············░",
            "    ···············░",
            "Fri ···············",
            "    ···············",
            "Sun ···············",
            "· none  ░ 1  ▒ 2",
            "▓ 3  █ 4 or more",
            "answers a day",
            "studied on 3 days;",
            "2 in a row, 2 at",
            "the most",
        ]
    );
}

#[test]
fn bars_stand_on_their_days() {
    // Due: one overdue, one tomorrow, three on the fourth day, a Monday.
    let answers = [
        (0, 9, Grade::Good, 5),
        (1, 2, Grade::Good, 3),
        (2, 1, Grade::Good, 5),
        (3, 1, Grade::Good, 5),
        (4, 1, Grade::Good, 5),
    ];
    let chart = part(&rows(&shown(5, &answers), 70, Glyphs::ASCII), "Forecast");
    assert_eq!(
        chart,
        [
            "3         #",
            "          #",
            "          #",
            "  : :     #",
            "0 # #     #",
            "  1 1     3",
            "  today   5 Jan         12 Jan        19 Jan        26 Jan",
            "tomorrow 1, within 7 days 5, within 30 days 5",
        ]
    );
}

#[test]
fn shares_are_of_what_came_after_a_day_or_more() {
    let answers = [
        (0, 40, Grade::Good, 3),
        (0, 37, Grade::Good, 30),
        (0, 6, Grade::Again, 0),
        (1, 10, Grade::Good, 9),
        (1, 1, Grade::Easy, 30),
    ];
    let rows = rows(&shown(2, &answers), 76, Glyphs::ASCII);
    assert_eq!(
        part(&rows, "Retention"),
        [
            "                    young         mature            all",
            "today                  --             --             --",
            "yesterday      100 % of 1             --     100 % of 1",
            "week           100 % of 1       0 % of 1      50 % of 2",
            "month          100 % of 1       0 % of 1      50 % of 2",
            "year           100 % of 2       0 % of 1      67 % of 3",
            "all            100 % of 2       0 % of 1      67 % of 3",
            "known after a day or more; mature: after three weeks or more",
        ]
    );
    assert!(
        rows.iter().any(|row| row.starts_with("7 days 1 min, 30 days 2 min, a year 3 min")),
        "{rows:#?}"
    );
}

#[test]
fn where_nothing_was_studied_it_says_what_to_do() {
    let page = rows(&shown(2, &[]), 40, Glyphs::UNICODE);
    assert!(page.iter().any(|row| row.starts_with("Nothing was studied yet.")), "{page:#?}");
    assert!(!page.iter().any(|row| row.starts_with("Calendar")));
    let page = rows(&shown(0, &[]), 40, Glyphs::UNICODE);
    assert_eq!(page.join(" "), "There are no questions here. Briefing files hold some.");
}

#[test]
fn lengths_and_shares_are_short() {
    let times = [0, 59_499, 60_000, 3_599_000, 3_600_000, 9_000_000].map(time);
    assert_eq!(times, ["0 s", "59 s", "1 min", "59 min", "1 h", "2 h 30 min"]);
    assert_eq!([0.0, 0.994, 0.996, 1.0].map(share), ["0 %", "99 %", "99 %", "100 %"]);
    assert_eq!([0.0, 0.5, 0.99, 1.0].map(|share| filled(share, 10)), [0, 5, 10, 10]);
}

proptest! {
    #[test]
    fn no_row_is_too_wide(
        answers in proptest::collection::vec((0_usize..9, 0_i64..500, 0_usize..4, 0_u32..400), 0..60),
        width in 36_usize..200,
        ascii: bool,
    ) {
        let answers: Vec<_> = answers.into_iter()
            .map(|(card, ago, grade, interval)| (card, ago, Grade::ALL[grade], interval)).collect();
        let glyphs = if ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
        for row in rows(&shown(9, &answers), width, glyphs) {
            prop_assert!(crate::text::width(&row) <= width, "{} > {}: {}", crate::text::width(&row), width, row);
            prop_assert!(!ascii || row.is_ascii(), "{}", row);
        }
    }
}
