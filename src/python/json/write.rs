//! Values as JSON.

use std::fmt::Write as _;

use super::super::{Arguments, Budget, Outcome, Stop, Value, access, operators, show, signature};
use crate::python::builtins;

/// How JSON is written.
#[derive(Debug, Clone)]
pub struct Style {
    /// What every level is indented by; `None` keeps all on one line.
    pub indent: Option<String>,
    /// Between items.
    pub item: String,
    /// Between a key and its value.
    pub key: String,
    /// Whether keys are sorted.
    pub sorted: bool,
    /// Whether everything beyond ASCII is escaped.
    pub ascii: bool,
    /// Whether keys that are no texts or numbers are left out and not refused.
    pub skip_keys: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            indent: None,
            item: String::from(", "),
            key: String::from(": "),
            sorted: false,
            ascii: true,
            skip_keys: false,
        }
    }
}

/// What stands for a value that JSON does not have (`default=`).
type Instead = dyn Fn(&Value, &Budget) -> Outcome<Value>;

/// `json.dumps(obj, ...)`
///
/// # Errors
/// `TypeError` for what JSON does not have; `Unsupported` for arguments that are not followed.
pub fn dumps(arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut positional = arguments.positional.into_iter();
    let mut value = positional.next();
    let surplus = positional.count();
    if surplus > 0 {
        let count = surplus + 1;
        return Err(Stop::type_error(format!("dumps() takes 1 positional argument but {count} were given")));
    }
    let mut style = Style::default();
    let mut separators = None;
    for (name, given) in arguments.keyword {
        match &*name {
            "obj" if value.is_none() => value = Some(given),
            "indent" => {
                style.indent = match given {
                    Value::None => None,
                    Value::Str(text) => Some(text.to_string()),
                    number => {
                        let count = number.as_i64().ok_or_else(|| Stop::unsupported("json.dumps with this indent"))?;
                        let count = signature::count(count);
                        budget.bytes(count)?;
                        Some(" ".repeat(count))
                    }
                }
            }
            "separators" => separators = Some(given).filter(|given| !matches!(given, Value::None)),
            "sort_keys" => style.sorted = operators::truth(&given)?,
            "ensure_ascii" => style.ascii = operators::truth(&given)?,
            "skipkeys" => style.skip_keys = operators::truth(&given)?,
            "allow_nan" if operators::truth(&given)? => {}
            "default" | "cls" if matches!(given, Value::None) => {}
            "check_circular" => {}
            _ => return Err(Stop::unsupported(format!("json.dumps with {name}"))),
        }
    }
    let Some(value) = value else {
        return Err(Stop::type_error("dumps() missing 1 required positional argument: 'obj'"));
    };
    if style.indent.is_some() {
        style.item = String::from(",");
    }
    if let Some(separators) = separators {
        let parts = access::iterate(&separators, budget)?;
        let [Value::Str(item), Value::Str(key)] = parts.as_slice() else {
            return Err(Stop::unsupported("json.dumps with these separators"));
        };
        (style.item, style.key) = (item.to_string(), key.to_string());
    }
    let refuse = |value: &Value, _: &Budget| Err(not_serializable(value));
    let mut text = String::new();
    write(&mut text, &value, &style, &refuse, budget)?;
    Ok(Value::from(text))
}

/// The `TypeError` of a value that JSON does not have.
fn not_serializable(value: &Value) -> Stop {
    match value {
        // The class of some of the host's objects depends on the site.
        Value::Object(object) if object.class_path().is_err() => Stop::unsupported("JSON of an object"),
        _ => Stop::type_error(format!("Object of type {} is not JSON serializable", value.type_name())),
    }
}

/// Writes a value. `default` answers for what JSON does not have.
///
/// # Errors
/// What `default` raises; `TypeError` for keys; the limits.
pub fn write(text: &mut String, value: &Value, style: &Style, default: &Instead, budget: &Budget) -> Outcome<()> {
    Writer { style, default, budget }.value(text, value, 1)
}

struct Writer<'a> {
    style: &'a Style,
    default: &'a Instead,
    budget: &'a Budget,
}

