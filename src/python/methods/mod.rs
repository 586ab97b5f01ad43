//! Attributes and methods of the builtin types: which there are, and who runs them.

mod bytes;
mod dict;
mod list;
mod number;
mod sequence;
mod set;
pub mod text_case;
mod text_layout;
mod text_search;
mod text_split;
mod view;

use std::any::Any;
use std::borrow::Cow;

pub use dict::update as merge_into;
pub use list::sort;
pub use set::from_iterable as set_of;
pub use view::View;

use super::{Arguments, Budget, Object, Outcome, Stop, Value, builtins, complex, datetime};

/// The answer of a method, or `None` when the type has none of that name here.
type Answer = Option<Outcome<Value>>;

/// `getattr(value, name)` of a value that is no object of the host's; `None` when there is no such attribute.
///
/// # Errors
/// `Unsupported` for an attribute that Python has and this engine does not.
pub fn attribute(value: &Value, name: &str) -> Outcome<Option<Value>> {
    if name.starts_with("__") {
        return match name {
            "__class__" => match builtins::class_of(value) {
                Some(class) => Ok(Some(class)),
                None => Err(Stop::unsupported("__class__")),
            },
            _ => Err(Stop::unsupported(format!("{}.{name}", value.error_name()))),
        };
    }
    if let Some(found) = data(value, name) {
        return Ok(Some(found));
    }
    let Ok(place) = names(value).binary_search(&name) else { return Ok(None) };
    match names(value).get(place) {
        Some(name) => Ok(Some(Value::object(BoundMethod { receiver: value.clone(), name }))),
        None => Ok(None),
    }
}

/// `value.name(arguments)`; `None` when there is no such method here.
pub fn call(value: &Value, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    if let Err(stop) = budget.step().and_then(|()| budget.read(value)) {
        return Some(Err(stop));
    }
    match value {
        Value::Str(text) => text_search::call(text, name, arguments, budget)
            .or_else(|| text_case::call(text, name, arguments, budget))
            .or_else(|| text_split::call(text, name, arguments, budget))
            .or_else(|| text_layout::call(text, name, arguments, budget)),
        Value::List(items) => list::call(items, name, arguments, budget),
        Value::Dict(dict) => dict::call(dict, "dict", name, arguments, budget),
        Value::Set(set) => set::call(set, name, arguments, budget),
        Value::Tuple(items) => sequence::tuple(items, name, arguments, budget),
        Value::Range(_) => sequence::range(value, name, arguments, budget),
        Value::Bytes(bytes) => bytes::call(bytes, name, arguments, budget),
        Value::Int(_) | Value::Bool(_) => number::int(value, name, arguments, budget),
        Value::Float(number) => number::float(*number, name, arguments),
        Value::Complex(real, imag) => complex::method(*real, *imag, name, arguments),
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_) => {
            datetime::method(value, name, arguments, budget)
        }
        Value::Object(object) => match object.base() {
            // Of the builtins' subclasses, those of `dict` and `int` bind its methods as their own.
            Some(Value::Dict(dict)) => dict::call(&dict, &object.type_name(), name, arguments, budget),
            Some(Value::Int(_)) => number::int(value, name, arguments, budget),
            _ => value.downcast::<datetime::Aware>()?.method(name, arguments, budget),
        },
        Value::None | Value::Slice(_) => None,
    }
}

/// The method of that name of a builtin type, of which `like` is a value, bound to another receiver.
pub fn bound(receiver: Value, like: &Value, name: &str) -> Option<Value> {
    let place = names(like).binary_search(&name).ok()?;
    names(like).get(place).map(|name| Value::object(BoundMethod { receiver, name }))
}

/// An attribute that is no method.
fn data(value: &Value, name: &str) -> Option<Value> {
    match (value, name) {
        (Value::Int(_), "real" | "numerator") => Some(value.clone()),
        (Value::Bool(value), "real" | "numerator") => Some(Value::from(i64::from(*value))),
        (Value::Int(_) | Value::Bool(_), "imag") => Some(Value::from(0_i64)),
        (Value::Int(_) | Value::Bool(_), "denominator") => Some(Value::from(1_i64)),
        (Value::Float(_), "real") => Some(value.clone()),
        (Value::Float(_), "imag") => Some(Value::Float(0.0)),
        (Value::Complex(real, _), "real") => Some(Value::Float(*real)),
        (Value::Complex(_, imag), "imag") => Some(Value::Float(*imag)),
        (Value::Range(range), "start") => Some(Value::Int(range.0.clone())),
        (Value::Range(range), "stop") => Some(Value::Int(range.1.clone())),
        (Value::Range(range), "step") => Some(Value::Int(range.2.clone())),
        (Value::Slice(slice), "start") => Some(slice.start.clone()),
        (Value::Slice(slice), "stop") => Some(slice.stop.clone()),
        (Value::Slice(slice), "step") => Some(slice.step.clone()),
        _ => datetime::attribute(value, name),
    }
}

