//! What the host's functions raise.

use crate::python::Stop;

/// `frappe.throw(message)`
pub fn validation(message: impl Into<String>) -> Stop {
    Stop::raise("frappe.exceptions.ValidationError", message)
}

/// What dateutil raises for a text that is no date.
pub fn parser(message: impl Into<String>) -> Stop {
    Stop::raise("dateutil.parser._parser.ParserError", message)
}

/// The error of a method that a value does not have.
pub fn no_attribute(type_name: &str, name: &str) -> Stop {
    Stop::raise("AttributeError", format!("'{type_name}' object has no attribute '{name}'"))
}
