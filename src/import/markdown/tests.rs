use super::*;
use crate::model::Target;

fn read(source: &str, naming: Naming, split: Split) -> (Briefing, Vec<String>) {
    let options = Options { path: "dir/My note.md", naming, split, sibling: None };
    let (briefing, found) = markdown(source, options);
    (briefing, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
}

fn alone(source: &str) -> Briefing {
    read(source, Naming::Alone, Split::Auto).0
}

/// Each card as `depth id title: text`.
fn cards(briefing: &Briefing) -> Vec<String> {
    let text = |c: &Card| c.sections.first().map_or("", |s| s.text.source.trim()).to_owned();
    let one = |c: &Card| format!("{} {} {}: {}", c.depth, c.id, c.title, text(c));
    briefing.cards.iter().map(one).collect()
}

#[test]
fn a_card_for_each_part_and_one_for_what_stands_before() {
    let source = "# Title\n\nIntro.\n\n## A *b*\n\ntext a\n\n## C\n\ntext c\n";
    let briefing = alone(source);
    assert_eq!(briefing.title.as_str(), "Title");
    assert_eq!(cards(&briefing), ["0 my-note Title: Intro.", "1 a-b A b: text a", "1 c C: text c"]);
    let (among, _) = read(source, Naming::Among, Split::All);
    let ids: Vec<_> = among.cards.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["dir/My note", "dir/My note#a-b", "dir/My note#c"]);
    assert_eq!((&*among.parts[0].path, among.parts[0].cards.clone()), ("dir/My note.md", 0..3));
}

#[test]
fn cards_know_their_bytes_and_lines() {
    let source = "---\ntitle: X\n---\n# Title\n\nIntro [l](m).\n\n## A\n\ntext\n";
    let briefing = alone(source);
    let span = briefing.cards[1].span;
    assert_eq!(&source[span.start as usize..span.end as usize], "## A\n\ntext\n");
    assert_eq!(span.position.line, 8);
    let link = briefing.cards[0].sections[0].text.links().next().unwrap();
    assert_eq!(link.target, Target::Path("m".into()));
    assert_eq!((link.span.position.line, link.span.position.column), (6, 7));
}

#[test]
fn front_matter_names_the_first_card() {
    let source = "---\ntitle: Named\naliases: [N]\ntags: [t]\ndescription: In short.\n---\n\
                  # Heading\n\ntext\n";
    let card = &alone(source).cards[0];
    assert_eq!((card.title.as_str(), card.aliases[0].as_str()), ("Named", "N"));
    assert_eq!(card.tags.iter().next(), Some("t"));
    assert_eq!(&*card.bottom_line.as_ref().unwrap().source, "In short.");
    assert_eq!(&*card.sections[0].text.source, "# Heading\n\ntext\n", "another heading stays");
    let (_, found) = read("---\ntitle: [x\n---\ntext", Naming::Alone, Split::Auto);
    assert!(found[0].starts_with("dir/My note.md:"), "{found:?}");
}

#[test]
fn definitions_go_with_the_cards_that_use_them() {
    let source =
        "# T\n\n## A\n\n[x][k] n[^1]\n\n## B\n\nplain\n\n[k]: y.md\n[^1]: note\n[^2]: idle\n";
    let briefing = alone(source);
    assert_eq!(
        cards(&briefing),
        ["0 a A: [x][k] n[^1]\n\n[k]: y.md\n\n[^1]: note", "0 b B: plain\n\n[k]: y.md\n[^2]: idle",]
    );
    let link = briefing.cards[0].sections[0].text.links().next().unwrap();
    assert_eq!(link.target, Target::Path("y.md".into()));
    assert_eq!((link.span.position.line, link.span.position.column), (5, 1));
}

#[test]
fn names_of_places_lead_to_their_cards() {
    let source = "# T {#top}\n\n<a id=\"x\"></a>\n\n## A {#a1}\n\ntext\n\n### Deep {#d}\n\n## B\n";
    let (briefing, _) = read(source, Naming::Among, Split::Level(1));
    let anchors: Vec<_> = briefing.parts[0]
        .anchors
        .iter()
        .map(|a| (&*a.name, a.card, a.heading.as_deref()))
        .collect();
    assert_eq!(anchors, [("top", 0, None), ("x", 0, None), ("a1", 1, None), ("d", 1, Some("d"))]);
}

#[test]
fn a_title_without_a_card_is_kept_for_the_file() {
    let briefing = alone("# Title\n\n## A\n\n## B\n");
    assert_eq!(cards(&briefing), ["0 a A: ", "0 b B: "]);
    assert_eq!(briefing.parts[0].title.as_ref().unwrap().as_str(), "Title");
    assert_eq!(&*briefing.parts[0].anchors[0].name, "title");
}

#[test]
fn what_stands_before_the_title_stays() {
    let briefing =
        alone("![badge](b.svg) by me\n\n# Title\n\nIntro [k].\n\n## A\n\ntext\n\n[k]: y.md\n");
    assert_eq!(briefing.title.as_str(), "Title");
    let text = &briefing.cards[0].sections[0].text.source;
    assert!(text.contains("by me") && text.contains("Intro [k]"), "{text}");
    assert!(!text.contains("# Title"), "{text}");
    let link = briefing.cards[0].sections[0].text.links().nth(1).unwrap();
    assert_eq!((link.span.position.line, link.span.position.column), (5, 7));
}

#[test]
fn a_title_in_html_names_the_file() {
    let source = "<p><img src=\"l.png\" alt=\"Logo\"></p>\n<h1 align=\"center\">Tool</h1>\n\nIntro.\n\n\
                  <h2>Use</h2>\n\n<a href=\"d.md\">more</a>\n";
    let briefing = alone(source);
    assert_eq!(briefing.title.as_str(), "Tool");
    let titles: Vec<_> = briefing.cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["Tool", "Use"]);
    assert!(briefing.cards[0].sections[0].text.source.contains("Logo"));
    assert!(briefing.cards[1].sections[0].text.links().next().is_some());
}

#[test]
fn a_page_that_introduces_a_folder_is_called_after_it() {
    let title = |path| {
        let options = Options { path, naming: Naming::Among, split: Split::Auto, sibling: None };
        markdown("text", options).0.title.to_string()
    };
    assert_eq!(title("a/guide/README.md"), "guide");
    assert_eq!(title("README.md"), "README");
    assert_eq!(title("a/Book___Part.md"), "Book/Part");
}

#[test]
fn files_that_say_nothing_are_one_card() {
    for source in ["", "\n\n", "---\n---\n", "# \n", "<!-- c -->"] {
        let briefing = alone(source);
        assert_eq!(briefing.cards.len(), 1, "{source:?}");
        assert_eq!(briefing.cards[0].title.as_str(), "My note", "{source:?}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(source in "(\\PC|[\\[\\]()*_`#>|\\-!<&^:\n ]|\n#+ |\n\\[\\^a\\]: |\\{\\{#include ){0,80}") {
        for naming in [Naming::Alone, Naming::Among] {
            let _ = read(&source, naming, Split::All);
        }
    }
}

#[test]
fn keywords_in_the_text_are_those_of_its_card() {
    let source = "---\ntags: [garden, Todo]\n---\n# T\n\nIt is #todo and #x/y.\n\n## Part\n\n`#no` but #part.\n";
    let (briefing, _) = read(source, Naming::Alone, Split::All);
    let tags = |at: usize| briefing.cards[at].tags.iter().collect::<Vec<_>>();
    assert_eq!(tags(0), ["garden", "Todo", "x/y"]);
    assert_eq!(tags(1), ["part"]);
}
