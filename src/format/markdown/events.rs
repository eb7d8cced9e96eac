//! The events of the parser, with what it takes too far put right: dollars that enclose no formula
//! are dollars, and cells beyond those of the head of their table stay. All readers of Markdown go
//! through these, so that they agree.

use super::OPTIONS;
use super::math::is_formula;
use pulldown_cmark::{Event, OffsetIter, Options, Parser, RefDefs, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// A word in front keeps text of one line from starting a block.
const GUARD: &str = "x ";

/// The events of a text, each with its bytes.
pub struct Events<'s> {
    source: &'s str,
    parser: OffsetIter<'s>,
    /// What is handed out before the next event.
    ready: VecDeque<(Event<'s>, Range<usize>)>,
    /// The end of the last cell of a table.
    cell: usize,
}

/// The events of a text, each with its bytes.
pub fn events(source: &str) -> Events<'_> {
    let dollars = memchr::memchr(b'$', source.as_bytes()).is_some();
    let math = if dollars { Options::ENABLE_MATH } else { Options::empty() };
    let parser = Parser::new_ext(source, OPTIONS.union(math)).into_offset_iter();
    Events { source, parser, ready: VecDeque::new(), cell: 0 }
}

impl Events<'_> {
    /// The definitions of links that the text has.
    pub fn reference_definitions(&self) -> &RefDefs<'_> {
        self.parser.reference_definitions()
    }

    /// The cells of a row that the head of the table has no column for, as the bytes of each.
    fn cells_beyond(&self, row: &Range<usize>) -> Vec<Range<usize>> {
        let rest = self.source.get(self.cell..row.end).unwrap_or_default();
        let text = rest.trim_end();
        let Some(text) = text.strip_prefix('|').or_else(|| text.trim_start().strip_prefix('|'))
        else {
            return Vec::new();
        };
        let text = text.strip_suffix('|').filter(|t| !t.ends_with('\\')).unwrap_or(text);
        if text.trim().is_empty() {
            return Vec::new();
        }
        let mut at = self.cell + rest.find('|').map_or(0, |bar| bar + 1);
        let (mut cells, mut cell) = (Vec::new(), at..at);
        let mut escaped = false;
        for c in text.chars() {
            at += c.len_utf8();
            if c == '|' && !escaped {
                cells.push(std::mem::replace(&mut cell, at..at));
            } else {
                cell.end = at;
            }
            escaped = c == '\\' && !escaped;
        }
        cells.push(cell);
        cells
    }

    /// Puts what stands in some bytes into the events that come next, as running text.
    fn inline(&mut self, bytes: &Range<usize>) {
        let text = self.source.get(bytes.clone()).unwrap_or_default();
        let guarded = format!("{GUARD}{}", text.replace(['\n', '\r'], " "));
        let mut first = true;
        for (event, inside) in Parser::new_ext(&guarded, OPTIONS).into_offset_iter() {
            let place = |at: usize| bytes.start + at.saturating_sub(GUARD.len());
            let inside = place(inside.start)..place(inside.end);
            let event = match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => continue,
                Event::Text(text) if std::mem::take(&mut first) => {
                    Event::Text(text.strip_prefix(GUARD).unwrap_or_default().to_owned().into())
                }
                event => event.into_static(),
            };
            self.ready.push_back((event, inside));
        }
    }
}

impl<'s> Iterator for Events<'s> {
    type Item = (Event<'s>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, bytes) = self.parser.next()?;
        match &event {
            Event::InlineMath(formula) | Event::DisplayMath(formula)
                if !is_formula(self.source, formula, &bytes) =>
            {
                self.inline(&bytes);
                return self.ready.pop_front();
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => self.cell = bytes.start,
            Event::End(TagEnd::TableCell) => self.cell = bytes.end,
            Event::End(TagEnd::TableRow) => {
                for cell in self.cells_beyond(&bytes) {
                    self.ready.push_back((Event::Start(Tag::TableCell), cell.clone()));
                    let text = self.source.get(cell.clone()).unwrap_or_default();
                    let start = cell.start + text.len() - text.trim_start().len();
                    self.inline(&(start..start + text.trim().len()));
                    self.ready.push_back((Event::End(TagEnd::TableCell), cell));
                }
                if let Some(first) = self.ready.pop_front() {
                    self.ready.push_back((event, bytes));
                    return Some(first);
                }
            }
            _ => {}
        }
        Some((event, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        events(source)
            .filter_map(|(event, bytes)| match event {
                Event::Text(text) | Event::Code(text) if !text.is_empty() => {
                    assert_eq!(source.get(bytes).map(|s| s.contains(&*text)), Some(true), "{text}");
                    Some(text.to_string())
                }
                Event::InlineMath(text) | Event::DisplayMath(text) => Some(format!("math {text}")),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn cells_beyond_the_head_stay() {
        assert_eq!(
            texts("|a|b|\n|-|-|\n|1|2|3 `x`| c\\|d |\n|4|\n|5|6|\n|7|8|   |\n"),
            ["a", "b", "1", "2", "3 ", "x", "c", "|d", "4", "5", "6", "7", "8"]
        );
    }

    #[test]
    fn dollars_that_enclose_no_formula_are_dollars() {
        assert_eq!(
            texts("It is $x^2$ *or* $$y=1$$."),
            ["It is ", "math x^2", " ", "or", " ", "math y=1", "."]
        );
        assert_eq!(texts("from $HOME/*a*/to$ here").concat(), "from $HOME/a/to$ here");
        assert_eq!(
            texts("$5 and $10, $5-$10, $a and $b").concat(),
            "$5 and $10, $5-$10, $a and $b"
        );
    }
}
