//! The blank document on which the host tries a condition when the Notification is saved: a new document as a plain
//! `frappe._dict`, where a missing field is `None` instead of an error (host.md 4).
//!
//! Source: measured, `corpus/meta/*.json` (`blank_document_of_validate_condition`).

use super::document_type::{first_option, has_value, is_table};
use super::frappe_dict::FrappeDict;
use super::{Context, Field, Metas, moment};
use crate::python::{Dict, Value};

/// `frappe.new_doc(doctype).as_dict()` for the first doctype of `metas`.
pub fn document(metas: &Metas, context: &Context) -> Value {
    let mut dict = Dict::default();
    dict.set("name", Value::None);
    dict.set("owner", Value::str(&context.user));
    for key in ["creation", "modified", "modified_by"] {
        dict.set(key, Value::None);
    }
    dict.set("docstatus", super::docstatus::docstatus(0));
    dict.set("idx", Value::from(0_i64));
    if let Some(doctype) = metas.main() {
        let (tables, plain): (Vec<&Field>, Vec<&Field>) = (doctype.fields.iter())
            .filter(|field| has_value(&field.fieldtype))
            .partition(|field| is_table(&field.fieldtype));
        for field in plain {
            dict.set(&field.fieldname, value(field, context));
        }
        dict.set("doctype", Value::str(&doctype.name));
        for field in tables {
            dict.set(&field.fieldname, Value::list(Vec::new()));
        }
    }
    dict.set("__islocal", Value::from(1_i64));
    dict.set("__unsaved", Value::from(1_i64));
    FrappeDict::value(dict)
}

/// What a new document holds in a field.
fn value(field: &Field, context: &Context) -> Value {
    let fixed = field.default.as_deref().filter(|default| !default.is_empty() && !default.starts_with(':'));
    let number = || fixed.and_then(|text| text.trim().parse::<f64>().ok()).unwrap_or_default();
    match field.fieldtype.as_str() {
        "Check" => Value::from(i64::from(number() != 0.0)),
        #[allow(clippy::cast_possible_truncation, reason = "`cint` cuts the decimals off, and a default is small")]
        "Int" | "Long Int" => Value::from(number() as i64),
        "Currency" | "Float" | "Percent" => Value::Float(number()),
        "Time" => Value::str(moment::clock(&context.now)),
        "Datetime" if fixed.is_some_and(|text| text.eq_ignore_ascii_case("now")) => Value::DateTime(context.now),
        "Select" if fixed.is_none() => Value::str(first_option(field)),
        _ => match fixed {
            Some("__user") => Value::str(&context.user),
            Some("Today") => Value::str(moment::day(&context.now)),
            Some(text) => Value::str(text),
            // A default of the site (currency, company, language...) fills a link of the same name.
            None if field.fieldtype == "Link" && field.options.as_deref() != Some("User") => context
                .sysdefaults
                .get(&field.fieldname)
                .and_then(|value| value.as_str())
                .map_or(Value::None, Value::str),
            None => Value::None,
        },
    }
}
