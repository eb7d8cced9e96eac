//! Notes for Anki, in the form that its text import reads. The names of questions are the notes'
//! identities, so that importing a newer file changes the notes and keeps what was learnt.

use super::html::{escaped, html};
use crate::format;
use crate::library::Library;
use crate::model::{Briefing, Card, Form, Question};
use crate::study::{Asked, Item, Items, Subject, question_id};
use crate::text::slug;
use std::collections::HashSet;

/// What Anki makes of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteType {
    /// Front and back.
    Basic,
    /// Both directions.
    Reversed,
    /// The answer is typed.
    Typed,
    /// A text with gaps.
    Cloze,
}

impl NoteType {
    /// Every type.
    pub const ALL: [Self; 4] = [Self::Basic, Self::Reversed, Self::Typed, Self::Cloze];

    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Reversed => "reversed",
            Self::Typed => "typed",
            Self::Cloze => "cloze",
        }
    }

    /// What an English Anki calls it.
    const fn english(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Reversed => "Basic (and reversed card)",
            Self::Typed => "Basic (type in the answer)",
            Self::Cloze => "Cloze",
        }
    }
}

/// What the types of notes are called: their names depend on the language of an Anki.
#[derive(Debug, Clone)]
pub struct NoteTypes([String; 4]);

impl NoteTypes {
    /// The English names, but for those that are given.
    pub fn new(given: &[(NoteType, String)]) -> Self {
        Self(NoteType::ALL.map(|kind| {
            let own = given.iter().rev().find(|(of, _)| *of == kind);
            own.map_or_else(|| kind.english().to_owned(), |(_, name)| name.clone())
        }))
    }

    fn name(&self, kind: NoteType) -> &str {
        &self.0[kind as usize]
    }
}

/// A note.
struct Note {
    id: String,
    kind: NoteType,
    front: String,
    back: String,
}

/// All questions of a library as a file for Anki's import, and how many notes it holds.
pub fn anki(library: &Library, types: &NoteTypes, claims: bool) -> (String, usize) {
    let mut out = String::from(
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n\
         #tags column:6\n#if matches:update current\n",
    );
    let mut seen = HashSet::new();
    let items = Items::new(library, claims);
    for item in items.list() {
        let (Some(briefing), Some(card)) =
            (library.briefing(item.briefing), library.card(item.card))
        else {
            continue;
        };
        let Some(note) = note(library, briefing, card, item) else { continue };
        if !seen.insert(note.id.clone()) {
            continue;
        }
        // Anki takes `::` for a deck in a deck.
        let deck = briefing.title.replace("::", ":");
        let tags = std::iter::once(briefing.id.as_str()).chain([card.id.as_str()]);
        let tags = tags.chain(card.tags.iter());
        let tags: Vec<String> = tags.map(|tag| slug(tag).replace(' ', "-")).collect();
        let cells =
            [&note.id, types.name(note.kind), &deck, &note.front, &note.back, &tags.join(" ")];
        out.push_str(&cells.map(cell).join("\t"));
        out.push('\n');
    }
    (out, seen.len())
}

/// The note of an item; nothing if another item of the question stands for it.
fn note(library: &Library, briefing: &Briefing, card: &Card, item: &Item) -> Option<Note> {
    match &item.subject {
        Subject::Reverse(_) => None,
        Subject::Gaps(at, _) => {
            let question = card.questions.get(*at)?;
            let id = question_id(briefing, card, question).to_string();
            let back = question.hint.as_ref().map_or(String::new(), |hint| html(&hint.source));
            Some(Note { id, kind: NoteType::Cloze, front: cloze(question), back })
        }
        Subject::Forward(at) => {
            let question = card.questions.get(*at)?;
            let asked = Asked::new(library, item)?;
            let kind = match question.form {
                Form::Typed => NoteType::Typed,
                _ if question.both => NoteType::Reversed,
                _ => NoteType::Basic,
            };
            let mut front = html(&asked.question);
            if let Some(hint) = asked.hint.filter(|_| kind != NoteType::Reversed) {
                front.push_str("<br><i>");
                front.push_str(&html(&hint));
                front.push_str("</i>");
            }
            // What is typed is compared with the words alone.
            let back = match kind {
                NoteType::Typed => asked.accept.first().map_or(String::new(), |a| escaped(a)),
                _ => html(&asked.answer),
            };
            Some(Note { id: question_id(briefing, card, question).to_string(), kind, front, back })
        }
        Subject::Claim(_) => {
            let asked = Asked::new(library, item)?;
            let choices: Vec<String> =
                asked.choices.iter().map(|name| format!("<li>{}</li>", escaped(name))).collect();
            let front = format!("{}<ul>{}</ul>", html(&asked.question), choices.concat());
            let back = escaped(&asked.answer);
            Some(Note { id: item.id.to_string(), kind: NoteType::Basic, front, back })
        }
    }
}

/// The text of a cloze with Anki's signs around the gaps.
fn cloze(question: &Question) -> String {
    // A sign of Anki's own in the text would begin a gap.
    let source = &question.question.source.replace("{{c", "{ {c");
    let taken: HashSet<u32> =
        format::gaps(source).filter_map(|gap| gap.group).map(u32::from).collect();
    let mut next = 0;
    // Inside a gap they would end it, or begin a hint.
    let apart = |text: &str| text.replace("{{", "{ {").replace("}}", "} }").replace("::", ": :");
    let text = format::fill_gaps(source, |gap| {
        if gap.text.is_empty() {
            return String::new();
        }
        let group = gap.group.map_or_else(
            || {
                next += 1;
                while taken.contains(&next) {
                    next += 1;
                }
                next
            },
            u32::from,
        );
        let hint = gap.hint.map_or(String::new(), |hint| format!("::{}", apart(hint)));
        format!("{{{{c{group}::{}{hint}}}}}", apart(gap.text))
    });
    html(&text)
}

/// A cell of a table: in quotes if it holds one, or what parts cells.
fn cell(text: &str) -> String {
    let text = text.replace(['\t', '\r', '\n'], " ");
    if text.contains('"') || text.starts_with('#') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
