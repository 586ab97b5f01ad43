//! `float ** float`, proved or refused.
//!
//! The server takes `pow` from its C library (glibc's error stays below 0.54 of the last place); WebAssembly has
//! another one. So the power is computed here to far more digits: where the nearest float is clear of a tie, both agree.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::float::decompose;
use super::{Outcome, Stop, int};

/// `left ** right` for finite numbers, `left` not 0, and not negative unless `right` is whole.
///
/// # Errors
/// `OverflowError`; `Unsupported` where the exact result is too near to the middle of two floats.
pub fn finite(left: f64, right: f64) -> Outcome<f64> {
    let negative = left < 0.0 && right % 2.0 != 0.0;
    let sign = |value: f64| if negative { -value } else { value };
    let rough = left.abs().ln() * right;
    if rough > 710.0 {
        return Err(overflow());
    }
    if rough < -746.0 {
        return Ok(sign(0.0));
    }
    // The library's own bound: 0.511 of the last place from its exponential, and 1.5 * 2**-68 of the logarithm.
    #[allow(clippy::cast_possible_truncation, reason = "at most a few dozen: the exponent is between -746 and 710")]
    let clear = 12 + (rough.abs() * 0.06) as i32;
    let magnitude = if right.fract() == 0.0 && right.abs() <= 64.0 {
        #[allow(clippy::cast_possible_truncation, reason = "a whole number of at most 64")]
        whole_power(left.abs(), right as i32, clear)
    } else {
        real_power(left.abs(), right, clear)
    };
    magnitude?.map(sign).ok_or_else(overflow)
}

/// What Python says of a power that no float holds: the C library's number and words of the error, as a pair.
pub const OUT_OF_RANGE: &str = "(34, 'Numerical result out of range')";

fn overflow() -> Stop {
    Stop::raise("OverflowError", OUT_OF_RANGE)
}

/// The exact power of a small whole exponent.
fn whole_power(base: f64, exponent: i32, clear: i32) -> Outcome<Option<f64>> {
    let (mantissa, scale) = decompose(base);
    let power = BigInt::from(mantissa).pow(exponent.unsigned_abs());
    let scale = scale * i64::from(exponent.unsigned_abs());
    if exponent >= 0 {
        return settle(&power, false, scale, clear);
    }
    // 1 / power, with 200 bits to spare.
    let bits = power.bits() + 200;
    let quotient = (BigInt::one() << bits) / power;
    settle(&quotient, true, -scale - i64::try_from(bits).unwrap_or(0), clear)
}

/// Bits after the point in the fixed-point numbers below.
const POINT: u64 = 200;

/// `exp(right * ln(base))` in fixed point.
fn real_power(base: f64, right: f64, clear: i32) -> Outcome<Option<f64>> {
    // base = mantissa * 2**scale with the mantissa in [1, 2).
    let (bits, exponent) = decompose(base);
    let width = i64::try_from(BigInt::from(bits).bits()).unwrap_or(0);
    let scale = exponent + width - 1;
    let place = i64::try_from(POINT).unwrap_or(0) - (width - 1);
    let mantissa = BigInt::from(bits) << place.unsigned_abs();
    let two = BigInt::from(2) << POINT;
    let ln2 = logarithm(&two);
    let ln = logarithm(&mantissa) + &ln2 * scale;
    let (factor, shift) = decompose(right);
    let product = ln * BigInt::from(factor);
    let product = if shift >= 0 { product << shift.unsigned_abs() } else { product >> shift.unsigned_abs() };
    let product = if right < 0.0 { -product } else { product };
    // exp(product) = 2**turns * exp(rest) with rest in [0, ln 2).
    let mut turns = &product / &ln2;
    let mut rest = &product - &turns * &ln2;
    if rest < BigInt::zero() {
        turns -= 1;
        rest += &ln2;
    }
    let turns = i64::try_from(&turns).unwrap_or(0);
    settle(&exponential(&rest), true, turns - i64::try_from(POINT).unwrap_or(0), clear)
}

/// `ln(value)` of a fixed-point number in [1, 2], as 2 artanh((value - 1) / (value + 1)).
fn logarithm(value: &BigInt) -> BigInt {
    let one = BigInt::one() << POINT;
    let ratio = ((value - &one) << POINT) / (value + &one);
    let square = (&ratio * &ratio) >> POINT;
    let (mut term, mut sum, mut odd) = (ratio.clone(), ratio, 1);
    while !term.is_zero() {
        term = (&term * &square) >> POINT;
        odd += 2;
        sum += &term / odd;
    }
    sum * 2
}

/// `exp(value)` of a fixed-point number in [0, 1).
fn exponential(value: &BigInt) -> BigInt {
    let one = BigInt::one() << POINT;
    let (mut term, mut sum, mut step) = (one.clone(), one, 1);
    while !term.is_zero() {
        term = ((&term * value) >> POINT) / step;
        step += 1;
        sum += &term;
    }
    sum
}

/// The float nearest to `mantissa * 2**exponent`, when every library whose error stays below `500 + clear` thousandths
/// of the last place must answer it. `rough` says that the last bits of the mantissa may be wrong.
pub(super) fn settle(mantissa: &BigInt, rough: bool, exponent: i64, clear: i32) -> Outcome<Option<f64>> {
    let bits = i64::try_from(mantissa.bits()).unwrap_or(0);
    // Libraries differ in whether a subnormal result is an error.
    if bits + exponent < -1020 {
        return Err(Stop::unsupported("**"));
    }
    let cut = bits - 53;
    if cut <= 0 && !rough {
        return Ok(int::scaled(mantissa, false, exponent));
    }
    let cut = cut.max(0).unsigned_abs();
    let rest = mantissa - ((mantissa >> cut) << cut);
    let half = BigInt::one() << cut.saturating_sub(1);
    let distance = if rest > half { &rest - &half } else { &half - &rest };
    if distance <= ((BigInt::one() << cut) * clear) / 1000 {
        return Err(Stop::unsupported("**"));
    }
    Ok(int::scaled(mantissa, rough, exponent))
}
