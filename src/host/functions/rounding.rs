//! Rounding: Python's `round()` on floats, and the host's three rounding methods.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Signed;

use super::super::Context;
use super::given::Given;
use super::numbers::cint_of;
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Int, Outcome, Stop, Value, float, int, show};

/// A whole number of powers of ten that floats hold exactly.
const EXACT_TENS: i64 = 22;
/// Floats hold whole numbers below this exactly.
const EXACT_WHOLE: f64 = 9_007_199_254_740_992.0;

/// `round(value, digits)`
///
/// # Errors
/// `TypeError: type str doesn't define __round__ method`; `Unsupported` for a count of digits that nobody writes.
pub fn round(value: &Value, digits: Option<i64>, budget: &Budget) -> Outcome<Value> {
    match (&*value.base(), digits) {
        (Value::Float(number), Some(digits)) => round_float(*number, digits).map(Value::Float),
        (Value::Float(number), None) => {
            let rounded = round_float(*number, 0)?;
            Int::from_f64(rounded).map(Value::Int).ok_or_else(|| not_finite(*number))
        }
        (Value::Int(number), digits) if digits.is_none_or(|digits| digits >= 0) => Ok(Value::Int(number.clone())),
        (Value::Bool(value), digits) if digits.is_none_or(|digits| digits >= 0) => Ok(Value::from(i64::from(*value))),
        (Value::Int(_) | Value::Bool(_), _) => Err(Stop::unsupported("round of an int to negative digits")),
        (Value::Object(_), _) => Err(Stop::unsupported("round of an object")),
        (other, _) => {
            budget.step()?;
            Err(Stop::type_error(format!("type {} doesn't define __round__ method", other.error_name())))
        }
    }
}

/// A float to so many digits: the decimal nearest to it, ties to even, and then the float nearest to that.
fn round_float(number: f64, digits: i64) -> Outcome<f64> {
    if !number.is_finite() || number == 0.0 || digits > 330 {
        return Ok(number);
    }
    if digits < -330 {
        return Ok(0.0_f64.copysign(number));
    }
    let scaled = scaled(number, digits);
    let tens = BigInt::from(10).pow(u32::try_from(digits.unsigned_abs()).unwrap_or(0));
    let value = if digits >= 0 { int::ratio(&scaled, &tens) } else { int::ratio(&(scaled * tens), &BigInt::from(1)) };
    let value = value.ok_or_else(|| Stop::raise("OverflowError", "rounded value too large to represent"))?;
    Ok(value.copysign(number))
}

/// The whole number nearest to `|number| * 10**digits`, ties to even. The number is finite.
fn scaled(number: f64, digits: i64) -> BigInt {
    let (mantissa, exponent) = float::decompose(number);
    let (mut numerator, mut denominator) = (BigInt::from(mantissa), BigInt::from(1));
    if exponent >= 0 {
        numerator <<= exponent.unsigned_abs();
    } else {
        denominator <<= exponent.unsigned_abs();
    }
    let tens = BigInt::from(10).pow(u32::try_from(digits.unsigned_abs()).unwrap_or(0));
    if digits >= 0 {
        numerator *= tens;
    } else {
        denominator *= tens;
    }
    let (quotient, rest) = (&numerator / &denominator, &numerator % &denominator);
    let twice = rest * 2;
    if twice > denominator || (twice == denominator && quotient.bit(0)) { quotient + 1 } else { quotient }
}

