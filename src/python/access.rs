//! Reaching into values: attributes, items, slices, calls, iteration, length.

use super::{Arguments, Budget, Outcome, Stop, Value};

/// `getattr(value, name)`, bound methods included; `None` when there is no such attribute (the caller words the error).
///
/// # Errors
/// `Unsupported` for an attribute that Python has and this engine does not.
pub fn attribute(value: &Value, name: &str) -> Outcome<Option<Value>> {
    let _ = (value, name);
    Err(Stop::unsupported("attribute"))
}

/// `value[key]`, slices included.
///
/// # Errors
/// What Python raises.
pub fn item(value: &Value, key: &Value, budget: &Budget) -> Outcome<Value> {
    let _ = (value, key, budget);
    Err(Stop::unsupported("item"))
}

/// `function(arguments)`
///
/// # Errors
/// What the call raises; `TypeError: 'str' object is not callable`.
pub fn call(function: &Value, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let _ = (function, arguments, budget);
    Err(Stop::unsupported("call"))
}

/// The items of `iter(value)`. A long `range` spends its steps before it is laid out.
///
/// # Errors
/// `TypeError: 'int' object is not iterable`, and the budget's limits.
pub fn iterate(value: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    let _ = (value, budget);
    Err(Stop::unsupported("iterate"))
}

/// `len(value)`
///
/// # Errors
/// `TypeError: object of type 'int' has no len()`.
pub fn length(value: &Value) -> Outcome<usize> {
    let _ = value;
    Err(Stop::unsupported("length"))
}
