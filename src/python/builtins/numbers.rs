//! `abs`, `bin`, `divmod`, `hex`, `oct`, `pow`, `round`.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::super::format::int_digits;
use super::super::operators::{self, Binary};
use super::super::signature::{Signature, between, one};
use super::super::{Arguments, Budget, Int, Outcome, Stop, Value, complex, datetime, float, int};

/// `abs(number)`
pub fn abs(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, "abs")?;
    Ok(match &*value.base() {
        Value::Float(number) => Value::Float(number.abs()),
        Value::Complex(real, imag) => Value::Float(complex::length(*real, *imag)?),
        Value::TimeDelta(delta) => Value::TimeDelta(datetime::TimeDelta::new(delta.microseconds.abs())?),
        base => match operators::as_int(base) {
            Some(number) => Value::Int(if number.is_negative() { int::negate(&number) } else { number }),
            None => return Err(Stop::type_error(format!("bad operand type for abs(): '{}'", value.error_name()))),
        },
    })
}

fn based(arguments: &Arguments, name: &str, kind: char, prefix: &str, budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, name)?;
    let Some(number) = operators::as_int(&value.base()) else {
        return Err(Stop::type_error(format!("'{}' object cannot be interpreted as an integer", value.error_name())));
    };
    let sign = if number.is_negative() { "-" } else { "" };
    Ok(format!("{sign}{prefix}{}", int_digits(&number, kind, budget)?).into())
}

/// `bin(number)`
pub fn bin(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    based(arguments, "bin", 'b', "0b", budget)
}

/// `oct(number)`
pub fn oct(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    based(arguments, "oct", 'o', "0o", budget)
}

/// `hex(number)`
pub fn hex(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    based(arguments, "hex", 'x', "0x", budget)
}

/// `divmod(a, b)`
pub fn divmod(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let [left, right] = between(arguments, "divmod", 2, 2)? else { return Err(Stop::unsupported("divmod")) };
    let (a, b) = (left.base(), right.base());
    let number = |value: &Value| matches!(value, Value::Float(_) | Value::Int(_) | Value::Bool(_));
    if let (Some(a), Some(b)) = (operators::as_int(&a), operators::as_int(&b)) {
        if b.is_zero() {
            return Err(Stop::raise("ZeroDivisionError", "integer division or modulo by zero"));
        }
        int::divides(&a, &b, budget)?;
        let (quotient, remainder) = int::divide_floor(&a, &b);
        return Ok(Value::tuple(vec![Value::Int(quotient), Value::Int(remainder)]));
    }
    if number(&a) && number(&b) {
        let (a, b) = (super::to_float(&a)?, super::to_float(&b)?);
        if b == 0.0 {
            return Err(Stop::raise("ZeroDivisionError", "float divmod()"));
        }
        return Ok(Value::tuple(vec![Value::Float(float::floor_divide(a, b)), Value::Float(float::modulo(a, b))]));
    }
    if let (Value::TimeDelta(_), Value::TimeDelta(_)) = (&*a, &*b) {
        let quotient = operators::binary(Binary::FloorDivide, &a, &b, budget)?;
        return Ok(Value::tuple(vec![quotient, operators::binary(Binary::Modulo, &a, &b, budget)?]));
    }
    if matches!(&*a, Value::Object(_)) || matches!(&*b, Value::Object(_)) {
        return Err(Stop::unsupported("divmod of an object"));
    }
    Err(Stop::type_error(format!(
        "unsupported operand type(s) for divmod(): '{}' and '{}'",
        left.error_name(),
        right.error_name()
    )))
}

/// `pow(base, exp, mod=None)`
pub fn pow(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "pow", parameters: &["base", "exp", "mod"], positional: 3, required: 2 };
    let mut places = signature.bind(arguments)?.into_iter().map(|place| place.unwrap_or(Value::None));
    let mut next = || places.next().unwrap_or(Value::None);
    let (base, exponent, modulus) = (next(), next(), next());
    if matches!(modulus, Value::None) {
        return operators::binary(Binary::Power, &base, &exponent, budget);
    }
    let integer = |value: &Value| operators::as_int(&value.base());
    match (integer(&base), integer(&exponent), integer(&modulus)) {
        (Some(_), Some(_), Some(modulus)) if modulus.is_zero() => {
            Err(Stop::value_error("pow() 3rd argument cannot be 0"))
        }
        (Some(_), Some(exponent), Some(_)) if exponent.is_negative() => {
            Err(Stop::unsupported("pow with a modulus and a negative exponent"))
        }
        (Some(base), Some(exponent), Some(modulus)) => {
            let bits = usize::try_from(modulus.bits().max(base.bits())).unwrap_or(usize::MAX);
            budget.bytes(bits)?;
            let words = modulus.bits() / 64 + 1;
            budget.steps(exponent.bits().saturating_mul(words.saturating_add(words * words / 16)))?;
            let (_, base) = int::divide_floor(&base, &modulus);
            let power = base.to_big().modpow(&exponent.to_big(), &modulus.to_big());
            Ok(Value::Int(int::divide_floor(&power.into(), &modulus).1))
        }
        _ => Err(Stop::unsupported("pow with three arguments")),
    }
}

