//! Sessions: keys in, screens out. Text is compared as a picture; a second picture shows the styles,
//! which text does not have.

use super::*;
use crate::app::{
    Code, Effect, Key, Keymap, Message, Mouse, MouseKind, Notice, Settings, State, update,
};
use crate::layout::Glyphs;
use crate::library::{self, Document, Library};
use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::fmt::Write;
use std::sync::Arc;

/// A reader that is used by keys and looked at by its screen.
pub struct Session {
    pub state: State,
    pub effects: Vec<Effect>,
    theme: Theme,
}

impl Session {
    /// The bundled briefing on 80 columns and 24 rows.
    pub fn bundled() -> Self {
        Self::with(library::bundled())
    }

    /// A briefing given as YAML.
    pub fn open(source: &str) -> Self {
        let (briefing, found) = crate::format::briefing(source, "test");
        Self::with(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    }

    fn with(library: Library) -> Self {
        let page = library.start().expect("a page to start at");
        let keymap = Keymap::standard();
        let state = State::new(Arc::new(library), page, keymap, Settings::default(), (80, 24));
        Self { state, effects: Vec::new(), theme: Theme::standard(Brightness::Dark) }
    }

    pub fn size(mut self, width: usize, height: usize) -> Self {
        self.resize(width, height);
        self
    }

    pub fn resize(&mut self, width: usize, height: usize) {
        update(&mut self.state, Message::Resize(width, height));
    }

    pub fn theme(mut self, name: &str) -> Self {
        self.theme = Theme::shipped(name).unwrap();
        self
    }

    pub fn ascii(mut self) -> Self {
        let settings = Settings { glyphs: Glyphs::ASCII, ..Settings::default() };
        let State { library, main, keymap, size, .. } = self.state;
        self.state = State::new(library, main.page, keymap, settings, size);
        self
    }

    /// Presses keys: names as in the keymap, `type:WORD` for a word.
    pub fn keys(mut self, keys: &str) -> Self {
        self.press(keys);
        self
    }

    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            if let Some(word) = key.strip_prefix("type:") {
                for c in word.chars() {
                    self.key(Key::plain(Code::Char(c)));
                }
            } else {
                self.key(key.parse().unwrap());
            }
        }
    }

    fn key(&mut self, key: Key) {
        let effects = update(&mut self.state, Message::Key(key));
        self.effects.extend(effects);
    }

    pub fn mouse(mut self, kind: MouseKind, (x, y): (usize, usize)) -> Self {
        update(&mut self.state, Message::Mouse(Mouse { kind, x, y }));
        self
    }

    /// Where a text stands on the screen.
    pub fn place_of(&self, text: &str) -> (usize, usize) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(text)?;
            Some((crate::text::width(&line[..at]), y))
        });
        found.unwrap_or_else(|| panic!("`{text}` is not on the screen:\n{screen}"))
    }

    pub fn draw(&self) -> ratatui::buffer::Buffer {
        let cells = |size: usize| u16::try_from(size).unwrap();
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(cells(width), cells(height))).unwrap();
        terminal.draw(|frame| view(&self.state, &self.theme, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        let buffer = self.draw();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = crate::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            writeln!(out, "{}", line.trim_end()).unwrap();
        }
        out
    }

    /// The styles of the screen: for each row its runs as `column-column style`.
    pub fn styles(&self) -> String {
        let buffer = self.draw();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut runs: Vec<(u16, u16, String)> = Vec::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let mut style = format!("{}", cell.fg);
                if cell.bg != ratatui::style::Color::Reset {
                    write!(style, " on {}", cell.bg).unwrap();
                }
                if !cell.modifier.is_empty() {
                    write!(style, " {:?}", cell.modifier).unwrap();
                }
                match runs.last_mut() {
                    Some((_, to, last)) if *last == style => *to = x,
                    _ => runs.push((x, x, style)),
                }
            }
            let runs: Vec<_> = runs
                .into_iter()
                .filter(|(.., style)| style != "Reset")
                .map(|(from, to, style)| format!("{from}-{to} {style}"))
                .collect();
            writeln!(out, "{y:>2}  {}", runs.join("  ")).unwrap();
        }
        out
    }

    fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    fn title(&self) -> String {
        self.state.library.title(self.state.reading().page).to_string()
    }
}

