//! Markdown as the HTML of a card in another program: the words and how they are set, without links.

use crate::format;
use crate::model::{Block, Item, Phrase};

/// A text, on one line.
pub fn html(source: &str) -> String {
    let body = format::body(source);
    let mut out = String::with_capacity(source.len());
    // A text of one paragraph needs no tags around it.
    if let [Block::Paragraph(text)] = body.blocks.as_slice() {
        phrases(text, &mut out);
    } else {
        blocks(&body.blocks, &mut out);
    }
    out
}

/// Text with what means something in HTML written out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(text) => tagged("p", out, |out| phrases(text, out)),
            Block::Heading(heading) => {
                tagged("p", out, |out| tagged("b", out, |out| phrases(&heading.text, out)));
            }
            Block::List { first, items } => {
                let tag = if first.is_some() { "ol" } else { "ul" };
                tagged(tag, out, |out| list(items, out));
            }
            Block::Quote { blocks: inner, .. } | Block::Footnote { blocks: inner, .. } => {
                tagged("blockquote", out, |out| blocks(inner, out));
            }
            Block::Code { text, .. } => tagged("pre", out, |out| escape(text, out)),
            Block::Table { rows, .. } => tagged("table", out, |out| table(rows, out)),
            Block::Rule => out.push_str("<hr>"),
        }
    }
}

fn list(items: &[Item], out: &mut String) {
    for item in items {
        tagged("li", out, |out| match item.blocks.as_slice() {
            [Block::Paragraph(text)] => phrases(text, out),
            all => blocks(all, out),
        });
    }
}

fn table(rows: &[Vec<Vec<Phrase>>], out: &mut String) {
    for (at, row) in rows.iter().enumerate() {
        let tag = if at == 0 { "th" } else { "td" };
        tagged("tr", out, |out| {
            for cell in row {
                tagged(tag, out, |out| phrases(cell, out));
            }
        });
    }
}

fn phrases(all: &[Phrase], out: &mut String) {
    for phrase in all {
        let marks = phrase.marks;
        let tags = [
            (marks.strong, "b"),
            (marks.emphasis, "i"),
            (marks.strike, "s"),
            (marks.code, "code"),
            (marks.highlight, "mark"),
            (marks.note, "sup"),
        ];
        let set = || tags.iter().filter(|(set, _)| *set).map(|(_, tag)| *tag);
        set().for_each(|tag| out.extend(["<", tag, ">"]));
        escape(&phrase.text, out);
        set().rev().for_each(|tag| out.extend(["</", tag, ">"]));
    }
}

fn tagged(tag: &str, out: &mut String, inside: impl FnOnce(&mut String)) {
    out.extend(["<", tag, ">"]);
    inside(out);
    out.extend(["</", tag, ">"]);
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn words_keep_how_they_are_set() {
        assert_eq!(
            html("*a* **b** `<c>` ==d=="),
            "<i>a</i> <b>b</b> <code>&lt;c&gt;</code> <mark>d</mark>"
        );
        assert_eq!(html("a\n\n- b\n- c"), "<p>a</p><ul><li>b</li><li>c</li></ul>");
        assert_eq!(html("|a|\n|-|\n|b|"), "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>");
        assert_eq!(html("> a & \"b\""), "<blockquote><p>a &amp; &quot;b&quot;</p></blockquote>");
    }
}
