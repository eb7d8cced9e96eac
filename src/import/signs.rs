//! What stands in a text for programs and not for readers: lists of attributes, imports and comments of
//! MDX, comments of Obsidian, places for a table of contents, properties of blocks. It goes; names of
//! places and titles of listings stay, in the form that is read here.

use super::Written;
use super::containers::{fence, has_components};
use super::emoji::emoji;
use std::ops::Range;

/// Bytes of a list of attributes, at most.
const MAX_ATTRIBUTES: usize = 512;
/// Backticks that start code, at most: how often its end is looked for in vain in a line.
const MAX_TICKS: usize = 64;
/// Lines that an import or an export takes, at most.
const MAX_LINES: usize = 200;
/// Lines at which a table of contents is to be made.
const CONTENTS: [&str; 5] = ["[TOC]", "[toc]", "[[_TOC_]]", "[[TOC]]", "[[toc]]"];
/// Sets of pictures that stand in text by name, with what their names start with.
const ICONS: [&str; 6] =
    ["material-", "octicons-", "fontawesome-", "simple-icons-", "lucide-", "simple-"];
/// Properties of blocks that say nothing to a reader.
const SILENT: [&str; 4] = ["id", "collapsed", "logseq.order-list-type", "heading"];

/// Takes out what is for programs.
pub fn readable(written: Written, is_mdx: bool) -> Written {
    let has = |sign: &str| memchr::memmem::find(written.text.as_bytes(), sign.as_bytes()).is_some();
    let signs = [
        "{", "%%", "TOC]", "[toc]", "TOC_]]", "[[toc]]", "::", "title=", "file", "import ",
        "export ",
    ];
    let labelled = has(" [") && (has("```") || has("~~~"));
    if !(signs.into_iter().any(has) || labelled || has_names(&written.text)) {
        return written;
    }
    let modules = is_mdx || (has("import ") && has_components(&written.text));
    let mut editor = Editor {
        written: &written,
        out: Written::default(),
        done: 0,
        before: Before::default(),
        lost: [false; 2],
    };
    let mut code = None;
    let mut at = 0;
    for line in written.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < editor.done {
            continue;
        }
        let lead = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let open = fence(line.get(lead..).unwrap_or_default().trim(), code, 0);
        if code.is_some() || open.is_some() {
            if code.is_none() {
                editor.listing(line, start, lead);
            }
            code = open;
            editor.before = Before::default();
            continue;
        }
        let is_module = modules && (line.starts_with("import ") || line.starts_with("export "));
        if is_module && let Some(length) = module(&written.text, start, is_mdx) {
            editor.replace(start..start + length, "");
            continue;
        }
        editor.line(line, start);
    }
    if editor.out.origin.is_empty() {
        return written;
    }
    let rest = editor.done..written.text.len();
    editor.out.append(&written, rest);
    editor.out
}

/// Whether a text may hold a picture by name, `:name:`.
fn has_names(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    memchr::memchr_iter(b':', bytes).any(|at| {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let length = rest.iter().take(40).take_while(|b| is_name(b)).count();
        length > 0 && rest.get(length) == Some(&b':')
    })
}

/// The line before.
#[derive(Default)]
struct Before {
    bytes: Range<usize>,
    /// The byte behind its words; none if it has none.
    end: Option<usize>,
    is_property: bool,
}

struct Editor<'w> {
    written: &'w Written,
    out: Written,
    /// The text up to here was taken over.
    done: usize,
    before: Before,
    /// Whether no end of a comment of MDX or of Obsidian follows any more.
    lost: [bool; 2],
}

