//! Notes and the references to them.

use super::super::html;
use super::{markdown, text, titles};
use crate::import::{Naming, Split};

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