/// `"%.*f" % (digits, number)` for a finite number and up to 100 digits.
pub fn fixed(number: f64, digits: u32) -> String {
    let whole = scaled(number, digits.into()).abs().to_string();
    let digits = usize::try_from(digits).unwrap_or(0);
    let padded = format!("{whole:0>width$}", width = digits + 1);
    let (before, after) = padded.split_at_checked(padded.len() - digits).unwrap_or((&padded, ""));
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if digits == 0 { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

fn not_finite(number: f64) -> Stop {
    if number.is_nan() {
        Stop::value_error("cannot convert float NaN to integer")
    } else {
        Stop::raise("OverflowError", "cannot convert float infinity to integer")
    }
}

/// The method of sites that never chose one.
const LEGACY: &str = "Banker's Rounding (legacy)";

/// `rounded(num, precision=0, rounding_method=None)`
pub fn rounded(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "rounded", &["num", "precision", "rounding_method"], 1)?;
    let (number, precision, method) = (given.value(), given.value(), given.value());
    let precision = cint_of(&precision, budget)?;
    rounded_to(context, &number, precision, &method, budget)
}

/// The host's `rounded` with a precision that is a whole number already.
///
/// # Errors
/// What the host raises, `InvalidRoundingMethod` among it; `Unsupported` where the last bit depends on the C library.
pub fn rounded_to(
    context: &Context,
    number: &Value,
    precision: i64,
    method: &Value,
    budget: &Budget,
) -> Outcome<Value> {
    if precision.abs() > EXACT_TENS {
        return Err(Stop::unsupported("rounding to more than 22 digits"));
    }
    let method = match method {
        Value::Str(method) if !method.is_empty() => &**method,
        Value::Str(_) | Value::None => match context.setting("rounding_method") {
            Some("") => LEGACY,
            Some(setting) => setting,
            None => return by_every_method(number, precision, budget),
        },
        _ => return Err(Stop::unsupported("a rounding method that is no text")),
    };
    match method {
        "Banker's Rounding" => bankers(number, precision, budget),
        LEGACY => legacy(number, precision, budget),
        "Commercial Rounding" => away_from_zero(number, precision),
        _ => Err(Stop::raise(
            "frappe.exceptions.InvalidRoundingMethod",
            context.translate("Unknown Rounding Method: {}").replacen("{}", method, 1),
        )),
    }
}

/// What all methods answer, where the page does not know the site's.
fn by_every_method(number: &Value, precision: i64, budget: &Budget) -> Outcome<Value> {
    let shown = |answer: &Outcome<Value>| answer.clone().and_then(|value| show::repr(&value, budget));
    let first = bankers(number, precision, budget);
    let wanted = shown(&first);
    let others = [legacy(number, precision, budget), away_from_zero(number, precision)];
    if others.iter().any(|other| shown(other) != wanted) {
        return Err(Stop::Server("server/site"));
    }
    first
}

/// `10**precision`
fn multiplier(precision: i64, budget: &Budget) -> Outcome<Value> {
    operators::binary(Binary::Power, &Value::from(10_i64), &Value::from(precision), budget)
}

/// A number that floats hold exactly, with its whole part below it.
fn parts(number: &Value) -> Outcome<(f64, f64)> {
    let number = match &*number.base() {
        Value::Float(number) if !number.is_finite() => return Err(not_finite(*number)),
        Value::Float(number) => *number,
        value => exact(value)?,
    };
    Ok((number, number.floor()))
}

/// An int that a float holds exactly.
fn exact(value: &Value) -> Outcome<f64> {
    match &*value.base() {
        Value::Int(number) => number.to_f64().ok().filter(|number| number.abs() < EXACT_WHOLE),
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        _ => None,
    }
    .ok_or_else(|| Stop::unsupported("rounding a very large int"))
}

fn is_even(whole: f64) -> bool {
    whole % 2.0 == 0.0
}

fn nearest(number: f64) -> f64 {
    // Ties to even, as round() without digits.
    number.round_ties_even()
}

/// `num / multiplier`
fn divided(number: f64, multiplier: &Value) -> Outcome<Value> {
    let multiplier = match multiplier {
        Value::Float(multiplier) => *multiplier,
        other => other.as_i64().map_or_else(
            || match other {
                Value::Int(number) => number.to_f64(),
                _ => Err(Stop::unsupported("multiplier")),
            },
            |number| Int::Small(number).to_f64(),
        )?,
    };
    Ok(Value::Float(number / multiplier))
}

fn bankers(number: &Value, precision: i64, budget: &Budget) -> Outcome<Value> {
    let multiplier = multiplier(precision, budget)?;
    let product = operators::binary(Binary::Multiply, number, &multiplier, budget)?;
    let product = round(&product, Some(12), budget)?;
    if matches!(&product, Value::Int(number) if number.is_zero()) || matches!(product, Value::Float(0.0)) {
        return Ok(Value::Float(0.0));
    }
    let (value, floor) = parts(&product)?;
    let rest = value - floor;
    let whole = if closer_than_epsilon((rest - 0.5).abs(), value)? {
        if is_even(floor) { floor } else { floor + 1.0 }
    } else {
        nearest(value)
    };
    // Python's result is an int, which knows no minus zero.
    divided(whole + 0.0, &multiplier)
}

/// Whether a distance is below `2.0 ** (math.log(abs(number), 2) - 52.0)`.
///
/// The C library's last bits could only matter when the two are equal up to them.
fn closer_than_epsilon(distance: f64, number: f64) -> Outcome<bool> {
    let epsilon = number.abs() * f64::EPSILON;
    if (distance - epsilon).abs() <= epsilon * 1e-9 {
        return Err(Stop::unsupported("a rounding that depends on the last bit of a logarithm"));
    }
    Ok(distance < epsilon)
}

fn legacy(number: &Value, precision: i64, budget: &Budget) -> Outcome<Value> {
    let multiplier = multiplier(precision, budget)?;
    let product = match precision {
        0 => number.clone(),
        _ => operators::binary(Binary::Multiply, number, &multiplier, budget)?,
    };
    let (value, floor) = parts(&round(&product, Some(8), budget)?)?;
    let whole = match value - floor {
        0.5 if precision == 0 && is_even(floor) => floor,
        0.5 => floor + 1.0,
        _ => nearest(value),
    };
    if precision != 0 {
        return divided(whole + 0.0, &multiplier);
    }
    Int::from_f64(whole).map(Value::Int).ok_or_else(|| Stop::unsupported("rounding of this number"))
}

fn away_from_zero(number: &Value, precision: i64) -> Outcome<Value> {
    let value = match &*number.base() {
        Value::Float(value) if !value.is_finite() => return Err(Stop::unsupported("rounding inf or nan")),
        Value::Float(value) => *value,
        value @ (Value::Int(_) | Value::Bool(_)) => exact(value)?,
        Value::Object(_) => return Err(Stop::unsupported("rounding an object")),
        // It has an absolute value, but no logarithm.
        Value::TimeDelta(_) => return Err(Stop::type_error("must be real number, not datetime.timedelta")),
        other => return Err(Stop::type_error(format!("bad operand type for abs(): '{}'", other.error_name()))),
    };
    if value == 0.0 {
        return Ok(Value::Float(0.0));
    }
    // The C library's logarithm and power may be off in their last bits, which rarely matters.
    let epsilon = value * f64::EPSILON;
    let low = round_float(value + epsilon * (1.0 - 1e-9), precision)?;
    let high = round_float(value + epsilon * (1.0 + 1e-9), precision)?;
    if low.to_bits() == high.to_bits() {
        Ok(Value::Float(low))
    } else {
        Err(Stop::unsupported("a rounding that depends on the last bit of a logarithm"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations from CPython 3.11.
    #[test]
    fn floats_round_as_cpython_rounds_them() {
        for (number, digits, expected) in [
            (2.675, 2, "2.67"),
            (0.125, 2, "0.12"),
            (2.5, 0, "2.0"),
            (-0.001, 2, "-0.0"),
            (1250.0, -2, "1200.0"),
            (1e22, 2, "1e+22"),
            (5e-324, 3, "0.0"),
            (1234567.891, 1, "1234567.9"),
        ] {
            assert_eq!(float::repr(round_float(number, digits).unwrap()), expected, "round({number}, {digits})");
        }
        for (number, digits, expected) in [
            (0.5, 0, "0"),
            (1.005, 2, "1.00"),
            (-0.0, 2, "-0.00"),
            (0.001, 4, "0.0010"),
            (1e21, 1, "1000000000000000000000.0"),
        ] {
            assert_eq!(fixed(number, digits), expected);
        }
    }
}
