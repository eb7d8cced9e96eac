//! The one type of text that may be drawn. Whatever comes from a document, a file name or an error
//! message becomes `Printable` before it reaches a screen, so that nothing in it can act on the
//! terminal and nothing in it stays hidden.

mod class;
mod stored;

use super::cluster::joins;
use class::{
    bidi_name, is_invisible, is_joiner, is_joining, is_lost_jamo, is_mark, is_noncharacter,
    is_pictograph, is_plain, is_right_to_left, is_typographic,
};
use std::borrow::Borrow;
use std::fmt;
use std::ops::{Deref, Range};
use unicode_width::UnicodeWidthChar;

/// Columns between tab stops.
const TAB: usize = 4;
/// Marks one base may carry; the rest is dropped and counted.
const MAX_MARKS: u32 = 8;
/// Zero-width joiners one emoji may hold: a family of four has three.
const MAX_JOINERS: u32 = 3;

/// What [`Printable`] made visible or took out of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Control characters (C0, DEL, C1), shown as stand-ins.
    pub controls: u32,
    /// Characters that reorder text (bidirectional controls), shown by name.
    pub bidi: u32,
    /// Characters without width that were taken out.
    pub invisible: u32,
    /// Combining marks beyond the limit, and characters that are not characters.
    pub malformed: u32,
}

impl Hidden {
    /// Whether the text was shown as it stands.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl std::ops::AddAssign for Hidden {
    fn add_assign(&mut self, more: Self) {
        self.controls = self.controls.saturating_add(more.controls);
        self.bidi = self.bidi.saturating_add(more.bidi);
        self.invisible = self.invisible.saturating_add(more.invisible);
        self.malformed = self.malformed.saturating_add(more.malformed);
    }
}

/// How line breaks and tabs of the source are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// One line: white space collapses, the ends are trimmed.
    Line,
    /// A piece of a line: a break becomes a space.
    Inline,
    /// Several lines: breaks stay.
    Lines,
}

/// Text that may be drawn on a terminal: no control characters (but line feeds, where lines are
/// allowed), no bidirectional controls, nothing invisible, at most eight marks on a base.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(Box<str>);

impl Printable {
    /// A single line: white space collapses and the ends are trimmed. For titles, names, messages.
    pub fn line(text: &str) -> Self {
        Self(clean(text, Mode::Line).0.into())
    }

    /// A piece of running text: line breaks become spaces, nothing is trimmed.
    pub fn inline(text: &str) -> Self {
        Self(clean(text, Mode::Inline).0.into())
    }

    /// Several lines, such as a code block: line feeds stay, tabs become spaces.
    pub fn lines(text: &str) -> Self {
        Self(clean(text, Mode::Lines).0.into())
    }

    /// What would be made visible or taken out if `text` were drawn.
    pub fn inspect(text: &str) -> Hidden {
        if Self::is_plain(text) {
            return Hidden::default();
        }
        clean(text, Mode::Lines).1
    }

    /// Whether nothing but characters that are drawn as they are, ends of lines and tabs stands in
    /// `text`: what is quick to tell of most texts.
    pub fn is_plain(text: &str) -> bool {
        are_plain(text, |c| matches!(c, '\n' | '\t'))
    }

    /// The text for drawing.
    pub fn as_printable(&self) -> PrintableStr<'_> {
        PrintableStr(&self.0)
    }

    /// The text for reading.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Printable {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Printable {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A borrowed piece of [`Printable`] text; the only thing the screen accepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrintableStr<'a>(&'a str);

impl<'a> PrintableStr<'a> {
    /// Text written in the program itself.
    pub const fn literal(text: &'static str) -> Self {
        Self(text)
    }

    /// A part of the text, empty if `range` is not on character boundaries.
    pub fn slice(self, range: Range<usize>) -> PrintableStr<'a> {
        PrintableStr(self.0.get(range).unwrap_or_default())
    }
}

impl Deref for PrintableStr<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        self.0
    }
}

impl From<PrintableStr<'_>> for Printable {
    fn from(text: PrintableStr<'_>) -> Self {
        Self(text.0.into())
    }
}

impl<'a> From<&'a Printable> for PrintableStr<'a> {
    fn from(text: &'a Printable) -> Self {
        text.as_printable()
    }
}

