//! `format()` of integers and floats: digits, grouping, sign and padding.

use num_traits::ToPrimitive;

use super::super::{Budget, Int, Outcome, Stop, int};
use super::float::{self, Style};
use super::spec::Spec;

/// The digits of an integer in base 2, 8, 10 or 16, without sign.
///
/// # Errors
/// CPython's limit of 4300 decimal digits, and the budget's.
pub fn int_digits(number: &Int, kind: char, budget: &Budget) -> Outcome<String> {
    budget.bytes(usize::try_from(number.bits()).unwrap_or(usize::MAX))?;
    int::writes(number.bits(), budget)?;
    let text = match (kind, number) {
        ('b', Int::Small(number)) => format!("{:b}", number.unsigned_abs()),
        ('o', Int::Small(number)) => format!("{:o}", number.unsigned_abs()),
        ('x' | 'X', Int::Small(number)) => format!("{:x}", number.unsigned_abs()),
        ('b', Int::Big(number)) => number.magnitude().to_str_radix(2),
        ('o', Int::Big(number)) => number.magnitude().to_str_radix(8),
        ('x' | 'X', Int::Big(number)) => number.magnitude().to_str_radix(16),
        _ => number.to_decimal()?.trim_start_matches('-').to_owned(),
    };
    Ok(if kind == 'X' { text.to_ascii_uppercase() } else { text })
}

/// The parts of a number before they are put together.
struct Parts<'a> {
    negative: bool,
    /// `0x`
    prefix: &'a str,
    /// The digits that are grouped.
    whole: &'a str,
    /// Point, decimals, exponent, `%`; or all of `inf` and `nan`.
    rest: &'a str,
}

