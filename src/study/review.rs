//! What is recorded of studying: reviews, and what else the reader decides about a question. Times
//! are passed in.

use super::item::ItemId;

/// A day of studying, counted from the first of 1970 in local time.
pub type Day = i64;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A moment, and by how much local time is ahead of UTC there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970 in UTC.
    pub at_ms: i64,
    /// Minutes by which local time is ahead.
    pub offset_min: i16,
}

impl Moment {
    /// The day of studying it lies in, if days start at that hour.
    pub fn day(self, starts: u8) -> Day {
        let local = self.at_ms.saturating_add(i64::from(self.offset_min) * 60_000);
        local.saturating_sub(i64::from(starts) * 3_600_000).div_euclid(DAY)
    }

    /// The moment some minutes later.
    pub fn later(self, minutes: u32) -> Self {
        let at_ms = self.at_ms.saturating_add(i64::from(minutes) * 60_000);
        Self { at_ms, ..self }
    }
}

/// How well the answer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Not at all.
    Again,
    /// With effort.
    Hard,
    /// Well.
    Good,
    /// Without thinking.
    Easy,
}

impl Grade {
    /// Every grade.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// From 1 to 4, as all programs write it.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The grade of a number from 1 to 4.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.number() == number)
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }

    /// Its place among four.
    pub const fn at(self) -> usize {
        self as usize
    }
}

/// An answer that was graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The question.
    pub item: ItemId,
    /// When.
    pub moment: Moment,
    /// How well it was known.
    pub grade: Grade,
    /// How long it took.
    pub took_ms: u32,
    /// Days after which the question was promised to come again, 0 within the session. It holds:
    /// which day was chosen cannot be worked out later. Unknown for reviews made elsewhere.
    pub interval: Option<u32>,
}

/// Something to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A grade.
    Reviewed(Review),
    /// A grade given while cramming; it changes no schedule.
    Crammed(Review),
    /// The question is not asked again today.
    Buried(ItemId, Moment),
    /// The question is not asked until the reader takes it back.
    Suspended(ItemId, Moment),
    /// The reader wants to look at the question later.
    Flagged(ItemId, Moment),
    /// He has looked at it.
    Unflagged(ItemId, Moment),
    /// The event that was recorded of that question at that moment is struck.
    Undone(ItemId, Moment),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_hour_in_local_time() {
        let at = |hours: i64, offset_min: i16| Moment { at_ms: hours * 3_600_000, offset_min };
        assert_eq!((at(27, 0).day(4), at(28, 0).day(4)), (0, 1));
        assert_eq!((at(26, 60).day(4), at(27, 60).day(4)), (0, 1));
        assert_eq!((at(32, -300).day(4), at(33, -300).day(4)), (0, 1));
        assert_eq!((at(0, 0).day(4), at(4, 0).day(4)), (-1, 0));
        // Clocks go forward: the day is an hour shorter, and still one day.
        assert_eq!(at(26, 60).day(4) + 1, at(49, 120).day(4));
    }

    #[test]
    fn grades_have_numbers() {
        assert_eq!(Grade::ALL.map(Grade::number), [1, 2, 3, 4]);
        assert_eq!(Grade::ALL.map(Grade::word), ["again", "hard", "good", "easy"]);
        assert_eq!((Grade::of(3), Grade::of(0), Grade::of(5)), (Some(Grade::Good), None, None));
    }
}
