//! Digits of floats: `e`, `f`, `g` and `repr`, correctly rounded, without sign.

use super::super::float;
use super::super::{Budget, Outcome};

/// More digits than any float has: what lies behind is zeros.
const ALL_DIGITS: usize = 1100;

/// How a float is written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// `e`, `f`, `g` or `r` (the shortest digits).
    pub kind: char,
    /// Digits after the point, or significant ones for `g`.
    pub precision: usize,
    /// `#`: the point and the zeros of `g` stay.
    pub alternate: bool,
    /// A whole number ends in `.0`, and takes an exponent one digit earlier.
    pub point_zero: bool,
}

/// The absolute value in digits; `inf` and `nan` in lower case.
///
/// # Errors
/// The budget's limits.
pub fn digits(value: f64, style: Style, budget: &Budget) -> Outcome<String> {
    let value = value.abs();
    if !value.is_finite() {
        return Ok(if value.is_nan() { "nan" } else { "inf" }.to_owned());
    }
    budget.bytes(style.precision.saturating_add(400))?;
    // Digits that are not zero cost more than the zeros behind them; before the point of a large number stand up to 309.
    let whole = if value.is_finite() { value.abs().max(1.0).log10() as u64 } else { 0 };
    let digits = whole + style.precision.min(ALL_DIGITS) as u64;
    budget.steps(10 + (style.precision as u64 + digits) / 8)?;
    Ok(match style.kind {
        'f' => point(fixed(value, style.precision), style.alternate),
        'e' => exponent(&scientific(value, style.precision), style.alternate),
        'g' => general(value, style),
        _ => {
            let text = float::repr(value);
            if style.point_zero { text } else { text.strip_suffix(".0").map(str::to_owned).unwrap_or(text) }
        }
    })
}

fn fixed(value: f64, precision: usize) -> String {
    let known = precision.min(ALL_DIGITS);
    let mut text = format!("{value:.known$}");
    text.extend(std::iter::repeat_n('0', precision - known));
    text
}

/// `1.50e2`
fn scientific(value: f64, precision: usize) -> String {
    let known = precision.min(ALL_DIGITS);
    let text = format!("{value:.known$e}");
    if precision == known {
        return text;
    }
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let zeros = "0".repeat(precision - known);
    format!("{mantissa}{zeros}e{exponent}")
}

fn point(text: String, alternate: bool) -> String {
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn exponent(text: &str, alternate: bool) -> String {
    let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
    let mantissa = point(mantissa.to_owned(), alternate);
    float::exponent_layout(&format!("{mantissa}e{power}"))
}

fn general(value: f64, style: Style) -> String {
    let precision = style.precision.max(1);
    let text = scientific(value, precision - 1);
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i64 = power.parse().unwrap_or(0);
    let limit = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(style.point_zero);
    if power < -4 || power >= limit {
        let mantissa = trimmed(mantissa.to_owned(), style.alternate);
        return exponent(&format!("{mantissa}e{power}"), style.alternate);
    }
    let decimals = i64::try_from(precision).unwrap_or(i64::MAX).saturating_sub(1).saturating_sub(power);
    let text = trimmed(fixed(value, usize::try_from(decimals).unwrap_or(0)), style.alternate);
    let text = point(text, style.alternate);
    if style.point_zero && !text.contains('.') { text + ".0" } else { text }
}

/// Without the zeros after the last digit that counts.
fn trimmed(text: String, keep: bool) -> String {
    if keep || !text.contains('.') { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}
