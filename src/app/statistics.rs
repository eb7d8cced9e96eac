//! What came of studying, as a page: what is due, what was known, a calendar, the strength of each
//! briefing, time. The page is rows like any other, for the screen and for printing; its charts are
//! made of signs, and what they show is also said in numbers.

mod calendar;
mod chart;

use super::list::{NoLinks, SheetKind, Sheets};
use super::screen::{inside, pop_up};
use super::sheet::Sheet;
use super::{Prepared, Rect, Screen, State};
use crate::layout::{Flow, Glyphs, Layout, Numbers, Options, Piece, Role};
use crate::library::{Library, Page};
use crate::study::{Day, Desk, Done, Moment, Share, Statistics, Strength};
use crate::text::{Printable, shorten, width};
use std::sync::Arc;

/// Columns of the box at most: longer rows are hard to follow.
const WIDEST: usize = 122;
/// Columns from which the pane of the card has room enough.
const WIDE: usize = 100;
/// Columns from which a table says how many answers a share is of.
const ROOMY: usize = 58;
/// Days of a month.
const MONTH: i64 = 30;

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Today.
    today: Day,
    /// The share of answers that is to be known.
    retention: f32,
    /// What the log says.
    statistics: Statistics,
    /// Each briefing that asks something, with its title.
    strength: Vec<(Printable, Strength)>,
}

impl Shown {
    /// What is to be shown of a library.
    pub fn new(library: &Library, desk: &Desk, statistics: Statistics, now: Moment) -> Self {
        let options = desk.scheduler.options();
        let strength = statistics.strength.iter();
        let strength =
            strength.map(|(at, strength)| (library.title(Page::Overview(*at)), *strength));
        Self {
            today: now.day(options.day_starts),
            retention: options.retention,
            strength: strength.collect(),
            statistics,
        }
    }

    /// The page.
    pub fn page(&self, options: Options) -> Layout {
        let mut flow = Flow::new(options, &NoLinks);
        if self.strength.is_empty() {
            said(&mut flow, "There are no questions here. Briefing files hold some.", Role::Text);
            return flow.finish();
        }
        self.of_today(&mut flow);
        if self.statistics.calendar.is_empty() {
            flow.gap();
            said(
                &mut flow,
                "Nothing was studied yet. The questions of cards that you have read are asked when you \
                 study: `briefing study`, or the command `study` in the reader. What came of it is shown here.",
                Role::Text,
            );
        } else {
            self.forecast(&mut flow);
            self.retention(&mut flow);
            calendar::calendar(&mut flow, &self.statistics.calendar, self.today);
        }
        self.strength(&mut flow);
        if !self.statistics.calendar.is_empty() {
            self.time(&mut flow);
        }
        flow.finish()
    }

    fn of_today(&self, flow: &mut Flow) {
        let done = self.statistics.calendar.get(&self.today).copied().unwrap_or_default();
        let due = self.statistics.forecast.first().copied().unwrap_or_default();
        let overdue = self.statistics.overdue;
        let mut words = match done.answers.all {
            0 => "nothing answered yet".to_owned(),
            all => {
                let share = percent(done.answers).unwrap_or_default();
                format!("{}, {share} known", counted(all, "answer"))
            }
        };
        if done.new > 0 {
            words = format!("{words}, {} new", done.new);
        }
        if done.took_ms > 0 {
            words = format!("{words}, {}", time(done.took_ms));
        }
        label(flow, "Today");
        row(flow, "Done", &words);
        let words = match (due + overdue, overdue) {
            (0, _) => "nothing".to_owned(),
            (all, 0) => counted(all, "question"),
            (all, late) => {
                format!("{}, {late} of them from earlier days", counted(all, "question"))
            }
        };
        row(flow, "Due", &words);
    }

