//! `str.format` and `str.format_map` as Jinja2's sandbox runs them: with Python's `string.Formatter`, which numbers,
//! words and looks things up otherwise than the method.
//!
//! Source: `SandboxedFormatter` of `jinja2/sandbox.py` 3.1.6, `EscapeFormatter` of markupsafe 2.1.5 and CPython 3.11's
//! `string.Formatter`.

use std::rc::Rc;

use super::filters::Markup;
use super::sandbox;
use crate::python::format::{self, Part};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, show};

/// How deep fields stand in the format of a field.
const DEEPEST: usize = 2;

/// Where fields take their values from.
enum Source<'a> {
    Arguments(&'a Arguments),
    Mapping(&'a Value),
}

struct Formatter<'a> {
    source: Source<'a>,
    /// The number of the next `{}`; `None` once a field has a number of its own.
    next: Option<usize>,
    /// Whether every value is escaped, as the text is `Markup`.
    escape: bool,
    budget: &'a Budget,
}

/// `text.format(...)`
///
/// # Errors
/// What Python raises.
pub fn format(text: &str, arguments: &Arguments, escape: bool, budget: &Budget) -> Outcome<String> {
    Formatter { source: Source::Arguments(arguments), next: Some(0), escape, budget }.build(text, 0)
}

/// `text.format_map(mapping)`
///
/// # Errors
/// What Python raises.
pub fn format_map(text: &str, arguments: Arguments, escape: bool, budget: &Budget) -> Outcome<String> {
    if !arguments.keyword.is_empty() {
        return Err(Stop::type_error("format_map() takes no keyword arguments"));
    }
    let count = arguments.positional.len();
    let [mapping] = arguments.positional.as_slice() else {
        return Err(Stop::type_error(format!("format_map() takes exactly one argument ({count} given)")));
    };
    Formatter { source: Source::Mapping(mapping), next: Some(0), escape, budget }.build(text, 0)
}

impl Formatter<'_> {
    fn build(&mut self, text: &str, depth: usize) -> Outcome<String> {
        if depth > DEEPEST {
            return Err(Stop::value_error("Max string recursion exceeded"));
        }
        self.budget.bytes(text.len())?;
        let mut out = String::new();
        let mut rest = text;
        while let Some((part, following)) = format::next_part(rest)? {
            rest = following;
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Field(field) => {
                    self.budget.step()?;
                    let value = self.object(field.name)?;
                    let value = match field.conversion {
                        None => value,
                        Some('s') => show::str(&value, self.budget)?.into(),
                        Some('r') => show::repr(&value, self.budget)?.into(),
                        Some('a') => show::ascii(&value, self.budget)?.into(),
                        Some(other) => {
                            return Err(Stop::value_error(format!("Unknown conversion specifier {other}")));
                        }
                    };
                    let spec = self.build(field.spec, depth + 1)?;
                    let shown = self.shown(&value, &spec)?;
                    self.budget.bytes(shown.len())?;
                    out.push_str(&shown);
                }
            }
        }
        Ok(out)
    }

    fn shown(&self, value: &Value, spec: &str) -> Outcome<String> {
        match value.downcast::<Markup>() {
            Some(_) if self.escape && !spec.is_empty() => {
                Err(Stop::value_error("Unsupported format specification for Markup."))
            }
            Some(markup) if self.escape => Ok(markup.0.to_string()),
            _ => {
                let shown = format::format(value, spec, self.budget)?;
                if self.escape { Markup::escape(&Value::from(shown), self.budget) } else { Ok(shown) }
            }
        }
    }

    /// The value that a field's name leads to, through the sandbox.
    fn object(&mut self, name: &str) -> Outcome<Value> {
        const SWITCH: &str = "cannot switch from manual field specification to automatic field numbering";
        let numbered;
        let mut name = name;
        if name.is_empty() {
            let Some(next) = self.next else { return Err(Stop::value_error(SWITCH)) };
            self.next = Some(next + 1);
            numbered = next.to_string();
            name = &numbered;
        } else if name.chars().all(|c| c.is_ascii_digit()) {
            if self.next.is_some_and(|next| next > 0) {
                return Err(Stop::value_error(SWITCH));
            }
            self.next = None;
        }
        let path = format::Path::parse(name)?;
        let mut value = self.first(&path.first)?;
        for part in path.rest {
            value = match part? {
                (true, name) => sandbox::attribute(&value, name.as_str().unwrap_or_default(), self.budget)?,
                (false, key) => sandbox::item(&value, &key, self.budget)?,
            };
        }
        Ok(value)
    }

    fn first(&self, first: &Value) -> Outcome<Value> {
        let out_of_range = || Stop::raise("IndexError", "tuple index out of range");
        match (&self.source, first) {
            (Source::Arguments(arguments), Value::Str(name)) => {
                match arguments.keyword.iter().find(|(keyword, _)| keyword == name) {
                    Some((_, value)) => Ok(value.clone()),
                    None => Err(Stop::raise("KeyError", show::repr(&Value::Str(Rc::clone(name)), self.budget)?)),
                }
            }
            (Source::Arguments(arguments), index) => {
                let index = index.as_i64().and_then(|index| usize::try_from(index).ok());
                index.and_then(|index| arguments.positional.get(index)).cloned().ok_or_else(out_of_range)
            }
            (Source::Mapping(mapping), Value::Str(_)) => access::item(mapping, first, self.budget),
            (Source::Mapping(_), _) => Err(out_of_range()),
        }
    }
}
