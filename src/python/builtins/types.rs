//! `type`, `isinstance`, `issubclass`, `callable`: what a value is.

use super::super::signature::{between, one};
use super::super::{Arguments, Budget, Outcome, Stop, Value};
use super::{Builtin, builtin};

/// Types that can be asked for and compared, but not called here.
const UNCALLABLE: &[&str] = &[
    "NoneType",
    "builtin_function_or_method",
    "bytes",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "dict_items",
    "dict_keys",
    "dict_values",
    "slice",
];

/// `type(value)`, as far as this engine has the type.
pub fn class_of(value: &Value) -> Option<Value> {
    let name = value.error_name();
    if let Value::Object(_) = value
        && !["builtin_function_or_method", "dict_items", "dict_keys", "dict_values", "type"].contains(&&*name)
    {
        return None;
    }
    builtin(&name).filter(|found| found.downcast::<Builtin>().is_some_and(|found| found.is_type)).or_else(|| {
        let place = UNCALLABLE.binary_search(&&*name).ok()?;
        let name = UNCALLABLE.get(place)?;
        Some(Value::object(Builtin { name, is_type: true, run: None }))
    })
}

/// `type(value)`
pub fn type_of(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    match arguments.positional.as_slice() {
        [value] if arguments.keyword.is_empty() => {
            class_of(value).ok_or_else(|| Stop::unsupported(format!("type of a {}", value.type_name())))
        }
        [_, _, _] => Err(Stop::unsupported("type() with three arguments")),
        _ => Err(Stop::type_error("type() takes 1 or 3 arguments")),
    }
}

/// `callable(value)`
pub fn callable(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    match one(arguments, "callable")? {
        Value::Object(object) if object.base().is_none() => match &*object.type_name() {
            "builtin_function_or_method" | "function" | "method" | "type" => Ok(Value::Bool(true)),
            "map" | "zip" | "filter" | "enumerate" | "dict_keys" | "dict_values" | "dict_items" => {
                Ok(Value::Bool(false))
            }
            name => Err(Stop::unsupported(format!("callable of a {name}"))),
        },
        Value::Object(_) => Err(Stop::unsupported("callable of an object")),
        _ => Ok(Value::Bool(false)),
    }
}

/// `isinstance(value, types)`
pub fn isinstance(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    match between(arguments, "isinstance", 2, 2)? {
        [value, class] => is_instance(value, class, budget).map(Value::Bool),
        _ => Err(Stop::unsupported("isinstance")),
    }
}

/// `issubclass(class, types)`
pub fn issubclass(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    match between(arguments, "issubclass", 2, 2)? {
        [class, of] => is_subclass(class, of, budget).map(Value::Bool),
        _ => Err(Stop::unsupported("issubclass")),
    }
}

fn is_subclass(class: &Value, of: &Value, budget: &Budget) -> Outcome<bool> {
    let kind = |value: &Value| value.downcast::<Builtin>().filter(|class| class.is_type).map(|class| class.name);
    let Some(name) = kind(class) else {
        return Err(match class {
            Value::Object(_) => Stop::unsupported("issubclass of such a class"),
            _ => Stop::type_error("issubclass() arg 1 must be a class"),
        });
    };
    if let Value::Tuple(classes) = of {
        return budget.deeper(|| {
            for of in classes.iter() {
                if is_subclass(class, of, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        });
    }
    match (kind(of), of) {
        (Some(of), _) => {
            Ok(name == of || matches!((name, of), ("bool", "int") | ("datetime.datetime", "datetime.date")))
        }
        (None, Value::Object(_)) => Err(Stop::unsupported("issubclass of such a class")),
        _ => Err(Stop::type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")),
    }
}

fn is_instance(value: &Value, class: &Value, budget: &Budget) -> Outcome<bool> {
    if let Value::Tuple(classes) = class {
        return budget.deeper(|| {
            for class in classes.iter() {
                if is_instance(value, class, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        });
    }
    let Some(class) = class.downcast::<Builtin>().filter(|class| class.is_type) else {
        return Err(match class {
            Value::Object(_) => Stop::unsupported("isinstance of such a class"),
            _ => Stop::type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
        });
    };
    let base = value.base();
    if matches!(&*base, Value::Object(_)) && class_of(&base).is_none() {
        // An object of the host's is of no builtin type, but an iterator is of its own.
        return Ok(*base.type_name() == *class.name);
    }
    let name = base.error_name();
    Ok(*name == *class.name
        || (name == "bool" && class.name == "int")
        || (name == "datetime.datetime" && class.name == "datetime.date"))
}
