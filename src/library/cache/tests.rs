#![expect(clippy::disallowed_methods, reason = "tests make the files they read")]

use super::*;
use crate::library::{Library, load, reload};
use crate::text::Printable;
use proptest::prelude::*;
use std::fs;
use tempfile::TempDir;

/// A cache that keeps the smallest folder and trusts that a file just made is not changed.
fn eager(folder: &Path) -> Cache {
    Cache { few: 0, grain: i64::MIN / 2, ..Cache::new(folder.join("cache"), || None) }
}

/// The only file in it.
fn file(cache: &Cache) -> PathBuf {
    let mut files = fs::read_dir(&cache.folder).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none(), "one file, and no draft");
    file
}

/// Pages of all kinds, with all that can be kept of them.
const PAGES: [(&str, &str); 8] = [
    (
        "README.md",
        "---\ntitle: Start\naliases: [Home, Début]\ntags: [a, b]\ndescription: In short.\n---\n\nSee [[two]] and [x](sub/three.md#part).\n",
    ),
    (
        "two.md",
        "# Two\n\nWords[^1] #todo and <https://example.org>, `code`.\n\n[^1]: A note.\n\n## Part\n\nText.\n",
    ),
    ("sub/three.md", "# Three\n\n## Part\n\n[back](../two.md) [none](nowhere.md) ![p](p.png)\n"),
    (
        "sub/four.html",
        "<title>Four</title><main><h1>Four</h1><p>Words <a href=three.md>on</a></main>",
    ),
    ("sub/cards.md", "Q: What?\nA: That.\n\nC: The [gap].\n"),
    ("hidden.md", "# Hid\u{1b}den\n\nText with \u{202e} in it.\n"),
    ("empty.md", ""),
    ("größe.md", "# Größe 表\n\nWörter.\n"),
];

