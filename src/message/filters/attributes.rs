//! Reaching into items by the path of a filter's argument, and the filter `attr`.
//!
//! Source: `make_attrgetter` and `do_attr` of `jinja2/filters.py` 3.1.6.

use super::required;
use crate::message::environment::{Passed, Use};
use crate::message::sandbox;
use crate::message::undefined::Undefined;
use crate::python::dict::Key;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access};

/// The parts of a path such as `customer.0.name`: texts and numbers; none for `None`.
#[derive(Debug, Clone)]
pub struct Path(Vec<Value>);

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// A part that only looks like a number to Python.
    pub fn of(attribute: &Value) -> Outcome<Self> {
        let parts = match attribute {
            Value::None => Vec::new(),
            Value::Str(path) => path.split('.').map(part).collect::<Outcome<Vec<_>>>()?,
            other => vec![other.clone()],
        };
        Ok(Self(parts))
    }

    /// What the path leads to. With a default, a part that is not there is the default, and the path goes on from it.
    ///
    /// # Errors
    /// What reaching into the value raises.
    pub fn get(&self, item: &Value, default: Option<&Value>, budget: &Budget) -> Outcome<Value> {
        let mut value = item.clone();
        for part in &self.0 {
            value = sandbox::item(&value, part, budget)?;
            if let Some(default) = default.filter(|default| !matches!(default, Value::None))
                && Undefined::from(&value).is_some()
            {
                value = default.clone();
            }
        }
        Ok(value)
    }
}

fn part(text: &str) -> Outcome<Value> {
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit()) {
        if text.chars().all(|c| c.is_numeric()) && !text.is_empty() {
            return Err(Stop::unsupported("a path with unusual digits"));
        }
        return Ok(Value::from(text));
    }
    text.parse::<i64>().map(Value::from).map_err(|_| Stop::unsupported("a path with a large number"))
}

/// `value.lower()` of a text, anything else as it is.
pub fn ignore_case(value: Value, budget: &Budget) -> Outcome<Value> {
    match &value {
        Value::Str(_) => access::call_method(&value, "lower", Arguments::default(), budget),
        Value::Object(_) if value.base().as_str().is_some() => Err(Stop::unsupported("Markup")),
        _ => Ok(value),
    }
}

/// The values of an attribute of every item.
pub fn each(value: &Value, attribute: &Value, budget: &Budget) -> Outcome<Value> {
    let path = Path::of(attribute)?;
    let items = access::iterate(value, budget)?;
    items.iter().map(|item| path.get(item, None, budget)).collect::<Outcome<Vec<_>>>().map(Value::list)
}

pub(super) fn attr(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, name] = applied.bind("do_attr", &["environment", "obj", "name"], 3, Passed::One)?;
    let (value, name) = (required(value)?, required(name)?);
    let Value::Str(text) = &name else {
        Key::of(&name)?;
        return Err(match name {
            Value::Object(_) => Stop::unsupported("attr of something that is no text"),
            other => Stop::type_error(format!("attribute name must be string, not '{}'", other.error_name())),
        });
    };
    if let Some(undefined) = Undefined::from(&value) {
        return Err(if text.starts_with('_') {
            Stop::unsupported("attr of an undefined value")
        } else {
            undefined.refuse()
        });
    }
    if !text.starts_with("__") && access::attribute(&value, text)?.is_none() {
        return Ok(Undefined::of(value, name));
    }
    sandbox::attribute(&value, text, applied.budget)
}
