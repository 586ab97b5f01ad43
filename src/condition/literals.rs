//! What string and number literals stand for: prefixes, escapes, implicit joining.
//!
//! Error words were observed on CPython 3.11; its positions count every character outside ASCII as ten, because its
//! decoder first writes them as `\UXXXXXXXX`.

use std::ops::Range;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Num;

use super::ast::{Kind, Piece};
use super::fstring;
use super::lexer::Fault;
use super::parser::Failure;
use crate::python::{Value, character_names};
use crate::text::slice;

/// CPython's limit on the decimal digits of an integer in a text.
const MOST_DIGITS: usize = 4300;

/// The value of a number literal.
///
/// # Errors
/// CPython's refusal of a decimal integer that is too long to be read.
pub fn number(text: &str, span: &Range<usize>) -> Result<Kind, Failure> {
    let literal = slice(text, span.clone()).replace('_', "").to_ascii_lowercase();
    let unknown = || Failure::Unknown(String::from("number"), span.clone());
    let radix = |digits: &str, radix| BigInt::from_str_radix(digits, radix).ok();
    let integer = match literal.get(..2) {
        Some("0x") => radix(literal.get(2..).unwrap_or_default(), 16),
        Some("0o") => radix(literal.get(2..).unwrap_or_default(), 8),
        Some("0b") => radix(literal.get(2..).unwrap_or_default(), 2),
        _ if let Some(imag) = literal.strip_suffix('j') => {
            return imag.parse().map(|imag| Kind::Constant(Value::Complex(0.0, imag))).map_err(|_| unknown());
        }
        _ if literal.contains(['.', 'e']) => {
            return literal.parse::<f64>().map(|float| Kind::Constant(Value::Float(float))).map_err(|_| unknown());
        }
        _ if literal.len() > MOST_DIGITS => {
            return Err(Fault::syntax(too_many_digits(literal.len()), span.clone()).into());
        }
        _ => radix(&literal, 10),
    };
    integer.map(|integer| Kind::Constant(Value::from(integer))).ok_or_else(unknown)
}

/// What CPython 3.11 says of an integer literal of so many digits.
fn too_many_digits(count: usize) -> String {
    format!(
        "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {count} digits; use \
         sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid \
         decimal conversion limits."
    )
}

/// Whether a refusal is that of an integer literal: inside an f-string CPython words it otherwise.
pub fn is_too_many_digits(fault: &Fault) -> bool {
    fault.message.as_ref().is_some_and(|message| message.starts_with("Exceeds the limit"))
}

/// A string literal taken apart.
struct Literal<'a> {
    content: &'a str,
    /// Where the content starts in the text.
    at: usize,
    raw: bool,
    bytes: bool,
    format: bool,
}

fn take_apart<'a>(text: &'a str, span: &Range<usize>) -> Literal<'a> {
    let token = text.get(span.clone()).unwrap_or_default();
    let prefix = token.find(['\'', '"']).unwrap_or_default();
    let flags = token.get(..prefix).unwrap_or_default().to_ascii_lowercase();
    let quoted = token.get(prefix..).unwrap_or_default();
    let quotes = if quoted.len() >= 6 && (quoted.starts_with("'''") || quoted.starts_with("\"\"\"")) { 3 } else { 1 };
    Literal {
        content: quoted.get(quotes..quoted.len() - quotes).unwrap_or_default(),
        at: span.start + prefix + quotes,
        raw: flags.contains('r'),
        bytes: flags.contains('b'),
        format: flags.contains('f'),
    }
}

/// The value of string literals side by side.
///
/// # Errors
/// CPython's refusals (a bad escape, texts beside bytes, a bad f-string), and what this engine does not know.
pub fn strings(text: &str, tokens: &[Range<usize>], depth: usize) -> Result<Kind, Failure> {
    let mut bytes: Option<Vec<u8>> = None;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut format = false;
    for (index, span) in tokens.iter().enumerate() {
        let literal = take_apart(text, span);
        if literal.bytes && !literal.content.is_ascii() {
            return Err(Fault::syntax("bytes can only contain ASCII literal characters", span.clone()).into());
        }
        let mut made = Vec::new();
        let decoded = if literal.bytes {
            Some(decode_bytes(&literal, span)?)
        } else {
            if literal.format {
                // CPython reads what is in an f-string only after it has looked at its neighbours.
                if bytes.is_some() {
                    return Err(mixed(span));
                }
                format = true;
                made = fstring::pieces(text, literal.at, literal.content, literal.raw, span, depth)?;
            } else {
                made.push(Piece::Text(decode(literal.content, literal.raw, span)?.into()));
            }
            None
        };
        if index > 0 && bytes.is_some() != literal.bytes {
            return Err(mixed(span));
        }
        match decoded {
            Some(decoded) => bytes.get_or_insert_default().extend(decoded),
            None => pieces.extend(made),
        }
    }
    if let Some(bytes) = bytes {
        return Ok(Kind::Constant(Value::Bytes(Rc::from(bytes))));
    }
    let pieces = joined(pieces);
    if format {
        return Ok(Kind::FString(pieces));
    }
    let value = match pieces.first() {
        Some(Piece::Text(value)) => value.clone(),
        _ => Rc::from(""),
    };
    Ok(Kind::Constant(Value::Str(value)))
}

fn mixed(span: &Range<usize>) -> Failure {
    Fault::syntax("cannot mix bytes and nonbytes literals", span.clone()).into()
}

/// Joins neighbouring texts.
pub fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(after)) => *before = Rc::from(format!("{before}{after}")),
            (_, Piece::Text(text)) if text.is_empty() => {}
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

