//! A whole card: head, bottom line, sections, gaps, and the parts that follow the text.

use super::flow::Flow;
use super::piece::Piece;
use super::{Layout, Links, Options, Part, Role, blocks, parts};
use crate::format;
use crate::model::{Basis, Briefing, Card, Prose, Section};
use crate::text::{Printable, width};

/// Lays out a card of `briefing`. `backlinks` are the titles of the cards that link here, with the
/// targets that lead to them; they are listed at the end.
pub fn card(
    briefing: &Briefing,
    card: &Card,
    backlinks: &[(Printable, crate::model::Target)],
    options: Options,
    links: &dyn Links,
) -> Layout {
    let mut flow = Flow::new(options, links);
    head(&mut flow, briefing, card);
    if let Some(prose) = &card.bottom_line {
        flow.part = Part::BottomLine;
        flow.gap();
        bottom_line(&mut flow, prose);
    }
    let gaps = parts::gaps_of(briefing, card);
    parts::gaps(&mut flow, briefing, &gaps, None);
    for (at, section) in card.sections.iter().enumerate() {
        flow.part = Part::Section(at);
        flow.gap();
        one_section(&mut flow, briefing, section);
        parts::gaps(&mut flow, briefing, &gaps, Some(at));
    }
    parts::claims(&mut flow, briefing, card);
    parts::see_also(&mut flow, card);
    parts::dates(&mut flow, briefing, card);
    parts::questions(&mut flow, briefing, card);
    parts::sources(&mut flow, briefing, card);
    parts::backlinks(&mut flow, backlinks);
    flow.finish()
}

/// Text with the bar of the bottom line beside it.
pub fn bottom_line(flow: &mut Flow, prose: &Prose) {
    let bar = Printable::inline(&format!("{} ", flow.options.glyphs.bar));
    flow.indented((bar.clone(), Role::BottomLine), (bar, Role::BottomLine), |flow| {
        sentence(flow, prose, Role::BottomLine, 0);
    });
}

/// A text of one paragraph.
pub fn sentence(flow: &mut Flow, prose: &Prose, role: Role, hang: usize) {
    let (phrases, body) = format::sentence(&prose.source);
    let mut scope = blocks::Scope::new(&body, role);
    let pieces = blocks::pieces(flow, &phrases, &mut scope);
    flow.paragraph(&pieces, hang);
}

fn head(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    flow.part = Part::Head;
    let dot = flow.options.glyphs.dot;
    let mut facts = Vec::new();
    let kind = briefing.kind_word(card);
    if !kind.is_empty() {
        facts.push(Printable::line(kind));
    }
    if let Some(basis) = card.basis.filter(|basis| *basis != Basis::Document) {
        facts.push(Printable::line(basis.word()));
    }
    if let Some(date) = card.as_of.or(briefing.as_of) {
        facts.push(Printable::line(&format!("as of {date}")));
    }
    let facts: Vec<&str> = facts.iter().map(Printable::as_str).collect();
    let facts = Printable::line(&facts.join(&format!(" {dot} ")));
    flow.inset(2, |flow| {
        flow.anchor("", card.title.clone(), 1);
        let title = [Piece::new(&card.title, Role::Title)];
        flow.sides(&title, &[Piece::new(facts, Role::Meta)]);
        // Addresses on a site are names for links alone.
        let mut aliases = card.aliases.iter().filter(|alias| !alias.starts_with('/')).peekable();
        if aliases.peek().is_some() {
            let mut pieces = vec![Piece::sign("also ", Role::Meta)];
            for (at, alias) in aliases.enumerate() {
                if at > 0 {
                    pieces.push(Piece::sign(parts::between(flow.options.glyphs), Role::Meta));
                }
                pieces.push(Piece::new(alias, Role::Meta));
            }
            flow.paragraph(&pieces, 5);
        }
    });
}

/// The words for a basis, as the caption of a section.
pub fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Document => "From the document",
        Basis::Background => "Background",
        Basis::Editor => "Editor's note",
    }
}

fn one_section(flow: &mut Flow, briefing: &Briefing, section: &Section) {
    let Some(basis) = section.basis else {
        flow.inset(2, |flow| {
            section_title(flow, section);
            blocks::body(flow, &format::body(&section.text.source), Role::Text);
        });
        return;
    };
    let bar = Printable::inline(&format!("{} ", flow.options.glyphs.basis(basis)));
    let role = Role::Basis(basis);
    flow.indented((bar.clone(), role), (bar, role), |flow| {
        let words = basis_words(basis);
        flow.anchor("", Printable::line(words), 1);
        let mut caption = vec![Piece::new(words, role)];
        let from = parts::citations(briefing, &section.from, flow.options.glyphs);
        if !from.is_empty() {
            caption.push(Piece::sign("  ", Role::Meta));
            caption.push(Piece::new(from, Role::Meta));
        }
        flow.paragraph(&caption, 4);
        section_title(flow, section);
        blocks::body(flow, &format::body(&section.text.source), Role::Text);
    });
}

fn section_title(flow: &mut Flow, section: &Section) {
    if let Some(title) = &section.title {
        flow.anchor("", Printable::clone(title), 2);
        flow.paragraph(&[Piece::new(&**title, Role::Heading)], 0);
        flow.gap();
    }
}

/// A box with a name around the rows made by `fill`.
pub fn boxed(flow: &mut Flow, name: Printable, role: Role, fill: impl FnOnce(&mut Flow)) {
    let [rule, side, top_left, top_right, bottom_left, bottom_right] = flow.options.glyphs.frame;
    let room = flow.room();
    let line = |columns: usize| Printable::inline(&rule.repeat(columns));
    // A name that does not fit between the corners stands inside.
    let mut inside = None;
    match room.checked_sub(width(&name) + 6) {
        Some(rest) => flow.unwrapped(&[
            Piece::sign(top_left, role),
            Piece::sign(line(1), role),
            Piece::sign(" ", role),
            Piece::new(name, role),
            Piece::sign(" ", role),
            Piece::sign(line(rest + 1), role),
            Piece::sign(top_right, role),
        ]),
        None => {
            flow.ornaments(&[
                Piece::sign(top_left, role),
                Piece::sign(line(room.saturating_sub(2)), role),
                Piece::sign(top_right, role),
            ]);
            inside = Some(name);
        }
    }
    let start = flow.layout.rows.len();
    let options = flow.options;
    flow.options.width = options.width.saturating_sub(2);
    let left = Printable::inline(&format!("{side} "));
    flow.indented((left.clone(), role), (left, role), |flow| {
        if let Some(name) = inside {
            flow.paragraph(&[Piece::new(name, role)], 0);
        }
        fill(flow);
    });
    flow.options = options;
    flow.close_box(start, side, role);
    flow.unwrapped(&[
        Piece::sign(bottom_left, role),
        Piece::sign(line(room.saturating_sub(2)), role),
        Piece::sign(bottom_right, role),
    ]);
}
