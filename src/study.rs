//! Studying: what a card can be asked, when, and what is known of it. The time, the zone and the log
//! of reviews are passed in; nothing here knows of disks or screens.

#![cfg_attr(not(test), expect(dead_code, reason = "what only the screens use waits for them"))]

mod ask;
mod claim;
mod history;
mod ids;
mod item;
mod memory;
mod optimize;
mod options;
mod queue;
mod review;
mod session;
mod stats;
#[cfg(test)]
mod tests;
mod typed;
mod words;

pub use ask::Asked;
pub use ids::with_ids;
pub use item::{Item, Items, Subject, question_id};
pub use options::Options;
