//! The text of a page: its bytes in the encoding that a mark, the page itself or the bytes tell.

use crate::diagnostic::Diagnostic;
use crate::format;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes in which a page must have named its encoding.
const LOOKED_AT: usize = 1_024;

/// Reads the bytes of a page. A byte order mark counts most, then what the page says.
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, Option<Diagnostic>) {
    let declared = declared(bytes).filter(|_| Encoding::for_bom(bytes).is_none());
    // A page that could be read as far as that is no UTF-16.
    let declared = declared.filter(|found| ![UTF_8, UTF_16BE, UTF_16LE].contains(found));
    let Some(encoding) = declared else {
        return format::decode(bytes);
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let odd = malformed.then(|| {
        let message = format!("not all of it is {}, which the page says it is", encoding.name());
        let help = "save the file as UTF-8; what could not be read is shown as `\u{fffd}`";
        Diagnostic::warning("not-utf-8", message).help(help)
    });
    (text, odd)
}

/// The encoding that a page names in a `meta` element or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..LOOKED_AT.min(bytes.len()))?.to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start);
    let xml = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let tags = start.match_indices("<meta").filter_map(|(at, _)| {
        let tag = start.get(at..)?;
        tag.get(..tag.find('>')?)
    });
    let named = |text: &str, name: &str| {
        let (_, after) = text.split_once(name)?;
        let value =
            after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>'));
        Encoding::for_label(value.get(..end.unwrap_or(value.len()))?.as_bytes())
    };
    xml.and_then(|(xml, _)| named(xml, "encoding"))
        .or_else(|| tags.into_iter().find_map(|tag| named(tag, "charset")))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn the_page_says_its_encoding() {
        for page in [
            &b"<meta charset=windows-1252><p>\x93q\x94"[..],
            b"<META http-equiv='Content-Type' content='text/html; charset=iso-8859-1'><p>\x93q\x94",
            b"<?xml version='1.0' encoding='windows-1252'?><p>\x93q\x94",
        ] {
            let (text, odd) = text(page);
            assert!(text.ends_with("<p>\u{201c}q\u{201d}"), "{text}");
            assert!(odd.is_none());
        }
        assert_eq!(text("<meta charset=koi8-r>да".as_bytes()).0.chars().count(), 25);
    }

    #[test]
    fn a_mark_counts_more_and_no_word_at_all_is_utf_8() {
        assert!(text("\u{feff}<meta charset=koi8-r>да".as_bytes()).0.ends_with("да"));
        assert!(text("<p>да".as_bytes()).0.ends_with("да"));
        assert!(text("<meta charset=utf-16><p>да".as_bytes()).0.ends_with("да"));
        let (read, odd) = text(b"<p>caf\xe9");
        assert_eq!((&*read, odd.unwrap().code), ("<p>café", "not-utf-8"));
    }
}
