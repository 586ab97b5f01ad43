//! `as_json`: a value as JSON, its keys sorted, in ASCII.

use std::fmt::Write as _;
use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, show};

/// `as_json(obj, indent=1)`
pub fn as_json(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "as_json", &["obj", "indent"], 1)?;
    let (value, indent) = (given.value(), given.option().unwrap_or(Value::from(1_i64)));
    let indent = match indent.as_i64() {
        Some(indent @ 0..=16) => usize::try_from(indent).unwrap_or(1),
        _ => return Err(Stop::unsupported("as_json with this indent")),
    };
    let mut text = String::new();
    write(&mut text, &value, indent, 1, budget)?;
    Ok(Value::from(text))
}

fn write(text: &mut String, value: &Value, indent: usize, level: usize, budget: &Budget) -> Outcome<()> {
    budget.step()?;
    let before = text.len();
    match &*value.base() {
        Value::None => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Float(number) if !number.is_finite() => return Err(Stop::unsupported("as_json of nan or inf")),
        value @ (Value::Int(_) | Value::Float(_)) => text.push_str(&show::str(value, budget)?),
        Value::Str(string) => quote(text, string),
        value @ (Value::Date(_) | Value::DateTime(_) | Value::Time(_)) => quote(text, &show::str(value, budget)?),
        value @ (Value::List(_) | Value::Tuple(_)) => {
            let items = access::iterate(value, budget)?;
            surrounded(text, ('[', ']'), &items, indent, level, budget, |text, item| {
                write(text, item, indent, level + 1, budget)
            })?;
        }
        Value::Dict(dict) => {
            let mut entries: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
            if !entries.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
                return Err(Stop::unsupported("as_json of keys that are no texts"));
            }
            entries.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
            surrounded(text, ('{', '}'), &entries, indent, level, budget, |text, (key, value)| {
                quote(text, key.as_str().unwrap_or_default());
                text.push_str(": ");
                write(text, value, indent, level + 1, budget)
            })?;
        }
        other => return Err(Stop::unsupported(format!("as_json of {}", other.type_name()))),
    }
    budget.bytes(text.len().saturating_sub(before))
}

/// The parts of a list or dict, each on its own line.
fn surrounded<T>(
    text: &mut String,
    (open, close): (char, char),
    parts: &[T],
    indent: usize,
    level: usize,
    budget: &Budget,
    mut write_part: impl FnMut(&mut String, &T) -> Outcome<()>,
) -> Outcome<()> {
    text.push(open);
    budget.deeper(|| {
        for (place, part) in parts.iter().enumerate() {
            text.push_str(if place == 0 { "\n" } else { ",\n" });
            text.push_str(&" ".repeat(indent * level));
            write_part(text, part)?;
        }
        Ok(())
    })?;
    if !parts.is_empty() {
        text.push('\n');
        text.push_str(&" ".repeat(indent * (level - 1)));
    }
    text.push(close);
    Ok(())
}

/// A text as Python's `json` quotes it, everything beyond ASCII escaped.
fn quote(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            ' '..='~' => text.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::Dict;

    /// Expectations from CPython 3.11: `json.dumps(obj, indent=1, sort_keys=True, separators=(",", ": "))`.
    #[test]
    fn values_are_written_as_python_writes_them() {
        let mut dict = Dict::default();
        dict.set("b", Value::from(1_i64));
        dict.set("a", Value::list(vec![Value::Float(1.0), Value::str("é👩\u{7f}"), Value::list(Vec::new())]));
        let mut text = String::new();
        write(&mut text, &Value::dict(dict), 1, 1, &Budget::default()).unwrap();
        let expected = "{\n \"a\": [\n  1.0,\n  \"\\u00e9\\ud83d\\udc69\\u007f\",\n  []\n ],\n \"b\": 1\n}";
        assert_eq!(text, expected);
    }
}
