//! What stands above the text of a Markdown file: titles, other names, keywords, as YAML or TOML.

mod plain;

use super::yaml::{self, Node, Value};
use crate::diagnostic::{Diagnostic, Label};
use crate::text::{LineIndex, Printable, Span};
use std::ops::Range;

/// What a file says about itself. Keys that mean nothing here are left alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// `title`.
    pub title: Option<Printable>,
    /// `aliases` or `alias`: a word or a list of them; the addresses that the page has on its site, which
    /// start with `/`, are among them.
    pub aliases: Vec<Printable>,
    /// `tags`, `tag`, `keywords` or `categories`: likewise.
    pub tags: Vec<Printable>,
    /// `description` or `summary`.
    pub description: Option<String>,
}

/// Reads what stands above a text. The byte at which the text starts, and what is wrong.
///
/// It is there only if the first line is `---` (YAML) or `+++` (TOML) and a later line closes it.
pub fn front(source: &str, lines: &LineIndex) -> (Front, usize, Vec<Diagnostic>) {
    let none = || (Front::default(), 0, Vec::new());
    let Some((inside, end, is_toml)) = fenced(source) else { return none() };
    let mut front = Front::default();
    let text = source.get(inside.clone()).unwrap_or_default();
    let found = if is_toml { toml(text, &mut front) } else { yaml(text, &mut front) };
    let shift = |span: Span| {
        let at = |byte: u32| inside.start + byte as usize;
        lines.span(at(span.start)..at(span.end))
    };
    let found = found
        .into_iter()
        .map(|found| Diagnostic {
            span: found.span.map(shift).or_else(|| Some(lines.span(inside.clone()))),
            labels: found
                .labels
                .into_iter()
                .map(|label| Label { span: shift(label.span), ..label })
                .collect(),
            ..found
        })
        .collect();
    (front, end, found)
}

