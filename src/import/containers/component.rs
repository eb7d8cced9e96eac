//! Components of MDX, `<Name title="…">`, as what they say.

use super::End;
use super::arguments::Arguments;
use super::opening::{Begins, CALLOUTS, Closers, Opening, callout, kind_of, split_name};
use std::ops::Range;

/// Bytes of a tag, at most.
const MAX_TAG: usize = 2048;

/// Whether a text may hold components: tags with capital names.
pub fn has_components(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes())
        .any(|at| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_uppercase))
}

/// A picture as Markdown writes it.
pub fn picture(arguments: &Arguments) -> Option<String> {
    let from = arguments.named(&["src", "link"]).or(arguments.plain())?;
    let words = arguments.named(&["alt", "caption", "title"]).unwrap_or_default();
    let words = words.replace(['[', ']'], "");
    (!from.contains(['<', '>', '\n'])).then(|| format!("![{words}](<{from}>)"))
}

/// A component, `<Name …>` or `<Name … />`, that stands alone on its lines.
pub fn component(text: &str, line: &Range<usize>, closers: &Closers) -> Option<Opening> {
    let whole = text.get(line.start..)?;
    let indent = whole.find('<')?;
    let tag = whole.get(indent + 1..)?;
    if !tag.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let (name, rest) = split_name(tag);
    let end = tag_end(rest)?;
    let inside = rest.get(..end)?;
    let after = rest.get(end + 1..)?;
    let blank = after.find(|c: char| c != ' ' && c != '\t' && c != '\r').unwrap_or(after.len());
    let length = match after.get(blank..)?.chars().next() {
        Some('\n') => whole.len() - after.len() + blank + 1,
        None => whole.len(),
        Some(_) => return short(name, inside, after, whole),
    };
    let arguments = Arguments::read(inside.trim_end().trim_end_matches('/'));
    let title = arguments.title().unwrap_or_default().to_owned();
    let last = line.start + length - 1;
    let lower = name.to_lowercase();
    let begins = if inside.trim_end().ends_with('/') {
        Begins::Text(said(&lower, &arguments))
    } else if closers.name(name, last) {
        let end = End::Named(name.to_owned());
        match kind_of(&lower) {
            _ if CALLOUTS.contains(&lower.as_str()) => callout(&lower, &arguments, title, end),
            Some(kind) => Begins::Callout { kind, title, end },
            None => match arguments.named(&["href"]) {
                Some(to) if !title.is_empty() && !to.contains(['<', '>', '\n']) => {
                    Begins::Plain { title: format!("[{title}](<{to}>)"), end }
                }
                _ => Begins::Plain { title, end },
            },
        }
    } else {
        return None;
    };
    Some(Opening { begins, length })
}

/// A component with a title that ends on the line on which it starts.
fn short(name: &str, inside: &str, after: &str, whole: &str) -> Option<Opening> {
    let line = after.lines().next()?;
    let text = line.trim_end().strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</")?;
    let title = Arguments::read(inside).title()?.to_owned();
    let rest = after.get(line.len()..)?;
    let length = whole.len() - rest.len() + usize::from(rest.starts_with('\n'));
    let begins = Begins::Text(format!("**{title}**\n\n{}", text.trim()));
    Some(Opening { begins, length })
}

/// The words of a component that has no text inside.
fn said(name: &str, arguments: &Arguments) -> String {
    if name.ends_with("image") || name == "img" || name == "figure" {
        return picture(arguments).unwrap_or_default();
    }
    let title = arguments.title().unwrap_or_default();
    let more = arguments.named(&["description", "content", "text"]).unwrap_or_default();
    let to = arguments.named(&["href", "to", "url"]).filter(|to| !to.contains(['<', '>', '\n']));
    match (title, to) {
        ("", None) => more.to_owned(),
        ("", Some(to)) => format!("<{to}> {more}"),
        (title, Some(to)) => format!("[{title}](<{to}>) {more}"),
        (title, None) => format!("**{title}** {more}"),
    }
    .trim()
    .to_owned()
}

/// Where a tag ends, from behind its name; quotes and braces hide what is in them.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    let mut blank = false;
    for (at, c) in rest.char_indices().take_while(|(at, _)| *at < MAX_TAG) {
        let starts = c == '<' && quote.is_none() && depth == 0;
        if starts || (c == '\n' && blank) {
            return None;
        }
        match (c, quote) {
            (c, Some(sign)) => quote = quote.filter(|_| c != sign),
            ('"' | '\'' | '`', None) => quote = Some(c),
            ('{', None) => depth += 1,
            ('}', None) => depth = depth.saturating_sub(1),
            ('>', None) if depth == 0 => return Some(at),
            _ => {}
        }
        blank = c == '\n' || (blank && c.is_whitespace());
    }
    None
}
