//! Days as dates, and moments as people write them.

use super::review::{Day, Moment};
use jiff::Span;
use jiff::civil::date;
use std::fmt;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The names of the months, shortened.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The date of a day.
    pub fn of(day: Day) -> Self {
        // Beyond the years that have a name the last one stands in.
        let days = Span::new().days(day.clamp(-700_000, 2_900_000));
        Self(date(1970, 1, 1).saturating_add(days))
    }

    /// The month, shortened.
    pub fn month(self) -> &'static str {
        let at = usize::from(self.0.month().unsigned_abs()).saturating_sub(1);
        MONTHS.get(at).copied().unwrap_or_default()
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Days since the last Monday.
    pub fn weekday(self) -> usize {
        usize::from(self.0.weekday().to_monday_zero_offset().unsigned_abs())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Moment {
    /// The local date and time, such as `2026-01-06 14:05`.
    pub fn local(self) -> String {
        let (date, time) = self.parts();
        let (hours, minutes) = (time / 3_600_000, time / 60_000 % 60);
        format!("{date} {hours:02}:{minutes:02}")
    }

    /// The same with seconds and the offset, as programs write it.
    pub fn iso(self) -> String {
        let (date, time) = self.parts();
        let (hours, minutes, seconds) = (time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60);
        let sign = if self.offset_min < 0 { '-' } else { '+' };
        let off = self.offset_min.unsigned_abs();
        let (off, rest) = (off / 60, off % 60);
        format!("{date}T{hours:02}:{minutes:02}:{seconds:02}{sign}{off:02}:{rest:02}")
    }

    /// The local date, and the milliseconds since its midnight.
    fn parts(self) -> (Date, i64) {
        let local = self.at_ms.saturating_add(i64::from(self.offset_min) * 60_000);
        (Date::of(local.div_euclid(DAY)), local.rem_euclid(DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        let all = [0, 19_782, 20_458, -1].map(|day| Date::of(day).to_string());
        assert_eq!(all, ["1970-01-01", "2024-02-29", "2026-01-05", "1969-12-31"]);
        let monday = Date::of(20_458);
        assert_eq!((monday.weekday(), monday.month(), monday.day()), (0, "Jan", 5));
        assert_eq!(Date::of(i64::MAX).to_string(), "9909-12-07");
    }

    #[test]
    fn moments_are_local() {
        let moment = |offset_min| Moment { at_ms: 1_700_000_000_000, offset_min };
        assert_eq!(moment(0).local(), "2023-11-14 22:13");
        assert_eq!(moment(120).iso(), "2023-11-15T00:13:20+02:00");
        assert_eq!(moment(-570).iso(), "2023-11-14T12:43:20-09:30");
    }
}
