//! Tests (`x is name`) by name, alphabetical.
//!
//! Source: `jinja2/tests.py` 3.1.6. The host adds none.

use super::blocks::TemplateReference;
use super::environment::{Apply, Passed, Use};
use super::filters;
use super::iteration::Generator;
use super::macros::MacroObject;
use super::undefined::Undefined;
use crate::python::dict::Key;
use crate::python::operators::{self, Binary, Comparison};
use crate::python::{Arguments, Budget, Function, Outcome, Stop, Value, access, show};

/// The names of all tests.
pub fn names() -> impl Iterator<Item = &'static str> {
    TESTS.iter().map(|(name, _)| *name)
}

/// Name and function, sorted by name.
const TESTS: &[(&str, Apply)] = &[
    ("!=", not_equal),
    ("<", less),
    ("<=", less_or_equal),
    ("==", equal),
    (">", greater),
    (">=", greater_or_equal),
    ("boolean", boolean),
    ("callable", callable),
    ("defined", defined),
    ("divisibleby", divisibleby),
    ("eq", equal),
    ("equalto", equal),
    ("escaped", escaped),
    ("even", even),
    ("false", is_false),
    ("filter", filter),
    ("float", float),
    ("ge", greater_or_equal),
    ("greaterthan", greater),
    ("gt", greater),
    ("in", contained),
    ("integer", integer),
    ("iterable", iterable),
    ("le", less_or_equal),
    ("lessthan", less),
    ("lower", lower),
    ("lt", less),
    ("mapping", mapping),
    ("ne", not_equal),
    ("none", none),
    ("number", number),
    ("odd", odd),
    ("sameas", sameas),
    ("sequence", sequence),
    ("string", string),
    ("test", test),
    ("true", is_true),
    ("undefined", undefined),
    ("upper", upper),
];

/// The test of a name.
pub fn find(name: &str) -> Option<Apply> {
    let index = TESTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    TESTS.get(index).map(|(_, apply)| *apply)
}

/// The value alone, and what its test may spend.
fn only<'a>(mut applied: Use<'a>, function: &str) -> Outcome<(Value, &'a Budget)> {
    let budget = applied.budget;
    let [value] = applied.bind(function, &["value"], 1, Passed::Nothing)?;
    Ok((given(value)?, budget))
}

fn given(value: Option<Value>) -> Outcome<Value> {
    value.ok_or_else(|| Stop::unsupported("a missing argument"))
}

fn compare(applied: Use<'_>, name: &str, comparison: Comparison) -> Outcome<Value> {
    let (positional, keyword) = (applied.arguments.positional, applied.arguments.keyword);
    if !keyword.is_empty() {
        return Err(Stop::type_error(format!("{name}() takes no keyword arguments")));
    }
    match positional.as_slice() {
        [left, right] => operators::compare(comparison, left, right, applied.budget).map(Value::Bool),
        other => {
            let count = other.len();
            Err(Stop::type_error(format!("{name} expected 2 arguments, got {count}")))
        }
    }
}

fn equal(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "eq", Comparison::Equal)
}

fn not_equal(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "ne", Comparison::NotEqual)
}

fn less(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "lt", Comparison::Less)
}

fn less_or_equal(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "le", Comparison::LessOrEqual)
}

fn greater(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "gt", Comparison::Greater)
}

fn greater_or_equal(applied: Use<'_>) -> Outcome<Value> {
    compare(applied, "ge", Comparison::GreaterOrEqual)
}

fn contained(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, sequence] = applied.bind("test_in", &["value", "seq"], 2, Passed::Nothing)?;
    operators::compare(Comparison::In, &given(value)?, &given(sequence)?, applied.budget).map(Value::Bool)
}

fn sameas(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, other] = applied.bind("test_sameas", &["value", "other"], 2, Passed::Nothing)?;
    operators::compare(Comparison::Is, &given(value)?, &given(other)?, applied.budget).map(Value::Bool)
}

/// `value % divisor == remainder`
fn remainder(value: &Value, divisor: &Value, remainder: i64, budget: &Budget) -> Outcome<Value> {
    let rest = operators::binary(Binary::Modulo, value, divisor, budget)?;
    operators::equals(&rest, &Value::from(remainder), budget).map(Value::Bool)
}

fn odd(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "test_odd")?;
    remainder(&value, &Value::from(2_i64), 1, budget)
}

fn even(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "test_even")?;
    remainder(&value, &Value::from(2_i64), 0, budget)
}

fn divisibleby(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, divisor] = applied.bind("test_divisibleby", &["value", "num"], 2, Passed::Nothing)?;
    remainder(&given(value)?, &given(divisor)?, 0, applied.budget)
}

fn defined(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_defined").map(|(value, _)| Value::Bool(Undefined::from(&value).is_none()))
}

fn undefined(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_undefined").map(|(value, _)| Value::Bool(Undefined::from(&value).is_some()))
}

fn none(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_none").map(|(value, _)| Value::Bool(matches!(value, Value::None)))
}

fn boolean(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_boolean").map(|(value, _)| Value::Bool(matches!(value, Value::Bool(_))))
}

fn is_true(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_true").map(|(value, _)| Value::Bool(matches!(value, Value::Bool(true))))
}

fn is_false(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_false").map(|(value, _)| Value::Bool(matches!(value, Value::Bool(false))))
}

