//! `type`, `isinstance`, `issubclass`, `callable`: what a value is.

use super::super::signature::{between, one};
use super::super::{Arguments, Budget, Outcome, Stop, Value, exceptions};
use super::{Builtin, builtin};

/// Types that can be asked for and compared, but not called here.
const UNCALLABLE: &[&str] = &[
    "NoneType",
    "builtin_function_or_method",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "dict_items",
    "dict_keys",
    "dict_values",
    "object",
];

/// `type(value)`, as far as this engine has the type.
pub fn class_of(value: &Value) -> Option<Value> {
    let name = value.error_name();
    if let Value::Object(_) = value
        && !["builtin_function_or_method", "dict_items", "dict_keys", "dict_values", "type"].contains(&&*name)
    {
        return None;
    }
    named(&name)
}

/// The type of this name.
pub(super) fn named(name: &str) -> Option<Value> {
    builtin(name).filter(|found| found.downcast::<Builtin>().is_some_and(|found| found.is_type)).or_else(|| {
        let place = UNCALLABLE.binary_search(&name).ok()?;
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
        value @ Value::Object(_) if value.downcast::<exceptions::Raised>().is_some() => Ok(Value::Bool(false)),
        Value::Object(object) if object.base().is_none() => match &*object.type_name() {
            "builtin_function_or_method" | "function" | "method" | "type" => Ok(Value::Bool(true)),
            "map" | "zip" | "filter" | "enumerate" | "generator" | "dict_keys" | "dict_values" | "dict_items" => {
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
    if let Some(class) = class.downcast::<exceptions::Class>() {
        return match value.downcast::<exceptions::Raised>() {
            Some(raised) => exceptions::inherits(raised.kind, class.name),
            None => Ok(false),
        };
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

/// `issubclass(class, classes)`
pub fn issubclass(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    match between(arguments, "issubclass", 2, 2)? {
        [class, of] => is_subclass(class, of, budget).map(Value::Bool),
        _ => Err(Stop::unsupported("issubclass")),
    }
}

/// The name of a class, whether it is an exception's; `None` for what is no class.
fn class_name(value: &Value) -> Outcome<Option<(&'static str, bool)>> {
    if let Some(class) = value.downcast::<exceptions::Class>() {
        return Ok(Some((class.name, true)));
    }
    match value.downcast::<Builtin>() {
        Some(class) if class.is_type => Ok(Some((class.name, false))),
        Some(_) => Ok(None),
        None => match value {
            Value::Object(object) if object.type_name() == "type" => {
                Err(Stop::unsupported("issubclass of such a class"))
            }
            _ => Ok(None),
        },
    }
}

fn is_subclass(class: &Value, of: &Value, budget: &Budget) -> Outcome<bool> {
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
    let Some((name, raises)) = class_name(class)? else {
        return Err(Stop::type_error("issubclass() arg 1 must be a class"));
    };
    let Some((base, base_raises)) = class_name(of)? else {
        return Err(Stop::type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    };
    if raises && base_raises {
        return exceptions::inherits(name, base);
    }
    Ok(name == base && raises == base_raises
        || (name, base) == ("bool", "int")
        || (name, base) == ("datetime.datetime", "datetime.date"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        assert!(super::UNCALLABLE.is_sorted_by(|a, b| a < b));
    }
}