const TWO: &str = "
id: two
title: Two cards
cards:
  - id: a
    title: First
    bottom_line: It comes first.
    body: |
      It leads to [[b]], to [[b#Part two|a part]], to [[nowhere]], and to <https://example.org/x>.

      | column | another |
      |---|---|
      | one | two |

      Words[^n] in a row.

      [^n]: A note.
  - id: b
    title: Second
    aliases: [Deux]
    bottom_line: It comes second, after [[a]].
    body: |
      ## Part one

      One.

      ## Part two

      Two.
";

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
fn links_are_followed_by_choice_number_and_letter_and_back_is_exact() {
    let mut session = Session::open(TWO);
    session.press("tab enter");
    assert_eq!(session.title(), "Second");
    session.press("H");
    assert_eq!(session.title(), "First");
    assert!(session.state.reading().sheet.chosen.is_some(), "the link that was left is chosen");
    session.press("esc 1");
    assert_eq!(session.title(), "Second");
    session.press("backspace f");
    assert_snapshot!("letters", session.screen());
    session.press("a");
    assert_eq!(session.title(), "Second");
    session.press("left L");
    assert_eq!(session.title(), "Second");
}

#[test]
fn back_is_exact_after_a_resize() {
    let mut session = Session::bundled().keys("j j j j j j j j j j j j j j");
    let reading = session.state.reading();
    let words = reading.sheet.layout.quote(reading.sheet.layout.offset_of(reading.sheet.top));
    let words: String = words.chars().take(20).collect();
    session.press("] j j");
    session.resize(60, 20);
    session.press("H");
    let top: Vec<_> = session.screen().lines().skip(2).take(2).map(str::to_owned).collect();
    assert!(top.concat().contains(&words), "{words} in {top:?}");
    session.resize(80, 24);
    session.press("L H");
    assert!(session.screen().lines().nth(2).unwrap().contains(&words));
}

#[test]
fn a_link_to_a_heading_leads_to_it() {
    let mut session = Session::open(TWO).size(80, 8);
    session.press("tab tab enter");
    assert_eq!(session.title(), "Second");
    assert!(session.shows("Part two"), "{}", session.screen());
}

#[test]
fn links_that_lead_nowhere_say_so() {
    let mut session = Session::open(TWO);
    session.press("3");
    assert!(session.shows("no card is called `nowhere`"), "{}", session.screen());
    session.press("4");
    assert!(session.shows("https://example.org/x"), "{}", session.screen());
    session.press("n");
    assert_eq!(session.title(), "First");
    session.press("9");
    assert!(session.shows("no link here has the number 9"), "{}", session.screen());
}

#[test]
fn peeking_never_moves_the_reader() {
    let mut session = Session::bundled().keys("tab tab");
    let before = (session.state.reading().page, session.state.reading().sheet.top);
    session.press("K");
    assert_snapshot!("peek_80x24", session.screen());
    let link = session.place_of("Tommy Pigott");
    let Some(Screen::Peek(peek)) = session.state.screens.last() else { panic!("no peek") };
    assert!(peek.rect(&session.state).y > link.1, "the box is below the link");
    session.press("K K");
    let Some(Screen::Peek(peek)) = session.state.screens.last() else { panic!("no peek") };
    assert_eq!(peek.depth(), 2);
    session.press("h esc");
    assert!(session.state.screens.is_empty());
    assert_eq!(before, (session.state.reading().page, session.state.reading().sheet.top));
    session.press("K enter");
    assert_eq!(session.title(), "Tommy Pigott");
    session.press("H");
    assert_eq!(before, (session.state.reading().page, session.state.reading().sheet.top));
}

#[test]
fn peeking_works_at_the_last_line_and_in_small_windows() {
    for (width, height) in [(80, 24), (40, 12), (30, 6), (20, 4), (120, 40)] {
        let mut session = Session::bundled().size(width, height);
        for _ in 0..30 {
            session.press("tab K");
            let (state, screens) = (&session.state, &session.state.screens);
            if let Some(Screen::Peek(peek)) = screens.last() {
                let (rect, text) = (peek.rect(state), state.text_rect(state.side));
                assert!(rect.y >= text.y && rect.y + rect.height <= text.y + text.height);
                session.press("esc");
            }
            session.screen();
        }
    }
}

#[test]
fn a_footnote_is_peeked_at_and_followed() {
    let mut session = Session::open(TWO).size(80, 12);
    session.press("tab tab tab tab tab K");
    assert!(session.shows("A note."), "{}", session.screen());
    session.press("esc enter");
    assert!(session.shows("A note."), "{}", session.screen());
    session.press("H");
    assert_eq!(session.title(), "First");
}

#[test]
fn what_links_here_is_listed_with_its_sentences() {
    let mut session = Session::bundled().keys("o type:maduro enter B");
    assert_snapshot!("backlinks_80x24", session.screen());
    session.press("enter");
    let link = session.state.reading().sheet.link().expect("the link is chosen");
    let from = session.state.reading().page;
    let library = &session.state.library;
    let target = library.resolve(from, &link.target);
    assert!(
        matches!(target, library::Destination::Page { page, .. } if *library.title(page) == *"Nicolás Maduro")
    );
}

#[test]
fn finding_counts_and_goes_from_place_to_place() {
    let mut session = Session::bundled().keys("/ type:coordination");
    assert_snapshot!("find_80x24", session.screen());
    let found = session.state.reading().sheet.found.len();
    assert!(found > 2);
    assert!(session.shows(&format!("1 of {found}")));
    session.press("enter n");
    assert!(session.shows(&format!("`coordination`: 2 of {found}")), "{}", session.screen());
    session.press("N N");
    assert!(session.shows("around the end"), "{}", session.screen());
    session.press("esc");
    assert!(session.state.reading().sheet.found.is_empty());
    session.press("/ type:zebra enter");
    assert!(session.shows("`zebra` is not in this card"), "{}", session.screen());
}

#[test]
fn finding_is_left_where_it_began() {
    let mut session = Session::bundled().keys("j j");
    let top = session.state.reading().sheet.top;
    session.press("/ type:question esc");
    assert_eq!(session.state.reading().sheet.top, top);
    assert!(session.state.screens.is_empty());
}

#[test]
fn cards_are_opened_by_some_letters_of_their_titles_and_aliases() {
    let mut session = Session::bundled().keys("o type:rubio");
    assert_snapshot!("open_80x24", session.screen());
    session.press("enter");
    assert_eq!(session.title(), "Marco Rubio");
    session.press("o type:zzzz enter");
    assert!(session.shows("nothing is called `zzzz`"), "{}", session.screen());
    session.press("esc o down enter");
    assert_eq!(session.title(), "The readout");
}

#[test]
fn the_palette_runs_commands_by_name() {
    let mut session = Session::bundled().keys(": type:next type:card");
    assert_snapshot!("palette_80x24", session.screen());
    session.press("enter");
    assert_eq!(session.title(), "The call of 6 January 2026");
    session.press("K : type:links type:here enter");
    assert!(session.shows("What links to"), "{}", session.screen());
}

#[test]
fn contents_lists_cards_and_the_parts_of_the_present_one() {
    let mut session = Session::bundled().keys("t");
    assert_snapshot!("contents_80x24", session.screen());
    session.press("j j j j enter");
    assert_eq!(session.title(), "The readout");
    assert!(session.state.reading().sheet.top > 0, "a part of the card was gone to");
    session.press("t G enter");
    assert_eq!(session.title(), "What the source leaves out");
    let mut wide = Session::bundled().size(200, 60).keys("t j");
    assert_snapshot!("contents_200x60", wide.screen());
    wide.press("q");
    assert!(wide.state.screens.is_empty() && wide.effects.is_empty());
}

#[test]
fn the_trail_is_a_tree_one_can_jump_in() {
    let mut session = Session::bundled().keys("1 H 2 tab K esc g t");
    assert_snapshot!("trail_80x24", session.screen());
    session.press("k enter");
    assert_eq!(session.title(), "\"Close coordination\"");
}

#[test]
fn two_cards_stand_side_by_side() {
    let mut session = Session::bundled().size(160, 30).keys("tab |");
    assert_snapshot!("beside_160x30", session.screen());
    assert_eq!(session.title(), "\"Close coordination\"");
    session.press("\\");
    assert_eq!(session.title(), "The readout");
    session.resize(80, 24);
    assert!(session.shows("The readout"), "{}", session.screen());
    session.press("\\");
    assert_eq!(session.title(), "\"Close coordination\"");
    session.press("q");
    assert!(session.state.beside.is_none() && session.effects.is_empty());
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
fn a_broken_file_opens_with_what_is_readable_and_its_problems_are_counted() {
    let session =
        Session::open("title: T\ncards:\n  - title: A\n    bottom_lin: x\n    body: Text.\n");
    assert!(session.shows("1 error") && session.shows("Text."), "{}", session.screen());
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
fn a_file_that_changed_keeps_the_reader_at_the_same_sentence() {
    let text = |extra: &str| {
        let paragraphs: Vec<_> =
            (0..40).map(|n| format!("      Paragraph number {n} stands here.\n")).collect();
        let body = paragraphs.join("\n");
        format!("id: t\ntitle: T\ncards:\n  - id: a\n    title: A\n    body: |\n{extra}{body}")
    };
    let library = |source: &str| {
        let (briefing, found) = crate::format::briefing(source, "t");
        Arc::new(Library::new(vec![Arc::new(Document::new(briefing, None, found))]))
    };
    let mut session = Session::open(&text("")).keys("space space j");
    let at_top = |session: &Session| session.screen().lines().nth(2).unwrap().trim().to_owned();
    let before = at_top(&session);
    let message = Message::Reloaded(library(&text("      A new first paragraph.\n\n")), Vec::new());
    update(&mut session.state, message);
    assert_eq!(at_top(&session), before);
    assert!(session.shows("the file has changed"), "{}", session.screen());
}

#[test]
fn a_broken_save_keeps_the_text_and_says_so() {
    let mut session = Session::open(TWO);
    let library = Arc::clone(&session.state.library);
    let found = crate::diagnostic::Diagnostic::error("yaml", "this is no YAML");
    update(&mut session.state, Message::Reloaded(library, vec![found]));
    assert!(session.shows("It comes first."), "{}", session.screen());
    assert!(session.shows("this is no YAML; the last good text is shown"), "{}", session.screen());
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

/// A folder of notes, which is gone when the first value is dropped.
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn notes(files: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join("notes").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let paths = [folder.path().join("notes")];
    let (library, failures) = library::load(&paths, library::How::default(), None, &|_, _| ());
    assert!(failures.is_empty(), "{failures:?}");
    (folder, library)
}

const NOTES: &[(&str, &str)] = &[
    (
        "README.md",
        "# Start\n\nTo [one](sub/one.md#part), [[Two]], [[Idea]], [gone](gone.md), [up](../x.md), \
         [web](https://example.com/a), [bad](javascript:alert) and ![map](sub/map.png).\n",
    ),
    ("sub/one.md", "# One\n\nIntro.\n\n## Part\n\nWords of the part.\n"),
    ("sub/Two.md", "Second note, see [back](../README.md).\n"),
    ("sub/map.png", ""),
];

#[test]
fn links_between_files_are_followed_and_others_are_explained() {
    let (_folder, library) = notes(NOTES);
    let mut session = Session::with(library);
    assert_eq!(session.title(), "Start");
    session.press("1");
    assert_eq!(session.title(), "One");
    session.press("H 2");
    assert_eq!(session.title(), "Two");
    session.press("1");
    assert_eq!(session.title(), "Start");
    for (number, words) in [
        (3, "nobody has written a page `Idea` yet"),
        (4, "there is no file `gone.md`"),
        (5, "not part of what was opened: ../x.md"),
        (7, "not opened, only http, https and mailto are: javascript:alert"),
    ] {
        session.press(&number.to_string());
        assert!(session.shows(words), "{words}\n{}", session.screen());
    }
    assert!(session.effects.is_empty());
}

#[test]
fn addresses_are_opened_only_after_asking() {
    let (_folder, library) = notes(NOTES);
    let mut session = Session::with(library).keys("6");
    assert_snapshot!("ask_80x24", session.screen());
    session.press("enter");
    assert!(session.shows("not opened"), "{}", session.screen());
    session.press("6 n");
    assert_eq!(session.effects, []);
    session.press("6 y");
    assert_eq!(session.effects, [Effect::Open("https://example.com/a".into())]);
}

#[test]
fn the_passage_of_a_card_is_shown_in_its_file() {
    let (folder, library) = notes(NOTES);
    let mut session = Session::with(library).keys("1 g s");
    let [Effect::Source(wanted)] = session.effects.as_slice() else { panic!() };
    assert_eq!(*wanted.file, *folder.path().join("notes/sub/one.md"));
    let excerpt = crate::app::cut(wanted.clone(), NOTES[1].1, false);
    let inside = |stretches: &[(_, bool)]| stretches.iter().any(|(_, inside)| *inside);
    let shown = excerpt.lines.iter().filter(|(_, stretches)| inside(stretches)).count();
    assert_eq!(shown, 7, "a short file is one card");
    update(&mut session.state, Message::Source(excerpt));
    assert!(session.shows("7 ▌ Words of the part."), "{}", session.screen());
    session.press("esc");
    assert!(session.state.screens.is_empty());
}

#[test]
fn what_is_read_is_told_and_keys_work_meanwhile() {
    let (_folder, library) = notes(NOTES);
    let (folder, _) = notes(&[("a.md", "# A\n\n[[b]]\n"), ("b.md", "# B\n")]);
    let start = library::preview(&[folder.path().join("notes")], library::How::default()).unwrap();
    let mut session = Session::with(start);
    update(&mut session.state, Message::Progress(3, 4));
    assert!(session.shows("━───  75%") || session.shows(" 75%"), "{}", session.screen());
    session.press("]");
    assert!(session.shows("the rest is still being read"), "{}", session.screen());
    session.press("i type:tw");
    update(&mut session.state, Message::Loaded(Arc::new(library)));
    assert!(!session.shows("75%"));
    // What lies above the card stays, with what was typed and all that came.
    assert!(session.shows("Index") && session.shows("Two"), "{}", session.screen());
}

#[test]
fn a_rest_that_cannot_be_read_is_said_and_not_waited_for() {
    let (folder, _) = notes(&[("a.md", "# A\n\n[[b]]\n"), ("b.md", "# B\n")]);
    let start = library::preview(&[folder.path().join("notes")], library::How::default()).unwrap();
    let mut session = Session::with(start);
    update(&mut session.state, Message::Progress(3, 4));
    update(&mut session.state, Message::RestLost(Some(Notice::warning("a.md: no such file"))));
    assert!(session.shows("a.md: no such file; only the start is shown"), "{}", session.screen());
    assert!(!session.shows("75%"));
    for keys in ["]", "tab enter"] {
        session.press(keys);
        assert!(session.shows("only the start is shown"), "{}", session.screen());
        assert!(!session.shows("still being read"));
    }
}

#[test]
fn what_is_found_while_typing_stays_found_when_the_card_is_laid_out_anew() {
    let mut session = Session::bundled().keys("/ type:read down");
    assert!(session.shows("2 of "), "{}", session.screen());
    update(&mut session.state, Message::Resize(100, 30));
    assert!(session.shows("2 of "), "{}", session.screen());
    let library = Arc::clone(&session.state.library);
    update(&mut session.state, Message::Loaded(library));
    assert!(session.shows("2 of "), "{}", session.screen());
}

mod claims;
mod keeping;
mod problems;
mod searching;
mod selecting;
mod statistics;
mod studying;
mod ways;
