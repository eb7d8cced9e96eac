use super::*;
use crate::library::{How, load};
use std::fmt::Write;
use std::path::PathBuf;

const DISK: Disk<'static> = Disk {
    read: |path| crate::files::read(path, 1 << 20).ok(),
    is_file: |path| crate::files::kind(path).is_ok(),
    source: |named, at| crate::library::find_source(named, at).ok().flatten(),
    folder: None,
    given: &[],
};

/// What is found in files of a folder, the first of which is opened.
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn found(files: &[(String, String)]) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let (library, failures) =
        load(&[folder.path().join(&files[0].0)], How::default(), None, &|_, _| ());
    assert!(failures.is_empty(), "{failures:?}");
    check(&library, DISK).into_iter().map(|finding| finding.diagnostic).collect()
}

fn in_yaml(text: &str) -> Vec<String> {
    let found = found(&[("example.yaml".to_owned(), text.to_owned())]);
    let line = |d: &Diagnostic| {
        let at = d.span.map_or((0, 0), |s| (s.position.line, s.position.column));
        format!("{}:{} {}: {}", at.0, at.1, d.code, d.message)
    };
    found.iter().map(line).collect()
}

/// The files of an example: what is opened, and what stands beside it.
fn example(page: &str, heading: &str) -> Option<Vec<(String, String)>> {
    let (_, rest) = page.split_once(&format!("{heading}:\n"))?;
    let rest = rest.split("Good:\n").next().unwrap();
    let fences: Vec<&str> = rest.split("```").skip(1).step_by(2).collect();
    let file = |fence: &&str| {
        let (info, text) = fence.split_once('\n').unwrap();
        let name = match info.split_once(' ') {
            Some((_, name)) => name.to_owned(),
            None if info == "markdown" => "example.md".to_owned(),
            None => format!("example.{info}"),
        };
        (name, text.to_owned())
    };
    Some(fences.iter().map(file).collect())
}

#[test]
fn the_examples_of_each_page_are_what_they_say() {
    for page in explanations() {
        let text = page.text();
        let Some(bad) = example(&text, "Bad") else { continue };
        let bad = found(&bad);
        let it = bad.iter().find(|found| found.code == page.code);
        let it =
            it.unwrap_or_else(|| panic!("{}: not found in the bad example: {bad:#?}", page.code));
        assert_eq!(it.severity, page.severity, "{}", page.code);
        assert!(
            it.help.is_some() || it.severity == crate::diagnostic::Severity::Info,
            "{}",
            page.code
        );
        let good = found(&example(&text, "Good").unwrap());
        assert!(good.iter().all(|found| found.code != page.code), "{}: {good:#?}", page.code);
    }
}

#[test]
fn every_rule_has_a_bad_and_a_good_example() {
    for rule in rules::ALL {
        let text = rule.explanation.text();
        assert!(text.contains("Bad:\n") && text.contains("Good:\n"), "{}", rule.explanation.code);
    }
}

#[test]
fn every_code_has_one_page_and_the_pages_are_in_order() {
    let codes: Vec<_> = explanations().iter().map(|page| page.code).collect();
    for pair in codes.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
    assert_eq!(explain("unused-voise").unwrap_err(), Some("unused-voice"));
    assert_eq!(explain("xyzzy").unwrap_err(), None);
}

