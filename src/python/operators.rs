//! Operators: truth, arithmetic, comparison, membership, identity.

use std::rc::Rc;

use super::{Budget, Dict, Int, Outcome, Stop, Value, compare, complex, datetime, float, format, int, item};

pub use super::operator::{Binary, Comparison, Unary};

/// `bool(value)`
///
/// # Errors
/// What an object's `__bool__` raises.
pub fn truth(value: &Value) -> Outcome<bool> {
    Ok(match value {
        Value::None => false,
        Value::Bool(value) => *value,
        Value::Int(value) => !value.is_zero(),
        Value::Float(value) => *value != 0.0,
        Value::Complex(real, imag) => *real != 0.0 || *imag != 0.0,
        Value::Str(text) => !text.is_empty(),
        Value::Bytes(bytes) => !bytes.is_empty(),
        Value::List(items) => !items.borrow().is_empty(),
        Value::Tuple(items) => !items.is_empty(),
        Value::Dict(dict) | Value::Set(dict) => !dict.borrow().is_empty(),
        Value::Range(range) => !int::range_length(range).is_zero(),
        Value::TimeDelta(delta) => delta.microseconds != 0,
        Value::Slice(_) | Value::Date(_) | Value::DateTime(_) | Value::Time(_) => true,
        Value::Object(object) => return object.truth(),
    })
}

/// `left op right`
///
/// # Errors
/// What Python raises (`TypeError`, `ZeroDivisionError`, `OverflowError`...), and the budget's limits.
pub fn binary(operator: Binary, left: &Value, right: &Value, budget: &Budget) -> Outcome<Value> {
    if let Value::Object(object) = left
        && let Some(outcome) = object.binary(operator, right, false, budget)
    {
        return outcome;
    }
    if let Value::Object(object) = right
        && let Some(outcome) = object.binary(operator, left, true, budget)
    {
        return outcome;
    }
    match builtin(operator, &left.base(), &right.base(), budget)? {
        Some(value) => Ok(value),
        None => Err(unsupported_operands(operator, left, right)),
    }
}

/// The `TypeError` of two values that an operator does not know.
fn unsupported_operands(operator: Binary, left: &Value, right: &Value) -> Stop {
    let (a, b) = (left.error_name(), right.error_name());
    let (base, other) = (left.base(), right.base());
    match operator {
        Binary::Add => match &*base {
            Value::Str(_) => {
                return Stop::type_error(format!("can only concatenate str (not \"{b}\") to str"));
            }
            Value::List(_) => return Stop::type_error(format!("can only concatenate list (not \"{b}\") to list")),
            Value::Tuple(_) => return Stop::type_error(format!("can only concatenate tuple (not \"{b}\") to tuple")),
            Value::Bytes(_) => return Stop::type_error(format!("can't concat {b} to bytes")),
            _ => {}
        },
        Binary::Multiply => {
            let repeats =
                |value: &Value| matches!(value, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_));
            if repeats(&base) {
                return Stop::type_error(format!("can't multiply sequence by non-int of type '{b}'"));
            }
            if repeats(&other) {
                return Stop::type_error(format!("can't multiply sequence by non-int of type '{a}'"));
            }
        }
        _ => {}
    }
    Stop::type_error(format!("unsupported operand type(s) for {}: '{a}' and '{b}'", operator.symbol()))
}

