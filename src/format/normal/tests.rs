use super::normal;
use proptest::prelude::*;
use std::path::Path;

/// The normal form; it has to be its own.
fn form(source: &str) -> String {
    let out = normal(source).unwrap_or_else(|error| panic!("{source:?}: {}", error.message));
    assert_eq!(normal(&out).unwrap(), out, "of {source:?}");
    out
}

fn refused(source: &str) -> String {
    let found = normal(source).unwrap_err();
    format!("{} {}", found.place(), found.message)
}

#[test]
fn levels_take_two_columns_and_items_stand_below_their_key() {
    let source =
        "a:\n    b:\n    - c:   1\n      d: [x]\n    -   - e\n        - f\n    g:\n     'text'\n";
    let wanted = "a:\n  b:\n    - c: 1\n      d: [x]\n    - - e\n      - f\n  g:\n    'text'\n";
    assert_eq!(form(source), wanted);
}

#[test]
fn spaces_are_one_and_blank_lines_at_most_one() {
    assert_eq!(
        form("\n\na  :   1  \n\n\nb:   {c:1 ,\"d\":[ e,f ] , }\n\n"),
        "a: 1\n\nb: {c:1, \"d\": [e, f]}\n"
    );
    assert_eq!(form("- \n-\n- x"), "-\n-\n- x\n");
    assert_eq!(form(""), "");
    assert_eq!(form("\n# only a comment\n\n"), "# only a comment\n");
}

#[test]
fn text_blocks_keep_their_lines() {
    let source = "a: |\n     one\n       two  \n\n\n\n     three\n\n\nb: >-\n   x\n\nc: |+\n\n  y\n\n\n# z\nd: |2\n   deep\n  e\n";
    let wanted = "a: |\n  one\n    two  \n\n\n\n  three\n\nb: >-\n  x\n\nc: |+\n\n  y\n\n\n# z\nd: |2\n   deep\n  e\n";
    assert_eq!(form(source), wanted);
    let source = "- |\n one\n\n# about two\n- - >\n     two\n\n\n    # after\n  - |+\n\n\n  - x";
    let wanted = "- |\n  one\n\n# about two\n- - >\n    two\n\n  # after\n  - |+\n\n\n  - x\n";
    assert_eq!(form(source), wanted);
}

#[test]
fn texts_of_several_lines_stand_below_their_key() {
    let source =
        "a:\n   b: one\n         two\n   c: \"x \\\n y\\\n\n     z\"\n   d: 'p\n\n     q'\n";
    let wanted = "a:\n  b: one\n    two\n  c: \"x \\\n    y\\\n\n    z\"\n  d: 'p\n\n    q'\n";
    assert_eq!(form(source), wanted);
}

#[test]
fn comments_stay_where_they_are() {
    let source = "# top\n\n\n#  second\na:   # of a\n      # of b\n      b: 1\n      # at the end of a\n# of c\nc: |  # of the text\n        text\n     # not of the text\n";
    let wanted = "# top\n\n#  second\na:   # of a\n  # of b\n  b: 1\n  # at the end of a\n# of c\nc: |  # of the text\n  text\n# not of the text\n";
    assert_eq!(form(source), wanted);
}

#[test]
fn columns_are_kept() {
    let source = "a:\n    b:      1   # one\n    long:   2   # two\n    c:  3 # three\n    d:  4\n";
    let wanted = "a:\n  b:      1   # one\n  long:   2   # two\n  c: 3 # three\n  d: 4\n";
    assert_eq!(form(source), wanted);
}

#[test]
fn brackets_take_one_line_if_they_fit() {
    let source = "a: {\n  b: 1,\n  c: [\n    x, y,\n  ],\n}\n";
    assert_eq!(form(source), "a: {b: 1, c: [x, y]}\n");
    let long = "x".repeat(60);
    let source = format!("a:\n- [{long},\n  {long}]\n- {{\n b: {long},\n  c: {long},\n  }}\n");
    let wanted = format!(
        "a:\n  - [{long},\n     {long}]\n  - {{\n      b: {long},\n      c: {long},\n    }}\n"
    );
    assert_eq!(form(&source), wanted);
    assert_eq!(form("a: [x,  # one\n y]\n"), "a: [x,  # one\n    y]\n");
    assert_eq!(form("a: [\n  # one\nx]"), "a: [\n    # one\n    x]\n");
}