/// The words that stand as a code in calls that make findings.
fn codes(source: &str) -> Vec<String> {
    const CALLS: [&str; 6] = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Self::error(",
        "Self::warning(",
        ".error(",
        ".report(",
    ];
    let calls = CALLS.iter().flat_map(|call| source.split(call).skip(1));
    let new =
        source.split("Diagnostic::new(").skip(1).filter_map(|rest| Some(rest.split_once(',')?.1));
    let quoted =
        calls.chain(new).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
    let arms = source.split("=> \"").skip(1).filter(|_| source.contains("let code = match"));
    let arms = arms.filter_map(|rest| rest.split_once('"'));
    let is_code =
        |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '8');
    quoted.chain(arms).map(|(code, _)| code).filter(is_code).map(str::to_owned).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn every_code_that_is_reported_has_a_page() {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let (mut seen, mut by_name) = (std::collections::BTreeSet::new(), Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.ends_with("tests.rs") || path.iter().any(|part| part == "tests") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let found = codes(text);
            // A code that is handed on is written where the helper is called, in the same file.
            let handed_on = ["error(code,", "warning(code,"].iter().any(|call| text.contains(call));
            if handed_on && found.is_empty() {
                by_name.push(path.clone());
            }
            seen.extend(found);
        }
    }
    assert!(by_name.is_empty(), "codes that cannot be seen: {by_name:?}");
    let without: Vec<_> = seen.iter().filter(|code| explain(code).is_err()).collect();
    assert!(without.is_empty(), "codes without a page: {without:?}");
    // And no page is about a code that nobody reports.
    let rules: Vec<_> = rules::ALL.iter().map(|rule| rule.explanation.code).collect();
    let idle = explanations().into_iter().map(|page| page.code);
    let idle: Vec<_> = idle.filter(|code| !seen.contains(*code) && !rules.contains(code)).collect();
    assert!(idle.is_empty(), "pages on codes that nobody reports: {idle:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn the_published_pages_are_fresh() {
    let mut fresh = String::from(
        "# Checks\n\nWhat `briefing check` can say, by code. This page is made from the program: \
         `just update` rewrites it.\n\nA comment in a briefing file allows a finding: \
         `# briefing: allow CODE -- reason`, above\nthe entry it is about (a card, a key, an item of a \
         list), behind a value for its line, or above the\nfirst key for the whole file.\n",
    );
    for page in explanations() {
        write!(fresh, "\n{}", page.page()).unwrap();
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &fresh).unwrap();
    }
    let present = std::fs::read_to_string(&path).unwrap();
    assert!(present == fresh, "docs/checks.md is stale: run `just update`");
}

const CARD: &str = "  - {id: a, title: A, body: x}\n";

