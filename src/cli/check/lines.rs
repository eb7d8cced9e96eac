//! Findings of one line each: for people in a hurry and editors, and as annotations of a workflow.

use super::path_of;
use crate::cli::output::Output;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Printable;
use std::io;

/// `FILE:LINE:COLUMN: severity[code]: message`.
pub fn short<'d>(all: impl Iterator<Item = &'d Diagnostic>) -> io::Result<()> {
    let mut out = Output::new();
    for found in all {
        let at = found.span.map_or_else(String::new, |span| {
            format!(":{}:{}", span.position.line, span.position.column)
        });
        let (path, word) = (path_of(found), found.severity.word());
        let line = format!("{path}{at}: {word}[{}]: {}", found.code, found.message);
        out.line(&Printable::line(&line))?;
    }
    out.finish()
}

/// `::warning file=…,line=…,col=…,title=code::message`.
pub fn github<'d>(all: impl Iterator<Item = &'d Diagnostic>) -> io::Result<()> {
    let mut out = Output::new();
    for found in all {
        out.line(&Printable::line(&annotation(found)))?;
    }
    out.finish()
}

fn annotation(found: &Diagnostic) -> String {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = Vec::new();
    if found.file.is_some() {
        properties.push(format!("file={}", property(&path_of(found))));
    }
    if let Some(span) = found.span {
        properties.push(format!("line={},col={}", span.position.line, span.position.column));
    }
    properties.push(format!("title={}", property(found.code)));
    let help = found.help.as_ref().map(|help| format!("\nhelp: {help}"));
    let message = data(&format!("{}{}", found.message, help.unwrap_or_default()));
    format!("::{command} {}::{message}", properties.join(","))
}

/// Text behind the last `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn nothing_of_a_finding_ends_its_annotation() {
        let found = Diagnostic::warning("unknown-key", "100 % of `a::b`, and more")
            .at(LineIndex::new("a\nbc").span(3..4))
            .in_file(&Arc::from(Path::new("a,b:c%.yaml")))
            .help("one\ntwo");
        assert_eq!(
            annotation(&found),
            "::warning file=a%2Cb%3Ac%25.yaml,line=2,col=2,title=unknown-key::100 %25 of `a::b`, and more%0Ahelp: one two"
        );
        let bare = Diagnostic::new(Severity::Info, "binary", "x");
        assert_eq!(annotation(&bare), "::notice title=binary::x");
    }
}
