//! Callouts as generators of sites write them, `!!! note "Title"` with an indented text and
//! `:::note Title` up to `:::`, as the quotations that callouts are elsewhere.

use super::Written;

/// Names after the sign that are known to stand for a callout.
const KINDS: &[&str] = &[
    "abstract",
    "attention",
    "bug",
    "caution",
    "danger",
    "details",
    "error",
    "example",
    "failure",
    "fail",
    "hint",
    "important",
    "info",
    "note",
    "question",
    "quote",
    "seealso",
    "success",
    "summary",
    "tip",
    "tldr",
    "todo",
    "warning",
];

/// The callout that is open.
enum Open {
    /// Its text stands at least that many columns in.
    Indented(usize),
    /// It ends with a line of at least that many colons.
    Fenced(usize),
}

/// Rewrites the callouts of a text.
pub fn callouts(written: Written) -> Written {
    let has = |sign: &str| memchr::memmem::find(written.text.as_bytes(), sign.as_bytes()).is_some();
    if !(has("!!! ") || has("??? ") || has("???+ ") || has(":::")) {
        return written;
    }
    let mut out = Written::default();
    let mut open: Option<Open> = None;
    let mut code: Option<(char, usize)> = None;
    let mut at = 0;
    for line in written.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(Open::Indented(column)) = open
            && !words.is_empty()
            && indent < column
        {
            // A quotation goes on in the next line if no blank line ends it.
            if !out.text.ends_with("\n\n") {
                out.text.push('\n');
            }
            (open, code) = (None, None);
        }
        if code.is_none()
            && open.is_none()
            && let Some((head, kind)) = opening(line)
        {
            out.origin.push((out.text.len(), written.source(start)));
            out.text.push_str(&head);
            open = Some(kind);
            continue;
        }
        if code.is_none()
            && let Some(Open::Fenced(colons)) = open
            && words.len() >= colons
            && words.bytes().all(|b| b == b':')
        {
            out.text.push('\n');
            open = None;
            continue;
        }
        code = fence(words, code);
        let skip = match open {
            Some(Open::Indented(column)) => column.min(indent),
            _ => 0,
        };
        if open.is_some() {
            out.origin.push((out.text.len(), written.source(start)));
            out.text.push_str(if words.is_empty() { ">" } else { "> " });
        }
        let from =
            if words.is_empty() { start + line.trim_end_matches('\n').len() } else { start + skip };
        out.append(&written, from..at);
    }
    out
}

/// The fence of code that is open after a line.
fn fence(words: &str, open: Option<(char, usize)>) -> Option<(char, usize)> {
    let Some(sign) = words.chars().next().filter(|sign| matches!(sign, '`' | '~')) else {
        return open;
    };
    let count = words.chars().take_while(|c| *c == sign).count();
    match open {
        None if count >= 3 => Some((sign, count)),
        Some((other, least)) if other == sign && count >= least && count == words.len() => None,
        open => open,
    }
}

/// The first line of the quotation that stands for a line that opens a callout.
fn opening(line: &str) -> Option<(String, Open)> {
    let words = line.trim();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let marked = ["!!! ", "???+ ", "??? "].iter().find_map(|sign| words.strip_prefix(sign));
    let (rest, open) = match marked {
        Some(rest) => (rest, Open::Indented(indent + 4)),
        None => {
            let colons = words.bytes().take_while(|b| *b == b':').count();
            (words.get(colons..).filter(|_| colons >= 3 && indent < 4)?, Open::Fenced(colons))
        }
    };
    let rest = rest.trim();
    // Pandoc writes `::: {.note title="…"}`.
    let inside = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let rest = inside.map_or(rest, |inside| inside.trim().trim_start_matches('.'));
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
    let (kind, title) = rest.split_at(end);
    let known = KINDS.contains(&kind.to_lowercase().as_str());
    if kind.is_empty() || (matches!(open, Open::Fenced(_)) && !known) {
        return None;
    }
    let title = title.trim();
    let title = title.strip_prefix("title=").unwrap_or(title);
    let title = title.trim_matches(['[', ']', '{', '}', '"', '\'']).trim();
    let space = " ".repeat(indent);
    let head = if title.is_empty() { String::new() } else { format!(" {title}") };
    Some((format!("{space}> [!{}]{head}\n", kind.to_lowercase()), open))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(source: &str) -> String {
        callouts(Written::slice(source, 0..source.len())).text
    }

    #[test]
    fn callouts_of_mkdocs_are_indented() {
        assert_eq!(
            rewritten("a\n\n!!! note \"Look *here*\"\n    Text\n\n        code\nafter"),
            "a\n\n> [!note] Look *here*\n> Text\n>\n>     code\n\nafter"
        );
        assert_eq!(
            rewritten("??? warning\n\n    Text\n\nafter"),
            "> [!warning]\n>\n> Text\n>\n\nafter"
        );
    }

    #[test]
    fn callouts_between_colons_end_with_them() {
        assert_eq!(rewritten(":::tip[Own title]\nText\n:::\nb"), "> [!tip] Own title\n> Text\n\nb");
        assert_eq!(
            rewritten("::: {.note}\n```\n:::\n```\n:::\n"),
            "> [!note]\n> ```\n> :::\n> ```\n\n"
        );
        assert_eq!(rewritten(":::note\nopen"), "> [!note]\n> open");
    }

    #[test]
    fn other_text_stays() {
        for source in
            ["a ::: b", ":::row\ntext\n:::", "```\n!!! note\n    x\n```", "Stop!!! now", ":::"]
        {
            assert_eq!(rewritten(source), source);
        }
    }

    #[test]
    fn the_text_knows_its_place() {
        let source = "!!! note\n    see [l](m)\n";
        let out = callouts(Written::slice(source, 0..source.len()));
        assert_eq!(out.source(out.text.find("[l]").unwrap()), source.find("[l]").unwrap());
    }
}
