//! What generators of books and sites replace before Markdown is read: included files (mdBook) and
//! links by short name (Hugo).

use super::Written;
use super::markdown::Options;
use crate::diagnostic::Diagnostic;
use crate::text::LineIndex;
use std::ops::Range;

/// Included text of one file, at most.
const MAX_INCLUDED: usize = 1 << 20;

/// The text of a file from byte `start` on, with what is to be replaced replaced.
pub fn expand(
    source: &str,
    start: usize,
    options: Options,
    lines: &LineIndex,
    found: &mut Vec<Diagnostic>,
) -> Written {
    let mut out = Written::default();
    let mut at = start;
    let bytes = source.as_bytes();
    let marks = memchr::memchr_iter(b'{', bytes)
        .filter(|mark| matches!(bytes.get(mark + 1), Some(b'{' | b'%')));
    for mark in marks.filter(|mark| *mark >= start) {
        if mark < at {
            continue;
        }
        let rest = source.get(mark..).unwrap_or_default();
        if source.get(..mark).is_some_and(|before| before.ends_with('\\')) {
            continue;
        }
        let new = match rest.as_bytes().get(2) {
            Some(b'<' | b'%') => relref(source, mark),
            Some(b'#') => include(rest, options, out.text.len()).map(|(length, told)| {
                let bytes = mark..mark + length;
                match told {
                    Ok(text) => (bytes, text),
                    Err(message) => {
                        let help = "the place is left as it is written";
                        let diagnostic = Diagnostic::warning("lost-include", message);
                        found.push(diagnostic.at(lines.span(bytes)).help(help));
                        (mark..mark, String::new())
                    }
                }
            }),
            _ => liquid(source, mark),
        };
        let Some((bytes, text)) = new else { continue };
        out.append_slice(source, at..bytes.start);
        out.origin.push((out.text.len(), bytes.start));
        out.text.push_str(&text);
        at = bytes.end;
    }
    if at == start {
        return Written::slice(source, start..source.len());
    }
    out.append_slice(source, at..source.len());
    out
}

/// `{{< relref "path" >}}` as the destination of a link: its bytes, and the path.
fn relref(source: &str, mark: usize) -> Option<(Range<usize>, String)> {
    let is_destination = source.get(..mark)?.ends_with("](");
    let rest = source.get(mark + 3..)?;
    let end = rest.find("}}").filter(|end| *end < 512)?;
    let inside = rest.get(..end)?.trim_end_matches(['>', '%']).trim();
    let name = inside.strip_prefix("relref").or_else(|| inside.strip_prefix("ref"))?;
    let name = name.trim();
    // Hugo also takes `path="…"` and further arguments behind the path.
    let name = name.strip_prefix("path=").unwrap_or(name);
    let path = match name.chars().next()? {
        quote @ ('"' | '\'' | '`') => name.get(1..)?.split(quote).next()?,
        _ => name.split_whitespace().next()?,
    };
    let bytes = mark..mark + 3 + end + 2;
    (is_destination && !path.contains(['<', '>', '\n'])).then(|| (bytes, format!("<{path}>")))
}

/// The destination of a link as Liquid makes it, `{% link path %}`, `{% post_url name %}`,
/// `{{ site.baseurl }}/path`, `{{ "/path" | relative_url }}`: its bytes, and the path from the root.
fn liquid(source: &str, mark: usize) -> Option<(Range<usize>, String)> {
    const LONGEST: usize = 512;
    let is_destination = source.get(..mark)?.ends_with("](");
    let mut rest = source.get(mark..).filter(|_| is_destination)?;
    let mut path = String::new();
    loop {
        let length = source.len() - mark - rest.len();
        if length > LONGEST {
            return None;
        }
        if rest.starts_with(')') {
            let root = if path.is_empty() { "/" } else { "" };
            let is_path = !path.contains(['<', '>', '\n']);
            return is_path.then(|| (mark..mark + length, format!("<{root}{path}>")));
        }
        let (value, length) = if rest.starts_with("{{") {
            let inside = within(rest, "}}")?;
            let value = inside.trim();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let value = match quote {
                Some(quote) => value.get(1..)?.split(quote).next()?.to_owned(),
                None if value.starts_with("site.") => String::new(),
                None => return None,
            };
            (value, inside.len() + 4)
        } else if rest.starts_with("{%") {
            let inside = within(rest, "%}")?;
            let value = match inside.trim().split_once(char::is_whitespace)? {
                ("link", path) => format!("/{}", path.trim().trim_start_matches('/')),
                ("post_url", name) => format!("/_posts/{}.md", name.trim()),
                _ => return None,
            };
            (value, inside.len() + 4)
        } else {
            let c = rest.chars().next().filter(|c| *c != '\n')?;
            (c.to_string(), c.len_utf8())
        };
        path.push_str(&value);
        rest = rest.get(length..)?;
    }
}

