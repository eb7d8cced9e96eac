//! What a user can set, other than keys and colours.

use crate::layout::Glyphs;

/// Columns of a line of text.
pub const MEASURES: std::ops::RangeInclusive<usize> = 60..=84;

/// What a user can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Columns of a line of text.
    pub measure: usize,
    /// The signs to draw with.
    pub glyphs: &'static Glyphs,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether something may stand beside the text.
    pub rail: bool,
    /// Whether the answers to questions are shown.
    pub answers: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { measure: 76, glyphs: Glyphs::UNICODE, mouse: true, rail: true, answers: false }
    }
}

impl Settings {
    /// Whether only ASCII may be drawn.
    pub fn ascii(&self) -> bool {
        self.glyphs == Glyphs::ASCII
    }
}
