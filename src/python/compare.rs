//! Comparisons: equality, order, membership and identity.
//!
//! Long because equality calls itself through every kind of container, and order asks it first.

use std::cmp::Ordering;
use std::rc::Rc;

use super::methods::View;
use super::operators::Comparison;
use super::{Budget, Dict, Int, Object, Outcome, Stop, Value, access, complex, int};

/// `left == right`
///
/// # Errors
/// The budget's limits.
pub fn equal(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    Ok(match (left, right) {
        (Value::Str(a), Value::Str(b)) => {
            if a.len() == b.len() {
                budget.look_through(a.len())?;
            }
            a == b
        }
        (Value::Int(a), Value::Int(b)) => {
            budget.read(left)?;
            a == b
        }
        (Value::None, Value::None) => true,
        (Value::Object(a), _) => return object_equal(a, left, right, budget),
        (_, Value::Object(b)) => return object_equal(b, right, left, budget),
        (Value::Bool(_) | Value::Int(_) | Value::Float(_), Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
            numbers(left, right) == Some(Ordering::Equal)
        }
        (
            Value::Complex(real, imag),
            other @ (Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(..)),
        )
        | (other @ (Value::Bool(_) | Value::Int(_) | Value::Float(_)), Value::Complex(real, imag)) => {
            return complex::equal(*real, *imag, other, budget);
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            budget.look_through(a.len().min(b.len()))?;
            a == b
        }
        (Value::List(a), Value::List(b)) => {
            if Rc::ptr_eq(a, b) {
                return Ok(!any_nan(&a.borrow()) || same_nan()?);
            }
            if a.borrow().len() != b.borrow().len() {
                return Ok(false);
            }
            let (a, b) = (a.copied(budget)?, b.copied(budget)?);
            return sequences_equal(&a, &b, budget);
        }
        (Value::Tuple(a), Value::Tuple(b)) => return sequences_equal(a, b, budget),
        (Value::Dict(a), Value::Dict(b)) => {
            if Rc::ptr_eq(a, b) {
                return dicts_equal(&a.borrow(), &a.borrow(), budget);
            }
            if a.borrow().len() != b.borrow().len() {
                return Ok(false);
            }
            budget.steps(a.borrow().len() as u64)?;
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            return dicts_equal(&a, &b, budget);
        }
        (Value::Set(a), Value::Set(b)) => {
            Rc::ptr_eq(a, b) || (a.borrow().len() == b.borrow().len() && subset(&a.borrow(), &b.borrow(), budget)?)
        }
        (Value::Range(a), Value::Range(b)) => {
            let length = int::range_length(a);
            length == int::range_length(b)
                && (length.is_zero() || (a.0 == b.0 && (length == Int::Small(1) || a.2 == b.2)))
        }
        (Value::Slice(a), Value::Slice(b)) => {
            same_or_equal(&a.start, &b.start, budget)?
                && same_or_equal(&a.stop, &b.stop, budget)?
                && same_or_equal(&a.step, &b.step, budget)?
        }
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::TimeDelta(a), Value::TimeDelta(b)) => a == b,
        _ => false,
    })
}

fn object_equal(object: &Rc<dyn Object>, value: &Value, other: &Value, budget: &Budget) -> Outcome<bool> {
    object.is_known()?;
    if let Some(view) = value.downcast::<View>() {
        return view.equal(other, budget);
    }
    if let Some(answer) = object.equals(other) {
        return Ok(answer);
    }
    if let Some(view) = other.downcast::<View>() {
        return view.equal(value, budget);
    }
    if let Value::Object(second) = other
        && let Some(answer) = second.equals(value)
    {
        return Ok(answer);
    }
    match (value.base(), other.base()) {
        (a, b) if matches!((&*a, &*b), (Value::Object(_), _) | (_, Value::Object(_))) => {
            Ok(same_object(&a, &b).unwrap_or(false))
        }
        (a, b) => equal(&a, &b, budget),
    }
}

