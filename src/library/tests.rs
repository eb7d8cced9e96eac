use super::*;
use crate::format;
use crate::model::Target;
use std::path::PathBuf;

fn library(sources: &[(&str, &str)]) -> Library {
    let documents = sources.iter().map(|(name, source)| {
        let (briefing, found) = format::briefing(source, name);
        let file: Arc<Path> = Arc::from(Path::new(&format!("{name}.yaml")));
        let found = found.into_iter().map(|d| d.in_file(&file)).collect();
        Arc::new(Document::new(briefing, Some(file), found))
    });
    Library::new(documents.collect())
}

fn found(library: &Library) -> Vec<String> {
    library
        .diagnostics()
        .into_iter()
        .map(|d| {
            let help = d.help.as_ref().map_or(String::new(), |h| format!(" ({h})"));
            format!("{} {} {}{help}", d.severity.word(), d.place(), d.message)
        })
        .collect()
}

fn card(name: &str) -> Target {
    Target::Card { name: name.into(), heading: None }
}

const ONE: &str = "cards:
- {id: a, title: First card, aliases: [alias of a], body: 'To [[b]] and [[two/c]].'}
- {id: b, title: Second card, body: Nothing., see_also: [{to: a, rel: explains, why: the reason}]}
";
const TWO: &str = "cards:
- {id: c, title: Third card, body: \"One. Back to [[First card]] here. Two.\"}
- {id: a, title: First card, body: Another.}
";

#[test]
fn the_bundled_briefing_has_no_broken_reference() {
    let library = bundled();
    assert_eq!(found(&library), Vec::<String>::new());
    assert_eq!(library.card_count(), 25);
    assert_eq!(library.title(library.start().unwrap()).as_str(), "The readout");
    assert!(library.has_overview(0));
}

#[test]
fn names_lead_to_cards_of_the_own_briefing_first() {
    let library = library(&[("one", ONE), ("two", TWO)]);
    assert_eq!(found(&library), Vec::<String>::new());
    let lead = |from: usize, name: &str| match library.resolve(Page::Card(from), &card(name)) {
        Destination::Page { page: Page::Card(card), .. } => Some(card),
        _ => None,
    };
    assert_eq!(lead(1, "a"), Some(0));
    assert_eq!(lead(2, "a"), Some(3));
    assert_eq!(lead(2, "First Card"), Some(3), "titles are compared without case");
    assert_eq!(lead(2, "one/a"), Some(0));
    assert_eq!(lead(2, "alias of a"), Some(0), "then anywhere");
    assert_eq!(lead(0, "c"), Some(2));
    assert_eq!(lead(0, "nope"), None);
}

#[test]
fn what_leads_nowhere_is_named_with_what_was_meant() {
    let library = library(&[(
        "x",
        "start: firts\nkey_points: [{text: t, cards: [none]}]\ncards:\n- id: first\n  title: T\n  body: |\n    See [[frist]].\n\n    ## Part one\n\n    And [[#part-on]], [[first#part one]].\n  see_also: [nope, first]\n",
    )]);
    assert_eq!(
        found(&library),
        [
            "warning x.yaml:1:8 no card is called `firts` (did you mean `first`?)",
            "warning x.yaml:2:32 no card is called `none` (use the id, the title or an alias of a card)",
            "warning x.yaml:7:9 no card is called `frist` (did you mean `first`?)",
            "warning x.yaml:11:9 `T` has no heading `part-on` (did you mean `#part-one`?)",
            "warning x.yaml:12:14 no card is called `nope` (use the id, the title or an alias of a card)",
            "warning x.yaml:12:20 the card refers to itself (name another card, or remove the entry)",
        ]
    );
}

#[test]
fn backlinks_come_with_the_sentence_around_them() {
    let library = library(&[("one", ONE), ("two", TWO)]);
    let into: Vec<_> = library.mentions_of(0).collect();
    assert_eq!(into.len(), 1, "{into:?}");
    assert_eq!(library.backlinks(0), [Page::Card(1)]);
    assert_eq!(library.context(&into[0]).0.as_str(), "the reason");
    let into: Vec<_> = library.mentions_of(3).collect();
    let (sentence, link) = library.context(&into[0]);
    assert_eq!(sentence.as_str(), "Back to First card here.");
    assert_eq!(&sentence[link], "First card");
}

#[test]
fn pages_keep_their_names() {
    let library = library(&[("one", ONE), ("two", TWO)]);
    for page in [Page::Card(0), Page::Card(3), Page::Overview(1)] {
        assert_eq!(library.page(&library.key(page).unwrap()), Some(page));
    }
    assert_eq!(library.briefing_of(Page::Card(2)), 1);
    assert_eq!(library.card(99), None);
    assert_eq!(Library::new(Vec::new()).start(), None);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn a_broken_save_keeps_the_last_good_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, ONE).unwrap();
    let (library, failures) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
    assert!(failures.is_empty());
    assert_eq!(library.card_count(), 2);

    std::fs::write(&file, ONE.replace("title: Second card", "title: Se: cond")).unwrap();
    let (library, found) = reload(&library, std::slice::from_ref(&file), None);
    assert_eq!(library.card(1).unwrap().title.as_str(), "Second card");
    assert_eq!(found.len(), 1, "{found:?}");

    std::fs::write(&file, ONE.replace("Second card", "Newer card")).unwrap();
    let (library, found) = reload(&library, std::slice::from_ref(&file), None);
    assert_eq!(library.card(1).unwrap().title.as_str(), "Newer card");
    assert!(found.is_empty());

    std::fs::remove_file(&file).unwrap();
    let (library, found) = reload(&library, &[file], None);
    assert_eq!((library.card_count(), found.len()), (2, 1));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn what_cannot_be_read_does_not_hide_what_can() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), ONE).unwrap();
    std::fs::write(folder.path().join("b.yml"), ONE).unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let paths: Vec<PathBuf> =
        ["a.yaml", "b.yml", "none.yaml", "empty"].map(|n| folder.path().join(n)).into();
    let (library, failures) = load(&paths, How::default(), None, &|_, _| ());
    assert_eq!(library.documents().len(), 2);
    assert_eq!(failures.len(), 2);
    let both = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ()).0;
    let ids: Vec<_> = both.documents().iter().map(|d| d.briefing.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn a_briefing_starts_with_its_introduction_or_its_first_card() {
    let start = |head: &str| {
        let source = format!("{head}\ntitle: T\ncards:\n  - {{id: a, title: A, body: x}}\n");
        let (briefing, found) = format::briefing(&source, "t");
        Library::new(vec![Arc::new(Document::new(briefing, None, found))]).start()
    };
    assert_eq!(start("summary: What it is."), Some(Page::Overview(0)));
    assert_eq!(start("gaps: [{id: g, kind: other, text: x}]"), Some(Page::Card(0)));
    assert_eq!(start("summary: What it is.\nstart: a"), Some(Page::Card(0)));
}

#[test]
fn the_shortest_way_is_found_along_and_against_references() {
    let library = library(&[(
        "x",
        "cards:\n- {id: a, title: A, body: 'To [[b]].'}\n- {id: b, title: B, body: 'To [[c]] and [[d]].'}\n- {id: c, title: C, body: x}\n- {id: d, title: D, body: x}\n- {id: e, title: E, body: x}\n",
    )]);
    let way = |from, to| {
        let way = library.way(from, to)?;
        Some(way.iter().map(|step| (step.to, step.along)).collect::<Vec<_>>())
    };
    assert_eq!(way(0, 2), Some(vec![(1, true), (2, true)]));
    assert_eq!(way(2, 3), Some(vec![(1, false), (3, true)]));
    assert_eq!(way(0, 0), Some(vec![]));
    assert_eq!(way(0, 4), None);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn a_book_is_read_in_the_order_of_its_summary() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("book.toml", "[book]\ntitle = 'B'\n[output.html.redirect]\n'old.html' = 'two.html'\n");
    put(
        "src/SUMMARY.md",
        "- [Two](two.md)\n  - [One](one.md)\n- [Gone](gone.md)\n- [Two](two.md)\n",
    );
    put(
        "src/one.md",
        "To [two](old.html), [listing](../code/a.rs).\n\n{{#include ../code/a.rs}}\n",
    );
    put("src/two.md", "# Second\n\nx\n");
    put("src/extra.md", "# Extra\n");
    put("code/a.rs", "fn main() {}\n");
    let (library, failures) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
    assert!(failures.is_empty(), "{failures:?}");
    let cards: Vec<_> = library.cards().map(|(_, c)| (c.title.as_str(), c.depth)).collect();
    assert_eq!(
        cards,
        [("Second", 0), ("One", 1)],
        "a page without a title has that of the summary"
    );
    assert_eq!(library.title(Page::Overview(0)).as_str(), "B");
    let text = &library.card(1).unwrap().sections[0].text.source;
    assert!(text.contains("fn main() {}"), "{text}");
    let codes: Vec<_> = library.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, ["missing-page", "unlisted-pages", "outside-link"]);
    assert_eq!(library.mentions_on(1).len(), 1, "the old address leads on");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn files_of_one_name_have_ids_of_their_own_and_copies_for_printing_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    put("a.md", "# One\n\nx\n");
    put("a.html", "<h1>Two</h1><p>x</p>");
    put("index.html", "<h1>Start</h1><p>x</p>");
    put("print.html", "<h1>All</h1><p>x</p>");
    let (library, _) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
    let ids: Vec<_> = library.cards().map(|(_, card)| card.id.as_str()).collect();
    assert_eq!(ids, ["index", "a", "a.md"]);
    assert_eq!(library.find_card("a.html"), Some(1));
    assert_eq!(library.find_card("a.md"), Some(2));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn a_folder_is_read_again_though_one_file_never_could_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let too_large = |name: &str| {
        std::fs::write(path(name), "").unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(path(name)).unwrap();
        file.set_len(65 << 20).unwrap();
    };
    std::fs::write(path("a.md"), "# One\n\nx\n").unwrap();
    too_large("b.md");
    let (library, failures) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
    assert_eq!((library.card_count(), failures.len()), (1, 1));
    std::fs::write(path("a.md"), "# Two\n\nx\n").unwrap();
    let (library, found) = reload(&library, &[path("a.md")], None);
    assert_eq!(library.title(Page::Card(0)).as_str(), "Two");
    assert!(found.is_empty(), "{found:?}");
    too_large("a.md");
    let (library, found) = reload(&library, &[path("a.md")], None);
    assert_eq!(library.title(Page::Card(0)).as_str(), "Two", "what was read is kept");
    assert_eq!(found.len(), 1);
}

