//! Reaching into values as Jinja2's sandbox does: attribute and item in both orders, what is hidden, `str.format`.
//!
//! Source: `SandboxedEnvironment` of `jinja2/sandbox.py` 3.1.6.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::formatter;
use super::undefined::Undefined;
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, access};

/// What every Python object has and the sandbox hides.
const SPECIAL: &[&str] = &[
    "__class__",
    "__delattr__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__ge__",
    "__getattribute__",
    "__gt__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__le__",
    "__lt__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__repr__",
    "__setattr__",
    "__sizeof__",
    "__str__",
    "__subclasshook__",
];

/// `environment.getattr(value, name)`: the attribute, else the item, else undefined.
///
/// # Errors
/// What the value raises, and what this engine does not know.
pub fn attribute(value: &Value, name: &str, budget: &Budget) -> Outcome<Value> {
    if let Some(found) = own_attribute(value, name)? {
        return Ok(found);
    }
    match access::item(value, &Value::from(name), budget) {
        Err(stop) if is_look_up(&stop) => Ok(Undefined::of(value.clone(), Value::from(name))),
        outcome => outcome,
    }
}

/// `environment.getitem(value, key)`: the item, else for a text the attribute, else undefined.
///
/// # Errors
/// What the value raises, and what this engine does not know.
pub fn item(value: &Value, key: &Value, budget: &Budget) -> Outcome<Value> {
    match access::item(value, key, budget) {
        Err(stop) if is_look_up(&stop) => {}
        outcome => return outcome,
    }
    let name = key.base();
    if let Value::Str(name) = &*name
        && let Some(found) = own_attribute(value, name)?
    {
        return Ok(found);
    }
    Ok(Undefined::of(value.clone(), key.clone()))
}

/// `getattr(value, name)` as far as the sandbox shows it; `None` when there is no such attribute.
fn own_attribute(value: &Value, name: &str) -> Outcome<Option<Value>> {
    if let (Value::Str(text), "format" | "format_map") = (value, name) {
        return Ok(Some(Value::object(Format { text: Rc::clone(text), map: name == "format_map" })));
    }
    if name.starts_with('_') {
        if SPECIAL.contains(&name) {
            return Undefined::unsafe_attribute(value, name).map(Some);
        }
        if name.starts_with("__") && Undefined::from(value).is_none() {
            return Err(Stop::unsupported(format!("attribute {name}")));
        }
        return match readable(value, name)? {
            Some(_) => Undefined::unsafe_attribute(value, name).map(Some),
            None => Ok(None),
        };
    }
    readable(value, name)
}

/// `getattr(value, name)`; an `AttributeError` of a property is the same as having none.
fn readable(value: &Value, name: &str) -> Outcome<Option<Value>> {
    match access::attribute(value, name) {
        Err(Stop::Raise(exception)) if exception.kind == "AttributeError" => Ok(None),
        outcome => outcome,
    }
}

/// Whether `except (TypeError, LookupError)` catches it.
fn is_look_up(stop: &Stop) -> bool {
    matches!(stop, Stop::Raise(exception) if matches!(exception.kind, "TypeError" | "KeyError" | "IndexError" | "LookupError"))
}

/// A text's `format` or `format_map`, through the sandbox.
#[derive(Debug)]
struct Format {
    text: Rc<str>,
    map: bool,
}

impl Object for Format {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        if self.map {
            return formatter::format_map(&self.text, arguments, false, budget).map(Value::from);
        }
        formatter::format(&self.text, &arguments, false, budget).map(Value::from)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
