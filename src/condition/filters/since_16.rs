//! Filters as Frappe 16 evaluates them. It differs from the hosts before it in ways that a page cannot tell apart by
//! looking at a filter: a short filter belongs to the document's own doctype, several `=` on one field become one `in`,
//! `is` and `Timespan` are evaluated.
//!
//! Source: frappe/types/filter.py and frappe/utils/data.py of the develop branch in 2025. What changed while that branch
//! was written (`is` on numbers and dates) is `Server` here.

use super::compare::{Ground, fieldname};
use super::rows::Row;
use crate::host::functions;
use crate::host::meta::is_standard;
use crate::python::json::read::{Kind, Node};
use crate::python::{Arguments, Outcome, Stop, Value, access, operators};

/// What is not known of this host.
const VERSION: Stop = Stop::Server("server/version");

/// A filter as `FilterTuple` holds it.
#[derive(Clone)]
struct Filter {
    doctype: String,
    fieldname: String,
    operator: String,
    value: Value,
}

/// Whether all filters hold.
///
/// # Errors
/// What the host raises, or why that is not known.
pub fn evaluate(node: &Node, rows: &[Row], ground: &Ground<'_>) -> Outcome<bool> {
    // A text, a number, a list of single words: refused with a long explanation.
    if matches!(node.kind, Kind::Scalar(_)) {
        return Err(VERSION);
    }
    let own = match ground.get("doctype")? {
        Value::Str(name) => name.to_string(),
        _ => return Err(VERSION),
    };
    let mut filters = Vec::new();
    for row in rows {
        filters.push(filter(row, &own)?);
    }
    for filter in merged(filters) {
        if !holds(&filter, ground)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn filter(row: &Row, own: &str) -> Outcome<Filter> {
    let text = |node: &Node| node.text().filter(|text| !text.is_empty()).map(str::to_owned).ok_or(VERSION);
    let doctype = match &row.doctype {
        Some(doctype) => text(doctype)?,
        None => own.to_owned(),
    };
    let operator = match &row.operator {
        Some(operator) => text(operator)?,
        None => String::from("="),
    };
    let is_list = matches!(operator.as_str(), "in" | "not in");
    let value = match &row.value.value() {
        // A bool becomes a number, a text after `in` a list.
        Value::Bool(value) => Value::from(i64::from(*value)),
        Value::Str(text) if is_list => Value::tuple(text.split(',').map(Value::str).collect()),
        Value::List(items) => {
            let items = items.borrow().clone();
            let plain = |item: Value| match item {
                Value::Bool(value) => Ok(Value::from(i64::from(value))),
                Value::List(_) | Value::Dict(_) => Err(VERSION),
                other => Ok(other),
            };
            Value::tuple(items.into_iter().map(plain).collect::<Outcome<_>>()?)
        }
        Value::Dict(_) => return Err(VERSION),
        other => other.clone(),
    };
    Ok(Filter { doctype, fieldname: fieldname(row)?.to_owned(), operator, value })
}

/// The filters in the order in which they are evaluated, those that ask one field for equality as one.
fn merged(mut filters: Vec<Filter>) -> Vec<Filter> {
    let key = |filter: &Filter| (filter.doctype.clone(), filter.fieldname.clone(), filter.operator == "=");
    filters.sort_by_key(key);
    let mut merged = Vec::new();
    for alike in filters.chunk_by(|one, next| key(one) == key(next)) {
        match alike {
            [first, _, ..] if first.operator == "=" => {
                let values = alike.iter().map(|filter| filter.value.clone()).collect();
                merged.push(Filter { operator: String::from("in"), value: Value::tuple(values), ..first.clone() });
            }
            _ => merged.extend(alike.iter().cloned()),
        }
    }
    merged
}

fn holds(filter: &Filter, ground: &Ground<'_>) -> Outcome<bool> {
    ground.allow(&filter.operator)?;
    let name = filter.fieldname.as_str();
    if is_standard(name) {
        // Whether such a field has a fieldtype changed, so both ways must answer alike.
        let kind = crate::host::default_field(name);
        let plain = compare(filter, None, ground)?;
        return if compare(filter, Some(kind), ground)? == plain { Ok(plain) } else { Err(VERSION) };
    }
    let fieldtype = ground.field(&filter.doctype, name)?.map(|field| field.fieldtype.clone());
    compare(filter, fieldtype.as_deref(), ground)
}

fn compare(filter: &Filter, fieldtype: Option<&str>, ground: &Ground<'_>) -> Outcome<bool> {
    let cast = |value: &Value| match fieldtype {
        Some(fieldtype) => functions::cast::cast_of(ground.context, fieldtype, value, &ground.budget),
        None => Ok(value.clone()),
    };
    match (filter.operator.as_str(), &filter.value) {
        ("is", Value::Str(wanted)) => {
            let value = cast(&ground.get(&filter.fieldname)?)?;
            if !matches!(cast(&filter.value)?, Value::Str(_)) {
                return Err(VERSION);
            }
            let is_set = !matches!(&value, Value::None) && value.as_str() != Some("");
            match wanted.to_lowercase().as_str() {
                "set" => Ok(is_set),
                "not set" => Ok(!is_set),
                _ => Err(VERSION),
            }
        }
        ("is", _) => Err(VERSION),
        ("Timespan", timespan) => {
            let value = cast(&ground.get(&filter.fieldname)?)?;
            if !operators::truth(&value)? {
                return Ok(false);
            }
            let day = functions::util(ground.context, "getdate")?.ok_or(VERSION)?;
            let day = access::call(&day, Arguments::positional(vec![value]), &ground.budget)?;
            let range = functions::util(ground.context, "get_timespan_date_range")?.ok_or(VERSION)?;
            let range = access::call(&range, Arguments::positional(vec![timespan.clone()]), &ground.budget)?;
            match (&range, &day) {
                (Value::Tuple(range), Value::Date(day)) => match &***range {
                    [Value::Date(first), Value::Date(last)] => Ok(first <= day && day <= last),
                    _ => Err(VERSION),
                },
                _ => Err(VERSION),
            }
        }
        (operator, value) => ground.compare(&filter.fieldname, operator, value, fieldtype)?.holds,
    }
}
