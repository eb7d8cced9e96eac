//! The briefing file as it is written: every key, nothing required. What the keys mean for readers
//! is said in `build`. The schema for editors is made of these types.

use super::de::{Entries, Lenient, List, Spanned, Text, Written};
use serde::Deserialize;

/// A value of one key.
pub type Field = Lenient<Spanned<Text>>;
/// Several values of one key.
pub type Fields = List<Spanned<Text>>;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Briefing"))]
#[serde(default)]
pub struct RawBriefing {
    /// Version of the format: 1.
    pub briefing: Lenient<Spanned<u64>>,
    /// Name of the briefing, by which others link to it.
    pub id: Field,
    /// What the briefing is called.
    pub title: Written<Spanned<Text>>,
    /// A second line to the title.
    pub subtitle: Field,
    /// Language of the text, such as `en`.
    pub language: Field,
    /// The day the document speaks of as its present: YYYY, YYYY-MM or YYYY-MM-DD.
    pub as_of: Field,
    /// What is to be said about that day.
    pub as_of_note: Field,
    /// Date of the newest other source used.
    pub background_until: Field,
    /// The card to begin with.
    pub start: Field,
    /// Who may be shown it, such as a TLP label.
    pub handling: Field,
    /// What it is about.
    pub summary: Field,
    /// The points a reader must take along.
    pub key_points: List<Spanned<RawKeyPoint>>,
    /// Who asserts something in it, by a name for each.
    pub voices: Entries<RawVoice>,
    /// Where it comes from, by a name for each.
    pub sources: Entries<RawSource>,
    /// What the document itself is missing.
    pub gaps: List<Spanned<RawGap>>,
    /// The topics, in the order of reading.
    pub cards: Lenient<List<Spanned<RawCard>>>,
}

/// An entry of `key_points`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "KeyPoint"))]
#[serde(default, rename = "short:text")]
pub struct RawKeyPoint {
    /// The point, in a sentence.
    pub text: Field,
    /// What it rests on.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Basis>"))]
    pub basis: Field,
    /// The cards that say more.
    pub cards: Fields,
}

/// An entry of `voices`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Voice"))]
#[serde(default, rename = "short:name")]
pub struct RawVoice {
    /// What readers see.
    pub name: Written<Spanned<Text>>,
    /// What is to be said about the voice.
    pub note: Field,
}

/// An entry of `sources`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Source"))]
#[serde(default, rename = "short:title")]
pub struct RawSource {
    /// Its title.
    pub title: Written<Spanned<Text>>,
    /// What sort of source, in your own word.
    pub kind: Field,
    /// Who wrote it.
    pub author: Field,
    /// Who published it.
    pub publisher: Field,
    /// When: YYYY, YYYY-MM or YYYY-MM-DD.
    pub date: Field,
    /// Its address; shown, never fetched.
    pub url: Field,
    /// Name of a file that holds it, beside the briefing.
    pub file: Field,
    /// SHA-256 of that file, 64 hexadecimal digits.
    pub sha256: Field,
    /// Length of that file in bytes.
    pub bytes: Lenient<u64>,
    /// Number of its paragraphs.
    pub paragraphs: Lenient<u64>,
    /// What is to be said about it.
    pub note: Field,
    /// Its parts that cards cite, by a name for each; `p3` reads as paragraph 3.
    pub passages: Entries<RawPassage>,
}

/// An entry of `passages` of a source.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Passage"))]
#[serde(default, rename = "short:bytes")]
pub struct RawPassage {
    /// First byte in the file, and the byte after the last.
    pub bytes: List<u64>,
    /// The words that stand there.
    pub quote: Field,
}

/// An entry of `gaps`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Gap"))]
#[serde(default)]
pub struct RawGap {
    /// Name of the gap.
    pub id: Field,
    /// Where in the source: `source#passage`.
    pub at: Field,
    /// What is missing.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::GapKind>"))]
    pub kind: Field,
    /// The same in a sentence.
    pub text: Field,
    /// What other copies show in its place.
    pub recovered: Field,
    /// Where that was seen.
    pub from: Fields,
    /// The cards it concerns.
    pub cards: Fields,
}

