//! Numbers that stand before a heading and belong to it.

/// Whether a text is but the number of what follows: `Section 1.`, `CHAPTER IV`, `§ 12`.
pub fn is_label(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "section",
        "sec",
        "article",
        "art",
        "chapter",
        "part",
        "appendix",
        "annex",
        "schedule",
        "book",
        "title",
        "unit",
        "lesson",
        "volume",
        "kapitel",
        "abschnitt",
        "artikel",
        "teil",
        "anhang",
        "chapitre",
        "partie",
        "annexe",
        "capítulo",
        "sección",
        "artículo",
        "parte",
        "capitolo",
        "§",
    ];
    let mut words = text.split_whitespace();
    let (Some(first), Some(second), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let number = second.trim_end_matches(['.', ':', ')', '\u{2014}', '\u{2013}']);
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let roman = !number.is_empty() && number.bytes().all(|b| b"IVXLCDMivxlcdm".contains(&b));
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
    let first = first.trim_end_matches('.').to_lowercase();
    WORDS.contains(&first.as_str()) && number.len() <= 12 && (digits || roman || letter)
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn a_label_is_a_word_and_a_number() {
        for text in ["Section 1.", "CHAPTER IV", "§ 12", "Art. 3.2", "Appendix B:", "Kapitel 2 "] {
            assert!(is_label(text), "{text}");
        }
        for text in [
            "Section",
            "Section one",
            "Part of it",
            "Book mix!",
            "1.",
            "Title page",
            "See chapter 3",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }
}
