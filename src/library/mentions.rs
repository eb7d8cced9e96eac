//! Who refers to whom: the references of all pages, in both directions, and those that lead
//! nowhere.

use super::lead::{Flaw, Lead, Looked};
use super::{Destination, Library, Missing, MissingKind, Page};
use crate::diagnostic::{Diagnostic, Severity};
use crate::format;
use crate::model::{Briefing, Card, CardId, Cited, Phrase, Prose, Reference, Target};
use crate::text::{Printable, PrintableBuf, Span, nearest};

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
    /// For each document how many of its links lead where.
    totals: Vec<Totals>,
}

/// How many links of a document lead where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// To another page.
    pub ok: usize,
    /// To the page they stand on.
    pub own: usize,
    /// To a file that is no page.
    pub file: usize,
    /// To an address outside.
    pub web: usize,
    /// To something that was not opened.
    pub outside: usize,
    /// To a page that nobody wrote.
    pub wanted: usize,
    /// To a card or a file that is not there.
    pub broken: usize,
    /// Of those to a page: to a place that it does not have.
    pub broken_anchor: usize,
    /// Of those to a page: to one of several that are as near.
    pub ambiguous: usize,
}

impl Totals {
    fn count(&mut self, from: Page, lead: &Lead) {
        let counter = match &lead.to {
            Destination::Page { page, .. } if *page != from => &mut self.ok,
            Destination::Page { .. } | Destination::Here(_) => &mut self.own,
            Destination::File(_) => &mut self.file,
            Destination::Web(_) => &mut self.web,
            Destination::Outside(_) => &mut self.outside,
            Destination::Missing(missing) if missing.kind == MissingKind::Page => &mut self.wanted,
            Destination::Missing(_) => &mut self.broken,
        };
        *counter += 1;
        match lead.flaw {
            Some(Flaw::Anchor(_)) => self.broken_anchor += 1,
            Some(Flaw::Several(_)) => self.ambiguous += 1,
            None => {}
        }
    }
}

impl Mentions {
    pub fn new(library: &Library) -> (Self, Vec<(usize, Diagnostic)>) {
        let mut gather = Gather {
            library,
            all: Vec::new(),
            found: Vec::new(),
            totals: vec![Totals::default(); library.documents.len()],
            looked: Looked::default(),
            suggested: 0,
        };
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
        (Self { all, into, into_ends, totals: gather.totals }, gather.found)
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
    totals: Vec<Totals>,
    looked: Looked,
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
        let lead = self.library.lead(from, &reference.target, &mut self.looked);
        let document = self.library.briefing_of(from);
        if let Some(totals) = self.totals.get_mut(document) {
            totals.count(from, &lead);
        }
        match &lead.to {
            Destination::Page { page: page @ Page::Card(to), heading } => {
                if let Some(heading) = heading {
                    self.heading(from, *page, heading, reference);
                }
                if *page != from {
                    self.all.push(Mention { from, to: *to, spot });
                } else if matches!(spot, Spot::SeeAlso(_)) {
                    let message = "the card refers to itself";
                    let help = "name another card, or remove the entry";
                    let diagnostic = Diagnostic::warning("self-reference", message);
                    self.report(from, diagnostic.at(reference.span).help(help));
                }
            }
            Destination::Here(heading) => {
                if !heading.starts_with("note:") {
                    self.heading(from, from, heading, reference);
                }
            }
            Destination::Outside(path) => {
                let diagnostic = Diagnostic::new(
                    Severity::Info,
                    "outside-link",
                    format!("`{path}` is not part of what was opened"),
                );
                self.report(from, diagnostic.at(reference.span));
            }
            // Code after "See also:" names no page if there is none of that name.
            Destination::Missing(_) if matches!(reference.target, Target::Named(_)) => {}
            Destination::Missing(missing) => self.missing(from, missing, reference.span),
            Destination::Page { .. } | Destination::Web(_) | Destination::File(_) => {}
        }
        if let Some(flaw) = &lead.flaw {
            self.flaw(from, &lead.to, flaw, reference);
        }
    }

    /// Cards named by id alone.
    fn names(&mut self, from: Page, cards: &[Cited<CardId>], spot: Option<Spot>) {
        for cited in cards {
            let target = Target::Card { name: cited.id.as_str().into(), heading: None };
            match (self.library.lead(from, &target, &mut self.looked).to, spot) {
                (Destination::Page { page: Page::Card(to), .. }, Some(spot)) => {
                    self.all.push(Mention { from, to, spot });
                }
                (Destination::Missing(missing), _) => self.missing(from, &missing, cited.span),
                _ => {}
            }
        }
    }

