//! The schema takes what the reader takes, and is kept fresh.

use super::schema;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::{NEW, SCHEMA, briefing};
use serde_json::Value;

/// Whether a value is as a schema says; knows the words that the schema above uses.
fn accepts(schema: &Value, root: &Value, value: &Value) -> bool {
    let Some(schema) = schema.as_object() else { return schema != &Value::Bool(false) };
    schema.iter().all(|(word, says)| match word.as_str() {
        "$ref" => {
            let pointer = says.as_str().unwrap().trim_start_matches('#');
            accepts(root.pointer(pointer).expect("a definition"), root, value)
        }
        "type" => {
            let one = |kind: &Value| match kind.as_str().unwrap() {
                "string" => value.is_string(),
                "number" => value.is_number(),
                "integer" => value.is_u64() || value.is_i64(),
                "boolean" => value.is_boolean(),
                "null" => value.is_null(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                other => panic!("{other}"),
            };
            says.as_array().map_or_else(|| one(says), |kinds| kinds.iter().any(one))
        }
        "anyOf" => says.as_array().unwrap().iter().any(|form| accepts(form, root, value)),
        "const" => says == value,
        "minimum" => value.as_f64().is_none_or(|number| number >= says.as_f64().unwrap()),
        "items" => value.as_array().is_none_or(|all| all.iter().all(|v| accepts(says, root, v))),
        "required" => value.as_object().is_none_or(|object| {
            says.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))
        }),
        "properties" => value.as_object().is_none_or(|object| {
            let keys = says.as_object().unwrap().iter();
            keys.filter_map(|(key, says)| Some((says, object.get(key)?)))
                .all(|(says, value)| accepts(says, root, value))
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            let known = schema.get("properties").and_then(Value::as_object);
            let other =
                object.iter().filter(|(key, _)| !known.is_some_and(|k| k.contains_key(*key)));
            other.into_iter().all(|(_, value)| accepts(says, root, value))
        }),
        "$schema" | "title" | "description" | "definitions" | "format" => true,
        other => panic!("the schema uses `{other}`"),
    })
}

fn valid(yaml: &str) -> bool {
    let value: Value = serde_yaml::from_str(yaml).unwrap();
    let schema = schema();
    accepts(&schema, &schema, &value)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn the_schema_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/briefing.schema.json");
    let fresh = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    assert!(SCHEMA == fresh, "stale: run `UPDATE=1 cargo test --lib schema` twice");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn the_schema_takes_what_the_reader_takes() {
    for name in ["us-ecuador-security-readout", "how-to-read"] {
        let path = format!("{}/briefings/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        assert!(valid(&std::fs::read_to_string(path).unwrap()), "{name}");
    }
    assert!(valid(NEW));
    let good = [
        "cards: [{title: A, body: x, aliases: one, see_also: [b], as_of: 2026}]",
        "{sources: {s: S, t: {title: T, passages: {p1: [0, 9]}}}, key_points: [One.], cards: []}",
        "cards: [{title: A, handling: x}]",
    ];
    for (at, yaml) in good.iter().enumerate() {
        let (_, found) = briefing(yaml, "t");
        let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
        assert_eq!(valid(yaml), found.iter().find(is_error).is_none(), "{yaml} {found:?}");
        assert_eq!(valid(yaml), at < 2, "{yaml}");
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    for yaml in [
        "{}",
        "cards: hello",
        "cards: [{id: a}]",
        "cards: [{title: A, boddy: x}]",
        "cards: [{title: [A], body: x}]",
        "cards: [{title: A, body: x, kind: persn}]",
        "cards: [{title: A, claims: [{by: a}]}]",
        "cards: [{title: A, claims: [{by: a, text: x, check: sure}]}]",
        "cards: [{title: A, see_also: [{to: b, rel: explain}]}]",
        "cards: [{title: A, depth: deep}]",
        "{gaps: [{id: g}], cards: []}",
    ] {
        assert!(!valid(yaml), "{yaml}");
        assert!(!briefing(yaml, "t").1.is_empty(), "{yaml}");
    }
}

#[test]
fn a_new_briefing_uses_every_key_and_has_no_fault() {
    let (_, found) = briefing(NEW, "t");
    assert!(found.is_empty(), "{found:?}");
    let schema = schema();
    let definitions = schema["definitions"].as_object().unwrap().values();
    for entry in std::iter::once(&schema).chain(definitions) {
        let entry = entry.get("anyOf").map_or(entry, |forms| &forms[0]);
        for key in entry["properties"].as_object().unwrap().keys().filter(|key| *key != "refs") {
            let used = NEW.contains(&format!("{key}:"));
            assert!(used, "`{key}` is not explained in a new briefing");
        }
    }
}