/// An operator between builtin values; `None` when their types do not know it.
fn builtin(operator: Binary, left: &Value, right: &Value, budget: &Budget) -> Outcome<Option<Value>> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => integers(operator, a, b, budget),
        (Value::Float(a), Value::Float(b)) => floats(operator, *a, *b),
        (Value::Str(text), _) if operator == Binary::Modulo => {
            format::percent(text, right, budget).map(|text| Some(text.into()))
        }
        (Value::Bytes(_), _) if operator == Binary::Modulo => Err(Stop::unsupported("bytes % values")),
        (Value::Complex(..), _) | (_, Value::Complex(..)) => complex::binary(operator, left, right),
        (Value::Bool(a), Value::Bool(b)) if matches!(operator, Binary::BitAnd | Binary::BitOr | Binary::BitXor) => {
            Ok(Some(Value::Bool(match operator {
                Binary::BitAnd => a & b,
                Binary::BitOr => a | b,
                _ => a ^ b,
            })))
        }
        (Value::Bool(_) | Value::Int(_), Value::Bool(_) | Value::Int(_)) => match (as_int(left), as_int(right)) {
            (Some(a), Some(b)) => integers(operator, &a, &b, budget),
            _ => Ok(None),
        },
        (Value::Float(_), Value::Bool(_) | Value::Int(_)) | (Value::Bool(_) | Value::Int(_), Value::Float(_)) => {
            if is_arithmetic(operator) {
                floats(operator, as_float(left)?, as_float(right)?)
            } else {
                Ok(None)
            }
        }
        (Value::Str(a), Value::Str(b)) if operator == Binary::Add => {
            budget.bytes(a.len().saturating_add(b.len()))?;
            let mut text = String::with_capacity(a.len() + b.len());
            text.push_str(a);
            text.push_str(b);
            Ok(Some(text.into()))
        }
        (Value::Bytes(a), Value::Bytes(b)) if operator == Binary::Add => {
            budget.bytes(a.len().saturating_add(b.len()))?;
            Ok(Some(Value::Bytes(a.iter().chain(b.iter()).copied().collect())))
        }
        (Value::List(a), Value::List(b)) if operator == Binary::Add => {
            let (a, b) = (a.copied(budget)?, b.copied(budget)?);
            joined(&a, &b, budget).map(|items| Some(Value::list(items)))
        }
        (Value::Tuple(a), Value::Tuple(b)) if operator == Binary::Add => {
            joined(a, b, budget).map(|items| Some(Value::tuple(items)))
        }
        (Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_), Value::Int(_) | Value::Bool(_))
            if operator == Binary::Multiply =>
        {
            repeat(left, right, budget)
        }
        (Value::Int(_) | Value::Bool(_), Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_))
            if operator == Binary::Multiply =>
        {
            repeat(right, left, budget)
        }
        (Value::Set(a), Value::Set(b)) => sets(operator, &a.borrow(), &b.borrow(), budget),
        (Value::Dict(a), Value::Dict(b)) if operator == Binary::BitOr => {
            let mut merged = a.borrow().clone();
            budget.bytes(item::ITEM_BYTES.saturating_mul(merged.len() + b.borrow().len()))?;
            for (key, value) in b.borrow().iter() {
                budget.hash(key)?;
                merged.insert(key.clone(), value.clone())?;
            }
            Ok(Some(Value::dict(merged)))
        }
        (Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_), _)
        | (_, Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_)) => datetime::binary(operator, left, right),
        _ => Ok(None),
    }
}

fn joined(left: &[Value], right: &[Value], budget: &Budget) -> Outcome<Vec<Value>> {
    budget.bytes(item::ITEM_BYTES.saturating_mul(left.len().saturating_add(right.len())))?;
    Ok(left.iter().chain(right).cloned().collect())
}

/// The number of a `bool` or an `int`.
pub(super) fn as_int(value: &Value) -> Option<Int> {
    match value {
        Value::Bool(value) => Some(Int::Small((*value).into())),
        Value::Int(value) => Some(value.clone()),
        _ => None,
    }
}

fn as_float(value: &Value) -> Outcome<f64> {
    match value {
        Value::Float(value) => Ok(*value),
        Value::Bool(value) => Ok(f64::from(u8::from(*value))),
        Value::Int(value) => value.to_f64(),
        _ => Err(Stop::unsupported("float")),
    }
}

fn is_arithmetic(operator: Binary) -> bool {
    use Binary::{Add, Divide, FloorDivide, Modulo, Multiply, Power, Subtract};
    matches!(operator, Add | Subtract | Multiply | Divide | FloorDivide | Modulo | Power)
}

fn by_zero(message: &str) -> Stop {
    Stop::raise("ZeroDivisionError", message)
}