/// The bytes between the fences, the byte behind them, and whether they are those of TOML.
fn fenced(source: &str) -> Option<(Range<usize>, usize, bool)> {
    let mut at = 0;
    let mut fence = None;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end();
        match fence {
            None => {
                let is_fence = matches!(text, "---" | "+++") && line.ends_with('\n');
                fence = Some((text, line.len())).filter(|_| is_fence);
                fence?;
            }
            Some((fence, start)) if text == fence || (fence == "---" && text == "...") => {
                return Some((start..at, at + line.len(), fence == "+++"));
            }
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

fn yaml(text: &str, front: &mut Front) -> Vec<Diagnostic> {
    let Some(entries) = plain::entries(text) else { return parsed(text, front) };
    for (key, words) in entries {
        front.take(key, || words);
    }
    Vec::new()
}

/// The same by the parser of YAML, which takes whatever there is.
fn parsed(text: &str, front: &mut Front) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let lines = LineIndex::new(text);
    match yaml::read(text, &lines, &mut found) {
        Some(Node { value: Value::Map(entries), .. }) => {
            for (key, value) in &entries {
                front.take(key.text().unwrap_or_default(), || words(value));
            }
        }
        Some(node) if !node.is_null() => found.push(no_mapping(lines.span(node.bytes))),
        _ => {}
    }
    for diagnostic in &mut found {
        diagnostic.code = "front-matter";
        diagnostic.severity = crate::diagnostic::Severity::Warning;
    }
    found
}

/// The words of a node: one, or those of a list.
fn words(node: &Node) -> Vec<String> {
    match &node.value {
        _ if node.is_null() => Vec::new(),
        Value::Scalar(scalar) => vec![scalar.text.to_string()],
        Value::List(items) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
        Value::Map(_) => Vec::new(),
    }
}

fn no_mapping(span: Span) -> Diagnostic {
    Diagnostic::warning("front-matter", "what stands above the text is no list of keys")
        .at(span)
        .help("write `title: …`, or put an empty line before the first `---`")
}

fn toml(text: &str, front: &mut Front) -> Vec<Diagnostic> {
    match text.parse::<toml::Table>() {
        Ok(table) => {
            for (key, value) in &table {
                front.take(key, || match value {
                    toml::Value::Array(items) => items.iter().filter_map(word).collect(),
                    value => word(value).into_iter().collect(),
                });
            }
            Vec::new()
        }
        Err(error) => {
            let span = LineIndex::new(text).span(error.span().unwrap_or(0..0));
            let message = format!("the TOML above the text cannot be read: {}", error.message());
            let help = "the text is shown all the same";
            vec![Diagnostic::warning("front-matter", message).at(span).help(help)]
        }
    }
}

fn word(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

impl Front {
    fn take<W: AsRef<str>>(&mut self, key: &str, words: impl FnOnce() -> Vec<W>) {
        let lines = |words: Vec<W>| {
            let words = words.iter().map(|word| Printable::line(word.as_ref()));
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
        };
        let is = |names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        if is(&["title"]) {
            self.title = lines(words()).into_iter().next();
        } else if is(&["aliases", "alias"]) {
            self.aliases.extend(lines(words()));
        } else if is(&["permalink", "slug", "url", "redirect_from"]) {
            let is_address = |word: &Printable| word.starts_with('/') && word.len() > 1;
            self.aliases.extend(lines(words()).into_iter().filter(is_address));
        } else if is(&["tags", "tag", "keywords", "categories"]) {
            for word in words() {
                // `tags: one, two` and `tags: "#one #two"` are written too.
                let parts = word.as_ref().split(',');
                let parts = parts.map(|word| Printable::line(word.trim().trim_start_matches('#')));
                self.tags.extend(parts.filter(|word| !word.is_empty()));
            }
        } else if is(&["description", "summary"]) {
            let text = words().into_iter().next();
            let text = text.filter(|text| !text.as_ref().trim().is_empty());
            self.description = text.map(|text| text.as_ref().to_owned());
        }
    }
}

/// The settings of an mdBook, as far as they concern its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Book {
    /// `book.title`.
    pub title: Option<Printable>,
    /// `book.authors`, joined.
    pub authors: Option<Printable>,
    /// `book.language`.
    pub language: Option<Printable>,
    /// `book.src`: the folder of the text.
    pub src: String,
    /// `output.html.redirect`: old addresses and where they lead now.
    pub redirects: Vec<(String, String)>,
}

/// Reads a `book.toml`. What is wrong with it is reported, and the usual is taken.
pub fn book(source: &str) -> (Book, Option<Diagnostic>) {
    let mut found = None;
    let table = source.parse::<toml::Table>().unwrap_or_else(|error| {
        let span = LineIndex::new(source).span(error.span().unwrap_or(0..0));
        let message = format!("cannot be read: {}", error.message());
        found = Some(Diagnostic::warning("book-settings", message).at(span));
        toml::Table::new()
    });
    let at = |path: &[&str]| {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))
    };
    let line = |path: &[&str]| at(path).and_then(toml::Value::as_str).map(Printable::line);
    let authors = at(&["book", "authors"]).and_then(toml::Value::as_array);
    let authors = authors.map(|all| all.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>());
    let redirects = at(&["output", "html", "redirect"]).and_then(toml::Value::as_table);
    let redirects = redirects.into_iter().flatten();
    let book = Book {
        title: line(&["book", "title"]),
        authors: authors.map(|all| Printable::line(&all.join(", "))),
        language: line(&["book", "language"]),
        src: at(&["book", "src"]).and_then(toml::Value::as_str).unwrap_or("src").to_owned(),
        redirects: redirects
            .filter_map(|(from, to)| Some((from.clone(), to.as_str()?.to_owned())))
            .collect(),
    };
    (book, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> (Front, &str, Vec<String>) {
        let (front, end, found) = front(source, &LineIndex::new(source));
        let found = found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect();
        (front, &source[end..], found)
    }

    fn list(words: &[&str]) -> Vec<Printable> {
        words.iter().map(|word| Printable::line(word)).collect()
    }

    #[test]
    fn reads_yaml_and_toml() {
        let yaml =
            "---\ntitle: \"A: b\"\naliases: [x, 'y z']\ntags: one, two\nother: {a: 1}\n---\nT";
        let toml = "+++\ntitle = 'A: b'\naliases = ['x', 'y z']\ntags = ['one', 'two']\n+++\nT";
        for source in [yaml, toml] {
            let (front, text, found) = read(source);
            assert_eq!(front.title, Some(Printable::line("A: b")), "{source}");
            assert_eq!(front.aliases, list(&["x", "y z"]));
            assert_eq!(front.tags, list(&["one", "two"]));
            assert_eq!((text, found.len()), ("T", 0));
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let word = || {
            prop_oneof![
                4 => "[a-z0-9É_./()+=;-]{0,6}( [a-zA-Z0-9#:&*-]{1,4})?",
                1 => "[\"'][a-z:# ,!?-]{0,5}[\"']",
                1 => "~|null|true|1e3|---|\\.\\.\\.|\\[|\\]|\\{|%|@|`|>|\\||\u{a0}x|\t",
            ]
        };
        let list = proptest::collection::vec(word(), 0..3).prop_map(|all| all.join(", "));
        let value = prop_oneof![
            4 => word(),
            3 => list.prop_map(|list| format!("[{list}]")),
            2 => Just(String::new()),
        ];
        let key = prop_oneof![
            4 => "title|Title|aliases|alias|tags|tag|keywords|summary|description",
            1 => "[a-zé1? -]{0,4}",
        ];
        let colon = prop_oneof![5 => Just(": "), 1 => Just(":"), 1 => Just(":  "), 1 => Just("")];
        prop_oneof![
            4 => (key, colon, value).prop_map(|(key, colon, value)| key + colon + &value),
            3 => (" {0,3}", word()).prop_map(|(indent, word)| format!("{indent}- {word}")),
            1 => (" {0,2}#?", word()).prop_map(|(indent, word)| indent + &word),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_plain_means_the_same_without_the_parser(
            lines in proptest::collection::vec(line(), 0..5),
        ) {
            let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
            if plain::entries(&text).is_some() {
                let (mut quick, mut whole) = (Front::default(), Front::default());
                prop_assert_eq!(yaml(&text, &mut quick), Vec::new());
                prop_assert_eq!(parsed(&text, &mut whole), Vec::new());
                prop_assert_eq!(quick, whole);
            }
        }
    }

    #[test]
    fn most_front_matter_is_plain() {
        let is_plain = |text: &str| plain::entries(text).is_some();
        assert!(is_plain(""));
        assert!(is_plain("title: A b\ntags: [x, y/z]\ndate: 2024-01-02\n"));
        assert!(is_plain("aliases:\n  - One\n  - 'two: 2'\ntags:\n- x\nempty:\n"));
        for text in ["a: b: c\n", "a: 'b''c'\n", "a: x # y\n", "a: |\n  b\n", "a:\n - b\n- c\n"] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn names_may_be_null_one_or_many() {
        assert_eq!(read("---\naliases:\n---\n").0.aliases, []);
        assert_eq!(read("---\nalias: one\n---\n").0.aliases, list(&["one"]));
        assert_eq!(read("---\naliases:\n- a\n- 2\n---\n").0.aliases, list(&["a", "2"]));
    }

    #[test]
    fn what_is_not_closed_or_not_on_the_first_line_is_text() {
        for source in ["---\ntitle: x\n", "\n---\na: b\n---\n", "--- \u{a0}x\n---\n", "---", ""] {
            assert_eq!(read(source).1, source);
        }
        assert_eq!(read("---\n---\ntext").1, "text");
    }

    #[test]
    fn what_is_wrong_is_named_and_the_text_is_kept() {
        let (_, text, found) = read("---\ntitle: [a\n---\ntext");
        assert_eq!(text, "text");
        assert!(found[0].starts_with(":2:") || found[0].starts_with(":3:"), "{found:?}");
        let (_, text, found) = read("---\njust words\n---\ntext");
        assert_eq!(text, "text");
        assert_eq!(found, [":2:1 what stands above the text is no list of keys"]);
        let (_, text, found) = read("+++\ntitle = 'a\n+++\ntext");
        assert_eq!(text, "text");
        assert!(found[0].starts_with(":2:"), "{found:?}");
    }

    #[test]
    fn reads_the_settings_of_a_book() {
        let source = "[book]\ntitle = 'B'\nauthors = ['A', 'C']\nsrc = 'text'\n\
                      [output.html.redirect]\n'a.html' = 'b.html#c'\n";
        let (book, found) = book(source);
        assert!(found.is_none());
        assert_eq!(book.title.unwrap().as_str(), "B");
        assert_eq!(book.authors.unwrap().as_str(), "A, C");
        assert_eq!(book.src, "text");
        assert_eq!(book.redirects, [("a.html".to_owned(), "b.html#c".to_owned())]);
        let (book, found) = super::book("[book\n");
        assert_eq!((book.src.as_str(), found.is_some()), ("src", true));
    }
}
