//! How the reader wants to study: the file `study.yaml` of the configuration folder.

use crate::diagnostic::Diagnostic;
use crate::format::{self, Context, Entries, Spanned, Text};
use crate::text::nearest;
use std::ops::RangeInclusive;

/// The names in `study.yaml`.
const NAMES: [&str; 13] = [
    "new_per_day",
    "reviews_per_day",
    "retention",
    "max_interval",
    "day_starts",
    "again_after",
    "fuzz",
    "balance",
    "new_from",
    "wait_after_reading",
    "siblings",
    "claims",
    "parameters",
];

/// Shares of answers that can be asked to be known.
pub const RETENTIONS: RangeInclusive<f32> = 0.70..=0.97;
/// The longest interval that can be set, in days.
const LONGEST: u32 = 36_500;
/// The largest number of questions a day.
const MOST: usize = 9_999;
/// Numbers that describe how one forgets.
pub const PARAMETERS: usize = 21;

/// Where new questions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFrom {
    /// Cards that were read.
    Read,
    /// All cards.
    All,
    /// Questions that the reader picked.
    Picked,
}

/// Which questions are not asked on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Siblings {
    /// Those made of one question: gaps of a cloze, both directions.
    Question,
    /// Those of one card.
    Card,
    /// None.
    None,
}

/// How the reader wants to study.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// New questions a day.
    pub new_per_day: usize,
    /// Reviews a day; new questions count among them.
    pub reviews_per_day: usize,
    /// The share of answers that is to be known when asked.
    pub retention: f32,
    /// Days after which a question is asked at the latest.
    pub max_interval: u32,
    /// The hour at which a day starts.
    pub day_starts: u8,
    /// Minutes after which a question that was not known comes again.
    pub again_after: u32,
    /// Whether intervals are spread, so that what was learnt together is not always asked together.
    pub fuzz: bool,
    /// Whether they are spread to days with less to do.
    pub balance: bool,
    /// Where new questions come from.
    pub new_from: NewFrom,
    /// Minutes after reading a card in which no new question of it is asked.
    pub wait_after_reading: u32,
    /// Which questions are not asked on the same day.
    pub siblings: Siblings,
    /// Whether it is asked who asserts the claims.
    pub claims: bool,
    /// How the reader forgets, if it was found out.
    pub parameters: Option<[f32; PARAMETERS]>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            new_per_day: 10,
            reviews_per_day: 100,
            retention: 0.9,
            max_interval: 365,
            day_starts: 4,
            again_after: 10,
            fuzz: true,
            balance: true,
            new_from: NewFrom::Read,
            wait_after_reading: 30,
            siblings: Siblings::Question,
            claims: true,
            parameters: None,
        }
    }
}

impl Options {
    /// With what a file says; what is wrong in it is reported and left out.
    pub fn overlaid(mut self, source: &str) -> (Self, Vec<Diagnostic>) {
        let found = format::settings(source, |file: Entries<Text>, found| {
            for (name, value) in file.0 {
                let (word, text) = (name.value.text.as_str(), value.value.text.as_str());
                if !NAMES.contains(&word) {
                    let help = match nearest(word, NAMES) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of {}", NAMES.join(", ")),
                    };
                    report(found, &name, &format!("`{word}` is not a setting"), &help);
                } else if let Err(wanted) = self.set(word, text.trim()) {
                    let message = format!("`{text}` is no value for `{word}`");
                    report(found, &value, &message, &format!("give {wanted}"));
                }
            }
        });
        (self, found)
    }

    fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        match name {
            "new_per_day" => self.new_per_day = within(text, 0..=MOST)?,
            "reviews_per_day" => self.reviews_per_day = within(text, 0..=MOST)?,
            "retention" => self.retention = within(text, RETENTIONS)?,
            "max_interval" => self.max_interval = within(text, 1..=LONGEST)?,
            "day_starts" => self.day_starts = hour(text)?,
            "again_after" => self.again_after = within(text, 0..=1439)?,
            "fuzz" => self.fuzz = truth(text)?,
            "balance" => self.balance = truth(text)?,
            "new_from" => {
                self.new_from = match text {
                    "read" => NewFrom::Read,
                    "all" => NewFrom::All,
                    "picked" => NewFrom::Picked,
                    _ => return Err("`read`, `all` or `picked`".to_owned()),
                };
            }
            "wait_after_reading" => self.wait_after_reading = within(text, 0..=10_080)?,
            "siblings" => {
                self.siblings = match text {
                    "question" => Siblings::Question,
                    "card" => Siblings::Card,
                    "none" => Siblings::None,
                    _ => return Err("`question`, `card` or `none`".to_owned()),
                };
            }
            "claims" => self.claims = truth(text)?,
            _ => {
                let numbers = text.split([',', ' ']).filter(|word| !word.is_empty());
                let numbers: Option<Vec<f32>> = numbers
                    .map(|word| word.parse().ok().filter(|number: &f32| number.is_finite()))
                    .collect();
                let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
                let wanted = format!("{PARAMETERS} numbers, parted by commas");
                self.parameters = Some(numbers.ok_or(wanted)?);
            }
        }
        Ok(())
    }
}

