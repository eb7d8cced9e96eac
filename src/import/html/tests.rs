//! Pages as cards: each rule with a small page of its own.

use super::content::Left;
use super::tag::Tag;
use super::{Page, html};
use crate::diagnostic::Diagnostic;
use crate::import::{Naming, Split};
use crate::model::{Block, Body, Briefing, Phrase};
use proptest::prelude::*;
use std::collections::HashSet;

fn read(page: &str) -> (Briefing, Vec<Diagnostic>) {
    html(page.as_bytes(), "page.html", Naming::Among, Split::Auto)
}

fn text(briefing: &Briefing, card: usize) -> &str {
    briefing.cards[card].sections.first().map_or("", |section| &section.text.source)
}

/// The Markdown of a page of one card.
fn markdown(page: &str) -> String {
    let (briefing, _) = read(page);
    assert_eq!(briefing.cards.len(), 1, "{page}");
    text(&briefing, 0).to_owned()
}

/// The titles and texts of all cards.
fn all(briefing: &Briefing) -> String {
    let cards = briefing.cards.iter().enumerate();
    cards.map(|(n, card)| [card.title.as_str(), " ", text(briefing, n), " "].concat()).collect()
}

fn titles(briefing: &Briefing) -> Vec<String> {
    briefing.cards.iter().map(|card| format!("{}{}", card.depth, card.title)).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| d.code).collect()
}

/// What a browser shows of the content of a page, as far as words go.
fn visible(page: &Page) -> String {
    let (tree, content) = (&page.tree, &page.content);
    let mut out = String::new();
    let is_line = |n: &usize| tree.tag(*n).is_some_and(|t| t.is_block() || t == Tag::Br);
    let ends: HashSet<usize> =
        (0..tree.nodes.len()).filter(is_line).map(|n| tree.nodes[n].end).collect();
    let mut node = content.root;
    while node < tree.inside(content.root).end {
        if ends.contains(&node) || is_line(&node) {
            out.push(' ');
        }
        if content.left[node].is_some() {
            node = tree.inside(node).end;
            continue;
        }
        out.push_str(tree.text_at(node).unwrap_or_default());
        node += 1;
    }
    out
}

/// The words of a text that was read from Markdown.
fn words(body: &Body) -> String {
    fn put(phrases: &[Phrase], out: &mut String) {
        out.extend(phrases.iter().map(|phrase| phrase.text.as_str()));
        out.push(' ');
    }
    fn add(blocks: &[Block], out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(phrases) => put(phrases, out),
                Block::Heading(heading) => put(&heading.text, out),
                Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| put(cell, out)),
                Block::List { items, .. } => items.iter().for_each(|item| add(&item.blocks, out)),
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => add(blocks, out),
                Block::Code { text, .. } => {
                    out.push_str(text);
                    out.push(' ');
                }
                Block::Rule => {}
            }
        }
    }
    let mut out = String::new();
    add(&body.blocks, &mut out);
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn content_is_main_then_the_longest_article_then_all() {
    let main = "<body><p>out<main><p>in</main><article><p>a longer article</article>";
    assert_eq!(markdown(main), "in");
    let article = "<p>out<article><p>short</article><article><p>the longer one</article>";
    assert_eq!(markdown(article), "the longer one");
    assert_eq!(markdown("<p>out<div role=main><p>in</div>"), "in");
    assert_eq!(markdown("<p>a<div><p>b</div>"), "a\n\nb");
}

#[test]
fn what_serves_to_get_around_is_left_out() {
    let page = "<nav>n</nav><aside>a</aside><div class='x sidebar'>s</div><ul class=breadcrumbs><li>b</ul>\
        <div role=navigation>r</div><form>f</form><footer>f</footer><div class='cookie'>c</div>\
        <div class=left-menu><a href=x>m</a></div><select><option>o</select><button>b</button><p>text";
    assert_eq!(markdown(page), "text");
    let kept = "<p id=menu>one<p class=has-sidebar>two<h2 class=toc>three</h2><div class=menu-card>four</div>\
        <div class=sidebar><h1>five</h1></div><blockquote>six<footer>seven</footer></blockquote>\
        <aside class=footnote>eight</aside><form><h2>nine</h2><p>ten</form>";
    let (briefing, _) = read(kept);
    let all = all(&briefing);
    for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] {
        assert!(all.contains(word), "{word}: {all}");
    }
    assert_eq!(markdown("<nav><a href=a.html>only</a></nav>"), "[only](a.html)");
}

