//! How values are written: `str()` and `repr()`.

use std::fmt::Write as _;

use super::printable::is_printable;
use super::{Budget, Dict, Int, Outcome, Stop, Value, datetime, int};

/// Bytes of a text from which on it is counted before it is written.
const LONG: usize = 4096;

/// `str(value)`
///
/// # Errors
/// What an object's `__str__` raises, and the budget's limits.
pub fn str(value: &Value, budget: &Budget) -> Outcome<String> {
    match value {
        Value::Str(text) => {
            budget.bytes(text.len())?;
            Ok(text.to_string())
        }
        Value::Object(object) => object.str(budget),
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_) => {
            Ok(datetime::str(value).unwrap_or_default())
        }
        _ => repr(value, budget),
    }
}

/// `repr(value)`
///
/// # Errors
/// What an object's `__repr__` raises, and the budget's limits.
pub fn repr(value: &Value, budget: &Budget) -> Outcome<String> {
    let mut text = String::new();
    write_repr(&mut text, value, &mut Vec::new(), budget)?;
    Ok(text)
}

/// `ascii(value)`: `repr` with escapes for all that is not ASCII.
///
/// # Errors
/// As [`repr`].
pub fn ascii(value: &Value, budget: &Budget) -> Outcome<String> {
    let shown = repr(value, budget)?;
    let mut text = String::with_capacity(shown.len());
    for character in shown.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            push_escape(&mut text, character);
        }
    }
    budget.bytes(text.len())?;
    Ok(text)
}

/// `repr()` of a float: the shortest digits that read back the same, in Python's layout (`1e+16`, `1234.5`, `inf`).
pub fn float(value: f64) -> String {
    super::float::repr(value)
}

/// `open` holds the addresses of the containers that are being written: one inside itself is shown as `[...]`.
fn write_repr(text: &mut String, value: &Value, open: &mut Vec<usize>, budget: &Budget) -> Outcome<()> {
    let before = text.len();
    match value {
        Value::None => text.push_str("None"),
        Value::Bool(value) => text.push_str(if *value { "True" } else { "False" }),
        Value::Int(value) => {
            int::writes(value.bits(), budget)?;
            text.push_str(&value.to_decimal()?);
        }
        Value::Float(value) => {
            budget.steps(4)?;
            text.push_str(&float(*value));
        }
        Value::Complex(real, imag) => {
            budget.steps(8)?;
            text.push_str(&super::complex::repr(*real, *imag));
        }
        Value::Str(string) => {
            budget.bytes(string.len())?;
            if string.len() > LONG {
                budget.has_bytes(escaped_length(string))?;
            }
            write_str(text, string);
        }
        Value::Bytes(bytes) => {
            // Up to four characters a byte, one after the other.
            budget.look_through(bytes.len().saturating_mul(8))?;
            budget.bytes(bytes.len())?;
            write_bytes(text, bytes);
        }
        Value::List(items) => {
            let address = std::rc::Rc::as_ptr(items).cast::<()>() as usize;
            let items = items.borrow().clone();
            write_items(text, ("[", "]"), &items, address, open, budget)?;
        }
        Value::Tuple(items) => {
            let address = std::rc::Rc::as_ptr(items).cast::<()>() as usize;
            let close = if items.len() == 1 { ",)" } else { ")" };
            write_items(text, ("(", close), items, address, open, budget)?;
        }
        Value::Dict(dict) => {
            let address = std::rc::Rc::as_ptr(dict).cast::<()>() as usize;
            let dict = dict.borrow().clone();
            write_dict(text, &dict, address, open, budget)?;
        }
        Value::Set(set) if set.borrow().is_empty() => text.push_str("set()"),
        Value::Set(set) => {
            let items = set_in_order(&set.borrow())?;
            write_items(text, ("{", "}"), &items, 0, open, budget)?;
        }
        Value::Range(range) => {
            let (start, stop, step) = &**range;
            text.push_str(&format!("range({}, {}", start.to_decimal()?, stop.to_decimal()?));
            if *step != Int::Small(1) {
                text.push_str(", ");
                text.push_str(&step.to_decimal()?);
            }
            text.push(')');
        }
        Value::Slice(slice) => {
            let items = [slice.start.clone(), slice.stop.clone(), slice.step.clone()];
            write_items(text, ("slice(", ")"), &items, 0, open, budget)?;
        }
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_) => {
            text.push_str(&datetime::repr(value).unwrap_or_default());
        }
        Value::Object(object) => text.push_str(&object.repr(budget)?),
    }
    budget.bytes(text.len().saturating_sub(before))
}

