//! Where a document is cut into cards: the rule alone, over the headings of a text. Knows nothing of
//! Markdown but how a heading is written, and nothing of cards.

use std::ops::Range;

/// Characters of a section that [`Split::Auto`] leaves in one card.
const LONG: usize = 4_000;

/// How finely a document is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Split {
    /// One card for a document; a section of more than 4,000 characters is cut at the shallowest
    /// level of heading inside it, and its pieces likewise.
    #[default]
    Auto,
    /// A card for each heading.
    All,
    /// A card for each heading at most that many levels below the base: the level of the title
    /// heading, or one above the shallowest heading where there is no title heading.
    Level(u8),
}

/// A heading at document level; headings in quotes, lists and footnotes are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// 1 to 6.
    pub level: u8,
    /// The byte of the text at which it starts.
    pub at: usize,
}

/// The text of one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The heading it starts with, as an index into the outline; none for the root, which holds all
    /// that precedes the first card heading, the title heading with it.
    pub heading: Option<usize>,
    /// Its bytes of the text.
    pub bytes: Range<usize>,
    /// How deep it stands: 0 for the root, and for the shallowest headings if the root is dropped.
    pub depth: u8,
}

/// A document that was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The heading that names the document, as an index into the outline. It starts no card.
    pub title: Option<usize>,
    /// The pieces in the order of the text, at least one.
    pub pieces: Vec<Piece>,
}

/// Cuts `text` at some of its `headings`, which stand in the order of the text. A document that was
/// opened `alone` is cut at least once under [`Split::Auto`], however short it is. The root is
/// dropped if it says nothing and there are other pieces.
pub fn split(
    text: &str,
    headings: &[Outline],
    only_comments_before_first: bool,
    how: Split,
    alone: bool,
) -> Cut {
    let title = title(headings, only_comments_before_first);
    let first = usize::from(title.is_some());
    let starts = match how {
        Split::All => (first..headings.len()).collect(),
        Split::Level(levels) => at_most(headings, first, title.is_some(), levels),
        Split::Auto => automatic(text, headings, first, alone),
    };
    let end = |start: Option<&usize>| {
        start.and_then(|index| headings.get(*index)).map_or(text.len(), |heading| heading.at)
    };
    let root_end = end(starts.first());
    let empty = !starts.is_empty() && {
        let before_is_nothing =
            only_comments_before_first || headings.first().is_none_or(|h| blank(text.get(..h.at)));
        let said_from = match title.and_then(|index| headings.get(index)) {
            Some(heading) => heading_end(text, heading.at),
            None => headings.first().map_or(0, |heading| heading.at),
        };
        before_is_nothing && (said_from >= root_end || blank(text.get(said_from..root_end)))
    };
    let mut pieces = Vec::with_capacity(starts.len() + 1);
    if !empty {
        pieces.push(Piece { heading: None, bytes: 0..root_end, depth: 0 });
    }
    // The levels of the headings that a piece stands below.
    let mut above: Vec<u8> = Vec::new();
    for (position, index) in starts.iter().enumerate() {
        let Some(heading) = headings.get(*index) else { continue };
        while above.last().is_some_and(|level| *level >= heading.level) {
            above.pop();
        }
        let depth = above.len() + usize::from(!empty);
        above.push(heading.level);
        pieces.push(Piece {
            heading: Some(*index),
            bytes: heading.at..end(starts.get(position + 1)),
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
        });
    }
    Cut { title, pieces }
}

/// The heading that names the document: the first, if it is shallower than every other, and of
/// level 1 or preceded by comments only.
fn title(headings: &[Outline], only_comments_before_first: bool) -> Option<usize> {
    let (first, rest) = headings.split_first()?;
    let shallowest = rest.iter().all(|heading| heading.level > first.level);
    (shallowest && (first.level == 1 || only_comments_before_first)).then_some(0)
}

/// The headings at most `levels` below the base.
fn at_most(headings: &[Outline], first: usize, titled: bool, levels: u8) -> Vec<usize> {
    let shallowest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let base = if titled { shallowest } else { shallowest.saturating_sub(1) };
    let within = |(_, heading): &(usize, &Outline)| heading.level.saturating_sub(base) <= levels;
    headings.iter().enumerate().skip(first).filter(within).map(|(index, _)| index).collect()
}

