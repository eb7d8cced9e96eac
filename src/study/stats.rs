//! What the log says about studying: plain numbers, to be drawn or printed elsewhere.

use super::history::{Due, History, known};
use super::item::Items;
use super::memory::Scheduler;
use super::review::{Day, Grade, Moment, Review};
use std::collections::{BTreeMap, HashSet};
use std::ops::Add;

/// Days from which on an interval is that of something well known.
const MATURE: u32 = 21;
/// Days that a forecast looks ahead, with today.
pub const FORECAST: usize = 30;
/// Milliseconds that an answer counts at most: who went for coffee did not study.
const LONGEST_ANSWER: u32 = 60_000;

/// Answers, and how many of them were known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were known.
    pub known: usize,
    /// How many there were.
    pub all: usize,
}

/// Stretches of time that end today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// 365 days.
    Year,
    /// From the beginning.
    All,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 6] =
        [Self::Today, Self::Yesterday, Self::Week, Self::Month, Self::Year, Self::All];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// Whether it holds the day so many days ago.
    pub fn holds(self, days_ago: Day) -> bool {
        let days = match self {
            Self::Today => 0..1,
            Self::Yesterday => 1..2,
            Self::Week => 0..7,
            Self::Month => 0..30,
            Self::Year => 0..365,
            Self::All => Day::MIN..Day::MAX,
        };
        days.contains(&days_ago)
    }
}

/// How many answers were known that came after a day or more, as Anki counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// When they were given.
    pub period: Period,
    /// After less than three weeks.
    pub young: Share,
    /// After three weeks or more.
    pub mature: Share,
}

/// What was done on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Answers.
    pub answers: Share,
    /// New questions.
    pub new: usize,
    /// Time spent, in milliseconds.
    pub took_ms: u64,
}

/// How well a briefing is remembered.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Strength {
    /// Its questions.
    pub items: usize,
    /// Those that were asked.
    pub studied: usize,
    /// The share of these that is likely known today.
    pub known: f32,
}

/// What the log says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statistics {
    /// What is left of earlier days.
    pub overdue: usize,
    /// What is due on each day, today first.
    pub forecast: Vec<usize>,
    /// How many answers were known.
    pub retention: Vec<Retention>,
    /// What was done on each day on which something was.
    pub calendar: BTreeMap<Day, Done>,
    /// How well each briefing is remembered, as the library counts them.
    pub strength: BTreeMap<usize, Strength>,
}

impl Statistics {
    /// Works the log through; `days` is how far the forecast goes. What is suspended is not due.
    pub fn new(
        items: &Items,
        log: &[Review],
        suspended: &HashSet<usize>,
        scheduler: &Scheduler,
        now: Moment,
        days: usize,
    ) -> Self {
        let starts = scheduler.options().day_starts;
        let today = now.day(starts);
        let empty =
            |period| Retention { period, young: Share::default(), mature: Share::default() };
        let mut all = Self {
            forecast: vec![0; days],
            retention: Period::ALL.map(empty).to_vec(),
            ..Self::default()
        };
        let mut history = History::new(items, &[], scheduler);
        for (at, review) in known(items, log) {
            let before = history.get(at);
            let day = review.moment.day(starts);
            all.answer(review, day, before.reviews == 0);
            for retention in &mut all.retention {
                if before.interval > 0 && retention.period.holds(today.saturating_sub(day)) {
                    let is_mature = before.interval >= MATURE;
                    let share =
                        if is_mature { &mut retention.mature } else { &mut retention.young };
                    share.count(review.grade);
                }
            }
            let after = history.after(items, at, review, scheduler);
            history.set(at, after);
        }
        all.outlook(items, &history, suspended, scheduler, today);
        all
    }

    fn answer(&mut self, review: &Review, day: Day, is_new: bool) {
        let done = self.calendar.entry(day).or_default();
        done.answers.count(review.grade);
        done.new += usize::from(is_new);
        done.took_ms += u64::from(review.took_ms.min(LONGEST_ANSWER));
    }

    fn outlook(
        &mut self,
        items: &Items,
        history: &History,
        suspended: &HashSet<usize>,
        scheduler: &Scheduler,
        today: Day,
    ) {
        for (at, (item, progress)) in items.list().iter().zip(history.all()).enumerate() {
            let strength = self.strength.entry(item.briefing).or_default();
            strength.items += 1;
            if let Some(memory) = progress.memory {
                strength.studied += 1;
                strength.known += scheduler.retrievability(memory, progress.days(today));
            }
            let ahead = match progress.due {
                // What is put off for good is never due.
                _ if suspended.contains(&at) => continue,
                Due::New => continue,
                Due::Again(moment) => moment.day(scheduler.options().day_starts) - today,
                Due::Day(day) => day.saturating_sub(today),
            };
            if ahead < 0 {
                self.overdue += 1;
            } else if let Some(due) =
                usize::try_from(ahead).ok().and_then(|ahead| self.forecast.get_mut(ahead))
            {
                *due += 1;
            }
        }
        for strength in self.strength.values_mut().filter(|strength| strength.studied > 0) {
            strength.known /= count(strength.studied);
        }
    }
}

impl Add for Share {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { known: self.known + other.known, all: self.all + other.all }
    }
}

impl Share {
    /// The part that was known; none if there was nothing.
    pub fn part(self) -> Option<f64> {
        (self.all > 0).then(|| f64::from(count(self.known)) / f64::from(count(self.all)))
    }

    fn count(&mut self, grade: Grade) {
        self.all += 1;
        self.known += usize::from(grade != Grade::Again);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a mean of that many needs no more digits")]
fn count(items: usize) -> f32 {
    items as f32
}
