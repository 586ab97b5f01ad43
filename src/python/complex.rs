//! `complex`: what `1j`, `complex(...)` and a broken power of a negative number make, and all that is done with it.
//!
//! Sums, products and quotients are the plain floats that CPython's own formulas make. What its C library computes
//! (`hypot`, sine and cosine) is computed here to far more digits, and refused where the nearest float is not clear.
//! Source: CPython 3.11, observed.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::format::{self, Spec};
use super::letters::is_space;
use super::operators::Binary;
use super::power::{self, settle};
use super::signature::Signature;
use super::{Arguments, Budget, Outcome, Stop, Value, builtins, compare, float};

/// Real and imaginary part.
type Pair = (f64, f64);

/// A number as a complex one; `None` for what is no number.
///
/// # Errors
/// `OverflowError: int too large to convert to float`.
pub fn of(value: &Value) -> Outcome<Option<Pair>> {
    Ok(Some(match value {
        Value::Complex(real, imag) => (*real, *imag),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => (builtins::to_float(value)?, 0.0),
        _ => return Ok(None),
    }))
}

/// `left op right` where one of them is complex; `None` when their types do not know it.
///
/// # Errors
/// `ZeroDivisionError`, `OverflowError`; `Unsupported` where the last bit depends on the C library.
pub fn binary(operator: Binary, left: &Value, right: &Value) -> Outcome<Option<Value>> {
    use Binary::{Add, Divide, Multiply, Power, Subtract};
    if !matches!(operator, Add | Divide | Multiply | Power | Subtract) {
        return Ok(None);
    }
    let Some(a) = of(left)? else { return Ok(None) };
    let Some(b) = of(right)? else { return Ok(None) };
    let (real, imag) = match operator {
        Add => (a.0 + b.0, a.1 + b.1),
        Subtract => (a.0 - b.0, a.1 - b.1),
        Multiply => product(a, b),
        Divide => quotient(a, b).ok_or_else(|| Stop::raise("ZeroDivisionError", "complex division by zero"))?,
        _ => power(a, b)?,
    };
    Ok(Some(Value::Complex(real, imag)))
}

fn product(a: Pair, b: Pair) -> Pair {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `None` stands for a division by zero.
fn quotient(a: Pair, b: Pair) -> Option<Pair> {
    if b.0.abs() >= b.1.abs() {
        if b.0 == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / denominator, (a.1 - a.0 * ratio) / denominator))
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / denominator, (a.1 * ratio - a.0) / denominator))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

/// `a ** b`
///
/// # Errors
/// `ZeroDivisionError`, `OverflowError`; `Unsupported` where the C library decides.
pub fn power(a: Pair, b: Pair) -> Outcome<Pair> {
    let of_zero = || Stop::raise("ZeroDivisionError", "0.0 to a negative or complex power");
    let result = if b.1 == 0.0 && b.0.fract() == 0.0 && b.0.abs() <= 100.0 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of at most 100")]
        let whole = whole_power(a, b.0.abs() as u32);
        if b.0 > 0.0 { whole } else { quotient((1.0, 0.0), whole).ok_or_else(of_zero)? }
    } else if a == (0.0, 0.0) {
        if b.1 != 0.0 || b.0 < 0.0 {
            return Err(of_zero());
        }
        (0.0, 0.0)
    } else {
        turned_power(a, b)?
    };
    if result.0.is_infinite() || result.1.is_infinite() {
        return Err(overflow());
    }
    Ok(result)
}

fn overflow() -> Stop {
    Stop::raise("OverflowError", "complex exponentiation")
}

fn whole_power(base: Pair, exponent: u32) -> Pair {
    let (mut result, mut square, mut mask) = ((1.0, 0.0), base, 1);
    while mask <= exponent {
        if exponent & mask != 0 {
            result = product(result, square);
        }
        mask <<= 1;
        square = product(square, square);
    }
    result
}

