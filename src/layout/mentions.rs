//! Quiet links in running text: where something is mentioned that nobody linked to.

use super::flow::Flow;
use super::piece::{Piece, Words};
use super::{Layout, Role};
use crate::format::Line;
use crate::model::Phrase;
use std::ops::Range;

/// The mentions in a line whose phrases are laid out one after the other.
#[derive(Default)]
pub struct Mentions {
    /// Their bytes in the line with their links, ascending.
    found: Vec<(Range<usize>, usize)>,
    /// The byte of the line at which the next phrase starts.
    at: usize,
}

impl Mentions {
    /// Asks for the mentions in some phrases.
    pub fn new(flow: &mut Flow, phrases: &[Phrase]) -> Self {
        let found = flow.links.mentions(&Line::new(phrases)).into_iter();
        let found = found.map(|(bytes, target)| (bytes, flow.quiet_link(&target)));
        Self { found: found.collect(), at: 0 }
    }

    /// Goes over a phrase that is a link.
    pub fn skip(&mut self, phrase: &Phrase) {
        self.at += phrase.text.len();
    }

    /// A phrase as pieces, parted where mentions start and end.
    pub fn pieces<'p>(&mut self, phrase: &'p Phrase, role: Role, out: &mut Vec<Piece<'p>>) {
        let (start, length) = (self.at, phrase.text.len());
        self.at += length;
        let mut from = 0;
        let after = self.found.partition_point(|(bytes, _)| bytes.end <= start);
        for (bytes, link) in self.found.get(after..).unwrap_or_default() {
            let own =
                bytes.start.max(start) - start..bytes.end.min(start + length).max(start) - start;
            if own.start >= length {
                break;
            }
            piece(phrase, from..own.start, role, None, out);
            piece(phrase, own.clone(), Role::Mention, Some(*link), out);
            from = own.end;
        }
        piece(phrase, from..length, role, None, out);
    }
}

/// Puts the links that the author wrote first: their numbers do not depend on the others.
pub fn quiet_links_last(layout: &mut Layout) {
    let links = &mut layout.links;
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by_key(|at| links.get(*at).is_some_and(|link| link.is_quiet));
    let mut places = vec![0; order.len()];
    for (new, old) in order.into_iter().enumerate() {
        if let Some(place) = places.get_mut(old) {
            *place = new;
        }
    }
    links.sort_by_key(|link| link.is_quiet);
    for run in layout.rows.iter_mut().flat_map(|row| &mut row.runs) {
        run.link = run.link.and_then(|link| places.get(link).copied());
    }
}

fn piece<'p>(
    phrase: &'p Phrase,
    bytes: Range<usize>,
    role: Role,
    link: Option<usize>,
    out: &mut Vec<Piece<'p>>,
) {
    let whole = bytes == (0..phrase.text.len());
    if bytes.is_empty() && !whole {
        return;
    }
    let words = Words::Of(phrase.text.as_printable().slice(bytes));
    out.push(Piece { words, role, marks: phrase.marks, link, ornament: false });
}
