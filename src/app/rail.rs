//! What belongs to the card and stands beside it on wide screens: where its links lead, what links
//! to it, who speaks in it, and how one came here.

mod kept;

use super::action::Action;
use super::edition::Edition;
use super::list::NoLinks;
use super::panes::TWO_PANES;
use super::{Reading, State};
use crate::layout::{Flow, Layout, Numbers, Options, Piece, Role, Status};
use crate::library::{Destination, Looked, Page};
use crate::model::{Card, Relation, Standing, Target};
use crate::search::Mentioned;
use crate::text::{Printable, PrintableBuf, shorten, width};
use std::ops::Range;

/// Entries of the trail that are shown.
const TRAIL: usize = 6;
/// Cards that mention this one, that are shown.
const MENTIONS: usize = 6;
/// Rows of a sentence with a link in it.
const SENTENCE_ROWS: usize = 2;

/// What an entry leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Where a link of the card leads.
    Link(usize),
    /// A page.
    Page(Page),
    /// A place on the trail.
    Step(usize),
    /// Something that the reader put on the card.
    Spot(usize),
}

/// What stands beside the card.
#[derive(Debug, Default)]
pub struct Rail {
    /// Its rows.
    pub layout: Layout,
    /// What its links lead to.
    pub aims: Vec<Aim>,
    /// The first row shown.
    pub top: usize,
    /// Whether it would show nothing.
    pub is_bare: bool,
    made_for: Option<Key>,
    /// What it was last asked for whether it would show anything.
    settled_for: Option<Key>,
}

/// What the rail was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    edition: Edition,
    page: Page,
    width: usize,
    rows: usize,
    mentions: Option<usize>,
    steps: (usize, usize),
    kept: (u64, usize),
}

/// Finds out whether there is anything to show; whether that has changed.
pub fn settle(state: &mut State) -> bool {
    if state.size.0 < TWO_PANES || !state.settings.rail {
        return false;
    }
    let reading = &state.main;
    let links = reading.sheet.layout.links();
    let key = Key {
        edition: Edition::of(&state.library),
        page: reading.page,
        width: 0,
        rows: links.len(),
        mentions: mentioned(state, reading).map(|found| found.passages.len()),
        steps: (reading.trail.present(), reading.trail.steps().len()),
        kept: (state.keep.revision(), reading.sheet.spots.all.len()),
    };
    if state.rail.settled_for.as_ref() == Some(&key) {
        return false;
    }
    let library = &state.library;
    let mut looked = Looked::default();
    let mut leads = || {
        links.iter().any(|link| {
            let lead = library.lead(reading.page, &link.target, &mut looked);
            matches!(lead.to, Destination::Page { .. })
        })
    };
    let is_bare = !library.is_partial()
        && key.steps.1 < 2
        && key.kept.1 == 0
        && key.mentions.unwrap_or(0) == 0
        && match reading.page {
            Page::Card(at) => {
                library.backlinks(at).is_empty()
                    && library.card(at).is_none_or(|card| card.claims.is_empty())
            }
            Page::Overview(_) => true,
        }
        && !leads();
    state.rail.settled_for = Some(key);
    std::mem::replace(&mut state.rail.is_bare, is_bare) != is_bare
}

/// Makes the rail anew if it shows another card.
pub fn refresh(state: &mut State) {
    let rect = state.panes.rail;
    if rect.width == 0 {
        return;
    }
    let reading = &state.main;
    let key = Key {
        edition: Edition::of(&state.library),
        page: reading.page,
        width: rect.width,
        rows: reading.sheet.layout.rows().len(),
        mentions: mentioned(state, reading).map(|found| found.passages.len()),
        steps: (reading.trail.present(), reading.trail.steps().len()),
        kept: (state.keep.revision(), reading.sheet.spots.all.len()),
    };
    if state.rail.made_for.as_ref() == Some(&key) {
        return;
    }
    let same_page = state.rail.made_for.as_ref().is_some_and(|old| old.page == key.page);
    let (layout, aims) = lay_out(state, reading, rect.width);
    let top = if same_page { state.rail.top } else { 0 };
    let top = top.min(layout.rows().len());
    state.rail = Rail { top, layout, aims, made_for: Some(key), ..std::mem::take(&mut state.rail) };
}

/// Who mentions the card without a link, if that is known.
fn mentioned<'a>(state: &'a State, reading: &Reading) -> Option<&'a Mentioned> {
    let Page::Card(card) = reading.page else { return None };
    state.mentions.of(card).map(AsRef::as_ref)
}

fn lay_out(state: &State, reading: &Reading, columns: usize) -> (Layout, Vec<Aim>) {
    let options = Options {
        width: columns.saturating_sub(2).max(1),
        spare: 0,
        glyphs: state.settings.glyphs,
        numbers: Numbers::Visible,
        answers: false,
    };
    let mut rail = Builder { flow: Flow::new(options, &NoLinks), aims: Vec::new(), state };
    rail.kept(&reading.sheet.spots);
    rail.links(reading);
    if let Page::Card(card) = reading.page {
        rail.linked_from(card);
        rail.mentioned_in(reading);
        if let Some(card) = state.library.card(card) {
            rail.voices(reading, card);
        }
    }
    rail.trail(reading);
    (rail.flow.finish(), rail.aims)
}

