//! How containers begin and end: `!!! note "Title"`, `=== "Tab"`, `:::note Title`, `/// note | Title`,
//! `<Note title="…">`, `{{% note %}}`, `{% note %}` and `` ```{note} Title ``.

use super::End;
use super::arguments::Arguments;
use super::component::{component, picture};
use std::collections::HashMap;
use std::ops::Range;

/// Names that are known to stand for a callout.
const KINDS: &[&str] = &[
    "abstract",
    "alert",
    "attention",
    "bug",
    "caution",
    "check",
    "danger",
    "details",
    "error",
    "example",
    "failure",
    "fail",
    "help",
    "hint",
    "important",
    "info",
    "note",
    "notice",
    "question",
    "quote",
    "seealso",
    "success",
    "summary",
    "tip",
    "tldr",
    "todo",
    "warning",
];
/// Names of containers that are callouts of the kind that an argument says.
pub const CALLOUTS: &[&str] =
    &["admonition", "aside", "callout", "alert", "hint", "notice", "block"];
/// Names of containers whose text is code.
const CODE: &[&str] = &["highlight", "code", "code-toggle", "prism", "mermaid"];

/// What a line begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Opening {
    pub begins: Begins,
    /// The bytes it takes, from the start of its line.
    pub length: usize,
}

/// What begins.
#[derive(Debug, PartialEq, Eq)]
pub enum Begins {
    /// A callout.
    Callout { kind: String, title: String, end: End },
    /// A part of the text with a title, which may be empty.
    Plain { title: String, end: End },
    /// Code.
    Code { language: String, end: End },
    /// Nothing: the line stands for this text.
    Text(String),
}

/// Where containers end for the last time, so that none is opened that nothing closes.
#[derive(Debug, Default)]
pub struct Closers {
    names: HashMap<String, usize>,
    /// By sign, and whether there are more than two of them.
    fences: HashMap<(char, bool), usize>,
}

impl Closers {
    /// Goes through the lines of a text.
    pub fn find(text: &str) -> Self {
        let mut closers = Self::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            match words.chars().next() {
                Some(sign @ (':' | '/')) if words.len() > 1 && words.chars().all(|c| c == sign) => {
                    closers.fences.insert((sign, words.len() > 2), at);
                }
                Some('<' | '{') => {
                    if let Some(name) = closes(words) {
                        closers.names.insert(name.to_owned(), at);
                    }
                }
                _ => {}
            }
            at += line.len();
        }
        closers
    }

    /// Whether a closing tag of that name follows.
    pub fn name(&self, name: &str, at: usize) -> bool {
        self.names.get(name).is_some_and(|last| *last > at)
    }

    fn fence(&self, sign: char, count: usize, at: usize) -> bool {
        self.fences.get(&(sign, count > 2)).is_some_and(|last| *last > at)
    }
}

/// The name in a closing tag that stands alone on a line.
pub fn closes(words: &str) -> Option<&str> {
    let name = if let Some(rest) = words.strip_prefix("</") {
        let name = rest.strip_suffix('>')?;
        name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)?
    } else if let Some((_, inside)) = shortcode(words) {
        inside.strip_prefix('/')?
    } else {
        liquid(words)?.strip_prefix("end")?
    };
    let name = name.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// What stands in `{{< … >}}` or `{{% … %}}`, with the sign.
fn shortcode(words: &str) -> Option<(char, &str)> {
    let (sign, close) = match words.as_bytes().get(2)? {
        b'<' => ('<', ">}}"),
        b'%' => ('%', "%}}"),
        _ => return None,
    };
    let inside = words.strip_prefix("{{")?.get(1..)?.strip_suffix(close)?;
    (!inside.contains("}}")).then(|| (sign, inside.trim()))
}

/// What stands in `{% … %}`.
fn liquid(words: &str) -> Option<&str> {
    let inside = words.strip_prefix("{%")?.strip_suffix("%}")?;
    let inside = inside.trim_start_matches('-').trim_end_matches('-').trim();
    (!inside.contains("%}")).then_some(inside)
}