/// `round(number, ndigits=None)`
pub fn round_call(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "round", parameters: &["number", "ndigits"], positional: 2, required: 1 };
    let mut places = signature.bind(arguments)?.into_iter();
    let number = places.next().flatten().unwrap_or(Value::None);
    let digits = places.next().flatten().filter(|digits| !matches!(digits, Value::None));
    round(&number, digits.as_ref())
}

/// `round(number, digits)`
///
/// # Errors
/// `TypeError: type str doesn't define __round__ method`...
pub fn round(number: &Value, digits: Option<&Value>) -> Outcome<Value> {
    let base = number.base();
    let known = matches!(&*base, Value::Float(_) | Value::Int(_) | Value::Bool(_));
    if !known {
        return Err(if matches!(&*base, Value::Object(_)) {
            Stop::unsupported(format!("round of a {}", number.type_name()))
        } else {
            Stop::type_error(format!("type {} doesn't define __round__ method", number.error_name()))
        });
    }
    let digits = match digits {
        None => None,
        Some(digits) => match operators::as_int(&digits.base()) {
            Some(digits) => Some(digits),
            None => {
                return Err(Stop::type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    digits.error_name()
                )));
            }
        },
    };
    match (&*base, digits) {
        (Value::Float(number), None) => {
            let whole = super::super::format::whole(number.round_ties_even())?;
            Ok(Value::Int(whole))
        }
        (Value::Float(number), Some(digits)) => round_float(*number, &digits).map(Value::Float),
        (base, digits) => {
            let number = operators::as_int(base).unwrap_or(Int::Small(0));
            match digits {
                Some(digits) if digits.is_negative() => round_int(&number, &digits).map(Value::Int),
                _ => Ok(Value::Int(number)),
            }
        }
    }
}

/// To the nearest multiple of a power of ten, ties to even.
fn round_int(number: &Int, digits: &Int) -> Outcome<Int> {
    let places = int::negate(digits).to_i64().and_then(|places| u32::try_from(places).ok());
    let Some(places) = places.filter(|places| *places <= 20_000) else {
        return Err(Stop::Limit("limit/bytes"));
    };
    let unit = BigInt::from(10).pow(places);
    Ok((datetime::divide_nearest(&number.to_big(), &unit) * unit).into())
}

/// To the nearest decimal, correctly: the exact value of the float decides, ties go to the even digit.
fn round_float(number: f64, digits: &Int) -> Outcome<f64> {
    if !number.is_finite() || number == 0.0 {
        return Ok(number);
    }
    let digits = digits.to_i64().unwrap_or(if digits.is_negative() { i64::MIN } else { i64::MAX });
    if digits > 323 {
        return Ok(number);
    }
    if digits < -308 {
        return Ok(0.0 * number);
    }
    let text = match usize::try_from(digits) {
        Ok(places) => format!("{number:.places$}"),
        Err(_) => {
            let (numerator, denominator) = datetime::integer_ratio(number)?;
            let unit = BigInt::from(10).pow(u32::try_from(-digits).unwrap_or(0));
            let multiple = datetime::divide_nearest(&numerator, &(denominator * &unit)) * unit;
            if multiple.is_zero() {
                return Ok(0.0_f64.copysign(number));
            }
            let rounded = int::ratio(&multiple, &BigInt::one()).filter(|rounded| rounded.is_finite());
            return rounded.ok_or_else(|| Stop::raise("OverflowError", "rounded value too large to represent"));
        }
    };
    let rounded: f64 = text.parse().unwrap_or(number);
    if rounded.is_finite() {
        return Ok(rounded);
    }
    Err(Stop::raise("OverflowError", "rounded value too large to represent"))
}
