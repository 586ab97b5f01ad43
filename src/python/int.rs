//! `int`: arithmetic, conversion to and from floats and text.
//!
//! Long because every operation has a way for small numbers and one for large ones, which are read beside each other.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive, Zero};

use super::{Budget, Int, Outcome, Stop};
use crate::limits;

/// Most decimal digits of an `int` that CPython 3.11 turns into text or reads from text.
pub const MOST_DIGITS: usize = 4300;

impl Int {
    /// The number of bits of the absolute value (`int.bit_length()`).
    pub fn bits(&self) -> u64 {
        match self {
            Self::Small(value) => u64::from(64 - value.unsigned_abs().leading_zeros()),
            Self::Big(value) => value.bits(),
        }
    }

    /// The number of bytes that its bits fill.
    pub fn bytes(&self) -> usize {
        usize::try_from(self.bits() / 8).unwrap_or(usize::MAX)
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Small(0))
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Small(value) => *value < 0,
            Self::Big(value) => value.is_negative(),
        }
    }

    /// The nearest float, ties to even.
    ///
    /// # Errors
    /// `OverflowError: int too large to convert to float`.
    pub fn to_f64(&self) -> Outcome<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "rounded to the nearest, ties to even, as CPython does")]
            Self::Small(value) => Ok(*value as f64),
            Self::Big(value) => {
                big_to_f64(value).ok_or_else(|| Stop::raise("OverflowError", "int too large to convert to float"))
            }
        }
    }

    /// `int(value)` of a finite float; `None` for `inf` and `nan`.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let whole = value.trunc();
        if whole.abs() < 9.0e18 {
            #[allow(clippy::cast_possible_truncation, reason = "whole and below 9.0e18")]
            return Some(Self::Small(whole as i64));
        }
        let (mantissa, exponent) = super::float::decompose(whole);
        let big = BigInt::from(mantissa) << exponent.max(0).unsigned_abs();
        Some(if value < 0.0 { -big } else { big }.into())
    }

    /// `str(int)`
    ///
    /// # Errors
    /// CPython's `ValueError` past 4300 digits.
    pub fn to_decimal(&self) -> Outcome<String> {
        match self {
            Self::Small(value) => Ok(value.to_string()),
            // 4301 digits take at least 14284 bits; the conversion of much more would take long for nothing.
            Self::Big(value) if value.bits() > 14_400 => Err(too_many_digits()),
            Self::Big(value) => {
                let text = value.to_string();
                if text.trim_start_matches('-').len() > MOST_DIGITS { Err(too_many_digits()) } else { Ok(text) }
            }
        }
    }
}

fn too_many_digits() -> Stop {
    Stop::value_error(
        "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase \
         the limit",
    )
}

/// The nearest float of a big integer; `None` past the largest.
fn big_to_f64(value: &BigInt) -> Option<f64> {
    let shift = value.bits().saturating_sub(64);
    let magnitude = value.magnitude();
    let top = (magnitude >> shift).to_u64()?;
    // The lowest bit of `top` is far below what a float keeps, so it can stand for everything that was cut off.
    let sticky = u64::from(magnitude.trailing_zeros().is_some_and(|zeros| zeros < shift));
    #[allow(clippy::cast_precision_loss, reason = "rounded to the nearest: the sticky bit decides a tie")]
    let nearest = (top | sticky) as f64;
    let result = nearest * 2f64.powi(i32::try_from(shift.min(2000)).ok()?);
    result.is_finite().then_some(if value.is_negative() { -result } else { result })
}

/// Spends what a big result takes, before it is made.
fn spend(bits: u64, budget: &Budget) -> Outcome<()> {
    if bits > limits::INTEGER_BITS {
        return Err(Stop::Limit("limit/bytes"));
    }
    // What allocates is slower than what does not.
    budget.steps(2 + bits / 8 / limits::BYTES_A_STEP as u64)?;
    budget.bytes(usize::try_from(bits / 8).unwrap_or(usize::MAX))
}

/// Spends what takes as long as multiplying integers of so many bits: each word of the one meets each of the other.
///
/// # Errors
/// The budget's limits.
pub fn meet(left: u64, right: u64, budget: &Budget) -> Outcome<()> {
    budget.steps((left / 64).saturating_mul(right / 64) / WORDS_A_STEP)
}

