//! Methods of `str` that pad, expand, format and encode.

use std::rc::Rc;

use super::super::signature::Signature;
use super::super::{Arguments, Budget, Outcome, Stop, Value, access, format, show, signature};
use super::Answer;

/// `text.name(arguments)` for the methods of this file.
pub fn call(text: &Rc<str>, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "center" | "ljust" | "rjust" => pad(text, name, arguments, budget),
        "zfill" => zfill(text, arguments, budget),
        "expandtabs" => expandtabs(text, arguments, budget),
        "encode" => encode(text, arguments, budget),
        "format" => format::str_format(text, arguments, &plain_attribute, budget).map(Value::from),
        "format_map" => format_map(text, arguments, budget),
        _ => return None,
    })
}

/// An attribute inside a format field, outside any sandbox.
fn plain_attribute(value: &Value, name: &str) -> Outcome<Value> {
    access::attribute(value, name)?.ok_or_else(|| access::no_attribute(value, name))
}

fn format_map(text: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let mapping = signature::one(arguments, "str.format_map")?;
    format::format_map(text, mapping, &plain_attribute, budget).map(Value::from)
}

/// Spends and makes `count` times a character.
fn fill(text: &mut String, character: char, count: usize, budget: &Budget) -> Outcome<()> {
    budget.bytes(count.saturating_mul(character.len_utf8()))?;
    text.extend(std::iter::repeat_n(character, count));
    Ok(())
}

fn pad(text: &Rc<str>, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = signature::between(arguments, &format!("str.{name}"), 1, 2)?;
    let width = given.first().map_or(Ok(0), signature::size)?;
    let character = match given.get(1) {
        None => ' ',
        Some(value) => {
            let text = signature::text(value).ok_or_else(|| {
                Stop::type_error(format!("The fill character must be a unicode character, not {}", value.error_name()))
            })?;
            let mut characters = text.chars();
            match (characters.next(), characters.next()) {
                (Some(character), None) => character,
                _ => return Err(Stop::type_error("The fill character must be exactly one character long")),
            }
        }
    };
    let width = signature::count(width);
    let padding = width.saturating_sub(text.chars().count());
    if padding == 0 {
        return Ok(Value::Str(Rc::clone(text)));
    }
    let left = match name {
        "ljust" => 0,
        "rjust" => padding,
        // CPython gives the odd one to the left when the width is odd.
        _ => padding / 2 + (padding & width & 1),
    };
    budget.bytes(text.len())?;
    let mut result = String::new();
    fill(&mut result, character, left, budget)?;
    result.push_str(text);
    fill(&mut result, character, padding - left, budget)?;
    Ok(result.into())
}

fn zfill(text: &Rc<str>, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let width = signature::count(signature::size(signature::one(arguments, "str.zfill")?)?);
    let padding = width.saturating_sub(text.chars().count());
    if padding == 0 {
        return Ok(Value::Str(Rc::clone(text)));
    }
    let (sign, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.chars().next(), digits),
        None => (None, &**text),
    };
    budget.bytes(text.len())?;
    let mut result = String::from_iter(sign);
    fill(&mut result, '0', padding, budget)?;
    result.push_str(digits);
    Ok(result.into())
}

fn expandtabs(text: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "expandtabs", parameters: &["tabsize"], positional: 1, required: 0 };
    let size = signature.bind(arguments)?.into_iter().next().flatten();
    let size = size.map_or(Ok(8), |size| signature::c_int(&size))?;
    let size = usize::try_from(size).unwrap_or(0);
    budget.bytes(text.len())?;
    let mut result = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' if size > 0 => {
                let width = size - column % size;
                fill(&mut result, ' ', width, budget)?;
                column += width;
            }
            '\t' => {}
            '\n' | '\r' => {
                result.push(character);
                column = 0;
            }
            _ => {
                result.push(character);
                column += 1;
            }
        }
    }
    Ok(result.into())
}

fn encode(text: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "encode", parameters: &["encoding", "errors"], positional: 2, required: 0 };
    let mut places = signature.bind(arguments)?.into_iter();
    let mut argument = |name: &str, default: &str| match places.next().flatten() {
        None => Ok(Rc::from(default)),
        Some(value) => signature::text(&value).ok_or_else(|| {
            Stop::type_error(format!("encode() argument '{name}' must be str, not {}", signature::found(&value)))
        }),
    };
    let (encoding, errors) = (argument("encoding", "utf-8")?, argument("errors", "strict")?);
    budget.bytes(text.len())?;
    match encoding.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => Ok(Value::Bytes(text.as_bytes().into())),
        "ascii" | "us-ascii" if text.is_ascii() => Ok(Value::Bytes(text.as_bytes().into())),
        "ascii" | "us-ascii" => match &*errors {
            "strict" => Err(not_ascii(text)),
            "ignore" => Ok(Value::Bytes(text.bytes().filter(u8::is_ascii).collect())),
            "replace" => Ok(Value::Bytes(
                text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?')).collect(),
            )),
            _ => Err(Stop::unsupported("str.encode errors")),
        },
        _ => Err(Stop::unsupported("str.encode")),
    }
}

fn not_ascii(text: &str) -> Stop {
    let first = text.chars().take_while(char::is_ascii).count();
    let count = text.chars().skip(first).take_while(|c| !c.is_ascii()).count();
    let what = match text.chars().nth(first) {
        Some(character) if count == 1 => {
            let mut escaped = String::new();
            show::push_escape(&mut escaped, character);
            format!("character '{escaped}' in position {first}")
        }
        _ => format!("characters in position {first}-{}", first + count.max(1) - 1),
    };
    Stop::raise("UnicodeEncodeError", format!("'ascii' codec can't encode {what}: ordinal not in range(128)"))
}
