//! Anki's gaps, `{{c1::words::hint}}`, as those of a briefing.

use crate::format;

/// What parts a group, the words and a hint of ours.
const PART: &str = ";;";

/// A piece of a text with gaps.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'s> {
    Text(&'s str),
    Gap(u32, String, Option<String>),
}

/// Whether a text has a gap.
pub fn has(text: &str) -> bool {
    starts(text).next().is_some()
}

/// Where gaps begin: the byte, the byte behind `::`, and the number.
fn starts(text: &str) -> impl Iterator<Item = (usize, usize, u32)> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "{{c").filter_map(|at| {
        let rest = text.get(at + 3..)?;
        // A number of more digits is none of Anki's.
        let digits = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
        let number = rest.get(..digits)?.parse().ok().filter(|number| *number > 0)?;
        rest.get(digits..)?.starts_with("::").then_some((at, at + 3 + digits + 2, number))
    })
}

/// A text of Anki as one with our gaps; whether a gap stood in another, which is then none of its own.
/// Nothing if it has no gap.
pub fn ours(markdown: &str) -> Option<(String, bool)> {
    // Signs of ours that stand in the text would be gaps too.
    let markdown = format::without_gaps(markdown);
    let (pieces, nested) = pieces(&markdown);
    let gaps = pieces.iter().filter_map(|piece| match piece {
        Piece::Gap(number, words, _) if !words.trim().is_empty() => Some((*number, words)),
        _ => None,
    });
    let gaps: Vec<_> = gaps.collect();
    if gaps.is_empty() {
        return None;
    }
    // Where each gap is asked for itself, in order, numbers say nothing.
    let plain = gaps.iter().zip(1..).all(|((number, words), at)| {
        *number == at && lines(words).filter(|(_, line, _)| !line.is_empty()).count() < 2
    });
    let mut out = String::with_capacity(markdown.len());
    for piece in &pieces {
        match piece {
            Piece::Text(text) => push_text(&mut out, text),
            Piece::Gap(number, words, hint) => {
                let group = Some(*number).filter(|_| !plain);
                push_gap(&mut out, group, words, hint.as_deref());
            }
        }
    }
    Some((out, nested))
}

/// Cuts a text at its gaps. A gap ends where as many braces were closed as were opened.
fn pieces(text: &str) -> (Vec<Piece<'_>>, bool) {
    let mut out = Vec::new();
    let (mut end, mut nested) = (0, false);
    // Gaps that are open: where each starts, where its words start, its number.
    let mut open: Vec<(usize, usize, u32)> = Vec::new();
    let mut opening = starts(text).peekable();
    for close in memchr::memmem::find_iter(text.as_bytes(), "}}") {
        while let Some(start) = opening.next_if(|(at, ..)| *at < close) {
            open.push(start);
        }
        let Some((start, words, number)) = open.pop() else { continue };
        if !open.is_empty() {
            nested = true;
            continue;
        }
        out.extend(text.get(end..start).filter(|t| !t.is_empty()).map(Piece::Text));
        let inside = text.get(words..close).unwrap_or_default();
        let inside = bare(inside);
        let (words, hint) = match inside.split_once("::") {
            Some((words, hint)) => (words.to_owned(), Some(hint.trim().to_owned())),
            None => (inside, None),
        };
        out.push(Piece::Gap(number, words, hint.filter(|hint| !hint.is_empty())));
        end = close + 2;
    }
    out.extend(text.get(end..).filter(|t| !t.is_empty()).map(Piece::Text));
    (out, nested)
}

/// The words of a gap without the signs of gaps in it.
fn bare(inside: &str) -> String {
    let mut out = String::with_capacity(inside.len());
    let mut end = 0;
    for (at, words, _) in starts(inside) {
        out.push_str(inside.get(end..at).unwrap_or_default());
        end = words;
    }
    if end == 0 {
        return inside.to_owned();
    }
    out.push_str(inside.get(end..).unwrap_or_default());
    // What ended them, with their hints.
    out.replace("}}", "")
}

/// The lines of a gap: what stands before the words of each, the words, and what stands behind them. A
/// gap does not reach across blocks; a break within a paragraph ends no line.
fn lines(words: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let ends = rest.match_indices('\n').map(|(at, _)| at);
        let mut ends = ends.filter(|at| !rest.get(..*at).is_some_and(|t| t.ends_with('\\')));
        let (line, after) = rest.split_at(ends.next().map_or(rest.len(), |at| at + 1));
        rest = after;
        let marked = line.trim_start_matches([' ', '>', '-', '\n']);
        let (before, _) = line.split_at(line.len() - marked.len());
        let (words, after) = marked.split_at(marked.trim_end().len());
        (!line.is_empty()).then_some((before, words, after))
    })
}

/// Adds text; what stands beside a gap must not look like a part of its sign.
fn push_text(out: &mut String, text: &str) {
    if out.ends_with("==")
        && let Some(rest) = text.strip_prefix('=')
    {
        out.push_str("&#61;");
        out.push_str(rest);
    } else {
        out.push_str(text);
    }
}