struct Builder<'a> {
    flow: Flow<'a>,
    aims: Vec<Aim>,
    state: &'a State,
}

impl Builder<'_> {
    fn entry(&mut self, title: Printable, status: Status, aim: Aim) -> Piece<'static> {
        let link = self.flow.link(&Target::Card { name: "".into(), heading: None });
        self.aims.push(aim);
        Piece { link: Some(link), ..Piece::new(title, Role::Link(status)) }
    }

    fn columns(&self) -> usize {
        self.flow.options.width
    }

    fn label(&mut self, name: &'static str, count: Option<usize>) {
        self.flow.label(name, count.map(|count| Printable::line(&count.to_string())));
    }

    fn ellipsis(&self) -> &'static str {
        self.state.settings.glyphs.ellipsis
    }

    /// Where the links of the card lead, each page once.
    fn links(&mut self, reading: &Reading) {
        let library = &self.state.library;
        let mut seen: Vec<Page> = Vec::new();
        let mut entries = Vec::new();
        let mut looked = Looked::default();
        for (at, link) in reading.sheet.layout.written_links().iter().enumerate() {
            let lead = library.lead(reading.page, &link.target, &mut looked);
            if let Destination::Page { page, .. } = lead.to
                && !seen.contains(&page)
            {
                seen.push(page);
                entries.push((at, page));
            }
        }
        if entries.is_empty() {
            return;
        }
        self.label("Links here", Some(entries.len()));
        for (at, page) in entries {
            // How the cards hang together says more than the kind of the other one.
            let related = self.relation_to(reading.page, page);
            let kind = match page {
                _ if related.is_some() => related.map_or("", phrase),
                Page::Card(card) => library.kind_word(card),
                Page::Overview(_) => "overview",
            };
            let number = self.state.settings.glyphs.number(0);
            let room = self.columns().saturating_sub(width(kind) + 3 + width(number));
            let title = shorten(&library.title(page), room, self.ellipsis());
            let title = self.entry(title, Status::Card, Aim::Link(at));
            let mark = Piece { link: title.link, ..Piece::sign(number, Role::LinkMark) };
            let left = [mark, Piece::sign(" ", Role::Text), title];
            let role = if related.is_some() { Role::Verb } else { Role::Meta };
            self.flow.sides(&left, &[Piece::new(kind, role)]);
        }
    }

    /// How a card relates to another page, if its writer says it.
    fn relation_to(&self, from: Page, to: Page) -> Option<Relation> {
        let (Page::Card(from), Page::Card(to)) = (from, to) else { return None };
        let library = &self.state.library;
        let mentions = library.mentions_on(from).filter(|mention| mention.to == to);
        mentions
            .filter_map(|mention| library.reference(&mention))
            .find_map(|reference| reference.relation)
    }

    /// What links to the card, with the first sentence in which it does.
    fn linked_from(&mut self, card: usize) {
        let library = &self.state.library;
        let pages = library.backlinks(card);
        if pages.is_empty() {
            return;
        }
        self.label("Linked from", Some(pages.len()));
        let mentions: Vec<_> = library.mentions_of(card).collect();
        for page in pages {
            // Seen from here the relation is the other way round.
            let from = Page::Card(card);
            let related = self.relation_to(page, from).map_or("", |r| phrase(r.inverse()));
            let room = self.columns().saturating_sub(width(related) + 2);
            let title = shorten(&library.title(page), room, self.ellipsis());
            let title = self.entry(title, Status::Card, Aim::Page(page));
            self.flow.sides(&[title], &[Piece::new(related, Role::Verb)]);
            let Some(mention) = mentions.iter().find(|m| m.from == page) else { continue };
            let (sentence, link) = library.context(mention);
            if !sentence.is_empty() {
                let room = (self.columns() - 2) * SENTENCE_ROWS;
                let sentence = around(&sentence, &link, room, self.ellipsis());
                self.flow.inset(2, |flow| flow.paragraph(&[Piece::new(sentence, Role::Meta)], 0));
            }
        }
    }

    /// The cards that mention this one without a link.
    fn mentioned_in(&mut self, reading: &Reading) {
        let Some(found) = mentioned(self.state, reading).filter(|f| !f.passages.is_empty()) else {
            return;
        };
        self.label("Mentioned in", Some(found.passages.len()));
        for passage in found.passages.iter().take(MENTIONS) {
            let page = Page::Card(passage.card);
            let title = shorten(&self.state.library.title(page), self.columns(), self.ellipsis());
            let title = self.entry(title, Status::Card, Aim::Page(page));
            self.flow.unwrapped(&[title]);
        }
        if let Some(more) = found.passages.len().checked_sub(MENTIONS).filter(|more| *more > 0) {
            let keys = self.state.keymap.keys(self.state.context(), Action::Backlinks);
            let key = keys.first().map_or_else(String::new, |key| format!(": {key} lists them"));
            let more = Printable::line(&format!("{more} more{key}"));
            self.flow.unwrapped(&[Piece::new(more, Role::Meta)]);
        }
    }

    /// Who speaks in the card, how, and what checking showed.
    fn voices(&mut self, reading: &Reading, card: &Card) {
        if card.claims.is_empty() {
            return;
        }
        let library = &self.state.library;
        let briefing = library.briefing(library.briefing_of(reading.page));
        let mut voices: Vec<(Printable, Vec<&Printable>, Vec<Standing>)> = Vec::new();
        for claim in &card.claims {
            let name = briefing.map(|briefing| briefing.voice_name(claim)).unwrap_or_default();
            let at = voices.iter().position(|(known, ..)| *known == name).unwrap_or_else(|| {
                voices.push((name, Vec::new(), Vec::new()));
                voices.len() - 1
            });
            let Some((_, verbs, standings)) = voices.get_mut(at) else { continue };
            verbs.extend(claim.verb.as_ref().filter(|verb| !verbs.contains(verb)));
            standings.push(claim.standing);
        }
        self.label("Who says so", Some(voices.len()));
        let glyphs = self.state.settings.glyphs;
        for (name, verbs, standings) in voices {
            let mut counts = String::new();
            for standing in Standing::ALL {
                let count = standings.iter().filter(|s| *s == standing).count();
                if count > 0 {
                    let space = if counts.is_empty() { "" } else { " " };
                    let sign = glyphs.standing(*standing);
                    counts.extend([space, sign, &count.to_string()]);
                }
            }
            let counts = Printable::line(&counts);
            let room = self.columns().saturating_sub(width(&counts) + 2);
            let name = shorten(&name, room, glyphs.ellipsis);
            self.flow.sides(&[Piece::new(name, Role::Voice)], &[Piece::new(counts, Role::Meta)]);
            let verbs: Vec<&str> = verbs.iter().map(|verb| verb.as_str()).collect();
            if !verbs.is_empty() {
                let verbs = Printable::line(&verbs.join(", "));
                self.flow.inset(2, |flow| flow.paragraph(&[Piece::new(verbs, Role::Verb)], 0));
            }
        }
    }

    /// The last places of the trail.
    fn trail(&mut self, reading: &Reading) {
        let steps = reading.trail.steps();
        if steps.len() < 2 {
            return;
        }
        self.label("Trail", None);
        let glyphs = self.state.settings.glyphs;
        let tree = reading.trail.tree();
        let present = tree.iter().position(|(at, _)| *at == reading.trail.present()).unwrap_or(0);
        let from = (present + 2).saturating_sub(TRAIL).min(tree.len().saturating_sub(TRAIL));
        for (at, depth) in tree.into_iter().skip(from).take(TRAIL) {
            let Some(step) = steps.get(at) else { continue };
            let here = at == reading.trail.present();
            let lead = format!("{}{} ", " ".repeat(depth), if here { glyphs.pointer } else { " " });
            let page = self.state.library.page(&step.place.page);
            let title = page.map(|page| self.state.library.title(page)).unwrap_or_default();
            let note = if step.peeked { "  peeked" } else { "" };
            let room = self.columns().saturating_sub(width(&lead) + width(note));
            let title = shorten(&title, room, glyphs.ellipsis);
            let title = self.entry(title, Status::Card, Aim::Step(at));
            let lead = Piece::sign(Printable::inline(&lead), Role::Meta);
            self.flow.unwrapped(&[lead, title, Piece::new(note, Role::Meta)]);
        }
    }
}

/// The words of a relation, where they stand behind the title.
fn phrase(relation: Relation) -> &'static str {
    relation.phrase().trim_end_matches(':')
}

/// The part of a sentence around a link that fits into so many columns.
fn around(
    sentence: &Printable,
    link: &Range<usize>,
    columns: usize,
    mark: &'static str,
) -> Printable {
    let all = sentence.as_printable();
    let before = all.slice(0..link.start);
    let mut out = PrintableBuf::default();
    // The link comes early enough that some words after it are seen.
    let keep = columns / 2;
    let mut start = 0;
    if width(&all) > columns && width(&before) > keep {
        let cut = width(&before) - keep;
        let (_, skipped) = crate::text::take_width(&before, cut);
        let skipped = crate::text::take_width(&before, skipped).0.len();
        let rest = before.get(skipped..).unwrap_or_default();
        start = skipped + rest.find(' ').map_or(0, |space| space + 1);
        out.push_literal(mark);
    }
    out.push(all.slice(start..all.len()));
    shorten(out.slice(0..out.len()), columns, mark)
}
