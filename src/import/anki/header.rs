//! What the first lines of a text for Anki say about the rest: `#separator:tab`, `#deck column:3`.

/// What such a text begins with. Other texts may say `#tags:` or `#columns:` too.
const KEYS: [&str; 8] = [
    "separator",
    "html",
    "notetype",
    "notetype column",
    "deck",
    "deck column",
    "tags column",
    "guid column",
];

/// What the lines above the notes say. Columns are counted from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// What parts columns, if it is known.
    pub separator: Option<char>,
    /// A word for a separator that is not known, and where it stands.
    pub odd_separator: Option<(String, usize)>,
    /// Whether columns hold HTML.
    pub html: bool,
    /// The type and the deck of all notes.
    pub note_type: Option<String>,
    pub deck: Option<String>,
    /// Tags of all notes.
    pub tags: Vec<String>,
    /// Columns that are no text.
    pub guid: Option<usize>,
    pub note_types: Option<usize>,
    pub decks: Option<usize>,
    pub tag_lists: Option<usize>,
    /// Where the notes start.
    pub end: usize,
}

/// Whether a text begins with lines for Anki.
pub fn is_anki(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().and_then(|line| line.strip_prefix('#'));
    first
        .and_then(|line| line.split_once(':'))
        .is_some_and(|(key, _)| KEYS.contains(&key.to_ascii_lowercase().as_str()))
}

impl Header {
    /// Reads the lines at the start of a text.
    pub fn read(source: &str) -> Self {
        let mut header = Self::default();
        let mut at = source.len() - source.trim_start_matches('\u{feff}').len();
        for line in source.get(at..).unwrap_or_default().split_inclusive('\n') {
            let Some(said) = line.strip_prefix('#') else { break };
            if let Some((key, value)) = said.trim_end_matches(['\n', '\r']).split_once(':') {
                header.line(&key.trim().to_ascii_lowercase(), value, at);
            }
            at += line.len();
        }
        header.end = at;
        header
    }

    fn line(&mut self, key: &str, value: &str, at: usize) {
        let words = value.trim();
        let column = || words.parse().ok().and_then(|number: usize| number.checked_sub(1));
        let name = || Some(words.to_owned()).filter(|words| !words.is_empty());
        match key {
            "separator" => {
                self.separator = separator(value);
                if self.separator.is_none() {
                    self.odd_separator = Some((words.to_owned(), at));
                }
            }
            "html" => self.html = words.eq_ignore_ascii_case("true"),
            "notetype" => self.note_type = name(),
            "deck" => self.deck = name(),
            "tags" => self.tags = words.split_whitespace().map(str::to_owned).collect(),
            "guid column" => self.guid = column(),
            "notetype column" => self.note_types = column(),
            "deck column" => self.decks = column(),
            "tags column" => self.tag_lists = column(),
            _ => {}
        }
    }

    /// Whether a column holds text of the note.
    pub fn is_text(&self, column: usize) -> bool {
        ![self.guid, self.note_types, self.decks, self.tag_lists].contains(&Some(column))
    }
}

/// What a word for a separator stands for.
fn separator(value: &str) -> Option<char> {
    Some(match value.trim().to_ascii_lowercase().as_str() {
        "tab" | "\\t" => '\t',
        "comma" => ',',
        "semicolon" => ';',
        "pipe" => '|',
        "colon" => ':',
        "space" => ' ',
        "" if value.contains('\t') => '\t',
        word => {
            let mut signs = word.chars();
            let sign = signs.next().filter(|c| !c.is_alphanumeric() && *c != '"' && *c != '#');
            return sign.filter(|_| signs.next().is_none());
        }
    })
}

/// What likely parts columns: what stands in the first line that is no comment.
pub fn likely_separator(text: &str) -> char {
    let line = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty());
    let signs = ['\t', '|', ';', ':', ',', ' '];
    let found = line.and_then(|line| signs.into_iter().find(|sign| line.contains(*sign)));
    found.unwrap_or('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_say_what_columns_are() {
        let source = "\u{feff}#separator:tab\r\n#html:true\n#guid column:1\n#tags:a b\n#x\nq\ta\n";
        let header = Header::read(source);
        assert_eq!((header.separator, header.html), (Some('\t'), true));
        assert_eq!((header.guid, header.is_text(0), header.is_text(1)), (Some(0), false, true));
        assert_eq!(header.tags, ["a", "b"]);
        assert_eq!(&source[header.end..], "q\ta\n");
        assert!(is_anki(source));
    }

    #[test]
    fn separators_have_names_or_stand_for_themselves() {
        assert_eq!(Header::read("#separator:;\n").separator, Some(';'));
        assert_eq!(Header::read("#separator:Pipe\n").separator, Some('|'));
        let odd = Header::read("#separator:nothing\n");
        assert_eq!((odd.separator, odd.odd_separator), (None, Some(("nothing".to_owned(), 0))));
        assert_eq!(likely_separator("# a,b\n\nc;d,e"), ';');
    }

    #[test]
    fn other_texts_with_such_signs_are_none_for_anki() {
        for text in ["# separator: a heading", "#tags: a", "#!/bin/sh", "words", "#columns:a"] {
            assert!(!is_anki(text), "{text}");
        }
        assert!(is_anki("#notetype column:2\n"));
    }

    #[test]
    fn columns_of_number_nothing_are_none() {
        let header = Header::read("#deck column:0\n#tags column:x\n#guid column:-1\n");
        assert_eq!(header, Header { end: header.end, ..Header::default() });
    }
}
