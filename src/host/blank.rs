//! The blank document on which the host tries a condition when the Notification is saved: a new document as a plain
//! `frappe._dict`, where a missing field is `None` instead of an error (host.md 4).
//!
//! Source: measured, `corpus/meta/*.json` (`blank_document_of_validate_condition`).

use std::any::Any;
use std::borrow::Cow;

use super::document_type::{first_option, has_value, is_table};
use super::{Context, Field, Metas, moment};
use crate::python::{Budget, Dict, Object, Outcome, Stop, Value, access};

/// `frappe._dict`: a dict whose keys are attributes too.
#[derive(Debug)]
struct FrappeDict {
    /// The dict itself.
    dict: Value,
}

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
    Value::object(FrappeDict { dict: Value::dict(dict) })
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

impl Object for FrappeDict {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("_dict")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe._dict"))
    }

    fn base(&self) -> Option<Value> {
        Some(self.dict.clone())
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(true)
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        crate::python::show::repr(&self.dict, budget)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        if matches!(name, "update" | "copy") {
            return Err(Stop::unsupported(format!("frappe._dict.{name}")));
        }
        // The methods of dict win over keys of the same name.
        if let Some(method) = access::attribute(&self.dict, name)? {
            return Ok(Some(method));
        }
        match &self.dict {
            Value::Dict(dict) => Ok(Some(dict.borrow().get_str(name).cloned().unwrap_or(Value::None))),
            _ => Ok(None),
        }
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        access::item(&self.dict, key, budget)
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        access::iterate(&self.dict, budget)
    }

    fn length(&self) -> Outcome<usize> {
        access::length(&self.dict)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
