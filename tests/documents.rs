//! Documents of all kinds through the real program: how many cards and links they give. The large
//! collections are not part of the project; without them their tests say so and do nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file or folder beside the project, if it is there.
fn corpus(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

/// What `briefing check` counts in the first briefing of a path.
fn counts(path: &Path, split: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["check", "--format", "json", "--split", split])
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.code().is_some(), "{} ended the program", path.display());
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["briefings"][0].take()
}

fn number(counts: &Value, path: &[&str]) -> u64 {
    path.iter().fold(counts, |value, key| &value[*key]).as_u64().unwrap_or(0)
}

fn list(path: &Path) -> Vec<String> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_briefing")).arg("list").arg(path).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_book_has_its_pages_in_order_and_no_broken_link() {
    let Some(book) = corpus("corpora/rust-book") else { return };
    for (split, cards) in [("0", 111), ("1", 333), ("2", 492), ("all", 545), ("auto", 527)] {
        let counts = counts(&book, split);
        assert_eq!(number(&counts, &["cards"]), cards, "split {split}");
        assert_eq!(number(&counts, &["documents"]), 111);
        let links = |status| number(&counts, &["links", status]);
        assert_eq!(links("ok") + links("self"), 182, "split {split}");
        assert_eq!((links("outside"), links("external")), (33, 103));
        let broken = links("broken") + links("broken_anchor") + links("wanted");
        assert_eq!((broken, links("ambiguous")), (0, 0));
    }
    let cards = list(&book);
    assert!(cards[0].starts_with("title-page\t"), "{}", cards[0]);
}

#[test]
fn a_collection_of_pages_refers_by_names_set_as_code() {
    let Some(pages) = corpus("corpora/tldr-en/pages") else { return };
    let counts = counts(&pages, "auto");
    assert_eq!(number(&counts, &["cards"]), 7425);
    let links = |status| number(&counts, &["links", status]);
    // Two more than stand on lines of their own: names within a sentence count as well.
    assert_eq!((links("ok"), links("self"), links("wanted")), (2645, 1, 16));
}

#[test]
fn a_vault_resolves_names_as_their_writers_expect() {
    let Some(vault) = corpus("corpora/obsidian-links") else { return };
    let counts = counts(&vault, "auto");
    let links = |status| number(&counts, &["links", status]);
    assert_eq!(links("wanted"), 1, "`[[missing]]`");
    assert_eq!(links("broken"), 1, "`My%20Note.md` is in another folder");
    assert_eq!(links("broken_anchor"), 2, "`#^zz` and `#Nope`");
}

#[test]
fn notes_without_headings_become_topics() {
    let Some(folder) = corpus("document") else { return };
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let titles: Vec<_> =
        list(&file).iter().map(|line| line.rsplit('\t').next().unwrap().to_owned()).collect();
    assert_eq!(
        titles,
        [
            "January 3, 2026 U.S. operation in Venezuela",
            "narcoterrorism",
            "close coordination",
            "Tommy Pigott",
            "Daniel Noboa",
            "close coordination (2)",
        ]
    );
    let found = counts(&file, "auto");
    assert_eq!(number(&found, &["diagnostics", "lost-list"]), 2);
    assert_eq!(number(&found, &["diagnostics", "repeated-title"]), 1);
}

#[test]
fn a_dictionary_in_text_has_an_entry_each() {
    let Some(file) = corpus("corpora/devils-dictionary/972.txt") else { return };
    let terms = list(&file).into_iter().filter(|line| line.contains("\tterm\t")).count();
    assert_eq!(terms, 982);
}

#[test]
fn an_ebook_has_an_entry_each_and_no_broken_link() {
    let Some(file) = corpus("corpora/devils-dictionary/devils-dictionary.epub") else { return };
    let terms = list(&file).into_iter().filter(|line| line.contains("\tterm\t")).count();
    assert_eq!(terms, 1035);
    let counts = counts(&file, "auto");
    assert_eq!(number(&counts, &["documents"]), 32);
    let links = |status| number(&counts, &["links", status]);
    assert_eq!(links("ok") + links("self"), 7);
    assert_eq!(links("broken") + links("broken_anchor") + links("wanted"), 0);
}

/// A folder with files of our own.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    folder
}

