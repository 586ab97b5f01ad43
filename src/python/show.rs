//! How values are written: `str()` and `repr()`.

use super::{Budget, Outcome, Stop, Value};

/// `str(value)`
///
/// # Errors
/// What an object's `__str__` raises, and the budget's limits.
pub fn str(value: &Value, budget: &Budget) -> Outcome<String> {
    let _ = (value, budget);
    Err(Stop::unsupported("str"))
}

/// `repr(value)`
///
/// # Errors
/// What an object's `__repr__` raises, and the budget's limits.
pub fn repr(value: &Value, budget: &Budget) -> Outcome<String> {
    let _ = (value, budget);
    Err(Stop::unsupported("repr"))
}

/// `repr()` of a float: the shortest digits that read back the same, in Python's layout (`1e+16`, `1234.5`, `inf`).
pub fn float(value: f64) -> String {
    value.to_string()
}
