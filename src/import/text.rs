//! Plain texts as cards: glossaries into entries, texts with headings into sections, paragraph
//! documents into topics, and everything else as one card. Knows what writers of plain text mean,
//! and nothing of Markdown but how to write it.

mod boxed;
mod cards;
mod frame;
mod glossary;
mod habit;
mod heading;
mod inline;
mod line;
mod shape;
#[cfg(test)]
mod tests;
mod title;
mod topics;
mod write;

use super::{Ids, Naming, inspect};
use crate::diagnostic::Diagnostic;
use crate::model::{Briefing, BriefingId};
use crate::text::{LineIndex, Printable, slug};
use cards::Maker;
use frame::About;
use habit::Habit;
use std::path::Path;
use std::sync::Arc;
use title::title_block;

/// Turns a plain text into cards. `path` is its path below what was opened.
pub fn text(source: &str, path: &str, naming: Naming) -> (Briefing, Vec<Diagnostic>) {
    let index = LineIndex::new(source);
    let mut found: Vec<Diagnostic> = inspect(source, &index).into_iter().collect();
    let mut lines = line::split(source);
    let about = frame::unwrap_book(&mut lines);
    if about.book {
        frame::drop_credits(&mut lines);
    }
    let mut lines = frame::join_pages(lines);
    boxed::open_boxes(&mut lines);
    let habit = Habit::of(&lines);
    let ids = Ids::new(path, naming);
    let stem = Printable::line(ids.stem());
    let id = match slug(ids.stem()) {
        id if id.is_empty() => BriefingId::new("text"),
        id => BriefingId::new(&id),
    };
    let mut briefing = Briefing::empty(id, stem);
    briefing.subtitle = about.author.as_deref().map(Printable::line);
    briefing.language = about.language.as_deref().and_then(language).map(Printable::line);
    let mut maker = Maker::new(source.len(), path, lines, habit, &index, ids);
    divide(&mut maker, &mut briefing, &about);
    found.extend(maker.finish(&mut briefing));
    found.sort_by_key(|d| d.span.map(|span| span.start));
    let file: Arc<Path> = Arc::from(Path::new(path));
    (briefing, found.into_iter().map(|d| d.in_file(&file)).collect())
}

/// Finds out what sort of text it is, and makes its cards.
fn divide(maker: &mut Maker, briefing: &mut Briefing, about: &About) {
    let entries = glossary::entries(maker.lines());
    if !entries.is_empty() {
        return maker.glossary(entries, briefing, about);
    }
    let headings = heading::headings(maker.lines(), &maker.habit(), about.title.as_deref());
    if !headings.is_empty() {
        return maker.sections(headings, briefing, about);
    }
    let all = 0..maker.lines().len();
    let title = title_block(maker.lines(), about, &maker.habit());
    let start = title.as_ref().map_or(0, |(end, _)| *end);
    let paragraphs = maker.habit().paragraphs(maker.lines(), start..all.end);
    let topics = if about.book { Vec::new() } else { topics::topics(maker.lines(), &paragraphs) };
    if let Some(title) = about.title.as_deref().or(title.as_ref().map(|(_, title)| title.as_str()))
    {
        briefing.title = Printable::line(title);
    }
    if topics.is_empty() {
        maker.essay(start, briefing, !about.book);
    } else {
        maker.topics(topics, &paragraphs, briefing);
    }
}

/// Whether two titles say the same.
fn is_same(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// The tag of a language that a frame names.
fn language(name: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("Chinese", "zh"),
        ("Danish", "da"),
        ("Dutch", "nl"),
        ("English", "en"),
        ("Finnish", "fi"),
        ("French", "fr"),
        ("German", "de"),
        ("Greek", "el"),
        ("Hungarian", "hu"),
        ("Italian", "it"),
        ("Japanese", "ja"),
        ("Latin", "la"),
        ("Polish", "pl"),
        ("Portuguese", "pt"),
        ("Russian", "ru"),
        ("Spanish", "es"),
        ("Swedish", "sv"),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}
