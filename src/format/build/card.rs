//! One card.

use super::field::Reader;
use super::question;
use crate::diagnostic::Diagnostic;
use crate::format::de::Spanned;
use crate::format::markdown;
use crate::format::raw::{RawCard, RawClaim, RawDated, RawReference, RawSection};
use crate::model::{
    Basis, Card, CardId, Claim, Dated, Details, Evidence, Kind, Rare, Reference, Relation, Section,
    Standing,
};
use crate::text::{Printable, slug};
use pulldown_cmark::LinkType;

/// The deepest place of a card in the order of a document.
const DEEPEST: u64 = 20;

/// Reads a card; `None` if an error left nothing of it.
pub fn card(raw: Spanned<RawCard>, reader: &Reader) -> Option<Card> {
    let start = raw.bytes.start..raw.bytes.start;
    let span = reader.span(&raw.bytes);
    let (torn, raw) = (raw.torn, raw.value);
    let has_title = raw.title.0.as_ref().map(|title| reader.span(&title.bytes));
    let title = reader.words(raw.title.0);
    let id = reader.id(raw.id.0, CardId::new);
    if title.is_none() && !torn {
        let (diagnostic, at) = match has_title {
            Some(at) => (Diagnostic::warning("missing-title", "the title is empty"), at),
            None => {
                (Diagnostic::error("missing-title", "a card without `title`"), reader.span(&start))
            }
        };
        reader.report(diagnostic.at(at).help("say in a few words what the card is about"));
    }
    if id.is_none() && !torn {
        let message = "a card without `id` gets one from its title, and loses it when that changes";
        let diagnostic = Diagnostic::warning("missing-id", message).at(reader.span(&start));
        let made = title.as_ref().map_or_else(String::new, |t| slug(t));
        reader.report(diagnostic.help(format!("add `id: {made}`")));
    }
    let title = match (title, &id) {
        (Some(title), _) => title,
        (None, Some(id)) => id.id.as_printable().clone(),
        (None, None) if torn => return None,
        (None, None) => Printable::line("untitled"),
    };
    let basis = reader.word(raw.basis.0, Basis::ALL, Basis::word);
    let body = reader.prose(raw.body.0);
    let sections = body
        .map(|text| Section { basis, from: Rare::default(), title: None, text })
        .into_iter()
        .chain(raw.sections.0.into_iter().filter_map(|s| section(s, reader)))
        .collect();
    let mut card =
        Card::new(id.map_or_else(|| CardId::new(&slug(&title)), |id| id.id), title, span);
    card.depth = depth(raw.depth.0, reader);
    card.kind = reader.word(raw.kind.0, Kind::ALL, Kind::word).unwrap_or(Kind::Topic);
    card.tags = raw.tags.0.into_iter().filter_map(|t| reader.words(Some(t))).collect();
    card.sections = sections;
    let card = card.with(Details {
        aliases: raw.aliases.0.into_iter().filter_map(|a| reader.words(Some(a))).collect(),
        basis,
        as_of: reader.date(raw.as_of.0),
        passages: reader.citations(raw.passages),
        gaps: reader.gaps(raw.gaps),
        bottom_line: reader.prose(raw.bottom_line.0),
        claims: raw.claims.0.into_iter().filter_map(|c| claim(c, reader)).collect(),
        see_also: raw.see_also.0.into_iter().filter_map(|r| reference(r, reader)).collect(),
        questions: question::questions(raw.questions, reader).into(),
        dates: raw.dates.0.into_iter().filter_map(|d| dated(d, reader)).collect(),
    });
    let says_nothing =
        card.bottom_line.is_none() && card.sections.is_empty() && card.claims.is_empty();
    if says_nothing && !torn {
        let message = format!("the card `{}` says nothing", card.title);
        let help = "give it a `bottom_line` or a `body`";
        let at = reader.span(&start);
        reader.report(Diagnostic::warning("empty-card", message).at(at).help(help));
    }
    Some(card)
}

/// How deep a card stands; what is too deep stands as deep as it can.
fn depth(raw: Option<Spanned<u64>>, reader: &Reader) -> u8 {
    let Some(raw) = raw else { return 0 };
    if raw.value > DEEPEST {
        let message = format!("no card stands deeper than {DEEPEST}");
        let help = "count from 0 for the cards at the top";
        let at = reader.span(&raw.bytes);
        reader.report(Diagnostic::warning("too-deep", message).at(at).help(help));
    }
    u8::try_from(raw.value.min(DEEPEST)).unwrap_or(0)
}

fn section(raw: Spanned<RawSection>, reader: &Reader) -> Option<Section> {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    Some(Section {
        text: reader.needed(raw.text.0, "text", &bytes, torn)?,
        basis: reader.word(raw.basis.0, Basis::ALL, Basis::word),
        from: reader.citations(raw.from),
        title: reader.words(raw.title.0).map(Box::new),
    })
}

fn claim(raw: Spanned<RawClaim>, reader: &Reader) -> Option<Claim> {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let text = reader.needed(raw.text.0, "text", &bytes, torn)?;
    let by = reader.voice(raw.by.0);
    if by.is_none() && !torn {
        let message = "a claim without a voice";
        let help = "say who makes it: `by:` and a name declared under `voices`";
        let at = reader.span(&(bytes.start..bytes.start));
        reader.report(Diagnostic::error("missing-voice", message).at(at).help(help));
    }
    Some(Claim {
        by,
        verb: reader.words(raw.verb.0),
        text,
        from: reader.citations(raw.from),
        standing: reader
            .word(raw.check.0, Standing::ALL, Standing::word)
            .unwrap_or(Standing::NotChecked),
        note: reader.prose(raw.note.0),
        later: raw.later.0.unwrap_or(false),
    })
}

fn reference(raw: Spanned<RawReference>, reader: &Reader) -> Option<Reference> {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let Some(to) = reader.id(raw.to.0, str::to_owned) else {
        if !torn {
            let message = "a reference without `to`";
            let at = reader.span(&(bytes.start..bytes.start));
            let help = "name the card it leads to";
            reader.report(Diagnostic::error("missing-target", message).at(at).help(help));
        }
        return None;
    };
    Some(Reference {
        target: markdown::target(LinkType::WikiLink { has_pothole: true }, &to.id),
        span: to.span,
        bytes: 0..0,
        relation: reader.word(raw.rel.0, Relation::ALL, Relation::word),
        evidence: reader.word(raw.link.0, Evidence::ALL, Evidence::word),
        why: reader.prose(raw.why.0).map(Box::new),
    })
}

fn dated(raw: Spanned<RawDated>, reader: &Reader) -> Option<Dated> {
    let (torn, bytes, raw) = (raw.torn, raw.bytes, raw.value);
    let text = reader.needed(raw.text.0, "text", &bytes, torn)?;
    Some(Dated {
        date: reader.date(raw.date.0)?,
        text,
        basis: reader.word(raw.basis.0, Basis::ALL, Basis::word),
        from: reader.citations(raw.from),
        later: raw.later.0.unwrap_or(false),
    })
}
