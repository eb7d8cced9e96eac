//! A map of the neighbourhood of a card: the card in the middle, to its left what links to it, to its
//! right what it links to, and where there is room what lies a step further. All arrows point right.

use super::act::Outcome;
use super::action::Action;
use super::screen::inside;
use super::{Rect, Screen, State, travel, ways};
use crate::library::{Library, Page};
use crate::text::{Printable, shorten, width};
use std::collections::{HashMap, HashSet};

/// From this width a second step is shown.
const TWO_STEPS: usize = 100;
/// Columns between two columns of cards, and where there is little room.
const GAPS: (usize, usize) = (7, 4);
/// From this width there is room for the wider one.
const ROOMY: usize = 60;
/// From this height the card in the middle has a box around it.
const BOXED: usize = 5;

/// Arms of a wire within a cell.
pub const UP: u8 = 1;
/// To the cell below.
pub const DOWN: u8 = 2;
/// To the cell to the left.
pub const LEFT: u8 = 4;
/// To the cell to the right.
pub const RIGHT: u8 = 8;

/// A card on the map, or the number of those that have no room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The card; none for a number of others.
    pub card: Option<usize>,
    /// What is written.
    pub words: Printable,
    /// Column and row of the first letter, within the box.
    pub at: (usize, usize),
    /// The step: 0 for the card in the middle, -1 for what links to it, 1 for what it links to.
    pub step: i8,
}

/// The neighbourhood of a card.
#[derive(Debug, Default)]
pub struct Map {
    /// The cards; the one in the middle first.
    pub nodes: Vec<Node>,
    /// The chosen one.
    pub selected: usize,
    /// Lines between them: the arms in each cell, within the box.
    pub wires: HashMap<(usize, usize), u8>,
    /// Cells where a line arrives.
    pub heads: Vec<(usize, usize)>,
    /// The box around the card in the middle, within the box of the map.
    pub middle: Option<Rect>,
    card: usize,
}

/// Cards in rows, each with those a step further.
struct Side {
    groups: Vec<(usize, Vec<usize>)>,
    /// How many more there are.
    more: usize,
}

impl Side {
    /// What lies on one side of a card, as far as it fits into so many rows.
    fn new(library: &Library, card: usize, along: bool, rows: usize, two: bool) -> Self {
        let mut first = library.beside(card, along);
        let mut more = 0;
        if first.len() > rows {
            more = first.len() - rows.saturating_sub(1);
            first.truncate(rows.saturating_sub(1));
        }
        let mut free = rows.saturating_sub(first.len() + usize::from(more > 0));
        let mut seen: HashSet<usize> = first.iter().copied().chain([card]).collect();
        let mut groups: Vec<(usize, Vec<usize>)> = first.iter().map(|c| (*c, Vec::new())).collect();
        let second = |card: &usize| library.beside(*card, along).into_iter();
        let mut rest: Vec<_> = first.iter().filter(|_| two).map(second).collect();
        // Each gets one in turn, until there is no room or nothing left.
        loop {
            let mut got = false;
            for ((_, group), rest) in groups.iter_mut().zip(&mut rest) {
                let takes_row = !group.is_empty();
                if takes_row && free == 0 {
                    continue;
                }
                if let Some(card) = rest.find(|card| seen.insert(*card)) {
                    group.push(card);
                    free -= usize::from(takes_row);
                    got = true;
                }
            }
            if !got {
                break;
            }
        }
        Self { groups, more }
    }

    fn rows(&self) -> usize {
        let groups = self.groups.iter().map(|(_, group)| group.len().max(1));
        groups.sum::<usize>() + usize::from(self.more > 0)
    }
}

/// Columns of the map.
struct Grid {
    /// Columns of the card in the middle, and of the others.
    widths: (usize, usize),
    gap: usize,
    /// Where the middle starts.
    middle: usize,
}