/// What the line at some bytes begins, if it does.
pub fn opening(text: &str, line: Range<usize>, closers: &Closers) -> Option<Opening> {
    let words = text.get(line.clone())?.trim();
    let indent = super::columns(text.get(line.clone())?);
    let at = line.start;
    let begins = match words.as_bytes().first()? {
        b'!' | b'?' => indented(words, indent),
        b'=' => tab(words, indent),
        b':' => fenced(words, ':', at, closers),
        b'/' => fenced(words, '/', at, closers),
        b'`' => directive(words),
        b'{' => match (shortcode(words), liquid(words)) {
            (Some((_, inside)), _) | (_, Some(inside)) => named(inside, at, closers),
            _ => None,
        },
        b'<' => return component(text, &line, closers),
        _ => None,
    };
    Some(Opening { begins: begins?, length: line.len() })
}

/// A name at the start of a text, and what follows.
pub fn split_name(text: &str) -> (&str, &str) {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.split_at(text.find(|c: char| !is_name(c)).unwrap_or(text.len()))
}

/// The kind of callout that a name stands for.
pub fn kind_of(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let kind = name.strip_prefix("callout-").or(name.strip_prefix("alert-")).unwrap_or(&name);
    KINDS.contains(&kind).then(|| kind.to_owned())
}

/// `!!! note "Title"` and `??? note`, whose text is set in.
fn indented(words: &str, indent: usize) -> Option<Begins> {
    let rest = ["!!! ", "???+ ", "??? "].iter().find_map(|sign| words.strip_prefix(sign))?.trim();
    let (kind, rest) = split_name(rest);
    // Sentences may begin with such signs as well.
    let is_known = kind_of(kind).is_some();
    if !(rest.trim().is_empty() || rest.contains('"') || is_known && rest.starts_with(' ')) {
        return None;
    }
    let title = match rest.split_once('"') {
        // Words before it say where it stands.
        Some((_, title)) => title.trim().trim_end_matches('"'),
        None => rest.trim().trim_start_matches("inline").trim(),
    };
    let title = title.trim_start_matches("end").trim().to_owned();
    let end = End::Indent(indent + 4);
    (!kind.is_empty()).then(|| Begins::Callout { kind: kind.to_lowercase(), title, end })
}

/// `=== "Title"`, whose text is set in.
fn tab(words: &str, indent: usize) -> Option<Begins> {
    let rest = words.strip_prefix("===")?.trim_start_matches(['!', '+']).strip_prefix(' ')?.trim();
    let title = rest.strip_prefix('"')?.strip_suffix('"')?;
    Some(Begins::Plain { title: title.trim().to_owned(), end: End::Indent(indent + 4) })
}

/// `:::note Title`, `::: {.note title="…"}`, `::name{…}`, `/// note | Title`.
fn fenced(words: &str, sign: char, at: usize, closers: &Closers) -> Option<Begins> {
    let count = words.chars().take_while(|c| *c == sign).count();
    let rest = words.get(count..)?.trim();
    // Some close the line with the same signs.
    let rest = rest.trim_end_matches(sign).trim();
    let closed = closers.fence(sign, count, at);
    let inside = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let (name, rest) = match inside {
        // Of several classes the first that is known counts.
        Some(inside) => {
            let classes = inside.split_whitespace().map(|word| word.trim_start_matches(['.', '#']));
            let name = classes.clone().find(|word| kind_of(word).is_some());
            (name.or(classes.clone().next()).unwrap_or_default(), inside)
        }
        None => match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            // MyST writes `:::{note} Title`.
            Some((name, title)) => (name.trim().trim_start_matches('.'), title),
            None => split_name(rest),
        },
    };
    let kind = kind_of(name);
    if name.is_empty() || !(closed || (kind.is_some() && sign == ':' && count > 2)) {
        return None;
    }
    if (sign == '/' && !(3..=6).contains(&count)) || count < 2 {
        return None;
    }
    // Two colons stand in text as well, as in `::before`.
    let bare = rest.trim();
    if count == 2 && !(bare.is_empty() || bare.starts_with('{')) {
        return None;
    }
    let braced = |text: &str| {
        text.split_once('{').map(|(_, inside)| inside.trim_end_matches('}').to_owned())
    };
    let arguments = inside.map(str::to_owned).or_else(|| braced(bare));
    let arguments = Arguments::read(arguments.as_deref().unwrap_or_default());
    let own = if inside.is_some() { "" } else { bare.split('{').next().unwrap_or_default() };
    let own = own.trim().trim_start_matches('|').trim();
    let own = own.strip_prefix('[').and_then(|own| own.strip_suffix(']')).unwrap_or(own);
    let title = Some(own.trim_matches('"')).filter(|own| !own.is_empty());
    let title = title.or_else(|| arguments.title()).unwrap_or_default().trim().to_owned();
    let end = End::Fence(sign, count);
    Some(match kind {
        Some(kind) => Begins::Callout { kind, title, end },
        None if CALLOUTS.contains(&name) => callout(name, &arguments, title, end),
        None => {
            let is_shown =
                sign == '/' || !matches!(name, "code-group" | "container" | "raw" | "v-pre");
            let title = if is_shown { title } else { String::new() };
            // What pymdown calls by the name of an element has arguments there.
            let title = if sign == '/' && name == "html" { String::new() } else { title };
            Begins::Plain { title, end }
        }
    })
}

