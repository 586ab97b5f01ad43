//! JSON as Python's `json` module reads it.

use serde_json::{Map, Value as Json};

use crate::python::{Dict, Value};

/// The value of a JSON text's parsed form.
pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::from(number),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::str(text),
        Json::Array(items) => Value::list(items.iter().map(value).collect()),
        Json::Object(entries) => object(entries),
    }
}

/// A dict of a JSON object's entries, in their order.
pub fn object(entries: &Map<String, Json>) -> Value {
    let mut dict = Dict::default();
    for (key, entry) in entries {
        dict.set(key.as_str(), value(entry));
    }
    Value::dict(dict)
}