/// Spends what writing or reading an integer of so many bits in decimal takes; what has too many digits is refused first.
///
/// # Errors
/// The budget's limits.
pub fn writes(bits: u64, budget: &Budget) -> Outcome<()> {
    let bits = bits.min(MOST_DIGITS as u64 * 4);
    meet(bits, bits, budget)
}

/// Pairs of words that are multiplied in one step.
const WORDS_A_STEP: u64 = 24;

/// `left + right`
///
/// # Errors
/// The budget's limits.
pub fn add(left: &Int, right: &Int, budget: &Budget) -> Outcome<Int> {
    if let (Int::Small(a), Int::Small(b)) = (left, right)
        && let Some(sum) = a.checked_add(*b)
    {
        return Ok(Int::Small(sum));
    }
    spend(left.bits().max(right.bits()) + 1, budget)?;
    Ok((left.to_big() + right.to_big()).into())
}

/// `left - right`
///
/// # Errors
/// The budget's limits.
pub fn subtract(left: &Int, right: &Int, budget: &Budget) -> Outcome<Int> {
    if let (Int::Small(a), Int::Small(b)) = (left, right)
        && let Some(difference) = a.checked_sub(*b)
    {
        return Ok(Int::Small(difference));
    }
    spend(left.bits().max(right.bits()) + 1, budget)?;
    Ok((left.to_big() - right.to_big()).into())
}

/// `left * right`
///
/// # Errors
/// The budget's limits.
pub fn multiply(left: &Int, right: &Int, budget: &Budget) -> Outcome<Int> {
    if let (Int::Small(a), Int::Small(b)) = (left, right)
        && let Some(product) = a.checked_mul(*b)
    {
        return Ok(Int::Small(product));
    }
    spend(left.bits() + right.bits(), budget)?;
    meet(left.bits(), right.bits(), budget)?;
    Ok((left.to_big() * right.to_big()).into())
}

/// Spends what a division takes, before it is made.
///
/// # Errors
/// The budget's limits.
pub fn divides(left: &Int, right: &Int, budget: &Budget) -> Outcome<()> {
    if let (Int::Small(_), Int::Small(_)) = (left, right) {
        return Ok(());
    }
    spend(left.bits(), budget)?;
    meet(left.bits().saturating_sub(right.bits()), right.bits(), budget)
}

/// `(left // right, left % right)`: rounded down, the remainder with the sign of the divisor. `right` is not 0.
pub fn divide_floor(left: &Int, right: &Int) -> (Int, Int) {
    if let (Int::Small(a), Int::Small(b)) = (left, right)
        && let (Some(quotient), Some(remainder)) = (a.checked_div(*b), a.checked_rem(*b))
    {
        if remainder != 0 && (remainder < 0) != (*b < 0) {
            return (Int::Small(quotient - 1), Int::Small(remainder + b));
        }
        return (Int::Small(quotient), Int::Small(remainder));
    }
    let (a, b) = (left.to_big(), right.to_big());
    if b.is_zero() {
        return (Int::Small(0), Int::Small(0));
    }
    let (mut quotient, mut remainder) = (&a / &b, &a % &b);
    if !remainder.is_zero() && remainder.is_negative() != b.is_negative() {
        quotient -= 1;
        remainder += &b;
    }
    (quotient.into(), remainder.into())
}

/// `left / right`: the float nearest to the exact quotient. `right` is not 0.
///
/// # Errors
/// `OverflowError: integer division result too large for a float`.
pub fn divide_true(left: &Int, right: &Int) -> Outcome<f64> {
    const EXACT: i64 = 1 << 53;
    if let (Int::Small(a), Int::Small(b)) = (left, right)
        && (-EXACT..=EXACT).contains(a)
        && (-EXACT..=EXACT).contains(b)
    {
        #[allow(clippy::cast_precision_loss, reason = "both are exact up to 2**53")]
        return Ok(*a as f64 / *b as f64);
    }
    ratio(&left.to_big(), &right.to_big())
        .ok_or_else(|| Stop::raise("OverflowError", "integer division result too large for a float"))
}

