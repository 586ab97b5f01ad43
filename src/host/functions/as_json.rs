//! `as_json`: a value as JSON, its keys sorted, in ASCII.
//!
//! Source: `frappe.as_json` and `json_handler` of frappe/utils/response.py.

use std::rc::Rc;

use super::super::document::Document;
use super::super::{Context, as_dict};
use super::given::Given;
use crate::python::json::{self, Style};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, show};

/// `as_json(obj, indent=1)`
pub fn as_json(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "as_json", &["obj", "indent"], 1)?;
    let (value, indent) = (given.value(), given.option().unwrap_or(Value::from(1_i64)));
    let indent = match indent.as_i64() {
        Some(indent @ 0..=16) => usize::try_from(indent).unwrap_or(1),
        _ => return Err(Stop::unsupported("as_json with this indent")),
    };
    write(&value, indent, budget)
}

/// A value as the host writes it.
///
/// # Errors
/// `Unsupported` for keys that are no texts and for values whose JSON is not known here.
pub fn write(value: &Value, indent: usize, budget: &Budget) -> Outcome<Value> {
    let style = Style { indent: Some(" ".repeat(indent)), item: String::from(","), sorted: true, ..Style::default() };
    let mut text = String::new();
    match json::write(&mut text, value, &style, &instead, budget) {
        // Without an order of the keys the host tries again, unsorted.
        Err(Stop::Raise(_)) => Err(Stop::unsupported("as_json of these keys")),
        outcome => outcome.map(|()| Value::from(text)),
    }
}

/// What the host writes for a value that JSON does not have.
fn instead(value: &Value, budget: &Budget) -> Outcome<Value> {
    match value {
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_) => {
            // The host writes other differences than the hours of one day in its own way.
            match value {
                Value::TimeDelta(delta) if !(0..86_400_000_000).contains(&delta.microseconds) => {
                    return Err(Stop::unsupported("as_json of more than a day"));
                }
                Value::TimeDelta(delta) if delta.microseconds % 1_000_000 != 0 => {
                    return Err(Stop::unsupported("as_json of parts of a second"));
                }
                _ => {}
            }
            show::str(value, budget).map(Value::from)
        }
        Value::Object(_) => match value.downcast::<Document>() {
            Some(document) => as_dict::entries(document, false),
            None => Err(Stop::unsupported(format!("as_json of {}", value.type_name()))),
        },
        other => Err(Stop::unsupported(format!("as_json of {}", other.type_name()))),
    }
}
