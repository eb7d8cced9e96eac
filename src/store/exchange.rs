//! What was kept as a file, a line for each event, and back. Files come from anywhere: whatever is
//! in one, nothing but events that make sense are taken.

use super::database::DAY;
use super::event::{Change, Event, Progress, Subject};

/// A longer line is no event.
const LINE: usize = 1 << 20;
/// Longer names are no names.
const NAME: usize = 1024;
/// Lines that are said to be wrong, at most.
const SAID: usize = 5;

/// What was read from a file.
#[derive(Debug, Default)]
pub struct Parcel {
    /// The events in it.
    pub events: Vec<Event>,
    /// The lines that were left out, with the reason; not all of them.
    pub wrong: Vec<(usize, String)>,
    /// How many lines were left out.
    pub left_out: usize,
    /// Events of kinds that this version does not know; they are kept.
    pub unknown: usize,
}

/// Events as lines, in the order of time.
pub fn write(mut events: Vec<Event>) -> String {
    events.sort_by_cached_key(Event::stamp);
    let mut out = String::new();
    for event in events {
        // Plain data can always be written.
        if let Ok(line) = serde_json::to_string(&event) {
            out += &line;
            out.push('\n');
        }
    }
    out
}

/// Reads lines. `now` is the time: nothing is taken from the future.
pub fn read(text: &str, now: i64) -> Parcel {
    let mut parcel = Parcel::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match event(line, now) {
            Ok(event) => {
                parcel.unknown += usize::from(matches!(event.change, Change::Other(_)));
                parcel.events.push(event);
            }
            Err(why) => {
                parcel.left_out += 1;
                if parcel.wrong.len() < SAID {
                    parcel.wrong.push((number + 1, why));
                }
            }
        }
    }
    parcel
}

fn event(line: &str, now: i64) -> Result<Event, String> {
    if line.len() > LINE {
        return Err(format!("the line has {} bytes, more than {LINE}", line.len()));
    }
    let event: Event = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let is_id = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
    if event.id.is_empty() || event.id.len() > 64 || !event.id.bytes().all(is_id) {
        return Err("`id` is not the name of an event".to_owned());
    }
    if event.at < 0 || event.at > now.saturating_add(DAY) {
        return Err("`at` lies in the future, or before 1970".to_owned());
    }
    subject(&event.on)?;
    match &event.change {
        Change::Follow { to: Some(to) } => subject(to)?,
        Change::Trail { steps, .. } => steps.iter().try_for_each(|step| subject(&step.on))?,
        Change::Mark { name, .. } if !name.is_ascii_lowercase() => {
            return Err("the name of a mark is a letter".to_owned());
        }
        Change::Progress { state: Progress::Revisit, due: None } => {
            return Err("`due` is missing".to_owned());
        }
        Change::Note { .. } if event.on.item.is_none() => {
            return Err("a note has no `item`".to_owned());
        }
        Change::Highlight { .. } if event.on.item.is_none() => {
            return Err("a highlight has no `item`".to_owned());
        }
        Change::Review { grade, .. } if !(1..=4).contains(grade) => {
            return Err("`grade` is 1 to 4".to_owned());
        }
        _ => {}
    }
    Ok(event)
}

fn subject(on: &Subject) -> Result<(), String> {
    let names = [Some(&on.briefing), on.card.as_ref(), on.item.as_ref()];
    // A line feed or a tab is in no name.
    let wrong = |name: &str| name.is_empty() || name.len() > NAME || name.contains(['\n', '\t']);
    match names.into_iter().flatten().find(|name| wrong(name)) {
        Some(_) => Err("a name in `on` is empty or too long".to_owned()),
        None => Ok(()),
    }
}
