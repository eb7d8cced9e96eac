//! Text of files into the model, and back. Pure: no file system. Parsing never fails; what is wrong
//! becomes diagnostics.

mod build;
mod cloze;
mod de;
mod decode;
mod front;
mod markdown;
mod normal;
mod preview;
mod prose;
mod raw;
mod scalar;
#[cfg(test)]
mod schema;
mod site;
mod write;
mod yaml;

pub use build::briefing;
pub use cloze::{Gap, fill as fill_gaps, gaps, without_gaps};
pub use de::{Context, Entries, List, Spanned, Text};
pub use decode::decode;
pub use front::{Book, Front, book, front};
pub use markdown::{
    Definition, Entry, Scan, Titles, body, headings, html_blocks, html_names, html_text, links,
    relink, scan, sentence, sentence_words, summary, words,
};
pub use normal::normal;
pub use preview::preview;
pub use prose::{Line, paragraphs};
pub use site::{navigation, position};
pub use write::write;
pub use yaml::Node;

use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, slug};
use serde::de::DeserializeOwned;

/// The values of a briefing file as they are written, whatever is wrong with them.
pub fn tree<'s>(source: &'s str, lines: &LineIndex) -> Option<Node<'s>> {
    yaml::read(source, lines, &mut Vec::new())
}

/// The JSON Schema of briefing files.
pub const SCHEMA: &str = include_str!("../assets/briefing.schema.json");

/// A first briefing file, with a comment for each key.
const NEW: &str = include_str!("../assets/new.yaml");

/// A first briefing file with a title, for a file of a name.
pub fn new(name: &str, title: &str) -> String {
    let id = Some(slug(name)).filter(|id| !id.is_empty());
    let id = id.unwrap_or_else(|| "my-briefing".to_owned());
    let title = write::quoted(title.trim());
    NEW.replacen("title: My briefing", &format!("title: {title}"), 1)
        .replace("[[my-briefing/", &format!("[[{id}/"))
        .replacen("id: my-briefing", &format!("id: {}", write::quoted(&id)), 1)
}

/// Reads a file of settings: a keymap, a theme. What is unknown or wrong in it is reported and left
/// out; `then` uses the rest and may report more.
pub fn settings<T: DeserializeOwned>(
    source: &str,
    then: impl FnOnce(T, &Context),
) -> Vec<Diagnostic> {
    let lines = LineIndex::new(source);
    let mut found = Vec::new();
    let tree = yaml::read(source, &lines, &mut found);
    let context = Context::new(&lines);
    if let Some(value) = tree.as_ref().and_then(|node| de::read(node, &context)) {
        then(value, &context);
    }
    found.extend(context.into_found());
    found.sort_by_key(|d| d.span.map(|s| s.start));
    found
}