fn integers(operator: Binary, left: &Int, right: &Int, budget: &Budget) -> Outcome<Option<Value>> {
    Ok(Some(Value::Int(match operator {
        Binary::Add => int::add(left, right, budget)?,
        Binary::Subtract => int::subtract(left, right, budget)?,
        Binary::Multiply => int::multiply(left, right, budget)?,
        Binary::Divide if right.is_zero() => return Err(by_zero("division by zero")),
        Binary::Divide => {
            int::divides(left, right, budget)?;
            return Ok(Some(Value::Float(int::divide_true(left, right)?)));
        }
        Binary::FloorDivide if right.is_zero() => return Err(by_zero("integer division or modulo by zero")),
        Binary::FloorDivide => {
            int::divides(left, right, budget)?;
            int::divide_floor(left, right).0
        }
        Binary::Modulo if right.is_zero() => return Err(by_zero("integer modulo by zero")),
        Binary::Modulo => {
            int::divides(left, right, budget)?;
            int::divide_floor(left, right).1
        }
        Binary::Power if right.is_negative() => {
            return floats(operator, left.to_f64()?, right.to_f64()?);
        }
        Binary::Power => int::power(left, right, budget)?,
        Binary::ShiftLeft => int::shift(left, right, true, budget)?,
        Binary::ShiftRight => int::shift(left, right, false, budget)?,
        Binary::BitAnd => int::bitwise(left, right, |a, b| a & b, |a, b| a & b, budget)?,
        Binary::BitOr => int::bitwise(left, right, |a, b| a | b, |a, b| a | b, budget)?,
        Binary::BitXor => int::bitwise(left, right, |a, b| a ^ b, |a, b| a ^ b, budget)?,
        Binary::MatrixMultiply => return Ok(None),
    })))
}

fn floats(operator: Binary, left: f64, right: f64) -> Outcome<Option<Value>> {
    Ok(Some(Value::Float(match operator {
        Binary::Add => left + right,
        Binary::Subtract => left - right,
        Binary::Multiply => left * right,
        Binary::Divide if right == 0.0 => return Err(by_zero("float division by zero")),
        Binary::Divide => left / right,
        Binary::FloorDivide if right == 0.0 => return Err(by_zero("float floor division by zero")),
        Binary::FloorDivide => float::floor_divide(left, right),
        Binary::Modulo if right == 0.0 => return Err(by_zero("float modulo")),
        Binary::Modulo => float::modulo(left, right),
        Binary::Power if float::is_complex_power(left, right) => return complex::root(left, right).map(Some),
        Binary::Power => float::power(left, right)?,
        _ => return Ok(None),
    })))
}

/// `sequence * count`
fn repeat(sequence: &Value, count: &Value, budget: &Budget) -> Outcome<Option<Value>> {
    let Some(count) = as_int(count) else { return Ok(None) };
    let Some(count) = count.to_i64() else {
        return Err(Stop::raise("OverflowError", "cannot fit 'int' into an index-sized integer"));
    };
    let count = usize::try_from(count).unwrap_or(if count < 0 { 0 } else { usize::MAX });
    let items = |items: &[Value]| -> Outcome<Vec<Value>> {
        budget.bytes(items.len().saturating_mul(count).saturating_mul(item::ITEM_BYTES))?;
        Ok(if items.is_empty() { Vec::new() } else { std::iter::repeat_n(items, count).flatten().cloned().collect() })
    };
    Ok(Some(match sequence {
        Value::Str(text) => {
            budget.bytes(text.len().saturating_mul(count))?;
            if text.is_empty() { Value::str("") } else { text.repeat(count).into() }
        }
        Value::Bytes(bytes) => {
            budget.bytes(bytes.len().saturating_mul(count))?;
            Value::Bytes(if bytes.is_empty() { Rc::from([]) } else { bytes.repeat(count).into() })
        }
        Value::List(list) => Value::list(items(&list.borrow())?),
        Value::Tuple(tuple) => Value::tuple(items(tuple)?),
        _ => return Ok(None),
    }))
}

