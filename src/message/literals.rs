//! Numbers and strings as Jinja2's lexer reads them: where they end and what they are worth.
//!
//! Sources: `integer_re`, `float_re`, `string_re` of Jinja2 3.1's lexer; Python's `unicode-escape` codec.

use std::rc::Rc;

use num_bigint::BigInt;

use crate::python::Value;
use crate::python::character_names::character;

/// Longest integer, in digits, that CPython 3.11 reads from text (`sys.int_info.default_max_str_digits`).
const MOST_DIGITS: usize = 4300;

/// The number at the start of a text: its value and its length. `None` when CPython would not read it, or not as a number.
///
/// The text starts with an ASCII digit and is not preceded by one. `after_dot` says that a `.` precedes: then it is no float.
pub fn number(text: &str, after_dot: bool) -> Option<(Value, usize)> {
    let bytes = text.as_bytes();
    if let Some(length) = float_length(bytes).filter(|_| !after_dot) {
        let digits: String = text.get(..length)?.chars().filter(|c| *c != '_').collect();
        // Jinja2 writes a literal into Python code, where `inf` is a name that nobody defined.
        let value: f64 = digits.parse().ok().filter(|value: &f64| value.is_finite())?;
        return Some((Value::Float(value), length));
    }
    let length = integer_length(bytes);
    let digits: String = text.get(..length)?.chars().filter(|c| *c != '_').collect();
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let (digits, radix) = match digits.get(..2) {
        Some("0b" | "0B") => (digits.get(2..)?, 2),
        Some("0o" | "0O") => (digits.get(2..)?, 8),
        Some("0x" | "0X") => (digits.get(2..)?, 16),
        _ => (digits.as_str(), 10),
    };
    let value = match i64::from_str_radix(digits, radix) {
        Ok(small) => Value::from(small),
        Err(_) => Value::from(BigInt::parse_bytes(digits.as_bytes(), radix)?),
    };
    Some((value, length))
}

/// The length of `(_?digit)*` after `at`, where `digit` is one of the accepted bytes.
fn run(bytes: &[u8], mut at: usize, digit: impl Fn(u8) -> bool) -> usize {
    loop {
        let next = if bytes.get(at) == Some(&b'_') { at + 1 } else { at };
        match bytes.get(next) {
            Some(byte) if digit(*byte) => at = next + 1,
            _ => return at,
        }
    }
}

/// The end of `digit(_?digit)*` at `at`; `None` when no digit is there.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at).filter(|b| b.is_ascii_digit())?;
    Some(run(bytes, at, |b| b.is_ascii_digit()))
}

fn integer_length(bytes: &[u8]) -> usize {
    let prefixed = match bytes.get(..2) {
        Some(b"0b" | b"0B") => run(bytes, 2, |b| matches!(b, b'0' | b'1')),
        Some(b"0o" | b"0O") => run(bytes, 2, |b| matches!(b, b'0'..=b'7')),
        Some(b"0x" | b"0X") => run(bytes, 2, |b| b.is_ascii_hexdigit()),
        _ => 2,
    };
    match bytes.first() {
        _ if prefixed > 2 => prefixed,
        Some(b'0') => run(bytes, 1, |b| b == b'0'),
        _ => run(bytes, 1, |b| b.is_ascii_digit()),
    }
}

fn float_length(bytes: &[u8]) -> Option<usize> {
    let whole = digits(bytes, 0)?;
    let fraction = (bytes.get(whole) == Some(&b'.')).then(|| digits(bytes, whole + 1)).flatten();
    let mantissa = fraction.unwrap_or(whole);
    let exponent = matches!(bytes.get(mantissa), Some(b'e' | b'E')).then(|| {
        let sign = usize::from(matches!(bytes.get(mantissa + 1), Some(b'+' | b'-')));
        digits(bytes, mantissa + 1 + sign)
    });
    exponent.flatten().or(fraction)
}