#[test]
fn cards_stand_apart() {
    let source = "cards:\n- id: a\n  title: A\n# of b\n- id: b\n  title: B\n- {id: c}\n- {id: d}\n";
    let wanted = "cards:\n  - id: a\n    title: A\n\n  # of b\n  - id: b\n    title: B\n\n  - {id: c}\n  - {id: d}\n";
    assert_eq!(form(source), wanted);
    let root = "- id: a\n  title: A\n- id: b\n";
    assert_eq!(form(root), "- id: a\n  title: A\n\n- id: b\n");
    let kept = "cards:\n  - body: |+\n      x\n  - id: b\n";
    assert_eq!(form(kept), kept, "a blank line would be one of the text");
}

#[test]
fn lines_end_as_the_first_one_does() {
    assert_eq!(form("a: |\r\n   one\r\n   two\r\nb:  1\n"), "a: |\r\n  one\r\n  two\r\nb: 1\r\n");
    assert_eq!(form("a:  1\rb: 2"), "a: 1\nb: 2\n");
}

#[test]
fn what_cannot_be_read_is_refused() {
    assert_eq!(refused("a: [\n"), ":1:4 this `[` is not closed");
    assert_eq!(refused("a: 1\na: 2\n"), ":2:1 `a` is given twice");
    assert_eq!(refused("a: *b\n"), ":1:4 YAML aliases are not read");
    assert_eq!(refused("a: 1\n---\nb: 1\n"), ":2:1 a briefing file holds one YAML document");
    assert_eq!(refused("words\n"), " a text and no briefing file");
    assert_eq!(refused("? a\n: b\n"), ":1:1 this way of writing has no normal form");
}

#[test]
fn what_comes_with_the_program_is_in_normal_form() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["briefings/how-to-read.yaml", "briefings/us-ecuador-security-readout.yaml"] {
        let text = include(&root.join(name));
        assert_eq!(form(&text), text, "{name}");
    }
    for title in ["My briefing", "What: \"this\" is"] {
        let text = crate::format::new("first", title);
        assert_eq!(form(&text), text, "{title}");
    }
}

/// The text of a file of the project.
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn include(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// What a briefing file says.
fn says(source: &str) -> String {
    crate::format::write(&crate::format::briefing(source, "name").0)
}

/// Pieces of YAML, many of which fit together.
fn yaml() -> impl Strategy<Value = String> {
    let pieces = [
        "a:", "b:", "- ", " ", "  ", "    ", "\n", "\n", "\n  ", "\n    ", "\n- ", "\n\n", "x",
        "'y'", "\"z\\\n ", "\"", "{", "}", "[", "]", ", ", ": ", " # c", "#", "|", "|+", ">-",
        "|2", "\n  t", "\n   u ", "\r\n", "\t", "cards:", "é", "&k ", "!t ", "---", "? ", "''",
        "~",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|p| p.concat())
}

/// Mappings and lists, laid out at random.
fn laid_out() -> impl Strategy<Value = String> {
    let value = prop::sample::select(vec![
        "x",
        "'a''b'",
        "\"q\\n\"",
        "{a: 1,b: [c ,d]}",
        "[ ]",
        "",
        "|\n%  one\n%   two \n\n",
        ">+\n\n% one\n\n\n",
        "|2-\n%      deep\n",
        "plain\n%   more",
        "\"p\n\n%  q\"",
        "{a: 1,\n%  b: 2 }",
        "[x, # c\n% y]",
        "# c",
        "x   # c",
    ]);
    let line = (0..4_usize, any::<bool>(), value, 0..3_usize, 1..3_usize);
    prop::collection::vec(line, 1..12).prop_map(|lines| {
        let mut out = String::from("cards:\n");
        let mut open: Vec<usize> = Vec::new();
        for (number, (depth, is_item, value, blanks, step)) in lines.into_iter().enumerate() {
            open.truncate(depth);
            let column = open.last().map_or(0, |last| last + step);
            if open.len() < depth {
                open.push(column);
            }
            let pad = " ".repeat(column);
            let value = value.replace('%', &pad);
            let start = if is_item { "-".to_owned() } else { format!("k{number}:") };
            out.push_str(&"\n".repeat(blanks));
            out.extend([&pad, &start, " ", &value, "\n"]);
        }
        out
    })
}

proptest! {
    #[test]
    fn any_text_is_refused_or_says_the_same(source in prop_oneof![yaml(), laid_out(), ".{0,60}"]) {
        match normal(&source) {
            Ok(out) => {
                prop_assert_eq!(says(&out), says(&source));
                prop_assert_eq!(normal(&out).unwrap(), out);
            }
            // Whatever can be read can be laid out, but for a text at the margin that looks like the
            // start of a document, and blank lines that end with the file.
            Err(found) => {
                let is_kept = source.contains('+') || source.contains("---") || !found.message.contains("say the same");
                prop_assert!(is_kept, "{}", found.message);
            }
        }
    }
}
