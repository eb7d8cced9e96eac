//! The links of a text, without the rest of it.

use super::events::events;
use super::html;
use super::see_also::SeeAlso;
use crate::model::Target;
use pulldown_cmark::{Event, LinkType, Tag};
use std::ops::Range;

/// The links and images of `source` with the bytes they stand in, in order. Footnotes do not
/// count.
pub fn links(source: &str) -> Vec<(Target, Range<usize>)> {
    if !source.contains(['[', '<']) && !["lso:", "tldr "].iter().any(|word| source.contains(word)) {
        return Vec::new();
    }
    let mut gather = Gather::default();
    for (event, bytes) in events(source) {
        gather.event(&event, &bytes);
    }
    gather.links
}

/// Gathers links from the events of the parser.
#[derive(Default)]
pub struct Gather {
    /// What was gathered so far.
    pub links: Vec<(Target, Range<usize>)>,
    see_also: SeeAlso,
}

impl Gather {
    /// Takes an event and the bytes it stands in.
    pub fn event(&mut self, event: &Event, bytes: &Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.see_also.paragraph();
                self.links.push((target(*link_type, dest_url), bytes.clone()));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                self.links.push((target(*link_type, dest_url), bytes.clone()));
            }
            Event::Start(Tag::Paragraph) => self.see_also.paragraph(),
            Event::Text(text) => self.see_also.text(text),
            Event::Code(text) => {
                let named = self.see_also.named(text).map(Target::Named);
                self.links.extend(named.map(|target| (target, bytes.clone())));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for (name, tag) in html::tags(html) {
                    let attribute = if name == "img" { "src" } else { "href" };
                    let leads = matches!(name.as_str(), "a" | "img");
                    let address = html::attribute(tag, attribute).filter(|_| leads);
                    let to =
                        address.map(|address| (target(LinkType::Inline, address), bytes.clone()));
                    self.links.extend(to);
                }
            }
            _ => {}
        }
    }
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
        // `//host/path` leaves as well, by whatever scheme.
        _ if destination.starts_with("//") => Target::Web(format!("https:{destination}").into()),
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