#[test]
fn hidden_text_is_left_out_and_told() {
    let (briefing, found) = read(
        "<p>seen<p style='color:red; DISPLAY : none !important'>one two<p hidden>three<p aria-hidden=true>¶",
    );
    assert_eq!(text(&briefing, 0), "seen");
    assert_eq!(codes(&found), ["hidden-text"]);
    assert_eq!(found[0].message.as_str(), "3 hidden words left out: `one two … three`");
    assert_eq!(found[0].span.unwrap().start, 7);
}

#[test]
fn programs_and_styles_never_show_and_redirects_are_told() {
    let (briefing, found) = read(
        "<head><meta http-equiv=refresh content='0;url=x'><base href=//e.example><style>p{}</style></head>\
         <body onload=x()><script>document.write('<p>x')</script><template>t</template><!-- c --><p>text",
    );
    assert_eq!(text(&briefing, 0), "text");
    assert_eq!(codes(&found), ["redirect", "redirect"]);
    assert_eq!(found[0].file.as_deref(), Some(std::path::Path::new("page.html")));
    assert!(codes(&read("<p>a&#27;[2J &#x202e;b").1).contains(&"hidden-characters"));
}

#[test]
fn headings_become_cards_as_those_of_markdown_do() {
    let long = "word ".repeat(1_000);
    let page = format!(
        "<html lang=de><title>T - Site</title><h1>T</h1><p>intro<h2 id=a>A</h2><p>{long}<h3>A1</h3><h2>B</h2>\
         <blockquote><h2 id=q>quoted</h2></blockquote>"
    );
    let (briefing, found) = read(&page);
    assert_eq!(titles(&briefing), ["0T", "1A", "2A1", "1B"]);
    assert!(found.is_empty());
    assert_eq!(briefing.title.as_str(), "T");
    assert_eq!(briefing.language.as_ref().map(crate::text::Printable::as_str), Some("de"));
    assert_eq!(briefing.cards[1].id.as_str(), "page#a");
    assert_eq!(text(&briefing, 3), "> ## quoted {#q}");
    let titled = read("<title>Only &amp; title</title><p>x").0;
    assert_eq!(titled.cards[0].title.as_str(), "Only & title");
    let (all, _) = html(b"<h1>T</h1><h2>A</h2><h3>B</h3>", "p.html", Naming::Among, Split::All);
    assert_eq!(titles(&all), ["0A", "1B"]);
    assert_eq!(read("<p>x").0.cards[0].title.as_str(), "page");
}

#[test]
fn a_number_before_a_heading_belongs_to_it() {
    let page = "<h1>Act</h1><p>x<p>Section 1.<h2>Name</h2><p>y<h2>Chapter IV</h2><h3>Start</h3><p>z<p>Section 9.<p>w";
    let (briefing, _) = html(page.as_bytes(), "p.html", Naming::Alone, Split::Auto);
    assert_eq!(titles(&briefing), ["0Act", "1Section 1. Name", "1Chapter IV: Start"]);
    assert_eq!(text(&briefing, 2), "z\n\nSection 9.\n\nw");
}