/// A power by length and angle, of a number on one of the axes: only there is the angle known.
fn turned_power(a: Pair, b: Pair) -> Outcome<Pair> {
    let unknown = || Stop::unsupported("complex **");
    let known = b.1 == 0.0 && (a.0 == 0.0 || a.1 == 0.0) && a.0.is_finite() && a.1.is_finite() && b.0.is_finite();
    if !known {
        return Err(unknown());
    }
    let length = match power::finite(a.0.abs().max(a.1.abs()), b.0) {
        Err(Stop::Raise(_)) => return Err(overflow()),
        length => length?,
    };
    let (cosine, sine) = cosine_and_sine(a.1.atan2(a.0) * b.0).ok_or_else(unknown)??;
    Ok((length * cosine, length * sine))
}

/// Bits after the point in the fixed-point numbers below.
const POINT: u32 = 320;

/// Thousandths of the last place by which the C library may err beyond a half.
const CLEAR: i32 = 60;

/// `None` for an angle that is too large to be turned back.
fn cosine_and_sine(angle: f64) -> Option<Outcome<Pair>> {
    if angle.abs() > 1e6 {
        return None;
    }
    if angle == 0.0 {
        return Some(Ok((1.0, angle)));
    }
    let (mantissa, exponent) = float::decompose(angle);
    let place = i64::from(POINT) + exponent;
    // An angle that small is no product of a quarter turn and an exponent.
    let fixed = BigInt::from(mantissa) << u32::try_from(place).ok()?;
    let quarter: BigInt = pi() >> 1;
    let turns = (&fixed + (&quarter >> 1)) / &quarter;
    let rest = fixed - &turns * &quarter;
    let (cosine, sine) = (series(&rest, 0), series(&rest, 1));
    let (cosine, sine) = match u8::try_from(turns % 4_u8).unwrap_or(0) {
        0 => (cosine, sine),
        1 => (-sine, cosine),
        2 => (-cosine, -sine),
        _ => (sine, -cosine),
    };
    let nearest = |value: &BigInt| -> Outcome<f64> {
        let size = settle(&value.abs(), true, -i64::from(POINT), CLEAR)?.unwrap_or(0.0);
        Ok(if value.is_negative() { -size } else { size })
    };
    let sign = if angle < 0.0 { -1.0 } else { 1.0 };
    Some(nearest(&cosine).and_then(|cosine| Ok((cosine, sign * nearest(&sine)?))))
}

/// The cosine (`first` 0) or the sine (1) of a fixed-point number between -1 and 1.
fn series(value: &BigInt, first: u32) -> BigInt {
    let square: BigInt = (value * value) >> POINT;
    let mut term = if first == 0 { BigInt::from(1) << POINT } else { value.clone() };
    let (mut sum, mut step) = (term.clone(), first);
    while !term.is_zero() {
        term = -((term * &square) >> POINT) / ((step + 1) * (step + 2));
        // A negative number is rounded down, and never to zero.
        if term == BigInt::from(-1) {
            break;
        }
        step += 2;
        sum += &term;
    }
    sum
}

/// Pi in fixed point, as 16 arctan(1/5) - 4 arctan(1/239).
fn pi() -> BigInt {
    let arctangent = |of: i32| {
        let mut term = (BigInt::from(1) << POINT) / of;
        let (mut sum, mut odd, mut sign) = (term.clone(), 1, 1);
        while !term.is_zero() {
            term /= of * of;
            odd += 2;
            sign = -sign;
            sum += &term / odd * sign;
        }
        sum
    };
    arctangent(5) * 16 - arctangent(239) * 4
}

