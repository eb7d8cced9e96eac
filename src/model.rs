//! Plain data: what a briefing is made of. No files, no YAML, no screen. All text for showing is
//! [`Printable`](crate::text::Printable) or [`Prose`], which becomes printable when it is parsed.

mod body;
mod briefing;
mod card;
mod date;
mod id;
mod links;
mod rare;
mod tags;
mod vocabulary;

pub use body::{Align, Block, Body, Callout, Heading, Item, Link, Marks, Phrase, Target};
pub use briefing::{Briefing, Gap, KeyPoint, Part, PartAnchor, Passage, Source, Voice};
pub use card::{Card, Citation, Claim, Dated, Details, Prose, Question, Reference, Section};
pub use date::PartialDate;
pub use id::{BriefingId, CardId, Cited, GapId, PassageId, QuestionId, SourceId, VoiceId};
pub use links::Links;
pub use rare::Rare;
pub use vocabulary::{Basis, Evidence, Form, GapKind, Kind, Relation, Standing};
