//! A note: what of its fields is asked, and what is answered. The types of notes have names in the
//! language of an Anki; what is not known by its name is asked by its first field.

use super::gaps;
use crate::import::deck::Asked;
use crate::import::html::fragment;
use crate::model::Form;
use percent_encoding::percent_decode_str;

/// What a sound looks like.
const SOUND: &str = "[sound:";

/// A name of a note that `briefing export anki` gave: briefing, card, question.
pub fn ours(guid: &str) -> Option<[String; 3]> {
    let (page, question) = guid.split_once('#')?;
    let (briefing, card) = page.split_once('/')?;
    let part = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let is_whole = ![briefing, card, question].contains(&"") && !question.contains('/');
    is_whole.then(|| [part(briefing), part(card), part(question)])
}

/// A field as Markdown.
pub fn markdown(field: &str, is_html: bool) -> String {
    let field = field.trim();
    if field.is_empty() {
        return String::new();
    }
    // A sound stands there by its name.
    fragment(&if is_html { field.replace(SOUND, "[sound: ") } else { escaped(field) }).text
}

/// Plain text as HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

/// What stands in the columns of a note, as Markdown.
#[derive(Default)]
pub struct Written {
    pub fields: Vec<String>,
    /// The name of its type.
    pub kind: String,
    /// The name of its question, if it is one of ours.
    pub question: Option<String>,
    /// What helps, likewise.
    pub hint: Option<String>,
}

/// A note that was read, and whether a gap stood in another.
pub struct Note {
    pub asked: Asked,
    pub nested: bool,
}

/// What a note asks; nothing if it says nothing.
pub fn note(written: Written) -> Option<Note> {
    let Written { mut fields, kind, question, hint } = written;
    while fields.last().is_some_and(String::is_empty) {
        fields.pop();
    }
    // The names of questions that nobody named follow from their words.
    let is_ours = question.is_some();
    let id = question.filter(|name| !name.starts_with('~')).map(Into::into);
    let word = kind.to_lowercase();
    // Types that ask for no gaps show their signs as text. Ours have gaps in the question only.
    let may_have_gaps = !word.starts_with("basic");
    let looked_at = if is_ours { 1 } else { fields.len() };
    if may_have_gaps
        && let Some(at) = fields.iter().take(looked_at).position(|field| gaps::has(field))
        && let Some((text, nested)) = gaps::ours(fields.get(at)?)
    {
        fields.remove(at);
        // What we write behind a text with gaps is its hint; others say more there.
        let hint = if is_ours { fields.pop() } else { None };
        let asked = Asked {
            id,
            form: Form::Cloze,
            question: text,
            answer: None,
            both: false,
            hint,
            more: fields,
        };
        return Some(Note { asked, nested });
    }
    let mut fields = fields.into_iter();
    let (front, mut rest) = (fields.next()?, fields.collect::<Vec<_>>());
    let is_reversed = word.contains("revers");
    let is_typed = word.contains("type in") || word.contains("typed");
    // The third field of a type with a choice of a second direction says whether there is one.
    let is_optional = is_reversed && word.contains("optional");
    let both = is_reversed && (!is_optional || rest.len() > 1);
    if is_optional && rest.len() > 1 {
        rest.remove(1);
    }
    rest.retain(|field| !field.is_empty());
    let form = if is_typed && !rest.is_empty() { Form::Typed } else { Form::Basic };
    let more = if form == Form::Typed { rest.split_off(1) } else { Vec::new() };
    let answer = Some(rest.join("\n\n")).filter(|answer| !answer.is_empty());
    let asked = Asked { id, form, question: front, answer, both, hint, more };
    Some(Note { asked, nested: false })
}

/// A question of ours, and the hint that we write below it in italics.
pub fn without_hint(field: &str) -> (&str, Option<&str>) {
    const START: &str = "<br><i>";
    let hint = field.rfind(START).and_then(|at| {
        let hint = field.get(at + START.len()..)?.trim_end().strip_suffix("</i>")?;
        Some((field.get(..at)?, Some(hint)))
    });
    hint.unwrap_or((field, None))
}
