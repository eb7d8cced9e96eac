//! Who refers to whom: the references of all pages, in both directions, and those that lead
//! nowhere.

use super::{Destination, Library, Page};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::model::{Briefing, Card, CardId, Cited, Phrase, Prose, Reference, Target};
use crate::text::{Printable, PrintableBuf};

/// Broken references for which the name that was meant is looked for.
const MOST_SUGGESTED: usize = 100;

/// Where in a page a reference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Entry of `see_also`.
    SeeAlso(usize),
    /// Link in the bottom line.
    BottomLine(usize),
    /// Link in a section.
    Section(usize, usize),
    /// Link in a claim.
    Claim(usize, usize),
    /// Card of a key point of the overview.
    KeyPoint(usize),
}

/// A reference from a page to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The page it stands on.
    pub from: Page,
    /// The card it leads to.
    pub to: usize,
    /// Where on the page.
    pub spot: Spot,
}

/// All references of a library.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order of the pages they stand on, a page's own `see_also` last.
    all: Vec<Mention>,
    /// Indices into `all`, in the order of the cards they lead to.
    into: Vec<usize>,
    /// For each card the end of its backlinks in `into`.
    into_ends: Vec<usize>,
}

impl Mentions {
    pub fn new(library: &Library) -> (Self, Vec<(usize, Diagnostic)>) {
        let mut gather = Gather { library, all: Vec::new(), found: Vec::new(), suggested: 0 };
        for index in 0..library.documents.len() {
            gather.briefing(index);
        }
        let overview = gather.all.len();
        for index in 0..library.card_count() {
            gather.card(index);
        }
        // References of overviews come last.
        gather.all.rotate_left(overview);
        let all = gather.all;
        let mut into: Vec<usize> = (0..all.len()).collect();
        into.sort_by_key(|at| all.get(*at).map(|mention| mention.to));
        let mut into_ends = vec![0; library.card_count()];
        for mention in &all {
            if let Some(count) = into_ends.get_mut(mention.to) {
                *count += 1;
            }
        }
        let mut end = 0;
        for count in &mut into_ends {
            end += *count;
            *count = end;
        }
        (Self { all, into, into_ends }, gather.found)
    }
}

fn slice_of<'a, T>(all: &'a [T], ends: &[usize], index: usize) -> &'a [T] {
    let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(index).and_then(|end| all.get(start..*end)).unwrap_or_default()
}

struct Gather<'a> {
    library: &'a Library,
    all: Vec<Mention>,
    found: Vec<(usize, Diagnostic)>,
    suggested: usize,
}

