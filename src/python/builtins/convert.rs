//! Conversions: `int`, `float`, `str`, `bool`, `list`, `chr`...

use std::cell::RefCell;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Num;

use super::super::letters::{decimal, is_space};
use super::super::methods::{merge_into, set_of};
use super::super::signature::{self, Signature, between, c_int, one};
use super::super::{Arguments, Budget, Dict, Int, Outcome, Stop, Value, int, items, operators, show};
use super::sequences::at_most_one;

/// `ascii(value)`
pub fn ascii(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    show::ascii(one(arguments, "ascii")?, budget).map(Value::from)
}

/// `repr(value)`
pub fn repr(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    show::repr(one(arguments, "repr")?, budget).map(Value::from)
}

/// `format(value, spec="")`
pub fn format(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = between(arguments, "format", 1, 2)?;
    let value = given.first().unwrap_or(&Value::None);
    let spec = match given.get(1) {
        None => Rc::from(""),
        Some(spec) => signature::text(spec).ok_or_else(|| {
            Stop::type_error(format!("format() argument 2 must be str, not {}", signature::found(spec)))
        })?,
    };
    super::super::format::format(value, &spec, budget).map(Value::from)
}

/// `bool(value)`
pub fn bool(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    at_most_one(arguments, "bool")?.map_or(Ok(false), operators::truth).map(Value::Bool)
}

/// `str(value)`
pub fn str(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let parameters = &["object", "encoding", "errors"];
    let mut places = Signature { name: "str", parameters, positional: 3, required: 0 }.bind(arguments)?.into_iter();
    let value = places.next().flatten();
    if places.flatten().next().is_some() {
        return Err(Stop::unsupported("str() with an encoding"));
    }
    match value {
        None => Ok(Value::str("")),
        Some(Value::Str(text)) => Ok(Value::Str(text)),
        Some(value) => show::str(&value, budget).map(Value::from),
    }
}

/// `chr(code)`
pub fn chr(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let code = c_int(one(arguments, "chr")?)?;
    let Ok(code @ 0..=0x10_ffff) = u32::try_from(code) else {
        return Err(Stop::value_error("chr() arg not in range(0x110000)"));
    };
    let character = char::from_u32(code).ok_or_else(|| Stop::unsupported("lone surrogate"))?;
    Ok(Value::str(character.encode_utf8(&mut [0; 4])))
}

/// `ord(character)`
pub fn ord(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, "ord")?;
    let (first, length) = match &*value.base() {
        Value::Str(text) => (text.chars().next().map(u32::from), text.chars().count()),
        Value::Bytes(bytes) => (bytes.first().map(|byte| u32::from(*byte)), bytes.len()),
        _ => {
            return Err(Stop::type_error(format!(
                "ord() expected string of length 1, but {} found",
                value.error_name()
            )));
        }
    };
    match (first, length) {
        (Some(code), 1) => Ok(Value::from(i64::from(code))),
        _ => Err(Stop::type_error(format!("ord() expected a character, but string of length {length} found"))),
    }
}

/// `list(iterable)`
pub fn list(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let items = at_most_one(arguments, "list")?.map_or(Ok(Vec::new()), |value| items::list(value, budget))?;
    Ok(Value::list(items))
}

/// `tuple(iterable)`
pub fn tuple(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    match at_most_one(arguments, "tuple")? {
        // A tuple is its own tuple.
        Some(value @ Value::Tuple(_)) => Ok(value.clone()),
        Some(value) => Ok(Value::tuple(items::list(value, budget)?)),
        None => Ok(Value::tuple(Vec::new())),
    }
}

/// `bytes(...)`, for a text with the encoding UTF-8, a count of zeros, or numbers.
pub fn bytes(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let unknown = || Stop::unsupported("bytes() with these arguments");
    if !arguments.keyword.is_empty() {
        return Err(unknown());
    }
    let made: Vec<u8> = match arguments.positional.as_slice() {
        [] => Vec::new(),
        [Value::Str(_)] => return Err(Stop::type_error("string argument without an encoding")),
        [Value::Str(text), Value::Str(encoding)] => {
            if !matches!(encoding.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "utf_8") {
                return Err(unknown());
            }
            text.as_bytes().to_vec()
        }
        [Value::Int(count)] => match count.to_i64() {
            Some(count) if count < 0 => return Err(Stop::value_error("negative count")),
            count => {
                let count = count.and_then(|count| usize::try_from(count).ok()).ok_or_else(unknown)?;
                budget.look_through(count)?;
                budget.bytes(count)?;
                vec![0; count]
            }
        },
        [list @ (Value::List(_) | Value::Tuple(_) | Value::Range(_))] => {
            let byte = |number: Value| match number {
                Value::Int(_) => number
                    .as_i64()
                    .and_then(|number| u8::try_from(number).ok())
                    .ok_or_else(|| Stop::value_error("bytes must be in range(0, 256)")),
                other => Err(Stop::type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    other.error_name()
                ))),
            };
            items::list(list, budget)?.into_iter().map(byte).collect::<Outcome<_>>()?
        }
        [Value::Bytes(bytes)] => bytes.to_vec(),
        _ => return Err(unknown()),
    };
    Ok(Value::Bytes(made.into()))
}

