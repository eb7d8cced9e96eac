//! One pass over a whole Markdown file for what an importer must know of it: where its headings,
//! links, notes and names of places stand.

use super::events::events;
use super::html;
use super::links::Gather;
use super::tags::Tags;
use crate::model::Target;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// What stands where in a Markdown text. All positions are bytes of the text.
#[derive(Debug, Default)]
pub struct Scan {
    /// The headings at the level of the document, top to bottom.
    pub headings: Vec<Found>,
    /// Whether nothing but comments stands before the first of them.
    pub only_comments_first: bool,
    /// Names that the author gave to places: `{#name}`, `<a id="name">`.
    pub places: Vec<Place>,
    /// The links and images.
    pub links: Vec<(Target, Range<usize>)>,
    /// Keywords in running text, `#word`: the bytes of each without its sign.
    pub tags: Vec<Range<usize>>,
    /// Definitions of links, `[label]: address`, and of notes.
    pub definitions: Vec<Definition>,
}

/// A heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// 1 to 6.
    pub level: u8,
    /// The bytes of its lines.
    pub bytes: Range<usize>,
    /// Its words.
    pub text: String,
}

/// A place to which the author gave a name.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The name.
    pub name: Box<str>,
    /// Where it is.
    pub at: usize,
    /// Whether it is a heading.
    pub is_heading: bool,
}

/// Something that is written in one place and used in others.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// The bytes of its lines.
    pub bytes: Range<usize>,
    /// Where it is used.
    pub uses: Vec<usize>,
    /// Whether it is a note, which is drawn where it stands.
    pub is_note: bool,
}

/// Scans a text.
pub fn scan(source: &str) -> Scan {
    let mut scan = Scan { only_comments_first: true, ..Scan::default() };
    let mut events = events(source);
    let mut gather = Gather::default();
    // Labels in use, each with whether it is that of a note.
    let mut uses: HashMap<(String, bool), Vec<usize>> = HashMap::new();
    let mut notes = Vec::new();
    let mut heading: Option<Found> = None;
    let mut depth = 0_usize;
    let mut tags = Tags::new(source);
    for (event, bytes) in events.by_ref() {
        tags.event(&event, &bytes);
        if let Some(text) = words(&event)
            && let Some(heading) = &mut heading
        {
            heading.text.push_str(text);
        }
        gather.event(&event, &bytes);
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                if let Some(id) = id {
                    let name = id.as_ref().into();
                    scan.places.push(Place { name, at: bytes.start, is_heading: true });
                }
                if depth == 0 {
                    heading = Some(Found { level: level as u8, bytes, text: String::new() });
                }
            }
            Event::End(TagEnd::Heading(_)) => scan.headings.extend(heading.take()),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                depth += 1;
                notes.push((label.to_string(), bytes));
            }
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList) => depth += 1,
            Event::End(
                TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::DefinitionList
                | TagEnd::FootnoteDefinition,
            ) => {
                depth = depth.saturating_sub(1);
            }
            Event::FootnoteReference(label) => {
                uses.entry((label.to_string(), true)).or_default().push(bytes.start);
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(link_type) =>
            {
                uses.entry((id.to_lowercase(), false)).or_default().push(bytes.start);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                names(&html, bytes.start, &mut scan.places);
                let is_comment = html.trim_start().starts_with("<!--") || html.trim().is_empty();
                scan.only_comments_first &= !scan.headings.is_empty() || is_comment;
            }
            Event::Start(Tag::HtmlBlock) | Event::End(_) => {}
            _ => scan.only_comments_first &= !scan.headings.is_empty() || heading.is_some(),
        }
    }
    if !uses.is_empty() {
        let links = events
            .reference_definitions()
            .iter()
            .map(|(label, definition)| ((label.to_lowercase(), false), definition.span.clone()));
        let notes = notes.into_iter().map(|(label, bytes)| ((label, true), bytes));
        for (label, bytes) in links.chain(notes) {
            let uses = uses.remove(&label).unwrap_or_default();
            scan.definitions.push(Definition { bytes, uses, is_note: label.1 });
        }
        scan.definitions.sort_by_key(|definition| definition.bytes.start);
    }
    scan.links = gather.links;
    scan.tags = tags.finish();
    scan
}

/// The words of an event that count for a heading.
fn words<'e>(event: &'e Event) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// The blocks of HTML that stand in no list and no quotation.
pub fn html_blocks(source: &str) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut blocks = Vec::new();
    for (event, bytes) in events(source) {
        match event {
            Event::Start(Tag::HtmlBlock) if depth == 0 => blocks.push(bytes),
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::HtmlBlock) if depth == 0 => {}
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    blocks
}

/// The names that the tags of a piece of HTML give to places.
pub fn html_names(html: &str) -> Vec<Box<str>> {
    let mut places = Vec::new();
    names(html, 0, &mut places);
    places.into_iter().map(|place| place.name).collect()
}

/// The names that tags give to places: the values of `id` and `name`.
fn names(html: &str, start: usize, out: &mut Vec<Place>) {
    for (_, tag) in html::tags(html) {
        let names = ["id", "name"].into_iter().filter_map(|name| html::attribute(tag, name));
        out.extend(names.map(|name| Place { name: name.into(), at: start, is_heading: false }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(source: &str) -> Vec<(u8, String)> {
        scan(source).headings.into_iter().map(|h| (h.level, h.text)).collect()
    }

    #[test]
    fn headings_count_at_the_level_of_the_document() {
        let source = "# A `b` *c*\n\n> ## quoted\n\n- # listed\n\n```\n# code\n```\n\nD\n---\n";
        assert_eq!(headings(source), [(1, "A b c".to_owned()), (2, "D".to_owned())]);
    }

    #[test]
    fn comments_before_the_title_do_not_matter() {
        assert!(scan("<!-- old -->\n\n## A\n").only_comments_first);
        assert!(scan("# A\n\ntext").only_comments_first);
        assert!(!scan("text\n\n# A\n").only_comments_first);
        assert!(!scan("<p>text</p>\n\n# A\n").only_comments_first);
    }

    #[test]
    fn names_of_places_are_found() {
        let source = "# A {#own}\n\n<a id=\"x\"></a> text <span name='y'>\n\n<div class=\"id\">\n";
        let places = scan(source).places;
        let names: Vec<_> = places.iter().map(|p| (&*p.name, p.at, p.is_heading)).collect();
        assert_eq!(names, [("own", 0, true), ("x", 12, false), ("y", 32, false)]);
    }

    #[test]
    fn definitions_know_where_they_are_used() {
        let source = "[a][K] b[^1]\n\n# C\n\n[k] [^1]: no\n\n[k]: x.md\n[l]: y.md\n\n[^1]: note\n";
        let found = scan(source).definitions;
        let found: Vec<_> = found
            .iter()
            .map(|d| (source.get(d.bytes.clone()).unwrap().trim(), d.uses.as_slice(), d.is_note))
            .collect();
        assert_eq!(
            found,
            [
                ("[k]: x.md", &[0, 19][..], false),
                ("[l]: y.md", &[], false),
                ("[^1]: note", &[8, 23], true)
            ]
        );
    }
}