fn folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in PAGES {
        let path = dir.path().join("notes").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn read(dir: &Path, how: How, cache: Option<&Cache>) -> Library {
    let (library, failures) = load(&[dir.join("notes")], how, cache, &|_, _| ());
    assert!(failures.is_empty(), "{failures:?}");
    library
}

fn assert_same(a: &Library, b: &Library) {
    let documents = |library: &Library| {
        let of =
            |d: &std::sync::Arc<crate::library::Document>| (d.briefing.clone(), d.found.clone());
        library.documents().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(documents(a), documents(b));
    assert_eq!(a.diagnostics(), b.diagnostics());
    assert_eq!(a.files().collect::<Vec<_>>(), b.files().collect::<Vec<_>>());
}

/// The pages that are known of a folder as it is now.
fn known(dir: &Path, cache: &Cache) -> Vec<String> {
    let root = dir.join("notes");
    let folder = super::super::folder::look(&root);
    let Some(visit) = cache.visit(&root, &folder.base, How::default(), &folder.pages) else {
        return Vec::new();
    };
    let known = |number: &usize| visit.get(*number).is_some();
    let numbers = (0..folder.pages.len()).filter(known);
    numbers.map(|number| folder.pages[number].path.clone()).collect()
}

#[test]
fn what_is_kept_gives_the_same_library() {
    let dir = folder();
    let cache = eager(dir.path());
    let plain = read(dir.path(), How::default(), None);
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    // About one of them something was found.
    let of_all = PAGES.iter().map(|(path, _)| *path).filter(|path| *path != "hidden.md");
    let (mut known, mut of_all) = (known(dir.path(), &cache), of_all.collect::<Vec<_>>());
    known.sort_unstable();
    of_all.sort_unstable();
    assert_eq!(known, of_all);
}

#[test]
fn what_changed_is_read() {
    let dir = folder();
    let cache = eager(dir.path());
    let library = read(dir.path(), How::default(), Some(&cache));
    let notes = dir.path().join("notes");
    fs::write(notes.join("two.md"), "# Other\n\n[[README]]\n").unwrap();
    fs::remove_file(notes.join("sub/three.md")).unwrap();
    fs::write(notes.join("new.md"), "# New\n\n[[two]]\n").unwrap();
    let known = known(dir.path(), &cache);
    assert!(!known.contains(&"two.md".to_owned()) && known.contains(&"README.md".to_owned()));
    let plain = read(dir.path(), How::default(), None);
    let changed = [notes.join("two.md")];
    assert_same(&plain, &reload(&library, &changed, Some(&cache)).0);
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
}

#[test]
fn it_belongs_to_a_build_a_folder_and_a_way_to_cut() {
    let dir = folder();
    let cache = eager(dir.path());
    read(dir.path(), How::default(), Some(&cache));
    assert!(!known(dir.path(), &cache).is_empty());
    let other = Cache { program: || std::env::current_exe().ok(), ..cache.clone() };
    assert!(known(dir.path(), &other).is_empty());
    let whole = How { split: crate::import::Split::All };
    assert_same(&read(dir.path(), whole, None), &read(dir.path(), whole, Some(&cache)));
    fs::rename(dir.path().join("notes"), dir.path().join("moved")).unwrap();
    fs::create_dir(dir.path().join("notes")).unwrap();
    fs::write(dir.path().join("notes/two.md"), "# Not that\n").unwrap();
    let plain = read(dir.path(), How::default(), None);
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
}

#[test]
fn small_folders_and_what_was_changed_just_now_are_not_kept() {
    let dir = folder();
    let small = Cache { few: PAGES.len() + 1, ..eager(dir.path()) };
    read(dir.path(), How::default(), Some(&small));
    assert!(!small.folder.exists());
    let careful = Cache { grain: GRAIN, ..eager(dir.path()) };
    read(dir.path(), How::default(), Some(&careful));
    assert!(known(dir.path(), &careful).is_empty());
}

#[test]
fn what_includes_others_is_read_each_time() {
    let dir = tempfile::tempdir().unwrap();
    let notes = dir.path().join("notes");
    fs::create_dir_all(notes.join("src")).unwrap();
    fs::write(notes.join("book.toml"), "[book]\ntitle = \"B\"\n").unwrap();
    fs::write(notes.join("src/SUMMARY.md"), "- [One](one.md)\n- [Two](two.md)\n").unwrap();
    fs::write(notes.join("src/one.md"), "{{#include part.txt}}\n").unwrap();
    fs::write(notes.join("src/two.md"), "Words.\n").unwrap();
    fs::write(notes.join("src/part.txt"), "Old words.\n").unwrap();
    let cache = eager(dir.path());
    read(dir.path(), How::default(), Some(&cache));
    assert_eq!(known(dir.path(), &cache), ["two.md"]);
    fs::write(notes.join("src/part.txt"), "New words.\n").unwrap();
    let plain = read(dir.path(), How::default(), None);
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
}

#[test]
fn what_is_damaged_is_read_from_the_files() {
    let dir = folder();
    let cache = eager(dir.path());
    let plain = read(dir.path(), How::default(), None);
    read(dir.path(), How::default(), Some(&cache));
    let path = file(&cache);
    let whole = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = Vec::new();
    for at in (0..whole.len()).step_by(7).chain(whole.len() - 40..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        damaged.push(bytes);
    }
    for length in (0..whole.len()).step_by(31) {
        damaged.push(whole[..length].to_vec());
        damaged.push([&whole[length..], &whole[..length]].concat());
    }
    damaged.push(vec![0xff; 4096]);
    for bytes in damaged {
        fs::write(&path, bytes).unwrap();
        assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
}

/// The same with checksums that are right: somebody meant it.
#[test]
fn what_somebody_made_up_does_no_harm() {
    let dir = folder();
    let cache = eager(dir.path());
    let root = dir.path().join("notes");
    let folder = super::super::folder::look(&root);
    let plain = read(dir.path(), How::default(), None);
    let write = |bytes: &[u8]| {
        let (path, key) = cache.file(&root, How::default());
        let mut writing = Writing::begin(&path, key, cache.grain, 0).unwrap();
        for (number, page) in folder.pages.iter().enumerate() {
            let stamp = files::stamp(&page.file(&folder.base)).unwrap();
            writing.piece(number, stamp, bytes).unwrap();
        }
        writing.finish(&folder.pages).unwrap();
    };
    let mut share = Share::from(plain.documents()[0].briefing.clone());
    write(&postcard::to_allocvec(&share).unwrap());
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    // Its own path, but a text that would act on a terminal.
    share = Share::from(one("two.md"));
    let good = postcard::to_allocvec(&share).unwrap();
    let at = good.windows(5).position(|bytes| bytes == b"Title").unwrap();
    let mut bad = good.clone();
    bad[at] = 0x1b;
    assert!(postcard::from_bytes::<Share>(&good).unwrap().is_of("two.md"));
    assert!(postcard::from_bytes::<Share>(&bad).is_err());
    for bytes in
        [&bad[..], &good[..good.len() / 2], &[0xff; 64], &[0x80; 64], b"\xff\xff\xff\xff\x0f"]
    {
        write(bytes);
        assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    }
}

/// A page of one card.
fn one(path: &str) -> crate::model::Briefing {
    let (briefing, _) = crate::import::markdown(
        "# Title\n\nWords.\n",
        crate::import::Options {
            path,
            naming: crate::import::Naming::Among,
            split: crate::import::Split::Auto,
            sibling: None,
        },
    );
    assert_eq!(briefing.cards[0].title, Printable::line("Title"));
    briefing
}

#[test]
fn readers_beside_each_other_do_not_mind() {
    let dir = folder();
    let cache = eager(dir.path());
    let plain = read(dir.path(), How::default(), None);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
                }
            });
        }
    });
    // One process writes one draft: who finds it taken writes none.
    file(&cache);
}

#[test]
fn where_nothing_can_be_written_all_is_read() {
    let dir = folder();
    fs::write(dir.path().join("cache"), "a file").unwrap();
    let plain = read(dir.path(), How::default(), None);
    let cache = eager(dir.path());
    assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    let nowhere = Cache { folder: "/proc/nowhere".into(), ..cache };
    assert_same(&plain, &read(dir.path(), How::default(), Some(&nowhere)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_page_comes_out_as_it_went_in(
        texts in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![
                    Just("# H\n\n"), Just("[[two]] "), Just("[a](b.md#c) "), Just("- x\n"), Just("---\n"),
                    Just("tags: [q]\n"), Just("> [!note] N\n> t\n\n"), Just("| a | b |\n|-|-|\n| 1 | 2 |\n"),
                    Just("[^1]: f\n"), Just("{{x}}"), Just("\u{202e}"), Just("é表🇨🇭 "), Just("q:: a\n"),
                ],
                0..24,
            ),
            1..4,
        )
    ) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("notes")).unwrap();
        for (number, text) in texts.iter().enumerate() {
            fs::write(dir.path().join(format!("notes/{number}.md")), text.concat()).unwrap();
        }
        let cache = eager(dir.path());
        let plain = read(dir.path(), How::default(), None);
        assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
        assert_same(&plain, &read(dir.path(), How::default(), Some(&cache)));
    }
}
