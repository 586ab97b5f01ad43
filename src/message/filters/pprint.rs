//! `pprint`: a value as Python's `pprint.pformat` lays it out, in lines of 80.
//!
//! Source: `PrettyPrinter` of CPython 3.11: dicts sorted by key; what does not fit a line has its parts on lines of
//! their own.

use std::borrow::Cow;

use super::{markup, required};
use crate::message::environment::{Passed, Use};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, show};

const WIDTH: usize = 80;

pub(super) fn pprint(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_pprint", &["value"], 1, Passed::Nothing)?;
    pretty_text(&required(value)?, applied.budget).map(Value::from)
}

/// `pprint.pformat(value)`
///
/// # Errors
/// `Unsupported` where the order of keys or elements is not known, or how a long value is broken.
pub fn pretty_text(value: &Value, budget: &Budget) -> Outcome<String> {
    let mut printer = Printer { out: String::new(), budget };
    printer.value(value, Place { indent: 0, allowance: 0, level: 0 })?;
    budget.bytes(printer.out.len())?;
    Ok(printer.out)
}

/// Where a value is written.
#[derive(Clone, Copy)]
struct Place {
    /// Characters before it.
    indent: usize,
    /// Characters that have to fit behind it.
    allowance: usize,
    /// How deep it is.
    level: usize,
}

/// The builtin behind an instance of `frappe._dict`, which has no `__repr__` of its own.
fn plain(value: &Value) -> Cow<'_, Value> {
    if value.type_name() == "_dict" { value.base() } else { Cow::Borrowed(value) }
}

/// The entries of a dict by their keys.
fn entries(value: &Value) -> Outcome<Option<Vec<(Value, Value)>>> {
    let Value::Dict(dict) = value else { return Ok(None) };
    let mut entries: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
    if entries.len() > 1 && !entries.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
        return Err(Stop::unsupported("pprint of keys that are no text"));
    }
    entries.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
    Ok(Some(entries))
}

/// The value on one line.
fn flat(value: &Value, budget: &Budget) -> Outcome<String> {
    let value = plain(value);
    let listed = |open: &str, close: &str| {
        budget.deeper(|| {
            let items = access::iterate(&value, budget)?;
            let shown = items.iter().map(|item| flat(item, budget)).collect::<Outcome<Vec<_>>>()?;
            Ok(format!("{open}{}{close}", shown.join(", ")))
        })
    };
    budget.step()?;
    match &*value {
        Value::List(_) => listed("[", "]"),
        Value::Tuple(parts) if parts.len() == 1 => listed("(", ",)"),
        Value::Tuple(_) => listed("(", ")"),
        Value::Dict(_) => budget.deeper(|| {
            let mut shown = Vec::new();
            for (key, value) in entries(&value)?.unwrap_or_default() {
                shown.push(format!("{}: {}", flat(&key, budget)?, flat(&value, budget)?));
            }
            Ok(format!("{{{}}}", shown.join(", ")))
        }),
        value => show::repr(value, budget),
    }
}

struct Printer<'a> {
    out: String,
    budget: &'a Budget,
}

