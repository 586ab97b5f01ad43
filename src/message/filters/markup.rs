//! Escaped text: `safe`, `escape`, `e`, `forceescape`, `striptags`, `xmlattr`.
//!
//! Source: markupsafe 2.1 (`escape`, `Markup`). Operations of `Markup` that escape their other side are not followed
//! beyond `+`.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{or, required};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::operators::Binary;
use crate::python::{Budget, Object, Outcome, Stop, Value, show};

/// `markupsafe.Markup`: text that counts as escaped.
#[derive(Debug)]
pub struct Markup(pub Rc<str>);

impl Markup {
    fn value(text: impl Into<Rc<str>>) -> Value {
        Value::object(Self(text.into()))
    }
}

impl Object for Markup {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Markup")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("markupsafe.Markup"))
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(!self.0.is_empty())
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        Ok(self.0.to_string())
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        Ok(format!("Markup({})", show::repr(&Value::Str(Rc::clone(&self.0)), budget)?))
    }

    fn length(&self) -> Outcome<usize> {
        Ok(self.0.chars().count())
    }

    fn base(&self) -> Option<Value> {
        Some(Value::Str(Rc::clone(&self.0)))
    }

    fn binary(&self, operator: Binary, other: &Value, reflected: bool, _budget: &Budget) -> Option<Outcome<Value>> {
        Some(match (operator, other) {
            (Binary::Add, Value::Str(text)) if reflected => Ok(Self::value(escaped(text) + &self.0)),
            (Binary::Add, Value::Str(text)) => Ok(Self::value(self.0.to_string() + &escaped(text))),
            _ => Err(Stop::unsupported(format!("Markup {}", operator.symbol()))),
        })
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Err(Stop::unsupported(format!("Markup.{name}")))
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("an item of Markup"))
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Err(Stop::unsupported("walking Markup"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `markupsafe.escape` of a text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\'' => out.push_str("&#39;"),
            '"' => out.push_str("&#34;"),
            c => out.push(c),
        }
    }
    out
}

fn only(mut applied: Use<'_>) -> Outcome<(Value, &Budget)> {
    if !applied.arguments.keyword.is_empty() || applied.arguments.positional.len() != 1 {
        return Err(Stop::unsupported("arguments of escape"));
    }
    required(applied.arguments.positional.pop()).map(|value| (value, applied.budget))
}

pub(super) fn escape(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied)?;
    if value.downcast::<Markup>().is_some() {
        return Ok(value);
    }
    show::str(&value, budget).map(|text| Markup::value(escaped(&text)))
}

pub(super) fn forceescape(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied)?;
    show::str(&value, budget).map(|text| Markup::value(escaped(&text)))
}

pub(super) fn safe(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied)?;
    if value.downcast::<Markup>().is_some() {
        return Ok(value);
    }
    show::str(&value, budget).map(Markup::value)
}

/// `Markup(str(value)).striptags()`: comments and tags go, runs of whitespace become one space, entities are read.
pub(super) fn striptags(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied)?;
    let mut text = show::str(&value, budget)?;
    for (open, close) in [("<!--", "-->"), ("<", ">")] {
        text = without(&text, open, close);
    }
    let joined = text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    unescaped(&joined).map(Value::from)
}

/// `str.isspace()` of one character.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// A text without what stands between two marks, the marks included; an unclosed one stays.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        match after.split_once(close) {
            Some((_, tail)) => {
                out.push_str(before);
                rest = tail;
            }
            None => break,
        }
    }
    out.push_str(rest);
    out
}

/// `html.unescape`, for the entities that the host itself writes; others are not known here.
fn unescaped(text: &str) -> Outcome<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = [
            ("amp;", "&"),
            ("lt;", "<"),
            ("gt;", ">"),
            ("quot;", "\""),
            ("apos;", "'"),
            ("nbsp;", "\u{a0}"),
            ("#39;", "'"),
            ("#34;", "\""),
        ];
        match known.into_iter().find_map(|(name, value)| after.strip_prefix(name).map(|tail| (value, tail))) {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None if after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') => {
                return Err(Stop::unsupported("striptags of an entity"));
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}

pub(super) fn xmlattr(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["eval_ctx", "d", "autospace"];
    let [value, autospace] = applied.bind("do_xmlattr", &parameters, 2, Passed::One)?;
    let Value::Dict(dict) = required(value)? else { return Err(Stop::unsupported("xmlattr of something else")) };
    let budget = applied.budget;
    let mut parts = Vec::new();
    for (key, value) in dict.borrow().iter() {
        if matches!(value, Value::None) || Undefined::from(value).is_some() {
            continue;
        }
        let Value::Str(key) = key else { return Err(Stop::unsupported("xmlattr of a key that is no text")) };
        if key.contains(|c: char| matches!(c, ' ' | '\t'..='\r' | '/' | '>' | '=')) {
            let shown = show::repr(&Value::Str(Rc::clone(key)), budget)?;
            return Err(Stop::value_error(format!("Invalid character in attribute name: {shown}")));
        }
        let value = match value.downcast::<Markup>() {
            Some(markup) => markup.0.to_string(),
            None => escaped(&show::str(value, budget)?),
        };
        parts.push(format!("{}=\"{value}\"", escaped(key)));
    }
    let joined = parts.join(" ");
    let space = crate::python::operators::truth(&or(autospace, true))? && !joined.is_empty();
    Ok(Value::from(if space { format!(" {joined}") } else { joined }))
}