impl Editor<'_> {
    fn replace(&mut self, bytes: Range<usize>, with: &str) {
        self.out.append(self.written, self.done..bytes.start);
        self.out.origin.push((self.out.text.len(), self.written.source(bytes.start)));
        self.out.text.push_str(with);
        self.done = bytes.end;
    }

    /// A line outside of code.
    fn line(&mut self, line: &str, start: usize) {
        let words = line.trim();
        let is_text = !words.is_empty();
        let bytes = start..start + line.len();
        let property = property(words);
        if CONTENTS.contains(&words) {
            self.replace(start..start + line.trim_end().len(), "");
        } else if property.is_some_and(|(key, _)| SILENT.contains(&key))
            && self.before.end.is_some()
        {
            self.replace(bytes, "");
            return;
        } else {
            let is_block = words.starts_with(['#', '|', '>', '-', '*', '+', '<']);
            if let Some(end) = self.before.end
                && is_text
                && !is_block
                && (property.is_some() || self.before.is_property)
            {
                // Each property stands on a line of its own.
                self.replace(end..end, "  ");
            }
            self.marks(line, start);
        }
        let is_heading = words.starts_with('#');
        let end = (is_text && !is_heading).then_some(start + line.trim_end().len());
        let is_property = property.is_some();
        self.before = Before { bytes, end: end.filter(|end| *end >= self.done), is_property };
    }

    /// Comments and lists of attributes in a line.
    fn marks(&mut self, line: &str, start: usize) {
        let mut at = 0;
        // For each number of backticks whether so many do not follow in this line.
        let mut unclosed = [false; MAX_TICKS];
        while let Some(found) = line.get(at..).and_then(|rest| rest.find(['`', '{', '%', ':'])) {
            let from = at + found;
            let rest = line.get(from..).unwrap_or_default();
            let place = start + from;
            if rest.starts_with('`') {
                let count = rest.bytes().take_while(|b| *b == b'`').count();
                let (ticks, after) = rest.split_at(count);
                at = from + count;
                if let Some(unclosed) = unclosed.get_mut(count - 1).filter(|none| !**none) {
                    match after.find(ticks) {
                        Some(end) => at += end + count,
                        None => *unclosed = true,
                    }
                }
                continue;
            }
            at = from + 1;
            let end = if rest.starts_with("{/*") {
                self.comment(0, place, "*/}", line.starts_with('#'))
            } else if rest.starts_with("%%")
                && line.get(..from).is_none_or(|b| b.is_empty() || b.ends_with(' '))
            {
                self.comment(1, place, "%%", false)
            } else if rest.starts_with('{') {
                self.attributes(line, from, start)
            } else if rest.starts_with(':') {
                self.icon(line, from, start)
            } else {
                None
            };
            if let Some(end) = end {
                match end.checked_sub(start) {
                    Some(inside) if inside <= line.len() => at = inside,
                    _ => return,
                }
            }
        }
    }

    /// A comment; where it ends.
    fn comment(&mut self, kind: usize, place: usize, close: &str, heading: bool) -> Option<usize> {
        let open = close.len();
        let inside = self.written.text.get(place + open..)?;
        let lost = self.lost.get_mut(kind)?;
        if *lost {
            return None;
        }
        let Some(length) = inside.find(close) else {
            *lost = true;
            return None;
        };
        let words = inside.get(..length)?;
        // Cells of notebooks begin with `%%name`.
        if kind == 1 && words.contains('\n') && !words.starts_with(char::is_whitespace) {
            return None;
        }
        let words = words.trim();
        let end = place + open + length + close.len();
        let name = words.strip_prefix('#').filter(|name| heading && is_name(name));
        let name = name.map(|name| format!("{{#{name}}}")).unwrap_or_default();
        self.replace(place..end, &name);
        Some(end)
    }

    /// `:rocket:`, and `:material-name:` beside words; where it ends.
    fn icon(&mut self, line: &str, from: usize, start: usize) -> Option<usize> {
        let rest = line.get(from + 1..)?;
        let before = line.get(..from)?;
        let parts = |c: char| !c.is_alphanumeric() && c != ':';
        if before.chars().next_back().is_none_or(parts)
            && let Some((name, after)) =
                rest.get(..rest.len().min(32)).and_then(|r| r.split_once(':'))
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == ':')
            && let Some(picture) = emoji(name)
        {
            let end = start + from + name.len() + 2;
            self.replace(start + from..end, picture);
            return Some(end);
        }
        let set = ICONS.iter().find(|set| rest.starts_with(**set))?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let length = rest.find(|c: char| !is_name(c)).filter(|end| *end > set.len())?;
        let after = rest.get(length..)?.strip_prefix(':')?;
        // Alone in a cell or a link it is all that is said.
        let is_edge =
            |c: Option<char>| c.is_none_or(|c| matches!(c, '|' | '[' | ']' | '\n' | '\r'));
        let (left, right) =
            (before.trim_end().chars().next_back(), after.trim_start().chars().next());
        if is_edge(left) && is_edge(right) {
            return None;
        }
        let space = after.len() - after.trim_start_matches(' ').len();
        let end = start + from + length + 2 + space;
        self.replace(start + from..end, "");
        Some(end)
    }

    /// `{: .class #id }` and `{.class}`; where it ends.
    fn attributes(&mut self, line: &str, from: usize, start: usize) -> Option<usize> {
        let rest = line.get(from..)?;
        let length = rest.bytes().take(MAX_ATTRIBUTES).position(|b| b == b'}')? + 1;
        let inside = rest.get(1..length - 1)?;
        let before = line.get(..from)?;
        let is_heading = line.trim_start().starts_with('#');
        let alone = before.trim().is_empty() && rest.get(length..)?.trim().is_empty();
        let after_link = before.ends_with([')', ']', '`', '>']);
        let (inside, colon) = match inside.strip_prefix(':') {
            Some(inside) => (inside.trim(), true),
            None => (inside.trim(), false),
        };
        if !(colon || (alone || after_link) && !is_heading) || !are_attributes(inside, colon) {
            return None;
        }
        let mut bytes = start + from..start + from + length;
        let name = inside.split_whitespace().find_map(|word| word.strip_prefix('#'));
        let name = name.filter(|name| is_name(name));
        let with = match name {
            Some(name) if is_heading => format!("{{#{name}}}"),
            Some(name) => format!("<a id=\"{name}\"></a>"),
            None => String::new(),
        };
        // kramdown writes the contents below an item that stands for them.
        if alone && inside == "toc" && self.before.bytes.start >= self.done {
            let item = self.written.text.get(self.before.bytes.clone()).unwrap_or_default();
            let item = item.trim().trim_start_matches(['*', '-', '+', '1', '.', ' ']);
            if item.eq_ignore_ascii_case("toc") || item.eq_ignore_ascii_case("table of contents") {
                bytes.start = self.before.bytes.start;
            }
        }
        let end = bytes.end;
        self.replace(bytes, &with);
        Some(end)
    }

    /// The title of a listing, from the line that opens it, goes before it.
    fn listing(&mut self, line: &str, start: usize, lead: usize) {
        let Some(title) = title(line).filter(|title| !title.contains('`')) else { return };
        let sign = line.get(..lead).unwrap_or_default();
        let bare = sign.trim_end();
        let gap = if self.before.end.is_some() { format!("{bare}\n") } else { String::new() };
        self.replace(start..start, &format!("{gap}{sign}`{title}`\n{bare}\n"));
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
}

