//! What a site says about the order of its pages: a number above the text of each, or a list of all in
//! its settings.

use super::markdown::Entry;
use super::yaml::{self, Node, Value};
use crate::text::{LineIndex, Printable};

/// Keys above a text that say where among its neighbours a page stands.
const POSITIONS: [&str; 3] = ["sidebar_position", "nav_order", "sidebar_order"];
/// Lists inside one another in a navigation; what lies deeper is left out.
const MAX_DEPTH: u8 = 16;

/// Where among its neighbours a page stands, by what is above its text (YAML or TOML), or by the
/// settings of a folder (`_category_.json`, `_category_.yml`). `weight` says so in `weighed` pages, those
/// of Hugo; in others it may be that of anything.
pub fn position(source: &str, weighed: bool) -> Option<f64> {
    let fence = source.lines().next().map(str::trim_end).filter(|l| matches!(*l, "---" | "+++"));
    let lines = source.lines().skip(usize::from(fence.is_some()));
    let mut sidebar = false;
    for line in lines.take_while(|line| fence.is_none_or(|fence| line.trim_end() != fence)) {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let name = key.trim().trim_matches('"');
        let inside = key.starts_with([' ', '\t']) && fence.is_some();
        sidebar = if inside { sidebar } else { name == "sidebar" };
        let counts = match name {
            // Starlight writes `sidebar:` with `order: 1` below it.
            "order" => inside && sidebar,
            "position" => fence.is_none(),
            "weight" => weighed && !inside,
            name => POSITIONS.contains(&name) && !inside,
        };
        let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
        if counts
            && let Ok(number) = value.parse::<f64>()
            && number.is_finite()
        {
            return Some(number);
        }
    }
    None
}

/// The folder of the pages and the entries of the navigation that an `mkdocs.yml` lists; none if it
/// lists none.
pub fn navigation(source: &str) -> Option<(String, Vec<Entry>)> {
    // The rest of the file may hold tags of other programs.
    let part = |name: &str| {
        let at = source.lines().position(|line| line.starts_with(name))?;
        let mut lines = source.lines().skip(at);
        let first = lines.next()?;
        let inside = |line: &&str| line.is_empty() || line.starts_with([' ', '\t', '#', '-']);
        let all: Vec<_> = std::iter::once(first).chain(lines.take_while(inside)).collect();
        Some(all.join("\n"))
    };
    let word = |text: String| {
        let value =
            text.split_once(':')?.1.lines().next()?.trim().trim_matches(['"', '\'']).to_owned();
        Some(value.trim_matches('/').trim_start_matches("./").to_owned()).filter(|v| !v.is_empty())
    };
    let folder = part("docs_dir:").and_then(word).unwrap_or_else(|| "docs".to_owned());
    let text = part("nav:").or_else(|| part("pages:"))?;
    let lines = LineIndex::new(&text);
    let node = yaml::read(&text, &lines, &mut Vec::new())?;
    let (_, list) = node.entries().first()?;
    let mut entries = Vec::new();
    // What is left to go through, the next last.
    let mut rest: Vec<(&Node, Option<&str>, u8)> = vec![(list, None, 0)];
    while let Some((node, title, depth)) = rest.pop() {
        match &node.value {
            Value::List(items) if depth < MAX_DEPTH => {
                let inner = depth + u8::from(title.is_some());
                rest.extend(items.iter().rev().map(|item| (item, None, inner)));
            }
            Value::Map(pairs) => {
                let pairs = pairs.iter().rev();
                rest.extend(
                    pairs.map(|(key, value)| (value, Some(key.text().unwrap_or("")), depth)),
                );
            }
            Value::Scalar(scalar) => entries.push(Entry {
                title: Printable::line(title.unwrap_or_default()),
                path: Some(scalar.text.to_string()),
                depth,
            }),
            Value::List(_) => {}
        }
    }
    (!entries.is_empty()).then_some((folder, entries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_stand_above_the_text() {
        let weighed = |source| position(source, true);
        assert_eq!(weighed("---\ntitle: x\nsidebar_position: 2.5\n---\nweight: 1"), Some(2.5));
        assert_eq!(weighed("+++\nweight = 10\n+++\n"), Some(10.0));
        assert_eq!(position("---\nweight: 70\n---\n", false), None);
        assert_eq!(weighed("---\nsidebar:\n  order: 3\n---\n"), Some(3.0));
        assert_eq!(weighed("---\nmenu:\n  weight: 3\n---\n"), None);
        assert_eq!(weighed("---\norder: 3\nposition: 4\n---\n"), None);
        assert_eq!(weighed("{\n  \"label\": \"A\",\n  \"position\": 4,\n}"), Some(4.0));
        assert_eq!(weighed("---\nweight: heavy\n---\nposition: 2\n"), None);
    }

    #[test]
    fn navigation_is_listed_in_order() {
        let source = "site_name: S\nmarkdown_extensions:\n- a: !!python/name:x\ndocs_dir: text\nnav:\n- index.md\n\
                      - Part:\n  - One: a/one.md\n  - b.md\n- Web: https://x.org\nextra: !ENV y\n";
        let (folder, entries) = navigation(source).unwrap();
        let all: Vec<_> = entries
            .iter()
            .map(|e| (e.title.as_str(), e.path.as_deref().unwrap(), e.depth))
            .collect();
        assert_eq!(folder, "text");
        assert_eq!(
            all,
            [
                ("", "index.md", 0),
                ("One", "a/one.md", 1),
                ("", "b.md", 1),
                ("Web", "https://x.org", 0)
            ]
        );
        assert!(navigation("site_name: S\n").is_none());
    }
}
