//! Bytes of a file into text: Unicode by its mark or by itself, else the legacy encoding that fits
//! best. Nothing is refused; what had to be guessed is said.

use crate::diagnostic::Diagnostic;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes looked at to tell UTF-16 without a mark from other bytes.
const LOOKED_AT: usize = 4_096;
const REPLACED: &str = "what could not be read is shown as `\u{fffd}`";

/// Reads UTF-8, or UTF-16, without a byte order mark. Other bytes are read in the encoding that fits
/// them best, with a diagnostic that names it; its code is `binary` if they look like no text at all.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Diagnostic>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(found, _)| *found != UTF_8) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, malformed) = encoding.decode_without_bom_handling(rest);
        let message = format!("not all of it is {}", encoding.name());
        return (text, malformed.then(|| Diagnostic::warning("not-utf-8", message).help(REPLACED)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(encoding) = wide(bytes) {
        let message = format!("read as {}, which has no byte order mark", encoding.name());
        let help = "save the file as UTF-8, or with a byte order mark";
        let found = Diagnostic::warning("not-utf-8", message).help(help);
        return (encoding.decode_without_bom_handling(bytes).0, Some(found));
    }
    let valid_to = match std::str::from_utf8(bytes) {
        Ok(text) => return (text.into(), None),
        Err(error) => error.valid_up_to(),
    };
    if bytes.contains(&0) {
        let message = format!("looks like a binary file: not UTF-8 at byte {valid_to}");
        let found = Diagnostic::warning("binary", message).help(REPLACED);
        return (String::from_utf8_lossy(bytes), Some(found));
    }
    let message = format!("not UTF-8 at byte {valid_to}");
    if mostly_utf_8(bytes) {
        let help = format!("save the file as UTF-8; {REPLACED}");
        let found = Diagnostic::warning("not-utf-8", message).help(help);
        return (String::from_utf8_lossy(bytes), Some(found));
    }
    let encoding = guess(bytes);
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let help = if malformed { format!("save the file as UTF-8; {REPLACED}") } else { HELP.into() };
    let found = Diagnostic::warning("not-utf-8", format!("{message}: read as {}", encoding.name()));
    (text, Some(found.help(help)))
}

const HELP: &str = "save the file as UTF-8";

/// UTF-16 by its zero bytes: text in Latin script has one in every second place, and none besides.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    memchr::memchr(0, start)?;
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let half = start.len().div_ceil(4);
    match (high_first, low_first) {
        (zeros, 0) if zeros >= half => Some(UTF_16BE),
        (0, zeros) if zeros >= half => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether the bytes are UTF-8 with a few faults; a character cut short at the end is none.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut_short =
            std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        let at_the_end = chunk.invalid().as_ptr_range().end == bytes.as_ptr_range().end;
        faults += usize::from(!(chunk.invalid().is_empty() || cut_short && at_the_end));
    }
    valid > faults
}

/// The legacy encoding that fits best.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn read(bytes: &[u8]) -> (String, String) {
        let (text, found) = decode(bytes);
        let said = found.map_or(String::new(), |d| format!("{}: {}", d.code, d.message));
        (text.into_owned(), said)
    }

    fn encoded(text: &str, name: &str) -> Vec<u8> {
        encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn drops_byte_order_marks() {
        assert_eq!(read(b"\xef\xbb\xbfa"), ("a".into(), String::new()));
        assert_eq!(read(b"\xff\xfea\0\xe9\0"), ("aé".into(), String::new()));
        assert_eq!(read(b"\xfe\xff\0a"), ("a".into(), String::new()));
        let (text, said) = read(b"\xfe\xff\0a\xd8\0");
        assert_eq!(
            (text.as_str(), said.as_str()),
            ("a\u{fffd}", "not-utf-8: not all of it is UTF-16BE")
        );
    }

    #[test]
    fn tells_utf_16_without_a_mark_by_its_zeros() {
        let le: Vec<u8> = "Größe – a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let said = "not-utf-8: read as UTF-16LE, which has no byte order mark";
        assert_eq!(read(&le), ("Größe – a\n".into(), said.into()));
        let be: Vec<u8> = "hello\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&be).0, "hello\n");
        assert_eq!(read(b"# A\0B\n\nx\0\0y\n").1, "", "zeros here and there are UTF-8");
    }

    #[test]
    fn names_the_place_and_the_encoding_read_instead() {
        let (text, said) = read(b"caf\xe9 ni\xf1o");
        assert_eq!(text, "café niño");
        assert_eq!(said, "not-utf-8: not UTF-8 at byte 3: read as windows-1252");
        assert_eq!(read(b"\x93quoted\x94").0, "“quoted”");
        assert_eq!(read(b"caf\xe9!").0, "café!");
        assert_eq!(read(b"caf\xe9").0, "café");
    }

    #[test]
    fn knows_other_scripts() {
        let russian = "Все счастливые семьи похожи друг на друга, каждая несчастливая по-своему.";
        assert_eq!(read(&encoded(russian, "windows-1251")).0, russian);
        assert_eq!(read(&encoded(russian, "koi8-r")).0, russian);
        let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。";
        assert_eq!(read(&encoded(japanese, "shift_jis")).0, japanese);
        assert_eq!(read(&encoded(japanese, "euc-jp")).0, japanese);
    }

    #[test]
    fn utf_8_with_a_fault_stays_utf_8() {
        let (text, said) = read(b"na\xc3\xafve caf\xc3");
        assert_eq!(text, "naïve caf\u{fffd}");
        assert_eq!(said, "not-utf-8: not UTF-8 at byte 10");
        assert_eq!(read("é\u{20ac}".as_bytes()).1, "");
        let broken = [&b"\xff"[..], "é\u{20ac}".as_bytes()].concat();
        assert_eq!(read(&broken).0, "\u{fffd}é€");
    }

    #[test]
    fn bytes_that_are_no_text_are_called_so() {
        let (_, said) = read(b"\x7fELF\x02\x01\x01\0\x80\xff");
        assert_eq!(said, "binary: looks like a binary file: not UTF-8 at byte 8");
    }

    proptest::proptest! {
        #[test]
        fn reads_any_bytes(bytes: Vec<u8>) {
            let valid = std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0);
            let (text, found) = decode(&bytes);
            proptest::prop_assert!(!valid || found.is_none());
            proptest::prop_assert!(bytes.len() < 4 || !text.is_empty());
        }
    }
}
