//! The parameters as they are written in `study.yaml`, and put into that file without touching
//! anything else in it.

use super::options::{Options, PARAMETERS};
use crate::format;
use crate::text::LineIndex;

/// The entry of the settings.
const NAME: &str = "parameters";

/// The line that holds parameters.
pub fn parameters_line(parameters: &[f32; PARAMETERS]) -> String {
    let numbers = parameters.map(|number| number.to_string());
    format!("{NAME}: {}", numbers.join(", "))
}

/// A file of settings with these parameters in the place of others; `None` if it would not be read
/// as before, but for them.
pub fn with_parameters(source: &str, parameters: &[f32; PARAMETERS]) -> Option<String> {
    let line = parameters_line(parameters);
    let lines = LineIndex::new(source);
    let tree = format::tree(source, &lines);
    let entries = tree.as_ref().map_or(&[][..], |tree| tree.entries());
    let given = entries.iter().find(|(name, _)| name.text() == Some(NAME));
    let new = match given {
        Some((name, value)) => {
            let end = value.bytes.end.max(name.bytes.end);
            let after = source.get(end..)?;
            // Of a name without a value its colon is left.
            let after = if value.bytes.is_empty() { after.trim_start_matches(':') } else { after };
            format!("{}{line}{after}", source.get(..name.bytes.start)?)
        }
        None => {
            let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
            let gap = if source.is_empty() || source.ends_with('\n') { "" } else { newline };
            format!("{source}{gap}{line}{newline}")
        }
    };
    let (before, found) = Options::default().overlaid(source);
    let (after, more) = Options::default().overlaid(&new);
    let wanted = Options { parameters: Some(*parameters), ..before };
    (after == wanted && more.len() <= found.len()).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(source: &str) -> Option<String> {
        let mut numbers = fsrs::DEFAULT_PARAMETERS;
        numbers[0] = 0.123_456_79;
        with_parameters(source, &numbers).map(|new| new.replace(&parameters_line(&numbers), "P"))
    }

    #[test]
    fn nothing_else_is_touched() {
        let file = "# mine\nretention: 0.85   # low\n\nparameters: 1, 2 # old\n# end\nfuzz: no";
        assert_eq!(
            put(file).unwrap(),
            "# mine\nretention: 0.85   # low\n\nP # old\n# end\nfuzz: no"
        );
        assert_eq!(put("fuzz: no").unwrap(), "fuzz: no\nP\n");
        assert_eq!(put("fuzz: no\r\n").unwrap(), "fuzz: no\r\nP\r\n");
        assert_eq!(put("").unwrap(), "P\n");
        assert_eq!(put("# only\n").unwrap(), "# only\nP\n");
        assert_eq!(put("parameters: \"1, 2\"\nnew: 3\n").unwrap(), "P\nnew: 3\n");
    }

    #[test]
    fn where_it_does_not_fit_in_nothing_is_written() {
        assert_eq!(put("{fuzz: no}"), None);
        assert_eq!(put("- a\n"), None);
    }
}
