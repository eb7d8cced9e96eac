//! The front matter that most notes have, a few keys with plain words, without the parser of YAML,
//! which takes longer to set up than to read it. What is not as plain is left to the parser.

/// A key and its words.
pub type Entry<'s> = (&'s str, Vec<&'s str>);

/// Longer lines are left to the parser, which takes no key of that length.
const LONGEST: usize = 512;
/// Keys beyond that many are too many to be compared with each other.
const MOST: usize = 32;

/// The keys of a text in YAML with the words of each, if it is plain enough; they are what the parser
/// of YAML finds.
pub fn entries(text: &str) -> Option<Vec<Entry<'_>>> {
    let mut entries: Vec<Entry> = Vec::new();
    // How far the items of the list that is open are indented; none before its first one.
    let mut list: Option<Option<usize>> = None;
    for line in text.split_terminator('\n') {
        if line.len() > LONGEST || entries.len() > MOST {
            return None;
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line.get(indent..)?;
        if let Some(item) = rest.strip_prefix("- ") {
            let before = list?;
            if before.is_some_and(|before| before != indent) {
                return None;
            }
            list = Some(Some(indent));
            entries.last_mut()?.1.push(word(item.trim_matches(' '))?);
            continue;
        }
        if indent > 0 {
            return None;
        }
        let (key, value) = rest.split_once(':')?;
        let is_known = entries.iter().any(|(known, _)| *known == key);
        if is_known || !is_key(key) || !(value.is_empty() || value.starts_with(' ')) {
            return None;
        }
        let value = value.trim_matches(' ');
        list = value.is_empty().then_some(None);
        entries.push((key, words(value)?));
    }
    Some(entries)
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The words of a value that stands in one line.
fn words(value: &str) -> Option<Vec<&str>> {
    if matches!(value, "" | "~" | "null" | "Null" | "NULL") {
        return Some(Vec::new());
    }
    let Some(inside) = value.strip_prefix('[') else { return Some(vec![word(value)?]) };
    let inside = inside.strip_suffix(']')?.trim_matches(' ');
    if inside.is_empty() {
        return Some(Vec::new());
    }
    inside.split(',').map(|item| word(item.trim_matches(' '))).collect()
}

/// A word as it stands, or without its quotes, if nothing in it means anything to YAML.
fn word(written: &str) -> Option<&str> {
    let is_quiet = |c: char| match c {
        ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '+' | '=' | ';' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => c.is_alphabetic(),
    };
    for quote in ['"', '\''] {
        if let Some(rest) = written.strip_prefix(quote) {
            let inside = rest.strip_suffix(quote)?;
            let is_fine = |c| is_quiet(c) || matches!(c, ':' | '#' | '!' | '?' | '&');
            return inside.chars().all(is_fine).then_some(inside);
        }
    }
    let starts = written.starts_with(|c: char| c.is_alphanumeric() && is_quiet(c));
    (starts && written.chars().all(is_quiet)).then_some(written)
}
