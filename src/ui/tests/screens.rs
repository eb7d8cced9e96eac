//! What the screens look like, in all sizes and colours; help and leaving; the mouse.

use super::*;

#[test]
fn the_start_on_three_screens() {
    assert_snapshot!("start_80x24", Session::bundled().screen());
    assert_snapshot!("start_40x12", Session::bundled().size(40, 12).screen());
    assert_snapshot!("start_120x40", Session::bundled().size(120, 40).screen());
    assert_snapshot!("start_200x60", Session::bundled().size(200, 60).screen());
}

#[test]
fn styles_of_a_chosen_link() {
    let session = Session::bundled().keys("tab");
    assert_snapshot!("styles_dark", session.styles());
    assert_snapshot!("styles_light", session.theme("light").styles());
}

#[test]
fn without_colours_the_choice_is_still_seen() {
    let styles = Session::bundled().theme("mono").keys("tab").styles();
    assert!(styles.contains("REVERSED"), "{styles}");
    for colour in ["Indexed", "Rgb", " on ", "Red", "Blue"] {
        assert!(!styles.contains(colour), "{colour}: {styles}");
    }
    let list = Session::bundled().theme("mono").keys("t").styles();
    let rows = list.lines().filter(|row| row.contains("REVERSED")).count();
    assert_eq!(rows, 1, "{list}");
}

#[test]
fn an_overview_with_gaps_and_voices() {
    assert_snapshot!("overview_80x24", Session::bundled().keys("g h").screen());
    assert_snapshot!("overview_120x40", Session::bundled().size(120, 40).keys("g h G").screen());
}

#[test]
fn a_card_with_claims_dates_and_questions() {
    let session = Session::bundled().size(120, 60).keys("o type:3 type:january enter");
    assert_eq!(session.title(), "The 3 January operation");
    assert_snapshot!("event_120x60", session.keys("G").screen());
}

#[test]
fn answers_are_hidden_until_they_are_wanted() {
    let session = Session::bundled().size(100, 60).keys("G");
    let before = session.state.reading().sheet.layout.rows().len();
    let session = session.keys("A");
    assert!(session.state.reading().sheet.layout.rows().len() > before);
    assert_eq!(session.keys("A").state.reading().sheet.layout.rows().len(), before);
}

#[test]
fn help_shows_the_keys_of_the_screen_one_is_on() {
    let session = Session::bundled().keys("?");
    assert_snapshot!("help_80x24", session.screen());
    let session = session.keys("esc").size(80, 60).keys("t ?");
    assert!(session.shows("In lists"), "{}", session.screen());
}

#[test]
fn the_guide_is_reachable_and_joins_the_library() {
    let mut session = Session::bundled().keys("g ?");
    assert_eq!(session.title(), "Moving");
    assert_snapshot!("guide_80x24", session.screen());
    session.press("H");
    assert_eq!(session.title(), "The readout");
    let (errors, warnings) = session.state.problems;
    assert_eq!((errors, warnings), (0, 0));
}

#[test]
fn escape_never_quits_and_q_closes_layer_by_layer() {
    let mut session = Session::bundled().keys("tab esc esc esc esc");
    assert!(session.effects.is_empty());
    session.press("t ? q q q");
    assert_eq!(session.effects, [Effect::Quit]);
    let session = Session::bundled().keys("o type:q");
    assert!(session.effects.is_empty(), "a letter that is typed is no command");
    assert_eq!(session.keys("ctrl-c").effects, [Effect::Quit]);
}

#[test]
fn a_begun_chord_shows_how_it_can_go_on() {
    let mut session = Session::bundled().keys("g");
    assert!(session.shows("overview") && session.shows("trail"), "{}", session.screen());
    session.press("x");
    assert!(session.shows("`g x` does nothing here; ? shows the keys"), "{}", session.screen());
}

#[test]
fn ascii_screens_are_ascii() {
    let source = TWO.replace("First", "First one");
    for keys in ["", "tab", "t", "?", "o", "K", "B", "g t", "f", "|"] {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let screen = Session::open(&source).size(width, height).ascii().keys(keys).screen();
            let odd: String = screen.chars().filter(|c| !c.is_ascii()).collect();
            assert_eq!(odd, "", "after {keys}:\n{screen}");
        }
    }
    assert_snapshot!("ascii_80x24", Session::bundled().ascii().screen());
}

