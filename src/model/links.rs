//! The links of a text, packed: a folder has many more links than files, and until all files were
//! read nobody can say where one leads.

use super::body::Target;
use super::card::Reference;
use crate::text::{Position, Printable, Span};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What stands before a packed target.
mod sort {
    pub const CARD: u8 = 0;
    pub const CARD_HEADING: u8 = 1;
    pub const PATH: u8 = 2;
    pub const WEB: u8 = 3;
    pub const FOOTNOTE: u8 = 4;
    pub const NAMED: u8 = 5;
}

/// The links of a text, in the order in which they stand in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Links(Box<[u8]>);

impl Links {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The links.
    pub fn iter(&self) -> Iter<'_> {
        Iter(&self.0)
    }

    /// The link at an index.
    pub fn get(&self, index: usize) -> Option<Reference> {
        self.iter().nth(index)
    }
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> IntoIterator for &'a Links {
    type Item = Reference;
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl FromIterator<Reference> for Links {
    /// Packs links. What only an entry of `see_also` says goes.
    fn from_iter<I: IntoIterator<Item = Reference>>(links: I) -> Self {
        let mut packed = Vec::new();
        for link in links {
            let (sort, name, heading) = match &link.target {
                Target::Card { name, heading: None } => (sort::CARD, &**name, None),
                Target::Card { name, heading: Some(heading) } => {
                    (sort::CARD_HEADING, &**name, Some(&**heading))
                }
                Target::Path(path) => (sort::PATH, &**path, None),
                Target::Web(address) => (sort::WEB, &**address, None),
                Target::Footnote(label) => (sort::FOOTNOTE, label.as_str(), None),
                Target::Named(name) => (sort::NAMED, &**name, None),
            };
            packed.push(sort);
            text(&mut packed, name);
            if let Some(heading) = heading {
                text(&mut packed, heading);
            }
            let Span { start, end, position } = link.span;
            let (from, to) = (link.bytes.start, link.bytes.end);
            for value in [
                start,
                end.wrapping_sub(start),
                position.line,
                position.column,
                from,
                to.wrapping_sub(from),
            ] {
                number(&mut packed, value);
            }
        }
        Self(packed.into())
    }
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

/// The length, then the text. No file that is read is longer than a length can say.
fn text(packed: &mut Vec<u8>, text: &str) {
    let length = u32::try_from(text.len()).unwrap_or(0);
    number(packed, length);
    packed.extend_from_slice(text.as_bytes().get(..length as usize).unwrap_or_default());
}

/// The links of a text, one after the other.
#[derive(Clone)]
pub struct Iter<'a>(&'a [u8]);

impl Iterator for Iter<'_> {
    type Item = Reference;

    fn next(&mut self) -> Option<Reference> {
        let (sort, rest) = self.0.split_first()?;
        self.0 = rest;
        let name = self.text()?;
        let target = match *sort {
            sort::CARD => Target::Card { name: name.into(), heading: None },
            sort::CARD_HEADING => {
                Target::Card { name: name.into(), heading: Some(self.text()?.into()) }
            }
            sort::PATH => Target::Path(name.into()),
            sort::WEB => Target::Web(name.into()),
            sort::FOOTNOTE => Target::Footnote(Printable::inline(name)),
            sort::NAMED => Target::Named(name.into()),
            _ => return None,
        };
        let start = self.number()?;
        let end = start.wrapping_add(self.number()?);
        let position = Position { line: self.number()?, column: self.number()? };
        let from = self.number()?;
        let bytes = from..from.wrapping_add(self.number()?);
        let span = Span { start, end, position };
        Some(Reference { target, span, bytes, relation: None, evidence: None, why: None })
    }
}

impl<'a> Iter<'a> {
    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target() -> impl Strategy<Value = Target> {
        let name = || ".{0,12}".prop_map(String::into_boxed_str);
        prop_oneof![
            (name(), proptest::option::of(name()))
                .prop_map(|(name, heading)| Target::Card { name, heading }),
            name().prop_map(Target::Path),
            name().prop_map(Target::Web),
            name().prop_map(Target::Named),
            name().prop_map(|label| Target::Footnote(Printable::inline(&label))),
        ]
    }

    fn link() -> impl Strategy<Value = Reference> {
        let numbers = any::<[u32; 6]>();
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
        fn links_come_out_as_they_went_in(links in proptest::collection::vec(link(), 0..6)) {
            let packed: Links = links.iter().cloned().collect();
            prop_assert_eq!(packed.is_empty(), links.is_empty());
            prop_assert_eq!(packed.get(0), links.first().cloned());
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), links);
        }
    }
}
