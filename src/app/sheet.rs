//! A layout with a position in it: what is scrolled, which link is chosen, what was found. The text
//! of a card, a peek, a list of backlinks and the help are all sheets.

use super::action::Action;
use super::highlights::Spots;
use crate::layout::{Layout, LinkSpot};
use crate::text::Folded;
use std::ops::Range;

/// Rows that stay in sight when a page is turned.
const OVERLAP: usize = 2;
/// Columns moved by one step sideways.
const SIDE_STEP: usize = 8;

/// Rows on a page of a given height.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The rows.
    pub layout: Layout,
    /// Rows that fit on the page.
    pub height: usize,
    /// The first row shown.
    pub top: usize,
    /// Columns that wide rows are moved to the left.
    pub left: usize,
    /// The chosen link.
    pub chosen: Option<usize>,
    /// What was found, as ranges of the layout's text.
    pub found: Vec<Range<usize>>,
    /// Which of the places found is the present one.
    pub present: usize,
    /// What the reader put on it.
    pub spots: Spots,
}

impl Sheet {
    /// A sheet at its top.
    pub fn new(layout: Layout, height: usize) -> Self {
        Self { layout, height: height.max(1), ..Self::default() }
    }

    /// The last row that can be the first one shown.
    pub fn last_top(&self) -> usize {
        self.layout.rows().len().saturating_sub(self.height)
    }

