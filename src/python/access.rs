//! Reaching into values: attributes, items, slices, calls, iteration, length.

use super::{Arguments, Budget, Int, Outcome, Stop, Value, int, item, methods, show};

/// `getattr(value, name)`, bound methods included; `None` when there is no such attribute (the caller words the error).
///
/// # Errors
/// `Unsupported` for an attribute that Python has and this engine does not.
pub fn attribute(value: &Value, name: &str) -> Outcome<Option<Value>> {
    match value {
        Value::Object(object) => object.attribute(name),
        _ => methods::attribute(value, name),
    }
}

/// The `AttributeError` of a name that a value does not have.
pub fn no_attribute(value: &Value, name: &str) -> Stop {
    // A method asks its function.
    let class = if value.error_name() == "method" { "function".into() } else { value.error_name() };
    Stop::raise("AttributeError", format!("'{class}' object has no attribute '{name}'"))
}

/// `value.name(arguments)`, without making a bound method first where that can be avoided.
///
/// # Errors
/// `AttributeError`, and what the call raises.
pub fn call_method(value: &Value, name: &str, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    if !matches!(value, Value::Object(_))
        && let Some(outcome) = methods::call(value, name, &arguments, budget)
    {
        return outcome;
    }
    let Some(function) = attribute(value, name)? else { return Err(no_attribute(value, name)) };
    call(&function, arguments, budget)
}

/// `value[key]`, slices included.
///
/// # Errors
/// What Python raises.
pub fn item(value: &Value, key: &Value, budget: &Budget) -> Outcome<Value> {
    item::get(value, key, budget)
}

/// `function(arguments)`
///
/// # Errors
/// What the call raises; `TypeError: 'str' object is not callable`.
pub fn call(function: &Value, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    match function {
        Value::Object(object) => {
            budget.step()?;
            arguments.positional.iter().try_for_each(|argument| budget.read(argument))?;
            budget.deeper(|| object.call(arguments, budget))
        }
        _ => Err(Stop::type_error(format!("'{}' object is not callable", function.error_name()))),
    }
}

/// Whether `iter(value)` works: those who word its failure in their own way ask before they walk, because an iterator can
/// fail in the same words on its way.
pub fn is_iterable(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.is_iterable(),
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) => true,
        Value::Str(_) | Value::Bytes(_) | Value::Range(_) => true,
        _ => false,
    }
}

/// The items of `iter(value)`. A long `range` spends its steps before it is laid out.
///
/// # Errors
/// `TypeError: 'int' object is not iterable`, and the budget's limits.
pub fn iterate(value: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    let spend = |count: usize| {
        budget.steps(count as u64)?;
        budget.bytes(count.saturating_mul(item::ITEM_BYTES))
    };
    match value {
        Value::List(items) => {
            spend(items.borrow().len())?;
            Ok(items.borrow().clone())
        }
        Value::Tuple(items) => {
            spend(items.len())?;
            Ok(items.to_vec())
        }
        Value::Dict(dict) => {
            spend(dict.borrow().len())?;
            Ok(dict.borrow().keys().cloned().collect())
        }
        Value::Set(set) => {
            spend(set.borrow().len())?;
            show::set_in_order(&set.borrow())
        }
        Value::Str(text) => {
            spend(text.len())?;
            Ok(text.chars().map(|character| Value::str(character.encode_utf8(&mut [0; 4]))).collect())
        }
        Value::Bytes(bytes) => {
            spend(bytes.len())?;
            Ok(bytes.iter().map(|byte| Value::from(i64::from(*byte))).collect())
        }
        Value::Range(range) => {
            let count = int::range_length(range).to_i64().and_then(|count| usize::try_from(count).ok());
            let count = count.unwrap_or(usize::MAX);
            spend(count)?;
            let (start, _, step) = &**range;
            let mut number = start.clone();
            let mut items = Vec::with_capacity(count);
            for _ in 0..count {
                let next = int::add(&number, step, budget)?;
                items.push(Value::Int(number));
                number = next;
            }
            Ok(items)
        }
        Value::Object(object) => budget.deeper(|| object.iterate(budget)),
        _ => Err(Stop::type_error(format!("'{}' object is not iterable", value.error_name()))),
    }
}

/// The items of `iter(value)` for a use that does not depend on their order: sets of any elements are allowed.
///
/// # Errors
/// As [`iterate`].
pub fn iterate_unordered(value: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    match value {
        Value::Set(set) => {
            budget.steps(set.borrow().len() as u64)?;
            budget.bytes(set.borrow().len().saturating_mul(item::ITEM_BYTES))?;
            Ok(set.borrow().keys().cloned().collect())
        }
        _ => iterate(value, budget),
    }
}

/// `len(value)`
///
/// # Errors
/// `TypeError: object of type 'int' has no len()`.
pub fn length(value: &Value) -> Outcome<usize> {
    Ok(match value {
        Value::Str(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.borrow().len(),
        Value::Tuple(items) => items.len(),
        Value::Dict(dict) | Value::Set(dict) => dict.borrow().len(),
        Value::Range(range) => match int::range_length(range) {
            Int::Small(length) => usize::try_from(length).map_err(|_| Stop::unsupported("len of a very long range"))?,
            Int::Big(_) => {
                return Err(Stop::raise("OverflowError", "Python int too large to convert to C ssize_t"));
            }
        },
        Value::Object(object) => return object.length(),
        _ => return Err(Stop::type_error(format!("object of type '{}' has no len()", value.error_name()))),
    })
}
