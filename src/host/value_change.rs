//! Whether a save changes a field: what the event "Value Change" waits for, and what `doc.has_value_changed` answers.
//!
//! The host compares what the form posted with what the database holds, and its versions do that in two ways: older ones
//! turn the stored value into a text or a number first (`parse_val`), newer ones cast both by fieldtype (`cast`). The page
//! cannot tell which one runs, so that an answer is given only where both agree.
//!
//! Source: frappe/email/doctype/notification/notification.py (`evaluate_alert`), frappe/utils/data.py and
//! frappe/model/document.py (`has_value_changed`, `run_notifications`) of Frappe 14 to 16 and of Dokos.

use super::document::{Document, State};
use super::document_type::{has_value, is_table};
use super::moment;
use crate::python::{Budget, Outcome, Stop, Value, operators};

/// What the event "Value Change" makes of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueChange {
    /// The value changes: the notification goes on.
    Changed,
    /// The value stays: nothing is sent.
    Same,
    /// The document is inserted: the event does not come.
    New,
    /// The database has no such column: the server switches the notification off.
    NoColumn,
    /// Versions of the host differ.
    Version,
    /// The value before or after is not known here.
    Unknown,
}

/// What saving `document` means for a notification that waits for `fieldname` to change.
pub fn value_change(document: &Document, fieldname: &str, budget: &Budget) -> ValueChange {
    if document.state == State::Inserted {
        return ValueChange::New;
    }
    // Every other name is one of the document's own columns, which saving itself writes.
    let Some(field) = document.doctype.field(fieldname) else { return ValueChange::Unknown };
    if is_table(&field.fieldtype) || !has_value(&field.fieldtype) || field.is_virtual {
        return ValueChange::NoColumn;
    }
    let value = |document: &Document| document.slot(fieldname)?.get().ok();
    let (Some(before), Some(after)) = (document.before.as_deref().and_then(value), value(document)) else {
        return ValueChange::Unknown;
    };
    // Stars stand for every password of the same length.
    if field.fieldtype == "Password" {
        return ValueChange::Unknown;
    }
    let parsed = operators::equals(&after, &parsed(&before), budget);
    let cast = cast_equal(&field.fieldtype, &before, &after, budget);
    match (parsed, cast) {
        (Ok(true), Ok(Some(true))) => ValueChange::Same,
        (Ok(false), Ok(Some(false))) => ValueChange::Changed,
        (Ok(_), Ok(Some(_))) => ValueChange::Version,
        _ => ValueChange::Unknown,
    }
}

/// A stored value as older versions compare it (`parse_val`).
fn parsed(before: &Value) -> Value {
    match before {
        Value::Date(date) => Value::str(date.to_string()),
        Value::DateTime(moment) => Value::str(moment.to_string()),
        Value::TimeDelta(time) => {
            let text = time.to_string();
            let minutes = text.splitn(3, ':').take(2).collect::<Vec<_>>();
            Value::str(minutes.join(":"))
        }
        Value::Bool(value) => Value::from(i64::from(*value)),
        other => other.clone(),
    }
}

/// Whether both are the same when they are cast by fieldtype (`cast`); `None` where that is not known here.
fn cast_equal(fieldtype: &str, before: &Value, after: &Value, budget: &Budget) -> Outcome<Option<bool>> {
    let (before, after) = match fieldtype {
        "Currency" | "Float" | "Percent" | "Int" | "Check" => (or_zero(before), or_zero(after)),
        "Data" | "Text" | "Small Text" | "Long Text" | "Text Editor" | "Select" | "Link" | "Dynamic Link" => {
            (or_empty(before), or_empty(after))
        }
        "Date" | "Datetime" => match (operators::truth(before)?, operators::truth(after)?) {
            (false, false) => return Ok(Some(true)),
            (true, true) => (Some(before.clone()), as_moment(before, after)),
            _ => return Ok(Some(false)),
        },
        "Time" => match (before, after) {
            (Value::None, Value::None) => return Ok(Some(true)),
            _ => (Some(before.clone()).filter(|time| !matches!(time, Value::None)), as_moment(before, after)),
        },
        _ => (Some(before.clone()), Some(after.clone())),
    };
    match (before, after) {
        (Some(before), Some(after)) => operators::equals(&before, &after, budget).map(Some),
        _ => Ok(None),
    }
}

/// A number, or what the host makes of none; `None` for anything else.
fn or_zero(value: &Value) -> Option<Value> {
    match value {
        Value::None => Some(Value::from(0_i64)),
        Value::Str(text) if text.is_empty() => Some(Value::from(0_i64)),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => Some(value.clone()),
        _ => None,
    }
}

/// A text, or what the host makes of none; `None` for anything else.
fn or_empty(value: &Value) -> Option<Value> {
    match value {
        Value::None => Some(Value::str("")),
        Value::Str(_) => Some(value.clone()),
        _ => None,
    }
}

/// The moment that a posted text says, of the kind of `stored`; `None` when it is not written as the form writes it.
fn as_moment(stored: &Value, posted: &Value) -> Option<Value> {
    let Value::Str(text) = posted else { return None };
    match stored {
        Value::Date(_) => moment::date(text).map(Value::Date),
        Value::DateTime(_) => moment::datetime(text).map(Value::DateTime),
        Value::TimeDelta(_) => moment::timedelta(text).map(Value::TimeDelta),
        _ => None,
    }
}

/// What `has_value_changed` answers to these values; `None` where versions of the host differ.
///
/// # Errors
/// What comparing them does.
pub fn has_changed(before: &Value, after: &Value, budget: &Budget) -> Outcome<Option<bool>> {
    if matches!(before, Value::List(_)) || matches!(after, Value::List(_)) {
        // Rows that were read anew are other objects.
        return Err(Stop::unsupported("has_value_changed of a table"));
    }
    let plain = operators::equals(before, after, budget)?;
    if !matches!(before, Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_)) {
        return Ok(Some(!plain));
    }
    // Without a date the newer versions take today's, or none.
    let Some(moment) = as_moment(before, after) else { return Ok(None) };
    let same = operators::equals(before, &moment, budget)?;
    Ok((same == plain).then_some(!same))
}
