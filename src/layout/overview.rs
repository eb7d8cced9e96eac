//! The front page of a briefing: what it is about, what to take along, what it lacks, who speaks.

use super::card::{basis_words, bottom_line, sentence};
use super::flow::Flow;
use super::piece::{Piece, spaces};
use super::{Layout, Links, Options, Part, Role, parts};
use crate::model::{Briefing, Card, KeyPoint, Target};
use crate::text::{Printable, width};

/// Lays out the overview of a briefing.
pub fn overview(briefing: &Briefing, options: Options, links: &dyn Links) -> Layout {
    let mut flow = Flow::new(options, links);
    head(&mut flow, briefing);
    if let Some(summary) = &briefing.summary {
        flow.part = Part::BottomLine;
        flow.gap();
        bottom_line(&mut flow, summary);
    }
    if !briefing.key_points.is_empty() {
        flow.part = Part::Section(0);
        flow.label("Key points", None);
        for (at, point) in briefing.key_points.iter().enumerate() {
            flow.part = Part::Section(at);
            if at > 0 {
                flow.gap();
            }
            key_point(&mut flow, at, point);
        }
    }
    if !briefing.gaps.is_empty() {
        flow.part = Part::Gap(0);
        flow.label("What the document is missing", None);
        for (at, gap) in briefing.gaps.iter().enumerate() {
            flow.part = Part::Gap(at);
            parts::gap_box(&mut flow, briefing, gap);
        }
    }
    if !briefing.cards.is_empty() {
        flow.part = Part::Reference(0);
        flow.label("Cards", Some(count(briefing.cards.len())));
        for (at, card) in briefing.cards.iter().enumerate() {
            flow.part = Part::Reference(at);
            flow.inset(2, |flow| one_card(flow, briefing, card));
        }
    }
    if !briefing.voices.is_empty() {
        flow.part = Part::Claim(0);
        flow.label("Who speaks", Some(count(briefing.voices.len())));
        voices(&mut flow, briefing);
    }
    if !briefing.sources.is_empty() {
        flow.part = Part::Source(0);
        flow.label("Sources", Some(count(briefing.sources.len())));
        for (at, source) in briefing.sources.iter().enumerate() {
            flow.part = Part::Source(at);
            flow.inset(2, |flow| parts::one_source(flow, source));
        }
    }
    flow.finish()
}

fn count(number: usize) -> Printable {
    Printable::line(&number.to_string())
}

fn head(flow: &mut Flow, briefing: &Briefing) {
    let dot = flow.options.glyphs.dot;
    let mut facts = vec![match briefing.cards.len() {
        1 => "1 card".to_owned(),
        cards => format!("{cards} cards"),
    }];
    if let Some(date) = briefing.as_of {
        facts.push(format!("as of {date}"));
    }
    if let Some(handling) = &briefing.handling {
        facts.push(handling.to_string());
    }
    let facts = Printable::line(&facts.join(&format!(" {dot} ")));
    flow.inset(2, |flow| {
        flow.anchor("", briefing.title.clone(), 1);
        flow.sides(&[Piece::new(&briefing.title, Role::Title)], &[Piece::new(facts, Role::Meta)]);
        if let Some(subtitle) = &briefing.subtitle {
            flow.paragraph(&[Piece::new(subtitle, Role::Meta)], 0);
        }
    });
    if let Some(note) = &briefing.as_of_note {
        flow.gap();
        flow.inset(2, |flow| sentence(flow, note, Role::Meta, 0));
    }
}

fn key_point(flow: &mut Flow, at: usize, point: &KeyPoint) {
    let mark = Printable::inline(&format!("{}. ", at + 1));
    let rest = spaces(width(&mark));
    flow.inset(2, |flow| {
        flow.indented((mark, Role::Meta), (rest, Role::Text), |flow| {
            sentence(flow, &point.text, Role::Text, 0);
            let mut pieces = Vec::new();
            if let Some(basis) = point.basis {
                pieces.push(Piece::new(basis_words(basis), Role::Basis(basis)));
            }
            for card in &point.cards {
                let between = if pieces.is_empty() { "" } else { "  " };
                pieces.push(Piece::sign(between, Role::Meta));
                let target = Target::Card { name: card.id.as_str().into(), heading: None };
                let link = flow.link(&target);
                let title = flow.links.title(&target);
                let title = title.unwrap_or_else(|| card.id.as_printable().clone());
                let role = flow.link_role(link);
                pieces.push(Piece { link: Some(link), ..Piece::new(title, role) });
                pieces.push(flow.link_mark(link));
            }
            if !pieces.is_empty() {
                flow.paragraph(&pieces, 0);
            }
        });
    });
}

/// The title of a card, which leads to it, and its kind.
fn one_card(flow: &mut Flow, briefing: &Briefing, card: &Card) {
    let target = Target::Card { name: card.id.as_str().into(), heading: None };
    let link = flow.link(&target);
    let role = flow.link_role(link);
    let title = Piece { link: Some(link), ..Piece::new(&card.title, role) };
    let kind = Piece::new(briefing.kind_word(card), Role::Meta);
    flow.sides(&[title, flow.link_mark(link)], &[kind]);
}

/// Each voice with the number of its claims.
fn voices(flow: &mut Flow, briefing: &Briefing) {
    for (at, voice) in briefing.voices.iter().enumerate() {
        flow.part = Part::Claim(at);
        let claims = briefing
            .cards
            .iter()
            .flat_map(|card| &card.claims)
            .filter(|claim| claim.by.as_ref().is_some_and(|by| by.id == voice.id))
            .count();
        let claims = match claims {
            0 => String::new(),
            1 => "1 claim".to_owned(),
            many => format!("{many} claims"),
        };
        let claims = Piece::new(Printable::line(&claims), Role::Meta);
        flow.inset(2, |flow| {
            flow.sides(&[Piece::new(&voice.name, Role::Voice)], &[claims]);
            if let Some(note) = &voice.note {
                flow.inset(2, |flow| sentence(flow, note, Role::Meta, 0));
            }
        });
    }
}
