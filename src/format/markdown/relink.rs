//! Other destinations for the links of a text, which else stays as it is, byte for byte.

use super::events::events;
use super::target;
use crate::model::Target;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// `source` with another destination for each link to which `new` gives one. `new` is asked with
/// what a link points at and the bytes it stands in. A link by reference becomes an inline link, an
/// address in angle brackets becomes the words of one.
pub fn relink(source: &str, new: impl Fn(&Target, Range<usize>) -> Option<String>) -> String {
    if !source.contains(['[', '<']) {
        return source.to_owned();
    }
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut in_table = false;
    for (event, bytes) in events(source) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                widen(&mut open, &bytes);
                let words_end = bytes.start + 1;
                open.push(Open { kind: link_type, destination: dest_url, title, bytes, words_end });
            }
            Event::End(TagEnd::Link) => {
                let Some(link) = open.pop() else { continue };
                // Of a link inside another the outer one counts.
                if !open.is_empty() {
                    continue;
                }
                let to = target(link.kind, &link.destination);
                if let Some(new) = new(&to, link.bytes.clone()) {
                    edits.extend(link.edit(source, &new, in_table));
                }
            }
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            _ => widen(&mut open, &bytes),
        }
    }
    edits.sort_by_key(|(bytes, _)| bytes.start);
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for (bytes, text) in edits {
        if let Some(before) = source.get(at..bytes.start) {
            out.push_str(before);
            out.push_str(&text);
            at = bytes.end;
        }
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}

/// A link whose words are being read.
struct Open<'s> {
    kind: LinkType,
    destination: CowStr<'s>,
    title: CowStr<'s>,
    bytes: Range<usize>,
    /// The byte after what is known of its words.
    words_end: usize,
}

/// Notes that the words of the open links reach to the end of `bytes`.
fn widen(open: &mut [Open], bytes: &Range<usize>) {
    for link in open {
        link.words_end = link.words_end.max(bytes.end.min(link.bytes.end));
    }
}

impl Open<'_> {
    /// The bytes to replace, and by what.
    fn edit(&self, source: &str, new: &str, in_table: bool) -> Option<(Range<usize>, String)> {
        let end = self.bytes.end;
        let find = |sign: &str, from: usize| Some(from + source.get(from..end)?.find(sign)?);
        let inline = || {
            let title = match &*self.title {
                "" => String::new(),
                title => format!(" \"{}\"", escape(title, &['"', '\\'], in_table)),
            };
            format!("({}{title})", destination(new, in_table))
        };
        match self.kind {
            LinkType::Inline => {
                let start = find("](", self.words_end.saturating_sub(1).max(self.bytes.start))? + 2;
                Some((destination_at(source, start, end)?, destination(new, in_table)))
            }
            LinkType::Reference | LinkType::ReferenceUnknown => {
                Some((find("]", self.words_end)? + 1..end, inline()))
            }
            // The parser counts the empty brackets to the link or not.
            LinkType::Collapsed | LinkType::CollapsedUnknown => {
                let within = source.get(self.bytes.clone())?.strip_suffix("[]");
                let start = within.map_or(end, |words| self.bytes.start + words.len());
                let empty = source.get(start..)?.starts_with("[]");
                Some((start..start + if empty { "[]".len() } else { 0 }, inline()))
            }
            LinkType::Shortcut | LinkType::ShortcutUnknown => Some((end..end, inline())),
            LinkType::Autolink | LinkType::Email => {
                let words = source.get(self.bytes.start + 1..end.checked_sub(1)?)?;
                let words =
                    escape(words, &['[', ']', '\\', '*', '_', '`', '~', '&', '<', '>'], in_table);
                let link = format!("[{words}]{}", inline());
                // Behind `](` it would be read as where that leads.
                let before = source.get(..self.bytes.start)?;
                Some(match before.trim_ascii_end().strip_suffix('(') {
                    Some(words) if words.ends_with(']') => {
                        let space = before.get(words.len()..)?;
                        (words.len()..end, format!("\\{space}{link}"))
                    }
                    _ => (self.bytes.clone(), link),
                })
            }
            LinkType::WikiLink { .. } => self.wiki(source, new, in_table),
        }
    }

    /// A wiki link stays one, if the new name can stand in it.
    fn wiki(&self, source: &str, new: &str, in_table: bool) -> Option<(Range<usize>, String)> {
        let start = self.bytes.start + "[[".len();
        let inside = source.get(start..self.bytes.end.checked_sub("]]".len())?)?;
        let (name, label) = match inside.find('|') {
            Some(bar) => {
                let name = inside.get(..bar)?;
                (name.strip_suffix('\\').unwrap_or(name), inside.get(bar + 1..)?)
            }
            None => (inside, inside),
        };
        if new.contains(['[', ']', '|', '\n', '\r', '\\', '<'])
            || new.trim() != new
            || new.is_empty()
        {
            let link = format!("[{label}]({})", destination(new, in_table));
            return Some((self.bytes.clone(), link));
        }
        Some((start..start + name.len(), new.to_owned()))
    }
}

/// The bytes of the destination behind the bracket that ends before `start`.
fn destination_at(source: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let rest = source.get(start..end)?;
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let start = start + rest.len() - rest.trim_start_matches(space).len();
    let rest = source.get(start..end)?;
    let (mut depth, mut escaped) = (0_usize, false);
    let angle = rest.starts_with('<');
    for (at, c) in rest.char_indices().skip(usize::from(angle)) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '>' if angle => return Some(start..start + at + 1),
            _ if angle => {}
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if space(c) => return Some(start..start + at),
            _ => {}
        }
    }
    None
}

