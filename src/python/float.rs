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

/// Whether `left ** right` is a complex number.
pub fn is_complex_power(left: f64, right: f64) -> bool {
    left < 0.0 && left.is_finite() && right.is_finite() && right.fract() != 0.0
}

/// `left ** right` where it is no complex number.
///
/// # Errors
/// `ZeroDivisionError`, `OverflowError`; `Unsupported` where the last bit depends on the C library.
pub fn power(left: f64, right: f64) -> Outcome<f64> {
    if right == 0.0 || left == 1.0 {
        return Ok(1.0);
    }
    if left.is_nan() || right.is_nan() {
        return Ok(f64::NAN);
    }
    if left == 0.0 && right < 0.0 && right.is_finite() {
        return Err(Stop::raise("ZeroDivisionError", "0.0 cannot be raised to a negative power"));
    }
    if left.is_infinite() || right.is_infinite() || left == 0.0 {
        // A power of -1 or 0 by infinity included, which C gives as Python does.
        return Ok(left.powf(right));
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
    let is_positional = value == 0.0 || (1e-4..1e16).contains(&value.abs());
    if is_positional {
        // Rust's own layout is Python's, but for the `.0` of a whole number.
        let text = value.to_string();
        if text.len() < FEW_DIGITS {
            return if text.contains('.') { text } else { text + ".0" };
        }
    }
    let scientific = shortest(value);
    if is_positional { positional(&scientific) } else { exponent_layout(&scientific) }
}

/// Fewer digits than these are never a tie between two that are equally near.
const FEW_DIGITS: usize = 15;

/// The shortest digits that read back the same, as `-1.5e-7`. Of two that are equally near, CPython takes the even one
/// and Rust the upper one; ties need almost all the digits a float has.
fn shortest(value: f64) -> String {
    let text = format!("{value:e}");
    let digits = text.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    if digits < FEW_DIGITS {
        return text;
    }
    let nearest = format!("{value:.0$e}", digits - 1);
    if nearest.parse() == Ok(value) { nearest } else { text }
}

/// `-1.5e2` as `-150.0`
fn positional(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let Ok(whole) = usize::try_from(exponent + 1) else {
        let zeros = "0".repeat(usize::try_from(-exponent - 1).unwrap_or(0));
        return format!("{sign}0.{zeros}{digits}");
    };
    if whole == 0 {
        return format!("{sign}0.{digits}");
    }
    match digits.split_at_checked(whole) {
        Some((before, after)) if !after.is_empty() => format!("{sign}{before}.{after}"),
        _ => format!("{sign}{digits:0<whole$}.0"),
    }
}

/// `1e16` or `1.5e-7` as Rust writes it, with Python's sign and two digits in the exponent: `1e+16`, `1.5e-07`.
pub fn exponent_layout(text: &str) -> String {
    let Some((mantissa, exponent)) = text.split_once('e') else { return text.to_owned() };
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}e{sign}{digits:0>2}")
}
