//! Books as cards, with books made for each rule.

use super::epub;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{Naming, Split};
use crate::model::{Briefing, Kind, Target};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path='E/o.opf'/></rootfiles></container>";

/// A package file over the entries of `E/` that are named, in that order.
fn opf(extra: &str, names: &[&str]) -> String {
    let items = names.iter().enumerate().map(|(n, name)| {
        let properties = if *name == "nav.xhtml" { " properties='nav'" } else { "" };
        format!("<item id='i{n}' href='{name}' media-type='application/xhtml+xml'{properties}/>")
    });
    let items: String = items.collect();
    let spine: Vec<_> = (0..names.len()).map(|n| format!("<itemref idref='i{n}'/>")).collect();
    let spine = spine.concat();
    format!(
        "<?xml version='1.0'?><package><metadata xmlns:dc='d'>{extra}</metadata>\
         <manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
}

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A book of pages in `E/`.
fn book(extra: &str, pages: &[(&str, &str)]) -> Vec<u8> {
    let names: Vec<&str> = pages.iter().map(|(name, _)| *name).collect();
    let opf = opf(extra, &names);
    let paths: Vec<String> = names.iter().map(|name| format!("E/{name}")).collect();
    let mut entries = vec![("META-INF/container.xml", CONTAINER), ("E/o.opf", &opf)];
    entries.extend(paths.iter().zip(pages).map(|(path, (_, text))| (path.as_str(), *text)));
    zip(&entries)
}

fn read(bytes: &[u8]) -> (Briefing, Vec<Diagnostic>) {
    epub(bytes, "shelf/My Book.epub", Naming::Among, Split::Auto)
}

fn text(briefing: &Briefing, card: usize) -> &str {
    briefing.cards[card].sections.first().map_or("", |section| &section.text.source)
}

fn shape(briefing: &Briefing) -> Vec<String> {
    let card = |c: &crate::model::Card| format!("{} {} {}", c.depth, c.id, c.title);
    briefing.cards.iter().map(card).collect()
}

fn said(found: &[Diagnostic]) -> Vec<(Severity, &str, &str)> {
    found.iter().map(|d| (d.severity, d.code, d.message.as_str())).collect()
}

#[test]
fn a_book_says_what_it_is() {
    let meta = "<dc:title>T &amp; U</dc:title><dc:creator>A B</dc:creator><dc:creator>C</dc:creator>\
        <dc:publisher>P</dc:publisher><dc:language>en-GB</dc:language><dc:date>2021-03-16T22:46:04Z</dc:date>";
    let (briefing, found) = read(&book(meta, &[("a.xhtml", "<html><body><p>x</p></body></html>")]));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((briefing.id.as_str(), briefing.title.as_str()), ("my-book", "T & U"));
    assert_eq!(briefing.language.as_ref().unwrap().as_str(), "en-GB");
    let source = &briefing.sources[0];
    assert_eq!(source.author.as_ref().unwrap().as_str(), "A B, C");
    assert_eq!(source.publisher.as_ref().unwrap().as_str(), "P");
    assert_eq!(source.date.unwrap().to_string(), "2021-03-16");
    assert_eq!(source.file.as_ref().unwrap().as_str(), "My Book.epub");
}

#[test]
fn texts_stand_in_the_order_of_the_spine_named_by_the_contents() {
    let nav = "<html><body><nav epub:type='toc'><ol><li><a href='one.xhtml'>First</a><ol>\
        <li><a href='sub/two.xhtml#x'>Second</a></li></ol></li></ol></nav></body></html>";
    let (briefing, found) = read(&book(
        "<dc:title>T</dc:title>",
        &[
            (
                "cover.xhtml",
                "<html><head><title/></head><body><img src='c.png' alt='Cover'/></body></html>",
            ),
            ("nav.xhtml", nav),
            ("one.xhtml", "<html><body><p>one</p></body></html>"),
            (
                "sub/two.xhtml",
                "<html><body><h1>Own</h1><p>two <a href='../one.xhtml#p'>l</a></p></body></html>",
            ),
            ("sub/three.xhtml", "<html><body><p>three</p></body></html>"),
        ],
    ));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        shape(&briefing),
        [
            "0 shelf/My Book/one First",
            "1 shelf/My Book/sub/two Own",
            "1 shelf/My Book/sub/three three"
        ]
    );
    let parts: Vec<_> = briefing.parts.iter().map(|p| (&*p.path, p.cards.clone())).collect();
    let want = [
        ("E/cover.xhtml", 0..0),
        ("E/nav.xhtml", 0..0),
        ("E/one.xhtml", 0..1),
        ("E/sub/two.xhtml", 1..2),
        ("E/sub/three.xhtml", 2..3),
    ];
    assert_eq!(parts, want);
    let link = &briefing.cards[1].sections[0].text.links().next().unwrap().target;
    assert_eq!(*link, Target::Path("../one.xhtml#p".into()));
}

