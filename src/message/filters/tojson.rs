//! `tojson`: a value as JSON that is safe inside HTML.
//!
//! Source: `do_tojson` and `htmlsafe_json_dumps` of Jinja2 3.1.6.

use super::{Markup, required};
use crate::message::environment::{Passed, Use};
use crate::python::json;
use crate::python::{Arguments, Outcome, Stop, Value};

pub(super) fn tojson(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, indent] = applied.bind("do_tojson", &["eval_ctx", "value", "indent"], 2, Passed::One)?;
    let budget = applied.budget;
    let value = required(value)?;
    let mut keyword = vec![("sort_keys".into(), Value::Bool(true))];
    keyword.extend(indent.filter(|indent| !matches!(indent, Value::None)).map(|indent| ("indent".into(), indent)));
    let Value::Str(text) = json::dumps(Arguments { positional: vec![value], keyword }, budget)? else {
        return Err(Stop::unsupported("tojson"));
    };
    budget.bytes(text.len())?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\'' => out.push_str("\\u0027"),
            c => out.push(c),
        }
    }
    Ok(Markup::value(out))
}