/// A method of a builtin value, not yet called.
#[derive(Debug)]
struct BoundMethod {
    receiver: Value,
    name: &'static str,
}

impl Object for BoundMethod {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("builtin_function_or_method")
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        call(&self.receiver, self.name, &arguments, budget)
            .unwrap_or_else(|| Err(Stop::unsupported(format!("{}.{}", self.receiver.error_name(), self.name))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The public attributes of a type (`dir()` of CPython 3.11 without those that start with `_`), in order.
fn names(value: &Value) -> &'static [&'static str] {
    match value {
        Value::Str(_) => &[
            "capitalize",
            "casefold",
            "center",
            "count",
            "encode",
            "endswith",
            "expandtabs",
            "find",
            "format",
            "format_map",
            "index",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "isspace",
            "istitle",
            "isupper",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "maketrans",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "translate",
            "upper",
            "zfill",
        ],
        Value::Bytes(_) => &[
            "capitalize",
            "center",
            "count",
            "decode",
            "endswith",
            "expandtabs",
            "find",
            "fromhex",
            "hex",
            "index",
            "isalnum",
            "isalpha",
            "isascii",
            "isdigit",
            "islower",
            "isspace",
            "istitle",
            "isupper",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "maketrans",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "translate",
            "upper",
            "zfill",
        ],
        Value::List(_) => {
            &["append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"]
        }
        Value::Tuple(_) => &["count", "index"],
        Value::Dict(_) => {
            &["clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]
        }
        Value::Set(_) => &[
            "add",
            "clear",
            "copy",
            "difference",
            "difference_update",
            "discard",
            "intersection",
            "intersection_update",
            "isdisjoint",
            "issubset",
            "issuperset",
            "pop",
            "remove",
            "symmetric_difference",
            "symmetric_difference_update",
            "union",
            "update",
        ],
        Value::Range(_) => &["count", "index", "start", "step", "stop"],
        Value::Slice(_) => &["indices", "start", "step", "stop"],
        Value::Int(_) | Value::Bool(_) => &[
            "as_integer_ratio",
            "bit_count",
            "bit_length",
            "conjugate",
            "denominator",
            "from_bytes",
            "imag",
            "numerator",
            "real",
            "to_bytes",
        ],
        Value::Float(_) => &["as_integer_ratio", "conjugate", "fromhex", "hex", "imag", "is_integer", "real"],
        Value::Complex(..) => &["conjugate", "imag", "real"],
        Value::Date(_) => &[
            "ctime",
            "day",
            "fromisocalendar",
            "fromisoformat",
            "fromordinal",
            "fromtimestamp",
            "isocalendar",
            "isoformat",
            "isoweekday",
            "max",
            "min",
            "month",
            "replace",
            "resolution",
            "strftime",
            "timetuple",
            "today",
            "toordinal",
            "weekday",
            "year",
        ],
        Value::DateTime(_) => &[
            "astimezone",
            "combine",
            "ctime",
            "date",
            "day",
            "dst",
            "fold",
            "fromisocalendar",
            "fromisoformat",
            "fromordinal",
            "fromtimestamp",
            "hour",
            "isocalendar",
            "isoformat",
            "isoweekday",
            "max",
            "microsecond",
            "min",
            "minute",
            "month",
            "now",
            "replace",
            "resolution",
            "second",
            "strftime",
            "strptime",
            "time",
            "timestamp",
            "timetuple",
            "timetz",
            "today",
            "toordinal",
            "tzinfo",
            "tzname",
            "utcfromtimestamp",
            "utcnow",
            "utcoffset",
            "utctimetuple",
            "weekday",
            "year",
        ],
        Value::Time(_) => &[
            "dst",
            "fold",
            "fromisoformat",
            "hour",
            "isoformat",
            "max",
            "microsecond",
            "min",
            "minute",
            "replace",
            "resolution",
            "second",
            "strftime",
            "tzinfo",
            "tzname",
            "utcoffset",
        ],
        Value::TimeDelta(_) => &["days", "max", "microseconds", "min", "resolution", "seconds", "total_seconds"],
        Value::None | Value::Object(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{super::builtins, names};
    use crate::python::{Arguments, Budget, Value, access};

    #[test]
    fn the_lists_are_sorted_for_their_search() {
        let mut values: Vec<Value> = ["str", "bytes", "int", "float", "bool", "list", "tuple", "dict", "set"]
            .map(|name| {
                access::call(&builtins::builtin(name).unwrap(), Arguments::default(), &Budget::default()).unwrap()
            })
            .into();
        values.push(
            access::call(
                &builtins::builtin("range").unwrap(),
                Arguments::positional(vec![1_i64.into()]),
                &Budget::default(),
            )
            .unwrap(),
        );
        values.push(Value::slice(Value::None, Value::None, Value::None));
        for value in values {
            assert!(!names(&value).is_empty() && names(&value).is_sorted_by(|a, b| a < b), "{value:?}");
        }
    }
}