/// An entry of `cards`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Card"))]
#[serde(default)]
pub struct RawCard {
    /// Name of the card, by which others link to it.
    pub id: Field,
    /// What the card is about.
    pub title: Written<Spanned<Text>>,
    /// How deep it stands in the order of the document: 0 at the top.
    pub depth: Lenient<Spanned<u64>>,
    /// What sort of thing that is.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Kind>"))]
    pub kind: Field,
    /// Other names for it.
    pub aliases: Fields,
    /// Keywords.
    pub tags: Fields,
    /// What the card rests on as a whole.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Basis>"))]
    pub basis: Field,
    /// The day up to which it is true, if it differs from the briefing's.
    pub as_of: Field,
    /// The places of the document it is about: `source#passage`.
    pub passages: Fields,
    /// The gaps that concern it.
    pub gaps: Fields,
    /// One sentence: what a reader must know who reads nothing else.
    pub bottom_line: Field,
    /// The text, in Markdown, with links such as `[[card]]`.
    pub body: Field,
    /// The text in parts, where they rest on different things.
    pub sections: List<Spanned<RawSection>>,
    /// Who asserts what.
    pub claims: List<Spanned<RawClaim>>,
    /// Where to read on.
    #[serde(alias = "refs")]
    pub see_also: List<Spanned<RawReference>>,
    /// What a reader can be asked.
    pub questions: List<Spanned<RawQuestion>>,
    /// What happened when.
    pub dates: List<Spanned<RawDated>>,
}

/// An entry of `sections`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Section"))]
#[serde(default, rename = "short:text")]
pub struct RawSection {
    /// A heading of its own.
    pub title: Field,
    /// What it rests on.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Basis>"))]
    pub basis: Field,
    /// Its sources: `source` or `source#passage`.
    pub from: Fields,
    /// The text, in Markdown.
    pub text: Field,
}

/// An entry of `claims`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Claim"))]
#[serde(default)]
pub struct RawClaim {
    /// The voice that makes it.
    pub by: Field,
    /// How: states, frames, alleges, denies.
    pub verb: Field,
    /// What is asserted.
    pub text: Field,
    /// Where: `source` or `source#passage`.
    pub from: Fields,
    /// What checking it showed; no verdict on the truth.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Standing>"))]
    pub check: Field,
    /// What is to be said about it.
    pub note: Field,
    /// Whether it was made after the document.
    pub later: Lenient<bool>,
}

/// An entry of `see_also`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Reference"))]
#[serde(default, rename = "short:to")]
pub struct RawReference {
    /// The card it leads to.
    pub to: Field,
    /// How this card relates to the other.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Relation>"))]
    pub rel: Field,
    /// What makes the reference.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Evidence>"))]
    pub link: Field,
    /// Why a reader would follow it.
    pub why: Field,
}

/// An entry of `questions`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Question"))]
#[serde(default)]
pub struct RawQuestion {
    /// A name by which what was learnt of it is kept, unique on its card.
    pub id: Field,
    /// The question; with `==words==` and no answer, a text with gaps.
    pub q: Field,
    /// A text with gaps: `==words==`, `==1;;words==` for a group, `==words;;hint==` with a hint.
    pub cloze: Field,
    /// The answer.
    #[cfg_attr(test, schemars(with = "Field"))]
    pub a: Written<Spanned<Text>>,
    /// How it is asked.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(rename = "type"))]
    pub form: Field,
    /// Other answers that are right when it is typed.
    pub accept: Fields,
    /// Whether the answer is asked for its question as well.
    pub both: Lenient<bool>,
    /// What helps to remember.
    pub hint: Field,
    /// What the answer rests on.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Basis>"))]
    pub basis: Field,
    /// Its sources.
    pub from: Fields,
}

/// An entry of `dates`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Dated"))]
#[serde(default)]
pub struct RawDated {
    /// When: YYYY, YYYY-MM or YYYY-MM-DD.
    pub date: Field,
    /// What happened.
    pub text: Field,
    /// What that rests on.
    #[cfg_attr(test, schemars(with = "super::schema::Word<crate::model::Basis>"))]
    pub basis: Field,
    /// Its sources.
    pub from: Fields,
    /// Whether it happened after the document.
    pub later: Lenient<bool>,
}
