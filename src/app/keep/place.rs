//! Where the reader is: kept when he moves, and come back to when the same is opened again.

use super::super::trail::{Place, Step, Trail};
use super::super::{Notice, State, travel};
use crate::library::{Library, Page};
use crate::store::{self, Anchor, Change, Kept, Left, Subject, Way};
use std::sync::Arc;

/// Steps of the trail that are kept.
const STEPS: usize = 200;

/// What tells that the reader has moved.
#[derive(Debug, PartialEq, Eq)]
pub struct Spot {
    page: Page,
    top: usize,
    step: usize,
    steps: usize,
}

/// Keeps where the reader is, if he has moved.
pub fn keep(state: &mut State) {
    let library = Arc::clone(&state.library);
    let reading = &state.main;
    let trail = &reading.trail;
    let spot = Spot {
        page: reading.page,
        top: reading.sheet.top,
        step: trail.present(),
        steps: trail.steps().len(),
    };
    if state.keep.place.as_ref() == Some(&spot) {
        return;
    }
    let (page, anchor) = (reading.page, reading.anchor());
    let here = state.keep.subject(&library, page);
    let way = way(state, &library, anchor.as_ref());
    state.keep.place = Some(spot);
    if let Some(here) = here {
        let left = Change::Left { card: here.card.clone(), anchor };
        state.keep.put(Subject::briefing(&here.briefing), left);
    }
    if let Some((home, change)) = way {
        state.keep.put(home, change);
    }
}

/// The trail, for the briefing that was opened first.
fn way(state: &State, library: &Library, anchor: Option<&Anchor>) -> Option<(Subject, Change)> {
    let home = state.keep.subject(library, Page::Overview(0))?;
    let trail = &state.main.trail;
    let first = trail.steps().len().saturating_sub(STEPS);
    let number = |step: usize| u32::try_from(step.checked_sub(first)?).ok();
    let present = number(trail.present())?;
    let step = |(at, step): (usize, &Step)| {
        let page = library.page(&step.place.page);
        let on = page.and_then(|page| state.keep.subject(library, page));
        let here = at == trail.present();
        store::Step {
            // What is gone from the library keeps its place in the tree.
            on: on.unwrap_or_else(|| Subject::briefing(step.place.page.briefing.as_str())),
            anchor: if here { anchor.cloned() } else { step.place.anchor.clone() },
            from: step.from.and_then(number),
            to: step.to.iter().copied().filter_map(number).collect(),
            peeked: step.peeked,
        }
    };
    let steps = trail.steps().iter().enumerate().skip(first).map(step).collect();
    Some((home, Change::Trail { steps, present }))
}

/// Brings the reader to where he was last; if he has done something already, offers it.
pub fn resume(state: &mut State) {
    let library = Arc::clone(&state.library);
    let Some(home) = state.keep.subject(&library, Page::Overview(0)) else { return };
    let Some(kept) = state.keep.kept() else { return };
    let way = kept.way(&home).and_then(|way| trail(state, &library, way));
    let trail = way.or_else(|| Some(Trail::new(left(state, &library, kept, &home)?)));
    let Some(trail) = trail else { return };
    let Some(place) = trail.place().cloned() else { return };
    let here = state.library.key(state.main.page);
    let moved = here.as_ref() != Some(&place.page) || place.anchor.is_some();
    state.keep.last_time = Some(place.clone());
    if !state.keep.resume || !moved {
        if state.keep.resume && !state.keep.touched {
            state.main.trail = trail;
        }
        return;
    }
    if state.keep.touched {
        let title = library.page(&place.page).map(|page| library.title(page)).unwrap_or_default();
        state.say(Notice::info(format!("you were at `{title}` last time: '' goes there")));
        return;
    }
    let (settings, form) = (state.settings, state.form(super::super::Side::Main));
    state.main.trail = trail;
    state.main.restore(&library, &settings, form);
}

/// Where a briefing was left.
fn left(state: &State, library: &Library, kept: &Kept, home: &Subject) -> Option<Place> {
    let Left { card, anchor } = kept.left(home)?.clone();
    let page = state.keep.page(library, &Subject { card, ..home.clone() })?;
    Some(Place { anchor, ..Place::top(library.key(page)?) })
}

/// The trail as it was kept, without what is gone from the library; none if the reader was at
/// something that is gone.
fn trail(state: &State, library: &Library, way: &Way) -> Option<Trail> {
    let mut numbers = vec![None; way.steps.len()];
    let mut steps: Vec<Step> = Vec::new();
    for (at, step) in way.steps.iter().enumerate() {
        let page = state.keep.page(library, &step.on);
        // An overview that is not shown is no place.
        let shown = |page: &Page| match page {
            Page::Card(_) => true,
            Page::Overview(briefing) => {
                library.has_overview(*briefing) || library.start_of(*briefing) == Some(*page)
            }
        };
        let Some(page) = page.filter(shown).and_then(|page| library.key(page)) else { continue };
        let known = |from: &u32| numbers.get(*from as usize).copied().flatten();
        // A way leads from what was there before; whatever is written, it is a tree.
        let from = step.from.as_ref().and_then(known).or((!steps.is_empty()).then_some(0));
        if let Some(number) = numbers.get_mut(at) {
            *number = Some(steps.len());
        }
        let place = Place { anchor: step.anchor.clone(), ..Place::top(page) };
        steps.push(Step { place, from, to: Vec::new(), peeked: step.peeked });
    }
    let present = numbers.get(way.present as usize).copied().flatten()?;
    // Where one went last from a step stands last.
    let known = |number: &u32| numbers.get(*number as usize).copied().flatten();
    let orders: Vec<Vec<usize>> =
        way.steps.iter().map(|step| step.to.iter().filter_map(known).collect()).collect();
    for child in 1..steps.len() {
        let from = steps.get(child).and_then(|step| step.from).unwrap_or(0);
        if let Some(parent) = steps.get_mut(from) {
            parent.to.push(child);
        }
    }
    for (old, order) in orders.iter().enumerate() {
        let Some(step) = numbers.get(old).copied().flatten().and_then(|at| steps.get_mut(at))
        else {
            continue;
        };
        let rank = |child: &usize| order.iter().position(|at| at == child);
        step.to.sort_by_key(rank);
    }
    Trail::restored(steps, present)
}

/// Goes to a sentence of a page.
pub fn go_to(state: &mut State, page: Page, anchor: Option<&Anchor>) {
    if page == state.reading().page {
        let row = row_of(state, anchor);
        travel::within(state, row);
    } else {
        travel::visit(state, page);
        let row = row_of(state, anchor);
        state.reading_mut().sheet.go_to(row);
    }
}

fn row_of(state: &State, anchor: Option<&Anchor>) -> usize {
    let layout = &state.reading().sheet.layout;
    let found = anchor.and_then(|anchor| anchor.find(layout.text()));
    found.map_or(0, |bytes| layout.row_of(bytes.start))
}
