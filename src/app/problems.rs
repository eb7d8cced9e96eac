//! What is wrong with what was opened, as a list: each finding leads to the page and the row it is
//! about, and to its line in the editor.

use super::act::Outcome;
use super::action::Action;
use super::faults::{self, Faults};
use super::screen::{self, inside};
use super::{Effect, Notice, Rect, Screen, State, reload, travel};
use crate::check::{Finding, Policy};
use crate::diagnostic::Severity;
use crate::format;
use crate::library::{Library, Page};
use crate::model::{Prose, Reference};
use crate::text::{Printable, Span, wrap};
use std::ops::Range;
use std::sync::Arc;

/// Columns of the box at most.
const WIDTH: usize = 100;
/// Columns of the word for the severity, and those behind it.
pub const WORD: usize = 9;
/// Rows of a message at most.
const MOST_ROWS: usize = 3;
/// Bytes of a text by which its place on the page is found.
const QUOTE: usize = 48;

/// What was found in the library, as far as it is known.
#[derive(Debug, Default)]
pub struct Checking {
    /// The findings, and the library they are about; the most severe first.
    found: Option<(Arc<Library>, Arc<[Finding]>)>,
    /// The library that is being checked.
    running: Option<Arc<Library>>,
    /// What the user wants done with findings.
    policy: Policy,
    /// What is wrong beside what is read.
    pub faults: Faults,
}

impl Checking {
    /// What was found in a library; none while it is not known.
    pub fn found(&self, library: &Arc<Library>) -> Option<&Arc<[Finding]>> {
        let (of, found) = self.found.as_ref()?;
        Arc::ptr_eq(of, library).then_some(found)
    }

    /// Forgets what was found, so that it is found anew.
    pub fn forget(&mut self) {
        (self.found, self.running) = (None, None);
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A row of the message of a finding; the first one has the word for its severity before it.
    Message(usize, Range<usize>, bool),
    /// Where it is, and its code.
    Place(usize),
}

impl Row {
    /// The finding it belongs to.
    pub fn finding(&self) -> usize {
        match self {
            Self::Message(at, ..) | Self::Place(at) => *at,
        }
    }
}

/// The list.
#[derive(Debug, Default)]
pub struct Problems {
    /// The chosen finding.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// The rows, for the width of the box.
    pub rows: Vec<Row>,
}

/// Opens the list; what was found is asked for.
pub fn open(state: &State) -> Screen {
    let mut problems = Problems::default();
    problems.arrange(state);
    Screen::Problems(problems)
}

impl Problems {
    /// The part of the screen it takes.
    pub fn rect(&self, state: &State) -> Rect {
        screen::pop_up(state, WIDTH, self.rows.len().max(3) + 2)
    }

    /// The place of a finding, safe to show: its page, its file and line.
    pub fn place(state: &State, finding: &Finding) -> Printable {
        let title = if faults::is_in_settings(finding) {
            Printable::line("settings")
        } else {
            state.library.title(finding.page)
        };
        let place = finding.diagnostic.place();
        let dot = state.settings.glyphs.dot;
        match (finding.diagnostic.file.is_some(), finding.diagnostic.span) {
            (true, _) => Printable::line(&format!("{title} {dot} {place}")),
            (false, Some(span)) => {
                Printable::line(&format!("{title} {dot} line {}", span.position.line))
            }
            (false, None) => title,
        }
    }

    /// Lays the rows out for the box.
    pub fn arrange(&mut self, state: &State) {
        let width = inside(screen::pop_up(state, WIDTH, usize::MAX)).width;
        let room = width.saturating_sub(WORD).max(1);
        self.rows.clear();
        let found = state.checking.found(&state.library).map_or(&[][..], |found| &**found);
        for (at, finding) in found.iter().enumerate() {
            let lines = wrap(&finding.diagnostic.message, room, room);
            let lines = lines.into_iter().take(MOST_ROWS).enumerate();
            self.rows.extend(lines.map(|(row, line)| Row::Message(at, line, row == 0)));
            self.rows.push(Row::Place(at));
        }
        self.selected = self.selected.min(found.len().saturating_sub(1));
        self.reveal(state);
    }