#[test]
fn a_comment_allows_what_is_found_in_the_entry_below_it() {
    let card = |comment: &str| {
        in_yaml(&format!(
            "sources: {{s: {{title: S}}}}\nvoices: {{v: {{name: V}}}}\ncards:\n{comment}  - id: a\n    title: A\n    passages: [s]\n    claims:\n      - {{by: v, text: one}}\n  - id: b\n    title: B\n    claims:\n      - {{by: v, text: two}}\n"
        ))
    };
    let lines = |found: Vec<String>| -> Vec<String> {
        found.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(lines(card("")), ["8:23", "12:23"]);
    assert_eq!(lines(card("  # briefing: allow claim-without-source -- it is known\n")), ["13:23"]);
    let top = "# briefing: allow unused-voice, claim-without-source\n";
    let text = format!("{top}voices: {{v: {{name: V}}, w: {{name: W}}}}\ncards:\n{CARD}");
    assert_eq!(in_yaml(&text), ["1:33 needless-allow: there is no `claim-without-source` here"]);
}

#[test]
fn a_comment_behind_a_value_is_about_its_line_and_text_is_no_comment() {
    let behind = format!(
        "voices:\n  v: {{name: V}}  # briefing: allow unused-voice\n  w: {{name: W}}\ncards:\n{CARD}"
    );
    assert_eq!(in_yaml(&behind), ["3:3 unused-voice: the voice `w` makes no claim"]);
    let text = format!(
        "summary: |\n  # briefing: allow unused-voice\nvoices: {{v: {{name: V}}}}\ncards:\n{CARD}"
    );
    assert_eq!(in_yaml(&text), ["3:10 unused-voice: the voice `v` makes no claim"]);
}

#[test]
fn an_unknown_code_in_a_comment_is_named() {
    let text = format!("# briefing: allow unused-voise\ncards:\n{CARD}");
    assert_eq!(in_yaml(&text), ["1:19 unknown-allow: there is no code `unused-voise`"]);
}

#[test]
fn edits_change_what_is_written_and_not_what_it_says() {
    let text = "title: T\r\nas_of: 2026-01-06\r\ncards:\r\n  - title: The border\r\n    aliases: [no, yes]\r\n    body: x # y\r\n  - {title: The harbour, body: z}\r\n";
    let all = found(&[("example.yaml".to_owned(), text.to_owned())]);
    let edits: Vec<_> = all.iter().filter_map(|found| found.fix.as_deref().cloned()).collect();
    let (out, count) = mended(text, &edits).unwrap();
    assert_eq!(count, 5);
    assert_eq!(
        out,
        "title: T\r\nas_of: \"2026-01-06\"\r\ncards:\r\n  - id: the-border\r\n    title: The border\r\n    aliases: [\"no\", \"yes\"]\r\n    body: x # y\r\n  - {id: the-harbour, title: The harbour, body: z}\r\n"
    );
    let again = found(&[("example.yaml".to_owned(), out.clone())]);
    assert!(again.iter().all(|found| found.fix.is_none()), "{again:#?}");
    let wrong = crate::diagnostic::Edit { bytes: 7..8, text: "U".to_owned() };
    assert_eq!(mended(text, [&wrong]), None);
    assert_eq!(mended(text, []), None);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn a_finding_belongs_to_the_card_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let text = |name: &str| format!("# {name}\n\ntext\n\n## Below {name}\n\n[x](gone.md)\n");
    for name in ["one", "two"] {
        std::fs::write(folder.path().join(format!("{name}.md")), text(name)).unwrap();
    }
    let how = How { split: crate::import::Split::All };
    let (library, _) = load(&[folder.path().to_owned()], how, None, &|_, _| ());
    let found = check(&library, DISK);
    let titles: Vec<_> = found.iter().map(|f| library.title(f.page).to_string()).collect();
    assert_eq!(titles, ["Below one", "Below two"]);
    let source = "voices: {v: {name: V}}\ncards:\n  - {id: a, title: A, body: z}\n  - {id: b, title: B, body: \"[[c]]\"}\n";
    std::fs::write(folder.path().join("a.yaml"), source).unwrap();
    let (library, _) = load(&[folder.path().join("a.yaml")], how, None, &|_, _| ());
    let pages: Vec<_> = check(&library, DISK).iter().map(|finding| finding.page).collect();
    assert_eq!(pages, [Page::Overview(0), Page::Card(1)]);
}

proptest::proptest! {
    #[test]
    fn no_file_breaks_a_rule(text in "(cards|id|title|body|voices|sources|gaps|dates|date|2026-01-06|no|&x|# briefing: allow a|\\[\\[|\\]\\]|\\{|\\}|\\[|\\]|: |- |\n|  |\"|é|a|,){0,40}") {
        let found = found(&[("example.yaml".to_owned(), text.clone())]);
        let edits: Vec<_> = found.iter().filter_map(|found| found.fix.as_deref().cloned()).collect();
        if let Some((out, _)) = mended(&text, &edits) {
            proptest::prop_assert!(out.len() > text.len());
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn sources_are_found_in_the_folder_of_the_user_and_where_the_reader_said() {
    let (beside, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = beside.path().join("b.yaml");
    let text = "id: b\nsources: {note: {title: A note, file: n.txt, passages: {p1: {quote: open}}}}\n\
                cards:\n  - {id: a, title: A, body: x, passages: [note#p1]}\n";
    std::fs::write(&path, text).unwrap();
    std::fs::write(own.path().join("n.txt"), "closed").unwrap();
    std::fs::write(own.path().join("other"), "It is open.").unwrap();
    let (library, _) = load(&[path], How::default(), None, &|_, _| ());
    let codes = |disk| -> Vec<&str> {
        check(&library, disk).iter().map(|finding| finding.diagnostic.code).collect()
    };
    assert_eq!(codes(DISK), [""; 0], "the file is not at hand");
    let disk = Disk { folder: Some(own.path()), ..DISK };
    assert_eq!(codes(disk), ["quote-not-found"]);
    let of = (BriefingId::new("b"), SourceId::new("note"));
    let given = [(of, own.path().join("other"))];
    assert_eq!(codes(Disk { given: &given, ..disk }), [""; 0]);
}

#[test]
fn a_file_of_the_same_length_is_told_by_its_digest() {
    let briefing = |digest: &str| {
        format!(
            "sources: {{n: {{title: N, file: n.txt, bytes: 3, sha256: {digest}, passages: {{p: [0, 3]}}}}}}\n\
             cards:\n  - {{id: a, title: A, body: x, passages: [n#p]}}\n"
        )
    };
    let differs = |digest: &str| {
        let files = [("a.yaml", briefing(digest)), ("n.txt", "abc".to_owned())];
        let files = files.map(|(name, text)| (name.to_owned(), text));
        found(&files).iter().any(|found| found.code == "source-differs")
    };
    assert!(!differs("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
    assert!(differs("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae"));
}