#[test]
fn links_stay_as_written_and_names_lead_to_their_card() {
    let page = "<h1 id=top>T</h1><p id=i>x <a href='b%20c/d.html?q=1&amp;copy=2#f'>to</a> <a href='javascript:x()'>no</a>\
        <a href='a b(1).html'>sp</a><section id=s><h2>A</h2><p>y<h3 id='odd }id'>In</h3><p><a name=old>z</a></section>";
    let (briefing, _) = html(page.as_bytes(), "p/page.html", Naming::Alone, Split::Auto);
    assert_eq!(text(&briefing, 0), "x [to](b%20c/d.html?q=1\\&copy=2#f) no[sp](<a b\\(1\\).html>)");
    let link = briefing.cards[0].sections[0].text.links.get(0).unwrap();
    let (start, end) = (link.span.start as usize, link.span.end as usize);
    assert_eq!(&page[start..end], "<a href='b%20c/d.html?q=1&amp;copy=2#f'>to</a>");
    assert!(
        matches!(&link.target, crate::model::Target::Path(path) if &**path == "b%20c/d.html?q=1&copy=2#f")
    );
    assert_eq!(text(&briefing, 1), "y\n\n### In {#odd--id}\n\nz");
    let part = &briefing.parts[0];
    assert_eq!((&*part.path, part.cards.clone()), ("p/page.html", 0..2));
    let anchors: Vec<_> =
        part.anchors.iter().map(|a| (&*a.name, a.card, a.heading.as_deref())).collect();
    let inside = Some("odd--id");
    let want = [
        ("top", 0, None),
        ("i", 0, None),
        ("s", 1, None),
        ("odd }id", 1, inside),
        ("old", 1, inside),
    ];
    assert_eq!(anchors, want);
}

#[test]
fn places_are_bytes_of_the_decoded_text() {
    let page = "<p>é\r\n\r\nü &amp; <b>x</b> <a href=y>z</a>";
    let (briefing, _) = read(page);
    let link = briefing.cards[0].sections[0].text.links.get(0).unwrap();
    assert_eq!(&page[link.span.start as usize..link.span.end as usize], "<a href=y>z</a>");
    assert_eq!(link.span.position.line, 3);
}

#[test]
fn text_is_escaped_so_that_markdown_draws_it() {
    for shown in [
        "*a* _b_ `c` [d] <e> ~f~ g|h !i \\j #k snake_case 1*2",
        "# no heading",
        "2026. A year",
        "1) one",
        "- dash",
        "+ plus",
        "> quote",
        "=====",
        "---",
        "~~~",
        "```",
        "[x]: y",
        "[^1]: z",
        "| a | b |",
        "&copy; &#35;",
        "![a](b)",
        "***",
        "_ _ _",
        "a  b",
        "<br>",
        "http://x.example/a_b_c",
        "[[wiki]]",
        "{#id}",
        ":-",
        "é*ü*",
    ] {
        let escaped = shown.replace('&', "&amp;").replace('<', "&lt;");
        for (before, after) in [
            ("<p>", ""),
            ("<ul><li>", ""),
            ("<h1>t</h1><p>x<h2>", "</h2>y"),
            ("<table><tr><td>", "<td>2<tr><td>3<td>4</table>"),
            ("<blockquote>", ""),
        ] {
            let page = format!("{before}{escaped}{after}");
            let (briefing, _) = read(&page);
            let drawn = briefing.cards.iter().flat_map(|card| &card.sections);
            let drawn: String =
                drawn.map(|s| words(&crate::format::body(&s.text.source))).collect();
            assert!(
                squeezed(&drawn).contains(&squeezed(shown)),
                "{page}\n{drawn}\n{:?}",
                text(&briefing, 0)
            );
        }
    }
}

#[test]
fn lines_that_end_in_a_break_start_nothing() {
    assert_eq!(
        markdown("<p>a | b<br>--- | ---<br>1. c<br># d"),
        "a | b\\\n\\--- | ---\\\n1\\. c\\\n\\# d"
    );
    assert_eq!(markdown("<p>a<br><br>b<br>"), "a\n\nb");
}

