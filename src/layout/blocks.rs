//! The blocks of a text.

use super::flow::Flow;
use super::piece::{Piece, Words, spaces};
use super::{Numbers, Role, Status, mentions, table};
use crate::model::{Block, Body, Callout, Heading, Item, Link, Phrase, Target};
use crate::text::{Printable, width};
use std::collections::HashMap;

/// The links of a body that were met so far, with their numbers in the layout.
pub struct Scope<'b> {
    links: &'b [Link],
    met: HashMap<usize, usize>,
    role: Role,
}

impl<'b> Scope<'b> {
    /// Text of a role with the links of `body`.
    pub fn new(body: &'b Body, role: Role) -> Self {
        Self { links: &body.links, met: HashMap::new(), role }
    }
}

/// Lays out all blocks of a body.
pub fn body(flow: &mut Flow, body: &Body, role: Role) {
    let mut scope = Scope::new(body, role);
    blocks(flow, &body.blocks, &mut scope, 0);
}

/// Running text into pieces, with the numbers of its links.
pub fn pieces<'p>(flow: &mut Flow, phrases: &'p [Phrase], scope: &mut Scope) -> Vec<Piece<'p>> {
    let mut out = Vec::with_capacity(phrases.len());
    let mut mentions = mentions::Mentions::default();
    if scope.role != Role::Heading {
        mentions = mentions::Mentions::new(flow, phrases);
    }
    for (at, phrase) in phrases.iter().enumerate() {
        let link = phrase.link.and_then(|index| Some((index, scope.links.get(index)?)));
        // A name that is that of no page is plain code.
        let leads = |link: &Link| {
            !matches!(link.target, Target::Named(_))
                || flow.links.status(&link.target) != Status::Missing
        };
        let Some((index, link)) = link.filter(|(_, link)| leads(link)) else {
            let role = if phrase.marks.code { Role::Code } else { scope.role };
            mentions.pieces(phrase, role, &mut out);
            continue;
        };
        mentions.skip(phrase);
        let number = *scope.met.entry(index).or_insert_with(|| flow.link(&link.target));
        let is_note = matches!(link.target, Target::Footnote(_));
        let words = if is_note {
            Words::Own(Printable::inline(&format!("[{}]", phrase.text)))
        } else if link.labelled {
            Words::from(&phrase.text)
        } else {
            flow.links.title(&link.target).map_or_else(|| Words::from(&phrase.text), Words::Own)
        };
        let role = flow.link_role(number);
        let mark = mark_behind(flow, number, &words.get());
        out.push(Piece { marks: phrase.marks, link: Some(number), ..Piece::new(words, role) });
        let goes_on = phrases.get(at + 1).is_some_and(|next| next.link == phrase.link);
        if !goes_on && !is_note {
            out.push(mark);
        }
    }
    out
}

/// The number of a link behind its words: after a digit with a gap, so that it is not read as one more.
fn mark_behind(flow: &Flow, link: usize, words: &str) -> Piece<'static> {
    let mark = flow.link_mark(link);
    let own = mark.words.get();
    if !words.ends_with(char::is_numeric) || own.starts_with('[') {
        return mark;
    }
    let words = Words::Own(Printable::inline(&format!("\u{a0}{}", &*own)));
    Piece { words, ..mark }
}

fn blocks(flow: &mut Flow, list: &[Block], scope: &mut Scope, depth: usize) {
    for (at, block) in list.iter().enumerate() {
        if at > 0 {
            let tight = matches!(block, Block::Footnote { .. })
                && matches!(list.get(at - 1), Some(Block::Footnote { .. }));
            if !tight {
                flow.gap();
            }
        }
        one(flow, block, scope, depth);
    }
}

