//! The page on a code. Its text is the doc comment that stands above the code where it is declared.

use crate::diagnostic::Severity;

/// Which files a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// All documents.
    Any,
    /// Briefing files, which were written to be read as cards.
    Briefings,
}

/// What is to be said about a code: what it means, why it matters, a bad and a good example.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// How bad it is, as a rule.
    pub severity: Severity,
    /// Which files it is about.
    pub files: Files,
    /// The text, in Markdown, each line with a space before it.
    text: &'static str,
}

impl Explanation {
    /// A page; `text` is what a doc comment holds.
    pub const fn new(
        code: &'static str,
        severity: Severity,
        files: Files,
        text: &'static str,
    ) -> Self {
        Self { code, severity, files, text }
    }

    /// The text, in Markdown.
    pub fn text(&self) -> String {
        let lines = self.text.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.fold(String::with_capacity(self.text.len()), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        })
    }

    /// The whole page, in Markdown.
    pub fn page(&self) -> String {
        let files = match self.files {
            Files::Any => "",
            Files::Briefings => ", in briefing files",
        };
        format!("## {}\n\n*{}{files}*\n\n{}", self.code, self.severity.word(), self.text())
    }
}

/// A rule: the page on its code, and how it is checked.
pub struct Rule {
    /// The page.
    pub explanation: Explanation,
    /// Finds what is wrong.
    pub check: fn(&super::Subject, &mut super::Found),
}

/// Declares the rule of a file. The doc comment is its page; `check` is a function of the file.
macro_rules! rule {
    ($(#[doc = $line:literal])* $code:literal, $severity:ident, $files:ident) => {
        pub const RULE: $crate::check::explain::Rule = $crate::check::explain::Rule {
            explanation: $crate::check::explain::Explanation::new(
                $code,
                $crate::diagnostic::Severity::$severity,
                $crate::check::explain::Files::$files,
                concat!($($line, "\n"),*),
            ),
            check,
        };
    };
}

/// Declares pages on codes that are reported elsewhere.
macro_rules! explained {
    ($($(#[doc = $line:literal])* $code:literal, $severity:ident, $files:ident;)*) => {
        pub const ALL: &[$crate::check::explain::Explanation] = &[$(
            $crate::check::explain::Explanation::new(
                $code,
                $crate::diagnostic::Severity::$severity,
                $crate::check::explain::Files::$files,
                concat!($($line, "\n"),*),
            )
        ),*];
    };
}
