//! Filters in words: as one readable expression, and as the Python condition that says the same.

use super::compare::{Compared, fieldname};
use super::formula::Operator;
use super::rows::Row;
use crate::condition::findings::date_order::{self, Written};
use crate::host::functions::cast::{is_cast, is_text};
use crate::python::{Budget, Value, operators, show};

/// `status = "Open"`: a filter as the filter editor reads it; `text` is the JSON.
pub fn filter(row: &Row, text: &str) -> String {
    let operator = row.operator.as_ref().and_then(|operator| operator.text()).filter(|text| !text.is_empty());
    let field = row.field.text().unwrap_or_else(|| text.get(row.field.span.clone()).unwrap_or_default());
    format!("{field} {} {}", operator.unwrap_or("="), text.get(row.value.span.clone()).unwrap_or_default())
}

/// `is set` and `is not set` in Python: what was meant, whatever the field is cast to.
pub fn set_or_not(row: &Row) -> Option<String> {
    let operator = row.operator.as_ref().and_then(|operator| operator.text())?;
    if operator != "is" {
        return None;
    }
    let not = match row.value.value().as_str()?.to_lowercase().as_str() {
        "set" => "",
        "not set" => "not ",
        _ => return None,
    };
    Some(format!("{not}doc.get(\"{}\")", fieldname(row).ok()?))
}

/// Whether a filter has a Python condition with its answer on every document; `raw` is the field's value before casting.
fn is_sayable(row: &Row, compared: &Compared, raw: &Value) -> bool {
    let operator = Operator::from_text(operator(row));
    let is_unset = matches!(raw, Value::None);
    // A value of another type than the field's is cast, and nothing short says so.
    let as_it_is = match compared.fieldtype.as_deref() {
        Some("Int" | "Check") => is_unset || matches!(raw, Value::Int(_)),
        Some("Currency" | "Float" | "Percent") => is_unset || matches!(raw, Value::Int(_) | Value::Float(_)),
        Some(kind) if is_text(kind) => is_unset || matches!(raw, Value::Str(_)),
        _ => true,
    };
    let is_finite = !matches!(compared.right, Value::Float(number) if !number.is_finite());
    let is_date = matches!(compared.fieldtype.as_deref(), Some("Date" | "Datetime"));
    // Only a text, or nothing at all, is read as a date in one way.
    let reads = !is_date || matches!(row.value.value(), Value::Str(_) | Value::None);
    // `["a", "b"]` becomes one text, and each part of it fits.
    let becomes_text = matches!(row.value.value(), Value::List(_))
        && compared.fieldtype.as_deref().is_some_and(is_text)
        && matches!(operator, Operator::In | Operator::NotIn);
    let is_never = operator == Operator::Never;
    compared.holds.is_ok() && as_it_is && is_finite && reads && !becomes_text && !is_never
}

fn operator(row: &Row) -> &str {
    row.operator.as_ref().and_then(|operator| operator.text()).filter(|text| !text.is_empty()).unwrap_or("=")
}

/// The Python condition with the same answer on every document, and whether it is that; for `between`, which the host does
/// not evaluate, the one that was meant. `None` when there is none that is worth reading.
pub fn python(row: &Row, compared: &Compared, raw: &Value) -> Option<(String, bool)> {
    if operator(row) == "between" {
        return between(row, compared).map(|text| (text, false));
    }
    if is_sayable(row, compared, raw) { same(row, compared).map(|text| (text, true)) } else { None }
}

/// Both bounds, as their fieldtype reads them.
fn between(row: &Row, compared: &Compared) -> Option<String> {
    let name = fieldname(row).ok()?;
    let Value::List(bounds) = row.value.value() else { return None };
    let bounds = bounds.borrow();
    let [from, to] = bounds.as_slice() else { return None };
    let fieldtype = compared.fieldtype.as_deref()?;
    let (from, to) = (bound(fieldtype, from)?, bound(fieldtype, to)?);
    let field = typed(Some(fieldtype), &format!("doc.get(\"{name}\")"));
    Some(format!("doc.get(\"{name}\") and {from} <= {field} <= {to}"))
}

