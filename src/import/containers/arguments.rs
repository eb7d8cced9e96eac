//! Arguments of tags: `name="value"`, `name={"value"}`, `"value"`, `word`.

/// The arguments of a tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    named: Vec<(String, String)>,
    /// Values without a name; of words in quotes they are the first.
    plain: Vec<String>,
}

impl Arguments {
    /// Reads what stands behind the name of a tag.
    pub fn read(text: &str) -> Self {
        let mut arguments = Self::default();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (word, after) = match first {
                '"' | '\'' | '`' | '{' | '[' => ("", rest),
                _ => rest.split_at(
                    rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len()),
                ),
            };
            let value = if word.is_empty() { Some(after) } else { after.strip_prefix('=') };
            rest = match value {
                Some(value) => {
                    let (value, after) = read(value);
                    if word.is_empty() {
                        arguments.plain.push(value.to_owned());
                    } else {
                        let name = word.trim_start_matches(':').to_ascii_lowercase();
                        arguments.named.push((name, value.to_owned()));
                    }
                    after
                }
                None => {
                    arguments.plain.push(word.to_owned());
                    after
                }
            };
            rest = rest.trim_start();
        }
        arguments
    }

    /// The value of the first of these names that has one.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        let value = |name: &&str| {
            let found = self.named.iter().find(|(own, value)| own == name && !value.is_empty());
            found.map(|(_, value)| value.as_str())
        };
        names.iter().find_map(value)
    }

    /// The first value without a name.
    pub fn plain(&self) -> Option<&str> {
        self.plain.first().map(String::as_str)
    }

    /// What the tag calls its text.
    pub fn title(&self) -> Option<&str> {
        self.named(&["title", "label", "header", "summary", "heading", "name", "caption"])
    }
}

/// The value at the start of a text, and what stands behind it.
fn read(text: &str) -> (&str, &str) {
    let Some(first) = text.chars().next() else { return ("", "") };
    let close = match first {
        '"' | '\'' | '`' => first,
        '{' => '}',
        '[' => ']',
        _ => {
            return text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        }
    };
    let inside = text.get(1..).unwrap_or_default();
    let mut depth = 0_usize;
    let end = inside.char_indices().find(|(_, c)| {
        let is_end = *c == close && depth == 0;
        if first != close {
            depth += usize::from(*c == first);
            depth -= usize::from(*c == close && depth > 0);
        }
        is_end
    });
    let Some((end, _)) = end else { return (inside, "") };
    let value = inside.get(..end).unwrap_or_default().trim();
    let after = inside.get(end + 1..).unwrap_or_default();
    let value = if first == '{' { value.trim_matches(['"', '\'', '`']) } else { value };
    (value, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_named_or_not() {
        let read =
            Arguments::read("\"Own title\" open=true label='L' style={{a: 1}} x={\"y z\"} end");
        assert_eq!(read.plain(), Some("Own title"));
        assert_eq!(read.title(), Some("L"));
        assert_eq!(read.named(&["none", "x"]), Some("y z"));
        assert_eq!(read.named(&["style"]), Some("{a: 1}"));
        assert_eq!(read.plain.last().map(String::as_str), Some("end"));
        assert_eq!(Arguments::read(""), Arguments::default());
        assert_eq!(Arguments::read("=").named.len(), 0);
    }
}