/// `& | - ^` between two sets.
pub(super) fn sets(operator: Binary, left: &Dict, right: &Dict, budget: &Budget) -> Outcome<Option<Value>> {
    budget.bytes(item::ITEM_BYTES.saturating_mul(left.len().saturating_add(right.len())))?;
    let mut result = Dict::default();
    let mut take = |from: &Dict, other: &Dict, wanted: bool| -> Outcome<()> {
        for key in from.keys() {
            budget.hash(key)?;
            if other.contains(key)? == wanted {
                result.insert(key.clone(), Value::None)?;
            }
        }
        Ok(())
    };
    match operator {
        // The keys come from the smaller set, and from the right one when both are as large.
        Binary::BitAnd if right.len() > left.len() => take(left, right, true)?,
        Binary::BitAnd => take(right, left, true)?,
        Binary::Subtract => take(left, right, false)?,
        Binary::BitXor => {
            take(left, right, false)?;
            take(right, left, false)?;
        }
        Binary::BitOr => {
            result = left.clone();
            for key in right.keys() {
                budget.hash(key)?;
                result.insert(key.clone(), Value::None)?;
            }
        }
        _ => return Ok(None),
    }
    // For two of them CPython may take the common elements out of a copy; copies keep where elements were pushed to.
    let removed = match operator {
        Binary::Subtract => result.len() != left.len() || left.is_scarred(),
        Binary::BitXor => result.len() != left.len() + right.len() || left.is_scarred() || right.is_scarred(),
        Binary::BitOr => left.is_scarred() || right.is_scarred(),
        _ => false,
    };
    if removed {
        result.scar();
    }
    Ok(Some(Value::set(result)))
}

/// `op value`
///
/// # Errors
/// What Python raises.
pub fn unary(operator: Unary, value: &Value, budget: &Budget) -> Outcome<Value> {
    if operator == Unary::Not {
        return Ok(Value::Bool(!truth(value)?));
    }
    if let Value::Object(object) = value
        && let Some(outcome) = object.unary(operator, budget)
    {
        return outcome;
    }
    let base = value.base();
    let symbol = match (operator, &*base) {
        (_, Value::Int(_) | Value::Bool(_)) => {
            let number = as_int(&base).unwrap_or(Int::Small(0));
            return Ok(Value::Int(match operator {
                Unary::Negative => int::negate(&number),
                Unary::Invert => int::invert(&number),
                _ => number,
            }));
        }
        (Unary::Negative, Value::Float(number)) => return Ok(Value::Float(-number)),
        (Unary::Negative, Value::Complex(real, imag)) => return Ok(Value::Complex(-real, -imag)),
        (Unary::Positive, Value::Float(_) | Value::Complex(..) | Value::TimeDelta(_)) => return Ok(base.into_owned()),
        (Unary::Negative, Value::TimeDelta(delta)) => {
            return Ok(Value::TimeDelta(datetime::TimeDelta::new(-delta.microseconds)?));
        }
        (Unary::Negative, _) => "-",
        (Unary::Positive, _) => "+",
        _ => "~",
    };
    Err(Stop::type_error(format!("bad operand type for unary {symbol}: '{}'", value.error_name())))
}

/// `left op right` for one link of a chain of comparisons.
///
/// # Errors
/// What Python raises, and `Unsupported` where the answer depends on the interpreter's memory (`is` between texts).
pub fn compare(operator: Comparison, left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    match operator {
        Comparison::Equal => compare::equal(left, right, budget),
        Comparison::NotEqual => Ok(!compare::equal(left, right, budget)?),
        Comparison::In => compare::contains(right, left, budget),
        Comparison::NotIn => Ok(!compare::contains(right, left, budget)?),
        Comparison::Is => compare::identical(left, right, budget),
        Comparison::IsNot => Ok(!compare::identical(left, right, budget)?),
        _ => compare::order(operator, left, right, budget),
    }
}

/// `left == right`
///
/// # Errors
/// The budget's limits (nested lists).
pub fn equals(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    compare::equal(left, right, budget)
}