    fn forecast(&self, flow: &mut Flow) {
        let mut ahead = self.statistics.forecast.clone();
        if let Some(today) = ahead.first_mut() {
            *today += self.statistics.overdue;
        }
        let sum = |days: usize| ahead.iter().take(days).sum::<usize>();
        let days = ahead.len();
        let tomorrow = ahead.get(1).copied().unwrap_or_default();
        label(flow, "Forecast");
        chart::bars(flow, &ahead, self.today);
        let words = format!(
            "tomorrow {tomorrow}, within 7 days {}, within {days} days {}",
            sum(7),
            sum(days)
        );
        said(flow, &words, Role::Meta);
    }

    fn retention(&self, flow: &mut Flow) {
        let note = format!("aimed at {}", share(f64::from(self.retention)));
        flow.label("Retention", Some(Printable::line(&note)));
        let is_roomy = flow.room() >= ROOMY;
        let columns = if is_roomy { 15 } else { 8 };
        let heads = ["", "young", "mature", "all"];
        let head = heads.map(str::to_owned);
        table_row(flow, &head, columns, Role::Meta);
        for one in &self.statistics.retention {
            let all = one.young + one.mature;
            let cell = |of: Share| match percent(of) {
                None => flow.options.glyphs.dash.to_owned(),
                Some(share) if is_roomy => format!("{share} of {}", of.all),
                Some(share) => share,
            };
            let cells =
                [one.period.word().to_owned(), cell(one.young), cell(one.mature), cell(all)];
            table_row(flow, &cells, columns, Role::Text);
        }
        said(flow, "known after a day or more; mature: after three weeks or more", Role::Meta);
    }

    fn strength(&self, flow: &mut Flow) {
        label(flow, "Strength");
        let room = flow.room();
        let counts = |of: &Strength| format!("{} of {} asked", of.studied, of.items);
        let widest = self.strength.iter().map(|(_, of)| width(&counts(of))).max().unwrap_or(0);
        let names = self.strength.iter().map(|(title, _)| width(title)).max().unwrap_or(0);
        let names = names.min(room / 3);
        // Between the four parts are two columns each, and a share takes five.
        let bar = room.saturating_sub(names + widest + 11).min(40);
        let glyphs = flow.options.glyphs;
        for (title, of) in &self.strength {
            let title = shorten(title, names, glyphs.ellipsis);
            let pad = spaces(names.saturating_sub(width(&title)) + 2);
            let full = filled(of.known, bar);
            let share =
                if of.studied == 0 { glyphs.dash.to_owned() } else { share(of.known.into()) };
            let counts = format!("  {share:>5}  {}", counts(of));
            let [done, rest] = glyphs.progress;
            flow.unwrapped(&[
                Piece::new(title, Role::Text),
                Piece::sign(pad, Role::Text),
                Piece::sign(Printable::inline(&done.repeat(full)), Role::Chart),
                Piece::sign(Printable::inline(&rest.repeat(bar - full)), Role::Rule),
                Piece::new(Printable::inline(&counts), Role::Text),
            ]);
        }
        said(
            flow,
            "the share of the questions asked so far that you likely know today",
            Role::Meta,
        );
    }

    fn time(&self, flow: &mut Flow) {
        let took = |days: i64| -> Done {
            let from = self.today.saturating_sub(days - 1);
            self.statistics.calendar.range(from..).fold(Done::default(), |mut all, (_, done)| {
                all.took_ms += done.took_ms;
                all.answers.all += done.answers.all;
                all
            })
        };
        let all = took(i64::MAX);
        label(flow, "Time spent");
        let days = (0..MONTH).rev().map(|ago| {
            let done = self.statistics.calendar.get(&self.today.saturating_sub(ago));
            done.map_or(0, |done| usize::try_from(done.took_ms / 1_000).unwrap_or(usize::MAX))
        });
        chart::line(flow, "30 days", &days.collect::<Vec<_>>());
        let words = format!(
            "7 days {}, 30 days {}, a year {}, in all {}; {} for an answer",
            time(took(7).took_ms),
            time(took(MONTH).took_ms),
            time(took(365).took_ms),
            time(all.took_ms),
            time(all.took_ms / u64::try_from(all.answers.all.max(1)).unwrap_or(1)),
        );
        said(flow, &words, Role::Text);
    }
}