/// Line ends as CPython reads them.
fn line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A text with its escapes replaced. `span` is the place of the whole literal.
///
/// # Errors
/// CPython's `(unicode error)`, and `Unknown` for a named character or a lone surrogate.
pub fn decode(content: &str, raw: bool, span: &Range<usize>) -> Result<String, Failure> {
    let content = line_feeds(content);
    if raw || !content.contains('\\') {
        return Ok(content);
    }
    let mut decoded = String::with_capacity(content.len());
    // Where CPython's decoder is.
    let mut position = 0;
    let width = |c: char| if c.is_ascii() { 1 } else { 10 };
    let mut rest = content.chars().peekable();
    while let Some(c) = rest.next() {
        let start = position;
        position += width(c);
        if c != '\\' {
            decoded.push(c);
            continue;
        }
        let Some(escape) = rest.next() else {
            decoded.push('\\');
            break;
        };
        position += width(escape);
        let mut digits = |most: usize, radix: u32| {
            let mut digits = String::new();
            while digits.len() < most {
                let Some(digit) = rest.next_if(|c| c.is_digit(radix)) else { break };
                digits.push(digit);
            }
            position += digits.len();
            digits
        };
        let refused = |end: usize, why: &str| -> Failure {
            let message = format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{}: {why}",
                end - 1
            );
            Fault::syntax(message, span.clone()).into()
        };
        match escape {
            '\n' => {}
            '\\' | '\'' | '"' => decoded.push(escape),
            'a' => decoded.push('\u{7}'),
            'b' => decoded.push('\u{8}'),
            'f' => decoded.push('\u{c}'),
            'n' => decoded.push('\n'),
            'r' => decoded.push('\r'),
            't' => decoded.push('\t'),
            'v' => decoded.push('\u{b}'),
            '0'..='7' => {
                let digits = format!("{escape}{}", digits(2, 8));
                let code = u32::from_str_radix(&digits, 8).unwrap_or_default();
                decoded.extend(char::from_u32(code));
            }
            'x' | 'u' | 'U' => {
                let (width, shape) = match escape {
                    'x' => (2, "\\xXX"),
                    'u' => (4, "\\uXXXX"),
                    _ => (8, "\\UXXXXXXXX"),
                };
                let digits = digits(width, 16);
                if digits.len() < width {
                    return Err(refused(position, &format!("truncated {shape} escape")));
                }
                let code = u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX);
                if code > 0x10_ffff {
                    return Err(refused(position, "illegal Unicode character"));
                }
                let Some(c) = char::from_u32(code) else {
                    return Err(Failure::Unknown(String::from("lone surrogate"), span.clone()));
                };
                decoded.push(c);
            }
            'N' => {
                let named =
                    rest.peek() == Some(&'{') && rest.clone().skip(1).position(|c| c == '}').is_some_and(|at| at > 0);
                if named {
                    let name: String = rest.clone().skip(1).take_while(|c| *c != '}').collect();
                    if let Some(c) = character_names::character(&name) {
                        decoded.push(c);
                        position += 2 + name.len();
                        while rest.next().is_some_and(|c| c != '}') {}
                        continue;
                    }
                    if may_be_a_name(&name) {
                        return Err(Failure::Unknown(String::from("\\N{...}"), span.clone()));
                    }
                    let end = position + 2 + name.chars().map(width).sum::<usize>();
                    return Err(refused(end, "unknown Unicode character name"));
                }
                if rest.peek() == Some(&'{') {
                    // CPython has looked for the end of the name.
                    position += 1 + rest.clone().skip(1).take_while(|c| *c != '}').map(width).sum::<usize>();
                }
                return Err(refused(position, "malformed \\N character escape"));
            }
            other => {
                decoded.push('\\');
                decoded.push(other);
            }
        }
    }
    Ok(decoded)
}

/// Whether a character may have this name. The names themselves are too many to be here: only the shape is looked at.
fn may_be_a_name(name: &str) -> bool {
    if character_names::is_none(name) {
        return false;
    }
    let shaped = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '(' | ')'));
    shaped && !(name.contains("  ") || name.starts_with(' ') || name.ends_with(' '))
}

fn decode_bytes(literal: &Literal<'_>, span: &Range<usize>) -> Result<Vec<u8>, Failure> {
    let content = line_feeds(literal.content);
    if literal.raw {
        return Ok(content.into_bytes());
    }
    let mut decoded = Vec::with_capacity(content.len());
    let mut rest = content.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            decoded.extend(u8::try_from(c));
            continue;
        }
        let Some((_, escape)) = rest.next() else { break };
        let mut digits = |most: usize, radix: u32| {
            let mut digits = String::new();
            while digits.len() < most {
                let Some((_, digit)) = rest.next_if(|(_, c)| c.is_digit(radix)) else { break };
                digits.push(digit);
            }
            digits
        };
        match escape {
            '\n' => {}
            '\\' | '\'' | '"' => decoded.extend(u8::try_from(escape)),
            'a' => decoded.push(7),
            'b' => decoded.push(8),
            'f' => decoded.push(12),
            'n' => decoded.push(b'\n'),
            'r' => decoded.push(b'\r'),
            't' => decoded.push(b'\t'),
            'v' => decoded.push(11),
            '0'..='7' => {
                let digits = format!("{escape}{}", digits(2, 8));
                let code = u32::from_str_radix(&digits, 8).unwrap_or_default();
                decoded.extend(u8::try_from(code & 0xff));
            }
            'x' => {
                let digits = digits(2, 16);
                if digits.len() < 2 {
                    let message = format!("(value error) invalid \\x escape at position {at}");
                    return Err(Fault::syntax(message, span.clone()).into());
                }
                decoded.extend(u8::from_str_radix(&digits, 16));
            }
            other => {
                decoded.push(b'\\');
                decoded.extend(u8::try_from(other));
            }
        }
    }
    Ok(decoded)
}
