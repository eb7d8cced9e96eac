//! Choosing by typing: a card by its title or alias, a command by its name. What was typed may
//! leave letters out.

use super::act::Outcome;
use super::action::Action;
use super::footer;
use super::{Notice, Rect, Screen, State, travel};
use crate::library::{Library, Page};
use crate::text::{Printable, clusters};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::Input;

/// Entries shown at most.
const MOST: usize = 200;
/// Rows of entries on the screen, at most.
const MOST_ROWS: usize = 16;

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

/// An entry with all its words.
#[derive(Debug)]
struct Candidate {
    what: What,
    words: Printable,
    note: Printable,
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
}

impl Picker {
    fn new(title: &'static str, candidates: Vec<Candidate>) -> Self {
        let input = Input::default();
        let mut picker =
            Self { title, input, choices: Vec::new(), selected: 0, top: 0, candidates };
        picker.choices = picker.matching();
        picker
    }

    /// Rows of entries, however many match: the box stays where it is while one types.
    pub fn rows(&self) -> usize {
        self.candidates.len().min(MOST_ROWS)
    }

    /// The row of the screen on which the first entry shown stands: below the frame, what was typed
    /// and a line.
    pub fn first_row(rect: Rect) -> usize {
        rect.y + 3
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
        if words.is_empty() {
            return self.unfiltered();
        }
        let pattern = Pattern::parse(words, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let haystack = Utf32Str::new(&candidate.words, &mut buffer);
            scored.extend(pattern.score(haystack, &mut matcher).map(|score| (score, at)));
        }
        // Of two that match equally well the shorter one is nearer, then the earlier one.
        let length = |at: usize| self.candidates.get(at).map_or(0, |c| c.words.len());
        scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), length(*at), *at));
        let mut choices: Vec<Choice> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (_, at) in scored {
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
            let haystack = Utf32Str::new(&candidate.words, &mut buffer);
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

    fn step(&mut self, by: isize) {
        let last = self.choices.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        let rows = self.rows().max(1);
        self.top = self.top.clamp((self.selected + 1).saturating_sub(rows), self.selected);
    }
}

impl Candidate {
    fn choice(&self, matched: Vec<usize>) -> Choice {
        let (what, words, note) = (self.what, self.words.clone(), self.note.clone());
        // Matches count characters as the matcher sees them, which are clusters.
        let length = clusters(&words).count();
        let matched = matched.into_iter().filter(|at| *at < length).collect();
        Choice { what, words, note, matched }
    }
}

/// Cards to open, by title and alias.
pub fn cards(state: &State) -> Screen {
    Screen::Picker(Picker::new("Open", card_candidates(&state.library)))
}

fn card_candidates(library: &Library) -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(library.card_count());
    let many = library.documents().len() > 1;
    for briefing in 0..library.documents().len() {
        let of = library.title(Page::Overview(briefing));
        if library.has_overview(briefing) {
            candidates.push(Candidate {
                what: What::Page(Page::Overview(briefing)),
                words: of.clone(),
                note: Printable::line("overview"),
            });
        }
        for index in library.cards_of(briefing) {
            let Some(card) = library.card(index) else { continue };
            let what = What::Page(Page::Card(index));
            let kind = library.kind_word(index);
            // Where there are no kinds, ids tell files of one title apart.
            let note = if kind.is_empty() {
                card.id.as_printable().clone()
            } else if many {
                Printable::line(&format!("{kind} · {of}"))
            } else {
                Printable::line(kind)
            };
            candidates.push(Candidate { what, words: card.title.clone(), note });
            for alias in &card.aliases {
                let note = Printable::line(&format!("→ {}", card.title));
                candidates.push(Candidate { what, words: alias.clone(), note });
            }
        }
    }
    candidates
}

/// Commands to run.
pub fn commands(state: &State) -> Screen {
    let context = state.context();
    let candidate = |action: &Action| {
        let chords = state.keymap.keys(context, *action);
        let chords = if chords.is_empty() {
            state.keymap.keys(super::Context::Reader, *action)
        } else {
            chords
        };
        let keys: Vec<_> = chords.iter().take(2).map(ToString::to_string).collect();
        Candidate {
            what: What::Action(*action),
            words: Printable::line(action.doc()),
            note: footer::plain(state, &keys.join("  ")),
        }
    };
    // These mean something only together with a key or a screen.
    let useless = [Action::Accept, Action::FollowNumber, Action::Palette, Action::Close];
    let actions = Action::ALL.iter().filter(|action| !useless.contains(action));
    Screen::Picker(Picker::new("Commands", actions.map(candidate).collect()))
}

/// Acts on what is chosen by typing.
pub fn act(state: &mut State, mut picker: Picker, action: Action) -> Outcome {
    let page = picker.rows().max(1).cast_signed();
    match action {
        Action::LineDown => picker.step(1),
        Action::LineUp => picker.step(-1),
        Action::PageDown => picker.step(page),
        Action::PageUp => picker.step(-page),
        Action::Accept => {
            return match picker.choices.get(picker.selected).map(|choice| choice.what) {
                Some(What::Page(page)) => {
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