    fn missing(&mut self, from: Page, missing: &Missing, span: Span) {
        let name = &missing.name;
        let (diagnostic, help) = match missing.kind {
            MissingKind::Card => (
                Diagnostic::warning("broken-reference", format!("no card is called `{name}`")),
                Some("use the id, the title or an alias of a card"),
            ),
            MissingKind::Page => (
                Diagnostic::new(
                    Severity::Info,
                    "wanted-page",
                    format!("nobody has written a page `{name}` yet"),
                ),
                None,
            ),
            MissingKind::File => {
                (Diagnostic::warning("broken-file", format!("there is no file `{name}`")), None)
            }
        };
        self.suggested += 1;
        let near = (self.suggested <= MOST_SUGGESTED)
            .then(|| self.library.nearest_name(from, name))
            .flatten();
        let diagnostic = diagnostic.at(span);
        let diagnostic = match (near, help) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some(help)) => diagnostic.help(help),
            (None, None) => diagnostic,
        };
        self.report(from, diagnostic);
    }

    /// Says what is odd about a link that leads somewhere.
    fn flaw(&mut self, from: Page, to: &Destination, flaw: &Flaw, reference: &Reference) {
        let page = match to {
            Destination::Page { page, .. } => *page,
            _ => from,
        };
        let title = self.library.title(page);
        let diagnostic = match flaw {
            Flaw::Anchor(name) => {
                let document = self.library.briefing_of(page);
                let part = self.library.part_of(page);
                let near = match (self.library.briefing(document), part) {
                    (Some(briefing), Some(part)) => {
                        let anchors = self.looked.anchors(briefing, document, part);
                        nearest(name, anchors.names())
                            .map(|near| format!("did you mean `#{near}`?"))
                    }
                    _ => None,
                };
                let help = near.unwrap_or_else(|| "the link leads to the top".to_owned());
                Diagnostic::warning("broken-anchor", format!("`{title}` has no place `{name}`"))
                    .help(help)
            }
            Flaw::Several(others) => {
                let message = format!(
                    "{} files are called so and are as near; the link leads to `{}`",
                    others + 1,
                    self.library
                        .file_of(page)
                        .map_or_else(String::new, |f| f.display().to_string())
                );
                let help = "write more of the path";
                Diagnostic::warning("ambiguous-link", message).help(help)
            }
        };
        self.report(from, diagnostic.at(reference.span));
    }

    /// Checks that a card of a briefing file has a heading.
    fn heading(&mut self, from: Page, page: Page, heading: &str, reference: &Reference) {
        if self.library.part_of(page).is_some() {
            return; // it was looked up
        }
        let Page::Card(index) = page else { return };
        let Some(card) = self.library.card(index) else { return };
        let headings: Vec<_> =
            card.sections.iter().flat_map(|s| format::headings(&s.text.source)).collect();
        let slug = crate::text::slug(heading);
        if headings.iter().any(|h| *h.anchor == *heading || *h.anchor == *slug) {
            return;
        }
        let message = format!("`{}` has no heading `{heading}`", card.title);
        let near = nearest(heading, headings.iter().map(|h| &*h.anchor));
        let help = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "the link leads to the top of the card".to_owned(),
        };
        let diagnostic = Diagnostic::warning("broken-anchor", message);
        self.report(from, diagnostic.at(reference.span).help(help));
    }

    fn report(&mut self, from: Page, diagnostic: Diagnostic) {
        let diagnostic = match self.library.file_of(from) {
            Some(file) => diagnostic.in_file(&file),
            None => diagnostic,
        };
        self.found.push((self.library.briefing_of(from), diagnostic));
    }
}

impl Library {
    /// How many links of a document lead where.
    pub fn totals(&self, document: usize) -> Totals {
        self.mentions.totals.get(document).copied().unwrap_or_default()
    }

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
        Spot::SeeAlso(at) => (card.see_also.get(at).and_then(|r| r.why.as_ref()), None),
        Spot::BottomLine(link) => (card.bottom_line.as_ref(), Some(link)),
        Spot::Section(at, link) => (card.sections.get(at).map(|s| &s.text), Some(link)),
        Spot::Claim(at, link) => (card.claims.get(at).map(|c| &c.text), Some(link)),
        Spot::KeyPoint(_) => (None, None),
    }
}