fn push_gap(out: &mut String, group: Option<u32>, words: &str, hint: Option<&str>) {
    if lines(words).all(|(_, line, _)| line.is_empty()) && !words.trim().is_empty() {
        // What would begin a block is all there is: it is meant.
        let sign = words.split_whitespace().collect::<Vec<_>>().join(" ");
        return push_line(out, group, &sign, hint);
    }
    for (before, line, after) in lines(words) {
        out.push_str(before);
        if line.is_empty() {
            out.push_str(after);
            continue;
        }
        push_line(out, group, line, hint);
        out.push_str(after);
    }
}

/// Adds words of one line as a gap.
fn push_line(out: &mut String, group: Option<u32>, line: &str, hint: Option<&str>) {
    if out.ends_with("==") {
        // Something that is not drawn between two gaps.
        out.push_str("<!-- -->");
    } else if out.ends_with('=') && !out.ends_with("\\=") {
        out.pop();
        out.push_str("&#61;");
    }
    out.push_str("==");
    if let Some(group) = group {
        out.push_str(&group.min(99).to_string());
        out.push_str(PART);
    }
    // Of three in a row the last two are left by the first pass.
    let apart = |text: &str| text.replace(PART, "; ;").replace(PART, "; ;");
    out.push_str(&edges(&apart(line)));
    if let Some(hint) = hint {
        if out.ends_with(';') {
            out.push(' ');
        }
        out.push_str(PART);
        out.push_str(&edges(&apart(hint).replace('\n', " ")));
    }
    out.push_str("==");
}

/// Words whose ends do not look like a part of the sign of a gap.
fn edges(words: &str) -> String {
    let words = words.trim();
    let inner = words.trim_matches('=');
    let sign = |text: &str| text.replace('=', "&#61;");
    let start = words.len() - words.trim_start_matches('=').len();
    let (before, rest) = words.split_at(start.min(words.len()));
    let (_, after) = rest.split_at(inner.len().min(rest.len()));
    format!("{}{inner}{}", sign(before), sign(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(text: &str) -> String {
        ours(text).unwrap().0
    }

    fn words(text: &str) -> Vec<(Option<u8>, String, Option<String>)> {
        let made = made(text);
        let gap = |gap: format::Gap| (gap.group, gap.text.to_owned(), gap.hint.map(str::to_owned));
        format::gaps(&made).map(gap).collect()
    }

    #[test]
    fn gaps_keep_their_groups_and_hints() {
        assert_eq!(made("It borders {{c1::Peru::a country}}."), "It borders ==Peru;;a country==.");
        assert_eq!(made("{{c1::a}} {{c2::b}}"), "==a== ==b==");
        assert_eq!(made("{{c1::a}} {{c1::b}} {{c3::c}}"), "==1;;a== ==1;;b== ==3;;c==");
        assert_eq!(made("{{c2::a}}"), "==2;;a==");
    }

    #[test]
    fn signs_that_would_be_read_as_ours_are_kept_as_text() {
        assert_eq!(words("a=={{c1::b}}==c"), [(None, "b".into(), None)]);
        assert_eq!(words("{{c1::a}}{{c2::b}}").len(), 2);
        assert_eq!(words("{{c1::=a=}}="), [(None, "&#61;a&#61;".into(), None)]);
        assert_eq!(words("{{c1::a;;b}}"), [(None, "a; ;b".into(), None)]);
        assert_eq!(words("{{c1::a;;;b}}"), [(None, "a; ; ;b".into(), None)]);
        assert_eq!(words("{{c1::;::b}}"), [(None, ";".into(), Some("b".into()))]);
        assert_eq!(words("{{c1::a;::;b}}"), [(None, "a;".into(), Some(";b".into()))]);
        assert_eq!(words("{{c1::-}}"), [(None, "-".into(), None)]);
        assert_eq!(words("==x== {{c1::a}}"), [(None, "a".into(), None)]);
    }

    #[test]
    fn gaps_in_gaps_and_across_lines_are_taken_apart() {
        let nested = ours("{{c1::a {{c2::b}} c}} d").unwrap();
        assert_eq!(nested, ("==a b c== d".into(), true));
        assert_eq!(made("{{c1::a\n\n- b}} c"), "==1;;a==\n\n- ==1;;b== c");
        assert_eq!(made("{{c1::a\\\nb}}"), "==a\\\nb==");
    }

    #[test]
    fn what_only_looks_like_a_gap_is_text() {
        for text in ["{{c0::a}}", "{{c::a}}", "{{c1:a}}", "{{c1::a", "a}}", "{{c1::}}", ""] {
            assert_eq!(ours(text), None, "{text}");
        }
        assert!(has("{{c1::a}}") && !has("{{c::a}}"));
    }

    proptest! {
        #[test]
        fn whatever_stands_there_every_gap_is_found_again(
            text in "(\\{\\{c[12]::|\\}\\}|[a=;é\\n -]|::|\\\\|`){0,24}",
        ) {
            if let Some((made, _)) = ours(&text) {
                let asked = format::gaps(&made).filter(|gap| !gap.text.is_empty());
                prop_assert!(asked.count() > 0 || made.contains('`') || made.contains('\\'), "{made:?}");
            }
        }
    }
}