#[test]
fn marks_are_fitted_to_what_markdown_can_say() {
    assert_eq!(markdown("<p>a<b> b </b>c <i>d</i>"), "a **b** c _d_");
    assert_eq!(markdown("<p><b>Note:</b>text (<b>(x)</b>)"), "**Note**:text (**(x)**)");
    assert_eq!(markdown("<p>x<i>y</i>z <s>old</s> <b><i>both</i></b>"), "x*y*z ~~old~~ **_both_**");
    assert_eq!(markdown("<p>foo<b>(bar)</b>baz <b> </b>"), "foo(**bar**)baz");
    assert_eq!(
        markdown("<p><span style='font-weight:bold'>b</span> <b style='font-weight:normal'>n</b>"),
        "**b** n"
    );
}

#[test]
fn small_elements_keep_their_meaning() {
    assert_eq!(
        markdown("<p>H<sub>2</sub>O 10<sup>-3</sup> 1<sup>st</sup> x<sup>k+1</sup>"),
        "H₂O 10⁻³ 1st x^(k+1)"
    );
    assert_eq!(
        markdown(
            "<p><kbd>Ctrl</kbd> <code>a`b</code> <q>c</q> <ruby>漢<rp>(</rp><rt>kan</rt></ruby>"
        ),
        "`Ctrl` ``a`b`` “c” 漢(kan)"
    );
    assert_eq!(
        markdown(
            "<p><abbr title='World Wide Web'>WWW</abbr>, <abbr title='World Wide Web'>WWW</abbr>"
        ),
        "WWW (World Wide Web), WWW"
    );
    assert_eq!(
        markdown("<p><time datetime=2026-01-03>3 Jan</time><wbr> <mark>m</mark>"),
        "3 Jan m"
    );
    assert_eq!(markdown("<p><math><mi>x</mi><annotation encoding=tex>n</annotation></math>"), "x");
}

#[test]
fn images_show_their_words_and_figures_their_captions() {
    assert_eq!(
        markdown("<figure><img src='a b.png' alt='A [map]'><figcaption>Cap</figcaption></figure>"),
        "![A \\[map\\]](<a b.png>)\n\n_Cap_"
    );
    assert_eq!(
        markdown("<p>x <img src=spacer.gif alt=''><img src='data:x' alt='D'>"),
        "x ![D](<>)"
    );
    assert_eq!(markdown("<svg><title>Logo</title><path/></svg>"), "![Logo](<>)");
    assert_eq!(markdown("<a href=big.png><img src=small.png></a>"), "[![](small.png)](big.png)");
}

#[test]
fn lists_nest_and_count_as_in_a_browser() {
    assert_eq!(
        markdown("<ul><li>a<li>b<ol start=3><li>c<li>d</ol><li><p>e<p>f</ul>"),
        "- a\n- b\n\n  3. c\n  4. d\n- e\n\n  f"
    );
    assert_eq!(markdown("<ol><li>a<li value=7>b</ol><ol><li>c</ol>"), "1. a\n\n7) b\n\n1. c");
    assert_eq!(
        markdown("<ul><li><input type=checkbox checked> done<li></ul><ul><li>other</ul>"),
        "- [x] done\n\n+ other"
    );
    assert_eq!(
        markdown("<dl><dt>T<dd>one<dd>two<dt>U<dt>V<dd>x</dl>"),
        "- **T**\n\n  one\n\n  two\n- **U**\n\n  **V**\n\n  x"
    );
}

#[test]
fn code_keeps_its_lines_and_its_language() {
    assert_eq!(
        markdown("<pre><code class='hljs language-rust'>\nfn a() {\n    b\n}\n\n</code></pre>"),
        "```rust\nfn a() {\n    b\n}\n```"
    );
    assert_eq!(
        markdown(
            "<div class='highlight-python3 notranslate'><div class=highlight><pre>a &lt; b<br>```</pre></div></div>"
        ),
        "````python3\na < b\n```\n````"
    );
    assert_eq!(markdown("<pre>  a\n<span class=lineno>1</span>b</pre>"), "```\n  a\nb\n```");
}

