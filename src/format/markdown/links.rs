//! The links of a text, without the rest of it.

use super::OPTIONS;
use crate::model::Target;
use pulldown_cmark::{Event, LinkType, Parser, Tag};
use std::ops::Range;

/// The links of `source` with the bytes they stand in, in order. Footnotes do not count.
pub fn links(source: &str) -> Vec<(Target, Range<usize>)> {
    if !source.contains(['[', '<']) {
        return Vec::new();
    }
    Parser::new_ext(source, OPTIONS)
        .into_offset_iter()
        .filter_map(|(event, bytes)| match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                Some((target(link_type, &dest_url), bytes))
            }
            _ => None,
        })
        .collect()
}

/// What a link points at, from its destination as written.
pub fn target(kind: LinkType, destination: &str) -> Target {
    match kind {
        LinkType::WikiLink { .. } => {
            // In a table the bar of `[[target\|label]]` is escaped.
            let destination = destination.strip_suffix('\\').unwrap_or(destination);
            if has_scheme(destination) && destination.contains("://") {
                return Target::Web(destination.into());
            }
            let (name, heading) = match destination.split_once('#') {
                Some((name, heading)) => (name, Some(heading.trim())),
                None => (destination, None),
            };
            Target::Card { name: name.trim().into(), heading: heading.map(Into::into) }
        }
        LinkType::Email => Target::Web(format!("mailto:{destination}").into()),
        _ if has_scheme(destination) => Target::Web(destination.into()),
        _ => Target::Path(destination.into()),
    }
}

/// Whether a destination starts with `scheme:`.
fn has_scheme(destination: &str) -> bool {
    // A single letter is a drive, not a scheme.
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}