/// Instances of subclasses count: a `DocStatus` is an integer, a `Markup` a string.
fn integer(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_integer").map(|(value, _)| Value::Bool(matches!(*value.base(), Value::Int(_))))
}

fn float(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_float").map(|(value, _)| Value::Bool(matches!(*value.base(), Value::Float(_))))
}

fn number(applied: Use<'_>) -> Outcome<Value> {
    let (value, _) = only(applied, "test_number")?;
    Ok(Value::Bool(matches!(*value.base(), Value::Int(_) | Value::Float(_) | Value::Bool(_))))
}

fn string(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_string").map(|(value, _)| Value::Bool(matches!(*value.base(), Value::Str(_))))
}

fn mapping(applied: Use<'_>) -> Outcome<Value> {
    only(applied, "test_mapping").map(|(value, _)| Value::Bool(matches!(*value.base(), Value::Dict(_))))
}

/// `str(value).islower()` and its kin.
fn cased(applied: Use<'_>, function: &str, method: &str) -> Outcome<Value> {
    let (value, budget) = only(applied, function)?;
    let text = Value::from(show::str(&value, budget)?);
    access::call_method(&text, method, Arguments::default(), budget)
}

fn lower(applied: Use<'_>) -> Outcome<Value> {
    cased(applied, "test_lower", "islower")
}

fn upper(applied: Use<'_>) -> Outcome<Value> {
    cased(applied, "test_upper", "isupper")
}

/// Whether it has a length and items by key or index; a set has no items.
fn sequence(applied: Use<'_>) -> Outcome<Value> {
    let (value, _) = only(applied, "test_sequence")?;
    Ok(Value::Bool(match &*value.base() {
        Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Range(_) => true,
        Value::Object(_) if value.downcast::<Generator>().is_some() => false,
        Value::Object(_) if Undefined::from(&value).is_some() => {
            // `__getattr__` raises for `__getitem__` only when it is not there; it is.
            true
        }
        Value::Object(_) if value.downcast::<TemplateReference>().is_some() => false,
        Value::Object(_) => return Err(Stop::unsupported("whether an object is a sequence")),
        _ => false,
    }))
}

fn iterable(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "test_iterable")?;
    Ok(Value::Bool(match &*value.base() {
        Value::Str(_)
        | Value::Bytes(_)
        | Value::List(_)
        | Value::Tuple(_)
        | Value::Dict(_)
        | Value::Set(_)
        | Value::Range(_) => true,
        Value::Object(_) if value.downcast::<Generator>().is_some() || Undefined::from(&value).is_some() => true,
        // It has items by index as far as Python can see.
        Value::Object(_) if value.downcast::<TemplateReference>().is_some() => true,
        Value::Object(_) => match access::iterate(&value, budget) {
            Ok(_) => true,
            Err(Stop::Raise(exception)) if exception.kind == "TypeError" => false,
            Err(stop) => return Err(stop),
        },
        _ => false,
    }))
}

fn callable(applied: Use<'_>) -> Outcome<Value> {
    let (count, keyword) = (applied.arguments.positional.len(), !applied.arguments.keyword.is_empty());
    if keyword {
        return Err(Stop::type_error("callable() takes no keyword arguments"));
    }
    if count != 1 {
        return Err(Stop::type_error(format!("callable() takes exactly one argument ({count} given)")));
    }
    let (value, _) = only(applied, "callable")?;
    Ok(Value::Bool(match &value {
        Value::Object(_) if value.downcast::<Function>().is_some() || value.downcast::<MacroObject>().is_some() => true,
        // An undefined value has `__call__`, which raises.
        Value::Object(_) if Undefined::from(&value).is_some() => true,
        Value::Object(_) => return Err(Stop::unsupported("whether an object is callable")),
        _ => false,
    }))
}

fn escaped(applied: Use<'_>) -> Outcome<Value> {
    let (value, _) = only(applied, "test_escaped")?;
    match &value {
        Value::Object(_) if value.downcast::<filters::Markup>().is_some() => Ok(Value::Bool(true)),
        Value::Object(_) if Undefined::from(&value).is_none() => Err(Stop::unsupported("whether an object is escaped")),
        _ => Ok(Value::Bool(false)),
    }
}

/// Whether the environment has something of the value's name; what is no text is not looked for.
fn known(mut applied: Use<'_>, function: &str, find: fn(&str) -> Option<Apply>) -> Outcome<Value> {
    let [value] = applied.bind(function, &["env", "value"], 2, Passed::One)?;
    match given(value)? {
        Value::Str(name) => Ok(Value::Bool(find(&name).is_some())),
        Value::Object(object) if object.base().as_ref().is_some_and(|base| base.as_str().is_some()) => {
            Err(Stop::unsupported("a name that is Markup"))
        }
        // Anything else that has a hash is not among the names.
        value => Key::of(&value).map(|_| Value::Bool(false)),
    }
}

fn filter(applied: Use<'_>) -> Outcome<Value> {
    known(applied, "test_filter", filters::find)
}

fn test(applied: Use<'_>) -> Outcome<Value> {
    known(applied, "test_test", find)
}

#[cfg(test)]
mod registry {
    #[test]
    fn the_registry_is_sorted() {
        assert!(super::TESTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
