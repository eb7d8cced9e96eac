//! Copying with a citation: who said it, where it is written, on which card it stands.

mod form;

use super::claims::{Goal, View};
use super::list::SheetKind;
use super::{Effect, Notice, Screen, State};
use crate::format;
use crate::layout::Part;
use crate::library::{Destination, Page};
use crate::model::{Briefing, Citation, Prose, Source, Target};
use crate::text::{Printable, clusters};
use std::ops::Range;

/// Bytes that are copied at most: terminals take no more than that.
const MOST: usize = 48 << 10;

/// Something to copy, with all that is known of where it comes from.
#[derive(Debug, Default)]
pub struct Cited<'l> {
    /// What it is, for the reader.
    pub what: &'static str,
    /// The words.
    pub words: Printable,
    /// Who says so, and how.
    pub voice: Option<Printable>,
    /// What it rests on, and the places in it.
    pub from: Vec<(&'l Source, Printable)>,
    /// What else is to be said: its standing.
    pub note: Option<&'static str>,
    /// The title of the card.
    pub card: Option<Printable>,
    /// The briefing.
    pub briefing: Option<&'l Briefing>,
    /// The name of the card, for a key.
    pub key: String,
}

/// Copies what is on top: the statement, the chosen entry or link, the passage, else the card.
pub fn copy(state: &mut State) -> Vec<Effect> {
    let Some(cited) = present(state).filter(|cited| !cited.words.is_empty()) else {
        state.say(Notice::info("there is nothing to copy here"));
        return Vec::new();
    };
    let what = cited.what;
    if !state.settings.copy {
        state.say(Notice::info("copying is off: `copy: osc52` in config.yaml turns it on"));
        return Vec::new();
    }
    let text = form::form(&cited, state.settings.copy_as);
    let kept: usize = {
        let mut length = 0;
        let fits = clusters(&text).take_while(|cluster| {
            length += cluster.len();
            length <= MOST
        });
        fits.map(str::len).sum()
    };
    let whole = kept == text.len();
    let text = Printable::lines(text.get(..kept).unwrap_or_default());
    let first = text.lines().next().unwrap_or_default();
    let cut = if whole { "" } else { ", its beginning: it is too long" };
    let notice = format!("copied {what}{cut}: {first}");
    state.say(Notice::info(notice));
    vec![Effect::Copy(text)]
}

/// What is to be copied.
fn present(state: &State) -> Option<Cited<'_>> {
    match state.screens.last() {
        Some(Screen::Who(who)) => match who.chosen() {
            Some(goal) => of_goal(state, goal),
            None => of_part(state, who.page, who.part()?, Some(who.words())),
        },
        Some(Screen::Claims(claims)) => match (claims.chosen(), &claims.view) {
            (Some(goal), _) => of_goal(state, goal),
            (None, View::Source(briefing, source)) => {
                of_goal(state, &Goal::View(View::Source(*briefing, source.clone())))
            }
            _ => None,
        },
        Some(Screen::Select(selection)) => of_selection(state, selection.words.clone()),
        Some(Screen::Peek(peek)) => Some(of_page(state, peek.level()?.page)),
        Some(Screen::Sheet(sheets)) => match &sheets.kind {
            SheetKind::Source(excerpt) => {
                let lines = excerpt.lines.iter().map(|(_, stretches)| {
                    let inside = stretches.iter().filter(|(_, inside)| *inside);
                    inside.map(|(words, _)| words.as_str()).collect::<String>()
                });
                let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
                let cited = of_page(state, state.reading().page);
                let of = excerpt.wanted.of.as_ref();
                let source = of.and_then(|of| cited.briefing?.source(&of.source));
                let file = sheets.title.clone();
                let voice = source.is_none().then_some(file);
                let from = source.map(|source| (source, Printable::default()));
                let words = Printable::line(&lines.join(" "));
                let from = from.into_iter().collect();
                Some(Cited { what: "the passage", words, voice, from, note: None, ..cited })
            }
            _ => None,
        },
        Some(_) => None,
        None => match state.reading().sheet.link() {
            Some(link) => of_link(state, &link.target),
            None => Some(of_page(state, state.reading().page)),
        },
    }
}

/// What a link of the page leads to.
fn of_link<'s>(state: &'s State, target: &Target) -> Option<Cited<'s>> {
    let page = state.reading().page;
    match state.library.leads_to(page, target) {
        Destination::Page { page, .. } => Some(of_page(state, page)),
        Destination::Here(_) => Some(of_page(state, page)),
        Destination::Web(address) => {
            let words = Printable::line(&address);
            Some(Cited { what: "the address", words, ..on(state, page) })
        }
        _ => None,
    }
}