/// The ids of the cards of a folder, after it was made sure that all its links lead somewhere.
fn ids(files: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let counts = counts(folder.path(), "auto");
    let links = |status| number(&counts, &["links", status]);
    let broken = links("broken") + links("broken_anchor") + links("wanted") + links("ambiguous");
    assert_eq!(broken, 0, "{counts}");
    list(folder.path()).iter().map(|l| l.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn pages_of_sites_stand_in_the_order_of_the_site() {
    let docusaurus = [
        ("docs/intro.md", "---\nsidebar_position: 1\n---\n# Intro\n[a](/docs/guide/setup#now)\n"),
        ("docs/guide/_category_.json", "{\n  \"position\": 2\n}\n"),
        (
            "docs/guide/setup.mdx",
            "import A from 'a';\n\n## Now {/* #now */}\n\n<A>\n[b](../api)\n</A>\n",
        ),
        ("docs/api.md", "---\nsidebar_position: 3\n---\n[c](intro/)\n"),
    ];
    assert_eq!(ids(&docusaurus), ["docs/intro", "docs/guide/setup", "docs/api"]);
    let mkdocs = [
        ("README.md", "# Project\n"),
        ("mkdocs.yml", "nav:\n- index.md\n- Use:\n  - use/b.md\n  - use/a.md\nx: !y z\n"),
        ("docs/index.md", "# Home\n\n=== \"One\"\n\n    [b](use/b.md#a-b)\n"),
        ("docs/use/a.md", "text\n"),
        ("docs/use/b.md", "# A & b\n\n!!! note\n    [a](a.md)\n"),
        ("docs/zebra.md", "text\n"),
    ];
    assert_eq!(ids(&mkdocs), ["README", "docs/index", "docs/use/b", "docs/use/a", "docs/zebra"]);
    let book = [
        ("README.md", "# Project\n"),
        ("book/src/SUMMARY.md", "- [Two](two.md)\n  - [One](one.md)\n"),
        ("book/src/one.md", "text\n"),
        ("book/src/two.md", "text\n"),
        ("LICENSE.md", "text\n"),
    ];
    assert_eq!(
        ids(&book),
        ["README", "book/src/two", "book/src/one", "book/src/SUMMARY", "LICENSE"]
    );
    let numbered = [
        ("index.md", "[x](/docs/app/start) [y](./02-b)\n"),
        ("01-app/01-start.md", "[back](../)\n"),
        ("02-b.md", "[x](/app/start)\n"),
        ("10-c.md", "text\n"),
    ];
    assert_eq!(ids(&numbered), ["index", "01-app/01-start", "02-b", "10-c"]);
}

#[test]
fn links_of_jekyll_wikis_and_outliners_lead_to_their_pages() {
    let jekyll = [
        (
            "index.md",
            "[a]({% link docs/a.md %}) [b]({{ site.baseurl }}/docs/a) [c]({% post_url 2026-01-02-c %})\n",
        ),
        ("docs/a.md", "---\npermalink: /begin/\n---\n[d](/begin) [e](../docs/a/)\n"),
        ("_posts/2026-01-02-c.md", "text\n"),
    ];
    assert_eq!(ids(&jekyll), ["index", "_posts/2026-01-02-c", "docs/a"]);
    let wiki = [
        ("Home.md", "[[Install Guide]] and [Use](Use-Notes#options)\n"),
        ("Install-Guide.md", "[[Use Notes#Options]]\n"),
        ("Use-Notes.md", "## Options\n"),
        ("_Sidebar.md", "* [[Home]]\n* [[Use Notes]]\n* [Install](Install-Guide)\n"),
    ];
    assert_eq!(ids(&wiki), ["Home", "Use-Notes", "Install-Guide", "_Sidebar"]);
    let outliner = [
        ("pages/Book___Dune.md", "type:: book\n\n- text ^b12\n"),
        ("pages/contents.md", "- [[Book/Dune]] [[Book/Dune#^b12]] ![[Book/Dune]]\n"),
    ];
    assert_eq!(ids(&outliner), ["pages/Book___Dune", "pages/contents"]);
}

/// What must become of a document, by the list that comes with the hostile ones.
fn must(expect: &str, code: Option<i32>, out: &str, err: &str, name: &str) -> bool {
    let said = out.contains("warning[") || out.contains("info[");
    match expect {
        "shows" => code == Some(0),
        "shows+warn" => code == Some(0) && said,
        "error" => code.is_some_and(|code| code > 0) && (out.contains(name) || err.contains(name)),
        "skip+warn" => code == Some(2) && err.contains(name),
        other => panic!("`{other}` is not known"),
    }
}

#[test]
fn hostile_documents_end_as_they_must() {
    let Some(generator) = corpus("hostile/generate.py") else { return };
    let folder = tempfile::tempdir().unwrap();
    let Ok(made) = Command::new("python3").arg(generator).arg(folder.path()).output() else {
        println!("skipped: no python3 to make the documents");
        return;
    };
    assert!(made.status.success());
    let manifest = std::fs::read_to_string(folder.path().join("manifest.tsv")).unwrap();
    let mut wrong = Vec::new();
    for row in manifest.lines().filter(|row| !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let (path, expect) = (columns.next().unwrap(), columns.next().unwrap());
        // Settings and the reader's own data are no documents.
        if path.starts_with("state/") {
            continue;
        }
        let ran = Command::new(env!("CARGO_BIN_EXE_briefing"))
            .arg("check")
            .arg(folder.path().join("files").join(path))
            .output()
            .unwrap();
        let (out, err) =
            (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        let acts = |c: char| c.is_control() && c != '\n';
        let name = path.rsplit('/').next().unwrap();
        let ends = must(expect, ran.status.code(), &out, &err, name);
        if !ends || out.contains(acts) || err.contains(acts) {
            wrong.push(format!("{path} ({expect}): {:?}\n{out}{err}", ran.status.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_large_and_the_odd_hold_to_the_limits() {
    let Some(kit) = corpus("hostile") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut generator = Command::new("python3");
    generator.arg(kit.join("generate.py")).arg(folder.path()).args(["--big", "--fs"]);
    let Ok(made) = generator.output() else {
        println!("skipped: no python3 to make the documents");
        return;
    };
    assert!(made.status.success());
    let checker = folder.path().join("check.py");
    std::fs::copy(kit.join("check.py"), &checker).unwrap();
    // The limits are those of a release; settings and the reader's own data are no documents.
    let slack = if cfg!(debug_assertions) { "40" } else { "3" };
    for command in ["check", "import"] {
        let ran = Command::new("python3")
            .arg(&checker)
            .args(["--slack", slack, "--", env!("CARGO_BIN_EXE_briefing"), command, "{}"])
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&ran.stdout).into_owned();
        let failed: Vec<_> =
            out.lines().filter(|l| l.starts_with("FAIL") && !l.contains(" state/")).collect();
        assert!(failed.is_empty() && out.contains("cases hold"), "{command}:\n{out}");
    }
    // What only a file system can hold: pipes, devices, loops, names that are no text.
    let odd = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .arg("check")
        .arg(folder.path().join("files/fs"))
        .output()
        .unwrap();
    let said = [odd.stdout, odd.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(odd.status.code().is_some_and(|code| code < 3), "{said}");
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
}
