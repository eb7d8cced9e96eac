//! Where links lead.

use super::destination::{Destination, Flaw, Lead, Missing, MissingKind};
use super::places::{Anchors, Spot, block};
use super::routes::{is_media, is_template};
use super::{Library, Page};
use crate::import;
use crate::model::{Briefing, CardId, Target};
use crate::text::{Printable, nearest};
use std::borrow::Cow;
use std::collections::HashMap;

/// Names compared at most when looking for the one that was meant.
const MOST_COMPARED: usize = 20_000;

/// The named places of files that were looked at, so that each file is looked at once.
#[derive(Debug, Default)]
pub struct Looked {
    anchors: HashMap<(usize, usize), Anchors>,
    /// The page that was asked about last, and its file.
    last: Option<(Page, Option<usize>)>,
}

impl Looked {
    /// The places of a file. Those of large ones are kept by the library.
    pub(super) fn anchors<'a>(
        &'a mut self,
        library: &'a Library,
        document: usize,
        part: usize,
    ) -> &'a Anchors {
        let find = || {
            let briefing = library.briefing(document);
            let part = briefing.and_then(|briefing| briefing.parts.get(part));
            let both = briefing.zip(part);
            both.map_or_else(Anchors::default, |(all, part)| Anchors::of_part(all, part))
        };
        match library.anchors.get(document).and_then(|large| large.get(&part)) {
            Some(kept) => kept.get_or_init(find),
            None => self.anchors.entry((document, part)).or_insert_with(find),
        }
    }
}

impl Library {
    /// Where a link on a page leads, with what may have been meant if it leads nowhere.
    pub fn resolve(&self, from: Page, target: &Target) -> Destination {
        let mut to = self.leads_to(from, target);
        if let Destination::Missing(missing) = &mut to {
            missing.nearest = self.nearest_name(from, &missing.name);
        }
        to
    }

    /// Where a link on a page leads, to look at it alone.
    pub fn leads_to(&self, from: Page, target: &Target) -> Destination {
        self.lead(from, target, &mut Looked::default()).to
    }

    /// Where a link on a page leads.
    pub fn lead(&self, from: Page, target: &Target, looked: &mut Looked) -> Lead {
        let document = self.briefing_of(from);
        match target {
            Target::Web(address) => return Destination::Web(address.clone()).into(),
            Target::Footnote(label) => {
                return Destination::Here(format!("note:{label}").into()).into();
            }
            _ => {}
        }
        let part = match looked.last {
            Some((page, part)) if page == from => part,
            _ => self.part_of(from),
        };
        looked.last = Some((from, part));
        match (part, self.briefing(document)) {
            (Some(part), Some(briefing)) => {
                let site = Site { library: self, from, document, briefing, part };
                site.lead(target, looked)
            }
            _ => self.lead_by_name(from, document, target).into(),
        }
    }

    /// Links of a briefing file name cards.
    fn lead_by_name(&self, from: Page, document: usize, target: &Target) -> Destination {
        let whole: Cow<str> = match target {
            Target::Card { name, heading: Some(heading) } => format!("{name}#{heading}").into(),
            Target::Card { name, heading: None }
            | Target::Path(name)
            | Target::Named(name)
            | Target::Web(name) => (&**name).into(),
            Target::Footnote(_) => "".into(),
        };
        // An id may hold `#` itself.
        let is_id = |name: &str| self.names.card(self, document, &CardId::new(name)).is_some();
        let parted = || whole.rmatch_indices('#').filter_map(|(at, _)| whole.split_at_checked(at));
        let (name, heading) = if is_id(&whole) {
            (&*whole, None)
        } else if let Some((name, heading)) = parted().find(|(name, _)| is_id(name)) {
            (name, heading.strip_prefix('#'))
        } else {
            whole.split_once('#').map_or((&*whole, None), |(name, rest)| (name, Some(rest)))
        };
        let heading = heading.map(|heading| heading.trim().into());
        if name.is_empty() {
            return heading.map_or_else(|| missing("", MissingKind::Card), Destination::Here);
        }
        match self.names.find(self, document, name).map(Page::Card) {
            Some(page) if page == from => {
                heading.map_or(Destination::Page { page, heading: None }, Destination::Here)
            }
            Some(page) => Destination::Page { page, heading },
            None => missing(name, MissingKind::Card),
        }
    }

