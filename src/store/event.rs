//! What the reader did, as events: plain data, with one form as JSON for the database and for
//! files. What a later version writes and this one does not know is kept as it stands.

use super::anchor::Anchor;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Something the reader did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique over all machines; those of one moment are ordered by it.
    pub id: Box<str>,
    /// When, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// What it is about.
    pub on: Subject,
    /// What was done.
    #[serde(flatten)]
    pub change: Change,
}

impl Event {
    /// What decides between two events about the same thing: the greater one holds.
    pub fn stamp(&self) -> Stamp {
        Stamp { at: self.at, id: self.id.clone() }
    }
}

/// The place of an event in the order of all events.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    at: i64,
    id: Box<str>,
}

impl Stamp {
    /// After everything of that moment.
    pub fn after(at: i64) -> Self {
        Self { at, id: "~".into() }
    }

    /// When it was.
    pub fn at(&self) -> i64 {
        self.at
    }
}

/// What an event is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The briefing, by its id; of imported documents with what tells those of one name apart.
    pub briefing: Box<str>,
    /// The card, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Box<str>>,
    /// Something of the card: a note, a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Box<str>>,
}

impl Subject {
    /// A briefing.
    pub fn briefing(id: &str) -> Self {
        Self { briefing: id.into(), ..Self::default() }
    }

    /// A card of a briefing.
    #[cfg(test)]
    pub fn card(briefing: &str, card: &str) -> Self {
        Self { briefing: briefing.into(), card: Some(card.into()), item: None }
    }

    /// Something of the same card.
    pub fn item(&self, item: &str) -> Self {
        Self { item: Some(item.into()), ..self.clone() }
    }

    /// The card, or the briefing, without what belongs to it.
    pub fn whole(&self) -> Self {
        Self { item: None, ..self.clone() }
    }
}

/// How far a card was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Never opened.
    #[default]
    Unread,
    /// Opened.
    Reading,
    /// Read to its end.
    Read,
    /// Understood, as the reader says.
    Understood,
    /// To be read again.
    Revisit,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Change {
    /// A briefing was left at a place.
    Left {
        /// The card; none for the overview.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        card: Option<Box<str>>,
        /// The sentence; none for the top.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<Anchor>,
    },
    /// The way through what was opened with this briefing first.
    Trail {
        /// The places, in the order they were first come to.
        steps: Vec<Step>,
        /// The one where the reader is.
        present: u32,
    },
    /// A card was opened, read, understood.
    Progress {
        /// How far.
        state: Progress,
        /// For a card to be read again: when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<i64>,
    },
    /// The text of a card as it was when it was read.
    Seen {
        /// The fingerprint of its words.
        print: Box<str>,
        /// The words; none if they are too many.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Box<str>>,
    },
    /// A mark was set at a place of a card, or of a briefing's overview.
    Mark {
        /// Its letter.
        name: char,
        /// The title of the card, for where the card is not at hand.
        title: Box<str>,
        /// The sentence; none for the top.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<Anchor>,
    },
    /// A mark was taken away.
    Unmark {
        /// Its letter.
        name: char,
    },
    /// A note was written; an empty one was taken away.
    Note {
        /// What it says.
        text: Box<str>,
        /// The title of the card, for where the card is not at hand.
        title: Box<str>,
        /// The words it is about; none for the whole card.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<Anchor>,
    },
    /// Words were highlighted; a highlight without words was taken away.
    Highlight {
        /// The title of the card, for where the card is not at hand.
        title: Box<str>,
        /// The words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<Anchor>,
    },
    /// The text of a card when something was put on it that was not read to its end: by this the card
    /// is found again under another id.
    Text {
        /// The fingerprint of its words.
        print: Box<str>,
        /// The words; none if they are too many.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Box<str>>,
    },
    /// What was kept for this subject belongs to another one; to none if that was taken back.
    Follow {
        /// The other one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Subject>,
    },
    /// A question was answered. What else is known about it stands beside these.
    Review {
        /// 1 to 4: again, hard, good, easy.
        grade: u8,
        /// How long it took.
        took_ms: u64,
        /// When it was answered; with the question it is the name of this review.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moment: Option<i64>,
        /// Minutes by which local time was ahead of UTC.
        #[serde(default, skip_serializing_if = "is_zero")]
        offset: i16,
        /// Days until it was promised to come again, 0 within the session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interval: Option<u32>,
        /// Whether it changed no schedule.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        cram: bool,
        /// What a later version writes.
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    /// What else was done in studying.
    Study {
        /// `suspend`, `bury`, `flag` and so on; `undo` strikes what was done at that moment.
        what: Box<str>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moment: Option<i64>,
        /// Minutes by which local time was ahead of UTC.
        #[serde(default, skip_serializing_if = "is_zero")]
        offset: i16,
        /// What a later version writes.
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    /// What this version does not know.
    #[serde(untagged)]
    Other(Map<String, Value>),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks it so")]
fn is_zero(offset: &i16) -> bool {
    *offset == 0
}

/// A place on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The page.
    pub on: Subject,
    /// The sentence; none for the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// The step it was reached from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// The steps it was left for, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<u32>,
    /// Whether it was only peeked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub peeked: bool,
}

impl Change {
    /// Whether it is about something of a card that has a name of its own, a new one if it has none yet.
    pub fn is_on_item(&self) -> bool {
        matches!(self, Self::Note { .. } | Self::Highlight { .. })
    }

    /// What an event of this kind replaces: of those with the same name only the last is kept.
    /// None for what stays on record for ever.
    pub fn slot(&self, on: &Subject) -> Option<String> {
        let kind = match self {
            Self::Left { .. } => "left",
            Self::Trail { .. } => "trail",
            Self::Seen { .. } => "seen",
            Self::Text { .. } => "text",
            _ => return None,
        };
        // A separator that no id has.
        let card = on.card.as_deref().unwrap_or("\n");
        Some(format!("{kind}\t{}\t{card}", on.briefing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_one_form_as_json() {
        let line = r#"{"id":"a1","at":7,"on":{"briefing":"b","card":"c"},"do":"mark","name":"a","title":"C"}"#;
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(
            event.change,
            Change::Mark { name: 'a', title: "C".into(), anchor: None },
            "{event:?}"
        );
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
    }

    #[test]
    fn what_is_unknown_is_kept() {
        for line in [
            r#"{"id":"a1","at":7,"on":{"briefing":"b"},"do":"dance","how":{"fast":true}}"#,
            r#"{"id":"a1","at":7,"on":{"briefing":"b"},"do":"review","grade":3,"took_ms":9,"due":"x"}"#,
            r#"{"id":"a1","at":7,"on":{"briefing":"b"},"do":"study","what":"undo","of":"x"}"#,
        ] {
            let event: Event = serde_json::from_str(line).unwrap();
            let again = serde_json::to_string(&event).unwrap();
            let (a, b): (Value, Value) =
                (serde_json::from_str(line).unwrap(), serde_json::from_str(&again).unwrap());
            assert_eq!(a, b);
        }
    }
}
