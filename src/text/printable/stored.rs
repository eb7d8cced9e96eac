//! Printable text in files that the program makes for itself.

use super::Printable;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Printable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Printable {
    /// Takes text that was printable when it was written; anything else is an error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Printable;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("printable text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Printable, E> {
                let read = Printable::lines(text);
                if *read == *text { Ok(read) } else { Err(E::custom("text that hides something")) }
            }
        }

        deserializer.deserialize_str(Text)
    }
}