/// `slice(stop)`, `slice(start, stop, step)`
pub fn slice(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    match between(arguments, "slice", 1, 3)? {
        [stop] => Ok(Value::slice(Value::None, stop.clone(), Value::None)),
        [start, stop] => Ok(Value::slice(start.clone(), stop.clone(), Value::None)),
        [start, stop, step] => Ok(Value::slice(start.clone(), stop.clone(), step.clone())),
        _ => Err(Stop::unsupported("slice")),
    }
}

/// `set(iterable)`
pub fn set(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let elements = at_most_one(arguments, "set")?.map_or(Ok(Dict::default()), |value| set_of(value, budget))?;
    Ok(Value::set(elements))
}

/// `dict(...)`
pub fn dict(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    if arguments.positional.len() > 1 {
        let given = arguments.positional.len();
        return Err(Stop::type_error(format!("dict expected at most 1 argument, got {given}")));
    }
    let dict = Rc::new(RefCell::new(Dict::default()));
    merge_into(&dict, arguments, budget)?;
    Ok(Value::Dict(dict))
}

/// `float(value)`
pub fn float(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let Some(value) = at_most_one(arguments, "float")? else { return Ok(Value::Float(0.0)) };
    if let Value::Str(text) = &*value.base() {
        // Read character by character.
        budget.look_through(text.len().saturating_mul(8))?;
    }
    to_float(value).map(Value::Float)
}

/// `float(value)`
///
/// # Errors
/// `ValueError: could not convert string to float: 'abc'`...
pub fn to_float(value: &Value) -> Outcome<f64> {
    match &*value.base() {
        Value::Float(number) => Ok(*number),
        Value::Str(text) => match float_of_text(text) {
            Some(number) => Ok(number),
            None => {
                let shown = show::repr(&Value::Str(Rc::clone(text)), &Budget::default())?;
                Err(Stop::value_error(format!("could not convert string to float: {shown}")))
            }
        },
        Value::Bytes(_) => Err(Stop::unsupported("float of bytes")),
        base => match operators::as_int(base) {
            Some(number) => number.to_f64(),
            None if matches!(base, Value::Object(_)) => {
                Err(Stop::unsupported(format!("float of a {}", value.type_name())))
            }
            None => Err(Stop::type_error(format!(
                "float() argument must be a string or a real number, not '{}'",
                value.error_name()
            ))),
        },
    }
}

/// Whether numbers in texts may have it around them: ASCII's separators (U+001C to U+001F) are spaces elsewhere only.
fn is_padding(c: char) -> bool {
    is_space(c) && !('\x1c'..='\x1f').contains(&c)
}

/// The number that a text is for `float()`: spaces around it, digits of any script, `_` between digits, `inf`, `nan`.
pub fn float_of_text(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_padding);
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let digit = decimal(character);
        if character == '_' {
            let between = before.is_ascii_digit() && characters.peek().is_some_and(|next| decimal(*next).is_some());
            if !between {
                return None;
            }
            before = '_';
            continue;
        }
        before = digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(character);
        plain.push(before);
    }
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let lower = unsigned.to_ascii_lowercase();
    let sign = if plain.starts_with('-') { -1.0 } else { 1.0 };
    match lower.as_str() {
        "inf" | "infinity" => return Some(f64::INFINITY * sign),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    // Rust reads the same numbers otherwise, and nothing else that starts with a digit or a point.
    let starts = lower.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let holds = lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | '+' | '-'));
    if starts && holds { plain.parse().ok() } else { None }
}

