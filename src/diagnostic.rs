//! One finding about a document: what, where, and what would help. How it is printed is the
//! command line's business, how it is listed on screen the reader's.

use crate::text::{Hidden, Printable, Span};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something is likely not what the author meant; all text is still shown.
    Warning,
    /// Something the author wrote could not be used.
    Error,
}

impl Severity {
    /// The word for it in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that belongs to a finding, such as the first of two equal ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: Printable,
}

/// A change of a file that mends a finding and changes nothing of what the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced, in the text of the file.
    pub bytes: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name such as `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file; none while the text has no name.
    pub file: Option<Arc<Path>>,
    /// The place in the file; none if the finding is about the file as a whole.
    pub span: Option<Span>,
    /// Lower case, no full stop, names in backticks.
    pub message: Printable,
    /// What would mend it.
    pub help: Option<Printable>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What mends it, if that is safe.
    pub fix: Option<Box<Edit>>,
}

impl Diagnostic {
    /// A finding of the given severity. `message` may hold text of the document.
    pub fn new(severity: Severity, code: &'static str, message: impl AsRef<str>) -> Self {
        Self {
            code,
            severity,
            file: None,
            span: None,
            message: Printable::line(message.as_ref()),
            help: None,
            labels: Vec::new(),
            fix: None,
        }
    }

    /// Something could not be used.
    pub fn error(code: &'static str, message: impl AsRef<str>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Something is likely not meant.
    pub fn warning(code: &'static str, message: impl AsRef<str>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A text holds characters that a reader would not see.
    pub fn hidden(hidden: Hidden) -> Self {
        let parts = [
            (hidden.controls, "control"),
            (hidden.bidi, "text-reordering"),
            (hidden.invisible, "invisible"),
            (hidden.malformed, "malformed"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        Self::warning("hidden-characters", format!("hidden characters: {}", parts.join(", ")))
            .help("they are shown as stand-ins or left out; remove them if they are not meant")
    }

    /// Where it is.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// What would mend it.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(Printable::line(help.as_ref()));
        self
    }

    /// A second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl AsRef<str>) -> Self {
        self.labels.push(Label { span, message: Printable::line(message.as_ref()) });
        self
    }

    /// The file it is about.
    #[must_use]
    pub fn in_file(mut self, file: &Arc<Path>) -> Self {
        self.file = Some(Arc::clone(file));
        self
    }

    /// Where it is and what it is, on one line.
    pub fn line(&self) -> Printable {
        let place = self.place();
        if place.is_empty() {
            return self.message.clone();
        }
        Printable::line(&format!("{place}: {}", self.without_place()))
    }

    /// What it is, without the file at its start that other words name already.
    pub fn without_place(&self) -> &str {
        let file = self.file.as_deref().map(|file| Printable::line(&file.to_string_lossy()));
        let rest =
            file.and_then(|file| self.message.strip_prefix(file.as_str())?.strip_prefix(": "));
        rest.unwrap_or(&self.message)
    }

    /// `FILE:LINE:COLUMN`, as far as known.
    pub fn place(&self) -> Printable {
        let file = self.file.as_deref().map_or(String::new(), |f| f.display().to_string());
        match self.span {
            Some(Span { position: at, .. }) => {
                Printable::line(&format!("{file}:{}:{}", at.line, at.column))
            }
            None => Printable::line(&file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;

    #[test]
    fn names_its_place_and_shows_nothing_raw() {
        let lines = LineIndex::new("a\nbc");
        let d = Diagnostic::error("unknown-key", "unknown key `\u{1b}]0;x`")
            .at(lines.span(3..4))
            .in_file(&Arc::from(Path::new("a\u{1b}.yaml")));
        assert_eq!(d.place().as_str(), "a␛.yaml:2:2");
        assert_eq!(d.message.as_str(), "unknown key `␛]0;x`");
    }

    #[test]
    fn a_line_has_its_place_once_and_only_if_it_is_known() {
        let d = Diagnostic::error("theme", "there is no theme `x`");
        assert_eq!(d.line().as_str(), "there is no theme `x`");
        let file = Arc::from(Path::new("n/a.md"));
        let d = Diagnostic::error("unreadable", "n/a.md: no such file").in_file(&file);
        assert_eq!(d.line().as_str(), "n/a.md: no such file");
        let d = Diagnostic::error("unknown-key", "no key").at(LineIndex::new("a").span(0..1));
        assert_eq!(d.in_file(&file).line().as_str(), "n/a.md:1:1: no key");
    }
}