    /// How many names are compared when looking for the one that was meant.
    pub(super) fn names_compared(&self, from: Page) -> usize {
        let document = self.briefing_of(from);
        let parts = self.briefing(document).map_or(0, |briefing| briefing.parts.len());
        2 * self.cards_of(document).len().min(MOST_COMPARED) + parts.min(MOST_COMPARED)
    }

    /// The id, the title or the path nearest to a name that was not found.
    pub(super) fn nearest_name(&self, from: Page, name: &str) -> Option<Printable> {
        let document = self.briefing_of(from);
        let cards = self.cards_of(document).take(MOST_COMPARED);
        let cards = cards.filter_map(|card| self.card(card));
        let names = cards.flat_map(|card| [card.id.as_str(), card.title.as_str()]);
        let parts = self.briefing(document).map_or(&[][..], |briefing| &briefing.parts);
        let paths = parts.iter().take(MOST_COMPARED).map(|part| &*part.path);
        nearest(name, names.chain(paths)).map(Printable::line)
    }
}

fn missing(name: &str, kind: MissingKind) -> Destination {
    Destination::Missing(Missing { name: Printable::line(name), kind, nearest: None })
}

/// A page of an imported document, for the links on it.
struct Site<'a> {
    library: &'a Library,
    from: Page,
    document: usize,
    briefing: &'a Briefing,
    part: usize,
}