impl Gather<'_> {
    fn briefing(&mut self, index: usize) {
        let library = self.library;
        let Some(briefing) = library.briefing(index) else { return };
        let page = Page::Overview(index);
        for (at, point) in briefing.key_points.iter().enumerate() {
            self.names(page, &point.cards, Some(Spot::KeyPoint(at)));
            self.prose(page, &point.text, |_| Spot::KeyPoint(at));
        }
        for gap in &briefing.gaps {
            self.names(page, &gap.cards, None);
        }
        if let Some(start) = &briefing.start {
            self.names(page, std::slice::from_ref(start), None);
        }
        let proses = [&briefing.summary, &briefing.as_of_note];
        for prose in proses.into_iter().flatten() {
            self.prose(page, prose, |_| Spot::KeyPoint(usize::MAX));
        }
    }

    fn card(&mut self, index: usize) {
        let library = self.library;
        let Some(card) = library.card(index) else { return };
        let page = Page::Card(index);
        if let Some(prose) = &card.bottom_line {
            self.prose(page, prose, Spot::BottomLine);
        }
        for (at, section) in card.sections.iter().enumerate() {
            self.prose(page, &section.text, |link| Spot::Section(at, link));
        }
        for (at, claim) in card.claims.iter().enumerate() {
            self.prose(page, &claim.text, |link| Spot::Claim(at, link));
        }
        for (at, reference) in card.see_also.iter().enumerate() {
            self.reference(page, reference, Spot::SeeAlso(at));
        }
    }

    fn prose(&mut self, page: Page, prose: &Prose, spot: impl Fn(usize) -> Spot) {
        for (link, reference) in prose.links.iter().enumerate() {
            self.reference(page, reference, spot(link));
        }
    }

    fn reference(&mut self, from: Page, reference: &Reference, spot: Spot) {
        match self.library.lead(from, &reference.target) {
            Ok(Destination::Page { page, heading }) => {
                let Page::Card(to) = page else { return };
                if let Some(heading) = heading {
                    self.heading(from, page, &heading, reference);
                }
                if page != from {
                    self.all.push(Mention { from, to, spot });
                } else if matches!(spot, Spot::SeeAlso(_)) {
                    let message = "the card refers to itself";
                    let help = "name another card, or remove the entry";
                    let diagnostic = Diagnostic::warning("self-reference", message);
                    self.report(from, diagnostic.at(reference.span).help(help));
                }
            }
            Ok(Destination::Here(heading)) => {
                if !heading.starts_with("note:") {
                    self.heading(from, from, &heading, reference);
                }
            }
            Ok(Destination::Web(_) | Destination::Missing { .. }) => {}
            Err(name) => self.missing(from, name, reference.span),
        }
    }

    /// Cards named by id alone.
    fn names(&mut self, from: Page, cards: &[Cited<CardId>], spot: Option<Spot>) {
        for cited in cards {
            let target = Target::Card { name: cited.id.as_str().into(), heading: None };
            match (self.library.lead(from, &target), spot) {
                (Ok(Destination::Page { page: Page::Card(to), .. }), Some(spot)) => {
                    self.all.push(Mention { from, to, spot });
                }
                (Ok(_), _) => {}
                (Err(_), _) => self.missing(from, cited.id.as_str(), cited.span),
            }
        }
    }

    fn missing(&mut self, from: Page, name: &str, span: crate::text::Span) {
        let mut diagnostic =
            Diagnostic::warning("broken-reference", format!("no card is called `{name}`")).at(span);
        self.suggested += 1;
        let near = (self.suggested <= MOST_SUGGESTED)
            .then(|| self.library.nearest_name(from, name))
            .flatten();
        diagnostic = match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("use the id, the title or an alias of a card"),
        };
        self.report(from, diagnostic);
    }

    /// Checks that a page has a heading.
    fn heading(&mut self, from: Page, page: Page, heading: &str, reference: &Reference) {
        let Page::Card(index) = page else { return };
        let Some(card) = self.library.card(index) else { return };
        let headings: Vec<_> =
            card.sections.iter().flat_map(|s| format::headings(&s.text.source)).collect();
        let slug = crate::text::slug(heading);
        if headings.iter().any(|h| *h.anchor == *heading || *h.anchor == *slug) {
            return;
        }
        let message = format!("`{}` has no heading `{heading}`", card.title);
        let near = crate::text::nearest(heading, headings.iter().map(|h| &*h.anchor));
        let help = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "the link leads to the top of the card".to_owned(),
        };
        let diagnostic = Diagnostic::warning("broken-heading", message);
        self.report(from, diagnostic.at(reference.span).help(help));
    }

    fn report(&mut self, from: Page, diagnostic: Diagnostic) {
        let index = self.library.briefing_of(from);
        let file = self.library.documents.get(index).and_then(|d| d.file.as_ref());
        let diagnostic = match file {
            Some(file) => diagnostic.in_file(file),
            None => diagnostic,
        };
        self.found.push((index, diagnostic));
    }
}

impl Library {
    /// The references to a card, in the order of the pages they stand on.
    pub fn mentions_of(&self, card: usize) -> impl ExactSizeIterator<Item = Mention> + '_ {
        let into = slice_of(&self.mentions.into, &self.mentions.into_ends, card);
        into.iter()
            .filter_map(|at| self.mentions.all.get(*at).copied())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The pages that refer to a card, each once, in their order.
    pub fn backlinks(&self, card: usize) -> Vec<Page> {
        let mut pages: Vec<Page> = Vec::new();
        for mention in self.mentions_of(card) {
            if pages.last() != Some(&mention.from) {
                pages.push(mention.from);
            }
        }
        pages
    }

    /// The reference of a mention, as the model has it.
    pub fn reference(&self, mention: &Mention) -> Option<&Reference> {
        let Page::Card(index) = mention.from else { return None };
        let card = self.card(index)?;
        match mention.spot {
            Spot::SeeAlso(at) => card.see_also.get(at),
            Spot::BottomLine(link) => card.bottom_line.as_ref()?.links.get(link),
            Spot::Section(at, link) => card.sections.get(at)?.text.links.get(link),
            Spot::Claim(at, link) => card.claims.get(at)?.text.links.get(link),
            Spot::KeyPoint(_) => None,
        }
    }

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
        match link.and_then(|link| prose.links.get(link)) {
            Some(link) => {
                let bytes = link.bytes.start as usize..link.bytes.end as usize;
                self.sentence(mention.from, &prose.source, bytes)
            }
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
            let title = link.and_then(|link| match self.lead(from, &link.target) {
                Ok(Destination::Page { page, .. }) => Some(self.title(page)),
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
        Spot::SeeAlso(at) => (card.see_also.get(at).and_then(|r| r.why.as_ref()), None),
        Spot::BottomLine(link) => (card.bottom_line.as_ref(), Some(link)),
        Spot::Section(at, link) => (card.sections.get(at).map(|s| &s.text), Some(link)),
        Spot::Claim(at, link) => (card.claims.get(at).map(|c| &c.text), Some(link)),
        Spot::KeyPoint(_) => (None, None),
    }
}
