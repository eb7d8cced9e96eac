//! HTML that stands between the paragraphs of Markdown, as Markdown: its headings, lists, tables and
//! links are those of the document. What has no such parts stays as it is written.

use super::{Written, html};
use crate::format;

/// Elements that are worth it.
const PARTS: [&str; 17] = [
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<h5",
    "<h6",
    "<table",
    "<tr",
    "<ul",
    "<ol",
    "<li",
    "<dl",
    "<pre",
    "<blockquote",
    "<a ",
    "<img",
    "<summary",
];

/// Rewrites the blocks of HTML of a text.
pub fn markdown(written: Written) -> Written {
    if !has_parts(&written.text) {
        return written;
    }
    let mut out = Written::default();
    let mut done = 0;
    for block in format::html_blocks(&written.text) {
        let Some(source) = written.text.get(block.clone()) else { continue };
        if block.start < done || source.trim_start().starts_with("<!--") || !has_parts(source) {
            continue;
        }
        let made = html::fragment(source);
        if !holds(&made.text, &format::html_text(source)) {
            continue;
        }
        out.append(&written, done..block.start);
        let here =
            |out: &mut Written| out.origin.push((out.text.len(), written.source(block.start)));
        here(&mut out);
        for name in format::html_names(source) {
            if name.contains(['"', '<', '>', '\n']) {
                continue;
            }
            out.text.extend(["<a id=\"", &*name, "\"></a>"]);
        }
        out.text.push_str("\n\n");
        let start = out.text.len();
        let origin = made.origin.iter();
        let place = |inside: usize| written.source((block.start + inside).min(block.end));
        out.origin.extend(origin.map(|(text, inside)| (start + text, place(*inside))));
        out.text.push_str(&made.text);
        here(&mut out);
        out.text.push_str("\n\n");
        done = block.end;
    }
    if done == 0 {
        return written;
    }
    out.append(&written, done..written.text.len());
    out
}

fn has_parts(text: &str) -> bool {
    let is_part = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        PARTS.iter().any(|part| {
            rest.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part))
        })
    };
    memchr::memchr_iter(b'<', text.as_bytes()).any(is_part)
}

/// Whether all letters of some words stand in a text, in their order: nothing was left out.
fn holds(text: &str, words: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let words = words.replace("[image: ", "");
    words.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> String {
        markdown(Written::slice(source, 0..source.len())).text
    }

    #[test]
    fn headings_lists_and_links_are_those_of_the_document() {
        let source = "<h1 align=\"center\">\n  A <i>b</i>\n</h1>\n\n<p><a href=\"u\"><img src=\"s\" alt=\"logo\"></a></p>\n\ntext\n";
        let out = read(source);
        assert!(out.trim_start().starts_with("# A _b_\n"), "{out}");
        assert!(out.contains("[![logo](s)](u)"), "{out}");
        assert!(out.ends_with("\n\ntext\n"), "{out}");
        let out = read("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
        assert!(out.contains("- one\n- two"), "{out}");
        let out = read(
            "a\n\n<table id=\"t\"><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>\n",
        );
        assert!(out.contains("<a id=\"t\"></a>") && out.contains("| x"), "{out}");
    }

    #[test]
    fn what_has_no_parts_stays() {
        for source in [
            "<div>\n\ntext\n\n</div>\n",
            "<!-- <h1>x</h1> -->\n",
            "a <b>c</b> <a href=\"x\">y</a>\n",
            "```\n<ul>\n```\n",
            "- <ul><li>x</li></ul>\n",
            // What HTML hides here is not left out.
            "<ul hidden><li>secret</li></ul>\n",
        ] {
            assert_eq!(read(source), source);
        }
    }

    #[test]
    fn links_know_their_place() {
        let source = "é\n\n<p>see <a href=\"m\">l</a></p>\n";
        let out = markdown(Written::slice(source, 0..source.len()));
        let at = out.source(out.text.find("[l]").unwrap());
        assert_eq!(source.get(at..at + 2), Some("<a"));
    }
}