/// The float nearest to `numerator / denominator`, ties to even; `None` past the largest. `denominator` is not 0.
pub fn ratio(numerator: &BigInt, denominator: &BigInt) -> Option<f64> {
    let negative = numerator.is_negative() != denominator.is_negative();
    let (a, b) = (numerator.abs(), denominator.abs());
    if a.is_zero() || b.is_zero() {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    // Aim at a quotient of 65 or 66 bits, but never below the last bit of the smallest subnormal.
    let bits = |value: &BigInt| i64::try_from(value.bits()).unwrap_or(i64::MAX / 4);
    let shift = (66 - (bits(&a) - bits(&b))).min(1074 + 12);
    let (a, b) = if shift >= 0 { (a << shift.unsigned_abs(), b) } else { (a, b << shift.unsigned_abs()) };
    let quotient = &a / &b;
    let sticky = !(&a % &b).is_zero();
    let value = scaled(&quotient, sticky, -shift)?;
    Some(if negative { -value } else { value })
}

/// The float nearest to `(mantissa + something below one when sticky) * 2**exponent`; `None` past the largest.
pub fn scaled(mantissa: &BigInt, sticky: bool, exponent: i64) -> Option<f64> {
    let bits = i64::try_from(mantissa.bits()).ok()?;
    if bits == 0 {
        return Some(0.0);
    }
    // The exponent of the last bit that the float keeps.
    let last = (bits + exponent - 53).max(-1074);
    let cut = last - exponent;
    let kept = if cut <= 0 {
        mantissa << cut.unsigned_abs()
    } else {
        let cut = cut.unsigned_abs();
        let kept: BigInt = mantissa >> cut;
        let rest = mantissa - (&kept << cut);
        let half = BigInt::from(1) << (cut - 1);
        let up = match rest.cmp(&half) {
            Ordering::Greater => true,
            Ordering::Equal => sticky || kept.bit(0),
            Ordering::Less => false,
        };
        if up { kept + 1 } else { kept }
    };
    let kept = kept.to_u64()?;
    #[allow(clippy::cast_precision_loss, reason = "53 bits are kept")]
    let kept = kept as f64;
    let value = power_of_two(kept, last);
    value.is_finite().then_some(value)
}

/// `value * 2**exponent` in steps that stay exact.
fn power_of_two(mut value: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 {
        value *= 2f64.powi(1000);
        exponent -= 1000;
        if !value.is_finite() {
            return value;
        }
    }
    // The value is an integer below 2**54 here; going down in two steps could round twice, but the callers keep the
    // last bit at or above the smallest subnormal, so no step rounds.
    while exponent < -1000 {
        value *= 2f64.powi(-1000);
        exponent += 1000;
    }
    value * 2f64.powi(i32::try_from(exponent).unwrap_or(0))
}

/// `base ** exponent` for an exponent that is not negative.
///
/// # Errors
/// The budget's limits.
pub fn power(base: &Int, exponent: &Int, budget: &Budget) -> Outcome<Int> {
    match (base, exponent) {
        (_, Int::Small(0)) | (Int::Small(1), _) => return Ok(Int::Small(1)),
        (Int::Small(0), _) => return Ok(Int::Small(0)),
        (Int::Small(-1), _) => return Ok(Int::Small(if is_odd(exponent) { -1 } else { 1 })),
        _ => {}
    }
    let Some(exponent) = exponent.to_i64().and_then(|value| u32::try_from(value).ok()) else {
        return Err(Stop::Limit("limit/bytes"));
    };
    if let Int::Small(base) = base
        && let Some(result) = base.checked_pow(exponent)
    {
        return Ok(Int::Small(result));
    }
    let bits = base.bits().saturating_mul(exponent.into());
    spend(bits, budget)?;
    meet(bits / 2, bits / 2, budget)?;
    Ok(base.to_big().pow(exponent).into())
}

fn is_odd(value: &Int) -> bool {
    match value {
        Int::Small(value) => value & 1 == 1,
        Int::Big(value) => value.bit(0),
    }
}

/// `left << right` and `left >> right`
///
/// # Errors
/// `ValueError: negative shift count`, and the budget's limits.
pub fn shift(left: &Int, right: &Int, to_left: bool, budget: &Budget) -> Outcome<Int> {
    if right.is_negative() {
        return Err(Stop::value_error("negative shift count"));
    }
    if left.is_zero() {
        return Ok(Int::Small(0));
    }
    let count = right.to_i64().and_then(|count| u64::try_from(count).ok());
    if to_left {
        let Some(count) = count else {
            return Err(Stop::raise("OverflowError", "too many digits in integer"));
        };
        spend(left.bits().saturating_add(count), budget)?;
        return Ok((left.to_big() << count).into());
    }
    let sign = Int::Small(if left.is_negative() { -1 } else { 0 });
    match (left, count) {
        (_, None) => Ok(sign),
        (Int::Small(value), Some(count)) => {
            Ok(u32::try_from(count).ok().and_then(|count| value.checked_shr(count)).map_or(sign, Int::Small))
        }
        (Int::Big(value), Some(count)) => {
            // A right shift of a `BigInt` rounds down, as Python's does.
            Ok(if count > value.bits() { sign } else { ((**value).clone() >> count).into() })
        }
    }
}

/// `&`, `|` and `^`
///
/// # Errors
/// The budget's limits.
pub fn bitwise(
    left: &Int,
    right: &Int,
    small: fn(i64, i64) -> i64,
    big: fn(BigInt, BigInt) -> BigInt,
    budget: &Budget,
) -> Outcome<Int> {
    if let (Int::Small(a), Int::Small(b)) = (left, right) {
        return Ok(Int::Small(small(*a, *b)));
    }
    spend(left.bits().max(right.bits()) + 1, budget)?;
    Ok(big(left.to_big(), right.to_big()).into())
}

/// `-value`
pub fn negate(value: &Int) -> Int {
    match value {
        Int::Small(small) => small.checked_neg().map_or_else(|| Int::from(-value.to_big()), Int::Small),
        Int::Big(big) => Int::from(-(**big).clone()),
    }
}

/// `~value`
pub fn invert(value: &Int) -> Int {
    match value {
        Int::Small(value) => Int::Small(!value),
        Int::Big(big) => Int::from(-(**big).clone() - 1),
    }
}

/// Compares two integers.
pub fn compare(left: &Int, right: &Int) -> Ordering {
    match (left, right) {
        (Int::Small(a), Int::Small(b)) => a.cmp(b),
        (Int::Small(_), Int::Big(b)) => {
            if b.sign() == Sign::Minus {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        (Int::Big(a), Int::Small(_)) => {
            if a.sign() == Sign::Minus {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        (Int::Big(a), Int::Big(b)) => a.cmp(b),
    }
}

/// Compares an integer with a float exactly; `None` for `nan`.
pub fn compare_float(left: &Int, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    if let Int::Small(small) = left
        && small.unsigned_abs() <= 1 << 53
    {
        #[allow(clippy::cast_precision_loss, reason = "exact up to 2**53")]
        return (*small as f64).partial_cmp(&right);
    }
    let Some(whole) = Int::from_f64(right) else {
        return Some(if right > 0.0 { Ordering::Less } else { Ordering::Greater });
    };
    Some(compare(left, &whole).then_with(|| {
        let rest = right - right.trunc();
        0.0_f64.partial_cmp(&rest).unwrap_or(Ordering::Equal)
    }))
}

/// `len(range(start, stop, step))`
pub fn range_length(range: &(Int, Int, Int)) -> Int {
    let (start, stop, step) = range;
    if let (Int::Small(start), Int::Small(stop), Int::Small(step)) = (start, stop, step) {
        let (start, stop, step) = (i128::from(*start), i128::from(*stop), i128::from(*step));
        let span = if step > 0 { stop - start } else { start - stop };
        if span <= 0 || step == 0 {
            return Int::Small(0);
        }
        return BigInt::from((span - 1) / step.abs() + 1).into();
    }
    let (start, stop, step) = (start.to_big(), stop.to_big(), step.to_big());
    let span = if step.is_positive() { stop - start } else { start - stop };
    if !span.is_positive() || step.is_zero() {
        return Int::Small(0);
    }
    Int::from((span - BigInt::from(1)) / step.abs() + BigInt::from(1))
}
