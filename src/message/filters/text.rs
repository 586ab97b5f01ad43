//! Filters on text.

use std::rc::Rc;

use super::urlize::is_word;
use super::{Markup, markup, or, required, whole};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::{Arguments, Budget, Dict, Outcome, Stop, Value, access, operators, show, signature};

/// `soft_str(value)`: a text as it is, `Markup` too; anything else as `str` shows it.
fn soft(value: Value, budget: &Budget) -> Outcome<Value> {
    match value {
        Value::Str(_) => Ok(value),
        value if value.downcast::<Markup>().is_some() => Ok(value),
        value => show::str(&value, budget).map(Value::from),
    }
}

fn soft_text(value: Value, budget: &Budget) -> Outcome<Rc<str>> {
    match &*soft(value, budget)?.base() {
        Value::Str(text) => Ok(Rc::clone(text)),
        _ => Err(Stop::unsupported("text")),
    }
}

/// A method of `str` on the value as text.
fn method(mut applied: Use<'_>, function: &str, name: &str) -> Outcome<Value> {
    let [value] = applied.bind(function, &["s"], 1, Passed::Nothing)?;
    let value = required(value)?;
    access::call_method(&soft(value, applied.budget)?, name, Arguments::default(), applied.budget)
}

pub(super) fn capitalize(applied: Use<'_>) -> Outcome<Value> {
    method(applied, "do_capitalize", "capitalize")
}

pub(super) fn lower(applied: Use<'_>) -> Outcome<Value> {
    method(applied, "do_lower", "lower")
}

pub(super) fn upper(applied: Use<'_>) -> Outcome<Value> {
    method(applied, "do_upper", "upper")
}

pub(super) fn center(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, width] = applied.bind("do_center", &["value", "width"], 1, Passed::Nothing)?;
    let text = soft(required(value)?, applied.budget)?;
    access::call_method(&text, "center", Arguments::positional(vec![or(width, 80_i64)]), applied.budget)
}

pub(super) fn format(mut applied: Use<'_>) -> Outcome<Value> {
    let budget = applied.budget;
    let keyword = std::mem::take(&mut applied.arguments.keyword);
    let mut positional = std::mem::take(&mut applied.arguments.positional).into_iter();
    let value = required(positional.next())?;
    let rest: Vec<Value> = positional.collect();
    if !rest.is_empty() && !keyword.is_empty() {
        return Err(super::argument_error("can't handle positional and keyword arguments at the same time"));
    }
    let values = if keyword.is_empty() {
        Value::tuple(rest)
    } else {
        let mut dict = Dict::default();
        for (name, value) in keyword {
            dict.insert(Value::Str(name), value)?;
        }
        Value::dict(dict)
    };
    operators::binary(operators::Binary::Modulo, &soft(value, budget)?, &values, budget)
}

pub(super) fn indent(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["s", "width", "first", "blank"];
    let [value, width, first, blank] = applied.bind("do_indent", &parameters, 1, Passed::Nothing)?;
    let budget = applied.budget;
    let indention = match or(width, 4_i64) {
        Value::Str(text) => text.to_string(),
        width => {
            let count = signature::count(whole(&width)?);
            budget.bytes(count)?;
            " ".repeat(count)
        }
    };
    let (text, escaped) = match required(value)? {
        Value::Str(text) => (text, false),
        value if value.downcast::<Markup>().is_some() => (soft_text(value, budget)?, true),
        Value::Tuple(_) => return Err(Stop::type_error("can only concatenate tuple (not \"str\") to tuple")),
        value @ (Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Dict(_)) => {
            let name = value.type_name();
            return Err(Stop::type_error(format!("unsupported operand type(s) for +=: '{name}' and 'str'")));
        }
        value => {
            let undefined = Undefined::from(&value).map(Undefined::refuse);
            return Err(undefined.unwrap_or_else(|| Stop::unsupported("indent of something else")));
        }
    };
    let (first, blank) = (operators::truth(&or(first, false))?, operators::truth(&or(blank, false))?);
    let lines = split_lines(&text);
    budget.bytes(lines.len().saturating_mul(indention.len() + 1).saturating_add(text.len()))?;
    let mut out = if first { indention.clone() } else { String::new() };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push('\n');
            if blank || !line.is_empty() {
                out.push_str(&indention);
            }
        }
        out.push_str(line);
    }
    Ok(if escaped { Markup::value(out) } else { Value::from(out) })
}

