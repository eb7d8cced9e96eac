//! Boxes of one sign that are drawn around words: what stands in them is read as if there were none.

use super::line::Line;
use std::ops::Range;

/// Columns that a box takes at least.
const NARROWEST: usize = 20;

/// Takes the frames of boxes off; each becomes blank lines around its words.
pub fn open_boxes(lines: &mut [Line]) {
    let mut at = 0;
    while let Some(rest) = lines.get(at..) {
        let Some(start) = rest.iter().position(|line| edge(line).is_some()) else { break };
        let start = at + start;
        let Some(inside) = inside(lines, start) else {
            at = start + 1;
            continue;
        };
        at = inside.end + 1;
        for line in lines.get_mut(inside).unwrap_or_default() {
            let words = line.words();
            let within = words.get(1..words.len() - 1).unwrap_or_default();
            *line = Line { text: within.trim_end(), at: line.start() + 1, page: line.page };
        }
        for edge in [start, at - 1] {
            if let Some(line) = lines.get_mut(edge) {
                *line = Line { text: "", ..*line };
            }
        }
    }
}

/// The lines inside the box whose upper edge is a line; none if there is no box or nothing is said
/// in it.
fn inside(lines: &[Line], start: usize) -> Option<Range<usize>> {
    let (sign, width) = edge(lines.get(start)?)?;
    let is_inside = |line: &&Line| {
        let words = line.words();
        let inner = words.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(sign))
            && line.width() <= width + lines.get(start).map_or(0, Line::indent) + 1
    };
    let more = lines.get(start + 1..)?;
    let count = more.iter().take_while(is_inside).count();
    let closed = more.get(count).and_then(edge).is_some_and(|(other, _)| other == sign);
    let inside = start + 1..start + 1 + count;
    let says = lines.get(inside.clone())?.iter().flat_map(|line| line.words().split_whitespace());
    let says = says.filter(|word| word.chars().any(char::is_alphabetic)).count();
    (closed && says > 1).then_some(inside)
}

/// The sign of which an edge of a box consists, and its columns.
fn edge(line: &Line) -> Option<(char, usize)> {
    let words = line.words();
    let sign = words.chars().next().filter(|sign| matches!(sign, '*' | '#' | '%' | ';'))?;
    (words.len() >= NARROWEST && words.chars().all(|c| c == sign)).then_some((sign, words.len()))
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn opened(source: &str) -> Vec<String> {
        let mut lines = split(source);
        open_boxes(&mut lines);
        for line in lines.iter().filter(|line| !line.is_blank()) {
            assert!(source.get(line.at..).is_some_and(|rest| rest.starts_with(line.text)));
        }
        lines.iter().map(|line| line.text.to_owned()).collect()
    }

    #[test]
    fn words_in_a_box_are_read_without_it() {
        let source = "a\n\
                      **********************\n\
                      * 6. Title           *\n\
                      *                    *\n\
                      *  Some words of it. *\n\
                      **********************\n\
                      b";
        assert_eq!(opened(source), ["a", "", " 6. Title", "", "  Some words of it.", "", "b"]);
    }

    #[test]
    fn what_is_no_box_stays() {
        for source in [
            "********************\n* open *\n* list *",
            "********************\nTitle of it\n********************",
            "####################\n#  #  #  a b c  #  #\n####################",
            "*****\n* a b *\n*****",
            "********************\n********************",
        ] {
            assert_eq!(opened(source).join("\n"), source);
        }
    }
}
