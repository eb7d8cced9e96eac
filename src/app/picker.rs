//! Choosing by typing: a card by its title or alias, a command by its name, an entry of the index.
//! What was typed may leave letters out, but not in the index, which stays in its order.

mod candidates;

pub use candidates::{Candidate, card_candidates};

use super::act::Outcome;
use super::action::Action;
use super::entries::{self, Walk};
use super::screen::pop_up;
use super::{Notice, Rect, Screen, State, travel};
use crate::library::Page;
use crate::text::{Printable, fold};
use candidates::placed_candidates;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::Input;

/// Entries shown at most.
const MOST: usize = 200;
/// Rows of entries on the screen, at most.
const MOST_ROWS: usize = 16;
/// Columns of the box.
const WIDTH: usize = 76;
/// Stands between the words of an entry and its small print where both are looked through.
const BETWEEN: &str = "  ";
/// Rows of the box besides those of entries.
const AROUND: usize = 4;

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A page.
    Page(Page),
    /// A command.
    Action(Action),
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for.
    pub what: What,
    /// The words that were matched.
    pub words: Printable,
    /// Small print: the kind of card and the title behind an alias, or the keys of a command.
    pub note: Printable,
    /// The clusters of the words that were typed.
    pub matched: Vec<usize>,
}

/// How entries are chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The best first.
    Best,
    /// As they stand, those that start with what was typed first.
    Alphabet,
}

/// Something chosen by typing.
#[derive(Debug)]
pub struct Picker {
    /// What it is for.
    pub title: &'static str,
    /// What was typed.
    pub input: Input,
    /// The entries that match, the best first.
    pub choices: Vec<Choice>,
    /// The chosen entry.
    pub selected: usize,
    /// The first entry shown.
    pub top: usize,
    candidates: Vec<Candidate>,
    order: Order,
    /// Whether a way is looked for to what is chosen.
    is_way: bool,
}

impl Picker {
    /// Entries of which the best come first.
    pub fn new(title: &'static str, candidates: Vec<Candidate>) -> Self {
        Self::ordered(title, candidates, Order::Best)
    }

    /// Entries that stand in the order of the alphabet.
    pub fn alphabetical(title: &'static str, candidates: Vec<Candidate>) -> Self {
        Self::ordered(title, candidates, Order::Alphabet)
    }

    fn ordered(title: &'static str, candidates: Vec<Candidate>, order: Order) -> Self {
        let input = Input::default();
        let mut picker = Self {
            title,
            input,
            choices: Vec::new(),
            selected: 0,
            top: 0,
            candidates,
            order,
            is_way: false,
        };
        picker.choices = picker.matching();
        picker
    }

    /// The same for another library, with what was typed.
    pub fn renewed(self, state: &State) -> Self {
        let leads_to_pages = |c: &Candidate| matches!(c.what, What::Page(_));
        let is_way = self.is_way;
        let screen = match self.order {
            Order::Alphabet => entries::open(state),
            Order::Best if self.candidates.first().is_some_and(leads_to_pages) => cards(state),
            Order::Best => return self,
        };
        let Screen::Picker(mut picker) = screen else { return self };
        (picker.title, picker.is_way) = (self.title, is_way);
        picker.input = self.input;
        picker.typed(state);
        picker
    }

    /// Rows of entries, however many match: the box stays where it is while one types.
    fn rows(&self) -> usize {
        match self.order {
            Order::Best => self.candidates.len().min(MOST_ROWS),
            // The index is for looking around in, too.
            Order::Alphabet => self.candidates.len(),
        }
    }

    /// The part of the screen it takes.
    pub fn rect(&self, state: &State) -> Rect {
        pop_up(state, WIDTH, self.rows() + AROUND)
    }

    /// The row of the screen on which the first entry shown stands: below the frame, what was typed
    /// and a line.
    pub fn first_row(rect: Rect) -> usize {
        rect.y + 3
    }