#[test]
fn the_cards_beside_a_card_and_those_that_nothing_links_to_are_known() {
    let alone = "cards:\n- {id: d, title: Fourth card, body: 'To [[d]].'}\n";
    let library = library(&[("one", ONE), ("two", TWO), ("three", alone)]);
    assert_eq!((library.beside(0, true), library.beside(0, false)), (vec![1, 2], vec![1]));
    let orphans: Vec<usize> = (0..library.card_count()).filter(|c| library.is_orphan(*c)).collect();
    assert_eq!(orphans, [4], "a link to itself does not count");
}

/// A folder of web pages, read.
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn site(pages: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in pages {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let (library, failures) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
    assert!(failures.is_empty());
    (folder, library)
}

fn ids(library: &Library) -> Vec<&str> {
    library.documents[0].briefing.cards.iter().map(|card| card.id.as_str()).collect()
}

#[test]
fn web_pages_stand_in_the_order_that_they_give_themselves() {
    let (_folder, library) = site(&[
        ("index.html", "<title>Ropes</title><link rel=next href=z.html><h1>Ropes</h1><p>x"),
        ("a.html", "<link rel=up href=z.html><p>a"),
        ("b.html", "<p>b"),
        ("m.html", "<link rel=prev href=z.html><p>m"),
        ("z.html", "<link rel=next href='m.html#top'><p>z"),
    ]);
    assert_eq!(ids(&library), ["index", "z", "a", "m", "b"]);
    let briefing = &library.documents[0].briefing;
    assert_eq!(briefing.title.as_str(), "Ropes");
    assert_eq!(briefing.cards.iter().map(|card| card.depth).collect::<Vec<_>>(), [0, 0, 1, 0, 0]);
    let (_folder, listed) = site(&[
        ("index.html", "<ul><li><a href=c.html>C</a><li><a href='a.html#x'>A</a></ul><p>x"),
        ("a.html", "<p>a"),
        ("b.html", "<p>b"),
        ("c.html", "<p>c"),
    ]);
    assert_eq!(ids(&listed), ["index", "c", "a", "b"]);
    // A page that names few of the others gives no order.
    let (_folder, loose) = site(&[
        ("index.html", "<p><a href=d.html>D</a>"),
        ("a.html", "<p>a"),
        ("b.html", "<p>b"),
        ("d.html", "<p>d"),
    ]);
    assert_eq!(ids(&loose), ["index", "a", "b", "d"]);
}

#[test]
fn pages_that_only_lead_on_are_no_cards() {
    let moved = |to: &str| format!("<meta http-equiv=refresh content='0; url={to}'><p>Moved.");
    let (old, older, away) = (moved("new.html#part"), moved("../old.html"), moved("gone.html"));
    let (_folder, library) = site(&[
        (
            "a.html",
            "<p><a href=old.html>1</a> <a href='sub/older.html#other'>2</a> <a href=away.html>3</a>",
        ),
        ("away.html", &away),
        ("new.html", "<h1>New</h1><p>x<h2 id=part>Part</h2><p id=other>y"),
        ("old.html", &old),
        ("sub/older.html", &older),
    ]);
    assert_eq!(ids(&library), ["a", "away", "new"]);
    let document = &library.documents[0];
    let codes: Vec<_> = document.found.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("redirect", "the page wants to be replaced: `0; url=gone.html`"),
            ("moved-pages", "2 pages only lead on to another, and links to them do the same"),
        ]
    );
    let links = format::links(&document.briefing.cards[0].sections[0].text.source);
    let leads = links.iter().map(|(target, _)| library.leads_to(Page::Card(0), target));
    let headings: Vec<_> = leads
        .map(|to| match to {
            Destination::Page { page, heading } => (page, heading.map(String::from)),
            other => panic!("{other:?}"),
        })
        .collect();
    let part = Some("part".to_owned());
    assert_eq!(
        headings,
        [(Page::Card(2), part.clone()), (Page::Card(2), part), (Page::Card(1), None)]
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn texts_beside_notes_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    put("b.txt", "Some words.\n");
    put("a.txt", "Some words.\n");
    let found = || {
        let (library, _) = load(&[folder.path().to_owned()], How::default(), None, &|_, _| ());
        let found = library.diagnostics().into_iter();
        let found: Vec<_> = found.map(|d| format!("{} {}", d.code, d.message)).collect();
        (library.card_count(), found)
    };
    assert_eq!(found(), (2, vec![]));
    put("c.md", "# Note\n\nWords.\n");
    let left = "texts-left-out 2 plain texts beside these pages are left out".to_owned();
    assert_eq!(found(), (1, vec![left]));
}