impl Writer<'_> {
    fn value(&self, text: &mut String, value: &Value, level: usize) -> Outcome<()> {
        self.budget.step()?;
        let before = text.len();
        match &*value.base() {
            Value::None => text.push_str("null"),
            Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Value::Float(number) => text.push_str(&float(*number)),
            number @ Value::Int(_) => text.push_str(&show::str(number, self.budget)?),
            Value::Str(string) => self.quote(text, string),
            items @ (Value::List(_) | Value::Tuple(_)) => {
                let items = access::iterate(items, self.budget)?;
                self.surrounded(text, ('[', ']'), &items, level, |text, item| self.value(text, item, level + 1))?;
            }
            Value::Dict(dict) => {
                let entries: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
                let entries = self.entries(entries)?;
                self.surrounded(text, ('{', '}'), &entries, level, |text, (key, value)| {
                    self.budget.bytes(self.style.key.len())?;
                    self.quote(text, key);
                    text.push_str(&self.style.key);
                    self.value(text, value, level + 1)
                })?;
            }
            _ => {
                let instead = (self.default)(value, self.budget)?;
                return self.budget.deeper(|| self.value(text, &instead, level));
            }
        }
        self.budget.bytes(text.len().saturating_sub(before))
    }

    /// The entries of a dict, keys as texts, in the order they are written.
    fn entries(&self, entries: Vec<(Value, Value)>) -> Outcome<Vec<(String, Value)>> {
        let entries = if self.style.sorted && entries.len() > 1 { self.sorted(entries)? } else { entries };
        let mut written = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name = match &*key.base() {
                Value::Str(text) => text.to_string(),
                Value::Float(number) => float(*number),
                Value::Bool(true) => String::from("true"),
                Value::Bool(false) => String::from("false"),
                Value::None => String::from("null"),
                number @ Value::Int(_) => show::str(number, self.budget)?,
                _ if self.style.skip_keys => continue,
                _ => {
                    let class = key.type_name();
                    let message = format!("keys must be str, int, float, bool or None, not {class}");
                    return Err(Stop::type_error(message));
                }
            };
            written.push((name, value));
        }
        Ok(written)
    }

    fn sorted(&self, mut entries: Vec<(Value, Value)>) -> Outcome<Vec<(Value, Value)>> {
        if entries.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
            entries.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
            return Ok(entries);
        }
        // Keys differ, so the values behind them are never compared; `sorted` words what cannot be.
        let pairs = entries.iter().map(|(key, value)| Value::tuple(vec![key.clone(), value.clone()])).collect();
        let sorted = builtins::builtin("sorted").ok_or_else(|| Stop::unsupported("sorted"))?;
        let pairs = access::call(&sorted, Arguments::positional(vec![Value::list(pairs)]), self.budget)?;
        access::iterate(&pairs, self.budget)?
            .iter()
            .map(|pair| match access::iterate(pair, self.budget)?.as_slice() {
                [key, value] => Ok((key.clone(), value.clone())),
                _ => Err(Stop::unsupported("sorted")),
            })
            .collect()
    }

    /// The parts of a list or dict between its brackets.
    fn surrounded<T>(
        &self,
        text: &mut String,
        (open, close): (char, char),
        parts: &[T],
        level: usize,
        mut part: impl FnMut(&mut String, &T) -> Outcome<()>,
    ) -> Outcome<()> {
        text.push(open);
        // What stands around every part is the caller's, and may be long.
        let around = self.style.item.len() + level.saturating_mul(self.style.indent.as_ref().map_or(0, String::len));
        self.budget.bytes(parts.len().saturating_mul(around))?;
        let line = |text: &mut String, level: usize| {
            if let Some(indent) = &self.style.indent {
                text.push('\n');
                (0..level).for_each(|_| text.push_str(indent));
            }
        };
        self.budget.deeper(|| {
            for (place, item) in parts.iter().enumerate() {
                if place > 0 {
                    text.push_str(&self.style.item);
                }
                line(text, level);
                part(text, item)?;
            }
            Ok(())
        })?;
        if !parts.is_empty() {
            line(text, level - 1);
        }
        text.push(close);
        Ok(())
    }

    fn quote(&self, text: &mut String, string: &str) {
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
                character if !self.style.ascii && character >= ' ' => text.push(character),
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
}

fn float(number: f64) -> String {
    match number {
        number if number.is_nan() => String::from("NaN"),
        f64::INFINITY => String::from("Infinity"),
        f64::NEG_INFINITY => String::from("-Infinity"),
        number => show::float(number),
    }
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
        let style =
            Style { indent: Some(String::from(" ")), item: String::from(","), sorted: true, ..Style::default() };
        let mut text = String::new();
        let refuse = |value: &Value, _: &Budget| Err(not_serializable(value));
        write(&mut text, &Value::dict(dict), &style, &refuse, &Budget::default()).unwrap();
        let expected = "{\n \"a\": [\n  1.0,\n  \"\\u00e9\\ud83d\\udc69\\u007f\",\n  []\n ],\n \"b\": 1\n}";
        assert_eq!(text, expected);
    }
}