#[test]
fn tables_of_data_are_tables() {
    assert_eq!(
        markdown(
            "<table><caption>Cap</caption><tr><th>A<th align=right>B|<tr><td rowspan=2>1<td>2<br>3<tr><td><ul><li>x<li>y</ul></table>"
        ),
        "Cap\n\n| A | B\\| |\n|-|-:|\n| 1 | 2<br>3 |\n|  | • x<br>• y |"
    );
    assert_eq!(
        markdown("<table><tr><td colspan=2>a<td>b<tr><th>c<td>d<td><code>e|f</code></table>"),
        "|  |  |  |\n|-|-|-|\n| a |  | b |\n| **c** | d | `e\\|f` |"
    );
    assert_eq!(
        markdown("<table><tr><td colspan=99999 rowspan=99999>a<td>b</table>").lines().count(),
        3
    );
}

#[test]
fn tables_that_lay_out_a_page_are_what_is_in_them() {
    assert_eq!(markdown("<table><tr><td>one<tr><td>two</table>"), "one\n\ntwo");
    assert_eq!(markdown("<table role=presentation><tr><td>a<td>b</table>"), "a\n\nb");
    let nested = "<table><tr><td>side<td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>";
    assert_eq!(markdown(nested), "side\n\n| A | B |\n|-|-|\n| 1 | 2 |");
}

#[test]
fn notes_stand_below_the_card_that_refers_to_them() {
    let page = "<h1>T</h1><p>x<sup id=r1><a href='#n1'>[1]</a></sup><h2>A</h2><p>y<a role=doc-noteref href='#n2'>*</a>\
        <section class=footnotes><hr><ol><li id=n1>First <a href='#r1'>↩</a><li id=n2>Second <a href='#r2' role=doc-backlink>b</a></ol></section>";
    let (briefing, _) = html(page.as_bytes(), "p.html", Naming::Alone, Split::Auto);
    assert_eq!(text(&briefing, 0), "x[^1]\n\n[^1]: First");
    assert_eq!(text(&briefing, 1), "y[^2]\n\n[^2]: Second");
    let cards: Vec<_> = briefing.parts[0].anchors.iter().map(|a| (&*a.name, a.card)).collect();
    assert_eq!(cards, [("r1", 0), ("n1", 0), ("n2", 1)]);
    assert_eq!(
        markdown("<p>2<sup><a href='#e'>3</a></sup><div id=e>not a note</div>"),
        "2[3](#e)\n\nnot a note"
    );
}

#[test]
fn a_section_of_nothing_but_notes_is_no_card() {
    let page = "<h1>T</h1><p>x<sup id=r><a href='#n'>[1]</a></sup><h2 id=refs>References</h2>\
        <ol class=references><li id=n><a href='#r'>^</a> Note</ol>";
    let (briefing, _) = html(page.as_bytes(), "p.html", Naming::Alone, Split::Auto);
    assert_eq!(titles(&briefing), ["0T"]);
    assert_eq!(text(&briefing, 0), "x[^1]\n\n[^1]: Note");
    let anchors: Vec<_> = briefing.parts[0].anchors.iter().map(|a| (&*a.name, a.card)).collect();
    assert_eq!(anchors, [("r", 0), ("refs", 0), ("n", 0)]);
}

#[test]
fn signs_for_copying_an_address_are_no_text() {
    let page = "<h1>T<a href='#t'>¶</a></h1><p>a <a href='#b'>§</a><h2>B <a class=headerlink href='#b'>link</a></h2>y";
    let (briefing, _) = html(page.as_bytes(), "p.html", Naming::Alone, Split::Auto);
    assert_eq!(titles(&briefing), ["0T", "1B"]);
    assert_eq!(text(&briefing, 0), "a");
    let formula = "<p>a <span style='display:none'><math alttext=x></math></span><img aria-hidden=true alt='{\\displaystyle E=m}' src=e.svg>";
    assert_eq!(markdown(formula), "a E=m");
}

#[test]
fn what_is_left_open_is_closed_as_in_a_browser() {
    assert_eq!(markdown("<p>a<p>b<div>c<p>d</div>e"), "a\n\nb\n\nc\n\nd\n\ne");
    assert_eq!(markdown("<p><b>a<i>b</b>c</i>d</br>e"), "**ab**cd\\\ne");
    assert_eq!(markdown("<ul><li>a</div></p><li>b</ul></span>c"), "- a\n- b\n\nc");
    assert_eq!(markdown("<table><tr><td>a</div><td>b</table>"), "|  |  |\n|-|-|\n| a | b |");
}

