//! Words so common that alone they name nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../assets/common-words.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether a word, in lower case, is one of the commonest.
pub fn is_common(word: &str) -> bool {
    WORDS.contains(word)
}
