//! What a page says of its neighbours: which page follows, which it is a part of, which it names. Read
//! from the bytes of a page alone, for the order of a set of pages.

use super::charset;
use html5gum::{DefaultEmitter, StartTag, State, Token, Tokenizer};

/// The pages next to a page, as it writes their addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The page to read next.
    pub next: Option<String>,
    /// The page that it is a part of.
    pub up: Option<String>,
}

/// What the head of a page says of its neighbours: `<link rel="next" href="b.html">`. The start of
/// the page is enough.
pub fn neighbours(bytes: &[u8]) -> Neighbours {
    let mut found = Neighbours::default();
    tags(bytes, |tag| {
        let name = tag.name.as_slice();
        if name == b"link" {
            let rel = value(tag, b"rel").unwrap_or_default().to_ascii_lowercase();
            let has = |wanted: &str| rel.split_ascii_whitespace().any(|word| word == wanted);
            if has("next") && found.next.is_none() {
                found.next = value(tag, b"href");
            } else if (has("up") || has("parent")) && found.up.is_none() {
                found.up = value(tag, b"href");
            }
        }
        name != b"body"
    });
    found
}

/// Where the links of a page lead, in their order.
pub fn links(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    tags(bytes, |tag| {
        if tag.name.as_slice() == b"a" {
            found.extend(value(tag, b"href"));
        }
        true
    });
    found
}

/// Calls `each` for the elements of a page, until it answers that it has enough.
fn tags(bytes: &[u8], mut each: impl FnMut(&StartTag<usize>) -> bool) {
    let (source, _) = charset::text(bytes);
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tokens = Tokenizer::new_with_emitter(&*source, emitter);
    while let Some(Ok(token)) = tokens.next() {
        let Token::StartTag(tag) = token else { continue };
        if !each(&tag) {
            break;
        }
        match tag.name.as_slice() {
            b"script" => tokens.set_state(State::ScriptData),
            b"style" => tokens.set_state(State::RawText),
            b"title" | b"textarea" => tokens.set_state(State::RcData),
            _ => {}
        }
    }
}

fn value(tag: &StartTag<usize>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    let value = String::from_utf8_lossy(value).trim().to_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_neighbours() {
        let page =
            b"<title>a <link rel=next href=no></title><LINK REL='nofollow Next' HREF=b.html>\
            <link rel=next href=c.html><link href='../x.html' rel=up><body><link rel=next href=d>";
        let (next, up) = (Some("b.html".to_owned()), Some("../x.html".to_owned()));
        assert_eq!(neighbours(page), Neighbours { next, up });
        assert_eq!(neighbours(b"<p>text"), Neighbours::default());
        assert_eq!(neighbours(b"<body><link rel=next href=d>"), Neighbours::default());
    }

    #[test]
    fn the_links_of_a_page_stand_in_order() {
        let page = b"<a href=b.html>b</a><script>'<a href=no>'</script><A HREF='a.html#x'>a</A><a name=c>c</a>";
        assert_eq!(links(page), ["b.html", "a.html#x"]);
    }
}
