//! How the reader forgets, found out from the log by the official crate.

use super::history::known;
use super::item::Items;
use super::options::{Options, PARAMETERS};
use super::review::{Day, Review};
use fsrs::{
    ComputeParametersInput, DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, compute_parameters,
};
use std::collections::HashMap;
use thiserror::Error;

/// Answers, a day or more after an earlier one, without which nothing can be said: below this the
/// crate itself keeps most of the usual parameters.
const FEWEST: usize = 64;

/// Answers to one question beyond which nothing new is learnt from it.
const MOST: usize = 200;

/// Why nothing was found out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Too few answers.
    #[error("{found} answers were given a day or more after an earlier one; {FEWEST} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// The answers do not say enough.
    #[error("these answers do not say how you forget: {0}")]
    Unclear(String),
}

/// How well parameters foretell the answers; less is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Error {
    /// Log-loss.
    pub log_loss: f32,
    /// Root mean square error over groups of like answers.
    pub rmse: f32,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The parameters.
    pub parameters: [f32; PARAMETERS],
    /// The answers that this rests on.
    pub answers: usize,
    /// How well the parameters did that were used so far, and how well these do.
    pub errors: Option<(Error, Error)>,
}

/// The parameters that fit the log best.
pub fn optimize(items: &Items, log: &[Review], options: &Options) -> Result<Fit, Unfit> {
    let train_set = answers(items, log, options);
    if train_set.len() < FEWEST {
        return Err(Unfit::TooFew { found: train_set.len() });
    }
    let before = options.parameters.filter(|own| FSRS::new(own).is_ok());
    let before = error(&before.unwrap_or(DEFAULT_PARAMETERS), &train_set);
    let all = train_set.clone();
    let input = ComputeParametersInput { train_set, ..ComputeParametersInput::default() };
    let found = compute_parameters(input).map_err(|error| Unfit::Unclear(format!("{error:?}")))?;
    let usable = found.iter().all(|number| number.is_finite());
    let found: Result<[f32; PARAMETERS], _> = found.try_into();
    let found = found.ok().filter(|found| usable && FSRS::new(found).is_ok());
    let parameters = found.ok_or_else(|| Unfit::Unclear("no parameters".to_owned()))?;
    let errors = before.zip(error(&parameters, &all));
    Ok(Fit { parameters, answers: all.len(), errors })
}

fn error(parameters: &[f32], answers: &[FSRSItem]) -> Option<Error> {
    let found = FSRS::new(parameters).ok()?.evaluate(answers.to_vec(), |_| true).ok()?;
    Some(Error { log_loss: found.log_loss, rmse: found.rmse_bins })
}

/// Each answer a day or more after an earlier one, with those before it; the oldest first.
fn answers(items: &Items, log: &[Review], options: &Options) -> Vec<FSRSItem> {
    let mut before: HashMap<usize, (Day, Vec<FSRSReview>)> = HashMap::new();
    let mut answers = Vec::new();
    for (at, review) in known(items, log) {
        let day = review.moment.day(options.day_starts);
        let (last, reviews) = before.entry(at).or_insert((day, Vec::new()));
        let delta_t = u32::try_from(day.saturating_sub(*last).max(0)).unwrap_or(u32::MAX);
        *last = day.max(*last);
        reviews.push(FSRSReview { rating: u32::from(review.grade.number()), delta_t });
        if delta_t > 0 && reviews.len() <= MOST {
            answers.push(FSRSItem { reviews: reviews.clone() });
        }
    }
    answers
}