/// `(text + "\n").splitlines()`
fn split_lines(text: &str) -> Vec<&str> {
    let is_end = |c: char| {
        matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_end) {
        let (line, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        lines.push(line);
        let mut characters = tail.chars();
        let end = characters.next();
        rest = characters.as_str();
        if end == Some('\r') {
            // The newline that the filter adds makes one end with a final `\r`.
            match rest.strip_prefix('\n') {
                Some(tail) => rest = tail,
                None if rest.is_empty() => return lines,
                None => {}
            }
        }
    }
    lines.push(rest);
    lines
}

pub(super) fn replace(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["eval_ctx", "s", "old", "new", "count"];
    let [value, old, new, count] = applied.bind("do_replace", &parameters, 4, Passed::One)?;
    let budget = applied.budget;
    let text = |value: Option<Value>| match required(value)? {
        text @ Value::Str(_) => Ok(text),
        value => show::str(&value, budget).map(Value::from),
    };
    let count = match count {
        None | Some(Value::None) => Value::from(-1_i64),
        Some(count) => count,
    };
    let (value, old, new) = (text(value)?, text(old)?, text(new)?);
    access::call_method(&value, "replace", Arguments::positional(vec![old, new, count]), budget)
}

pub(super) fn string(applied: Use<'_>) -> Outcome<Value> {
    let (value, budget) = markup::only_in_c(applied, "soft_str")?;
    soft(value, budget)
}

/// Words start behind `[-\s({\[<]+`; their first character goes up, the others go down.
pub(super) fn title(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_title", &["s"], 1, Passed::Nothing)?;
    let budget = applied.budget;
    let text = soft_text(required(value)?, budget)?;
    let starts = |c: char| markup::is_space(c) || matches!(c, '-' | '(' | '{' | '[' | '<');
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(first) = rest.chars().next() {
        if starts(first) {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(starts).unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (head, others) = word.split_at_checked(first.len_utf8()).unwrap_or((word, ""));
        for (part, name) in [(head, "upper"), (others, "lower")] {
            let cased = access::call_method(&Value::from(part), name, Arguments::default(), budget)?;
            out.push_str(cased.as_str().unwrap_or_default());
        }
        rest = tail;
    }
    Ok(Value::from(out))
}

pub(super) fn trim(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, characters] = applied.bind("do_trim", &["value", "chars"], 1, Passed::Nothing)?;
    let text = soft(required(value)?, applied.budget)?;
    let arguments = Arguments::positional(vec![or(characters, Value::None)]);
    access::call_method(&text, "strip", arguments, applied.budget)
}

/// Sequences that are no text are not followed.
pub(super) fn truncate(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["env", "s", "length", "killwords", "end", "leeway"];
    let [value, length, killwords, end, leeway] = applied.bind("do_truncate", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let length = or(length, 255_i64);
    let shown = show::str(&length, budget)?;
    let length = whole(&length)?;
    let leeway = match leeway {
        None | Some(Value::None) => 5,
        Some(leeway) => whole(&leeway)?,
    };
    let end = or(end, "...");
    let (Value::Str(end), value) = (end, required(value)?) else {
        return Err(Stop::unsupported("truncate with an end that is no text"));
    };
    let size = i64::try_from(end.chars().count()).unwrap_or(i64::MAX);
    if length < size {
        return Err(Stop::raise("AssertionError", format!("expected length >= {size}, got {shown}")));
    }
    if leeway < 0 {
        return Err(Stop::raise("AssertionError", format!("expected leeway >= 0, got {leeway}")));
    }
    let (text, escapes) = match value {
        Value::Str(text) => (text, false),
        Value::Object(_) => match value.downcast::<Markup>() {
            Some(markup) => (Rc::clone(&markup.0), true),
            None if Undefined::from(&value).is_some() => return Ok(value),
            None => return Err(Stop::unsupported("truncate of an object")),
        },
        other => {
            // Without a length there is Python's error; a short list comes back as it is.
            let count = i64::try_from(access::length(&other)?).unwrap_or(i64::MAX);
            return if count <= length.saturating_add(leeway) {
                Ok(other)
            } else {
                Err(Stop::unsupported("truncate of a list"))
            };
        }
    };
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if count <= length.saturating_add(leeway) {
        return Ok(if escapes { Markup::value(text) } else { Value::Str(text) });
    }
    let kept: String = text.chars().take(usize::try_from(length - size).unwrap_or(0)).collect();
    let killwords = operators::truth(&or(killwords, false))?;
    let kept = if killwords { kept.as_str() } else { kept.rsplit_once(' ').map_or(kept.as_str(), |(head, _)| head) };
    budget.bytes(kept.len())?;
    Ok(if escapes {
        Markup::value(std::format!("{kept}{}", markup::escaped(&end)))
    } else {
        Value::from(std::format!("{kept}{end}"))
    })
}

/// `urllib.parse.quote`; in a query string `/` is quoted too and a space becomes `+`.
fn quote(value: &Value, query: bool, budget: &Budget) -> Outcome<String> {
    let text = match value {
        Value::Bytes(_) => return Err(Stop::unsupported("urlencode of bytes")),
        value => show::str(value, budget)?,
    };
    budget.bytes(text.len().saturating_mul(3))?;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => out.push(char::from(byte)),
            b'/' if !query => out.push('/'),
            b' ' if query => out.push('+'),
            byte => out.push_str(&std::format!("%{byte:02X}")),
        }
    }
    Ok(out)
}

