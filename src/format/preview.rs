//! The start of a long file, read by itself, so that its first card can be shown before the rest.

use crate::model::Briefing;

/// Shorter files are read as a whole at once.
const WORTH: usize = 32 << 10;

/// What a long file says up to the end of its start card; `None` if the file is short, or if the
/// card is not found without reading all of it.
pub fn preview(source: &str, name: &str) -> Option<Briefing> {
    if source.len() < WORTH {
        return None;
    }
    let (cards, end) = up_to_start_card(source)?;
    let head = head_for(source.get(..cards)?, source.get(cards..end)?);
    let (briefing, _) = super::briefing(&(head + source.get(cards..end)?), name);
    let start = briefing.start.as_ref().map(|start| &start.id);
    let is_there = match start {
        Some(start) => briefing.cards.iter().any(|card| card.id == *start),
        None => !briefing.cards.is_empty(),
    };
    is_there.then_some(briefing)
}

/// What the head of a file says that its first cards need: of voices, sources and gaps only those
/// that are named. A file may declare many, and reading them takes longer than the card.
fn head_for(head: &str, cards: &str) -> String {
    let mut entries: Vec<&str> = Vec::new();
    let mut kept = String::with_capacity(1 << 10);
    // From the bottom up: what a gap rests on stands above it.
    for block in blocks(head, 0).into_iter().rev() {
        let key = block.split(':').next().unwrap_or_default();
        match key {
            "summary" | "key_points" | "as_of_note" => {}
            "voices" | "sources" | "gaps" => {
                let (first, rest) = block.split_at(block.find('\n').map_or(block.len(), |n| n + 1));
                let indent = rest.len() - rest.trim_start_matches(' ').len();
                let others = entries.len();
                for entry in blocks(rest, indent).into_iter().rev() {
                    let id = entry.trim_start_matches(['-', ' ']).trim_start_matches("id:");
                    let id = scalar(id.split([':', '\n']).next().unwrap_or_default());
                    if !id.is_empty() && (cards.contains(id) || kept.contains(id)) {
                        kept.push_str(entry);
                        entries.push(entry);
                    }
                }
                if entries.len() > others {
                    entries.push(first);
                }
            }
            _ => entries.push(block),
        }
    }
    entries.into_iter().rev().collect()
}

/// The parts of a text that begin at an indentation, each with the deeper lines that follow.
fn blocks(text: &str, indent: usize) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let is_start = depth == indent && !line.trim_start().is_empty();
        if is_start && !line.trim_start().starts_with('#') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect()
}

/// Where the list of cards starts, and the byte after the card that the file starts with. Only the
/// usual layout of a file is understood: `start:` and `cards:` at the margin, then a line with a
/// dash for each card.
fn up_to_start_card(source: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut start = None;
    let mut cards_at = 0;
    let mut in_cards = false;
    let mut dash: Option<usize> = None;
    let mut found = false;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        let is_blank = text.starts_with(['#', '\n', '\r']) || text.is_empty();
        if !in_cards {
            if let Some(id) = line.strip_prefix("start:") {
                start = Some(scalar(id));
            }
            in_cards = line.starts_with("cards:");
            cards_at = at;
        } else if !is_blank {
            let is_item = text.starts_with("- ") && dash.is_none_or(|dash| dash == indent);
            if is_item {
                if found {
                    return Some((cards_at, at));
                }
                dash = Some(indent);
                found = start.is_none();
            } else if dash.is_none() {
                return None; // no list of cards
            }
            let key = text.strip_prefix("- ").filter(|_| is_item).unwrap_or(text);
            let column = dash.map(|dash| dash + 2);
            let is_key = is_item || Some(indent) == column;
            if let (true, Some(id), Some(start)) = (is_key, key.strip_prefix("id:"), start) {
                found |= scalar(id) == start;
            }
        }
        at += line.len();
    }
    None
}

/// A plain or quoted word.
fn scalar(text: &str) -> &str {
    let text = text.split(" #").next().unwrap_or_default();
    text.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(head: &str, count: usize) -> String {
        let card = |n: usize| {
            format!("  - id: c{n}\n    title: Card {n}\n    body: |\n      - id: c9\n\n")
        };
        let cards: String = (0..count).map(card).fold(String::new(), |all, card| all + &card);
        format!("title: T\n{head}cards:\n\n  # all of them\n{cards}")
    }

    fn ids(briefing: Option<Briefing>) -> Vec<String> {
        briefing.into_iter().flat_map(|b| b.cards).map(|card| card.id.to_string()).collect()
    }

    #[test]
    fn reads_up_to_the_start_card() {
        assert_eq!(ids(preview(&file("", 2000), "t")), ["c0"]);
        assert_eq!(ids(preview(&file("start: c2 # third\n", 2000), "t")), ["c0", "c1", "c2"]);
        assert_eq!(ids(preview(&file("start: \"c1\"\n", 2000), "t")), ["c0", "c1"]);
    }

    #[test]
    fn short_files_and_unusual_ones_are_left_to_be_read_whole() {
        assert_eq!(preview(&file("", 3), "t"), None);
        assert_eq!(preview(&file("start: none\n", 2000), "t"), None);
        let flow = format!("cards: [{}]", "{id: a, title: A, body: b}, ".repeat(2000));
        assert_eq!(preview(&flow, "t"), None);
        assert_eq!(preview(&"x\n".repeat(40_000), "t"), None);
    }

    #[test]
    fn the_bundled_briefing_has_one_that_shows_the_same() {
        let source = include_str!("../../briefings/us-ecuador-security-readout.yaml");
        let start = preview(source, "t").unwrap();
        let (whole, _) = crate::format::briefing(source, "t");
        assert!(start.sources.len() < whole.sources.len() / 2, "most are not needed");
        let shown = |briefing: &Briefing| {
            let card = briefing.cards.iter().find(|card| card.id.as_str() == "the-readout");
            (briefing.title.clone(), briefing.as_of, words(briefing, card.unwrap()))
        };
        assert_eq!(shown(&start), shown(&whole));
    }

    /// What a card names, by the words that a reader sees.
    fn words(briefing: &Briefing, card: &crate::model::Card) -> Vec<String> {
        let from = card.sections.iter().flat_map(|s| &s.from).chain(&card.passages);
        let from = from.chain(card.claims.iter().flat_map(|c| &c.from));
        let sources = from.filter_map(|c| briefing.source(&c.source)).map(|s| s.title.to_string());
        let by = card.claims.iter().filter_map(|c| c.by.as_ref());
        let voices = by.filter_map(|by| briefing.voice(&by.id)).map(|v| v.name.to_string());
        let here = |gap: &&crate::model::Gap| gap.cards.iter().any(|c| c.id == card.id);
        let gaps = briefing.gaps.iter().filter(here).map(|gap| gap.text.source.to_string());
        sources.chain(voices).chain(gaps).collect()
    }
}