#[test]
fn what_is_no_html_makes_no_card() {
    let (briefing, found) = read("%PDF-1.4\n\0\u{1}");
    assert!(briefing.cards.is_empty());
    assert_eq!(codes(&found), ["not-html"]);
    assert_eq!(markdown("just text"), "just text");
    assert_eq!(markdown(""), "");
}

#[test]
fn hostile_pages_take_linear_time() {
    for (open, close) in [
        ("<div>", "</b>"),
        ("<ul><li>", "</p>"),
        ("<b><i>", "</i>"),
        ("<table><tr><td>", "</div>"),
        ("<blockquote>", "</li>"),
        ("<dl><dt>", "</dt>"),
        ("<a href=#x><sup>", ""),
        ("<h1>", ""),
        ("<sup>", "</sup>"),
        ("<table>", "x"),
        ("<svg>", ""),
        ("<p><span>", "</p>"),
        ("<ruby><rt>", ""),
    ] {
        let page = format!("{}deep{}", open.repeat(20_000), close.repeat(20_000));
        let (briefing, _) = read(&page);
        let all = all(&briefing);
        assert!(all.contains("deep"), "{open}");
    }
}

#[test]
fn left_out_is_known_for_each_node() {
    let page = Page::read("<p>a<nav>b</nav><p hidden>c", "p.html", false);
    let left: Vec<_> = page.content.left.iter().flatten().collect();
    assert_eq!(left, [&Left::Chrome, &Left::Hidden]);
}

/// Markup that makes sense here and there.
fn soup() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "p",
        "b",
        "i",
        "a href=x",
        "ul",
        "li",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "div",
        "blockquote",
        "pre",
        "code",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
        "s",
        "sup",
        "sub",
        "span",
        "section",
        "q",
    ]);
    let piece = prop_oneof![
        3 => tags.clone().prop_map(|tag| format!("<{tag}>")),
        2 => tags.prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or_default())),
        4 => "[a-hé ]{1,6}",
        2 => "[*_`\\[\\]()#>|~!:.=\\\\+0-9 -]{1,4}",
        1 => prop::sample::select(vec!["&lt;", "&amp;", "&#27;", "\n", "&nbsp;", "<!-- -->", "<", "&"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn never_panics(page in "(\\PC|<[a-z]{1,4}|</[a-z]{1,3}>|[<>&=\"'/ \n-]){0,60}") {
        let _ = read(&page);
    }

    #[test]
    fn marks_and_signs_change_no_word(page in "(<p>|<b>|</b>|<i>|</i>|<s>|</s>|<a href=x>|</a>|<code>|</code>|[ab ]|[*_`.!(~-]){0,30}") {
        let shown: String = visible(&Page::read(&page, "p.html", false));
        let (briefing, _) = read(&page);
        let drawn: String = (0..briefing.cards.len()).map(|card| words(&crate::format::body(text(&briefing, card)))).collect();
        prop_assert_eq!(squeezed(&drawn).replace(' ', ""), squeezed(&shown).replace(' ', ""), "{}\n{}", page, text(&briefing, 0));
    }

    #[test]
    fn every_word_is_in_some_card(page in soup()) {
        let (briefing, _) = read(&page);
        let mut drawn = briefing.title.to_string();
        for (number, card) in briefing.cards.iter().enumerate() {
            let body = words(&crate::format::body(text(&briefing, number)));
            drawn.push_str(&[" ", card.title.as_str(), " ", &body].concat());
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let drawn = letters(&drawn);
        for word in visible(&Page::read(&page, "p.html", false)).split(|c: char| !c.is_alphabetic()) {
            prop_assert!(drawn.contains(word), "{word:?} of {page}\n{drawn}");
        }
    }
}
