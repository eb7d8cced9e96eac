//! What the program writes, seen by two terminal emulators that share no code for the screen: both
//! are to show the same cells, whatever is read and done.

use crate::pty::{Start, Terminal};
use alacritty_terminal::Term;
use alacritty_terminal::event::VoidListener;
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line, Point};
use alacritty_terminal::term::cell::{Cell, Flags};
use alacritty_terminal::term::test::TermSize;
use alacritty_terminal::term::{Config, TermMode};
use alacritty_terminal::vte::ansi::{Color, Processor};

/// A terminal with a second emulator beside it, which gets the same bytes.
struct Pair {
    first: Terminal,
    second: Term<VoidListener>,
    processor: Processor,
    /// Bytes that the second has had.
    fed: usize,
    /// Its modes before there was any.
    before: TermMode,
    /// Cells that were compared and equal, those with more than ASCII, those that have a style.
    compared: [usize; 3],
}

/// How a cell is drawn: bold, dim, italic, underlined, reversed; the two colours.
type Drawn = ([bool; 5], [vt100::Color; 2]);

const PLAIN: Drawn = ([false; 5], [vt100::Color::Default; 2]);

impl Pair {
    fn open(start: Start) -> Self {
        let (columns, rows) = start.size;
        let size = TermSize::new(columns.into(), rows.into());
        let second = Term::new(Config::default(), &size, VoidListener);
        let before = *second.mode();
        let (first, processor) = (start.run(), Processor::new());
        Self { first, second, processor, fed: 0, before, compared: [0; 3] }
    }

    fn feed(&mut self) {
        self.processor.advance(&mut self.second, &self.first.raw[self.fed..]);
        self.fed = self.first.raw.len();
    }

    /// Changes the size, waits until all is drawn, and compares.
    fn drawn_in(&mut self, (columns, rows): (u16, u16)) {
        // The second has to have what the first has, so that both change at the same byte.
        self.feed();
        self.first.resize(columns, rows);
        self.second.resize(TermSize::new(columns.into(), rows.into()));
        self.first.wait_until("lines across the screen", |screen| {
            let text = screen.contents();
            let lines: Vec<&str> = text.lines().collect();
            let across = |at: usize| lines.get(at).is_some_and(|line| line.starts_with("────"));
            lines.len() == usize::from(rows) && across(1) && across(lines.len() - 2)
        });
        self.assert_same(&format!("in {columns} columns and {rows} rows"));
    }

    /// Sends keys, waits for words on the screen, and compares.
    fn after(&mut self, keys: &str, words: &str) {
        self.first.send(keys);
        self.first.wait_for(words);
        self.assert_same(&format!("after {keys:?}"));
    }

    /// The same when words are gone.
    fn without(&mut self, keys: &str, words: &str) {
        self.first.send(keys);
        self.first.wait_for_none_of(words);
        self.assert_same(&format!("after {keys:?}, without {words}"));
    }

    fn assert_same(&mut self, when: &str) {
        self.feed();
        let (first, second) = (self.first.emulator(), self.second.grid());
        let (rows, columns) = first.size();
        let (rows, columns) = (u16::from(rows), u16::from(columns));
        assert_eq!(second.screen_lines(), usize::from(rows), "{when}");
        assert_eq!(second.columns(), usize::from(columns), "{when}");
        let mut wrong = Vec::new();
        for row in 0..rows {
            let cells: Vec<_> =
                (0..columns).map(|column| first.cell(row, column).unwrap()).collect();
            // A sign that a picture is meant: the first then gives it two columns, the second one.
            if cells.iter().any(|cell| cell.contents().contains('\u{fe0f}')) {
                continue;
            }
            for (column, one) in (0..).zip(cells) {
                let other = &second[Point::new(Line(row.into()), Column(column))];
                let (text, other_text) = (text_of(one), text_in(other));
                let (style, mut other_style) = (style_of(one), style_in(other));
                // The second half of a wide character has a style in the second only.
                if one.is_wide_continuation() {
                    other_style = style;
                }
                // What is left of a wide character of which half was written over is a blank in both, and
                // keeps the colour of its letters in one of them: nobody sees that.
                if text == " " && (style.0, other_style.0) == (PLAIN.0, PLAIN.0) {
                    other_style.1[0] = style.1[0];
                }
                if text != other_text || style != other_style {
                    let (one, other) = ((text, style), (other_text, other_style));
                    wrong.push(format!("{row};{column}: {one:?}, {other:?}"));
                    continue;
                }
                self.compared[0] += 1;
                self.compared[1] += usize::from(!text.is_ascii());
                self.compared[2] += usize::from(style != PLAIN);
            }
        }
        let wrong = wrong.join("\n");
        assert!(wrong.is_empty(), "{when}\n{wrong}\n{}", self.first.screen());
        self.assert_same_modes(when);
    }

    fn assert_same_modes(&self, when: &str) {
        let (first, modes) = (self.first.emulator(), self.second.mode());
        let mouse = first.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        for (one, other) in [
            (first.alternate_screen(), TermMode::ALT_SCREEN),
            (first.bracketed_paste(), TermMode::BRACKETED_PASTE),
            (!first.hide_cursor(), TermMode::SHOW_CURSOR),
            (mouse, TermMode::MOUSE_MODE),
        ] {
            assert_eq!(one, modes.intersects(other), "{when}: {other:?}");
        }
        if !first.hide_cursor() {
            let at = self.second.grid().cursor.point;
            let at = (u16::try_from(at.line.0).unwrap(), u16::try_from(at.column.0).unwrap());
            let (row, column) = first.cursor_position();
            // Behind the last column the second counts it to that column.
            let last = u16::from(first.size().1) - 1;
            assert_eq!((row, column.min(last)), at, "{when}");
        }
    }