/// The headings at which a document is cut by the length of its sections.
fn automatic(text: &str, headings: &[Outline], first: usize, alone: bool) -> Vec<usize> {
    if text.len() <= LONG && !alone {
        return Vec::new(); // no text has more characters than bytes
    }
    let before = characters_before(text, headings);
    let mut starts = Vec::new();
    // Sections to look at: the headings inside them, and the characters at which they start and end.
    // A section inside one has deeper headings only, so there are few rounds.
    let whole = (first..headings.len(), 0, before.last().copied().unwrap_or(0), alone);
    let mut sections = vec![whole];
    while let Some((inside, start, end, always)) = sections.pop() {
        let levels = || headings.get(inside.clone()).unwrap_or_default().iter().map(|h| h.level);
        let Some(shallowest) = levels().min() else { continue };
        if end - start <= LONG && !always {
            continue;
        }
        let cuts: Vec<usize> =
            inside.clone().zip(levels()).filter(|(_, l)| *l == shallowest).map(|c| c.0).collect();
        let at = |index: usize| before.get(index).copied().unwrap_or(end);
        let mut from = (inside.start, start);
        for cut in &cuts {
            sections.push((from.0..*cut, from.1, at(*cut), false));
            from = (cut + 1, at(*cut));
        }
        sections.push((from.0..inside.end, from.1, end, false));
        starts.extend(cuts);
    }
    starts.sort_unstable();
    starts
}

/// The characters before each heading, and in the whole text.
fn characters_before(text: &str, headings: &[Outline]) -> Vec<usize> {
    let mut at = 0;
    let mut count = 0;
    let ends = headings.iter().map(|heading| heading.at).chain([text.len()]);
    ends.map(|end| {
        count += text.get(at..end).unwrap_or_default().chars().count();
        at = end;
        count
    })
    .collect()
}

/// The byte behind the heading that starts at `at`: its line, or the line that underlines it.
fn heading_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let numbered = rest.trim_start().starts_with('#');
    let mut end = at;
    for line in rest.split_inclusive('\n') {
        end += line.len();
        let line = line.trim();
        let underline = !line.is_empty() && line.bytes().all(|b| b == b'=' || b == b'-');
        if numbered || underline {
            break;
        }
    }
    end
}