fn truth(text: &str) -> Result<bool, String> {
    match text {
        "true" | "yes" | "on" => Ok(true),
        "false" | "no" | "off" => Ok(false),
        _ => Err("`true` or `false`".to_owned()),
    }
}

fn within<T>(text: &str, range: RangeInclusive<T>) -> Result<T, String>
where
    T: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let wanted = || format!("a number from {} to {}", range.start(), range.end());
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(wanted)
}

/// `4` or `04:00`.
fn hour(text: &str) -> Result<u8, String> {
    let hour = text.strip_suffix(":00").unwrap_or(text);
    let hour = hour.parse().ok().filter(|hour| *hour < 24);
    hour.ok_or_else(|| "a full hour such as `04:00`".to_owned())
}

fn report(found: &Context, at: &Spanned<Text>, message: &str, help: &str) {
    let span = found.span(at.bytes.clone());
    found.report(Diagnostic::error("config", message).at(span).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Options, Vec<String>) {
        let (options, found) = Options::default().overlaid(source);
        (options, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
    }

    #[test]
    fn settings_are_taken() {
        let numbers = (1..=21).map(|n| format!("0.{n}")).collect::<Vec<_>>().join(", ");
        let (options, found) = read(&format!(
            "new_per_day: 5\nreviews_per_day: 50\nretention: 0.85\nmax_interval: 100\n\
             day_starts: 05:00\nagain_after: 1\nfuzz: no\nbalance: off\nnew_from: all\n\
             wait_after_reading: 0\nsiblings: card\nclaims: false\nparameters: {numbers}\n"
        ));
        assert!(found.is_empty(), "{found:?}");
        let parameters = options.parameters.unwrap();
        assert_eq!((parameters[0].to_bits(), parameters.len()), (0.1_f32.to_bits(), 21));
        let wanted = Options {
            new_per_day: 5,
            reviews_per_day: 50,
            retention: 0.85,
            max_interval: 100,
            day_starts: 5,
            again_after: 1,
            fuzz: false,
            balance: false,
            new_from: NewFrom::All,
            wait_after_reading: 0,
            siblings: Siblings::Card,
            claims: false,
            parameters: Some(parameters),
        };
        assert_eq!(options, wanted);
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_taken() {
        let (options, found) =
            read("new: 5\nretention: 0.99\nday_starts: 25\nparameters: 1, 2\nfuzz: false\n");
        assert_eq!(
            found,
            [
                ":1:1 `new` is not a setting",
                ":2:12 `0.99` is no value for `retention`",
                ":3:13 `25` is no value for `day_starts`",
                ":4:13 `1, 2` is no value for `parameters`",
            ]
        );
        assert_eq!(options, Options { fuzz: false, ..Options::default() });
    }
}
