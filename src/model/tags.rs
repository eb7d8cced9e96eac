//! The keywords of a card in one piece of text: a folder has as many short lists of them as files.

use crate::text::Printable;
use serde::{Deserialize, Deserializer, Serialize};

/// What stands behind each keyword; no keyword holds it, for all are one line.
const END: char = '\n';

/// Keywords.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tags(Box<str>);

impl Tags {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keywords, in the order of the author.
    pub fn iter(&self) -> std::str::SplitTerminator<'_, char> {
        self.0.split_terminator(END)
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Printable::deserialize(deserializer)?.as_str().into()))
    }
}

impl FromIterator<Printable> for Tags {
    fn from_iter<I: IntoIterator<Item = Printable>>(tags: I) -> Self {
        let mut all = String::new();
        for tag in tags {
            all.extend(tag.chars().map(|c| if c == END { ' ' } else { c }));
            all.push(END);
        }
        Self(all.into())
    }
}

impl<'a> IntoIterator for &'a Tags {
    type Item = &'a str;
    type IntoIter = std::str::SplitTerminator<'a, char>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Tags;
    use crate::text::Printable;

    #[test]
    fn keywords_come_out_as_they_went_in() {
        let tags = |words: &[&str]| -> Tags { words.iter().map(|w| Printable::line(w)).collect() };
        for words in [&[][..], &["a"], &["a b", "", "c"], &[""]] {
            assert_eq!(tags(words).iter().collect::<Vec<_>>(), words);
            assert_eq!(tags(words).is_empty(), words.is_empty());
        }
        let lines: Tags = [Printable::lines("a\nb")].into_iter().collect();
        assert_eq!(lines.iter().collect::<Vec<_>>(), ["a b"]);
    }
}
