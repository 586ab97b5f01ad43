//! `cast`: what the host makes of a value before it compares it by its fieldtype.
//!
//! Source: frappe/utils/data.py, `cast` and `sbool`; the same in every version that has them.

use super::super::Context;
use super::{dates, numbers, text, times};
use crate::python::datetime::{Date, DateTime};
use crate::python::{Budget, Outcome, Value, operators};

/// The first day that Python knows: what an unset date is cast to.
const FIRST_DAY: Date = Date { year: 1, month: 1, day: 1 };

/// The host's `cast(fieldtype, value)`; a fieldtype that it does not name leaves the value as it is.
///
/// # Errors
/// What the host raises for a text that is no date; `Unsupported` where that is not certain.
pub fn cast_of(context: &Context, fieldtype: &str, value: &Value, budget: &Budget) -> Outcome<Value> {
    let is_set = || operators::truth(value);
    Ok(match fieldtype {
        "Currency" | "Float" | "Percent" => Value::Float(numbers::plain_float(value, budget)?),
        "Int" | "Check" => Value::from(numbers::cint_of(&sbool(value), budget)?),
        _ if is_text(fieldtype) => Value::from(text::cstr_of(value, budget)?),
        "Date" if is_set()? => dates::date_of(context, value, false)?.map_or(Value::None, Value::Date),
        "Date" => Value::Date(FIRST_DAY),
        "Datetime" if is_set()? => dates::moment_of(context, value)?,
        "Datetime" => Value::DateTime(DateTime { date: FIRST_DAY, time: dates::MIDNIGHT }),
        // Every version that has filters gives a difference back.
        "Time" if matches!(value, Value::TimeDelta(_)) => value.clone(),
        "Time" => times::timedelta_of(context, value)?,
        _ => value.clone(),
    })
}

/// Whether the host casts values of a fieldtype.
pub fn is_cast(fieldtype: &str) -> bool {
    let number = matches!(fieldtype, "Currency" | "Float" | "Percent" | "Int" | "Check");
    number || is_text(fieldtype) || matches!(fieldtype, "Date" | "Datetime" | "Time")
}

/// Whether the host casts values of a fieldtype to texts.
pub fn is_text(fieldtype: &str) -> bool {
    matches!(
        fieldtype,
        "Data" | "Text" | "Small Text" | "Long Text" | "Text Editor" | "Select" | "Link" | "Dynamic Link"
    )
}

/// `sbool(x)`: a text that says yes or no becomes a bool.
fn sbool(value: &Value) -> Value {
    match value.as_str().map(str::to_lowercase).as_deref() {
        Some("true" | "1") => Value::Bool(true),
        Some("false" | "0") => Value::Bool(false),
        _ => value.clone(),
    }
}