fn of_goal<'s>(state: &'s State, goal: &Goal) -> Option<Cited<'s>> {
    match goal {
        Goal::Claim(card, at) => of_part(state, Page::Card(*card), Part::Claim(*at), None),
        Goal::Page(page) => Some(of_page(state, *page)),
        Goal::Passage(briefing, citation) => {
            let of = state.library.briefing(*briefing)?;
            let source = of.source(&citation.source)?;
            let place = place(citation);
            let passage = source.passages.iter().find(|p| Some(&p.id) == citation.passage.as_ref());
            let quote = passage.and_then(|passage| passage.quote.clone());
            let what = if quote.is_some() { "the passage" } else { "the source" };
            let words = quote.unwrap_or_else(|| source.title.clone());
            let key = source.id.to_string();
            let from = vec![(source, place)];
            Some(Cited { what, words, from, briefing: Some(of), key, ..Cited::default() })
        }
        Goal::View(View::Source(briefing, id)) => {
            let of = state.library.briefing(*briefing)?;
            let source = of.source(id)?;
            let from = vec![(source, Printable::default())];
            let (words, key) = (source.title.clone(), id.to_string());
            Some(Cited {
                what: "the source",
                words,
                from,
                briefing: Some(of),
                key,
                ..Cited::default()
            })
        }
        Goal::View(View::Voice(name)) => {
            Some(Cited { what: "the voice", words: name.clone(), ..Cited::default() })
        }
        Goal::View(_) => None,
    }
}

/// A page: its bottom line with its title.
fn of_page(state: &State, page: Page) -> Cited<'_> {
    let mut cited = on(state, page);
    let prose = match page {
        Page::Card(card) => state.library.card(card).and_then(|card| card.bottom_line.as_ref()),
        Page::Overview(_) => cited.briefing.and_then(|briefing| briefing.summary.as_ref()),
    };
    cited.words =
        prose.map_or_else(|| state.library.title(page), |prose| words(state, page, prose));
    cited.what = if prose.is_some() { "the bottom line" } else { "the title" };
    cited
}

/// A part of a page; `bytes` of its text are meant.
fn of_part(
    state: &State,
    page: Page,
    part: Part,
    bytes: Option<(usize, usize)>,
) -> Option<Cited<'_>> {
    let mut cited = on(state, page);
    let briefing = cited.briefing?;
    let from = super::who::rests_on(state, page, part);
    for citation in &from {
        cited.from.extend(briefing.source(&citation.source).map(|s| (s, place(citation))));
    }
    cited.what = "the sentence";
    if let Some((start, end)) = bytes {
        let text = state.reading().sheet.layout.text().get(start..end).unwrap_or_default();
        cited.words = Printable::line(&text.replace('\n', " "));
    }
    if let (Part::Claim(at), Page::Card(card)) = (part, page) {
        let stated = state.library.claim(card, at)?;
        let verb = stated.claim.verb.as_ref().map(|verb| format!(" ({verb})"));
        let voice = format!("{}{}", stated.voice(), verb.unwrap_or_default());
        cited.what = "the claim";
        cited.words = words(state, page, &stated.claim.text);
        cited.voice = Some(Printable::line(&voice));
        cited.note = Some(stated.claim.standing.word());
    } else if let (Part::Date(at), Page::Card(card)) = (part, page) {
        let dated = state.library.card(card)?.dates.get(at)?;
        cited.what = "the event";
        let text = format!("{}: {}", dated.date, words(state, page, &dated.text));
        cited.words = Printable::line(&text);
        cited.note = dated.basis.map(crate::model::Basis::word);
    } else if let (Part::Section(at), Page::Card(card)) = (part, page) {
        let basis = state.library.card(card)?.sections.get(at)?.basis;
        cited.note = basis.map(crate::model::Basis::word);
    }
    Some(cited)
}

/// Selected words of the page.
fn of_selection(state: &State, bytes: Range<usize>) -> Option<Cited<'_>> {
    let (page, layout) = (state.reading().page, &state.reading().sheet.layout);
    let part = layout.rows().get(layout.row_of(bytes.start)).map(|row| row.part);
    let cited = part.and_then(|part| of_part(state, page, part, None));
    let cited = cited.unwrap_or_else(|| on(state, page));
    let words: Vec<&str> = layout.text().get(bytes)?.split_whitespace().collect();
    let words = Printable::line(&words.join(" "));
    Some(Cited { what: "what was selected", words, ..cited })
}

/// Nothing yet, on a page.
fn on(state: &State, page: Page) -> Cited<'_> {
    let library = &state.library;
    let card = matches!(page, Page::Card(_)).then(|| library.title(page));
    let key = library.key(page).map(|key| match key.card {
        Some(card) => format!("{}-{card}", key.briefing),
        None => key.briefing.to_string(),
    });
    let briefing = library.briefing(library.briefing_of(page));
    Cited { card, briefing, key: key.unwrap_or_default(), ..Cited::default() }
}

/// The words of a text, on one line.
fn words(state: &State, page: Page, prose: &Prose) -> Printable {
    let title = |target: &Target| match state.library.leads_to(page, target) {
        Destination::Page { page, .. } => Some(state.library.title(page)),
        _ => None,
    };
    Printable::line(&format::sentence_words(&prose.source, &title))
}

/// The place in a source: `¶2`.
fn place(citation: &Citation) -> Printable {
    let Some(passage) = &citation.passage else { return Printable::default() };
    let number = passage.as_str().strip_prefix('p');
    let number = number.filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    match number {
        Some(number) => Printable::line(&format!("¶{number}")),
        None => passage.as_printable().clone(),
    }
}
