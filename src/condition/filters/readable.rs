//! Filters in words: as one readable expression, and as the Python condition that says the same.

use super::compare::{Compared, fieldname};
use super::formula::Operator;
use super::rows::Row;
use crate::host::functions::cast::is_cast;
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
    if !operator.eq_ignore_ascii_case("is") {
        return None;
    }
    let not = match row.value.value().as_str()?.to_lowercase().as_str() {
        "set" => "",
        "not set" => "not ",
        _ => return None,
    };
    Some(format!("{not}doc.get(\"{}\")", fieldname(row).ok()?))
}

/// The Python condition with the same answer on every document; for an operator that the host does not evaluate, the one
/// that was meant. `None` when there is none that is worth reading.
pub fn python(row: &Row, compared: &Compared) -> Option<String> {
    let name = fieldname(row).ok()?;
    let operator = row.operator.as_ref().and_then(|operator| operator.text()).unwrap_or("=");
    let field = format!("doc.get(\"{name}\")");
    let value = row.value.value();
    let repr = |value: &Value| show::repr(value, &Budget::default()).ok();
    if operator.eq_ignore_ascii_case("between") {
        let Value::List(bounds) = &value else { return None };
        let [from, to] =
            bounds.borrow().as_slice().try_into().ok().map(|[from, to]: &[Value; 2]| [from.clone(), to.clone()])?;
        let side = |value: &Value| Some(typed(compared.fieldtype.as_deref(), &repr(value)?));
        let field = typed(compared.fieldtype.as_deref(), &field);
        return Some(format!("doc.get(\"{name}\") and {} <= {field} <= {}", side(&from)?, side(&to)?));
    }
    let known = Operator::from_text(&operator.to_lowercase());
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
        (Value::Str(pattern), Operator::Like | Operator::NotLike) => like(&field, pattern, known == Operator::NotLike)?,
        (_, Operator::Like | Operator::NotLike) => return None,
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