fn write_items(
    text: &mut String,
    (begin, end): (&str, &str),
    items: &[Value],
    address: usize,
    open: &mut Vec<usize>,
    budget: &Budget,
) -> Outcome<()> {
    if address != 0 && open.contains(&address) {
        text.push_str(begin);
        text.push_str("...");
        text.push_str(end.trim_start_matches(','));
        return Ok(());
    }
    budget.steps(items.len() as u64)?;
    budget.deeper(|| {
        open.push(address);
        text.push_str(begin);
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                text.push_str(", ");
            }
            write_repr(text, item, open, budget)?;
        }
        text.push_str(end);
        open.pop();
        Ok(())
    })
}

fn write_dict(text: &mut String, dict: &Dict, address: usize, open: &mut Vec<usize>, budget: &Budget) -> Outcome<()> {
    if open.contains(&address) {
        text.push_str("{...}");
        return Ok(());
    }
    budget.steps(dict.len() as u64)?;
    budget.deeper(|| {
        open.push(address);
        text.push('{');
        for (place, (key, value)) in dict.iter().enumerate() {
            if place > 0 {
                text.push_str(", ");
            }
            write_repr(text, key, open, budget)?;
            text.push_str(": ");
            write_repr(text, value, open, budget)?;
        }
        text.push('}');
        open.pop();
        Ok(())
    })
}

/// The elements of a set in CPython's order, where that order does not depend on its history: at most one element, or
/// numbers so small that each sits in its own place of the smallest table the set can have, from which nothing was
/// taken out.
///
/// # Errors
/// `Server` where it depends on hashes that its process chooses, `Unsupported` otherwise.
pub fn set_in_order(set: &Dict) -> Outcome<Vec<Value>> {
    let mut items: Vec<Value> = set.keys().cloned().collect();
    if items.len() <= 1 {
        return Ok(items);
    }
    // CPython keeps fill * 5 < mask * 3, with mask + 1 a power of two of at least 8.
    let mut mask: usize = 7;
    while mask.saturating_mul(3) <= items.len().saturating_mul(5) {
        mask = mask.saturating_mul(2).saturating_add(1);
    }
    let place = |value: &Value| match value {
        Value::Int(number) => number.to_i64().and_then(|number| usize::try_from(number).ok()),
        Value::Bool(value) => Some(usize::from(*value)),
        _ => None,
    };
    if !set.is_scarred() && items.iter().all(|item| place(item).is_some_and(|place| place <= mask)) {
        items.sort_by_key(place);
        return Ok(items);
    }
    let salted = |value: &Value| matches!(value, Value::None | Value::Str(_) | Value::Bytes(_) | Value::Date(_));
    Err(if items.iter().any(salted) { Stop::Server("server/hash") } else { Stop::unsupported("order of a set") })
}

/// `repr()` of a text: the quote that needs no escape, and escapes for what is not printable.
/// Bytes that the repr of a text takes at least: what is not ASCII is not looked up.
fn escaped_length(string: &str) -> usize {
    let length = |byte: u8| match byte {
        b'\\' | b'\n' | b'\r' | b'\t' => 2,
        0..=0x1f | 0x7f => 4,
        _ => 1,
    };
    string.bytes().map(length).sum()
}

fn write_str(text: &mut String, string: &str) {
    let quote = if string.contains('\'') && !string.contains('"') { '"' } else { '\'' };
    text.push(quote);
    for character in string.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ if character == quote => {
                text.push('\\');
                text.push(quote);
            }
            _ if is_printable(character) => text.push(character),
            _ => push_escape(text, character),
        }
    }
    text.push(quote);
}

/// `\x1b`, `\u200b` or `\U000e0001`
pub(super) fn push_escape(text: &mut String, character: char) {
    let code = u32::from(character);
    // Writing to a String cannot fail.
    let _ = match code {
        0..=0xff => write!(text, "\\x{code:02x}"),
        0x100..=0xffff => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\U{code:08x}"),
    };
}

fn write_bytes(text: &mut String, bytes: &[u8]) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    text.push('b');
    text.push(quote);
    for byte in bytes {
        match char::from(*byte) {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            character if character == quote => {
                text.push('\\');
                text.push(quote);
            }
            character @ ' '..='~' => text.push(character),
            character => push_escape(text, character),
        }
    }
    text.push(quote);
}
