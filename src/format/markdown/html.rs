//! The words of HTML that stands in Markdown.

/// The text of `html` without tags, comments, scripts and styles. `<br>` becomes a line feed.
pub fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        rest = match skip(tag) {
            Some((name, after)) => {
                if name.eq_ignore_ascii_case("br") {
                    out.push('\n');
                }
                after
            }
            None => {
                out.push('<');
                tag.get(1..).unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
    out
}

/// Skips the tag, comment or element without words at the start of `html`; its name and the rest.
fn skip(html: &str) -> Option<(&str, &str)> {
    if let Some(comment) = html.strip_prefix("<!--") {
        let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
        return Some(("", comment.get(end..)?));
    }
    let inside = html.strip_prefix('<')?;
    let name_at = usize::from(inside.starts_with(['/', '!', '?']));
    let name = inside.get(name_at..)?;
    let name = name.get(..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()))?;
    if name.is_empty() {
        return None;
    }
    let after = inside.get(inside.find('>').map_or(inside.len(), |at| at + 1)..)?;
    for silent in ["script", "style"] {
        if name_at == 0 && name.eq_ignore_ascii_case(silent) {
            let closes = |at: &usize| {
                after
                    .get(at + 2..at + 2 + silent.len())
                    .is_some_and(|name| name.eq_ignore_ascii_case(silent))
            };
            let close = memchr::memmem::find_iter(after.as_bytes(), "</").find(closes);
            let rest = close.and_then(|at| after.get(at..)).unwrap_or_default();
            return Some(("", rest.get(rest.find('>').map_or(rest.len(), |at| at + 1)..)?));
        }
    }
    Some((name, after))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn keeps_words_and_drops_tags() {
        assert_eq!(text("<p class='a'>one <b>two</b></p>"), "one two");
        assert_eq!(text("a<!-- b -->c<br/>d"), "ac\nd");
        assert_eq!(text("a<script>alert('<b>')</SCRIPT>b"), "ab");
        assert_eq!(text("1 < 2 and 3 > 2"), "1 < 2 and 3 > 2");
        assert_eq!(text("<!-- open"), "");
        assert_eq!(text("<script>open"), "");
        assert_eq!(text("<"), "<");
    }
}