pub(super) fn urlencode(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_urlencode", &["value"], 1, Passed::Nothing)?;
    let budget = applied.budget;
    let value = required(value)?;
    let pairs: Vec<(Value, Value)> = match &*value.base() {
        Value::Dict(dict) => dict.borrow().iter().cloned().collect(),
        items @ (Value::List(_) | Value::Tuple(_) | Value::Range(_)) => {
            access::iterate(items, budget)?.iter().map(|item| pair(item, budget)).collect::<Outcome<_>>()?
        }
        Value::Str(_) | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            return quote(&value, false, budget).map(Value::from);
        }
        Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_) => {
            return quote(&value, false, budget).map(Value::from);
        }
        other if Undefined::from(other).is_some() => Vec::new(),
        _ => return Err(Stop::unsupported("urlencode of something else")),
    };
    let mut out = Vec::with_capacity(pairs.len());
    for (key, value) in &pairs {
        out.push(std::format!("{}={}", quote(key, true, budget)?, quote(value, true, budget)?));
    }
    Ok(Value::from(out.join("&")))
}

/// `for key, value in ...`
fn pair(item: &Value, budget: &Budget) -> Outcome<(Value, Value)> {
    let mut parts = match access::iterate(item, budget) {
        Err(Stop::Raise(_)) if !matches!(item, Value::Object(_)) => {
            return Err(Stop::type_error(std::format!("cannot unpack non-iterable {} object", item.error_name())));
        }
        parts => parts?.into_iter(),
    };
    match (parts.next(), parts.next(), parts.next()) {
        (Some(key), Some(value), None) => Ok((key, value)),
        (Some(_), Some(_), Some(_)) => Err(Stop::value_error("too many values to unpack (expected 2)")),
        (first, ..) => {
            let got = usize::from(first.is_some());
            Err(Stop::value_error(std::format!("not enough values to unpack (expected 2, got {got})")))
        }
    }
}

/// `len(re.findall(r"\w+", text))`
pub(super) fn wordcount(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_wordcount", &["s"], 1, Passed::Nothing)?;
    let text = soft_text(required(value)?, applied.budget)?;
    let mut count = 0_usize;
    let mut inside = false;
    for c in text.chars() {
        let word = is_word(c);
        count += usize::from(word && !inside);
        inside = word;
    }
    Ok(Value::from(count))
}
