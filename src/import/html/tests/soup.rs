//! Pages that are no good HTML, and pages made by chance.

use super::super::Page;
use super::{all, markdown, read, squeezed, text, visible, words};
use proptest::prelude::*;

#[test]
fn what_is_left_open_is_closed_as_in_a_browser() {
    assert_eq!(markdown("<p>a<p>b<div>c<p>d</div>e"), "a\n\nb\n\nc\n\nd\n\ne");
    assert_eq!(markdown("<p><b>a<i>b</b>c</i>d</br>e"), "**ab**cd\\\ne");
    assert_eq!(markdown("<ul><li>a</div></p><li>b</ul></span>c"), "- a\n- b\n\nc");
    assert_eq!(markdown("<table><tr><td>a</div><td>b</table>"), "|  |  |\n|-|-|\n| a | b |");
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
