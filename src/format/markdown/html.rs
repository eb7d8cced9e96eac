//! The words of HTML that stands in Markdown.

/// The text of `html` without tags, comments, scripts and styles. `<br>` becomes a line feed, a
/// picture the words for it.
pub fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut linked = false;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        rest = match skip(tag) {
            Some((name, after)) => {
                let closes = tag.starts_with("</");
                let is = |names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n));
                if closes && is(&["td", "th"]) {
                    out.push_str("  ");
                } else if (closes && is(&["tr", "li"])) || is(&["br"]) {
                    out.push('\n');
                } else if is(&["a"]) {
                    linked = !closes;
                } else if is(&["img"]) {
                    let tag = tag.split('>').next().unwrap_or_default();
                    let words = attribute(tag, "alt").or_else(|| attribute(tag, "src"));
                    let words = words.unwrap_or_default();
                    // A picture that is a link is its words.
                    let (open, close) = if linked { ("", "") } else { ("[image: ", "]") };
                    out.extend([open, words, close]);
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

/// The opening tags of `html`: the name in lower case, and what stands behind it.
pub fn tags(html: &str) -> impl Iterator<Item = (String, &str)> {
    html.split('<').skip(1).filter_map(|tag| {
        let inside = tag.split('>').next().unwrap_or_default();
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        (!name.is_empty()).then(|| (name.to_ascii_lowercase(), rest))
    })
}

/// The quoted value of an attribute.
pub fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    tag.match_indices('=').find_map(|(at, _)| {
        let name = tag.get(..at)?.trim_end();
        let name = name.rsplit(char::is_whitespace).next()?;
        let value = tag.get(at + 1..)?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = value.get(1..)?.split(quote).next()?;
        (name.eq_ignore_ascii_case(wanted) && !value.is_empty()).then_some(value)
    })
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
        assert_eq!(text("<tr><td>a</td><td>b</td></tr><li>c</li>"), "a  b  \nc\n");
        assert_eq!(text("<"), "<");
        assert_eq!(text("a <img alt=\"map\" src='x'>"), "a [image: map]");
    }
}
