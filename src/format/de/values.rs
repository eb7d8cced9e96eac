//! What keys can hold: values with their places, lists that leave out what is of no use.

use super::{LENIENT, SPANNED, TEXT, WRITTEN};
use serde::de::{self, Deserialize, MapAccess, SeqAccess, Visitor};
use serde_yaml::granit_parser::ScalarStyle;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// A value and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub bytes: Range<usize>,
    /// Whether an error in the file cut it off.
    pub torn: bool,
}

/// A scalar as text.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// How it is written.
    pub style: ScalarStyle,
    /// Whether it is one of YAML's words for nothing.
    pub null: bool,
}

/// A value, or nothing if it is absent, null or of no use (and was reported).
#[derive(Debug, Clone)]
pub struct Lenient<T>(pub Option<T>);

/// Like [`Lenient`], but a word for nothing, or nothing behind the key, is text.
#[derive(Debug, Clone)]
pub struct Written<T>(pub Option<T>);

/// A list; a single value counts as a list of one; what is of no use is left out.
#[derive(Debug, Clone)]
pub struct List<T>(pub Vec<T>);

/// A mapping of names, in the order of the file.
#[derive(Debug, Clone)]
pub struct Entries<T>(pub Vec<(Spanned<Text>, Spanned<T>)>);

impl<T> Default for Lenient<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for Written<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Implements `Deserialize` by a visitor.
macro_rules! visited {
    ($type:ident<$t:ident>, |$d:ident, $visitor:ident| $ask:expr, { $($body:tt)* }) => {
        impl<'de, $t: Deserialize<'de>> Deserialize<'de> for $type<$t> {
            fn deserialize<D: de::Deserializer<'de>>($d: D) -> Result<Self, D::Error> {
                struct Visit<$t>(PhantomData<$t>);
                impl<'de, $t: Deserialize<'de>> Visitor<'de> for Visit<$t> {
                    type Value = $type<$t>;
                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str("a value")
                    }
                    $($body)*
                }
                let $visitor = Visit(PhantomData);
                $ask
            }
        }
    };
}

visited!(Spanned<T>, |d, visitor| d.deserialize_tuple_struct(SPANNED, 6, visitor), {
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let head: Head = head(&mut parts)?;
        let value = parts.next_element()?.ok_or_else(|| de::Error::custom("nothing there"))?;
        Ok(Spanned { value, bytes: head.bytes, torn: head.torn })
    }
});

visited!(Lenient<T>, |d, visitor| d.deserialize_newtype_struct(LENIENT, visitor), {
    fn visit_none<E>(self) -> Result<Lenient<T>, E> {
        Ok(Lenient(None))
    }
    fn visit_newtype_struct<D: de::Deserializer<'de>>(self, d: D) -> Result<Lenient<T>, D::Error> {
        Ok(Lenient(T::deserialize(d).ok()))
    }
});

visited!(Written<T>, |d, visitor| d.deserialize_newtype_struct(WRITTEN, visitor), {
    fn visit_newtype_struct<D: de::Deserializer<'de>>(self, d: D) -> Result<Written<T>, D::Error> {
        Ok(Written(T::deserialize(d).ok()))
    }
});

visited!(List<T>, |d, visitor| d.deserialize_newtype_struct(LENIENT, visitor), {
    fn visit_none<E>(self) -> Result<List<T>, E> {
        Ok(List(Vec::new()))
    }
    fn visit_newtype_struct<D: de::Deserializer<'de>>(self, d: D) -> Result<List<T>, D::Error> {
        d.deserialize_seq(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(Lenient(item)) = items.next_element::<Lenient<T>>()? {
            list.extend(item);
        }
        Ok(List(list))
    }
});

visited!(Entries<T>, |d, visitor| d.deserialize_newtype_struct(LENIENT, visitor), {
    fn visit_none<E>(self) -> Result<Entries<T>, E> {
        Ok(Entries(Vec::new()))
    }
    fn visit_newtype_struct<D: de::Deserializer<'de>>(self, d: D) -> Result<Entries<T>, D::Error> {
        // A mapping that is none was reported; the rest of the file is still of use.
        Ok(d.deserialize_map(self).unwrap_or_default())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, Lenient(value))) =
            map.next_entry::<Spanned<Text>, Lenient<Spanned<T>>>()?
        {
            entries.extend(value.map(|value| (key, value)));
        }
        Ok(Entries(entries))
    }
});

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: de::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("text")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Text, A::Error> {
                let head = head(&mut parts)?;
                let text = parts.next_element()?.unwrap_or_default();
                Ok(Text { text, style: head.style, null: head.null })
            }
        }
        d.deserialize_tuple_struct(TEXT, 6, Visit)
    }
}

/// What comes before the value in [`Parts`].
struct Head {
    bytes: Range<usize>,
    torn: bool,
    null: bool,
    style: ScalarStyle,
}

fn head<'de, A: SeqAccess<'de>>(parts: &mut A) -> Result<Head, A::Error> {
    let mut offset = || -> Result<usize, A::Error> {
        let offset: u64 = parts.next_element()?.unwrap_or_default();
        Ok(usize::try_from(offset).unwrap_or(usize::MAX))
    };
    let bytes = offset()?..offset()?;
    let torn = parts.next_element()?.unwrap_or_default();
    let null = parts.next_element()?.unwrap_or_default();
    let style = match parts.next_element()?.unwrap_or(0u8) {
        s if s == ScalarStyle::SingleQuoted as u8 => ScalarStyle::SingleQuoted,
        s if s == ScalarStyle::DoubleQuoted as u8 => ScalarStyle::DoubleQuoted,
        s if s == ScalarStyle::Literal as u8 => ScalarStyle::Literal,
        s if s == ScalarStyle::Folded as u8 => ScalarStyle::Folded,
        _ => ScalarStyle::Plain,
    };
    Ok(Head { bytes, torn, null, style })
}