/// Text for drawing that is put together piece by piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintableBuf(String);

impl PrintableBuf {
    /// Appends text that is printable already.
    pub fn push<'a>(&mut self, text: impl Into<PrintableStr<'a>>) {
        self.0.push_str(text.into().0);
    }

    /// Appends text of the program itself.
    pub fn push_literal(&mut self, text: &'static str) {
        self.0.push_str(text);
    }

    /// Ends a line.
    pub fn push_newline(&mut self) {
        self.0.push('\n');
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The text for reading.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A part of the text for drawing, empty if `range` is not on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> PrintableStr<'_> {
        PrintableStr(&self.0).slice(range)
    }
}

/// Makes `text` printable and counts what was not.
fn clean(text: &str, mode: Mode) -> (String, Hidden) {
    if are_plain(text, |c| c == '\n' && mode == Mode::Lines) {
        let text = if mode == Mode::Line { collapse(text) } else { text.to_owned() };
        return (text, Hidden::default());
    }
    let mut hidden = Hidden::default();
    let shown = reveal(text, mode, &mut hidden);
    let tamed = tame(&shown, &mut hidden);
    let text = if mode == Mode::Line { collapse(&tamed) } else { tamed };
    (text, hidden)
}

/// Whether all characters are drawn as they are, or are of those that are `taken` besides. Most are
/// ASCII, of which a byte is a character.
fn are_plain(text: &str, taken: impl Fn(char) -> bool) -> bool {
    let is_fine =
        |byte: u8| matches!(byte, b' '..=b'~') || (byte.is_ascii() && taken(char::from(byte)));
    let mut rest = text;
    while let Some(at) = first_odd(rest.as_bytes(), is_fine) {
        let mut chars = rest.get(at..).unwrap_or_default().chars();
        if !chars.next().is_none_or(|c| is_plain(c) || taken(c)) {
            return false;
        }
        rest = chars.as_str();
    }
    true
}

/// The first byte that is not fine. Most texts have none, so many bytes are looked at together.
fn first_odd(bytes: &[u8], is_fine: impl Fn(u8) -> bool) -> Option<usize> {
    const TOGETHER: usize = 32;
    let are_fine = |some: &&[u8]| some.iter().fold(true, |all, byte| all & is_fine(*byte));
    let start = bytes.chunks_exact(TOGETHER).take_while(are_fine).count() * TOGETHER;
    let rest = bytes.get(start..).unwrap_or_default();
    rest.iter().position(|byte| !is_fine(*byte)).map(|at| start + at)
}

fn collapse(text: &str) -> String {
    let mut before = b' ';
    let is_single = text.bytes().all(|byte| {
        let fine = matches!(byte, b' '..=b'~') && !(byte == b' ' && before == b' ');
        before = byte;
        fine
    });
    if is_single && before != b' ' {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// First pass: single characters. Controls get stand-ins, invisible ones go.
fn reveal(text: &str, mode: Mode, hidden: &mut Hidden) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = 0;
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let start = out.len();
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push(if mode == Mode::Lines { '\n' } else { ' ' });
                column = 0;
            }
            '\t' if mode == Mode::Lines => {
                out.extend(std::iter::repeat_n(' ', TAB - column % TAB));
            }
            '\t' => out.push(' '),
            '\0'..='\u{1f}' => {
                hidden.controls += 1;
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => {
                hidden.controls += 1;
                out.push('\u{2421}');
            }
            '\u{80}'..='\u{9f}' => {
                hidden.controls += 1;
                out.extend([format!("⟨{:02X}⟩", u32::from(c))]);
            }
            _ => match bidi_name(c) {
                // Marks between letters of a right-to-left script belong to honest text.
                Some("ALM" | "LRM" | "RLM")
                    if before.is_some_and(is_right_to_left)
                        || chars.peek().copied().is_some_and(is_right_to_left) => {}
                Some(name) => {
                    hidden.bidi += 1;
                    out.push('⟨');
                    out.push_str(name);
                    out.push('⟩');
                }
                None if is_noncharacter(c) => {
                    hidden.malformed += 1;
                    out.push('\u{fffd}');
                }
                None if is_typographic(c) => {}
                None if is_invisible(c) => hidden.invisible += 1,
                None => out.push(c),
            },
        }
        before = Some(c);
        if mode == Mode::Lines {
            column += out.get(start..).map_or(0, |new| {
                new.chars().filter(|c| *c != '\n').filter_map(UnicodeWidthChar::width).sum()
            });
        }
    }
    out
}