/// Whether two values are one object of the host's; `None` when one of them is not such an object.
fn same_object(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => Some(std::ptr::addr_eq(Rc::as_ptr(a), Rc::as_ptr(b))),
        _ => None,
    }
}

/// Items of containers are taken for equal when they are one object, which only a `nan` can tell.
pub(super) fn same_or_equal(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    match (left, right) {
        (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => same_nan(),
        (Value::Complex(..), Value::Complex(..)) if is_nan(left) && is_nan(right) => same_nan(),
        (Value::Object(_), Value::Object(_)) if same_object(left, right) == Some(true) => Ok(true),
        (Value::List(a), Value::List(b)) if Rc::ptr_eq(a, b) => Ok(true),
        (Value::Dict(a), Value::Dict(b)) if Rc::ptr_eq(a, b) => Ok(true),
        _ => equal(left, right, budget),
    }
}

/// Whether two `nan` are one object is known to the interpreter's memory only.
fn same_nan() -> Outcome<bool> {
    Err(Stop::unsupported("identity of nan"))
}

fn any_nan(items: &[Value]) -> bool {
    items.iter().any(is_nan)
}

fn is_nan(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.is_nan(),
        Value::Complex(real, imag) => real.is_nan() || imag.is_nan(),
        _ => false,
    }
}

