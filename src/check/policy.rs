//! What the user wants done with findings, by their codes: left out, or taken as more or less severe.
//! Read from `check.yaml`; arguments of the command line are laid over it.

use super::Finding;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::{self, Context, Entries, Spanned, Text};
use std::collections::HashMap;

/// The word for all warnings, where a code is wanted.
pub const WARNINGS: &str = "warnings";
/// The name of the least severity.
const SEVERITY: &str = "severity";

/// What is done with findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The severity of codes; none if they are left out.
    codes: HashMap<String, Option<Severity>>,
    /// Whether warnings are errors.
    warnings: bool,
    /// What is less severe is not shown.
    pub least: Severity,
}

impl Default for Policy {
    fn default() -> Self {
        Self { codes: HashMap::new(), warnings: false, least: Severity::Info }
    }
}

impl Policy {
    /// Lays a file over it; what is wrong in the file is reported and left out.
    pub fn overlaid(mut self, source: &str) -> (Self, Vec<Diagnostic>) {
        let found = format::settings(source, |file: Entries<Text>, found| {
            for (code, value) in file.0 {
                self.set(&code, &value.value.text, &value, found);
            }
        });
        (self, found)
    }

    fn set(&mut self, code: &Spanned<Text>, word: &str, value: &Spanned<Text>, found: &Context) {
        let severity = [Severity::Info, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.word() == word);
        let name = code.value.text.as_str();
        let wanted = match (name, severity) {
            (SEVERITY, Some(severity)) => {
                self.least = severity;
                return;
            }
            (WARNINGS, Some(Severity::Warning | Severity::Error)) => {
                self.warnings = severity == Some(Severity::Error);
                return;
            }
            (SEVERITY, None) => "`info`, `warning` or `error`",
            (WARNINGS, _) => "`error` or `warning`",
            _ => {
                if let Err(near) = super::explain(name) {
                    let help = help_for(name, near);
                    report(found, code, &format!("there is no code `{name}`"), &help);
                    return;
                }
                if severity.is_some() || word == "allow" {
                    self.codes.insert(name.to_owned(), severity);
                    return;
                }
                "`allow`, `info`, `warning` or `error`"
            }
        };
        let message = format!("`{word}` is no value for `{name}`");
        report(found, value, &message, &format!("give {wanted}"));
    }

    /// Takes findings of a code, or all warnings, as errors.
    pub fn deny(&mut self, code: &str) {
        if code == WARNINGS {
            self.warnings = true;
        } else {
            self.codes.insert(code.to_owned(), Some(Severity::Error));
        }
    }

    /// Leaves findings of a code out.
    pub fn allow(&mut self, code: &str) {
        self.codes.insert(code.to_owned(), None);
    }

    /// The severity of a finding; none if it is left out.
    pub fn severity(&self, found: &Diagnostic) -> Option<Severity> {
        let severity = self.codes.get(found.code).copied().unwrap_or(Some(found.severity))?;
        let is_denied = self.warnings && severity == Severity::Warning;
        Some(if is_denied { Severity::Error } else { severity })
    }

    /// Does it with findings; those that are not severe enough stay.
    pub fn apply(&self, found: &mut Vec<Finding>) {
        found.retain_mut(|finding| {
            let severity = self.severity(&finding.diagnostic);
            finding.diagnostic.severity = severity.unwrap_or(finding.diagnostic.severity);
            severity.is_some()
        });
    }
}

fn help_for(name: &str, near: Option<&str>) -> String {
    let words = [SEVERITY, WARNINGS];
    match near.or_else(|| crate::text::nearest(name, words)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`briefing check --explain` lists the codes".to_owned(),
    }
}

fn report(found: &Context, at: &Spanned<Text>, message: &str, help: &str) {
    let span = found.span(at.bytes.clone());
    found.report(Diagnostic::error("config", message).at(span).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severity(policy: &Policy, code: &'static str, severity: Severity) -> Option<Severity> {
        policy.severity(&Diagnostic::new(severity, code, "x"))
    }

    #[test]
    fn codes_are_left_out_or_have_another_severity() {
        let source = "orphan-card: allow\nunused-voice: error\nyaml: info\nseverity: warning\n";
        let (mut policy, found) = Policy::default().overlaid(source);
        assert_eq!(found, []);
        assert_eq!(policy.least, Severity::Warning);
        assert_eq!(severity(&policy, "orphan-card", Severity::Error), None);
        assert_eq!(severity(&policy, "unused-voice", Severity::Info), Some(Severity::Error));
        assert_eq!(severity(&policy, "yaml", Severity::Error), Some(Severity::Info));
        assert_eq!(severity(&policy, "config", Severity::Warning), Some(Severity::Warning));
        policy.deny("orphan-card");
        policy.allow("unused-voice");
        policy.deny(WARNINGS);
        assert_eq!(severity(&policy, "orphan-card", Severity::Info), Some(Severity::Error));
        assert_eq!(severity(&policy, "unused-voice", Severity::Error), None);
        assert_eq!(severity(&policy, "config", Severity::Warning), Some(Severity::Error));
        assert_eq!(severity(&policy, "config", Severity::Info), Some(Severity::Info));
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_taken() {
        let source = "orphan-cart: allow\nunused-voice: off\nseverty: info\nwarnings: allow\nxyzzy: info\ntheme: error\n";
        let (policy, found) = Policy::default().overlaid(source);
        let said = |d: &Diagnostic| {
            format!("{} {} ({})", d.place(), d.message, d.help.as_deref().unwrap_or_default())
        };
        let said: Vec<String> = found.iter().map(said).collect();
        assert_eq!(
            said,
            [
                ":1:1 there is no code `orphan-cart` (did you mean `orphan-card`?)",
                ":2:15 `off` is no value for `unused-voice` (give `allow`, `info`, `warning` or `error`)",
                ":3:1 there is no code `severty` (did you mean `severity`?)",
                ":4:11 `allow` is no value for `warnings` (give `error` or `warning`)",
                ":5:1 there is no code `xyzzy` (`briefing check --explain` lists the codes)",
            ]
        );
        assert_eq!(severity(&policy, "theme", Severity::Info), Some(Severity::Error));
    }
}