impl Printer<'_> {
    fn value(&mut self, value: &Value, place: Place) -> Outcome<()> {
        let shown = flat(value, self.budget)?;
        // Every level writes all that is below it to see whether it fits.
        self.budget.bytes(shown.len())?;
        if shown.chars().count() + place.indent + place.allowance <= WIDTH {
            self.out.push_str(&shown);
            return Ok(());
        }
        let level = place.level + 1;
        let budget = self.budget;
        let value = plain(value);
        match &*value {
            Value::List(_) => self.items(&access::iterate(&value, budget)?, '[', "]", Place { level, ..place }),
            Value::Tuple(parts) => {
                self.items(parts, '(', if parts.len() == 1 { ",)" } else { ")" }, Place { level, ..place })
            }
            Value::Dict(_) => {
                let entries = entries(&value)?.unwrap_or_default();
                self.out.push('{');
                let last = entries.len().saturating_sub(1);
                let indent = place.indent + 1;
                for (number, (key, value)) in entries.iter().enumerate() {
                    let key = flat(key, budget)?;
                    self.out.push_str(&key);
                    self.out.push_str(": ");
                    let allowance = if number == last { place.allowance + 1 } else { 1 };
                    let indent_of_value = indent + key.chars().count() + 2;
                    self.value(value, Place { indent: indent_of_value, allowance, level })?;
                    if number != last {
                        self.out.push_str(",\n");
                        self.blanks(indent)?;
                    }
                }
                self.out.push('}');
                Ok(())
            }
            Value::Str(text) => self.text(text, Place { level, ..place }),
            Value::Bytes(_) | Value::Set(_) => Err(Stop::unsupported("pprint of a long set or bytes")),
            _ => {
                self.out.push_str(&shown);
                Ok(())
            }
        }
    }

    fn blanks(&mut self, count: usize) -> Outcome<()> {
        self.budget.bytes(count)?;
        self.out.extend(std::iter::repeat_n(' ', count));
        Ok(())
    }

    fn items(&mut self, items: &[Value], open: char, close: &str, place: Place) -> Outcome<()> {
        self.out.push(open);
        let indent = place.indent + 1;
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.out.push_str(",\n");
                self.blanks(indent)?;
            }
            let last = number + 1 == items.len();
            let allowance = if last { place.allowance + close.len() } else { 1 };
            self.budget.deeper(|| self.value(item, Place { indent, allowance, level: place.level }))?;
        }
        self.out.push_str(close);
        Ok(())
    }

    /// A long text in pieces, broken behind lines and blanks.
    fn text(&mut self, text: &str, place: Place) -> Outcome<()> {
        let budget = self.budget;
        let top = usize::from(place.level == 1);
        let (indent, allowance) = (place.indent + top, place.allowance + top);
        let width = WIDTH.saturating_sub(indent);
        let shown = |text: &str| show::repr(&Value::from(text), budget);
        let arguments = Arguments::positional(vec![Value::Bool(true)]);
        let lines = access::call_method(&Value::from(text), "splitlines", arguments, budget)?;
        let lines = access::iterate(&lines, budget)?;
        let mut chunks = Vec::new();
        let mut whole = String::new();
        for (number, line) in lines.iter().enumerate() {
            let line = line.as_str().unwrap_or_default();
            let last_line = number + 1 == lines.len();
            whole = shown(line)?;
            let room = if last_line { width.saturating_sub(allowance) } else { width };
            if whole.chars().count() <= room {
                chunks.push(whole.clone());
                continue;
            }
            let parts = words(line);
            let mut current = String::new();
            for (place, part) in parts.iter().enumerate() {
                let end = last_line && place + 1 == parts.len();
                let room = if end { width.saturating_sub(allowance) } else { width };
                let candidate = format!("{current}{part}");
                budget.bytes(candidate.len())?;
                if shown(&candidate)?.chars().count() > room {
                    if !current.is_empty() {
                        chunks.push(shown(&current)?);
                    }
                    current = (*part).to_owned();
                } else {
                    current = candidate;
                }
            }
            if !current.is_empty() {
                chunks.push(shown(&current)?);
            }
        }
        if chunks.len() == 1 {
            self.out.push_str(&whole);
            return Ok(());
        }
        self.out.push_str(if top == 1 { "(" } else { "" });
        for (number, chunk) in chunks.iter().enumerate() {
            if number > 0 {
                self.out.push('\n');
                self.blanks(indent)?;
            }
            self.out.push_str(chunk);
        }
        self.out.push_str(if top == 1 { ")" } else { "" });
        Ok(())
    }
}

/// `\S*\s*`: words with the blanks behind them.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let blank = rest.find(markup::is_space).unwrap_or(rest.len());
        let tail = rest.get(blank..).unwrap_or_default();
        let end = blank + tail.find(|c| !markup::is_space(c)).unwrap_or(tail.len());
        let (word, following) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word);
        rest = following;
    }
    words
}