/// A destination as it may stand in an inline link.
fn destination(address: &str, in_table: bool) -> String {
    let bare = !address.is_empty()
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "()<>".contains(c));
    if bare {
        return escape(address, &['\\', '&', '*', '_', '`', '[', ']'], in_table);
    }
    let line = address.replace('\n', "%0A").replace('\r', "%0D");
    format!("<{}>", escape(&line, &['\\', '<', '>', '&'], in_table))
}

/// `text` with a backslash before each of `signs`; in a table also before bars.
fn escape(text: &str, signs: &[char], in_table: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if signs.contains(&c) || (in_table && c == '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{body, links};
    use super::*;
    use proptest::prelude::*;

    /// Each link to `old` gets the destination `to`.
    fn changed(source: &str, to: &str) -> String {
        relink(source, |target, _| target.shown().contains("old").then(|| to.to_owned()))
    }

    #[test]
    fn only_destinations_change() {
        let source = "*a* [x *y*](old.md \"t\") ![i](old.png) `[q](old)` [z](<old b>  't')\n";
        assert_eq!(
            changed(source, "new.md#a"),
            "*a* [x *y*](new.md#a \"t\") ![i](old.png) `[q](old)` [z](new.md#a  't')\n"
        );
        assert_eq!(changed("[a](old(1).md) [b](keep)", "n"), "[a](n) [b](keep)");
        assert_eq!(changed("[![i](a.png)](old)", "n"), "[![i](a.png)](n)");
        assert_eq!(changed("[](old)[a]( old )", "n"), "[](n)[a]( n )");
        assert_eq!(changed("[a \\] `](` b](old)", "n"), "[a \\] `](` b](n)");
    }

    #[test]
    fn of_a_link_inside_another_the_outer_one_counts() {
        assert_eq!(changed("[<https://old.x>](old)", "n"), "[<https://old.x>](n)");
    }

    #[test]
    fn links_by_reference_become_inline() {
        let source = "[a][r] [r][] [r] [b][s]\n\n[r]: old.md \"say \\\"t\\\"\"\n[s]: keep\n";
        assert_eq!(
            changed(source, "n"),
            "[a](n \"say \\\"t\\\"\") [r](n \"say \\\"t\\\"\") [r](n \"say \\\"t\\\"\") [b][s]\n\n[r]: old.md \"say \\\"t\\\"\"\n[s]: keep\n"
        );
    }

    #[test]
    fn addresses_keep_their_words() {
        assert_eq!(changed("<https://old.x/a_b>", "n.md"), "[https://old.x/a\\_b](n.md)");
        assert_eq!(changed("<old@x.y>", "n"), "[old@x.y](n)");
    }

    #[test]
    fn wiki_links_stay_wiki_links() {
        assert_eq!(
            changed("[[old]] [[old#h|b *c*]]", "new card"),
            "[[new card]] [[new card|b *c*]]"
        );
        assert_eq!(changed("|a|\n|-|\n|[[old\\|b]]|", "n"), "|a|\n|-|\n|[[n\\|b]]|");
        assert_eq!(changed("[[old|b]]", "a]b"), "[b](a\\]b)");
    }

    #[test]
    fn odd_destinations_are_escaped() {
        for to in ["a b", "a(b", "a)b(", "<a>", "a\\b", "a&amp;b", "", "a_b*c", "a|b", "é"] {
            for source in
                ["[x](old)", "[x][old]\n\n[old]: old", "<https://old.x>", "|a|\n|-|\n|[x](old)|"]
            {
                let out = changed(source, to);
                let found = links(&out);
                assert_eq!(found.len(), 1, "{source} {to}: {out}");
                assert_eq!(found[0].0, Target::Path(to.into()), "{source} {to}: {out}");
            }
        }
    }

    #[test]
    fn an_address_behind_what_looks_like_a_link_does_not_become_its_destination() {
        assert_eq!(changed("[^1](<https://old.i>> )", "n"), "[^1]\\([https://old.i](n)> )");
        assert_eq!(changed("[a](\n <https://old.i>> )", "n"), "[a]\\(\n [https://old.i](n)> )");
        assert_eq!(changed("[a]\\(<https://old.i>> )", "n"), "[a]\\([https://old.i](n)> )");
    }

    const PIECES: &[&str] = &[
        "[a](b)",
        "[a](<b c> \"t\")",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "[[w]]",
        "[[w|l]]",
        "[r]",
        "[r][]",
        "[x][r]",
        "<https://h.i>",
        "![i](j)",
        "*",
        "`",
        "\\",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "|",
        "|-|\n",
        "word ",
        "[^1]",
        "&amp;",
        "é",
        "\"t\"",
        "[^1]: n",
        "    ",
        "<b>",
    ];

    proptest! {
        #[test]
        fn what_is_not_changed_stays(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            let source = pieces.concat() + "\n\n[r]: s 'u'\n";
            prop_assert_eq!(relink(&source, |_, _| None), source);
        }

        #[test]
        fn each_link_leads_where_it_is_sent(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            let source = pieces.concat() + "\n\n[r]: s 'u'\n";
            // Brackets around an address mean something else once it is a link of its own.
            prop_assume!(!source.contains("[<"));
            let out = relink(&source, |_, _| Some("new".to_owned()));
            let before = links(&source);
            let after = links(&out);
            prop_assert_eq!(before.len(), after.len(), "{} {}", source, out);
            let mut end = 0;
            for (target, bytes) in after.into_iter().filter(|(_, bytes)| {
                let outer = bytes.start >= end;
                end = end.max(bytes.end);
                outer
            }) {
                // Pictures are not links that can be followed.
                let to = target.shown();
                prop_assert!(["new", "j"].contains(&to.as_str()), "{:?} {} {}", bytes, source, out);
            }
            prop_assert_eq!(body(&source).blocks.len(), body(&out).blocks.len());
        }
    }
}
