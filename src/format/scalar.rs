//! From a place in the text of a YAML scalar back to its place in the file: through indentation,
//! folded lines and escapes.

use serde_yaml::granit_parser::ScalarStyle;
use std::ops::Range;

/// File offsets of the places `wanted` (ascending byte offsets in `text`) of a scalar that stands
/// at `bytes` of `source`.
pub fn offsets(
    source: &str,
    bytes: Range<usize>,
    style: ScalarStyle,
    text: &str,
    wanted: &[usize],
) -> Vec<usize> {
    let raw = source.get(bytes.clone()).unwrap_or_default();
    let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
    let mut walk = Walk { raw: raw.as_bytes(), at: usize::from(quoted), style };
    // A block starts with its first line that is not empty.
    let mut text_at = match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            text.len() - text.trim_start_matches('\n').len()
        }
        _ => 0,
    };
    let mut out = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        while text_at < *wanted {
            let Some(c) = text.get(text_at..).and_then(|t| t.chars().next()) else {
                break;
            };
            if let Some(end) = walk.line_end() {
                walk.at = end;
                let rest = text.get(text_at..).unwrap_or_default();
                text_at += rest.len() - rest.trim_start_matches([' ', '\n', '\t']).len();
                continue;
            }
            walk.step(c);
            text_at += c.len_utf8();
        }
        let at = walk.line_end().unwrap_or(walk.at);
        out.push(bytes.start + at.min(raw.len()));
    }
    out
}

struct Walk<'a> {
    raw: &'a [u8],
    at: usize,
    style: ScalarStyle,
}

impl Walk<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.raw.get(self.at + ahead).copied()
    }

    /// The end of the white space here, if a line ends in it.
    fn line_end(&self) -> Option<usize> {
        let rest = self.raw.get(self.at..)?;
        // An escaped line break joins two lines without a space.
        let joined = self.style == ScalarStyle::DoubleQuoted
            && rest.first() == Some(&b'\\')
            && matches!(rest.get(1), Some(b'\n' | b'\r'));
        let skipped = usize::from(joined);
        let space = rest.get(skipped..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let run = rest.get(skipped..skipped + space)?;
        run.iter().any(|b| matches!(b, b'\n' | b'\r')).then_some(self.at + skipped + space)
    }

    /// Passes what stands for one character of the text.
    fn step(&mut self, c: char) {
        self.at += match (self.style, self.byte(0)) {
            (ScalarStyle::SingleQuoted, Some(b'\'')) => 2,
            (ScalarStyle::DoubleQuoted, Some(b'\\')) => match self.byte(1) {
                Some(b'x') => 4,
                Some(b'u') if c > '\u{ffff}' => 12,
                Some(b'u') => 6,
                Some(b'U') => 10,
                _ => 2,
            },
            _ => c.len_utf8(),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::format::yaml::{Node, Value, read};
    use crate::text::LineIndex;

    /// Finds `[[x]]` in the value of the only key, and the place in the file it came from.
    fn found(source: &str) -> (u32, u32) {
        let lines = LineIndex::new(source);
        let Some(Node { value: Value::Map(entries), .. }) = read(source, &lines, &mut Vec::new())
        else {
            panic!("no mapping")
        };
        let (_, node) = &entries[0];
        let Value::Scalar(scalar) = &node.value else { panic!("no scalar") };
        let wanted = scalar.text.find("[[x]]").unwrap();
        let at = super::offsets(source, node.bytes.clone(), scalar.style, &scalar.text, &[wanted]);
        assert!(source[at[0]..].starts_with("[[x]]"), "{source:?} {:?}", &source[at[0]..]);
        let position = lines.position(at[0]);
        (position.line, position.column)
    }

    #[test]
    fn finds_the_place_in_every_style() {
        assert_eq!(found("a: see [[x]]\n"), (1, 8));
        assert_eq!(found("a: see\n  this [[x]]\n"), (2, 8));
        assert_eq!(found("a: |\n  one\n    two\n\n  see [[x]]\n"), (5, 7));
        assert_eq!(found("a: |\n\n\n  see [[x]]\n"), (4, 7));
        assert_eq!(found("a: |2-\n      deep\n    see [[x]]\n"), (3, 9));
        assert_eq!(found("a: >-\n  folded\n  text\n\n    more\n  see [[x]]\n"), (6, 7));
        assert_eq!(found("a: 'it''s\n  folded [[x]]'\n"), (2, 10));
        assert_eq!(found("a: \"\\u0041 \\\"q\\\" \\x41 [[x]]\"\n"), (1, 23));
        assert_eq!(found("a: \"one \\\n  two\n  three [[x]]\"\n"), (3, 9));
        assert_eq!(found("a: \"\\U0001F600 \\uD83D\\uDE00 é [[x]]\"\n"), (1, 31));
        assert_eq!(found("a: |\r\n  é one\r\n  see [[x]]\r\n"), (3, 7));
    }
}