#[test]
fn the_older_table_of_contents_is_read_too() {
    let opf = opf("", &["a.xhtml"]).replace("<spine>", "<spine toc='n'>").replace(
        "</manifest>",
        "<item id='n' href='toc.ncx' media-type='application/x-dtbncx+xml'/></manifest>",
    );
    let ncx = "<ncx><navMap><navPoint><navLabel><text>Part</text></navLabel><content src='p.xhtml'/>\
        <navPoint><navLabel><text>Inner</text></navLabel><content src='a.xhtml'/></navPoint></navPoint></navMap></ncx>";
    let (briefing, _) = read(&zip(&[
        ("META-INF/container.xml", CONTAINER),
        ("E/o.opf", &opf),
        ("E/toc.ncx", ncx),
        ("E/a.xhtml", "<html><body><p>x</p></body></html>"),
    ]));
    assert_eq!(shape(&briefing), ["1 shelf/My Book/a Inner"]);
}

#[test]
fn terms_of_a_glossary_are_cards() {
    let page = "<html><body><section id='s'><h2>A</h2><p>About A.</p><dl><dt id='x'><dfn>One</dfn></dt>\
        <dd><p>first <a href='#y'>two</a></p></dd><dt id='y'><dfn>Two</dfn>, <i>n.</i></dt><dd><p>second</p></dd></dl>\
        <p>After.</p></section></body></html>";
    let (briefing, _) = read(&book("", &[("a.xhtml", page)]));
    let stem = "shelf/My Book/a";
    let want = [format!("0 {stem} A"), format!("1 {stem}#one One"), format!("1 {stem}#two Two")];
    assert_eq!(shape(&briefing), want);
    assert_eq!(briefing.cards[1].kind, Kind::Term);
    assert_eq!(text(&briefing, 0), "About A.\n\nAfter.");
    assert_eq!(text(&briefing, 1), "first [two](#y)");
    assert_eq!(text(&briefing, 2), "**Two**, _n._\n\nsecond".replace("**Two**", "_Two_"));
    let anchors: Vec<_> = briefing.parts[0].anchors.iter().map(|a| (&*a.name, a.card)).collect();
    assert_eq!(anchors, [("s", 0), ("x", 1), ("y", 2)]);
}

#[test]
fn notes_of_another_text_stand_below_the_card() {
    let one = "<html><body><h1>One</h1><p>x<a epub:type='noteref' href='notes.xhtml#n1' id='r1'>1</a></p></body></html>";
    let notes = "<html><body><section epub:type='endnotes'><h2>Notes</h2><ol><li id='n1' epub:type='endnote'>\
        <p>See <a href='#n2'>two</a> and <a href='one.xhtml'>one</a>. <a href='one.xhtml#r1' epub:type='backlink'>↩</a></p></li>\
        <li id='n2'><p>Nobody refers to me.</p></li></ol></section></body></html>";
    let (briefing, _) = read(&book("", &[("one.xhtml", one), ("notes.xhtml", notes)]));
    assert_eq!(
        text(&briefing, 0),
        "x[^1]\n\n[^1]: See [two](/E/notes.xhtml#n2) and [one](/E/one.xhtml)."
    );
    assert_eq!(briefing.cards.len(), 2);
    assert_eq!(text(&briefing, 1), "1. Nobody refers to me.");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let (_, found) = read(b"hello");
    assert_eq!((found[0].severity, found[0].code), (Severity::Error, "not-epub"));
    let (briefing, found) = read(&zip(&[("a", "b")]));
    assert!(briefing.cards.is_empty());
    assert_eq!(said(&found), [(Severity::Error, "not-epub", "no META-INF/container.xml")]);
    let whole = book("", &[("a.xhtml", "<p>x"), ("../../b.xhtml", "<p>y"), ("c.xhtml", "<p>z")]);
    let (briefing, found) = read(&whole);
    assert_eq!(briefing.cards.len(), 2);
    let want = [
        (
            Severity::Warning,
            "unsafe-entry",
            "the name `E/../../b.xhtml` leads out of the archive: entry left out",
        ),
        (Severity::Error, "missing-entry", "the text `../../b.xhtml` leads out of the archive"),
    ];
    assert_eq!(said(&found), want);
    assert!(read(&whole[..whole.len() / 2]).0.cards.is_empty());
}

