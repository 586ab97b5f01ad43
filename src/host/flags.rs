//! `doc.flags` in a condition: what reading a document from the database notes on it.
//!
//! Source: Dodock 3.40, measured: such a document has `{'for_update': None}`, whose missing entries read as `None`. Saving
//! and the code of apps note more, which only the server knows; the message of a saved document still carries it.

use super::frappe_dict::FrappeDict;
use super::{Document, State};
use crate::python::{Dict, Value};

/// The flags of a document that the host has read for nothing but its condition, on the days before or after a date;
/// `None` for any other.
pub fn of_condition(doc: &Value) -> Option<Value> {
    let document: &Document = doc.downcast()?;
    if document.state != State::Stored || !document.is_plain() || document.is_row() {
        return None;
    }
    let mut flags = Dict::default();
    flags.set("for_update", Value::None);
    Some(FrappeDict::value(flags))
}