/// The length of the quoted string at the start of a text, quotes included; `None` when it does not end.
pub fn string_length(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    let (_, quote) = characters.next()?;
    while let Some((index, c)) = characters.next() {
        match c {
            '\\' => {
                characters.next()?;
            }
            c if c == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Why a string's escapes were not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadEscape {
    /// Python refuses it, in these words.
    Python(&'static str),
    /// This engine does not know it.
    Unknown(&'static str),
}

/// What a string's inside is worth: `value.encode("ascii", "backslashreplace").decode("unicode-escape")`.
pub fn unescape(inside: &str) -> Result<Rc<str>, BadEscape> {
    if !inside.contains('\\') {
        return Ok(Rc::from(inside));
    }
    let mut out = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut characters = after.chars();
        let Some(c) = characters.next() else {
            return Err(BadEscape::Python("\\ at end of string"));
        };
        rest = characters.as_str();
        match c {
            '\n' => {}
            '\\' | '\'' | '"' => out.push(c),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'v' => out.push('\u{b}'),
            '0'..='7' => {
                let length = after.bytes().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                let (octal, tail) = after.split_at_checked(length).unwrap_or((after, ""));
                out.extend(u32::from_str_radix(octal, 8).ok().and_then(char::from_u32));
                rest = tail;
            }
            'x' => rest = hexadecimal(rest, 2, "truncated \\xXX escape", &mut out)?,
            'u' => rest = hexadecimal(rest, 4, "truncated \\uXXXX escape", &mut out)?,
            'U' => rest = hexadecimal(rest, 8, "truncated \\UXXXXXXXX escape", &mut out)?,
            'N' if rest.starts_with('{') => {
                let named = rest.get(1..).and_then(|rest| rest.split_once('}')).filter(|(name, _)| !name.is_empty());
                let Some((name, tail)) = named else {
                    return Err(BadEscape::Python("malformed \\N character escape"));
                };
                out.push(character(name).ok_or(BadEscape::Unknown("\\N{...}"))?);
                rest = tail;
            }
            'N' => return Err(BadEscape::Python("malformed \\N character escape")),
            c if c.is_ascii() => out.extend(['\\', c]),
            // The character became an escape of its own, and the backslash before it now escapes that one's backslash.
            c => match u32::from(c) {
                code @ ..=0xff => out.push_str(&format!("\\x{code:02x}")),
                code @ ..=0xffff => out.push_str(&format!("\\u{code:04x}")),
                code => out.push_str(&format!("\\U{code:08x}")),
            },
        }
    }
    out.push_str(rest);
    Ok(Rc::from(out))
}

/// Reads exactly `count` hexadecimal digits, and answers what follows them.
fn hexadecimal<'a>(
    text: &'a str,
    count: usize,
    truncated: &'static str,
    out: &mut String,
) -> Result<&'a str, BadEscape> {
    let (digits, rest) = text.split_at_checked(count).ok_or(BadEscape::Python(truncated))?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(BadEscape::Python(truncated));
    }
    let code = u32::from_str_radix(digits, 16).map_err(|_| BadEscape::Python(truncated))?;
    match char::from_u32(code) {
        Some(c) => out.push(c),
        None if code > 0x0010_ffff => return Err(BadEscape::Python("illegal Unicode character")),
        None => return Err(BadEscape::Unknown("a lone surrogate")),
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lengths from `integer_re` and `float_re` of Jinja2 3.1.6.
    #[test]
    fn numbers_end_where_jinja_ends_them() {
        let cases = [
            ("1", 1),
            ("12 ", 2),
            ("012", 1),
            ("00", 2),
            ("1_000", 5),
            ("1__0", 1),
            ("1_", 1),
            ("0b12", 3),
            ("0x", 1),
            ("0xfg", 3),
            ("1.5", 3),
            ("1.", 1),
            ("1.e5", 1),
            ("1e5", 3),
            ("1e", 1),
            ("1.5e+3x", 6),
            ("1_0.0_1", 7),
            ("1.5.3", 3),
            ("0_0", 3),
            ("0B1", 3),
        ];
        for (text, length) in cases {
            assert_eq!(number(text, false).unwrap().1, length, "{text}");
        }
        assert_eq!(number("1.0", true).unwrap().1, 1, "after a dot there is no fraction");
    }

    /// Values from Jinja2 3.1.6: `Environment().from_string("{{ '...' }}").render()`.
    #[test]
    fn escapes_are_read_as_python_reads_them() {
        let cases = [
            (r"\n", "\n"),
            (r"\x41", "A"),
            (r"\é", r"\xe9"),
            (r"\€", r"\u20ac"),
            (r"\😀", r"\U0001f600"),
            (r"\d", r"\d"),
            (r"\101", "A"),
            ("a\\\nb", "ab"),
            (r"\u00e9é", "éé"),
        ];
        for (inside, value) in cases {
            assert_eq!(&*unescape(inside).unwrap(), value, "{inside}");
        }
        assert_eq!(unescape(r"\x4"), Err(BadEscape::Python("truncated \\xXX escape")));
        assert_eq!(unescape(r"\U00110000"), Err(BadEscape::Python("illegal Unicode character")));
    }
}
