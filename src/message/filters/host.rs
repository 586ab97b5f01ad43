//! The host's own filters.
//!
//! Source: `get_jenv` of frappe.utils.jinja: `json` is `frappe.as_json`, `int` is `cint`, `str` is `cstr`, `flt` is `flt`.

use super::required;
use crate::host::{Flavour, functions, names};
use crate::message::environment::{Passed, Use};
use crate::python::{Outcome, Stop, Value, access};

/// A function of `frappe` or `frappe.utils`, applied to the filter's arguments.
fn of_frappe(path: &[&str], applied: Use<'_>) -> Outcome<Value> {
    let missing = || Stop::unsupported(path.join("."));
    let mut value = names::in_message(&applied.environment.context, "frappe")?.ok_or_else(missing)?;
    for name in path {
        value = access::attribute(&value, name)?.ok_or_else(missing)?;
    }
    access::call(&value, applied.arguments, applied.budget)
}

pub(super) fn int(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "cint"], applied)
}

pub(super) fn str(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "cstr"], applied)
}

pub(super) fn flt(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "flt"], applied)
}

pub(super) fn global_date_format(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "global_date_format"], applied)
}

/// Markdown as cleaned HTML.
pub(super) fn markdown(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("markdown", &["text"], 1, Passed::Nothing)?;
    if applied.environment.context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("this filter"));
    }
    functions::markdown::shown(&required(value)?, applied.budget).map(Value::from)
}

/// Text from the root of the site; a whole URL stays as it is.
pub(super) fn abs_url(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("abs_url", &["path"], 1, Passed::Nothing)?;
    match required(value)? {
        Value::Str(text) if text.is_empty() => Ok(Value::None),
        Value::Str(text) if ["http://", "https://", "tel:", "data:", "/"].iter().any(|own| text.starts_with(own)) => {
            Ok(Value::Str(text))
        }
        Value::Str(text) => Ok(Value::from(format!("/{text}"))),
        Value::None => Ok(Value::None),
        _ => Err(Stop::unsupported("abs_url of something else")),
    }
}

/// `frappe.as_json(value)`
pub(super) fn json(applied: Use<'_>) -> Outcome<Value> {
    let function = names::in_message(&applied.environment.context, "as_json")?;
    let function = function.ok_or_else(|| Stop::unsupported("as_json"))?;
    access::call(&function, applied.arguments, applied.budget)
}
