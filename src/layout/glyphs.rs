//! The signs rows are drawn with, in Unicode and in ASCII.

use crate::model::{Basis, Standing};

/// A set of signs. All signs but `ellipsis`, `dash` and, in ASCII, the numbers of links take one column.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Beside the bottom line.
    pub bar: &'static str,
    /// Beside text that rests on the document, on other sources, on the editor.
    pub basis: [&'static str; 3],
    /// Beside a quotation.
    pub quote: &'static str,
    /// A line across.
    pub rule: &'static str,
    /// Between columns, and in corners of boxes: horizontal, vertical, then the four corners.
    pub frame: [&'static str; 6],
    /// Where a line down meets a line across: the upper one, the lower one.
    pub joints: [&'static str; 2],
    /// Before the items of a list, by depth.
    pub bullets: [&'static str; 3],
    /// A task: open, done.
    pub tasks: [&'static str; 2],
    /// What checking showed, in the order of [`Standing::ALL`].
    pub standings: [&'static str; 6],
    /// How far a card was read: begun, read, understood, to be read again.
    pub states: [&'static str; 4],
    /// A card that has changed since it was read.
    pub changed: &'static str,
    /// A card that the reader put a note or a highlight on.
    pub noted: &'static str,
    /// Between things on one line.
    pub dot: &'static str,
    /// Where something was cut off.
    pub ellipsis: &'static str,
    /// Between a thing and what is said of it.
    pub dash: &'static str,
    /// Points from one thing to another, and back.
    pub arrows: [&'static str; 2],
    /// Numbers 1 to 9 of visible links, all of one width.
    pub numbers: [&'static str; 9],
    /// Instead of a number, where those have run out.
    pub unnumbered: &'static str,
    /// Before the number of a paragraph.
    pub paragraph: &'static str,
    /// The chosen line, the present card.
    pub pointer: &'static str,
    /// Between a briefing and its card.
    pub within: &'static str,
    /// A scroll bar: track and thumb.
    pub scroll: [&'static str; 2],
    /// A bar of progress: what is done, what is not.
    pub progress: [&'static str; 2],
    /// Bars of a chart, from none to a full row.
    pub levels: &'static [&'static str],
    /// How much, from nothing to most, as shades.
    pub shades: [&'static str; 5],
    /// Branches of a tree: a further child, the last child, a line passing by.
    pub tree: [&'static str; 3],
    /// Lines by the sides they reach: 1 up, 2 down, 4 left, 8 right, added up.
    pub wires: [&'static str; 16],
}

impl Glyphs {
    /// For terminals that show Unicode.
    pub const UNICODE: &'static Self = &Self {
        bar: "▌",
        basis: ["│", "┆", "┊"],
        quote: "▏",
        rule: "─",
        frame: ["─", "│", "┌", "┐", "└", "┘"],
        joints: ["┬", "┴"],
        bullets: ["•", "◦", "▪"],
        tasks: ["☐", "☑"],
        standings: ["✓", "◐", "≈", "≠", "?", "·"],
        states: ["◦", "•", "✓", "↻"],
        changed: "≠",
        noted: "✎",
        dot: "·",
        ellipsis: "…",
        dash: "—",
        arrows: ["→", "←"],
        numbers: ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"],
        unnumbered: "⁺",
        paragraph: "¶",
        pointer: "▸",
        within: "›",
        scroll: ["│", "┃"],
        progress: ["━", "─"],
        levels: &[" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        shades: ["·", "░", "▒", "▓", "█"],
        tree: ["├", "└", "│"],
        wires: [" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"],
    };

    /// For terminals that do not.
    pub const ASCII: &'static Self = &Self {
        bar: "|",
        basis: ["|", ":", "."],
        quote: ">",
        rule: "-",
        frame: ["-", "|", "+", "+", "+", "+"],
        joints: ["+", "+"],
        bullets: ["*", "-", "+"],
        tasks: ["o", "x"],
        standings: ["+", "1", "~", "!", "?", "-"],
        states: [".", "+", "*", "~"],
        changed: "!",
        noted: "*",
        dot: "-",
        ellipsis: "...",
        dash: "--",
        arrows: [">", "<"],
        numbers: ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9]"],
        unnumbered: "[+]",
        paragraph: "p",
        pointer: ">",
        within: ">",
        scroll: ["|", "#"],
        progress: ["#", "."],
        levels: &[" ", ".", ":", "#"],
        shades: [".", ":", "+", "*", "#"],
        tree: ["|", "`", "|"],
        wires: [" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"],
    };

    /// The bar beside text of a basis.
    pub fn basis(&self, basis: Basis) -> &'static str {
        let [document, background, editor] = self.basis;
        match basis {
            Basis::Document => document,
            Basis::Background => background,
            Basis::Editor => editor,
        }
    }

    /// The sign of a standing.
    pub fn standing(&self, standing: Standing) -> &'static str {
        let at = Standing::ALL.iter().position(|s| *s == standing).unwrap_or(0);
        self.standings.get(at).copied().unwrap_or("?")
    }

    /// The number of a visible link, from 0.
    pub fn number(&self, index: usize) -> &'static str {
        self.numbers.get(index).copied().unwrap_or(self.unnumbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn ascii_is_ascii_and_signs_take_one_column() {
        for glyphs in [Glyphs::UNICODE, Glyphs::ASCII] {
            let all = [
                &glyphs.basis[..],
                &glyphs.frame[..],
                &glyphs.joints[..],
                &glyphs.bullets[..],
                &glyphs.tasks[..],
                &glyphs.standings[..],
                &glyphs.arrows[..],
                &glyphs.scroll[..],
                &glyphs.tree[..],
                &glyphs.wires[..],
                &[glyphs.bar, glyphs.quote, glyphs.rule, glyphs.dot],
                &[glyphs.paragraph, glyphs.pointer, glyphs.within],
            ];
            for sign in all.into_iter().flatten() {
                assert_eq!(width(sign), 1, "{sign}");
                assert!(sign.is_ascii() || glyphs == Glyphs::UNICODE, "{sign}");
            }
            let columns = width(glyphs.numbers[0]);
            for sign in glyphs.numbers.iter().chain([&glyphs.unnumbered]) {
                assert_eq!((width(sign), sign.chars().count()), (columns, columns), "{sign}");
                assert!(sign.is_ascii() || glyphs == Glyphs::UNICODE, "{sign}");
            }
        }
    }
}
