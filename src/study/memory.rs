//! What is remembered, and when to ask again: FSRS-6 by its official crate, in whole days. Intervals
//! are spread a little, as in Anki, so that days stay even.

use super::options::Options;
use super::review::Grade;
use fsrs::{DEFAULT_PARAMETERS, FSRS, ItemState, MemoryState, NextStates};

/// By how much of each part of an interval, in days, it may be off: from, to, share.
const FUZZ: [(f32, f32, f32); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f32::MAX, 0.05)];
/// Intervals from here on are not balanced: the days they lead to are empty still.
const BALANCED: u32 = 90;

/// How well something is remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days after which nine of ten such answers are still known.
    pub stability: f32,
    /// From 1 to 10.
    pub difficulty: f32,
}

/// Says when to ask again.
#[derive(Debug, Clone)]
pub struct Scheduler {
    fsrs: FSRS,
    /// By how much forgetting slows down.
    decay: f32,
    options: Options,
}

/// What an interval is chosen by, besides the memory.
#[derive(Clone, Copy)]
pub struct Spread<'l> {
    /// The same for the same review of the same item.
    pub seed: u64,
    /// How much there is to do some days from today.
    pub load: &'l dyn Fn(u32) -> usize,
}

impl Scheduler {
    /// By the reader's options; parameters that cannot be used give way to the usual ones.
    pub fn new(options: &Options) -> Self {
        let own = options.parameters.filter(|own| FSRS::new(own).is_ok());
        let used = own.unwrap_or(DEFAULT_PARAMETERS);
        let decay = used.last().copied().unwrap_or(fsrs::FSRS6_DEFAULT_DECAY);
        let fsrs = FSRS::new(&used).unwrap_or_default();
        Self { fsrs, decay, options: options.clone() }
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The memory after an answer, days after the one before.
    pub fn after(&self, memory: Option<Memory>, days: u32, grade: Grade) -> Memory {
        let state = self.states(memory, days).map(|states| pick(&states, grade).memory);
        state.map_or(memory.unwrap_or(Memory::FRESH), Memory::from)
    }

    /// How likely the answer is known some days after it was known last.
    pub fn retrievability(&self, memory: Memory, days: u32) -> f32 {
        fsrs::current_retrievability(memory.into(), float(days), self.decay)
    }

    /// Days until the question comes again, for each grade; 0 is later in the session. `last` is the
    /// interval that is over now.
    pub fn intervals(
        &self,
        memory: Option<Memory>,
        days: u32,
        last: u32,
        spread: Spread,
    ) -> [u32; 4] {
        let most = self.options.max_interval.max(1);
        let Some(states) = self.states(memory, days) else { return [0, 1, 1, 1] };
        let mut out = [0; 4];
        let mut least = 1;
        for grade in [Grade::Hard, Grade::Good, Grade::Easy] {
            let wanted = pick(&states, grade).interval;
            // What was longer than before does not come out shorter by being spread.
            let longer = if wanted > float(last) { last.saturating_add(1) } else { 0 };
            let interval = self.spread(wanted, least.max(longer).min(most), most, spread);
            if let Some(out) = out.get_mut(grade.at()) {
                *out = interval;
            }
            // Grades of one day may promise the same, as when Anki's learning ends.
            least = interval.saturating_add(u32::from(days > 0)).min(most);
        }
        out
    }

    fn states(&self, memory: Option<Memory>, days: u32) -> Option<NextStates> {
        self.fsrs.next_states(memory.map(Into::into), self.options.retention, days).ok()
    }

    /// A whole number of days near the one wanted.
    fn spread(&self, wanted: f32, least: u32, most: u32, spread: Spread) -> u32 {
        let middle = whole(wanted).clamp(least, most);
        if !self.options.fuzz {
            return middle;
        }
        let (from, to) = bounds(wanted, least, most);
        if from >= to {
            return middle;
        }
        let share = float_share(spread.seed);
        if !self.options.balance || middle > BALANCED {
            let days = f64::from(to - from + 1) * share;
            return from + whole_down(days).min(to - from);
        }
        let weight = |days: u32| {
            let load = (spread.load)(days);
            let busy = if load == 0 { 1.0 } else { 1.0 / many(load).powi(2) };
            busy / f64::from(days.max(1))
        };
        let mut rest = (from..=to).map(weight).sum::<f64>() * share;
        for days in from..=to {
            rest -= weight(days);
            if rest <= 0.0 {
                return days;
            }
        }
        to
    }
}

impl Memory {
    /// What stands in where the crate says nothing; its parameters are checked, so it always does.
    const FRESH: Self = Self { stability: 1.0, difficulty: 5.0 };
}

impl From<MemoryState> for Memory {
    fn from(state: MemoryState) -> Self {
        Self { stability: state.stability, difficulty: state.difficulty }
    }
}

impl From<Memory> for MemoryState {
    fn from(memory: Memory) -> Self {
        Self { stability: memory.stability, difficulty: memory.difficulty }
    }
}

fn pick(states: &NextStates, grade: Grade) -> &ItemState {
    match grade {
        Grade::Again => &states.again,
        Grade::Hard => &states.hard,
        Grade::Good => &states.good,
        Grade::Easy => &states.easy,
    }
}

/// The days among which one is chosen.
fn bounds(wanted: f32, least: u32, most: u32) -> (u32, u32) {
    let wanted = wanted.clamp(float(least), float(most));
    if wanted < 2.5 {
        return (whole(wanted), whole(wanted));
    }
    let off = FUZZ
        .iter()
        .fold(1.0, |off, (from, to, share)| off + share * (wanted.min(*to) - from).max(0.0));
    let (from, mut to) = (whole(wanted - off).clamp(least, most), whole(wanted + off));
    if to == from && to > 2 {
        to = from + 1;
    }
    (from, to.clamp(least, most))
}

/// A number from 0 up to 1, made of a seed whose bits are not yet spread well.
fn float_share(seed: u64) -> f64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let bits = u32::try_from((bits ^ (bits >> 31)) >> 32).unwrap_or(0);
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

#[expect(clippy::cast_precision_loss, reason = "days are far below the limit")]
fn float(days: u32) -> f32 {
    days as f32
}

#[expect(clippy::cast_precision_loss, reason = "questions of a day are far below the limit")]
fn many(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that is too large, negative or none stays in bounds"
)]
fn whole(days: f32) -> u32 {
    days.round() as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that is too large, negative or none stays in bounds"
)]
fn whole_down(days: f64) -> u32 {
    days as u32
}