    /// The rows shown.
    pub fn visible(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.layout.rows().len())
    }

    /// How far the text was read, in percent.
    pub fn percent(&self) -> usize {
        match self.last_top() {
            0 => 100,
            last => self.top * 100 / last,
        }
    }

    /// Moves by rows.
    pub fn scroll(&mut self, rows: isize) {
        self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        self.drop_hidden_choice();
    }

    /// Moves by a share of the page.
    pub fn page(&mut self, halves: isize) {
        let page = match halves.abs() {
            1 => self.height / 2,
            _ => self.height.saturating_sub(OVERLAP),
        };
        self.scroll(halves.signum() * page.max(1).cast_signed());
    }

    /// Moves as an action says; whether it is one that moves.
    pub fn moved(&mut self, action: Action) -> bool {
        match action {
            Action::LineDown => self.scroll(1),
            Action::LineUp => self.scroll(-1),
            Action::PageDown => self.page(2),
            Action::PageUp => self.page(-2),
            Action::HalfPageDown => self.page(1),
            Action::HalfPageUp => self.page(-1),
            Action::Top => self.go_to(0),
            Action::Bottom => self.go_to(usize::MAX),
            _ => return false,
        }
        true
    }

    /// Moves wide rows sideways.
    pub fn sideways(&mut self, steps: isize) -> bool {
        let widest = self.layout.rows().iter().filter(|row| row.wide);
        let widest = widest.map(|row| self.layout.width(row)).max().unwrap_or(0);
        let before = self.left;
        self.left = self.left.saturating_add_signed(steps * SIDE_STEP.cast_signed());
        self.left = self.left.min(widest.saturating_sub(SIDE_STEP));
        self.left != before
    }

    /// Makes a row the first one shown, as far as there are rows.
    pub fn go_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
        self.drop_hidden_choice();
    }

    /// Moves as little as possible so that rows can be seen, with a row to spare if there is room.
    pub fn reveal(&mut self, rows: Range<usize>) {
        let spare = usize::from(self.height > 4);
        let last = rows.end.max(rows.start);
        if rows.start < self.top + spare {
            self.top = rows.start.saturating_sub(spare);
        } else if last + spare >= self.top + self.height {
            self.top = (last + spare + 1).saturating_sub(self.height).min(rows.start);
        }
        self.top = self.top.min(self.last_top());
    }

    /// The chosen link.
    pub fn link(&self) -> Option<&LinkSpot> {
        self.layout.links().get(self.chosen?)
    }

    /// The links that can be seen, in reading order; those that have numbers.
    pub fn visible_links(&self) -> Vec<usize> {
        self.seen(self.layout.written_links()).collect()
    }

    /// All links that can be seen, quiet ones too, in reading order.
    pub fn all_visible_links(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.seen(self.layout.links()).collect();
        let start = |at: &usize| self.layout.links().get(*at).map(|link| link.text.start);
        all.sort_by_key(start);
        all
    }

    fn seen<'s>(&self, links: &'s [LinkSpot]) -> impl Iterator<Item = usize> + 's {
        let rows = self.visible();
        let seen = move |link: &LinkSpot| link.rows.start < rows.end && link.rows.end >= rows.start;
        links.iter().enumerate().filter(move |(_, link)| seen(link)).map(|(at, _)| at)
    }

    /// The links that are gone through one by one: those of the author, else the quiet ones.
    fn steps(&self) -> &[LinkSpot] {
        match self.layout.written_links() {
            [] => self.layout.links(),
            written => written,
        }
    }

    /// Chooses a link and brings it into sight.
    pub fn choose(&mut self, link: usize) {
        let Some(spot) = self.layout.links().get(link) else { return };
        self.chosen = Some(link);
        let rows = spot.rows.clone();
        self.reveal(rows);
    }

    /// Chooses the next or previous link: from the chosen one, else from what can be seen, around
    /// the end. Whether there is one.
    pub fn choose_next(&mut self, forward: bool) -> bool {
        let links = self.steps();
        let count = links.len();
        if count == 0 {
            return false;
        }
        let next = match (self.chosen.filter(|chosen| *chosen < count), forward) {
            (Some(chosen), true) => (chosen + 1) % count,
            (Some(chosen), false) => (chosen + count - 1) % count,
            (None, true) => self.seen(links).next().unwrap_or_else(|| {
                let rest = links.iter().position(|l| l.rows.start >= self.top);
                rest.unwrap_or(0)
            }),
            (None, false) => self.seen(links).last().unwrap_or(count - 1),
        };
        self.choose(next);
        true
    }

    /// A link scrolled out of sight is no longer chosen.
    fn drop_hidden_choice(&mut self) {
        let rows = self.visible();
        if self.link().is_some_and(|l| l.rows.end < rows.start || l.rows.start >= rows.end) {
            self.chosen = None;
        }
    }

    /// Replaces the layout; the text at the top stays where it was on the page.
    pub fn relayout(&mut self, layout: Layout, height: usize) {
        let offset = self.layout.offset_of(self.top);
        // Blank rows between the top of the page and that text are kept too.
        let above = self.layout.row_of(offset).saturating_sub(self.top);
        let row = if self.layout.text() == layout.text() {
            layout.row_of(offset).saturating_sub(above)
        } else {
            self.same_sentence(&layout).map_or(self.top, |row| row.saturating_sub(above))
        };
        let written = layout.written_links().len();
        let links_stay = self.layout.written_links().len() == written;
        let all_stay = self.layout.links().len() == layout.links().len();
        let was_at_top = self.top == 0;
        self.layout = layout;
        self.height = height.max(1);
        self.chosen = self.chosen.filter(|chosen| links_stay && (all_stay || *chosen < written));
        self.top = if was_at_top { 0 } else { row.min(self.last_top()) };
        self.found.clear();
    }

    /// The row of another layout at which the sentence at the top of this one stands; if it is
    /// gone, the nearest sentence before it that is still there.
    fn same_sentence(&self, other: &Layout) -> Option<usize> {
        const LOOK_BACK: usize = 200;
        (self.top.saturating_sub(LOOK_BACK)..=self.top).rev().find_map(|row| {
            let offset = self.layout.offset_of(row);
            let place = other.find_quote(self.layout.quote(offset), offset)?;
            Some(other.row_of(place))
        })
    }

    /// Finds words; how many places there are. The present one becomes the first at or below the
    /// text at `from`.
    pub fn find(&mut self, words: &str, from: usize) -> usize {
        let found = Folded::new(self.layout.text()).find(words);
        self.take_found(found, from)
    }

    /// Takes places that were found, from left to right; as [`Self::find`].
    pub fn take_found(&mut self, found: Vec<Range<usize>>, from: usize) -> usize {
        self.found = found;
        let first = self.found.iter().position(|range| range.start >= from);
        self.present = first.unwrap_or(0);
        self.found.len()
    }

    /// Brings the present place found into sight.
    pub fn reveal_found(&mut self) {
        if let Some(range) = self.found.get(self.present) {
            let row = self.layout.row_of(range.start);
            let last = self.layout.row_of(range.end.saturating_sub(1).max(range.start));
            self.reveal(row..last);
            self.drop_hidden_choice();
        }
    }

    /// Goes to the next or previous place found, around the end; whether it went around.
    pub fn step_found(&mut self, forward: bool) -> bool {
        let count = self.found.len();
        if count == 0 {
            return false;
        }
        let before = self.present;
        self.present = if forward { (before + 1) % count } else { (before + count - 1) % count };
        self.reveal_found();
        count > 1 && if forward { self.present < before } else { self.present > before }
    }
}
