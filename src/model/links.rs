//! The links of a text, packed: a folder has many more links than files, and until all files were
//! read nobody can say where one leads.

use super::body::Target;
use super::card::Reference;
use crate::text::{Position, Printable, Span};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Range;

/// What the first byte of a packed link says: the sort of its target in the lowest bits, and what is
/// left out.
mod head {
    pub const CARD: u8 = 0;
    pub const CARD_HEADING: u8 = 1;
    pub const PATH: u8 = 2;
    pub const WEB: u8 = 3;
    pub const FOOTNOTE: u8 = 4;
    pub const NAMED: u8 = 5;
    pub const SORT: u8 = 0x07;
    /// The name stands in the bytes of the link.
    pub const NAME_INSIDE: u8 = 0x08;
    /// The heading does.
    pub const HEADING_INSIDE: u8 = 0x10;
    /// The file goes on from the link before as the text does.
    pub const FOLLOWS: u8 = 0x20;
    /// The link is as long in the file as in the text.
    pub const SAME_LENGTH: u8 = 0x40;
    /// It stands in the line of the one before.
    pub const SAME_LINE: u8 = 0x80;
}

/// The links of a text, in the order in which they stand in it. Most of what they say is said by the
/// text, without which they cannot be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Links(Box<[u8]>);

impl Links {
    /// Packs the links of a text: what each points at, where it stands in the file, and its bytes of
    /// the text.
    pub fn new<'t>(
        source: &str,
        links: impl IntoIterator<Item = (&'t Target, Span, Range<u32>)>,
    ) -> Self {
        let mut packed = Vec::new();
        let mut before = Place::default();
        for (target, span, bytes) in links {
            before = pack(&mut packed, source, (target, span, bytes), before);
        }
        Self(packed.into())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number that is not less than that of the links.
    pub fn at_most(&self) -> usize {
        /// Bytes that each takes at least.
        const LEAST: usize = 5;
        self.0.len() / LEAST
    }

    /// The links, which are those of `source`.
    pub fn iter<'a>(&'a self, source: &'a str) -> Iter<'a> {
        Iter { packed: &self.0, source, before: Place::default() }
    }
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Links({} bytes)", self.0.len())
    }
}

/// Where the link before stands: most of what comes next is said as the way from there.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Its first byte of the text.
    bytes: u32,
    /// Its first byte of the file.
    start: u32,
    line: u32,
}

/// Appends a link that stands behind another; where it stands.
fn pack(
    packed: &mut Vec<u8>,
    source: &str,
    (target, span, bytes): (&Target, Span, Range<u32>),
    before: Place,
) -> Place {
    let (sort, name, heading) = match target {
        Target::Card { name, heading: None } => (head::CARD, &**name, None),
        Target::Card { name, heading: Some(heading) } => {
            (head::CARD_HEADING, &**name, Some(&**heading))
        }
        Target::Path(path) => (head::PATH, &**path, None),
        Target::Web(address) => (head::WEB, &**address, None),
        Target::Footnote(label) => (head::FOOTNOTE, label.as_str(), None),
        Target::Named(name) => (head::NAMED, &**name, None),
    };
    let Span { start, end, position } = span;
    let (from, to) = (bytes.start, bytes.end);
    let inside = source.get(from as usize..to as usize).unwrap_or_default();
    let (name_at, heading_at) = (find(inside, name), heading.and_then(|h| find(inside, h)));
    let step = from.wrapping_sub(before.bytes);
    let (length, length_in_file) = (to.wrapping_sub(from), end.wrapping_sub(start));
    let says = |is_so: bool, bit: u8| if is_so { bit } else { 0 };
    let follows = start == before.start.wrapping_add(step);
    packed.push(
        sort | says(name_at.is_some(), head::NAME_INSIDE)
            | says(heading_at.is_some(), head::HEADING_INSIDE)
            | says(follows, head::FOLLOWS)
            | says(length == length_in_file, head::SAME_LENGTH)
            | says(position.line == before.line, head::SAME_LINE),
    );
    number(packed, step);
    number(packed, length);
    text(packed, name, name_at);
    if let Some(heading) = heading {
        text(packed, heading, heading_at);
    }
    if !follows {
        number(packed, start);
    }
    if length != length_in_file {
        number(packed, length_in_file);
    }
    if position.line != before.line {
        number(packed, position.line.wrapping_sub(before.line));
    }
    number(packed, position.column);
    Place { bytes: from, start, line: position.line }
}

/// Where words stand in a link: mostly behind `[[` or before `)`.
fn find(inside: &str, words: &str) -> Option<usize> {
    let stands = |at: &usize| inside.get(*at..).is_some_and(|rest| rest.starts_with(words));
    let last = (inside.len().checked_sub(1)).and_then(|end| end.checked_sub(words.len()));
    Some(2).filter(stands).or(last.filter(stands)).or_else(|| inside.find(words))
}

