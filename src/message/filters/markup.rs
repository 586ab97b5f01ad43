//! Escaped text: `safe`, `escape`, `e`, `forceescape`, `striptags`, `xmlattr`.
//!
//! Source: markupsafe 2.1.5 (`escape`, `Markup.striptags`) and `jinja2/filters.py` 3.1.6.

use std::rc::Rc;

use super::entities::unescaped;
use super::{Markup, or, required};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::{Budget, Outcome, Stop, Value, access, show};

/// `markupsafe.escape` of a text.
pub(crate) fn escaped(text: &str) -> String {
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

/// The only argument of a filter that is a function of Python's own.
fn only<'a>(mut applied: Use<'a>, function: &str, name: &'static str) -> Outcome<(Value, &'a Budget)> {
    let budget = applied.budget;
    let [value] = applied.bind(function, &[name], 1, Passed::Nothing)?;
    required(value).map(|value| (value, budget))
}

/// What markupsafe has written in C takes one value, not by name.
pub fn only_in_c<'a>(mut applied: Use<'a>, name: &str) -> Outcome<(Value, &'a Budget)> {
    let refuse = |what: String| Err(Stop::type_error(format!("markupsafe._speedups.{name}() takes {what}")));
    if !applied.arguments.keyword.is_empty() {
        return refuse(String::from("no keyword arguments"));
    }
    if applied.arguments.positional.len() != 1 {
        return refuse(format!("exactly one argument ({} given)", applied.arguments.positional.len()));
    }
    required(applied.arguments.positional.pop()).map(|value| (value, applied.budget))
}

pub(super) fn escape(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only_in_c(applied, "escape")?;
    Markup::escape(&value, budget).map(Markup::value)
}

pub(super) fn forceescape(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "do_forceescape", "value")?;
    show::str(&value, budget).map(|text| Markup::value(escaped(&text)))
}

pub(super) fn safe(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "do_mark_safe", "value")?;
    if value.downcast::<Markup>().is_some() {
        return Ok(value);
    }
    show::str(&value, budget).map(Markup::value)
}

/// `Markup(str(value)).striptags()`
pub(super) fn striptags(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = only(applied, "do_striptags", "value")?;
    strip_tags(&show::str(&value, budget)?).map(Value::from)
}

/// Comments and tags go, runs of whitespace become one space, entities are read.
pub fn strip_tags(text: &str) -> Outcome<String> {
    let text = without(&without(text, "<!--", "-->"), "<", ">");
    unescaped(&text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// `str.isspace()` of one character.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// A text without what stands between two marks, the marks included; an unclosed one stays. What moves together may
/// open again.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Where the part that holds no opening mark ends; what is behind it may be the start of one.
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, tail)) = after.split_once(close) else { break };
        out.push_str(before);
        let seam = (1..open.len()).rev().find(|length| {
            let (start, end) = open.split_at_checked(*length).unwrap_or_default();
            out.ends_with(start) && tail.starts_with(end)
        });
        match seam {
            Some(length) => {
                let kept = out.len() - length;
                let moved = out.split_off(kept) + tail;
                return out + &without(&moved, open, close);
            }
            None => rest = tail,
        }
    }
    out.push_str(rest);
    out
}

pub(super) fn xmlattr(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["eval_ctx", "d", "autospace"];
    let [value, autospace] = applied.bind("do_xmlattr", &parameters, 2, Passed::One)?;
    let (budget, value) = (applied.budget, required(value)?);
    let base = value.base();
    let Value::Dict(dict) = &*base else {
        return Err(match &value {
            Value::Object(_) => match Undefined::from(&value) {
                Some(undefined) => undefined.refuse(),
                None => Stop::unsupported("xmlattr of something else"),
            },
            other => access::no_attribute(other, "items"),
        });
    };
    let mut parts = Vec::new();
    for (key, value) in dict.borrow().iter() {
        if matches!(value, Value::None) || Undefined::from(value).is_some() {
            continue;
        }
        let Value::Str(key) = key else {
            return Err(match key {
                Value::Object(_) | Value::Bytes(_) => Stop::unsupported("xmlattr of a key that is no text"),
                other => {
                    Stop::type_error(format!("expected string or bytes-like object, got '{}'", other.error_name()))
                }
            });
        };
        if key.contains(|c: char| matches!(c, ' ' | '\t'..='\r' | '/' | '>' | '=')) {
            let shown = show::repr(&Value::Str(Rc::clone(key)), budget)?;
            return Err(Stop::value_error(format!("Invalid character in attribute name: {shown}")));
        }
        parts.push(format!("{}=\"{}\"", escaped(key), Markup::escape(value, budget)?));
    }
    let joined = parts.join(" ");
    let space = crate::python::operators::truth(&or(autospace, true))? && !joined.is_empty();
    Ok(applied.text(if space { format!(" {joined}") } else { joined }))
}
