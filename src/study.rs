//! Studying: what a card can be asked, when, and what is known of it. The time, the zone and the log
//! of reviews are passed in; nothing here knows of disks or screens.

mod ask;
mod claim;
mod date;
mod desk;
mod history;
mod ids;
mod item;
mod memory;
mod optimize;
mod options;
mod outlook;
mod queue;
mod review;
mod session;
mod stats;
#[cfg(test)]
mod tests;
mod typed;
mod words;
mod written;

pub use ask::Asked;
pub use date::Date;
pub use desk::{Course, Desk, Record, recorded, said};
pub use history::Due;
pub use ids::with_ids;
pub use item::{Item, ItemId, Items, Subject, question_id};
pub use optimize::{Fit, optimize};
pub use options::Options;
pub use outlook::{Outlook, many};
pub use queue::Standing;
pub use review::{Day, Event, Grade, Moment};
pub use session::Session;
pub use stats::{Done, FORECAST, Period, Share, Statistics, Strength};
pub use typed::{Change as Difference, Compared, Nearness, compare};
pub use words::interval as interval_words;
pub use written::{parameters_line, with_parameters};
