//! Titles that stand in the middle of their lines.

use super::super::habit::Habit;
use super::super::line::Line;
use super::super::shape::leader;
use super::{ends_sentence, joined_title};

/// Columns that a title stands further in than the text.
const INDENT: usize = 8;
/// Words before the number of something that has a caption, which stands below it.
const CAPTIONS: &[&str] = &["Figure", "Fig", "Table", "Listing", "Example"];

/// The words of a block that is a title in the middle of one line or a few.
pub fn centred(block: &[Line], habit: &Habit) -> Option<String> {
    let first = block.first().filter(|first| first.indent() >= habit.indent + INDENT)?;
    if block.len() > 3 || habit.width == 0 || !block.iter().all(|line| in_the_middle(line, habit)) {
        return None;
    }
    let middle = |line: &Line| 2 * line.indent() + line.words().chars().count();
    let apart = |line: &Line| middle(line).abs_diff(middle(first)) > INDENT;
    let title = joined_title(block);
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '«');
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let is_title = title.starts_with(opens)
        && letters > 2
        && letters * 2 > title.chars().count()
        && title.chars().count() <= 120
        && !title.ends_with([',', ';'])
        && !ends_sentence(&title)
        && !title.contains(['{', '}', '=', '|', '\t'])
        && !title.contains("   ");
    let is_caption = || {
        let (word, rest) = title.split_once([' ', '.']).unwrap_or((&title, ""));
        CAPTIONS.contains(&word) && rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let leads = || block.iter().any(|line| leader(line.text).is_some());
    (is_title && !block.iter().any(apart) && !is_caption() && !leads()).then_some(title)
}

/// Whether a line has as much space after it as before it, roughly.
fn in_the_middle(line: &Line, habit: &Habit) -> bool {
    let both = 2 * line.indent() + line.words().chars().count();
    both.abs_diff(habit.indent + habit.width) <= habit.width / 4
}

#[cfg(test)]
mod tests {
    use super::super::super::line::split;
    use super::*;

    fn title(source: &str) -> Option<String> {
        centred(&split(source), &Habit { width: 70, indent: 0, spaced: true })
    }

    #[test]
    fn a_title_has_space_on_both_sides() {
        let two = "                    GNU GENERAL PUBLIC LICENSE\n   TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION";
        assert_eq!(
            title(two).as_deref(),
            Some(
                "GNU GENERAL PUBLIC LICENSE TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION"
            )
        );
        assert_eq!(title("\t\t\t\tPreamble").as_deref(), Some("Preamble"));
        for source in [
            "        Preamble",
            "                            a verse of it",
            "                            Roses are red,",
            "                     Figure 3: Connection States",
            "                                x = y",
            "                            Roses\n                                        Violets",
        ] {
            assert_eq!(title(source), None, "{source}");
        }
    }
}