impl Grid {
    /// The columns that cards of a step take.
    fn column(&self, step: i8) -> (usize, usize) {
        let ((centre, other), stride) = (self.widths, self.widths.1 + self.gap);
        let steps = usize::from(step.unsigned_abs());
        match step {
            0 => (self.middle, centre),
            1.. => (self.middle + centre + self.gap + (steps - 1) * stride, other),
            _ => (self.middle.saturating_sub(steps * stride), other),
        }
    }
}

impl Map {
    /// The part of the screen it takes: all but header and footer.
    pub fn rect(state: &State) -> Rect {
        Rect { x: 0, width: state.size.0, ..state.panes.main }
    }

    /// The title of the card in the middle.
    pub fn title(&self, library: &Library) -> Printable {
        library.title(Page::Card(self.card))
    }

    /// Draws the map for the size of the screen.
    pub fn arrange(&mut self, state: &State) {
        let library = &state.library;
        let chosen = self.nodes.get(self.selected).and_then(|node| node.card);
        let room = inside(Self::rect(state));
        let two = room.width >= TWO_STEPS;
        let gap = if room.width >= ROOMY { GAPS.0 } else { GAPS.1 };
        let columns = if two { 4 } else { 2 };
        let boxed = room.height >= BOXED;
        let title = width(&self.title(library)) + if boxed { 4 } else { 0 };
        let free = room.width.saturating_sub(columns * gap);
        let centre = title.min(free / (columns + 1) + columns);
        let other = free.saturating_sub(centre) / columns;
        let middle = (columns / 2) * (other + gap);
        let grid = Grid { widths: (centre, other), gap, middle };
        *self = Self { card: self.card, ..Self::default() };
        let row = room.height / 2;
        self.put(state, &grid, 0, row, self.card, boxed);
        self.middle = boxed.then_some(Rect { x: middle, y: row - 1, width: centre, height: 3 });
        for along in [false, true] {
            let side = Side::new(library, self.card, along, room.height, two);
            self.side(state, &grid, &side, along, room.height);
        }
        let is_chosen = |node: &Node| node.card.is_some() && node.card == chosen;
        self.selected = self.nodes.iter().position(is_chosen).unwrap_or(0);
    }

    fn put(&mut self, state: &State, grid: &Grid, step: i8, y: usize, card: usize, boxed: bool) {
        let title = state.library.title(Page::Card(card));
        self.write(state, grid, step, y, (Some(card), &title), boxed);
    }

    /// Writes words into a column; to the left of the middle they end where it ends.
    fn write(
        &mut self,
        state: &State,
        grid: &Grid,
        step: i8,
        y: usize,
        (card, words): (Option<usize>, &Printable),
        boxed: bool,
    ) {
        let (x, columns) = grid.column(step);
        let margin = if boxed { 2 } else { 0 };
        let room = columns.saturating_sub(2 * margin);
        let words = shorten(words, room, state.settings.glyphs.ellipsis);
        let indent = if step < 0 { columns.saturating_sub(width(&words)) } else { margin };
        self.nodes.push(Node { card, words, at: (x + indent, y), step });
    }

    fn side(&mut self, state: &State, grid: &Grid, side: &Side, along: bool, height: usize) {
        let sign: i8 = if along { 1 } else { -1 };
        let mut y = (height / 2).saturating_sub(side.rows() / 2);
        let mut ends = Vec::new();
        for (card, group) in &side.groups {
            let rows = group.len().max(1);
            let own = y + (rows - 1) / 2;
            self.put(state, grid, sign, own, *card, false);
            ends.push(own);
            for (at, second) in group.iter().enumerate() {
                self.put(state, grid, 2 * sign, y + at, *second, false);
            }
            let seconds: Vec<usize> = (y..y + group.len()).collect();
            self.wires_between(grid, sign, own, &seconds, along);
            y += rows;
        }
        self.wires_between(grid, 0, height / 2, &ends, along);
        if side.more > 0 {
            let ellipsis = state.settings.glyphs.ellipsis;
            let words = Printable::inline(&format!("{ellipsis} {} more", side.more));
            self.write(state, grid, sign, y, (None, &words), false);
        }
    }

