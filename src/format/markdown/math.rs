//! Whether what stands between dollars is a formula. Prices and names of variables are none; in
//! doubt it is none.

use std::ops::Range;

/// Letters of the longest word that a formula has outside of its commands.
const WORD: usize = 3;

/// Whether `formula` is one; with its dollars it stands at `bytes` of a text.
pub fn is_formula(source: &str, formula: &str, bytes: &Range<usize>) -> bool {
    let before = source.get(..bytes.start).and_then(|text| text.chars().next_back());
    let after = source.get(bytes.end..).and_then(|text| text.chars().next());
    let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '$');
    if touches(before) || touches(after) {
        return false;
    }
    let words = formula.trim();
    if has_command(words) {
        return true;
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if words.chars().count() == 1 {
        return letters == 1;
    }
    let longest = words.split(|c: char| !c.is_alphabetic()).map(|word| word.chars().count()).max();
    let has_sign = words
        .contains(['^', '_', '=', '<', '>', '+', '*', '/', '(', '|', '≤', '≥', '∈'])
        || words.contains(" - ");
    // A name as shells and C have it.
    let is_name = words.chars().count() > WORD
        && words.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    letters > 0
        && !is_name
        && has_sign
        && longest.unwrap_or(0) <= WORD
        && !words.starts_with(['/', '{', '('])
}

/// Whether it has a command of TeX: `\alpha`.
fn has_command(words: &str) -> bool {
    words
        .split('\\')
        .skip(1)
        .any(|rest| rest.bytes().take(2).filter(u8::is_ascii_alphabetic).count() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_prices_and_variables() {
        let is = |formula: &str| {
            let source = format!(" ${formula}$ ");
            is_formula(&source, formula, &(1..source.len() - 1))
        };
        for formula in ["n", "x^2", "O(n)", "\\alpha", "a_1 + b", "f(x) = 1", "n < 10"] {
            assert!(is(formula), "{formula}");
        }
        for other in ["5", "HOME", "5 and ", "FOO_BAR", "{x}", "PATH=/usr", "(pwd)", "a and b"] {
            assert!(!is(other), "{other}");
        }
        assert!(!is_formula("$a_$b", "a_", &(0..4)));
    }
}
