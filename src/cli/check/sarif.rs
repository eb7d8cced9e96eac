//! Findings in the Static Analysis Results Interchange Format, version 2.1.0.

use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::path::Path;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// What is written otherwise in the path of an address.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The log of one run.
pub fn log(all: &[&Diagnostic]) -> Value {
    let mut codes: Vec<&str> = all.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = all.iter().map(|found| result(found, &codes)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "briefing",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: &str) -> Value {
    let Ok(page) = check::explain(code) else { return json!({ "id": code }) };
    let text = page.text();
    let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    json!({
        "id": code,
        "shortDescription": { "text": first },
        "help": { "text": text, "markdown": text },
        "defaultConfiguration": { "level": level(page.severity) },
    })
}

fn result(found: &Diagnostic, codes: &[&str]) -> Value {
    let text = match &found.help {
        Some(help) => format!("{}; {help}", found.message),
        None => found.message.to_string(),
    };
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes.iter().position(|code| *code == found.code),
        "level": level(found.severity),
        "message": { "text": text },
        "locations": [],
    });
    if let Some(file) = found.file.as_deref() {
        result["locations"] = json!([{ "physicalLocation": place(file, found.span) }]);
        let related = found.labels.iter().map(|label| {
            let place = place(file, Some(label.span));
            json!({ "physicalLocation": place, "message": { "text": label.message.as_str() } })
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
    }
    result
}

fn place(file: &Path, span: Option<Span>) -> Value {
    let path = file.to_string_lossy();
    let address = utf8_percent_encode(path.strip_prefix("./").unwrap_or(&path), PATH).to_string();
    let address = if file.is_absolute() { format!("file://{address}") } else { address };
    let mut place = json!({ "artifactLocation": { "uri": address } });
    if let Some(Span { position: at, .. }) = span {
        place["region"] = json!({ "startLine": at.line, "startColumn": at.column });
    }
    place
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
