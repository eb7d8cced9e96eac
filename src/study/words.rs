//! Intervals in words, short enough for a button.

/// Days of a month and of a year, in tenths.
const MONTH: u64 = 304;
const YEAR: u64 = 3652;

/// An interval of days; 0 is that of a question that comes again after some minutes.
pub fn interval(days: u32, again_after: u32) -> String {
    let tenths = u64::from(days) * 10;
    match days {
        0 if again_after == 0 => "now".to_owned(),
        0 if again_after < 60 => format!("{again_after} min"),
        0 => format!("{} h", (again_after + 30) / 60),
        1 => "1 day".to_owned(),
        2..=30 => format!("{days} days"),
        31..=364 => many(tenths, MONTH, "month"),
        _ => many(tenths, YEAR, "year"),
    }
}

/// So many of a unit, with a tenth if there is one.
fn many(length: u64, unit: u64, word: &str) -> String {
    let tenths = (length * 10 + unit / 2) / unit;
    match (tenths / 10, tenths % 10) {
        (1, 0) => format!("1 {word}"),
        (whole, 0) => format!("{whole} {word}s"),
        (whole, tenth) => format!("{whole}.{tenth} {word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn intervals_are_short() {
        let all = [0, 1, 3, 30, 31, 36, 91, 364, 365, 548, 36_500];
        let all = all.map(|days| interval(days, 10));
        assert_eq!(
            all,
            [
                "10 min",
                "1 day",
                "3 days",
                "30 days",
                "1 month",
                "1.2 months",
                "3 months",
                "12 months",
                "1 year",
                "1.5 years",
                "99.9 years"
            ]
        );
        assert_eq!((interval(0, 0), interval(0, 60)), ("now".into(), "1 h".into()));
    }
}