    /// What is done with the chosen entry, if it is not opened.
    pub fn accepting(&self) -> Option<&'static str> {
        let first = self.candidates.first().map(|candidate| candidate.what);
        match first {
            Some(What::Action(_)) => Some("run"),
            _ if self.is_way => Some("show the way"),
            _ => None,
        }
    }

    /// Number of entries to choose from.
    pub fn count(&self) -> usize {
        self.candidates.len()
    }

    /// The text was changed.
    pub fn typed(&mut self, _: &State) {
        self.choices = self.matching();
        self.selected = 0;
        self.top = 0;
    }

    /// The entries that match what was typed, the best first; each thing once.
    fn matching(&self) -> Vec<Choice> {
        let words = self.input.value().trim();
        if self.order == Order::Alphabet {
            return self.narrowed(words);
        }
        if words.is_empty() {
            return self.unfiltered();
        }
        let pattern = Pattern::parse(words, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(bool, u32, usize)> = Vec::new();
        let mut row = String::new();
        let mut others = Vec::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let haystack = Utf32Str::new(&candidate.words, &mut buffer);
            match pattern.score(haystack, &mut matcher) {
                Some(score) => scored.push((false, score, at)),
                None => others.push((at, candidate)),
            }
        }
        // What a row shows besides can be typed too, such as the folder. It comes last.
        if scored.len() < MOST {
            for (at, candidate) in others {
                row.clear();
                row.extend([&*candidate.words, BETWEEN, &*candidate.note]);
                let haystack = Utf32Str::new(&row, &mut buffer);
                let score = pattern.score(haystack, &mut matcher);
                scored.extend(score.map(|score| (true, score, at)));
            }
        }
        // What a footer calls by the word that is typed comes first, then what is called so itself. Of two
        // that match equally well the shorter one is nearer, then the earlier one.
        let named = |at: usize| self.candidates.get(at).map_or(0, |c| c.named(words));
        for at in 0..self.candidates.len() {
            if named(at) > 0 && !scored.iter().any(|(_, _, other)| *other == at) {
                scored.push((true, 0, at));
            }
        }
        let length = |at: usize| self.candidates.get(at).map_or(0, |c| c.words.len());
        scored.sort_by_key(|(by_note, score, at)| {
            let named = named(*at);
            let nearer = std::cmp::Reverse((named, !by_note, *score));
            (nearer, length(*at), *at)
        });
        let mut choices: Vec<Choice> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (by_note, _, at) in scored {
            let Some(candidate) = self.candidates.get(at) else { continue };
            if choices.len() == MOST {
                break;
            }
            if let What::Page(page) = candidate.what
                && !seen.insert(page)
            {
                continue;
            }
            let mut places = Vec::new();
            row.clear();
            row.extend([&*candidate.words, BETWEEN, &*candidate.note]);
            let whole = if by_note { &row } else { candidate.words.as_str() };
            let haystack = Utf32Str::new(whole, &mut buffer);
            pattern.indices(haystack, &mut matcher, &mut places);
            choices.push(candidate.choice(places.into_iter().map(|at| at as usize).collect()));
        }
        choices
    }

    fn unfiltered(&self) -> Vec<Choice> {
        let mut seen = std::collections::HashSet::new();
        let first = |candidate: &&Candidate| match candidate.what {
            What::Page(page) => seen.insert(page),
            What::Action(_) => true,
        };
        let all = self.candidates.iter().filter(first);
        all.take(MOST).map(|candidate| candidate.choice(Vec::new())).collect()
    }

    /// The entries that start with `words`, then those with another word that does, in their order.
    fn narrowed(&self, words: &str) -> Vec<Choice> {
        if words.is_empty() {
            return self.candidates.iter().map(|candidate| candidate.choice(Vec::new())).collect();
        }
        let mut typed = String::new();
        fold(words, &mut typed);
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        for candidate in &self.candidates {
            match entries::matching(&candidate.words, &typed) {
                Some((true, matched)) => first.push(candidate.choice(matched)),
                Some((false, matched)) => rest.push(candidate.choice(matched)),
                None => {}
            }
        }
        first.append(&mut rest);
        first
    }

    /// Rows of entries that can be seen.
    fn visible(&self, state: &State) -> usize {
        self.rect(state).height.saturating_sub(AROUND).max(1)
    }

    fn step(&mut self, by: isize, state: &State) {
        let last = self.choices.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.reveal(state);
    }

    /// Moves the entries so that the chosen one can be seen.
    pub fn reveal(&mut self, state: &State) {
        let rows = self.visible(state);
        self.top = self.top.clamp((self.selected + 1).saturating_sub(rows), self.selected);
    }
}

/// Cards to open, by title and alias.
pub fn cards(state: &State) -> Screen {
    Screen::Picker(Picker::new("Open", placed_candidates(&state.library)))
}

/// Cards to look for a way to.
pub fn ways(state: &mut State) -> Option<Screen> {
    super::ways::present(state)?;
    let candidates = placed_candidates(&state.library);
    let is_card = |c: &Candidate| matches!(c.what, What::Page(Page::Card(_)));
    let picker = Picker::new("Path to", candidates.into_iter().filter(is_card).collect());
    Some(Screen::Picker(Picker { is_way: true, ..picker }))
}

/// Acts on what is chosen by typing.
pub fn act(state: &mut State, mut picker: Picker, action: Action) -> Outcome {
    let page = picker.visible(state).cast_signed();
    match action {
        Action::LineDown => picker.step(1, state),
        Action::LineUp => picker.step(-1, state),
        Action::PageDown => picker.step(page, state),
        Action::PageUp => picker.step(-page, state),
        Action::Accept => {
            return match picker.choices.get(picker.selected).map(|choice| choice.what) {
                Some(What::Page(page)) if picker.is_way => match super::ways::open(state, page) {
                    Some(screen) => Outcome::Stays(screen),
                    None => Outcome::Closed,
                },
                Some(What::Page(page)) => {
                    if picker.order == Order::Alphabet {
                        state.walk = Some(Walk::new(&picker.choices, picker.selected));
                    }
                    if page != state.reading().page {
                        travel::visit(state, page);
                    }
                    Outcome::Closed
                }
                Some(What::Action(action)) => Outcome::Run(action),
                None => {
                    let words = picker.input.value();
                    state.say(Notice::info(format!("nothing is called `{words}`")));
                    Outcome::Stays(Screen::Picker(picker))
                }
            };
        }
        _ => return Outcome::Passed(Screen::Picker(picker)),
    }
    Outcome::Stays(Screen::Picker(picker))
}
