//! What a user can set, other than keys and colours.

use crate::layout::Glyphs;
use crate::search::Reach;

/// Columns of a line of text.
pub const MEASURES: std::ops::RangeInclusive<usize> = 60..=84;

/// What a user can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    /// Columns of a line of text.
    pub measure: usize,
    /// The signs to draw with.
    pub glyphs: &'static Glyphs,
    /// Whether there are colours to tell things apart by.
    pub colours: bool,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether something may stand beside the text.
    pub rail: bool,
    /// Whether the answers to questions are shown.
    pub answers: bool,
    /// Whether the clipboard of the terminal may be written to.
    pub copy: bool,
    /// The form in which citations are copied.
    pub copy_as: CopyAs,
    /// Which mentions of other cards have quiet links.
    pub autolink: Reach,
}

/// The form of a citation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CopyAs {
    /// A line of text.
    #[default]
    Text,
    /// Markdown: a quotation and a line below it.
    Markdown,
    /// An entry for BibTeX.
    Bibtex,
}

impl CopyAs {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Bibtex];

    /// The word for it in the settings.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Bibtex => "bibtex",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 76,
            glyphs: Glyphs::UNICODE,
            colours: true,
            mouse: true,
            rail: true,
            answers: false,
            copy: true,
            copy_as: CopyAs::Text,
            autolink: Reach::default(),
        }
    }
}

impl Settings {
    /// Whether only ASCII may be drawn.
    pub fn ascii(&self) -> bool {
        self.glyphs == Glyphs::ASCII
    }
}
