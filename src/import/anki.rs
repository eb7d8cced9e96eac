//! Notes that Anki wrote as text: a card for each note, in the order of the file, below a card for
//! each deck where there are several. Notes that came from a briefing return to their cards. Only the
//! questions and their texts are in such a file, no media and nothing of what was learnt.

mod gaps;
mod header;
mod note;
mod table;

pub use header::is_anki;

use super::{Ids, Naming, deck, inspect_markup};
use crate::diagnostic::Diagnostic;
use crate::model::{Briefing, BriefingId, Card, Part, Question};
use crate::text::{LineIndex, Printable, Span, slug};
use header::{Header, likely_separator};
use note::Note;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use table::{Row, Rows};

/// What parts the names of a deck and of those it is in.
const IN: &str = "::";
/// Decks in decks deeper than that stand beside each other.
const DEEPEST: usize = 8;

/// Reads notes. `path` is the file's path below what was opened.
pub fn anki(source: &str, path: &str, naming: Naming) -> (Briefing, Vec<Diagnostic>) {
    let lines = LineIndex::new(source);
    let mut found: Vec<Diagnostic> = inspect_markup(source, &lines).into_iter().collect();
    let header = Header::read(source);
    let (rows, separated) = rows(source, &header, &lines);
    found.extend(separated);
    let ids = Ids::new(path, naming);
    let stem = ids.stem().to_owned();
    let mut maker = Maker {
        header: &header,
        lines: &lines,
        ids,
        several: decks(&header, &rows).len() > 1,
        cards: Vec::new(),
        decks: HashMap::new(),
        ours: HashMap::new(),
        questions: HashMap::new(),
        briefings: HashSet::new(),
        silent: Odd::default(),
        nested: Odd::default(),
    };
    for row in &rows {
        maker.row(row);
    }
    found.extend(maker.silent.say(|count| {
        Diagnostic::warning("no-answer", format!("notes without an answer: {count}"))
            .help("they can be read, and are not asked; is the separator the right one?")
    }));
    found.extend(maker.nested.say(|count| {
        Diagnostic::warning("nested-gap", format!("notes with gaps inside of gaps: {count}"))
            .help("only the outer gaps are asked")
    }));
    let Maker { mut cards, mut questions, briefings, .. } = maker;
    for (card, asked) in cards.iter_mut().zip(0..).filter_map(|(card, at)| {
        let asked: Vec<Question> = questions.remove(&at)?;
        Some((card, asked))
    }) {
        card.questions = asked.into();
    }
    let mut all = decks(&header, &rows).into_iter();
    let title = match (all.next(), all.next()) {
        (Some(deck), None) => deck.replace(IN, ": "),
        _ => stem.clone(),
    };
    let mut all = briefings.into_iter();
    let id = match (all.next(), all.next()) {
        (Some(Some(id)), None) => id,
        _ => slug(&stem),
    };
    let id = BriefingId::new(if id.is_empty() { "notes" } else { &id });
    let mut briefing = Briefing::empty(id, Printable::line(&title));
    let count = u32::try_from(cards.len()).unwrap_or(u32::MAX);
    let part = Part { path: path.into(), title: None, cards: 0..count, anchors: Vec::new().into() };
    briefing.parts.push(part);
    briefing.cards = cards;
    found.sort_by_key(|found| found.span.map(|span| span.start));
    let file: Arc<Path> = Arc::from(Path::new(path));
    (briefing, found.into_iter().map(|found| found.in_file(&file)).collect())
}

/// The rows of the notes, and what was odd about how they are written.
fn rows<'s>(
    source: &'s str,
    header: &Header,
    lines: &LineIndex,
) -> (Vec<Row<'s>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let likely = likely_separator(source.get(header.end..).unwrap_or_default());
    if let Some((word, at)) = &header.odd_separator {
        let message = format!("`{word}` is no separator that is known");
        let help = "`tab`, `comma`, `semicolon`, `pipe`, `colon`, `space`, or a sign";
        found.push(Diagnostic::warning("separator", message).at(lines.span(*at..*at)).help(help));
    }
    let read = |separator| {
        let mut rows = Rows::new(source, header.end, separator);
        (rows.by_ref().collect::<Vec<_>>(), rows.unclosed)
    };
    let separator = header.separator.unwrap_or(likely);
    let (mut rows, mut unclosed) = read(separator);
    if separator != likely && rows.iter().all(|row| row.cells.len() == 1) {
        let (others, open) = read(likely);
        if others.iter().any(|row| row.cells.len() > 1) {
            let at = lines.span(header.end..header.end);
            let message = "no line has the separator that is named above";
            let help = format!("{likely:?} is taken for it");
            found.push(Diagnostic::warning("separator", message).at(at).help(help));
            (rows, unclosed) = (others, open);
        }
    }
    if let Some(at) = unclosed {
        let message = "a quote has no other end";
        let help = "it is read as a sign of the text; put `\"` at both ends, and twice inside";
        found
            .push(Diagnostic::warning("open-quote", message).at(lines.span(at..at + 1)).help(help));
    }
    (rows, found)
}

/// The decks of a file, in their order; at most two, which is all that matters.
fn decks<'r>(header: &'r Header, rows: &'r [Row]) -> Vec<&'r str> {
    let mut decks: Vec<&str> = Vec::new();
    for row in rows {
        let of_row = header.decks.and_then(|column| row.cells.get(column)).map(AsRef::as_ref);
        if let Some(deck) = of_row.or(header.deck.as_deref()).map(str::trim)
            && !deck.is_empty()
            && !decks.contains(&deck)
        {
            decks.push(deck);
            if decks.len() > 1 {
                break;
            }
        }
    }
    decks
}

