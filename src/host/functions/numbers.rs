//! Numbers: `flt`, `cint`, `floor`, `ceil`, `remainder`, `safe_div`.

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use super::rounding;
use crate::python::operators::{self, Binary, Unary};
use crate::python::{Arguments, Budget, Int, Outcome, Stop, Value, access, builtins};

/// `float(value)` or `int(value)`
///
/// # Errors
/// What they raise.
pub fn convert(builtin: &'static str, value: &Value, budget: &Budget) -> Outcome<Value> {
    if is_undefined(value) {
        // It refuses this as it refuses a sign.
        return operators::unary(Unary::Negative, value, budget);
    }
    let function = builtins::builtin(builtin).ok_or_else(|| Stop::unsupported(builtin))?;
    access::call(&function, Arguments::positional(vec![value.clone()]), budget)
}

/// Whether the value is a name that a template does not know: it raises whatever is done with it.
fn is_undefined(value: &Value) -> bool {
    matches!(value, Value::Object(object) if object.type_name().ends_with("Undefined"))
}

/// What an exception on the host becomes: the host catches all of them here.
fn or_else<T>(outcome: Outcome<T>, otherwise: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    match outcome {
        Err(Stop::Raise(_)) => otherwise(),
        other => other,
    }
}

/// `flt(s, precision=None, rounding_method=None)`
pub fn flt(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "flt", &["s", "precision", "rounding_method"], 1)?;
    let (value, precision, method) = (given.value(), given.value(), given.value());
    flt_of(context, &value, &precision, &method, budget)
}

/// The host's `flt`: 0.0 for what is no number.
///
/// # Errors
/// `InvalidRoundingMethod`.
pub fn flt_of(context: &Context, value: &Value, precision: &Value, method: &Value, budget: &Budget) -> Outcome<Value> {
    let number = || {
        let number = Value::Float(float_of(value, budget)?);
        if matches!(precision, Value::None) {
            return Ok(number);
        }
        rounding::rounded_to(context, &number, cint_of(precision, budget)?, method, budget)
    };
    match number() {
        Err(Stop::Raise(error)) if error.kind == "frappe.exceptions.InvalidRoundingMethod" => Err(Stop::Raise(error)),
        outcome => or_else(outcome, || Ok(Value::Float(0.0))),
    }
}

/// `float(value)`, commas in a text left out.
fn float_of(value: &Value, budget: &Budget) -> Outcome<f64> {
    match value {
        // Its callers catch every exception, so the words do not matter.
        value if is_undefined(value) => Err(Stop::raise("jinja2.exceptions.UndefinedError", "")),
        Value::Float(number) => Ok(*number),
        Value::Int(number) => number.to_f64(),
        Value::Str(text) => match convert("float", &Value::from(text.replace(',', "")), budget)? {
            Value::Float(number) => Ok(number),
            _ => Err(Stop::unsupported("float")),
        },
        value => match convert("float", value, budget)? {
            Value::Float(number) => Ok(number),
            _ => Err(Stop::unsupported("float")),
        },
    }
}

/// `flt(value)` without a precision, as a float.
///
/// # Errors
/// None of the host's.
pub fn plain_float(value: &Value, budget: &Budget) -> Outcome<f64> {
    or_else(float_of(value, budget), || Ok(0.0))
}

/// `cint(s, default=0)`
pub fn cint(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "cint", &["s", "default"], 1)?;
    let value = given.value();
    cint_or(&value, given.option().unwrap_or(Value::from(0_i64)), budget)
}

fn cint_or(value: &Value, default: Value, budget: &Budget) -> Outcome<Value> {
    if let Value::Int(_) = value {
        return exactly(value.clone());
    }
    if is_undefined(value) {
        return Ok(default);
    }
    let number = or_else(convert("int", value, budget), || {
        or_else(convert("float", value, budget).and_then(|number| convert("int", &number, budget)), || Ok(default))
    })?;
    // A float has been one all the way.
    if matches!(value, Value::Float(_)) { Ok(number) } else { exactly(number) }
}

/// Some versions of the host go through a float, which whole numbers pass unchanged only up to this size.
fn exactly(number: Value) -> Outcome<Value> {
    const LARGEST: u64 = 1 << 53;
    match number.as_i64() {
        Some(small) if small.unsigned_abs() <= LARGEST => Ok(number),
        _ if matches!(number, Value::Int(_)) => Err(Stop::unsupported("cint of a number of more than 53 bits")),
        _ => Ok(number),
    }
}

/// `cint(value)` as a number of 64 bits.
///
/// # Errors
/// `Unsupported` when it does not fit.
pub fn cint_of(value: &Value, budget: &Budget) -> Outcome<i64> {
    match value {
        Value::None => Ok(0),
        value => {
            let number = cint_or(value, Value::from(0_i64), budget)?;
            number.as_i64().ok_or_else(|| Stop::unsupported("a very large int"))
        }
    }
}

/// `floor(s)`
pub fn floor(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "floor", &["s"], 1)?.value();
    let number = plain_float(&value, budget)?.floor();
    Ok(Int::from_f64(number).map_or(Value::from(0_i64), Value::Int))
}

/// `ceil(s)`
pub fn ceil(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "ceil", &["s"], 1)?.value();
    let number = plain_float(&value, budget)?.ceil();
    Ok(Int::from_f64(number).map_or(Value::from(0_i64), Value::Int))
}

/// `remainder(numerator, denominator, precision=2)`
pub fn remainder(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "remainder", &["numerator", "denominator", "precision"], 2)?;
    let (numerator, denominator) = (given.value(), given.value());
    let precision = given.option().unwrap_or(Value::from(2_i64));
    remainder_of(context, &numerator, &denominator, &precision, budget)
}

/// The host's `remainder`.
///
/// # Errors
/// What the arithmetic raises.
pub fn remainder_of(
    context: &Context,
    numerator: &Value,
    denominator: &Value,
    precision: &Value,
    budget: &Budget,
) -> Outcome<Value> {
    let precision = Value::from(cint_of(precision, budget)?);
    let rest = if operators::truth(&precision)? {
        let multiplier = operators::binary(Binary::Power, &Value::from(10_i64), &precision, budget)?;
        let numerator = operators::binary(Binary::Multiply, numerator, &multiplier, budget)?;
        let denominator = operators::binary(Binary::Multiply, denominator, &multiplier, budget)?;
        let rest = operators::binary(Binary::Modulo, &numerator, &denominator, budget)?;
        operators::binary(Binary::Divide, &rest, &multiplier, budget)?
    } else {
        operators::binary(Binary::Modulo, numerator, denominator, budget)?
    };
    flt_of(context, &rest, &precision, &Value::None, budget)
}

/// `safe_div(numerator, denominator, precision=2)`
pub fn safe_div(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "safe_div", &["numerator", "denominator", "precision"], 2)?;
    let (numerator, denominator) = (given.value(), given.value());
    let precision = Value::from(cint_of(&given.option().unwrap_or(Value::from(2_i64)), budget)?);
    let zero = crate::python::compare::equal(&denominator, &Value::from(0_i64), budget)?;
    let quotient = if zero {
        Value::Float(0.0)
    } else {
        let numerator = convert("float", &numerator, budget)?;
        operators::binary(Binary::Divide, &numerator, &denominator, budget)?
    };
    flt_of(context, &quotient, &precision, &Value::None, budget)
}
