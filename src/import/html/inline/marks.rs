//! Marks and links fitted to what Markdown can say: no white space at the inside of their ends, no
//! sign where a sign would be read as text. Words never change; a mark may shrink, or go.

use super::{EMPHASIS, Kind, Piece, STRIKE, STRONG, is_space};
use std::ops::Range;

/// Fits the marks of a paragraph.
pub fn settle(pieces: Vec<Piece>) -> Vec<Piece> {
    let pieces = links(bare(pieces));
    let mut pieces = tighten(pieces, STRIKE, 0);
    bare_ends(&mut pieces);
    let pieces = tighten(pieces, STRONG, STRIKE);
    let mut pieces = tighten(pieces, EMPHASIS, STRIKE | STRONG);
    part(&mut pieces);
    joined(pieces)
}

/// Joins pieces that have become alike: two pieces of code side by side would be read as one fence.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let words = matches!(piece.kind, Kind::Text | Kind::Code);
        match out.last_mut() {
            Some(last)
                if words
                    && last.kind == piece.kind
                    && last.marks == piece.marks
                    && last.link == piece.link =>
            {
                last.text.push_str(&piece.text);
            }
            _ => out.push(piece),
        }
    }
    out
}

/// Whether a sign may be taken for the end of a word after this character.
fn is_plain(c: char) -> bool {
    !(c.is_whitespace() || c.is_ascii_punctuation())
}

/// The first or last character that is drawn of a piece; a sign for what is no text.
fn edge(piece: &Piece, last: bool) -> Option<char> {
    match piece.kind {
        Kind::Text if last => piece.text.chars().next_back(),
        Kind::Text => piece.text.chars().next(),
        Kind::Break => Some('\n'),
        _ => Some('`'),
    }
}

/// Takes white space out of the ends of code.
fn bare(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let inside = piece.text.trim_matches(is_space);
        if piece.kind != Kind::Code || inside.len() == piece.text.len() {
            out.push(piece);
            continue;
        }
        let space = Piece { kind: Kind::Text, text: " ".into(), ..piece.clone() };
        let after = piece.text.ends_with(is_space) && !inside.is_empty();
        if piece.text.starts_with(is_space) {
            out.push(space.clone());
        }
        if !inside.is_empty() {
            out.push(Piece { text: inside.to_owned(), ..piece });
        }
        if after {
            out.push(space);
        }
    }
    out
}

/// Takes white space out of the ends of links, and links away that hold nothing.
fn links(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.into_iter().peekable();
    while let Some(first) = rest.next() {
        let Some(link) = first.link else {
            out.push(first);
            continue;
        };
        let mut group = vec![first];
        while let Some(next) = rest.next_if(|next| next.link == Some(link)) {
            group.push(next);
        }
        let blank = |p: &Piece| {
            matches!(p.kind, Kind::Break)
                || (matches!(p.kind, Kind::Text | Kind::Code) && p.text.chars().all(is_space))
        };
        let start = group.iter().take_while(|p| blank(p)).count();
        let end = group.len() - group.iter().rev().take_while(|p| blank(p)).count();
        for (at, mut piece) in group.into_iter().enumerate() {
            if at < start || at >= end {
                piece.link = None;
                piece.marks = 0;
            } else if matches!(piece.kind, Kind::Text) {
                if at == start {
                    split_off(&mut piece, false, &mut out);
                }
                if at + 1 == end {
                    let mut after = Vec::new();
                    split_off(&mut piece, true, &mut after);
                    out.push(piece);
                    out.append(&mut after);
                    continue;
                }
            } else if matches!(piece.kind, Kind::Note) {
                piece.link = None;
            }
            out.push(piece);
        }
    }
    out
}

/// Moves the white space at one end of a piece of a link out of the link.
fn split_off(piece: &mut Piece, last: bool, out: &mut Vec<Piece>) {
    let trimmed = if last {
        piece.text.trim_end_matches(is_space)
    } else {
        piece.text.trim_start_matches(is_space)
    };
    if trimmed.len() < piece.text.len() {
        let space = Piece { text: " ".into(), link: None, marks: 0, ..piece.clone() };
        piece.text = trimmed.to_owned();
        out.push(space);
    }
}

