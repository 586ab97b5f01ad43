//! `frappe.throw` and `frappe.msgprint`: dialogs for the person whose request the server answers.
//!
//! Source: frappe/__init__.py; measured on Dodock 3.40.

use std::rc::Rc;

use super::super::Context;
use super::errors;
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `frappe.throw(msg, exc=ValidationError, title=None, ...)`
pub fn throw(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let known = |name: &str| matches!(name, "title" | "msg");
    if arguments.positional.len() > 1 || !arguments.keyword.iter().all(|(name, _)| known(name)) {
        return Err(Stop::unsupported("frappe.throw with these arguments"));
    }
    match Given::new(arguments, "throw", &["msg", "exc", "title"], 1)?.value() {
        Value::Str(message) => Err(errors::validation(&*message)),
        _ => Err(Stop::unsupported("frappe.throw of something that is no text")),
    }
}

/// `frappe.msgprint(msg, title=None, ...)`: nothing comes back.
pub fn msgprint(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let known = |name: &str| matches!(name, "alert" | "indicator" | "msg" | "title");
    let plain = arguments.keyword.iter().all(|(name, _)| known(name)) && arguments.positional.len() <= 2;
    if !plain || arguments.positional.iter().any(|value| !matches!(value, Value::Str(_))) {
        return Err(Stop::unsupported("frappe.msgprint with these arguments"));
    }
    Given::lenient(arguments, "msgprint", &["msg", "title", "alert", "indicator"], 1)?;
    Ok(Value::None)
}
