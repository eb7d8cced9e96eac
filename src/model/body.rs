//! Text after its Markdown was read: blocks of phrases. The nesting of blocks is limited where they
//! are made, so that walking them may recurse.

use crate::text::Printable;
use serde::{Deserialize, Serialize};

/// The blocks of a text, and its links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The blocks, footnotes last.
    pub blocks: Vec<Block>,
    /// The links, in the order of the text; phrases refer to them by index.
    pub links: Vec<Link>,
}

/// Something that starts on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Phrase>),
    /// A heading inside the text.
    Heading(Heading),
    /// A list; ordered if it has a first number.
    List {
        /// Number of the first item.
        first: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// A quotation or a callout.
    Quote {
        /// What sort of callout, if it is one.
        callout: Option<Callout>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Lines that keep their breaks.
    Code {
        /// The language, as the author names it.
        language: Option<Printable>,
        /// The lines.
        text: Printable,
    },
    /// Rows of cells.
    Table {
        /// How each column is aligned.
        columns: Vec<Align>,
        /// The rows, the head first; each cell is running text.
        rows: Vec<Vec<Vec<Phrase>>>,
    },
    /// A footnote.
    Footnote {
        /// By what it is called.
        label: Printable,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A line across.
    Rule,
}

/// A heading inside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The words.
    pub text: Vec<Phrase>,
    /// The anchor by which links reach it.
    pub anchor: Box<str>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Whether a task is done, if it is a task.
    pub task: Option<bool>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A quotation that means something: `> [!NOTE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// The sort, as written, such as `note` or `warning`.
    pub kind: Printable,
    /// Its title.
    pub title: Option<Printable>,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// To the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// A piece of running text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words; a line feed is a hard break.
    pub text: Printable,
    /// How they are set.
    pub marks: Marks,
    /// The link they belong to, an index into [`Body::links`].
    pub link: Option<usize>,
}

/// How words are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub struct Marks {
    /// Stressed.
    pub emphasis: bool,
    /// Stressed strongly.
    pub strong: bool,
    /// Struck out.
    pub strike: bool,
    /// Code.
    pub code: bool,
    /// Marked, as with a text marker.
    pub highlight: bool,
    /// The number of a footnote.
    pub note: bool,
}

/// A link in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it points at.
    pub target: Target,
    /// Whether the author gave it words; if not, the target's title stands there.
    pub labelled: bool,
}

/// What a link points at, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A card by id, title or alias, perhaps in another briefing, perhaps a heading in it:
    /// `[[briefing/card#heading]]`.
    Card {
        /// What stands before `#`; empty for a heading of the same card.
        name: Box<str>,
        /// What stands after `#`.
        heading: Option<Box<str>>,
    },
    /// A path or an anchor in Markdown's own form: `[words](other.md#anchor)`.
    Path(Box<str>),
    /// An address outside, with its scheme.
    Web(Box<str>),
    /// A footnote of the same text.
    Footnote(Printable),
    /// A name set as code, after "See also:": a page if there is one of that name.
    Named(Box<str>),
}

impl Target {
    /// The target as a reader sees it where it has no better name.
    pub fn shown(&self) -> Printable {
        match self {
            Self::Card { name, heading: Some(heading) } if name.is_empty() => {
                Printable::line(heading)
            }
            Self::Card { name, heading: Some(heading) } => {
                Printable::line(&format!("{name} › {heading}"))
            }
            Self::Card { name, heading: None } => Printable::line(name),
            Self::Path(path) | Self::Named(path) => Printable::line(path),
            Self::Web(address) => Printable::line(address),
            Self::Footnote(label) => label.clone(),
        }
    }
}
