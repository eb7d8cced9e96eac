//! Gathering the references of pages, and what is wrong with them.

use super::destination::Flaw;
use super::lead::Looked;
use super::mentions::{Packed, Spot, Totals};
use super::{Destination, Library, Missing, MissingKind, Page};
use crate::diagnostic::{Diagnostic, Severity};
use crate::format;
use crate::model::{CardId, Cited, Prose, Reference, Target};
use crate::text::{Span, nearest};

/// What was gathered so far.
pub struct Gather<'a> {
    library: &'a Library,
    /// The references, in the order in which they were met.
    pub all: Vec<Packed>,
    /// What was found, with the index of the document.
    pub found: Vec<(usize, Diagnostic)>,
    /// For each document how many links lead where.
    pub totals: Vec<Totals>,
    looked: Looked,
    /// Names that may still be compared when looking for one that was meant.
    comparisons: usize,
}

impl<'a> Gather<'a> {
    /// Nothing was gathered yet.
    pub fn new(library: &'a Library, comparisons: usize) -> Self {
        Self {
            library,
            all: Vec::new(),
            found: Vec::new(),
            totals: vec![Totals::default(); library.documents.len()],
            looked: Looked::default(),
            comparisons,
        }
    }

    /// Gathers what stands on the overview of a briefing.
    pub fn briefing(&mut self, index: usize) {
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

    /// Gathers what stands on a card.
    pub fn card(&mut self, index: usize) {
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
        let document = self.library.documents.get(self.library.briefing_of(page));
        if document.is_some_and(|document| document.is_slim) {
            for (link, reference) in found_again(prose).iter().enumerate() {
                self.reference(page, reference, spot(link));
            }
        }
        let has_files = document.is_some_and(|document| !document.briefing.parts.is_empty());
        for (link, reference) in prose.links().enumerate() {
            if has_files || !is_image(prose, &reference) {
                self.reference(page, &reference, spot(link));
            } else if let Some(totals) = self.totals.get_mut(self.library.briefing_of(page)) {
                // Whether the file is there is for `check` to say.
                totals.file += 1;
            }
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
                    self.all.push(Packed::new(*to, spot));
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
                    self.all.push(Packed::new(to, spot));
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
        let names = self.library.names_compared(from);
        let near = self.comparisons.checked_sub(names).and_then(|left| {
            self.comparisons = left;
            self.library.nearest_name(from, name)
        });
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
                let near = self.library.part_of(page).and_then(|part| {
                    let anchors = self.looked.anchors(self.library, document, part);
                    self.comparisons = self.comparisons.checked_sub(anchors.names().count())?;
                    let near = nearest(name, anchors.names())?;
                    Some(format!("did you mean `#{near}`?"))
                });
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

/// Whether a link in a text is an image, whose target is a file.
pub fn is_image(prose: &Prose, reference: &Reference) -> bool {
    let Target::Path(path) = &reference.target else { return false };
    let text = prose.source.get(reference.bytes.start as usize..reference.bytes.end as usize);
    text.is_some_and(|text| {
        // Tags of HTML stand together in one piece of text.
        let tags = text.split("<img ").skip(1).filter_map(|rest| rest.split('>').next());
        text.starts_with("![")
            || (text.starts_with('<') && tags.into_iter().any(|tag| tag.contains(&**path)))
    })
}

/// The links of a text whose places were forgotten; of each only the place of the text is known.
fn found_again(prose: &Prose) -> Vec<Reference> {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let links = if prose.links.is_empty() { format::links(&prose.source) } else { Vec::new() };
    links
        .into_iter()
        .map(|(target, bytes)| Reference {
            target,
            span: prose.span,
            bytes: small(bytes.start)..small(bytes.end),
            relation: None,
            evidence: None,
            why: None,
        })
        .collect()
}
