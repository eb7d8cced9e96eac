//! Elements as Markdown.

use super::{markdown, read, squeezed, text, words};

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
fn what_stands_over_all_columns_stands_above_the_table() {
    let page = "<table><tr><th colspan=2>Lake<tr><td colspan=2><img src=/i/lake.jpg><br>In winter\
        <tr><th>Depth<td>41 m<tr><td colspan=2>end</table>";
    assert_eq!(
        markdown(page),
        "**Lake**\n\n![](/i/lake.jpg)\\\nIn winter\n\n|  |  |\n|-|-|\n| **Depth** | 41 m |\n| end |  |"
    );
    let whole = "<table><tr><td colspan=2>a<tr><td colspan=2>b</table>";
    assert!(markdown(whole).contains('a'));
}

#[test]
fn a_caption_that_says_what_its_image_says_is_said_once() {
    let figure = |caption: &str| {
        markdown(&format!(
            "<figure><img src=a alt='A map'><figcaption aria-hidden=true>{caption}</figcaption></figure>"
        ))
    };
    assert_eq!(figure("A  map"), "![A map](a)");
    assert_eq!(figure("A map of it"), "![A map](a)\n\n_A map of it_");
    let two = "<figure><img src=a alt=A><img src=b alt=B><figcaption>A</figcaption></figure>";
    assert!(markdown(two).ends_with("_A_"));
}

#[test]
fn formulas_are_their_source_or_one_line() {
    let math = "<math><semantics><mfrac><mn>1</mn><mn>2</mn></mfrac>";
    let tex = "<annotation encoding='application/x-tex'>\\frac12</annotation></semantics></math>";
    assert_eq!(markdown(&[math, tex].concat()), "\\\\frac12");
    assert_eq!(markdown(&[math, "</semantics></math>"].concat()), "(1/2)");
}

#[test]
fn terms_without_definitions_are_a_list() {
    let toc =
        "<dl><dt><a href=a>A</a><dd><dl><dt><a href=b>B</a><dt><a href=c>C</a></dl><dt>D</dl>";
    assert_eq!(markdown(toc), "- [**A**](a)\n\n  - [B](b)\n  - [C](c)\n- **D**");
}