impl Serialize for Links {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Takes bytes as they are: what is wrong in them ends the links.
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Links;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("packed links")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Links, E> {
                Ok(Links(bytes.into()))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn number(packed: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        packed.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    packed.push(value.to_le_bytes()[0]);
}

/// The length, then the place in the link, or else the text. No file that is read is longer than a
/// length can say.
fn text(packed: &mut Vec<u8>, text: &str, inside: Option<usize>) {
    let length = u32::try_from(text.len()).unwrap_or(0);
    number(packed, length);
    match inside {
        Some(at) => number(packed, u32::try_from(at).unwrap_or(0)),
        None => {
            packed.extend_from_slice(text.as_bytes().get(..length as usize).unwrap_or_default());
        }
    }
}

/// The links of a text, one after the other.
#[derive(Clone)]
pub struct Iter<'a> {
    packed: &'a [u8],
    source: &'a str,
    before: Place,
}

impl Iterator for Iter<'_> {
    type Item = Reference;

    fn next(&mut self) -> Option<Reference> {
        let head = self.byte()?;
        let says = |bit: u8| head & bit != 0;
        let step = self.number()?;
        let from = self.before.bytes.wrapping_add(step);
        let length = self.number()?;
        let bytes = from..from.wrapping_add(length);
        let inside = self.source.get(bytes.start as usize..bytes.end as usize).unwrap_or_default();
        let name = self.text(inside, says(head::NAME_INSIDE))?;
        let target = match head & head::SORT {
            head::CARD => Target::Card { name: name.into(), heading: None },
            head::CARD_HEADING => {
                let heading = self.text(inside, says(head::HEADING_INSIDE))?;
                Target::Card { name: name.into(), heading: Some(heading.into()) }
            }
            head::PATH => Target::Path(name.into()),
            head::WEB => Target::Web(name.into()),
            head::FOOTNOTE => Target::Footnote(Printable::inline(name)),
            head::NAMED => Target::Named(name.into()),
            _ => return None,
        };
        let Place { start, line, .. } = self.before;
        let start = if says(head::FOLLOWS) { start.wrapping_add(step) } else { self.number()? };
        let length = if says(head::SAME_LENGTH) { length } else { self.number()? };
        let line = if says(head::SAME_LINE) { line } else { line.wrapping_add(self.number()?) };
        let position = Position { line, column: self.number()? };
        self.before = Place { bytes: from, start, line };
        let span = Span { start, end: start.wrapping_add(length), position };
        Some(Reference { target, span, bytes, relation: None, evidence: None, why: None })
    }
}

impl<'a> Iter<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.packed.split_first()?;
        self.packed = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn text(&mut self, inside: &'a str, is_inside: bool) -> Option<&'a str> {
        let length = self.number()? as usize;
        if is_inside {
            let at = self.number()? as usize;
            return inside.get(at..)?.get(..length);
        }
        let (text, rest) = self.packed.split_at_checked(length)?;
        self.packed = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target() -> impl Strategy<Value = Target> {
        let name = || "[abé]{0,2}|.{0,12}".prop_map(String::into_boxed_str);
        prop_oneof![
            (name(), proptest::option::of(name()))
                .prop_map(|(name, heading)| Target::Card { name, heading }),
            name().prop_map(Target::Path),
            name().prop_map(Target::Web),
            name().prop_map(Target::Named),
            name().prop_map(|label| Target::Footnote(Printable::inline(&label))),
        ]
    }

    fn packed(source: &str, links: &[Reference]) -> Links {
        Links::new(source, links.iter().map(|l| (&l.target, l.span, l.bytes.clone())))
    }

    fn link() -> impl Strategy<Value = Reference> {
        let number = || prop_oneof![3 => 0..20_u32, 1 => any::<u32>()];
        let numbers = [number(), number(), number(), number(), number(), number()];
        (target(), numbers).prop_map(|(target, [start, end, line, column, from, to])| Reference {
            target,
            span: Span { start, end, position: Position { line, column } },
            bytes: from..to,
            relation: None,
            evidence: None,
            why: None,
        })
    }

    proptest! {
        #[test]
        fn links_come_out_as_they_went_in(
            source in "[abé]{0,20}",
            links in proptest::collection::vec(link(), 0..6),
        ) {
            let packed = packed(&source, &links);
            prop_assert_eq!(packed.is_empty(), links.is_empty());
            prop_assert!(links.len() <= packed.at_most());
            prop_assert_eq!(packed.iter(&source).collect::<Vec<_>>(), links);
        }
    }

    #[test]
    fn what_the_text_says_is_not_said_again() {
        let source = "See [[Some other page|it]], [[Another page]].";
        let link = |name: &str, at: u32, length: u32| Reference {
            target: Target::Card { name: name.into(), heading: None },
            span: Span {
                start: at + 300,
                end: at + 300 + length,
                position: Position { line: 20, column: at + 1 },
            },
            bytes: at..at + length,
            relation: None,
            evidence: None,
            why: None,
        };
        let links = [link("Some other page", 4, 22), link("Another page", 28, 16)];
        let packed = packed(source, &links);
        assert!(packed.0.len() < 20, "{}", packed.0.len());
        assert_eq!(packed.iter(source).collect::<Vec<_>>(), links);
    }
}
