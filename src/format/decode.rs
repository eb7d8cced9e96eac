//! Bytes of a file into text.

use crate::diagnostic::Diagnostic;
use std::borrow::Cow;

/// Reads UTF-8, or UTF-16 with a byte order mark, without the mark. What is neither is read as far
/// as it goes, with stand-ins for the rest and a diagnostic.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Diagnostic>) {
    let wide = |order: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return (wide(u16::from_le_bytes, rest).into(), None),
        [0xfe, 0xff, rest @ ..] => return (wide(u16::from_be_bytes, rest).into(), None),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => {
            let message = format!("not UTF-8 at byte {}", error.valid_up_to());
            let help = "save the file as UTF-8; what could not be read is shown as `\u{fffd}`";
            let diagnostic = Diagnostic::warning("not-utf-8", message).help(help);
            (String::from_utf8_lossy(bytes), Some(diagnostic))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn drops_byte_order_marks() {
        assert_eq!(decode(b"\xef\xbb\xbfa").0, "a");
        assert_eq!(decode(b"\xff\xfea\0\xe9\0").0, "aé");
        assert_eq!(decode(b"\xfe\xff\0a").0, "a");
    }

    #[test]
    fn reads_on_behind_what_is_not_utf_8() {
        let (text, diagnostic) = decode(b"caf\xe9!");
        assert_eq!(text, "caf\u{fffd}!");
        assert_eq!(diagnostic.unwrap().message.as_str(), "not UTF-8 at byte 3");
    }
}
