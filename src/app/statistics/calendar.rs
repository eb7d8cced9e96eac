//! A year of studying as a calendar: weeks are columns, days are rows, and the sign of a day says how
//! much was answered on it.

use super::{counted, label, said};
use crate::layout::{Flow, Glyphs, Piece, Role};
use crate::study::{Date, Day, Done};
use crate::text::Printable;
use std::collections::BTreeMap;

/// Weeks that are shown at most.
const WEEKS: usize = 53;
/// Weeks with which a year is shown well.
const ENOUGH: usize = 48;
/// Columns before the first week.
const MARGIN: usize = 4;
/// The names of the days that have one, from Monday.
const DAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];

/// The calendar that ends with this week.
pub fn calendar(flow: &mut Flow, done: &BTreeMap<Day, Done>, today: Day) {
    label(flow, "Calendar");
    let room = flow.room().saturating_sub(MARGIN);
    // Nearly a year with air between the weeks is better than one without.
    let cell = if room / 2 >= ENOUGH { 2 } else { 1 };
    let weeks = (room / cell).min(WEEKS);
    let glyphs = flow.options.glyphs;
    let before = 7 * weeks.saturating_sub(1) + Date::of(today).weekday();
    let first = today.saturating_sub(Day::try_from(before).unwrap_or_default());
    let steps = Steps::new(done.range(first..=today).map(|(_, done)| done.answers.all));
    let row = |mark: &str| Piece::sign(Printable::inline(&format!("{mark:<MARGIN$}")), Role::Meta);
    let months = Piece::sign(Printable::inline(&months(first, weeks, cell)), Role::Meta);
    flow.ornaments(&[row(""), months]);
    for (weekday, name) in DAYS.iter().enumerate() {
        let mut pieces = vec![row(name)];
        for week in 0..weeks {
            let day = day(first, week, weekday);
            if day > today {
                break;
            }
            let step = steps.of(done.get(&day).map_or(0, |done| done.answers.all));
            let role = if step == 0 { Role::Rule } else { Role::Chart };
            pieces.push(Piece::sign(glyphs.shades.get(step).copied().unwrap_or(" "), role));
            if cell > 1 {
                pieces.push(Piece::sign(" ", Role::Text));
            }
        }
        flow.ornaments(&pieces);
    }
    legend(flow, glyphs, &steps);
    let days = done.range(first..=today).count();
    let (row, longest) = streaks(done, today);
    let words =
        format!("studied on {}; {row} in a row, {longest} at the most", counted(days, "day"));
    said(flow, &words, Role::Text);
}

/// A day of a week, both counted from 0.
fn day(first: Day, week: usize, weekday: usize) -> Day {
    let days = week.saturating_mul(7).saturating_add(weekday);
    first.saturating_add(Day::try_from(days).unwrap_or(Day::MAX))
}

/// The names of the months above the weeks in which they start.
fn months(first: Day, weeks: usize, cell: usize) -> String {
    /// Columns of a name.
    const NAME: usize = 3;
    // A month starts in the week that holds its first day.
    let month = |week: usize| Date::of(day(first, week, 6)).month();
    let mut line = String::new();
    let mut last = "";
    for week in 0..weeks {
        let (at, name) = (week * cell, month(week));
        let starts = std::mem::replace(&mut last, name) != name;
        // A month that ends below its name gives way to the next one.
        let stays = week > 0 || month(NAME / cell) == name;
        if starts && stays && at + NAME <= weeks * cell {
            line += &" ".repeat(at.saturating_sub(line.len()));
            line += name;
        }
    }
    line
}

/// What the signs mean, in answers.
fn legend(flow: &mut Flow, glyphs: &Glyphs, steps: &Steps) {
    let mut pieces = Vec::new();
    for (step, shade) in glyphs.shades.iter().enumerate() {
        let Some(words) = steps.words(step) else { continue };
        let role = if step == 0 { Role::Rule } else { Role::Chart };
        pieces.push(Piece::sign(*shade, role));
        pieces.push(Piece::new(Printable::inline(&format!(" {words}  ")), Role::Meta));
    }
    pieces.push(Piece::new("answers a day", Role::Meta));
    flow.paragraph(&pieces, 0);
}

