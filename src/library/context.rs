//! The sentence around a reference, for lists of what links to a page.

use super::mentions::{Mention, Spot};
use super::{Destination, Library, Page};
use crate::format;
use crate::model::{Briefing, Card, Phrase, Prose};
use crate::text::{Printable, PrintableBuf};

impl Library {
    /// The sentence around a mention, and the bytes of the link in it; for an entry of `see_also`
    /// its reason.
    pub fn context(&self, mention: &Mention) -> (Printable, std::ops::Range<usize>) {
        let (prose, link) = match (mention.from, mention.spot) {
            (Page::Overview(briefing), Spot::KeyPoint(at)) => {
                (self.briefing(briefing).and_then(|b| key_point(b, at)), None)
            }
            (Page::Card(index), spot) => match self.card(index) {
                Some(card) => prose_of(card, spot),
                None => (None, None),
            },
            _ => (None, None),
        };
        let Some(prose) = prose else { return (Printable::default(), 0..0) };
        match link.and_then(|link| bytes_of(prose, link)) {
            Some(bytes) => self.sentence(mention.from, &prose.source, bytes),
            None => (self.words(mention.from, &prose.source), 0..0),
        }
    }

    /// The words of the sentence of a Markdown text that holds `bytes`.
    fn sentence(
        &self,
        from: Page,
        source: &str,
        bytes: std::ops::Range<usize>,
    ) -> (Printable, std::ops::Range<usize>) {
        let before = source.get(..bytes.start).unwrap_or_default();
        let after = source.get(bytes.end..).unwrap_or_default();
        let starts = [". ", ".\n", "? ", "?\n", "! ", "!\n", "\n\n", "\n- ", "\n* ", "\n|", "|"];
        let start = starts.iter().filter_map(|s| before.rfind(s).map(|at| at + s.len())).max();
        let start = start.unwrap_or(0);
        let ends = [". ", ".\n", "? ", "?\n", "! ", "!\n"];
        let stops = ["\n\n", "\n- ", "\n* ", "\n|", "|"];
        let end = ends
            .iter()
            .filter_map(|e| after.find(e).map(|at| at + 1))
            .chain(stops.iter().filter_map(|e| after.find(e)))
            .min();
        let end = end.map_or(source.len(), |end| bytes.end + end);
        // What stands before the link, to know where its words are.
        let lead = self.words(from, source.get(start..bytes.start).unwrap_or_default());
        let link = self.words(from, source.get(bytes).unwrap_or_default());
        let all = self.words(from, source.get(start..end).unwrap_or_default());
        let near = lead.len();
        let at = memchr::memmem::find_iter(all.as_bytes(), link.as_bytes())
            .min_by_key(|at| at.abs_diff(near))
            .filter(|_| !link.is_empty());
        let range = at.map_or(0..0, |at| at..at + link.len());
        (all, range)
    }

    /// The words of a Markdown text, on one line.
    fn words(&self, from: Page, source: &str) -> Printable {
        let (phrases, body) =
            format::sentence(source.trim_start_matches(['-', '*', '>', '#', ' ', '|']));
        let mut words = PrintableBuf::default();
        for Phrase { text, link, .. } in &phrases {
            let link = link.and_then(|link| body.links.get(link)).filter(|link| !link.labelled);
            let title = link.and_then(|link| match self.leads_to(from, &link.target) {
                Destination::Page { page, .. } => Some(self.title(page)),
                _ => None,
            });
            words.push(title.as_ref().unwrap_or(text));
        }
        Printable::line(words.as_str())
    }
}

fn key_point(briefing: &Briefing, at: usize) -> Option<&Prose> {
    briefing.key_points.get(at).map(|point| &point.text).or(briefing.summary.as_ref())
}

fn prose_of(card: &Card, spot: Spot) -> (Option<&Prose>, Option<usize>) {
    match spot {
        Spot::SeeAlso(at) => (card.see_also.get(at).and_then(|r| r.why.as_deref()), None),
        Spot::BottomLine(link) => (card.bottom_line.as_ref(), Some(link)),
        Spot::Section(at, link) => (card.sections.get(at).map(|s| &s.text), Some(link)),
        Spot::Claim(at, link) => (card.claims.get(at).map(|c| &c.text), Some(link)),
        Spot::KeyPoint(_) => (None, None),
    }
}

/// The bytes of a link of a text.
fn bytes_of(prose: &Prose, link: usize) -> Option<std::ops::Range<usize>> {
    match prose.links().nth(link) {
        Some(link) => Some(link.bytes.start as usize..link.bytes.end as usize),
        // The places of links in large folders are not kept.
        None => format::links(&prose.source).into_iter().nth(link).map(|(_, bytes)| bytes),
    }
}