/// `abs(value)`
///
/// # Errors
/// `OverflowError: absolute value too large`; `Unsupported` where the C library decides.
pub fn length(real: f64, imag: f64) -> Outcome<f64> {
    let (a, b) = (real.abs(), imag.abs());
    if a.is_infinite() || b.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if a == 0.0 || b == 0.0 || a.is_nan() || b.is_nan() {
        return Ok(if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) });
    }
    let (left, right) = (float::decompose(a), float::decompose(b));
    let least = left.1.min(right.1);
    let whole =
        |(mantissa, exponent): (u64, i64)| BigInt::from(mantissa) << u32::try_from(exponent - least).unwrap_or(0);
    let (x, y) = (whole(left), whole(right));
    // Twice 64 bits more than the numbers have, so that the root has 64 bits more.
    let sum: BigInt = (&x * &x + &y * &y) << 128_u32;
    let root = sum.sqrt();
    let rough = &root * &root != sum;
    settle(&root, rough, least - 64, 10)?.ok_or_else(|| Stop::raise("OverflowError", "absolute value too large"))
}

/// `value == other` for two numbers.
///
/// # Errors
/// The budget's limits.
pub fn equal(real: f64, imag: f64, other: &Value, budget: &Budget) -> Outcome<bool> {
    match other {
        Value::Complex(other_real, other_imag) => Ok(real == *other_real && imag == *other_imag),
        other => Ok(imag == 0.0 && compare::equal(&Value::Float(real), other, budget)?),
    }
}

/// `repr(value)`: `2j`, `(1+2j)`, `(-0-1j)`.
pub fn repr(real: f64, imag: f64) -> String {
    let plain = |number: f64| {
        let text = float::repr(number);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", plain(imag));
    }
    let imag = plain(imag);
    let sign = if imag.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imag}j)", plain(real))
}

/// `format(value, spec)`, for a specification that is not empty.
///
/// # Errors
/// `ValueError` in CPython's words.
pub fn format(real: f64, imag: f64, text: &str, budget: &Budget) -> Outcome<String> {
    let mut spec = Spec::parse(text, "complex", '\0')?;
    match spec.kind {
        '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {}
        'n' => return Err(Stop::unsupported("format type 'n'")),
        _ => return Err(spec.unknown("complex")),
    }
    let refuse = |what: &str| Err(Stop::value_error(format!("{what} not allowed in complex format specifier")));
    if spec.fill == '0' {
        return refuse("Zero padding is");
    }
    if spec.align == Some('=') {
        return refuse("'=' alignment flag is");
    }
    let alone = spec.kind == '\0' && real == 0.0 && real.is_sign_positive();
    let brackets = spec.kind == '\0' && !alone;
    if spec.kind == '\0' {
        spec.kind = if spec.precision.is_some() { 'g' } else { 'r' };
    }
    let outer = (spec.fill, spec.align.replace('<'), std::mem::take(&mut spec.width));
    spec.fill = ' ';
    let mut shown = String::new();
    if brackets {
        shown.push('(');
    }
    if !alone {
        shown.push_str(&format::format_digits(real, &spec, budget)?);
        spec.sign = Some('+');
    }
    shown.push_str(&format::format_digits(imag, &spec, budget)?);
    shown.push('j');
    if brackets {
        shown.push(')');
    }
    (spec.fill, spec.align, spec.width) = outer;
    spec.pad(&shown, '>', budget)
}