/// A callout whose kind is an argument; without one it is that of its name.
pub fn callout(name: &str, arguments: &Arguments, title: String, end: End) -> Begins {
    let kind = arguments.named(&["type", "kind", "style", "variant", "status", "intent"]);
    let kind = kind.or(arguments.plain()).and_then(kind_of).or_else(|| kind_of(name));
    let kind = kind.unwrap_or_else(|| "note".to_owned());
    Begins::Callout { kind, title, end }
}

/// `` ```{note} Title `` of `MyST`.
fn directive(words: &str) -> Option<Begins> {
    let count = words.bytes().take_while(|b| *b == b'`').count();
    let rest = words.get(count..)?.strip_prefix('{').filter(|_| count >= 3)?;
    let (name, title) = rest.split_once('}')?;
    let title = title.trim().to_owned();
    let end = End::Fence('`', count);
    match (name, kind_of(name)) {
        (_, Some(kind)) => Some(Begins::Callout { kind, title, end }),
        ("admonition", None) => Some(Begins::Callout { kind: "note".to_owned(), title, end }),
        ("tab-item" | "dropdown" | "card" | "grid-item-card", None) => {
            Some(Begins::Plain { title, end })
        }
        ("tab-set" | "grid", None) => Some(Begins::Plain { title: String::new(), end }),
        _ => None,
    }
}

/// A tag of Hugo or Liquid, by what stands in it.
fn named(inside: &str, at: usize, closers: &Closers) -> Option<Begins> {
    let end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(end);
    let arguments = Arguments::read(rest.trim_end_matches('/'));
    let title = || arguments.title().or(arguments.plain()).unwrap_or_default().to_owned();
    let end = End::Named(name.to_owned());
    if name == "figure" || name == "img" {
        return picture(&arguments).map(Begins::Text);
    }
    if matches!(name, "else" | "elsif" | "assign" | "toc" | "when") {
        return Some(Begins::Text(String::new()));
    }
    if !closers.name(name, at) {
        return None;
    }
    let leaf = name.rsplit('/').next().unwrap_or(name);
    Some(match kind_of(leaf) {
        _ if CODE.contains(&leaf) => {
            let language = arguments.named(&["lang", "language"]).or(arguments.plain());
            let language = language.filter(|word| word.chars().all(char::is_alphanumeric));
            Begins::Code { language: language.unwrap_or_default().to_owned(), end }
        }
        _ if CALLOUTS.contains(&leaf) => {
            callout(leaf, &arguments, arguments.title().unwrap_or_default().to_owned(), end)
        }
        Some(kind) => Begins::Callout { kind, title: title(), end },
        None if matches!(
            leaf,
            "if" | "unless" | "for" | "case" | "raw" | "ifversion" | "capture"
        ) =>
        {
            Begins::Plain { title: String::new(), end }
        }
        None if matches!(leaf, "comment" | "rawhtml" | "katex" | "math") => return None,
        None if leaf.starts_with("tab") || matches!(leaf, "expand" | "step" | "accordion") => {
            Begins::Plain { title: title(), end }
        }
        None => Begins::Plain { title: arguments.title().unwrap_or_default().to_owned(), end },
    })
}