/// What stands between the two signs that a text starts with and those that close them, in the same
/// line.
fn within<'t>(text: &'t str, close: &str) -> Option<&'t str> {
    let mut end = text.len().min(512);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let line = text.get(2..end)?.lines().next()?;
    line.split_once(close).map(|(inside, _)| inside)
}

/// `{{#include path:lines}}` of an mdBook: its length, and the text that replaces it or why none
/// does. `None` if it is something else.
fn include(
    rest: &str,
    options: Options,
    included: usize,
) -> Option<(usize, Result<String, String>)> {
    let sibling = options.sibling?;
    let end = rest.find("}}").filter(|end| *end < 1024)?;
    let inside = rest.get(3..end)?;
    let (word, what) = inside.split_once(char::is_whitespace)?;
    if word == "title" {
        return Some((end + 2, Ok(String::new())));
    }
    if !matches!(word, "include" | "rustdoc_include" | "playground" | "playpen") {
        return None;
    }
    // `{{#playground file.rs editable}}` has words behind the path.
    let what = if word.starts_with("play") { what.split_whitespace().next()? } else { what.trim() };
    let (path, part) = what.split_once(':').map_or((what, ""), |(path, part)| (path, part));
    let told = match sibling(&relative(options.path, path)) {
        None => Err(format!("the file `{path}` is not there to be included")),
        Some(text) => select(&text, part)
            .ok_or_else(|| format!("`{path}` has no part `{part}`"))
            .and_then(|text| {
                if included + text.len() > MAX_INCLUDED {
                    return Err(format!("`{path}` is too long to be included"));
                }
                Ok(text)
            }),
    };
    Some((end + 2, told))
}

/// The part of an included file: all of it, `from:to` by lines, or a named part between
/// `ANCHOR: name` and `ANCHOR_END: name`.
fn select(text: &str, part: &str) -> Option<String> {
    let is_mark = |line: &&str| line.contains("ANCHOR:") || line.contains("ANCHOR_END:");
    let join = |lines: Vec<&str>| lines.join("\n");
    if part.is_empty() {
        return Some(join(text.lines().filter(|line| !is_mark(line)).collect()));
    }
    let (from, to) = part.split_once(':').map_or((part, part), |(from, to)| (from, to));
    let number = |text: &str| text.trim().parse::<usize>();
    if let (Ok(from), true) = (number(from), to.is_empty() || number(to).is_ok()) {
        let count = number(to).map_or(usize::MAX, |to| (to + 1).saturating_sub(from.max(1)));
        return Some(join(text.lines().skip(from.saturating_sub(1)).take(count).collect()));
    }
    if let (true, Ok(to)) = (from.is_empty(), number(to)) {
        return Some(join(text.lines().take(to).collect()));
    }
    let named = |line: &str, mark: &str| {
        line.split_once(mark).is_some_and(|(_, name)| name.split_whitespace().next() == Some(part))
    };
    let mut lines = text.lines().skip_while(|line| !named(line, "ANCHOR:"));
    lines.next()?;
    let lines = lines.take_while(|line| !named(line, "ANCHOR_END:"));
    Some(join(lines.filter(|line| !is_mark(line)).collect()))
}

