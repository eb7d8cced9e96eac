//! Markdown into blocks: `CommonMark` with tables, footnotes, task lists, callouts and wiki links.
//! Everything that will be drawn becomes printable here.

mod bare;
mod build;
mod drawn;
mod events;
mod html;
mod inline;
mod links;
mod marked;
mod math;
mod relink;
mod scan;
mod see_also;
mod summary;
mod tags;
mod words;

pub use html::text as html_text;
pub use links::{links, target};
pub use marked::{MARK, Within, pairs};
pub use relink::relink;
pub use scan::{Definition, Scan, html_blocks, html_names, scan};
pub use summary::{Entry, summary};
pub use words::{Titles, sentence_words, words};

use crate::model::{Block, Body, Heading, Phrase};
use drawn::Drawn;
use events::events;
use pulldown_cmark::Options;

/// The dialect. Named one by one: a new version must not change what a text means.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// Reads a text of many blocks.
pub fn body(source: &str) -> Body {
    let events = Drawn::new(events(source).map(|(event, _)| event));
    if bare::may_stand_in(source) {
        build::body(bare::Linked::new(events))
    } else {
        build::body(events)
    }
}

/// The headings of a text, wherever they stand.
pub fn headings(source: &str) -> Vec<Heading> {
    fn collect(blocks: Vec<Block>, out: &mut Vec<Heading>) {
        for block in blocks {
            match block {
                Block::Heading(heading) => out.push(heading),
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => {
                    collect(blocks, out);
                }
                Block::List { items, .. } => {
                    for item in items {
                        collect(item.blocks, out);
                    }
                }
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    if source.contains(['#', '=', '-']) {
        collect(body(source).blocks, &mut out);
    }
    out
}

/// Reads a text of one paragraph: no block starts in it, whatever its lines begin with.
pub fn sentence(source: &str) -> (Vec<Phrase>, Body) {
    // A word in front keeps `2026.` from starting a list and `#` from starting a heading.
    const GUARD: &str = "x ";
    let line = source.trim().replace(['\n', '\r'], " ");
    let mut body = body(&format!("{GUARD}{line}"));
    let mut phrases = match body.blocks.first_mut() {
        Some(Block::Paragraph(phrases)) => std::mem::take(phrases),
        _ => Vec::new(),
    };
    body.blocks.clear();
    if let Some(first) = phrases.first_mut() {
        let rest = first.text.as_printable();
        first.text = rest.slice(GUARD.len().min(rest.len())..rest.len()).into();
    }
    phrases.retain(|p| !p.text.is_empty());
    (phrases, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Item, Marks, Target};

    /// A short notation for blocks, to compare with.
    fn shape(source: &str) -> String {
        blocks(&body(source).blocks)
    }

    fn blocks(list: &[Block]) -> String {
        list.iter().map(block).collect::<Vec<_>>().join(" ")
    }

    fn block(block: &Block) -> String {
        match block {
            Block::Paragraph(phrases) => format!("p({})", words(phrases)),
            Block::Heading(h) => format!("h{}#{}({})", h.level, h.anchor, words(&h.text)),
            Block::List { first, items } => {
                let items: Vec<_> = items
                    .iter()
                    .map(|Item { task, blocks: b }| {
                        let task = task.map_or("", |done| if done { "[x]" } else { "[ ]" });
                        format!("{task}{}", blocks(b))
                    })
                    .collect();
                let first = first.map_or(String::new(), |n| n.to_string());
                format!("list{first}({})", items.join(" | "))
            }
            Block::Quote { callout, blocks: b } => {
                let callout = callout.as_ref().map_or(String::new(), |c| {
                    let title = c.title.as_ref().map_or("", |t| t.as_str());
                    format!("!{}:{title}", c.kind)
                });
                format!("quote{callout}({})", blocks(b))
            }
            Block::Code { language, text } => {
                format!("code:{}({})", language.as_ref().map_or("", |l| l.as_str()), text.as_str())
            }
            Block::Table { rows, .. } => {
                let rows: Vec<_> = rows
                    .iter()
                    .map(|row| row.iter().map(|c| words(c)).collect::<Vec<_>>().join(","))
                    .collect();
                format!("table({})", rows.join(" | "))
            }
            Block::Footnote { label, blocks: b } => format!("note {label}({})", blocks(b)),
            Block::Rule => "rule".into(),
        }
    }

    fn words(phrases: &[Phrase]) -> String {
        phrases
            .iter()
            .map(|p| {
                let Marks { emphasis, strong, strike, code, highlight, note } = p.marks;
                let marks: String = [
                    (emphasis, '*'),
                    (strong, '!'),
                    (strike, '~'),
                    (code, '`'),
                    (highlight, '='),
                    (note, '^'),
                ]
                .iter()
                .filter_map(|(on, sign)| on.then_some(*sign))
                .collect();
                let link = p.link.map_or(String::new(), |l| format!("@{l}"));
                if marks.is_empty() && link.is_empty() {
                    p.text.to_string()
                } else {
                    format!("<{marks}{link} {}>", p.text.as_str())
                }
            })
            .collect()
    }

    #[test]
    fn reads_paragraphs_and_marks() {
        assert_eq!(shape("a *b* **c `d`**\ne"), "p(a <* b> <! c ><!` d> e)");
        assert_eq!(shape("~~gone~~  \nnew line"), "p(<~ gone>\nnew line)");
    }

    #[test]
    fn reads_headings_with_anchors_that_differ() {
        assert_eq!(shape("# One\n## One\n### Two {#own}"), "h1#one(One) h2#one-1(One) h3#own(Two)");
    }

    #[test]
    fn reads_lists_tight_loose_nested_and_tasks() {
        assert_eq!(shape("- a\n- b\n  1. c\n  2. d\n"), "list(p(a) | p(b) list1(p(c) | p(d)))");
        assert_eq!(shape("3. a\n\n4. b\n\n   more"), "list3(p(a) | p(b) p(more))");
        assert_eq!(shape("- [x] done\n- [ ] open"), "list([x]p(done) | [ ]p(open))");
    }

    #[test]
    fn reads_quotes_and_callouts() {
        assert_eq!(shape("> a\n> > b"), "quote(p(a) quote(p(b)))");
        assert_eq!(shape("> [!NOTE]\n> Take care."), "quote!note:(p(Take care.))");
        assert_eq!(shape("> [!custom]- My title\n> Text"), "quote!custom:My title(p(Text))");
        assert_eq!(shape("> [!tip] Alone"), "quote!tip:Alone()");
    }

    #[test]
    fn reads_code_tables_rules_and_footnotes() {
        assert_eq!(shape("```rust\nfn a() {}\n\tb\n```"), "code:rust(fn a() {}\n    b)");
        assert_eq!(shape("    indented"), "code:(indented)");
        assert_eq!(shape("|a|b|\n|-|-|\n|1|*2*|"), "table(a,b | 1,<* 2>)");
        assert_eq!(
            shape("a[^1]\n\n[^1]: note\n\nb\n\n---"),
            "p(a<^@0 1>) p(b) rule note 1(p(note))"
        );
    }

    #[test]
    fn reads_links_of_all_forms() {
        let source =
            "[[a]] [[b#c|d]] [e](f.md#g) <https://h.i> [j][k] [[#l]] [[m/n]]\n\n[k]: mailto:o@p.q";
        let body = body(source);
        let card = |name: &str, heading: Option<&str>| Target::Card {
            name: name.into(),
            heading: heading.map(Into::into),
        };
        let targets: Vec<_> = body.links.iter().map(|l| l.target.clone()).collect();
        assert_eq!(
            targets,
            [
                card("a", None),
                card("b", Some("c")),
                Target::Path("f.md#g".into()),
                Target::Web("https://h.i".into()),
                Target::Web("mailto:o@p.q".into()),
                card("", Some("l")),
                card("m/n", None),
            ]
        );
        let labelled: Vec<_> = body.links.iter().map(|l| l.labelled).collect();
        assert_eq!(labelled, [false, true, true, true, true, false, false]);
        assert_eq!(shape("[[b|*d* e]]"), "p(<*@0 d><@0  e>)");
    }

    #[test]
    fn a_piped_wikilink_in_a_table_keeps_its_target() {
        let body = body("|a|\n|-|\n|[[t\\|u]]|");
        let Target::Card { name, .. } = &body.links[0].target else { panic!() };
        assert_eq!(&**name, "t");
    }

    #[test]
    fn html_shows_its_text_only() {
        assert_eq!(shape("a <b>c</b><!-- d --> e<br>f"), "p(a c e\nf)");
        assert_eq!(
            shape("<div onclick=\"x\">\n<p>shown</p>\n<script>gone()</script>\n</div>"),
            "p(shown)"
        );
        assert_eq!(shape("<!-- nothing -->"), "");
    }

    #[test]
    fn links_written_as_tags_are_links() {
        assert_eq!(shape("a <a href=\"x.md\">b *c*</a> d"), "p(a <@0 b ><*@0 c> d)");
        assert_eq!(shape("<a href='x'>open\n\nnext"), "p(<@0 open>) p(next)");
        assert_eq!(links("<p><a href=\"x\">y</a><img src=\"z\"></p>").len(), 2);
    }

    #[test]
    fn images_show_their_words() {
        assert_eq!(shape("![a *map*](x.png)"), "p([image: a <* map>])");
        assert_eq!(shape("![](x.png)"), "p([image: x.png])");
    }

    #[test]
    fn entities_cannot_make_controls() {
        assert_eq!(shape("A &#27;[2J &#x202e;evil B"), "p(A ␛[2J ⟨RLO⟩evil B)");
        assert_eq!(shape("`\u{1b}[31m`"), "p(<` ␛[31m>)");
    }

    #[test]
    fn deep_nesting_is_shown_flat() {
        fn depth(blocks: &[Block]) -> usize {
            1 + blocks
                .iter()
                .map(|b| match b {
                    Block::Quote { blocks, .. } => depth(blocks),
                    Block::List { items, .. } => {
                        items.iter().map(|i| depth(&i.blocks)).max().unwrap_or(0)
                    }
                    _ => 0,
                })
                .max()
                .unwrap_or(0)
        }
        for source in [">".repeat(20_000) + " x", "- ".repeat(5_000) + "x", "![".repeat(20_000)] {
            let body = body(&source);
            assert!(depth(&body.blocks) < 70);
            assert!(format!("{:?}", body.blocks).contains('x') || source.starts_with('!'));
        }
    }

    #[test]
    fn a_sentence_is_one_paragraph_whatever_it_starts_with() {
        for text in ["2026. A year", "# 1 of 2", "- dash", "> quote", "```", "    code", "a\n\nb"] {
            let (phrases, _) = sentence(text);
            let want = text.trim().replace('\n', " ");
            assert_eq!(words(&phrases), want, "{text}");
        }
        let (phrases, body) = sentence("see [[x]] *now*");
        assert_eq!(words(&phrases), "see <@0 x> <* now>");
        assert_eq!(body.links.len(), 1);
        assert_eq!(words(&sentence("*a* b").0), "<* a> b");
        assert!(sentence("").0.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in "(\\PC|[\\[\\]()*_`#>|\\-!<&\n ]|\\[\\[|\\]\\]){0,80}") {
            let _ = body(&source);
            let _ = sentence(&source);
            let _ = links(&source);
        }
    }

    #[test]
    fn marked_words_are_highlighted() {
        let marked = |source: &str| {
            let (phrases, _) = sentence(source);
            let of = |p: &Phrase| {
                if p.marks.highlight {
                    format!("[{}]", p.text.as_str())
                } else {
                    p.text.to_string()
                }
            };
            phrases.iter().map(of).collect::<String>()
        };
        assert_eq!(marked("a ==b *c* `d`== e"), "a [b ][c][ ][d] e");
        assert_eq!(marked("[==w==](x.md) `==x==` a == b == c"), "[w] ==x== a == b == c");
        assert_eq!(marked("==a `b== c`"), "==a b== c");
        assert_eq!(marked("==[[a|b]]== ==x"), "[b] ==x");
    }
}