/// Answers a day in steps.
struct Steps {
    /// From how many answers on a day is of the last step.
    high: usize,
}

impl Steps {
    /// Four steps up to what nine of ten days do not exceed: a single day of zeal does not make all
    /// others pale.
    fn new(counts: impl Iterator<Item = usize>) -> Self {
        let mut counts: Vec<usize> = counts.filter(|count| *count > 0).collect();
        counts.sort_unstable();
        let at = (counts.len() * 9).div_ceil(10).saturating_sub(1);
        Self { high: counts.get(at).copied().unwrap_or(0).max(4) }
    }

    /// The first count of a step.
    fn from(&self, step: usize) -> usize {
        match step {
            0 => 0,
            1 => 1,
            step => (self.high * (step - 1)).div_ceil(3).max(step),
        }
    }

    fn of(&self, count: usize) -> usize {
        (0..=4).rev().find(|step| count >= self.from(*step)).unwrap_or(0)
    }

    fn words(&self, step: usize) -> Option<String> {
        let from = self.from(step);
        match step {
            0 => Some("none".to_owned()),
            4 => Some(format!("{from} or more")),
            step => match self.from(step + 1).checked_sub(1)? {
                to if to < from => None,
                to if to == from => Some(from.to_string()),
                to => Some(format!("{from}-{to}")),
            },
        }
    }
}

/// Days on which something was done without a break: up to today or yesterday, and at the most.
fn streaks(done: &BTreeMap<Day, Done>, today: Day) -> (usize, usize) {
    let (mut length, mut longest, mut before) = (0, 0, None);
    for day in done.keys().copied().filter(|day| *day <= today) {
        length = if before == Some(day - 1) { length + 1 } else { 1 };
        longest = longest.max(length);
        before = Some(day);
    }
    let goes_on = before.is_some_and(|before| before >= today - 1);
    (if goes_on { length } else { 0 }, longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_part_the_counts() {
        let steps = Steps::new([1, 2, 30, 30, 30, 30, 30, 30, 30, 400].into_iter());
        assert_eq!(steps.high, 30);
        assert_eq!(
            [0, 1, 9, 10, 19, 20, 29, 30, 400].map(|n| steps.of(n)),
            [0, 1, 1, 2, 2, 3, 3, 4, 4]
        );
        let words = (0..5).map(|step| steps.words(step).unwrap());
        assert_eq!(
            words.collect::<Vec<_>>().join(" | "),
            "none | 1-9 | 10-19 | 20-29 | 30 or more"
        );
        // Few answers are steps too.
        let steps = Steps::new([1].into_iter());
        assert_eq!([0, 1, 2, 3, 4, 5].map(|n| steps.of(n)), [0, 1, 2, 3, 4, 4]);
        assert_eq!(Steps::new(std::iter::empty()).of(0), 0);
    }

    #[test]
    fn months_stand_above_the_week_of_their_first_day() {
        // The 5th of January 2026 is a Monday, the 1st of February a Sunday: it lies in the 4th week.
        assert_eq!(months(20_458, 12, 1), "   Feb Mar");
        assert_eq!(months(20_458, 12, 2), "Jan   Feb     Mar");
        assert_eq!(months(20_458 - 7, 12, 1), "Jan Feb Mar");
        assert_eq!(months(20_458, 5, 1), "");
    }

    #[test]
    fn breaks_end_a_row() {
        let days = |days: &[Day]| days.iter().map(|day| (*day, Done::default())).collect();
        assert_eq!(streaks(&days(&[1, 2, 3, 7, 8]), 8), (2, 3));
        assert_eq!(streaks(&days(&[1, 2, 3, 7, 8]), 9), (2, 3));
        assert_eq!(streaks(&days(&[1, 2, 3, 7, 8]), 10), (0, 3));
        assert_eq!(streaks(&days(&[]), 10), (0, 0));
    }
}