/// Whether these are classes, names and attributes, and nothing else.
fn are_attributes(inside: &str, colon: bool) -> bool {
    let mut quoted = false;
    let mut words = inside.split_whitespace().filter(|word| {
        // What stands in quotes goes with the word before it.
        let was = quoted;
        quoted ^= word.matches('"').count() % 2 == 1;
        !was
    });
    let is = |word: &str| {
        let named = word.split_once('=').is_some_and(|(name, _)| is_name(name));
        let name = word.strip_prefix(['.', '#']).map(|name| name.trim_start_matches('\\'));
        named || name.is_some_and(is_name)
    };
    let first = words.next();
    let bare = |word: &str| colon && matches!(word, "toc" | "no_toc" | "ignore" | "footnotes");
    first.is_some_and(|word| is(word) || bare(word)) && words.all(is)
}

/// `key:: value`, which is how outliners write properties.
fn property(words: &str) -> Option<(&str, &str)> {
    let (key, value) = words.split_once("::")?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.len() < 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (is_key && (value.is_empty() || value.starts_with(' '))).then_some((key, value.trim()))
}

/// The title in the line that opens a listing: `title="…"`, `[name]`.
fn title(line: &str) -> Option<&str> {
    let info = line.trim().trim_start_matches(['`', '~', '>', ' ']);
    for name in ["title=", "filename=", "file="] {
        let Some((_, rest)) = info.split_once(name) else { continue };
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        return rest.get(1..)?.split(quote).next().filter(|title| !title.trim().is_empty());
    }
    let (language, rest) = info.split_once(" [")?;
    let name =
        rest.split(']').next().filter(|name| !name.is_empty() && !name.contains(['"', '=']))?;
    (language.chars().all(char::is_alphanumeric) && info.contains(']')).then_some(name)
}