/// The runs of pieces that have a mark, within one link and one state of the `outer` marks.
fn runs(pieces: &[Piece], mark: u8, outer: u8) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.marks & mark == 0 || piece.kind == Kind::Break {
            continue;
        }
        let joins = |before: &Piece| {
            before.link == piece.link && before.marks & outer == piece.marks & outer
        };
        match runs.last_mut() {
            Some(run) if run.end == at && pieces.get(at - 1).is_some_and(joins) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Takes a mark away from the characters at the ends of its runs where Markdown would not see it.
fn tighten(mut pieces: Vec<Piece>, mark: u8, outer: u8) -> Vec<Piece> {
    for piece in &mut pieces {
        if piece.kind == Kind::Break {
            piece.marks = 0;
        }
    }
    if pieces.iter().all(|piece| piece.marks & mark == 0) {
        return pieces;
    }
    let runs = runs(&pieces, mark, outer);
    // Bytes at the start and the end of pieces that lose the mark.
    let mut lost: Vec<(usize, usize)> = pieces.iter().map(|_| (0, 0)).collect();
    for run in runs {
        let same =
            |at: usize, of: usize| pieces.get(at).map(|p| p.link) == pieces.get(of).map(|p| p.link);
        let before = run.start.checked_sub(1).filter(|at| same(*at, run.start));
        let after = Some(run.end).filter(|at| same(*at, run.start));
        let mut before = before.and_then(|at| pieces.get(at)).and_then(|p| edge(p, true));
        let mut after = after.and_then(|at| pieces.get(at)).and_then(|p| edge(p, false));
        let (mut start, mut end) = (run.start, run.end);
        while start < end && shrink(pieces.get(start), &mut before, false, lost.get_mut(start)) {
            start += 1;
        }
        while end > start && shrink(pieces.get(end - 1), &mut after, true, lost.get_mut(end - 1)) {
            end -= 1;
        }
    }
    let mut out = Vec::with_capacity(pieces.len());
    for (piece, (start, end)) in pieces.into_iter().zip(lost) {
        if (start, end) == (0, 0) {
            out.push(piece);
            continue;
        }
        let length = piece.text.len();
        if start == usize::MAX || start + end >= length {
            out.push(Piece { marks: piece.marks & !mark, ..piece });
            continue;
        }
        for (bytes, marks) in [
            (0..start, piece.marks & !mark),
            (start..length - end, piece.marks),
            (length - end..length, piece.marks & !mark),
        ] {
            let text = piece.text.get(bytes.clone()).unwrap_or_default().to_owned();
            if !bytes.is_empty() {
                out.push(Piece { text, marks, at: piece.at + bytes.start, ..piece.clone() });
            }
        }
    }
    out
}

/// Takes the mark away from one end of a piece, as far as needed; whether nothing of it is left.
fn shrink(
    piece: Option<&Piece>,
    outside: &mut Option<char>,
    last: bool,
    lost: Option<&mut (usize, usize)>,
) -> bool {
    let (Some(piece), Some(lost)) = (piece, lost) else { return true };
    if piece.kind != Kind::Text {
        if outside.is_some_and(is_plain) {
            *lost = (usize::MAX, 0);
            *outside = edge(piece, last);
            return true;
        }
        return false;
    }
    let end = piece.text.len() - lost.1;
    let mut rest = piece.text.get(lost.0..end).unwrap_or_default();
    loop {
        let mut chars = rest.chars();
        let Some(edge) = (if last { chars.next_back() } else { chars.next() }) else { return true };
        let stays = edge.is_alphanumeric() || !outside.is_some_and(is_plain);
        if !edge.is_whitespace() && stays {
            return false;
        }
        if last {
            lost.1 += edge.len_utf8();
        } else {
            lost.0 += edge.len_utf8();
        }
        *outside = Some(edge);
        rest = chars.as_str();
    }
}

/// Takes other marks away from the ends of what is struck out inside a word: two signs side by side
/// are not seen there.
fn bare_ends(pieces: &mut [Piece]) {
    for run in runs(pieces, STRIKE, 0) {
        let link = pieces.get(run.start).and_then(|piece| piece.link);
        let plain = |at: Option<usize>, last: bool| {
            let piece = at.and_then(|at| pieces.get(at)).filter(|piece| piece.link == link);
            piece.and_then(|piece| edge(piece, last)).is_some_and(is_plain)
        };
        let before = plain(run.start.checked_sub(1), true);
        let after = plain(Some(run.end), false);
        for (end, bare) in [(run.start, before), (run.end - 1, after)] {
            if let Some(piece) = pieces.get_mut(end).filter(|_| bare) {
                piece.marks &= STRIKE;
            }
        }
    }
}

/// Takes emphasis away where its sign would run into the sign of a strong passage beside it.
fn part(pieces: &mut [Piece]) {
    for run in runs(pieces, EMPHASIS, STRIKE | STRONG) {
        let of = |at: Option<usize>| at.and_then(|at| pieces.get(at));
        let first = of(Some(run.start));
        let near = |piece: Option<&Piece>, last: bool| {
            let piece = piece.filter(|p| p.link == first.and_then(|f| f.link));
            let outer = |p: &Piece| p.marks & (STRIKE | STRONG);
            let word = piece.and_then(|p| edge(p, last)).is_some_and(|c| !c.is_whitespace());
            word && piece.map(outer) != first.map(outer)
        };
        if near(of(run.start.checked_sub(1)), true) || near(of(Some(run.end)), false) {
            for piece in pieces.get_mut(run).unwrap_or_default() {
                piece.marks &= !EMPHASIS;
            }
        }
    }
}
