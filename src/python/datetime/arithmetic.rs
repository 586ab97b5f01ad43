//! `+ - * / // %` between dates, times and differences.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::super::operators::Binary;
use super::super::{Int, Outcome, Stop, Value, float, int};
use super::{DAY, Date, DateTime, TimeDelta};

/// `left op right` when one of them is of `datetime`; `None` stands for `NotImplemented`.
///
/// # Errors
/// `OverflowError: date value out of range`, `ZeroDivisionError`...
pub fn binary(operator: Binary, left: &Value, right: &Value) -> Outcome<Option<Value>> {
    use Value::{Date as D, DateTime as M, TimeDelta as T};
    Ok(Some(match (operator, left, right) {
        (Binary::Add, D(date), T(delta)) | (Binary::Add, T(delta), D(date)) => D(shift(*date, delta.days())?),
        (Binary::Add, M(moment), T(delta)) | (Binary::Add, T(delta), M(moment)) => M(add(*moment, *delta)?),
        (Binary::Add, T(a), T(b)) => T(TimeDelta::new(a.microseconds + b.microseconds)?),
        (Binary::Subtract, D(a), D(b)) => T(TimeDelta::new(i128::from(a.ordinal() - b.ordinal()) * DAY)?),
        (Binary::Subtract, M(a), M(b)) => T(subtract(*a, *b)?),
        // CPython takes away the whole days of the difference, rounded down before the sign is turned.
        (Binary::Subtract, D(date), T(delta)) => D(shift(*date, -delta.days())?),
        (Binary::Subtract, M(moment), T(delta)) => {
            M(DateTime::from_microseconds(moment.microseconds() - delta.microseconds).ok_or_else(out_of_range)?)
        }
        (Binary::Subtract, T(a), T(b)) => T(TimeDelta::new(a.microseconds - b.microseconds)?),
        (Binary::Divide, T(a), T(b)) => {
            if b.microseconds == 0 {
                return Err(Stop::raise("ZeroDivisionError", "division by zero"));
            }
            Value::Float(int::divide_true(&whole(*a), &whole(*b))?)
        }
        (Binary::FloorDivide, T(_), T(b)) if b.microseconds == 0 => return Err(by_zero()),
        (Binary::Modulo, T(_), T(b)) if b.microseconds == 0 => {
            return Err(Stop::raise("ZeroDivisionError", "integer modulo by zero"));
        }
        (Binary::FloorDivide, T(a), T(b)) => Value::Int(int::divide_floor(&whole(*a), &whole(*b)).0),
        (Binary::Modulo, T(a), T(b)) => T(TimeDelta::from_big(&int::divide_floor(&whole(*a), &whole(*b)).1.to_big())?),
        (Binary::Multiply, T(delta), number) | (Binary::Multiply, number, T(delta)) => return times(*delta, number),
        (Binary::Divide | Binary::FloorDivide, T(delta), number) => return divide(operator, *delta, number),
        _ => return Ok(None),
    }))
}

/// `moment + delta`
///
/// # Errors
/// `OverflowError: date value out of range`.
pub fn add(moment: DateTime, delta: TimeDelta) -> Outcome<DateTime> {
    DateTime::from_microseconds(moment.microseconds() + delta.microseconds).ok_or_else(out_of_range)
}

/// `left - right`
///
/// # Errors
/// None in practice: two datetimes are never that far apart.
pub fn subtract(left: DateTime, right: DateTime) -> Outcome<TimeDelta> {
    TimeDelta::new(left.microseconds() - right.microseconds())
}

fn shift(date: Date, days: i64) -> Outcome<Date> {
    Date::from_ordinal(date.ordinal() + days).ok_or_else(out_of_range)
}

fn out_of_range() -> Stop {
    Stop::raise("OverflowError", "date value out of range")
}

fn by_zero() -> Stop {
    Stop::raise("ZeroDivisionError", "integer division or modulo by zero")
}

fn whole(delta: TimeDelta) -> Int {
    BigInt::from(delta.microseconds).into()
}

fn times(delta: TimeDelta, number: &Value) -> Outcome<Option<Value>> {
    let microseconds = BigInt::from(delta.microseconds);
    let product = match number {
        Value::Bool(value) => microseconds * i32::from(*value),
        Value::Int(value) => microseconds * value.to_big(),
        Value::Float(value) => {
            let (numerator, denominator) = integer_ratio(*value)?;
            divide_nearest(&(microseconds * numerator), &denominator)
        }
        _ => return Ok(None),
    };
    Ok(Some(Value::TimeDelta(TimeDelta::from_big(&product)?)))
}

fn divide(operator: Binary, delta: TimeDelta, number: &Value) -> Outcome<Option<Value>> {
    let microseconds = BigInt::from(delta.microseconds);
    let (numerator, denominator) = match number {
        Value::Bool(value) => (microseconds, BigInt::from(i32::from(*value))),
        Value::Int(value) => (microseconds, value.to_big()),
        Value::Float(value) if operator == Binary::Divide => {
            let (numerator, denominator) = integer_ratio(*value)?;
            (microseconds * denominator, numerator)
        }
        _ => return Ok(None),
    };
    if denominator.is_zero() {
        return Err(by_zero());
    }
    let quotient = if operator == Binary::Divide {
        divide_nearest(&numerator, &denominator)
    } else {
        int::divide_floor(&numerator.into(), &denominator.into()).0.to_big()
    };
    Ok(Some(Value::TimeDelta(TimeDelta::from_big(&quotient)?)))
}

/// `float.as_integer_ratio()`
///
/// # Errors
/// `ValueError` for `nan`, `OverflowError` for the infinities.
pub fn integer_ratio(value: f64) -> Outcome<(BigInt, BigInt)> {
    if value.is_nan() {
        return Err(Stop::value_error("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(Stop::raise("OverflowError", "cannot convert Infinity to integer ratio"));
    }
    let (mantissa, exponent) = float::decompose(value);
    let zeros = if mantissa == 0 { 0 } else { i64::from(mantissa.trailing_zeros()).min((-exponent).max(0)) };
    let numerator = BigInt::from(mantissa >> zeros) << exponent.max(0).unsigned_abs();
    let denominator =
        if mantissa == 0 { BigInt::from(1) } else { BigInt::from(1) << (-exponent - zeros).max(0).unsigned_abs() };
    Ok((if value < 0.0 { -numerator } else { numerator }, denominator))
}

/// The nearest integer to a quotient, ties to even.
pub fn divide_nearest(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (quotient, remainder) = int::divide_floor(&numerator.clone().into(), &denominator.clone().into());
    let (quotient, twice) = (quotient.to_big(), remainder.to_big().abs() * 2);
    let denominator = denominator.abs();
    if twice > denominator || (twice == denominator && quotient.bit(0)) { quotient + 1 } else { quotient }
}
