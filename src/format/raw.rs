//! The briefing file as it is written: every key, nothing required. What the keys mean for readers
//! is said in `build`.

use super::de::{Entries, Lenient, List, Spanned, Text, Written};
use serde::Deserialize;

/// A value of one key.
pub type Field = Lenient<Spanned<Text>>;
/// Several values of one key.
pub type Fields = List<Spanned<Text>>;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawBriefing {
    pub briefing: Lenient<Spanned<u64>>,
    pub id: Field,
    pub title: Written<Spanned<Text>>,
    pub subtitle: Field,
    pub language: Field,
    pub as_of: Field,
    pub as_of_note: Field,
    pub background_until: Field,
    pub start: Field,
    pub handling: Field,
    pub summary: Field,
    pub key_points: List<Spanned<RawKeyPoint>>,
    pub voices: Entries<RawVoice>,
    pub sources: Entries<RawSource>,
    pub gaps: List<Spanned<RawGap>>,
    pub cards: Lenient<List<Spanned<RawCard>>>,
}

/// An entry of `key_points`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:text")]
pub struct RawKeyPoint {
    pub text: Field,
    pub basis: Field,
    pub cards: Fields,
}

/// An entry of `voices`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:name")]
pub struct RawVoice {
    pub name: Written<Spanned<Text>>,
    pub note: Field,
}

/// An entry of `sources`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:title")]
pub struct RawSource {
    pub title: Written<Spanned<Text>>,
    pub kind: Field,
    pub author: Field,
    pub publisher: Field,
    pub date: Field,
    pub url: Field,
    pub file: Field,
    pub sha256: Field,
    pub bytes: Lenient<u64>,
    pub paragraphs: Lenient<u64>,
    pub note: Field,
    pub passages: Entries<RawPassage>,
}

/// An entry of `passages` of a source.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:bytes")]
pub struct RawPassage {
    pub bytes: List<u64>,
    pub quote: Field,
}

/// An entry of `gaps`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawGap {
    pub id: Field,
    pub at: Field,
    pub kind: Field,
    pub text: Field,
    pub recovered: Field,
    pub from: Fields,
    pub cards: Fields,
}

/// An entry of `cards`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCard {
    pub id: Field,
    pub title: Written<Spanned<Text>>,
    pub depth: Lenient<Spanned<u64>>,
    pub kind: Field,
    pub aliases: Fields,
    pub tags: Fields,
    pub basis: Field,
    pub as_of: Field,
    pub passages: Fields,
    pub gaps: Fields,
    pub bottom_line: Field,
    pub body: Field,
    pub sections: List<Spanned<RawSection>>,
    pub claims: List<Spanned<RawClaim>>,
    #[serde(alias = "refs")]
    pub see_also: List<Spanned<RawReference>>,
    pub questions: List<Spanned<RawQuestion>>,
    pub dates: List<Spanned<RawDated>>,
}

/// An entry of `sections`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:text")]
pub struct RawSection {
    pub title: Field,
    pub basis: Field,
    pub from: Fields,
    pub text: Field,
}

/// An entry of `claims`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawClaim {
    pub by: Field,
    pub verb: Field,
    pub text: Field,
    pub from: Fields,
    pub check: Field,
    pub note: Field,
    pub later: Lenient<bool>,
}

/// An entry of `see_also`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "short:to")]
pub struct RawReference {
    pub to: Field,
    pub rel: Field,
    pub link: Field,
    pub why: Field,
}

/// An entry of `questions`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawQuestion {
    pub q: Field,
    pub a: Field,
    pub basis: Field,
    pub from: Fields,
}

/// An entry of `dates`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawDated {
    pub date: Field,
    pub text: Field,
    pub basis: Field,
    pub from: Fields,
    pub later: Lenient<bool>,
}
