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
    let end = end_of_start_card(source)?;
    let (briefing, _) = super::briefing(source.get(..end)?, name);
    let start = briefing.start.as_ref().map(|start| &start.id);
    let is_there = match start {
        Some(start) => briefing.cards.iter().any(|card| card.id == *start),
        None => !briefing.cards.is_empty(),
    };
    is_there.then_some(briefing)
}

/// The byte after the card that the file starts with. Only the usual layout of a file is
/// understood: `start:` and `cards:` at the margin, then a line with a dash for each card.
fn end_of_start_card(source: &str) -> Option<usize> {
    let mut at = 0;
    let mut start = None;
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
        } else if !is_blank {
            let is_item = text.starts_with("- ") && dash.is_none_or(|dash| dash == indent);
            if is_item {
                if found {
                    return Some(at);
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
    fn the_bundled_briefing_has_one() {
        let source = include_str!("../../briefings/us-ecuador-security-readout.yaml");
        assert_eq!(ids(preview(source, "t")), ["the-readout"]);
    }
}
