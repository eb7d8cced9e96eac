//! The order of the house: which part may use which, which crate is used where, how long a file may
//! be. The table is the one in `ARCHITECTURE.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules it may use.
const FLOORS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &[]),
    ("diagnostic", &["text"]),
    ("model", &["text"]),
    ("format", &["text", "diagnostic", "model"]),
    ("import", &["text", "diagnostic", "model", "format"]),
    ("layout", &["text", "model", "format"]),
    ("library", &["text", "files", "diagnostic", "model", "format", "import"]),
    ("search", &["text", "model", "format", "library"]),
    ("check", &["text", "diagnostic", "model", "format", "library"]),
    ("store", &["text", "files", "diagnostic", "model"]),
    ("study", &["text", "diagnostic", "model", "format", "library", "store"]),
    ("export", &["text", "model", "format", "library", "study"]),
    (
        "app",
        &[
            "text",
            "diagnostic",
            "model",
            "format",
            "layout",
            "library",
            "search",
            "check",
            "store",
            "study",
        ],
    ),
    (
        "ui",
        &[
            "text",
            "diagnostic",
            "model",
            "format",
            "layout",
            "library",
            "search",
            "check",
            "store",
            "study",
            "app",
        ],
    ),
    (
        "runtime",
        &[
            "text",
            "files",
            "diagnostic",
            "library",
            "search",
            "check",
            "store",
            "study",
            "app",
            "ui",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "files",
            "diagnostic",
            "model",
            "format",
            "import",
            "layout",
            "library",
            "search",
            "check",
            "study",
            "export",
            "store",
            "app",
            "ui",
            "runtime",
        ],
    ),
    (
        "bench",
        &[
            "text", "model", "format", "import", "layout", "library", "search", "store", "study",
            "app", "ui",
        ],
    ),
    (
        "fuzzing",
        &[
            "text",
            "diagnostic",
            "model",
            "format",
            "import",
            "layout",
            "library",
            "search",
            "app",
            "ui",
        ],
    ),
];

/// Words that may stand only in some modules.
const FENCES: &[(&str, &[&str])] = &[
    ("ratatui::", &["ui", "runtime", "bench", "fuzzing"]),
    ("crossterm::", &["runtime"]),
    ("serde_yaml::", &["format"]),
    ("pulldown_cmark::", &["format"]),
    ("toml::", &["format"]),
    ("html5gum::", &["format", "fuzzing", "import"]),
    ("quick_xml::", &["import"]),
    ("zip::", &["import", "fuzzing"]),
    ("sha2::", &["files"]),
    ("notify::", &["runtime"]),
    ("signal_hook::", &["runtime"]),
    ("nucleo_matcher::", &["app"]),
    ("ratatui_textarea::", &["app"]),
    ("rusqlite::", &["store"]),
    ("aho_corasick::", &["search"]),
    ("fsrs::", &["study"]),
    ("jiff::", &["runtime", "study"]),
    ("postcard::", &["library"]),
    ("crc32fast::", &["library"]),
    ("anyhow::", &["cli"]),
    ("annotate_snippets::", &["cli"]),
    ("clap::", &["cli"]),
    ("std::fs::", &["files"]),
    ("std::process::Command", &["runtime"]),
    ("process::exit", &["runtime"]),
    ("std::thread", &["runtime", "library", "search"]),
    ("SystemTime::now", &["runtime"]),
    ("Instant::now", &["runtime"]),
    ("std::env", &["runtime", "cli"]),
    ("io::stdout()", &["cli"]),
    ("io::stderr()", &["cli"]),
    ("set_symbol(", &["ui"]),
    ("allow(unsafe_code)", &[]),
    ("unsafe {", &["runtime"]),
    ("expect(unsafe_code", &["runtime"]),
];

/// Lines of a file before its tests.
const LONGEST: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The source files, with the module each belongs to, without their tests.
fn sources() -> Vec<(PathBuf, String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs") && !path.ends_with("ui/generated.rs"))
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().iter().next().unwrap();
            let module = name.to_str().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            let text = text.split("#[cfg(test)]\n#[expect").next().unwrap().to_owned();
            (path, module, text)
        })
        .collect()
}

/// The lines of a file that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn every_module_stands_on_its_floor() {
    let known: BTreeSet<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    let mut seen = BTreeSet::new();
    for (path, module, text) in sources() {
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        assert!(known.contains(module.as_str()), "`{module}` is not in the table of floors");
        seen.insert(module.clone());
        let (_, below) = FLOORS.iter().find(|(name, _)| *name == module).unwrap();
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let names = used.trim_start_matches('{');
                let first: String =
                    names.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // `use crate::{files, format};`
                let listed = used.strip_prefix('{').and_then(|list| list.split('}').next());
                let all = listed.map_or(vec![first.as_str()], |list| {
                    list.split(',').map(|name| name.trim().split("::").next().unwrap()).collect()
                });
                for name in all.into_iter().filter(|name| known.contains(name)) {
                    let may = name == module || below.contains(&name);
                    assert!(may, "{}: `{module}` may not use `{name}`", path.display());
                }
            }
        }
    }
    let missing: Vec<_> = known.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(missing.is_empty(), "in the table but not in the house: {missing:?}");
}

#[test]
fn fenced_words_stay_where_they_belong() {
    for (path, module, text) in sources() {
        for (word, modules) in FENCES {
            if modules.contains(&module.as_str()) {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                if line.trim_start().starts_with("//") {
                    continue;
                }
                let line = line.replace("stdio::", "");
                assert!(!line.contains(word), "{}:{}: `{word}`", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn text_meets_cells_in_one_place() {
    for (path, _, text) in sources() {
        let is_canvas = path.ends_with("ui/canvas.rs");
        for word in
            ["set_symbol(", "set_stringn(", "set_string(", "set_span(", "set_line(", "set_char("]
        {
            assert!(is_canvas || !text.contains(word), "{}: `{word}`", path.display());
        }
        for word in ["widgets::", "SetTitle", "Print("] {
            assert!(!code(&text).any(|line| line.contains(word)), "{}: `{word}`", path.display());
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for (path, _, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{}: {lines} lines", path.display());
        assert!(text.starts_with("//!"), "{}: no word on what it is for", path.display());
        assert!(!path.ends_with("mod.rs"), "{}", path.display());
    }
}

#[test]
fn the_map_shows_every_module() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (module, below) in FLOORS {
        let row = map.lines().find(|line| line.contains(&format!("| `{module}` |")));
        let row = row.unwrap_or_else(|| panic!("`{module}` is not in ARCHITECTURE.md"));
        for name in *below {
            assert!(row.contains(name), "ARCHITECTURE.md: `{module}` may use `{name}`");
        }
    }
    assert!(map.lines().count() <= 200, "a map is short");
}
