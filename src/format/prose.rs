//! Running text without its blocks: the lines in which names may be mentioned, and what of them is
//! code or belongs to a link.

use crate::model::{Block, Phrase};
use std::ops::Range;

/// A paragraph, an item or a cell as one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// The bytes that belong to links, ascending.
    pub links: Vec<Range<usize>>,
    /// The bytes that are code, ascending.
    pub code: Vec<Range<usize>>,
}

impl Line {
    /// The line of some phrases.
    pub fn new(phrases: &[Phrase]) -> Self {
        let mut line = Self::default();
        for phrase in phrases {
            let start = line.text.len();
            line.text.push_str(&phrase.text);
            let bytes = start..line.text.len();
            if phrase.link.is_some() {
                line.links.push(bytes);
            } else if phrase.marks.code {
                line.code.push(bytes);
            }
        }
        line
    }
}

/// Hands out the running text of blocks in the order in which it is drawn; headings and code are left
/// out.
pub fn paragraphs(blocks: &[Block], take: &mut dyn FnMut(&[Phrase])) {
    for block in blocks {
        match block {
            Block::Paragraph(phrases) => take(phrases),
            Block::List { items, .. } => {
                for item in items {
                    paragraphs(&item.blocks, take);
                }
            }
            Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => {
                paragraphs(blocks, take);
            }
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| take(cell)),
            Block::Heading(_) | Block::Code { .. } | Block::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::body;

    #[test]
    fn prose_is_what_is_no_heading_and_no_code_block() {
        let source = "# Head\n\nOne `two` [three](x).\n\n- four\n\n> five\n\n```\nsix\n```\n\n\
                      |a|\n|-|\n|b|\n";
        let mut lines = Vec::new();
        paragraphs(&body(source).blocks, &mut |phrases| lines.push(Line::new(phrases)));
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["One two three.", "four", "five", "a", "b"]);
        let bytes = |ranges: &[Range<usize>]| format!("{ranges:?}");
        assert_eq!(
            (bytes(&lines[0].code), bytes(&lines[0].links)),
            ("[4..7]".into(), "[8..13]".into())
        );
    }
}
