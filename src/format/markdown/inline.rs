//! Running text: words in one style become a phrase.

use super::marked::{MARK, Within, pairs};
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

    /// The phrases gathered so far. `is_titled` says whether the words of a link are not its own.
    pub fn take(&mut self, is_titled: impl Fn(usize) -> bool) -> Vec<Phrase> {
        self.flush();
        let phrases = std::mem::take(&mut self.phrases);
        if phrases.iter().any(|phrase| phrase.text.contains(MARK)) {
            return highlighted(phrases, is_titled);
        }
        phrases
    }

    /// Bytes gathered so far.
    pub fn length(&self) -> usize {
        self.phrases.iter().map(|p| p.text.len()).sum::<usize>() + self.pending.len()
    }
}

/// Phrases without the signs around marked words, which become phrases of their own.
fn highlighted(phrases: Vec<Phrase>, is_titled: impl Fn(usize) -> bool) -> Vec<Phrase> {
    let is_free = |phrase: &Phrase| {
        let marks = phrase.marks;
        !marks.code && !marks.note && !phrase.link.is_some_and(&is_titled)
    };
    let line: String = phrases.iter().map(|phrase| phrase.text.as_str()).collect();
    let starts: Vec<usize> = phrases
        .iter()
        .scan(0, |at, phrase| {
            *at += phrase.text.len();
            Some(*at - phrase.text.len())
        })
        .collect();
    let of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    let pairs = pairs(&line, Within::Text, |at| {
        // A sign that two phrases share is none.
        of(at) == of(at + 1) && phrases.get(of(at)).is_some_and(is_free)
    });
    let mut signs = pairs.into_iter().flat_map(|(open, close)| [open, close]).peekable();
    let mut highlight = false;
    let mut out = Vec::with_capacity(phrases.len());
    for (phrase, start) in phrases.into_iter().zip(starts) {
        let end = start + phrase.text.len();
        let mut from = start;
        let mut put = |range: std::ops::Range<usize>, highlight: bool| {
            if !range.is_empty() {
                let text = phrase.text.as_printable().slice(range.start - start..range.end - start);
                let marks = Marks { highlight, ..phrase.marks };
                out.push(Phrase { text: text.into(), marks, link: phrase.link });
            }
        };
        while let Some(sign) = signs.next_if(|sign| *sign < end) {
            put(from..sign, highlight);
            highlight = !highlight;
            from = sign + MARK.len();
        }
        put(from..end, highlight);
    }
    out
}
