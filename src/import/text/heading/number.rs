//! Numbers of sections: each must follow from those before it.

/// The numbers of the sections so far.
#[derive(Debug, Default)]
pub struct Numbers {
    last: Vec<u32>,
    appendix: bool,
}

impl Numbers {
    /// The level and the anchor of a heading whose number follows. `hanging` says that headings
    /// stand out of an indented text, so that one without a dot may be one too.
    pub fn next(&mut self, words: &str, hanging: bool) -> Option<(usize, String)> {
        let Section { appendix, number, title } = read(words)?;
        let is_title = title.chars().count() <= 80
            && !title.starts_with(char::is_lowercase)
            && !title.ends_with([',', ';', ':'])
            && (!title.ends_with('.') || title.split_whitespace().count() <= 10)
            && (hanging || title.split_whitespace().count() <= 10);
        if !is_title || !self.follows(appendix, &number) {
            return None;
        }
        let level = number.len() - 1;
        let anchor = anchor(appendix, &number);
        (self.last, self.appendix) = (number, appendix);
        Some((level, anchor))
    }

    /// Whether a number comes right after the last: its first child, its next sibling, or the next
    /// of one above it.
    fn follows(&self, appendix: bool, number: &[u32]) -> bool {
        let (Some(last), Some((end, above))) = (number.last(), number.split_last()) else {
            return false;
        };
        if self.last.is_empty() || appendix != self.appendix {
            return number.len() == 1 && *last <= 1 && (appendix || self.last.is_empty());
        }
        let Some(start) = self.last.get(..above.len()) else {
            return false;
        };
        if start != above {
            return false;
        }
        match self.last.get(above.len()) {
            Some(sibling) => sibling.checked_add(1) == Some(*end),
            None => *end <= 1,
        }
    }
}

/// The name by which texts call the section whose number `words` start with: `section-3.2`.
pub fn anchor_of(words: &str) -> Option<String> {
    read(words).map(|section| anchor(section.appendix, &section.number))
}

/// The number and the title of a section that has one number, such as `3. Title`.
pub fn top(words: &str) -> Option<(u32, &str)> {
    let section = read(words).filter(|section| !section.appendix)?;
    let dotted = words.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.');
    match section.number.as_slice() {
        [number] if dotted => Some((*number, section.title)),
        _ => None,
    }
}

fn anchor(appendix: bool, number: &[u32]) -> String {
    let letter = |part: u32| char::from_u32(64 + part).unwrap_or('A').to_string();
    let shown: Vec<String> = number
        .iter()
        .enumerate()
        .map(|(at, part)| if at == 0 && appendix { letter(*part) } else { part.to_string() })
        .collect();
    format!("{}-{}", if appendix { "appendix" } else { "section" }, shown.join("."))
}

/// A heading with a number.
pub struct Section<'a> {
    appendix: bool,
    number: Vec<u32>,
    title: &'a str,
}

/// Reads `3.2.  Title`, `3.2 Title`, `A.1.  Title` or `Appendix A.  Title`.
pub fn read(words: &str) -> Option<Section<'_>> {
    let appendix = words.strip_prefix("Appendix ").or_else(|| words.strip_prefix("APPENDIX "));
    let words = appendix.unwrap_or(words);
    let (name, title) = words.split_once([' ', '\t']).unwrap_or((words, ""));
    let dotted = name.ends_with(['.', ':']);
    let name = name.trim_end_matches(['.', ':']);
    let mut parts = name.split('.');
    let first = parts.next()?;
    let letter = match first.as_bytes() {
        [letter @ b'A'..=b'Z'] => Some(u32::from(letter - b'A') + 1),
        _ => None,
    };
    let digits = |part: &str| {
        part.parse().ok().filter(|_| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut number = vec![letter.or_else(|| digits(first))?];
    for part in parts {
        number.push(digits(part)?);
    }
    let title = title.trim_start();
    let is_letter = letter.is_some();
    if number.len() > 8 || (is_letter && appendix.is_none() && !(dotted || number.len() > 1)) {
        return None;
    }
    if title.is_empty() && appendix.is_none() {
        return None;
    }
    Some(Section { appendix: is_letter || appendix.is_some(), number, title })
}
