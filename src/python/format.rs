//! Python's format languages: `format(value, spec)`, `"%..." % values`, `"{}".format(...)`.

use super::{Arguments, Budget, Outcome, Stop, Value};

/// `format(value, spec)`
///
/// # Errors
/// `ValueError` and `TypeError` in Python's words.
pub fn format(value: &Value, spec: &str, budget: &Budget) -> Outcome<String> {
    let _ = (value, spec, budget);
    Err(Stop::unsupported("format"))
}

/// `text % values`
///
/// # Errors
/// `ValueError` and `TypeError` in Python's words.
pub fn percent(text: &str, values: &Value, budget: &Budget) -> Outcome<String> {
    let _ = (text, values, budget);
    Err(Stop::unsupported("%"))
}

/// `text.format(...)`. Attribute look-ups inside fields go through `attribute`, because the sandbox forbids some.
///
/// # Errors
/// `KeyError`, `IndexError`, `ValueError`... in Python's words.
pub fn str_format(
    text: &str,
    arguments: &Arguments,
    attribute: &dyn Fn(&Value, &str) -> Outcome<Value>,
    budget: &Budget,
) -> Outcome<String> {
    let _ = (text, arguments, attribute, budget);
    Err(Stop::unsupported("str.format"))
}

/// `text.format_map(mapping)`
///
/// # Errors
/// As [`str_format`].
pub fn format_map(
    text: &str,
    mapping: &Value,
    attribute: &dyn Fn(&Value, &str) -> Outcome<Value>,
    budget: &Budget,
) -> Outcome<String> {
    let _ = (text, mapping, attribute, budget);
    Err(Stop::unsupported("str.format_map"))
}
