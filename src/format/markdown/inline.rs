//! Running text: words in one style become a phrase.

use crate::model::{Marks, Phrase};
use crate::text::Printable;

/// Running text that is being gathered.
#[derive(Default)]
pub struct Inline {
    pub phrases: Vec<Phrase>,
    /// Words not yet made into a phrase, so that one sanitising pass sees them together.
    pub pending: String,
    pub emphasis: usize,
    pub strong: usize,
    pub strike: usize,
    pub link: Option<usize>,
    /// Open links, whether they count or not.
    pub links_open: usize,
    /// Words of the images that are open, to be shown if they have no others.
    pub images: Vec<(usize, String)>,
    /// Whether the words of the open link are left to its target.
    pub unnamed: bool,
}

impl Inline {
    /// How the words that come next are set.
    pub fn marks(&self) -> Marks {
        Marks {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            strike: self.strike > 0,
            ..Marks::default()
        }
    }

    /// Makes a phrase of what is pending; called whenever the style changes.
    pub fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = Printable::inline(&std::mem::take(&mut self.pending));
            let phrase = Phrase { text, marks: self.marks(), link: self.link };
            self.phrases.push(phrase);
        }
    }

    /// Adds words in a style of their own.
    pub fn push(&mut self, text: Printable, marks: Marks) {
        self.flush();
        self.phrases.push(Phrase { text, marks, link: self.link });
    }

    /// The phrases gathered so far.
    pub fn take(&mut self) -> Vec<Phrase> {
        self.flush();
        std::mem::take(&mut self.phrases)
    }

    /// Bytes gathered so far.
    pub fn length(&self) -> usize {
        self.phrases.iter().map(|p| p.text.len()).sum::<usize>() + self.pending.len()
    }
}
