//! `float`: Python's division, remainder, power and `repr`.

use super::{Outcome, Stop};

/// Mantissa and exponent of the absolute value: `|value| == mantissa * 2**exponent`. The value is finite.
pub fn decompose(value: f64) -> (u64, i64) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

/// `left % right`: the sign of the divisor. `right` is not 0.
pub fn modulo(left: f64, right: f64) -> f64 {
    let rest = left % right;
    if rest == 0.0 {
        0.0_f64.copysign(right)
    } else if (right < 0.0) != (rest < 0.0) {
        rest + right
    } else {
        rest
    }
}

/// `left // right`. `right` is not 0.
pub fn floor_divide(left: f64, right: f64) -> f64 {
    let rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest != 0.0 && (right < 0.0) != (rest < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0_f64.copysign(left / right);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

/// `left ** right`
///
/// # Errors
/// `ZeroDivisionError`, `OverflowError`; `Unsupported` where the result is complex or where the last bit depends on
/// the C library.
pub fn power(left: f64, right: f64) -> Outcome<f64> {
    if right == 0.0 || left == 1.0 {
        return Ok(1.0);
    }
    if left.is_nan() || right.is_nan() {
        return Ok(f64::NAN);
    }
    if left == 0.0 && right < 0.0 {
        return Err(Stop::raise("ZeroDivisionError", "0.0 cannot be raised to a negative power"));
    }
    if left.is_infinite() || right.is_infinite() || left == 0.0 {
        return Ok(left.powf(right));
    }
    if left < 0.0 && right.fract() != 0.0 {
        return Err(Stop::unsupported("complex"));
    }
    super::power::finite(left, right)
}

/// `repr()` of a float: the shortest digits that read back the same, in Python's layout (`1e+16`, `1234.5`, `inf`).
pub fn repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    if value == 0.0 || (1e-4..1e16).contains(&value.abs()) {
        let text = value.to_string();
        return if text.contains('.') { text } else { text + ".0" };
    }
    exponent_layout(&format!("{value:e}"))
}

/// `1e16` or `1.5e-7` as Rust writes it, with Python's sign and two digits in the exponent: `1e+16`, `1.5e-07`.
pub fn exponent_layout(text: &str) -> String {
    let Some((mantissa, exponent)) = text.split_once('e') else { return text.to_owned() };
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}e{sign}{digits:0>2}")
}