/// Shows what was worked out.
pub fn show(state: &mut State, prepared: Prepared) {
    let Some(statistics) = prepared.statistics else { return };
    let shown = Shown::new(&state.library, &prepared.desk, statistics, prepared.now);
    let mut sheets = Sheets {
        kind: SheetKind::Statistics(Arc::new(shown)),
        title: Printable::line("Statistics"),
        sheet: Sheet::default(),
        pages: Vec::new(),
    };
    arrange(state, &mut sheets);
    state.screens.push(Screen::Sheet(sheets));
}

/// Lays the page out for the size of the screen; the row at the top stays.
pub fn arrange(state: &State, sheets: &mut Sheets) {
    let SheetKind::Statistics(shown) = &sheets.kind else { return };
    let (glyphs, top) = (state.settings.glyphs, sheets.sheet.top);
    let width = inside(rect(state, usize::MAX)).width;
    let options = Options { width, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let layout = shown.page(options);
    let height = inside(rect(state, layout.rows().len())).height;
    sheets.sheet = Sheet::new(layout, height);
    sheets.sheet.go_to(top);
}

/// The part of the screen that so many rows take.
pub fn rect(state: &State, rows: usize) -> Rect {
    let area = state.panes.main;
    if area.width >= WIDE {
        return pop_up(state, WIDEST, rows.saturating_add(2));
    }
    let (columns, height) = (state.size.0, rows.saturating_add(2));
    let (width, height) =
        (columns.min(WIDEST), height.clamp(3.min(area.height), area.height.max(3)));
    let y = area.y + area.height.saturating_sub(height) / 3;
    Rect { x: (columns - width) / 2, y, width, height }
}

fn label(flow: &mut Flow, name: &'static str) {
    flow.label(name, None);
}

fn said(flow: &mut Flow, words: &str, role: Role) {
    flow.paragraph(&[Piece::new(Printable::line(words), role)], 0);
}

/// A name, and what there is to say of it.
fn row(flow: &mut Flow, name: &str, words: &str) {
    let name = Printable::inline(&format!("{name:<6}"));
    let pieces = [Piece::new(name, Role::Meta), Piece::new(Printable::line(words), Role::Text)];
    flow.paragraph(&pieces, 6);
}

/// A row of a table: the first cell to the left, the others to the right.
fn table_row(flow: &mut Flow, cells: &[String], columns: usize, role: Role) {
    let pieces = cells.iter().enumerate().map(|(at, cell)| {
        if at == 0 {
            return Piece::new(Printable::inline(&format!("{cell:<10}")), Role::Meta);
        }
        let pad = " ".repeat(columns.saturating_sub(width(cell)));
        Piece::new(Printable::inline(&format!("{pad}{cell}")), role)
    });
    flow.unwrapped(&pieces.collect::<Vec<_>>());
}

fn spaces(columns: usize) -> Printable {
    Printable::inline(&" ".repeat(columns))
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// A share in percent; none if it is of nothing.
fn percent(of: Share) -> Option<String> {
    of.part().map(share)
}

/// A share in percent. What is not all of it is never said to be.
fn share(share: f64) -> String {
    let percent = (share * 100.0).round();
    let percent = if percent >= 100.0 && share < 1.0 { 99.0 } else { percent };
    format!("{percent:.0} %")
}

/// Columns of a bar that a share fills.
fn filled(share: f32, columns: usize) -> usize {
    (1..=columns).take_while(|at| real(*at) <= f64::from(share) * real(columns) + 0.5).count()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below the limit")]
fn real(count: usize) -> f64 {
    count as f64
}

/// A length of time in words.
fn time(ms: u64) -> String {
    let seconds = (ms + 500) / 1_000;
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A sign of a scale, by its place in it.
fn sign(glyphs: &[&'static str], at: usize) -> &'static str {
    glyphs.get(at).copied().unwrap_or(" ")
}

/// The last sign of a scale.
fn last(glyphs: &Glyphs) -> usize {
    glyphs.levels.len().saturating_sub(1)
}

#[cfg(test)]
mod tests;