/// `int(value, base=10)`
pub fn int(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let mut places =
        Signature { name: "int", parameters: &["", "base"], positional: 2, required: 0 }.bind(arguments)?.into_iter();
    let value = places.next().flatten();
    match (value, places.next().flatten()) {
        (None, None) => Ok(Value::from(0_i64)),
        (None, Some(_)) => Err(Stop::type_error("int() missing string argument")),
        (Some(value), None) => to_int(&value, budget).map(Value::Int),
        (Some(value), Some(base)) => {
            let base = match signature::size(&base) {
                Err(Stop::Raise(error)) if error.kind == "OverflowError" => -1,
                base => base?,
            };
            if base != 0 && !(2..=36).contains(&base) {
                return Err(Stop::value_error("int() base must be >= 2 and <= 36, or 0"));
            }
            match &*value.base() {
                Value::Str(text) => int_of_text(text, u32::try_from(base).unwrap_or(10), budget).map(Value::Int),
                Value::Bytes(_) => Err(Stop::unsupported("int of bytes")),
                _ => Err(Stop::type_error("int() can't convert non-string with explicit base")),
            }
        }
    }
}

/// `int(value)`
///
/// # Errors
/// `ValueError: invalid literal for int() with base 10: 'abc'`...
pub fn to_int(value: &Value, budget: &Budget) -> Outcome<Int> {
    match &*value.base() {
        Value::Float(number) => super::super::format::whole(*number),
        Value::Str(text) => int_of_text(text, 10, budget),
        Value::Bytes(_) => Err(Stop::unsupported("int of bytes")),
        base => match operators::as_int(base) {
            Some(number) => Ok(number),
            None if matches!(base, Value::Object(_)) => {
                Err(Stop::unsupported(format!("int of a {}", value.type_name())))
            }
            None => Err(Stop::type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                value.error_name()
            ))),
        },
    }
}

fn int_of_text(text: &Rc<str>, base: u32, budget: &Budget) -> Outcome<Int> {
    let invalid = || -> Stop {
        match show::repr(&Value::Str(Rc::clone(text)), budget) {
            // CPython cuts the repr after 200 characters.
            Ok(shown) => {
                let shown: String = shown.chars().take(200).collect();
                Stop::value_error(format!("invalid literal for int() with base {base}: {shown}"))
            }
            Err(stop) => stop,
        }
    };
    budget.look_through(text.len().saturating_mul(4))?;
    let plain: String = text
        .trim_matches(is_padding)
        .chars()
        .map(|c| if c.is_ascii() { c } else { decimal(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c) })
        .collect();
    let (negative, rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let prefixed = |letter: &str| {
        let after = rest.strip_prefix('0')?;
        let after = after.strip_prefix(letter).or_else(|| after.strip_prefix(&*letter.to_ascii_uppercase()))?;
        // One underscore may follow the prefix.
        Some(after.strip_prefix('_').unwrap_or(after))
    };
    let (radix, digits) = match base {
        2 => (2, prefixed("b").unwrap_or(rest)),
        8 => (8, prefixed("o").unwrap_or(rest)),
        16 => (16, prefixed("x").unwrap_or(rest)),
        0 => match (prefixed("b"), prefixed("o"), prefixed("x")) {
            (Some(digits), ..) => (2, digits),
            (_, Some(digits), _) => (8, digits),
            (.., Some(digits)) => (16, digits),
            // A number that starts with 0 must be 0.
            _ if rest.starts_with('0') && rest.contains(|c| !matches!(c, '0' | '_')) => return Err(invalid()),
            _ => (10, rest),
        },
        base => (base, rest),
    };
    let shaped = !digits.is_empty()
        && !digits.starts_with('_')
        && !digits.ends_with('_')
        && !digits.contains("__")
        && digits.chars().all(|c| c == '_' || c.is_digit(radix));
    if !shaped {
        return Err(invalid());
    }
    let digits = digits.replace('_', "");
    if !radix.is_power_of_two() && digits.len() > int::MOST_DIGITS {
        let count = digits.len();
        return Err(Stop::value_error(format!(
            "Exceeds the limit (4300 digits) for integer string conversion: value has {count} digits; use \
             sys.set_int_max_str_digits() to increase the limit"
        )));
    }
    budget.bytes(digits.len())?;
    int::writes(digits.len() as u64 * 4, budget)?;
    if digits.len() > 60_000 {
        return Err(Stop::Limit("limit/bytes"));
    }
    let number = BigInt::from_str_radix(&digits, radix).map_err(|_| Stop::unsupported("int"))?;
    Ok(if negative { -number } else { number }.into())
}
