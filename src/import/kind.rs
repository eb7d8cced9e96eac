//! What sort of document a file is, by its name, and by what it holds where the name does not say.

use super::anki::is_anki;
use super::hashcards::is_hashcards;

/// A sort of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A briefing file.
    Briefing,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A book in EPUB.
    Epub,
    /// Plain text.
    Text,
    /// Notes that Anki wrote as text.
    Anki,
    /// Questions as hashcards reads them.
    Hashcards,
}

impl Kind {
    /// By the ending of a path; none if it says nothing.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        Some(match ending.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Self::Briefing,
            "md" | "markdown" | "mdown" | "mkd" | "mdx" | "rmd" | "qmd" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "epub" => Self::Epub,
            "txt" | "text" => Self::Text,
            _ => return None,
        })
    }

    /// The kind of a text of this kind, by what it begins with: some programs write questions into files
    /// with the endings of text and Markdown.
    #[must_use]
    pub fn looked_at(self, text: &str) -> Self {
        /// Bytes that are looked at.
        const HEAD: usize = 8 << 10;
        if !matches!(self, Self::Text | Self::Markdown) {
            return self;
        }
        let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let start = text.get(..end.unwrap_or(0)).unwrap_or_default();
        if is_anki(start) {
            Self::Anki
        } else if is_hashcards(start) {
            Self::Hashcards
        } else {
            self
        }
    }

    /// By what a file holds; none if it is no text.
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
            let is_epub = memchr::memmem::find(head, b"application/epub+zip").is_some();
            return is_epub.then_some(Self::Epub);
        }
        if is_binary(bytes) {
            return None;
        }
        let start =
            String::from_utf8_lossy(bytes.get(..bytes.len().min(8 << 10)).unwrap_or_default());
        let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
        let text = head.trim_start_matches('\u{feff}').trim_start();
        let starts = |word: &str| {
            text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if starts("<!doctype html") || starts("<html") || starts("<head") || starts("<body") {
            return Some(Self::Html);
        }
        if text.starts_with('<') && head.contains("<svg") {
            return None; // a picture, though it is written as text
        }
        if is_briefing(&head) {
            return Some(Self::Briefing);
        }
        let marked = |line: &str| {
            let heading = line.trim_start_matches('#');
            (heading.len() < line.len()
                && line.len() - heading.len() <= 6
                && heading.starts_with(' '))
                || line.starts_with("```")
                || (line.contains("](") && line.contains('['))
        };
        // Lines that all start with the sign are comments.
        let comments = |at: usize, line: &str, lines: &[&str]| {
            let beside = [at.checked_sub(1), Some(at + 1)];
            let beside = beside.into_iter().flatten().filter_map(|at| lines.get(at));
            line.starts_with("# ") && beside.into_iter().any(|line| line.starts_with('#'))
        };
        let lines: Vec<&str> = head.lines().collect();
        let is_markdown =
            lines.iter().enumerate().any(|(at, line)| marked(line) && !comments(at, line, &lines));
        Some(if is_markdown { Self::Markdown } else { Self::Text }.looked_at(&start))
    }
}

/// Whether a YAML text looks like a briefing: it has one of its keys at the margin.
pub fn is_briefing(text: &str) -> bool {
    let keys = ["cards:", "briefing:", "- id:"];
    let at_margin = |line: &str| keys.iter().any(|key| line.starts_with(key));
    text.lines().any(at_margin) || text.trim_start().starts_with('{') && text.contains("cards")
}

/// Whether bytes are no text: they hold NUL, and do not say that they are UTF-16.
pub fn is_binary(bytes: &[u8]) -> bool {
    /// Bytes that are looked at.
    const HEAD: usize = 8192;
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let signed = [&b"\x89PNG"[..], b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"%PDF-", b"\x1f\x8b"];
    if signed.iter().any(|sign| head.starts_with(sign)) {
        return true;
    }
    if memchr::memchr(0, head).is_none() {
        return false;
    }
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    // Text in UTF-16 without a mark has a NUL in every other byte, where it is European.
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    let is_wide = is_wide
        || (half > 0 && (even > half * 3 / 4) != (odd > half * 3 / 4) && even.min(odd) == 0);
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    // A character may be cut at the end.
    let is_utf8 =
        std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    !is_wide && (controls * 10 > head.len() * 3 || (controls * 20 > head.len() && !is_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind() {
        assert_eq!(Kind::of_path("a/b.MD"), Some(Kind::Markdown));
        assert_eq!(Kind::of_path("a.tar.gz"), None);
        assert_eq!(Kind::of_path("LICENSE"), None);
        assert_eq!(Kind::of_path("a.md/.txt"), None);
    }

    #[test]
    fn content_tells_it_where_the_name_does_not() {
        let kind = |text: &str| Kind::of_content(text.as_bytes());
        assert_eq!(kind("\n<!DOCTYPE html><p>x"), Some(Kind::Html));
        assert_eq!(kind("title: x\ncards:\n- id: a"), Some(Kind::Briefing));
        assert_eq!(kind("words\n\n## Heading\n"), Some(Kind::Markdown));
        assert_eq!(kind("words\n#hash and [brackets]\n"), Some(Kind::Text));
        assert_eq!(kind("<?xml version='1.0'?>\n<svg>"), None);
        assert_eq!(kind(""), Some(Kind::Text));
        assert_eq!(
            Kind::of_content(b"PK\x03\x04\0\0\0\0mimetypeapplication/epub+zip"),
            Some(Kind::Epub)
        );
        assert_eq!(Kind::of_content(b"PK\x03\x04other"), None);
    }

    #[test]
    fn what_is_no_text_is_told_from_wide_text() {
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0"));
        assert!(!is_binary(b"\0w\0o\0r\0d\0s"));
        assert!(!is_binary(b"\xff\xfew\0o\0r\0"));
        assert!(!is_binary(b"a text with one \0 in it, as some have it"));
        assert!(!is_binary(b"# A\0B\n\nx\0\0y\n"));
        let noise: Vec<u8> = (0..2000_u32).map(|n| (n * n % 251) as u8).collect();
        assert!(is_binary(&noise));
        assert!(!is_binary(b""));
    }
}