/// `format(int, spec)`
///
/// # Errors
/// `ValueError: Precision not allowed in integer format specifier`...
pub fn format_int(number: &Int, spec: &Spec, name: &str, budget: &Budget) -> Outcome<String> {
    match spec.kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' => {}
        'n' => return Err(Stop::unsupported("format type 'n'")),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return format_float(number.to_f64()?, spec, name, budget),
        _ => return Err(spec.unknown(name)),
    }
    if spec.precision.is_some() {
        return Err(Stop::value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(Stop::value_error("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if spec.kind == 'c' {
        return character(number, spec, budget);
    }
    let digits = int_digits(number, spec.kind, budget)?;
    let prefix = match spec.kind {
        'b' => "0b",
        'o' => "0o",
        'x' => "0x",
        'X' => "0X",
        _ => "",
    };
    let prefix = if spec.alternate { prefix } else { "" };
    layout(&Parts { negative: number.is_negative(), prefix, whole: &digits, rest: "" }, spec, budget)
}

fn character(number: &Int, spec: &Spec, budget: &Budget) -> Outcome<String> {
    if spec.sign.is_some() {
        return Err(Stop::value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(Stop::value_error("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let text = char_of(number)?.to_string();
    layout(&Parts { negative: false, prefix: "", whole: "", rest: &text }, spec, budget)
}

/// The character of a code point, as `%c` takes it.
///
/// # Errors
/// `OverflowError: %c arg not in range(0x110000)`; `Unsupported` for a lone surrogate.
pub fn char_of(number: &Int) -> Outcome<char> {
    let Some(code) = number.to_i64() else {
        return Err(Stop::raise("OverflowError", "Python int too large to convert to C long"));
    };
    match u32::try_from(code) {
        Ok(code @ 0..=0x10_ffff) => char::from_u32(code).ok_or_else(|| Stop::unsupported("lone surrogate")),
        _ => Err(Stop::raise("OverflowError", "%c arg not in range(0x110000)")),
    }
}

/// `format(float, spec)`
///
/// # Errors
/// `ValueError: Unknown format code 'd' for object of type 'float'`...
pub fn format_float(value: f64, spec: &Spec, name: &str, budget: &Budget) -> Outcome<String> {
    if spec.kind == 'n' {
        return Err(Stop::unsupported("format type 'n'"));
    }
    if !matches!(spec.kind, '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        return Err(spec.unknown(name));
    }
    format_digits(value, spec, budget)
}

/// `format(float, spec)` for a type letter that is known to be one of a float's, or `r`: as `repr`, without `.0`.
///
/// # Errors
/// `ValueError: precision too big`, and the budget's limits.
pub fn format_digits(value: f64, spec: &Spec, budget: &Budget) -> Outcome<String> {
    if spec.precision.is_some_and(|precision| precision.to_i32().is_none()) {
        return Err(Stop::value_error("precision too big"));
    }
    let (kind, scaled) = match spec.kind {
        '\0' if spec.precision.is_none() => ('r', value),
        '\0' => ('g', value),
        '%' => ('f', value * 100.0),
        kind => (kind.to_ascii_lowercase(), value),
    };
    let style = Style {
        kind,
        precision: spec.precision.unwrap_or(6),
        alternate: spec.alternate,
        point_zero: spec.kind == '\0',
    };
    let mut text = float::digits(scaled, style, budget)?;
    if spec.alternate && kind == 'r' && !text.contains('.') && value.is_finite() {
        text = match text.split_once('e') {
            Some((mantissa, exponent)) => format!("{mantissa}.e{exponent}"),
            None => text + ".",
        };
    }
    let zero = !text
        .contains(|digit: char| digit.is_ascii_alphabetic() && digit != 'e' || ('1'..='9').contains(&digit))
        || text.split('e').next().is_some_and(|mantissa| mantissa.trim_matches(['0', '.']).is_empty());
    let negative = scaled.is_sign_negative() && !scaled.is_nan() && !(spec.no_negative_zero && zero);
    if matches!(spec.kind, 'E' | 'F' | 'G') {
        text = text.to_ascii_uppercase();
    }
    if spec.kind == '%' {
        text.push('%');
    }
    let end = text.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(text.len());
    let (whole, rest) = text.split_at_checked(end).unwrap_or((&text, ""));
    layout(&Parts { negative, prefix: "", whole, rest }, spec, budget)
}

/// Sign, prefix, grouped digits and rest, padded to the width.
fn layout(parts: &Parts<'_>, spec: &Spec, budget: &Budget) -> Outcome<String> {
    let sign = match spec.sign {
        _ if parts.negative => "-",
        Some('+') => "+",
        Some(' ') => " ",
        _ => "",
    };
    let fixed = sign.len() + parts.prefix.len() + parts.rest.chars().count();
    budget
        .bytes(spec.width.saturating_mul(spec.fill.len_utf8().max(2)).saturating_add(fixed + parts.whole.len() * 2))?;
    let least = if spec.fill == '0' && spec.align == Some('=') { spec.width.saturating_sub(fixed) } else { 0 };
    let group = match (spec.grouping, spec.kind) {
        (None, _) => usize::MAX,
        (_, 'b' | 'o' | 'x' | 'X') => 4,
        _ => 3,
    };
    // `inf`, `nan` and characters have no digits, so nothing is grouped.
    let whole = if parts.whole.is_empty() {
        String::new()
    } else {
        grouped(parts.whole, least, group, spec.grouping.unwrap_or(','))
    };
    let padding = spec.width.saturating_sub(fixed + whole.len());
    let (left, inner, right) = match spec.align.unwrap_or('>') {
        '<' => (0, 0, padding),
        '^' => (padding / 2, 0, padding - padding / 2),
        '=' => (0, padding, 0),
        _ => (padding, 0, 0),
    };
    let mut text = String::new();
    let fill = |text: &mut String, count: usize| text.extend(std::iter::repeat_n(spec.fill, count));
    fill(&mut text, left);
    text.push_str(sign);
    text.push_str(parts.prefix);
    fill(&mut text, inner);
    text.push_str(&whole);
    text.push_str(parts.rest);
    fill(&mut text, right);
    Ok(text)
}

/// Digits with a separator every `group` from the right, with zeros in front up to `least` characters. A separator is
/// never the first character, so the text may be one longer.
fn grouped(digits: &str, least: usize, group: usize, separator: char) -> String {
    let mut reversed = String::new();
    let mut source = digits.chars().rev();
    let (mut remaining, mut least) = (digits.len(), least);
    loop {
        let size = group.min(remaining.max(least).max(1));
        for _ in 0..size {
            reversed.push(source.next().unwrap_or('0'));
        }
        remaining = remaining.saturating_sub(size);
        least = least.saturating_sub(size);
        if remaining == 0 && least == 0 {
            break;
        }
        reversed.push(separator);
        least = least.saturating_sub(1);
    }
    reversed.chars().rev().collect()
}