/// Notes that have something odd: how many, and where the first is.
#[derive(Default)]
struct Odd {
    count: usize,
    first: Option<Span>,
}

impl Odd {
    fn add(&mut self, at: Span) {
        self.count += 1;
        self.first.get_or_insert(at);
    }

    fn say(&self, finding: impl FnOnce(usize) -> Diagnostic) -> Option<Diagnostic> {
        self.first.map(|first| finding(self.count).at(first))
    }
}

/// Makes cards of rows.
struct Maker<'a> {
    header: &'a Header,
    lines: &'a LineIndex<'a>,
    ids: Ids,
    /// Whether there are several decks.
    several: bool,
    cards: Vec<Card>,
    /// The depth of the cards below each deck that has a card.
    decks: HashMap<String, u8>,
    /// The cards that questions of briefings return to.
    ours: HashMap<(String, String), usize>,
    /// What is put on these cards.
    questions: HashMap<usize, Vec<Question>>,
    /// The briefings that notes came from; none for notes that came from nowhere.
    briefings: HashSet<Option<String>>,
    silent: Odd,
    nested: Odd,
}

impl Maker<'_> {
    fn row(&mut self, row: &Row) {
        let header = self.header;
        let cell = |column: Option<usize>| column.and_then(|column| row.cells.get(column));
        let guid = cell(header.guid).map_or("", |guid| guid.trim());
        let ours = note::ours(guid);
        let kind = cell(header.note_types).map(AsRef::as_ref).or(header.note_type.as_deref());
        let mut written = note::Written {
            kind: kind.unwrap_or_default().to_owned(),
            question: ours.as_ref().map(|[.., question]| question.clone()),
            ..note::Written::default()
        };
        let markdown = |text| note::markdown(text, header.html);
        let texts = row.cells.iter().zip(0..).filter(|(_, column)| header.is_text(*column));
        for (text, _) in texts {
            let is_question = written.fields.is_empty() && ours.is_some() && header.html;
            let (text, hint) =
                if is_question { note::without_hint(text) } else { (text.as_ref(), None) };
            written.fields.push(markdown(text));
            written.hint = written.hint.or(hint.map(markdown));
        }
        let Some(note) = note::note(written) else { return };
        let span = self.lines.span(row.bytes.clone());
        if note.nested {
            self.nested.add(span);
        }
        if !note.asked.is_asked() {
            self.silent.add(span);
        }
        let deck = cell(header.decks).map(AsRef::as_ref).or(header.deck.as_deref());
        let depth = if self.several { self.deck(deck.unwrap_or_default().trim(), span) } else { 0 };
        let tags = cell(header.tag_lists).map_or("", AsRef::as_ref).split_whitespace();
        let tags: Vec<&str> = tags.chain(header.tags.iter().map(String::as_str)).collect();
        self.briefings.insert(ours.as_ref().map(|[briefing, ..]| briefing.clone()));
        match ours {
            Some([briefing, card, _]) => {
                self.give_back(&note, (briefing, card), &tags, depth, span);
            }
            None => self.card(note, guid, &tags, depth, span),
        }
    }

    /// A card of its own.
    fn card(&mut self, mut note: Note, guid: &str, tags: &[&str], depth: u8, span: Span) {
        note.asked.id = Some(guid).filter(|guid| !guid.is_empty()).map(Into::into);
        let mut card = note.asked.card(&mut self.ids, depth, span);
        card.tags = tags.iter().map(|tag| Printable::line(tag)).collect();
        self.cards.push(card);
    }

    /// Puts a question on the card that it came from.
    fn give_back(
        &mut self,
        note: &Note,
        (briefing, name): (String, String),
        tags: &[&str],
        depth: u8,
        span: Span,
    ) {
        let names = [slug(&briefing), slug(&name)];
        let tags = tags.iter().filter(|tag| !names.contains(&slug(tag)));
        let tags: Vec<Printable> = tags.map(|tag| Printable::line(tag)).collect();
        let at = *self.ours.entry((briefing, name)).or_insert_with_key(|(_, name)| {
            let words = name.rsplit(['/', '#']).next().unwrap_or_default().replace('-', " ");
            let mut letters = words.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let title: String = first.chain(letters).collect();
            let mut card = deck::heading(self.ids.named(name), &title, depth, span);
            card.tags = tags.into_iter().collect();
            self.cards.push(card);
            self.cards.len() - 1
        });
        if note.asked.is_asked() {
            self.questions.entry(at).or_default().push(note.asked.question(span));
        }
    }

    /// The depth of the cards of a deck; the deck and those it is in have cards of their own.
    fn deck(&mut self, name: &str, span: Span) -> u8 {
        if let Some(depth) = self.decks.get(name) {
            return *depth;
        }
        let mut depth = 0;
        let mut path = String::new();
        for part in name.splitn(DEEPEST, IN) {
            if !path.is_empty() {
                path.push_str(IN);
            }
            path.push_str(part);
            if !self.decks.contains_key(&path) {
                let title = if part.is_empty() { "no deck" } else { part };
                let id = self.ids.section(title);
                self.cards.push(deck::heading(id, title, depth, span));
                self.decks.insert(path.clone(), depth + 1);
            }
            depth += 1;
        }
        depth
    }
}

#[cfg(test)]
mod tests;