/// A bound as its fieldtype is compared; `None` when it is no such value.
fn bound(fieldtype: &str, value: &Value) -> Option<String> {
    let written = |value: &Value| show::repr(value, &Budget::default()).ok();
    if matches!(fieldtype, "Currency" | "Duration" | "Float" | "Int" | "Long Int" | "Percent" | "Rating") {
        let Value::Str(text) = value else {
            return written(value).filter(|_| matches!(value, Value::Int(_) | Value::Float(_)));
        };
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
        return written(&Value::Float(number)).map(|number| number.trim_end_matches(".0").to_owned());
    }
    match (fieldtype, value) {
        ("Date" | "Datetime", Value::Str(text)) => match date_order::written(text) {
            Written::Date(date) => Some(typed(Some(fieldtype), &written(&Value::from(date))?)),
            Written::Empty | Written::NoDate | Written::Unclear => None,
        },
        (
            "Autocomplete" | "Data" | "Dynamic Link" | "Link" | "Long Text" | "Select" | "Small Text" | "Text",
            Value::Str(_),
        ) => written(value),
        _ => None,
    }
}

fn same(row: &Row, compared: &Compared) -> Option<String> {
    let name = fieldname(row).ok()?;
    let field = format!("doc.get(\"{name}\")");
    let value = row.value.value();
    let repr = |value: &Value| show::repr(value, &Budget::default()).ok();
    let known = Operator::from_text(operator(row));
    let sign = match known {
        Operator::Equal => "==",
        Operator::GreaterOrEqual => ">=",
        Operator::Greater => ">",
        Operator::In => "in",
        Operator::LessOrEqual => "<=",
        Operator::Less => "<",
        Operator::NotEqual => "!=",
        Operator::NotIn => "not in",
        Operator::Like | Operator::NotLike => "",
        Operator::Never => return None,
    };
    let is_date = matches!(compared.fieldtype.as_deref(), Some("Date" | "Datetime"));
    if is_date && !operators::truth(&value).ok()? {
        // An unset date is earlier than all others, and so is an empty one in the filter.
        return match known {
            Operator::Equal | Operator::LessOrEqual => Some(format!("not {field}")),
            Operator::NotEqual | Operator::Greater => Some(field),
            _ => None,
        };
    }
    // What an unset field is cast to.
    let (field, unset) = match (&compared.left, compared.fieldtype.as_deref().filter(|kind| is_cast(kind))) {
        (_, None) => (field, None),
        (Value::Str(_), _) => (format!("({field} or \"\")"), None),
        (Value::Int(_) | Value::Float(_), _) => (format!("({field} or 0)"), None),
        (Value::Date(_) | Value::DateTime(_), _) if is_date => {
            // An unset date is earlier than all others.
            let unset = matches!(known, Operator::Less | Operator::LessOrEqual | Operator::NotEqual);
            (typed(compared.fieldtype.as_deref(), &field), Some(unset))
        }
        _ => return None,
    };
    let text = match (&value, known) {
        (Value::Str(pattern), Operator::Like | Operator::NotLike) if !is_date => {
            like(&field, pattern, known == Operator::NotLike)?
        }
        (_, Operator::Like | Operator::NotLike) => return None,
        (_, Operator::In | Operator::NotIn) if is_date => return None,
        (Value::List(items), Operator::In | Operator::NotIn) => {
            format!("{field} {sign} {}", repr(&Value::tuple(items.borrow().clone()))?)
        }
        _ if is_date => format!("{field} {sign} {}", typed(compared.fieldtype.as_deref(), &repr(&value)?)),
        _ => format!("{field} {sign} {}", repr(&compared.right)?),
    };
    let plain = format!("doc.get(\"{name}\")");
    Some(match unset {
        None => text,
        Some(true) => format!("(not {plain} or {text})"),
        Some(false) => format!("{plain} and {text}"),
    })
}

/// The expression that reads a date as the fieldtype says.
fn typed(fieldtype: Option<&str>, expression: &str) -> String {
    match fieldtype {
        Some("Date") => format!("frappe.utils.getdate({expression})"),
        Some("Datetime") => format!("frappe.utils.get_datetime({expression})"),
        _ => expression.to_owned(),
    }
}

/// The host's `sql_like` in Python.
fn like(field: &str, pattern: &str, negated: bool) -> Option<String> {
    let quoted = |text: &str| show::repr(&Value::str(text), &Budget::default()).ok();
    let not = if negated { "not " } else { "" };
    Some(match (pattern.starts_with('%'), pattern.ends_with('%')) {
        (true, false) => format!("{not}{field}.endswith({})", quoted(pattern.trim_start_matches('%'))?),
        (false, true) => format!("{not}{field}.startswith({})", quoted(pattern.trim_end_matches('%'))?),
        _ => format!("{} {not}in {field}", quoted(pattern.trim_matches('%'))?),
    })
}