#[test]
fn the_wheel_scrolls_and_clicks_follow() {
    let session = Session::bundled().mouse(MouseKind::WheelDown, (20, 10));
    assert_eq!(session.state.reading().sheet.top, 3);
    let session = session.mouse(MouseKind::WheelUp, (20, 10));
    let place = session.place_of("Tommy Pigott");
    let session = session.mouse(MouseKind::Click, place);
    assert_eq!(session.title(), "Tommy Pigott");
    let session = session.keys("t");
    let place = session.place_of("Venezuela");
    let session = session.mouse(MouseKind::Click, place);
    assert_eq!(session.title(), "Venezuela");
    let session = session.keys("o type:ind");
    let place = session.place_of("The New York indictment");
    let session = session.mouse(MouseKind::Click, place);
    assert_eq!(session.title(), "The New York indictment");
}

#[test]
fn panes_take_clicks_and_the_wheel() {
    let session = Session::bundled().size(200, 40);
    let place = session.place_of("Marco Rubio");
    let session = session.mouse(MouseKind::Click, place);
    assert_eq!(session.title(), "Marco Rubio");
    let (x, y) = session.place_of("Linked from");
    let session = session.mouse(MouseKind::Click, (x, y + 1));
    assert_ne!(session.title(), "Marco Rubio");
    let top = session.state.reading().sheet.top;
    let session = session.mouse(MouseKind::WheelDown, (x, y));
    assert_eq!(session.state.reading().sheet.top, top, "the wheel scrolls what it is over");
    let session = session.keys("M").mouse(MouseKind::Click, (5, 5));
    assert!(session.effects.contains(&Effect::Mouse(false)));
}

#[test]
fn wide_tables_are_scrolled_sideways() {
    let columns = "| wide column name ".repeat(30);
    let table = format!("{columns}|\n      {}|\n      {columns}|", "|---".repeat(30));
    let source = format!("title: T\ncards:\n  - title: Wide\n    body: |\n      {table}\n");
    let mut session = Session::open(&source).size(60, 14);
    assert_snapshot!("wide_60x14", session.screen());
    session.press("> > >");
    assert_snapshot!("wide_scrolled_60x14", session.screen());
    session.press("< < < <");
    assert!(session.shows("nothing more to this side"), "{}", session.screen());
}

#[test]
fn any_size_can_be_drawn() {
    for keys in ["", "tab K", "t", "?", "o type:a", "/ type:the", "f", "B", "g t", "|", "g h", ":"]
    {
        for width in [0, 1, 2, 3, 9, 39, 64, 100, 112, 160] {
            for height in [0, 1, 2, 3, 5, 12, 30] {
                let mut session = Session::bundled().size(width, height);
                session.press(keys);
                session.screen();
                session.resize(height, width);
                session.screen();
            }
        }
    }
}

#[test]
fn any_keys_can_be_pressed() {
    use proptest::prelude::*;
    let names: Vec<&str> = "j k space b d u g G ] [ n p t o tab shift-tab enter 1 2 3 f K | \\ B H L / A + - > < esc ? : q type:a type:x down up home end backspace left right delete h l".split(' ').collect();
    let keys = prop::collection::vec(prop::sample::select(names), 1..60);
    let sizes = (0usize..210, 0usize..60);
    let config =
        ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let test = |(keys, (width, height)): (Vec<&str>, (usize, usize))| {
        let mut session = Session::bundled().size(width, height);
        for key in keys {
            session.press(key);
            session.screen();
        }
        Ok(())
    };
    proptest::test_runner::TestRunner::new(config).run(&(keys, sizes), test).unwrap();
}

#[test]
fn hostile_text_is_shown_and_harms_nothing() {
    let source = "title: \"T\\e]0;x\\a\"\ncards:\n  - title: \"A\\e[2J\"\n    aliases: [\"\\u202Ecba\"]\n    body: \"x\\tb &#27;[31m \\x07\"\n";
    for keys in ["", "t", "o", "?", ":", "g t", "B", "3"] {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let screen = Session::open(source).size(width, height).keys(keys).screen();
            let bad = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
            assert!(!screen.chars().any(|c| bad(&c)), "{screen:?}");
        }
    }
    let mut session = Session::open(source);
    update(&mut session.state, Message::Notice(Notice::warning("no such file: \u{1b}[31mred")));
    assert!(session.shows("no such file: ␛[31mred"), "{}", session.screen());
}

#[test]
fn pasted_text_is_typed_where_something_is_typed() {
    let mut session = Session::bundled().keys("/");
    update(&mut session.state, Message::Paste("coord\u{1b}\n".to_owned()));
    assert!(session.shows("/coord"), "{}", session.screen());
    let mut session = Session::bundled();
    update(&mut session.state, Message::Paste("qqq".to_owned()));
    assert!(session.effects.is_empty(), "pasted text runs no commands");
}