    /// Moves the rows as little as possible so that the chosen finding can be seen.
    fn reveal(&mut self, state: &State) {
        let height = inside(self.rect(state)).height;
        let of = |row: &Row| row.finding() == self.selected;
        let first = self.rows.iter().position(of).unwrap_or(0);
        let last = self.rows.iter().rposition(of).unwrap_or(first);
        let lowest = (last + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest.min(first), first.max(lowest));
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }

    fn step(&mut self, by: isize, state: &State) {
        let last = self.rows.last().map_or(0, Row::finding);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.reveal(state);
    }

    /// Findings that fit into the box.
    fn page(&self, state: &State) -> isize {
        let height = inside(self.rect(state)).height;
        let rows = self.rows.iter().skip(self.top).take(height);
        let whole = rows.filter(|row| matches!(row, Row::Place(_))).count();
        whole.saturating_sub(1).max(1).cast_signed()
    }

    fn finding(&self, state: &State) -> Option<Finding> {
        state.checking.found(&state.library)?.get(self.selected).cloned()
    }
}

/// Acts on the list. The second value is what the shell is to do.
pub fn act(state: &mut State, mut problems: Problems, action: Action) -> (Outcome, Vec<Effect>) {
    let page = problems.page(state);
    match action {
        Action::LineDown | Action::NextLink => problems.step(1, state),
        Action::LineUp | Action::PreviousLink => problems.step(-1, state),
        Action::PageDown => problems.step(page, state),
        Action::PageUp => problems.step(-page, state),
        Action::HalfPageDown => problems.step((page / 2).max(1), state),
        Action::HalfPageUp => problems.step(-(page / 2).max(1), state),
        Action::Top => problems.step(isize::MIN, state),
        Action::Bottom => problems.step(isize::MAX, state),
        Action::Accept => {
            if let Some(finding) = problems.finding(state) {
                if faults::is_in_settings(&finding) {
                    let notice = about(&finding);
                    state.say(notice);
                    return (Outcome::Stays(Screen::Problems(problems)), Vec::new());
                }
                go(state, &finding);
                return (Outcome::Closed, Vec::new());
            }
        }
        Action::Edit => {
            let effects = problems.finding(state).map(|finding| edit(state, &finding));
            return (Outcome::Stays(Screen::Problems(problems)), effects.unwrap_or_default());
        }
        _ => return (Outcome::Passed(Screen::Problems(problems)), Vec::new()),
    }
    (Outcome::Stays(Screen::Problems(problems)), Vec::new())
}

/// Asks for the editor at the line of a finding.
fn edit(state: &mut State, finding: &Finding) -> Vec<Effect> {
    let document = state.library.documents().get(finding.document);
    let is_archive = document.is_some_and(|d| d.root.is_none() && !d.briefing.parts.is_empty());
    match &finding.diagnostic.file {
        Some(file) if !is_archive => {
            let line = finding.diagnostic.span.map_or(1, |span| span.position.line);
            vec![Effect::Edit(Arc::clone(file), line)]
        }
        _ => {
            state.say(Notice::info("there is no file of its own to edit for this"));
            Vec::new()
        }
    }
}

/// A finding, for the footer; with what would mend it, where no page shows more.
fn about(finding: &Finding) -> Notice {
    let Finding { diagnostic, .. } = finding;
    let help = diagnostic.help.as_ref().filter(|_| faults::is_in_settings(finding));
    let text = match help {
        Some(help) => Printable::line(&format!("{}: {help}", diagnostic.message)),
        None => diagnostic.message.clone(),
    };
    Notice { severity: diagnostic.severity, text }
}

/// Goes to the page of a finding, and to its row as far as that is known.
fn go(state: &mut State, finding: &Finding) {
    // What is about a briefing as a whole leads to its start, if it has no overview.
    let page = match finding.page {
        Page::Overview(briefing) if !state.library.has_overview(briefing) => {
            state.library.start_of(briefing)
        }
        page => Some(page),
    };
    if let Some(page) = page.filter(|page| *page != state.reading().page) {
        travel::visit(state, page);
    }
    state.say(about(finding));
    let Some(span) = finding.diagnostic.span else { return };
    let library = Arc::clone(&state.library);
    let Page::Card(card) = finding.page else { return };
    let Some(card) = library.card(card) else { return };
    let bottom = card.bottom_line.iter();
    let sections = card.sections.iter().map(|section| &section.text);
    let claims = card.claims.iter().flat_map(|claim| [&claim.text].into_iter().chain(&claim.note));
    let questions = card.questions.iter();
    let answers = questions.flat_map(|asked| [&asked.question].into_iter().chain(&asked.answer));
    let dates = card.dates.iter().map(|dated| &dated.text);
    let proses: Vec<&Prose> =
        bottom.chain(sections).chain(claims).chain(answers).chain(dates).collect();
    let links = proses.iter().flat_map(|prose| prose.links());
    let links = links.chain(card.see_also.iter().cloned());
    if choose(state, span, links) {
        return;
    }
    // Not all that is written is drawn: the last text before the place that is.
    let mut before: Vec<&Prose> =
        proses.into_iter().filter(|prose| prose.span.start <= span.start).collect();
    before.sort_by_key(|prose| std::cmp::Reverse(prose.span.start));
    let layout = &state.reading().sheet.layout;
    let mut drawn = before.iter().filter_map(|prose| layout.find_quote(&start_of(prose), 0));
    if let Some(offset) = drawn.next() {
        let row = layout.row_of(offset);
        travel::within(state, row.saturating_sub(1));
    }
}

/// Chooses the link that stands at a place of the file; whether it is drawn.
fn choose(state: &mut State, span: Span, mut links: impl Iterator<Item = Reference>) -> bool {
    let Some(reference) = links.find(|reference| reference.span == span) else { return false };
    let drawn = state.reading().sheet.layout.links();
    let Some(link) = drawn.iter().position(|spot| spot.target == reference.target) else {
        return false;
    };
    state.reading_mut().sheet.choose(link);
    true
}

/// The first words of a text as they are drawn, up to its first link.
fn start_of(prose: &Prose) -> String {
    let end = prose.links().next().map_or(prose.source.len(), |link| link.bytes.start as usize);
    let mut first = String::new();
    format::words(prose.source.get(..end).unwrap_or_default(), &|_| None, &mut |line, _| {
        if first.is_empty() {
            first.extend(line.chars().take(QUOTE));
        }
    });
    first.trim().to_owned()
}

/// Takes what was found in a library; what is about another one is of no use any more.
pub fn take(state: &mut State, library: Arc<Library>, found: Vec<Finding>) {
    if !Arc::ptr_eq(&state.library, &library) {
        return;
    }
    let mut found = found;
    let faults = state.checking.faults.findings(&library);
    // The last good text may have the same mistake.
    found.retain(|known| faults.iter().all(|fault| fault.diagnostic != known.diagnostic));
    found.splice(0..0, faults);
    state.checking.policy.apply(&mut found);
    found.sort_by_key(|finding| std::cmp::Reverse(finding.diagnostic.severity));
    let count = |severity| found.iter().filter(|f| f.diagnostic.severity == severity).count();
    state.problems = (count(Severity::Error), count(Severity::Warning));
    let least = state.checking.policy.least;
    found.retain(|finding| finding.diagnostic.severity >= least);
    state.checking.forget();
    state.checking.found = Some((library, found.into()));
    rearrange(state);
}

/// The library is another one: what was found is of no use any more.
pub fn library_changed(state: &mut State) {
    state.checking.forget();
    let Checking { policy, faults, .. } = &state.checking;
    let mut all = state.library.diagnostics();
    all.extend(faults.all());
    state.problems = reload::count_problems(&all, policy);
    rearrange(state);
}

fn rearrange(state: &mut State) {
    let mut screens = std::mem::take(&mut state.screens);
    for screen in &mut screens {
        if let Screen::Problems(problems) = screen {
            problems.arrange(state);
        }
    }
    state.screens = screens;
}

impl State {
    /// Takes over what the user wants done with findings.
    pub fn set_policy(&mut self, policy: Policy) {
        self.checking.policy = policy;
        library_changed(self);
    }
}

/// What the open list needs done: the library checked, once all of it is read.
pub fn needs(state: &mut State) -> Option<Effect> {
    let is_open = state.screens.iter().any(|screen| matches!(screen, Screen::Problems(_)));
    let is_known = state.checking.found(&state.library).is_some();
    if !is_open || is_known || state.library.is_partial() {
        return None;
    }
    let running = &mut state.checking.running;
    if running.as_ref().is_some_and(|of| Arc::ptr_eq(of, &state.library)) {
        return None;
    }
    *running = Some(Arc::clone(&state.library));
    Some(Effect::Check)
}