/// A path that a file names, as a path below what was opened; `None` if it leaves that.
pub fn join(from: &str, path: &str) -> Option<String> {
    let path = relative(from, path);
    (path != ".." && !path.starts_with("../")).then_some(path)
}

/// The same, beginning with `..` as often as it leaves what was opened.
fn relative(from: &str, path: &str) -> String {
    let folder = from.rfind('/').and_then(|at| from.get(..at)).unwrap_or_default();
    let mut steps: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Naming, Split};

    fn expanded(source: &str) -> (Written, Vec<String>) {
        let files = |path: &str| match path {
            "../x/a.rs" => Some("one\n// ANCHOR: p\ntwo\n// ANCHOR_END: p\nthree\n".to_owned()),
            _ => None,
        };
        let options = Options {
            path: "ch.md",
            naming: Naming::Among,
            split: Split::Auto,
            sibling: Some(&files),
        };
        let mut found = Vec::new();
        let out = expand(source, 0, options, &LineIndex::new(source), &mut found);
        (out, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
    }

    #[test]
    fn files_are_included_whole_or_in_part() {
        let text = |source| expanded(source).0.text;
        assert_eq!(text("a {{#include ../x/a.rs}} b"), "a one\ntwo\nthree b");
        assert_eq!(text("{{#rustdoc_include ../x/a.rs:p}}"), "two");
        assert_eq!(text("{{#include ../x/a.rs:1:1}}|{{#include ../x/a.rs:5}}"), "one|three");
        assert_eq!(text("{{#include ../x/a.rs::1}}"), "one");
        assert_eq!(text("{{#title T}}x {{other}} {{#if}}"), "x {{other}} {{#if}}");
    }

    #[test]
    fn what_cannot_be_included_is_said_and_stays() {
        let (out, found) = expanded("a\n{{#include gone.rs}} {{#include ../../../etc/passwd}}");
        assert_eq!(out.text, "a\n{{#include gone.rs}} {{#include ../../../etc/passwd}}");
        assert_eq!(
            found,
            [
                ":2:1 the file `gone.rs` is not there to be included",
                ":2:22 the file `../../../etc/passwd` is not there to be included",
            ]
        );
        assert_eq!(expanded("{{#include ../x/a.rs:none}}").1.len(), 1);
    }

    #[test]
    fn text_behind_what_was_replaced_knows_its_place() {
        let source = "{{#include ../x/a.rs}} [l](m)";
        let (out, _) = expanded(source);
        let at = out.text.find("[l]").unwrap();
        assert_eq!(out.source(at), source.find("[l]").unwrap());
    }

    #[test]
    fn liquid_becomes_destinations() {
        let text = |source| expanded(source).0.text;
        assert_eq!(text("[a]({% link b/c.md %}#d)."), "[a](</b/c.md#d>).");
        assert_eq!(text("[a]({{ site.baseurl }}{% link b.md %})"), "[a](</b.md>)");
        assert_eq!(text("[a]({{ \"/b/\" | relative_url }})"), "[a](</b/>)");
        assert_eq!(text("[a]({% post_url 2026-01-02-x %})"), "[a](</_posts/2026-01-02-x.md>)");
        for source in ["[a]({{ page.x }})", "[a]({% x %}", "[a]({{ 'é", "{{ site.x }} b"] {
            assert_eq!(text(source), source);
        }
    }

    #[test]
    fn short_names_become_destinations() {
        let text = |source| expanded(source).0.text;
        assert_eq!(text("[a]({{< relref \"b.md#c\" >}})."), "[a](<b.md#c>).");
        assert_eq!(text("[a]({{% ref path=\"b c\" lang=\"de\" %}})"), "[a](<b c>)");
        assert_eq!(text("write `{{< relref \"b\" >}}`"), "write `{{< relref \"b\" >}}`");
    }

    #[test]
    fn paths_stay_below_what_was_opened() {
        assert_eq!(join("a/b.md", "../c/./d.md").as_deref(), Some("c/d.md"));
        assert_eq!(join("a/b.md", "/c.md").as_deref(), Some("c.md"));
        assert_eq!(join("a/b.md", "../../c.md"), None);
    }
}