fn blank(text: Option<&str>) -> bool {
    text.unwrap_or_default().trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// The headings of a Markdown text at document level, and whether only comments precede them.
    fn outline(text: &str) -> (Vec<Outline>, bool) {
        let (mut headings, mut depth, mut only_comments) = (Vec::new(), 0, true);
        let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
        for (event, bytes) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    if depth == 0 {
                        headings.push(Outline { level: level as u8, at: bytes.start });
                    }
                    depth += 1;
                }
                Event::Start(Tag::HtmlBlock) => depth += 1,
                Event::Html(html) if html.starts_with("<!--") || html.trim().is_empty() => {}
                Event::End(_) => depth -= 1,
                other => {
                    only_comments &= !headings.is_empty();
                    depth += usize::from(matches!(other, Event::Start(_)));
                }
            }
        }
        (headings, only_comments)
    }

    fn cut(text: &str, how: Split, alone: bool) -> Cut {
        let (headings, only_comments) = outline(text);
        split(text, &headings, only_comments, how, alone)
    }

    /// The title, and each piece as its first line with its depth.
    fn shape(text: &str, how: Split, alone: bool) -> String {
        let cut = cut(text, how, alone);
        let line = |bytes: Range<usize>| text[bytes].trim_start().lines().next().unwrap_or("");
        let pieces: Vec<_> = cut
            .pieces
            .iter()
            .map(|p| {
                let root = if p.heading.is_none() { "root:" } else { "" };
                format!("{}{root}{}", p.depth, line(p.bytes.clone()))
            })
            .collect();
        format!("{}{}", if cut.title.is_some() { "titled " } else { "" }, pieces.join(", "))
    }

    #[test]
    fn the_first_heading_names_the_document_if_it_is_alone_at_the_top() {
        let all = |text| shape(text, Split::All, false);
        assert_eq!(all("# T\n\nx\n## A\n## B"), "titled 0root:# T, 1## A, 1## B");
        assert_eq!(all("# T\n\nx\n# B"), "0# T, 0# B");
        assert_eq!(all("## A\n# B"), "0## A, 0# B");
        assert_eq!(all("words\n\n# T\n## A"), "titled 0root:words, 1## A");
        assert_eq!(all("words\n\n## T\n### A"), "0root:words, 1## T, 2### A");
        assert_eq!(all("<!-- c -->\n## T\nx\n### A"), "titled 0root:<!-- c -->, 1### A");
        assert_eq!(all("# T"), "titled 0root:# T");
        assert_eq!(all("words"), "0root:words");
        assert_eq!(all(""), "0root:");
    }

    #[test]
    fn an_empty_root_is_dropped_where_there_are_other_cards() {
        let all = |text| shape(text, Split::All, false);
        assert_eq!(all("# T\n\n## A\n### B\n## C"), "titled 0## A, 1### B, 0## C");
        assert_eq!(all("T\n=\n\n## A"), "titled 0## A");
        assert_eq!(all("T\nwords\n===\nsaid\n## A"), "titled 0root:T, 1## A");
        assert_eq!(all("<!-- c -->\n\n## A\n## B"), "0## A, 0## B");
    }

    #[test]
    fn levels_count_from_the_base() {
        let text = "# T\nx\n## A\n### B\n#### C\n## D";
        let level = |k| shape(text, Split::Level(k), false);
        assert_eq!(level(0), "titled 0root:# T");
        assert_eq!(level(1), "titled 0root:# T, 1## A, 1## D");
        assert_eq!(level(2), "titled 0root:# T, 1## A, 2### B, 1## D");
        let untitled = "x\n## A\n### B\n## C";
        assert_eq!(shape(untitled, Split::Level(0), false), "0root:x");
        assert_eq!(shape(untitled, Split::Level(1), false), "0root:x, 1## A, 1## C");
    }

    #[test]
    fn headings_that_skip_levels_nest_by_one() {
        assert_eq!(
            shape("# T\nx\n#### A\n## B\n#### C\n### D", Split::All, false),
            "titled 0root:# T, 1#### A, 1## B, 2#### C, 2### D"
        );
    }

    #[test]
    fn auto_cuts_what_is_longer_than_4000_characters() {
        let auto = |text: &str| shape(text, Split::Auto, false);
        let short = "# T\nx\n## A\ny";
        assert_eq!(auto(short), "titled 0root:# T");
        assert_eq!(shape(short, Split::Auto, true), "titled 0root:# T, 1## A");
        // Characters, not bytes, and exactly the limit.
        let fill = |n: usize| "é".repeat(n);
        assert_eq!(auto(&format!("## A\n## B\n{}", fill(3_990))), "0root:## A");
        assert_eq!(auto(&format!("## A\n## B\n{}", fill(3_991))), "0## A, 0## B");
    }

    #[test]
    fn auto_cuts_long_sections_again_and_leaves_short_ones() {
        let long = "x".repeat(4_100);
        let text = format!("# T\ny\n## A\n#### A1\n{long}\n#### A2\n## B\n### B1\n");
        assert_eq!(
            shape(&text, Split::Auto, false),
            "titled 0root:# T, 1## A, 2#### A1, 2#### A2, 1## B"
        );
        let text = format!("# T\ny\n### early\n{long}\n## A\n### A1\n");
        assert_eq!(shape(&text, Split::Auto, false), "titled 0root:# T, 1### early, 1## A");
    }

    #[test]
    fn only_headings_at_document_level_are_cut() {
        let text = "# T\nx\n\n> ## quoted\n\n- ## listed\n\n## A\n```\n# code\n```\n";
        assert_eq!(shape(text, Split::All, false), "titled 0root:# T, 1## A");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
    fn the_rust_book_has_the_cards_that_were_counted() {
        let book = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/rust-book/src");
        let Ok(summary) = std::fs::read_to_string(format!("{book}/SUMMARY.md")) else {
            println!("skipped: {book} is absent");
            return;
        };
        let pages: Vec<String> = summary
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .map(|name| std::fs::read_to_string(format!("{book}/{name}")).unwrap())
            .collect();
        assert_eq!(pages.len(), 111);
        let cards = |how| pages.iter().map(|page| cut(page, how, false).pieces.len()).sum();
        let levels = [Split::Level(0), Split::Level(1), Split::Level(2), Split::All, Split::Auto];
        let counts: [usize; 5] = levels.map(cards);
        assert_eq!(counts, [111, 333, 492, 545, 527]);
    }

    proptest! {
        #[test]
        fn pieces_ascend_and_cover_the_text(
            blocks in prop::collection::vec((0_u8..7, "[a-zé=\n-]{0,9}", 0_usize..5_000), 0..20),
            how in prop_oneof![
                Just(Split::Auto), Just(Split::All), (0_u8..8).prop_map(Split::Level)
            ],
            alone: bool,
            comments: bool,
        ) {
            let (mut text, mut headings) = (String::new(), Vec::new());
            for (level, words, length) in blocks {
                if level > 0 {
                    headings.push(Outline { level, at: text.len() });
                    text.push_str(&"#".repeat(usize::from(level)));
                }
                text.extend([" ", &words, "\n", &"ü ".repeat(length / 9), "\n"]);
            }
            let cut = split(&text, &headings, comments, how, alone);
            let mut at = cut.pieces[0].heading.map_or(0, |index| headings[index].at);
            prop_assert_eq!(cut.pieces[0].depth, 0);
            for (position, piece) in cut.pieces.iter().enumerate() {
                prop_assert_eq!(piece.bytes.start, at);
                prop_assert!(piece.bytes.end >= at);
                prop_assert!(piece.heading.is_some() || position == 0);
                prop_assert!(piece.heading.is_none_or(|index| headings[index].at == at));
                prop_assert!(piece.heading.is_none() || piece.heading != cut.title);
                at = piece.bytes.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