fn sequences_equal(left: &[Value], right: &[Value], budget: &Budget) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    budget.steps(left.len() as u64)?;
    budget.deeper(|| {
        for (a, b) in left.iter().zip(right) {
            if !same_or_equal(a, b, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

fn dicts_equal(left: &Dict, right: &Dict, budget: &Budget) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    budget.steps(left.len() as u64)?;
    budget.deeper(|| {
        for (key, value) in left.iter() {
            budget.hash(key)?;
            match right.get(key)? {
                Some(other) if same_or_equal(value, other, budget)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    })
}

fn subset(left: &Dict, right: &Dict, budget: &Budget) -> Outcome<bool> {
    budget.steps(left.len() as u64)?;
    for key in left.keys() {
        budget.hash(key)?;
        if !right.contains(key)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How two numbers compare; `None` with a `nan`.
fn numbers(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Float(a), Value::Bool(b)) => a.partial_cmp(&f64::from(u8::from(*b))),
        (Value::Bool(a), Value::Float(b)) => f64::from(u8::from(*a)).partial_cmp(b),
        (Value::Float(a), Value::Int(b)) => int::compare_float(b, *a).map(Ordering::reverse),
        (Value::Int(a), Value::Float(b)) => int::compare_float(a, *b),
        (Value::Int(a), Value::Int(b)) => Some(int::compare(a, b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Int(b)) => Some(int::compare(&Int::Small((*a).into()), b)),
        (Value::Int(a), Value::Bool(b)) => Some(int::compare(a, &Int::Small((*b).into()))),
        _ => None,
    }
}

/// `<`, `<=`, `>`, `>=`
///
/// # Errors
/// `TypeError: '<' not supported between instances of 'NoneType' and 'int'`.
pub fn order(operator: Comparison, left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    let holds = |ordering: Ordering| match operator {
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    };
    Ok(match (left, right) {
        (Value::Bool(_) | Value::Int(_) | Value::Float(_), Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
            budget.read(left)?;
            numbers(left, right).is_some_and(holds)
        }
        (Value::Str(a), Value::Str(b)) => {
            budget.look_through(a.len().min(b.len()))?;
            holds(a.cmp(b))
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            budget.look_through(a.len().min(b.len()))?;
            holds(a.cmp(b))
        }
        (Value::Date(a), Value::Date(b)) => holds(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => holds(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => holds(a.cmp(b)),
        (Value::TimeDelta(a), Value::TimeDelta(b)) => holds(a.cmp(b)),
        (Value::Date(_), Value::DateTime(_)) | (Value::DateTime(_), Value::Date(_)) => {
            return Err(Stop::type_error("can't compare datetime.datetime to datetime.date"));
        }
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.copied(budget)?, b.copied(budget)?);
            return sequences_order(operator, &a, &b, budget);
        }
        (Value::Tuple(a), Value::Tuple(b)) => return sequences_order(operator, a, b, budget),
        (Value::Set(a), Value::Set(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            let sizes = a.len().cmp(&b.len());
            holds(sizes)
                && match operator {
                    Comparison::Less | Comparison::LessOrEqual => subset(&a, &b, budget)?,
                    _ => subset(&b, &a, budget)?,
                }
        }
        (Value::Slice(_), Value::Slice(_)) => return Err(Stop::unsupported("slice comparison")),
        (Value::Object(object), _) if let Some(answer) = object.order(operator, right, budget) => return answer,
        _ => return order_mixed(operator, left, right, budget),
    })
}

/// Order where the left side does not know: the right side is asked, then the values behind subclasses.
fn order_mixed(operator: Comparison, left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    if let Value::Object(object) = right {
        let turned = match operator {
            Comparison::Less => Comparison::Greater,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            Comparison::Greater => Comparison::Less,
            _ => Comparison::LessOrEqual,
        };
        if let Some(answer) = object.order(turned, left, budget) {
            return answer;
        }
    }
    let (a, b) = (left.base(), right.base());
    let known = matches!(left, Value::Object(_)) || matches!(right, Value::Object(_));
    if known && !matches!(&*a, Value::Object(_)) && !matches!(&*b, Value::Object(_)) {
        let ordered = order(operator, &a, &b, budget);
        // The error of two plain values would name the wrong types.
        if !matches!(&ordered, Err(Stop::Raise(error)) if error.message.contains("not supported between")) {
            return ordered;
        }
    }
    Err(Stop::type_error(format!(
        "'{}' not supported between instances of '{}' and '{}'",
        operator.symbol(),
        left.error_name(),
        right.error_name()
    )))
}

fn sequences_order(operator: Comparison, left: &[Value], right: &[Value], budget: &Budget) -> Outcome<bool> {
    budget.steps(left.len().min(right.len()) as u64)?;
    budget.deeper(|| {
        for (a, b) in left.iter().zip(right) {
            if !same_or_equal(a, b, budget)? {
                return order(operator, a, b, budget);
            }
        }
        let sizes = left.len().cmp(&right.len());
        Ok(match operator {
            Comparison::Less => sizes.is_lt(),
            Comparison::LessOrEqual => sizes.is_le(),
            Comparison::Greater => sizes.is_gt(),
            _ => sizes.is_ge(),
        })
    })
}

/// `item in container`
///
/// # Errors
/// `TypeError: argument of type 'int' is not iterable`, `TypeError: unhashable type: 'list'`...
pub fn contains(container: &Value, item: &Value, budget: &Budget) -> Outcome<bool> {
    Ok(match container {
        Value::Str(text) => match &*item.base() {
            Value::Str(part) => {
                // At worst a part is met again and again up to its end.
                budget.look_through(text.len().saturating_mul(if part.len() > 1 { 3 } else { 1 }))?;
                text.contains(&**part)
            }
            _ => {
                return Err(Stop::type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    item.error_name()
                )));
            }
        },
        Value::List(items) => {
            let items = items.copied(budget)?;
            return holds_item(&items, item, budget);
        }
        Value::Tuple(items) => return holds_item(items, item, budget),
        Value::Dict(dict) => {
            budget.hash(item)?;
            dict.borrow().contains(item)?
        }
        Value::Set(_) if matches!(item, Value::Set(_)) => return Err(Stop::unsupported("set in set")),
        Value::Set(dict) => {
            budget.hash(item)?;
            dict.borrow().contains(item)?
        }
        Value::Range(range) => match &*item.base() {
            Value::Int(number) => range_contains(range, number),
            Value::Bool(number) => range_contains(range, &Int::Small((*number).into())),
            Value::Float(number) => match Int::from_f64(*number) {
                Some(whole) if number.fract() == 0.0 => range_contains(range, &whole),
                _ => false,
            },
            Value::Object(_) => return Err(Stop::unsupported("object in range")),
            _ => false,
        },
        Value::Bytes(bytes) => match &*item.base() {
            Value::Bytes(part) => {
                // Each place may look through the whole part.
                budget.look_through(bytes.len().saturating_mul(part.len().saturating_add(16)))?;
                part.is_empty() || bytes.windows(part.len()).any(|window| *window == **part)
            }
            _ => return Err(Stop::unsupported("in bytes")),
        },
        Value::Object(object) => {
            if let Some(answer) = object.contains(item, budget) {
                return answer;
            }
            if !object.is_iterable() {
                return Err(not_iterable(container));
            }
            if let Some(base) = object.base() {
                return contains(&base, item, budget);
            }
            let items = access::iterate(container, budget)?;
            return holds_item(&items, item, budget);
        }
        _ => return Err(not_iterable(container)),
    })
}

/// `iter()` and `in` word the same failure differently.
fn not_iterable(container: &Value) -> Stop {
    Stop::type_error(format!("argument of type '{}' is not iterable", container.error_name()))
}

fn holds_item(items: &[Value], item: &Value, budget: &Budget) -> Outcome<bool> {
    budget.steps(items.len() as u64)?;
    for candidate in items {
        if same_or_equal(candidate, item, budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn range_contains(range: &(Int, Int, Int), number: &Int) -> bool {
    let (start, stop, step) = range;
    let (from, to) = (int::compare(number, start), int::compare(number, stop));
    let inside = if step.is_negative() { from.is_le() && to.is_gt() } else { from.is_ge() && to.is_lt() };
    if !inside {
        return false;
    }
    let distance: Int = (number.to_big() - start.to_big()).into();
    int::divide_floor(&distance, step).1.is_zero()
}

/// `left is right`, where the language or CPython's fixed objects settle it.
///
/// # Errors
/// `Unsupported` where equal values may or may not be one object.
pub fn identical(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    let known = match (left, right) {
        (Value::None, Value::None) => Some(true),
        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
        (Value::Int(a), Value::Int(b)) => match a {
            _ if a != b => Some(false),
            Int::Small(-5..=256) => Some(true),
            _ => None,
        },
        (Value::Float(a), Value::Float(b)) => (a != b && !(a.is_nan() && b.is_nan())).then_some(false),
        (Value::Str(a), Value::Str(b)) => match a.is_empty() {
            _ if a != b => Some(false),
            true => Some(true),
            false => None,
        },
        (Value::Bytes(a), Value::Bytes(b)) => (a != b).then_some(false),
        (Value::List(a), Value::List(b)) => Some(Rc::ptr_eq(a, b)),
        (Value::Dict(a), Value::Dict(b)) | (Value::Set(a), Value::Set(b)) => Some(Rc::ptr_eq(a, b)),
        (Value::Tuple(a), Value::Tuple(b)) if Rc::ptr_eq(a, b) => Some(true),
        (Value::Tuple(a), Value::Tuple(b)) if a.is_empty() && b.is_empty() => Some(true),
        (Value::Tuple(_), Value::Tuple(_))
        | (Value::Complex(..), Value::Complex(..))
        | (Value::Range(_), Value::Range(_))
        | (Value::Slice(_), Value::Slice(_))
        | (Value::Date(_), Value::Date(_))
        | (Value::DateTime(_), Value::DateTime(_))
        | (Value::Time(_), Value::Time(_))
        | (Value::TimeDelta(_), Value::TimeDelta(_)) => {
            if equal(left, right, budget)? {
                None
            } else {
                Some(false)
            }
        }
        (Value::Object(a), Value::Object(_)) => match same_object(left, right) {
            Some(true) => Some(true),
            // Builtins are made anew at every look-up here, but are one object there.
            _ => a.identical(right),
        },
        _ => Some(false),
    };
    known.ok_or_else(|| Stop::unsupported(format!("is between two {}", left.type_name())))
}
