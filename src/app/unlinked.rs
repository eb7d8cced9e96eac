//! Who mentions the card without a link, as rows: below what links to it, and beside the card.

use super::State;
use crate::layout::{Flow, Piece, Role, Status};
use crate::library::Page;
use crate::model::Target;
use crate::text::Printable;

/// Cards named at most behind a name that they share.
const MOST_CARDS: usize = 12;

/// The rows below what links to a card; the pages that their links lead to are added to `pages`.
pub fn mentions(state: &State, card: usize, flow: &mut Flow, pages: &mut Vec<Page>) {
    let Some(found) = state.mentions.of(card) else {
        if state.mentions.is_awaited(card, state.settings.autolink) {
            flow.gap();
            flow.paragraph(&[Piece::sign("looking for mentions without a link", Role::Meta)], 0);
        }
        return;
    };
    let library = &state.library;
    if !found.passages.is_empty() {
        let count = Printable::line(&found.passages.len().to_string());
        flow.label("Mentioned without a link", Some(count));
    }
    for (at, passage) in found.passages.iter().enumerate() {
        if at > 0 {
            flow.gap();
        }
        let title = entry(flow, library.title(Page::Card(passage.card)));
        pages.push(Page::Card(passage.card));
        let mark = title.link.map(|link| flow.link_mark(link));
        let pieces: Vec<Piece> = std::iter::once(title).chain(mark).collect();
        flow.paragraph(&pieces, 0);
        let (text, bytes) = (passage.text.as_printable(), &passage.at);
        let part = |from, to, role| Piece::new(Printable::from(text.slice(from..to)), role);
        flow.inset(2, |flow| {
            let before = part(0, bytes.start, Role::Meta);
            let own = part(bytes.start, bytes.end, Role::Text);
            let after = part(bytes.end, text.len(), Role::Meta);
            flow.paragraph(&[before, own, after], 2);
        });
    }
    if !found.names.is_empty() {
        let count = Printable::line(&found.names.len().to_string());
        flow.label("Names that other cards have too", Some(count));
    }
    for name in &found.names {
        let mut pieces = vec![Piece::new(&name.name, Role::Voice), Piece::sign("  ", Role::Meta)];
        pieces.push(Piece::new("also mentioned in ", Role::Meta));
        for (at, card) in name.cards.iter().take(MOST_CARDS).enumerate() {
            if at > 0 {
                let between = format!("\u{a0}{} ", flow.options.glyphs.dot);
                pieces.push(Piece::sign(Printable::inline(&between), Role::Meta));
            }
            let title = entry(flow, library.title(Page::Card(*card)));
            pages.push(Page::Card(*card));
            let mark = title.link.map(|link| flow.link_mark(link));
            pieces.push(title);
            pieces.extend(mark);
        }
        if let Some(more) = name.cards.len().checked_sub(MOST_CARDS).filter(|more| *more > 0) {
            pieces.push(Piece::new(Printable::inline(&format!(" and {more} more")), Role::Meta));
        }
        flow.paragraph(&pieces, 2);
    }
}

fn entry(flow: &mut Flow, title: Printable) -> Piece<'static> {
    let link = flow.link(&Target::Card { name: "".into(), heading: None });
    Piece { link: Some(link), ..Piece::new(title, Role::Link(Status::Card)) }
}
