//! Headings, cards, links and the places that links may name.

use super::super::html;
use super::{codes, markdown, read, text, titles};
use crate::import::{Naming, Split};

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
    let link = briefing.cards[0].sections[0].text.links().next().unwrap();
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
    let link = briefing.cards[0].sections[0].text.links().next().unwrap();
    assert_eq!(&page[link.span.start as usize..link.span.end as usize], "<a href=y>z</a>");
    assert_eq!(link.span.position.line, 3);
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
fn a_heading_that_repeats_the_title_starts_no_second_card() {
    let long = "word ".repeat(1_000);
    let page = format!(
        "<title>T</title><p>Edition 1<h1>T</h1><p>{long}<h2>A</h2><p>x<h1>U</h1><h1>U</h1><p>y"
    );
    let (briefing, _) = read(&page);
    assert_eq!(titles(&briefing), ["0T", "1A", "1U"]);
    assert!(text(&briefing, 0).starts_with("Edition 1\n\nword"));
    assert_eq!(text(&briefing, 2), "y");
}

#[test]
fn who_wrote_a_page_is_no_section_of_it() {
    let page = "<h1>T</h1><h2 class=subtitle>On ropes</h2><h3 class=author>A B</h3><p>x";
    let (all, _) = html(page.as_bytes(), "p.html", Naming::Among, Split::All);
    assert_eq!(titles(&all), ["0T"]);
    assert_eq!(text(&all, 0), "**On ropes**\n\n**A B**\n\nx");
}

#[test]
fn a_page_that_has_moved_says_where_to() {
    let to = |content: &str, text: &str| {
        let page = format!("<meta http-equiv=Refresh content=\"{content}\"><p>{text}");
        let (briefing, _) = html(page.as_bytes(), "a/p.html", Naming::Among, Split::Auto);
        briefing.redirects.first().map(|(from, to)| format!("{from} {to}"))
    };
    let moved = |path: &str| Some(format!("a/p.html {path}"));
    assert_eq!(to("0; url=b.html#x", "Moved."), moved("a/b.html#x"));
    assert_eq!(to("5;URL='../c.html'", ""), moved("c.html"));
    assert_eq!(to("0;b.html", ""), moved("a/b.html"));
    for (content, text) in [
        ("300", "x"),
        ("0; url=p.html", "x"),
        ("0; url=https://a.example/", "x"),
        ("0; url=../../b.html", "x"),
        ("0; url=b.html", &*"A long page. ".repeat(40)),
    ] {
        assert_eq!(to(content, text), None, "{content}");
    }
}