impl Site<'_> {
    fn path(&self) -> &str {
        self.briefing.parts.get(self.part).map_or("", |part| &part.path)
    }

    fn lead(&self, target: &Target, looked: &mut Looked) -> Lead {
        match target {
            Target::Card { name, heading } => self.wiki(name, heading.as_deref(), looked),
            Target::Path(path) => self.relative(path, looked),
            Target::Named(name) => {
                let places = self.library.places.get(self.document);
                let part = places.and_then(|p| p.listed(self.briefing, self.path(), name));
                part.map_or_else(|| self.titled(name), |part| self.top_of(part))
            }
            Target::Web(_) | Target::Footnote(_) => missing("", MissingKind::Page).into(),
        }
    }

    /// `[[name#heading]]`.
    fn wiki(&self, name: &str, heading: Option<&str>, looked: &mut Looked) -> Lead {
        let heading = heading.filter(|heading| !heading.is_empty());
        if name.is_empty() {
            return match heading {
                Some(heading) => self.heading_of(self.part, heading, looked),
                None => self.top_of(self.part),
            };
        }
        let places = self.library.places.get(self.document);
        let named = |name: &str| places.and_then(|p| p.named(self.briefing, self.path(), name));
        // Wikis write hyphens for spaces in names of files, Logseq `___` for what parts the steps.
        let wiki = || named(&name.replace(' ', "-")).filter(|_| name.contains(' '));
        let outline = || named(&name.replace('/', "___")).filter(|_| name.contains('/'));
        let Some(meant) = named(name).or_else(wiki).or_else(outline) else {
            let asset = places.and_then(|p| p.asset(self.briefing, self.path(), name));
            if let Some(path) = asset {
                return Destination::File(path.into()).into();
            }
            if is_template(name) {
                return Destination::Outside(name.into()).into();
            }
            if is_media(name) {
                return missing(name, MissingKind::File).into();
            }
            let lead = self.titled(name);
            return match (&lead.to, heading) {
                (Destination::Page { page, .. }, Some(heading)) => {
                    Destination::Page { page: *page, heading: Some(heading.into()) }.into()
                }
                _ => lead,
            };
        };
        let mut lead = match heading {
            Some(heading) => self.heading_of(meant.part, heading, looked),
            None => self.top_of(meant.part),
        };
        if meant.others > 0 && lead.flaw.is_none() {
            lead.flaw = Some(Flaw::Several(meant.others));
        }
        lead
    }

    /// `[words](path#anchor)`.
    fn relative(&self, path: &str, looked: &mut Looked) -> Lead {
        let (path, anchor) = match path.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (path, None),
        };
        let path = import::percent_decode(path.split('?').next().unwrap_or_default());
        if is_template(&path) {
            return Destination::Outside(path.into()).into();
        }
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if path.is_empty() {
            return match anchor {
                Some(anchor) => self.anchor_of(self.part, anchor, looked),
                None => self.top_of(self.part),
            };
        }
        let Some(full) = import::join(self.path(), &path) else {
            return Destination::Outside(path.into()).into();
        };
        let places = self.library.places.get(self.document);
        let at = |path: &str| places.and_then(|places| places.at(self.briefing, path));
        let has_file = || places.is_some_and(|places| places.has_file(self.briefing, &full));
        let mut place = None;
        let part = at(&full).or_else(|| {
            let to = self.briefing.redirect(&full)?;
            let (path, name) = to.split_once('#').unwrap_or((to, ""));
            place = Some(name).filter(|name| !name.is_empty());
            at(path)
        });
        let part = part.or_else(|| self.on_site(&path, &full).filter(|_| !has_file()));
        if let Some(part) = part {
            return match anchor.or(place) {
                Some(anchor) => self.anchor_of(part, anchor, looked),
                None => self.top_of(part),
            };
        }
        if has_file() {
            return Destination::File(full.into()).into();
        }
        if self.briefing.is_excerpt {
            return Destination::Outside(path.into()).into();
        }
        let titles = [&*path, &format!("/{full}"), &format!("/{full}/")];
        let titled = titles.into_iter().map(|title| self.titled(title).to);
        if let Some(to) = titled.into_iter().find(|to| !matches!(to, Destination::Missing(_))) {
            return to.into();
        }
        if path.starts_with('/') {
            // Sites keep pictures in a folder that their addresses do not name.
            let name = full.trim_end_matches('/');
            if let Some(asset) = places.and_then(|p| p.asset(self.briefing, self.path(), name)) {
                return Destination::File(asset.into()).into();
            }
            let is_here = |path: &str| places.is_some_and(|p| p.has_file(self.briefing, path));
            let first = full.split('/').next().unwrap_or_default();
            if !is_here(first) && !path.ends_with(".md") {
                return Destination::Outside(path.into()).into();
            }
        }
        missing(&path, MissingKind::File).into()
    }

    /// The file that a path means as an address of the site: `full` is the path from what was opened.
    fn on_site(&self, path: &str, full: &str) -> Option<usize> {
        let places = self.library.places.get(self.document)?;
        let from_root = path.starts_with('/');
        let routed = |address: &str| places.routed(self.briefing, address, from_root);
        // A page may have the address of a folder, and links that start from there.
        let below = || {
            let stem = self.path().rsplit_once('.').map(|(stem, _)| stem)?;
            routed(&import::join(&format!("{stem}/"), path)?)
        };
        routed(full).or_else(|| below().filter(|_| !from_root))
    }

    /// A page by title, alias or id.
    fn titled(&self, name: &str) -> Lead {
        match self.library.names.find(self.library, self.document, name) {
            Some(card) => Destination::Page { page: Page::Card(card), heading: None }.into(),
            None => missing(name, MissingKind::Page).into(),
        }
    }

    fn top_of(&self, part: usize) -> Lead {
        let card = self.briefing.parts.get(part).map_or(0, |part| part.cards.start as usize);
        self.page(Spot { card, heading: None }).into()
    }

    fn page(&self, spot: Spot) -> Destination {
        let start = self.library.cards_of(self.document).start;
        let page = Page::Card(start + spot.card);
        match spot.heading {
            Some(heading) if page == self.from => Destination::Here(heading),
            heading => Destination::Page { page, heading },
        }
    }

    fn spot_or_top(&self, part: usize, spot: Option<Spot>, name: &str) -> Lead {
        match spot {
            Some(spot) => self.page(spot).into(),
            None => Lead { flaw: Some(Flaw::Anchor(name.into())), ..self.top_of(part) },
        }
    }

    fn anchor_of(&self, part: usize, anchor: &str, looked: &mut Looked) -> Lead {
        let anchor = import::percent_decode(anchor);
        let anchors = looked.anchors(self.library, self.document, part);
        let spot = anchors.named(&anchor).cloned();
        self.spot_or_top(part, spot, &anchor)
    }

    fn heading_of(&self, part: usize, heading: &str, looked: &mut Looked) -> Lead {
        if let Some(name) = heading.strip_prefix('^') {
            let spot = self.briefing.parts.get(part).and_then(|p| block(self.briefing, p, name));
            return self.spot_or_top(part, spot, heading);
        }
        let anchors = looked.anchors(self.library, self.document, part);
        let spot = anchors.heading(heading).cloned();
        self.spot_or_top(part, spot, heading)
    }
}
