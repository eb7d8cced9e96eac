//! What is to come, and why something is not asked now.

use super::history::{Due, History};
use super::item::Items;
use super::memory::Scheduler;
use super::options::NewFrom;
use super::queue::{Opening, Standing};
use super::review::Moment;

/// What is to come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// All that can be asked.
    pub items: usize,
    /// New questions of cards that were not read.
    pub unread: usize,
    /// New questions of cards that were just read.
    pub fresh: usize,
    /// Minutes between reading a card and its new questions.
    pub wait: usize,
    /// Questions that could be asked, and are left for another day.
    pub held: usize,
    /// Questions that the reader does not want to be asked.
    pub suspended: usize,
    /// The next day on which something is due: in how many days, and how much.
    pub next: Option<(i64, usize)>,
}

impl Outlook {
    /// What is to come after `now`.
    pub fn new(
        items: &Items,
        history: &History,
        standing: &Standing,
        scheduler: &Scheduler,
        now: Moment,
    ) -> Self {
        let today = now.day(scheduler.options().day_starts);
        let opening = Opening::new(standing, scheduler, now);
        let wait = usize::try_from(scheduler.options().wait_after_reading).unwrap_or(0);
        let mut outlook = Self { items: items.list().len(), wait, ..Self::default() };
        for (at, (item, progress)) in items.list().iter().zip(history.all()).enumerate() {
            if standing.suspended.contains(&at) {
                outlook.suspended += 1;
                continue;
            }
            match progress.due {
                Due::New if opening.is_fresh(item.card) => outlook.fresh += 1,
                Due::New if opening.is_open(at, item.card) => outlook.held += 1,
                Due::New if scheduler.options().new_from == NewFrom::Read => outlook.unread += 1,
                Due::Day(day) if day > today => {
                    let days = day - today;
                    match &mut outlook.next {
                        Some((next, count)) if *next == days => *count += 1,
                        Some((next, _)) if *next < days => {}
                        next => *next = Some((days, 1)),
                    }
                }
                Due::Day(_) => outlook.held += 1,
                Due::New | Due::Again(_) => {}
            }
        }
        outlook
    }

    /// The same in words, a line each: what is to come, and why it is not asked now.
    pub fn words(&self, was_asked: bool) -> Vec<String> {
        if self.items == 0 {
            return vec![
                "No card here has questions. In a briefing file they are written under `questions:`; \
                 claims with a voice are asked as “who asserts this?”."
                    .to_owned(),
            ];
        }
        let mut out = Vec::new();
        if self.unread > 0 && !was_asked {
            let all = many(self.unread, "question");
            out.push(format!("{all} of cards that you have not read yet: reading opens them"));
        }
        if self.fresh > 0 {
            let all = many(self.fresh, "question");
            let wait = many(self.wait, "minute");
            out.push(format!("{all} of cards that you have just read: they come after {wait}"));
        }
        if self.held > 0 {
            let all = many(self.held, "question");
            out.push(format!("{all} for another day: the day's share is done"));
        }
        match self.next {
            Some((1, count)) => out.push(format!("{} tomorrow", many(count, "question"))),
            Some((days, count)) => out.push(format!("{} in {days} days", many(count, "question"))),
            None => {}
        }
        if self.suspended > 0 {
            let all = many(self.suspended, "question");
            out.push(format!("{all} suspended: `briefing study suspended` lists and resumes them"));
        }
        out
    }
}

/// So many of something.
pub fn many(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
