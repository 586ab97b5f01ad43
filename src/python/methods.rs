//! Attributes and methods of the builtin types: which there are, and who runs them.

use super::{Arguments, Budget, Outcome, Stop, Value};

/// `getattr(value, name)` of a value that is no object of the host's; `None` when there is no such attribute.
///
/// # Errors
/// `Unsupported` for an attribute that Python has and this engine does not.
pub fn attribute(value: &Value, name: &str) -> Outcome<Option<Value>> {
    let _ = (value, name);
    Err(Stop::unsupported("attribute"))
}

/// `value.name(arguments)`; `None` when there is no such method here.
pub fn call(value: &Value, name: &str, arguments: &Arguments, budget: &Budget) -> Option<Outcome<Value>> {
    let _ = (value, name, arguments, budget);
    None
}