    /// Ends the program: both terminals are as they were.
    fn close(mut self) -> [usize; 3] {
        self.first.send("Q");
        assert_eq!(self.first.wait_for_end(), 0);
        self.assert_same("after the end");
        self.first.assert_restored();
        assert_eq!(*self.second.mode(), self.before);
        self.compared
    }
}

fn text_of(cell: &vt100::Cell) -> String {
    match cell.contents() {
        "" if cell.is_wide_continuation() => String::new(),
        "" => " ".to_owned(),
        text => text.to_owned(),
    }
}

fn text_in(cell: &Cell) -> String {
    if cell.flags.contains(Flags::WIDE_CHAR_SPACER) {
        return String::new();
    }
    std::iter::once(cell.c).chain(cell.zerowidth().into_iter().flatten().copied()).collect()
}

fn style_of(cell: &vt100::Cell) -> Drawn {
    let marks = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    (marks, [cell.fgcolor(), cell.bgcolor()])
}

fn style_in(cell: &Cell) -> Drawn {
    let marks = [Flags::BOLD, Flags::DIM, Flags::ITALIC, Flags::UNDERLINE, Flags::INVERSE];
    (marks.map(|mark| cell.flags.contains(mark)), [cell.fg, cell.bg].map(colour))
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Named(name) => {
            u8::try_from(name as usize).map_or(vt100::Color::Default, vt100::Color::Idx)
        }
        Color::Indexed(number) => vt100::Color::Idx(number),
        Color::Spec(rgb) => vt100::Color::Rgb(rgb.r, rgb.g, rgb.b),
    }
}

/// Looks at much of the bundled briefing.
fn look(start: Start) -> [usize; 3] {
    let mut pair = Pair::open(start);
    pair.after("", "The notes explain an official");
    // What is found in another card was read.
    pair.after("sfbi", "The agencies");
    pair.without("\x1b", "The agencies");
    pair.after("\tK", "Peek");
    pair.without("\x1b", "Peek");
    pair.after("/coordination", "1 of ");
    pair.after("\rn", "2 of ");
    pair.without("\x1b", "2 of ");
    pair.after("]", "2/25");
    pair.after("Gp", "1/25");
    for (keys, words) in [("t", "Contents"), ("?", "Keys"), (":", "Commands"), ("o", "Open")] {
        pair.after(keys, words);
        pair.without("\x1b", words);
    }
    for size in [(120, 40), (33, 13), (200, 60), (80, 24)] {
        pair.drawn_in(size);
    }
    pair.close()
}

#[test]
fn two_emulators_show_the_same() {
    for size in [(80, 24), (120, 40)] {
        let [_, other, styled] = look(Start { size, ..Start::default() });
        assert!(other > 500 && styled > 5000, "{other} {styled}");
    }
    look(Start { env: vec![("NO_COLOR", "1")], ..Start::default() });
    look(Start { args: vec!["--theme", "light"], ..Start::default() });
}

/// Wide characters, marks, joined and flagged emoji, in all that is drawn.
const WIDE: &str = "# 漢字 e\u{301} 👋🏽\n\n日本語の文章は、空白なしで続きます。長い行は折り返されます。全角文字は二桁を占めます。\n\n\
    한국어 문장 a\u{308}o\u{302}\u{323} Z\u{351}\u{36b}algo ｶﾅ ＡＢＣ → ½ ﬁ ☺ ❤ 😀 **太字 b\u{304}** *斜体* `等幅 コード`\n\n\
    👨\u{200d}👩\u{200d}👧\u{200d}👦 👩\u{200d}💻 🏳\u{fe0f}\u{200d}🌈 🇪🇨 1\u{fe0f}\u{20e3} ❤\u{fe0f} ☁\u{fe0f} end\n\n\
    हिन्दी क्षत्रिय ไทยที่นี่ தமிழ் עִבְרִית العَرَبِيَّة\n\n\
    | 見出し | b |\n|---|--:|\n| 表の中 | 1 |\n| e\u{301}e\u{301} | 👍👍 |\n\n\
    > 引用 「かぎ括弧」\n> - 項目 [別の札](#次の札)\n\n```\n行 👀 コード e\u{301}\n```\n\n## 次の札\n\n終わり。\n";

#[test]
fn two_emulators_show_the_same_of_all_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("広い.md");
    std::fs::write(&file, WIDE).unwrap();
    for size in [(80, 24), (120, 40), (37, 30)] {
        let start = Start { odd_args: vec![file.as_os_str()], size, ..Start::default() };
        let mut pair = Pair::open(start);
        pair.after("", "漢字");
        pair.after("t", "Contents");
        pair.without("\x1b", "Contents");
        pair.after("/項目", "1 of ");
        pair.without("\x1b", "1 of ");
        pair.after("]", "終わり");
        // Nothing is left of characters that were drawn each for itself.
        let screen = pair.first.screen();
        let body: String = screen.lines().skip(5).collect();
        assert!(!body.contains(['\u{93f}', '🌈', '👩', '👧', '🏽', '🇨']), "{screen}");
        pair.after("[", "한국어");
        for size in [(41, 12), (100, 50), (24, 13), (80, 24)] {
            pair.drawn_in(size);
        }
        let [_, other, _] = pair.close();
        assert!(other > 500, "{other}");
    }
}