/// The bytes that an import or export of MDX takes, from its first line on.
fn module(text: &str, start: usize, is_mdx: bool) -> Option<usize> {
    let rest = text.get(start..)?;
    let is_import = rest.starts_with("import ");
    let mut depth = 0_i32;
    let mut length = 0;
    for (number, line) in rest.split_inclusive('\n').take(MAX_LINES).enumerate() {
        let words = line.trim();
        if words.is_empty() && depth <= 0 {
            return (number > 0 && !is_import).then_some(length);
        }
        length += line.len();
        for b in line.bytes() {
            match b {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth -= 1,
                _ => {}
            }
        }
        if is_import {
            let end = words.trim_end_matches(';');
            let quoted = end.ends_with(['\'', '"']);
            let bare = number == 0 && end.starts_with("import '") || end.starts_with("import \"");
            if quoted && (bare || end.contains(" from ") || end.starts_with("} from")) {
                return Some(length);
            }
            if depth <= 0 {
                return None;
            }
        } else if !is_mdx {
            return None;
        } else if depth <= 0
            && (words.ends_with([';', '}', ')', '"', '\'']) || rest.len() == length)
        {
            return Some(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> String {
        readable(Written::slice(source, 0..source.len()), true).text
    }

    #[test]
    fn attributes_go_and_names_stay() {
        assert_eq!(read("# T {: #a .b }\n"), "# T {#a}\n");
        assert_eq!(read("# T {#a .b}\n"), "# T {#a .b}\n");
        assert_eq!(read("[x](y){:target=\"_blank\" rel=\"a b\"} z"), "[x](y) z");
        assert_eq!(read("![x](y){ width=\"3\" } z {.k}"), "![x](y) z {.k}");
        assert_eq!(read("text\n{: #p .lead }\n"), "text\n<a id=\"p\"></a>\n");
        assert_eq!(read("* TOC\n{:toc}\n\ntext"), "\n\ntext");
        assert_eq!(read("[TOC]\n\ntext"), "\n\ntext");
        assert_eq!(read(":rocket: fast :x:, `:x:` a:x: 1:1:1\n"), "🚀 fast ❌, `:x:` a:x: 1:1:1\n");
        assert_eq!(read("## :material-bug: Bugs :octicons-x-24:\n"), "## Bugs \n");
        assert_eq!(
            read("| :material-check: | [:lucide-x:](y) |"),
            "| :material-check: | [:lucide-x:](y) |"
        );
        for source in
            ["`{: .a }`", "{:x y}", "a {b} {.c}", "{% x %}{{ y }}", "f(x){ return }", "{: : }"]
        {
            assert_eq!(read(source), source);
        }
    }

    #[test]
    fn comments_and_modules_go() {
        assert_eq!(read("import A from 'b';\nimport {\n  C,\n} from \"d\"\n\ntext\n"), "\ntext\n");
        assert_eq!(read("export const A = () => {\n\n  return 1;\n};\n\ntext\n"), "\ntext\n");
        assert_eq!(read("a {/* b\n\nc */} d\n## H {/* #id */}\n"), "a  d\n## H {#id}\n");
        assert_eq!(read("a %%b%% c\n\n%% d\n\ne %%\nf"), "a  c\n\n\nf");
        for source in [
            "import duties rise\n",
            "50%% of 20%%",
            "{/* open",
            "%% open\n",
            "%%bash\na\n%%bash\n",
            "```\n{: .a }\n%%x%%\n```\n",
        ] {
            assert_eq!(read(source), source);
        }
        let plain = "import X from 'y';\n";
        assert_eq!(readable(Written::slice(plain, 0..plain.len()), false).text, plain);
    }

    #[test]
    fn properties_stand_on_lines_of_their_own() {
        assert_eq!(read("type:: book\nby:: me\nText\n"), "type:: book  \nby:: me  \nText\n");
        assert_eq!(read("- a\n  id:: 64\n  collapsed:: true\n- b\n"), "- a\n- b\n");
        assert_eq!(read("std::fmt is\na std:: b"), "std::fmt is\na std:: b");
    }

    #[test]
    fn listings_keep_their_titles() {
        assert_eq!(
            read("a\n```js title=\"x.js\"\nb\n```\n"),
            "a\n\n`x.js`\n\n```js title=\"x.js\"\nb\n```\n"
        );
        assert_eq!(read("```sh [npm]\nb\n```\n"), "`npm`\n\n```sh [npm]\nb\n```\n");
        assert_eq!(read("> ```js {1}\n> b\n> ```\n"), "> ```js {1}\n> b\n> ```\n");
    }

    #[test]
    fn the_text_knows_its_place() {
        let source = "a {: .b } [l](m)\n";
        let out = readable(Written::slice(source, 0..source.len()), false);
        assert_eq!(out.source(out.text.find("[l]").unwrap()), source.find("[l]").unwrap());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in "(import |export |\\{/\\*|\\*/\\}|%%|\\{: |\\{\\.|#|\\}|`|```|a:: |é|\n| |x|title=\"|\\[|\\]){0,40}") {
            for is_mdx in [false, true] {
                let _ = readable(Written::slice(&source, 0..source.len()), is_mdx);
            }
        }
    }
}