fn one(flow: &mut Flow, block: &Block, scope: &mut Scope, depth: usize) {
    match block {
        Block::Paragraph(phrases) => {
            let pieces = pieces(flow, phrases, scope);
            flow.paragraph(&pieces, 0);
        }
        Block::Heading(Heading { level, text, anchor }) => {
            heading(flow, *level, text, anchor, scope);
        }
        Block::List { first, items } => list(flow, *first, items, scope, depth),
        Block::Quote { callout, blocks } => quote(flow, callout.as_ref(), blocks, scope, depth),
        Block::Code { text, .. } => flow.inset(2, |flow| {
            let start = flow.layout.rows.len();
            for line in text.split('\n') {
                flow.unwrapped(&[Piece::new(Printable::lines(line), Role::Code)]);
            }
            flow.together(start);
        }),
        Block::Table { columns, rows } => table::table(flow, columns, rows, scope),
        Block::Footnote { label, blocks: inner } => {
            let mark = Printable::inline(&format!("[{label}] "));
            let rest = spaces(width(&mark));
            flow.anchor(&format!("note:{label}"), mark.clone(), 6);
            flow.indented((mark, Role::Meta), (rest, Role::Text), |flow| {
                blocks(flow, inner, scope, depth + 1);
            });
        }
        Block::Rule => flow.rule(),
    }
}

fn heading(flow: &mut Flow, level: u8, text: &[Phrase], anchor: &str, scope: &mut Scope) {
    flow.gap();
    let words: String = text.iter().map(|p| p.text.as_str()).collect();
    flow.anchor(anchor, Printable::line(&words), level + 1);
    let role = std::mem::replace(&mut scope.role, Role::Heading);
    let mut all = Vec::new();
    if flow.options.numbers == Numbers::Running {
        // Without bold type a heading needs a sign.
        let sign = format!("{} ", "#".repeat(usize::from(level)));
        all.push(Piece::sign(Printable::inline(&sign), Role::Heading));
    }
    all.extend(pieces(flow, text, scope));
    flow.paragraph(&all, 0);
    scope.role = role;
}

fn list(flow: &mut Flow, first: Option<u64>, items: &[Item], scope: &mut Scope, depth: usize) {
    let loose = items
        .iter()
        .any(|item| item.blocks.iter().filter(|b| !matches!(b, Block::List { .. })).count() > 1);
    let glyphs = flow.options.glyphs;
    let last = first.map(|first| first.saturating_add(items.len() as u64 - 1));
    let digits = last.map_or(0, |last| last.to_string().len());
    for (at, item) in items.iter().enumerate() {
        if at > 0 && loose {
            flow.gap();
        }
        let bullet = match (item.task, first) {
            (Some(done), _) => format!("{} ", glyphs.tasks[usize::from(done)]),
            (None, Some(first)) => {
                format!("{:>digits$}. ", first.saturating_add(at as u64))
            }
            (None, None) => format!("{} ", glyphs.bullets[depth % glyphs.bullets.len()]),
        };
        let bullet = Printable::inline(&bullet);
        let rest = spaces(width(&bullet));
        flow.indented((bullet, Role::Rule), (rest, Role::Text), |flow| {
            if item.blocks.is_empty() {
                flow.blank();
            }
            for (at, block) in item.blocks.iter().enumerate() {
                if at > 0 && (loose || !matches!(block, Block::List { .. })) {
                    flow.gap();
                }
                one(flow, block, scope, depth + 1);
            }
        });
    }
}

fn quote(
    flow: &mut Flow,
    callout: Option<&Callout>,
    inner: &[Block],
    scope: &mut Scope,
    depth: usize,
) {
    let bar = Printable::inline(&format!("{} ", flow.options.glyphs.quote));
    let role = if callout.is_some() { Role::Callout } else { Role::Quote };
    flow.indented((bar.clone(), role), (bar, role), |flow| {
        if let Some(Callout { kind, title }) = callout {
            let kind = Printable::line(&kind.to_uppercase());
            let mut pieces = vec![Piece::new(kind, Role::Callout)];
            if let Some(title) = title {
                pieces.push(Piece::sign("  ", Role::Callout));
                pieces.push(Piece::new(title, Role::Callout));
            }
            flow.paragraph(&pieces, 0);
        }
        let outer = scope.role;
        if callout.is_none() && scope.role == Role::Text {
            scope.role = Role::Quote;
        }
        blocks(flow, inner, scope, depth + 1);
        scope.role = outer;
    });
}
