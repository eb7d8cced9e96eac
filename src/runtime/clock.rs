//! The time of day, for studying: when something was done, and by how much local time was ahead.

use super::{keeper, now};
use crate::study::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::OnceLock;

/// The time zone, looked up once: what it says of any moment is known from then on.
static ZONE: OnceLock<TimeZone> = OnceLock::new();

/// The present moment.
pub fn moment() -> Moment {
    let zone = ZONE.get_or_init(|| TimeZone::try_system().unwrap_or(TimeZone::UTC));
    let time = Timestamp::try_from(now()).unwrap_or(Timestamp::UNIX_EPOCH);
    let minutes = zone.to_offset(time).seconds() / 60;
    Moment { at_ms: keeper::milliseconds(), offset_min: i16::try_from(minutes).unwrap_or_default() }
}
