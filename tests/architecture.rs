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
    // It runs another program where the system does not tell the size.
    ("terminal::size()", &[]),
    // A query must not take longer than it is long, and a document may be cut off while it is read.
    ("regex::", &[]),
    ("memmap", &[]),
    ("allow(unsafe_code)", &[]),
    ("unsafe {", &["runtime"]),
    ("expect(unsafe_code", &["runtime"]),
];

/// Lines of a file before its tests.
const LONGEST: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files of Rust below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
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
    let mut files = Vec::new();
    walk(folder, &mut files);
    files.sort();
    files
}

/// The source files, with the module each belongs to, without their tests.
fn sources() -> Vec<(PathBuf, String, String)> {
    let src = root().join("src");
    files_below(&src)
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

/// The words of a page that are set as code, outside of blocks of code.
fn set_as_code(page: &str) -> Vec<&str> {
    let blocks = page.split("\n```").step_by(2);
    blocks.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

/// The file of a module, and what of its path stands within that file.
fn file_of<'n>(base: &Path, root: &Path, names: &'n [&'n str]) -> (PathBuf, &'n [&'n str]) {
    let (mut folder, mut file, mut rest) = (base.to_owned(), root.to_owned(), names);
    while let [name, more @ ..] = rest {
        let below = folder.join(format!("{name}.rs"));
        if !below.exists() {
            break;
        }
        (folder, file, rest) = (folder.join(name), below, more);
    }
    (file, rest)
}

/// Whether there is something of this name: a module, a test or another function, or what a module
/// hands on.
fn is_there(name: &str) -> bool {
    let names: Vec<&str> = name.split("::").collect();
    let [first, others @ ..] = &names[..] else { return false };
    let (tests, src) = (root().join("tests"), root().join("src"));
    let is_within = |(file, rest): (PathBuf, &[&str])| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let Some((last, modules)) = rest.split_last() else { return !text.is_empty() };
        let is_module = |name: &str| text.contains(&format!("mod {name} {{"));
        let is_used = || {
            let uses = text.lines().filter(|line| line.trim_start().starts_with("pub use "));
            uses.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '_')))
                .any(|word| word == *last)
        };
        let is_known = text.contains(&format!("fn {last}(")) || is_module(last) || is_used();
        is_known && modules.iter().all(|module| is_module(module))
    };
    let mut places = vec![file_of(&src, &src.join("lib.rs"), &names)];
    for root in [tests.join(format!("{first}.rs")), tests.join(first).join("main.rs")] {
        if root.exists() {
            places.push(file_of(&tests.join(first), &root, others));
        }
    }
    places.into_iter().any(is_within)
}

#[test]
fn what_is_said_to_hold_a_promise_is_there() {
    let is_name = |word: &&str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:".contains(c);
        word.contains("::") && word.chars().all(fits)
    };
    let is_path = |word: &str| {
        let is_test = ["tests/", "benches/", "fuzz/"].iter().any(|at| word.starts_with(at));
        !word.contains(char::is_whitespace)
            && (is_test || Path::new(word).extension().is_some_and(|end| end == "rs"))
    };
    // Paths start at the root, or in the room that is spoken of.
    let src = files_below(&root().join("src"));
    let is_file =
        |word: &str| root().join(word).exists() || src.iter().any(|path| path.ends_with(word));
    let mut seen = 0;
    for page in ["SECURITY.md", "ARCHITECTURE.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for word in set_as_code(&text) {
            let ours = word.split("::").next().is_some_and(|first| {
                let tests = root().join("tests").join(first);
                FLOORS.iter().any(|(module, _)| *module == first)
                    || tests.is_dir()
                    || tests.with_extension("rs").is_file()
            });
            if is_name(&word) && ours {
                seen += 1;
                assert!(is_there(word), "{page}: there is no `{word}`");
            } else if is_path(word) {
                seen += 1;
                assert!(is_file(word), "{page}: there is no `{word}`");
            }
        }
    }
    assert!(seen > 100, "{seen}");
    for none in ["store::tests::none", "terminal::none", "none::tests", "store::none::tests"] {
        assert!(!is_there(none), "{none}");
    }
}
