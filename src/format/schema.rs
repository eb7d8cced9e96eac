//! The JSON Schema of briefing files, made of the types that read them. It is made when the tests
//! run, and kept as `assets/briefing.schema.json`; `UPDATE=1` rewrites it.

mod tests;

use super::de::{Entries, Lenient, List, Spanned, Text, Written};
use super::raw::RawBriefing;
use crate::model::{Basis, Evidence, GapKind, Kind, Relation, Standing};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::marker::PhantomData;

/// One word of a closed list.
pub struct Word<T>(PhantomData<T>);

/// A closed list.
trait Words {
    /// Its words with their meanings.
    fn words() -> Vec<(&'static str, &'static str)>;
}

macro_rules! words {
    ($($type:ident, $meaning:ident;)*) => {$(
        impl Words for $type {
            fn words() -> Vec<(&'static str, &'static str)> {
                Self::ALL.iter().map(|value| (value.word(), value.$meaning())).collect()
            }
        }
    )*};
}

words! {
    Basis, meaning;
    Evidence, meaning;
    GapKind, meaning;
    Kind, meaning;
    Relation, phrase;
    Standing, meaning;
}

impl<T: Words> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let word = |(word, meaning): (&str, &str)| json!({"const": word, "description": meaning});
        let mut all: Vec<Value> = T::words().into_iter().map(word).collect();
        all.push(json!({"type": "null"}));
        json_schema!({"anyOf": all})
    }
}

/// Implements `JsonSchema` for what keys can hold.
macro_rules! held {
    ($($type:ident<$t:ident>, |$generator:ident| $schema:expr;)*) => {$(
        impl<$t: JsonSchema> JsonSchema for $type<$t> {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

held! {
    Spanned<T>, |generator| generator.subschema_for::<T>();
    Lenient<T>, |generator| or_nothing(generator.subschema_for::<T>(), Vec::new());
    Written<T>, |generator| or_nothing(generator.subschema_for::<T>(), Vec::new());
    List<T>, |generator| {
        let one = generator.subschema_for::<T>();
        let many = json!({"type": "array", "items": one.clone()});
        or_nothing(one, vec![many])
    };
    Entries<T>, |generator| {
        let one = generator.subschema_for::<T>();
        json_schema!({"type": ["object", "null"], "additionalProperties": one})
    };
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // What YAML takes for a number is text here too.
        json_schema!({"type": ["string", "number", "boolean", "null"]})
    }
}

/// A value, one of other forms of it, or nothing; a list in a list is none.
fn or_nothing(one: Schema, mut more: Vec<Value>) -> Schema {
    let takes_null = one.get("type").is_some_and(|kind| kind.as_array().is_some());
    if more.is_empty() && takes_null {
        return one;
    }
    match one.get("anyOf").and_then(Value::as_array) {
        // A list of lists: the outer one is the same.
        Some(forms) if more.is_empty() => return json_schema!({"anyOf": forms}),
        _ => more.insert(0, one.to_value()),
    }
    if !takes_null {
        more.push(json!({"type": "null"}));
    }
    json_schema!({"anyOf": more})
}

/// The keys that an entry needs to say anything.
const NEEDED: &[(&str, &[&str])] = &[
    ("Briefing", &["cards"]),
    ("KeyPoint", &["text"]),
    ("Gap", &["text"]),
    ("Card", &["title"]),
    ("Section", &["text"]),
    ("Claim", &["by", "text"]),
    ("Reference", &["to"]),
    ("Dated", &["date", "text"]),
];

/// The key that may stand for the whole entry.
const SHORT: &[(&str, &str)] = &[
    ("KeyPoint", "text"),
    ("Voice", "name"),
    ("Source", "title"),
    ("Passage", "bytes"),
    ("Section", "text"),
    ("Reference", "to"),
];

/// The schema.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<RawBriefing>().to_value();
    let root = schema.as_object_mut().expect("an object");
    root.insert("title".into(), "Briefing".into());
    root.insert("description".into(), "A briefing: one document as cards.".into());
    finish("Briefing", root);
    let definitions = root.get_mut("definitions").and_then(Value::as_object_mut);
    for (name, definition) in definitions.expect("definitions") {
        finish(name, definition.as_object_mut().expect("an object"));
    }
    schema
}

/// Says what the reader says of an entry: no other keys, those it needs, and its short form.
fn finish(name: &str, entry: &mut Map<String, Value>) {
    let properties = entry.get_mut("properties").and_then(Value::as_object_mut).expect("keys");
    if let Some(see_also) = properties.get("see_also").cloned() {
        properties.insert("refs".into(), see_also);
    }
    for (_, key) in properties.iter_mut() {
        key.as_object_mut().expect("an object").remove("default");
    }
    let short = SHORT.iter().find(|(of, _)| *of == name).map(|(_, key)| properties[*key].clone());
    entry.insert("additionalProperties".into(), false.into());
    if let Some((_, keys)) = NEEDED.iter().find(|(of, _)| *of == name) {
        entry.insert("required".into(), json!(keys));
    }
    if let Some(mut short) = short {
        short.as_object_mut().expect("an object").remove("description");
        let description = entry.remove("description");
        let whole = std::mem::take(entry);
        entry.extend(description.map(|text| ("description".to_owned(), text)));
        entry.insert("anyOf".into(), json!([whole, short]));
    }
}