/// `complex(real=0, imag=0)`
///
/// # Errors
/// CPython's `TypeError` and `ValueError`.
pub fn complex(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "complex", parameters: &["real", "imag"], positional: 2, required: 0 };
    let mut places = signature.bind(arguments)?.into_iter();
    let (real, imag) = (places.next().flatten(), places.next().flatten());
    let base = |value: &Option<Value>| value.as_ref().map(|value| value.base().into_owned());
    if let Some(Value::Str(text)) = base(&real) {
        return match imag {
            Some(_) => Err(Stop::type_error("complex() can't take second arg if first is a string")),
            None => of_text(&text).map(|(real, imag)| Value::Complex(real, imag)),
        };
    }
    if let Some(Value::Str(_)) = base(&imag) {
        return Err(Stop::type_error("complex() second arg can't be a string"));
    }
    let unfit = |value: &Option<Value>, words: &str| match value {
        Some(value) => match value.base().as_ref() {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(..) => Ok(()),
            Value::Object(_) => Err(Stop::unsupported("complex() of an object")),
            _ => Err(Stop::type_error(format!("complex() {words}, not '{}'", value.error_name()))),
        },
        None => Ok(()),
    };
    unfit(&real, "first argument must be a string or a number")?;
    unfit(&imag, "second argument must be a number")?;
    let number = |value: &Option<Value>| match base(value) {
        Some(value) => Ok::<_, Stop>(of(&value)?.unwrap_or_default()),
        None => Ok((0.0, 0.0)),
    };
    let (a, b) = (number(&real)?, number(&imag)?);
    let complex = |value: &Option<Value>| matches!(base(value), Some(Value::Complex(..)));
    let made_real = if complex(&imag) { a.0 - b.1 } else { a.0 };
    let made_imag = match (&imag, complex(&real)) {
        (None, _) => a.1,
        (Some(_), true) => b.0 + a.1,
        (Some(_), false) => b.0,
    };
    Ok(Value::Complex(made_real, made_imag))
}

/// The number that a text is for `complex()`.
fn of_text(text: &str) -> Outcome<Pair> {
    if !text.is_ascii() || text.contains('_') {
        return Err(Stop::unsupported("complex() of such a text"));
    }
    let malformed = || Stop::value_error("complex() arg is a malformed string");
    let trimmed = text.trim_matches(is_space);
    let inner = match trimmed.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')').ok_or_else(malformed)?.trim_matches(is_space),
        None => trimmed,
    };
    let (first, rest) = split_number(inner);
    let unit = |text: &str| text.eq_ignore_ascii_case("j");
    let signed = |text: &str| match text.strip_prefix(['+', '-']) {
        Some(rest) if unit(rest) => Some(if text.starts_with('-') { -1.0 } else { 1.0 }),
        _ => None,
    };
    match first {
        None if unit(rest) => Ok((0.0, 1.0)),
        None => Ok((0.0, signed(rest).ok_or_else(malformed)?)),
        Some(real) if rest.is_empty() => Ok((real, 0.0)),
        Some(imag) if unit(rest) => Ok((0.0, imag)),
        Some(real) if rest.starts_with(['+', '-']) => match split_number(rest) {
            (Some(imag), rest) if unit(rest) => Ok((real, imag)),
            (None, rest) => Ok((real, signed(rest).ok_or_else(malformed)?)),
            _ => Err(malformed()),
        },
        Some(_) => Err(malformed()),
    }
}

/// The longest number that a text starts with, and what follows it.
fn split_number(text: &str) -> (Option<f64>, &str) {
    let bytes = text.as_bytes();
    let digits = |from: usize| from + bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
    let start = usize::from(is(0, b"+-"));
    let whole = digits(start);
    let mut end = if is(whole, b".") { digits(whole + 1) } else { whole };
    // A point alone is no number.
    if end - start > usize::from(is(whole, b".")) {
        let exponent = end + 1 + usize::from(is(end + 1, b"+-"));
        if is(end, b"eE") && digits(exponent) > exponent {
            end = digits(exponent);
        }
    } else {
        let lower = text.get(start..).unwrap_or_default().to_ascii_lowercase();
        let word = ["infinity", "inf", "nan"].into_iter().find(|word| lower.starts_with(word));
        let Some(word) = word else { return (None, text) };
        end = start + word.len();
    }
    let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (builtins::float_of_text(number), rest)
}

/// `value.name(arguments)`
pub fn method(real: f64, imag: f64, name: &str, arguments: &Arguments) -> Option<Outcome<Value>> {
    (name == "conjugate")
        .then(|| super::signature::none(arguments, "complex.conjugate").map(|()| Value::Complex(real, -imag)))
}

/// `left ** right` of two floats whose result is complex.
///
/// # Errors
/// As [`power()`].
pub fn root(left: f64, right: f64) -> Outcome<Value> {
    power((left, 0.0), (right, 0.0)).map(|(real, imag)| Value::Complex(real, imag))
}
