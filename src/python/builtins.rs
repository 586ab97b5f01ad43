//! Python's builtin functions and types. Which of them a text may use is the business of the room that asks.

use super::Value;

/// The builtin called `name` ("len", "sum", "int", "sorted"...); `None` when this engine does not have it.
pub fn builtin(name: &str) -> Option<Value> {
    let _ = name;
    None
}

/// `type(value)`, as far as this engine has the type.
pub fn class_of(value: &Value) -> Option<Value> {
    let _ = value;
    None
}

/// Whether CPython 3.11 has a builtin of this name, so that a missing one is told from a misspelt one.
pub fn exists(name: &str) -> bool {
    let _ = name;
    false
}
