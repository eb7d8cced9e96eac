//! Dates as documents give them: a year, a month or a day.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A date in the proleptic Gregorian calendar, known to the year, the month or the day. Sorts with
/// the less exact date first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    year: u16,
    /// 1 to 12, or 0 if not known.
    month: u8,
    /// 1 to 31, or 0 if not known.
    day: u8,
}

/// A date that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("is not written as YYYY, YYYY-MM or YYYY-MM-DD")]
    Form,
    /// There is no such month or day.
    #[error("is not in the calendar")]
    Impossible,
}

impl PartialDate {
    /// Whether it lies after another date, as far as both are known: a month does not lie after one
    /// of its days, nor a day after its month.
    pub fn is_after(self, other: Self) -> bool {
        let parts = |date: Self| [date.year, date.month.into(), date.day.into()];
        let known = parts(self).into_iter().zip(parts(other)).take_while(|(a, b)| *a > 0 && *b > 0);
        known.map(|(a, b)| a.cmp(&b)).find(|order| order.is_ne()).is_some_and(Ordering::is_gt)
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| match parts.next() {
            None => Ok(None),
            Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<u16>().map(Some).map_err(|_| DateError::Form)
            }
            Some(_) => Err(DateError::Form),
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        let year = year.ok_or(DateError::Form)?;
        let days = match month {
            None => 0,
            Some(4 | 6 | 9 | 11) => 30,
            Some(2)
                if year.is_multiple_of(4)
                    && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            Some(2) => 28,
            Some(1..=12) => 31,
            Some(_) => return Err(DateError::Impossible),
        };
        if day.is_some_and(|d| d == 0 || d > days) {
            return Err(DateError::Impossible);
        }
        let small = |n: Option<u16>| u8::try_from(n.unwrap_or(0)).unwrap_or(0);
        Ok(Self { year, month: small(month), day: small(day) })
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["2026", "2026-01", "2026-01-03", "2024-02-29", "0001-12-31"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_other_forms_and_impossible_days() {
        for text in
            ["", "26", "2026-1", "2026-01-3", "January", "2026-01-03T", "2026-01-03-04", "+026"]
        {
            assert_eq!(text.parse::<PartialDate>(), Err(DateError::Form), "{text}");
        }
        for text in ["2026-13", "2026-00", "2026-02-30", "2026-04-31", "1900-02-29", "2026-01-00"] {
            assert_eq!(text.parse::<PartialDate>(), Err(DateError::Impossible), "{text}");
        }
    }

    #[test]
    fn lies_after_another_as_far_as_both_are_known() {
        let after = |a: &str, b: &str| {
            a.parse::<PartialDate>().unwrap().is_after(b.parse::<PartialDate>().unwrap())
        };
        assert!(after("2026-01-07", "2026-01-06") && after("2026-02", "2026-01-31"));
        assert!(after("2027", "2026-12-31") && after("2026-01-01", "2025"));
        for (a, b) in [("2026-01-06", "2026-01-06"), ("2026-01", "2026-01-06"), ("2026", "2026-01")]
        {
            assert!(!after(a, b) && !after(b, a), "{a} {b}");
        }
    }

    #[test]
    fn sorts_by_time() {
        let mut dates: Vec<PartialDate> =
            ["2026-01-03", "2025-11-24", "2026", "2026-01"].map(|t| t.parse().unwrap()).into();
        dates.sort();
        let dates: Vec<_> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(dates, ["2025-11-24", "2026", "2026-01", "2026-01-03"]);
    }
}
