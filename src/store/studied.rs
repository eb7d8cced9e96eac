//! What was done in studying: for each question its deeds, in the order of their moments. A deed is
//! known by its moment; one that was struck leaves nothing behind, whichever of the two comes first.

use super::event::{Change, Subject};
use std::collections::HashMap;

/// Something done with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    /// When, in milliseconds since 1970 in UTC.
    pub at_ms: i64,
    /// Minutes by which local time was ahead.
    pub offset_min: i16,
    /// What.
    pub what: What,
}

/// What was done with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It was answered.
    Answered {
        /// 1 to 4: again, hard, good, easy.
        grade: u8,
        /// How long it took.
        took_ms: u32,
        /// Days until it was promised to come again.
        interval: Option<u32>,
        /// Whether no schedule changed.
        cram: bool,
    },
    /// Something else.
    Said(Word),
}

macro_rules! words {
    ($($variant:ident, $word:literal, $doc:literal;)*) => {
        /// What else can be done with a question.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Word { $(#[doc = $doc] $variant,)* }

        impl Word {
            /// As it is recorded.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    Bury, "bury", "Not to be asked today.";
    Suspend, "suspend", "Not to be asked until that is taken back.";
    Resume, "resume", "To be asked again.";
    Flag, "flag", "To be looked at later.";
    Unflag, "unflag", "It was looked at.";
    Pick, "pick", "To be asked, though its card was not read.";
    Drop, "drop", "No longer picked.";
}

/// The word that strikes a deed.
pub const UNDO: &str = "undo";

/// What was done with one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Question {
    deeds: Vec<Deed>,
    /// The moments whose deeds are struck.
    struck: Vec<i64>,
}

/// What was done with all questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Studied {
    questions: HashMap<Subject, Question>,
}

impl Studied {
    /// What was done with a question, the first first, without what was struck.
    pub fn of(&self, question: &Subject) -> impl Iterator<Item = &Deed> {
        let all = self.questions.get(question);
        all.into_iter().flat_map(|all| {
            all.deeds.iter().filter(|deed| all.struck.binary_search(&deed.at_ms).is_err())
        })
    }

    /// The questions with which anything was done.
    pub fn questions(&self) -> impl Iterator<Item = &Subject> {
        self.questions.keys()
    }

    /// Takes a change into account, once, however often it comes.
    pub fn take(&mut self, question: &Subject, change: &Change, recorded: i64) {
        let (what, moment, offset) = match change {
            Change::Review { grade, took_ms, moment, offset, interval, cram, .. } => {
                let took_ms = u32::try_from(*took_ms).unwrap_or(u32::MAX);
                let (grade, interval, cram) = (*grade, *interval, *cram);
                (What::Answered { grade, took_ms, interval, cram }, *moment, *offset)
            }
            Change::Study { what, moment: Some(moment), .. } if **what == *UNDO => {
                let struck = &mut self.questions.entry(question.clone()).or_default().struck;
                if let Err(at) = struck.binary_search(moment) {
                    struck.insert(at, *moment);
                }
                return;
            }
            Change::Study { what, moment, offset, .. } => match Word::of(what) {
                Some(word) => (What::Said(word), *moment, *offset),
                None => return,
            },
            _ => return,
        };
        // A deed whose moment was not written was done when it was recorded.
        let deed = Deed { at_ms: moment.unwrap_or(recorded), offset_min: offset, what };
        let deeds = &mut self.questions.entry(question.clone()).or_default().deeds;
        if let Err(at) = deeds.binary_search(&deed) {
            deeds.insert(at, deed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(moment: i64, grade: u8) -> Change {
        Change::Review {
            grade,
            took_ms: 5,
            moment: Some(moment),
            offset: 60,
            interval: Some(3),
            cram: false,
            more: serde_json::Map::new(),
        }
    }

    fn said(what: &str, moment: i64) -> Change {
        let more = serde_json::Map::new();
        Change::Study { what: what.into(), moment: Some(moment), offset: 0, more }
    }

    #[test]
    fn deeds_are_in_order_and_counted_once_and_struck_by_their_moments() {
        let on = Subject::card("b", "c").item("q");
        let changes =
            [answer(9, 3), answer(4, 1), said("undo", 9), said("flag", 6), said("dance", 7)];
        let read = |order: &[usize]| {
            let mut studied = Studied::default();
            for at in order {
                studied.take(&on, &changes[*at], 100);
            }
            studied
        };
        let one = read(&[0, 1, 2, 3, 4]);
        assert_eq!(one, read(&[4, 2, 3, 3, 1, 0, 0]));
        let what: Vec<(i64, What)> = one.of(&on).map(|deed| (deed.at_ms, deed.what)).collect();
        let first = What::Answered { grade: 1, took_ms: 5, interval: Some(3), cram: false };
        assert_eq!(what, [(4, first), (6, What::Said(Word::Flag))]);
        assert_eq!(one.of(&Subject::card("b", "c")).count(), 0);
    }
}
