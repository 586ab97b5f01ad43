//! The host's own filters, and Jinja2's `tojson`.
//!
//! Source: `get_jenv` of frappe.utils.jinja: `json` is `frappe.as_json`, `int` is `cint`, `str` is `cstr`, `flt` is `flt`.

use super::required;
use crate::host::{Flavour, functions, names};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::{Outcome, Stop, Value, access, show};

/// A function of `frappe` or `frappe.utils`, applied to the filter's arguments.
fn of_frappe(path: &[&str], applied: Use<'_>) -> Outcome<Value> {
    let missing = || Stop::unsupported(path.join("."));
    let mut value = names::in_message(&applied.environment.context, "frappe")?.ok_or_else(missing)?;
    for name in path {
        value = access::attribute(&value, name)?.ok_or_else(missing)?;
    }
    access::call(&value, applied.arguments, applied.budget)
}

pub(super) fn unknown(_applied: Use<'_>) -> Outcome<Value> {
    Err(Stop::unsupported("this filter"))
}

/// `pprint.pformat`: as `repr`, dicts sorted by key, as long as it fits one line of 80.
pub(super) fn pprint(mut applied: Use<'_>) -> Outcome<Value> {
    const WIDTH: usize = 80;
    let [value] = applied.bind("do_pprint", &["value"], 1, Passed::Nothing)?;
    let mut out = String::new();
    pretty(&required(value)?, &mut out, &applied)?;
    if out.chars().count() > WIDTH {
        return Err(Stop::unsupported("pprint over several lines"));
    }
    Ok(Value::from(out))
}

fn pretty(value: &Value, out: &mut String, applied: &Use<'_>) -> Outcome<()> {
    let budget = applied.budget;
    let items = |open: &str, close: &str, out: &mut String| {
        budget.deeper(|| {
            out.push_str(open);
            for (index, item) in access::iterate(value, budget)?.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                pretty(item, out, applied)?;
            }
            out.push_str(close);
            Ok(())
        })
    };
    match value {
        Value::List(_) => items("[", "]", out),
        Value::Tuple(parts) if parts.len() != 1 => items("(", ")", out),
        Value::Tuple(_) => items("(", ",)", out),
        Value::Dict(dict) => budget.deeper(|| {
            let mut pairs: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
            if pairs.len() > 1 && !pairs.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
                return Err(Stop::unsupported("pprint of keys that are no text"));
            }
            pairs.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
            out.push('{');
            for (index, (key, value)) in pairs.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                pretty(key, out, applied)?;
                out.push_str(": ");
                pretty(value, out, applied)?;
            }
            out.push('}');
            Ok(())
        }),
        Value::Set(_) => Err(Stop::unsupported("pprint of a set")),
        value => {
            out.push_str(&show::repr(value, budget)?);
            Ok(())
        }
    }
}

pub(super) fn int(applied: Use<'_>) -> Outcome<Value> {
    if let ([value @ Value::Int(_)], []) =
        (applied.arguments.positional.as_slice(), applied.arguments.keyword.as_slice())
    {
        return Ok(value.clone());
    }
    of_frappe(&["utils", "cint"], applied)
}

pub(super) fn str(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "cstr"], applied)
}

pub(super) fn flt(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "flt"], applied)
}

pub(super) fn global_date_format(applied: Use<'_>) -> Outcome<Value> {
    of_frappe(&["utils", "global_date_format"], applied)
}

/// Markdown as cleaned HTML.
pub(super) fn markdown(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("markdown", &["text"], 1, Passed::Nothing)?;
    if applied.environment.context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("this filter"));
    }
    functions::markdown::shown(&required(value)?, applied.budget).map(Value::from)
}

/// Text from the root of the site; a whole URL stays as it is.
pub(super) fn abs_url(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("abs_url", &["path"], 1, Passed::Nothing)?;
    match required(value)? {
        Value::Str(text) if text.is_empty() => Ok(Value::None),
        Value::Str(text) if ["http://", "https://", "tel:", "data:", "/"].iter().any(|own| text.starts_with(own)) => {
            Ok(Value::Str(text))
        }
        Value::Str(text) => Ok(Value::from(format!("/{text}"))),
        Value::None => Ok(Value::None),
        _ => Err(Stop::unsupported("abs_url of something else")),
    }
}

/// `frappe.as_json(value)`
pub(super) fn json(applied: Use<'_>) -> Outcome<Value> {
    let function = names::in_message(&applied.environment.context, "as_json")?;
    let function = function.ok_or_else(|| Stop::unsupported("as_json"))?;
    access::call(&function, applied.arguments, applied.budget)
}

/// `json.dumps(value, sort_keys=True)`, safe inside HTML.
pub(super) fn tojson(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, indent] = applied.bind("do_tojson", &["eval_ctx", "value", "indent"], 2, Passed::One)?;
    if indent.is_some_and(|indent| !matches!(indent, Value::None)) {
        return Err(Stop::unsupported("tojson with an indent"));
    }
    let mut out = String::new();
    dump(&required(value)?, &mut out, &applied)?;
    Ok(Value::object(super::Markup(out.into())))
}

fn dump(value: &Value, out: &mut String, applied: &Use<'_>) -> Outcome<()> {
    let budget = applied.budget;
    budget.step()?;
    budget.bytes(8)?;
    match value {
        Value::None => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Int(_) => out.push_str(&show::str(value, budget)?),
        Value::Float(float) if float.is_finite() => out.push_str(&show::str(value, budget)?),
        Value::Float(float) if float.is_nan() => out.push_str("NaN"),
        Value::Float(float) => out.push_str(if *float > 0.0 { "Infinity" } else { "-Infinity" }),
        Value::Str(text) => {
            budget.bytes(text.len())?;
            string(text, out);
        }
        Value::List(_) | Value::Tuple(_) => {
            let items = access::iterate(value, budget)?;
            return budget.deeper(|| between("[", "]", &items, out, |item, out| dump(item, out, applied)));
        }
        Value::Dict(dict) => {
            let mut pairs: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
            if !pairs.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
                return Err(Stop::unsupported("JSON of keys that are no text"));
            }
            pairs.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
            return budget.deeper(|| {
                between("{", "}", &pairs, out, |(key, value), out| {
                    string(key.as_str().unwrap_or_default(), out);
                    out.push_str(": ");
                    dump(value, out, applied)
                })
            });
        }
        Value::Object(_) if Undefined::from(value).is_none() => {
            return Err(Stop::unsupported("JSON of an object"));
        }
        other => {
            return Err(Stop::type_error(format!("Object of type {} is not JSON serializable", other.type_name())));
        }
    }
    Ok(())
}

/// The items of a list or dict between its brackets.
fn between<T>(
    open: &str,
    close: &str,
    items: &[T],
    out: &mut String,
    mut write: impl FnMut(&T, &mut String) -> Outcome<()>,
) -> Outcome<()> {
    out.push_str(open);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        write(item, out)?;
    }
    out.push_str(close);
    Ok(())
}

/// A JSON string in ASCII that is safe inside HTML.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' if !matches!(c, '<' | '>' | '&' | '\'') => out.push(c),
            c => {
                let mut units = [0_u16; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
}