/// Second pass: clusters. Marks are counted, joiners stay only where a script or an emoji needs
/// them.
fn tame(text: &str, hidden: &mut Hidden) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last: Option<char> = None;
    let (mut marks, mut joiners) = (0, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '\u{200d}' => {
                let emoji = joiners < MAX_JOINERS
                    && last.is_some_and(|l| is_pictograph(l) || l == '\u{fe0f}')
                    && next.is_some_and(|next| is_pictograph(next) && joins(&out, next));
                let script = last.is_some_and(is_joining)
                    && next.is_some_and(|n| is_joining(n) && !is_mark(n));
                if !(emoji || script) {
                    hidden.invisible += 1;
                    continue;
                }
                joiners += 1;
            }
            '\u{200c}' => {
                if !(last.is_some_and(is_joining) && next.is_some_and(is_joining)) {
                    hidden.invisible += 1;
                    continue;
                }
            }
            '\u{fe0f}' => {
                if last.is_none_or(|l| l == '\u{fe0f}' || l.is_whitespace() || is_joiner(l)) {
                    hidden.invisible += 1;
                    continue;
                }
            }
            // Half a syllable takes no columns, and would not be seen.
            _ if is_lost_jamo(last, c) => {
                hidden.malformed += 1;
                out.push('\u{fffd}');
                last = Some('\u{fffd}');
                continue;
            }
            _ if is_mark(c) => {
                if last.is_none_or(char::is_whitespace) && c.width().unwrap_or(0) == 0 {
                    out.push('◌');
                }
                marks += 1;
                if marks > MAX_MARKS {
                    hidden.malformed += 1;
                    continue;
                }
            }
            _ => {
                marks = 0;
                if last != Some('\u{200d}') {
                    joiners = 0;
                }
            }
        }
        out.push(c);
        last = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// Characters that must never reach a terminal, whatever the document holds.
    fn forbidden(c: char) -> bool {
        (c.is_control() && c != '\n')
            || bidi_name(c).is_some()
            || is_invisible(c)
            || is_typographic(c)
            || is_noncharacter(c)
            || matches!(c, '\u{2028}' | '\u{2029}')
    }

    fn shown(text: &str) -> String {
        Printable::lines(text).to_string()
    }

    #[test]
    fn plain_characters_stand_alone_and_stay() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            let text = format!("e{c}{c}e");
            let mut hidden = Hidden::default();
            let shown = tame(&reveal(&text, Mode::Lines, &mut hidden), &mut hidden);
            assert_eq!((shown, hidden), (text.clone(), Hidden::default()), "{c:?}");
            assert_eq!(text.graphemes(true).count(), 4, "{c:?}");
        }
    }

    #[test]
    fn shows_escape_sequences_instead_of_sending_them() {
        assert_eq!(shown("a\u{1b}[31mb"), "a␛[31mb");
    }

    #[test]
    fn shows_osc52_clipboard_payload() {
        assert_eq!(shown("\u{1b}]52;c;eA==\u{7}"), "␛]52;c;eA==␇");
    }

    #[test]
    fn shows_c1_controls_by_number() {
        assert_eq!(shown("A \u{9b}2J B"), "A ⟨9B⟩2J B");
        assert_eq!(shown("C \u{85} D"), "C \n D", "next line is a line break");
    }

    #[test]
    fn names_bidi_overrides() {
        assert_eq!(shown("user\u{202e} \u{2066}x"), "user⟨RLO⟩ ⟨LRI⟩x");
        assert_eq!(Printable::inspect("a\u{202e}").bidi, 1);
    }

    #[test]
    fn counts_what_is_invisible_and_finds_words_whole() {
        assert_eq!(
            shown("pass\u{200b}word pass\u{2060}word pass\u{ad}word"),
            "password password password"
        );
        assert_eq!(Printable::inspect("pass\u{200b}word").invisible, 1);
        assert!(Printable::inspect("pass\u{ad}word").is_none(), "soft hyphens are honest");
    }

    #[test]
    fn drops_smuggled_tags() {
        let smuggled: String =
            "ignore".chars().map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap()).collect();
        assert_eq!(shown(&format!("Hello{smuggled} world")), "Hello world");
    }

    #[test]
    fn caps_marks_at_eight() {
        let zalgo = format!("Z{}algo", "\u{301}".repeat(2000));
        assert_eq!(shown(&zalgo), format!("Z{}algo", "\u{301}".repeat(8)));
    }

    #[test]
    fn half_a_syllable_is_seen() {
        assert_eq!(shown("x\u{d7df}\u{11ab}y"), "x\u{fffd}\u{fffd}y");
        assert_eq!(shown("\u{ac01}\u{1161}"), "\u{ac01}\u{fffd}");
        let whole = "\u{1112}\u{1161}\u{11ab}\u{ae00}\u{11ab}";
        assert_eq!(shown(whole), whole);
    }

    #[test]
    fn gives_a_mark_without_a_base_a_dotted_circle() {
        assert_eq!(shown("\u{301} x"), "◌\u{301} x");
    }

    #[test]
    fn breaks_a_flood_of_joined_emoji() {
        let flood = shown(&"👨\u{200d}".repeat(200));
        assert!(crate::text::clusters(&flood).all(|c| c.chars().count() <= 10));
    }

    #[test]
    fn drops_a_joiner_between_pictures_that_do_not_join() {
        assert_eq!(shown("\0\u{200d}👧"), "␀👧");
        assert_eq!(shown("→\u{200d}👧"), "→👧");
        assert_eq!(shown("👋🏽\u{200d}👧"), "👋🏽\u{200d}👧");
    }

    #[test]
    fn expands_tabs_to_stops_of_four() {
        assert_eq!(shown("a\tb\tc"), "a   b   c");
        assert_eq!(shown("\tx\nab\tc"), "    x\nab  c");
        assert_eq!(Printable::line("a\tb").as_str(), "a b");
    }

    #[test]
    fn carriage_return_alone_is_shown() {
        assert_eq!(shown("pay 10\rpay 99"), "pay 10␍pay 99");
        assert_eq!(shown("a\r\nb"), "a\nb");
    }

    #[test]
    fn leaves_honest_scripts_alone() {
        for text in [
            "عربي و English",
            "מסמך בעברית עם 123",
            "می\u{200c}خواهم",
            "日本語 한국어 ไทย हिन्दी தமிழ்",
            "क्ष क्\u{200d}ष ที่นี่ நிலை",
            "👨\u{200d}👩\u{200d}👧\u{200d}👦 👩\u{200d}💻 🏳\u{fe0f}\u{200d}🌈 👋🏽 🇪🇨 1\u{fe0f}\u{20e3} ❤\u{fe0f}",
            "“counter‑narco‑terrorism” — naïve café",
            "שלום\u{200f}!",
        ] {
            let hidden = Printable::inspect(text);
            assert!(hidden.is_none(), "{text}: {hidden:?}");
            assert_eq!(shown(text), text.replace('\u{200f}', ""), "{text}");
        }
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(Printable::line("  a \n\n b\u{2028}c ").as_str(), "a b c");
        assert_eq!(Printable::inline(" a\nb ").as_str(), " a b ");
    }

    proptest! {
        #[test]
        fn never_lets_a_forbidden_character_out(text in "\\PC*|.*|[\\x00-\\x1f\u{200b}-\u{206f}a\u{301}\u{200d}👨क]*") {
            for out in [Printable::line(&text), Printable::inline(&text), Printable::lines(&text)] {
                prop_assert!(!out.chars().any(forbidden), "{out:?}");
            }
        }

        #[test]
        fn is_stable(text in "(\\PC|[\u{200b}-\u{206f}\u{301}\u{200d}\u{fe0f}👨👩क\u{94d}\u{61c}\n\t ]){0,40}") {
            let once = Printable::lines(&text);
            prop_assert_eq!(Printable::lines(&once), once);
        }

        #[test]
        fn never_empties_what_has_width(text in "[a-zA-Zäöüßéñ漢字한글]{1,20}") {
            let out = Printable::lines(&text);
            prop_assert_eq!(out.as_str(), text.as_str());
        }
    }
}
