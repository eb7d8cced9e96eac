use super::super::{check, markdown, shown, text, yaml};
use crate::diagnostic::Severity;
use crate::format;
use crate::text::{Printable, clusters, width, wrap};
use std::path::{Path, PathBuf};

/// A file of a crate that Cargo has fetched; what is said if it is not there.
#[expect(clippy::disallowed_methods, reason = "the examples are files")]
pub fn of_crate(name: &str, path: &str) -> Option<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok();
    let crates = registries.into_iter().flatten().flatten();
    let found = crates.flat_map(|entry| std::fs::read_dir(entry.path()).into_iter().flatten());
    let mut found: Vec<PathBuf> = found
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&format!("{name}-")))
        .map(|entry| entry.path().join(path))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    let text = found.last().and_then(|path| std::fs::read_to_string(path).ok());
    if text.is_none() {
        println!("skipped: the sources of `{name}` are not here");
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "the examples are files")]
fn data(name: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn valid_yaml_is_read_and_no_yaml_does_harm() {
    let (mut read, mut refused) = (0, Vec::new());
    for case in data("yaml-test-suite.json").as_array().unwrap() {
        let source = case["yaml"].as_str().unwrap();
        yaml(format!("\u{14}{source}").as_bytes());
        let inside = source.lines().fold(String::new(), |all, line| all + "      " + line + "\n");
        yaml(format!("\u{14}cards:\n  - title: T\n    body:\n{inside}").as_bytes());
        if case["fail"].as_bool() == Some(true) {
            continue;
        }
        let found = format::briefing(source, "t").1;
        let broken = |code: &str| code == "yaml";
        match found.iter().find(|d| d.severity == Severity::Error && broken(d.code)) {
            None => read += 1,
            Some(found) => refused.push(format!("{}: {}", case["id"], found.message)),
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert_eq!(read, 308);
}

#[test]
fn clusters_are_those_of_unicode() {
    let Some(file) = of_crate("icu_segmenter", "tests/testdata/GraphemeBreakTest_17.txt") else {
        return;
    };
    let mut count = 0;
    for (line, pieces) in unicode(&file) {
        let whole: String = pieces.concat();
        // What is drawn has no controls, and nothing that is hidden.
        if *Printable::lines(&whole) != *whole {
            continue;
        }
        let ours: Vec<&str> = clusters(&whole).collect();
        assert_eq!(ours, pieces, "{line}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn lines_break_where_unicode_allows_it() {
    let Some(file) = of_crate("icu_segmenter", "tests/testdata/LineBreakTest.txt") else { return };
    let (mut count, mut wrong) = (0, Vec::new());
    for (line, pieces) in unicode(&file) {
        let whole: String = pieces.concat();
        if *Printable::line(&whole) != *whole {
            continue;
        }
        let ends = pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        });
        let allowed: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let widest = pieces.iter().map(|piece| width(piece.trim_end())).max().unwrap_or(1).max(1);
        for columns in widest..=width(&whole) {
            let starts = wrap(&whole, columns, columns).into_iter().map(|row| row.start);
            let bad: Vec<_> = starts.filter(|start| !allowed.contains(start)).collect();
            if !bad.is_empty() {
                wrong.push(format!("{line}: at {bad:?} in {columns} columns"));
                break;
            }
        }
        count += 1;
    }
    assert!(count > 1000, "{count}");
    // Words are taken together across ` -`, and before brackets; where such a word is wider than the line
    // it is cut. The words of running text are not among them.
    assert!(wrong.len() * 90 < count, "{} of {count}", wrong.len());
}

/// The lines of a break test, each with the pieces that it is to be broken into.
fn unicode(file: &str) -> impl Iterator<Item = (&str, Vec<String>)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let marked = line.split('#').next()?.trim();
        let pieces = marked.split('÷').map(|piece| {
            let numbers = piece.split(['×', ' ', '\t']).filter(|number| !number.is_empty());
            numbers.filter_map(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)).collect()
        });
        let pieces: Vec<String> = pieces.filter(|piece: &String| !piece.is_empty()).collect();
        // Halves of surrogates are no text.
        let numbers = marked.split(['÷', '×', ' ', '\t']).filter(|n| !n.is_empty()).count();
        (pieces.concat().chars().count() == numbers && numbers > 0).then_some((line, pieces))
    })
}

#[test]
fn naughty_strings_are_shown_and_do_no_harm() {
    let list = data("naughty-strings.json");
    let strings: Vec<&str> = list.as_array().unwrap().iter().filter_map(|s| s.as_str()).collect();
    assert!(strings.len() > 400, "{}", strings.len());
    for string in &strings {
        for printable in [Printable::line(string), Printable::lines(string)] {
            shown(&printable);
            let seen = string.chars().any(|c| !c.is_whitespace() && !c.is_control());
            assert!(!seen || !printable.is_empty() || width(string) == 0, "{string:?} is gone");
        }
        let quoted = serde_json::to_string(string).unwrap();
        let source = format!("title: {quoted}\ncards:\n  - title: {quoted}\n    body: {quoted}\n");
        let (briefing, found) = format::briefing(&source, "naughty");
        assert!(found.iter().all(|d| d.code != "yaml"), "{source}: {found:?}");
        assert_eq!(briefing.cards.len(), 1, "{source}");
        check(briefing, found, 33);
        let bytes = [b"\x14", string.as_bytes()].concat();
        for reads in [markdown, text, super::super::html, super::super::query] {
            reads(&bytes);
        }
    }
    let all = strings.join("\n\n");
    markdown(all.as_bytes());
    text(all.as_bytes());
}