#[test]
fn declared_entities_are_not_expanded() {
    let opf = opf("<dc:title>&x;</dc:title>", &["a.xhtml"])
        .replace("?>", "?><!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>");
    let page = "<!DOCTYPE html [<!ENTITY y 'z'>]><html><body><p>&y; &eacute;</p></body></html>";
    let entries =
        [("META-INF/container.xml", CONTAINER), ("E/o.opf", opf.as_str()), ("E/a.xhtml", page)];
    let (briefing, found) = read(&zip(&entries));
    assert_eq!(briefing.title.as_str(), "&x;");
    assert_eq!(text(&briefing, 0), "\\&y; é");
    let message = "`E/o.opf` uses the entity `x`, which is not expanded";
    assert_eq!(said(&found), [(Severity::Warning, "entity", message)]);
}

#[test]
fn what_expands_beyond_measure_or_is_locked_is_left_out() {
    let big = "\0".repeat(5 << 20);
    let lock = "<encryption><EncryptedData><EncryptionMethod Algorithm='aes'/><CipherData>\
        <CipherReference URI='E/a.xhtml'/></CipherData></EncryptedData></encryption>";
    let opf = opf("", &["a.xhtml", "big.xhtml"]);
    let (briefing, found) = read(&zip(&[
        ("META-INF/container.xml", CONTAINER),
        ("META-INF/encryption.xml", lock),
        ("E/o.opf", &opf),
        ("E/a.xhtml", "scrambled"),
        ("E/big.xhtml", &big),
    ]));
    assert!(briefing.cards.is_empty());
    let codes: Vec<_> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["oversized-entry", "missing-entry", "encrypted"]);
}

#[test]
fn sizes_that_lie_do_not_hide_what_is_there() {
    let mut bytes = book("", &[("a.xhtml", "<p>all of the text")]);
    let last = bytes.windows(4).rposition(|at| at == b"PK\x01\x02").unwrap();
    bytes[last + 24] = 3;
    let (briefing, found) = read(&bytes);
    assert_eq!(text(&briefing, 0), "all of the text");
    assert_eq!(found[0].code, "damaged-entry");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
fn the_devils_dictionary_has_the_cards_that_were_counted() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpora/devils-dictionary/devils-dictionary.epub"
    );
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: {path} is absent");
        return;
    };
    let (briefing, found) = epub(&bytes, "devils-dictionary.epub", Naming::Alone, Split::Auto);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(briefing.parts.len(), 32);
    let terms: Vec<_> = briefing.cards.iter().filter(|card| card.kind == Kind::Term).collect();
    assert_eq!(terms.len(), 1_035);
    let mut names: Vec<_> = terms.iter().map(|card| card.title.to_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 1_034);
    let mut inside = 0;
    for (number, card) in briefing.cards.iter().enumerate() {
        let part = &briefing.parts[briefing.part_of(number).unwrap()];
        for link in card.sections.iter().flat_map(|section| section.text.links()) {
            let Target::Path(path) = &link.target else { continue };
            let (file, name) = path.split_once('#').unwrap_or((path, ""));
            let named =
                if file.is_empty() { part.path.to_string() } else { format!("epub/text/{file}") };
            let Some(to) = briefing.parts.iter().find(|part| *part.path == *named) else {
                assert!(briefing.assets.contains(&named.replace("text/../", "").into()), "{path}");
                continue;
            };
            assert!(name.is_empty() || to.anchors.iter().any(|a| &*a.name == name), "{path}");
            inside += 1;
        }
    }
    assert_eq!(inside, 7);
}

#[test]
fn a_chapter_without_text_of_its_own_keeps_its_title() {
    let long = "word ".repeat(1_000);
    let page = format!("<html><body><h1>One</h1><h2>A</h2><p>{long}</p><h2>B</h2></body></html>");
    let (briefing, _) = read(&book("", &[("a.xhtml", &page)]));
    let stem = "shelf/My Book/a";
    assert_eq!(
        shape(&briefing),
        [format!("0 {stem} One"), format!("1 {stem}#a A"), format!("1 {stem}#b B")]
    );
}