    /// Lines between a card of a step and those a step further out, to the right or to the left.
    fn wires_between(&mut self, grid: &Grid, step: i8, from: usize, to: &[usize], right: bool) {
        let (Some(low), Some(high)) = (to.iter().min(), to.iter().max()) else { return };
        let (x, columns) = grid.column(step);
        // The gap between the columns, without the cells beside the words.
        let first = if right { x + columns } else { x.saturating_sub(grid.gap) };
        let spare = usize::from(grid.gap > GAPS.1);
        let (start, end) = (first + spare, first + grid.gap - 1 - spare);
        let bus = first + grid.gap / 2;
        let (low, high) = ((*low).min(from), (*high).max(from));
        for y in low..=high {
            let arms = if y > low { UP } else { 0 } | if y < high { DOWN } else { 0 };
            self.add((bus, y), arms);
        }
        let (inner, outer) = if right { (LEFT, RIGHT) } else { (RIGHT, LEFT) };
        // Towards the inner card, as far as its words.
        let words = self.nodes.iter().find(|node| node.step == step && node.at.1 == from);
        let words = words.filter(|_| step != 0).map(|n| (n.at.0, n.at.0 + width(&n.words)));
        let (near, far) = match words {
            Some((_, last)) if right => (last + spare, end),
            Some((first, _)) => (start, first.saturating_sub(1 + spare).max(end)),
            None => (start, end),
        };
        self.across(near.min(bus), bus, far, from, inner);
        for y in to {
            self.across(start, bus, end, *y, outer);
        }
        // Arrows point right: at the cards to the right, or at the one to the right of all others.
        if right {
            self.heads.extend(to.iter().map(|y| (end, *y)));
        } else {
            self.heads.push((far, from));
        }
    }

    /// A line from the bus to one end of the gap.
    fn across(&mut self, start: usize, bus: usize, end: usize, y: usize, arm: u8) {
        let cells = if arm == LEFT { start..bus } else { bus + 1..end + 1 };
        for x in cells {
            self.add((x, y), LEFT | RIGHT);
        }
        self.add((bus, y), arm);
    }

    fn add(&mut self, cell: (usize, usize), arms: u8) {
        *self.wires.entry(cell).or_default() |= arms;
    }

    /// Chooses the next card in the same column, or the nearest one in a column to the side.
    fn go(&mut self, across: i8, down: isize) {
        let Some(here) = self.nodes.get(self.selected) else { return };
        let (step, row) = (here.step, here.at.1);
        let cards = || self.nodes.iter().enumerate().filter(|(_, node)| node.card.is_some());
        let next = if across == 0 {
            let beyond = cards()
                .filter(|(_, node)| node.step == step)
                .filter(|(_, node)| if down > 0 { node.at.1 > row } else { node.at.1 < row });
            beyond.min_by_key(|(_, node)| node.at.1.abs_diff(row))
        } else {
            let beside = cards().filter(|(_, node)| node.step == step + across);
            beside.min_by_key(|(_, node)| node.at.1.abs_diff(row))
        };
        if let Some((at, _)) = next {
            self.selected = at;
        }
    }
}

/// Opens the map of the present card.
pub fn open(state: &mut State) -> Option<Screen> {
    let card = ways::present(state)?;
    let mut map = Map { card, ..Map::default() };
    map.arrange(state);
    Some(Screen::Map(Box::new(map)))
}

/// Acts on the map.
pub fn act(state: &mut State, mut map: Box<Map>, action: Action) -> Outcome {
    match action {
        Action::LineDown | Action::NextLink => map.go(0, 1),
        Action::LineUp | Action::PreviousLink => map.go(0, -1),
        Action::Left => map.go(-1, 0),
        Action::Right => map.go(1, 0),
        Action::Accept => {
            let card = map.nodes.get(map.selected).and_then(|node| node.card);
            if let Some(page) = card.map(Page::Card).filter(|page| *page != state.reading().page) {
                travel::visit(state, page);
            }
            return Outcome::Closed;
        }
        _ => return Outcome::Passed(Screen::Map(map)),
    }
    Outcome::Stays(Screen::Map(map))
}
